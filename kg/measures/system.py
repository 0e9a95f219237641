"""A whole network in a few numbers: for all notices, for each, and for each year."""

from __future__ import annotations

import numpy as np

from kg.measures.arrays import Floats
from kg.measures.ties import Pairs
from kg.measures.work import Work

__all__ = [
    "centralisation",
    "density",
    "gini",
    "herfindahl",
    "multi_lead_share",
    "multi_unit_share",
    "network_reciprocity",
]


def gini(values: Floats) -> float:
    r"""Return the Gini coefficient: 0 if all carry alike, near 1 if one carries all.

    For values sorted upwards, :math:`x_1 \le \dots \le x_n`:

    .. math:: G = \frac{2 \sum_i i\, x_i}{n \sum_i x_i} - \frac{n + 1}{n}

    Parameters
    ----------
    values
        Values that are not negative, such as fractional loads.

    Returns
    -------
    float
        The coefficient; NaN where nothing is carried.

    Notes
    -----
    Its greatest value is (n - 1) / n. It depends on which units are in the
    frame: units without any task are not.

    References
    ----------
    Gini, C. (1921). Measurement of inequality of incomes. The Economic Journal
    31(121), 124-126. doi:10.2307/2223319

    Examples
    --------
    >>> import numpy as np
    >>> gini(np.array([1.0, 1.0])), gini(np.array([0.0, 4.0]))
    (0.0, 0.5)
    """
    ordered, count = np.sort(values), len(values)
    total = ordered.sum()
    if not count or total <= 0:
        return float("nan")
    rank = np.arange(1, count + 1)
    return float(max(2 * (rank * ordered).sum() / (count * total) - (count + 1) / count, 0.0))


def herfindahl(values: Floats) -> float:
    r"""Return the concentration of a total over units.

    .. math:: H = \sum_i \left( x_i / \sum_j x_j \right)^2

    Parameters
    ----------
    values
        Values that are not negative, such as fractional loads.

    Returns
    -------
    float
        From 1/n (all alike) to 1 (one has all); NaN where there is nothing.

    References
    ----------
    Rhoades, S. A. (1993). The Herfindahl-Hirschman index. Federal Reserve
    Bulletin 79, 188-189.

    Examples
    --------
    >>> import numpy as np
    >>> herfindahl(np.array([1.0, 1.0, 2.0]))
    0.375
    """
    total = values.sum()
    return float(((values / total) ** 2).sum()) if total > 0 else float("nan")


def density(pairs: int, units: int) -> float:
    r"""Return the share of pairs of units that share at least one task.

    .. math:: \frac{2\,|pairs|}{n (n - 1)}

    Parameters
    ----------
    pairs
        The number of pairs that share a task.
    units
        The number of units n.

    Returns
    -------
    float
        A number between 0 and 1; NaN for fewer than two units.

    Notes
    -----
    One task with k units makes k(k-1)/2 pairs, so long lists of units make a
    dense network. Density falls as n grows: compare like with like.

    References
    ----------
    Wasserman, S., Faust, K. (1994). Social Network Analysis. Cambridge
    University Press. doi:10.1017/CBO9780511815478

    Examples
    --------
    >>> density(2, 3)
    0.6666666666666666
    """
    return 2 * pairs / (units * (units - 1)) if units > 1 else float("nan")


def centralisation(breadth: Floats) -> float:
    r"""Return Freeman's degree centralisation of the network of partners.

    .. math:: \frac{\sum_u (\max_v D(v) - D(u))}{(n - 1)(n - 2)}

    Parameters
    ----------
    breadth
        The number of partners of each unit.

    Returns
    -------
    float
        1 for a star, 0 where all have equally many; NaN below three units.

    References
    ----------
    Freeman, L. C. (1978). Centrality in social networks: conceptual
    clarification. Social Networks 1(3), 215-239.
    doi:10.1016/0378-8733(78)90021-7

    Examples
    --------
    >>> import numpy as np
    >>> centralisation(np.array([3.0, 1.0, 1.0, 1.0]))
    1.0
    """
    count = len(breadth)
    if count < 3:
        return float("nan")
    return float((breadth.max() - breadth).sum() / ((count - 1) * (count - 2)))


def multi_unit_share(work: Work) -> float:
    """Return the share of tasks that name more than one actor.

    Examples
    --------
    >>> from kg.measures.examples import water
    >>> round(multi_unit_share(water()), 4)
    0.6667
    """
    return float((work.size > 1).mean()) if len(work.size) else float("nan")


def multi_lead_share(work: Work) -> float:
    """Return the share of led tasks that have more than one leader.

    Examples
    --------
    >>> from kg.measures.examples import water
    >>> multi_lead_share(water())
    0.0
    """
    led = work.leads > 0
    return float((work.leads[led] > 1).mean()) if led.any() else float("nan")


def network_reciprocity(pairs: Pairs) -> float:
    r"""Return the share of directed weight that is returned.

    .. math:: \frac{\sum_{u<v} 2 \min(D_{uv}, D_{vu})}{\sum_{u<v} (D_{uv} + D_{vu})}

    Parameters
    ----------
    pairs
        Pairs, from :func:`kg.measures.ties.pairs_of`.

    Returns
    -------
    float
        A number between 0 and 1; NaN where nobody leads anybody.

    References
    ----------
    Squartini, T., Picciolo, F., Ruzzenenti, F., Garlaschelli, D. (2013).
    Reciprocity of weighted networks. Scientific Reports 3, 2729.
    doi:10.1038/srep02729

    Examples
    --------
    >>> from kg.measures.examples import water
    >>> from kg.measures.ties import pairs_of
    >>> network_reciprocity(pairs_of(water()))
    0.0
    """
    total = (pairs.forth + pairs.back).sum()
    returned = 2 * np.minimum(pairs.forth, pairs.back).sum()
    return float(returned / total) if total > 0 else float("nan")
