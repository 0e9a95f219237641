"""Tasks: which paragraphs, items and rows lay duties on units, and whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.document import Span
from kg.extraction import rows
from kg.extraction.deadlines import DEADLINE_LABEL, deadlines_in
from kg.extraction.memberships import blocks_of_people
from kg.extraction.model import DeadlineFact, Duty, TaskFact
from kg.extraction.names import looks_like_name, names_in
from kg.extraction.prose import duties_in_prose
from kg.extraction.roles import FIRST_LEADS, Clause, clauses_in, read_clause
from kg.extraction.targets import targets_in
from kg.model import Certainty, Form, Role
from kg.structure.model import NoticeText, Paragraph, ParagraphKind, Place, Table
from kg.wording import ROLE_LABEL

__all__ = ["tasks_in"]

_LABEL_AT = re.compile(rf"(?:[-•·*]\s*)?(?=(?:{ROLE_LABEL.pattern}))")
_POINTS = re.compile(r"（\d+(?:\.\d+)?分）$")
_SKIPPED = (
    ParagraphKind.TITLE,
    ParagraphKind.ADDRESSEES,
    ParagraphKind.DATE,
    ParagraphKind.ATTACHMENTS,
    ParagraphKind.PART,
)


@dataclass(slots=True)
class _Draft:
    """A task in the making: label lines behind it add to it."""

    paragraph: Paragraph
    span: Span
    duties: list[Duty] = field(default_factory=list)
    deadlines: list[DeadlineFact] = field(default_factory=list)


def tasks_in(text: str, notice: NoticeText, year: int | None) -> tuple[TaskFact, ...]:
    """Return the tasks of a notice in the order of the text.

    Roles come from clauses, labels and tables first; where a paragraph has none,
    from its sentences. ``year`` is the one that a month without a year means.
    """
    first_leads = False
    drafts: list[_Draft | TaskFact] = []
    unassigned: list[_Draft] = []
    open_draft: _Draft | None = None
    people = blocks_of_people(text, notice.blocks)
    for block in notice.blocks:
        if isinstance(block, Table):
            drafts += rows.tasks_in_table(text, block, year, first_leads)
            continue
        if block.kind in _SKIPPED or block.line in people:
            continue
        words = block.span.of(text)
        if FIRST_LEADS.search(words):
            first_leads = True
        if (
            not block.numbered
            and open_draft
            and _add_labels(text, block, open_draft, year, first_leads)
        ):
            if open_draft.duties and open_draft in unassigned:
                unassigned.remove(open_draft)
                drafts.append(open_draft)
            continue
        segments = list(_segments(text, block, year, first_leads))
        if segments and not segments[0].span.of(text).strip() and open_draft:
            open_draft.duties += segments.pop(0).duties
            if open_draft in unassigned:
                unassigned.remove(open_draft)
                drafts.append(open_draft)
        if segments:
            drafts += segments
            open_draft = segments[-1]
        else:
            open_draft = _Draft(block, block.span)
            unassigned.append(open_draft)
    _from_unit_headings(text, unassigned, drafts)
    _from_prose(text, unassigned, drafts)
    tasks = [d if isinstance(d, TaskFact) else _finished(text, d, year) for d in drafts]
    return tuple(_labelled(sorted(tasks, key=lambda task: task.span)))


def _segments(text: str, block: Paragraph, year: int | None, first_leads: bool) -> Iterator[_Draft]:
    """Cut a paragraph at its role clauses: each is for the words before it.

    Brackets that follow each other (points, then roles; lead, then support)
    belong to the same words.
    """
    start = block.span.start
    draft: _Draft | None = None
    for clause in _clauses(text, block.span, first_leads):
        between = text[start : clause.span.start].strip("。；，、 　")
        if draft is not None and not between:
            draft.duties += clause.duties
        else:
            if draft is not None:
                yield draft
            begin = (
                start
                + len(text[start : clause.span.start])
                - len(text[start : clause.span.start].lstrip("。；，、 　"))
            )
            draft = _Draft(block, Span(begin, clause.span.start), list(clause.duties))
        draft.deadlines += deadlines_in(text, clause.span, year, strict=True)
        start = clause.span.end
    if draft is not None:
        yield draft


def _clauses(text: str, span: Span, first_leads: bool) -> Iterator[Clause]:
    """Yield role clauses: brackets, and labels that stand bare behind a sentence."""
    found = list(clauses_in(text, span, first_leads))
    for match in ROLE_LABEL.finditer(text, span.start, span.end):
        inside = any(c.span.start <= match.start() < c.span.end for c in found)
        opens = match.start() == span.start or text[match.start() - 1] in "。；！？）】] 　"
        if inside or not opens or not match.group("noun"):
            continue
        if text[: match.start()].rfind("（", span.start) > text[: match.start()].rfind(
            "）", span.start
        ):
            continue
        stop = text.find("。", match.end(), span.end)
        end = span.end if stop < 0 else stop
        duties = read_clause(text, Span(match.start(), end), first_leads)
        if duties:
            found.append(Clause(Span(match.start(), end), duties))
            break
    yield from sorted(found, key=lambda clause: clause.span)


def _add_labels(
    text: str, block: Paragraph, draft: _Draft, year: int | None, first_leads: bool
) -> bool:
    """Add a line of labels (主责单位：…, 完成时限：…) to the task before it."""
    words = block.span.of(text)
    if _LABEL_AT.match(words):
        duties = read_clause(text, block.span, first_leads)
        draft.duties += duties
        draft.deadlines += deadlines_in(text, block.span, year, strict=True)
        return bool(duties)
    if DEADLINE_LABEL.match(words):
        draft.deadlines += deadlines_in(text, block.span, year, strict=True)
        draft.duties += read_clause(text, block.span, first_leads)
        return True
    return False


def _from_unit_headings(
    text: str, unassigned: list[_Draft], drafts: list[_Draft | TaskFact]
) -> None:
    """Give what stands below a heading that is a unit's name to that unit."""
    heading: tuple[Place, Paragraph] | None = None
    for draft in list(unassigned):
        block = draft.paragraph
        words = block.span.of(text).rstrip("：:。")
        colon = re.match(r"([^，。；：]{2,40})：(?=.)", block.span.of(text))
        if colon and _is_unit_heading(
            text, Span(block.span.start, block.span.start + colon.end(1))
        ):
            where = Span(block.span.start, block.span.start + colon.end(1))
            _give(text, draft, where, unassigned, drafts)
        elif (
            block.numbered
            and block.span.of(text)
            and _is_unit_heading(text, Span(block.span.start, block.span.start + len(words)))
        ):
            heading = (block.place, block)
        elif heading and _below(block, heading[0]):
            _give(
                text,
                draft,
                Span(
                    heading[1].span.start,
                    heading[1].span.start + len(heading[1].span.of(text).rstrip("：:。")),
                ),
                unassigned,
                drafts,
            )
        else:
            heading = None


