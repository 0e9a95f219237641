"""Which tasks and assignments count: each piece of work once, each unit once a task."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kg.errors import InputError
from kg.measures.arrays import Bools, Floats, Ints, sum_by
from kg.measures.choices import (
    ROLES,
    CertaintyChoice,
    Choices,
    CollectiveChoice,
    PrimaryChoice,
    WorkChoice,
)
from kg.measures.frame import FORMS, Frame, FrameUnit, Tasks, number_of
from kg.measures.members import known_members, with_members
from kg.model import Form, Quantifier, Role

__all__ = ["Share", "Work", "counted_tasks", "counted_work", "select_work", "wanted_notices"]


@dataclass(frozen=True, slots=True)
class Share:
    """What units carry of the collectives that they belong to, in load measures.

    Row i: for ``unit[i]``, the fraction ``part[i]`` of the counted assignment
    ``row[i]``, whose unit is a collective.
    """

    row: Ints
    unit: Ints
    part: Floats


@dataclass(frozen=True, slots=True)
class Work:
    """The counted tasks, units and assignments.

    ``task``, ``unit`` and ``role`` are parallel and sorted by task and unit;
    a unit stands once in a task, with its strongest role. ``size`` is k, the
    number of actors of each task, ``start`` the first of its assignments, and
    ``leads`` the number of those that lead; ``notice`` says where each task
    stands. ``open`` marks the tasks whose list of units goes on (等): there k is
    a lower bound. ``named`` is the place in ``known``, the units of the build, of
    the unit that the text names: the unit itself, or a collective that is
    replaced by its members. Every task has a unit, and every unit a task or a
    share of one.
    """

    units: tuple[FrameUnit, ...]
    tasks: Tasks
    notices: tuple[str, ...]
    notice: Ints
    task: Ints
    unit: Ints
    role: Ints
    size: Ints
    start: Ints
    leads: Ints
    open: Bools
    is_lead: Bools
    named: Ints
    known: tuple[FrameUnit, ...]
    collective: Bools
    members: dict[int, tuple[int, ...]]
    share: Share
    choices: Choices

    def per_unit(self, values: Floats | Ints | Bools, where: Bools | None = None) -> Floats:
        """Sum a value of each assignment by unit."""
        unit = self.unit if where is None else self.unit[where]
        chosen = np.asarray(values if where is None else values[where], dtype=np.float64)
        return sum_by(unit, chosen, len(self.units))


def counted_tasks(frame: Frame, choices: Choices) -> Bools:
    """Tell which tasks count.

    Parameters
    ----------
    frame
        The build.
    choices
        ``certainty`` decides which assignments exist, ``notices`` and the
        period which tasks are looked at, ``work`` what happens where the rows
        of a table detail a paragraph.

    Returns
    -------
    Bools
        One truth value a task of the frame.

    Notes
    -----
    A task without an assignment that counts is no task. ``once`` leaves out a
    task that is the parent of a row that counts: its rows tell the same work
    in more detail, and counting both would count the work twice. A paragraph
    whose rows are all left out counts itself.
    """
    columns = frame.tasks.columns
    bearing = np.zeros(len(frame.tasks), dtype=np.bool_)
    bearing[frame.task[_rows_in(frame, choices)]] = True
    wanted = wanted_notices(frame, choices)
    if wanted is not None:
        among = np.array([key in wanted for key in columns.notices], dtype=np.bool_)
        bearing &= among[columns.notice]
    if choices.work is WorkChoice.ONCE:
        bearing[columns.parent[bearing & (columns.parent >= 0)]] = False
    else:
        rows = columns.form == FORMS.index(Form.ROW)
        bearing &= rows if choices.work is WorkChoice.ROWS else ~rows
    return bearing


def counted_work(frame: Frame, choices: Choices) -> Work:
    """Apply the choices to a frame.

    Examples
    --------
    >>> from kg.measures.frame import FrameTask, FrameUnit, Row
    >>> from kg.measures.making import make_frame
    >>> frame = make_frame(
    ...     [FrameUnit("a", "甲"), FrameUnit("b", "乙")],
    ...     [FrameTask("t", "1号"), FrameTask("r", "1号", form="row", parent="t")],
    ...     [Row("t", "a", "lead"), Row("r", "a", "lead"), Row("r", "b", "support")],
    ... )
    >>> [task.id for task in counted_work(frame, Choices()).tasks]
    ['r']
    """
    frame, choices = with_members(frame, choices)
    keep = counted_tasks(frame, choices)[frame.task] & _rows_in(frame, choices)
    task, unit, role = frame.task[keep], frame.unit[keep], frame.role[keep]
    members = known_members(frame, choices)
    named = unit
    if choices.collective is CollectiveChoice.FULL:
        task, unit, role, named = _in_full(frame, members, task, unit, role)
    # Sorted by role, so that the first of equal (task, unit) is the strongest, and one
    # that names the unit itself comes before one that names a collective.
    order = np.lexsort((named != unit, role, unit, task))
    task, unit, role, named = task[order], unit[order], role[order], named[order]
    first = np.ones(len(task), dtype=np.bool_)
    first[1:] = (task[1:] != task[:-1]) | (unit[1:] != unit[:-1])
    return _numbered(frame, choices, members, task[first], unit[first], role[first], named[first])


def select_work(work: Work, tasks: Ints) -> Work:
    """Return the work of some tasks (places, upwards), with the units that have a part in it."""
    start = work.start[tasks]
    size = work.size[tasks]
    ends = np.cumsum(size)
    # The assignments of a task stand together: its own run of rows for each task.
    rows = np.arange(int(size.sum())) + np.repeat(start - (ends - size), size)
    share, takers = _selected_share(work.share, rows)
    units = np.unique(np.concatenate([work.unit[rows], takers]))
    place = {unit: number for number, unit in enumerate(units.tolist())}
    return Work(
        units=tuple(work.units[i] for i in units.tolist()),
        tasks=work.tasks.take(tasks),
        notices=work.notices,
        notice=work.notice[tasks],
        task=np.repeat(np.arange(len(tasks)), size),
        unit=np.searchsorted(units, work.unit[rows]),
        role=work.role[rows],
        size=size,
        start=ends - size,
        leads=work.leads[tasks],
        open=work.open[tasks],
        is_lead=work.is_lead[rows],
        named=work.named[rows],
        known=work.known,
        collective=work.collective[units],
        members={
            place[key]: tuple(place[one] for one in ids if one in place)
            for key, ids in work.members.items()
            if key in place
        },
        share=Share(share.row, np.searchsorted(units, share.unit), share.part),
        choices=work.choices,
    )


def _selected_share(share: Share, rows: Ints) -> tuple[Share, Ints]:
    """Return the shares of some rows, by the rows' new places, and who takes them."""
    if not len(share.row):
        return share, share.unit
    at = np.minimum(np.searchsorted(rows, share.row), max(len(rows) - 1, 0))
    kept = rows[at] == share.row if len(rows) else np.zeros(len(share.row), dtype=np.bool_)
    return Share(at[kept], share.unit[kept], share.part[kept]), share.unit[kept]


