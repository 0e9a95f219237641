"""A build as the measures see it: tasks × units × roles, in columns.

Both :class:`~kg.facts.DocumentFacts` and the tables of a build folder
(:mod:`kg.measures.read`) become a :class:`Frame`; no measure knows more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from kg.facts import DocumentFacts
from kg.measures.arrays import Bools, Ints
from kg.measures.choices import ROLES
from kg.model import Certainty, Form

__all__ = [
    "Due",
    "Frame",
    "FrameNotice",
    "FrameTask",
    "FrameUnit",
    "OpenList",
    "Row",
    "Seat",
    "by_lineage",
    "frame_from_facts",
    "make_frame",
]

_Record = TypeVar("_Record")

_CODES = {str(role): code for code, role in enumerate(ROLES)}


@dataclass(frozen=True, slots=True)
class FrameUnit:
    """A unit, with what the measures group by."""

    id: str
    name: str
    kind: str = ""
    level: str = ""
    parent: str | None = None
    collective: bool = False
    quantifier: str = ""
    frame_size: int | None = None
    function: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class FrameTask:
    """A task; ``notice`` is the notice's number, ``parent`` the task that it details."""

    id: str
    notice: str
    label: str = ""
    form: str = Form.ITEM
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class FrameNotice:
    """A notice: its number, title and ISO date."""

    number: str
    title: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One assignment: ids of task and unit, the role, and whether it is stated."""

    task: str
    unit: str
    role: str
    stated: bool = True


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """A month, ``YYYY-MM`` or ``YYYY``, by or on which a task is due."""

    task: str
    month: str


@dataclass(frozen=True, slots=True, order=True)
class OpenList:
    """A task whose list of units, stated or implied, is left open by 等."""

    task: str
    stated: bool


@dataclass(frozen=True, slots=True, order=True)
class Seat:
    """A unit's place in a leading group; ``hosts`` where its office is with the unit."""

    group: str
    unit: str
    hosts: bool
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """Units, tasks and notices in the order of their ids, assignments in columns.

    The columns ``task``, ``unit``, ``role`` and ``stated`` are parallel: row i
    says that ``units[unit[i]]`` has the role ``ROLES[role[i]]`` in
    ``tasks[task[i]]``. They are sorted, and no row is there twice. ``heirs`` are
    pairs of ids: a unit, and the one that it became in the end.
    """

    units: tuple[FrameUnit, ...]
    tasks: tuple[FrameTask, ...]
    notices: tuple[FrameNotice, ...]
    task: Ints
    unit: Ints
    role: Ints
    stated: Bools
    due: tuple[Due, ...] = ()
    seats: tuple[Seat, ...] = ()
    heirs: tuple[tuple[str, str], ...] = ()
    open_lists: tuple[OpenList, ...] = ()


def make_frame(
    units: Iterable[FrameUnit],
    tasks: Iterable[FrameTask],
    rows: Iterable[Row],
    notices: Iterable[FrameNotice] = (),
    due: Iterable[Due] = (),
    seats: Iterable[Seat] = (),
    heirs: Iterable[tuple[str, str]] = (),
    open_lists: Iterable[OpenList] = (),
) -> Frame:
    """Sort everything by id, number it, and put the assignments in columns.

    What several documents say of one unit or notice is kept once, the fullest,
    so that the order of documents does not matter.
    A row whose task or unit is unknown is an error of the caller (KeyError).
    """
    all_units = _first_by(units, lambda unit: unit.id)
    all_tasks = _first_by(tasks, lambda task: task.id)
    all_notices = _first_by(
        [*notices, *(FrameNotice(task.notice) for task in all_tasks)],
        lambda notice: notice.number,
    )
    task_at = {task.id: place for place, task in enumerate(all_tasks)}
    unit_at = {unit.id: place for place, unit in enumerate(all_units)}
    table = sorted(
        {(task_at[row.task], unit_at[row.unit], _CODES[row.role], row.stated) for row in rows}
    )
    columns = np.array(table, dtype=np.int64).reshape(len(table), 4)
    return Frame(
        units=all_units,
        tasks=all_tasks,
        notices=all_notices,
        task=columns[:, 0].copy(),
        unit=columns[:, 1].copy(),
        role=columns[:, 2].copy(),
        stated=columns[:, 3].astype(np.bool_),
        due=tuple(sorted(set(due))),
        seats=tuple(sorted(set(seats))),
        open_lists=tuple(sorted(set(open_lists))),
        heirs=tuple(sorted(set(heirs))),
    )


