"""Communities of units that work together more than with others."""

from __future__ import annotations

import random

import numpy as np

from kg.measures.arrays import Floats, Ints, sum_by
from kg.measures.ties import Pairs

__all__ = ["communities", "modularity"]

_Links = list[dict[int, float]]

_MANY = 48
"""A node with more neighbours than this is summed over them by NumPy."""


def communities(pairs: Pairs, seed: int = 1) -> Ints:
    """Divide the units into communities by the Louvain method, on Newman weights.

    Parameters
    ----------
    pairs
        Pairs, from :func:`kg.measures.ties.pairs_of`, without collectives.
    seed
        Seed of the order in which units are visited.

    Returns
    -------
    Ints
        The number of its community a unit, numbered by first unit; -1 for a
        unit without partners.

    Notes
    -----
    Louvain finds a good division, not the best, and another seed may give
    another: look whether the communities that matter stay. It does not see
    communities much smaller than the whole.

    References
    ----------
    Blondel, V. D., Guillaume, J.-L., Lambiotte, R., Lefebvre, E. (2008). Fast
    unfolding of communities in large networks. Journal of Statistical
    Mechanics P10008. doi:10.1088/1742-5468/2008/10/P10008

    Examples
    --------
    >>> import numpy as np
    >>> pairs = Pairs(
    ...     np.array([0, 2]), np.array([1, 3]), np.array([1, 1]), np.ones(2),
    ...     np.zeros(2), np.zeros(2), np.ones(5, dtype=int),
    ... )
    >>> communities(pairs).tolist()
    [0, 0, 1, 1, -1]
    """
    order = random.Random(seed)
    links: _Links = [{} for _ in range(pairs.units)]
    for one, other, weight in zip(
        pairs.first.tolist(), pairs.second.tolist(), pairs.newman.tolist(), strict=True
    ):
        links[one][other] = links[other][one] = weight
    belongs = list(range(pairs.units))
    while True:
        group, moved = _moved(links, order)
        belongs = [group[one] for one in belongs]
        if not moved:
            break
        links = _merged(links, group)
    alone = pairs.both_ways(np.ones(len(pairs.first))) == 0
    number: dict[int, int] = {}
    return np.array(
        [
            -1 if lonely else number.setdefault(one, len(number))
            for one, lonely in zip(belongs, alone.tolist(), strict=True)
        ],
        dtype=np.int64,
    )


def modularity(pairs: Pairs, community: Ints) -> float:
    r"""Return how much more weight lies inside communities than chance would put there.

    .. math:: Q = \sum_c \left[ \frac{W_c}{W} - \left( \frac{S_c}{2W} \right)^2 \right]

    with W the weight of all pairs, :math:`W_c` of those inside c, and
    :math:`S_c` the sum of its units' weights.

    Parameters
    ----------
    pairs
        Pairs, from :func:`kg.measures.ties.pairs_of`.
    community
        From :func:`communities`.

    Returns
    -------
    float
        Below 1; NaN without pairs.

    References
    ----------
    Newman, M. E. J. (2004). Analysis of weighted networks. Physical Review E
    70, 056131. doi:10.1103/PhysRevE.70.056131

    Examples
    --------
    >>> import numpy as np
    >>> pairs = Pairs(
    ...     np.array([0, 2]), np.array([1, 3]), np.array([1, 1]), np.ones(2),
    ...     np.zeros(2), np.zeros(2), np.ones(4, dtype=int),
    ... )
    >>> modularity(pairs, np.array([0, 0, 1, 1]))
    0.5
    """
    total = float(pairs.newman.sum())
    if total <= 0:
        return float("nan")
    strength: Floats = pairs.both_ways(pairs.newman)
    member = community >= 0
    sums = sum_by(community[member], strength[member], int(community.max()) + 1)
    inside = float(pairs.newman[community[pairs.first] == community[pairs.second]].sum())
    return inside / total - float(((sums / (2 * total)) ** 2).sum())


def _moved(links: _Links, order: random.Random) -> tuple[list[int], bool]:
    """Move nodes to the neighbouring group that gains most, until none gains."""
    count = len(links)
    strength = [sum(ties.values()) + ties.get(node, 0.0) for node, ties in enumerate(links)]
    double = sum(strength)
    # The same groups twice: as a list for nodes with few neighbours, as an array for others.
    group, groups = list(range(count)), np.arange(count)
    weight = strength.copy()
    nodes = list(range(count))
    order.shuffle(nodes)
    near = [
        _few(node, ties) if len(ties) <= _MANY else _many(node, ties)
        for node, ties in enumerate(links)
    ]
    least = 1e-12 * double
    moved = False
    gaining = double > 0
    while gaining:
        gaining = False
        for node in nodes:
            home = group[node]
            weight[home] -= strength[node]
            share = strength[node] / double
            ties = near[node]
            if isinstance(ties, list):
                sums: dict[int, float] = {}
                for other, value in ties:
                    one = group[other]
                    sums[one] = sums.get(one, 0.0) + value
                candidates = sorted(sums.items())
            else:
                table = sum_by(groups[ties[0]], ties[1], count)
                found = np.flatnonzero(table)
                candidates = list(zip(found.tolist(), table[found].tolist(), strict=True))
                sums = dict(candidates)
            best, best_gain = home, sums.get(home, 0.0) - weight[home] * share
            for one, tie in candidates:
                # A gain below rounding would make nodes move for ever.
                if one != home and tie - weight[one] * share > best_gain + least:
                    best, best_gain = one, tie - weight[one] * share
            weight[best] += strength[node]
            if best != home:
                group[node] = groups[node] = best
                gaining = moved = True
    place = {one: number for number, one in enumerate(sorted(set(group)))}
    return [place[one] for one in group], moved


def _few(node: int, ties: dict[int, float]) -> list[tuple[int, float]]:
    """Return the ties of a node without that to itself."""
    return [(other, value) for other, value in ties.items() if other != node]


def _many(node: int, ties: dict[int, float]) -> tuple[Ints, Floats]:
    """Return the ties of a node without that to itself, as arrays."""
    others, values = zip(*_few(node, ties), strict=True)
    return np.array(others, dtype=np.int64), np.array(values, dtype=np.float64)


def _merged(links: _Links, group: list[int]) -> _Links:
    """Make each group one node; weight inside a group becomes a loop."""
    merged: _Links = [{} for _ in range(max(group, default=-1) + 1)]
    for node, ties in enumerate(links):
        for other, value in ties.items():
            if other < node:
                continue
            one, two = sorted((group[node], group[other]))
            merged[one][two] = merged[one].get(two, 0.0) + value
            if one != two:
                merged[two][one] = merged[one][two]
    return merged
