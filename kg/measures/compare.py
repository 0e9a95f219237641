"""Says how ranks change between two choices."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from kg.measures.arrays import Floats
from kg.measures.catalogue import labels
from kg.measures.choices import Choices
from kg.measures.compute import measure_frame, ranks
from kg.measures.frame import Frame
from kg.measures.records import Setting

__all__ = ["COMPARED", "Change", "Comparison", "column_label", "compare_choices", "kendall_tau"]

COMPARED = (
    "tasks",
    "load",
    "coordination",
    "partners",
    "lead_burden",
    "support_burden",
    "betweenness",
    "pagerank",
)
"""The measures whose ranks are compared."""


@dataclass(frozen=True, slots=True)
class Change:
    """A unit whose rank by load changes, with both ranks."""

    unit: str
    name: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """How far two choices agree.

    ``tau`` has Kendall's τ-b by measure, None where either is constant;
    ``units`` is how many units both choices have, ``only_before`` and
    ``only_after`` name the others. ``settings`` are those of the first, each
    with its value in the second.
    """

    tau: dict[str, float | None]
    units: int
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    changes: tuple[Change, ...]
    settings: tuple[tuple[Setting, str], ...]


def kendall_tau(one: Floats, two: Floats) -> float:
    r"""Return Kendall's τ-b of two lists of values of the same units.

    With C pairs in the same order, D in the opposite one, and :math:`n_1`,
    :math:`n_2` pairs that are not tied in the first and in the second list:

    .. math:: \tau_b = \frac{C - D}{\sqrt{n_1 n_2}}

    Parameters
    ----------
    one, two
        A value a unit each.

    Returns
    -------
    float
        1 for the same order, -1 for the opposite; NaN if a list is constant.

    Notes
    -----
    Values that differ by rounding alone are ties.

    References
    ----------
    Kendall, M. G. (1945). The treatment of ties in ranking problems.
    Biometrika 33(3), 239-251. doi:10.1093/biomet/33.3.239

    Examples
    --------
    >>> import numpy as np
    >>> kendall_tau(np.array([1.0, 2.0, 3.0]), np.array([1.0, 3.0, 2.0]))
    0.3333333333333333
    """
    first, second = np.round(one, 9), np.round(two, 9)
    agree = 0
    untied = [0, 0]
    for place in range(len(first) - 1):
        up = np.sign(first[place + 1 :] - first[place])
        other = np.sign(second[place + 1 :] - second[place])
        agree += int((up * other).sum())
        untied[0] += int(np.abs(up).sum())
        untied[1] += int(np.abs(other).sum())
    below = (untied[0] * untied[1]) ** 0.5
    return agree / below if below else float("nan")


def compare_choices(frame: Frame, before: Choices, after: Choices) -> Comparison:
    """Measure a frame under two choices, and compare the ranks of its units.

    Parameters
    ----------
    frame
        The build.
    before, after
        The two choices.

    Returns
    -------
    Comparison
        τ-b by measure over the units and collectives that both have, and every
        unit whose rank by load changes, the greatest change first.
    """
    measured, again = measure_frame(frame, before), measure_frame(frame, after)
    one = {row.unit: row for row in measured.load}
    two = {row.unit: row for row in again.load}
    later = {line.setting: line.value for line in again.settings}
    sooner = {line.setting for line in measured.settings}
    both = [unit for unit in one if unit in two]
    tau: dict[str, float | None] = {}
    for column in COMPARED:
        values = [
            (getattr(one[unit], column), getattr(two[unit], column))
            for unit in both
            if getattr(one[unit], column) is not None and getattr(two[unit], column) is not None
        ]
        table = np.array(values, dtype=np.float64).reshape(len(values), 2)
        value = kendall_tau(table[:, 0], table[:, 1])
        tau[column] = None if np.isnan(value) else value
    named = [unit for unit in both if not one[unit].collective]
    first = ranks(np.array([one[unit].load for unit in named]))
    second = ranks(np.array([two[unit].load for unit in named]))
    changes = [
        Change(unit, one[unit].name, rank, new)
        for unit, rank, new in zip(named, first.tolist(), second.tolist(), strict=True)
        if rank != new
    ]
    return Comparison(
        tau=tau,
        units=len(both),
        only_before=tuple(one[unit].name for unit in one if unit not in two),
        only_after=tuple(two[unit].name for unit in two if unit not in one),
        settings=(
            *((line, later.get(line.setting, "")) for line in measured.settings),
            *(
                (replace(line, value=""), line.value)
                for line in again.settings
                if line.setting not in sooner
            ),
        ),
        changes=tuple(sorted(changes, key=lambda one: (-abs(one.before - one.after), one.unit))),
    )


def column_label(column: str) -> str:
    """Return the name of a compared measure in Chinese and English."""
    zh, en = labels("load")[column]
    return f"{zh} · {en}"
