"""Pairs of units: shared tasks, Newman weight, similarity, directed weight."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kg.measures.arrays import Bools, Floats, Ints, ratio, sum_by
from kg.measures.work import Work

__all__ = [
    "Pairs",
    "cosine",
    "jaccard",
    "pairs_of",
    "reciprocity",
    "select_pairs",
]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Every pair of units that share a task, once, with ``first < second``.

    ``forth`` is the directed weight from first to second, ``back`` from second
    to first; ``multi`` is each unit's number of tasks with several actors.
    """

    first: Ints
    second: Ints
    shared: Ints
    newman: Floats
    forth: Floats
    back: Floats
    multi: Ints

    @property
    def units(self) -> int:
        """The number of units."""
        return len(self.multi)

    def both_ways(self, values: Floats | Ints) -> Floats:
        """Sum a value of each pair over both of its units."""
        return sum_by(self.first, values, self.units) + sum_by(self.second, values, self.units)


def pairs_of(work: Work) -> Pairs:
    r"""Find the pairs of units that share tasks.

    For units u and v, over the tasks t that name both, with :math:`k_t` actors
    and :math:`\ell_t` leaders:

    .. math::

        c_{uv} = \sum_t b_{ut} b_{vt}, \quad
        f_{uv} = \sum_t \frac{b_{ut} b_{vt}}{k_t - 1}, \quad
        D_{uv} = \sum_{t:\ u\ \mathrm{leads},\ v\ \mathrm{does\ not}}
            \frac{1}{\ell_t (k_t - \ell_t)}

    Parameters
    ----------
    work
        The counted work.

    Returns
    -------
    Pairs
        Shared tasks c, Newman weight f, directed weights D both ways.

    Notes
    -----
    Never sum f over a unit's partners as its load: the sum is its number of
    tasks with several actors, whoever the partners are. The D of a task sum to
    1. A collective and its own known member are no pair. Tasks with one actor
    make no pair and change none.

    References
    ----------
    Newman, M. E. J. (2001). Scientific collaboration networks. II. Physical
    Review E 64, 016132. doi:10.1103/PhysRevE.64.016132

    Examples
    --------
    >>> from kg.measures.examples import water
    >>> pairs = pairs_of(water())
    >>> [(int(u), int(v)) for u, v in zip(pairs.first, pairs.second)]
    [(0, 1), (0, 2), (1, 2)]
    >>> pairs.shared.tolist(), pairs.newman.tolist(), pairs.forth.tolist()
    ([1, 1, 2], [0.5, 0.5, 1.5], [0.5, 0.5, 0.0])
    """
    task, low, high = _meetings(work)
    count = len(work.units)
    key = work.unit[low] * count + work.unit[high]
    size, leads = work.size[task], work.leads[task]
    directed = 1.0 / np.maximum(leads * (size - leads), 1)
    forth = directed * (work.is_lead[low] & ~work.is_lead[high])
    back = directed * (work.is_lead[high] & ~work.is_lead[low])
    keys, at = np.unique(key, return_inverse=True)

    def total(values: Floats) -> Floats:
        return sum_by(at, values, len(keys))

    first, second = np.divmod(keys, max(count, 1))
    pairs = Pairs(
        first=first,
        second=second,
        shared=np.bincount(at, minlength=len(keys)),
        newman=total(1.0 / (size - 1)),
        forth=total(forth),
        back=total(back),
        multi=np.bincount(work.unit[work.size[work.task] > 1], minlength=count),
    )
    own = _own_members(work)
    if not own:
        return pairs
    return select_pairs(pairs, ~np.isin(keys, np.array(sorted(own), dtype=np.int64)))


def select_pairs(pairs: Pairs, keep: Bools) -> Pairs:
    """Return some of the pairs, over the same units."""
    return Pairs(
        pairs.first[keep],
        pairs.second[keep],
        pairs.shared[keep],
        pairs.newman[keep],
        pairs.forth[keep],
        pairs.back[keep],
        pairs.multi,
    )


