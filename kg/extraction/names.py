"""Names of units: cutting a list of them apart, telling the collective ones.

A list is cut at 、 and ， and at 和 及 与 between two whole names. Some names hold
these marks themselves (各省、自治区、直辖市人民政府; 文化和旅游部); what stands in
brackets belongs to the name before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from kg.document import Span
from kg.extraction.model import Name
from kg.model import Quantifier
from kg.wording import BULLETS, HAN, SHORT_NAME, SURNAMES, UNIT_ENDING, ends_like_unit

__all__ = [
    "AND_ITS",
    "last_name",
    "looks_like_name",
    "names_in",
    "quantifier_of",
    "share_an_ending",
    "without_founder",
]

_LEVEL_WORD = (
    rf"(?:省级?|计划单列市|(?:省?直管|[{HAN}]{{2,4}}(?=[林特]区))?(?:市|县|林区|特区)|自治[区县旗]|直辖市|自治州|设区市|地级市|县级市|市级?|州|盟|县级?|区级?|旗|乡|镇|苏木(?:乡?镇)?|街道|街乡|镇街|街镇|乡镇|"
    r"村|社区|园区|功能区|开发区|高新区|新区|地区|委|办|局|部门|单位|各?级)"
)
_LEVEL_END = rf"(?:（[^（）]{{1,12}}）)?(?=[、，；和及等]|人民政府|政府|管委会|党委|管理委员会|(?![直属级各有相])[{HAN}]{{2,6}}部门|$)"
_LEVEL = r"(?:县区|区县|市县|乡镇|街镇|镇街|街道|[省市县区旗州盟镇乡村]级?|(?:不?设区的)市|流域|自治[州县旗])(?:（[^（）]{1,12}）)?"
_OF_PROVINCES = rf"(?!国家|中国|全国|中央|人民|各)[{HAN}]{{2,10}}(?:厅|局|委|办)(?:（[^（）]*）)?"
_LEVELS_IN_SERIES = re.compile(
    rf"(?:各|有关|相关)?省(?:（[^（）]*）)?、(?:自治区、直辖市|市、自治区|自治区)"
    rf"(?:[、和及]计划单列市)?(?:[、和及]新疆生产建设兵团)?(?:{_OF_PROVINCES}(?:、{_OF_PROVINCES})*|（[^（）]*）)?"
    rf"|(?!各(?:街|镇|乡)[^、]{{0,6}}、[区县市](?:人民)?政府)(?:各(?:有关|相关)?|(?:有关|相关)(?=[省市县区旗州盟镇乡])){_LEVEL_WORD}{_LEVEL_END}(?:[、和及]{_LEVEL_WORD}{_LEVEL_END})+"
    rf"(?:人民政府|政府|管委会|党委|管理委员会|(?![直属级各有相])[{HAN}]{{2,6}}部门)?"
    r"|各盟(?:行政公署)?、市(?:人民政府)?"
    r"|各(?:省|市|县|区|旗)?委、办、局(?:、[^、，；。]{2,4})?"
    rf"|(?<![^、，；和及由])(?:{_LEVEL}(?:[、和及]|或者?))+(?={_LEVEL}(?!办)[^、，；和及或])"
    r"|各(?:[^、，；（]|（[^（）]*）){0,12}党(?:工)?委(?:、|和)(?:(?:人民)?政府|办事处|管委会)"
    rf"|[{HAN}]{{2,8}}党工委和管(?:理)?委(?:员)?会"
    r"|各部委、各?直属机构|(?:[省市区县州盟旗]委、)?[^、，；。（）]{0,8}各(?:部|委)(?:、(?:委|办|厅|局)(?=[、，；）]|$))+"
)
_KINDS_IN_SERIES = re.compile(
    rf"各级?(?P<kinds>(?:[{HAN}]{{2,12}}、)+)[{HAN}]{{2,12}}(?:行业主管部门|(?<!主管)机构)"
)
"""Kinds of which one noun is told: 各特殊技能、特殊艰苦行业主管部门, 各级融资担保、再担保机构."""
_BARE_NOUN = re.compile(
    r"(?:(?:其他|其它)?(?:单位|部门|机构|企业|人员|个人|方面|团体|组织|政府|院校|行业|地区|地方|街道|乡镇)+)$"
)
_ETC = re.compile(
    r"(?<![中高初同平])等(?P<count>\d+|[一二三四五六七八九十两]+)?(?:个|家)?(?P<rest>(?:[^、，；（]|（[^（）]*）)*)$"
)
_GOES_ON = re.compile(
    r"(?:（[^（）]*）)?\s*等(?![级次候待额同效于])"
    r"(?:(?P<count>\d+|[二两三四五六七八九十]+)(?:个|家))?"
)
_COUNTS = {word: number for number, word in enumerate("二三四五六七八九十", start=2)} | {"两": 2}
_ETC_HEAD = re.compile(
    r"(?:(?:其他|其它)?(?:行政|职能|主管|管理|行政主管|行政管理|人民|群众|社会)?(?:部门|单位|机构|团体|企业|地区|地方|方面|院校|各方|委办局)(?:和单位|和部门|及单位)?|[省市县区旗州]{1,3}(?:人民)?政府)$"
)
_SOME = re.compile(r"(?:有关|相关|其他|其它|涉及|所涉|负责[^、，]{0,8}的)")
_LOCAL = re.compile(
    r"^(?:属地|所在[地省市县区旗州乡镇]|当地|事发地|辖区(?!街)|项目所在地|居住地所在)"
)
_ALL = re.compile(
    r"^[三四]大(?=[^、]{2,4}$)|^(?:[省市县区旗州盟镇乡村]级?[、和及])+|^(?:全[省市区县州盟旗])?(?:各|全体|所有|每个|两级)|^全[省市区县州盟旗](?=[^、]{2,})|"
    r"(?:省|市|区|县|国务院|区政府|市政府|省政府|直|属|机关|驻)各(?!类)|(?:成员单位|牵头单位|责任单位)$|"
    rf"^[沿环][{HAN}]{{1,4}}各|"
    r"^(?:中央|央|省|市|区|县|州|旗|盟)(?:和地方)?[属管直](?:重点|骨干)?(?:国有)?(?:企业|国企|高校|院校|医院|公立医院|科研院所)$|"
    rf"^(?:中央|国家|部|省|中省|省部)?[驻在][{HAN}]{{1,3}}(?:单位|央企|中央企业|企业|高校|院校|科研院所|部队)$|"
    r"^“?[两二三四五六七八九十][区县市园]”?(?:管委会|(?:人民)?政府)$|"
    r"^(?:[一两二三四五六七八九十]+[区县市旗]){2,}(?:(?:人民)?政府|管委会)?$"
)
_GENERIC = re.compile(
    r"^(?:地方|基层|上级|下级|本级|同级|两级|三级|区县|县区|市县|旗县区?|县市区?|市直|区直|省直|县直|街道|街乡|镇街|街镇|"
    r"乡镇|社区|村居|园区|高校|企事业|机关事业|事业|社会|党政|[^、]{0,12}?(?:地方|各级|县级以上|设区的?市))?"
    r"(?:人民)?(?:政府|党委|团体|机关|街道|街乡|镇街|街镇|乡镇|镇|乡|村|社区|部门|单位|机构|主体|企业|学校|医院|高校|院校|"
    r"街道办事处|街办|街道办|地区办事处|乡镇人民政府|镇政府|乡政府|居委会|村委会|行业协会|"
    r"旗县区|市县区|区县|县市区|市县|县区|功能区|开发区)(?:（[^（）]*）)?$"
)
_ALTERNATIVES = re.compile(
    r"^(?P<which>[^省市县区旗州盟乡镇、（）]{2,4})?[省市县区旗州盟乡镇]{1,2}（(?:[省市县区旗州盟、]|自治[区州县旗]|街道|乡镇|园区)+）级?"
    r"(?:人民)?(?:政府|党委|管委会|街道|乡镇|部门|单位|主管部门)?$"
)
_FUNCTIONAL = re.compile(
    r"[^、局委办厅]{2,10}(?:部门|主管单位|行政机关|主管机关|职能单位|企业|(?<!领导)机构|国企|央企|高校|院校|科研院所)$|"
    r"^(?:涉[农林海水煤]|重点|试点|沿[江海边黄线淮湖]|边境|民族|脱贫|产粮)[县市区旗州]{1,2}(?:（[^（）]*）)?(?:(?:人民)?政府)?$"
)
"""A function with the noun for those who have it: no unit's own name ends in a bare 企业 or 机构."""
_LEAD_IN = re.compile(
    r"^(?:由|有(?![关色机条]|[^、，]*的)|请|其中|并由|并请|具体由|分别由|统一由|以及|及(?!时)|和|与|或者?|同时由|其他由|交由|按分工交由)(?=[^、，]{2,})"
)
_AGENT = re.compile(rf"(?![^（]*）)[{HAN}]{{2,16}}(?<![自理缘])由(?=[{HAN}]{{2}})")
"""Before a unit, the part of the work that it does: 自然灾害类由市民政局."""
_FOUNDED_BY = re.compile(
    rf"(?P<by>[{HAN}（）、]{{2,30}}?)(?:设立|组建|成立|确定|指定)的(?=[{HAN}]{{2}})"
)
"""Before a unit, who has set it up: 县人民政府设立的防汛指挥部."""

