"""Reading the register: Turtle files, and lists of counties as CSV.

The files in ``ontology/`` tell at their head what each entry means. A user's own
file (``--register my.ttl``) is read in the same way and goes before them;
:mod:`kg.resolution.checks` refuses what it says in vain.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from kg.resolution.checks import Statement, check_entries, check_names, invalid, line_of
from kg.resolution.register import (
    ChangeEvent,
    Ending,
    Function,
    Pattern,
    Place,
    Register,
    RegisteredUnit,
    Validity,
)

__all__ = ["COUNTY_COLUMNS", "load"]

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
_LABEL = _SKOS + "prefLabel"
_OTHER_LABEL = _SKOS + "altLabel"
_CODE = _SKOS + "notation"
_PLACE_CLASS = _GAZ + "Place"
_PLACE_NAME = _GAZ + "placeName"
_SHORT_NAME = _GAZ + "shortName"
_PARENT = _GAZ + "parentPlace"
_IN_PLACE = _GAZ + "inPlace"
_LEVEL = _GAZ + "level"
_FROM = _GAZ + "validFrom"
_UNTIL = _GAZ + "validUntil"
_PLACE = "https://w3id.org/gazette-kg/id/place/"
_YEAR = re.compile(r"(?:\d{4})?")
COUNTY_COLUMNS = ("code", "name", "short", "parent", "from", "until")
"""Code of GB/T 2260, name (肥西县), name without its ending (肥西), the place above (合肥市), and the
years of the first and the last day; empty is open."""


def load(own: Sequence[Path], base: Sequence[Path] = ()) -> Register:
    """Read register files; earlier files go before later ones.

    Parameters
    ----------
    own
        Turtle files, and CSV files (``.csv``) of county-level places with the columns
        ``COUNTY_COLUMNS``. A row of a CSV file says the same as a block of Turtle.
    base
        The files that come along, of the same kinds. They go after ``own`` and are taken
        to be right: a test checks them.

    Raises
    ------
    RegisterError
        A file is missing or is not valid; the message names file and line.
    """
    subjects: dict[str, dict[str, list[str]]] = {}
    ranks: dict[str, int] = {}
    mentioned: dict[str, Path] = {}
    said: list[Statement] = []
    for rank, path in enumerate(chain(own, base)):
        table = path.suffix.lower() == ".csv"
        statements = list(_counties(path) if table else _turtle(path))
        if rank < len(own) and not table:
            said += (Statement(path, *one) for one in statements)
        for subject, predicate, value in statements:
            entry = subjects.get(subject)
            if entry is None:
                entry = subjects[subject] = {}
                ranks[subject] = rank
            entry.setdefault(predicate, []).append(value)
            if subject.startswith(_PLACE):
                mentioned.setdefault(subject, path)
            if predicate in (_PARENT, _IN_PLACE):
                mentioned.setdefault(value, path)
    for place, path in mentioned.items():
        if _PLACE_CLASS not in subjects.get(place, {}).get(_TYPE, ()):
            name = _local(place)
            reason = "unknown place; write its full name (place:北京市朝阳区), or add it · "
            raise invalid(path, line_of(path, name), f"{reason}没有这个地方: {name}")
    check_entries(said, subjects)
    register = _register(subjects, ranks)
    check_names(register.units, own)
    return register


def _turtle(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield the statements of a Turtle file."""
    try:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            if isinstance(quad.subject, ox.BlankNode) and quad.predicate.value == _TYPE:
                raise invalid(
                    path, None, "an entry without an IRI · 每段须以 IRI 开头: unit:正式名称"
                )
            if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.Triple):
                yield quad.subject.value, quad.predicate.value, quad.object.value
    except (OSError, SyntaxError) as error:
        raise invalid(path, getattr(error, "lineno", None), error) from None


