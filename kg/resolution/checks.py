"""What is wrong in a register of the user's own: each is an error that says what to do next.

Nothing that such a file says may be in vain: a word of a closed list that the list does
not have, a property that nothing reads, a second value where one counts, a name that two
units claim. Properties of other vocabularies than these (a source, a comment) are the user's own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from difflib import get_close_matches
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from kg.dates import DATE_HINT, is_date
from kg.errors import RegisterError
from kg.resolution.register import LEVELS, RegisteredUnit

__all__ = ["Statement", "check_entries", "check_names", "invalid", "line_of"]

_PREFIXES = {
    "gaz": "https://w3id.org/gazette-kg/ontology#",
    "kind": "https://w3id.org/gazette-kg/kind/",
    "level": "https://w3id.org/gazette-kg/level/",
    "fn": "https://w3id.org/gazette-kg/function/",
    "unit": "https://w3id.org/gazette-kg/id/unit/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "org": "http://www.w3.org/ns/org#",
    "m8g": "http://data.europa.eu/m8g/",
    "dcterms": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
_OURS = ("gaz", "skos", "org")
"""Prefixes of the properties of which it is known what they are for."""
_CLASSED = ("gaz:", "skos:", "org:", "m8g:")
"""Beginnings of classes that are known, or misspelt."""
_FEW = 20
"""Words of a list that a message names all."""

_UNIT = (
    "skos:prefLabel skos:altLabel gaz:shortLabel gaz:unitKind gaz:level gaz:function gaz:inPlace "
    "org:subOrganizationOf gaz:validFrom gaz:validUntil"
)
_TAKEN = {
    "m8g:PublicOrganisation": _UNIT,
    "org:FormalOrganization": _UNIT,
    "org:OrganizationalCollaboration": _UNIT,
    "org:Organization": _UNIT,
    "org:OrganizationalUnit": _UNIT,
    "gaz:Place": "skos:prefLabel skos:altLabel skos:notation gaz:placeName gaz:shortName "
    "gaz:parentPlace gaz:level gaz:succeededBy gaz:validFrom gaz:validUntil",
    "gaz:NamePattern": "gaz:written gaz:official gaz:unitKind gaz:function gaz:onLevel "
    "gaz:placeEnding gaz:inPlace gaz:validFrom gaz:validUntil",
    "gaz:OrganEnding": "gaz:shortEnding gaz:officialEnding gaz:unitKind gaz:onLevel",
    "gaz:ChangePattern": "skos:prefLabel gaz:originalForm gaz:resultingForm",
    "org:ChangeEvent": "skos:prefLabel gaz:partOnly "
    "org:originalOrganization org:resultingOrganization",
    "skos:Concept": "skos:prefLabel skos:altLabel skos:inScheme skos:broader skos:related gaz:rank "
    "gaz:nameEnding gaz:nameWord gaz:shortWord gaz:withEnding gaz:succeededBy "
    "gaz:validFrom gaz:validUntil",
    "skos:ConceptScheme": "skos:prefLabel",
}
"""The properties that the entries of each class may have."""

_NOTES = frozenset(
    f"skos:{name}"
    for name in (
        "changeNote",
        "definition",
        "editorialNote",
        "example",
        "historyNote",
        "note",
        "scopeNote",
    )
)
"""What every entry may have."""

_NEEDED = {
    **{name: "skos:prefLabel" for name, taken in _TAKEN.items() if taken is _UNIT},
    "gaz:Place": "skos:prefLabel gaz:placeName gaz:shortName gaz:level",
    "gaz:NamePattern": "gaz:official",
    "gaz:OrganEnding": "gaz:shortEnding gaz:officialEnding",
}
"""The properties without which an entry says nothing."""

_ONCE = frozenset({"gaz:unitKind", "gaz:level", "gaz:function"})
_ONCE_OF_UNITS = frozenset({"skos:prefLabel", "gaz:inPlace"})
"""Properties of which one value counts, in every entry and in those of units."""

_LISTS = {
    "gaz:unitKind": ("kind", "gaz:unitKinds"),
    "gaz:function": ("fn", "gaz:functions"),
    "gaz:level": ("level", ""),
    "gaz:onLevel": ("level", ""),
}
"""Properties whose values stand in a list: its prefix, and the scheme to which a file may add."""

_DATES = frozenset({"gaz:validFrom", "gaz:validUntil", "dcterms:date"})


class Statement(NamedTuple):
    """What a file says: subject, predicate and value as text."""

    path: Path
    subject: str
    predicate: str
    value: str


def invalid(path: Path, line: int | None, reason: object) -> RegisterError:
    """Return the error that names the file and, where it is known, the line."""
    if isinstance(reason, FileNotFoundError):
        return RegisterError(f"{path}: no such file · 没有这个文件")
    if isinstance(reason, OSError):
        return RegisterError(f"{path}: cannot be read: {reason.strerror or reason} · 无法读取")
    where = f"{path}:{line}" if line else str(path)
    return RegisterError(f"{where}: not a valid register · 名录文件无效: {reason}")


def line_of(path: Path, name: str, word: str = "") -> int | None:
    """Return the line of a file on which a block that begins with ``name`` has ``word``.

    Where no block has it (the file writes it otherwise, with escapes), the line on
    which the name stands first.
    """
    begins, has = (re.compile(rf"(?<!\w){re.escape(one)}(?!\w)") for one in (name, word or name))
    first: int | None = None
    inside = False
    for at, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
        if begins.search(line):
            inside, first = True, first or at
        if inside and has.search(line):
            return at
        inside = inside and not line.rstrip().endswith(".")
    return first


def check_entries(
    said: Sequence[Statement], subjects: Mapping[str, Mapping[str, Sequence[str]]]
) -> None:
    """Look through what the user's own files say, ``subjects`` being what all files say.

    Raises
    ------
    RegisterError
        Something there is in vain; the message names file and line, and what may stand there.
    """
    known = {prefix: _listed(prefix, scheme, subjects) for prefix, scheme in _LISTS.values()}
    values: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in said:
        every = values[one.subject, one.predicate]
        every.add(one.value)
        for reason, word in _problems(one, _classes(subjects[one.subject]), known, every):
            name = _local(one.subject)
            line = line_of(one.path, name, word)
            raise invalid(one.path, line, f"{name}: {reason}")
    _check_whole(said, subjects)


def _problems(
    one: Statement,
    classes: Sequence[str],
    known: Mapping[str, Set[str]],
    every: Set[str],
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a statement, and the word of it that the line has.

    Parameters
    ----------
    one
        The statement.
    classes
        The known classes of its subject.
    known
        The IRIs in each list, by its prefix.
    every
        The values so far that the subject has of this predicate.
    """
    predicate = _short(one.predicate)
    if not classes:
        if _is_ours(predicate) or (
            predicate == "rdf:type" and _short(one.value).startswith(_CLASSED)
        ):
            yield f"of no known class; write a · 没有已知的类别，请写 a {' | '.join(_TAKEN)}", ""
        return
    taken = frozenset(word for name in classes for word in _TAKEN[name].split())
    if _is_ours(predicate) and predicate not in taken:
        reason = f"nothing reads {predicate} there; known · 没有这个属性，可用"
        yield f"{reason}: {', '.join(sorted(taken))}", _local(one.predicate)
    yield from _unlisted(predicate, one.value, known)
    if predicate in _DATES and not is_date(one.value):
        yield f"{predicate} {one.value!r} {DATE_HINT}", one.value
    of_unit = _UNIT in (_TAKEN[name] for name in classes)
    if len(every) > 1 and (predicate in _ONCE or (of_unit and predicate in _ONCE_OF_UNITS)):
        reason = f"{predicate} has one value; keep one (another unit is an entry of its own) · "
        reason += "只能有一个值，请保留一个（另一单位另起一段）"
        yield f"{reason}: {', '.join(sorted(map(_local, every)))}", _local(one.value)


