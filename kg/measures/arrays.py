"""The arrays that measures are computed in, and sums over groups."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["Bools", "Complexes", "Floats", "Ints", "ratio", "sum_by"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Complexes = NDArray[np.complex128]


def sum_by(group: Ints, values: Floats | Ints | Bools, groups: int) -> Floats:
    """Sum values by group, in the order in which they stand.

    Examples
    --------
    >>> import numpy as np
    >>> sum_by(np.array([0, 2, 0]), np.array([1.0, 2.0, 3.0]), 3).tolist()
    [4.0, 0.0, 2.0]
    """
    summed = np.bincount(group, weights=np.asarray(values, dtype=np.float64), minlength=groups)
    return np.asarray(summed, dtype=np.float64)


def ratio(above: Floats, below: Floats) -> Floats:
    """Divide, and give NaN where there is nothing to divide by."""
    result = np.full(len(above), np.nan)
    np.divide(above, below, out=result, where=below > 1e-12)
    return result
