"""From structure to facts: tasks and duties, deadlines, targets, references, members."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from kg.document import Span
from kg.extraction import alignment, coverage
from kg.extraction.context import year_told
from kg.extraction.deadlines import deadlines_in, year_of
from kg.extraction.hostings import hostings_in
from kg.extraction.memberships import memberships_in
from kg.extraction.model import (
    Duty,
    Extraction,
    FindingFact,
    NoticeFacts,
    ReferenceFact,
    TaskFact,
)
from kg.extraction.recognition import Lexicon
from kg.extraction.references import references_in
from kg.extraction.targets import targets_in
from kg.extraction.tasks import tasks_in
from kg.model import Role, Severity
from kg.structure.model import Gazette, NoticeText, Paragraph, ParagraphKind, Table
from kg.wording import number_year

__all__ = ["accounts", "extract"]

_GOAL_HEADINGS = ("目标", "任务")


def extract(gazette: Gazette, lexicon: Lexicon = frozenset()) -> Extraction:
    """Read the facts of every notice of a document.

    ``lexicon`` holds names of units that are known from elsewhere: in prose they
    are taken for units whatever they begin with.
    """
    text = gazette.document.text
    return Extraction(gazette, tuple(_notice(text, notice, lexicon) for notice in gazette.notices))


def accounts(extraction: Extraction) -> tuple[tuple[NoticeText, tuple[coverage.Account, ...]], ...]:
    """Return for each notice what became of every role word, title, date and cell."""
    text = extraction.gazette.document.text
    return tuple(
        (
            facts.notice,
            coverage.account(
                text,
                facts.notice,
                facts.tasks,
                facts.deadlines,
                facts.references,
                facts.memberships,
                facts.hostings,
            ),
        )
        for facts in extraction.notices
    )


def _notice(text: str, notice: NoticeText, lexicon: Lexicon) -> NoticeFacts:
    dated = notice.date or number_year(notice.number) or year_told(text, notice)
    year = year_of(notice.title, dated)
    reading = tasks_in(text, notice, year, lexicon)
    tasks = reading.tasks
    pairs = alignment.details(text, tasks)
    taken = _taken(tasks)
    prose = [
        block
        for block in notice.blocks
        if isinstance(block, Paragraph)
        and block.kind in (ParagraphKind.TEXT, ParagraphKind.HEADING)
        and not _overlaps(block.span, taken)
    ]
    deadlines = tuple(
        fact for block in prose for fact in deadlines_in(text, block.span, year, strict=False)
    )
    targets = tuple(
        fact
        for block in prose
        if any(word in block.place.section for word in _GOAL_HEADINGS)
        for fact in targets_in(text, block.span)
    )
    references = tuple(_references(text, notice))
    memberships = tuple(memberships_in(text, notice))
    hostings = tuple(hostings_in(text, notice, lexicon))
    entries = coverage.account(text, notice, tasks, deadlines, references, memberships, hostings)
    findings = (
        *alignment.differences(text, tasks, pairs),
        *_without_lead(text, tasks, pairs),
        *_exhortations(reading.exhortations),
        *coverage.findings(entries),
    )
    return NoticeFacts(
        notice, tasks, pairs, deadlines, targets, references, memberships, hostings, findings
    )


def _taken(tasks: tuple[TaskFact, ...]) -> list[tuple[int, int]]:
    """Return the stretches whose times and quantities belong to a task, sorted."""
    spans = {task.span for task in tasks}
    spans.update(fact.span for task in tasks for fact in task.deadlines)
    return sorted((span.start, span.end) for span in spans)


def _overlaps(span: Span, taken: list[tuple[int, int]]) -> bool:
    """Tell whether a paragraph shares words with one of ``taken``."""
    first = bisect_left(taken, (span.start, 0))
    return any(
        start < span.end and span.start < end for start, end in taken[max(0, first - 1) : first + 1]
    )


def _references(text: str, notice: NoticeText) -> Iterator[ReferenceFact]:
    """Read the acts named in the title, the paragraphs and the cells."""
    plans = tuple(plan.of(text) for plan in notice.plans)
    if notice.title_span.end > notice.title_span.start:
        yield from references_in(text, notice.title_span, notice.number, plans)
    for block in notice.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from references_in(text, cell.span, notice.number, plans)
        else:
            yield from references_in(text, block.line, notice.number, plans)


def _exhortations(duties: tuple[Duty, ...]) -> Iterator[FindingFact]:
    """Yield duties in sentences beside a notice's own assignment of its work."""
    for duty in duties:
        yield FindingFact(
            "prose-beside-assignment",
            Severity.INFO,
            f"正文要求“{duty.name.written}”做事，但本通知另有明确分工，未计入",
            f"prose asks {duty.name.written} to act beside the notice's own assignment; not counted",
            duty.clause,
        )


def _without_lead(
    text: str, tasks: tuple[TaskFact, ...], pairs: tuple[tuple[int, int], ...]
) -> Iterator[FindingFact]:
    """Yield the tasks of several units that nobody leads; of a pair, the row speaks."""
    told_again = {paragraph for _, paragraph in pairs}
    heads = {Role.LEAD, Role.PRIMARY}
    if not any(duty.role in heads for task in tasks for duty in task.duties):
        return
    for index, task in enumerate(tasks):
        roles = {duty.role for duty in task.duties}
        if index in told_again or len(task.duties) < 2 or roles & heads:
            continue
        yield FindingFact(
            "no-lead",
            Severity.INFO,
            f"任务 {task.label} 有 {len(task.duties)} 个单位，但没有牵头或主责单位",
            f"task {task.label} has {len(task.duties)} units and none leads",
            task.span,
        )
