"""Units as several documents describe them, told once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.facts import DocumentFacts, Unit

__all__ = ["merged_units", "preferred"]


def merged_units(all_facts: Iterable[DocumentFacts]) -> list[Unit]:
    """Return each unit once, sorted by id, with the short names of all its descriptions.

    Documents may resolve a unit by different rules; which of them is read first
    does not matter.
    """
    described: dict[str, Unit] = {}
    short_names: dict[str, set[str]] = {}
    for unit in (unit for facts in all_facts for unit in facts.units):
        short_names.setdefault(unit.id, set()).update(unit.short_names)
        known = described.get(unit.id)
        described[unit.id] = unit if known is None else preferred(known, unit)
    return [
        replace(unit, short_names=tuple(sorted(short_names[identifier])))
        for identifier, unit in sorted(described.items())
    ]


def preferred(one: Unit, other: Unit) -> Unit:
    """Return the better description of a unit: a registered one, then by their words."""
    if one == other:
        return one
    return min(one, other, key=lambda unit: (not unit.registered, repr(unit)))