def by_lineage(frame: Frame) -> Frame:
    """Return the frame with every unit under the one that it became in the end.

    An heir that no document names takes the kind and level of the unit before it.

    Examples
    --------
    >>> frame = make_frame(
    ...     [FrameUnit("unit/卫计委", "卫计委"), FrameUnit("unit/卫健委", "卫健委")],
    ...     [FrameTask("t", "1号")],
    ...     [Row("t", "unit/卫计委", "lead")],
    ...     heirs=[("unit/卫计委", "unit/卫健委")],
    ... )
    >>> [unit.name for unit in by_lineage(frame).units]
    ['卫健委']
    """
    heirs = dict(frame.heirs)
    known = {unit.id for unit in frame.units}
    units = [
        unit
        if unit.id not in heirs
        else replace(unit, id=heirs[unit.id], name=heirs[unit.id].removeprefix("unit/"))
        for unit in frame.units
        if heirs.get(unit.id) not in known
    ]
    return make_frame(
        units=(replace(unit, parent=heirs.get(unit.parent or "", unit.parent)) for unit in units),
        tasks=frame.tasks,
        rows=(
            Row(
                frame.tasks[task].id,
                heirs.get(frame.units[unit].id, frame.units[unit].id),
                ROLES[role],
                stated,
            )
            for task, unit, role, stated in zip(
                frame.task.tolist(),
                frame.unit.tolist(),
                frame.role.tolist(),
                frame.stated.tolist(),
                strict=True,
            )
        ),
        notices=frame.notices,
        due=frame.due,
        seats=(replace(seat, unit=heirs.get(seat.unit, seat.unit)) for seat in frame.seats),
        open_lists=frame.open_lists,
    )


def _first_by(records: Iterable[_Record], key: Callable[[_Record], str]) -> tuple[_Record, ...]:
    """Keep one record a key, sorted by key: the fullest, then the first in order."""
    kept: dict[str, _Record] = {}
    for record in records:
        name = key(record)
        other = kept.setdefault(name, record)
        if other != record:
            kept[name] = min(other, record, key=lambda one: (-len(repr(one)), repr(one)))
    return tuple(kept[name] for name in sorted(kept))


def frame_from_facts(facts: Sequence[DocumentFacts]) -> Frame:
    """Turn what documents say into a frame."""
    from kg.lineage import changes_in, heirs
    from kg.rdf.units import merged_units

    numbers = {notice.id: notice.number or notice.id for one in facts for notice in one.notices}
    names = {unit.id: unit.name for one in facts for unit in one.units}
    return make_frame(
        units=(
            FrameUnit(
                unit.id,
                unit.name,
                unit.kind,
                unit.level,
                unit.parent,
                unit.collective,
                str(unit.quantifier or ""),
                unit.frame_size,
                (unit.function or "").rpartition("/")[2],
                unit.place,
            )
            for unit in merged_units(facts)
        ),
        tasks=(
            FrameTask(
                task.id, numbers.get(task.notice, task.notice), task.label, task.form, task.parent
            )
            for one in facts
            for task in one.tasks
        ),
        rows=(
            Row(row.task, row.unit, row.role, row.certainty == Certainty.STATED)
            for one in facts
            for row in one.assignments
        ),
        notices=(
            FrameNotice(notice.number or notice.id, notice.title, notice.date)
            for one in facts
            for notice in one.notices
        ),
        due=(
            Due(limit.task, month)
            for one in facts
            for limit in one.deadlines
            if limit.task and (month := due_month(limit.kind, limit.end or limit.start))
        ),
        seats=(
            Seat(
                group_name(seat.group, names),
                seat.unit,
                hosts(seat.group_role),
                numbers.get(seat.notice, seat.notice),
            )
            for one in facts
            for seat in one.memberships
            if seat.unit
        ),
        heirs=heirs(changes_in(facts)).items(),
        open_lists=(
            OpenList(row.task, row.certainty == Certainty.STATED)
            for one in facts
            for row in one.assignments
            if row.open_list
        ),
    )


def due_month(kind: str, date: str) -> str:
    """Return the month (or year) of a time limit that ends on a date, else ''."""
    return date[:7] if kind in {"by", "on"} else ""


def group_name(group: str, names: Mapping[str, str]) -> str:
    """Return the name of a leading group that is given by id or by name."""
    return names.get(group) or names.get(f"unit/{group}") or group.removeprefix("unit/")


def hosts(group_role: str) -> bool:
    """Tell whether a place in a leading group means that its office is with the unit."""
    return "办公室主任" in group_role
