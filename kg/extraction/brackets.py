"""Role clauses in brackets: which brackets give roles, and which only remark on something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.document import Span
from kg.extraction.deadlines import DEADLINE_LABEL, deadlines_in
from kg.extraction.marks import is_legend
from kg.extraction.model import Duty
from kg.extraction.names import looks_like_name, names_in
from kg.extraction.recognition import Lexicon, is_unit
from kg.extraction.repeats import repeated
from kg.extraction.roles import (
    ROLE_WORD,
    comma_pieces,
    is_first_lead_rule,
    promote_first,
    read_clause,
)
from kg.model import Certainty, Role
from kg.wording import ROLE_LABEL, ends_like_unit

__all__ = ["Clause", "clauses_in"]

_LEVEL = re.compile(r"[省市县区旗州盟]|兵团")
_NAMED_BEFORE = re.compile(r"(?:部门|单位|机构|政府|成员|企业|主体|[局委厅办组会])$")
"""Words that a bracket of units explains: 主管部门（市住建局）."""

_OFFICE_BEFORE = re.compile(r"(?:办公室|办|领导小组|指挥部|专班|联席会议)$")
"""What a bracket of a unit places with it, at the end of a sentence too: 报市创建办（市文旅局）。"""

_OTHER_WORD = re.compile(r"(?:政府|街道|乡镇)（(?:[^、，（）]{0,3}管(?:委|理委员)会|办事处)）")
"""Another word for the same kind of unit: 相关县区政府（管委会）."""

_BESIDE_NAMES = re.compile(r"完成|、|等")
"""What a bracket of units holds beside names and times."""

_REMARK = re.compile(r".由")
_BRACKET = re.compile(
    r"（(?P<round>(?:[^（）]|（[^（）]*）)*)）"
    r"|[〔\[【](?P<square>[^〔〕\[\]【】]*)[〕\]】]"
    r"|（(?P<cut>[^（）]*)$"
)
"""A bracket; the last of a paragraph may be cut off before it closes."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of text that gives roles, and the roles that it gives."""

    span: Span
    duties: tuple[Duty, ...]


def clauses_in(
    text: str,
    span: Span,
    first_leads: bool,
    lexicon: Lexicon = frozenset(),
    former: Sequence[Duty] = (),
) -> Iterator[Clause]:
    """Yield the role clauses in brackets within ``span``.

    ``first_leads`` says that the rule 排在第一位的为牵头部门，下同 holds here. A
    bracket at the end of a sentence that holds nothing but units (and a time)
    makes them responsible, though no word says so. ``former`` are the duties of
    the task before, which 同上 repeats.
    """
    for match in _BRACKET.finditer(text, span.start, span.end):
        inner = Span(match.start() + 1, match.end() - (match["cut"] is None))
        words = inner.of(text)
        bracket = Span(*match.span())
        again = tuple(repeated(text, inner, former)) if _closes(text, span, bracket) else ()
        if (len(words) < 3 and not again) or ROLE_LABEL.fullmatch(match.group()):
            continue
        if is_legend(words):
            continue
        duties: tuple[Duty, ...] = ()
        remark = _REMARK.search(words) and not _closes(text, span, bracket)
        if ROLE_WORD.search(words) and (not remark or ROLE_LABEL.search(words)):
            duties = read_clause(text, inner, first_leads)
        rule = is_first_lead_rule(words)
        if not duties and rule:
            duties = read_clause(text, inner, True, Role.RESPONSIBLE)
        if not duties and not rule and match["cut"] is None:
            listed = _only_units(text, span, bracket, inner, lexicon)
            duties = tuple(promote_first(listed) if first_leads else listed)
        duties += again
        if duties:
            former = duties
            yield Clause(bracket, duties)


def _closes(text: str, span: Span, bracket: Span) -> bool:
    """Tell whether a bracket stands at the end of a sentence, or behind it."""
    behind = text[bracket.end : span.end][:1]
    before = text[max(span.start, bracket.start - 1) : bracket.start]
    return not behind or behind in "。；（〔【[" or before in "。；！？”）】" or not before


def _only_units(text: str, span: Span, bracket: Span, inner: Span, lexicon: Lexicon) -> list[Duty]:
    """Read a bracket that ends a sentence and only lists units."""
    ends = bracket.end == span.end or text[bracket.end] in "。；"
    opens = bracket.start > span.start and text[bracket.start - 1] in "。；！”）"
    closes = ends and bracket.end >= span.end - 1
    inside = ends and not closes and not _NAMED_BEFORE.search(text, span.start, bracket.start)
    if not (opens or closes or inside):
        return []
    if not opens and _OFFICE_BEFORE.search(text, span.start, bracket.start):
        return []
    if not opens and _OTHER_WORD.match(text, max(span.start, bracket.start - 2), bracket.end):
        return []
    before = names_in(text, Span(span.start, bracket.start)) if not opens else ()
    if len(before) == 1 and before[0].span.start == span.start and is_unit(before[0], lexicon):
        return []
    when = DEADLINE_LABEL.search(text, inner.start, inner.end)
    inner = Span(inner.start, when.start()) if when else inner
    names = [name for piece in comma_pieces(text, inner) for name in names_in(text, piece)]
    left = inner.end - inner.start - sum(len(name.written) + 1 for name in names)
    other = sum(len(m.group()) for m in _BESIDE_NAMES.finditer(text, inner.start, inner.end))
    for fact in deadlines_in(text, inner, None, strict=True):
        other += fact.span.end - fact.span.start
    known = sum(
        name.collective
        or is_unit(name, lexicon, stated=opens or closes)
        or bool(_LEVEL.match(names[0].written) and ends_like_unit(name.written))
        for name in names
    )
    others = all(name.collective or looks_like_name(name.written) for name in names)
    if not names or left > other + 2 or not others or 2 * known <= len(names):
        return []
    if not (opens or closes) and known < len(names):
        return []
    return [Duty(name, Role.RESPONSIBLE, Certainty.IMPLIED, inner) for name in names]
