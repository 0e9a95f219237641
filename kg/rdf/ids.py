"""Ids of the things that facts name but do not number: graphs, plans, acts, groups."""

from __future__ import annotations

from calendar import monthrange

from kg.document import Document, Span
from kg.facts import DocumentFacts, Notice, Reference
from kg.model import Relation

__all__ = [
    "DERIVED_GRAPH",
    "METADATA_GRAPH",
    "REGISTER_GRAPH",
    "act_id",
    "document_graph",
    "document_id",
    "evidence_id",
    "group_id",
    "last_day",
    "plan_id",
]

REGISTER_GRAPH = "graph/register"
DERIVED_GRAPH = "graph/derived"
METADATA_GRAPH = "graph/metadata"


def document_id(document: Document) -> str:
    """Return the id of a document."""
    return f"document/{document.id}"


def document_graph(document: Document) -> str:
    """Return the id of the named graph of what a document says."""
    return f"graph/document/{document.id}"


def evidence_id(document: Document, span: Span) -> str:
    """Return the id of the evidence that a span of a document is."""
    return f"evidence/{document.id[:16]}/{span.start}-{span.end}"


def plan_id(notice: Notice, title: str) -> str:
    """Return the id of a plan, which is told apart by the notice that promulgates it."""
    return f"plan/{notice.id.partition('/')[2]}/{title}"


def act_id(reference: Reference, facts: DocumentFacts) -> str:
    """Return the id of the act that a reference names, made of its words alone.

    A document number is the id of a notice, so that an act cited in one gazette
    is the notice printed in another. A notice's own plan is that plan. Any other
    act is known by its title, whether or not the collection has a notice of that
    title (:mod:`kg.citations`).
    """
    if reference.relation is Relation.ISSUES:
        for notice in facts.notices:
            if notice.id == reference.notice and reference.title in notice.plan_titles:
                return plan_id(notice, reference.title)
    if reference.number:
        return f"notice/{reference.number}"
    return f"act/{reference.title}"


def group_id(group: str, facts: DocumentFacts) -> str:
    """Return the id of a leading group, which facts give by id or by name."""
    for unit in facts.units:
        if group in (unit.id, unit.name):
            return unit.id
    return group if group.startswith("unit/") else f"unit/{group}"


def last_day(date: str) -> str:
    """Return the last day of an ISO year, month or day.

    >>> last_day("2020-02")
    '2020-02-29'
    """
    if len(date) == 4:
        return f"{date}-12-31"
    if len(date) == 7:
        year, month = (int(part) for part in date.split("-"))
        return f"{date}-{monthrange(year, month)[1]:02d}"
    return date
