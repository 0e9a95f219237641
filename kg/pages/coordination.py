"""``coordination.html``: who leads whom, as a network to look into, by pyvis."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import networkx as nx

from kg.facts import Assignment, Unit
from kg.network import ALL, positions, unit_network
from kg.pages.corpus import Corpus
from kg.pages.evidence import CHUNK, index, notice_list, shown_tasks
from kg.pages.labels import JOINT, ROLES, Look, looks_of_kinds
from kg.pages.pinyin import search_text
from kg.pages.rendering import Assets, Renderer, environment
from kg.pages.texts import TEXTS

__all__ = ["OPTIONS", "Details", "node_size", "pyvis_page", "write_coordination"]

MOST_NODES = 300
MOST_EDGES = 1500
Details = list[dict[str, Any]] | None
"""What ``write_details`` returned."""

MERGED = "merged/"

OPTIONS: Mapping[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {
        "borderWidth": 1,
        "font": {"size": 14, "face": "sans-serif", "color": "#1a1a1a", "strokeWidth": 4},
    },
    "edges": {
        "smooth": False,
        "selectionWidth": 2,
        "hoverWidth": 0,
        "arrows": {"to": {"scaleFactor": 0.45}},
    },
    "interaction": {
        "hover": True,
        "hideEdgesOnDrag": True,
        "multiselect": False,
        "keyboard": {"enabled": True, "bindToWindow": False},
        "tooltipDelay": 150,
    },
}


@dataclass(frozen=True)
class Stage:
    """The units that a page shows: each one itself, or the node that it is merged into."""

    units: Mapping[str, Unit]
    node_of: Mapping[str, str]
    graph: nx.MultiDiGraph
    stated: nx.MultiDiGraph
    drawn: frozenset[tuple[str, str, str]]

    @cached_property
    def most(self) -> int:
        """The greatest number of tasks of a node."""
        return max((load for _, load in self.graph.nodes(data="load")), default=0)

    @cached_property
    def heaviest(self) -> int:
        """The greatest number of tasks of an arc."""
        return max((weight for *_, weight in self.graph.edges(data="weight")), default=1)


def write_coordination(renderer: Renderer, corpus: Corpus, details: Details) -> None:
    """Write the page of the network of units."""
    kinds = looks_of_kinds(unit.kind for unit in corpus.units.values())
    stage = _stage(corpus, kinds)
    keys = [unit for unit in corpus.units if unit in stage.node_of]
    places = {unit: place for place, unit in enumerate(keys)}
    nodes = {node: place for place, node in enumerate(stage.graph)}
    labels = corpus.labels
    assets = Assets(
        scripts=(
            "vis-network.min.js",
            "core.js",
            "evidence.js",
            "picture.js",
            "search.js",
            "network.js",
        ),
        inline=True,
    )
    everywhere = positions(stage.graph, _boxes(stage, labels))
    data = {
        "nodes": [
            {
                "id": node,
                "name": stage.units[node].name,
                "label": labels.get(node, stage.units[node].name),
                "kind": stage.units[node].kind,
                "level": stage.units[node].level,
                "href": corpus.unit_link(node) if node in corpus.units else "",
                "at": everywhere[node],
                "search": search_text(
                    (stage.units[node].name, labels.get(node, ""), *stage.units[node].short_names)
                ),
            }
            for node in stage.graph
        ],
        "units": [nodes[stage.node_of[unit]] for unit in keys],
        "notices": notice_list(corpus),
        "scale": [node_scale(stage.most), edge_scale(stage.heaviest)],
        "tasks": index(corpus, shown_tasks(corpus), places),
        "kinds": {kind: [look.zh, look.en] for kind, look in kinds.items()},
        "lines": [[look.colour, look.dashes] for look in (*ROLES.values(), JOINT)],
        "chunk": CHUNK if details is None else 0,
    }
    context = renderer.context(
        "coordination.html",
        assets,
        kinds=_present(kinds, stage),
        levels=sorted({unit.level for unit in stage.units.values()}),
        notices=notice_list(corpus),
        most=stage.heaviest,
        limits=_limits(corpus, stage),
        data=data,
        details=details,
    )
    renderer.save(
        "coordination.html",
        pyvis_page("coordination.html", context, *_drawing(stage, nodes, labels, kinds)),
    )


def pyvis_page(
    template: str,
    context: Mapping[str, Any],
    nodes: list[dict[str, Any]],
    edges: list[dict[str, Any]],
) -> str:
    """Let pyvis put a network into one of our own templates.

    Parameters
    ----------
    template
        A template of ``templates/``; it gets ``nodes`` and ``edges`` from pyvis.
    context
        What else the template gets to see.
    nodes, edges
        Options of vis-network, with ``id``, and ``from`` and ``to``.
    """
    from pyvis.network import Network  # 190 ms: only a site needs it

    net = Network(directed=True, cdn_resources="in_line")
    overlay = environment().overlay()
    overlay.globals = {**environment().globals, **context, "vis_options": OPTIONS}
    net.templateEnv = overlay
    net.path = template
    net.options = dict(OPTIONS)
    for node in nodes:
        options = {key: value for key, value in node.items() if key != "id"}
        net.add_node(node["id"], **options)
    for edge in edges:
        options = {key: value for key, value in edge.items() if key not in ("from", "to")}
        net.add_edge(edge["from"], edge["to"], **options)
    page: str = net.generate_html()
    return page


def node_size(load: int, most: int = 0) -> float:
    """Return a node's radius: its area grows with the number of tasks.

    ``most`` is the greatest number of tasks of any node: the radius stays below
    36 pixels whatever that is.
    """
    return round(6 + node_scale(most) * math.sqrt(load), 1)


def node_scale(most: int) -> float:
    """Return how much the root of a load adds to a radius."""
    return round(min(3.2, 30 / math.sqrt(max(most, 1))), 3)


def edge_width(weight: int, most: int) -> float:
    """Return an edge's width in pixels; ``most`` is the greatest weight."""
    return round(0.6 + edge_scale(most) * math.sqrt(weight), 1)


