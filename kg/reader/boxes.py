"""Tables drawn with lines: cells between │, rows between ├──┼──┤.

Collections of laws keep the tables of older notices so. A cell goes on over several
lines until a line closes it in its own column, so that one beside it may go on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from unicodedata import east_asian_width

from kg.document import MappedText
from kg.wording import DITTO

__all__ = ["without_boxes"]

_SIDE = "│┃┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋┠┨┯┷┿╂║╔╗╚╝╠╣╦╩╬"
_DRAWN = "─━═"
_TABLE = re.compile(
    rf"(?m)^[ 　\t]*[{_SIDE}][^\n]*(?:\n(?:[ 　\t\r]*\n)*(?![ 　\t]*[┌┏╔])[ 　\t]*[{_SIDE}][^\n]*)*"
)
"""Lines that each begin with a side of a cell, up to where the next table opens."""
_LINE = re.compile(rf"(?m)^[ 　\t]*[{_SIDE}][^\n]*$")
_PART = re.compile(rf"[^{_SIDE}\n]+")
_RULE = re.compile(rf"[{_DRAWN} 　]*[{_DRAWN}][{_DRAWN} 　]*")
_DRAWN_ONCE = re.compile(rf"[{_SIDE}][{_DRAWN}]")
_WORDS = re.compile(r"[^ 　\t](?:[^\n]*[^ 　\t])?")


@dataclass(slots=True)
class _Cell:
    """A cell: its words line by line, and whether a row has said them."""

    words: list[tuple[str, int]] = field(default_factory=list)
    shown: bool = False


def without_boxes(raw: MappedText) -> MappedText:
    r"""Return the text with each row of a drawn table as a line of cells apart by tabs.

    >>> without_boxes(MappedText("┌─┬─┐\n│修│县│\n│路│局│\n├─┼─┤\n│架│县│\n└─┴─┘")).text
    '修 路\t县 局\n架\t县'
    """
    tables = [
        table
        for table in (_TABLE.finditer(raw.text) if _DRAWN_ONCE.search(raw.text) else ())
        if _DRAWN_ONCE.search(table.group())
    ]
    if not tables:
        return raw
    pieces: list[tuple[str, int]] = []
    done = 0
    for table in tables:
        pieces.append((raw.text[done : table.start()], done))
        pieces += _rows(raw.text, table.start(), table.end())
        done = table.end()
    pieces.append((raw.text[done:], done))
    return MappedText.of(pieces).over(raw)


def _rows(text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    """Yield the rows of one table; what they show is mapped to where it stands.

    A row ends where a line closes a cell of it; cells that go on are said once.
    """
    lines = [list(_parts(text, *line.span())) for line in _LINE.finditer(text, start, end)]
    borders = _borders(max(lines, key=len))
    cells = [_Cell() for _ in borders]
    rows: list[list[_Cell]] = []
    for line in lines:
        columns = _columns(line, borders)
        ruled = {c for c, part in zip(columns, line, strict=True) if _RULE.fullmatch(part[0])}
        if ruled:
            rows.append(list(cells))
            for column in ruled:
                cells[column] = _Cell()
        for column, (words, offset, _) in zip(columns, line, strict=True):
            inner = None if column in ruled else _WORDS.search(words)
            if inner:
                cells[column].words.append((inner.group(), offset + inner.start()))
    begun = False
    for row in (*rows, cells):
        if any(cell.words and not cell.shown for cell in row):
            if begun:
                yield "\n", start
            begun = True
            yield from _row(row, start)


def _row(cells: Sequence[_Cell], start: int) -> Iterator[tuple[str, int]]:
    """Yield the words of a row, or that a cell goes on from the row above."""
    for index, cell in enumerate(cells):
        offset = cell.words[0][1] if cell.words else start
        if index:
            yield "\t", offset
        if cell.shown:
            yield DITTO, offset
            continue
        for number, (words, place) in enumerate(cell.words):
            if number:
                yield " ", place
            yield words, place
        cell.shown = bool(cell.words)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield what stands between the sides of a line: words, their place, their width."""
    for part in _PART.finditer(text, start, end):
        if part.start() > start and text[part.start() - 1] in _SIDE and part.end() < end:
            yield part.group(), part.start(), _width(part.group())


def _width(words: str) -> int:
    """Return how many columns of a screen words take."""
    return sum(1 + (east_asian_width(c) in "WFA") for c in words)


def _borders(line: Sequence[tuple[str, int, int]]) -> list[int]:
    """Return where the columns of the line with the most of them begin."""
    borders, reached = [], 0
    for _, _, width in line:
        borders.append(reached)
        reached += width + 2
    return borders


def _columns(line: Sequence[tuple[str, int, int]], borders: Sequence[int]) -> list[int]:
    """Return the column of each part of a line; a merged cell stands in its first one."""
    if len(line) == len(borders):
        return list(range(len(line)))
    columns: list[int] = []
    reached = 0
    for index, (_, _, width) in enumerate(line):
        left = len(line) - index - 1
        open_ones = range(columns[-1] + 1 if columns else 0, len(borders) - left)
        columns.append(min(open_ones, key=lambda column: abs(borders[column] - reached)))
        reached += width + 2
    return columns
