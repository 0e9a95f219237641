"""Makes the frame of what is added in any order, holding little more than the frame does."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import replace
from sys import intern

import numpy as np

from kg.common import Common
from kg.facts import DocumentFacts
from kg.measures.arrays import Bools, Ints
from kg.measures.choices import ROLES
from kg.measures.columns import GrowingWords
from kg.measures.frame import (
    FORMS,
    Due,
    Frame,
    FrameNotice,
    FrameTask,
    FrameUnit,
    Row,
    Seat,
    TaskColumns,
    Tasks,
    due_month,
    group_name,
    hosts,
    notice_key,
)
from kg.measures.kept import Kept, fullest
from kg.measures.lineage import heirs
from kg.model import Certainty

__all__ = ["FrameMaker", "by_lineage", "frame_from_facts", "make_frame"]

_ROLES = {str(role): code for code, role in enumerate(ROLES)}
_FORMS = {form: code for code, form in enumerate(FORMS)}


def make_frame(
    units: Iterable[FrameUnit],
    tasks: Iterable[FrameTask],
    rows: Iterable[Row],
    notices: Iterable[FrameNotice] = (),
    due: Iterable[Due] = (),
    seats: Iterable[Seat] = (),
    heirs: Iterable[tuple[str, str]] = (),
) -> Frame:
    """Sort everything by id, number it, and put tasks and assignments in columns.

    What is said of one unit, task or notice several times is kept once, the fullest,
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
        maker.row(row)
    for limit in due:
        maker.due(limit)
    maker.seats.update(seats)
    maker.heirs.update(heirs)
    return maker.frame()


def frame_from_facts(facts: Iterable[DocumentFacts]) -> Frame:
    """Turn what documents say into a frame."""
    maker, common = FrameMaker(), Common()
    for one in facts:
        maker.document(one)
        common.add(one)
    maker.common(common)
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
    known = {unit.id: unit for unit in frame.units}

    def heir(unit: FrameUnit) -> FrameUnit:
        last = heirs.get(unit.id, unit.id)
        found = known.get(last) or replace(unit, id=last, name=last.removeprefix("unit/"))
        return replace(found, parent=heirs.get(found.parent or "", found.parent))

    maker = FrameMaker()
    maker.add(
        replace(
            frame,
            units=tuple(map(heir, frame.units)),
            seats=tuple(replace(one, unit=heirs.get(one.unit, one.unit)) for one in frame.seats),
            heirs=(),
        )
    )
    return maker.frame()


class _Columns:
    """Parallel columns of numbers that grow."""

    def __init__(self, count: int) -> None:
        self._columns = tuple(array("q") for _ in range(count))

    def append(self, *values: int) -> None:
        """Add a row."""
        for column, value in zip(self._columns, values, strict=True):
            column.append(value)

    def extend(self, *columns: Ints | Bools) -> None:
        """Add many rows."""
        for column, values in zip(self._columns, columns, strict=True):
            column.frombytes(np.asarray(values, dtype=np.int64).tobytes())

    def arrays(self) -> list[Ints]:
        """Return the columns, which grow no more."""
        return [np.frombuffer(column, dtype=np.int64) for column in map(_filled, self._columns)]


def _filled(column: array[int]) -> array[int] | bytes:
    """Return a column's buffer; an empty one has none."""
    return column or b""


