"""The bipartite configuration model, and sums of unlike coin tosses, in NumPy."""

from __future__ import annotations

import numpy as np

from kg.measures.arrays import Complexes, Floats, Ints

__all__ = ["benjamini_hochberg", "characteristic", "fit_bicm", "points_needed", "tails"]

_CLOSE = 1e-10
_TAIL = 34.5
"""The logarithm of 1e15."""
_FEW = 6
"""Up to this power, multiplying is faster than NumPy's complex power."""


def fit_bicm(
    rows: Ints, row_count: Ints, columns: Ints, column_count: Ints, steps: int = 200
) -> Floats:
    r"""Fit the bipartite configuration model to degrees.

    The model of greatest entropy in which every row and column has its degree
    on average:

    .. math::

        \pi_{ij} = \frac{x_i y_j}{1 + x_i y_j}, \quad
        \sum_j \pi_{ij} = d_i, \quad \sum_i \pi_{ij} = k_j

    Parameters
    ----------
    rows, columns
        The different degrees of rows and of columns.
    row_count, column_count
        How many rows and columns have each degree.
    steps
        The greatest number of Newton steps.

    Returns
    -------
    Floats
        The chance of a one, by degree of the row and degree of the column.

    Notes
    -----
    Rows of equal degree have equal chances, so the equations are solved for
    degrees and not for rows. Newton's method goes on where the solution lies at
    infinity (a row that has every column): each step there divides the
    distance by e, and what is within 1e-10 of 0 or 1 becomes 0 or 1.

    References
    ----------
    Saracco, F., Straka, M. J., Di Clemente, R., Gabrielli, A., Caldarelli, G.,
    Squartini, T. (2017). Inferring monopartite projections of bipartite
    networks: an entropy-based approach. New Journal of Physics 19, 053022.
    doi:10.1088/1367-2630/aa6b38

    Examples
    --------
    >>> import numpy as np
    >>> # Three rows and three columns, every degree 2: each cell has 2/3.
    >>> fit_bicm(np.array([2]), np.array([3]), np.array([2]), np.array([3])).round(6).tolist()
    [[0.666667]]
    """
    above = rows[:, None] * columns[None, :] / max(float((rows * row_count).sum()), 1.0)
    first = np.clip(above, 1e-6, 0.9)
    logits = np.log(first / (1 - first))
    # Start from the rank-one part of that guess; the last column is the gauge.
    left, right = logits.mean(axis=1), logits.mean(axis=0) - logits.mean()
    for _ in range(steps):
        chance = 1 / (1 + np.exp(-(left[:, None] + right[None, :])))
        weighted = chance * row_count[:, None] * column_count[None, :]
        off_rows = rows * row_count - weighted.sum(axis=1)
        off_columns = columns * column_count - weighted.sum(axis=0)
        if max(np.abs(off_rows).max(), np.abs(off_columns).max()) < _CLOSE:
            break
        step = _newton_step(weighted * (1 - chance), off_rows, off_columns)
        # Far from the solution a whole step may overshoot; 3 in the exponent is far.
        step *= min(1.0, 3.0 / max(float(np.abs(step).max()), 1e-300))
        left = left + step[: len(rows)]
        right = right + np.append(step[len(rows) :], 0.0)
    chance = 1 / (1 + np.exp(-(left[:, None] + right[None, :])))
    chance[chance < 10 * _CLOSE] = 0.0
    chance[chance > 1 - 10 * _CLOSE] = 1.0
    return np.asarray(chance, dtype=np.float64)


def _newton_step(curve: Floats, off_rows: Floats, off_columns: Floats) -> Floats:
    """Solve the linear system of one Newton step, the last column held fixed."""
    height = len(off_rows)
    size = height + len(off_columns) - 1
    hessian = np.zeros((size, size))
    hessian[:height, :height] = np.diag(curve.sum(axis=1))
    hessian[height:, height:] = np.diag(curve.sum(axis=0)[:-1])
    hessian[:height, height:] = curve[:, :-1]
    hessian[height:, :height] = curve[:, :-1].T
    # A ridge far below every curvature keeps flat directions solvable.
    hessian[np.diag_indices(size)] += 1e-14 * max(float(hessian.diagonal().max()), 1e-6)
    step = np.linalg.solve(hessian, np.concatenate([off_rows, off_columns[:-1]]))
    return np.asarray(step, dtype=np.float64)


