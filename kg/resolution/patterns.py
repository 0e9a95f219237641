"""Names that a pattern of the register makes official: 区公安分局, 金安街道, 皇岗海关."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.resolution.context import Context, Find, Found
from kg.resolution.places import ancestors, body_above, places_in
from kg.resolution.register import OWN_PREFIX, Pattern, Place, Register
from kg.resolution.templates import branches_in, filled, templates_of
from kg.wording import HAN

__all__ = ["TOWN", "NamePatterns"]

TOWN = re.compile(
    rf"(?P<short>[{HAN}]{{2,8}}?)"
    r"(?P<rest>(?:街道|地区|镇|乡|苏木)(?:办事处|办|人民政府|政府)?|街)"
)
"""A town, a street, or its government or office."""

_REGIMENT = re.compile(
    rf"(?P<division>(?:新疆生产建设)?(?:兵团)?第?[一二三四五六七八九十]+师(?:[{HAN}]{{2,5}}市)?)?"
    r"(?P<short>[一二三四五六七八九十百〇零\d]+)(?P<rest>团)"
)
"""A regiment of the corps, which is what a division has for towns: 四师六十三团."""

_NAMES_NONE = (
    *("各", "有关", "相关", "当地", "属地", "所在地", "主管", "直属", "隶属"),
    *("商业", "政策性", "开发性", "国有", "合作", "开户", "代理", "经办", "承办", "信托", "地方"),
)
"""What stands before a noun (海关, 银行) without naming one unit."""


class NamePatterns:
    """Finds units by the patterns of a register; ``find`` finds the units whose branches they are."""

    def __init__(self, register: Register, find: Find) -> None:
        self.register = register
        self._find = find

    def unit(self, words: str, context: Context) -> Found | None:
        """Try every pattern with every place that the words may mean."""
        best: tuple[tuple[int | str, ...], Found] | None = None
        timeless = not context.date
        for pattern, written, place, names, organ in self._candidates(words, context):
            timely = pattern.validity.holds(context.date)
            usable = timely or timeless or context.holds(pattern.validity)
            if not usable or not self._allowed(pattern, place):
                continue
            official = filled(pattern.official, names)
            if official is None:
                continue
            rank = (
                timely,
                self._depth(pattern, place),
                self._nearness(place, context) > 0,
                bool(pattern.levels),
                len(re.sub(r"\{\w+\}", "", written)),
                self._nearness(place, context),
                pattern.validity.end if context.lapsed else "",
            )
            if best is None or rank > best[0]:
                kind = pattern.kind or self.register.kind_of(official)
                level = place.level if place else "none"
                above = organ.name if organ else body_above(place, kind, official, self.register)
                function = pattern.function or (organ.function if organ else None)
                full = place.full if place else ""
                best = (
                    rank,
                    Found(official, "name pattern", kind, level, function, above, full),
                )
        return best[1] if best else None

    def _candidates(
        self, words: str, context: Context
    ) -> Iterator[tuple[Pattern, str, Place | None, dict[str, str], Found | None]]:
        """Yield patterns that fit the words, with what fills their placeholders."""
        own = list(ancestors(context.place, self.register))
        templates = self.register.templates
        for pattern in templates.get(words, ()):
            place = own[0] if own else None
            yield pattern, words, place, self._names(place), None
        literal = list(places_in(words, own, self.register, context.date))
        for place in [*own, *literal]:
            names = self._names(place)
            for template in dict.fromkeys(templates_of(words, place, names, own)):
                for pattern in templates.get(template, ()):
                    yield pattern, template, place, names, None
        for place in [*own, *literal]:
            for written, pattern, organ in branches_in(words, place, own, self.register):
                found = self._organ(organ, place, context)
                if found is not None and found.name != words:
                    names = {**self._names(place), "organ": found.name}
                    above = self.register.places.get(place.parent or "")
                    if above is not None and found.place == above.full and self._is_zone(place):
                        # The city's branch for its zone names the city once.
                        names["place"] = place.official.removeprefix(above.short)
                    yield pattern, written, place, names, found

    def _organ(self, words: str, place: Place, context: Context) -> Found | None:
        """Find the unit whose branch in ``place`` is named; none has a branch in the whole of its own place.

        市生态环境局宁乡分局 in a document of 宁乡市 is one of 长沙市 above it. The bare name
        of a place means its government elsewhere, which has no branches.
        """
        found = self._find(words, "", context)
        if found is not None and found.rule.startswith("place for its government"):
            return None
        above = self.register.places.get(place.parent or "")
        if found is not None and found.place == place.full and above is not None:
            return self._find(words, "", replace(context, place=above))
        return found

    def _names(self, place: Place | None) -> dict[str, str]:
        if place is None:
            return {}
        lineage = list(ancestors(place, self.register))
        province = next((p for p in lineage if p.level == "province"), None)
        city = next((p for p in lineage if p.level == "city"), province)
        above = self.register.places.get(place.parent or "")
        # A zone's short name is without its city's; one that is called by that alone has none.
        zone = self._is_zone(place)
        return {
            "place": place.official,
            "full": place.full,
            "short": place.short.removeprefix(above.short) if zone and above else place.short,
            "name": place.name,
            "parent": (above.official if above and place.level == "township" else place.parent)
            or "",
            "city": city.full if city else "",
            "province": province.full if province else "",
            "province_short": province.short if province else "",
            "parent_short": above.short if above else "",
        }

    def _is_zone(self, place: Place) -> bool:
        """Tell whether a place is the zone that issues the document, none of the register."""
        return place.full not in self.register.places

    def _allowed(self, pattern: Pattern, place: Place | None) -> bool:
        if pattern.levels and (place is None or place.level not in pattern.levels):
            return False
        if pattern.endings and (place is None or not _ends(place, pattern.endings)):
            return False
        return not pattern.places or self._depth(pattern, place) > 0

    def _depth(self, pattern: Pattern, place: Place | None) -> int:
        """Return how closely a pattern is bound to a place: 0 not, more for a smaller place."""
        above = [other.full for other in ancestors(place, self.register)]
        return max(
            (len(above) - at for at, full in enumerate(above) if full in pattern.places), default=0
        )

    def _nearness(self, place: Place | None, context: Context) -> int:
        own = list(ancestors(context.place, self.register))
        return len(own) - own.index(place) if place in own else 0

    def town(self, words: str, context: Context) -> Found | None:
        """Read a town, a street or its office in a document of its county (or city without any).

        A regiment may be named with its division, in any document.
        """
        match = _REGIMENT.fullmatch(words) or TOWN.fullmatch(words)
        place = context.place
        division = match and match.groupdict().get("division")
        if division:
            place = next(iter(self.register.places_by_name.get(division, ())), None)
        if match is None or place is None or place.level not in ("county", "city"):
            return None
        if place.full in self.register.divided:
            return None
        names = {"short": match.group("short"), "parent": place.official}
        every = self.register.templates.get("{short}" + match.group("rest"), ())
        fitting = [
            pattern
            for pattern in every
            if "township" in pattern.levels
            and (not pattern.endings or place.name.endswith(pattern.endings))
            and (not pattern.places or self._depth(pattern, place) > 0)
        ]
        if not fitting:
            return None
        pattern = max(fitting, key=lambda p: (self._depth(p, place), bool(p.endings)))
        official = filled(pattern.official, names)
        if official is None:
            return None
        above = body_above(place, "department", official, self.register)
        return Found(
            official, "name pattern", pattern.kind, "township", pattern.function, above, place.full
        )

    def own_name(self, words: str, context: Context) -> Found | None:
        """Read a unit called by a name of its own (皇岗海关), which is no place of the register.

        A pattern on the level of cities puts the document's city before it (曲江新区 of 西安),
        which is a guess. The zone that a county names may be the county's own: no city then.
        A pattern of provinces (乔司监狱 of 浙江) leaves names that begin with a province's alone.
        """
        above = ancestors(context.place, self.register)
        city = next((place for place in above if place.level == "city"), None)
        if city and context.place and not context.place.official.startswith(city.short):
            city = None
        for ending, pattern in self.register.free_templates:
            own = words.removesuffix(ending)
            if own == words or OWN_PREFIX.match(own) or own.endswith(_NAMES_NONE):
                continue
            if pattern.levels:
                inside = own.removeprefix(city.short) if city else ""
                if self._begins_with_place(inside):
                    continue
                # A form without the city keeps what the text has.
                own = own if inside and pattern.official.startswith("{own}") else inside
            elif "{province}" in pattern.official and self._begins_with_place(own, "province"):
                continue
            names = self._names(city if pattern.levels else context.place)
            form = pattern.official
            if city and own[:1] == city.short[0]:
                # 亳芜产业园 of 亳州 and 芜湖 names its city.
                form = form.replace("{short}{own}", "{own}")
            official = filled(form, {**names, "own": own})
            if len(own) > 1 and official and pattern.validity.holds(context.date):
                kind = pattern.kind or self.register.kind_of(official)
                sure = not pattern.levels
                return Found(
                    official, "name pattern", kind, "none", pattern.function, None, registered=sure
                )
        return None

    def _begins_with_place(self, words: str, level: str | None = None) -> bool:
        return any(
            place.level == level if level else place.level != "county"
            for end in range(2, len(words) + 1)
            for place in self.register.places_by_name.get(words[:end], ())
        )


def _ends(place: Place, endings: tuple[str, ...]) -> bool:
    """Tell whether a place's own name ends so; for a town, that of the place it lies in counts too."""
    inside = place.parent if place.level == "township" and place.parent else ""
    return place.name.endswith(endings) or inside.endswith(endings)
