"""A build as the measures see it: tasks × units × roles, in columns.

Both :class:`~kg.facts.DocumentFacts` and the tables of a build folder
(:mod:`kg.measures.read`) become a :class:`Frame`; no measure knows more.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from sys import intern

import numpy as np

from kg.common import Common
from kg.facts import DocumentFacts
from kg.lineage import heirs
from kg.measures.arrays import Bools, Ints
from kg.measures.choices import ROLES
from kg.measures.kept import Kept
from kg.model import Certainty, Form

__all__ = [
    "Due",
    "Frame",
    "FrameMaker",
    "FrameNotice",
    "FrameTask",
    "FrameUnit",
    "OpenList",
    "Row",
    "Seat",
    "by_lineage",
    "due_month",
    "frame_from_facts",
    "group_name",
    "hosts",
    "make_frame",
    "notice_key",
    "number_of",
]

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
    """A task; ``notice`` is the notice's key, ``parent`` the task that it details."""

    id: str
    notice: str
    label: str = ""
    form: str = Form.ITEM
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class FrameNotice:
    """A notice: its key (:func:`notice_key`), title and ISO date."""

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
    """A unit's tie to a leading group: it sits in it, ``hosts`` its office, or both.

    ``notice`` is the key of the notice that says so, empty if that is not known.
    """

    group: str
    unit: str
    hosts: bool
    notice: str = ""
    sits: bool = True


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
    maker = FrameMaker()
    for unit in units:
        maker.unit(unit)
    for task in tasks:
        maker.task(task)
    for notice in notices:
        maker.notice(notice)
    for row in rows:
        maker.row(row.task, row.unit, row.role, row.stated)
    maker.due.update(due)
    maker.seats.update(seats)
    maker.heirs.update(heirs)
    maker.open_lists.update(open_lists)
    return maker.frame()


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


