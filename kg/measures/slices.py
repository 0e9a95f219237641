"""Load by year, and by place and function: how work moves over time and differs between places."""

from __future__ import annotations

from operator import attrgetter

import numpy as np

from kg.measures.arrays import Floats, Ints, sum_by
from kg.measures.columns import Derived, Records
from kg.measures.frame import Frame
from kg.measures.load import coordination, fractional_load, tasks_by_role
from kg.measures.partners import partners
from kg.measures.records import PlaceLoad, YearLoad
from kg.measures.ties import pairs_of
from kg.measures.work import Work, select_work

__all__ = ["place_loads", "year_loads", "years_of"]


def years_of(work: Work, frame: Frame) -> list[tuple[str, Work]]:
    """Return the work of each year: that of the date of the tasks' notices.

    Tasks of notices without a date are in no year.
    """
    dates = {notice.number: notice.date for notice in frame.notices}
    years = np.array([dates[number][:4] for number in work.notices], dtype=np.str_)
    of_task = years[work.notice] if len(work.notices) else years
    return [
        (year, select_work(work, np.flatnonzero(of_task == year)))
        for year in sorted(set(of_task.tolist()) - {""})
    ]


def year_loads(work: Work, frame: Frame) -> Records[YearLoad]:
    r"""Measure each unit in each year.

    .. math:: F_y(u) = \sum_{t \in y} \frac{b_{ut} w_{r(u,t)}}{\sum_v b_{vt} w_{r(v,t)}}

    and likewise tasks by role, coordination load and partners, over the tasks of
    the year alone.

    Parameters
    ----------
    work
        The counted work.
    frame
        The build, for the dates of notices.

    Returns
    -------
    Records of YearLoad
        One record a unit and year in which it has a task, by unit and year.

    Notes
    -----
    The year is that of the notice that assigns the duty, not that in which it is
    due. The loads of a unit's years sum to its load, if every notice has a date;
    its partners do not, since a partner may return.

    Examples
    --------
    >>> from kg.measures.choices import Choices
    >>> from kg.measures.frame import FrameNotice, FrameTask, FrameUnit, Row
    >>> from kg.measures.making import make_frame
    >>> from kg.measures.work import counted_work
    >>> frame = make_frame(
    ...     [FrameUnit("a", "甲"), FrameUnit("b", "乙")],
    ...     [FrameTask("s", "1号"), FrameTask("t", "2号")],
    ...     [Row("s", "a", "lead"), Row("s", "b", "support"), Row("t", "a", "lead")],
    ...     [FrameNotice("1号", date="2019-05-10"), FrameNotice("2号", date="2020-03-02")],
    ... )
    >>> rows = year_loads(counted_work(frame, Choices()), frame)
    >>> [(row.name, row.year, row.load) for row in rows]
    [('甲', '2019', 0.5), ('甲', '2020', 1.0), ('乙', '2019', 0.5)]
    """
    years = years_of(work, frame)
    place = {unit.id: number for number, unit in enumerate(work.units)}
    parts = [[place[unit.id] for unit in part.units] for _, part in years]
    units = np.array([unit for part in parts for unit in part], dtype=np.int64)
    year_at = np.repeat(np.arange(len(years)), [len(part) for part in parts])
    order = np.lexsort((year_at, units))
    columns = np.concatenate([np.zeros((6, 0)), *(_columns(part) for _, part in years)], axis=1)
    breadth = [np.zeros(0), *(partners(pairs_of(part)) for _, part in years)]
    lead, primary, responsible, support, load, meetings = columns[:, order]
    told, year_at = units[order], year_at[order]
    named = [year for year, _ in years]

    def of_unit(field: str) -> Derived:
        get = attrgetter(field)
        return Derived(
            len(told), lambda part: [get(work.units[unit]) for unit in told[part].tolist()]
        )

    return Records(
        YearLoad,
        {
            "unit": of_unit("id"),
            "name": of_unit("name"),
            "collective": of_unit("collective"),
            "year": Derived(
                len(told), lambda part: [named[year] for year in year_at[part].tolist()]
            ),
            "tasks": lead + primary + responsible + support,
            "lead": lead,
            "primary": primary,
            "responsible": responsible,
            "support": support,
            "load": load,
            "coordination": meetings,
            "partners": np.concatenate(breadth)[order].astype(np.int64),
        },
    )


