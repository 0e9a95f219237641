"""Betweenness of units in the two-mode network of units and tasks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kg.measures.arrays import Bools, Floats, Ints

__all__ = ["EXACT_STEPS", "Places", "betweenness"]

Matrix: TypeAlias = Any
"""A NumPy array, or a sparse array of SciPy, which has no types."""

Places: TypeAlias = NDArray[np.signedinteger[Any]]
"""Places of units or tasks, in integers of any width."""

EXACT_STEPS = 500_000_000
"""Up to this many (nodes × assignments) betweenness is exact."""

_SAMPLE = 512
_PAIRS = 400
_TOGETHER = 64
"""Units whose pairs of tasks are looked at together."""
_BATCH = 64
"""Sources that are walked together, where the network is small."""
_CELLS = 150_000
"""Nodes × sources that are walked together at most: arrays of a megabyte, which the processor
keeps near and the system does not hand out anew; larger ones take up to three times longer."""
_DENSE_CELLS = 2_000_000
_DENSE = 0.1
"""Share of cells that are filled from which on a dense matrix is faster."""


def betweenness(
    task: Places, unit: Places, units: int, seed: int = 1, exact_steps: int = EXACT_STEPS
) -> tuple[Floats, Floats]:
    r"""Return the share of shortest ways through units and tasks that pass a unit.

    .. math:: b(u) = \frac{1}{b_{max}} \sum_{s < t} \frac{\sigma_{st}(u)}{\sigma_{st}}

    over all nodes s and t, units and tasks, where :math:`\sigma_{st}` counts
    shortest ways and :math:`b_{max}` is the largest sum that a unit can have
    beside so many units and tasks.

    Parameters
    ----------
    task, unit
        The assignments as places of tasks (0, 1, … without gaps) and units.
    units
        The number of units.
    seed
        Seed of the sample, where one is drawn.
    exact_steps
        Up to this many (nodes × assignments) every node is a source.

    Returns
    -------
    tuple of Floats
        Betweenness, and its standard error (0 where it is exact), a number a
        unit; NaN for a unit without assignments.

    Notes
    -----
    Above ``exact_steps`` the sum is estimated from a sample of 256 units and 256
    tasks as sources, drawn without replacement, and for each unit of 400 pairs
    of its tasks; the standard error is that of these samples. A task of one
    unit adds to it, because the way to the task leads through the unit.

    References
    ----------
    Freeman, L. C. (1977). A set of measures of centrality based on
    betweenness. Sociometry 40(1), 35-41. doi:10.2307/3033543
    Borgatti, S. P., Everett, M. G. (1997). Network analysis of 2-mode data.
    Social Networks 19(3), 243-269. doi:10.1016/S0378-8733(96)00301-2
    Brandes, U., Pich, C. (2007). Centrality estimation in large networks.
    International Journal of Bifurcation and Chaos 17(7), 2303-2318.
    doi:10.1142/S0218127407018403

    Examples
    --------
    >>> import numpy as np
    >>> # 甲 and 乙 share task 0, 乙 and 丙 share task 1: only 乙 stands between.
    >>> values, errors = betweenness(np.array([0, 0, 1, 1]), np.array([0, 1, 1, 2]), 3)
    >>> values.round(4).tolist(), errors.tolist()
    ([0.0, 1.0, 0.0], [0.0, 0.0, 0.0])
    """
    tasks = int(task.max()) + 1 if len(task) else 0
    present = np.bincount(unit, minlength=units) > 0
    matrix = _incidence(task, unit, units, tasks)
    # Every way is walked from both of its ends.
    scale = 2 * _largest(int(present.sum()), tasks)
    if (units + tasks) * len(task) <= exact_steps:
        value = np.zeros(units)
        for from_task, count in ((False, units), (True, tasks)):
            for sources in _batches(np.arange(count), units + tasks):
                value += _dependencies(matrix, sources, from_task, (1.0, 1.0)).sum(axis=0)
        variance = np.zeros(units)
    else:
        value, variance = _estimated(matrix, task, unit, np.random.RandomState(seed))
    value = value / scale if scale > 0 else np.zeros(units)
    error = np.sqrt(variance) / scale if scale > 0 else np.zeros(units)
    return np.where(present, value, np.nan), np.where(present, error, np.nan)


def _batches(sources: Ints, nodes: int) -> Iterator[Ints]:
    """Cut sources into batches that are walked together."""
    size = max(1, min(_BATCH, _CELLS // max(nodes, 1)))
    for start in range(0, len(sources), size):
        yield sources[start : start + size]


def _estimated(
    matrix: tuple[Matrix, Matrix], task: Places, unit: Places, generator: np.random.RandomState
) -> tuple[Floats, Floats]:
    """Estimate twice the sum of all shares, with the variance of the estimate.

    A unit has most from ways that begin at its own tasks, which few samples
    hit. But each way from s to t is a way from t to s: ways between units and
    tasks are walked from the units alone, and of ways between tasks those where
    the unit comes first are counted where it comes last. What is left, two
    tasks with the unit between them alone, is sampled for each unit.
    """
    units, tasks = matrix[0].shape
    value, variance = _neighbours(matrix, task, unit, generator)
    component = _components(matrix)
    for from_task, count in ((False, units), (True, tasks)):
        sources = np.sort(generator.permutation(count)[: min(count, _SAMPLE // 2)])
        weights = (0.0, 1.0) if from_task else (1.0, 2.0)
        total, squares = np.zeros(units), np.zeros(units)
        for there, part, own in _by_component(matrix, component, sources, from_task):
            for batch in _batches(own, sum(part[0].shape)):
                walked = _dependencies(part, batch, from_task, weights, turned=from_task)
                total[there] += walked.sum(axis=0)
                squares[there] += (walked**2).sum(axis=0)
        drawn = len(sources)
        value += total * (count / drawn)
        if drawn < count:
            spread = np.maximum(squares - total**2 / drawn, 0.0) / max(drawn - 1, 1)
            variance += count * (count - drawn) * spread / drawn
    return value, variance


def _components(matrix: tuple[Matrix, Matrix]) -> Ints:
    """Return a number for each unit, then for each task: one for all that ways lead between."""
    from scipy.sparse import block_array
    from scipy.sparse.csgraph import connected_components

    both = block_array([[None, matrix[0]], [matrix[1], None]], format="csr")
    return np.asarray(connected_components(both, directed=False)[1], dtype=np.int64)


def _by_component(
    matrix: tuple[Matrix, Matrix], component: Ints, sources: Ints, from_task: bool
) -> Iterator[tuple[Ints, tuple[Matrix, Matrix], Ints]]:
    """Yield what is connected with some of the sources: its units, its matrix, its sources.

    No way leads out of a component, so that walking it alone takes time by its own size.
    """
    units = matrix[0].shape[0]
    side = component[units:] if from_task else component[:units]
    for one in np.unique(side[sources]).tolist():
        in_units = np.flatnonzero(component[:units] == one)
        in_tasks = np.flatnonzero(component[units:] == one)
        part = matrix[0][in_units][:, in_tasks], matrix[1][in_tasks][:, in_units]
        own = sources[side[sources] == one]
        yield in_units, part, np.searchsorted(in_tasks if from_task else in_units, own)


def _neighbours(
    matrix: tuple[Matrix, Matrix], task: Places, unit: Places, generator: np.random.RandomState
) -> tuple[Floats, Floats]:
    """Estimate the sum over pairs of tasks of one over the units that they share."""
    units = matrix[0].shape[0]
    value, variance = np.zeros(units), np.zeros(units)
    order = np.argsort(unit, kind="stable")
    count = np.bincount(unit, minlength=units)
    own = np.split(task[order], np.cumsum(count)[:-1])
    several = np.flatnonzero(count > 1)
    for start in range(0, len(several), _TOGETHER):
        some = several[start : start + _TOGETHER]
        ends: list[tuple[Ints, Ints]] = []
        for place in some.tolist():
            tasks = own[place]
            first = generator.randint(len(tasks), size=_PAIRS)
            other = (first + 1 + generator.randint(len(tasks) - 1, size=_PAIRS)) % len(tasks)
            ends.append((tasks[first], tasks[other]))
        one, two = (matrix[1][np.concatenate(side)] for side in zip(*ends, strict=True))
        both = one * two if isinstance(one, np.ndarray) else one.multiply(two)
        shared = np.asarray(both.sum(axis=1), dtype=np.float64).reshape(len(some), _PAIRS)
        pairs = (count[some] * (count[some] - 1)).astype(np.float64)
        value[some] = pairs * (1.0 / shared).mean(axis=1)
        variance[some] = pairs**2 * (1.0 / shared).var(axis=1, ddof=1) / _PAIRS
    return value, variance


def _largest(units: int, tasks: int) -> float:
    """Return the largest betweenness of one of the units (Borgatti & Everett 1997)."""
    if not units or not tasks:
        return 0.0
    s, t = divmod(units - 1, tasks)
    return (tasks**2 * (s + 1) ** 2 + tasks * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2


def _incidence(task: Places, unit: Places, units: int, tasks: int) -> tuple[Matrix, Matrix]:
    """Return the matrix units × tasks and its transpose, dense or sparse."""
    cells = units * tasks
    if cells <= _DENSE_CELLS and len(task) >= _DENSE * cells:
        matrix = np.zeros((units, tasks))
        matrix[unit, task] = 1.0
        return matrix, matrix.T
    from scipy.sparse import csr_array

    sparse = csr_array((np.ones(len(task)), (unit, task)), shape=(units, tasks))
    return sparse, sparse.T.tocsr()


def _dependencies(
    matrix: tuple[Matrix, Matrix],
    sources: Ints,
    from_task: bool,
    weights: tuple[float, float],
    turned: bool = False,
) -> Floats:
    """Return, for each source, how much of the ways from it pass each unit.

    Brandes' accumulation for all sources of a batch at once. The network has
    two sides, so the nodes at one distance all stand on one side: even
    distances on the side of the source, odd ones on the other. ``weights`` say
    how much a way to a unit and to a task counts. ``turned`` leaves out the
    units next to the source and counts those next to the end twice.
    """
    units, tasks = matrix[0].shape
    sides = (tasks, units) if from_task else (units, tasks)
    end_weights = (weights[1], weights[0]) if from_task else weights
    # Arrays are nodes × sources, so that a sparse matrix multiplies from the left.
    over = (matrix[0], matrix[1]) if from_task else (matrix[1], matrix[0])
    seen: list[Bools] = [np.zeros((size, len(sources)), dtype=np.bool_) for size in sides]
    front = np.zeros((sides[0], len(sources)))
    front[sources, np.arange(len(sources))] = 1.0
    seen[0][sources, np.arange(len(sources))] = True
    levels: list[Floats] = [front]
    while True:
        side = len(levels) % 2
        ways = _times(over[1 - side], levels[-1])
        ways[seen[side]] = 0.0
        if not ways.any():
            break
        seen[side] |= ways > 0
        levels.append(ways)
    passing = np.zeros((units, len(sources)))
    after = np.zeros_like(levels[-1])
    for level in range(len(levels) - 1, 0, -1):
        ways, end = levels[level], end_weights[level % 2]
        flow = np.divide(end + after, ways, out=np.zeros_like(ways), where=ways > 0)
        after = _times(over[level % 2], flow) * levels[level - 1]
        is_unit = ((level - 1) % 2 == 1) == from_task
        if not is_unit or level == 1 or (turned and level == 2):
            continue
        passing += after
        if turned:
            last = np.divide(end, ways, out=np.zeros_like(ways), where=ways > 0)
            passing += _times(over[level % 2], last) * levels[level - 1]
    return passing.T


def _times(matrix: Matrix, vectors: Floats) -> Floats:
    """Multiply a matrix with vectors, a column each; SciPy is twice as fast with one alone."""
    if vectors.shape[1] == 1:
        return np.asarray(matrix @ vectors[:, 0], dtype=np.float64)[:, None]
    return np.asarray(matrix @ vectors, dtype=np.float64)
