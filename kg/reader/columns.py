"""Tables that have lost their cells: columns set apart by nothing but spaces.

Such a table begins with a head whose first word is 序号, and each of its rows is a
line that begins with a number and falls into as many pieces as the head.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.document import Edit
from kg.wording import HAN

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
_ROW = re.compile(r"[ 　]*(?:\d{1,3}|第?\d{1,3}号|[A-Z]\d{1,4})[ 　]")


def column_edits(text: str) -> Iterator[Edit]:
    r"""Yield the edits that put tabs between the columns of such tables.

    >>> text = "序号 任务 责任单位\n1 修路 县交通局"
    >>> [text[start:end] + new for start, end, new in column_edits(text)]
    [' \t', ' \t', ' \t', ' \t']
    """
    if not _FIRST_WORD.search(text):
        return
    columns = 0
    for line in _LINE.finditer(text):
        words = line.group()
        head = _HEAD.match(words) and _UNITS.search(words)
        if not head and not columns:
            continue
        gaps = list(_GAP.finditer(words))
        padded = [match.span(1) for match in _PADDING.finditer(words)] if head else []
        closed = {gap for gap in gaps if any(start < gap.start() < end for start, end in padded)}
        if head:
            columns = len(gaps) - len(closed) + 1
        elif not (_ROW.match(words) and len(gaps) + 1 == columns):
            columns = columns if not gaps else 0
            continue
        for gap in gaps:
            new = "" if gap in closed else "\t"
            yield line.start() + gap.start(), line.start() + gap.end(), new
