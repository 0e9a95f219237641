"""Many documents as one collection: a notice that stands in several files counts once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from kg.facts import DocumentFacts, Finding, Notice
from kg.model import Severity

__all__ = ["merged"]


def merged(documents: Iterable[DocumentFacts]) -> list[DocumentFacts]:
    """Return the documents, each notice in one of them only, sorted by document.

    Two notices with one number and the same tasks are one: the copy in a gazette
    issue is kept, else the one in the longer document; a finding says where the
    other stands. Two notices with one number and other words are both kept, the
    second under an identifier of its own. The order of ``documents`` does not
    matter.
    """
    ordered = sorted(documents, key=_preference)
    first: dict[str, tuple[Notice, tuple[str, ...], str]] = {}
    kept: list[DocumentFacts] = []
    for facts in ordered:
        for notice in facts.notices:
            content = _content(facts, notice)
            known = first.get(notice.id)
            if known is None:
                first[notice.id] = notice, content, facts.document.name
            elif known[1] == content:
                facts = _without(facts, notice, known[2])
            else:
                facts = _renamed(facts, notice, known[2])
        kept.append(facts)
    return sorted(kept, key=lambda facts: facts.document.id)


def _preference(facts: DocumentFacts) -> tuple[bool, int, str]:
    return facts.gazette is None, -len(facts.document.text), facts.document.id


def _content(facts: DocumentFacts, notice: Notice) -> tuple[str, ...]:
    """Return what makes two copies of a notice the same: its tasks' words."""
    words = [task.text for task in facts.tasks if task.notice == notice.id]
    if not words:
        words = [notice.span.of(facts.document.text)]
    return tuple(re.sub(r"\s+", "", word) for word in words)


def _without(facts: DocumentFacts, notice: Notice, other: str) -> DocumentFacts:
    """Take a notice and all that it says out of a document."""
    tasks = {task.id for task in facts.tasks if task.notice == notice.id}
    finding = Finding(
        "duplicate-notice",
        Severity.INFO,
        f"{notice.number or notice.title} 与文件 {other} 中的相同，只计一次",
        f"this notice stands in {other} too; it is counted once",
        notice.id,
        notice.title_span,
    )
    return replace(
        facts,
        notices=tuple(n for n in facts.notices if n.id != notice.id),
        tasks=tuple(task for task in facts.tasks if task.id not in tasks),
        assignments=tuple(a for a in facts.assignments if a.task not in tasks),
        deadlines=tuple(d for d in facts.deadlines if d.notice != notice.id),
        targets=tuple(t for t in facts.targets if t.notice != notice.id),
        references=tuple(r for r in facts.references if r.notice != notice.id),
        memberships=tuple(m for m in facts.memberships if m.notice != notice.id),
        findings=(
            *(f for f in facts.findings if f.subject != notice.id and f.subject not in tasks),
            finding,
        ),
    )


def _renamed(facts: DocumentFacts, notice: Notice, other: str) -> DocumentFacts:
    """Give a notice whose number another one has too identifiers of its own."""
    key = notice.id.removeprefix("notice/")
    own = f"{key}~{facts.document.id[:8]}"

    def name(identifier: str) -> str:
        for kind in ("notice/", "task/"):
            rest = identifier.removeprefix(f"{kind}{key}")
            if identifier.startswith(f"{kind}{key}") and rest[:1] in ("", "/"):
                return f"{kind}{own}{rest}"
        return identifier

    finding = Finding(
        "same-number",
        Severity.WARNING,
        f"{notice.number or notice.title} 与文件 {other} 中的文号相同而内容不同，两者都保留",
        f"another notice in {other} has this number and other words; both are kept",
        name(notice.id),
        notice.title_span,
    )
    changed = _mapped(facts, name)
    return replace(changed, findings=(*changed.findings, finding))


_IDENTIFIERS = ("id", "notice", "task", "parent", "subject")


def _mapped(facts: DocumentFacts, name: Callable[[str], str]) -> DocumentFacts:
    """Rename identifiers in every fact of a document."""

    def of(items: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(
            replace(
                item,
                **{
                    field: name(value)
                    for field in _IDENTIFIERS
                    if isinstance(value := getattr(item, field, None), str)
                },
            )
            for item in items
        )

    return replace(
        facts,
        notices=of(facts.notices),
        tasks=of(facts.tasks),
        assignments=of(facts.assignments),
        deadlines=of(facts.deadlines),
        targets=of(facts.targets),
        references=of(facts.references),
        memberships=of(facts.memberships),
        findings=of(facts.findings),
    )
