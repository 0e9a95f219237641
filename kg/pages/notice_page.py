"""``notices/*.html``: a notice's own text with every fact marked where it stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from kg.facts import DocumentFacts
from kg.model import Certainty
from kg.pages.corpus import Corpus
from kg.pages.evidence import deadline_text
from kg.pages.highlight import Mark, Piece, blocks
from kg.pages.labels import CERTAINTIES, DEADLINES, RELATIONS, ROLES
from kg.pages.rendering import Assets, Renderer

__all__ = ["marks_of", "write_notices"]

SHORT = 40
"""Characters of a finding that are underlined; a longer one has its sign at the start."""
SHOWN = ("unit", "deadline", "target", "reference", "membership", "task", "finding")


def write_notices(renderer: Renderer, corpus: Corpus) -> None:
    """Write a page for every notice."""
    marks: dict[str, list[Mark]] = defaultdict(list)
    for facts in corpus.facts:
        for key, found in marks_of(corpus, facts).items():
            marks[key] += found
    tasks = defaultdict(list)
    for task in corpus.tasks.values():
        tasks[task.notice].append(task)
    references = defaultdict(list)
    for reference in corpus.references:
        references[reference.notice].append(reference)
    assets = Assets(scripts=("core.js", "notice.js"), root="../")
    for notice in corpus.notices.values():
        document = corpus.document_of[notice.id]
        own = marks[notice.id]
        counts = Counter(mark.kind for mark in own)
        renderer.write(
            corpus.notice_pages[notice.id],
            "notice.html",
            assets,
            corpus=corpus,
            notice=notice,
            document=document,
            blocks=blocks(document.text, notice.span, own),
            counts=[(kind, counts[kind]) for kind in SHOWN if counts[kind]],
            tasks=tasks[notice.id],
            references=references[notice.id],
            citing=corpus.citing.get(notice.id, ()),
            deadline_text=deadline_text,
            spans=_is_heading,
        )


def marks_of(corpus: Corpus, facts: DocumentFacts) -> Mapping[str, list[Mark]]:
    """Return the marks of each notice of one document."""
    marks: dict[str, list[Mark]] = defaultdict(list)
    own = {
        notice.id: notice
        for notice in facts.notices
        if corpus.document_of[notice.id].id == facts.document.id
    }
    for notice in own.values():
        marks[notice.id].append(Mark(notice.title_span, "title", notice.title))
    notice_of = {task.id: task.notice for task in facts.tasks}
    for task in facts.tasks:
        counted = task.id not in corpus.told_again
        note = task.label if counted else f"{task.label} *"
        marks[task.notice].append(Mark(task.span, "task", note, tags=("in-task",)))
    for fact in facts.assignments:
        unit = corpus.units.get(fact.unit)
        role, certainty = ROLES[fact.role], CERTAINTIES[fact.certainty]
        name = unit.name if unit else fact.as_written
        note = f"{name} · {role.zh} {role.en} · {certainty.zh} {certainty.en}"
        tags = (f"role-{fact.role}", *(("is-implied",) if _implied(fact.certainty) else ()))
        href = corpus.unit_link(fact.unit) if unit else ""
        marks[notice_of[fact.task]].append(Mark(fact.span, "unit", note, href, tags))
    for deadline in facts.deadlines:
        kind = DEADLINES[deadline.kind]
        note = f"时限 deadline · {kind.zh} {kind.en} · {deadline_text(deadline)}"
        marks[deadline.notice].append(Mark(deadline.span, "deadline", note))
    for target in facts.targets:
        note = f"指标 target · {target.subject} {target.comparator} {target.value}{target.measure}"
        marks[target.notice].append(Mark(target.span, "target", note))
    for reference in facts.references:
        relation = RELATIONS[reference.relation]
        note = f"{relation.zh} {relation.en} · {reference.title} {reference.number}".strip()
        cited = corpus.cited.get(reference.id)
        href = corpus.notice_link(cited) if cited else "policies.html"
        marks[reference.notice].append(Mark(reference.span, "reference", note, href))
    for member in facts.memberships:
        note = f"{member.group} · {member.group_role} · {member.post}"
        marks[member.notice].append(Mark(member.span, "membership", note, "groups.html"))
    for finding in (*facts.findings, *facts.across):
        place = finding.span and corpus.notice_at(facts.document, finding.span)
        if finding.span and place:
            note = f"{finding.message_zh} / {finding.message_en}"
            short = finding.span.end - finding.span.start <= SHORT
            tags = ("short",) if short else ()
            marks[place.id].append(Mark(finding.span, "finding", note, tags=tags))
    return {notice: found for notice, found in marks.items() if notice in own}


def _is_heading(row: list[list[Piece]]) -> bool:
    """Tell whether a table row has words in its first cell alone."""
    return len(row) > 1 and bool(row[0]) and not any(row[1:])


def _implied(certainty: Certainty) -> bool:
    """Tell whether prose, not a role word, lays the duty on the unit."""
    return certainty is Certainty.IMPLIED
