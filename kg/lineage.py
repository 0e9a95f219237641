"""What became of units: the changes that a build's documents bear out, and each unit's heir."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.facts import Change, DocumentFacts

__all__ = ["changes_in", "heirs"]


def changes_in(all_facts: Sequence[DocumentFacts]) -> list[Change]:
    """Return the changes that hold for the units of all documents, sorted by id.

    A change that the register states of single units holds as it stands. One from
    a pattern holds between those of its units that documents name: that a place
    had all of them is not known.
    """
    named = {unit.id for facts in all_facts for unit in facts.units}
    found: dict[str, Change] = {}
    for change in (change for facts in all_facts for change in facts.changes):
        if change.general:
            change = replace(
                change,
                originals=tuple(unit for unit in change.originals if unit in named),
                results=tuple(unit for unit in change.results if unit in named),
            )
        if not change.general or (change.originals and change.results):
            found[change.id] = change
    return [found[key] for key in sorted(found)]


def heirs(changes: Iterable[Change]) -> dict[str, str]:
    """Return the unit that each unit became in the end, where one and only one is left.

    A unit that was split up, or of which only a part of the work moved, has no
    heir and stays what it is.

    Examples
    --------
    >>> old = Change("1", "", "", "2013", ("局",), ("委",), False, False)
    >>> new = Change("2", "", "", "2018", ("委",), ("健委",), False, False)
    >>> heirs([old, new])
    {'委': '健委', '局': '健委'}
    """
    nexts: dict[str, set[str]] = {}
    for change in changes:
        if not change.partial:
            for unit in change.originals:
                if unit not in change.results:
                    nexts.setdefault(unit, set()).update(change.results)
    found: dict[str, str] = {}
    for unit in sorted(nexts):
        seen, here = {unit}, unit
        while len(after := nexts.get(here, set())) == 1:
            (here,) = after
            if here in seen:
                break
            seen.add(here)
        if here != unit:
            found[unit] = here
    return found
