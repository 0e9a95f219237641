"""From names to units, and from there to the facts of a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extraction.model import Extraction, NoticeFacts
from kg.facts import DocumentFacts, GazetteIssue, Unit
from kg.resolution.findings import unregistered
from kg.resolution.issuers import issuer_place
from kg.resolution.lineage import changes_of
from kg.resolution.notices import NoticeResolver, Units
from kg.resolution.register import Register
from kg.resolution.resolver import Resolver

__all__ = ["resolve"]


def resolve(extraction: Extraction, resolver: Resolver) -> DocumentFacts:
    """Give every name of a document its unit, and every fact its identifier."""
    document, register = extraction.gazette.document, resolver.register
    units = Units()
    gazette = _gazette_issue(extraction)
    parts = [
        NoticeResolver(document.text, key, facts, resolver, units).resolved(
            gazette.id if gazette else None
        )
        for key, facts in _with_own_keys(extraction)
    ]
    by_id = units.all()
    for unit in list(by_id.values()):
        if unit.parent and unit.parent not in by_id:
            by_id[unit.parent] = _parent(unit.parent, register)
    findings = [finding for part in parts for finding in part.findings]
    findings += unregistered(by_id, units.first)
    changes = changes_of((unit.name for unit in by_id.values() if unit.registered), register)
    stated = (change for change in changes if not change.general)
    versions = {unit for change in stated for unit in (*change.originals, *change.results)}
    return DocumentFacts(
        document,
        gazette,
        tuple(part.notice for part in parts),
        tuple(by_id[key] for key in sorted(by_id)),
        tuple(task for part in parts for task in part.tasks),
        tuple(fact for part in parts for fact in part.assignments),
        tuple(fact for part in parts for fact in part.deadlines),
        tuple(fact for part in parts for fact in part.targets),
        tuple(fact for part in parts for fact in part.references),
        tuple(fact for part in parts for fact in part.memberships),
        tuple(findings),
        changes,
        tuple(
            replace(_parent(unit, register), rule="lineage")
            for unit in sorted(versions - by_id.keys())
        ),
        hostings=tuple(fact for part in parts for fact in part.hostings),
    )


def _parent(identifier: str, register: Register) -> Unit:
    """Return a unit that is only known as what another one belongs to."""
    name = identifier.removeprefix("unit/")
    known = register.by_name.get(name)
    place = issuer_place(name.removeprefix("中共"), register)
    level = known.level if known else (place.level if place else "none")
    kind = known.kind if known else register.kind_of(name)
    function = known.function if known else None
    return Unit(
        identifier,
        name,
        (),
        level,
        kind,
        None,
        function,
        False,
        None,
        None,
        True,
        "parent",
        place.full if place and place.level == level else "",
    )


def _with_own_keys(extraction: Extraction) -> Iterator[tuple[str, NoticeFacts]]:
    """Pair each notice with its key: number, else title, told apart if they repeat."""
    seen: dict[str, int] = {}
    for facts in extraction.notices:
        key = facts.notice.number or re.sub(r"[\s/]+", "", facts.notice.title)
        seen[key] = seen.get(key, 0) + 1
        own = key if seen[key] == 1 else f"{key}~{seen[key]}"
        yield own or extraction.gazette.document.id[:12], facts


def _gazette_issue(extraction: Extraction) -> GazetteIssue | None:
    gazette = extraction.gazette
    if not gazette.title:
        return None
    name = gazette.title + (f"{gazette.year}年" if gazette.year else "")
    name += f"第{gazette.issue}期" if gazette.issue else ""
    return GazetteIssue(
        f"gazette/{name}",
        gazette.title,
        gazette.year,
        gazette.issue,
        gazette.publisher,
        gazette.head,
    )
