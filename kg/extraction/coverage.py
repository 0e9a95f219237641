"""The account of an extraction: every role word, title, number, date and cell.

Each is *used* by a fact, *explained* (it is known why it is none), or *open*: a
finding that a reader should look at. Nothing is dropped in silence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.document import Span
from kg.extraction.memberships import ends_like_post
from kg.extraction.model import (
    DeadlineFact,
    FindingFact,
    HostingFact,
    MembershipFact,
    ReferenceFact,
    TaskFact,
)
from kg.extraction.references import NOT_AN_ACT, defines_short_name, titles_in
from kg.extraction.roles import is_first_lead_rule
from kg.extraction.rows import ColumnKind, column_kinds
from kg.model import Severity
from kg.structure.model import NoticeText, Paragraph, ParagraphKind, Table
from kg.structure.tables import is_ditto
from kg.wording import HAN, SURNAME, document_numbers, outline_number

__all__ = ["KINDS", "Account", "account", "findings"]

_ROLE_WORD = re.compile(r"牵头|主责|责任单位|责任部门|负责|配合|协办(?!公)|协助|承办|主办")
_NO_ROLE = (
    (
        "about people",
        re.compile(
            r"(?:领导|同志|负责人)牵头|(?:牵头|主责|主办|协办|配合)(?:负责)?[省市县区州]?(?:领导|责任人)|负责领导|"
            r"(?:[省市县区旗州镇乡]长|总理|国务委员|书记|秘书长)(?:按分工)?(?:负责|牵头|协助)|"
            r"协助(?:分管|[^，。；]{1,12}(?:同志|总理|[市县区省]长))|对(?:其|本|人民|所)[^，。；]{0,40}负责|负责人|负责同志|负责任|主要负责|"
            r"负责的(?:主管)?(?:人员|董事|监事|领导)|由(?:该单位|[^，。；]{0,12}(?:者|权人))[^，。；]{0,6}负责"
        ),
    ),
    ("describes people", re.compile(r"负责[^，。；]{1,40}的(?:人员|部门|单位|同志|干部|机构)")),
    (
        "a principle",
        re.compile(
            r"谁[^，。]{1,6}谁负责|(?:分级|分工|属地|首问|包干)负责|各负其责|负责制|责任制|总负责|[、，]部门负责(?=[、，的])"
        ),
    ),
    ("who leads a group", re.compile(r"由[^，。；]{2,40}牵头(?:负责)?的")),
    ("what a lead is for", re.compile(r"牵头[^，。；]{0,6}(?:作用|工作|职责)")),
    ("who explains", re.compile(r"负责解释")),
    (
        "a kind of unit",
        re.compile(
            r"(?:牵头|责任|配合|承办|主办|主责)(?:考核)?(?:单位|部门|机构|主体)(?!\s*[：:]|同[上前])|主办[方者]"
        ),
    ),
    (
        "the task is to support",
        re.compile(
            r"配合(?:研究|推进|做好|开展|完成)|配合[^，。；]{2,40}(?:单位|集团|公司|部门|局|委|街乡|研究|推进|开展|采取|完成|做好|制定)"
        ),
    ),
    (
        "not a unit's duty",
        re.compile(
            r"(?:需要|引导|动员|组织|鼓励|积极|认真|依法|共同)[^，。]{0,12}配合|配合(?:力|度|工作)|(?:拒不|不予|给予|予以|应当)[^，。]{0,8}(?:配合|协助)(?=[，。；])"
        ),
    ),
    ("how work is arranged", re.compile(r"(?:协调|协同|密切|相互|分工|加强|主动)配合")),
)
_MEMBER_LINE = 60
"""Characters that a line with a member of a group may have."""
_NO_WORK = re.compile(
    rf"{SURNAME}[{HAN}]{{1,2}}(?<![区县市镇乡局委办部])|[\d.,，—–～~≥≤<>%％\-\s]+(?:万?[元个人张户家亩项处吨]|亿元|公里|平方米)?|约束性|预期性"
)
"""What a cell holds that tells of no work: who looks after it, and how much."""

_GAP = re.compile(r"[\s：（，]")
"""What sets a person apart from a post; a heading of a list of people has none: （一）部门委员."""

_OPENS_CLAUSE = re.compile(r"(?:^|[：；。，、])(?:并|同时|以及|具体|主要|负责)*$")
_QUOTED = re.compile(r"“[^”]*$")
_TIME = re.compile(
    r"(?:\d{4}年)?(?:\d{1,2}月)?(?:底|末)前|\d{1,2}月\d{1,2}日前|年底前|之日起\d+(?:日|个月)内|"
    r"(?:\d{4}年)?\d{1,2}月(?:底|末|[上中下]旬)|\d{4}年[底末]"
)
_TITLE_MARK = re.compile(r"《[^《》，。；\n]{0,30}|[^《》，。；\n]{0,30}》")
"""A mark of a title with the words that may belong to it."""

_LIKE_NUMBER = re.compile(
    rf"[{HAN}]{{1,14}}(?=[^，。；、（）号\n]{{0,8}}[〔〕﹝﹞])[^，。；、（）号\n]{{1,16}}号"
)
"""A document number, whole or damaged (苏府〔2020〕号): no other words have these brackets and 号."""

_CITES = re.compile("[《》〔〕﹝﹞号]")
"""What no title and no document number is without: most lines have none of these."""

_NONE = re.compile(r"暂?无|[—－/／-]+")
_TIME_END = re.compile(r"[底末日]前|之日起|[月年][底末上中下]")


@dataclass(frozen=True, slots=True)
class Account:
    """One thing that could be a fact: its kind, its place, and what became of it."""

    kind: str
    span: Span
    outcome: str
    reason: str


def account(
    text: str,
    notice: NoticeText,
    tasks: Sequence[TaskFact],
    deadlines: Sequence[DeadlineFact],
    references: Sequence[ReferenceFact],
    memberships: Sequence[MembershipFact],
    hostings: Sequence[HostingFact] = (),
) -> tuple[Account, ...]:
    """Return the account of one notice, in the order of the text."""
    used = _Spans(
        [duty.clause for task in tasks for duty in task.duties]
        + [duty.name.span for task in tasks for duty in task.duties]
        + [member.span for member in memberships]
        + [hosting.span for hosting in hostings]
    )
    headed = _Spans(
        [t.span for t in tasks if any(not t.span.covers(duty.clause) for duty in t.duties)]
    )
    timed = _Spans([d.span for t in tasks for d in t.deadlines] + [d.span for d in deadlines])
    cited = _Spans([reference.span for reference in references])
    texts = [b for b in notice.blocks if isinstance(b, Paragraph)]
    found: list[Account] = []
    for block in texts:
        if block.kind in (ParagraphKind.TITLE, ParagraphKind.ATTACHMENTS):
            continue
        found += _roles(text, block.line, used, headed)
        found += _times(text, block.line, timed)
    found += _people(text, texts, [member.span for member in memberships])
    for line in [notice.title_span, *(b.line for b in texts)]:
        found += _titles(text, line, cited, notice.number)
    for table in notice.blocks:
        if isinstance(table, Table):
            found += _cells(text, table, used, timed)
    return tuple(sorted(found, key=lambda entry: (entry.span.start, entry.span.end)))


class _Spans:
    """Tells whether any of some spans touches a stretch."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted({(span.start, span.end) for span in spans})
        self._starts = [start for start, _ in self._spans]
        self._longest = max((end - start for start, end in self._spans), default=0)

    def touch(self, start: int, end: int) -> bool:
        first = bisect_left(self._starts, start - self._longest)
        last = bisect_left(self._starts, end)
        return any(stop > start for _, stop in self._spans[first:last])


