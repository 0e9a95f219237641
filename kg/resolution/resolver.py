"""From a name in a text to a unit: the register first, then patterns, then functions.

Rules are tried in a fixed order, and a candidate counts only if it is the only
one left; each unit carries the name of the rule that gave it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from kg.facts import Unit
from kg.model import Quantifier
from kg.resolution.context import Context, Found
from kg.resolution.divisions import department_in, division
from kg.resolution.expansion import expanded, part_of, with_whole_government
from kg.resolution.issuers import registered_place
from kg.resolution.patterns import TOWN, NamePatterns
from kg.resolution.places import (
    LONGEST_NAME,
    NATIONAL,
    ancestors,
    body_above,
    forms,
    places_in,
    timely,
)
from kg.resolution.register import OWN_PREFIX, Place, Register, RegisteredUnit
from kg.wording import HAN

__all__ = ["Resolver", "names_its_own"]

_BRACKET = re.compile(r"（[^（）]*）")
_QUOTED = re.compile(r"[“\"「『]([^“”\"「」『』]+)[”\"」』]")

_PROVINCE = re.compile(rf"(?P<party>(?:中共)?)(?P<province>[{HAN}]{{2,7}}?(?:省|自治区))")

_WORKS = re.compile(
    rf"(?!国家|中国|全国|中央|民航|各|有关|相关|其他|师|团|新区|[经高]\w区)"
    rf"(?!.*(?:分局|总局|(?:[山湖江河库岛园]|[林农牧]场|景区|保护区)\w*(?:管理局|中心|处))$)"
    rf"(?:[{HAN}]{{3,15}}局|[{HAN}]{{2,13}}(?:服务|管理|发展|促进|保障|执法|指挥|监测|交易|养护|救助|救援|交流)中心|"
    rf"[{HAN}]{{2,13}}(?:管理|养护)处)"
)
"""What is called by its work alone (规划建设局), no branch and none of a reserve (梵净山管理局)."""

_NETWORK = re.compile("(?:供电|电业|电力|邮政|移动|联通|电信|网通|铁塔)(?:分?公司|局)")
"""What runs a network of a place, one for each (供电公司, 邮政局)."""

_SPEAKER = re.compile("^(?:[我本](?=[省市州盟县区旗])|([省市州盟县区旗])级(?!机关))")
"""What tells whose a level is and is no part of a name: 我市财政局, 市级财政局."""

_REMEMBERED = 8192
"""Names of some fifty gazettes."""

_PLAIN_KINDS = frozenset(
    {"branch", "department", "judicial", "mass_organisation", "other", "party", "vertical"}
)
"""Kinds that a place has one of each: 税务局 in a county's notice is the county's.

Not so the committees of zones (管委会), of which it may have several."""

_OF_ANY_ORGAN = frozenset({"办", "办公室", "办公厅", "研究室"})
"""What the Party's committee has, and others too."""


