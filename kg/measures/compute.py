"""Computes all measures of a frame under one set of choices."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from kg.facts import DocumentFacts
from kg.measures.arrays import Bools, Floats, Ints, ratio
from kg.measures.betweenness import betweenness
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
    deadline_pressure,
    in_groups,
    leading_groups,
    limited,
    peak,
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


def measure_frame(frame: Frame, choices: Choices | None = None) -> Measures:
    """Measure a frame; see :func:`measure`."""
    choices = choices or Choices()
    if choices.unit_as is UnitChoice.LINEAGE:
        frame = by_lineage(frame)
    work = counted_work(frame, choices)
    pairs = pairs_of(work)
    chance = excess_over_chance(work, pairs)
    months = deadline_pressure(work, frame)
    groups = tuple(in_groups(work, frame))
    return Measures(
        load=_load(work, pairs, chance, frame, [peak(one) for one in months]),
        ties=_ties(work, pairs, chance),
        system=system_rows(work, pairs, chance, frame),
        pressure=tuple(
            Pressure(unit.id, unit.name, month, number)
            for unit, one in zip(work.units, months, strict=True)
            for month, number in sorted(one.items())
        ),
        years=year_loads(work, frame),
        places=place_loads(work),
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


def _load(
    work: Work, pairs: Pairs, chance: Chance, frame: Frame, peaks: list[tuple[str, int]]
) -> tuple[UnitLoad, ...]:
    """Compute the measures of each unit, a column at a time."""
    choices = work.choices
    left_out = work.collective & (not choices.collectives_in_structure)
    inner = without(pairs, left_out)
    roles = tasks_by_role(work)
    tasks = np.sum(roles, axis=0)
    load, meetings = fractional_load(work), coordination(work)
    shares = load_shares(work)
    breadth = partners(pairs)
    burden = burdens(work)
    kept = ~left_out[work.unit]
    between = betweenness(
        np.unique(work.task[kept], return_inverse=True)[1],
        work.unit[kept],
        len(work.units),
        choices.seed,
    )
    often = inner.shared >= choices.core_shared
    kind = cross_reach(pairs, [unit.kind for unit in work.units], work.collective)
    level = cross_reach(pairs, [unit.level for unit in work.units], work.collective)
    sat, hosted = leading_groups(work, frame)
    interval = bootstrap_intervals(work)
    columns: dict[str, Sequence[Any]] = {
        "tasks": tasks.tolist(),
        **{role: roles[code].tolist() for code, role in enumerate(_ROLE_COLUMNS)},
        "task_share": shares[0].tolist(),
        "load": load.tolist(),
        "coordination": meetings.tolist(),
        "partners_per_task": _told(ratio(meetings, tasks)),
        "partners": _whole(breadth),
        "collective_partners": _whole(collective_partners(pairs, work.collective)),
        "depth": _told(depth(meetings, breadth)),
        "lead_burden": burden[0].tolist(),
        "support_burden": burden[1].tolist(),
        "lead_span": burden[2].tolist(),
        "asymmetry": _told(role_asymmetry(burden[0], burden[1])),
        "lead_share": _told(shares[1]),
        "solo_share": _told(shares[2]),
        **_named(("concentration", "effective_partners"), concentration(pairs)),
        "constraint": _told(constraint(inner)),
        "effective_size": _told(effective_size(inner)),
        **_named(("betweenness", "betweenness_error"), between),
        "pagerank": _told(pagerank(inner, ~left_out)),
        **_named(("hub", "authority"), hubs_and_authorities(inner, ~left_out)),
        "core": _inside(
            core_number(inner.first[often], inner.second[often], inner.units), left_out
        ),
        "core_validated": _validated_core(chance, left_out, choices.alpha),
        "community": _inside(communities(inner, choices.seed), left_out),
        **_named(("kind_reach", "kind_balance"), kind),
        **_named(("level_reach", "level_balance"), level),
        "dated_tasks": _dated(work, frame),
        "peak_month": [month for month, _ in peaks],
        "peak_tasks": [number for _, number in peaks],
        "groups": list(sat),
        "groups_hosted": list(hosted),
        **_named(("tasks_low", "tasks_high"), task_interval(work)),
        "rank": _inside(ranks_of_units(load, work.collective), work.collective),
        **_interval_columns(interval),
        "open_tasks": open_list_tasks(work).tolist(),
    }
    return tuple(
        UnitLoad(
            unit.id,
            unit.name,
            unit.kind,
            unit.level,
            unit.collective,
            **dict(zip(columns, row, strict=True)),
        )
        for unit, row in zip(work.units, zip(*columns.values(), strict=True), strict=True)
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


def _dated(work: Work, frame: Frame) -> list[int]:
    """Count each unit's tasks that have a date, of their own or their paragraph's."""
    limits = np.bincount(frame.due_task, minlength=len(frame.tasks))
    known = limits[limited(work, frame)] > 0
    return _whole(work.per_unit(known[work.task]))


def _interval_columns(interval: Intervals | None) -> dict[str, Sequence[Any]]:
    """Return the columns of the bootstrap, none where it was not asked for."""
    if interval is None:
        return {}
    return {
        "load_low": interval.load[0].tolist(),
        "load_high": interval.load[1].tolist(),
        "coordination_low": interval.coordination[0].tolist(),
        "coordination_high": interval.coordination[1].tolist(),
        "rank_low": _told_whole(interval.rank[0]),
        "rank_high": _told_whole(interval.rank[1]),
    }


def _named(names: Sequence[str], arrays: Sequence[Floats]) -> dict[str, Sequence[Any]]:
    return {name: _told(array) for name, array in zip(names, arrays, strict=True)}


def _told(values: Floats) -> list[float | None]:
    """Turn NaN into None."""
    return [None if math.isnan(value) else value for value in values.tolist()]


def _told_whole(values: Floats) -> list[int | None]:
    return [None if math.isnan(value) else int(value) for value in values.tolist()]


def _whole(values: Floats | Ints) -> list[int]:
    return [int(value) for value in values.tolist()]


def _inside(values: Ints, left_out: Bools) -> list[int | None]:
    """Drop the values of units that are left out, and those below 0."""
    return [
        None if out or value < 0 else value
        for value, out in zip(values.tolist(), left_out.tolist(), strict=True)
    ]
