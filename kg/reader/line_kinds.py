"""The lines of a text, and what each of them is: a row, a label, a date, running text."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cache

from kg.reader.spaces import is_name_line
from kg.wording import DATE_LINE, HAN, LABEL_LINE, ends_like_unit, number_line, outline_number

__all__ = ["Line", "LineKind", "lines_of"]

_CONTENTS_LINE = re.compile(rf"^[^。]*[{HAN}）》][\s.…⋯·]{{2,}}(?:\d{{1,3}}|（\d{{1,3}}）)$")
_ATTACHMENT_LINE = re.compile(r"附件\s*[\d一二三四五六七八九十]*\s*[：:]?$")
_COVER_LINE = re.compile(
    rf"[{HAN}]{{2,30}}公报$|(?:19|20)\d\d年?$|(?:总?第\d+[期号]|（总第\d+[期号]）)+$|[{HAN}]{{2,30}}主办$|目录$|[A-Z]{{2,8}}[-—]\d{{4}}[-—]\d{{3,6}}$"
)
_PAGE_NUMBER = re.compile(
    r"(?:[-—－–·~]\s*)+\d{1,4}\s*(?:[-—－–·~]\s*)*$|第\d{1,4}页(?:共\d{1,4}页)?$|\d{1,3}$"
)
_LINE = re.compile(r"[^\n]+")
_OWN_LABEL = re.compile(
    rf"(?P<name>[{HAN}]{{2,6}}?)(?P<number>[一二三四五六七八九十]{{1,3}}|\d{{1,2}})?[：:](?=.)"
)
"""A label such as 事项来源： or 督办事项二：."""

_SIGNATURE_LENGTH = 48
_LONG, _WIDEST = 40, 130
"""Widths in half characters: of a line that may be full, and of the widest page."""
_FEW_LONG = 12
"""How many long lines a text has at least whose lines are measured."""
_MARGIN = 0.8
"""Where the line that reaches the margin stands among the long ones, by width."""
_RAGGED = 0.07
"""How much full lines differ in width: marks and numbers take less room than they count for."""
_MOSTLY, _RARELY = 0.4, 0.02
"""Part of the long lines that are full at least, and that are longer at the most."""


class LineKind(Enum):
    """What a line is, or begins with; ``TEXT`` is anything else."""

    TEXT = auto()
    OUTLINE = auto()
    LABEL = auto()
    NUMBER = auto()
    DATE = auto()
    TABLE = auto()
    NAME = auto()
    CONTENTS = auto()
    ATTACHMENT = auto()
    SIGNATURE = auto()
    COVER = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds something, without the spaces around it.

    ``indented`` says that a full-width space stands before it, ``full`` that it is as long
    as lines are in a text whose lines have one length.
    """

    start: int
    end: int
    text: str
    indented: bool
    kind: LineKind
    full: bool = False


def lines_of(text: str) -> list[Line]:
    """Return the lines that hold something, with what each begins."""
    lines: list[Line] = []
    for match in _LINE.finditer(text):
        raw = match.group()
        left = raw.lstrip(" 　")
        stripped = left.rstrip(" 　\t") if "\t" not in left.strip(" 　\t") else left.rstrip(" 　")
        if not stripped.strip("\t") or _PAGE_NUMBER.match(stripped):
            continue
        start = match.start() + len(raw) - len(left)
        lines.append(
            Line(
                start,
                start + len(stripped),
                stripped,
                "　" in raw[: len(raw) - len(left)],
                _kind(stripped),
            )
        )
    lines = _with_own_labels(_measured(lines))
    for index, line in enumerate(lines[:-1]):
        signs = lines[index + 1].kind is LineKind.DATE and len(line.text) <= _SIGNATURE_LENGTH
        if signs and line.kind is LineKind.TEXT and ends_like_unit(line.text):
            lines[index] = replace(line, kind=LineKind.SIGNATURE)
    return lines


def _with_own_labels(lines: list[Line]) -> list[Line]:
    """Take for labels what several lines of the text begin with, whatever it says."""
    heads = [_OWN_LABEL.match(line.text) if line.kind is LineKind.TEXT else None for line in lines]
    counts = Counter(head["name"] for head in heads if head)
    return [
        replace(line, kind=LineKind.LABEL) if head and counts[head["name"]] > 1 else line
        for line, head in zip(lines, heads, strict=True)
    ]


def _measured(lines: list[Line]) -> list[Line]:
    """Mark the full lines of a text that was printed, where each line ends at the margin.

    Such a text has many long lines, most of them of one length and hardly one longer.
    """
    widths = [0 if line.kind is LineKind.TABLE else _width(line.text) for line in lines]
    long = sorted(width for width in widths if width >= _LONG)
    if len(long) < _FEW_LONG:
        return lines
    margin = long[int(len(long) * _MARGIN)]
    full = [(1 - _RAGGED) * margin <= width <= (1 + _RAGGED) * margin for width in widths]
    longer = sum(width > (1 + _RAGGED) * margin for width in long)
    if longer > _RARELY * len(long) or margin > _WIDEST or sum(full) < _MOSTLY * len(long):
        return lines
    return [replace(line, full=is_full) for line, is_full in zip(lines, full, strict=True)]


def _width(words: str) -> int:
    """Return how wide words are printed, in half characters."""
    return sum(map(_width_of, words))


@cache
def _width_of(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


def _kind(line: str) -> LineKind:
    if "\t" in line:
        return LineKind.TABLE
    if number_line(line):
        return LineKind.NUMBER
    if DATE_LINE.match(line):
        return LineKind.DATE
    if _ATTACHMENT_LINE.match(line):
        return LineKind.ATTACHMENT
    if _COVER_LINE.match(line):
        return LineKind.COVER
    if LABEL_LINE.match(line):
        return LineKind.LABEL
    if is_name_line(line):
        return LineKind.NAME
    if outline_number(line):
        return LineKind.OUTLINE
    if _CONTENTS_LINE.match(line):
        return LineKind.CONTENTS
    return LineKind.TEXT
