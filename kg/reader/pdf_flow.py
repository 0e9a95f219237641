"""From the lines and tables of pages to paragraphs and whole tables."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.reader.paged import Paged, PagedWriter
from kg.reader.pdf_layout import Layout, Stream, Table, streams
from kg.reader.pdf_lines import Line, Names, cell_words
from kg.reader.pdf_tables import Cell, Row
from kg.wording import DATE_LINE, DITTO, NUMBER_LINE, outline_number

__all__ = ["flow"]

_SENTENCE_END = tuple("。；！？：…")
_INDENT = (1.2, 4.5)
_ALONE = re.compile(r"附件[\d一二三四五六七八九十]*\s*[：:]?$")
_SAME_SHARE = 0.03
_LEAST_FULL = 0.5
_MOST_HEADS = 3


@dataclass(frozen=True, slots=True)
class _Edges:
    """Between which places the lines of a kind of column stand."""

    left: float
    right: float
    flush: frozenset[str] = frozenset()
    """The styles of outline numbers that stand at the left edge without an indent."""


@dataclass(slots=True)
class _Paragraph:
    """The lines of a paragraph; ``edges`` are those of the column of its last line."""

    lines: list[Line]
    edges: _Edges
    indented: bool


def flow(pages: Sequence[Layout]) -> Paged:
    """Return the text of a file: a paragraph or row a line, cells apart by tabs."""
    parts = [stream for page in pages for stream in streams(page)]
    edges = _edges(parts)
    blocks: list[_Paragraph | Table] = []
    for part in parts:
        for item in part.items:
            above = blocks[-1] if blocks else None
            if isinstance(item, Table):
                if not isinstance(above, Table) or not _goes_on(above, item):
                    blocks.append(item)
                continue
            here = edges[_kind(part)]
            if isinstance(above, _Paragraph) and _continues(above, item, here):
                above.lines.append(item)
                above.edges = here
            else:
                indent = (item.left - here.left) / item.size
                blocks.append(_Paragraph([item], here, _INDENT[0] <= indent <= _INDENT[1]))
    return _written(blocks)


def _kind(part: Stream) -> tuple[str, int]:
    return part.side, round(part.width)


def _edges(parts: Sequence[Stream]) -> dict[tuple[str, int], _Edges]:
    """Measure the edges of each kind of column over all pages; a few lines may stick out."""
    lines: dict[tuple[str, int], list[Line]] = defaultdict(list)
    for part in parts:
        lines[_kind(part)] += [item for item in part.items if isinstance(item, Line)]
    found: dict[tuple[str, int], _Edges] = {}
    for kind, some in lines.items():
        near = 0.5 * min((line.size for line in some), default=0.0)
        edges = _Edges(
            _outermost([line.left for line in some], near),
            -_outermost([-line.right for line in some], near),
        )
        found[kind] = _Edges(edges.left, edges.right, frozenset(_flush(some, edges)))
    return found


def _outermost(places: Sequence[float], near: float) -> float:
    """Return the least place that not one line alone, nor a few in a hundred, reach."""
    ordered = sorted(places)[len(places) // 50 :]
    shared = (one for one, other in pairwise(ordered) if other - one <= near)
    return next(shared, ordered[0] if ordered else 0.0)


def _flush(lines: Sequence[Line], edges: _Edges) -> Iterator[str]:
    """Yield the styles of numbers that begin a line at the edge below one that ended early."""
    for above, line in pairwise(lines):
        number = outline_number(line.text)
        if number and _at_left(line, edges) and not _is_full(above, line, edges):
            yield number[0]


def _at_left(line: Line, edges: _Edges) -> bool:
    return line.left <= edges.left + 0.6 * line.size


def _is_full(last: Line, line: Line, edges: _Edges) -> bool:
    """Tell whether the beginning of ``line`` would not have fitted on the line before it."""
    return (
        last.right + line.head > edges.right - 0.4 * line.size
        and last.right - last.left >= _LEAST_FULL * (edges.right - edges.left)
    )


def _continues(above: _Paragraph, line: Line, edges: _Edges) -> bool:
    """Tell whether the typesetter, not the writer, began a new line here."""
    last, first = above.lines[-1], above.lines[0]
    if _ALONE.match(line.text) or DATE_LINE.match(line.text) or NUMBER_LINE.match(line.text):
        return False
    if not _is_full(last, line, above.edges):
        return False
    if abs(last.size - line.size) > 0.12 * last.size:
        return False
    number = outline_number(line.text)
    ended = last.text.endswith((*_SENTENCE_END, "）"))
    if number and ended and number[0] in ("一", *edges.flush):
        return False
    if _at_left(line, edges):
        return True
    if number or last.text.endswith(_SENTENCE_END) or last.page != line.page:
        return False
    # Lines set further in than the column's edge: a hanging or an inset paragraph.
    return (
        line.left > first.left - 0.3 * line.size and abs(line.left - last.left) < 0.3 * line.size
    ) or (
        len(above.lines) == 1
        and first.left + 0.6 * line.size < line.left < first.left + 4 * line.size
    )


def _goes_on(above: Table, table: Table) -> bool:
    """Join ``table`` to the one ``above`` it if a page only has parted them.

    The columns must have the same widths. A head that comes again is left out; a row
    torn by the page, and a merged cell that goes on, become one again.
    """
    if table.page == above.last_page or len(above.widths) != len(table.widths):
        return False
    whole, other = sum(above.widths), sum(table.widths)
    shares = zip(above.widths, table.widths, strict=True)
    if any(abs(one / whole - two / other) > _SAME_SHARE for one, two in shares):
        return False
    heads = 0
    for one, two in zip(above.rows[:_MOST_HEADS], table.rows, strict=False):
        if [cell.words for cell in one] != [cell.words for cell in two] or not _filled(one):
            break
        heads += 1
    rows = table.rows[heads:]
    if rows and len(above.rows) > heads:
        _carry_over(above.rows, rows)
        if _is_torn(above.rows, rows):
            for cell, more in zip(above.rows[-1], rows[0], strict=True):
                cell.lines += more.lines
            del rows[0]
    above.rows += rows
    above.last_page = table.page
    return True


def _filled(row: Row) -> list[int]:
    return [column for column, cell in enumerate(row) if cell.lines]


def _carry_over(above: list[Row], rows: list[Row]) -> None:
    """Join a merged cell's halves where its words stand in one of them only."""
    for column, cell in enumerate(rows[0]):
        start = len(above) - 1
        while start > 0 and above[start][column].ditto:
            start -= 1
        upper = above[start][column]
        if upper.height > 1 and not upper.lines and cell.lines and not _numbered(cell):
            upper.lines, cell.lines, cell.ditto = cell.lines, [], True
        elif cell.height > 1 and not cell.lines and upper.lines and not cell.ditto:
            cell.ditto = True


