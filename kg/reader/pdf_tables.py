"""Ruled tables on a page: the cells between the lines, merged ones as one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.reader.pdf_lines import Line, lines_of
from kg.reader.pdf_page import Box, Glyph

__all__ = ["Cell", "Grid", "Row", "grid", "table_rows"]


@dataclass(slots=True)
class Cell:
    """A field of a table: its lines, the room for one, and how many rows it covers.

    A field below the first of its cell has no lines and is a ``ditto``; one beside
    it has neither.
    """

    lines: list[Line] = field(default_factory=list)
    room: float = 0.0
    height: int = 1
    ditto: bool = False

    @property
    def words(self) -> str:
        """The words of the cell, without the breaks of its lines."""
        return "".join(line.text for line in self.lines)


Row = list[Cell]


@dataclass(slots=True)
class Grid:
    """A ruled table: where its lines stand, and which fields make one cell.

    ``owner[row][column]`` is the field ``(row, column)`` at the top left of the cell
    that the field belongs to.
    """

    across: list[float]
    down: list[float]
    owner: list[list[tuple[int, int]]]
    glyphs: dict[tuple[int, int], list[Glyph]] = field(default_factory=dict)

    @property
    def top(self) -> float:
        """The height of the topmost line."""
        return self.down[0]

    @property
    def bottom(self) -> float:
        """The height of the lowest line."""
        return self.down[-1]

    def take(self, glyph: Glyph) -> bool:
        """Put a character into its cell; false if it stands outside."""
        column = bisect_right(self.across, (glyph.left + glyph.right) / 2) - 1
        row = bisect_right(self.down, glyph.middle) - 1
        if not (0 <= column < len(self.across) - 1 and 0 <= row < len(self.down) - 1):
            return False
        self.glyphs.setdefault(self.owner[row][column], []).append(glyph)
        return True


def grid(cells: Sequence[Box]) -> Grid | None:
    """Lay out the fields of a table that has ``cells``; nothing if there is but one column."""
    across = sorted({side for left, _, right, _ in cells for side in (left, right)})
    down = sorted({side for _, top, _, bottom in cells for side in (top, bottom)})
    if len(across) < 3 or len(cells) < 2:
        return None
    owner = [[(row, column) for column in range(len(across) - 1)] for row in range(len(down) - 1)]
    for left, top, right, bottom in cells:
        first = bisect_left(down, top), bisect_left(across, left)
        for row in range(first[0], bisect_left(down, bottom)):
            for column in range(first[1], bisect_left(across, right)):
                owner[row][column] = first
    return Grid(across, down, owner)


def table_rows(grid: Grid, page: int) -> list[Row]:
    """Return the cells of each row; a merged cell stands in the first of its fields."""
    lines = {place: lines_of(glyphs, page) for place, glyphs in grid.glyphs.items()}
    margin = _margin(grid, lines)
    rows: list[Row] = []
    for row, owners in enumerate(grid.owner):
        cells: Row = []
        for column, place in enumerate(owners):
            if place == (row, column):
                room = grid.across[_right(grid, place)] - grid.across[column] - 2 * margin
                cells.append(Cell(lines.get(place, []), room, _height(grid, place)))
            else:
                cells.append(Cell(ditto=place[0] < row and place[1] == column))
        rows.append(cells)
    return rows


def _height(grid: Grid, place: tuple[int, int]) -> int:
    """Return how many rows the cell at ``place`` covers."""
    return sum(owners[place[1]] == place for owners in grid.owner)


def _right(grid: Grid, place: tuple[int, int]) -> int:
    """Return the number of the line at the right side of the cell at ``place``."""
    owners = grid.owner[place[0]]
    return max(column for column, owner in enumerate(owners) if owner == place) + 1


def _margin(grid: Grid, lines: dict[tuple[int, int], list[Line]]) -> float:
    """Return how near print comes to the sides of a cell."""
    gaps = [
        gap
        for place, found in lines.items()
        for line in found
        for gap in (
            line.left - grid.across[place[1]],
            grid.across[_right(grid, place)] - line.right,
        )
    ]
    return max(0.0, min(_lowest(gaps), 10.0))


def _lowest(values: Sequence[float]) -> float:
    """Return a low value that some stray ones do not move."""
    ordered = sorted(values)
    return ordered[len(ordered) // 50] if ordered else 0.0