class Resolver:
    """Resolves names of units against a register; remembers what it has resolved of late."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._find = lru_cache(_REMEMBERED)(self._search)
        self._unit = lru_cache(_REMEMBERED)(self._made)
        self._patterns = NamePatterns(register, self._find)
        self._dates: dict[tuple[int, int], str] = {}

    def collective(
        self, written: str, quantifier: Quantifier, context: Context, frame_size: int | None = None
    ) -> Unit:
        """Return the node of a collective unit: its own, for each place that speaks of it."""
        place = context.place.full if context.place else ""
        level = context.place.level if context.place else "none"
        name = _evenly_quoted(written)
        return Unit(
            f"unit/集合/{place}/{name}" if place else f"unit/集合/{name}",
            name,
            (written,),
            level,
            "collective",
            None,
            None,
            True,
            quantifier,
            frame_size,
            False,
            "collective",
            place,
        )

    def unit(self, written: str, context: Context, leader: str = "") -> Unit:
        """Return the unit that ``written`` means in a document of ``context``.

        Parameters
        ----------
        written
            The words of the text, line damage mended.
        context
            The place and date of the notice.
        leader
            The first name of the list, whose level a shorter name takes over.
        """
        # What names mean turns on the level of the first name and on which entries
        # hold: one answer serves all lists, and all days between two changes.
        prefix = OWN_PREFIX.match(leader)
        date = self._dates.setdefault(self.register.era(context.date), context.date)
        issuer = department_in(context.issuer)
        context = Context(context.place, date, issuer=issuer, local=context.local)
        return self._unit(written, prefix.group() if prefix else "", context)

    def _made(self, written: str, prefix: str, context: Context) -> Unit:
        issuer, context = context.issuer, replace(context, issuer="")
        # 开发区管委 is what most call 开发区管委会.
        named = re.sub("(?<=[区园港])管委$", "管委会", written)
        found = self._find(named, prefix, context)
        if found is None:
            # An office that was dissolved is named for some time yet.
            found = self._find(named, prefix, replace(context, lapsed=True))
            found = found and replace(found, rule=f"{found.rule}, of another time")
        if found is None and _SPEAKER.match(named):
            found = self._find(_SPEAKER.sub(r"\1", named), prefix, context)
        if found is None:
            words = _evenly_quoted(named)
            found = expanded(words, context, self.register, self._find)
            whole = self._of_issuer(words, prefix, context) if found.rule == "own words" else None
            if whole is not None:
                found = expanded(whole, context, self.register, self._find)
        if issuer and found.rule.startswith(("own words", "function and ending")):
            found = self._part_of(self._unit(issuer, "", context), written, context) or found
        outside = found.rule == "own words" and context.place is not None
        prefix = f"{context.place.full}/" if outside and context.place else ""
        return Unit(
            f"unit/{prefix}{found.name}",
            found.name,
            (written,),
            found.level,
            found.kind,
            f"unit/{found.parent}" if found.parent and found.parent != found.name else None,
            found.function,
            False,
            None,
            None,
            found.registered,
            found.rule,
            found.place,
        )

    def _part_of(self, issuer: Unit, words: str, context: Context) -> Found | None:
        """Read a part of the issuing department, by the register (科教司, 渔业渔政局) or by its form."""
        of_issuer = division(words, issuer, self.register)
        if of_issuer is None:
            return self._registered(part_of(issuer.name, words), context)
        return self._find(of_issuer.name, "", context) or of_issuer

    def _of_issuer(self, words: str, prefix: str, context: Context) -> str | None:
        """Put the place before a body that names none (规划建设局), as the list or the issuer tells."""
        place = context.place
        if place is None or place.level == "national" or OWN_PREFIX.match(words):
            return None
        if not _WORKS.fullmatch(words) and not _NETWORK.fullmatch(words):
            return None
        ends = range(2, len(words) - 1)
        if any(words[:end] in self.register.places_by_name for end in ends):
            return None
        return (prefix or place.official) + words

    def _search(self, written: str, prefix: str, context: Context) -> Found | None:
        plain = _BRACKET.sub("", written)
        town = context.place
        if town is not None and town.level == "township" and not _of_town(written, town):
            county = self.register.places.get(town.parent or "")
            found = self._search(written, prefix, replace(context, place=county))
            if found or OWN_PREFIX.match(plain):
                return found
            found = self._regular(town.full + plain, context)
            return found and replace(found, rule=f"{found.rule}, place of the issuer")
        forms_of = (written, plain, self._without_province(plain), with_whole_government(plain))
        for words in dict.fromkeys(forms_of):
            found = self._regular(words, context)
            if found:
                return found
        if prefix and not OWN_PREFIX.match(plain):
            found = self._below(prefix, plain, context)
            if found:
                return replace(found, rule=f"{found.rule}, level of the first in the list")
        place = context.place
        # 海关自贡办事处 names its place.
        told = OWN_PREFIX.match(plain) or (place and place.short in plain)
        if place and place.level != "national" and not told:
            found = self._below(place.full, plain, context)
            plainly = found and (found.rule == "function and ending" or found.kind in _PLAIN_KINDS)
            if found and (plainly or _NETWORK.fullmatch(plain)) and not plain.endswith("管委会"):
                return replace(found, rule=f"{found.rule}, place of the issuer")
        if plain.endswith("办公室"):
            # 市食安办公室 is what most call 市食安办.
            found = self._regular(plain.removesuffix("公室"), context)
            if found:
                return found
        return (
            self._government(plain, context)
            or self._patterns.town(plain, context)
            or self._patterns.own_name(plain, context)
        )

    def _below(self, head: str, words: str, context: Context) -> Found | None:
        """Read what a place has without its name: 发改局 of the government, 宣传部 of the Party's committee.

        A zone has a working committee of the Party, whose organs are called otherwise.
        """
        found = self._regular(head + words, context)
        zone = context.place is not None and context.place.full not in self.register.places
        if found is None and not zone and words not in _OF_ANY_ORGAN:
            found = self._regular(f"{head}委{words}", context)
            found = found if found and found.kind == "party" else None
        return found

    def _without_province(self, words: str) -> str:
        """Leave out the province before one of its places, which official names do not have.

        安徽省合肥市财政局 is 合肥市财政局, and 中国共产党 before a place is 中共. What has the
        place's short name (福建省龙岩第一中学) stays, it is a name of its own.
        """
        words = re.sub("^中国共产党(?!中央)", "中共", words)
        match = _PROVINCE.match(words)
        if match is None:
            return words
        rest = words[match.end() :]
        below = (
            place
            for end in range(2, LONGEST_NAME)
            for place in self.register.places_by_name.get(rest[:end], ())
            if rest[:end] != place.short
        )
        inside = any(
            match["province"] == above.full
            for place in below
            for above in ancestors(place, self.register)
        )
        return match["party"] + rest if inside else words

    def _government(self, words: str, context: Context) -> Found | None:
        """Read the bare name of a place (金安区) as the government of that place.

        Cities and provinces in any document, counties in one of their place or of one above
        it; only if one is left.
        """
        own = [place.full for place in ancestors(context.place, self.register)]
        every = [
            place
            for place in self.register.places_by_name.get(words, ())
            if place.full in own
            or (words == place.full and place.level != "county")
            or (words in (place.name, *place.others) and self._inside(place, context))
        ]
        found = timely(every, context.date)
        if len(found) != 1:
            return None
        place = found[0]
        above = place.parent or ""
        if place.level == "county" and not place.full.startswith(above):
            # A zone is called without what lies above it (兰州新区), and has a committee.
            office = "管理委员会"
        else:
            office = "行政公署" if place.name.endswith(("盟", "地区")) else "人民政府"
        government = self._regular(place.full + office, context)
        return government and replace(government, rule="place for its government")

    def _inside(self, place: Place, context: Context) -> bool:
        """Tell whether a place lies below the document's, or the document speaks for the country."""
        above = context.place
        return above in (None, NATIONAL) or above in ancestors(place, self.register)

    def _regular(self, words: str, context: Context) -> Found | None:
        return (
            self._registered(words, context)
            or self._patterns.unit(words, context)
            or self._by_function(words, context)
        )

    def _registered(self, words: str, context: Context) -> Found | None:
        """Look the words up; short labels hold only where the register says.

        What begins as the document's own place ends (市 in 崇州市) means that place, not one above.
        Of short labels the one of the nearest place counts, and before what holds everywhere.
        """
        own = context.place
        national = own.level == "national" if own else not context.local
        above = list(ancestors(own, self.register))
        if own and words.startswith(own.name[-1:]):
            above = [own]
        away = {place.full: steps for steps, place in enumerate(above)}
        known: list[RegisteredUnit] = []
        distance: dict[str, int] = {}
        for unit in self.register.by_label.get(words, ()):
            full = words in (unit.name, *unit.labels, *unit.without_form)
            if full or (unit.place in away if unit.place else national):
                known.append(unit)
                distance[unit.name] = len(above) if full else away.get(unit.place or "", 0)
        first = min((unit.rank for unit in known), default=0)
        known = [unit for unit in known if unit.rank == first]
        timely = [unit for unit in known if unit.validity.holds(context.date)]
        found = timely or known
        nearest = min((distance[unit.name] for unit in found), default=0)
        found = [unit for unit in found if distance[unit.name] == nearest]
        if len({unit.name for unit in found}) != 1:
            return None
        unit = found[0]
        rule = "register" if timely else "register, name of another time"
        place = registered_place(unit, self.register)
        return Found(unit.name, rule, unit.kind, unit.level, unit.function, unit.parent, place)

    def _by_function(self, words: str, context: Context) -> Found | None:
        """Read place + function + ending: 区 + 市场监管 + 局."""
        own = list(ancestors(context.place, self.register))
        literal = list(places_in(words, own, self.register, context.date))
        for place in [*own, *literal]:
            for form in forms(place, own):
                if not words.startswith(form) or (form == place.short and len(form) < 2):
                    continue
                found = self._function_and_ending(words[len(form) :], place, context)
                if found:
                    return found
        return None

    def _function_and_ending(self, rest: str, place: Place, context: Context) -> Found | None:
        for ending in self.register.endings:
            if not rest.endswith(ending.short) or (
                ending.levels and place.level not in ending.levels
            ):
                continue
            word = rest[: -len(ending.short)]
            functions = [
                function
                for function in self.register.by_short_word.get(word, ())
                if function.words
                and (not function.endings or ending.official in function.endings)
                # 畜牧中心 may be the centre for anything that is done for livestock.
                and (ending.kind != "institution" or function.endings or word in function.words)
                and (context.holds(function.validity) or word in function.words)
            ]
            timely = [f for f in functions if f.validity.holds(context.date)]
            for function in sorted(timely or functions, key=lambda f: word not in f.words):
                wording = word if word in function.words else function.words[0]
                name = f"{place.official}{wording}{ending.official}"
                kind = ending.kind or self.register.kind_of(name)
                parent = body_above(place, kind, name, self.register)
                rule = "function and ending" if timely else "function and ending of another time"
                return Found(name, rule, kind, place.level, function.id, parent, place.full)
        return None


def _evenly_quoted(name: str) -> str:
    """Return a name with the usual quotation marks, whichever a text has.

    >>> _evenly_quoted('市"三供一业"工作专班')
    '市“三供一业”工作专班'
    """
    return _QUOTED.sub(r"“\1”", name)


def names_its_own(words: str, place: Place | None) -> bool:
    """Tell whether a word for any town's government means that of the document's town: 镇政府."""
    if place is None or place.level != "township":
        return False
    match = re.fullmatch(r"(街道|镇|乡|苏木)(?:人民政府|政府|办事处)", words)
    return match is not None and place.name.endswith(match.group(1))


def _of_town(words: str, town: Place) -> bool:
    """Tell whether a name in a document of a town says that it is the town's: 镇财政所.

    郭庄镇 alone is named as in any document of the county.
    """
    if words.startswith(town.full):
        return True
    return words.startswith(forms(town, [town])) and not TOWN.fullmatch(words)
