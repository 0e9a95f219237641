"""Networks to export: units with tasks, or units with units."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from kg.errors import InputError
from kg.export.source import Source
from kg.export.text import clean, one_line
from kg.measures.catalogue import labels
from kg.measures.choices import ROLES
from kg.measures.counted import assignment_ids

__all__ = ["Edge", "Network", "Node", "Value", "network_of", "place"]

Value = str | int | float | bool

_NETWORKS = ("two-mode", "units")
_COLOURS = {
    "unit": (31, 92, 153),
    "collective": (150, 150, 150),
    "task": (214, 137, 16),
}
_PLACED_NODES = 400


@dataclass(slots=True)
class Node:
    """A unit or a task; ``mode`` is ``unit`` or ``task``."""

    id: str
    label: str
    mode: str
    date: str = ""
    colour: tuple[int, int, int] = (0, 0, 0)
    size: float = 1.0
    x: float = 0.0
    y: float = 0.0
    values: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge from one node's id to another's."""

    source: str
    target: str
    weight: float
    date: str = ""
    values: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes and edges; in a two-mode network units come before tasks.

    ``settings`` are the choices, the frame and the warnings that go with it.
    """

    name: str
    directed: bool
    nodes: list[Node]
    edges: list[Edge]
    settings: dict[str, str]

    def columns(self, what: str) -> dict[str, type]:
        """Return the attributes of all nodes or edges with the type of each."""
        found: dict[str, type] = {}
        for one in self.nodes if what == "node" else self.edges:
            for key, value in one.values.items():
                known = found.setdefault(key, type(value))
                if known is not type(value):
                    found[key] = float if {known, type(value)} == {int, float} else str
        return found


def network_of(source: Source, name: str = "two-mode") -> Network:
    """Return one of the networks of a build.

    ``two-mode``: units and tasks, an edge an assignment that counts, with the
    strongest role. ``units``: an edge a pair that shares tasks, with all
    measures of the pair. Nothing is None, and all text is fit for XML.

    Raises
    ------
    InputError
        There is no network of that name.
    """
    if name not in _NETWORKS:
        known = ", ".join(_NETWORKS)
        raise InputError("network", f"unknown network {name!r} · 未知网络; known: {known}")
    return _two_mode(source) if name == "two-mode" else _units(source)


def place(network: Network) -> None:
    """Give each node its position, the same on every run.

    Small networks are laid out by stress; in large ones nodes go on a spiral,
    those with most edges in the middle.
    """
    if len(network.nodes) <= _PLACED_NODES:
        import networkx as nx

        from kg.network import positions

        graph = nx.Graph()
        graph.add_nodes_from(node.id for node in network.nodes)
        graph.add_edges_from((edge.source, edge.target) for edge in network.edges)
        sizes = {node.id: (60.0, 24.0) for node in network.nodes}
        for node, (x, y) in zip(
            network.nodes, _in_order(network, positions(graph, sizes)), strict=True
        ):
            node.x, node.y = float(x), float(-y)
        return
    degree: dict[str, int] = {node.id: 0 for node in network.nodes}
    for edge in network.edges:
        degree[edge.source] += 1
        degree[edge.target] += 1
    for rank, node in enumerate(sorted(network.nodes, key=lambda one: (-degree[one.id], one.id))):
        turn, radius = rank * math.pi * (3 - math.sqrt(5)), 30 * math.sqrt(rank)
        node.x = round(radius * math.cos(turn), 2)
        node.y = round(radius * math.sin(turn), 2)


def _in_order(network: Network, found: dict[str, tuple[int, int]]) -> list[tuple[int, int]]:
    return [found[node.id] for node in network.nodes]


def _unit_nodes(source: Source) -> list[Node]:
    """Return the units with their measures."""
    names = labels("load")
    nodes = []
    for row in source.measures.load:
        values: dict[str, Value] = {
            "mode": "unit",
            "kind": one_line(row.kind),
            "level": one_line(row.level),
            "collective": row.collective,
        }
        for column in names:
            value = getattr(row, column)
            if value is not None:
                values[column] = _rounded(value)
        kind = "collective" if row.collective else "unit"
        size = round(4 + 2 * math.sqrt(row.tasks), 3)
        nodes.append(
            Node(
                clean(row.unit), one_line(row.name), "unit", "", _COLOURS[kind], size, values=values
            )
        )
    return nodes


def _two_mode(source: Source) -> Network:
    work = source.work
    dates = {notice.number: notice.date for notice in source.frame.notices}
    told = source.tables.get("tasks")
    texts = {row[told.columns.index("task")]: row for row in told.rows} if told is not None else {}
    nodes = _unit_nodes(source)
    tasks = list(work.tasks)
    for task in tasks:
        row = texts.get(task.id)
        text = heading = ""
        if row is not None and told is not None:
            heading = one_line(row[told.columns.index("heading")])
            text = one_line(row[told.columns.index("text")])
        date = dates.get(task.notice, "")
        values: dict[str, Value] = {
            "mode": "task",
            "notice": one_line(task.notice),
            "path": one_line(task.label),
            "form": task.form,
            "text": text,
        }
        label = heading or one_line(f"{task.notice} {task.label}")
        nodes.append(
            Node(clean(task.id), label, "task", date, _COLOURS["task"], 3.0, values=values)
        )
    edges = [
        Edge(
            clean(work.units[unit].id),
            clean(tasks[task].id),
            1.0,
            dates.get(tasks[task].notice, ""),
            {"role": str(ROLES[role]), "assignment": clean(assignment)},
        )
        for task, unit, role, assignment in zip(
            work.task.tolist(),
            work.unit.tolist(),
            work.role.tolist(),
            assignment_ids(work),
            strict=True,
        )
    ]
    return Network("two-mode", False, nodes, edges, _settings(source))


def _units(source: Source) -> Network:
    names = labels("ties")
    edges = []
    for tie in source.measures.ties:
        values: dict[str, Value] = {}
        for column in names:
            value = getattr(tie, column)
            if value is not None:
                values[column] = _rounded(value)
        if tie.shared_tasks:
            edges.append(
                Edge(clean(tie.unit), clean(tie.partner), float(tie.shared_tasks), "", values)
            )
    return Network("units", False, _unit_nodes(source), edges, _settings(source))


def _settings(source: Source) -> dict[str, str]:
    return {line.setting: one_line(line.value) for line in source.measures.settings}


def _rounded(value: float | str) -> Value:
    """Round to nine decimals, so that the last bits of a sum do not show."""
    return round(value, 9) + 0.0 if isinstance(value, float) else value
