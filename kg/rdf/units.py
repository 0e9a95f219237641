"""Units as several documents describe them, told once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.facts import DocumentFacts, Unit

__all__ = ["merged_units"]


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
        if known is None or _preference(unit) < _preference(known):
            described[unit.id] = unit
    return [
        replace(unit, short_names=tuple(sorted(short_names[identifier])))
        for identifier, unit in sorted(described.items())
    ]


def _preference(unit: Unit) -> tuple[bool, str]:
    """Order descriptions of one unit: registered before not, then by their words."""
    return (not unit.registered, repr(unit))
