"""Targets: what is to be reached, how it is compared, the value, the measure word.

A target stands in a phrase between commas that begins with a word of achieving
(新建, 完成, 发放 …) or holds a word of comparing (达到, 不少于 …). The subject is the
noun behind the measure word (新建9所幼儿园), or the one before the number
(建设充电桩2600个, 覆盖率达到100%).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import zip_longest

from kg.document import Span
from kg.extraction.model import TargetFact
from kg.model import Comparator
from kg.wording import HAN

__all__ = ["targets_in"]

_MEASURE = (
    r"个百分点|百分点|平方公里|平方千米|立方米|平方米|车组人|人次|批次|公里|公顷|千米|套（间）|张床位|床位|学位|工位|"
    r"小时|分钟|[亩米吨元册%‰倍个所家辆套户部处条项座片场件名次张台支只株对栋幢间床本篇份门类例口根盏点站人届批顶块颗棵艘架面班"
    r"岁期站档宗笔卷幅首期轮]"
)
_NUMBER = r"(?<![\d.第〔—\-A-Za-z])(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?P<scale>[百千]?万|亿|千|百)?(?P<more>余|多)?"
_PRE = (
    r"(?P<pre>(?:均|分别|全部|力争|确保|基本|累计|总数)*"
    r"(?:达到?到?|提高[至到]|提升[至到]|增[至加]到?|扩大[至到]|降[至低]到?|下降[至到]|控制在|稳定在|保持在|压减[至到]|"
    r"不少于|不低于|不小于|不高于|不超过|不大于|不多于|超过|突破|大于|高于|至少|约为?|近|为)*)"
)
_POST = r"(?P<post>以上|以下|以内|之内|左右)?"
_QUANTITY = re.compile(rf"{_PRE}{_NUMBER}(?P<measure>{_MEASURE})?{_POST}")
_ACHIEVE = (
    r"(?:新建、?改扩建|新增改造|升级改造|改造升级|建设提升|建设筹集|监督抽检|监测抽检|全面提升|新建|改建|扩建|改扩建|建设|建成|"
    r"完成|实施|开展|组织|举办|新增|增加|安装|发放|改造|创建|打造|推出|提供|培训|促进|帮助|补充|配备|配置|购置|推进|筹集|"
    r"竣工|开工|设立|建立|培育|引进|新植|种植|造林|植树造林|修复|修建|修缮|疏浚|整治|治理|清理|检测|抽检|检查|救助|服务|"
    r"资助|招聘|招募|选派|认定|评选|遴选|征集|采购|投放|更新|铺设|架设|拆除|提升|布设|投入|实现|争取|再建|补贴|支持|开通|优化调整|新开)"
)
_LEAD = re.compile(
    rf"^(?:继续|持续|深入|加快|积极|全年|年内|全区|全市|全县|全省|力争|确保|其中|并|再|累计|计划|每年|同步|共|"
    rf"(?:在|为|于|利用|依托|通过|围绕|面向|对)[^，。；]{{1,24}}?(?={_ACHIEVE}))*"
    rf"(?P<verb>(?:{_ACHIEVE}[和并、]?)+)"
)
_DIGIT = re.compile(r"\d")
_DATE = re.compile(r"\d+[月日年]")
_JOINER = re.compile(r"[、和及]")
_PHRASE = re.compile(r"[^，。；！？\n]+")
_RATE_SUBJECT = re.compile(r"(?:率|占比|比例|比重|水平|覆盖面|时间|总量|强度|浓度|面积|人数|规模)$")
_NOT_A_MEASURE = re.compile(r"^(?:月|日|年|周岁|时|号|级|工作日|[—\-~～])")
_DROP_BEFORE = re.compile(
    r"^(?:将|使|把|对|确保|力争|实现|推动|促进|全市|全区|全县|全省|全年|我[省市区县]|各类主要|到\d{4}年[底末]?|\d{4}年[底末]?前?|年底前?)+"
)
_TAIL_VERB = re.compile(r"(?:的)?(?:建设|改造|整治|治理|运行|安装|创建|提升|发放)$")


def targets_in(text: str, span: Span) -> Iterator[TargetFact]:
    """Yield the targets in ``span``, in the order of the text.

    Values are plain decimals in the measure's own unit: 1.2万个 is 12000 个,
    300万元 is 3000000 元. 以上, 不少于 and the like are ``>=``; 控制在…以内 is
    ``<=``; 约 and 左右 are ``about``; a bare number is ``=``.
    """
    for phrase in _PHRASE.finditer(text, span.start, span.end):
        words = phrase.group()
        if not _DIGIT.search(words):
            continue
        lead = _LEAD.match(words)
        verb = lead.group("verb") if lead else ""
        parts = _parts(words)
        for index, (start, end) in enumerate(parts):
            part = words[start:end]
            for match in _QUANTITY.finditer(part):
                fact = _target(
                    text,
                    phrase.start() + start,
                    part,
                    match,
                    verb if index == 0 else "",
                    bool(lead),
                    lead.end() if lead and index == 0 else 0,
                )
                if fact is not None:
                    yield fact
                    break


def _parts(words: str) -> list[tuple[int, int]]:
    """Cut a phrase at 、 和 及 that stand between two quantities."""
    cuts = [0]
    marks = list(_JOINER.finditer(words))
    for match, following in zip_longest(marks, marks[1:]):
        before = words[cuts[-1] : match.start()]
        nearest = words[match.end() : following.start() if following else None]
        if (
            _DIGIT.search(nearest)
            and _DIGIT.search(before)
            and not _DATE.match(nearest)
            and before.count("（") == before.count("）")
        ):
            cuts.append(match.end())
    ends = [cut - 1 for cut in cuts[1:]] + [len(words)]
    return list(zip(cuts, ends, strict=True))


def _target(
    text: str, offset: int, part: str, match: re.Match[str], verb: str, led: bool, lead_end: int
) -> TargetFact | None:
    """Make a target of one quantity, or nothing if it is none."""
    measure, pre, post = match.group("measure") or "", match.group("pre"), match.group("post") or ""
    behind = part[match.end() :]
    before = part[: match.start()]
    if (not measure and not match.group("scale")) or _NOT_A_MEASURE.match(behind):
        return None
    if re.search(r"第$|[A-Za-z]$", before) or measure in ("岁", "期") or re.search(r"^×", behind):
        return None
    if (
        re.fullmatch(r"（?", before[-1:])
        and re.match(r"）", behind)
        and measure in ("件", "项", "分")
    ):
        return None
    compared = bool(re.search(r"[达至到于过少低高约近]|控制在", pre)) or bool(post)
    if not (led or compared):
        return None
    subject = _subject(before, behind, lead_end, measure) or verb
    if not subject:
        return None
    if measure in ("小时", "分钟") and not _RATE_SUBJECT.search(subject):
        return None
    start = offset + (lead_end - len(verb) if lead_end else 0)
    start = start if before.strip() or verb else offset + match.start()
    end = offset + match.end() + (len(behind) if _noun_behind(behind) else 0)
    return TargetFact(
        subject,
        _comparator(pre, post, match.group("more")),
        _value(match),
        measure,
        Span(start, end),
    )


def _noun_behind(behind: str) -> str:
    """Return the noun behind a measure word, if the phrase goes on with one."""
    return re.split(r"[（“”]", behind)[0].strip("的 ")


def _subject(before: str, behind: str, lead_end: int, measure: str) -> str:
    """Return what is counted or measured."""
    noun_before = _DROP_BEFORE.sub("", before[lead_end:]).strip("“”（、 ")
    rate = measure in ("%", "‰", "倍", "百分点", "个百分点")
    if rate or _RATE_SUBJECT.search(noun_before):
        return noun_before
    noun_behind = behind.strip("的 ")
    if noun_behind and not noun_before.endswith(("率", "比例")):
        listed = re.search(rf"等$|[）]、.*等$|[{HAN}]、[{HAN}]+等$", before)
        if not noun_before or listed or len(noun_behind) >= 2:
            return _TAIL_VERB.sub("", noun_behind) if len(noun_behind) > 8 else noun_behind
    return noun_before


def _comparator(pre: str, post: str, more: str | None) -> Comparator:
    if re.search(r"不少于|不低于|不小于|超过|突破|大于|高于|至少", pre) and not re.search(
        r"不(?:超过|高于|大于)", pre
    ):
        return Comparator.AT_LEAST
    if re.search(r"不高于|不超过|不大于|不多于", pre) or post in ("以下", "以内", "之内"):
        return Comparator.AT_MOST
    if post == "以上" or more:
        return Comparator.AT_LEAST
    if "约" in pre or "近" in pre or post == "左右":
        return Comparator.ABOUT
    return Comparator.EQUAL


_SCALES = {"百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}


def _value(match: re.Match[str]) -> str:
    """Return the number written out in full, without trailing zeros behind the point."""
    value = Decimal(match.group("number").replace(",", ""))
    value *= _SCALES.get(match.group("scale") or "", 1)
    written = format(value, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written
