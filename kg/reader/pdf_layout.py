"""The order of a PDF: running heads left out, columns one after the other, tables whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg.reader.pdf_lines import Line, pieces_of
from kg.reader.pdf_page import Page
from kg.reader.pdf_tables import Cell, Row, grid, table_rows

__all__ = ["Layout", "Stream", "Table", "layout", "streams", "without_running_heads"]

_GAP = 1.5
_EDGE_LINES = 2
_SAME_HEIGHT = 6.0
_PAGE_NUMBER = re.compile(
    r"[—–\-·•~\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／,，]?\s*(?:共\s*)?\d{1,4}(?:\s*页)?)?[—–\-·•~\s]*$"
)
_DASHED = re.compile(r"[—–\-·•~]\s*\d{1,4}\s*[—–\-·•~]$|第\s*\d{1,4}\s*页")
_LEAST_COLUMN = 4
_LEAST_UNRULED = 3


@dataclass(slots=True)
class Table:
    """The rows of a table on one page, and the widths of its columns."""

    top: float
    bottom: float
    rows: list[Row]
    widths: tuple[float, ...]
    page: int
    last_page: int


@dataclass(slots=True)
class Layout:
    """One page: its lines, each in the pieces that blank gaps part, and its tables."""

    number: int
    width: float
    height: float
    lines: list[list[Line]]
    tables: list[Table]
    images: int


@dataclass(slots=True)
class Stream:
    """Lines and tables that are read one after the other, between two edges."""

    side: str
    width: float
    items: list[Line | Table] = field(default_factory=list)


def layout(page: Page, number: int) -> Layout:
    """Tell the tables of a page from its lines."""
    grids = [found for cells in page.tables if (found := grid(cells)) is not None]
    rest = [glyph for glyph in page.glyphs if not any(found.take(glyph) for found in grids)]
    tables = []
    for found in grids:
        if len(found.glyphs) > 1:
            widths = tuple(right - left for left, right in pairwise(found.across))
            rows = table_rows(found, number)
            tables.append(Table(found.top, found.bottom, rows, widths, number, number))
        else:
            rest += [glyph for glyphs in found.glyphs.values() for glyph in glyphs]
    lines, unruled = _unruled(pieces_of(rest, number, _GAP), number)
    return Layout(number, page.width, page.height, lines, tables + unruled, page.images)


def _unruled(lines: list[list[Line]], page: int) -> tuple[list[list[Line]], list[Table]]:
    """Tell tables without rules, whose rows are a line each, from the other lines."""
    runs: list[list[list[Line]]] = []
    for line in lines:
        if runs and _in_columns(runs[-1][-1], line):
            runs[-1].append(line)
        else:
            runs.append([line])
    rest, tables = [], []
    for run in runs:
        if len(run) == 1:
            rest += run
            continue
        rows = [[Cell([piece]) for piece in line] for line in run]
        sides = [min(piece.left for piece in column) for column in zip(*run, strict=True)]
        sides.append(max(line[-1].right for line in run))
        widths = tuple(right - left for left, right in pairwise(sides))
        top, bottom = run[0][0].top, run[-1][-1].bottom
        tables.append(Table(top, bottom, rows, widths, page, page))
    return rest, tables


def _in_columns(above: list[Line], line: list[Line]) -> bool:
    """Tell whether two lines have the same blank stripes between at least three pieces."""
    return len(above) == len(line) >= _LEAST_UNRULED and all(
        max(one.right, other.right) < min(next_one.left, next_other.left)
        for (one, next_one), (other, next_other) in zip(
            pairwise(above), pairwise(line), strict=True
        )
    )


def without_running_heads(pages: Sequence[Layout]) -> None:
    """Take out page numbers, and lines that come again at the edge of the pages.

    A line counts when it stands among the first or last lines of a page, at the same
    height, and differs from page to page at most in its digits.
    """
    edges = [(page, index) for page in pages for index in _edge(page)]
    counts = Counter(_key(pages, page, index) for page, index in edges)
    few = max(2, min(3, len(pages)))
    running = {
        id(page.lines[index]) for page, index in edges if counts[_key(pages, page, index)] >= few
    }
    for page in pages:
        for index in _edge(page):
            words = _words(page.lines[index])
            outer = index in (0, len(page.lines) - 1)
            if outer and _DASHED.match(words) and _PAGE_NUMBER.match(words):
                running.add(id(page.lines[index]))
        page.lines = [line for line in page.lines if id(line) not in running]


def _edge(page: Layout) -> list[int]:
    """Return the numbers of the lines at the top and the bottom of a page.

    A line is at the edge only if no table stands between it and the edge.
    """
    count = len(page.lines)
    numbers = sorted({*range(min(_EDGE_LINES, count)), *range(max(0, count - _EDGE_LINES), count)})
    tops = min((table.top for table in page.tables), default=page.height)
    bottoms = max((table.bottom for table in page.tables), default=0.0)
    return [
        number
        for number in numbers
        if (number < _EDGE_LINES and page.lines[number][0].top < tops)
        or (number >= count - _EDGE_LINES and page.lines[number][0].bottom > bottoms)
    ]


def _key(pages: Sequence[Layout], page: Layout, index: int) -> tuple[str, int, bool]:
    line = page.lines[index]
    upper = line[0].top < page.height / 2
    height = line[0].top if upper else page.height - line[0].bottom
    return re.sub(r"\d+", "#", _words(line)), round(height / _SAME_HEIGHT), upper


def _words(pieces: Sequence[Line]) -> str:
    return re.sub(r"\s+", "", "".join(piece.text for piece in pieces))


def streams(page: Layout) -> Iterator[Stream]:
    """Yield what a page holds in the order of reading: the left column, then the right."""
    gutter = _gutter(page)
    whole = Stream("whole", page.width)
    sides = Stream("left", page.width), Stream("right", page.width)
    for item in _in_order(page):
        if gutter and not isinstance(item, Table):
            halves = _halves(item, gutter)
            if halves is not None:
                if whole.items:
                    yield whole
                    whole = Stream("whole", page.width)
                for side, pieces in zip(sides, halves, strict=True):
                    if pieces:
                        side.items.append(_joined(pieces))
                continue
        if sides[0].items or sides[1].items:
            yield from sides
            sides = Stream("left", page.width), Stream("right", page.width)
        whole.items.append(item if isinstance(item, Table) else _joined(item))
    yield from (stream for stream in (*sides, whole) if stream.items)


def _in_order(page: Layout) -> list[list[Line] | Table]:
    placed: list[tuple[float, list[Line] | Table]] = [(line[0].top, line) for line in page.lines]
    placed += [(table.top, table) for table in page.tables]
    return [item for _, item in sorted(placed, key=lambda pair: pair[0])]


def _joined(pieces: Sequence[Line]) -> Line:
    """Return a line's pieces as one line, a space in each gap."""
    first, last = pieces[0], pieces[-1]
    return Line(
        " ".join(piece.text for piece in pieces),
        first.left,
        min(piece.top for piece in pieces),
        last.right,
        max(piece.bottom for piece in pieces),
        first.size,
        first.head,
        first.page,
    )