def _cells(text: str, table: Table, used: _Spans, timed: _Spans) -> Iterator[Account]:
    """Tell of each filled cell whether a fact rests on it, by what its column says."""
    kinds = column_kinds(text, table)
    if ColumnKind.ROLE not in kinds and not used.touch(table.span.start, table.span.end):
        yield Account("table cell", table.head[0].span, "explained", "a table without units")
        return
    for number, row in enumerate(table.rows):
        for index, cell in enumerate(row.cells):
            if cell.span.start == cell.span.end:
                continue
            kind = kinds[index] if index < len(kinds) else ColumnKind.OTHER
            outcome, reason = "used", ""
            if number and is_ditto(cell.span.of(text)):
                outcome, reason = "explained", "the cell above goes on"
            elif _NONE.fullmatch(cell.span.of(text)):
                outcome, reason = "explained", "it says that there is none"
            elif kind is ColumnKind.OTHER and _NO_WORK.fullmatch(cell.span.of(text)):
                outcome, reason = "explained", "a person or a figure"
            elif kind is ColumnKind.REMARK:
                outcome, reason = "explained", "a scope or a remark"
            elif kind is ColumnKind.OTHER and not used.touch(cell.span.start, cell.span.end):
                outcome, reason = "open", "the head of its column is not known"
            elif kind is ColumnKind.ROLE and not used.touch(cell.span.start, cell.span.end):
                outcome, reason = "open", "no unit was read in it"
            elif kind is ColumnKind.DEADLINE and not timed.touch(cell.span.start, cell.span.end):
                outcome, reason = "open", "no time limit was read in it"
            yield Account("table cell", cell.span, outcome, reason)


def _people(text: str, blocks: Sequence[Paragraph], members: Sequence[Span]) -> Iterator[Account]:
    """Tell which lines beside a member of a group look like one and are none."""
    listed = _Spans(members)
    hit = [listed.touch(block.line.start, block.line.end) for block in blocks]
    for index, block in enumerate(blocks):
        beside = any(hit[max(0, index - 1) : index + 2]) and not hit[index]
        words = block.line.of(text)
        heads = block.numbered and not _GAP.search(block.span.of(text))
        if beside and not heads and len(words) <= _MEMBER_LINE and ends_like_post(words):
            yield Account("member", block.line, "open", "")


