"""What is changed in a document when it becomes part of a collection.

A notice that stands in several files counts once, and of two notices with one number
the second gets identifiers of its own; :func:`kg.building.collection.settled` decides which.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from kg.facts import DocumentFacts, Finding, Notice
from kg.model import Severity

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = ["Amendment", "AmendmentKind", "amended", "own_id"]


class AmendmentKind(StrEnum):
    """Why a document is changed when it becomes part of a collection."""

    COPY = "copy"
    SAME_NUMBER = "same-number"
    SAME_TEXT = "same-text"


@dataclass(frozen=True, slots=True, order=True)
class Amendment:
    """What is changed in a document: a notice of it, because of the file ``other``."""

    kind: AmendmentKind
    other: str
    notice: str = ""


def amended(facts: DocumentFacts, amendments: Iterable[Amendment]) -> DocumentFacts:
    """Return a document as it stands in a collection; a finding tells of each change."""
    notices = {notice.id: notice for notice in facts.notices}
    for one in amendments:
        if one.kind is AmendmentKind.COPY:
            facts = _without(facts, notices[one.notice], one.other)
        elif one.kind is AmendmentKind.SAME_NUMBER:
            facts = _renamed(facts, notices[one.notice], one.other)
        else:
            facts = replace(facts, findings=(*facts.findings, _same_text(one.other)))
    return facts


def own_id(notice: str, document: str) -> str:
    """Return the id of a notice whose number another one has too."""
    return f"{notice}~{document[:8]}"


def _same_text(other: str) -> Finding:
    return Finding(
        "duplicate-file",
        Severity.INFO,
        f"文件 {other} 的内容与本文件相同，只读一次",
        f"the file {other} holds the same text; it is read once",
        other,
        None,
    )


def _without(facts: DocumentFacts, notice: Notice, other: str) -> DocumentFacts:
    """Take a notice and all that it says out of a document."""
    tasks = {task.id for task in facts.tasks if task.notice == notice.id}
    finding = Finding(
        "duplicate-notice",
        Severity.INFO,
        f"{notice.called} 与文件 {other} 中的相同，只计一次",
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
        hostings=tuple(h for h in facts.hostings if h.notice != notice.id),
        findings=(
            *(f for f in facts.findings if f.subject != notice.id and f.subject not in tasks),
            finding,
        ),
    )


def _renamed(facts: DocumentFacts, notice: Notice, other: str) -> DocumentFacts:
    """Give a notice whose number another one has too identifiers of its own."""
    key = notice.id.removeprefix("notice/")
    own = own_id(key, facts.document.id)

    def name(identifier: str) -> str:
        for kind in ("notice/", "task/"):
            rest = identifier.removeprefix(f"{kind}{key}")
            if identifier.startswith(f"{kind}{key}") and rest[:1] in ("", "/"):
                return f"{kind}{own}{rest}"
        return identifier

    finding = Finding(
        "same-number",
        Severity.WARNING,
        f"{notice.called} 与文件 {other} 中的文号相同而内容不同，两者都保留",
        f"another notice in {other} has this number and other words; both are kept",
        name(notice.id),
        notice.title_span,
    )
    changed = _mapped(facts, name)
    return replace(changed, findings=(*changed.findings, finding))


_IDENTIFIERS = ("id", "notice", "task", "parent", "subject")
_Fact = TypeVar("_Fact", bound="DataclassInstance")


def _mapped(facts: DocumentFacts, name: Callable[[str], str]) -> DocumentFacts:
    """Rename identifiers in every fact of a document."""

    def of(items: tuple[_Fact, ...]) -> tuple[_Fact, ...]:
        return tuple(replace(item, **renamed(item)) for item in items)

    def renamed(item: object) -> dict[str, str]:
        values = ((field, getattr(item, field, None)) for field in _IDENTIFIERS)
        return {field: name(value) for field, value in values if isinstance(value, str)}

    return replace(
        facts,
        notices=of(facts.notices),
        tasks=of(facts.tasks),
        assignments=of(facts.assignments),
        deadlines=of(facts.deadlines),
        targets=of(facts.targets),
        references=of(facts.references),
        memberships=of(facts.memberships),
        hostings=of(facts.hostings),
        findings=of(facts.findings),
    )