def place_loads(work: Work) -> tuple[PlaceLoad, ...]:
    r"""Sum the load of the units of each function in each place.

    With :math:`G` the units of one place and function, and :math:`P` those of
    the place:

    .. math::

        F(G) = \sum_{u \in G} F(u), \quad
        \mathrm{share}(G) = F(G) \big/ \sum_{u \in P} F(u)

    Parameters
    ----------
    work
        The counted work.

    Returns
    -------
    tuple of PlaceLoad
        One record a place and function, by function and place; units without a
        function, and collectives, have records of their own, so that the records
        of a place sum to the whole of it.

    Notes
    -----
    Places differ in how much of what they issue is in the collection: compare the
    shares, or divide by the notices, not the loads themselves. A unit's place is
    that which it works for, wherever the notice was issued; enterprises and other
    units that serve several places have none.

    Examples
    --------
    >>> from kg.measures.choices import Choices
    >>> from kg.measures.frame import FrameTask, FrameUnit, Row
    >>> from kg.measures.making import make_frame
    >>> from kg.measures.work import counted_work
    >>> frame = make_frame(
    ...     [FrameUnit("a", "甲区水务局", function="水务", place="甲区"),
    ...      FrameUnit("b", "甲区财政局", function="财政", place="甲区"),
    ...      FrameUnit("c", "乙区水务局", function="水务", place="乙区")],
    ...     [FrameTask("s", "1号"), FrameTask("t", "2号")],
    ...     [Row("s", "a", "lead"), Row("s", "b", "support"), Row("t", "c", "lead")],
    ... )
    >>> rows = place_loads(counted_work(frame, Choices()))
    >>> [(row.function, row.place, row.load, row.load_share) for row in rows]
    [('水务', '乙区', 1.0, 1.0), ('水务', '甲区', 0.5, 0.5), ('财政', '甲区', 0.5, 0.5)]
    """
    if not work.units:
        return ()
    keys = [(unit.function, unit.place, unit.collective) for unit in work.units]
    groups = sorted(set(keys))
    at = {key: number for number, key in enumerate(groups)}
    group = np.array([at[key] for key in keys], dtype=np.int64)
    places = {place: number for number, place in enumerate(sorted({one[1] for one in groups}))}
    place_of = np.array([places[place] for _, place, _ in groups], dtype=np.int64)
    columns = np.array([sum_by(group, column, len(groups)) for column in _columns(work)])
    of_place = sum_by(place_of, columns[4], len(places))[place_of]
    units = np.bincount(group, minlength=len(groups))
    tasks = _different(group[work.unit], work.task, len(groups))
    notices = _different(group[work.unit], work.notice[work.task], len(groups))
    rows = []
    for number, (function, place, collective) in enumerate(groups):
        lead, primary, responsible, support, load, meetings = columns[:, number].tolist()
        rows.append(
            PlaceLoad(
                place,
                function,
                collective,
                int(units[number]),
                int(notices[number]),
                int(tasks[number]),
                lead + primary + responsible + support,
                lead,
                primary,
                responsible,
                support,
                load,
                meetings,
                load / float(of_place[number]) if of_place[number] else None,
            )
        )
    return tuple(rows)


def _columns(work: Work) -> Floats:
    """Return tasks by role, load and coordination: six rows, a column a unit."""
    return np.array([*tasks_by_role(work), fractional_load(work), coordination(work)])


def _different(group: Ints, value: Ints, groups: int) -> Ints:
    """Count the different values of each group."""
    values = int(value.max(initial=0)) + 1
    return np.bincount(np.unique(group * values + value) // values, minlength=groups)
