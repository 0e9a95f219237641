"""Whether two units share more tasks, or fewer, than chance explains."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kg.measures.arrays import Bools, Complexes, Floats, Ints
from kg.measures.bicm import (
    benjamini_hochberg,
    characteristic,
    fit_bicm,
    points_needed,
    tails,
)
from kg.measures.choices import Strata
from kg.measures.ties import Pairs
from kg.measures.work import Work

__all__ = ["FEWEST_TASKS", "TESTED", "TOO_FEW", "Chance", "excess_over_chance"]

FEWEST_TASKS = 50
"""Below this many tasks with several actors nothing is tested."""

TESTED = "tested"
TOO_FEW = "too_few_tasks"

_POINTS = 8_000_000
"""Points of characteristic functions that are held at once: some hundred megabytes."""
_PAIRS = 500_000
"""Pairs that are tested at once."""
_LENGTHS = np.sort(np.concatenate([2 ** np.arange(1, 40), 3 * 2 ** np.arange(39)]))
"""Lengths that the Fourier transform is fast for."""


@dataclass(frozen=True, slots=True)
class Chance:
    """The test of every pair that chance could bring together, once.

    ``note`` is ``tested`` or ``too_few_tasks``; then there are no pairs.
    """

    note: str
    first: Ints
    second: Ints
    shared: Ints
    expected: Floats
    p_more: Floats
    p_fewer: Floats
    q_more: Floats
    q_fewer: Floats


@dataclass(frozen=True, slots=True)
class _Stratum:
    """A model of some tasks: its units, their degree classes, chances by class."""

    units: Ints
    group: Ints
    chance: Floats
    count: Ints


@dataclass(frozen=True, slots=True)
class _Block:
    """A range of units and the units that these can meet, as rows and columns of a matrix.

    ``strata`` are those that they stand in, each with the places of its units that are
    in the range, and its cells in the matrix.
    """

    low: int
    high: int
    columns: Ints
    strata: list[tuple[_Stratum, Ints, tuple[Ints, ...]]]


def excess_over_chance(work: Work, pairs: Pairs, fewest: int = FEWEST_TASKS) -> Chance:
    r"""Test each pair of units against the stochastic degree sequence model.

    With :math:`\pi_{ut}` the chance that unit u has a part in task t in the
    bipartite configuration model, the number of shared tasks is a sum of
    unlike coin tosses (Poisson binomial):

    .. math::

        X_{uv} = \sum_t \mathrm{Bernoulli}(\pi_{ut} \pi_{vt}), \quad
        p = P(X_{uv} \ge c_{uv}), \quad E_{uv} = \sum_t \pi_{ut} \pi_{vt}

    Parameters
    ----------
    work
        The counted work; ``strata`` tells whether degrees are kept within each
        notice or over all.
    pairs
        Pairs, from :func:`kg.measures.ties.pairs_of`.
    fewest
        Fewer tasks with several actors than this are not tested.

    Returns
    -------
    Chance
        Expected number, p values and q values (Benjamini-Hochberg over all
        pairs) of sharing as many or more, and as many or fewer.

    Notes
    -----
    The distribution is exact, not sampled: sampling N networks cannot give a
    p value below 1/(N+1), too coarse for thousands of pairs. Tasks in one
    notice are not independent, so the model is fitted in each notice by
    itself; a notice with one task then explains all of its meetings. Tasks
    with one actor do not enter. One gazette is too small a sample: below
    ``fewest`` tasks there are no p values.

    References
    ----------
    Neal, Z. P. (2014). The backbone of bipartite projections. Social Networks
    39, 84-97. doi:10.1016/j.socnet.2014.06.001
    Saracco, F. et al. (2017). Inferring monopartite projections of bipartite
    networks. New Journal of Physics 19, 053022. doi:10.1088/1367-2630/aa6b38

    Examples
    --------
    >>> from kg.measures.examples import water
    >>> from kg.measures.ties import pairs_of
    >>> excess_over_chance(water(), pairs_of(water())).note
    'too_few_tasks'
    >>> chance = excess_over_chance(water(), pairs_of(water()), fewest=1)
    >>> chance.expected.round(4).tolist()
    [1.0, 1.0, 2.0]
    """
    multi = work.size > 1
    if int(multi.sum()) < fewest:
        nobody = np.zeros(0, dtype=np.int64)
        none = np.zeros(0)
        return Chance(TOO_FEW, nobody, nobody, nobody, none, none, none, none, none)
    strata = list(_strata(work, multi))
    parts = [_tested(pairs, block) for block in _blocks(strata, len(work.units))]
    first, second, shared, expected, more, fewer = (
        np.concatenate(column) for column in zip(*parts, strict=True)
    )
    own = np.array(
        [min(a, b) * len(work.units) + max(a, b) for a in work.members for b in work.members[a]],
        dtype=np.int64,
    )
    keep = ~np.isin(first * len(work.units) + second, own)
    return Chance(
        TESTED,
        first[keep],
        second[keep],
        shared[keep],
        expected[keep],
        more[keep],
        fewer[keep],
        benjamini_hochberg(more[keep]),
        benjamini_hochberg(fewer[keep]),
    )


def _strata(work: Work, multi: Bools) -> Iterator[_Stratum]:
    """Fit a model to the tasks of each notice, or to all tasks.

    Many notices have the same degrees; each set of degrees is solved once.
    """
    label = work.notice if work.choices.strata is Strata.NOTICE else np.zeros_like(work.notice)
    rows = multi[work.task]
    stratum = label[work.task[rows]]
    order = np.argsort(stratum, kind="stable")
    task, unit, stratum = work.task[rows][order], work.unit[rows][order], stratum[order]
    cuts = np.flatnonzero(np.diff(stratum)) + 1
    solved: dict[bytes, Floats] = {}
    for tasks, units in zip(np.split(task, cuts), np.split(unit, cuts), strict=True):
        members, degree = np.unique(units, return_counts=True)
        _, size = np.unique(tasks, return_counts=True)
        degrees, group, many = np.unique(degree, return_inverse=True, return_counts=True)
        sizes, count = np.unique(size, return_counts=True)
        key = b"|".join(part.tobytes() for part in (degrees, many, sizes, count))
        if key not in solved:
            solved[key] = fit_bicm(degrees, many, sizes, count)
        yield _Stratum(members, group, solved[key], count)


def _blocks(strata: list[_Stratum], units: int) -> Iterator[_Block]:
    """Cut the units into ranges whose pairs fit in memory.

    Units that stand in no stratum together cannot meet: a range has columns for those
    alone that one of its units can meet, so that the work grows with these pairs and not
    with the square of the units.
    """
    own: list[list[int]] = [[] for _ in range(units)]
    for number, one in enumerate(strata):
        for unit in one.units.tolist():
            own[unit].append(number)
    low, width, here = 0, 0, set[int]()
    for unit in range(units):
        new = [number for number in own[unit] if number not in here]
        wider = width + sum(len(strata[number].units) for number in new)
        if unit > low and (unit + 1 - low) * min(wider, units) > _PAIRS:
            yield _block(low, unit, [strata[number] for number in sorted(here)])
            low, here, new = unit, set(), own[unit]
            wider = sum(len(strata[number].units) for number in new)
        width = wider
        here.update(new)
    yield _block(low, units, [strata[number] for number in sorted(here)])


def _block(low: int, high: int, strata: list[_Stratum]) -> _Block:
    """Return the pairs of the units of a range with all that they can meet."""
    columns = np.unique(np.concatenate([np.zeros(0, np.int64), *(one.units for one in strata)]))
    parts = []
    for one in strata:
        inside = np.flatnonzero((one.units >= low) & (one.units < high))
        cells = np.ix_(one.units[inside] - low, np.searchsorted(columns, one.units))
        parts.append((one, inside, cells))
    return _Block(low, high, columns, parts)


def _tested(pairs: Pairs, block: _Block) -> tuple[Ints, Ints, Ints, Floats, Floats, Floats]:
    """Test the pairs whose first unit is in a range."""
    low, high, columns = block.low, block.high, block.columns
    shape = (high - low, len(columns))
    mean, spread = np.zeros(shape), np.zeros(shape)
    most = np.zeros(shape, dtype=np.int64)
    for one, inside, cells in block.strata:
        both = one.chance[:, None, :] * one.chance[None, :, :]
        by_class = np.ix_(one.group[inside], one.group)
        mean[cells] += (both @ one.count)[by_class]
        spread[cells] += ((both * (1 - both)) @ one.count)[by_class]
        most[cells] += int(one.count.sum())
    shared = np.zeros(shape, dtype=np.int64)
    here = slice(*np.searchsorted(pairs.first, [low, high]))
    at = np.searchsorted(columns, pairs.second[here])
    shared[pairs.first[here] - low, at] = pairs.shared[here]
    row, column = np.nonzero((most > 0) & (columns[None, :] > np.arange(low, high)[:, None]))
    seen, expected = shared[row, column], mean[row, column]
    more, fewer = np.ones(len(row)), np.ones(len(row))
    needed = points_needed(expected, spread[row, column], most[row, column], seen)
    # In steps, so that a few pairs that meet often do not slow the others.
    length = _LENGTHS[np.searchsorted(_LENGTHS, needed)]
    index = np.full(shape, -1, dtype=np.int64)
    for points in np.unique(length).tolist():
        chosen = np.flatnonzero(length == points)
        width = max(_POINTS // points, 1)
        for start in range(0, len(chosen), width):
            part = chosen[start : start + width]
            index[row[part], column[part]] = np.arange(len(part))
            function = _product(block, index, len(part), points)
            more[part], fewer[part] = tails(function, points, seen[part])
            index[row[part], column[part]] = -1
    return row + low, columns[column], seen, expected, more, fewer


def _product(block: _Block, index: Ints, pairs: int, points: int) -> Complexes:
    """Multiply the characteristic functions of all strata for some pairs."""
    function = np.ones((pairs, points // 2 + 1), dtype=np.complex128)
    for one, inside, cells in block.strata:
        at = index[cells]
        mine, theirs = np.nonzero(at >= 0)
        if not len(mine):
            continue
        classes = len(one.chance)
        key = one.group[inside][mine] * classes + one.group[theirs]
        keys, place = np.unique(key, return_inverse=True)
        chance = one.chance[keys // classes] * one.chance[keys % classes]
        part = characteristic(chance, one.count, points)
        # A pair stands at most once in a stratum, so nothing is multiplied twice.
        function[at[mine, theirs]] *= part[place]
    return function
