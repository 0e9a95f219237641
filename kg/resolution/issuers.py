"""Issuers: the place that a unit's name tells, and the one that a notice speaks from."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import islice

from kg.resolution.places import (
    LONGEST_NAME,
    NATIONAL,
    ZONE,
    ZONE_SHORT,
    ancestors,
    meant,
    timely,
)
from kg.resolution.register import Place, Register, RegisteredUnit
from kg.structure.model import NoticeText
from kg.wording import HAN, ends_like_unit

__all__ = ["issuer_place", "place_of", "registered_place", "speaks_for_a_place", "within"]

_NATIONAL_ISSUER = re.compile(
    r"^(?:国务院|中央|国家|全国|最高人民|中国人民银行|中华人民共和国|[^省市县区旗]{2,12}部(?:办公厅)?(?:等[^省市县区旗]{0,4}(?:部门|单位))?$)"
)
_BRANCH_END = re.compile(
    r"(?:(?:中心)?支行|分行|营业管理部|(?:中心)?支局|监管分局|监管局|监管办(?:公室)?|监察局|安全监督管理局|"
    r"调查总?队|海关|海事局|(?:特派员)?办事处|专员办(?:事处)?|分院|局集团(?:有限)?公司)$"
)
"""What a central body has in a place: 中国人民银行石家庄中心支行."""
_UNKNOWN_PLACE = re.compile(
    rf"^(?P<name>[{HAN}]{{1,9}}?(?P<word>自治区|自治州|地区|省|市|盟|州|自治县|县|自治旗|旗|区))"
    r"(?!场|政(?!府|务)|容|域|划)(?=人民|政府|委|党|办|[^省市县区旗]{2,}(?:局|厅|委|办|会|院|部|中心)|关于|行署|$)"
)
_NO_PLACE = ("城市", "社区", *(f"依法治{level}" for level in "省市州盟县区旗"))
"""Words that end like a place and name none: 城市管理局, 依法治市办公室."""
_LEVEL_ALONE = re.compile("自治[区州县旗]|地区|师市|(?:开发|高新|经开|新|特|林|园)区")
_TOWN = re.compile(
    rf"(?:人民政府)?(?P<name>(?P<short>[{HAN}\d]{{1,8}}?)(?:街道|镇|乡|苏木|(?<=[一二三四五六七八九十〇零\d])团))"
    r"(?=人民政府|办事处|党委|党工委|委员会|综合行政执法|(?<=团)(?:办公室|机关)|$)"
)
_FREE_TRADE = re.compile(
    r"中国（(?P<province>[^（）]+)）自由贸易试验区(?:(?P<city>[^省市县区]{2,6})片区)?"
)
"""中国（福建）自由贸易试验区厦门片区管理委员会 speaks from 厦门."""
_BARE_LEVEL = re.compile(rf"(?:省|自治区)(?=人民|政府|委|党委|[{HAN}]{{2,12}}?[厅局委办])")
_OWN_LEVEL = re.compile(
    rf"(?<=[，、：；。（\n由])[省市州盟区县旗](?=委|人民政府|政府|[{HAN}]{{2,10}}?(?:[局厅委办]|中心)(?:[，、；。）\n]|牵头|负责|配合|$))"
)
"""The level with which units of a place begin where it goes without saying: 市教育局."""
_OWN_OFFICE = re.compile(
    rf"[，、：；（\n][省市州盟区县旗](?!域|场|容|政)[{HAN}]{{2,10}}?[局厅委办](?=[，、；。）\n])"
)
"""A unit in a list that is named with its level alone."""
_COUNTY = re.compile(rf"[{HAN}]{{2,9}}?[县市区旗](?![县市区旗])")
_SPEAKS = re.compile(r"人民|政府|委(?!员)")
"""Behind a place: what speaks for it."""
_HEAD = 1000
"""Characters at the beginning of a document that may name the place of all its notices."""
_LEVELS = {
    "自治区": "province",
    "省": "province",
    "自治州": "city",
    "地区": "city",
    "市": "city",
    "盟": "city",
    "州": "city",
}


def issuer_place(issuer: str, register: Register, date: str = "") -> Place | None:
    """Return the place that an issuing unit belongs to.

    The registered places that the name begins with, one below the other; a place that
    the register does not know is read from the words (某某县人民政府), and so is one that
    several places may be (和平区人民政府): :func:`within` finds which.

    Parameters
    ----------
    issuer
        The name of the unit.
    register
        The places that are known.
    date
        When the unit issued something (ISO, or empty for today): a place of that
        time goes before one of another.
    """
    issuer = issuer.removeprefix("中共")
    free_trade = _FREE_TRADE.match(issuer)
    if free_trade is not None:
        return _free_trade_place(free_trade, register, date)
    national = _NATIONAL_ISSUER.match(issuer)
    known, rest = (None, issuer) if national else _first_places(issuer, register, date)
    if known is None and ends_like_unit(issuer):
        known, rest = _inner_places(issuer, register, date)
    if known is None:
        known = _place_of_branch(issuer, register, date)
        rest = "" if known else rest
    if known is None and (national or not issuer):
        return NATIONAL if issuer else None
    zone = ZONE.match(issuer)
    if zone is not None and (known is None or zone.group("name") not in _names(known)):
        return _zone(zone, register, date)
    town = _TOWN.match(rest) if known is not None and _has_towns(known, register) else None
    if known is not None and town is not None:
        name = town.group("name")
        return Place(known.official + name, name, town.group("short"), "township", known.full)
    if known is None and issuer in register.places_by_name:
        named = [place for place in register.places_by_name[issuer] if place.level != "county"]
        if len(named) == 1:
            return named[0]
    match = _UNKNOWN_PLACE.match(rest)
    if match is None or (known is not None and known.level == "county"):
        return known
    word = match.group("word")
    name = match.group("name")
    if re.search(r"中共|^中[国华]|[委局厅院]|办公|海关|.驻|^团.$", name) or name.endswith(
        _NO_PLACE
    ):
        return known
    if name == word or _LEVEL_ALONE.fullmatch(name):
        return known  # 自治区人民政府, whichever it is
    level = _LEVELS.get(word, "county")
    if word == "市" and known is not None and known.level == "city":
        level = "county"
    full = (known.full if known else "") + name
    return Place(full, name, name.removesuffix(word), level, known.full if known else None)


def _free_trade_place(match: re.Match[str], register: Register, date: str) -> Place | None:
    """Return the province of a free-trade zone, or the city of one of its parts."""
    every = timely(register.places_by_name.get(match.group("province"), ()), date)
    province = next((place for place in every if place.level == "province"), None)
    parts = register.places_by_name.get(match.group("city") or "", ())
    for city in timely(parts, date):
        if any(above == province for above in ancestors(city, register)):
            return city
    return province


def place_of(source: NoticeText, text: str, date: str, register: Register) -> Place | None:
    """Return the place that a notice speaks from: its issuer's, else that of its signature.

    An issuer that gives only its level (市委办公室 市政府办公室) is named in full
    below the notice or in its plan's title.
    """
    plans = (plan.of(text) for plan in source.plans)
    national: Place | None = None
    for words in (source.issuer, source.signature, *plans, source.title):
        place = issuer_place(words, register, date) if words else None
        if place is NATIONAL and words == source.title:
            national = place  # the state's inspection may be what a province's plan is about
        elif place is not None:
            return within(place, text[:_HEAD] + source.span.of(text), register, date)
    spoken = _spoken_place(source.span.of(text), register, date)
    return _numbered_place(source, register) or spoken or national


def _spoken_place(words: str, register: Register, date: str) -> Place | None:
    """Return the place of a text without an issuer: the only one that it names of its units' level.

    A text whose units are 市教育局, 市财政局 and that names no city but 广州市 speaks from there,
    if it names it with its government, in a title, or more than once.
    """
    levels = Counter(match.group() for match in _OWN_LEVEL.finditer(words))
    if not levels:
        return None
    level = levels.most_common(1)[0][0]
    names: Counter[str] = Counter()
    for match in re.finditer(level, words):
        before = words[max(0, match.end() - LONGEST_NAME) : match.end()]
        named = (before[start:] for start in range(len(before) - 1))
        name = next((n for n in named if n in register.places_by_name), "")
        told = _SPEAKS.match(words, match.end()) or words[match.end() - len(name) - 1] == "《"
        # 会同县财政局 takes the county's office along, wherever 会同县 lies.
        if len(name) > len("城区") and not name.startswith("会同"):
            names[name] += 2 if told else 1
    names = Counter({name: count for name, count in names.items() if count > 1})
    found = [issuer_place(name, register, date) for name in names]
    if len(found) == 1 and found[0]:
        return within(found[0], words, register, date)
    return None if found else _above_counties(level, words, register)


def speaks_for_a_place(words: str) -> bool:
    """Tell whether units of a text are named with their level alone (市财政局), as those of its place are.

    >>> speaks_for_a_place("（责任单位：市财政局、市水利局）"), speaks_for_a_place("（财政部、各省财政厅）")
    (True, False)
    """
    return len(list(islice(_OWN_OFFICE.finditer(words), 2))) > 1


def _above_counties(level: str, words: str, register: Register) -> Place | None:
    """Return the place of a level in which all counties lie that a text names, at least two."""
    counties: dict[str, set[str]] = {}
    for match in _COUNTY.finditer(words):
        name = match.group()
        every = (name[start:] for start in range(len(name) - 1))
        known = next(
            (register.places_by_name[n] for n in every if n in register.places_by_name), ()
        )
        parents = {county.parent for county in known if county.level == "county"}
        if len(parents) == 1:
            counties.setdefault(parents.pop() or "", set()).add(known[0].full)
    [above, *others] = counties or [""]
    place = register.places.get(above)
    fits = place is not None and place.name.endswith(level) and len(counties[above]) > 1
    return place if fits and not others else None


def _numbered_place(source: NoticeText, register: Register) -> Place | None:
    """Return the province of an issuer that gives only its level: 省政府办公厅, 苏政办发.

    Cities below the province may begin their numbers with the same character (青政发 of
    青海省 and of 青岛市), so the number counts only where the level is told.
    """
    level = _BARE_LEVEL.match(source.issuer or source.title)
    code = source.number[:1]
    if level is None or not code:
        return None
    known = (p for p in register.places.values() if p.code == code)
    return next((place for place in known if place.name.endswith(level.group())), None)


def _first_places(words: str, register: Register, date: str) -> tuple[Place | None, str]:
    """Return the last of the registered places that words begin with, and what follows it."""
    known: Place | None = None
    length = min(len(words), LONGEST_NAME)
    while length > 1:
        name = words[:length]
        every = [
            place
            for place in register.places_by_name.get(name, ())
            if name in _names(place) and (known is None or known in ancestors(place, register))
        ]
        found = timely(every, date)
        if len(found) == 1:
            known, words = found[0], words[length:]
            length = min(len(words), LONGEST_NAME)
        else:
            length -= 1
    return known, words


def _inner_places(words: str, register: Register, date: str) -> tuple[Place | None, str]:
    """Return the place in the name of a body's branch (国家税务总局洛阳市税务局), and what follows it."""
    body = re.match("[^省市县区旗州盟]+", words)
    for start in range(2, body.end() - 1 if body else 0):
        known, rest = _first_places(words[start:], register, date)
        if known is not None:
            return known, rest
    return None, words


