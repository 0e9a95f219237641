"""Times that a text names, and what the words around one make of it.

A time is a limit where the words say so: 前 behind it, 到 before it, 自…起 around it,
a verb of completion behind it. Dates of validity, counting and birth are none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from kg.document import Span
from kg.extraction.model import DeadlineFact
from kg.model import DeadlineKind

__all__ = ["TIME", "NamedTime", "iso_date"]

_DASHES = "—－～~-"
_YEAR = r"(?:(?P<year>(?:19|20)\d\d)年|(?P<relative>今年|本年|当年|明年|次年|翌年))"
_PART = (
    rf"(?:(?:\d{{1,2}}[至{_DASHES}])?(?P<month>\d{{1,2}}|十[一二]|[一二三四五六七八九十])月(?:份)?(?:(?P<day>\d{{1,2}})(?:日|(?=前))|(?P<third>上旬|中旬|下旬|初|中))?"
    r"|(?P<quarter>第?[一二三四1-4])季度|(?P<half>上半年|下半年|年中))"
)
_WORDS = (
    r"(?=\d|[一二三四五六七八九十]{1,2}月|[今本当明次翌]年|第?[一二三四]季度|上半年|下半年|年[中底末内])"
    rf"(?:{_YEAR}度?)?(?:{_PART}|(?P<bare>年)(?=底|末)|(?P<within>(?<![\d一二两三四五六七八九十几半数多])年内))?"
)
TIME = re.compile(
    rf"(?P<lead>截至|每年|截止到?|有效期[^，。]{{0,6}}?至?|力争到|确保到|到|至|于|自|从|定于|[{_DASHES}])?"
    rf"(?P<time>(?<![\d第〔]){_WORDS})"
    r"(?P<end>(?:年)?(?:底|末))?(?:（(?:星期|周)[一二三四五六日天]）)?(?P<before>(?:之|以)?前|以内)?(?P<from>起|开始)?"
)
"""A time with the words that lead to it and close it; its ``time`` may be empty."""

_COUNTING = ("截至", "截止", "有效期")
_REACHES = ("至", *_DASHES)
"""Before the end of a stretch of time: in prose it lasts so long, in a cell it is to end then."""

_OUTSIDE = ("于", "定于", *_REACHES)
"""Words that lead to a time and are no part of the limit."""

_PROSE_LEADS = ("到", "力争到", "确保到")
_NO_LIMIT_BEHIND = re.compile(
    r"^(?:出生|已|以来|期间|以前出生|及以前|的(?:数据|统计|水平)|为基|[—\-～~至]|到(?:\d|今)|年龄|(?:持续|长期)(?:推进|实施|开展|坚持)|到期|届满|"
    r"度(?:城乡|城镇|财政|计划|工作|考核)|[，、]?(?:全市|全县|全区|全省|各[^，。]{0,8})?(?:已|共有))"
)
_COUNTED = re.compile(r"[，、]?(?:全市|全县|全区|全省|各[^，。]{0,8})?累计")
"""What has come together by a counting date; 前 before it makes it a limit."""

_TERM = re.compile(r"(?:有效期|执行期|任期|聘期|期限为|为期|延长|延续|顺延)[^，。；]{0,8}$")
_TERM_REACH = 11
_UNTIL = re.compile(r"日?(?:至|—|－|-|～|~)")
_FROM_VERB = re.compile(r"^(?:正式)?(?:启动|开始|开工|起步|实施|施行|执行)")
_ALREADY = ("已", "已经", "已在", "已经在")
_SAME_DAY = re.compile(r"当天|当日|全天")
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
    r"(?:完成|建成|实现|达到|形成|建立|新[增建改]|(?:改造|覆盖|建设|培育|打造)[^，。；]{0,30}?\d|开工|启用|力争|确保|争取|"
    r"[提下增降]\S{0,2}[到至]|增长|下降|保持|超过|不[低少高超]于)"
)
"""What is to be reached by a time that heads its sentence: 2025年，每个街道建成1个中心."""

_SENTENCE_END = "。；：！？—）"
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_MONTH_OF_QUARTER = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}


@dataclass(frozen=True)
class NamedTime:
    """A time that a text names, with the words around it.

    Attributes
    ----------
    text
        The document's normalised text.
    within
        What belongs together: words outside it say nothing of the time.
    match
        A match of :data:`TIME`.
    year
        The year that it lies in; 0 where the text names none.
    issued
        The document's year.
    strict
        Whether the words are known to be about time: a label's value, the cell of a
        column of time limits, or a role bracket.
    """

    text: str
    within: Span
    match: re.Match[str]
    year: int
    issued: int | None
    strict: bool

    def limit(self) -> DeadlineFact | None:
        """Return the limit that it is, if it is one."""
        if any(rule(self) for rule in _NO_LIMITS):
            return None
        return next((self._fact(kind) for rule, kind in _LIMITS if rule(self)), None)

    @cached_property
    def lead(self) -> str:
        """The words that lead to it: 到, 自; none where there are none."""
        return self.match["lead"] or ""

    @cached_property
    def behind(self) -> str:
        """The words behind it."""
        return self.text[self.match.end() : self.within.end]

    @property
    def start(self) -> int:
        """Where a limit made of it begins."""
        return self.match.start("time" if self.lead in _OUTSIDE else 0)

    @property
    def done(self) -> bool:
        """Whether the verb behind it tells of completion."""
        return bool(_DONE_VERB.match(self.behind))

    @property
    def goes_on(self) -> bool:
        """Whether it is the first of two times, between which something lasts."""
        return bool(_UNTIL.match(self.behind))

    @property
    def last(self) -> str:
        """The last day, month or year that the words name, as ISO 8601 has it."""
        if not self.year:
            return ""
        if self.match["month"]:
            return iso_date(self.year, self.match["month"], self.match["day"])
        if self.match["quarter"]:
            return f"{self.year:04}-{_MONTH_OF_QUARTER[self.match['quarter'][-1]]:02}"
        if self.match["half"]:
            return f"{self.year:04}-{'12' if self.match['half'] == '下半年' else '06'}"
        ends = self.match["end"] or self.match["bare"]
        return f"{self.year:04}-12" if ends else f"{self.year:04}"

    @property
    def first(self) -> str:
        """The first day, month or year from which something holds."""
        if self.year and self.match["half"]:
            return f"{self.year:04}-{'07' if self.match['half'] == '下半年' else '01'}"
        if self.year and self.match["quarter"]:
            return f"{self.year:04}-{_MONTH_OF_QUARTER[self.match['quarter'][-1]] - 2:02}"
        return self.last

    def _fact(self, kind: DeadlineKind) -> DeadlineFact:
        """Return the limit of a kind, with the words that tell it."""
        day = _SAME_DAY.match(self.behind) if kind is DeadlineKind.ON else None
        span = Span(self.start, self.match.end() + (day.end() if day else 0))
        if kind is DeadlineKind.FROM:
            return DeadlineFact(kind, self.first, "", span)
        return DeadlineFact(kind, self.last if kind is DeadlineKind.ON else "", self.last, span)


def iso_date(year: int, month: str, day: str | None) -> str:
    """Return a month or day as ISO 8601 has it; nothing for what no calendar has."""
    number = _NUMERALS.index(month) + 1 if month in _NUMERALS else int(month)
    if not 1 <= number <= 12 or (day and not 1 <= int(day) <= 31):
        return ""
    return f"{year:04}-{number:02}" + (f"-{int(day):02}" if day else "")


def _counts(time: NamedTime) -> bool:
    """Tell whether something was counted or is valid up to it: 截至…, 有效期至…, …累计."""
    total = _COUNTED.match(time.behind) and not time.match["before"]
    return bool(time.lead.startswith(_COUNTING) or total)


def _is_of_no_work(time: NamedTime) -> bool:
    """Tell whether it is a birth date, a time that has passed, or part of a longer word."""
    return bool(_NO_LIMIT_BEHIND.match(time.behind))


def _ends_a_stretch(time: NamedTime) -> bool:
    """Tell whether something lasts until it, in prose."""
    return time.lead in _REACHES and not time.strict


def _ends_a_term(time: NamedTime) -> bool:
    """Tell whether it closes a term of office or of validity."""
    start = time.match.start()
    return bool(_TERM.search(time.text, max(time.within.start, start - _TERM_REACH), start))


def _is_past(time: NamedTime) -> bool:
    """Tell whether it lies in a year before the document's, or what was done then is told: 已于5月通车."""
    year = time.match["year"]
    before = time.text[time.within.start : time.match.start()]
    return bool(time.issued and year and int(year) < time.issued) or before.endswith(_ALREADY)


