"""Tables whose cells have come apart into lines.

Copied from a web page a table may come with a line for each cell; pasted from a
text processor a row may break where one of its cells does. The head tells how
many cells a row has, and the numbers in the first column where each row begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.document import Edit
from kg.wording import DATE_LINE, HAN, ROLE_LABEL, ends_like_unit, outline_number

__all__ = ["cell_line_edits", "torn_row_edits"]

_LINE = re.compile(r"[^\n]*[^\s][^\n]*")
_SERIAL = re.compile(r"序[ 　]*号|编[ 　]*号")
_NUMBERED_ROW = re.compile(r"(?m)^[ 　]*(?:(?P<serial>[序编][ 　]*号)|\d{1,3})[ 　]*\t.*$")
_SERIAL_LINE = re.compile(r"(?:序[ 　]*号|编[ 　]*号)[ 　\t\r|]*$", re.MULTILINE)
_HEAD_CELL = re.compile(rf"(?=[^{HAN}]*[{HAN}])[{HAN}\d（）/、— 　-]{{2,16}}")
_MOST_COLUMNS = 12
_MOST_LINES = 24
"""How many lines a row may have at the most."""

_UNIT_HEAD = re.compile(r"单位|部门|主体|分工|责任(?!人)")
_PERSON_HEAD = re.compile(r"领导|责任人|联系人")
_TIME_HEAD = re.compile(r"时限|时间|进度|期限|节点")
_TIME = re.compile(r"\d.*[年月日]|长期|持续|全年|[年月]底|季度|常态|上旬|中旬|下旬")
_TIME_LENGTH = 24
_GOES_ON = re.compile(r"[、，（]$")
_BEGINS_ON = re.compile(r"[，。、；）]")
_BELOW_TABLE = re.compile(r"[（(]?(?:注|备注|说明)[：:]|附件|（此件|抄送")
_CLOSES_CELL = " 　\t\r|"
_FIT, _MISFIT, _TEXT, _SKIP, _SECOND = 30, -30, 10, -10, -20
"""What a line in a column is worth. Lost cells of text are merged ones, at the left of a
row; lost cells of units are blank ones, of those who support, at the right."""

_NAME_MARK = re.compile(r"[、，；\s]+|等$|(?:牵头|负责|配合)$")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    words: str
    behind: int = 0


def cell_line_edits(text: str) -> Iterator[Edit]:
    r"""Yield the edits that set the cells of such tables side by side.

    >>> text = "序号\n任务\n责任单位\n1\n修路\n县交通局\n2\n架桥\n县水利局"
    >>> list(cell_line_edits(text))[:3]
    [(2, 3, '\t'), (5, 6, '\t'), (12, 13, '\t')]
    """
    if not _SERIAL_LINE.search(text):
        return
    lines = list(_lines(text))
    index = 0
    while index < len(lines):
        width = _head_width(lines, index)
        if width:
            yield from _row_edits(lines[index : index + width], list(range(width)))
            index += width
            for first, last in _rows(lines, index, width):
                row = lines[first:last]
                heads = [line.words for line in lines[index - width : index]]
                yield from _row_edits(row, _columns(heads, [line.words for line in row]))
                index_after = last
            index = index_after
        else:
            index += 1


def _lines(text: str) -> Iterator[_Line]:
    """Yield the lines that hold words, without the bar that may close a cell."""
    for match in _LINE.finditer(text):
        words = match.group().rstrip(_CLOSES_CELL)
        plain = words.lstrip(" 　\t")
        if plain:
            start = match.start() + len(words) - len(plain)
            yield _Line(start, start + len(plain), plain, match.end())


def _head_width(lines: Sequence[_Line], first: int) -> int:
    """Return how many lines from ``first`` on are the head of such a table, else 0."""
    if not _SERIAL.fullmatch(lines[first].words):
        return 0
    for index in range(first + 1, min(first + _MOST_COLUMNS + 1, len(lines))):
        words = lines[index].words
        section = outline_number(words) and not words.isdigit()
        if words.isdecimal() or section:
            numbered = any(line.words.isdecimal() for line in lines[index : index + 2])
            heads = [line.words for line in lines[first:index]]
            units = any(_UNIT_HEAD.search(head) for head in heads)
            return len(heads) if numbered and units and len(heads) >= 3 else 0
        if not _HEAD_CELL.fullmatch(words):
            return 0
    return 0


def _rows(lines: Sequence[_Line], first: int, width: int) -> Iterator[tuple[int, int]]:
    """Yield for each row its first line and the one behind its last.

    The numbers go on one by one; in an excerpt one may be left out where a row has a line
    for each of its cells.
    """
    start = first if lines[first].words.isdecimal() else first + 1
    number = int(lines[start].words)
    while start < len(lines) and lines[start].words == str(number):
        limit = min(start + _MOST_LINES, len(lines))
        after = next(
            (i for i in range(start + 1, limit) if lines[i].words == str(number + 1)), None
        )
        if after is None:
            after = _later(lines, start + width, number)
        stop = after if after is not None else _last_row_end(lines, start, width)
        last = stop
        for index in range(start + 1, stop):
            if _is_section(lines[index].words) and index > start + 1:
                last = index
                break
        yield start, last
        start = stop
        number = int(lines[after].words) if after is not None else number + 1


def _later(lines: Sequence[_Line], index: int, number: int) -> int | None:
    """Return where a number above ``number`` stands, at a place or behind section rows there."""
    while index < len(lines) and _is_section(lines[index].words):
        index += 1
    words = lines[index].words if index < len(lines) else ""
    return index if words.isdecimal() and int(words) > number else None


def _is_section(words: str) -> bool:
    label = outline_number(words)
    return label is not None and label[0] in ("一", "（一）")


def _last_row_end(lines: Sequence[_Line], start: int, width: int) -> int:
    """Return the line behind the last row, which no number follows."""
    stop = min(start + _MOST_LINES, len(lines))
    for index in range(start + 1, stop):
        words = lines[index].words
        signs = index + 1 < len(lines) and DATE_LINE.match(lines[index + 1].words)
        if _BELOW_TABLE.match(words) or DATE_LINE.match(words) or signs:
            return index
        if index >= start + width and not _are_units(words):
            return index
    return stop


def _columns(heads: Sequence[str], cells: Sequence[str]) -> list[int]:
    """Return the column of each line: as they come, or where they fit best."""
    if len(heads) == len(cells):
        return list(range(len(cells)))
    best: dict[int, tuple[int, list[int]]] = {0: (0, [0])}
    for before, words in pairwise(cells):
        reached: dict[int, tuple[int, list[int]]] = {}
        torn = bool(_GOES_ON.search(before) or _BEGINS_ON.match(words))
        for column, (score, path) in best.items():
            if column:
                gain = 0 if torn else _SECOND + _fit(heads, column, words)
                _keep(reached, column, score + gain, path)
            for later in range(column + 1, len(heads)) if not torn or not column else ():
                skipped = _SKIP * (later - column - 1)
                _keep(reached, later, score + skipped + _fit(heads, later, words), path)
        best = reached or {len(heads) - 1: next(iter(best.values()))}
    return max(best.values(), key=lambda found: found[0])[1]


def _keep(
    reached: dict[int, tuple[int, list[int]]], column: int, score: int, path: list[int]
) -> None:
    if column not in reached or score > reached[column][0]:
        reached[column] = (score, [*path, column])


def _fit(heads: Sequence[str], column: int, words: str) -> int:
    """Tell how well the words of a line fit into a column."""
    head = heads[column]
    times = bool(_TIME.search(words)) and len(words) <= _TIME_LENGTH
    units = _are_units(words)
    if _TIME_HEAD.search(head):
        return _FIT if times else _MISFIT
    if _UNIT_HEAD.search(head):
        return _FIT - column if units else _MISFIT
    if _PERSON_HEAD.search(head):
        return _FIT if re.fullmatch(rf"[{HAN}]{{2,3}}", words) and not units else _MISFIT
    return _MISFIT if units or times else _TEXT + column


def _are_units(words: str) -> bool:
    names = [name for name in _NAME_MARK.split(words) if name]
    return bool(names) and all(ends_like_unit(name) for name in names)


def _row_edits(lines: Sequence[_Line], columns: Sequence[int]) -> Iterator[Edit]:
    """Put tabs between the lines of a row, and a space inside a cell."""
    for (left, right), (before, after) in zip(pairwise(lines), pairwise(columns), strict=False):
        yield left.end, right.start, "\t" * (after - before) or " "
    if lines[-1].end < lines[-1].behind:
        yield lines[-1].end, lines[-1].behind, ""


def torn_row_edits(text: str) -> Iterator[Edit]:
    r"""Yield the edits that join rows of tabs torn where a cell has line ends.

    >>> text = "序号\t任务\t单位\t时限\n1\t修路\t县交通局\n县财政局\t6月\n"
    >>> list(torn_row_edits(text))
    [(21, 22, ' ')]
    """
    if not _has_short_row(text):
        return
    lines = [_Line(m.start(), m.end(), m.group()) for m in _LINE.finditer(text)]
    width = index = 0
    while index < len(lines):
        words = lines[index].words
        tabs = words.count("\t")
        if tabs and _SERIAL.match(words.strip()):
            width = tabs
        elif 0 < tabs < width and _is_numbered(words):
            last = _torn(lines, index, width)
            for left, right in pairwise(lines[index : last + 1]):
                yield left.end, right.start, " "
            index = last
        index += 1


def _has_short_row(text: str) -> bool:
    """Tell whether a numbered row has fewer cells than the head above it."""
    width = 0
    for row in _NUMBERED_ROW.finditer(text) if "\t" in text else ():
        tabs = row.group().count("\t")
        if row.group("serial"):
            width = tabs
        elif tabs < width:
            return True
    return False


def _torn(lines: Sequence[_Line], first: int, width: int) -> int:
    """Return the last line of the row that begins at ``first``."""
    tabs = lines[first].words.count("\t")
    for index in range(first + 1, min(first + _MOST_LINES, len(lines))):
        words = lines[index].words
        if _is_numbered(words) or _SERIAL.match(words) or ("\t" not in words and _heads(words)):
            break
        tabs += words.count("\t")
        if tabs >= width:
            return index if tabs == width else first
    return first


def _is_numbered(words: str) -> bool:
    return bool(re.match(r"[ 　]*\d{1,3}[ 　]*\t", words))


def _heads(words: str) -> bool:
    """Tell whether a line without cells is a section row and not part of a cell."""
    found = outline_number(words)
    return bool(found and found[0] in ("一", "（一）")) and not ROLE_LABEL.match(words)