def _rows_in(frame: Frame, choices: Choices) -> Bools:
    """Tell which assignments the choice of certainty lets count."""
    if choices.certainty is CertaintyChoice.ALL:
        return np.ones(len(frame.task), dtype=np.bool_)
    return frame.stated if choices.certainty is CertaintyChoice.STATED else ~frame.stated


def wanted_notices(frame: Frame, choices: Choices) -> set[str] | None:
    """Return the keys of the notices to count, None for all.

    A number means all notices that have it.

    Raises
    ------
    InputError
        The choices name a notice that the build does not have.
    """
    if not (choices.notices or choices.period_from or choices.period_to):
        return None
    keys = {notice.number for notice in frame.notices}
    unknown = set(choices.notices) - keys - set(map(number_of, keys))
    if unknown:
        known = "、".join(notice.number for notice in frame.notices)
        raise InputError(
            "notices",
            f"not in this build · 没有这些通知: {'、'.join(sorted(unknown))}; known: {known}",
        )
    return {
        notice.number
        for notice in frame.notices
        if (
            not choices.notices
            or notice.number in choices.notices
            or number_of(notice.number) in choices.notices
        )
        and _inside(notice.date, choices.period_from, choices.period_to)
    }


def _inside(date: str, first: str, last: str) -> bool:
    """Compare ISO dates to the precision of the bounds; no date is in no period."""
    if not (first or last):
        return True
    return bool(date) and date[: len(first)] >= first and (not last or date[: len(last)] <= last)