def points_needed(mean: Floats, variance: Floats, most: Ints, seen: Ints) -> Ints:
    """Return a number of values that leaves less than 1e-15 of each sum outside.

    By Bernstein's inequality; never more than the sum can reach, and always
    enough for what was seen.
    """
    reach = mean + _TAIL / 3 + np.sqrt(_TAIL**2 / 9 + 2 * _TAIL * variance)
    values: Ints = np.maximum(np.minimum(most, np.ceil(reach).astype(np.int64)), seen) + 1
    return values


def characteristic(chance: Floats, count: Ints, points: int) -> Complexes:
    r"""Return the characteristic function of sums of unlike coin tosses.

    .. math:: \varphi(\omega) = \prod_k (1 + p_k (e^{i\omega} - 1))^{n_k}

    Parameters
    ----------
    chance
        The chances of the tosses, a row a sum.
    count
        How many tosses each column stands for.
    points
        The number of values from 0 on that the sum may have.

    Returns
    -------
    Complexes
        A row a sum, a column for each of ``points // 2 + 1`` frequencies.

    Examples
    --------
    >>> import numpy as np
    >>> characteristic(np.array([[0.5]]), np.array([2]), 3).real.round(4).tolist()
    [[1.0, -0.125]]
    """
    turn = np.exp(2j * np.pi * np.arange(points // 2 + 1) / points) - 1
    product = np.ones((len(chance), len(turn)), dtype=np.complex128)
    for place, many in enumerate(count.tolist()):
        one = 1 + chance[:, place, None] * turn
        if many <= _FEW:
            for _ in range(many):
                product *= one
        else:
            product *= one**many
    return product


def tails(function: Complexes, points: int, seen: Ints) -> tuple[Floats, Floats]:
    r"""Return the chances of at least, and of at most, so many.

    .. math::

        P(X = k) = \frac{1}{N} \sum_{j=0}^{N-1} \varphi(2\pi j / N)\, e^{-2\pi i jk / N}

    Parameters
    ----------
    function
        From :func:`characteristic`; for a sum over several models, their
        product.
    points
        N, the number of values.
    seen
        The value of each sum that was seen.

    Returns
    -------
    tuple of Floats
        P(X >= seen) and P(X <= seen), exact but for rounding (about 1e-15).

    References
    ----------
    Hong, Y. (2013). On computing the distribution function for the Poisson
    binomial distribution. Computational Statistics & Data Analysis 59, 41-51.
    doi:10.1016/j.csda.2012.10.006

    Examples
    --------
    >>> import numpy as np
    >>> # Two tosses with 1/2 and 1/4: P(X >= 1) = 5/8, P(X <= 1) = 7/8.
    >>> function = characteristic(np.array([[0.5, 0.25]]), np.array([1, 1]), 3)
    >>> [round(float(one[0]), 12) for one in tails(function, 3, np.array([1]))]
    [0.625, 0.875]
    """
    # irfft turns the other way, so the function is conjugated.
    mass = np.maximum(np.fft.irfft(np.conj(function), n=points, axis=-1), 0.0)
    at = seen[:, None]
    below = np.cumsum(mass, axis=-1)
    above = np.cumsum(mass[:, ::-1], axis=-1)[:, ::-1]
    more = np.take_along_axis(above, at, axis=-1)[:, 0]
    fewer = np.take_along_axis(below, at, axis=-1)[:, 0]
    return np.clip(more, 0.0, 1.0), np.clip(fewer, 0.0, 1.0)


def benjamini_hochberg(chances: Floats) -> Floats:
    r"""Turn p values into q values: the false discovery rate at which each counts.

    .. math:: q_{(i)} = \min_{j \ge i} \min\left(1, \frac{m}{j} p_{(j)}\right)

    Parameters
    ----------
    chances
        The p values of all tests, also of those that nobody asks about.

    Returns
    -------
    Floats
        The q values in the same order.

    References
    ----------
    Benjamini, Y., Hochberg, Y. (1995). Controlling the false discovery rate.
    Journal of the Royal Statistical Society B 57(1), 289-300.
    doi:10.1111/j.2517-6161.1995.tb02031.x

    Examples
    --------
    >>> import numpy as np
    >>> benjamini_hochberg(np.array([0.01, 0.04, 0.03, 0.5])).round(6).tolist()
    [0.04, 0.053333, 0.053333, 0.5]
    """
    count = len(chances)
    order = np.argsort(chances, kind="stable")
    scaled = chances[order] * count / np.arange(1, count + 1)
    scaled = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    result = np.empty(count)
    result[order] = scaled
    return result