class FrameMaker:
    """Makes a frame of records, documents and other frames, in any order.

    Tasks, assignments and time limits grow as columns; ``seats`` and ``heirs`` are as
    in :class:`~kg.measures.frame.Frame`. The frame takes the columns over: nothing can
    be added afterwards.
    """

    def __init__(self) -> None:
        self.seats: set[Seat] = set()
        self.heirs: set[tuple[str, str]] = set()
        self._units = Kept[FrameUnit]()
        self._notices = Kept[FrameNotice]()
        self._months = Kept[str]()
        self._ids, self._labels = GrowingWords(), GrowingWords()
        self._tasks = _Columns(3)  # notice, form, parent
        self._rows = _Columns(5)
        self._due = _Columns(2)
        # Of tasks that are added as records: where each is, and the parents of those before it.
        self._task_at: dict[str, int] = {}
        self._details: dict[int, str] = {}

    def unit(self, unit: FrameUnit) -> None:
        """Add a unit."""
        self._units.keep(unit.id, unit)

    def notice(self, notice: FrameNotice) -> None:
        """Add a notice."""
        self._notices.keep(notice.number, notice)

    def task(self, task: FrameTask) -> None:
        """Add a task, and its notice if nothing else is known of it."""
        if task.notice not in self._notices:
            self.notice(FrameNotice(task.notice))
        place = len(self._ids)
        self._task_at.setdefault(task.id, place)
        self._ids.append(task.id)
        self._labels.append(task.label)
        self._tasks.append(self._notices.place(task.notice), _FORMS[task.form], -1)
        if task.parent:
            self._details[place] = task.parent

    def row(self, row: Row) -> None:
        """Add an assignment of a task that has been added; its unit may come later."""
        self._rows.append(
            self._task_at[row.task],
            self._units.place(row.unit),
            _ROLES[row.role],
            row.stated,
            row.open_list,
        )

    def due(self, limit: Due) -> None:
        """Add a time limit; one of a task that has not been added is none of the build's."""
        if limit.task in self._task_at:
            self._months.keep(limit.month, limit.month)
            self._due.append(self._task_at[limit.task], self._months.place(limit.month))

    def document(self, facts: DocumentFacts) -> None:
        """Add what a document says, but of its units their ids alone; see :meth:`common`."""
        keys = {notice.id: notice_key(notice.id, notice.number) for notice in facts.notices}
        for notice in facts.notices:
            self.notice(FrameNotice(keys[notice.id], notice.title, notice.date))
        for task in facts.tasks:
            key = keys.get(task.notice, task.notice)
            self.task(FrameTask(task.id, key, task.label, task.form, task.parent))
        for row in facts.assignments:
            if row.unit not in self._units:
                self.unit(FrameUnit(row.unit, ""))
            stated = row.certainty == Certainty.STATED
            self.row(Row(row.task, row.unit, row.role, stated, row.open_list))
        for limit in facts.deadlines:
            if limit.task and (month := due_month(limit.kind, limit.end or limit.start)):
                self.due(Due(limit.task, month))
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

    def add(self, frame: Frame) -> None:
        """Add another frame."""
        units = self._units.places((unit.id, unit) for unit in frame.units)
        notices = self._notices.places((notice.number, notice) for notice in frame.notices)
        months = self._months.places((month, month) for month in frame.months)
        first, columns = len(self._ids), frame.tasks.columns
        self._ids.extend(columns.ids)
        self._labels.extend(columns.labels)
        parent = np.where(columns.parent < 0, -1, columns.parent + first)
        self._tasks.extend(notices[columns.notice], columns.form, parent)
        self._rows.extend(
            frame.task + first, units[frame.unit], frame.role, frame.stated, frame.open
        )
        self._due.extend(frame.due_task + first, months[frame.due_month])
        self.seats.update(frame.seats)
        self.heirs.update(frame.heirs)

    def common(self, common: Common) -> None:
        """Add the units as all documents describe them, and what became of them."""
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

    def frame(self) -> Frame:
        """Return the frame of what was added."""
        notices, notice_at = self._notices.ordered()
        units, unit_at = self._units.ordered()
        months, month_at = self._months.ordered()
        keys = tuple(notice.number for notice in notices)
        tasks, task_at = self._ordered_tasks(keys, notice_at)
        task, unit, role, stated, open_list = self._rows.arrays()
        task, unit = task_at[task], unit_at[unit]
        # Of equal rows the first stays, that of an open list.
        order = np.lexsort((-open_list, stated, role, unit, task))
        columns = np.stack((task, unit, role, stated, open_list))[:, order]
        task, unit, role, stated, open_list = columns[:, _fresh(columns[:4])]
        due_task, due_month = self._due.arrays()
        due = np.unique(np.stack((task_at[due_task], month_at[due_month])), axis=1)
        return Frame(
            units=units,
            tasks=Tasks(tasks),
            notices=notices,
            task=task.copy(),
            unit=unit.copy(),
            role=role.copy(),
            stated=stated.astype(np.bool_),
            open=open_list.astype(np.bool_),
            due_task=due[0].copy(),
            due_month=due[1].copy(),
            months=months,
            seats=tuple(sorted(self.seats)),
            heirs=tuple(sorted(self.heirs)),
        )

    def _ordered_tasks(self, keys: tuple[str, ...], notice_at: Ints) -> tuple[TaskColumns, Ints]:
        """Return the tasks by their ids, and for each place where it stands among them."""
        ids, labels = self._ids.words(), self._labels.words()
        notice, form, parent = self._tasks.arrays()
        for place, task in self._details.items():
            parent[place] = self._task_at.get(task, -1)
        whole = TaskColumns(ids, labels, keys, notice_at[notice], form, parent)
        order, ranks = ids.ranked()
        chosen = _one_each(Tasks(whole), order, ranks)
        up = whole.parent[chosen]
        return (
            TaskColumns(
                ids.take(chosen),
                labels.take(chosen),
                keys,
                whole.notice[chosen],
                form[chosen],
                np.where(up < 0, -1, ranks[up]),
            ),
            ranks,
        )


def _one_each(tasks: Tasks, order: Ints, ranks: Ints) -> Ints:
    """Return the place of one task a rank: of several with one id the fullest."""
    ends = np.flatnonzero(_fresh(ranks[order][None, :]))
    chosen = order[ends]
    for rank in np.flatnonzero(np.diff(ends, append=len(order)) > 1).tolist():
        same: Sequence[int] = order[ranks[order] == rank].tolist()
        chosen[rank] = min(same, key=lambda place: fullest(tasks[place]))
    return chosen


def _fresh(columns: Ints) -> Bools:
    """Tell which of sorted rows (a column each) differ from the one before."""
    fresh = np.ones(columns.shape[1], dtype=np.bool_)
    fresh[1:] = (columns[:, 1:] != columns[:, :-1]).any(axis=0)
    return fresh