_JOINED = re.compile(r"[和与及或]")
_PART_OF_BRANCH = re.compile(rf"[{HAN}]区?(?:分局|支局|支行|分公司)")
"""What is left of a branch in a place whose name begins with a joiner: 市公安局和+平分局."""
_SUMMED_UP = re.compile(rf"(?:[{HAN}]{{2,8}}、)+[{HAN}]{{2,8}}等[{HAN}]{{0,4}}(?:部门|单位)")
"""Functions that are summed up, joined to a unit: 市政府办公室以及教育、财政等部门."""

_OTHERS = re.compile(rf"(?:其他|其它)(?:有关|相关)?[{HAN}]{{0,6}}(?:部门|单位)")
"""The others, behind functions of government: 财政、审计和其他有关部门."""
_STAND_IN = re.compile(
    r"单位|部门|机构|人员|个人|同[上前]|暂无|[待未]定|另行(?:通知|确定|明确|安排)|详?见附[件表]\d*"
)
"""What stands where a name would, and is none."""
_TAIL = re.compile(
    r"(?:(?:为|是|作为)(?:牵头|责任|配合)(?:单位|部门))?"
    r"(?:按照?|根据|依据?|结合)?(?:各自|其)?(?:的)?(?:职责|职能|任务)?(?:分工|权限)?(?:要求)?"
    r"(?:共同|分别|各自|具体|密切|积极|统一|协同|联合|全程|主动|同步|同时)*$"
)
_PERSON = re.compile(
    rf"^(?P<unit>.+?{UNIT_ENDING})(?P<open>（)?(?=.)(?P<post>副?(?:[局镇乡县区市院行站队]长|主任|书记|街道主任|(?:主要|分管)?负责人|(?:主要|分管)领导))?"
    rf"(?P<person>(?:(?![局委厅办院会社处所站])[{HAN}]){{2,8}}·[{HAN}]{{1,8}}|[{SURNAMES}][{HAN}]{{0,1}}(?![类组科股室处面域目])[{HAN}])?(?(open)）)$"
)
_WHICH = re.compile(
    r"（(?:(?:负责)?[第前后][\d一二三四五六七八九十、和至-]+(?:项|条|款|点|类)(?:任务|工作|内容|指标)?|"
    rf"(?:分别|共同|联合)办理|{SHORT_NAME}|(?:详?见)?附件\d*|名单(?:见)?附后|附后|\d[\d\-—/、 ]{{5,}}|(?:联系人|(?:联系|咨询)?电话)[：:][^（）]*)）$"
)
"""Behind a name, which parts of a task are its, how, its short name, its telephone: 区水务局（第1项）."""