def _begins_a_change(time: NamedTime) -> bool:
    """Tell whether prose says of it what has changed since: 2024年起."""
    return bool(time.match["from"]) and not time.lead and not time.strict


_NO_LIMITS: tuple[Callable[[NamedTime], bool], ...] = (
    _counts,
    _is_of_no_work,
    _ends_a_stretch,
    _ends_a_term,
    _is_past,
    _begins_a_change,
)
"""Why a time is no limit."""


def _begins(time: NamedTime) -> bool:
    """自2024年起."""
    return bool(time.match["from"]) and time.lead in ("自", "从", "")


def _closes(time: NamedTime) -> bool:
    """2024年前; 2024年底 where a lead, a verb or its place says that it is a limit."""
    ends = time.match["end"] and (time.strict or time.lead or time.done)
    return bool(time.match["before"] or ends)


def _is_led_to(time: NamedTime) -> bool:
    """到2025年，…."""
    named = time.match["year"] or time.match["relative"]
    return bool(
        time.lead in _PROSE_LEADS and named and (time.behind.startswith(("，", "年")) or time.done)
    )


def _starts_work(time: NamedTime) -> bool:
    """In a cell: 2024年3月启动."""
    return bool(time.strict and not time.match["day"] and _FROM_VERB.match(time.behind))


