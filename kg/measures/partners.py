"""Partners of a unit: how many, how often, how concentrated, of what other types."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kg.measures.arrays import Bools, Floats, ratio, sum_by
from kg.measures.ties import Pairs

__all__ = ["collective_partners", "concentration", "cross_reach", "depth", "partners"]


def partners(pairs: Pairs) -> Floats:
    r"""Count a unit's different partners (breadth).

    .. math:: D(u) = |\{v : c_{uv} > 0\}|

    Parameters
    ----------
    pairs
        Pairs, from :func:`kg.measures.ties.pairs_of`.

    Returns
    -------
    Floats
        A number a unit.

    Notes
    -----
    A collective is one partner, however many units it stands for;
    :func:`collective_partners` tells how many of the partners are collectives.

    Examples
    --------
    >>> from kg.measures.examples import water
    >>> from kg.measures.ties import pairs_of
    >>> partners(pairs_of(water())).tolist()
    [2.0, 2.0, 2.0]
    """
    return pairs.both_ways(np.ones(len(pairs.first)))


def depth(coordination: Floats, breadth: Floats) -> Floats:
    r"""Return how often a unit meets one partner on average.

    .. math:: C(u) / D(u)

    Parameters
    ----------
    coordination, breadth
        From :func:`kg.measures.load.coordination` and :func:`partners`.

    Returns
    -------
    Floats
        A number a unit, 1 or more; NaN for a unit without partners.

    Examples
    --------
    >>> import numpy as np
    >>> depth(np.array([6.0, 0.0]), np.array([4.0, 0.0])).tolist()
    [1.5, nan]
    """
    return ratio(coordination, breadth)


def collective_partners(pairs: Pairs, collective: Bools) -> Floats:
    """Count how many of a unit's partners are collective units."""
    values = sum_by(pairs.first, collective[pairs.second].astype(np.float64), pairs.units)
    return values + sum_by(pairs.second, collective[pairs.first].astype(np.float64), pairs.units)


def concentration(pairs: Pairs) -> tuple[Floats, Floats]:
    r"""Tell whether a unit works with a few partners again and again.

    .. math::

        \mathrm{HHI}(u) = \sum_v p_{uv}^2, \quad p_{uv} = \frac{f_{uv}}{\sum_w f_{uw}},
        \quad \mathrm{effective\ partners}(u) = 1 / \mathrm{HHI}(u)

    Parameters
    ----------
    pairs
        Pairs, from :func:`kg.measures.ties.pairs_of`.

    Returns
    -------
    tuple of Floats
        Concentration and effective number of partners; NaN without partners.

    Notes
    -----
    Newman weights are the proportions, so that one big meeting does not look
    like many partnerships. The effective number is how many partners of equal
    weight would be as concentrated.

    References
    ----------
    Laakso, M., Taagepera, R. (1979). "Effective" number of parties. Comparative
    Political Studies 12(1), 3-27. doi:10.1177/001041407901200101

    Examples
    --------
    >>> from kg.measures.examples import water
    >>> from kg.measures.ties import pairs_of
    >>> [array.round(4).tolist() for array in concentration(pairs_of(water()))]
    [[0.5, 0.625, 0.625], [2.0, 1.6, 1.6]]
    """
    total = pairs.both_ways(pairs.newman)
    squares = pairs.both_ways(pairs.newman**2)
    return ratio(squares, total**2), ratio(total**2, squares)


def cross_reach(pairs: Pairs, types: Sequence[str], collective: Bools) -> tuple[Floats, Floats]:
    r"""Tell how far a unit's encounters reach over types of units (kind or level).

    With :math:`q_{ug}` the share of u's encounters with partners of type g, E
    those with another type than its own and I those with its own:

    .. math:: B(u) = 1 - \sum_g q_{ug}^2, \quad EI(u) = \frac{E - I}{E + I}

    Parameters
    ----------
    pairs
        Pairs, from :func:`kg.measures.ties.pairs_of`.
    types
        The type of each unit; empty where it is not known.
    collective
        Which units are collectives.

    Returns
    -------
    tuple of Floats
        Blau's index and the E-I index a unit; NaN where there is nothing to
        tell.

    Notes
    -----
    Partners of unknown type and collectives are left out. Units that the
    register does not know have no type, so look at their share first.

    References
    ----------
    Blau, P. M. (1977). Inequality and Heterogeneity. Free Press.
    Krackhardt, D., Stern, R. N. (1988). Informal networks and organizational
    crises. Social Psychology Quarterly 51(2), 123-140. doi:10.2307/2786835

    Examples
    --------
    >>> from kg.measures.examples import water
    >>> from kg.measures.ties import pairs_of
    >>> work = water()
    >>> reach = cross_reach(pairs_of(work), [unit.kind for unit in work.units], work.collective)
    >>> [array.round(4).tolist() for array in reach]
    [[0.5, 0.4444, 0.0], [0.0, 0.3333, 1.0]]
    """
    names = sorted({name for name in types if name})
    code = {name: place for place, name in enumerate(names)}
    group = np.array([code.get(name, -1) for name in types], dtype=np.int64)
    group = np.where(collective, -1, group)
    one = np.concatenate([pairs.first, pairs.second])
    other = np.concatenate([pairs.second, pairs.first])
    met = np.concatenate([pairs.shared, pairs.shared]).astype(np.float64)
    known = group[other] >= 0
    one, other, met = one[known], other[known], met[known]
    width = max(len(names), 1)
    table = sum_by(one * width + group[other], met, pairs.units * width).reshape(pairs.units, width)
    total = table.sum(axis=1)
    blau = 1 - ratio((table**2).sum(axis=1), total**2)
    inside = np.where(group >= 0, table[np.arange(pairs.units), np.maximum(group, 0)], 0.0)
    return blau, ratio(total - 2 * inside, np.where(group >= 0, total, 0.0))