def _is_ours(predicate: str) -> bool:
    """Tell whether a property is of the vocabularies of which it is known what is read."""
    return predicate.partition(":")[0] in _OURS and predicate not in _NOTES


def _unlisted(
    predicate: str, value: str, known: Mapping[str, Set[str]]
) -> Iterator[tuple[str, str]]:
    """Yield that a value is not in the list that those of its predicate stand in."""
    prefix, scheme = _LISTS.get(predicate, ("", ""))
    if not prefix or value in known[prefix]:
        return
    written = f"{prefix}:{_local(value)}"
    likely = _likely(written, [f"{prefix}:{_local(one)}" for one in known[prefix]])
    reason = f"{predicate} {written} is not in the list; known · 不在表中，可用: {likely}"
    declare = f"; or declare it · 或先声明: {written} a skos:Concept ; skos:inScheme {scheme}"
    yield reason + (declare if scheme else ""), _local(value)


def _check_whole(
    said: Sequence[Statement], subjects: Mapping[str, Mapping[str, Sequence[str]]]
) -> None:
    """Refuse an entry that lacks what makes it one."""
    for subject, path in {one.subject: one.path for one in reversed(said)}.items():
        entry = subjects[subject]
        told = {_short(predicate) for predicate, values in entry.items() if all(values)}
        for cls in _classes(entry):
            lacking = [word for word in _NEEDED.get(cls, "").split() if word not in told]
            if lacking:
                name = _local(subject)
                reason = f"{name}: write · 缺少，请写: {', '.join(lacking)}"
                raise invalid(path, line_of(path, name), reason)


