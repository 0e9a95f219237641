"""Tasks in the making: words of a paragraph, to which the clauses behind them add."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg.document import Span
from kg.extraction.clauses import role_clauses
from kg.extraction.deadlines import DEADLINE_LABEL, deadlines_in
from kg.extraction.model import DeadlineFact, Duty, TaskFact
from kg.extraction.recognition import Lexicon
from kg.extraction.targets import targets_in
from kg.model import Form, Role
from kg.structure.model import Paragraph

__all__ = ["MARKS", "Draft", "behind_marks", "drafts_in", "finished", "labelled", "without_points"]

_POINTS = re.compile(r"（\d+(?:\.\d+)?分）$")
MARKS = "。；，、 　"
"""What stands between the words of a task and those of the next."""


@dataclass(slots=True, eq=False)
class Draft:
    """A task in the making: label lines behind it add to it."""

    paragraph: Paragraph
    span: Span
    duties: list[Duty] = field(default_factory=list)
    deadlines: list[DeadlineFact] = field(default_factory=list)
    label: Role | None = None


def drafts_in(
    text: str,
    block: Paragraph,
    year: int | None,
    first_leads: bool,
    lexicon: Lexicon,
    former: Sequence[Duty],
) -> Iterator[Draft]:
    """Cut a paragraph at its role clauses: each is for the words before it.

    Brackets that follow each other (points, then roles; lead, then support)
    belong to the same words.
    """
    start = block.span.start
    draft: Draft | None = None
    for clause in role_clauses(text, block.span, first_leads, lexicon, former):
        between = text[start : clause.span.start].strip(MARKS)
        if draft is not None and not between:
            draft.duties += clause.duties
        else:
            if draft is not None:
                yield draft
            words = behind_marks(text, Span(start, clause.span.start))
            draft = Draft(block, words, list(clause.duties))
        draft.deadlines += deadlines_in(text, clause.span, year, strict=True)
        start = clause.span.end
    if draft is not None:
        behind = behind_marks(text, Span(start, block.span.end))
        if DEADLINE_LABEL.match(text, behind.start, behind.end):
            draft.deadlines += deadlines_in(text, behind, year, strict=True)
        yield draft


def behind_marks(text: str, span: Span, marks: str = MARKS) -> Span:
    """Leave the marks at the beginning of a stretch out."""
    return Span(span.end - len(span.of(text).lstrip(marks)), span.end)


def finished(text: str, draft: Draft, year: int | None) -> TaskFact:
    """Complete a task with the deadlines and targets in its own words."""
    block = draft.paragraph
    own = [
        fact
        for fact in deadlines_in(text, draft.span, year, strict=False)
        if all(
            fact.span.end <= d.span.start or d.span.end <= fact.span.start for d in draft.deadlines
        )
    ]
    words = draft.span.of(text)
    end = draft.span.end - (len(words) - len(without_points(words)))
    headings = block.place.headings
    inner = block.heading if block.numbered else (headings[-1] if headings else "")
    return TaskFact(
        Form.ITEM if block.numbered else Form.PARAGRAPH,
        block.place,
        block.place.label,
        inner if draft.span.start == block.span.start else "",
        block.place.section,
        Span(draft.span.start, max(draft.span.start + 1, end)),
        tuple(draft.duties),
        tuple(sorted([*draft.deadlines, *own], key=lambda fact: fact.span)),
        tuple(targets_in(text, draft.span)),
    )


def without_points(words: str) -> str:
    """Leave out what stands between a task and its units: points in brackets, a dash."""
    return _POINTS.sub("", words.rstrip(" 　—－"))


def labelled(tasks: list[TaskFact]) -> Iterator[TaskFact]:
    """Number the tasks that share a label: the second is ``…#2``."""
    counts: dict[str, int] = {}
    for task in tasks:
        label = task.label or "正文"
        counts[label] = counts.get(label, 0) + 1
        own = label if counts[label] == 1 else f"{label}#{counts[label]}"
        yield task if task.label == own else replace(task, label=own)