def jaccard(pairs: Pairs) -> Floats:
    r"""Compare what two units share with all that either shares with anybody.

    .. math:: J_{uv} = \frac{c_{uv}}{T'_u + T'_v - c_{uv}}

    Parameters
    ----------
    pairs
        Pairs, from :func:`pairs_of`.

    Returns
    -------
    Floats
        A number between 0 and 1 a pair.

    Notes
    -----
    T' counts tasks with several actors only, so that a task of one unit alone
    changes no pair.

    References
    ----------
    Borgatti, S. P., Halgin, D. S. (2011). Analyzing affiliation networks. In
    The SAGE Handbook of Social Network Analysis. doi:10.4135/9781446294413.n28

    Examples
    --------
    >>> from kg.measures.examples import water
    >>> jaccard(pairs_of(water())).tolist()
    [0.5, 0.5, 1.0]
    """
    either = pairs.multi[pairs.first] + pairs.multi[pairs.second] - pairs.shared
    similar: Floats = pairs.shared / np.maximum(either, 1)
    return similar


def cosine(pairs: Pairs) -> Floats:
    r"""Compare two units' tasks as vectors.

    .. math:: \frac{c_{uv}}{\sqrt{T'_u T'_v}}

    Parameters
    ----------
    pairs
        Pairs, from :func:`pairs_of`.

    Returns
    -------
    Floats
        A number between 0 and 1 a pair.

    Notes
    -----
    As in :func:`jaccard`, tasks of one unit alone do not count.

    References
    ----------
    Borgatti, S. P., Halgin, D. S. (2011). Analyzing affiliation networks. In
    The SAGE Handbook of Social Network Analysis. doi:10.4135/9781446294413.n28

    Examples
    --------
    >>> from kg.measures.examples import water
    >>> cosine(pairs_of(water())).round(4).tolist()
    [0.7071, 0.7071, 1.0]
    """
    product = pairs.multi[pairs.first].astype(np.float64) * pairs.multi[pairs.second]
    similar: Floats = pairs.shared / np.sqrt(np.maximum(product, 1.0))
    return similar


def reciprocity(pairs: Pairs) -> Floats:
    r"""Tell how far two units lead each other in turn.

    .. math:: \frac{2 \min(D_{uv}, D_{vu})}{D_{uv} + D_{vu}}

    Parameters
    ----------
    pairs
        Pairs, from :func:`pairs_of`.

    Returns
    -------
    Floats
        A number between 0 and 1 a pair; NaN where neither leads the other.

    Examples
    --------
    >>> from kg.measures.examples import water
    >>> reciprocity(pairs_of(water())).tolist()
    [0.0, 0.0, nan]
    """
    return ratio(2 * np.minimum(pairs.forth, pairs.back), pairs.forth + pairs.back)


def _meetings(work: Work) -> tuple[Ints, Ints, Ints]:
    """Return each meeting of two units in a task: the task and both assignments.

    Assignments are sorted by task, so those of a task stand together; tasks of
    equal size are handled in one step.
    """
    parts: list[tuple[Ints, Ints, Ints]] = []
    for size in np.unique(work.size[work.size > 1]).tolist():
        tasks = np.flatnonzero(work.size == size)
        low, high = np.triu_indices(size, 1)
        parts.append(
            (
                np.repeat(tasks, len(low)),
                (work.start[tasks][:, None] + low).ravel(),
                (work.start[tasks][:, None] + high).ravel(),
            )
        )
    if not parts:
        none = np.zeros(0, dtype=np.int64)
        return none, none, none
    task, low_rows, high_rows = (np.concatenate(column) for column in zip(*parts, strict=True))
    return task, low_rows, high_rows


def _own_members(work: Work) -> set[int]:
    """Return the keys of the pairs of a collective with its own member."""
    count = len(work.units)
    return {
        min(key, one) * count + max(key, one) for key, ids in work.members.items() for one in ids
    }