def check_names(units: Sequence[RegisteredUnit], own: Sequence[Path]) -> None:
    """Look for names that two units of the user's own files claim in the same documents.

    Neither would have it. That an own file gives a name of the files that come along to
    another unit is what it is for.

    Raises
    ------
    RegisterError
        Two units claim a name; the message names both, and their files.
    """
    claims: dict[str, list[tuple[RegisteredUnit, str | None]]] = defaultdict(list)
    for unit in units:
        if unit.rank < len(own):
            for label in dict.fromkeys((unit.name, *unit.labels)):
                claims[label].append((unit, ""))
            for label in unit.short_labels:
                claims[label].append((unit, unit.place))
    for label, claimed in claims.items():
        for (first, here), (other, there) in combinations(claimed, 2):
            if first is other or not first.validity.overlaps(other.validity):
                continue
            if first.name == other.name == label:
                raise _claimed(
                    label,
                    (first, other),
                    own,
                    "two entries have this official name; complete it, or make them one · "
                    "两段的正式名称相同，请补全名称或合为一段",
                )
            if first.name != other.name and ("" in (here, there) or here == there):
                raise _claimed(
                    label,
                    (first, other),
                    own,
                    "two units claim this name; write gaz:shortLabel with gaz:inPlace for the documents "
                    "of one place, or gaz:validFrom and gaz:validUntil · 两个单位用同一名称，请改用 "
                    "gaz:shortLabel 和 gaz:inPlace 限定地方，或写明起止日期",
                )


def _claimed(
    label: str, both: tuple[RegisteredUnit, RegisteredUnit], own: Sequence[Path], reason: str
) -> RegisterError:
    first, other = both
    path, beside = own[first.rank], own[other.rank]
    lines = [line_of(own[unit.rank], unit.name, label) for unit in both]
    if first.name == other.name:
        lines[1] = None
    at = f"{beside}:{lines[1]}" if lines[1] else str(beside)
    return invalid(path, lines[0], f"{label}: {reason}: {first.name}, {other.name} ({at})")


def _listed(
    prefix: str, scheme: str, subjects: Mapping[str, Mapping[str, Sequence[str]]]
) -> frozenset[str]:
    """Return the IRIs in a list: those of its scheme, or the levels, to which no file adds."""
    if not scheme:
        return frozenset(_PREFIXES[prefix] + level for level in LEVELS)
    whole = _whole(scheme)
    return frozenset(
        subject
        for subject, entry in subjects.items()
        if whole in entry.get(_IN_SCHEME, ()) and "skos:Concept" in _classes(entry)
    )


def _classes(entry: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the known classes of an entry."""
    return [name for name in map(_short, entry.get(_TYPE, ())) if name in _TAKEN]


def _likely(written: str, known: Sequence[str]) -> str:
    """List what is known; of many only what is like the word."""
    if len(known) <= _FEW:
        return ", ".join(sorted(known))
    near = get_close_matches(written, sorted(known), n=5, cutoff=0.4)
    return ", ".join([*near, f"… ({len(known)})"])


def _short(iri: str) -> str:
    """Return the prefixed name of an IRI, or nothing."""
    found = (
        f"{prefix}:{iri[len(whole) :]}"
        for prefix, whole in _PREFIXES.items()
        if iri.startswith(whole)
    )
    return next(found, "")


def _whole(name: str) -> str:
    prefix, _, local = name.partition(":")
    return _PREFIXES[prefix] + local


def _local(iri: str) -> str:
    return iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1]


_TYPE = _whole("rdf:type")
_IN_SCHEME = _whole("skos:inScheme")