_MARKS = f"{BULLETS}◇#—"
_TRAILING = f"。；：:,，、 {_MARKS}"
_ENDINGS = ("部门", "公司", "单位")
_FUNCTION = re.compile(
    rf"(?:(?=建设)|(?![加推完建做抓落开组制强以对将由]))(?:(?![的为])[{HAN}]){{2,10}}"
)
_CLOSED = re.compile(r"（[^（）]*）|“[^”]*”|《[^》]*》")
_SENTENCE_MARK = re.compile(r"[。；：]")
_JOINER = re.compile(r"[、和及与]")
AND_ITS = re.compile(r"(?:及其(?![他它余])|或者?其(?![他它余]))[^、，]{0,12}$")
"""Behind a name, what belongs to it or acts for it and has no name: 市水务局及其下属单位."""

_TIME = re.compile(r"\d{1,2}月|\d{4}年|年[底内]|长期|持续|常态|全年|每[年月]|按")
_HAN = re.compile(rf"[{HAN}]")
_ROUND = str.maketrans("〔〕[]〈〉", "（）（）（）")
"""Square brackets inside round ones mean the same: 各市、县〔市、区〕政府."""
_SEPARATOR = re.compile(
    rf"[、，,；;]|\s+|/|(?<=（(?:牵头|主责|主办|责任|负责|配合|协办)）)(?=[{HAN}])(?!单位|部门|责任)|以及|或者(?!其)|特别是|尤其是|[和及与](?!其(?![他它]))|或(?![其者])"
)


