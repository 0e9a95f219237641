"""What became of units: the one that took each one's place in the end."""

from __future__ import annotations

from collections.abc import Iterable

from kg.facts import Change

__all__ = ["heirs"]


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
