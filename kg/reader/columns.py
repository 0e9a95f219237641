"""Tables that have lost their cells: columns set apart by nothing but spaces.

Such a table begins with a head whose first word is 序号, and each of its rows is a
line that begins with a number and falls into as many pieces as the head, or has its
units where the head has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.document import Edit
from kg.wording import HAN, ends_like_unit

__all__ = ["column_edits"]

_LINE = re.compile(r"[^\n]+")
_GAP = re.compile(r"(?<=[^ 　])[ 　]+(?=[^ 　])")
_PADDED = rf"[{HAN}](?:[ 　][{HAN}]){{1,5}}(?![{HAN}])"
_PADDING = re.compile(rf"(?<![{HAN}])(?=({_PADDED}))")
"""A head whose characters are set apart: 工 作 任 务."""
_HEAD = re.compile(
    rf"[ 　]*(?:序[ 　]?号|编[ 　]?号)(?:[ 　]+(?:{_PADDED}|[{HAN}（）/]{{2,12}})){{2,}}[ 　]*$"
)
_FIRST_WORD = re.compile(r"(?:序[ 　]?号|编[ 　]?号)[ 　]")
_UNITS = re.compile(r"单位|部门|主体")
_TIMES = re.compile(r"时限|时间|期限|节点")
_ETC = re.compile(r"等?[，、；]?$")
_ROW = re.compile(r"[ 　]*(?:\d{1,3}|第?\d{1,3}号|[A-Z]\d{1,4})[ 　]")


def column_edits(text: str) -> Iterator[Edit]:
    r"""Yield the edits that put tabs between the columns of such tables.

    >>> text = "序号 任务 责任单位\n1 修路 县交通局"
    >>> [text[start:end] + new for start, end, new in column_edits(text)]
    [' \t', ' \t', ' \t', ' \t']
    """
    if not _FIRST_WORD.search(text):
        return
    heads: list[str] = []
    for line in _LINE.finditer(text):
        words = line.group()
        head = _HEAD.match(words) and _UNITS.search(words)
        if not head and not heads:
            continue
        gaps = list(_GAP.finditer(words))
        if head:
            padded = [match.span(1) for match in _PADDING.finditer(words)]
            closed = {gap for gap in gaps if any(a < gap.start() < b for a, b in padded)}
            parts = ["" if gap in closed else "\t" for gap in gaps]
            heads = _pieces(words, [gap for gap in gaps if gap not in closed])
        elif _ROW.match(words):
            parts = _cell_marks(heads, _pieces(words, gaps))
        else:
            parts = []
        if len(parts) != len(gaps) or not parts:
            heads = heads if not gaps else []
            continue
        for gap, new in zip(gaps, parts, strict=True):
            yield line.start() + gap.start(), line.start() + gap.end(), new


def _pieces(words: str, gaps: list[re.Match[str]]) -> list[str]:
    """Return what stands between gaps."""
    bounds = [0, *(bound for gap in gaps for bound in gap.span()), len(words)]
    return [words[start:end].strip(" 　") for start, end in zip(*[iter(bounds)] * 2, strict=True)]


def _cell_marks(heads: list[str], pieces: list[str]) -> list[str]:
    """Return what each gap of a row becomes; nothing where the line is no row of the table.

    Spaces inside cells, and cells that are merged with the ones above, leave a row with
    more or fewer pieces than the head. Its last columns tell what it is, if they are of
    units: what stands before them is the task's, of which the last piece is a cell.
    """
    surplus = len(pieces) - len(heads)
    if not surplus:
        return ["\t"] * (len(pieces) - 1)
    last = [head for head in heads if _UNITS.search(head) or _TIMES.search(head)]
    if heads[-len(last) :] != last or len(pieces) < len(last) + 2:
        return []
    units = sum(map(_is_list, pieces[-len(last) :]))
    if units < sum(bool(_UNITS.search(head)) for head in last) or _is_list(pieces[-len(last) - 1]):
        return []
    if surplus < 0:
        return ["\t" * (1 - surplus), *["\t"] * (len(pieces) - 2)]
    return ["\t", *[""] * surplus, *["\t"] * (len(pieces) - 2 - surplus)]


def _is_list(words: str) -> bool:
    """Tell whether a cell ends like a list of units."""
    return ends_like_unit(_ETC.sub("", words))
