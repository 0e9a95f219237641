"""Where a unit stands in the whole: constraint, effective size, core, PageRank, HITS."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import numpy as np

from kg.measures.arrays import Bools, Floats, Ints, sum_by
from kg.measures.ties import Pairs, select_pairs

__all__ = [
    "DENSE_UNITS",
    "constraint",
    "core_number",
    "effective_size",
    "hubs_and_authorities",
    "pagerank",
    "without",
]

Matrix: TypeAlias = Any
"""A NumPy array, or a sparse array of SciPy, which has no types."""

DENSE_UNITS = 3000
"""Up to this many units matrices are dense; above, sparse ones of SciPy."""

_REACHED = 1_000_000
"""Pairs of units two steps apart that are looked at together."""


def without(pairs: Pairs, units: Bools) -> Pairs:
    """Return the pairs in which none of some units stands."""
    return select_pairs(pairs, ~(units[pairs.first] | units[pairs.second]))


def constraint(pairs: Pairs) -> Floats:
    r"""Return Burt's constraint: how far a unit's partners are tied to each other.

    .. math::

        c(u) = \sum_{v \in N(u)} \Big( p_{uv} + \sum_{w \in N(v)} p_{uw} p_{wv} \Big)^2,
        \quad p_{uv} = \frac{f_{uv}}{\sum_w f_{uw}}

    Parameters
    ----------
    pairs
        Pairs, from :func:`kg.measures.ties.pairs_of`, without collectives.

    Returns
    -------
    Floats
        A number a unit; NaN for a unit without partners.

    Notes
    -----
    Low constraint: a broker between units that do not meet otherwise. The
    weights are Newman's. Each task makes all of its units partners of each
    other, so constraint is high in every network that comes from tasks;
    compare units with each other, not with networks of other kinds. With one
    partner it is 1, with a few it can exceed 1.

    References
    ----------
    Burt, R. S. (1992). Structural Holes. Harvard University Press.
    doi:10.4159/9780674029095

    Examples
    --------
    >>> from kg.measures.examples import water
    >>> from kg.measures.ties import pairs_of
    >>> constraint(pairs_of(water())).round(4).tolist()
    [1.5312, 0.957, 0.957]
    """
    weights = _matrix(pairs, pairs.newman)
    total = pairs.both_ways(pairs.newman)
    share = _scaled(weights, np.divide(1.0, total, out=np.zeros_like(total), where=total > 0))
    tied = [
        _scaled_where(share[rows] + share[rows] @ share, weights[rows]) for rows in _blocks(share)
    ]
    return np.where(total > 0, np.concatenate(tied), np.nan)


def effective_size(pairs: Pairs) -> Floats:
    r"""Return the size of a unit's neighbourhood less what is redundant in it.

    With n partners of u and t pairs among those partners:

    .. math:: e(u) = n - \frac{2t}{n}

    Parameters
    ----------
    pairs
        Pairs, from :func:`kg.measures.ties.pairs_of`, without collectives.

    Returns
    -------
    Floats
        A number a unit, from 1 to n; NaN for a unit without partners.

    Notes
    -----
    Weights do not enter: this is Borgatti's form for unweighted networks.

    References
    ----------
    Burt, R. S. (1992). Structural Holes. Harvard University Press.
    doi:10.4159/9780674029095
    Borgatti, S. P. (1997). Structural holes: unpacking Burt's redundancy
    measures. Connections 20(1), 35-38.

    Examples
    --------
    >>> from kg.measures.examples import water
    >>> from kg.measures.ties import pairs_of
    >>> effective_size(pairs_of(water())).tolist()
    [1.0, 1.0, 1.0]
    """
    ties = _matrix(pairs, np.ones(len(pairs.first)))
    # Twice the pairs among u's partners: walks of two steps that end at a partner.
    redundant = np.concatenate([_walks_back(ties, rows) for rows in _blocks(ties)])
    size = pairs.both_ways(np.ones(len(pairs.first)))
    part = np.divide(redundant, size, out=np.zeros_like(size), where=size > 0)
    return np.where(size > 0, size - part, np.nan)


def core_number(first: Ints, second: Ints, units: int) -> Ints:
    """Return the largest k such that a unit is in the k-core.

    The k-core is what is left when units with fewer than k partners that are
    left themselves are taken away again and again.

    Parameters
    ----------
    first, second
        The two units of each tie, no tie twice.
    units
        The number of units.

    Returns
    -------
    Ints
        A whole number a unit; 0 for a unit without ties.

    Notes
    -----
    In the plain projection one long list of k units is a (k-1)-core by itself.
    So ties are pairs that share several tasks (``core_shared``, 2), or pairs
    that meet more often than chance explains.

    References
    ----------
    Seidman, S. B. (1983). Network structure and minimum degree. Social Networks
    5(3), 269-287. doi:10.1016/0378-8733(83)90028-X

    Examples
    --------
    >>> import numpy as np
    >>> core_number(np.array([0, 0, 1, 2]), np.array([1, 2, 2, 3]), 5).tolist()
    [2, 2, 2, 1, 0]
    """
    one = np.concatenate([first, second])
    other = np.concatenate([second, first])
    order = np.argsort(one, kind="stable")
    degree = np.bincount(one, minlength=units)
    ends = np.concatenate([[0], np.cumsum(degree)]).astype(np.int64)
    other = other[order]
    left = degree.copy()
    core = np.zeros(units, dtype=np.int64)
    reached = 0
    gone = np.iinfo(np.int64).max // 2
    for _ in range(units):
        unit = int(left.argmin())
        reached = max(reached, int(left[unit]))
        core[unit] = reached
        left[other[ends[unit] : ends[unit + 1]]] -= 1
        left[unit] = gone
    return core


def pagerank(pairs: Pairs, present: Bools, damping: float = 0.85) -> Floats:
    r"""Return how much a unit is called on, by units that are called on themselves.

    On the directed network from leader to those that do not lead, D:

    .. math::

        r(v) = \frac{1 - d}{n} + d \sum_u r(u) \frac{D_{uv}}{\sum_w D_{uw}}

    Parameters
    ----------
    pairs
        Pairs, from :func:`kg.measures.ties.pairs_of`, without collectives.
    present
        The units that count.
    damping
        d, the chance of going on along an edge.

    Returns
    -------
    Floats
        Shares of 1 over the units that count; NaN for the others.

    Notes
    -----
    A unit that calls on nobody passes its rank to all units alike. Without any
    led task all ranks are equal.

    References
    ----------
    Brin, S., Page, L. (1998). The anatomy of a large-scale hypertextual web
    search engine. Computer Networks and ISDN Systems 30, 107-117.
    doi:10.1016/S0169-7552(98)00110-X

    Examples
    --------
    >>> import numpy as np
    >>> from kg.measures.examples import water
    >>> from kg.measures.ties import pairs_of
    >>> pagerank(pairs_of(water()), np.ones(3, dtype=bool)).round(4).tolist()
    [0.2597, 0.3701, 0.3701]
    """
    source, target, weight = _directed(pairs)
    units, count = pairs.units, max(int(present.sum()), 1)
    out = sum_by(source, weight, units)
    step = weight / np.where(out > 0, out, 1.0)[source]
    start = present / count
    rank = start.copy()
    for _ in range(1000):
        passed = sum_by(target, rank[source] * step, units)
        loose = rank[(out == 0) & present].sum()
        new = damping * (passed + loose * start) + (1 - damping) * start
        change = np.abs(new - rank).sum()
        rank = new
        if change < 1e-14:
            break
    return np.where(present, rank, np.nan)


def hubs_and_authorities(pairs: Pairs, present: Bools) -> tuple[Floats, Floats]:
    r"""Return hubs, which call on much-called units, and authorities, called on by hubs.

    .. math:: h \propto D a, \quad a \propto D^T h

    Parameters
    ----------
    pairs
        Pairs, from :func:`kg.measures.ties.pairs_of`, without collectives.
    present
        The units that count.

    Returns
    -------
    tuple of Floats
        Hubs and authorities, each summing to 1 over the units that count; NaN
        for the others, and for all where no task is led.

    Notes
    -----
    The vectors describe the tightest part of the network; units of another
    component get 0. Where two parts are equally tight, both count.

    References
    ----------
    Kleinberg, J. M. (1999). Authoritative sources in a hyperlinked environment.
    Journal of the ACM 46(5), 604-632. doi:10.1145/324133.324140

    Examples
    --------
    >>> import numpy as np
    >>> from kg.measures.examples import water
    >>> from kg.measures.ties import pairs_of
    >>> hubs, called = hubs_and_authorities(pairs_of(water()), np.ones(3, dtype=bool))
    >>> hubs.tolist(), called.tolist()
    ([1.0, 0.0, 0.0], [0.0, 0.5, 0.5])
    """
    source, target, weight = _directed(pairs)
    if not len(source):
        nothing = np.full(pairs.units, np.nan)
        return nothing, nothing.copy()
    hubs = present / max(int(present.sum()), 1)
    called = hubs
    for _ in range(5000):
        called = sum_by(target, hubs[source] * weight, pairs.units)
        called /= called.sum()
        new = sum_by(source, called[target] * weight, pairs.units)
        new /= new.sum()
        change = np.abs(new - hubs).sum()
        hubs = new
        if change < 1e-14:
            break
    return np.where(present, hubs, np.nan), np.where(present, called, np.nan)


def _directed(pairs: Pairs) -> tuple[Ints, Ints, Floats]:
    """Return the directed edges from leaders to others with their weights."""
    forth, back = pairs.forth > 0, pairs.back > 0
    return (
        np.concatenate([pairs.first[forth], pairs.second[back]]),
        np.concatenate([pairs.second[forth], pairs.first[back]]),
        np.concatenate([pairs.forth[forth], pairs.back[back]]),
    )


def _matrix(pairs: Pairs, values: Floats) -> Matrix:
    """Return a symmetric matrix of a value of each pair, dense or sparse."""
    if pairs.units <= DENSE_UNITS:
        matrix = np.zeros((pairs.units, pairs.units))
        matrix[pairs.first, pairs.second] = values
        matrix[pairs.second, pairs.first] = values
        return matrix
    from scipy.sparse import csr_array

    rows = np.concatenate([pairs.first, pairs.second])
    columns = np.concatenate([pairs.second, pairs.first])
    shape = (pairs.units, pairs.units)
    return csr_array((np.concatenate([values, values]), (rows, columns)), shape=shape)


def _blocks(matrix: Matrix) -> Iterator[slice]:
    """Cut the rows so that little is held of what lies two steps from their units.

    Through a unit that all others meet, each of them reaches all.
    """
    count = matrix.shape[0]
    if isinstance(matrix, np.ndarray):
        yield slice(0, count)
        return
    partners = np.diff(matrix.indptr)
    rows = np.repeat(np.arange(count), partners)
    reached = np.minimum(sum_by(rows, partners[matrix.indices], count), count)
    cuts = np.flatnonzero(np.diff(np.cumsum(reached) // _REACHED)) + 1
    yield from map(slice, (0, *cuts.tolist()), (*cuts.tolist(), count))


def _walks_back(ties: Matrix, rows: slice) -> Floats:
    """Count, for some units, the walks of two steps that end at a partner."""
    some = ties[rows]
    walks = (some @ ties) * some if isinstance(ties, np.ndarray) else (some @ ties).multiply(some)
    return np.asarray(walks.sum(axis=1), dtype=np.float64).ravel()


def _scaled(matrix: Matrix, factors: Floats) -> Matrix:
    """Multiply each row by a factor."""
    if isinstance(matrix, np.ndarray):
        return matrix * factors[:, None]
    return matrix.multiply(factors[:, None]).tocsr()


def _scaled_where(values: Matrix, pattern: Matrix) -> Floats:
    """Sum the squares of each row where the pattern is not zero."""
    if isinstance(values, np.ndarray):
        return np.asarray(np.where(pattern > 0, values**2, 0.0).sum(axis=1), dtype=np.float64)
    inside = values.multiply(pattern > 0)
    return np.asarray(inside.multiply(inside).sum(axis=1), dtype=np.float64).ravel()
