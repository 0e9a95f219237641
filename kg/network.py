"""Networks of coordination, made at the edge for the pages and for exports.

Two of them: units, with an arc from each unit that leads a task to each unit
that is responsible or supports; and units with the tasks they have a role in.
Positions are computed here, so that a page has nothing to simulate and the same
facts give the same picture.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import networkx as nx
import numpy as np
import numpy.typing as npt

from kg.facts import Assignment, Task, Unit
from kg.model import Certainty, Role

__all__ = [
    "ALL",
    "STATED",
    "heads",
    "positions",
    "strongest_roles",
    "unit_network",
    "unit_task_network",
]

STRENGTH = {role: strength for strength, role in enumerate(Role)}
STATED = frozenset({Certainty.STATED})
ALL = frozenset(Certainty)
SPACING = 130.0
"""Pixels between two nodes that are linked."""
ROOM = 2.2
"""Times the area of all boxes that a picture takes at least."""
MARGIN = 24.0
"""Pixels between two parts of a picture."""


def strongest_roles(
    assignments: Iterable[Assignment], certainties: Collection[Certainty] = STATED
) -> dict[str, Role]:
    """Return the strongest role of each unit in the assignments of one task.

    A unit that is named twice for a task (leads it and supports it) is one actor
    in it.
    """
    roles: dict[str, Role] = {}
    for assignment in assignments:
        if assignment.certainty in certainties:
            known = roles.get(assignment.unit)
            if known is None or STRENGTH[assignment.role] < STRENGTH[known]:
                roles[assignment.unit] = assignment.role
    return roles


def heads(roles: Mapping[str, Role]) -> tuple[str, ...]:
    """Return the units at the head of a task: its leads, or else its primaries.

    主责单位 answers for a task as 牵头单位 does; where a text names both, the
    lead is the head and the primary one of those who are led. The measures do
    the same under ``primary=head``; by default 主责 leads nobody there.
    """
    for head in (Role.LEAD, Role.PRIMARY):
        found = tuple(unit for unit, role in roles.items() if role is head)
        if found:
            return found
    return ()


def unit_network(
    units: Mapping[str, Unit],
    tasks: Iterable[Task],
    assignments: Mapping[str, Sequence[Assignment]],
    certainties: Collection[Certainty] = STATED,
) -> nx.MultiDiGraph:
    """Return who leads whom: arcs from the heads of tasks to the others.

    Parameters
    ----------
    units
        The units by id; those without a role in ``tasks`` are left out.
    tasks
        The tasks to count, each piece of work once.
    assignments
        The assignments of each task.
    certainties
        Which assignments count.

    Returns
    -------
    networkx.MultiDiGraph
        Nodes are unit ids with ``name``, ``kind``, ``level``, ``collective``, the
        number of tasks by role and ``load``, their sum. Arcs have the key
        ``leads``, or ``joint`` between two heads of one task (from the smaller
        id to the greater, meant both ways), with ``tasks`` and ``weight``, their
        number, and for ``leads`` the number of tasks by the led unit's role.
    """
    load: dict[str, dict[Role, int]] = defaultdict(lambda: dict.fromkeys(Role, 0))
    shared: dict[tuple[str, str, str], list[tuple[str, Role]]] = defaultdict(list)
    for task in tasks:
        roles = strongest_roles(assignments.get(task.id, ()), certainties)
        leaders = heads(roles)
        for unit, role in roles.items():
            load[unit][role] += 1
        for leader in leaders:
            for unit, role in roles.items():
                if unit not in leaders:
                    shared[leader, unit, "leads"].append((task.id, role))
                elif leader < unit:
                    shared[leader, unit, "joint"].append((task.id, role))
    graph = nx.MultiDiGraph()
    for key in units:
        if key in load:
            graph.add_node(key, **_unit_attributes(units[key], load[key]))
    for source, target, kind in sorted(shared):
        found = shared[source, target, kind]
        counts = {role.value: sum(r is role for _, r in found) for role in Role}
        graph.add_edge(
            source,
            target,
            key=kind,
            weight=len(found),
            tasks=tuple(task for task, _ in found),
            **(counts if kind == "leads" else {}),
        )
    return graph


def unit_task_network(
    units: Mapping[str, Unit],
    tasks: Iterable[Task],
    assignments: Mapping[str, Sequence[Assignment]],
    certainties: Collection[Certainty] = STATED,
) -> nx.Graph:
    """Return the two-mode network: units on one side, tasks on the other.

    Nodes carry ``mode`` (``unit`` or ``task``), edges the unit's strongest
    ``role`` in the task.
    """
    graph = nx.Graph()
    load: dict[str, dict[Role, int]] = defaultdict(lambda: dict.fromkeys(Role, 0))
    links: list[tuple[str, str, Role]] = []
    for task in tasks:
        roles = strongest_roles(assignments.get(task.id, ()), certainties)
        if roles:
            graph.add_node(task.id, mode="task", name=task.heading or task.text, label=task.label)
        for unit, role in roles.items():
            load[unit][role] += 1
            links.append((unit, task.id, role))
    for key in units:
        if key in load:
            graph.add_node(key, mode="unit", **_unit_attributes(units[key], load[key]))
    for unit, task_id, role in links:
        graph.add_edge(unit, task_id, role=role.value)
    return graph


def positions(
    graph: nx.Graph, sizes: Mapping[str, tuple[float, float]], *, ratio: float = 1.6
) -> dict[str, tuple[int, int]]:
    """Place the nodes so that neighbours are near and no two labels lie on each other.

    Parameters
    ----------
    graph
        The network; direction, weights and parallel edges do not matter.
    sizes
        Width and height that each node takes with its label, in pixels.
    ratio
        Width of the picture by its height.

    Returns
    -------
    dict
        Whole pixels by node; the order of nodes and edges alone decides.

    Notes
    -----
    Each connected part is laid out by stress majorisation [1]_ from a spiral with
    the best connected node in its middle, so nothing is random. Overlapping boxes
    are then pushed apart along the axis where they overlap least, and the parts
    are set in rows, the largest first.

    References
    ----------
    .. [1] Gansner, Koren, North: Graph drawing by stress majorization, 2004.
    """
    simple = nx.Graph()
    simple.add_nodes_from(graph)
    simple.add_edges_from((source, target) for source, target in graph.edges() if source != target)
    order = {node: place for place, node in enumerate(simple)}
    parts = [sorted(part, key=order.__getitem__) for part in nx.connected_components(simple)]
    parts.sort(key=lambda part: (-len(part), order[part[0]]))
    laid = []
    for part in parts:
        boxes = np.array([sizes[node] for node in part], dtype=float)
        points = _apart(_stress(nx.to_numpy_array(simple, nodelist=part) > 0, ratio), boxes)
        low = (points - boxes / 2).min(axis=0)
        laid.append((part, points - low, (points + boxes / 2).max(axis=0) - low))
    return _in_rows(laid, ratio)


def _unit_attributes(unit: Unit, load: Mapping[Role, int]) -> dict[str, object]:
    """Return what a unit's node carries."""
    return {
        "name": unit.name,
        "kind": unit.kind,
        "level": unit.level,
        "collective": unit.collective,
        **{role.value: count for role, count in load.items()},
        "load": sum(load.values()),
    }