def _gutter(page: Layout) -> float | None:
    """Return where the blank stripe between two columns stands, if there are two.

    Both sides must hold several lines that fill most of their half, at the same
    heights of the page, and few lines may cross.
    """
    pieces = [piece for line in page.lines for piece in line]
    if len(pieces) < 2 * _LEAST_COLUMN:
        return None
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    best: tuple[int, float] | None = None
    place = left + 0.35 * (right - left)
    while place < left + 0.65 * (right - left):
        crossing = sum(piece.left < place < piece.right for piece in pieces)
        if best is None or crossing < best[0]:
            best = (crossing, place)
        place += 3.0
    if best is None or best[0] > 0.3 * len(pieces):
        return None
    gutter = best[1]
    ones = [piece for piece in pieces if piece.right <= gutter]
    others = [piece for piece in pieces if piece.left >= gutter]
    if min(len(ones), len(others)) < _LEAST_COLUMN:
        return None
    for side, room in ((ones, gutter - left), (others, right - gutter)):
        widths = sorted(piece.right - piece.left for piece in side)
        if widths[len(widths) // 2] < 0.6 * room:
            return None
    shared = min(max(p.bottom for p in ones), max(p.bottom for p in others)) - max(
        min(p.top for p in ones), min(p.top for p in others)
    )
    return gutter if shared > 0 else None


def _halves(pieces: Sequence[Line], gutter: float) -> tuple[list[Line], list[Line]] | None:
    """Part a line at the gutter; nothing if one of its pieces crosses it."""
    if any(piece.left < gutter < piece.right for piece in pieces):
        return None
    left = [piece for piece in pieces if piece.right <= gutter]
    return left, [piece for piece in pieces if piece.left >= gutter]