def names_in(text: str, span: Span) -> tuple[Name, ...]:
    """Cut a list of units into names.

    Parameters
    ----------
    text
        The document's normalised text.
    span
        The list, without the words that give the role.

    Returns
    -------
    tuple of Name
        In the order of the text. 等 at the end of a name is no part of it; what
        follows 等 is a collective unit when it says which (等有关部门), and no
        unit when it only sums up (等部门).
    """
    names: list[Name] = []
    leader = ""
    for piece in _pieces(text, span):
        for part in _without_etc(text, piece):
            name = _name(text, part, leader)
            if name is not None:
                left_open = _goes_on(text, name.span.end, len(names) + 1)
                names.append(replace(name, open=True) if left_open else name)
                leader = leader or ("" if name.collective else name.written)
    if len(names) > 1 and names[-1].written.endswith(_ENDINGS) and share_an_ending(names):
        ending = names[-1].written[-2:]
        names = [
            name if ends_like_unit(name.written) else _like(name, name.written + ending)
            for name in names
        ]
    return tuple(names)


def share_an_ending(names: Sequence[Name]) -> bool:
    """Tell whether short names have one ending for all of them: 公安、教育、民政部门."""
    *others, last = names
    return (
        bool(others)
        and last.written.endswith(_ENDINGS)
        and bool(_FUNCTION.fullmatch(last.written))
        and all(
            _FUNCTION.fullmatch(name.written) for name in others if not ends_like_unit(name.written)
        )
        and not all(ends_like_unit(name.written) for name in others)
    )


def _like(name: Name, whole: str) -> Name:
    """Give a shortened name the quantifier that it has in full."""
    return replace(name, quantifier=name.quantifier or quantifier_of(whole))


def without_founder(words: str) -> str:
    """Return the name of a unit without who has set it up.

    >>> without_founder("县人民政府设立的防汛指挥部")
    '防汛指挥部'
    """
    founded = _FOUNDED_BY.match(words) if "的" in words and ends_like_unit(words) else None
    return words[founded.end() :] if founded and ends_like_unit(founded["by"]) else words


def looks_like_name(words: str) -> bool:
    """Tell whether ``words`` may be a unit's name: by its ending, and not a sentence."""
    return 2 <= len(words) <= 45 and ends_like_unit(words) and not _SENTENCE_MARK.search(words)


def last_name(words: str) -> str:
    """Return the last name of a list, as far as marks tell.

    >>> last_name("市教育局、市财政局")
    '市财政局'
    """
    return _JOINER.split(words)[-1]


@lru_cache(4096)
def quantifier_of(words: str) -> Quantifier | None:
    """Return how a collective name picks its members; none for a named unit.

    >>> quantifier_of("各有关街乡"), quantifier_of("相关部门"), quantifier_of("区水务局")
    (<Quantifier.SOME: 'some'>, <Quantifier.SOME: 'some'>, None)
    """
    if _LOCAL.match(words):
        return Quantifier.LOCAL
    if _SOME.search(words) and (_BARE_NOUN.search(words) or ends_like_unit(words)):
        return Quantifier.SOME
    if _ALL.search(words):
        return Quantifier.ALL
    alternatives = _ALTERNATIVES.match(words)
    if alternatives:
        return Quantifier.SOME if alternatives.group("which") else Quantifier.ALL
    if _GENERIC.match(words):
        return Quantifier.ALL
    if _FUNCTIONAL.match(words):
        return Quantifier.SOME
    return None


