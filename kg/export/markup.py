"""GraphML and GEXF, written element by element."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

from kg.export.network import Network, Value, place

__all__ = ["write_gexf", "write_graphml"]

_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_GEXF = "http://www.gexf.net/1.2draft"
_VIZ = "http://www.gexf.net/1.2draft/viz"

_GRAPHML_TYPES = {bool: "boolean", int: "int", float: "double", str: "string"}
_GEXF_TYPES = {bool: "boolean", int: "integer", float: "double", str: "string"}


def write_graphml(network: Network, path: Path) -> None:
    """Write GraphML: igraph, Cytoscape, yEd, visone, networkx read it.

    Attributes have keys of their own names, so that a reader that shows keys
    shows words.
    """
    root = ET.Element("graphml", {"xmlns": _GRAPHML})
    keys = {
        "node": {"label": str, **network.columns("node")},
        "edge": {"weight": float, **network.columns("edge")},
    }
    names: dict[tuple[str, str], str] = {}
    for what, columns in keys.items():
        for column, kind in columns.items():
            # A key is unique in the file; one name may stand at nodes and at edges.
            names[what, column] = column if what == "node" else f"edge_{column}"
            ET.SubElement(
                root,
                "key",
                {
                    "id": names[what, column],
                    "for": what,
                    "attr.name": column,
                    "attr.type": _GRAPHML_TYPES[kind],
                },
            )
    for setting in network.settings:
        key = {"id": f"graph_{setting}", "for": "graph", "attr.name": setting}
        ET.SubElement(root, "key", {**key, "attr.type": "string"})
    default = "directed" if network.directed else "undirected"
    graph = ET.SubElement(root, "graph", {"id": network.name, "edgedefault": default})
    for setting, words in network.settings.items():
        ET.SubElement(graph, "data", {"key": f"graph_{setting}"}).text = words
    for node in network.nodes:
        element = ET.SubElement(graph, "node", {"id": node.id})
        values: dict[str, Value] = {"label": node.label, **node.values}
        for column, value in values.items():
            data = ET.SubElement(element, "data", {"key": names["node", column]})
            data.text = _text(value)
    for edge in network.edges:
        element = ET.SubElement(graph, "edge", {"source": edge.source, "target": edge.target})
        values = {"weight": edge.weight, **edge.values}
        for column, value in values.items():
            data = ET.SubElement(element, "data", {"key": names["edge", column]})
            data.text = _text(value)
    _write(root, path)


def write_gexf(network: Network, path: Path) -> None:
    """Write GEXF 1.2 for Gephi: with positions, colours, sizes, and dates.

    Tasks and their edges begin at the date of their notice, so that Gephi's
    timeline shows the network grow. The file names no day of writing.
    """
    place(network)
    ET.register_namespace("viz", _VIZ)
    root = ET.Element("gexf", {"xmlns": _GEXF, "version": "1.2"})
    dates = sorted({node.date for node in network.nodes if len(node.date) == 10})
    meta = ET.SubElement(root, "meta", {"lastmodifieddate": dates[-1]} if dates else {})
    ET.SubElement(meta, "creator").text = "gazette-kg"
    settings = "; ".join(f"{name}={value}" for name, value in network.settings.items())
    ET.SubElement(meta, "description").text = f"{network.name}: {settings}"
    form = {"defaultedgetype": "directed" if network.directed else "undirected"}
    if dates:
        form |= {"mode": "dynamic", "timeformat": "date", "start": dates[0], "end": dates[-1]}
    graph = ET.SubElement(root, "graph", form)
    codes: dict[tuple[str, str], str] = {}
    for what in ("node", "edge"):
        table = ET.SubElement(graph, "attributes", {"class": what, "mode": "static"})
        for number, (column, kind) in enumerate(network.columns(what).items()):
            codes[what, column] = str(number)
            ET.SubElement(
                table,
                "attribute",
                {"id": str(number), "title": column, "type": _GEXF_TYPES[kind]},
            )
    nodes = ET.SubElement(graph, "nodes")
    for node in network.nodes:
        element = ET.SubElement(
            nodes, "node", {"id": node.id, "label": node.label, **_start(node.date)}
        )
        _values(element, "node", node.values, codes)
        red, green, blue = (str(part) for part in node.colour)
        ET.SubElement(element, f"{{{_VIZ}}}color", {"r": red, "g": green, "b": blue})
        place_of = {"x": f"{node.x:g}", "y": f"{node.y:g}", "z": "0"}
        ET.SubElement(element, f"{{{_VIZ}}}position", place_of)
        ET.SubElement(element, f"{{{_VIZ}}}size", {"value": f"{node.size:g}"})
    edges = ET.SubElement(graph, "edges")
    for number, edge in enumerate(network.edges):
        element = ET.SubElement(
            edges,
            "edge",
            {
                "id": str(number),
                "source": edge.source,
                "target": edge.target,
                "weight": f"{edge.weight:g}",
                **_start(edge.date),
            },
        )
        _values(element, "edge", edge.values, codes)
    _write(root, path)


def _values(
    element: ET.Element, what: str, values: dict[str, Value], codes: dict[tuple[str, str], str]
) -> None:
    if not values:
        return
    table = ET.SubElement(element, "attvalues")
    for column, value in values.items():
        ET.SubElement(table, "attvalue", {"for": codes[what, column], "value": _text(value)})


def _start(date: str) -> dict[str, str]:
    return {"start": date} if len(date) == 10 else {}


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.9g}" if isinstance(value, float) else str(value)


def _write(root: ET.Element, path: Path) -> None:
    ET.indent(root)
    content = ET.tostring(root, encoding="unicode")
    path.write_text(
        f"<?xml version='1.0' encoding='UTF-8'?>\n{content}\n", encoding="utf-8", newline="\n"
    )
