"""What the place of a paragraph in its notice says of it: how it stands among its neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.document import Span
from kg.extraction.roles import first_lead_rule
from kg.structure.model import Block, NoticeText, Paragraph, ParagraphKind
from kg.wording import ROLE_LABEL

__all__ = ["holds_on", "list_ends", "signatures", "tells_work"]

_DUTIES = re.compile(r"职责|任务分工|责任分工|部门分工")
"""Headings below which units are told their work, one after another."""

_RULE_LEAD_IN = 6
"""Characters that a bracket may hold before the rule if it holds nothing else."""

_TASKS = re.compile(r"任务|措施|举措|内容|步骤|整治|行动")
_FRAME = re.compile(r"保障|组织|要求|领导|考核|宣传|督导|督查|监督|资金|责任")
_DEEP = 2
"""Levels of headings that tell whether what stands below them is work or its frame."""

_SIGNATURE_LENGTH = 40


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
