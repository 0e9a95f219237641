"""The matrix of who leads whom, with rows and columns in an order that shows blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.pages.numbers import Numbers

__all__ = ["Matrix", "lead_matrix", "seriated"]

MOST_ROWS = 40
MOST_COLUMNS = 60
Table = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Heads of tasks (rows) by the units that they lead (columns).

    ``tasks[row][column]`` are the ids of the tasks; ``left_out`` is the number of
    pairs that have no place in a matrix of this size.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    tasks: tuple[tuple[tuple[str, ...], ...], ...]
    left_out: int

    @property
    def most(self) -> int:
        """The greatest number of tasks in a cell."""
        return max((len(cell) for row in self.tasks for cell in row), default=0)


def lead_matrix(numbers: Numbers) -> Matrix:
    """Return the matrix over the heaviest units, seriated."""
    rank = {unit: place for place, unit in enumerate(numbers.loads)}
    every = [pair for pair in numbers.arcs if pair[0] in rank and pair[1] in rank]
    heads = sorted({head for head, _ in every}, key=rank.__getitem__)[:MOST_ROWS]
    led = sorted({unit for _, unit in every}, key=rank.__getitem__)[:MOST_COLUMNS]
    table = np.array([[len(numbers.arcs.get((a, b), ())) for b in led] for a in heads], dtype=float)
    if not table.size:
        return Matrix((), (), (), len(every))
    rows = tuple(heads[place] for place in seriated(table))
    columns = tuple(led[place] for place in seriated(table.T))
    tasks = tuple(tuple(numbers.arcs.get((a, b), ()) for b in columns) for a in rows)
    shown = sum(bool(cell) for row in tasks for cell in row)
    return Matrix(rows, columns, tasks, len(every) - shown)


def seriated(table: Table) -> Sequence[int]:
    """Return an order of the rows in which like stands beside like.

    Notes
    -----
    Average linkage over cosine distances, then the order of the tree's leaves
    with the least sum of distances between neighbours [1]_. Rows without a
    positive cell come last.

    References
    ----------
    .. [1] Bar-Joseph, Gifford, Jaakkola: Fast optimal leaf ordering for
       hierarchical clustering, 2001.
    """
    filled = [place for place, row in enumerate(table) if row.any()]
    empty = [place for place, row in enumerate(table) if not row.any()]
    if len(filled) < 3:
        return filled + empty
    from scipy.cluster.hierarchy import leaves_list, linkage, optimal_leaf_ordering
    from scipy.spatial.distance import pdist

    # The root of a count is what a cell's shade shows; rounding keeps ties ties.
    distances = np.round(pdist(np.sqrt(table[filled]), "cosine"), 9).clip(min=0.0)
    tree = optimal_leaf_ordering(linkage(distances, "average"), distances)
    order = [filled[int(place)] for place in leaves_list(tree)]
    # A tree may be read from either side: the heavier end goes first.
    weights = [float(table[place].sum()) for place in order]
    half = len(order) // 2
    if sum(weights[:half]) < sum(weights[-half:]):
        order.reverse()
    return order + empty
