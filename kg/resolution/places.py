"""Places: which one a notice speaks from, and which ones a name may mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.resolution.register import LEVEL_WORDS, Place, Register, RegisteredUnit
from kg.wording import HAN

__all__ = [
    "NATIONAL",
    "ancestors",
    "forms",
    "issuer_place",
    "lineage",
    "places_in",
    "registered_place",
    "within",
]

NATIONAL = Place("中国", "中国", "中国", "national", None)
"""The place of the State Council and the organs of the Party centre."""

_NATIONAL_ISSUER = re.compile(
    r"^(?:国务院|中央|国家|全国|最高人民|中国人民银行|中华人民共和国|[^省市县区旗]{2,12}部(?:办公厅)?$)"
)
_UNKNOWN_PLACE = re.compile(
    rf"^(?P<name>[{HAN}]{{1,9}}?(?P<word>自治区|自治州|地区|省|市|盟|州|自治县|县|自治旗|旗|区))"
    r"(?=人民|政府|委|党|办|[^省市县区旗]{2,}(?:局|厅|委|办|会|院|部|中心)|关于|行署|$)"
)
_ZONE = re.compile(
    rf"(?P<name>[{HAN}（）]{{2,24}}?(?P<word>高新技术产业开发区|经济技术开发区|经济开发区|开发区|新区|高新区|经开区|示范区|保税区|"
    r"实验区|港务区|园区|合作区|度假区))(?=(?:开发建设)?管理委员会|管委会)"
)
_ZONE_SHORT = {"高新技术产业开发区": "高新区", "经济技术开发区": "经开区", "经济开发区": "经开区"}
_LONGEST_NAME = 12
_LEVELS = {
    "自治区": "province",
    "省": "province",
    "自治州": "city",
    "地区": "city",
    "市": "city",
    "盟": "city",
    "州": "city",
}


def issuer_place(issuer: str, register: Register) -> Place | None:
    """Return the place that an issuing unit belongs to.

    The longest registered place that the name begins with; a place that the
    register does not know is read from the words (某某县人民政府).
    """
    issuer = issuer.removeprefix("中共")
    if not issuer or _NATIONAL_ISSUER.match(issuer):
        return NATIONAL if issuer else None
    known: Place | None = None
    rest = issuer
    for length in range(min(len(issuer), 16), 1, -1):
        found = [
            p
            for p in register.places_by_name.get(issuer[:length], ())
            if p.short != issuer[:length]
        ]
        if found:
            known, rest = found[0], issuer[length:]
            break
    zone = _ZONE.match(issuer)
    if zone is not None and (known is None or known.full != zone.group("name")):
        return _zone(zone, register)
    match = _UNKNOWN_PLACE.match(rest)
    if match is None:
        return known
    word = match.group("word")
    name = match.group("name")
    if re.search(r"中共|委|办公", name) or name == word:
        return known
    level = _LEVELS.get(word, "county")
    if word == "市" and known is not None and known.level == "city":
        level = "county"
    full = (known.full if known else "") + name
    if full in register.places:
        return register.places[full]
    return Place(full, name, name.removesuffix(word), level, known.full if known else None)


def within(place: Place, text: str, register: Register) -> Place:
    """Return a place that the register does not know below the one that ``text`` names before it.

    立山区 of a document that somewhere says 鞍山市立山区人民政府 lies in 鞍山市.
    """
    if place.parent or place.level == "national" or place.full in register.places:
        return place
    for match in re.finditer(re.escape(place.name), text):
        before = text[max(0, match.start() - _LONGEST_NAME) : match.start()]
        for start in range(len(before) - 1):
            above = [
                other
                for other in register.places_by_name.get(before[start:], ())
                if before[start:] in (other.full, other.name)
            ]
            if len(above) == 1:
                return replace(place, full=above[0].full + place.name, parent=above[0].full)
    return place


def _zone(match: re.Match[str], register: Register) -> Place:
    """Return a development zone as a place of its own, below the place that its name begins with."""
    name, word = match.group("name"), match.group("word")
    above: Place | None = None
    own = name
    for length in range(min(len(name), 12), 1, -1):
        found = register.places_by_name.get(name[:length], ())
        if found:
            above, own = found[0], name[length:]
            break
    short = _ZONE_SHORT.get(word, word)
    brief = own.removesuffix(word) + short
    others = dict.fromkeys((own, brief, short, *((above.short + brief,) if above else ())))
    return Place(
        name,
        name,
        name.removesuffix(word) or name,
        "county",
        above.full if above else None,
        tuple(other for other in others if other != name),
    )


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


def forms(place: Place, own: bool) -> tuple[str, ...]:
    """Return the ways in which a place may be written, the longest first.

    The bare word of its kind (区) counts only in documents of that place or of
    one below it (``own``).
    """
    names = [place.full, place.name, place.short]
    if own:
        names += place.others
        names += [word for word in LEVEL_WORDS if place.name.endswith(word)]
    return tuple(dict.fromkeys(name for name in sorted(names, key=len, reverse=True) if name))


def places_in(words: str, register: Register) -> Iterator[Place]:
    """Yield the registered places whose name stands in ``words``, longer names first."""
    seen: set[str] = set()
    for length in range(min(len(words), 12), 1, -1):
        for start in range(len(words) - length + 1):
            for place in register.places_by_name.get(words[start : start + length], ()):
                if place.full not in seen:
                    seen.add(place.full)
                    yield place


def registered_place(unit: RegisteredUnit, register: Register) -> str:
    """Return the full name of the place that a registered unit works for, or nothing.

    It is the place of the unit's level that its name begins with, else the one
    for which the register lists it. Enterprises and other units of no level have
    none: they may serve several.
    """
    if unit.level == "national":
        return NATIONAL.full
    for place in (issuer_place(unit.name, register), register.places.get(unit.place or "")):
        if place is not None and place.level == unit.level:
            return place.full
    return ""
