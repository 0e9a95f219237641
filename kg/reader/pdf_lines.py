"""Lines of print: characters that stand side by side, and how lines go on.

A line that the next word would not have fitted on was broken by the typesetter, a
shorter one by the writer: that is all that print tells about where lines belong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.reader.pdf_page import Glyph
from kg.wording import HAN, ends_like_unit

__all__ = ["Line", "Names", "cell_words", "lines_of", "pieces_of"]

_OPENERS = "（《“‘〔【"
_CLOSERS = "，。、；：！？）》”’〕】%％"
# A quotation mark that may open or close is parted from neither side (Unicode UAX #14, QU).
_HEAD = re.compile(rf"[{_OPENERS}]*(?:[A-Za-z0-9.]+|.)(?:[\"']+(?:[A-Za-z0-9.]+|.))*[{_CLOSERS}]*")
_LEVEL = re.compile(r"(?:[各市区县省州旗]|自治|国家|属地|街道|相关|有关)")
_BRANCH = re.compile(rf"[{HAN}]{{2,3}}分(?:局|中心|公司|行|院)")
_SENTENCE = re.compile(r"[。；！？]")
_LISTED = re.compile(rf"(?<=[、，：；（）。\n])[{HAN}]{{3,20}}(?=[、，；（）。\n])")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print on a page (counted from 1).

    ``size`` is the width of a full character, ``head`` the width of what cannot be
    parted at the line's beginning.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    head: float
    page: int


def lines_of(glyphs: Iterable[Glyph], page: int) -> list[Line]:
    """Group characters into lines, from top to bottom."""
    return [line for row in _rows(glyphs) if (line := _line(row, page)) is not None]


def pieces_of(glyphs: Iterable[Glyph], page: int, gap: float) -> list[list[Line]]:
    """Group characters into lines, each cut where ``gap`` characters' width is blank."""
    found: list[list[Line]] = []
    for row in _rows(glyphs):
        pieces: list[list[Glyph]] = []
        for glyph in sorted(row, key=lambda glyph: glyph.left):
            if glyph.text.isspace():
                continue
            if not pieces or glyph.left - pieces[-1][-1].right > gap * _width(glyph):
                pieces.append([])
            pieces[-1].append(glyph)
        spaces = [glyph for glyph in row if glyph.text.isspace()]
        for piece in pieces:
            # A space in the gap between two pieces belongs to neither.
            left, right = piece[0].left, piece[-1].left
            piece += [space for space in spaces if left < space.left < right]
        if pieces:
            found.append([line for piece in pieces if (line := _line(piece, page))])
    return found


def _width(glyph: Glyph) -> float:
    """Return the width of a full character in the font of ``glyph``, nearly."""
    return max(glyph.right - glyph.left, glyph.size * 0.7)


def _rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    rows: list[list[Glyph]] = []
    middle = size = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: glyph.middle):
        if rows and glyph.middle - middle <= 0.45 * min(size, max(glyph.size, 1.0)):
            rows[-1].append(glyph)
            middle += (glyph.middle - middle) / len(rows[-1])
            size = max(size, glyph.size)
        else:
            rows.append([glyph])
            middle, size = glyph.middle, glyph.size
    return rows


def _line(row: Sequence[Glyph], page: int) -> Line | None:
    """Set characters side by side; a blank gap between them becomes a space."""
    words: list[str] = []
    before: Glyph | None = None
    kept: list[Glyph] = []
    row = sorted(row, key=lambda glyph: glyph.left)
    stretch = _stretch(row)
    for glyph in row:
        if before is not None:
            # Bold type is often the same character printed twice.
            if before.text == glyph.text and glyph.left - before.left < 0.3 * _width(glyph):
                continue
            mixed = before.text.isascii() != glyph.text.isascii()
            gap = glyph.left - before.right - stretch
            if gap > (0.6 if mixed else 0.18) * _width(glyph) and not words[-1].isspace():
                words.append(" ")
        words.append(glyph.text)
        before = glyph
        if not glyph.text.isspace():
            kept.append(glyph)
    if not kept:
        return None
    text = "".join(words).strip()
    sizes = sorted(_width(glyph) for glyph in kept)
    head = _HEAD.match(text)
    last = kept[min(len(head.group()) if head else 1, len(kept)) - 1]
    return Line(
        text,
        kept[0].left,
        min(glyph.top for glyph in kept),
        max(glyph.right for glyph in kept),
        max(glyph.bottom for glyph in kept),
        sizes[len(sizes) // 2],
        last.right - kept[0].left,
        page,
    )


def _stretch(row: Sequence[Glyph]) -> float:
    """Return by how much a justified line sets its characters apart."""
    gaps = sorted(right.left - left.right for left, right in pairwise(row))
    return max(0.0, gaps[len(gaps) // 2]) if gaps else 0.0


class Names:
    """The names that a document sets between marks, to tell two names from a torn one."""

    def __init__(self, text: str) -> None:
        self._known = {name for name in _LISTED.findall(text) if ends_like_unit(name)}
        self._lengths = sorted({len(name) for name in self._known}, reverse=True)

    def part(self, before: str, after: str) -> bool:
        """Tell whether one name ends before a break at a full line and another begins."""
        if len(before) < 3 or not ends_like_unit(before) or _BRANCH.match(after):
            return False
        if _LEVEL.match(after):
            return True
        return before in self._known and any(
            after[:length] in self._known for length in self._lengths
        )


def cell_words(lines: Sequence[Line], room: float, names: Names) -> list[tuple[str, int]]:
    """Join the lines of a cell that has ``room`` for a line; give each its page.

    A space stands where the writer ended a line. In a column as narrow as two
    characters every line is full: there names tell where one ends.
    """
    if not lines:
        return []
    words = [(lines[0].text, lines[0].page)]
    prose = any(_SENTENCE.search(line.text) for line in lines)
    name = lines[0].text
    for index, line in enumerate(lines[1:], start=1):
        before = lines[index - 1]
        ended = before.right - before.left + line.head < room - 0.15 * line.size
        ended = ended and not name.endswith(tuple("、，" + _OPENERS))
        name = re.split(r"[ 、，]", name)[-1]
        if not ended and not prose:
            after = "".join(following.text for following in lines[index : index + 12])
            ended = names.part(name, re.split(r"[ 、，]", after)[0])
        latin = name[-1:].isascii() and line.text[:1].isalpha() and line.text[:1].isascii()
        space = " " if ended or latin else ""
        words.append((space + line.text, line.page))
        name += space + line.text
    return words