def _roles(text: str, span: Span, used: _Spans, headed: _Spans) -> Iterator[Account]:
    """Tell of each role word whether an assignment rests on it; ``headed`` are tasks of a heading."""
    for match in _ROLE_WORD.finditer(text, span.start, span.end):
        if used.touch(*match.span()):
            yield Account("role word", Span(*match.span()), "used", "")
            continue
        context = (max(span.start, match.start() - 24), min(span.end, match.end() + 44))
        around = text[slice(*context)]
        reason = next(
            (
                name
                for name, pattern in _NO_ROLE
                if any(
                    found.start() + context[0] <= match.start() < found.end() + context[0]
                    for found in pattern.finditer(around)
                )
            ),
            "",
        )
        if is_first_lead_rule(around):
            reason = "the rule that the first leads"
        before = text[_words_from(text, span) : match.start()]
        opens = _OPENS_CLAUSE.search(before) is not None
        if opens and before and used.touch(span.start, match.start()):
            reason = "more that the unit of its line does"
        if opens and headed.touch(*match.span()):
            reason = "what the unit above its line does"
        if _QUOTED.search(before):
            reason = "words that are quoted"
        outcome = "explained" if reason else "open"
        yield Account("role word", Span(*match.span()), outcome, reason)


def _words_from(text: str, line: Span) -> int:
    """Return where the words of a line begin behind its number."""
    number = outline_number(text, line.start, line.end)
    return number[2] if number else line.start


def _times(text: str, span: Span, timed: _Spans) -> Iterator[Account]:
    if not _TIME_END.search(text, span.start, span.end):
        return
    for match in _TIME.finditer(text, span.start, span.end):
        if timed.touch(*match.span()):
            yield Account("time limit", Span(*match.span()), "used", "")
        elif re.match(r"出生|已|以来|期间", text[match.end() : match.end() + 4]):
            yield Account(
                "time limit", Span(*match.span()), "explained", "a date of birth or of the past"
            )
        else:
            yield Account("time limit", Span(*match.span()), "open", "")


def _titles(text: str, span: Span, cited: _Spans, own: str) -> Iterator[Account]:
    if not _CITES.search(text, span.start, span.end):
        return
    titles = list(titles_in(text, span))
    for mark in titles:
        if cited.touch(mark.start, mark.end):
            yield Account("title", mark, "used", "")
        elif defines_short_name(text, mark):
            yield Account("title", mark, "explained", "a short name")
        elif NOT_AN_ACT.search(text[mark.start + 1 : mark.end - 1]):
            yield Account("title", mark, "explained", "a form, certificate or newspaper")
        else:
            yield Account("title", mark, "open", "")
    paired = _Spans(titles)
    for match in _with_marks("《》", _TITLE_MARK, text, span):
        if not paired.touch(*match.span()):
            yield Account("title", Span(*match.span()), "open", "one of its marks is missing")
    numbers = list(document_numbers(text, span.start, span.end))
    whole = _Spans([Span(*match.span()) for match in numbers])
    for match in _with_marks("〔〕﹝﹞", _LIKE_NUMBER, text, span):
        if not whole.touch(*match.span()):
            yield Account("document number", Span(*match.span()), "open", "it is damaged")
    for match in numbers:
        if cited.touch(*match.span()):
            yield Account("document number", Span(*match.span()), "used", "")
        elif own and re.sub(r"\D", "", own) == re.sub(r"\D", "", match.group()):
            yield Account("document number", Span(*match.span()), "explained", "the notice's own")
        else:
            yield Account("document number", Span(*match.span()), "open", "")


def _with_marks(
    marks: str, pattern: re.Pattern[str], text: str, span: Span
) -> Iterator[re.Match[str]]:
    """Yield what matches a pattern that needs one of ``marks``."""
    if any(text.find(mark, span.start, span.end) >= 0 for mark in marks):
        yield from pattern.finditer(text, span.start, span.end)


_MESSAGES = {
    "role word": (
        "unread-role-word",
        "这里的分工词没有形成分工",
        "a role word that gave no assignment",
    ),
    "time limit": ("unread-time-limit", "这里的时间没有形成时限", "a time that gave no deadline"),
    "title": (
        "unread-title",
        "这里的书名号没有形成引用（内容不是文件，或书名号只有一半）",
        "a title, or one of its marks alone, that gave no reference",
    ),
    "document number": (
        "unread-number",
        "这里的文号没有形成引用（可能不完整）",
        "a document number, perhaps damaged, that gave no reference",
    ),
    "member": (
        "unread-member",
        "名单中的这一行没有形成成员",
        "a line of a list of people that gave no member",
    ),
    "table cell": (
        "unread-cell",
        "表格单元格没有形成事实",
        "a table cell that gave no fact",
    ),
}
KINDS = tuple(_MESSAGES)
"""The kinds of things that an account is given of."""


def findings(entries: Sequence[Account]) -> Iterator[FindingFact]:
    """Yield a finding for each thing that is neither used nor explained."""
    for entry in entries:
        if entry.outcome == "open":
            rule, zh, en = _MESSAGES[entry.kind]
            yield FindingFact(rule, Severity.INFO, zh, en, entry.span)
