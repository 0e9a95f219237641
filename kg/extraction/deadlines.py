"""Time limits: by when, on which day, from when, for good, or as others schedule.

In a label, a table cell or a role bracket any time is a limit (*strict* text).
In running prose a time is one only when the words around it say so: 前 behind it,
到 or 至 before it, 自…起 around it; dates of validity, counting and birth are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.document import Span
from kg.extraction.model import DeadlineFact
from kg.model import DeadlineKind
from kg.wording import HAN

__all__ = ["DEADLINE_LABEL", "deadlines_in", "year_of"]

DEADLINE_LABEL = re.compile(
    r"(?:完成|办理|工作|实施|整改|落实|推进|计划)?(?:完成)?(?:时限|时间|期限|节点|进度)(?:要求|安排|节点|表)?\s*[：:]"
)
"""A label before a time limit: 完成时限：, 进度安排："""

_DASHES = "—－～~-"
_YEAR = r"(?:(?P<year>(?:19|20)\d\d)年|(?P<relative>今年|本年|当年|明年|次年|翌年))"
_PART = (
    r"(?:(?P<month>\d{1,2}|十[一二]|[一二三四五六七八九十])月(?:份)?(?:(?P<day>\d{1,2})日|(?P<third>上旬|中旬|下旬|初|中))?"
    r"|(?P<quarter>第?[一二三四1-4])季度|(?P<half>上半年|下半年|年中))"
)
_TIME = (
    r"(?=\d|[一二三四五六七八九十]{1,2}月|[今本当明次翌]年|第?[一二三四]季度|上半年|下半年|年[中底末内])"
    rf"(?:{_YEAR}度?)?(?:{_PART}|(?P<bare>年)(?=底|末)|(?P<within>(?<![\d一二两三四五六七八九十几半数多])年内))?"
)
_LIMIT = re.compile(
    rf"(?P<lead>截至|每年|截止到?|有效期[^，。]{{0,6}}?至?|力争到|确保到|到|至|于|自|从|定于|[{_DASHES}])?"
    rf"(?P<time>(?<![\d第〔]){_TIME})"
    r"(?P<end>(?:年)?(?:底|末))?(?P<before>(?:之|以)?前|以内)?(?P<from>起|开始)?"
)
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
_NO_LIMIT_BEHIND = re.compile(
    r"^(?:出生|已|以来|期间|以前出生|及以前|的(?:数据|统计|水平)|为基|[—\-～~至]|到(?:\d|今)|年龄|(?:持续|长期)(?:推进|实施|开展|坚持)|到期|届满|"
    r"度(?:城乡|城镇|财政|计划|工作|考核)|[，、]?(?:全市|全县|全区|全省|各[^，。]{0,8})?(?:已|共有))"
)
_COUNTED = re.compile(r"[，、]?(?:全市|全县|全区|全省|各[^，。]{0,8})?累计")
"""What has come together by a counting date; 前 before it makes it a limit."""

_FROM_VERB = re.compile(r"^(?:正式)?(?:启动|开始|开工|起步|实施|施行|执行)")
_TERM = re.compile(r"(?:有效期|执行期|任期|聘期|期限为|为期|延长|延续|顺延)[^，。；]{0,8}$")
_TERM_REACH = 11
_UNTIL = re.compile(r"日?(?:至|—|－|-|～|~)")
_DONE_VERB = re.compile(
    r"^(?:[前底末]|[，]?(?:基本|全部|全面|初步|率先|力争|争取|确保|\d{2,3}[%％](?:以上)?)*(?:完成|取得|建成|实现|达到|形成|建立|投入|完工|竣工|"
    r"上线|印发|出台|开通|启用|见效|报送|通过|开展|落实|制定|投用|投产|通车|交付|开工|动工))"
)
_COMPLETED = re.compile(
    r"^(?:基本|全部|全面|率先|力争|争取|确保)*(?:建成|完工|竣工|投用|投产|通车|交付|完成|实现|达到|新增|新建|新改扩建|改造|"
    r"(?:打造|培育|引进|创建|认定|实施|举办|推广|建设|培训|发展)[^，。；]{0,20}\d)"
)
"""What ends within a year that is named alone: 2024年建成投用, 2024年打造平台5个."""

_AHEAD = re.compile(
    r"，(?![^。；]{0,40}(?:已|了|取得|面对))[^。；]{0,60}?"
    r"(?:完成|建成|实现|达到|形成|建立|新[增建改]|改造|覆盖|建设|培育|打造|开工|启用|力争|确保|争取|"
    r"[提下增降]\S{0,2}[到至]|增长|下降|保持|超过|不[低少高超]于)"
)
"""What is to be reached by a time that heads its sentence: 2025年，每个街道建成1个中心."""
_SENTENCE_END = "。；：！？—）"
_REACHES = ("至", *_DASHES)
"""Before the end of a stretch of time: in prose it lasts so long, in a cell it is to end then."""

_PROSE_LEADS = ("到", "力争到", "确保到")
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_MONTH_OF_QUARTER = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}


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
            date = _iso(match, int(match["year"]))
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
    for match in _LIMIT.finditer(text, span.start, span.end):
        if not match.group("time") or not limits.free(match):
            continue
        if match.group("year"):
            named = int(match.group("year"))
        elif match.group("relative") in ("明年", "次年", "翌年"):
            named = year + 1 if year else 0
        else:
            named = current or 0
        sure = strict or any(start < match.end("time") <= end for start, end in told)
        fact = _limit(text, span, match, named, year, sure)
        if fact or (sure and match.group("year") and _UNTIL.match(text, match.end(), span.end)):
            current = named or current
        if fact:
            limits.found.append(fact)


def _limit(
    text: str, span: Span, match: re.Match[str], year: int, issued: int | None, strict: bool
) -> DeadlineFact | None:
    """Decide what kind of limit a time is, if any: a year before the document's is none."""
    lead = match.group("lead") or ""
    behind = text[match.end() : span.end]
    if lead.startswith(("截至", "截止", "有效期")) or _NO_LIMIT_BEHIND.match(behind):
        return None
    if (lead in _REACHES and not strict) or (_COUNTED.match(behind) and not match.group("before")):
        return None
    if _TERM.search(text, max(span.start, match.start() - _TERM_REACH), match.start()):
        return None
    if _UNTIL.match(behind):
        return None
    if lead == "每年":
        year = 0
    if issued and match.group("year") and int(match.group("year")) < issued:
        return None
    start = match.start("time") if not lead or lead in ("于", *_REACHES) else match.start()
    where = Span(start, match.end())
    exact = bool(match.group("day"))
    date = _iso(match, year)
    if match.group("from") and lead in ("自", "从", ""):
        if lead or strict:
            return DeadlineFact(DeadlineKind.FROM, _first(match, year), "", where)
        return None
    if match.group("before") or (
        match.group("end") and (strict or _DONE_VERB.match(behind) or lead)
    ):
        return DeadlineFact(DeadlineKind.BY, "", date, where)
    if (
        lead in _PROSE_LEADS
        and (match.group("year") or match.group("relative"))
        and (behind.startswith(("，", "年")) or _DONE_VERB.match(behind))
    ):
        return DeadlineFact(DeadlineKind.BY, "", date, where)
    if strict and _FROM_VERB.match(behind) and not exact:
        return DeadlineFact(DeadlineKind.FROM, _first(match, year), "", where)
    if exact and lead in ("", "于", "在") and behind.startswith(("当天", "当日", "全天")):
        return DeadlineFact(DeadlineKind.ON, date, date, Span(start, match.end() + 2))
    if lead == "定于" and exact:
        return DeadlineFact(DeadlineKind.ON, date, date, Span(match.start("time"), match.end()))
    if strict and exact and lead == "于" and not _DONE_VERB.match(behind):
        return DeadlineFact(DeadlineKind.ON, date, date, where)
    alone = match.group("year") and where.end - where.start == len("2024年")
    if alone and _COMPLETED.match(behind):
        return DeadlineFact(DeadlineKind.BY, "", date, where)
    heads = match.start() == span.start or text[match.start() - 1] in _SENTENCE_END
    if heads and match.group("year") and not lead and not exact and _AHEAD.match(behind):
        return DeadlineFact(DeadlineKind.BY, "", date, where)
    if match.group("within"):
        return DeadlineFact(DeadlineKind.BY, "", date, where) if date else None
    if strict or match.group("half") or match.group("quarter"):
        counts = strict or _DONE_VERB.match(behind)
        return DeadlineFact(DeadlineKind.BY, "", date, where) if counts and date else None
    return None


def _iso(match: re.Match[str], year: int) -> str:
    """Return the last day, month or year that the words name."""
    if not year:
        return ""
    month, day = _number(match["month"]), match["day"]
    if (month and not 1 <= int(month) <= 12) or (day and not 1 <= int(day) <= 31):
        return ""
    if day:
        return f"{year:04}-{int(month or 1):02}-{int(day):02}"
    if month:
        return f"{year:04}-{int(month):02}"
    named = match.groupdict()
    if named.get("quarter"):
        return f"{year:04}-{_MONTH_OF_QUARTER[match.group('quarter')[-1]]:02}"
    if named.get("half"):
        return f"{year:04}-{'12' if match.group('half') == '下半年' else '06'}"
    return f"{year:04}-12" if named.get("end") or named.get("bare") else f"{year:04}"


def _number(words: str | None) -> str | None:
    """Return a month written in characters as digits."""
    return str(_NUMERALS.index(words) + 1) if words and words in _NUMERALS else words


def _first(match: re.Match[str], year: int) -> str:
    """Return the first day, month or year from which something holds."""
    if match.group("half"):
        return f"{year:04}-{'07' if match.group('half') == '下半年' else '01'}" if year else ""
    return _iso(match, year)
