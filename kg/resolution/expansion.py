"""Names that no rule resolves: the words of the text, with what is known put before them."""

from __future__ import annotations

import re

from kg.resolution.context import Context, Find, Found
from kg.resolution.places import NATIONAL, ancestors, body_above, forms
from kg.resolution.register import Register
from kg.wording import HAN, ends_like_unit

__all__ = ["expanded"]

_INNER = re.compile(
    r"(?:大队|中队|支队|总队|队|科|处|室|所|站|中心|司|局|股|办公室|办公厅|委员会)$"
)
_COUNTY_GOVERNMENT = re.compile(rf"(?P<place>[{HAN}]{{2,8}}[区县旗市])(?:人民)?政府")


def expanded(words: str, context: Context, register: Register, find: Find) -> Found:
    """Keep the words, with the place's full name for 区, 市, 省 before them.

    A part of a known unit (公安朝阳分局人口大队) takes that unit's official name.
    """
    # The committee of a zone whose name is no place has this ending all the same.
    words = re.sub(r"管委会$", "管理委员会", words)
    if context.place and context.place.level == "township":
        # The offices of a town are all 办公室; those of others may be of a commission.
        words = re.sub(r"办$", "办公室", words)
    kind = register.kind_of(words)
    below = _COUNTY_GOVERNMENT.fullmatch(words)
    if below and context.place and context.place.level in ("city", "county", "province"):
        name = below.group("place")
        outer = "" if name.endswith(("县", "旗", "市")) else context.place.official
        return Found(
            f"{outer}{name}人民政府",
            "government of an unknown place",
            "government",
            "county",
            None,
            f"{context.place.official}人民政府",
            f"{context.place.full}{name}",
            registered=False,
        )
    whole = _part_of(words, context, find)
    if whole is not None:
        name = whole[0].name + words[whole[1] :]
        return Found(
            name,
            "part of a known unit",
            whole[0].kind,
            whole[0].level,
            whole[0].function,
            whole[0].name,
            whole[0].place,
            registered=False,
        )
    own = list(ancestors(context.place, register))
    for place in own:
        for form in forms(place, own):
            rest = words[len(form) :]
            if words.startswith(form) and re.match(r"委[^员]", rest) and len(rest) > 3:
                name = f"中共{place.official}{rest}"
                above = body_above(place, "party", name, register)
                return Found(
                    name,
                    "organ of the Party",
                    "party",
                    place.level,
                    None,
                    above,
                    place.full,
                    False,
                )
            if words.startswith(form) and len(rest) > 2 and form != place.short:
                name = words if form == place.full else place.official + rest
                return Found(
                    name,
                    "place before own words",
                    kind,
                    place.level,
                    None,
                    body_above(place, kind, name, register),
                    place.full,
                    registered=False,
                )
    if context.place == NATIONAL and words.startswith(("国家", "中国", "全国")):
        return Found(words, "own words", kind, "national", None, None, NATIONAL.full, False)
    return Found(words, "own words", kind, "none", None, None, registered=False)


def _part_of(words: str, context: Context, find: Find) -> tuple[Found, int] | None:
    """Return the known unit that a longer name begins with, and where it ends."""
    for end in range(len(words) - 2, 3, -1):
        if not ends_like_unit(words[:end]) or not _INNER.search(words[end:]):
            continue
        if words[end - 1 : end + 1] == "办公":
            continue  # 河长办 + 公室
        found = find(words[:end], "", context)
        if found is not None and found.kind not in ("government", "subdistrict"):
            return found, end
    return None
