"""Computes all measures of a frame under one set of choices."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from kg.facts import DocumentFacts
from kg.measures.arrays import Bools, Floats, Ints, ratio
from kg.measures.betweenness import Places, betweenness
from kg.measures.bootstrap import Intervals, bootstrap_intervals
from kg.measures.choices import Choices, UnitChoice
from kg.measures.columns import Column, Records
from kg.measures.communities import communities
from kg.measures.excess import TESTED, Chance, excess_over_chance
from kg.measures.frame import Frame
from kg.measures.load import (
    burdens,
    coordination,
    fractional_load,
    load_shares,
    open_list_tasks,
    role_asymmetry,
    task_interval,
    tasks_by_role,
)
from kg.measures.making import by_lineage, frame_from_facts
from kg.measures.partners import (
    collective_partners,
    concentration,
    cross_reach,
    depth,
    partners,
)
from kg.measures.pressure import (
    DueTasks,
    deadline_pressure,
    in_groups,
    leading_groups,
    limited,
    peaks,
)
from kg.measures.records import Measures, Pressure, Tie, UnitLoad
from kg.measures.settings import settings_of
from kg.measures.slices import place_loads, year_loads
from kg.measures.structure import (
    constraint,
    core_number,
    effective_size,
    hubs_and_authorities,
    pagerank,
    without,
)
from kg.measures.ties import Pairs, cosine, jaccard, pairs_of, reciprocity
from kg.measures.whole import system_rows
from kg.measures.work import Work, counted_work
from kg.workers import aside, outcome_of

__all__ = ["measure", "measure_frame", "ranks"]


def measure(facts: Sequence[DocumentFacts], choices: Choices | None = None) -> Measures:
    """Measure what documents say.

    Parameters
    ----------
    facts
        What each document says.
    choices
        The researcher's choices; the defaults where there are none.

    Returns
    -------
    Measures
        Load per unit, ties per pair, the system as a whole and its parts,
        deadline pressure, load by year and by place and function, and the
        settings to print with them.
    """
    return measure_frame(frame_from_facts(facts), choices)


def measure_frame(frame: Frame, choices: Choices | None = None, apart: bool = False) -> Measures:
    """Measure a frame; see :func:`measure`.

    ``apart`` has betweenness, which takes longest, computed in a process of its own beside
    the other measures.
    """
    choices = choices or Choices()
    if choices.unit_as is UnitChoice.LINEAGE:
        frame = by_lineage(frame)
    work = counted_work(frame, choices)
    with aside(betweenness, _ways(work), apart) as between:
        pairs = pairs_of(work)
        chance = excess_over_chance(work, pairs)
        due = deadline_pressure(work, frame)
        groups = tuple(in_groups(work, frame))
        ties = _ties(work, pairs, chance)
        system = system_rows(work, pairs, chance, frame)
        years, places = year_loads(work, frame), place_loads(work)
        return Measures(
            load=_load(work, pairs, chance, frame, due, outcome_of(between())),
            ties=ties,
            system=system,
            pressure=_pressure(work, due, frame.months),
            years=years,
            places=places,
            groups=groups,
            settings=settings_of(work, frame, groups, chance.note),
            work=work,
        )


def ranks(values: Floats) -> Ints:
    """Rank values, 1 for the largest; equal values share the best rank.

    Values that differ by rounding alone are equal.

    Examples
    --------
    >>> import numpy as np
    >>> ranks(np.array([2.0, 5.0, 2.0, 1.0])).tolist()
    [2, 1, 2, 4]
    """
    rounded = np.round(values, 9)
    return np.searchsorted(np.sort(-rounded), -rounded, side="left") + 1


def ranks_of_units(values: Floats, collective: Bools) -> Ints:
    """Rank units among themselves; collectives, which are no units, get 0.

    Examples
    --------
    >>> import numpy as np
    >>> ranks_of_units(np.array([2.0, 5.0, 1.0]), np.array([False, True, False])).tolist()
    [1, 0, 2]
    """
    places = np.zeros(len(values), dtype=np.int64)
    places[~collective] = ranks(values[~collective])
    return places


def _left_out(work: Work) -> Bools:
    """Tell which units have no place in the structure."""
    return work.collective & (not work.choices.collectives_in_structure)


def _ways(work: Work) -> tuple[Places, Places, int, int]:
    """Return what betweenness is computed of, in half the bytes: it may travel."""
    kept = ~_left_out(work)[work.unit]
    tasks = np.unique(work.task[kept], return_inverse=True)[1].astype(np.int32)
    return tasks, work.unit[kept].astype(np.int32), len(work.units), work.choices.seed


def _load(
    work: Work,
    pairs: Pairs,
    chance: Chance,
    frame: Frame,
    due: DueTasks,
    between: tuple[Floats, Floats],
) -> Records[UnitLoad]:
    """Compute the measures of each unit, a column at a time."""
    choices = work.choices
    left_out = _left_out(work)
    inner = without(pairs, left_out)
    roles = tasks_by_role(work)
    tasks = np.sum(roles, axis=0)
    load, meetings = fractional_load(work), coordination(work)
    shares = load_shares(work)
    breadth = partners(pairs)
    burden = burdens(work)
    often = inner.shared >= choices.core_shared
    kind = cross_reach(pairs, [unit.kind for unit in work.units], work.collective)
    level = cross_reach(pairs, [unit.level for unit in work.units], work.collective)
    sat, hosted = leading_groups(work, frame)
    interval = bootstrap_intervals(work)
    month, number = peaks(due, len(work.units))
    columns: dict[str, Column] = {
        "unit": [unit.id for unit in work.units],
        "name": [unit.name for unit in work.units],
        "kind": [unit.kind for unit in work.units],
        "level": [unit.level for unit in work.units],
        "collective": [unit.collective for unit in work.units],
        "tasks": tasks,
        **{role: roles[code] for code, role in enumerate(_ROLE_COLUMNS)},
        "task_share": shares[0],
        "load": load,
        "coordination": meetings,
        "partners_per_task": ratio(meetings, tasks),
        "partners": _whole(breadth),
        "collective_partners": _whole(collective_partners(pairs, work.collective)),
        "depth": depth(meetings, breadth),
        "lead_burden": burden[0],
        "support_burden": burden[1],
        "lead_span": burden[2],
        "asymmetry": role_asymmetry(burden[0], burden[1]),
        "lead_share": shares[1],
        "solo_share": shares[2],
        **_named(("concentration", "effective_partners"), concentration(pairs)),
        "constraint": constraint(inner),
        "effective_size": effective_size(inner),
        **_named(("betweenness", "betweenness_error"), between),
        "pagerank": pagerank(inner, ~left_out),
        **_named(("hub", "authority"), hubs_and_authorities(inner, ~left_out)),
        "core": _inside(
            core_number(inner.first[often], inner.second[often], inner.units), left_out
        ),
        "core_validated": _validated_core(chance, left_out, choices.alpha),
        "community": _inside(communities(inner, choices.seed), left_out),
        **_named(("kind_reach", "kind_balance"), kind),
        **_named(("level_reach", "level_balance"), level),
        "dated_tasks": _dated(work, frame),
        "peak_month": [frame.months[one] if one >= 0 else "" for one in month.tolist()],
        "peak_tasks": number,
        "groups": list(sat),
        "groups_hosted": list(hosted),
        **_named(("tasks_low", "tasks_high"), task_interval(work)),
        "rank": _inside(ranks_of_units(load, work.collective), work.collective),
        **_interval_columns(interval, len(work.units)),
        "open_tasks": open_list_tasks(work),
    }
    return Records(UnitLoad, columns)


def _pressure(work: Work, due: DueTasks, months: Sequence[str]) -> Records[Pressure]:
    """Put together how many tasks of each unit are due in each month."""
    told = [work.units[unit] for unit in due.unit.tolist()]
    return Records(
        Pressure,
        {
            "unit": [unit.id for unit in told],
            "name": [unit.name for unit in told],
            "month": [months[month] for month in due.month.tolist()],
            "tasks": due.tasks,
        },
    )


_ROLE_COLUMNS = ("lead", "primary", "responsible", "support")


def _ties(work: Work, pairs: Pairs, chance: Chance) -> Records[Tie]:
    """Put together the measures of each pair, and pairs that chance misses."""
    count = len(work.units)
    tested = chance.first * count + chance.second
    rare = (chance.shared == 0) & (chance.q_fewer <= work.choices.alpha)
    keys = np.union1d(pairs.first * count + pairs.second, tested[rare])
    pair_at = _places(pairs.first * count + pairs.second, keys)
    test_at = _places(tested, keys)

    def spread(values: Floats, places: Ints, missing: float) -> Floats:
        found = places >= 0
        result = np.full(len(keys), missing)
        result[found] = values[places[found]]
        return result

    expected = spread(chance.expected, test_at, np.nan)
    shared = spread(pairs.shared.astype(np.float64), pair_at, 0.0)
    one, two = ([work.units[i] for i in part.tolist()] for part in np.divmod(keys, max(count, 1)))
    columns: dict[str, Column] = {
        "unit": [unit.id for unit in one],
        "name": [unit.name for unit in one],
        "partner": [unit.id for unit in two],
        "partner_name": [unit.name for unit in two],
        "shared_tasks": shared.astype(np.int64),
        "newman": spread(pairs.newman, pair_at, 0.0),
        "jaccard": spread(jaccard(pairs), pair_at, 0.0),
        "cosine": spread(cosine(pairs), pair_at, 0.0),
        "leads_partner": spread(pairs.forth, pair_at, 0.0),
        "led_by_partner": spread(pairs.back, pair_at, 0.0),
        "reciprocity": spread(reciprocity(pairs), pair_at, np.nan),
        "chance": [chance.note] * len(keys),
        "expected": expected,
        "excess": ratio(shared, np.nan_to_num(expected)),
        "p_more": spread(chance.p_more, test_at, np.nan),
        "q_more": spread(chance.q_more, test_at, np.nan),
        "p_fewer": spread(chance.p_fewer, test_at, np.nan),
        "q_fewer": spread(chance.q_fewer, test_at, np.nan),
    }
    return Records(Tie, columns)


def _places(keys: Ints, wanted: Ints) -> Ints:
    """Return where each wanted key stands in sorted keys, -1 where it does not."""
    if not len(keys):
        return np.full(len(wanted), -1, dtype=np.int64)
    order = np.argsort(keys, kind="stable")
    at = np.minimum(np.searchsorted(keys[order], wanted), len(keys) - 1)
    return np.where(keys[order][at] == wanted, order[at], -1)


def _validated_core(chance: Chance, left_out: Bools, alpha: float) -> list[int | None]:
    """Return core numbers among pairs that meet more often than chance explains."""
    if chance.note != TESTED:
        return [None] * len(left_out)
    kept = (chance.q_more <= alpha) & ~(left_out[chance.first] | left_out[chance.second])
    return _inside(core_number(chance.first[kept], chance.second[kept], len(left_out)), left_out)


def _dated(work: Work, frame: Frame) -> Ints:
    """Count each unit's tasks that have a date, of their own or their paragraph's."""
    limits = np.bincount(frame.due_task, minlength=len(frame.tasks))
    known = limits[limited(work, frame)] > 0
    return _whole(work.per_unit(known[work.task]))


def _interval_columns(interval: Intervals | None, units: int) -> dict[str, Column]:
    """Return the columns of the bootstrap, empty where it was not asked for."""
    if interval is None:
        return dict.fromkeys(_INTERVALS, [None] * units)
    rank_bounds = (_told_whole(bound) for bound in interval.rank)
    return dict(
        zip(_INTERVALS, (*interval.load, *interval.coordination, *rank_bounds), strict=True)
    )


_INTERVALS = (
    "load_low",
    "load_high",
    "coordination_low",
    "coordination_high",
    "rank_low",
    "rank_high",
)


def _named(names: Sequence[str], arrays: Sequence[Floats]) -> dict[str, Column]:
    return dict(zip(names, arrays, strict=True))


def _told_whole(values: Floats) -> list[int | None]:
    """Turn whole numbers into such of Python, NaN into None."""
    return [None if math.isnan(value) else int(value) for value in values.tolist()]


def _whole(values: Floats | Ints) -> Ints:
    return values.astype(np.int64)


def _inside(values: Ints, left_out: Bools) -> list[int | None]:
    """Drop the values of units that are left out, and those below 0."""
    return [
        None if out or value < 0 else value
        for value, out in zip(values.tolist(), left_out.tolist(), strict=True)
    ]