def _pieces(text: str, span: Span) -> Iterator[Span]:
    """Cut at separators that stand outside brackets and outside names."""
    words = span.of(text)
    if "〔" in words or "〈" in words or "[" in words:
        words = words.translate(_ROUND)
    marks = list(_SEPARATOR.finditer(words))
    closed = _closed_stretches(words) if marks else []
    start = 0
    for match in marks:
        left, right = match.span()
        if any(begin <= left < end for begin, end in closed):
            continue
        joiner = match.group() in ("和", "及", "与", "或", "或者", "以及")
        if joiner and not _joins_two_names(words[start:left], words[right:]):
            continue
        if words[start:left].strip():
            yield Span(span.start + start, span.start + left)
        start = right
    if words[start:].strip():
        yield Span(span.start + start, span.end)


def _closed_stretches(words: str) -> list[tuple[int, int]]:
    """Return the stretches in which no separator counts: brackets and series."""
    closed = [match.span() for match in _CLOSED.finditer(words)]
    closed += [match.span() for match in _LEVELS_IN_SERIES.finditer(words)]
    closed += [
        match.span()
        for match in (_KINDS_IN_SERIES.finditer(words) if "各" in words else ())
        if not any(map(ends_like_unit, match["kinds"][:-1].split("、")))
    ]
    return closed


def _joins_two_names(left: str, right: str) -> bool:
    """Tell whether 和, 及 or 与 stands between two whole names."""
    if _OTHERS.fullmatch(right):
        return True
    following = re.split(r"[、，；]|等(?=[^、，；]*$)", right, maxsplit=1)[0]
    if not ends_like_unit(left) or len(left) < 2 or re.search(r"^各?(?:省|市|区|县)$", left):
        return False
    first = re.split(r"(?<=.)[和及与或]", following, maxsplit=1)[0]
    if not first or _BARE_NOUN.fullmatch(first) or _PART_OF_BRANCH.fullmatch(first):
        return False
    if _SUMMED_UP.match(right):
        return True
    return ends_like_unit(first) or ends_like_unit(following) or bool(_SOME.match(following))


def _without_etc(text: str, piece: Span) -> Iterator[Span]:
    """Take 等 off a name; yield the collective unit that may follow it."""
    words = piece.of(text)
    match = _ETC.search(words) if "等" in words else None
    if match is None or match.start() == 0:
        yield piece
        return
    rest = match.group("rest")
    before = words[: match.start()]
    yield Span(piece.start, piece.start + len(before))
    if (rest and not _ETC_HEAD.fullmatch(rest) and ends_like_unit(_TAIL.sub("", rest))) or (
        rest and re.match(r"(?:有关|相关|其他)", rest)
    ):
        yield Span(piece.start + match.start("rest"), piece.end)


def _goes_on(text: str, end: int, named: int) -> bool:
    """Tell whether a list of units is left open behind its last name.

    等 leaves it open; 等三个部门 behind three names closes it.
    """
    match = _GOES_ON.match(text, end)
    if match is None:
        return False
    count = match.group("count")
    if not count:
        return True
    told = int(count) if count.isdecimal() else _COUNTS.get(count, named)
    return told > named


def _name(text: str, part: Span, leader: str) -> Name | None:
    """Make a name of a piece: strip what leads in and out, split off a person."""
    words = part.of(text)
    start = part.start + len(words) - len(words.lstrip(" 　"))
    words = words.strip(" 　")
    lead_in = _LEAD_IN.match(words)
    joined = (
        lead_in and _JOINED.fullmatch(lead_in.group()) and text[start - 1 : start] in "、（和及与"
    )
    # A list does not go on by 、和: in 河西区、和平区 it begins a name.
    if lead_in and not joined and not ends_like_unit(lead_in.group()):
        start += lead_in.end()
        words = words[lead_in.end() :]
    if words[:1] in _MARKS:
        start += len(words) - len(words.lstrip(_MARKS))
        words = words.lstrip(_MARKS)
    agent = _AGENT.match(words) if "由" in words else None
    if agent and ends_like_unit(words):
        start += agent.end()
        words = words[agent.end() :]
    name = without_founder(words)
    start += len(words) - len(name)
    words = name
    words = _WHICH.sub("", AND_ITS.sub("", words.rstrip(_TRAILING)))
    person = _PERSON.match(words)
    if person and not ends_like_unit(words[person.end("unit") :].strip("（）")):
        words = person.group("unit")
    if _TIME.match(words) or not 2 <= len(words) <= 60 or not _HAN.search(words):
        return None
    if _STAND_IN.fullmatch(words):
        return None
    return Name(Span(start, start + len(words)), words, quantifier_of(words), leader)
