"""Pajek, UCINET, an incidence matrix, node-link JSON: formats of plain text."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from kg.export.network import Network, Node
from kg.export.text import guarded

__all__ = ["write_dl", "write_json", "write_matrix", "write_pajek"]


def write_pajek(network: Network, path: Path) -> None:
    """Write a Pajek network; in a two-mode one the units come first.

    Pajek has no way to write a quotation mark inside a label, so ``"`` becomes
    ``'``. Labels are made unique, since programs use them as names.
    """
    units = sum(node.mode == "unit" for node in network.nodes)
    two_mode = units < len(network.nodes)
    place = {node.id: number for number, node in enumerate(network.nodes, start=1)}
    lines = [f"*Vertices {len(place)} {units}" if two_mode else f"*Vertices {len(place)}"]
    labels = unique_labels(network.nodes)
    lines += [f'{number} "{labels[node]}"' for node, number in place.items()]
    lines.append("*Arcs" if network.directed else "*Edges")
    lines += [
        f"{place[edge.source]} {place[edge.target]} {edge.weight:g}" for edge in network.edges
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def write_dl(network: Network, path: Path) -> None:
    """Write UCINET DL as a full matrix, with a key from its labels to names.

    DL declares no encoding and its labels hold neither space nor comma, so
    labels are u1, u2 … and t1, t2 …; ``NAME.key.csv`` beside it has the ids
    and names.
    """
    units = [node for node in network.nodes if node.mode == "unit"]
    tasks = [node for node in network.nodes if node.mode == "task"]
    codes = {node.id: f"u{number}" for number, node in enumerate(units, start=1)}
    codes |= {node.id: f"t{number}" for number, node in enumerate(tasks, start=1)}
    columns = tasks or units
    weight: dict[tuple[str, str], float] = {}
    for edge in network.edges:
        weight[edge.source, edge.target] = edge.weight
        if not tasks and not network.directed:
            weight[edge.target, edge.source] = edge.weight
    if tasks:
        lines = [f"dl nr={len(units)}, nc={len(columns)}", "format = fullmatrix"]
        lines += ["row labels:", ",".join(codes[node.id] for node in units)]
        lines += ["column labels:", ",".join(codes[node.id] for node in columns)]
    else:
        lines = [f"dl n={len(units)}", "format = fullmatrix"]
        lines += ["labels:", ",".join(codes[node.id] for node in units)]
    lines.append("data:")
    lines += [
        " ".join(f"{weight.get((row.id, column.id), 0.0):g}" for column in columns) for row in units
    ]
    path.write_text("\n".join(lines) + "\n", encoding="ascii", newline="\n")
    with path.with_suffix(".key.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["label", "id", "name"])
        writer.writerows([codes[node.id], node.id, guarded(node.label)] for node in network.nodes)


def write_matrix(network: Network, path: Path, bom: bool = False) -> None:
    """Write the incidence matrix for R's ``backbone``: a row a unit, a column a task.

    Read it by ``as.matrix(read.csv(FILE, row.names = 1, check.names = FALSE))``.
    """
    tasks = [node for node in network.nodes if node.mode == "task"]
    column = {node.id: number for number, node in enumerate(tasks)}
    has: dict[str, set[int]] = {}
    for edge in network.edges:
        has.setdefault(edge.source, set()).add(column[edge.target])
    with path.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["unit", *(node.id for node in tasks)])
        for node in network.nodes:
            if node.mode == "unit":
                mine = has.get(node.id, set())
                cells = ["1" if number in mine else "0" for number in range(len(tasks))]
                writer.writerow([guarded(node.id), *cells])


def write_json(network: Network, path: Path) -> None:
    """Write node-link JSON: d3, Observable, networkx read it."""
    content = {
        "directed": network.directed,
        "multigraph": False,
        "graph": {"name": network.name, **network.settings},
        "nodes": [{"id": node.id, "label": node.label, **node.values} for node in network.nodes],
        "edges": [
            {"source": edge.source, "target": edge.target, "weight": edge.weight, **edge.values}
            for edge in network.edges
        ],
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def unique_labels(nodes: list[Node]) -> dict[str, str]:
    """Return a label without quotation marks for each node's id, no two alike."""
    taken: set[str] = set()
    labels: dict[str, str] = {}
    for node in nodes:
        plain = node.label.replace('"', "'") or node.id
        label, number = plain, 1
        while label in taken:
            number += 1
            label = f"{plain} ({number})"
        taken.add(label)
        labels[node.id] = label
    return labels