def _is_the_day(time: NamedTime) -> bool:
    """5月1日当天, 定于5月1日; in a cell 于5月1日举行."""
    if not time.match["day"]:
        return False
    same = time.lead in ("", "于") and _SAME_DAY.match(time.behind)
    held = time.strict and time.lead == "于" and not time.done
    return bool(same or held or time.lead == "定于")


def _is_year_of_completion(time: NamedTime) -> bool:
    """2024年建成投用."""
    alone = time.match["year"] and time.match.end() - time.start == len("2024年")
    return bool(alone and _COMPLETED.match(time.behind))


def _heads_an_aim(time: NamedTime) -> bool:
    """2025年，每个街道建成1个中心."""
    start = time.match.start()
    heads = start == time.within.start or time.text[start - 1] in _SENTENCE_END
    plain = time.match["year"] and not time.lead and not time.match["day"]
    return bool(heads and plain and _AHEAD.match(time.behind))


def _is_dated(time: NamedTime) -> bool:
    """2024年内, 上半年 or 三季度 with a verb of completion; any time in a cell."""
    part = (time.match["half"] or time.match["quarter"]) and time.done
    return bool(time.last and (time.match["within"] or time.strict or part))


_LIMITS: tuple[tuple[Callable[[NamedTime], bool], DeadlineKind], ...] = (
    (_begins, DeadlineKind.FROM),
    (_closes, DeadlineKind.BY),
    (_is_led_to, DeadlineKind.BY),
    (_starts_work, DeadlineKind.FROM),
    (_is_the_day, DeadlineKind.ON),
    (_is_year_of_completion, DeadlineKind.BY),
    (_heads_an_aim, DeadlineKind.BY),
    (_is_dated, DeadlineKind.BY),
)
"""What makes a limit of a time, and of which kind; the first that holds counts."""