def _numbered(cell: Cell) -> bool:
    return bool(re.fullmatch(r"\d{1,4}[.、]?", cell.words.strip()))


def _is_torn(above: list[Row], rows: list[Row]) -> bool:
    """Tell whether a page's first row goes on with the last one of the page before.

    Where rows are numbered, a row whose number stands on one side only is torn.
    Elsewhere it is one that leaves cells blank and goes on in the middle of a sentence.
    """
    last, first = above[-1], rows[0]
    shared = set(_filled(last)) & set(_filled(first))
    if not _filled(last) or not _filled(first) or _is_section(last) or _is_section(first):
        return False
    body = [row for row in (*above[1:], *rows) if len(_filled(row)) > 1]
    if sum(_numbered(row[0]) for row in body) > 0.6 * len(body):
        return not (_numbered(last[0]) and _numbered(first[0])) and not first[0].ditto
    blank = [column for column in _filled(last) if not first[column].lines]
    open_ended = any(
        len(last[column].words) > 5 and not last[column].words.endswith(_SENTENCE_END)
        for column in shared
    )
    return bool(blank) and open_ended


def _is_section(row: Row) -> bool:
    """Tell whether a row is one cell over all columns."""
    return _filled(row) == [0] and bool(outline_number(row[0].words) or len(row[0].words) > 6)


def _written(blocks: Sequence[_Paragraph | Table]) -> Paged:
    names = Names("\n" + "\n".join(_plain(blocks)) + "\n")
    writer = PagedWriter()
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                _write_row(writer, row, names)
            continue
        if block.indented:
            writer.put("　", block.lines[0].page)
        before = ""
        for line in block.lines:
            latin = before[-1:].isascii() and before[-1:].isalnum() and line.text[:1].isascii()
            writer.put((" " if latin else "") + line.text, line.page)
            before = line.text
        writer.mark("\n")
    return writer.done()


def _plain(blocks: Sequence[_Paragraph | Table]) -> Iterator[str]:
    """Yield the paragraphs, and the cells that have one line, for the names in them."""
    for block in blocks:
        if isinstance(block, _Paragraph):
            yield "".join(line.text for line in block.lines)
        else:
            yield from (cell.words for row in block.rows for cell in row if len(cell.lines) == 1)


def _write_row(writer: PagedWriter, row: Row, names: Names) -> None:
    if not any(cell.lines or cell.ditto for cell in row):
        return
    for column, cell in enumerate(row):
        if column:
            writer.mark("\t")
        if cell.ditto:
            writer.mark(DITTO)
        for words, page in cell_words(cell.lines, cell.room, names):
            writer.put(words, page)
    writer.mark("\n")