def _is_unit_heading(text: str, span: Span) -> bool:
    words = span.of(text)
    if len(words) > 60 or not re.match(
        r"^(?:区|市|省|县|旗|各|国家|中央|州|盟|[^，。]{2,6}[省市区县旗])", words
    ):
        return False
    names = names_in(text, span)
    exact = sum(len(name.written) for name in names) + len(names) + 2 >= len(words)
    named = all(looks_like_name(name.written) for name in names)
    return (
        bool(names)
        and exact
        and named
        and not re.search(r"[的是要应]|建设|工作|管理$|服务$", words)
    )


def _below(block: Paragraph, place: Place) -> bool:
    return block.place.path[: len(place.path)] == place.path and block.place.part == place.part


def _give(
    text: str,
    draft: _Draft,
    heading: Span,
    unassigned: list[_Draft],
    drafts: list[_Draft | TaskFact],
) -> None:
    words = draft.span.of(text)
    behind = words[heading.end - draft.span.start :] if draft.span.covers(heading) else words
    stated = re.match(r"[：:]?(?:主要|具体|全面)?(?P<verb>负责|牵头|配合|协助|承担)", behind)
    role = Role.RESPONSIBLE
    if stated:
        role = {"牵头": Role.LEAD, "配合": Role.SUPPORT, "协助": Role.SUPPORT}.get(
            stated.group("verb"), Role.RESPONSIBLE
        )
    certainty = Certainty.STATED if stated else Certainty.IMPLIED
    draft.duties += [Duty(name, role, certainty, heading) for name in names_in(text, heading)]
    unassigned.remove(draft)
    drafts.append(draft)


def _from_prose(text: str, unassigned: list[_Draft], drafts: list[_Draft | TaskFact]) -> None:
    """Read the sentences of the paragraphs that no clause, label or heading assigns."""
    known = frozenset(
        duty.name.written
        for draft in drafts
        for duty in draft.duties
        if not duty.name.collective and looks_like_name(duty.name.written)
    )
    explicit = bool(drafts)
    for draft in unassigned:
        duties = duties_in_prose(text, draft.span, known, named_only=explicit)
        if duties:
            draft.duties += duties
            drafts.append(draft)


def _finished(text: str, draft: _Draft, year: int | None) -> TaskFact:
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
    end = draft.span.end - (len(words) - len(_POINTS.sub("", words.rstrip())))
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


def _labelled(tasks: list[TaskFact]) -> Iterator[TaskFact]:
    """Number the tasks that share a label: the second is ``…#2``."""
    from dataclasses import replace

    counts: dict[str, int] = {}
    for task in tasks:
        label = task.label or "正文"
        counts[label] = counts.get(label, 0) + 1
        yield replace(task, label=label if counts[label] == 1 else f"{label}#{counts[label]}")
