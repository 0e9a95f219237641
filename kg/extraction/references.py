"""Acts named in the text: titles in 《》, document numbers, and how they are cited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.document import Span
from kg.extraction.model import ReferenceFact
from kg.model import Relation
from kg.structure.notices import plain_number
from kg.wording import (
    ACT_NOUN,
    CALLED,
    DOCUMENT_NUMBER,
    HAN,
    SHORT_NAME,
    document_numbers,
    ends_like_unit,
)

__all__ = ["NOT_AN_ACT", "defines_short_name", "kind_of", "references_in", "titles_in"]

_NUMBER_BEHIND = re.compile(
    rf"\s*[（(]?\s*(?P<number>{DOCUMENT_NUMBER.pattern}|[{HAN}]{{1,16}}令(?:[〔\[（]\d{{4}}[〕\]）])?第\s*\d+\s*号|"
    r"(?:GB|DB|HJ|CJ|JGJ|GA|NY|YY|WS|SL|LY|MZ|DL|JT)[A-Z/T]*\s*\d[\d.—\-]*)"
)
_FORM = re.compile(
    r"(?:表|表格|书|单|证|证书|证明|介绍信|确认函|备案函|函|卡|户口簿|合同|许可证|执照|发票|登记簿|台账|问卷|申请|承诺书)(?:（[^（）]*）)?$"
)
_ACT_FORM = re.compile(
    r"(?:分解表|任务表|一览表|责任书|白皮书|建议书|清单|分工表|安排表|计划表|时间表|进度表|意见书)(?:（[^（）]*）)?$"
)
_PAPER = re.compile(
    r"(?:日报|晚报|都市报|早报|晨报|时报|周报|商报|学报|杂志|期刊|公报|新闻|频道|专刊|报)$"
)
NOT_AN_ACT = re.compile(f"{_FORM.pattern}|{_PAPER.pattern}")
"""Endings of what stands in 《》 and is no act: forms, certificates, newspapers."""

_BARE_NOUN = re.compile(r"章程|合同|协议|公约|预案|方案|办法|意见|细则|计划|规定|通知|条例")
"""A title that names no act in particular: 按照《章程》开展活动."""

_BASIS = re.compile(r"根据|依据|依照|遵照|^经")
_APPLIES = re.compile(r"贯彻|落实|按照|按(?!期|时|月)|执行|遵守|学习|对照|衔接|适应")
_TITLES = re.compile(r"《[^》]*》(?:（[^（）]*）)?[、和及与，]?")
_TITLE_MARK = re.compile(r"[《》\n]")
_REACH, _REACH_OVER_ISSUER = 16, 36
"""Characters before a title that tell how it is cited; its issuer may stand between."""
_WINDOW = 400
"""Characters before a title that are looked at: what all of a list of titles is cited by."""
_ADOPTED = re.compile(r"(?:通过|批准|印发|下发|发布|公布|制定|出台|颁布)的$")
"""Says behind an issuer what it did with an act: 根据区人大会议审议通过的《政府工作报告》."""

_NEGATED = re.compile(r"(?:不再|不|免于|暂停)(?:执行|适用|按照)[^，。《》]*$")
_ISSUES = re.compile(r"(?:印发|下发|发布|公布|现将|将|制定|出台|通过)[^，。；《》]{0,6}$")
_ISSUED_BEHIND = re.compile(
    r"^(?:(?:已经|业经|已报经|已报请|经)[^，。]{2,30}(?:同意|批准|审议通过|通过|审定)，)?(?:现)?(?:予以?)?(?:印发|下发|发布|公布)"
    r"(?!(?:实施|施行)?(?:以来|[之以]?后))"
)
_AMENDED_BEHIND = re.compile(
    r"(?:等[^，。；]{0,10})?(?:部分条款)?(?:作出|予以|进行|作)(?:如下|以下|相应)?(?:修改|修订|修正)"
)
_OTHERS_BEHIND = re.compile(r"^(?:[、和及与]?《[^》]*》(?:（[^）]*）)?)+")
"""Further titles that what is said of the first is said of too."""

_CALLED = re.compile(rf"^（{SHORT_NAME}）")
_CALLS = re.compile(rf"{CALLED}$")
_LONGEST_CALL = 5
"""Characters that the words before a short name have."""
_SHORT_NAME = re.compile(
    rf"(?:（[^（）]*）)?（(?:[^（）]*，)?{CALLED}《(?P<short>[^》）]{{2,20}})》）"
)
"""Behind the title of an act, what it is called from there on: （以下简称《方案》）."""
_REPEAL_BEHIND = re.compile(
    r"^[^。；《》]{0,24}?(?:同时|同步|一并|自行|即行|予以|立即)?(?:废止|停止执行|停止施行)"
)
_SPECIFIC = {
    "法": "law",
    "宪法": "law",
    "法典": "law",
    "条例": "regulation",
    "规定": "regulation",
    "办法": "regulation",
    "细则": "regulation",
    "规则": "regulation",
    "目录": "regulation",
    "名录": "regulation",
    "方案": "plan",
    "规划": "plan",
    "计划": "plan",
    "预案": "plan",
    "纲要": "plan",
    "标准": "standard",
    "规范": "standard",
    "规程": "standard",
    "导则": "standard",
    "协定": "agreement",
    "协议": "agreement",
    "公约": "agreement",
}


def titles_in(text: str, span: Span) -> Iterator[Span]:
    """Yield the outer 《…》 within ``span``, with their marks.

    >>> [s.of("依据《实施〈法〉办法》") for s in titles_in("依据《实施〈法〉办法》", Span(0, 12))]
    ['《实施〈法〉办法》']
    """
    depth, start = 0, 0
    if text.find("《", span.start, span.end) < 0:
        return
    for match in _TITLE_MARK.finditer(text, span.start, span.end):
        mark, position = match.group(), match.start()
        if mark == "《":
            if depth == 0:
                start = position
            depth += 1
        elif mark == "》" and depth:
            depth -= 1
            if depth == 0:
                yield Span(start, position + 1)
        elif mark == "\n":
            depth = 0


def kind_of(title: str) -> str:
    """Return the kind of an act by the noun that ends its title.

    >>> kind_of("中华人民共和国统计法"), kind_of("关于开展普查的通知")
    ('law', 'policy')
    """
    plain = re.sub(r"（[^（）]*）$|〈|〉", "", title)
    for noun in sorted(_SPECIFIC, key=len, reverse=True):
        if plain.endswith(noun):
            return _SPECIFIC[noun]
    return "policy" if re.search(rf"{ACT_NOUN}$", plain) else "other"


def references_in(
    text: str, span: Span, own: str, plans: tuple[str, ...]
) -> Iterator[ReferenceFact]:
    """Yield the acts that ``span`` names.

    Parameters
    ----------
    text, span
        The document's normalised text, and where to look.
    own
        The notice's own document number, which is no reference.
    plans
        Titles of what the notice promulgates: the notice issues them.
    """
    covered: list[Span] = []
    short = _short_names(text)
    for mark in titles_in(text, span):
        title = text[mark.start + 1 : mark.end - 1].strip()
        behind = _NUMBER_BEHIND.match(text, mark.end, span.end)
        number = _standard_number(behind.group("number")) if behind else ""
        if title in short:
            if defines_short_name(text, mark):
                continue
            title, number = short[title]
        if (
            not title
            or _BARE_NOUN.fullmatch(title)
            or (NOT_AN_ACT.search(title) and not _ACT_FORM.search(title) and not number)
        ):
            continue
        end = behind.end() if behind else mark.end
        covered.append(Span(mark.start, end))
        relation = _relation(text, span, mark, end, title, plans)
        yield ReferenceFact(title, number, kind_of(title), relation, Span(mark.start, end))
    for match in document_numbers(text, span.start, span.end):
        where = _code_span(text, Span(match.start(), match.end()))
        number = plain_number(where.of(text))
        if number == own or any(c.start < where.end and where.start < c.end for c in covered):
            continue
        relation = _relation(text, span, where, where.end, "", ())
        yield ReferenceFact("", number, "policy", relation, where)


def defines_short_name(text: str, mark: Span) -> bool:
    """Tell whether a title only says how an act is called from there on: （以下简称《方案》）."""
    start = max(0, mark.start - _LONGEST_CALL)
    return _CALLS.search(text, start, mark.start) is not None


@lru_cache(8)
def _short_names(text: str) -> dict[str, tuple[str, str]]:
    """Return the full titles and the numbers of the acts that a text gives short names."""
    names: dict[str, tuple[str, str]] = {}
    if "称" not in text:
        return names
    for mark in titles_in(text, Span(0, len(text))):
        called = _SHORT_NAME.match(text, mark.end)
        if called:
            title = text[mark.start + 1 : mark.end - 1].strip()
            behind = _NUMBER_BEHIND.match(text, mark.end)
            number = _standard_number(behind.group("number")) if behind else ""
            names.setdefault(called["short"], (title, number))
    return names


def _standard_number(words: str) -> str:
    return plain_number(words) if "号" in words and "令" not in words else re.sub(r"\s+", "", words)


_NOT_CODE = re.compile(
    rf"[{HAN}]*(?:根据|依据|按照|落实|贯彻|执行|参照|印发|以及|关于|的(?:通知|意见|决定|通告|公告|通报|批复|函)?|和|及|与|按|见|为|由|在|对|年以)"
)


def _code_span(text: str, span: Span) -> Span:
    """Leave the words before the issuing code out: 按照国发〔2019〕5号 → 国发."""
    match = _NOT_CODE.match(text, span.start, span.end)
    return Span(match.end(), span.end) if match else span


def _relation(
    text: str, span: Span, mark: Span, end: int, title: str, plans: tuple[str, ...]
) -> Relation:
    """Tell the way of citing from the words before and behind (terms.md, 1.2)."""
    before = text[max(span.start, mark.start - _WINDOW) : mark.start]
    behind = text[end : min(len(text), end + 80)].split("\n", 1)[0]
    if re.match(r"^[）)]?(?:等)?(?:《|、|和|及)", behind) or _REPEAL_BEHIND.match(behind):
        rest = re.sub(r"《[^》]*》(?:（[^）]*）)?[、和及与]?", "", behind)
        if _REPEAL_BEHIND.match(rest) or _REPEAL_BEHIND.match(behind):
            return Relation.REPEALS
    if re.search(r"废止(?:了)?(?:《[^》]*》(?:（[^）]*）)?[、和及与]?)*$", before):
        return Relation.REPEALS
    said = _OTHERS_BEHIND.sub("", _CALLED.sub("", behind.lstrip("）)")))
    if re.search(r"(?:修改|修订)(?:《[^》]*》[、和及与]?)*$", before) or _AMENDED_BEHIND.match(
        said
    ):
        return Relation.AMENDS
    if re.match(r"^(?:予以)?(?:转发|批转)", behind) or re.search(
        r"(?:转发|批转)[^，。；《》]{0,20}$", before
    ):
        return Relation.REPUBLISHES
    if title in plans or _ISSUED_BEHIND.match(said):
        return Relation.ISSUES
    if re.search(r"(?:关于)?印发$", before) and title and "《" not in title and not plans:
        return Relation.ISSUES
    clause = re.split(r"[。；\n]", before)[-1]
    if _NEGATED.search(clause):
        return Relation.CITES
    nearest = re.split(r"，(?!(?:《|$))", clause)[-1] if clause.count("，") else clause
    for words in (nearest, clause if "》" in clause[-6:] else nearest):
        said = _TITLES.sub("", words)
        issued = ends_like_unit(said) or _ADOPTED.search(said)
        tail = said[-(_REACH_OVER_ISSUER if issued else _REACH) :]
        basis, applies = _BASIS.search(tail), _APPLIES.search(tail)
        if basis and (not applies or basis.start() < applies.start()):
            return Relation.BASIS
        if applies:
            return Relation.APPLIES
    return Relation.CITES
