"""Who leads a task whose label only says who answers for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.document import Span
from kg.extraction.model import Duty
from kg.extraction.predicates import HEAD_WORD
from kg.extraction.prose import duties_in_prose
from kg.extraction.recognition import Lexicon
from kg.model import Certainty, Role
from kg.wording import HAN

__all__ = ["with_lead"]

_HEADS = frozenset({Role.LEAD, Role.PRIMARY})
_OF_NO_WORK = re.compile(r"(?:等[^，。]{0,8})?牵头的")
"""What a unit leads that is no work: 由市民政局牵头的联席会议."""

_OF_A_PART = re.compile(rf"[{HAN}]{{2,10}}(?<![自理缘])由(?=[{HAN}]{{2}})")
"""Begins a bracket that only says who has a part: 各中小学负责实施（各小学由中心小学统筹）."""


def with_lead(text: str, span: Span, duties: Sequence[Duty], lexicon: Lexicon) -> Iterator[Duty]:
    """Yield ``duties``, and those of the task's sentences if only these say who leads.

    Below 由甲局牵头，乙局配合 the label 责任单位：甲局 says who answers and no more: the
    words beside a unit win over the label.

    Parameters
    ----------
    text, span
        The document's normalised text, and the task's own words in it.
    duties
        What labels and clauses give.
    lexicon
        Names that are known to be units.
    """
    told: dict[str, Duty] = {}
    headless = not any(duty.role in _HEADS for duty in duties)
    part = all(_OF_A_PART.match(text, duty.clause.start, duty.clause.end) for duty in duties)
    if part or (headless and HEAD_WORD.search(text, span.start, span.end)):
        prose = duties_in_prose(text, span, lexicon)
        if part or any(
            d.role in _HEADS and not _OF_NO_WORK.match(text, d.name.span.end) for d in prose
        ):
            told = {d.name.written: d for d in prose if d.certainty is Certainty.STATED}
    given = {duty.name.written for duty in duties}
    yield from (duty for name, duty in told.items() if name not in given)
    for duty in duties:
        beside = told.get(duty.name.written)
        yield beside if beside and duty.role is Role.RESPONSIBLE else duty