class FrameMaker:
    """Makes a frame of what is added, in any order, holding little more than the frame does."""

    def __init__(self) -> None:
        self.due: set[Due] = set()
        self.seats: set[Seat] = set()
        self.heirs: set[tuple[str, str]] = set()
        self.open_lists: set[OpenList] = set()
        self._units = Kept[FrameUnit]()
        self._tasks = Kept[FrameTask]()
        self._notices = Kept[FrameNotice]()
        self._columns = tuple(array("q") for _ in range(4))

    def unit(self, unit: FrameUnit) -> None:
        """Add a unit."""
        self._units.keep(unit.id, unit)

    def task(self, task: FrameTask) -> None:
        """Add a task, and its notice if nothing else is known of it."""
        self._tasks.keep(task.id, task)
        if task.notice not in self._notices:
            self._notices.keep(task.notice, FrameNotice(task.notice))

    def notice(self, notice: FrameNotice) -> None:
        """Add a notice."""
        self._notices.keep(notice.number, notice)

    def row(self, task: str, unit: str, role: str, stated: bool) -> None:
        """Add an assignment, as in :class:`Row`."""
        values = (self._tasks.place(task), self._units.place(unit), _CODES[role], int(stated))
        for column, value in zip(self._columns, values, strict=True):
            column.append(value)

    def document(self, facts: DocumentFacts) -> None:
        """Add what a document says, but for its units; see :meth:`frame_of`."""
        keys = {notice.id: notice_key(notice.id, notice.number) for notice in facts.notices}
        for notice in facts.notices:
            self.notice(FrameNotice(keys[notice.id], notice.title, notice.date))
        for task in facts.tasks:
            key = keys.get(task.notice, task.notice)
            parent = task.parent and intern(task.parent)
            self.task(FrameTask(intern(task.id), key, intern(task.label), task.form, parent))
        for row in facts.assignments:
            stated = row.certainty == Certainty.STATED
            self.row(row.task, row.unit, row.role, stated)
            if row.open_list:
                self.open_lists.add(OpenList(intern(row.task), stated))
        for limit in facts.deadlines:
            if limit.task and (month := due_month(limit.kind, limit.end or limit.start)):
                self.due.add(Due(intern(limit.task), intern(month)))
        names = {unit.id: unit.name for unit in facts.units}
        for seat in facts.memberships:
            if seat.unit:
                group = intern(group_name(seat.group, names))
                key = keys.get(seat.notice, seat.notice)
                self.seats.add(Seat(group, intern(seat.unit), hosts(seat.group_role), key))
        for office in facts.hostings:
            group = intern(group_name(office.group, names))
            key = keys.get(office.notice, office.notice)
            self.seats.add(Seat(group, intern(office.unit), hosts=True, notice=key, sits=False))

    def merge(self, other: FrameMaker) -> None:
        """Add what was added to another one."""
        self._notices.merge(other._notices)
        task, unit = self._tasks.merge(other._tasks), self._units.merge(other._units)
        self.due |= other.due
        self.seats |= other.seats
        self.heirs |= other.heirs
        self.open_lists |= other.open_lists
        columns = [np.frombuffer(column, dtype=np.int64) for column in other._columns]
        columns[0], columns[1] = task[columns[0]], unit[columns[1]]
        for column, values in zip(self._columns, columns, strict=True):
            column.frombytes(values.tobytes())

    def frame_of(self, common: Common) -> Frame:
        """Return the frame of what was added, with the units as all documents describe them."""
        for unit in common.units():
            self.unit(
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
            )
        self.heirs.update(heirs(common.changes()).items())
        return self.frame()

    def frame(self) -> Frame:
        """Return the frame of what was added."""
        tasks, task_at = self._tasks.ordered()
        units, unit_at = self._units.ordered()
        task, unit, role, stated = (
            np.frombuffer(column, dtype=np.int64) if column else np.zeros(0, dtype=np.int64)
            for column in self._columns
        )
        task, unit = task_at[task], unit_at[unit]
        order = np.lexsort((stated, role, unit, task))
        columns = np.stack((task[order], unit[order], role[order], stated[order]))
        fresh = np.ones(columns.shape[1], dtype=np.bool_)
        fresh[1:] = (columns[:, 1:] != columns[:, :-1]).any(axis=0)
        task, unit, role, stated = columns[:, fresh]
        return Frame(
            units=units,
            tasks=tasks,
            notices=self._notices.ordered()[0],
            task=task.copy(),
            unit=unit.copy(),
            role=role.copy(),
            stated=stated.astype(np.bool_),
            due=tuple(sorted(self.due)),
            seats=tuple(sorted(self.seats)),
            heirs=tuple(sorted(self.heirs)),
            open_lists=tuple(sorted(self.open_lists)),
        )


def frame_from_facts(facts: Iterable[DocumentFacts]) -> Frame:
    """Turn what documents say into a frame."""
    maker, common = FrameMaker(), Common()
    for one in facts:
        maker.document(one)
        common.add(one)
    return maker.frame_of(common)


def notice_key(notice: str, number: str) -> str:
    """Return what the measures call a notice, given its id and its number.

    It is the number, and for further notices of that number what their ids make of
    it; a notice without one is called by its id.

    >>> notice_key("notice/云政发〔2020〕5号~f60a0787", "云政发〔2020〕5号")
    '云政发〔2020〕5号~f60a0787'
    """
    return notice.removeprefix("notice/") if number else notice


def number_of(key: str) -> str:
    """Return the number in the key of a notice that has one."""
    return key.partition("~")[0]


def due_month(kind: str, date: str) -> str:
    """Return the month (or year) of a time limit that ends on a date, else ''."""
    return date[:7] if kind in {"by", "on"} else ""


def group_name(group: str, names: Mapping[str, str]) -> str:
    """Return the name of a leading group that is given by id or by name."""
    return names.get(group) or names.get(f"unit/{group}") or group.removeprefix("unit/")


def hosts(group_role: str) -> bool:
    """Tell whether a place in a leading group means that its office is with the unit."""
    return "办公室主任" in group_role
