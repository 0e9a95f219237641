"""``notices/*.html``: a notice's own text with every fact marked where it stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from kg.document import Document
from kg.facts import DocumentFacts, Reference, Task
from kg.model import Certainty
from kg.pages.corpus import Corpus
from kg.pages.evidence import deadline_text
from kg.pages.groups import GroupPages
from kg.pages.highlight import Mark, Piece, blocks
from kg.pages.labels import CERTAINTIES, DEADLINES, RELATIONS, ROLES
from kg.pages.rendering import Assets, Renderer

__all__ = ["Marks", "is_heading", "mark_counts", "marks_of", "write_notices"]

OfNotice = TypeVar("OfNotice", Task, Reference)

Marks = dict[str, list[Mark]]
"""Marks by the id of the notice, or of the document, whose page they stand on."""

SHORT = 40
"""Characters of a finding that are underlined; a longer one has its sign at the start."""
SHOWN = ("unit", "deadline", "target", "reference", "membership", "task", "finding")


def write_notices(renderer: Renderer, corpus: Corpus, facts: DocumentFacts, marks: Marks) -> None:
    """Write a page for every notice of a document; ``marks`` are its :func:`marks_of`."""
    document = facts.document
    tasks = _by_notice(facts.tasks)
    references = _by_notice(facts.references)
    assets = Assets(scripts=("core.js", "notice.js"), root="../")
    for notice in corpus.notices_of(document):
        own = marks.get(notice.id, [])
        renderer.write(
            corpus.notice_pages[notice.id],
            "notice.html",
            assets,
            corpus=corpus,
            notice=notice,
            document=document,
            blocks=blocks(document.text, notice.span, own),
            counts=mark_counts(own),
            tasks=tasks[notice.id],
            references=references[notice.id],
            citing=corpus.citing.get(notice.id, ()),
            spans=is_heading,
            deadline_text=deadline_text,
        )


def _by_notice(facts: Iterable[OfNotice]) -> dict[str, list[OfNotice]]:
    """Group facts by the notice that they belong to, in the order of the text."""
    groups: dict[str, list[OfNotice]] = defaultdict(list)
    for fact in sorted(facts, key=lambda fact: (fact.span, fact.id)):
        groups[fact.notice].append(fact)
    return groups


def marks_of(corpus: Corpus, facts: DocumentFacts, groups: GroupPages) -> Marks:
    """Return the marks on the pages of a document's notices, and on its own outside of them.

    ``groups`` tells where the leading groups are shown.
    """
    marks: Marks = defaultdict(list)
    for mark in _marks(corpus, facts, groups):
        place = corpus.notice_at(facts.document, mark.span)
        marks[place.id if place else facts.document.id].append(_with_page(mark, facts.document))
    return marks


def mark_counts(marks: Iterable[Mark]) -> list[tuple[str, int]]:
    """Count the marks of each kind, in the order in which they are told."""
    counts = Counter(mark.kind for mark in marks)
    return [(kind, counts[kind]) for kind in SHOWN if counts[kind]]


def _marks(corpus: Corpus, facts: DocumentFacts, groups: GroupPages) -> Iterator[Mark]:
    """Yield a mark for everything that one document says."""
    for notice in facts.notices:
        yield Mark(notice.title_span, "title", notice.title)
    for task in facts.tasks:
        counted = task.id not in corpus.told_again
        note = task.label if counted else f"{task.label} *"
        yield Mark(task.span, "task", note, tags=("in-task",))
    for fact in facts.assignments:
        unit = corpus.units.get(fact.unit)
        role, certainty = ROLES[fact.role], CERTAINTIES[fact.certainty]
        name = unit.name if unit else fact.as_written
        note = f"{name} · {role.zh} {role.en} · {certainty.zh} {certainty.en}"
        tags = (f"role-{fact.role}", *(("is-implied",) if _implied(fact.certainty) else ()))
        href = corpus.unit_link(fact.unit) if unit else ""
        yield Mark(fact.span, "unit", note, href, tags)
    for deadline in facts.deadlines:
        kind = DEADLINES[deadline.kind]
        note = f"时限 deadline · {kind.zh} {kind.en} · {deadline_text(deadline)}"
        yield Mark(deadline.span, "deadline", note)
    for target in facts.targets:
        note = f"指标 target · {target.subject} {target.comparator} {target.value}{target.measure}"
        yield Mark(target.span, "target", note)
    for reference in facts.references:
        relation = RELATIONS[reference.relation]
        note = f"{relation.zh} {relation.en} · {reference.title} {reference.number}".strip()
        cited = corpus.cited.get(reference.id)
        href = corpus.notice_link(cited) if cited else "policies.html"
        yield Mark(reference.span, "reference", note, href)
    for member in facts.memberships:
        note = f"{member.group} · {member.group_role} · {member.post}"
        yield Mark(member.span, "membership", note, groups[member.notice, member.group])
    for hosting in facts.hostings:
        unit = corpus.units.get(hosting.unit)
        note = f"{hosting.group} · 承办 host · {unit.name if unit else hosting.as_written}"
        yield Mark(hosting.span, "membership", note, groups[hosting.notice, hosting.group])
    for finding in (*facts.findings, *facts.across):
        if finding.span:
            note = f"{finding.message_zh} / {finding.message_en}"
            short = finding.span.end - finding.span.start <= SHORT
            yield Mark(finding.span, "finding", note, tags=("short",) if short else ())


def _with_page(mark: Mark, document: Document) -> Mark:
    """Add to a fact's note the page of the source file, if that has pages."""
    page = document.page_of(mark.span)
    if page is None or not mark.note:
        return mark
    return replace(mark, note=f"{mark.note} · 第{page}页 p. {page}")


def is_heading(row: list[list[Piece]]) -> bool:
    """Tell whether a table row has words in its first cell alone."""
    return len(row) > 1 and bool(row[0]) and not any(row[1:])


def _implied(certainty: Certainty) -> bool:
    """Tell whether prose, not a role word, lays the duty on the unit."""
    return certainty is Certainty.IMPLIED
