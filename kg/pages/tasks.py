"""``tasks.html``: the units of a notice and its tasks, as a two-mode network."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kg.facts import Assignment, Notice, Task
from kg.model import Role
from kg.network import ALL, positions, strongest_roles, unit_task_network
from kg.pages.coordination import Details, node_size, pyvis_page
from kg.pages.corpus import Corpus
from kg.pages.evidence import CHUNK, notice_list, shown_tasks
from kg.pages.labels import ROLES, Look, looks_of_kinds
from kg.pages.pinyin import initials
from kg.pages.rendering import Assets, Renderer

__all__ = ["write_tasks"]

MOST_NODES = 300
MOST_EDGES = 1500
FEW_NOTICES = 12
"""Notices whose pictures stand in the page itself; more have files of their own."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What one picture shows: its tasks, or the sections that they are merged into."""

    tasks: tuple[Task, ...]
    assignments: Mapping[str, Sequence[Assignment]]
    merged: Mapping[str, int]
    left_out: int


def write_tasks(renderer: Renderer, corpus: Corpus, details: Details) -> None:
    """Write the page of units and tasks, a notice at a time."""
    tasks = shown_tasks(corpus)
    places = {task.id: place for place, task in enumerate(tasks)}
    of_notice: dict[str, list[Task]] = defaultdict(list)
    for task in tasks:
        of_notice[task.notice].append(task)
    notices = [notice for notice in corpus.notices.values() if notice.id in of_notice]
    kinds = looks_of_kinds(unit.kind for unit in corpus.units.values())
    numbers = {notice: number for number, notice in enumerate(corpus.notices)}

    def graph(notice: Notice) -> dict[str, Any]:
        drawn = _graph(corpus, of_notice[notice.id], places, kinds)
        return {"notice": numbers[notice.id], **drawn}

    embed = len(notices) <= FEW_NOTICES
    graphs: list[dict[str, Any]] = []
    sizes: list[int] = []
    for number, notice in enumerate(notices):
        one = graph(notice)
        sizes.append(len(one["edges"]))
        if embed:
            graphs.append(one)
        else:
            renderer.data(f"graph-{number}", one)
    first = max(range(len(sizes)), key=sizes.__getitem__, default=0)
    scripts = ("vis-network.min.js", "core.js", "evidence.js", "picture.js", "search.js")
    assets = Assets(scripts=(*scripts, "stage.js", "tasks.js"))
    present = {
        corpus.units[fact.unit].kind for task in tasks for fact in corpus.assignments[task.id]
    }
    data = {
        "notices": notice_list(corpus),
        "chunk": CHUNK if details is None else 0,
        "first": first,
        "graphs": graphs if embed else None,
        "files": len(notices),
    }
    context = renderer.context(
        "tasks.html",
        assets,
        shown=[(number, notice) for number, notice in enumerate(notices)],
        first=first,
        kinds={kind: look for kind, look in kinds.items() if kind in present},
        data=data,
        details=details,
    )
    drawing = graph(notices[first]) if notices else {"nodes": [], "edges": []}
    renderer.save(
        "tasks.html", pyvis_page("tasks.html", context, drawing["nodes"], drawing["edges"])
    )