def _place_of_branch(words: str, register: Register, date: str) -> Place | None:
    """Return the place that a branch of a central body names in short, if it can be one only."""
    end = _BRANCH_END.search(words)
    head = words[: end.start()] if end else ""
    for start in range(len(head) - 1):
        named = register.places_by_name.get(head[start:], ())
        found = timely([place for place in named if place.level != "county"], date)
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _names(place: Place) -> tuple[str, ...]:
    return place.full, place.name, *place.others


def _has_towns(place: Place, register: Register) -> bool:
    """Tell whether towns lie right below: in a county, and in a city without counties."""
    return place.level == "county" or (place.level == "city" and place.full not in register.divided)


def within(place: Place, text: str, register: Register, date: str = "") -> Place:
    """Return the place that ``place`` is in a text, where its name alone does not tell.

    The text names the place above before it (立山区 of a document that somewhere says
    鞍山市立山区人民政府 lies in 鞍山市), or it names what lies above one only of the
    places of that name.
    """
    if place.parent or place.level == "national" or place.full in register.places:
        return place
    for match in re.finditer(re.escape(place.name), text):
        before = text[max(0, match.start() - LONGEST_NAME) : match.start()]
        for start in range(len(before) - 1):
            above = [
                other
                for other in register.places_by_name.get(before[start:], ())
                if before[start:] in (other.full, other.name)
            ]
            if len(above) == 1:
                full = above[0].full + place.name
                known = register.places.get(full)
                return known or replace(place, full=full, parent=above[0].full)
    named = [
        other
        for other in meant(place, register, date)
        if any(above.full in text for above in islice(ancestors(other, register), 1, None))
    ]
    return named[0] if len(named) == 1 else place