Points = npt.NDArray[np.float64]


def _stress(linked: npt.NDArray[np.bool_], ratio: float, rounds: int = 60) -> Points:
    """Return points whose distances come near those in the graph.

    ``linked`` is the adjacency matrix of a connected graph.
    """
    count = len(linked)
    rank = np.argsort(np.argsort(-linked.sum(axis=1), kind="stable"), kind="stable")
    turn = np.pi * (3 - np.sqrt(5)) * rank
    points = np.sqrt(rank)[:, None] * np.column_stack((np.cos(turn), np.sin(turn)))
    if count == 2:
        points = np.array([[0.0, 0.0], [1.0, 0.0]])
    elif count > 2:
        from scipy.sparse.csgraph import shortest_path  # 50 ms: only a picture needs it

        far = shortest_path(linked, unweighted=True)
        np.fill_diagonal(far, 1.0)
        weights = far**-2
        np.fill_diagonal(weights, 0.0)
        # The Laplacian of a connected graph lacks one rank: adding a constant mends
        # that and moves no point, as the pulls on all points together are nil.
        inverse = np.linalg.inv(np.diag(weights.sum(axis=1)) - weights + 1 / count)
        wish = -weights * far
        for _ in range(rounds):
            x, y = points.T
            gap_x, gap_y = x[:, None] - x[None, :], y[:, None] - y[None, :]
            gaps = np.sqrt(gap_x * gap_x + gap_y * gap_y)  # np.hypot takes five times as long
            pull = wish / np.maximum(gaps, 1e-9)
            np.fill_diagonal(pull, 0.0)
            np.fill_diagonal(pull, -pull.sum(axis=1))
            points = inverse @ (pull @ points)
    stretched: Points = points * SPACING * np.array([ratio**0.5, ratio**-0.5])
    return stretched


