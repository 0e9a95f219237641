"""Quantities: numbers with a measure word, and the words that compare them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import prod

from kg.model import Comparator

__all__ = ["COMPARE", "RATE", "SHARES", "Quantity", "comparator", "quantities"]

_UNIT = (
    r"个百分点|百分点|平方公里|平方千米|立方米|平方米|千瓦时|车组人|张床位|[场批人车架台班户件辆例]次|"
    r"公里|公顷|公斤|千米|千克|毫克|微克|海里|床位|学位|工位|学时|课时|标段|蒸吨|千瓦|兆瓦|小时|分钟|[美欧]元|"
    r"[亩米里吨斤克升元度册%‰倍个所家辆套户部处条项座片场件名次张台支只株对栋幢间床本篇份门类种例口根盏点站人位届批顶块颗棵"
    r"艘架面班岁期档宗笔卷幅首轮头匹羽尾组款眼孔列剂]"
)
_MEASURE = rf"(?:{_UNIT})(?:（(?:{_UNIT})）)?(?:[/每](?:{_UNIT}|[天日月年]))?"
COMPARE = (
    r"不得?少于|不得?[低小]于|不得?[高大多]于|不得?超过|少于|低于|小于|高于|大于|多于|优于|超过|突破|至少|最少|最高|最多|约为?|近|超|"
    r"(?:控制|稳定)在|(?:保持|维持)在?|达到?|(?:提高|提升|增加|增长|上升|扩大|降低|下降|减少|缩小|缩短|压减|压缩|回落|增|升|降|减)[至到]|为"
)
_NUMBER = re.compile(
    r"(?<![\d.第〔—\-A-Za-z])(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)"
    rf"(?P<scale>[百千]?万亿?|亿|千|百)?(?P<more>余|多)?(?P<measure>{_MEASURE})?"
    r"(?P<post>及?以上|及?以下|以内|之内|左右)?"
)
_PRE = re.compile(rf"(?:均|分别|全部|力争|确保|基本|累计|总数|在)*(?:{COMPARE})*$")
_PRE_REACH = 16
"""Characters before a number that may hold the words that compare it."""

_NO_QUANTITY = re.compile(r"月|日|年|周岁|时|号|级|工作日|制|版|[—\-~～×%\d]")
"""Behind a number and its measure word: part of a time, a name, a stretch."""

RATE = re.compile(
    r"(?:率|占比|比例|比重|水平|覆盖面|时间|总量|强度|浓度|面积|人数|规模|[涨增跌降]幅|寿命|系数|指数|倍差|标准|^(?:人均|户均|每[百千万]).*)$"
)
"""The end of what is measured rather than counted."""

SHARES = ("%", "‰", "倍", "百分点", "个百分点")
"""Measure words of a share, whose subject stands before the number."""

_SCALES = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that counts or measures; ``start`` is that of the words that compare it."""

    start: int
    number: int
    end: int
    pre: str
    post: str
    more: bool
    value: str
    measure: str


def quantities(words: str) -> Iterator[Quantity]:
    """Yield the numbers in ``words`` that count or measure something."""
    for match in _NUMBER.finditer(words):
        measure, number = match["measure"] or "", match.start()
        if not (measure or match["scale"]) and match.end() < len(words):
            continue
        if _NO_QUANTITY.match(words, match.end()) or words.endswith("第", 0, number):
            continue
        pre = _PRE.search(words, max(0, number - _PRE_REACH), number)
        start = pre.start() if pre else number
        if measure in ("期", "岁") and not words.endswith("寿命", 0, start):
            continue
        if not (measure or match["scale"] or RATE.search(words[:start])):
            continue
        yield Quantity(
            start,
            number,
            match.end(),
            words[start:number],
            match["post"] or "",
            bool(match["more"]),
            _value(match),
            measure,
        )


def comparator(pre: str, post: str, more: bool) -> Comparator:
    """Return how a value is meant by the words before and behind the number."""
    if re.search(r"不得?(?:超过|[高大多]于)|最[多高]|(?<!不)(?<!不得)(?:少于|低于|小于)", pre):
        return Comparator.AT_MOST
    if re.search(r"不得?(?:少于|[低小]于)|超|突破|[大高多优]于|至少|最少", pre):
        return Comparator.AT_LEAST
    if post.endswith(("以下", "以内", "之内")):
        return Comparator.AT_MOST
    if post.endswith("以上") or more:
        return Comparator.AT_LEAST
    if "约" in pre or "近" in pre or post == "左右":
        return Comparator.ABOUT
    return Comparator.EQUAL


def _value(match: re.Match[str]) -> str:
    """Return the number written out in full, without trailing zeros behind the point."""
    value = Decimal(match["number"].replace(",", ""))
    value *= prod(_SCALES[scale] for scale in match["scale"] or "")
    written = format(value, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written
