"""The register of units: units, places, functions, name patterns, and their indexes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

__all__ = [
    "LEVELS",
    "LEVEL_WORDS",
    "OWN_PREFIX",
    "ChangeEvent",
    "Ending",
    "Function",
    "Pattern",
    "Place",
    "Register",
    "RegisteredUnit",
    "Validity",
]

LEVEL_WORDS = (
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "城区",
    "地区",
    "开发区",
    "新区",
    "特区",
    "林区",
    "园区",
    "实验区",
    "试验区",
    "合作区",
    "示范区",
    "度假区",
    "省",
    "市",
    "州",
    "盟",
    "县",
    "区",
    "旗",
)
"""Words that stand for a place of their kind: 区水务局 is the 水务局 of this 区."""

LEVELS = ("national", "province", "city", "county", "township", "none")
"""The levels of places and units; none for what has no level."""

OWN_PREFIX = re.compile(rf"^(?:{'|'.join(LEVEL_WORDS)})(?!场|域|容|划|政(?!府|协|法委|务|数|研))")
"""The beginning of a name that says so; 市场, 市容, 区域, 区划 and 市政 (public works) are words of their own."""


@dataclass(frozen=True, slots=True)
class Validity:
    """The days of issue for which an entry holds; empty is open."""

    start: str = ""
    end: str = ""

    def holds(self, date: str) -> bool:
        """Tell whether ``date`` (ISO, or empty for today) lies inside."""
        if not date:
            return not self.end
        return (not self.start or self.start <= date) and (not self.end or date <= self.end)

    def overlaps(self, other: Validity) -> bool:
        """Tell whether both hold on some day."""
        start = max(self.start, other.start)
        ends = [end for end in (self.end, other.end) if end]
        return not ends or start <= min(ends)


@dataclass(frozen=True, slots=True)
class Place:
    """A place: ``full`` name, own ``name``, ``short`` name, level, the place above.

    ``others`` are customary other names (达茂旗, 合肥高新区), ``validity`` the time in which
    the place is called so, ``code`` the character that numbers of its documents begin with (黔).
    """

    full: str
    name: str
    short: str
    level: str
    parent: str | None
    others: tuple[str, ...] = ()
    validity: Validity = Validity()
    code: str = ""

    @property
    def official(self) -> str:
        """The name with which official names of its units begin.

        Units of an urban district carry the city's name (北京市朝阳区财政局), units of
        a county, a banner or a county-level city do not (肥西县财政局).
        """
        # 神农架林区 is a 林区, 碑林区 a 区.
        outer = self.name.endswith(("县", "旗", "市")) or self.name == f"{self.short}林区"
        return self.name if outer and self.level == "county" else self.full


_LEGAL_FORM = re.compile(r"(?P<own>.{4,}?)(?:股份)?有限(?:责任)?公司")


@dataclass(frozen=True, slots=True)
class RegisteredUnit:
    """A unit that the register names; ``rank`` is the place of its file among all."""

    name: str
    labels: tuple[str, ...]
    short_labels: tuple[str, ...]
    kind: str
    level: str
    function: str | None
    parent: str | None
    place: str | None
    validity: Validity
    rank: int

    @property
    def without_form(self) -> tuple[str, ...]:
        """How a firm is written without its legal form: X（集团）有限公司 is X集团 and X集团公司."""
        name = self.name.replace("（集团）", "集团")
        match = _LEGAL_FORM.fullmatch(name) if self.kind == "enterprise" else None
        if match is None:
            return ()
        own = match["own"]
        return (own, f"{own}公司") if own.endswith("集团") else (f"{own}公司",)


@dataclass(frozen=True, slots=True)
class Pattern:
    """How irregular names are written and what they are officially.

    ``endings`` are those of the names of places that it is for: 区, not 县.
    """

    written: tuple[str, ...]
    official: str
    kind: str
    function: str | None
    levels: tuple[str, ...]
    endings: tuple[str, ...]
    places: tuple[str, ...]
    validity: Validity


@dataclass(frozen=True, slots=True)
class Function:
    """A function of government under one official wording."""

    id: str
    words: tuple[str, ...]
    shorts: tuple[str, ...]
    endings: tuple[str, ...]
    validity: Validity


@dataclass(frozen=True, slots=True)
class Ending:
    """An ending of names of organs: 委 is officially 委员会."""

    short: str
    official: str
    kind: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeEvent:
    """An event that made units into others; ``partial`` if only a part of the work moved.

    ``originals`` and ``results`` are official names. In a pattern, which stands for the
    same event in every place, they hold ``{place}``.
    """

    id: str
    label: str
    label_en: str
    date: str
    originals: tuple[str, ...]
    results: tuple[str, ...]
    partial: bool


@dataclass(frozen=True)
class Register:
    """All that is known of names; the indexes are made when first used."""

    units: tuple[RegisteredUnit, ...]
    places: Mapping[str, Place]
    patterns: tuple[Pattern, ...]
    functions: tuple[Function, ...]
    endings: tuple[Ending, ...]
    kind_endings: tuple[tuple[str, str], ...]
    changes: tuple[ChangeEvent, ...] = ()
    change_patterns: tuple[ChangeEvent, ...] = ()

    @cached_property
    def by_label(self) -> Mapping[str, Sequence[RegisteredUnit]]:
        """Units by every label, official names and short labels too.

        A firm without its legal form counts where no label says otherwise.
        """
        index: dict[str, list[RegisteredUnit]] = defaultdict(list)
        for unit in self.units:
            for label in (unit.name, *unit.labels, *unit.short_labels):
                index[label].append(unit)
        told = frozenset(index)
        for unit in self.units:
            for label in unit.without_form:
                if label not in told:
                    index[label].append(unit)
        return dict(index)

    @cached_property
    def _turns(self) -> tuple[list[str], list[str]]:
        """The days on which something in the register begins, and those on which it ends."""
        spans = {
            entry.validity
            for entries in (self.units, self.places.values(), self.patterns, self.functions)
            for entry in entries
        }
        return sorted({span.start for span in spans}), sorted({span.end for span in spans})

    def era(self, date: str) -> tuple[int, int]:
        """Return the same for all dates, empty for today, on which the same entries hold."""
        starts, ends = self._turns
        return (bisect_right(starts, date), bisect_left(ends, date)) if date else (-1, -1)

    @cached_property
    def lexicon(self) -> frozenset[str]:
        """Names of units as words: those of the registered ones, and patterns without a placeholder."""
        fixed = (written for written in self.templates if "{" not in written)
        return frozenset((*self.by_label, *fixed))

    @cached_property
    def by_name(self) -> Mapping[str, RegisteredUnit]:
        """Units by official name."""
        return {unit.name: unit for unit in self.units}

    @cached_property
    def templates(self) -> Mapping[str, Sequence[Pattern]]:
        """Patterns by each way of writing, with its placeholders."""
        index: dict[str, list[Pattern]] = defaultdict(list)
        for pattern in self.patterns:
            for written in dict.fromkeys((*pattern.written, pattern.official)):
                index[written].append(pattern)
        return dict(index)

    @cached_property
    def organ_templates(self) -> tuple[tuple[str, str, Pattern], ...]:
        """Ways of writing that hold another unit's name, each with what stands at its end."""
        return tuple(
            (written.rpartition("}")[2], written, pattern)
            for written, patterns in self.templates.items()
            if "{organ}" in written
            for pattern in patterns
        )

    @cached_property
    def free_templates(self) -> tuple[tuple[str, Pattern], ...]:
        """What follows a name of its own (``{own}海关``), the longest first, with its pattern."""
        found = [
            (written.removeprefix("{own}"), pattern)
            for written, patterns in self.templates.items()
            if written.startswith("{own}")
            for pattern in patterns
        ]
        return tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair[0])))

    @cached_property
    def by_short_word(self) -> Mapping[str, Sequence[Function]]:
        """Functions by every word that may stand before an ending."""
        index: dict[str, list[Function]] = defaultdict(list)
        for function in self.functions:
            for word in dict.fromkeys((*function.words, *function.shorts)):
                index[word].append(function)
        return dict(index)

    @cached_property
    def places_by_name(self) -> Mapping[str, Sequence[Place]]:
        """Places by full name, own name and short name of two or more characters."""
        index: dict[str, list[Place]] = defaultdict(list)
        for place in self.places.values():
            for name in dict.fromkeys((place.full, place.name, place.short, *place.others)):
                if len(name) > 1 and place.level != "national":
                    index[name].append(place)
        return dict(index)

    @cached_property
    def place_lengths(self) -> Mapping[str, Sequence[int]]:
        """How long the names of :attr:`places_by_name` are that begin with two characters."""
        index: dict[str, set[int]] = defaultdict(set)
        for name in self.places_by_name:
            index[name[:2]].add(len(name))
        return {start: sorted(lengths) for start, lengths in index.items()}

    @cached_property
    def change_forms(self) -> tuple[tuple[str, str, ChangeEvent], ...]:
        """What stands before and behind the place in the names of each pattern of changes."""
        return tuple(
            (head, tail, one)
            for one in self.change_patterns
            for form in (*one.originals, *one.results)
            for head, _, tail in (form.partition("{place}"),)
        )

    @cached_property
    def divided(self) -> frozenset[str]:
        """The full names of the places that others lie in."""
        return frozenset(place.parent for place in self.places.values() if place.parent)

    @cached_property
    def change_endings(self) -> tuple[str, ...]:
        """All that stands behind the place in the names of the patterns of changes."""
        return tuple(dict.fromkeys(tail for _, tail, _ in self.change_forms))

    @cached_property
    def official_places(self) -> frozenset[str]:
        """The places as they stand in official names: 北京市朝阳区卫生健康委员会, 中国银保监会安徽监管局."""
        every = self.places.values()
        return frozenset(name for place in every for name in (place.official, place.short))

    def is_place(self, words: str) -> bool:
        """Tell whether words in an official name are a known place, or look like one."""
        return words in self.official_places or (
            len(words) > 2 and words.endswith(("区", "县", "旗", "市"))
        )

    @cached_property
    def _kinds(self) -> Mapping[str, str]:
        """Kinds by ending; of two for one ending the first counts."""
        return dict(reversed(self.kind_endings))

    def kind_of(self, name: str) -> str:
        """Return the kind that the longest known ending of ``name`` tells."""
        kinds = self._kinds
        endings = (name[start:] for start in range(len(name)))
        return next((kinds[ending] for ending in endings if ending in kinds), "other")