def _in_full(
    frame: Frame, members: dict[int, tuple[int, ...]], task: Ints, unit: Ints, role: Ints
) -> tuple[Ints, Ints, Ints, Ints]:
    """Replace each collective of all (各) whose members are known by its members."""
    rows: list[tuple[int, int, int, int]] = []
    for row in zip(task.tolist(), unit.tolist(), role.tolist(), strict=True):
        whole = frame.units[row[1]].quantifier == Quantifier.ALL
        ids = members.get(row[1], ()) if whole else ()
        rows.extend((row[0], one, row[2], row[1]) for one in ids or (row[1],))
    table = np.array(rows, dtype=np.int64).reshape(len(rows), 4)
    return table[:, 0], table[:, 1], table[:, 2], table[:, 3]


def _numbered(
    frame: Frame,
    choices: Choices,
    members: dict[int, tuple[int, ...]],
    task: Ints,
    unit: Ints,
    role: Ints,
    named: Ints,
) -> Work:
    """Number the tasks and units that count, and count the actors of each task."""
    tasks, task_at = np.unique(task, return_inverse=True)
    present = np.zeros(len(frame.units), dtype=np.bool_)
    present[unit] = True
    if choices.collective is CollectiveChoice.SHARE:
        for collective in np.flatnonzero(present).tolist():
            present[list(members.get(collective, ()))] = True
    units, unit_place = np.flatnonzero(present), np.cumsum(present) - 1
    unit_at = unit_place[unit]
    own = {
        int(unit_place[key]): tuple(int(unit_place[one]) for one in ids if present[one])
        for key, ids in members.items()
        if present[key]
    }
    is_lead = _leading(choices, task_at, role)
    counted = frame.tasks.take(tasks)
    notices, notice = np.unique(counted.notice, return_inverse=True)
    size = np.bincount(task_at, minlength=len(tasks))
    kept_units = tuple(frame.units[i] for i in units)
    left_open = np.zeros(len(frame.tasks), dtype=np.bool_)
    left_open[frame.task[frame.open & _rows_in(frame, choices)]] = True
    return Work(
        units=kept_units,
        tasks=counted,
        notices=tuple(frame.notices[i].number for i in notices.tolist()),
        notice=notice.astype(np.int64),
        task=task_at.astype(np.int64),
        unit=unit_at,
        role=role,
        size=size,
        start=np.cumsum(size) - size,
        leads=np.bincount(task_at[is_lead], minlength=len(tasks)),
        open=left_open[tasks],
        is_lead=is_lead,
        named=named,
        known=frame.units,
        collective=np.array([one.collective for one in kept_units], dtype=np.bool_),
        members=own,
        share=_shares(kept_units, own, choices, task_at, unit_at),
        choices=choices,
    )


def _leading(choices: Choices, task: Ints, role: Ints) -> Bools:
    """Tell which assignments lead."""
    is_lead: Bools = role == ROLES.index(Role.LEAD)
    if choices.primary is PrimaryChoice.OWN:
        return is_lead
    is_primary: Bools = role == ROLES.index(Role.PRIMARY)
    if choices.primary is PrimaryChoice.HEAD:
        is_primary &= ~np.isin(task, task[is_lead])
    return is_lead | is_primary


def _shares(
    units: tuple[FrameUnit, ...],
    members: dict[int, tuple[int, ...]],
    choices: Choices,
    task: Ints,
    unit: Ints,
) -> Share:
    """Give each known member 1/m of its collective's assignments.

    m is the size of the frame that the text tells, or the number of known
    members where it tells none or fewer. A member that the task names itself
    takes no part, and what nobody known takes stays with the collective.
    """
    rows: list[int] = []
    takers: list[int] = []
    parts: list[float] = []
    if choices.collective is CollectiveChoice.SHARE and members:
        named = set(zip(task.tolist(), unit.tolist(), strict=True))
        for row in np.flatnonzero(np.isin(unit, list(members))).tolist():
            ids = members[int(unit[row])]
            size = max(units[int(unit[row])].frame_size or 0, len(ids))
            for one in ids:
                if (int(task[row]), one) not in named:
                    rows.append(row)
                    takers.append(one)
                    parts.append(1.0 / size)
    return Share(
        np.array(rows, dtype=np.int64),
        np.array(takers, dtype=np.int64),
        np.array(parts, dtype=np.float64),
    )
