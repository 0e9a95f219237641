"""The register of units, read from Turtle: units, places, functions, name patterns.

The files in ``ontology/`` tell at their head what each entry means. A user's own
file (``--register my.ttl``) is read in the same way and goes before them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from kg.errors import RegisterError

__all__ = [
    "ChangeEvent",
    "Ending",
    "Function",
    "Pattern",
    "Place",
    "Register",
    "RegisteredUnit",
    "load",
]

_GAZ = "https://w3id.org/gazette-kg/ontology#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_DCT = "http://purl.org/dc/terms/"
_ORG = "http://www.w3.org/ns/org#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_UNIT_CLASSES = frozenset(
    {
        "http://data.europa.eu/m8g/PublicOrganisation",
        _ORG + "FormalOrganization",
        _ORG + "OrganizationalCollaboration",
        _ORG + "Organization",
        _ORG + "OrganizationalUnit",
    }
)
LEVEL_WORDS = (
    "自治区",
    "自治州",
    "地区",
    "开发区",
    "新区",
    "省",
    "市",
    "州",
    "盟",
    "县",
    "区",
    "旗",
)
"""Words that stand for a place of their kind: 区水务局 is the 水务局 of this 区."""


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


@dataclass(frozen=True, slots=True)
class Place:
    """A place: ``full`` name, own ``name``, ``short`` name, level, the place above.

    ``others`` are customary other names (达茂旗, 合肥高新区).
    """

    full: str
    name: str
    short: str
    level: str
    parent: str | None
    others: tuple[str, ...] = ()

    @property
    def official(self) -> str:
        """The name with which official names of its units begin.

        Units of an urban district carry the city's name (北京市朝阳区财政局), units of
        a county, a banner or a county-level city do not (肥西县财政局).
        """
        outer = self.level == "county" and self.name.endswith(("县", "旗", "市"))
        return self.name if outer else self.full


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


@dataclass(frozen=True, slots=True)
class Pattern:
    """How irregular names are written and what they are officially."""

    written: tuple[str, ...]
    official: str
    kind: str
    function: str | None
    levels: tuple[str, ...]
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
        """Units by every label, official names and short labels too."""
        index: dict[str, list[RegisteredUnit]] = defaultdict(list)
        for unit in self.units:
            for label in (unit.name, *unit.labels, *unit.short_labels):
                index[label].append(unit)
        return dict(index)

    @cached_property
    def lexicon(self) -> frozenset[str]:
        """Names and labels of the registered units, as words."""
        return frozenset(self.by_label)

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
    def organ_templates(self) -> tuple[tuple[str, Pattern], ...]:
        """Ways of writing that hold another unit's name."""
        return tuple(
            (written, pattern)
            for written, patterns in self.templates.items()
            if "{organ}" in written
            for pattern in patterns
        )

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
    def change_endings(self) -> tuple[str, ...]:
        """All that stands behind the place in the names of the patterns of changes."""
        forms = (form for one in self.change_patterns for form in (*one.originals, *one.results))
        return tuple(dict.fromkeys(form.partition("{place}")[2] for form in forms))

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

    def kind_of(self, name: str) -> str:
        """Return the kind that the longest known ending of ``name`` tells."""
        return next((kind for ending, kind in self.kind_endings if name.endswith(ending)), "other")


def load(paths: Iterable[Path]) -> Register:
    """Read register files; earlier files go before later ones.

    Raises
    ------
    RegisterError
        A file is missing or is not valid Turtle; the message names file and line.
    """
    subjects: dict[str, dict[str, list[str]]] = {}
    ranks: dict[str, int] = {}
    for rank, path in enumerate(paths):
        try:
            for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
                if isinstance(quad.subject, ox.NamedNode) and not isinstance(
                    quad.object, ox.Triple
                ):
                    entry = subjects.setdefault(quad.subject.value, {})
                    ranks.setdefault(quad.subject.value, rank)
                    entry.setdefault(quad.predicate.value, []).append(quad.object.value)
        except (OSError, SyntaxError) as error:
            line = getattr(error, "lineno", None)
            place = f"{path}:{line}" if line else str(path)
            raise RegisterError(f"{place}: not a valid register · 名录文件无效: {error}") from None
    return _register(subjects, ranks)


