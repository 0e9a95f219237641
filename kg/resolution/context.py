"""What goes into the search for a unit, and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kg.resolution.register import Place, Validity

__all__ = ["Context", "Find", "Found"]


@dataclass(frozen=True, slots=True)
class Context:
    """From where and when a name is written.

    ``lapsed`` if names that had ended by then are looked for too. ``issuer`` is the unit
    that writes, as it is named there: a department names its divisions without itself.
    ``local`` if it is written for some place, whichever: no short name is the country's.
    """

    place: Place | None
    date: str = ""
    lapsed: bool = False
    issuer: str = ""
    local: bool = False

    def holds(self, validity: Validity) -> bool:
        """Tell whether an entry may be meant: it holds on the day (today, if none is known), or has ended."""
        if self.lapsed and validity.end and (not self.date or validity.end < self.date):
            return True
        return validity.holds(self.date)


@dataclass(frozen=True, slots=True)
class Found:
    """A unit that a rule gives to a name; not ``registered`` if the rule only guesses.

    ``place`` is the full name of the place that it works for, if one is known.
    """

    name: str
    rule: str
    kind: str
    level: str
    function: str | None
    parent: str | None
    place: str = ""
    registered: bool = True


Find = Callable[[str, str, Context], Found | None]
"""Finds the unit of a name, given the level word of the first name in its list, in a context."""
