"""What documents describe in common: units, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kg.facts import Change, DocumentFacts, Unit

__all__ = ["Common", "Described"]


@dataclass(frozen=True, slots=True)
class Described:
    """What one document describes that others may describe too."""

    units: tuple[Unit, ...]
    versions: tuple[Unit, ...]
    changes: tuple[Change, ...]

    @classmethod
    def of(cls, facts: DocumentFacts) -> Described:
        """Take it out of all that a document says."""
        return cls(facts.units, facts.versions, facts.changes)


@dataclass(slots=True)
class Common:
    """Units and their changes, gathered from documents in any order.

    Examples
    --------
    >>> Common.of([]).units()
    []
    """

    _units: dict[str, Unit] = field(default_factory=dict)
    _short_names: dict[str, set[str]] = field(default_factory=dict)
    _versions: dict[str, Unit] = field(default_factory=dict)
    _changes: dict[str, Change] = field(default_factory=dict)

    @classmethod
    def of(cls, all_facts: Iterable[DocumentFacts]) -> Common:
        """Gather what documents say."""
        common = cls()
        for facts in all_facts:
            common.add(facts)
        return common

    def add(self, described: Described | DocumentFacts) -> None:
        """Add what a document describes."""
        for unit in described.units:
            self._add_unit(unit, unit.short_names)
        for unit in described.versions:
            self._versions[unit.id] = unit
        for change in described.changes:
            self._changes[change.id] = change

    def merge(self, other: Common) -> None:
        """Add what was gathered from other documents."""
        for key, unit in other._units.items():
            self._add_unit(unit, other._short_names[key])
        self._versions |= other._versions
        self._changes |= other._changes

    def _add_unit(self, unit: Unit, short_names: Iterable[str]) -> None:
        known = self._units.setdefault(unit.id, unit)
        if known is not unit:
            self._units[unit.id] = _preferred(known, unit)
        self._short_names.setdefault(unit.id, set()).update(short_names)

    def units(self) -> list[Unit]:
        """Return each unit once, sorted by id, with the short names of all its descriptions.

        Documents may resolve a unit by different rules; which of them is read first
        does not matter.
        """
        return [
            _called(unit, tuple(sorted(self._short_names[key])))
            for key, unit in sorted(self._units.items())
        ]

    def versions(self) -> list[Unit]:
        """Return the units that only changes name, sorted by id."""
        return [unit for key, unit in sorted(self._versions.items()) if key not in self._units]

    def changes(self) -> list[Change]:
        """Return the changes that hold for the units of all documents, sorted by id.

        A change that the register states of single units holds as it stands. One from
        a pattern holds between those of its units that documents name: that a place
        had all of them is not known.
        """
        found: list[Change] = []
        for _, change in sorted(self._changes.items()):
            if change.general:
                change = replace(
                    change,
                    originals=tuple(unit for unit in change.originals if unit in self._units),
                    results=tuple(unit for unit in change.results if unit in self._units),
                )
            if not change.general or (change.originals and change.results):
                found.append(change)
        return found


def _called(unit: Unit, short_names: tuple[str, ...]) -> Unit:
    """Return a unit with these short names."""
    return unit if unit.short_names == short_names else replace(unit, short_names=short_names)


def _preferred(one: Unit, other: Unit) -> Unit:
    """Return the better description of a unit: a registered one, then by their words."""
    if one == other:
        return one
    return min(one, other, key=lambda unit: (not unit.registered, repr(unit)))