def _graph(
    corpus: Corpus,
    tasks: Sequence[Task],
    places: Mapping[str, int],
    kinds: Mapping[str, Look],
) -> dict[str, Any]:
    """Return the picture of the tasks of a notice as vis-network draws it, and the tasks behind it."""
    scene = _scene(corpus, tasks)
    graph = unit_task_network(corpus.units, scene.tasks, scene.assignments, ALL)
    names = {
        node: _task_label(data["label"], data["name"], scene.merged.get(node, 0))
        if data["mode"] == "task"
        else corpus.labels[node]
        for node, data in graph.nodes(data=True)
    }
    spots = positions(
        graph, {node: _box(names[node], data) for node, data in graph.nodes(data=True)}
    )
    number = {node: f"n{place}" for place, node in enumerate(sorted(graph))}
    stated = {task.id: strongest_roles(scene.assignments.get(task.id, ())) for task in scene.tasks}
    shown: dict[str, list[int]] = defaultdict(list)
    for task in tasks:
        shown[_node_of(task, scene)].append(places[task.id])
    nodes = []
    for node, data in graph.nodes(data=True):
        x, y = spots[node]
        place = {"id": number[node], "label": names[node], "x": x, "y": y, "mode": data["mode"]}
        own = (
            _unit_look(corpus, node, data, names[node], kinds[data["kind"]])
            if data["mode"] == "unit"
            else {"shape": "box", "color": "#ffffff", "size": 10, "tasks": shown[node]}
        )
        nodes.append(place | own)
    edges = []
    for one, other, data in graph.edges(data=True):
        task_node, unit = (one, other) if graph.nodes[one]["mode"] == "task" else (other, one)
        edges.append(
            {
                "id": f"{number[unit]}-{number[task_node]}",
                "from": number[unit],
                "to": number[task_node],
                **_edge_look(Role(data["role"]), implied=unit not in stated[task_node]),
            }
        )
    return {
        "nodes": nodes,
        "edges": edges[:MOST_EDGES],
        "tasks": [places[task.id] for task in tasks],
        "merged": len(scene.merged),
        "leftOut": scene.left_out + max(0, len(edges) - MOST_EDGES),
    }


def _unit_look(
    corpus: Corpus, unit: str, data: Mapping[str, Any], label: str, look: Look
) -> dict[str, Any]:
    """Return how a unit is drawn, where it leads to, and by what it is found."""
    return {
        "shape": look.shape,
        "color": look.colour,
        "size": node_size(data["load"]),
        "name": data["name"],
        "href": corpus.unit_link(unit),
        "search": "\n".join(dict.fromkeys((data["name"], label, initials(label)))),
    }


def _edge_look(role: Role, *, implied: bool) -> dict[str, Any]:
    """Return how a unit's role in a task is drawn."""
    return {
        "arrows": "",
        "width": 3 if role is Role.LEAD else 2,
        "color": ROLES[role].colour,
        "dashes": ROLES[role].dashes,
        "role": role.value,
        "implied": implied,
    }


def _scene(corpus: Corpus, tasks: Sequence[Task]) -> Scene:
    """Merge the tasks of a section where the notice has too many for a picture."""
    units = {fact.unit for task in tasks for fact in corpus.assignments[task.id]}
    links = sum(len({fact.unit for fact in corpus.assignments[task.id]}) for task in tasks)
    if len(tasks) + len(units) <= MOST_NODES and links <= MOST_EDGES:
        return Scene(tuple(tasks), corpus.assignments, {}, 0)
    first: dict[str, Task] = {}
    sizes: Counter[str] = Counter()
    assignments: dict[str, list[Assignment]] = defaultdict(list)
    for task in tasks:
        key = _section(task)
        merged = replace(task, id=key, label="", heading=task.section or key, parent=None)
        first.setdefault(key, merged)
        sizes[key] += 1
        assignments[key] += [replace(fact, task=key) for fact in corpus.assignments[task.id]]
    kept = list(first.values())[: max(1, MOST_NODES - len(units))]
    return Scene(tuple(kept), assignments, dict(sizes), len(first) - len(kept))


def _section(task: Task) -> str:
    """Return what stands for a task's section among the nodes."""
    return f"section/{task.section or task.label.split('/')[0]}"


def _node_of(task: Task, scene: Scene) -> str:
    """Return the node that shows a task."""
    return _section(task) if scene.merged else task.id


def _task_label(label: str, name: str, merged: int) -> str:
    """Return two short lines: the label (or how many tasks), and how the task begins."""
    head = f"×{merged}" if merged else label
    words = name if len(name) <= 12 else f"{name[:11]}…"
    return f"{head}\n{words}"


def _box(name: str, data: Mapping[str, Any]) -> tuple[float, float]:
    """Return the room that a node takes."""
    wide = max(len(line) for line in name.split("\n"))
    if data["mode"] == "task":
        return wide * 12.5 + 24, 50.0
    size = node_size(data["load"])
    return max(wide * 14.0 + 10, 2 * size + 8), 2 * size + 50