def _register(
    subjects: Mapping[str, Mapping[str, list[str]]], ranks: Mapping[str, int]
) -> Register:
    units, places, patterns, functions, endings = [], {}, [], [], []
    kinds: list[tuple[str, str]] = []
    changes: list[ChangeEvent] = []
    change_patterns: list[ChangeEvent] = []
    names = {iri: _first(entry, _SKOS + "prefLabel") for iri, entry in subjects.items()}
    for iri, entry in subjects.items():
        types = set(entry.get(_TYPE, ()))
        if types & _UNIT_CLASSES:
            units.append(_unit(entry, names, ranks[iri]))
        elif _GAZ + "Place" in types:
            parent = _first(entry, _GAZ + "parentPlace")
            place = Place(
                _first(entry, _SKOS + "prefLabel"),
                _first(entry, _GAZ + "placeName"),
                _first(entry, _GAZ + "shortName"),
                _local(_first(entry, _GAZ + "level")),
                names.get(parent) if parent else None,
                tuple(sorted(entry.get(_SKOS + "altLabel", ()))),
            )
            places[place.full] = place
        elif _ORG + "ChangeEvent" in types:
            changes.append(_change(iri, entry, "originalOrganization", "resultingOrganization"))
        elif _GAZ + "ChangePattern" in types:
            change_patterns.append(_change(iri, entry, "originalForm", "resultingForm"))
        elif _GAZ + "NamePattern" in types:
            patterns.append(_pattern(entry, names))
        elif _GAZ + "OrganEnding" in types:
            endings += [
                Ending(
                    short,
                    _first(entry, _GAZ + "officialEnding"),
                    _local(_first(entry, _GAZ + "unitKind")),
                    tuple(_local(level) for level in entry.get(_GAZ + "onLevel", ())),
                )
                for short in entry.get(_GAZ + "shortEnding", ())
            ]
        if entry.get(_GAZ + "shortWord"):
            functions.append(
                Function(
                    iri,
                    tuple(entry.get(_GAZ + "nameWord", ())),
                    tuple(entry[_GAZ + "shortWord"]),
                    tuple(entry.get(_GAZ + "withEnding", ())),
                    _validity(entry),
                )
            )
        kinds += [(ending, _local(iri)) for ending in entry.get(_GAZ + "nameEnding", ())]
    return Register(
        tuple(units),
        places,
        tuple(patterns),
        tuple(functions),
        tuple(sorted(endings, key=lambda ending: -len(ending.short))),
        tuple(sorted(kinds, key=lambda pair: (-len(pair[0]), pair))),
        tuple(sorted(changes, key=lambda change: change.id)),
        tuple(sorted(change_patterns, key=lambda change: change.id)),
    )


def _unit(entry: Mapping[str, list[str]], names: Mapping[str, str], rank: int) -> RegisteredUnit:
    parent = _first(entry, _ORG + "subOrganizationOf")
    place = _first(entry, _GAZ + "inPlace")
    return RegisteredUnit(
        _first(entry, _SKOS + "prefLabel"),
        tuple(entry.get(_SKOS + "altLabel", ())),
        tuple(entry.get(_GAZ + "shortLabel", ())),
        _local(_first(entry, _GAZ + "unitKind")) or "other",
        _local(_first(entry, _GAZ + "level")) or "none",
        _first(entry, _GAZ + "function") or None,
        names.get(parent) if parent else None,
        names.get(place) if place else None,
        _validity(entry),
        rank,
    )


def _pattern(entry: Mapping[str, list[str]], names: Mapping[str, str]) -> Pattern:
    return Pattern(
        tuple(entry.get(_GAZ + "written", ())),
        _first(entry, _GAZ + "official"),
        _local(_first(entry, _GAZ + "unitKind")),
        _first(entry, _GAZ + "function") or None,
        tuple(_local(level) for level in entry.get(_GAZ + "onLevel", ())),
        tuple(sorted(names[place] for place in entry.get(_GAZ + "inPlace", ()) if place in names)),
        _validity(entry),
    )


def _change(iri: str, entry: Mapping[str, list[str]], before: str, after: str) -> ChangeEvent:
    """Read an event; its Chinese label stands before the English one."""
    labels = entry.get(_SKOS + "prefLabel", [""])
    originals, results = (
        tuple(
            name.rpartition("/unit/")[2]
            for name in (*entry.get(_ORG + side, ()), *entry.get(_GAZ + side, ()))
        )
        for side in (before, after)
    )
    return ChangeEvent(
        iri.rpartition("/id/")[2],
        labels[0],
        labels[-1],
        _first(entry, _DCT + "date"),
        originals,
        results,
        _first(entry, _GAZ + "partOnly") == "true",
    )


def _validity(entry: Mapping[str, list[str]]) -> Validity:
    return Validity(_first(entry, _GAZ + "validFrom"), _first(entry, _GAZ + "validUntil"))


def _first(entry: Mapping[str, list[str]], predicate: str) -> str:
    values = entry.get(predicate)
    return values[0] if values else ""


def _local(iri: str) -> str:
    return iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1]
