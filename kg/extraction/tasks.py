"""Tasks: which paragraphs, items and rows lay duties on units, and whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.document import Span
from kg.extraction import rows
from kg.extraction.clauses import is_role_line, is_roll, role_clauses
from kg.extraction.context import (
    circulation,
    holds_on,
    is_minutes,
    list_ends,
    signatures,
    tells_work,
)
from kg.extraction.deadlines import DEADLINE_LABEL, deadlines_in
from kg.extraction.drafts import (
    MARKS,
    Draft,
    behind_marks,
    drafts_in,
    finished,
    labelled,
    without_points,
)
from kg.extraction.headings import UnitHeadings
from kg.extraction.leads import with_lead
from kg.extraction.marks import Legend, legend_of, with_marks
from kg.extraction.memberships import blocks_of_people
from kg.extraction.model import Duty, TaskFact
from kg.extraction.names import looks_like_name, names_in
from kg.extraction.predicates import label_role
from kg.extraction.prose import assigns, duties_in_prose
from kg.extraction.recognition import Lexicon
from kg.extraction.repeats import repeated
from kg.extraction.roles import read_clause
from kg.model import Certainty, Role
from kg.structure.model import Block, NoticeText, Paragraph, ParagraphKind, Table
from kg.wording import BULLET, CALLED, FIELD_LABEL, HAN, ROLE_LABEL, ends_like_unit

__all__ = ["TaskReading", "tasks_in"]

_MEASURE = re.compile(r"(?:具体|工作|主要|重点)(?:措施|举措|任务)[：:]")
"""Before a measure: where it has units of its own, and so has what stands above, it is a task."""
_LABEL_AT = re.compile(rf"(?:{BULLET})?(?=(?:{ROLE_LABEL.pattern}))")
_BULLET = re.compile(BULLET)
_ORDINAL = re.compile(rf"[{HAN}]{{1,6}}(?:[一二三四五六七八九十]{{1,3}}|\d{{1,2}})[：:]")
"""督办事项一：, which begins an item as a number does."""

_LONG_ENDING = 8
"""Characters before a short name that tell whether a unit is called so."""
_FEW = 2
"""Clauses that may stand in a plan of sentences by chance."""
_CALLED = re.compile(rf"（{CALLED}[“”]?(?P<short>(?:(?!单位|企业)[{HAN}]){{2,12}}(?<!区))[“”]?）")
"""Behind the name of a unit, what it is called from there on."""
_ROLL = re.compile(rf"(?:{BULLET})?(?:成员|参加|参与)单位[：:](?P<units>[^。；\n]+)")
"""A line that calls the members of a group."""
_FOUNDED = re.compile(
    rf"(?:成立|设立|组建)了?(?P<name>[{HAN}]{{3,20}}?(?:办公室|指挥部|中心|小组|专班|委员会))(?=[，。；（]|$)"
)
"""A body that the notice itself sets up, whose name prose need not explain."""

_SKIPPED = (
    ParagraphKind.TITLE,
    ParagraphKind.ADDRESSEES,
    ParagraphKind.DATE,
    ParagraphKind.ATTACHMENTS,
    ParagraphKind.PART,
)


@dataclass(frozen=True, slots=True)
class TaskReading:
    """The tasks of a notice, and duties in prose that were left out.

    ``exhortations`` are implied duties of named units in a notice that assigns
    its work by clauses, labels or a table: sentences beside that assignment.
    """

    tasks: tuple[TaskFact, ...]
    exhortations: tuple[Duty, ...]


def tasks_in(
    text: str, notice: NoticeText, year: int | None, lexicon: Lexicon = frozenset()
) -> TaskReading:
    """Read the tasks of a notice in the order of the text.

    Roles come from clauses, labels and tables first, then from units that stand
    as headings, then from sentences.

    Parameters
    ----------
    text, notice
        The document's normalised text, and the notice's structure.
    year
        The year of a month without one.
    lexicon
        Names of units that the register knows.
    """
    collector = _Collector(text, year, lexicon, legend_of(text, notice.span), notice.blocks)
    passed = blocks_of_people(text, notice.blocks) | signatures(notice) | circulation(text, notice)
    for block in notice.blocks:
        if isinstance(block, Table):
            collector.table(block)
        elif block.kind not in _SKIPPED and block.line not in passed:
            collector.paragraph(block)
    return collector.finish(is_minutes(text, notice))


class _Collector:
    """Takes the blocks of a notice one by one and makes tasks of them."""

    def __init__(
        self,
        text: str,
        year: int | None,
        lexicon: Lexicon,
        legend: Legend,
        blocks: Sequence[Block],
    ) -> None:
        self._text = text
        self._year = year
        self._lexicon = lexicon
        self._first_leads = False
        self._legend = legend
        self._blocks = blocks
        self._list_ends: frozenset[Span] | None = None
        self._assigned: list[Draft] = []
        self._unassigned: list[Draft] = []
        self._rows: list[TaskFact] = []
        self._open: Draft | None = None

    def table(self, table: Table) -> None:
        """Take the rows of a table."""
        self._rows += rows.tasks_in_table(
            self._text, table, self._year, self._first_leads, self._legend
        )

    def paragraph(self, block: Paragraph) -> None:
        """Take a paragraph: a line of labels adds to the task before it."""
        self._first_leads = self._first_leads or holds_on(block.span.of(self._text))
        if not block.numbered and self._open:
            target = self._whole(self._open, block)
            if self._adds_to(target, block):
                self._open = target
                self._settle(target)
                return
        segments = list(
            drafts_in(
                self._text,
                block,
                self._year,
                self._first_leads,
                self._lexicon,
                self._former(),
            )
        )
        if segments and self._open and not without_points(segments[0].span.of(self._text)):
            closing = segments.pop(0)
            self._open = self._open if block.numbered else self._whole(self._open, block)
            self._open.duties += closing.duties
            self._open.deadlines += closing.deadlines
            self._settle(self._open)
            if not segments:
                self._begin(block, self._behind(block, closing))
                return
        if segments:
            self._assigned += segments
            self._open = segments[-1]
        elif self._open is None or without_points(block.span.of(self._text)).strip():
            self._begin(block, block.span)

    def _begin(self, block: Paragraph, span: Span) -> None:
        """Begin a task with words that have no clause yet; none begins where there are no words."""
        if span.start < span.end:
            self._open = Draft(block, span)
            self._unassigned.append(self._open)

    def _behind(self, block: Paragraph, closing: Draft) -> Span:
        """Return what a paragraph says behind the clauses that close the task before it."""
        end = max(duty.clause.end for duty in closing.duties)
        return behind_marks(self._text, Span(end, block.span.end), "）" + MARKS)

    def _whole(self, draft: Draft, block: Paragraph) -> Draft:
        """Return the task that a label line is for: behind a list of items, their whole.

        Where no item of the list has units of its own, the line that ends the list
        speaks of all of them: of the item that stands above the list.
        """
        place = draft.paragraph.place
        if draft.duties or len(place.path) < 2 or not draft.paragraph.numbered:
            return draft
        words = block.span.of(self._text).lstrip("（【〔[")
        about = FIELD_LABEL.match(words)
        person = about is not None and about.group("who")
        if not (person or _LABEL_AT.match(words) or DEADLINE_LABEL.match(words)):
            return draft
        if self._list_ends is None:
            self._list_ends = list_ends(self._blocks)
        if draft.paragraph.line not in self._list_ends:
            return draft
        items = 0
        named = False
        for other in reversed(self._unassigned):
            where = other.paragraph.place
            if not other.paragraph.numbered or len(where.path) > len(place.path):
                continue
            if len(where.path) == len(place.path):
                named = named or bool(duties_in_prose(self._text, other.span, self._lexicon))
                items += 1
                continue
            whole = items > 1 and (where.part, where.path) == (place.part, place.path[:-1])
            shared = not self._assigned or self._assigned[-1].span < other.span
            own = named and not self._field_between(other.span, draft.span)
            return other if whole and shared and not own else draft
        return draft

    def _field_between(self, first: Span, last: Span) -> bool:
        """Tell whether a label such as 整改措施： opens the list between two places."""
        return any(
            isinstance(block, Paragraph)
            and first < block.line < last
            and FIELD_LABEL.fullmatch(block.line.of(self._text))
            for block in self._blocks
        )

    def _former(self, draft: Draft | None = None) -> Sequence[Duty]:
        """Return the duties of the last task with duties that is not ``draft``."""
        others = (other for other in reversed(self._assigned) if other is not draft)
        return next((other.duties for other in others), ())

    def _settle(self, draft: Draft) -> None:
        if draft.duties and draft in self._unassigned:
            self._unassigned.remove(draft)
            self._assigned.append(draft)

    def _adds_to(self, draft: Draft, block: Paragraph) -> bool:
        """Add a line of labels, or of units below a bare label, to a task."""
        text, span = self._text, block.span
        words = span.of(text)
        label = _LABEL_AT.match(words)
        if label and is_roll(words, draft.duties):
            return True
        if label:
            duties = (
                *read_clause(text, span, self._first_leads),
                *repeated(text, span, self._former(draft)),
            )
            draft.duties += duties
            draft.deadlines += deadlines_in(text, span, self._year, strict=True)
            last = list(ROLE_LABEL.finditer(words))[-1]
            goes_on = last.end() == len(words) or (duties and duties[-1].name.span.end == span.end)
            draft.label = label_role(last.group("stem")) if goes_on else None
            return bool(duties) or last.end() == len(words)
        if draft.label is not None and self._is_unit_list(span):
            draft.duties += read_clause(text, span, self._first_leads, draft.label)
            return True
        if not draft.duties and is_role_line(text, span):
            draft.duties += read_clause(text, span, self._first_leads)
            return True
        draft.label = None
        timed = bool(DEADLINE_LABEL.match(words))
        about = FIELD_LABEL.match(words)
        opening = draft.span.of(text)
        item = draft.paragraph.numbered or _BULLET.match(opening) or _ORDINAL.match(opening)
        if not timed and not (about and (item or about.group("who"))):
            return False
        former = self._former(draft)
        clauses = tuple(role_clauses(text, span, self._first_leads, self._lexicon, former))
        if draft.duties and clauses and _MEASURE.match(words):
            return False
        draft.deadlines += deadlines_in(text, span, self._year, strict=timed)
        for clause in clauses:
            draft.duties += clause.duties
        return True

    def _is_unit_list(self, span: Span) -> bool:
        names = names_in(self._text, span)
        covered = sum(len(name.written) + 1 for name in names)
        return (
            bool(names)
            and covered >= span.end - span.start
            and all(looks_like_name(name.written) for name in names)
        )

    def finish(self, minutes: bool) -> TaskReading:
        """Read what no clause assigns, and put all tasks in order.

        In ``minutes`` all sentences count: clauses beside them do not make them exhortations.
        """
        explicit = bool(self._assigned or self._rows) and not minutes
        known = self._lexicon | self._named() | self._founded() | self._enrolled() | self._called()
        for draft in self._assigned:
            draft.duties = list(with_lead(self._text, draft.span, draft.duties, known))
        exhortations = self._read_unassigned(known, explicit)
        tasks = [*self._rows, *(finished(self._text, d, self._year) for d in self._assigned)]
        if self._legend:
            tasks = [
                replace(task, duties=tuple(with_marks(self._text, task.duties, self._legend)))
                for task in tasks
            ]
        tasks.sort(key=lambda task: task.span)
        return TaskReading(tuple(labelled(tasks)), tuple(exhortations))

    def _named(self) -> Lexicon:
        """Return the names of the units that clauses and rows give work."""
        given = (*(draft.duties for draft in self._assigned), *(row.duties for row in self._rows))
        return frozenset(
            duty.name.written
            for duties in given
            for duty in duties
            if not duty.name.collective and looks_like_name(duty.name.written)
        )

    def _founded(self) -> Lexicon:
        """Return the names of the bodies that the notice sets up."""
        lines = (b.line for b in self._blocks if isinstance(b, Paragraph))
        return frozenset(
            match["name"]
            for line in lines
            for match in _FOUNDED.finditer(self._text, line.start, line.end)
        )

    def _called(self) -> Lexicon:
        """Return the short names that the notice gives to units: 市审计局（以下称审计机关）."""
        text = self._text
        lines = (b.line for b in self._blocks if isinstance(b, Paragraph))
        return frozenset(
            match["short"]
            for line in lines
            if text.find("称", line.start, line.end) >= 0
            for match in _CALLED.finditer(text, line.start, line.end)
            if looks_like_name(match["short"]) and not text.endswith("单位", 0, match.start())
            if ends_like_unit(text[max(line.start, match.start() - _LONG_ENDING) : match.start()])
        )

    def _enrolled(self) -> Lexicon:
        """Return the names of the units that a line calls the members of a group."""
        lines = (b.line for b in self._blocks if isinstance(b, Paragraph))
        rolls = (_ROLL.match(self._text, line.start, line.end) for line in lines)
        return frozenset(
            name.written
            for roll in rolls
            if roll
            for name in names_in(self._text, Span(*roll.span("units")))
            if not name.collective and looks_like_name(name.written)
        )

    def _read_unassigned(self, known: Lexicon, explicit: bool) -> list[Duty]:
        """Read who has the tasks without a clause, from headings and sentences.

        Where work is assigned ``explicit`` elsewhere, sentences that do not hand it out
        are left out; the duties in them are returned.
        """
        headings = UnitHeadings(self._text, known, self._blocks)
        begins: dict[str, Span] = {}
        for draft in self._unassigned:
            if draft.paragraph.place.path:
                begins.setdefault(draft.paragraph.place.part, draft.paragraph.line)
        told: list[tuple[Draft, tuple[Duty, ...], tuple[Duty, ...]]] = []
        for draft in list(self._unassigned):
            draft.duties += headings.listed(draft.paragraph)
            given = headings.duties(draft.paragraph)
            prose = duties_in_prose(self._text, draft.span, known, headed=bool(given))
            if headings.only_heads(draft.paragraph):
                prose = ()
            if draft.paragraph.line < begins.get(draft.paragraph.place.part, Span(0, 0)):
                prose = tuple(duty for duty in prose if duty.certainty is Certainty.STATED)
            if any(d.name.span.start == draft.span.start for d in prose):
                given = ()
            told.append((draft, given, prose))
        left_out: list[Duty] = []
        explicit = explicit and self._by_clauses(sum(bool(prose) for _, _, prose in told))
        for draft, given, prose in told:
            if given:
                head = draft.span.of(self._text).partition("：")[0]
                draft.duties += [*_as_told(given, prose), *_beside_heading(prose, given, head)]
            elif explicit:
                draft.duties += _handed_out(self._text, draft.paragraph, prose)
                left_out += [d for d in prose if d not in draft.duties and not d.name.collective]
            else:
                draft.duties += prose
            self._settle(draft)
        return left_out

    def _by_clauses(self, sentences: int) -> bool:
        """Tell whether clauses and rows hand out the work of a notice.

        One or two brackets in a plan whose ``sentences`` lay many more duties do not.
        """
        given = len(self._assigned) + len(self._rows)
        return given > _FEW or given * _FEW >= sentences


def _as_told(given: Sequence[Duty], prose: Sequence[Duty]) -> Iterator[Duty]:
    """Yield the duties of a heading; of a unit that the words below say leads, as they say it."""
    leads = {duty.name.written: duty for duty in prose if duty.role in (Role.LEAD, Role.PRIMARY)}
    yield from (leads.get(duty.name.written, duty) for duty in given)


def _beside_heading(prose: Sequence[Duty], given: Sequence[Duty], head: str) -> Iterator[Duty]:
    """Yield the duties of sentences below a heading of units that are of others.

    ``head`` may hold the short name of the heading's unit: 甲指挥部（以下简称“指挥部”）：
    """
    named = {duty.name.written for duty in given}
    for duty in prose:
        helps = duty.certainty is Certainty.STATED or duty.role is Role.SUPPORT
        short = f"简称“{duty.name.written}”" in head
        if helps and not short and duty.name.written not in named:
            yield duty


def _handed_out(text: str, paragraph: Paragraph, prose: Sequence[Duty]) -> list[Duty]:
    """Return the duties of the sentences that hand work out, and do not only exhort."""
    works = tells_work(paragraph)
    handed = {
        duty.clause.end
        for duty in prose
        if works
        or duty.certainty is Certainty.STATED
        or (paragraph.numbered and assigns(text, duty.clause))
    }
    return [
        duty
        for duty in prose
        if duty.clause.end in handed
        and (not duty.name.collective or duty.certainty is Certainty.STATED)
    ]
