"""Tables: lines of cells set apart by tabs, with heads, section rows, merged cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.document import Span
from kg.structure.model import Cell, Place, Row, Table
from kg.wording import DITTO, WEB_LABELS, outline_number

__all__ = ["is_ditto", "is_head", "is_metadata", "is_row", "read_table"]

_DITTO = re.compile(rf"{DITTO}|同上(?:一?[行栏])?")

_HEAD_WORD = re.compile(
    r"(?:序号|编号|任务|内容|事项|项目|举措|措施|目标|指标|单位|部门|责任|牵头|配合|主责|协办|时限|时间|进度|"
    r"期限|节点|备注|范围|类别|名称|领域|要求|成果|说明|依据)"
)
_NUMBER = re.compile(r"\d[\d.—-]*")
_METADATA = re.compile(rf"(?:{'|'.join(WEB_LABELS)})[：:]?$")


def is_ditto(words: str) -> bool:
    """Tell whether a cell says what the one above it says."""
    return bool(_DITTO.fullmatch(words))


def is_row(line: str) -> bool:
    """Tell whether a line is a row of a table."""
    return "\t" in line


def is_metadata(line: str) -> bool:
    """Tell whether a row belongs to the block of data above a notice on the web."""
    labels = [cell.strip() for cell in line.split("\t")[::2]]
    if any(_METADATA.match(label) and label.endswith(("：", ":")) for label in labels):
        return True
    return bool(_METADATA.match(labels[0])) and not is_head(line)


def is_head(line: str) -> bool:
    """Tell whether a row names the columns of a table."""
    cells = [cell.strip() for cell in line.split("\t")]
    filled = [cell for cell in cells if cell and cell != DITTO]
    if any(_NUMBER.fullmatch(cell) for cell in filled):
        return False
    named = sum(bool(_HEAD_WORD.search(cell)) and len(cell) <= 14 for cell in filled)
    return len(filled) >= 2 and named >= 2 and named * 2 > len(filled)


def read_table(text: str, lines: Sequence[Span], place: Place) -> Table:
    """Read the rows of one table; ``lines[0]`` is its head.

    A line with a single filled cell is a section row: it heads the rows below.
    A head that comes again after a page break is passed over.
    """
    head = _merged_head(text, lines)
    head_words = [cell.span.of(text) for cell in _cells(text, lines[0])]
    rows: list[Row] = []
    section: Span | None = None
    for line in lines[1:]:
        cells = _cells(text, line)
        words = [cell.span.of(text) for cell in cells]
        filled = [word for word in words if word]
        if words == head_words or (is_head(line.of(text)) and len(cells) == len(head)):
            continue
        if len(filled) == 1 and _is_section(filled[0], words):
            section = next(cell.span for cell in cells if cell.span.end > cell.span.start)
        elif filled:
            rows.append(Row(line, cells, section))
    return Table(Span(lines[0].start, lines[-1].end), place, head, tuple(rows))


def _merged_head(text: str, lines: Sequence[Span]) -> tuple[Cell, ...]:
    """Return the head; where it has two rows, the lower one names the columns it fills."""
    upper = _cells(text, lines[0])
    if len(lines) < 2 or not is_head(lines[1].of(text)) or lines[1].of(text) == lines[0].of(text):
        return upper
    lower = _cells(text, lines[1])
    merged = [
        low if low.span.of(text) not in ("", DITTO) else high
        for high, low in zip(upper, lower, strict=False)
    ]
    return (*merged, *upper[len(merged) :], *lower[len(upper) :])


def _is_section(word: str, words: list[str]) -> bool:
    return len(words) == 1 or outline_number(word) is not None or words[0] == word


def _cells(text: str, line: Span) -> tuple[Cell, ...]:
    """Cut a line at its tabs and leave out the spaces around each cell."""
    cells: list[Cell] = []
    start = line.start
    for words in line.of(text).split("\t"):
        left = start + len(words) - len(words.lstrip(" 　"))
        right = max(left, start + len(words.rstrip(" 　")))
        cells.append(Cell(Span(left, right)))
        start += len(words) + 1
    return tuple(cells)
