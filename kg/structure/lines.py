"""The lines of a document, and the pieces of a line that has lost its breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.document import Span
from kg.wording import HAN, LABEL_LINE, ends_like_unit, outline_number

__all__ = ["label_value", "pieces"]

_LINE = re.compile(r"[^\n]+")
_FIELD_OF_ITEMS = re.compile(
    rf"(?:整改|工作|具体|主要|重点)?(?:措施|任务|举措)[：:](?=(?:1[.．、]|（1）|（一）|①)[{HAN}])"
)
_SECOND_ITEM = re.compile(r"(?<!\d)2[.．、](?!\d)|（2）|（二）|②")
_UNBROKEN = 1000
_FEW_LINES = 3
_QUOTED = 40
_NUMERALS = "一二三四五六七八九十"
_NOT_CITED = r"(?![、和至款规所的第与]|以[上下]|及(?!时)|中[的规所第])"
"""Behind the number of an article that begins there: 第四条规定的 only cites it."""
_MARKER = re.compile(
    r"(?<![第条款项和及至、\d.])(?:(?<=[。；：！？）”])|(?<=[^\s（]{2}))"
    rf"(?=(?:第?[一二三四五六七八九十]{{1,4}}(?:[、章节]|条{_NOT_CITED})|（[一二三四五六七八九十]{{1,4}}）|（\d{{1,2}}）|[①-⑳]|"
    rf"\d{{1,3}}[.．﹒、](?=[{HAN}“《]|(?:19|20)\d\d年)))|"
    rf"(?<=[。；：！？）”])[ 　]?(?=\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}[、.．]?[ 　]?[{HAN}“《])"
)
_ARTICLE = re.compile(rf"第(?<![^\n。]第)(?P<number>[一二三四五六七八九十]{{1,4}})条{_NOT_CITED}")
"""The number of an article where a line or a sentence begins."""
_SIGNATURE = re.compile(
    rf"(?<=。)(?P<unit>[{HAN}]{{3,30}}(?:政府|办公室|办公厅|委员会|局|厅|委|院|部|会|小组))"
    r"(?P<date>\d{4}年\d{1,2}月\d{1,2}日)(?![前起至—-])"
)
_GLUED_NUMBER = re.compile(
    rf"(?:通知|意见|决定|方案|办法|公告|通告|规定|函|批复)(?P<number>[（(]?[{HAN}]{{2,10}}?"
    r"\s*[〔\[﹝【]\s*(?:19|20)\d\d\s*[〕\]﹞】]\s*\d{1,5}\s*号[）)]?)"
)
_GLUED_TITLE = re.compile(
    rf"[^。；，：:\t]{{4,80}}?(?:通知|意见|方案|办法|规划|计划|要点|措施|清单|分解|分工|规定|细则|预案|决定)(?:（[^（）]{{1,20}}）)?"
    rf"(?=[ 　]*(?:为(?:了|贯彻|深入|进一步|全面|认真|切实|加强|加快|推[进动]|做好|有效|规范|确保|扎实|落实|促进|提[高升])|根据|按照|依据|"
    rf"[一第][、章条]|各[{HAN}]{{1,30}}：|经[{HAN}]{{2,12}}(?:同意|研究)))"
)
_GLUED_HEADING = re.compile(
    r"(?<=[一二三四五六七八九十]、)(?:主要职[责能]|成员单位|组成人员|工作[规机][则制]|工作要求|工作目标|议事规则|其他事项|指导思想|总体要求|"
    r"基本原则|重点任务|主要任务|组织领导|保障措施|职责分工)(?=[^，。；：、（和与及的])"
)
"""Headings of every plan, where the text has run into them: 一、主要职责研究提出…."""
_LABEL = re.compile(rf"(?<=[。）])(?={LABEL_LINE.pattern})")
_CALLED = re.compile(rf"(?P<unit>(?<![{HAN}（）、：，])[{HAN}（）、]{{2,30}})：(?=[{HAN}])")
"""Units that are called one after another: 市交通局：负责…。市水利局：负责…"""
_ROLL = 3
"""Units that make a roll of those that an unbroken line calls."""
_ADDRESSED = re.compile(
    rf"(?P<units>[{HAN}（），、]{{4,160}})：(?=为|根据|按照|现将|经|近[年期日])"
)
"""Addressees, with the text run into them: 各县（区）人民政府：为了…"""


def pieces(text: str) -> Iterator[Span]:
    """Yield the stretches of ``text`` that are paragraphs, rows or headings.

    A line is one piece, except where a document has come without its line
    breaks: then outline numbers that continue their series, document numbers,
    addressees, labels and signatures cut the line.
    """
    limit = 0 if text.count("\n") < _FEW_LINES else _UNBROKEN
    articles = _glued_articles(text) if "。第" in text else []
    for match in _LINE.finditer(text):
        start, end = match.span()
        field = _FIELD_OF_ITEMS.match(text, start, end)
        if field and not _SECOND_ITEM.search(text, field.end(), end):
            yield Span(start, field.end())
            start = field.end()
        short = end - start < limit
        if "\t" in match.group() or (short and not articles and start):
            yield Span(start, end)
            continue
        if short:
            inner = {cut for cut in articles if start < cut < end}
            head = list(_number_cuts(text, start, end)) if start == 0 else []
            inner |= set(head) if head and head[1] < end else set()
        else:
            inner = {cut for cut in _cuts(text, start, end) if not _in_bracket(text, start, cut)}
        cuts = sorted({start, end, *inner})
        for left, right in pairwise(cuts):
            if text[left:right].strip():
                yield Span(left, right)


def _glued_articles(text: str) -> list[int]:
    """Return where an article begins behind the full stop of the one before it.

    The article before it, or the one behind it, tells it from words that only cite one.
    """
    found = list(_ARTICLE.finditer(text))
    if len(found) < 2:
        return []
    values = [label_value(match["number"]) for match in found]
    return [
        match.start()
        for index, match in enumerate(found)
        if values[index] - 1 in values[max(index - 1, 0) : index]
        or values[index] + 1 in values[index + 1 : index + 2]
    ]


def _in_bracket(text: str, start: int, position: int) -> bool:
    """Tell whether a bracket or a quotation is open there."""
    return any(
        text.rfind(opener, begin, position) > text.rfind(closer, begin, position)
        for (opener, closer), begin in (("（）", start), ("“”", max(start, position - _QUOTED)))
    )


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where an unbroken line is to be cut."""
    yield from _series_cuts(text, start, end)
    for match in _SIGNATURE.finditer(text, start, end):
        yield from (match.start("unit"), match.start("date"), match.end("date"))
    for match in _LABEL.finditer(text, start, end):
        yield match.start()
    for match in _GLUED_HEADING.finditer(text, start, end):
        yield match.end()
    called = [m for m in _CALLED.finditer(text, start, end) if _is_called(m, start)]
    if len(called) >= _ROLL:
        yield from (match.start("unit") for match in called)
    addressed = _ADDRESSED.match(text, start, end)
    if addressed and ends_like_unit(addressed["units"]):
        yield addressed.end()
    title = _GLUED_TITLE.match(text, start, end)
    if title:
        yield title.end()
    yield from _number_cuts(text, start, end)