def _zone(match: re.Match[str], register: Register, date: str) -> Place:
    """Return a development zone as a place of its own, below the place that its name begins with."""
    name, word = match.group("name"), match.group("word")
    above, own = _place_of_zone(name, register, date)
    short = ZONE_SHORT.get(word, word)
    brief = own.removesuffix(word) + short
    others = dict.fromkeys((name, own, brief, short, *((above.short + brief,) if above else ())))
    stem = name.removesuffix(word)
    if above is not None and stem == above.name + own.removesuffix(word):
        stem = stem.replace(above.name, above.short, 1)  # 合肥市高新区
    full = stem + "高新技术产业开发区" if word == "高新区" and stem else name
    return Place(
        full,
        full,
        stem or name,
        "county",
        above.full if above else None,
        tuple(other for other in others if other != full),
    )


def _place_of_zone(name: str, register: Register, date: str) -> tuple[Place | None, str]:
    """Return the place in the name of a zone, and the name without it at the beginning.

    Of places of one name the one above the county is meant, in the middle of the name
    (中新天津生态城) nothing else is.
    """
    for start in range(len(name) - 2):
        for length in range(min(len(name) - start, 12), 1, -1):
            found = timely(register.places_by_name.get(name[start : start + length], ()), date)
            higher = [place for place in found if place.level != "county"]
            if len(higher) == 1 or (start == 0 and len(found) == 1):
                above = (higher or found)[0]
                return above, name if start else name[length:]
    return None, name


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
