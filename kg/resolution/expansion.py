"""Names that no rule resolves: the words of the text, with what is known put before them."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.resolution.context import Context, Find, Found
from kg.resolution.places import NATIONAL, ancestors, body_above, forms
from kg.resolution.register import LEVEL_WORDS, OWN_PREFIX, Register
from kg.wording import HAN, ends_like_unit

__all__ = ["expanded", "part_of", "with_whole_government"]

_INNER = re.compile(
    r"(?:大队|中队|支队|总队|队|科|处|室|所|站|中心|(?<!公)司|局|股|办公室|办公厅|委员会)$"
)
_OF_GOVERNMENT = re.compile(rf"(?<=[省市县区旗州盟])政府(?=[{HAN}]{{2}})")
_COUNTY_GOVERNMENT = re.compile(rf"(?P<place>[{HAN}]{{2,8}}[区县旗市])(?:人民)?政府")


def expanded(words: str, context: Context, register: Register, find: Find) -> Found:
    """Keep the words, with the place's full name for 区, 市, 省 before them.

    A part of a known unit (公安朝阳分局人口大队) takes that unit's official name.
    """
    # The committee of a zone whose name is no place has this ending all the same.
    words = with_whole_government(re.sub(r"管委会$", "管理委员会", words))
    if "人民政府" in words or (context.place and context.place.level == "township"):
        # The offices of a government and of a town are all 办公室; others may be of a commission.
        words = re.sub(r"办$", "办公室", words)
    return (
        _government_below(words, context)
        or _part(words, context, find)
        or _with_place(words, context, register)
        or _as_written(words, context, register)
    )


def with_whole_government(words: str) -> str:
    """Write 人民政府 for 政府 before an office of it, as official names do.

    >>> with_whole_government("省政府口岸工作办公室")
    '省人民政府口岸工作办公室'
    """
    return _OF_GOVERNMENT.sub("人民政府", words, count=1)


def part_of(whole: str, part: str) -> str:
    """Name a part of a body: all but its office bear a ministry's name without the state's.

    >>> part_of("中华人民共和国公安部", "交通管理局"), part_of("中华人民共和国教育部", "办公厅")
    ('公安部交通管理局', '中华人民共和国教育部办公厅')
    """
    office = part.endswith(("办公厅", "办公室"))
    return (whole if office else whole.removeprefix("中华人民共和国")) + part


def _government_below(words: str, context: Context) -> Found | None:
    """Read the government of a county that the register does not know."""
    place = context.place
    below = _COUNTY_GOVERNMENT.fullmatch(words)
    if not below or place is None or place.level not in ("city", "county", "province"):
        return None
    name = below.group("place")
    outer = "" if name.endswith(("县", "旗", "市")) else place.official
    return Found(
        f"{outer}{name}人民政府",
        "government of an unknown place",
        "government",
        "county",
        None,
        f"{place.official}人民政府",
        f"{place.full}{name}",
        registered=False,
    )


def _part(words: str, context: Context, find: Find) -> Found | None:
    """Read a part of a known unit, the longest that the name begins with."""
    for end in range(len(words) - 2, 2, -1):
        if not ends_like_unit(words[:end]) or not _INNER.search(words[end:]):
            continue
        if words[end - 1 : end + 1] in ("办公", "办事"):
            continue  # 河长办 + 公室, 铁路办 + 事处
        whole = find(words[:end], "", context)
        if whole is not None and whole.name.endswith(words[end:]):
            return whole  # 综保区 is the committee's name already in 综保区管委会
        if whole is not None and whole.kind not in ("government", "subdistrict"):
            return replace(
                whole,
                name=part_of(whole.name, words[end:]),
                rule="part of a known unit",
                parent=whole.name,
                registered=False,
            )
    return None


def _with_place(words: str, context: Context, register: Register) -> Found | None:
    """Put the official name of the document's place, or of one above it, before the words."""
    own = list(ancestors(context.place, register))
    for place in own:
        for form in forms(place, own):
            rest = words[len(form) :]
            level = form in LEVEL_WORDS
            if not words.startswith(form) or len(rest) < (2 if level else 3):
                continue
            if level and not OWN_PREFIX.match(words):
                continue
            if re.match(r"委[^员]", rest) and len(rest) > 3:
                name, rule, kind = f"中共{place.official}{rest}", "organ of the Party", "party"
            elif form != place.short:
                name = words if form == place.full else place.official + rest
                rule, kind = "place before own words", register.kind_of(words)
            else:
                continue
            above = body_above(place, kind, name, register)
            return Found(name, rule, kind, place.level, None, above, place.full, registered=False)
    return None


def _as_written(words: str, context: Context, register: Register) -> Found:
    """Keep the words as they are; what the state calls its own is the country's."""
    national = context.place == NATIONAL and words.startswith(("国家", "中国", "全国"))
    level, place = ("national", NATIONAL.full) if national else ("none", "")
    kind = register.kind_of(words)
    return Found(words, "own words", kind, level, None, None, place, registered=False)
