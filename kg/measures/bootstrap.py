"""Intervals by drawing notices again, as if others had been published."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kg.measures.arrays import Floats, sum_by
from kg.measures.load import carried, load_parts
from kg.measures.work import Work

__all__ = ["FEWEST_NOTICES", "Intervals", "bootstrap_intervals"]

FEWEST_NOTICES = 5
"""With fewer notices there is nothing to draw from, and no interval."""

_LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Intervals:
    """Low and high ends of the 95 % intervals, a number a unit; no rank for collectives."""

    load: tuple[Floats, Floats]
    coordination: tuple[Floats, Floats]
    rank: tuple[Floats, Floats]


def bootstrap_intervals(work: Work) -> Intervals | None:
    r"""Draw as many notices as there are, with replacement, again and again.

    With :math:`m_j` the times that notice j is drawn, the load of one sample is
    :math:`F^*(u) = \sum_j m_j F_j(u)`; the interval goes from the 2.5 % to the
    97.5 % quantile over the samples.

    Parameters
    ----------
    work
        The counted work; ``bootstrap`` is the number of samples, ``seed`` seeds
        the draw.

    Returns
    -------
    Intervals or None
        Intervals of load, coordination load and rank by load; None where none
        were asked for or there are fewer than five notices.

    Notes
    -----
    Notices are drawn whole, because the tasks of one notice are not
    independent. With fewer than about 30 notices such intervals are too narrow.
    They speak of other notices of the same kind, not of errors of reading.
    Quantiles are values that were seen (no interpolation).

    References
    ----------
    Cameron, A. C., Gelbach, J. B., Miller, D. L. (2008). Bootstrap-based
    improvements for inference with clustered errors. Review of Economics and
    Statistics 90(3), 414-427. doi:10.1162/rest.90.3.414

    Examples
    --------
    >>> from kg.measures.examples import water
    >>> bootstrap_intervals(water()) is None
    True
    """
    samples, notices = work.choices.bootstrap, len(work.notices)
    if samples < 1 or notices < FEWEST_NOTICES:
        return None
    # RandomState: its stream is frozen for good, unlike that of Generator.
    draws = np.random.RandomState(work.choices.seed).randint(notices, size=(samples, notices))
    times = np.stack([np.bincount(row, minlength=notices) for row in draws]).astype(np.float64)
    load, meetings = _by_notice(work)
    loads = times @ load
    rounded = -np.round(loads[:, ~work.collective], 9)
    ordered = np.sort(rounded, axis=1)
    rank = np.full(loads.shape, np.nan)
    rank[:, ~work.collective] = [
        np.searchsorted(row, values, side="left") + 1
        for row, values in zip(ordered, rounded, strict=True)
    ]
    return Intervals(_ends(loads), _ends(times @ meetings), _ends(rank))


def _by_notice(work: Work) -> tuple[Floats, Floats]:
    """Return fractional load and coordination load as notices × units."""
    carry = carried(work)
    shape = (len(work.notices), len(work.units))
    cell = work.notice[carry.task] * shape[1] + carry.unit
    values = (
        carry.amount * load_parts(work, carry),
        carry.amount * (work.size[carry.task] - 1),
    )
    load, meetings = (sum_by(cell, value, shape[0] * shape[1]).reshape(shape) for value in values)
    return load, meetings


def _ends(samples: Floats) -> tuple[Floats, Floats]:
    """Return the two quantiles of each column."""
    outside = (1 - _LEVEL) / 2
    ordered = np.sort(samples, axis=0)
    last = len(ordered) - 1
    return ordered[int(np.floor(outside * last))], ordered[int(np.ceil((1 - outside) * last))]
