"""Units over time: which events renamed, merged or abolished the units of a document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.facts import Change
from kg.resolution.register import ChangeEvent, Register

__all__ = ["changes_of"]


def changes_of(names: Iterable[str], register: Register) -> tuple[Change, ...]:
    """Return the events in the lineage of units, sorted by id.

    Parameters
    ----------
    names
        Official names of units.
    register
        Events of single units, and patterns of events that took place everywhere
        (区卫生和计划生育委员会 became 区卫生健康委员会 in every district).

    Returns
    -------
    tuple of Change
        Of a single unit, all that led to it and all that followed. Of a pattern,
        what may have led to it or followed in its place: which of the units named
        there existed is only known from all documents of a build.
    """
    known = sorted(set(names))
    found = {event.id: _stated(event) for event in _related(known, register)}
    for name in known:
        if name.endswith(register.change_endings):
            for head, tail, pattern in register.change_forms:
                if name.endswith(tail) and name.startswith(head):
                    place = name[len(head) : len(name) - len(tail)]
                    if place and register.is_place(place):
                        change = _in_place(pattern, place)
                        found[change.id] = change
    return tuple(found[key] for key in sorted(found))


def _related(names: Sequence[str], register: Register) -> Iterable[ChangeEvent]:
    """Yield the events that led to units, and those that followed."""
    for back in (True, False):
        reached, waiting = set(names), list(names)
        while waiting:
            name = waiting.pop()
            for event in register.changes:
                here, there = event.originals, event.results
                if back:
                    here, there = there, here
                if name in here:
                    yield event
                    waiting += [other for other in there if other not in reached]
                    reached.update(there)


def _stated(event: ChangeEvent) -> Change:
    return Change(
        event.id,
        event.label,
        event.label_en,
        event.date,
        tuple(f"unit/{name}" for name in event.originals),
        tuple(f"unit/{name}" for name in event.results),
        event.partial,
        general=False,
    )


def _in_place(pattern: ChangeEvent, place: str) -> Change:
    """Return the event of a pattern in one place."""
    return Change(
        f"change/{place}/{pattern.id.rpartition('/')[2]}",
        f"{place}：{pattern.label}",
        f"{place}: {pattern.label_en}",
        pattern.date,
        tuple("unit/" + form.replace("{place}", place) for form in pattern.originals),
        tuple("unit/" + form.replace("{place}", place) for form in pattern.results),
        pattern.partial,
        general=True,
    )
