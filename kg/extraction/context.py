"""What the place of a paragraph in its notice says of it: how it stands among its neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.document import Span
from kg.extraction.roles import first_lead_rule
from kg.structure.model import Block, NoticeText, Paragraph, ParagraphKind, Table
from kg.wording import CIRCULATION, ROLE_LABEL

__all__ = [
    "circulation",
    "holds_on",
    "is_minutes",
    "list_ends",
    "signatures",
    "tells_work",
    "year_told",
]

_DUTIES = re.compile(r"职责|任务分工|责任分工|部门分工")
"""Headings below which units are told their work, one after another."""

_RULE_LEAD_IN = 6
"""Characters that a bracket may hold before the rule if it holds nothing else."""

_TASKS = re.compile(r"任务|措施|举措|内容|步骤|整治|行动")
_FRAME = re.compile(r"保障|组织|要求|领导|考核|宣传|督导|督查|监督|资金|责任")
_DEEP = 2
"""Levels of headings that tell whether what stands below them is work or its frame."""

_SIGNATURE_LENGTH = 40
_MINUTES = re.compile(r"纪要(?:（[^（）]*）)?$")
_MINUTES_FOLLOW = re.compile(r"纪要如下")
_ISSUE = re.compile(
    r"[（〔]?(?P<year>(?:19|20)\d\d)[年〕]度?(?:第?\d{1,3}[期号]|\d{1,2}月)?[）〕]?"
)
_HELD = re.compile(
    r"(?P<year>(?:19|20)\d\d)年(?:\d{1,2}月\d{1,2}日)[^。]{0,80}(?:召开|主持|召集|举行|研究)"
)


def holds_on(words: str) -> bool:
    """Tell whether words say that the first named leads in all that follows.

    Inside a bracket of units, or behind the units of a label, the rule is for those
    units alone if it does not say 下同.
    """
    rule = first_lead_rule(words, 0, len(words))
    if rule is None:
        return False
    opened = words.rfind("（", 0, rule.start())
    lead_in = 0 if ROLE_LABEL.match(words) else _RULE_LEAD_IN
    inside = words.find("）", opened, rule.start()) < 0 and rule.start() - opened > lead_in
    return opened < 0 or not inside or "下同" in words[rule.end() : rule.end() + 8]


def list_ends(blocks: Sequence[Block]) -> frozenset[Span]:
    """Return the lines of the items that no item of their list follows."""
    ends: set[Span] = set()
    followed: set[tuple[str, ...]] = set()
    for block in reversed(blocks):
        if isinstance(block, Paragraph) and block.numbered:
            path = (block.place.part, *block.place.path)
            followed = {above for above in followed if len(above) < len(path)}
            if path[:-1] not in followed:
                ends.add(block.line)
            followed.add(path[:-1])
    return frozenset(ends)


def tells_work(paragraph: Paragraph) -> bool:
    """Tell whether an item hands out work where it stands, without a word that says so.

    Below a heading of duties it does, and in a list of tasks; an item on how all of
    it is organised, paid for and checked only exhorts. Deep in a list of tasks the
    item's own heading says what it is about: 10.加强宣传教育 is a task there.
    """
    where = paragraph.place.section
    above = " / ".join(paragraph.place.headings[:_DEEP] if _deep(paragraph) else (where,))
    return paragraph.numbered and bool(
        _DUTIES.search(where) or (_TASKS.search(where) and not _FRAME.search(above))
    )


def _deep(paragraph: Paragraph) -> bool:
    return len(paragraph.place.headings) > _DEEP


def signatures(notice: NoticeText) -> set[Span]:
    """Return the lines right above a date, which may hold the unit that signs."""
    return {
        above.line
        for above, below in pairwise(notice.blocks)
        if isinstance(above, Paragraph)
        and isinstance(below, Paragraph)
        and below.kind is ParagraphKind.DATE
        and not above.numbered
        and above.line.end - above.line.start <= _SIGNATURE_LENGTH
    }


def circulation(text: str, notice: NoticeText) -> set[Span]:
    """Return the lines that tell who was at a meeting, or to whom a document goes."""
    return {
        block.line
        for block in notice.blocks
        if isinstance(block, Paragraph)
        and CIRCULATION.match(text, block.line.start, block.line.end)
    }


def is_minutes(text: str, notice: NoticeText) -> bool:
    """Tell whether a notice is the minutes of a meeting, whose sentences hand out the work."""
    return bool(_MINUTES.search(notice.title)) or any(
        _MINUTES_FOLLOW.search(text, line.start, line.end) for line in _opening(notice)
    )


def year_told(text: str, notice: NoticeText) -> str:
    """Return the year that a notice without a date opens with, or nothing.

    It stands alone with an issue or a month below the title (（2023年第2期）), or the
    meeting was then whose minutes these are.
    """
    told = (
        _ISSUE.fullmatch(line.of(text)) or _HELD.search(text, line.start, line.end)
        for line in _opening(notice)
    )
    return next((match["year"] for match in told if match), "")


def _opening(notice: NoticeText) -> Iterator[Span]:
    """Yield the lines of text above the first numbered paragraph."""
    for block in notice.blocks:
        if isinstance(block, Table) or block.numbered:
            return
        if block.kind is ParagraphKind.TEXT:
            yield block.line
