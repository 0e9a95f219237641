"""A build as the measures see it: tasks × units × roles, in columns.

Both :class:`~kg.facts.DocumentFacts` and the tables of a build folder
(:mod:`kg.measures.read`) become a :class:`Frame` (:mod:`kg.measures.making`); no
measure knows more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import overload

import numpy as np

from kg.measures.arrays import Bools, Ints
from kg.measures.columns import Words
from kg.model import Form

__all__ = [
    "FORMS",
    "Due",
    "Frame",
    "FrameNotice",
    "FrameTask",
    "FrameUnit",
    "Row",
    "Seat",
    "TaskColumns",
    "Tasks",
    "due_month",
    "group_name",
    "hosts",
    "notice_key",
    "number_of",
]

FORMS = tuple(map(str, Form))
"""Forms of tasks by the numbers that stand for them in columns."""


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
    """One assignment: ids of task and unit, the role, and whether it is stated.

    ``open_list`` tells that the list of units that it stands in is left open by 等.
    """

    task: str
    unit: str
    role: str
    stated: bool = True
    open_list: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """A month, ``YYYY-MM`` or ``YYYY``, by or on which a task is due."""

    task: str
    month: str


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


def _nothing() -> Ints:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class TaskColumns:
    """Tasks, each a place in parallel columns.

    ``notice`` is the place of the task's notice in ``notices``, its key; ``form`` one of
    :data:`FORMS`; ``parent`` the place of the task that it details, -1 for none.
    """

    ids: Words
    labels: Words
    notices: tuple[str, ...]
    notice: Ints
    form: Ints
    parent: Ints


class Tasks(Sequence[FrameTask]):
    """Some tasks of a build, in columns; a task is made into a record when it is asked for.

    ``place`` tells where each stands among those of the build.
    """

    __slots__ = ("columns", "place")

    def __init__(self, columns: TaskColumns, place: Ints | None = None) -> None:
        self.columns = columns
        self.place = np.arange(len(columns.ids)) if place is None else place

    def __len__(self) -> int:
        return len(self.place)

    @overload
    def __getitem__(self, place: int) -> FrameTask: ...
    @overload
    def __getitem__(self, place: slice) -> Tasks: ...
    def __getitem__(self, place: int | slice) -> FrameTask | Tasks:
        if isinstance(place, slice):
            return Tasks(self.columns, self.place[place])
        return self._record(int(self.place[place]))

    def __iter__(self) -> Iterator[FrameTask]:
        return map(self._record, self.place.tolist())

    def take(self, places: Ints) -> Tasks:
        """Return some of the tasks."""
        return Tasks(self.columns, self.place[places])

    @property
    def notice(self) -> Ints:
        """The notice of each task, as a place among those of the build."""
        return self.columns.notice[self.place]

    def _record(self, place: int) -> FrameTask:
        columns = self.columns
        parent = int(columns.parent[place])
        return FrameTask(
            columns.ids[place],
            columns.notices[columns.notice[place]],
            columns.labels[place],
            FORMS[columns.form[place]],
            columns.ids[parent] if parent >= 0 else None,
        )


@dataclass(frozen=True, slots=True)
class Frame:
    """Units, tasks and notices in the order of their ids, assignments in columns.

    The columns ``task``, ``unit``, ``role``, ``stated`` and ``open`` are parallel: row i
    says that ``units[unit[i]]`` has the role ``ROLES[role[i]]`` in
    ``tasks[task[i]]``. They are sorted, and no row is there twice. ``due_task`` and
    ``due_month`` are parallel too: the task at a place is due in a month of ``months``.
    ``heirs`` are pairs of ids: a unit, and the one that it became in the end.
    """

    units: tuple[FrameUnit, ...]
    tasks: Tasks
    notices: tuple[FrameNotice, ...]
    task: Ints
    unit: Ints
    role: Ints
    stated: Bools
    open: Bools
    due_task: Ints = field(default_factory=_nothing)
    due_month: Ints = field(default_factory=_nothing)
    months: tuple[str, ...] = ()
    seats: tuple[Seat, ...] = ()
    heirs: tuple[tuple[str, str], ...] = ()


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