def edge_scale(most: int) -> float:
    """Return how much the root of a weight adds to an edge's width."""
    return round(min(1.1, 6 / math.sqrt(max(most, 1))), 3)


def _stage(corpus: Corpus, kinds: Mapping[str, Look]) -> Stage:
    """Choose the nodes and arcs of the page, merging units where there are too many."""
    load = Counter(
        unit
        for task in corpus.shown.values()
        for unit in {fact.unit for fact in corpus.assignments.get(task.id, ())}
    )
    ranked = sorted(load, key=lambda unit: (-load[unit], unit))
    shown, node_of = ranked, {unit: unit for unit in ranked}
    merged: dict[str, Unit] = {}
    if len(ranked) > MOST_NODES:
        shown = ranked[: MOST_NODES - len(kinds)]
        rest = ranked[len(shown) :]
        sizes = Counter(corpus.units[unit].kind for unit in rest)
        for unit in rest:
            kind = corpus.units[unit].kind
            name = TEXTS["others"][0].format(kind=kinds[kind].zh, count=sizes[kind])
            node = MERGED + kind
            node_of[unit] = node
            merged[node] = replace(
                corpus.units[unit], id=node, name=name, short_names=(), level="", collective=True
            )
    units = {unit: corpus.units[unit] for unit in shown} | merged
    assignments = corpus.assignments
    if merged:
        assignments = {
            task: tuple(_moved(fact, node_of) for fact in facts)
            for task, facts in assignments.items()
        }
    ordered = dict(sorted(units.items()))
    graph = unit_network(ordered, corpus.counted(ALL), assignments, ALL)
    stated = unit_network(ordered, corpus.counted(), assignments)
    arcs = sorted(graph.edges(keys=True, data="weight"), key=lambda arc: (-arc[3], arc[:3]))
    drawn = frozenset((source, target, key) for source, target, key, _ in arcs[:MOST_EDGES])
    return Stage(units, node_of, graph, stated, drawn)


def _present(kinds: Mapping[str, Look], stage: Stage) -> dict[str, Look]:
    """Return the kinds of unit that the page shows."""
    found = {unit.kind for unit in stage.units.values()}
    return {kind: look for kind, look in kinds.items() if kind in found}


def _moved(fact: Assignment, node_of: Mapping[str, str]) -> Assignment:
    """Return the assignment with its unit's node in the place of the unit."""
    node = node_of.get(fact.unit, fact.unit)
    return fact if node == fact.unit else replace(fact, unit=node)


def _limits(corpus: Corpus, stage: Stage) -> dict[str, int] | None:
    """Return what the page has to say about what it leaves out."""
    single = sum(unit == node for unit, node in stage.node_of.items())
    arcs = stage.graph.number_of_edges()
    if single == len(stage.node_of) and arcs == len(stage.drawn):
        return None
    return {
        "units": len(stage.node_of),
        "arcs": arcs,
        "shown": single,
        "rest": len(stage.node_of) - single,
        "left": arcs - len(stage.drawn),
    }


def _drawing(
    stage: Stage,
    nodes: Mapping[str, int],
    labels: Mapping[str, str],
    kinds: Mapping[str, Look],
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the nodes and edges as vis-network draws them."""
    names = {node: labels.get(node, stage.units[node].name) for node in stage.graph}
    sizes = {node: node_size(load, stage.most) for node, load in stage.graph.nodes(data="load")}
    boxes = _boxes(stage, labels)
    points = positions(stage.graph, boxes) | positions(stage.stated, boxes)
    drawn_nodes = [
        {
            "id": place,
            "label": names[node],
            "x": points[node][0],
            "y": points[node][1],
            "size": sizes[node],
            "shape": kinds[stage.units[node].kind].shape,
            "color": kinds[stage.units[node].kind].colour,
        }
        for node, place in nodes.items()
    ]
    drawn_edges = []
    for source, target, key, data in stage.graph.edges(keys=True, data=True):
        if (source, target, key) not in stage.drawn:
            continue
        joint = key == "joint"
        edge: dict[str, Any] = {
            "id": f"{nodes[source]}{'=' if joint else '>'}{nodes[target]}",
            "from": nodes[source],
            "to": nodes[target],
            "width": edge_width(data["weight"], stage.heaviest),
        }
        if joint:
            edge["arrows"] = ""
        # Arcs between the same two nodes would hide each other if they were straight.
        if joint or stage.graph.has_edge(target, source, key="leads"):
            edge["smooth"] = {"enabled": True, "type": "curvedCW", "roundness": 0.12}
        drawn_edges.append(edge)
    return drawn_nodes, drawn_edges


def _boxes(stage: Stage, labels: Mapping[str, str]) -> dict[str, tuple[float, float]]:
    """Return the room that every node takes with its label below it."""
    boxes = {}
    for node, load in stage.graph.nodes(data="load"):
        size = node_size(load, stage.most)
        words = len(labels.get(node, stage.units[node].name))
        boxes[node] = (max(words * 14.0 + 10, 2 * size + 8), 2 * size + 30)
    return boxes
