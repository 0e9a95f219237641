"""Time limits: by when, on which day, from when, for good, or as others schedule.

In a label, a table cell or a role bracket any time is a limit (*strict* text).
In running prose a time is one only when the words around it say so
(:mod:`kg.extraction.times`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.document import Span
from kg.extraction.model import DeadlineFact
from kg.extraction.times import TIME, NamedTime, iso_date
from kg.model import DeadlineKind
from kg.wording import HAN

__all__ = ["DEADLINE_LABEL", "deadlines_in", "year_of"]

DEADLINE_LABEL = re.compile(
    r"(?:完成|办理|工作|实施|整改|落实|推进|计划)?(?:完成)?(?:时限|时间|期限|节点|进度)(?:要求|安排|节点|表)?\s*[：:]"
)
"""A label before a time limit: 完成时限：, 进度安排："""

_DOTTED = re.compile(
    r"(?<![\d.])(?P<year>20\d\d)[./-](?P<month>\d{1,2})(?:[./-](?P<day>\d{1,2}))?(?![\d.])(?:月?底)?前?"
)
"""A date in figures, as cells write it: 2022.12.31."""

_RECURRING = re.compile(
    r"每(?:年|半年|个?季度?|个?月|周|旬)度?(?:末|底|初|[一二三四]|\d{1,2}[日号]|最后一[天日个][^，。；]{0,6}?)?(?:以?前)"
)
_OFTEN = re.compile(
    r"每(?:年(?:\d{1,2}月)?|半年|个?季度?|个?月|周|旬|日)(?:度|\d{1,2}[日号])?(?=$|[，。；、）])"
)
_HINT = re.compile(r"\d|[年月季每]|之日|长期|持续|常|全年|始终|不断|按")
_TIME_WORD = re.compile(r"[年月季每]|之日")
_CLOSED = re.compile(r"《[^》]*》|“[^”]*”")
_TOLD = re.compile(rf"(?:{DEADLINE_LABEL.pattern})[^。；（）]*|(?<=阶段)（[^（）]*）")
"""Words about time in running prose: behind a label, or beside the name of a stage."""

_AFTER_ISSUE = re.compile(
    rf"(?:自|在|于)?本?(?:[{HAN}]{{0,6}}?(?:方案|意见|通知|办法|计划|规划|规定|措施|文件|决定|细则|条例))?(?:印发|发布|公布|下发|实施|施行)之日(?:起|后)(?:的)?"
    r"[\d一二三四五六七八九十]{1,3}(?:个)?(?:工作日|日|天|月|周)之?内"
)
_ONGOING = re.compile(
    r"(?:长期|持续|常年|常态化?|经常性?|始终|不断)(?:坚持|推进|实施|开展|落实|优化|进行|抓好|执行|保持|深化|组织|完善|做好|加强)"
    r"|常态化|长期(?=$|[，。；、）])|持续(?=$|[，。；、）])|全年(?=$|[，。；、）])"
)
_SCHEDULED = re.compile(
    rf"按(?:照)?(?:[{HAN}]{{0,10}}?)(?:安排|部署|进度|计划|要求|时序|时间节点|节点)"
    r"(?:及时|有序|适时|稳步|统筹|同步|组织|加快|逐步|分步)*(?:推进|实施|落实|完成|开展|进行|执行)?"
)
_UNDATED = (
    (_ONGOING, DeadlineKind.ONGOING),
    (_OFTEN, DeadlineKind.ONGOING),
    (_SCHEDULED, DeadlineKind.AS_SCHEDULED),
)
_NEXT_YEAR = ("明年", "次年", "翌年")


def year_of(title: str, date: str) -> int | None:
    """Return the year that a month without a year belongs to.

    It is the one year that the title names (…2022年…考评办法), else that of the
    date of issue.
    """
    years = set(
        re.findall(
            r"(?<![—\-至\d])((?:19|20)\d\d)年(?![\d—\-至])",
            re.sub(r"（(?!(?:19|20)\d\d年度?）)[^）]*）|〔\d+〕", "", title),
        )
    )
    if len(years) == 1:
        return int(years.pop())
    return int(date[:4]) if re.match(r"\d{4}", date) else None


def deadlines_in(text: str, span: Span, year: int | None, strict: bool) -> Iterator[DeadlineFact]:
    """Yield the time limits in ``span``, in the order of the text.

    Parameters
    ----------
    text
        The document's normalised text.
    span
        Where to look.
    year
        The year for a month without one; see :func:`year_of`.
    strict
        Whether the words are known to be about time: a label's value, the cell
        of a column of time limits, or a role bracket.
    """
    if not (_HINT if strict else _TIME_WORD).search(text, span.start, span.end):
        return
    within = span.start, span.end
    limits = _Limits(tuple(match.span() for match in _CLOSED.finditer(text, *within)))
    if text.find("之日", *within) >= 0:
        for match in _AFTER_ISSUE.finditer(text, *within):
            if "工作日" not in match.group():
                limits.add(match, DeadlineKind.BY)
    if text.find("每", *within) >= 0:
        for match in _RECURRING.finditer(text, *within):
            limits.add(match, DeadlineKind.BY)
    if strict:
        for match in _DOTTED.finditer(text, *within):
            date = iso_date(int(match["year"]), match["month"], match["day"])
            if date:
                limits.add(match, DeadlineKind.BY, date)
    _add_dated(limits, text, span, year, strict)
    if strict:
        for pattern, kind in _UNDATED:
            for match in pattern.finditer(text, *within):
                limits.add(match, kind)
    yield from sorted(limits.found, key=lambda fact: (fact.span.start, fact.span.end))


@dataclass(slots=True)
class _Limits:
    """The limits found so far, no two of which share words; none is ``closed`` in marks."""

    closed: tuple[tuple[int, int], ...]
    found: list[DeadlineFact] = field(default_factory=list)

    def free(self, match: re.Match[str]) -> bool:
        """Tell whether words may be a limit of their own."""
        start, end = match.span()
        return not any(a <= start < b for a, b in self.closed) and not any(
            fact.span.start < end and start < fact.span.end for fact in self.found
        )

    def add(self, match: re.Match[str], kind: DeadlineKind, date: str = "") -> None:
        """Add words as a limit, if they are free."""
        if self.free(match):
            self.found.append(DeadlineFact(kind, "", date, Span(*match.span())))


def _add_dated(limits: _Limits, text: str, span: Span, year: int | None, strict: bool) -> None:
    """Add the limits that name a time; a month without a year is of the year named before it."""
    told = () if strict else tuple(m.span() for m in _TOLD.finditer(text, span.start, span.end))
    current = year
    for match in TIME.finditer(text, span.start, span.end):
        if not match["time"] or not limits.free(match):
            continue
        if match["year"]:
            named = int(match["year"])
        elif match["relative"] in _NEXT_YEAR:
            named = year + 1 if year else 0
        else:
            named = current or 0
        sure = strict or any(start < match.end("time") <= end for start, end in told)
        every = match["lead"] == "每年"
        time = NamedTime(text, span, match, 0 if every else named, year, sure)
        fact = time.limit()
        if fact or (sure and match["year"] and time.goes_on):
            current = named or current
        if fact:
            limits.found.append(fact)
