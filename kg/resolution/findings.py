"""What a reader should look at in the names of a document: unresolved units, ambiguous places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.document import Span
from kg.facts import Finding, Notice, Unit
from kg.model import Severity
from kg.resolution.context import Context
from kg.resolution.places import meant
from kg.resolution.register import Register

__all__ = ["ambiguous_place", "unregistered"]


def ambiguous_place(notice: Notice, context: Context, register: Register) -> Iterable[Finding]:
    """Yield a finding where a notice does not say which of several places it speaks from."""
    places = meant(context.place, register, context.date) if context.place else ()
    if context.place and len(places) > 1:
        name, several = context.place.name, "、".join(place.full for place in places)
        yield Finding(
            "ambiguous-place",
            Severity.WARNING,
            f"“{name}”有多处（{several}），原文没有说明是哪一处，单位名称前只写“{name}”",
            f"{name} may be any of {several}; the text does not say which, "
            f"and names of units begin with {name} alone",
            notice.id,
            notice.title_span,
        )


def unregistered(units: Mapping[str, Unit], first: Mapping[str, Span]) -> Iterable[Finding]:
    """Yield a finding for each unit whose name no rule resolved, with its first place."""
    for key in sorted(units):
        unit = units[key]
        if not unit.registered and not unit.collective:
            yield Finding(
                "unregistered-unit",
                Severity.WARNING,
                f"名录中没有“{'、'.join(unit.short_names)}”，沿用原文名称",
                f"no rule of the register resolves this name ({unit.rule})",
                unit.id,
                first.get(key),
            )