def _apart(points: Points, boxes: Points, rounds: int = 200) -> Points:
    """Push boxes around ``points`` apart until none overlaps, or ``rounds`` is over."""
    count = len(points)
    # Where the boxes hardly fit, the whole picture is drawn larger first.
    room = float(np.prod(np.ptp(points, axis=0) + boxes.mean(axis=0)))
    need = float((boxes[:, 0] * boxes[:, 1]).sum()) * ROOM
    points = points * max(1.0, (need / room) ** 0.5)
    # Two nodes on one point would never part: their order parts them.
    points = points + np.arange(count)[:, None] * np.array([1e-3, 1e-3])
    need_x = (boxes[:, None, 0] + boxes[None, :, 0]) / 2
    need_y = (boxes[:, None, 1] + boxes[None, :, 1]) / 2
    np.fill_diagonal(need_x, -np.inf)
    for _ in range(rounds):
        gap_x = points[:, None, 0] - points[None, :, 0]
        gap_y = points[:, None, 1] - points[None, :, 1]
        over_x, over_y = need_x - np.abs(gap_x), need_y - np.abs(gap_y)
        one, other = np.nonzero((over_x > 0.5) & (over_y > 0.5))
        if not len(one):
            break
        hit_x, hit_y = over_x[one, other], over_y[one, other]
        sideways = hit_x < hit_y
        push_x = np.where(sideways, np.sign(gap_x[one, other]) * hit_x, 0.0) * 0.35
        push_y = np.where(sideways, 0.0, np.sign(gap_y[one, other]) * hit_y) * 0.35
        np.add.at(points[:, 0], one, push_x)
        np.add.at(points[:, 1], one, push_y)
    return points


def _in_rows(
    parts: Sequence[tuple[Sequence[str], Points, Points]], ratio: float
) -> dict[str, tuple[int, int]]:
    """Set the parts of a picture side by side in rows, each at its left upper corner."""
    area = sum(float(size[0] * size[1]) for _, _, size in parts)
    widest = max((float(size[0]) for _, _, size in parts), default=0.0)
    width = max(widest, 1.2 * (area * ratio) ** 0.5)
    placed: dict[str, tuple[int, int]] = {}
    x = y = height = 0.0
    for nodes, points, size in parts:
        if x > 0 and x + float(size[0]) > width:
            x, y, height = 0.0, y + height + MARGIN, 0.0
        for node, point in zip(nodes, points, strict=True):
            placed[node] = (round(x + float(point[0])), round(y + float(point[1])))
        x += float(size[0]) + MARGIN
        height = max(height, float(size[1]))
    return placed