def _number_cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where the number of a notice stands between its title and its addressees."""
    found = _GLUED_NUMBER.search(text, start, min(end, start + 400))
    if found:
        yield found.start("number")
        yield found.end()
        addressees = text.find("：", found.end(), min(end, found.end() + 200))
        if addressees > 0:
            yield addressees + 1


def _is_called(match: re.Match[str], start: int) -> bool:
    """Tell whether a unit before a colon begins the line, or a sentence in it."""
    opens = match.start() == start or match.string[match.start() - 1] in "。；"
    return opens and ends_like_unit(match["unit"])


def _series_cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Yield the outline numbers that open a series or go on with one.

    A text that begins in the middle goes on with the number that it begins with.
    """
    last: dict[str, tuple[int, ...]] = {}
    opening = outline_number(text, start, end)
    if opening is not None:
        last[opening[0]] = _levels(opening[1])
    marks = [m.end() for m in _MARKER.finditer(text, start, end)]
    numbers = [(cut, found) for cut in marks if (found := outline_number(text, cut))]
    for index, (cut, (style, label, _)) in enumerate(numbers):
        levels = _levels(label)
        begins = levels[-1] == 1 or _follows(levels, last.get(style, ()))
        if begins or (style == "article" and style not in last and _goes_on(numbers[index:])):
            last[style] = levels
            yield cut


def _goes_on(numbers: Sequence[tuple[int, tuple[str, str, int]]]) -> bool:
    """Tell whether the next number of the same style follows the first one."""
    (_, (style, label, _)), *others = numbers
    later = next((found[1] for _, found in others if found[0] == style), None)
    return later is not None and _follows(_levels(later), _levels(label))


def _levels(label: str) -> tuple[int, ...]:
    """Return the numbers of an outline label, one a level: 5.2.3 has three."""
    return tuple(map(int, label.split("."))) if "." in label else (label_value(label),)


def _follows(levels: tuple[int, ...], before: tuple[int, ...]) -> bool:
    """Tell whether a number is the next one of a series, on its level or on one above it.

    >>> _follows((5, 2, 4), (5, 2, 3)), _follows((5, 3), (5, 2, 3)), _follows((5, 4), (5, 2))
    (True, True, False)
    """
    above = len(levels) - 1
    return (
        len(levels) <= len(before)
        and levels[:above] == before[:above]
        and levels[above] == before[above] + 1
    )


def label_value(label: str) -> int:
    """Return the number that an outline label stands for.

    >>> label_value("（二十一）"), label_value("12"), label_value("③")
    (21, 12, 3)
    """
    digits = re.search(r"\d+", label)
    if digits:
        return int(digits.group())
    circled = re.search(r"[①-⑳]", label)
    if circled:
        return ord(circled.group()) - ord("①") + 1
    words = "".join(character for character in label if character in _NUMERALS)
    if not words:
        return 0
    tens, _, ones = words.rpartition("十") if "十" in words else ("", "", words)
    ten = (_NUMERALS.index(tens) + 1 if tens else 1) if "十" in words else 0
    return ten * 10 + (_NUMERALS.index(ones[0]) + 1 if ones else 0)
