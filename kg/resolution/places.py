"""Places: what lies above them, how they are written, and which ones a name may mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache

from kg.resolution.register import LEVEL_WORDS, Place, Register
from kg.wording import HAN

__all__ = [
    "LONGEST_NAME",
    "NATIONAL",
    "ZONE",
    "ZONE_SHORT",
    "ancestors",
    "body_above",
    "forms",
    "lineage",
    "meant",
    "places_in",
    "timely",
]

NATIONAL = Place("中国", "中国", "中国", "national", None)
"""The place of the State Council and the organs of the Party centre."""

ZONE = re.compile(
    rf"(?P<name>[{HAN}（）]{{2,24}}?(?P<word>高新技术产业开发区|高新技术产业园区|经济技术开发区|经济开发区|开发区|新区|高新区|经开区|"
    r"示范区|保税区|实验区|试验区|港务区|园区|合作区|度假区|风景名胜区|风景区|旅游区|生态城|科学城|科技城))(?=(?:开发建设)?管理委员会|管委会|执行委员会)"
)
"""A development zone, which a committee governs."""
ZONE_SHORT = {
    "高新技术产业开发区": "高新区",
    "高新技术产业园区": "高新区",
    "新技术开发区": "高新区",
    "经济技术开发区": "经开区",
    "经济开发区": "经开区",
}
"""Endings of names of zones, and what they are shortened to."""

_TOWN_WORDS = ("街道", "镇", "乡", "苏木")
LONGEST_NAME = 16
"""Characters of the longest name of a place."""
_KNOWN_FORMS = 4096
"""Places of which it is kept how they may be written: those of some documents, not of all."""


def timely(places: Sequence[Place], date: str) -> Sequence[Place]:
    """Return the places of the time, or all if none is."""
    return [place for place in places if place.validity.holds(date)] or places


def meant(place: Place, register: Register, date: str) -> Sequence[Place]:
    """Return the registered places that a place without one above it may be.

    None for a registered place, and for one whose name the register does not know.
    """
    if place.parent or place.level == "national" or place.full in register.places:
        return ()
    known = register.places_by_name.get(place.name, ())
    return timely([other for other in known if other.name == place.name], date)


def ancestors(place: Place | None, register: Register) -> Iterator[Place]:
    """Yield a place and those above it, without the country."""
    while place is not None and place.level != "national":
        yield place
        place = register.places.get(place.parent) if place.parent else None


def lineage(place: Place | None, register: Register) -> tuple[str, ...]:
    """Return the full names of a place and of those above it, the country last."""
    if place is None:
        return ()
    return (*(above.full for above in ancestors(place, register)), NATIONAL.full)


def forms(place: Place, own: Sequence[Place] = ()) -> tuple[str, ...]:
    """Return the ways in which a place may be written, the longest first.

    The bare word of its kind (区) stands for the nearest of ``own`` that it fits: the place
    of the document and those above it. In a district of an autonomous region 区财政局
    is the district's, in a county-level city 市财政局 is that city's.
    """
    return _forms(place, tuple(own))


@lru_cache(_KNOWN_FORMS)
def _forms(place: Place, own: tuple[Place, ...]) -> tuple[str, ...]:
    names = [place.full, place.name, place.short, *place.others]
    nearer: list[str] = []
    for other in own:
        if other is place:
            names += [
                word
                for word in LEVEL_WORDS
                if place.name.endswith(word) and not any(n.endswith(word) for n in nearer)
            ]
            if place.level == "county" and place.name.endswith("区"):
                names.append("城区")  # a district, as some cities call theirs
            if place.name.endswith("地区"):
                names.append("地")  # 地委, 地直机关工委
            if place.name.endswith(("地区", "盟")):
                names.append("行署")
            zone = ZONE.match(f"{place.name}管理委员会")
            if zone and zone["name"] == place.name:
                names.append("管委会")  # 管委会财政局 is the zone's
            names += [word for ending, word in ZONE_SHORT.items() if place.name.endswith(ending)]
            if place.level == "township":
                names += [word for word in _TOWN_WORDS if place.name.endswith(word)]
            if place.name.endswith("师"):
                names += ["师市", "师"]  # a division of the corps is one with its city
        nearer.append(other.name)
    names.sort(key=len, reverse=True)
    return tuple(dict.fromkeys(name for name in names if name))


def places_in(
    words: str, own: Sequence[Place], register: Register, date: str = ""
) -> Iterator[Place]:
    """Yield the registered places that stand in ``words``, longer names first.

    Provinces and cities count by any of their names. There are many counties, and their short
    names are common words (公安, 合作, 和平): one counts by its short name in documents
    of the place above it and of its neighbours only, by its own name (和平区) in those
    of its province too, and by its full name (天津市和平区) everywhere.

    Parameters
    ----------
    words
        The name of a unit.
    own
        The place of the document and those above it; none if it speaks for the country.
    register
        The places that are known.
    date
        When the document was issued (ISO, or empty for today).
    """
    above = {place.full for place in own}
    shorts = {place.short for place in own}
    seen = set(above)
    for name in _named_in(words, register):
        for place in _nearest(register.places_by_name[name], name, above, register, date):
            # 海南 in a document of 海南省 is no 海南藏族自治州; 吉林 in one of 吉林省 may be 吉林市,
            # but 广安 in one of 广安市 is not its 广安区.
            below = place.parent in above and place.level != "county"
            other = name in shorts and not below
            if place.full not in seen and not other:
                seen.add(place.full)
                yield place


def _named_in(words: str, register: Register) -> Sequence[str]:
    """Return the names of places that stand in ``words``, longer ones first."""
    named = [
        words[start : start + length]
        for start in range(len(words) - 1)
        for length in register.place_lengths.get(words[start : start + 2], ())
    ]
    return sorted(filter(register.places_by_name.__contains__, named), key=len, reverse=True)


def _nearest(
    known: Sequence[Place], name: str, above: Set[str], register: Register, date: str
) -> Iterator[Place]:
    """Yield those of the places called ``name`` that a document of the places ``above`` means.

    Of counties of one name only the nearest counts, and none where two are as near.
    """
    found = timely([place for place in known if _counts(place, name, above, register)], date)
    counties = [place for place in found if place.level == "county"]
    nearest = [place for place in counties if place.parent in above or name == place.full]
    if len({place.parent for place in nearest}) == 1:
        yield from nearest
    yield from (place for place in found if place.level != "county")
    if not nearest and len({place.parent for place in counties}) == 1:
        yield from counties


def _counts(place: Place, name: str, above: Set[str], register: Register) -> bool:
    """Tell whether a place may be called ``name`` in a document of the places ``above``."""
    if place.level != "county" or name == place.full or place.parent in above:
        return True
    if name not in (place.name, *place.others):
        return False
    if not above:
        known = register.places_by_name[name]
        return sum(name == other.name and other.validity.holds("") for other in known) < 2
    higher = register.places.get(place.parent or "")
    return higher is not None and higher.parent in above


def _government(place: Place, register: Register) -> str:
    """Return the name of a place's government.

    That of a street is an office of the district's, that of a development zone a committee;
    a regiment of the corps is one itself.
    """
    if place.level == "township" and place.name.endswith("团"):
        return place.official
    committee = f"{place.official}管理委员会"
    unlisted = place.full not in register.places and ZONE.match(committee)
    if unlisted or committee in register.by_name:
        return committee
    higher = register.places.get(place.parent or "")
    if place.level == "township" and place.name.endswith("街道") and higher is not None:
        return f"{higher.official}人民政府{place.name}办事处"
    return f"{place.official}人民政府"


def body_above(place: Place | None, kind: str, name: str, register: Register) -> str | None:
    """Return the body that a unit of a place belongs to, by its kind.

    Departments, institutions and offices belong to the people's government
    of their place, organs of the Party to its committee, a government to the
    one above. Courts, mass organisations, enterprises and what is run from
    above belong to none that the name tells.
    """
    if place is None or place.level in ("national", "none"):
        return None
    if kind == "party":
        above = f"中共{place.official}委员会"
    elif kind == "government":
        higher = register.places.get(place.parent or "")
        known = higher is not None and higher.level != "national"
        above = f"{higher.official}人民政府" if higher and known else ""
    elif kind in ("department", "institution", "subdistrict"):
        above = _government(place, register)
    else:
        return None
    return above if above and above != name else None