def _counties(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield what the rows of a CSV file say of county-level places."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(lines, strict=True)
            if tuple(next(reader, ())) != COUNTY_COLUMNS:
                raise invalid(path, 1, f"columns are {', '.join(COUNTY_COLUMNS)}")
            for row in reader:
                if len(row) != len(COUNTY_COLUMNS) or not all(row[1:4]):
                    raise invalid(path, reader.line_num, "name, short, parent · 缺名称、简名或上级")
                _, name, short, parent, start, end = row
                if not (_YEAR.fullmatch(start) and _YEAR.fullmatch(end)):
                    raise invalid(path, reader.line_num, "from, until: years · 起止应为年份")
                place = _PLACE + parent + name
                yield place, _TYPE, _PLACE_CLASS
                yield place, _LABEL, parent + name
                yield place, _PLACE_NAME, name
                yield place, _SHORT_NAME, short
                yield place, _PARENT, _PLACE + parent
                yield place, _LEVEL, "county"
                if start:
                    yield place, _FROM, start
                if end:
                    yield place, _UNTIL, f"{end}-12-31"
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise invalid(path, None, error) from None


def _register(
    subjects: Mapping[str, Mapping[str, list[str]]], ranks: Mapping[str, int]
) -> Register:
    units, places, patterns, functions = [], {}, [], []
    endings: list[Ending] = []
    kinds: list[tuple[str, str]] = []
    changes: list[ChangeEvent] = []
    change_patterns: list[ChangeEvent] = []
    names = {iri: _first(entry, _LABEL) for iri, entry in subjects.items()}
    for iri, entry in subjects.items():
        types = set(entry.get(_TYPE, ()))
        if types & _UNIT_CLASSES:
            units.append(_unit(entry, names, ranks[iri]))
        elif _PLACE_CLASS in types:
            place = _place(entry, names)
            places[place.full] = place
        elif _ORG + "ChangeEvent" in types:
            changes.append(_change(iri, entry, "originalOrganization", "resultingOrganization"))
        elif _GAZ + "ChangePattern" in types:
            change_patterns.append(_change(iri, entry, "originalForm", "resultingForm"))
        elif _GAZ + "NamePattern" in types:
            patterns.append(_pattern(entry, names))
        elif _GAZ + "OrganEnding" in types:
            endings += _endings(entry)
        if entry.get(_GAZ + "shortWord"):
            functions.append(_function(iri, entry))
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


def _place(entry: Mapping[str, list[str]], names: Mapping[str, str]) -> Place:
    """Return a place; 黔南布依族苗族自治州, with peoples in its name, is also 黔南州 and 黔南自治州."""
    name, short = _first(entry, _PLACE_NAME), _first(entry, _SHORT_NAME)
    others = {*entry.get(_OTHER_LABEL, ())}
    if name.endswith(("自治州", "自治县", "自治旗")):
        others |= {short + name[-1], short + name[-3:]} - {name}
    parent = _first(entry, _PARENT)
    return Place(
        _first(entry, _LABEL),
        name,
        short,
        _local(_first(entry, _LEVEL)),
        names.get(parent) if parent else None,
        tuple(sorted(others)),
        _validity(entry),
        _first(entry, _CODE),
    )


def _unit(entry: Mapping[str, list[str]], names: Mapping[str, str], rank: int) -> RegisteredUnit:
    parent = _first(entry, _ORG + "subOrganizationOf")
    place = _first(entry, _IN_PLACE)
    return RegisteredUnit(
        _first(entry, _LABEL),
        tuple(entry.get(_OTHER_LABEL, ())),
        tuple(entry.get(_GAZ + "shortLabel", ())),
        _local(_first(entry, _GAZ + "unitKind")) or "other",
        _local(_first(entry, _LEVEL)) or "none",
        _first(entry, _GAZ + "function") or None,
        names.get(parent) or parent.rpartition("/unit/")[2] or None,
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
        tuple(entry.get(_GAZ + "placeEnding", ())),
        tuple(sorted(names[place] for place in entry.get(_IN_PLACE, ()))),
        _validity(entry),
    )


def _endings(entry: Mapping[str, list[str]]) -> Iterator[Ending]:
    """Yield each short form of an ending with the official one."""
    for short in entry.get(_GAZ + "shortEnding", ()):
        yield Ending(
            short,
            _first(entry, _GAZ + "officialEnding"),
            _local(_first(entry, _GAZ + "unitKind")),
            tuple(_local(level) for level in entry.get(_GAZ + "onLevel", ())),
        )


def _function(iri: str, entry: Mapping[str, list[str]]) -> Function:
    return Function(
        iri,
        tuple(entry.get(_GAZ + "nameWord", ())),
        tuple(entry[_GAZ + "shortWord"]),
        tuple(entry.get(_GAZ + "withEnding", ())),
        _validity(entry),
    )


def _change(iri: str, entry: Mapping[str, list[str]], before: str, after: str) -> ChangeEvent:
    """Read an event; its Chinese label stands before the English one."""
    labels = entry.get(_LABEL, [""])
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
    return Validity(_first(entry, _FROM), _first(entry, _UNTIL))


def _first(entry: Mapping[str, list[str]], predicate: str) -> str:
    values = entry.get(predicate)
    return values[0] if values else ""


def _local(iri: str) -> str:
    return iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1]
