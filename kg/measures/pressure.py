"""Deadline pressure by month, and places in leading groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kg.measures.arrays import Ints
from kg.measures.frame import Frame
from kg.measures.load import tasks_by_role
from kg.measures.records import InGroups
from kg.measures.work import Work, wanted_notices

__all__ = [
    "DueTasks",
    "deadline_pressure",
    "in_groups",
    "leading_groups",
    "limited",
    "peaks",
]


@dataclass(frozen=True, slots=True)
class DueTasks:
    """How many ``tasks`` of a unit are due in a month: three parallel columns.

    Units and months are places; the columns are sorted by them.
    """

    unit: Ints
    month: Ints
    tasks: Ints


def deadline_pressure(work: Work, frame: Frame) -> DueTasks:
    """Count each unit's tasks that are due in each month.

    Parameters
    ----------
    work
        The counted work.
    frame
        The build, with the time limits that name a date.

    Returns
    -------
    DueTasks
        The number of tasks by unit and month (``YYYY-MM``), or by year where the text
        tells no more; months by their places among those of the build.

    Notes
    -----
    Only limits with a date (by, on) count; 长期坚持 and 按市级工作安排 have none.
    A task with two limits in one month is due there once. A limit counts for
    the task that it is written in: where rows detail a paragraph, the rows'
    limits count, and for a row without a limit of its own the paragraph's.

    Examples
    --------
    >>> from kg.measures.choices import Choices
    >>> from kg.measures.frame import Due, FrameTask, FrameUnit, Row
    >>> from kg.measures.making import make_frame
    >>> from kg.measures.work import counted_work
    >>> frame = make_frame(
    ...     [FrameUnit("a", "甲")], [FrameTask("s", "1号"), FrameTask("t", "1号")],
    ...     [Row("s", "a", "lead"), Row("t", "a", "lead")],
    ...     due=[Due("s", "2020-12"), Due("t", "2020-12"), Due("t", "2021")],
    ... )
    >>> due = deadline_pressure(counted_work(frame, Choices()), frame)
    >>> [frame.months[month] for month in due.month.tolist()], due.tasks.tolist()
    (['2020-12', '2021'], [2, 1])
    """
    limits = np.bincount(frame.due_task, minlength=len(frame.tasks))
    first = np.cumsum(limits) - limits
    # The limits of a task stand together: its own run of them for each assignment.
    source = limited(work, frame)[work.task]
    many = limits[source]
    ends = np.cumsum(many)
    at = np.arange(int(many.sum())) + np.repeat(first[source] - (ends - many), many)
    months = max(len(frame.months), 1)
    key = np.repeat(work.unit, many) * months + frame.due_month[at]
    keys, tasks = np.unique(key, return_counts=True)
    return DueTasks(*np.divmod(keys, months), tasks)


def limited(work: Work, frame: Frame) -> Ints:
    """Return for each task the one whose time limits are its own: itself, else its paragraph.

    Parameters
    ----------
    work
        The counted work.
    frame
        The build that it is of.

    Returns
    -------
    Ints
        Places among the tasks of the build, one a task of the work.
    """
    own = np.bincount(frame.due_task, minlength=len(frame.tasks)) > 0
    parent = frame.tasks.columns.parent[work.tasks.place]
    return np.where(own[work.tasks.place] | (parent < 0), work.tasks.place, parent)


def peaks(due: DueTasks, units: int) -> tuple[Ints, Ints]:
    """Return for each unit the month in which most tasks are due, and how many these are.

    Of equal months it is the first; -1 and 0 stand for a unit of which none is due.

    Examples
    --------
    >>> due = DueTasks(np.array([0, 0, 2]), np.array([1, 4, 0]), np.array([2, 2, 1]))
    >>> [part.tolist() for part in peaks(due, 3)]
    [[1, -1, 0], [2, 0, 1]]
    """
    month, tasks = np.full(units, -1), np.zeros(units, dtype=np.int64)
    order = np.lexsort((due.month, -due.tasks, due.unit))
    holders, first = np.unique(due.unit[order], return_index=True)
    month[holders], tasks[holders] = due.month[order][first], due.tasks[order][first]
    return month, tasks


def leading_groups(work: Work, frame: Frame) -> tuple[list[int], list[int]]:
    """Count the leading groups in which each unit sits, and those that it hosts.

    Parameters
    ----------
    work
        The counted work.
    frame
        The build, with places in leading groups.

    Returns
    -------
    tuple of list of int
        Groups sat in, groups hosted.

    Notes
    -----
    A unit sits in a group if one of its people does. It hosts a group if the
    group's office is placed with it (办公室设在X, 日常工作由X承担) or the director of that
    office (办公室主任) is from it; a group that it hosts in both ways counts once. An
    office that is placed with a unit is no seat of it. Several groups of one name in
    several notices are one.

    Examples
    --------
    >>> from kg.measures.choices import Choices
    >>> from kg.measures.frame import FrameTask, FrameUnit, Row, Seat
    >>> from kg.measures.making import make_frame
    >>> from kg.measures.work import counted_work
    >>> frame = make_frame(
    ...     [FrameUnit("a", "甲")], [FrameTask("t", "1号")], [Row("t", "a", "lead")],
    ...     seats=[
    ...         Seat("普查领导小组", "a", hosts=True),
    ...         Seat("普查领导小组", "a", hosts=True, sits=False),
    ...         Seat("治水领导小组", "a", hosts=True, sits=False),
    ...     ],
    ... )
    >>> leading_groups(counted_work(frame, Choices()), frame)
    ([1], [2])
    """
    sat, hosted = _groups_of_units(work, frame)
    return [len(sat[one.id]) for one in work.units], [len(hosted[one.id]) for one in work.units]


def in_groups(work: Work, frame: Frame) -> Iterator[InGroups]:
    """Yield every unit that sits in a leading group or hosts one, in the order of their ids.

    Parameters
    ----------
    work
        The counted work.
    frame
        The build, with places in leading groups.

    Yields
    ------
    InGroups
        The numbers of :func:`leading_groups`, and the tasks of the unit that count: 0 for
        a unit that is in groups only.

    Notes
    -----
    ``load.csv`` and the measures of the system are about the units that share the counted
    tasks; a unit without a task there would change their means, their Gini and their
    density without having said anything. Here it stands, so that a table of all units
    that coordinate in either way is a join of the two.

    Examples
    --------
    >>> from kg.measures.choices import Choices
    >>> from kg.measures.frame import FrameTask, FrameUnit, Row, Seat
    >>> from kg.measures.making import make_frame
    >>> from kg.measures.work import counted_work
    >>> frame = make_frame(
    ...     [FrameUnit("a", "甲"), FrameUnit("b", "乙")],
    ...     [FrameTask("t", "1号")], [Row("t", "a", "lead")],
    ...     seats=[Seat("普查领导小组", "b", hosts=False)],
    ... )
    >>> [(one.name, one.groups, one.tasks) for one in in_groups(counted_work(frame, Choices()), frame)]
    [('乙', 1, 0.0)]
    """
    sat, hosted = _groups_of_units(work, frame)
    place = {unit.id: number for number, unit in enumerate(work.units)}
    tasks = np.sum(tasks_by_role(work), axis=0).tolist()
    for unit in frame.units:
        if sat[unit.id] or hosted[unit.id]:
            yield InGroups(
                unit.id,
                unit.name,
                unit.kind,
                unit.level,
                unit.collective,
                len(sat[unit.id]),
                len(hosted[unit.id]),
                tasks[place[unit.id]] if unit.id in place else 0.0,
            )


_Groups = defaultdict[str, set[str]]


def _groups_of_units(work: Work, frame: Frame) -> tuple[_Groups, _Groups]:
    """Return the groups that each unit sits in, and those that it hosts, by its id."""
    wanted = wanted_notices(frame, work.choices)
    sat: _Groups = defaultdict(set)
    hosted: _Groups = defaultdict(set)
    for seat in frame.seats:
        if wanted is not None and seat.notice and seat.notice not in wanted:
            continue
        if seat.sits:
            sat[seat.unit].add(seat.group)
        if seat.hosts:
            hosted[seat.unit].add(seat.group)
    return sat, hosted
