"""The rows of a build's tables: one table for each kind of fact.

The columns are fixed (DESIGN.md, section 5); further ones may only follow behind
them. How tables are written to files: :mod:`kg.building.table_files`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.common import Common
from kg.document import Span
from kg.facts import DocumentFacts, Finding, Notice, Task, Unit
from kg.rdf.ids import group_id

__all__ = ["COLUMNS", "DOCUMENT_TABLES", "Row", "document_rows", "rows", "shared_rows"]

Row = tuple[str, ...]

_SEPARATOR = "；"
"""Between the values of one cell: the mark that gazettes put between lists."""

COLUMNS = {
    "notices": "notice,number,title,kind,issuer,date,addressees,plan,gazette,page,document,file",
    "tasks": "task,notice_number,label,form,parent,section,heading,text,start,end,document,page",
    "assignments": "assignment,notice_number,task,label,unit,name,as_written,role,certainty,"
    "collective,start,end,quote,open_list,document,page",
    "deadlines": "task,notice_number,kind,from,to,text,start,end,document,page",
    "targets": "task,notice_number,subject,comparator,value,measure,text,start,end,document,page",
    "references": "notice_number,task,title,number,kind,relation,as_written,start,end,cited_notice,"
    "document,page",
    "memberships": "notice_number,group,person,group_role,post,unit,name,as_written,start,end,"
    "document,page,notice",
    "hostings": "notice_number,group,unit,name,as_written,start,end,quote,document,page,notice",
    "units": "unit,name,short_names,level,kind,parent,collective,registered,function,quantifier,"
    "frame_size,rule,place",
    "changes": "change,date,label_zh,label_en,original,original_name,result,result_name,part_only",
    "findings": "rule,severity,message_zh,message_en,subject,quote,start,end,document,page",
}
"""The header of each table.

``page`` is the page of a PDF on which the words stand; of a notice, the page that the
gazette's table of contents gives. ``file`` is the name of the source file.
"""


def rows(name: str, facts: Sequence[DocumentFacts]) -> list[Row]:
    """Return what some documents add to a table, by the documents' names."""
    ordered = sorted(facts, key=lambda one: one.document.name + one.document.id)
    return [row for one in ordered for row in _rows(name, _Index(one))]


def document_rows(facts: DocumentFacts) -> list[list[Row]]:
    """Return what a document adds to each of :data:`DOCUMENT_TABLES`."""
    index = _Index(facts)
    return [_rows(name, index) for name in DOCUMENT_TABLES]


def shared_rows(name: str, common: Common, unread: Sequence[Finding]) -> list[Row]:
    """Return what stands in a table before the documents' rows.

    ``common`` is what documents have in common, told once for all of them; ``unread``
    are findings about files that could not be read.
    """
    if name == "units":
        return _units(common)
    if name == "changes":
        return _changes(common)
    return _unread(unread) if name == "findings" else []


def _rows(name: str, index: _Index) -> list[Row]:
    """Return what a document adds to a table, in the order of its text.

    The document, and the page of a span, stand where the header has them. The row
    itself breaks ties, so that the order is total.
    """
    document = index.facts.document
    header = COLUMNS[name].split(",")
    place, has_page = header.index("document"), name != "notices"
    ordered: list[tuple[int, int, Row]] = []
    for span, row in _MAKERS[name](index.facts, index):
        start, end = (span.start, span.end) if span else (len(index.text), 0)
        source: Row = (document.id,)
        if has_page:
            page = document.page_of(span) if span else None
            source = (document.id, "" if page is None else str(page))
        row = (*row[:place], *source, *row[place:])
        ordered.append((start, end, row))
    ordered.sort()
    return [row for *_, row in ordered]


@dataclass(slots=True, init=False)
class _Index:
    """A document, and what its rows look up."""

    facts: DocumentFacts
    text: str
    notices: dict[str, Notice]
    tasks: dict[str, Task]
    units: dict[str, Unit]
    cited: dict[str, str | None]

    def __init__(self, facts: DocumentFacts) -> None:
        self.facts = facts
        self.text = facts.document.text
        self.notices = {notice.id: notice for notice in facts.notices}
        self.tasks = {task.id: task for task in facts.tasks}
        self.units = {unit.id: unit for unit in facts.units}
        self.cited = {citation.reference: citation.notice for citation in facts.citations}

    def number(self, notice: str) -> str:
        """Return the document number of a notice."""
        return self.notices[notice].number

    def place(self, span: Span) -> tuple[str, str]:
        """Return the two cells of a span."""
        return str(span.start), str(span.end)


_Rows = Iterator[tuple[Span | None, Row]]


def _notices(facts: DocumentFacts, index: _Index) -> _Rows:
    for notice in facts.notices:
        yield (
            notice.span,
            (
                notice.id,
                notice.number,
                notice.title,
                notice.kind,
                notice.issuer,
                notice.date,
                _SEPARATOR.join(
                    index.units[addressee].name if addressee in index.units else addressee
                    for addressee in notice.addressees
                ),
                _SEPARATOR.join(notice.plan_titles),
                notice.gazette or "",
                "" if notice.page is None else str(notice.page),
                index.facts.document.name,
            ),
        )


def _tasks(facts: DocumentFacts, index: _Index) -> _Rows:
    for task in facts.tasks:
        yield (
            task.span,
            (
                task.id,
                index.number(task.notice),
                task.label,
                task.form,
                task.parent or "",
                task.section,
                task.heading,
                task.text,
                *index.place(task.span),
            ),
        )


def _assignments(facts: DocumentFacts, index: _Index) -> _Rows:
    for assignment in facts.assignments:
        task, unit = index.tasks[assignment.task], index.units[assignment.unit]
        yield (
            assignment.span,
            (
                assignment.id,
                index.number(task.notice),
                task.id,
                task.label,
                unit.id,
                unit.name,
                assignment.as_written,
                assignment.role,
                assignment.certainty,
                _truth(unit.collective),
                *index.place(assignment.span),
                assignment.clause.of(index.text),
                _truth(assignment.open_list),
            ),
        )


def _deadlines(facts: DocumentFacts, index: _Index) -> _Rows:
    for deadline in facts.deadlines:
        yield (
            deadline.span,
            (
                deadline.task or "",
                index.number(deadline.notice),
                deadline.kind,
                deadline.start,
                deadline.end,
                deadline.span.of(index.text),
                *index.place(deadline.span),
            ),
        )


def _targets(facts: DocumentFacts, index: _Index) -> _Rows:
    for target in facts.targets:
        yield (
            target.span,
            (
                target.task or "",
                index.number(target.notice),
                target.subject,
                target.comparator,
                target.value,
                target.measure,
                target.span.of(index.text),
                *index.place(target.span),
            ),
        )


def _references(facts: DocumentFacts, index: _Index) -> _Rows:
    for reference in facts.references:
        yield (
            reference.span,
            (
                index.number(reference.notice),
                reference.task or "",
                reference.title,
                reference.number,
                reference.kind,
                reference.relation,
                reference.span.of(index.text),
                *index.place(reference.span),
                index.cited.get(reference.id) or "",
            ),
        )


def _memberships(facts: DocumentFacts, index: _Index) -> _Rows:
    for membership in facts.memberships:
        unit = index.units.get(membership.unit or "")
        yield (
            membership.span,
            (
                index.number(membership.notice),
                group_id(membership.group, facts),
                membership.person,
                membership.group_role,
                membership.post,
                membership.unit or "",
                unit.name if unit else "",
                membership.as_written,
                *index.place(membership.span),
                membership.notice,
            ),
        )


def _hostings(facts: DocumentFacts, index: _Index) -> _Rows:
    for hosting in facts.hostings:
        yield (
            hosting.span,
            (
                index.number(hosting.notice),
                group_id(hosting.group, facts),
                hosting.unit,
                index.units[hosting.unit].name,
                hosting.as_written,
                *index.place(hosting.span),
                hosting.span.of(index.text),
                hosting.notice,
            ),
        )


def _findings(facts: DocumentFacts, index: _Index) -> _Rows:
    for finding in (*facts.findings, *facts.across):
        span = finding.span
        quote: Iterable[str] = ("", "", "")
        if span is not None:
            quote = (span.of(index.text), *index.place(span))
        yield (
            span,
            (
                finding.rule,
                finding.severity,
                finding.message_zh,
                finding.message_en,
                finding.subject,
                *quote,
            ),
        )


def _unread(findings: Sequence[Finding]) -> list[Row]:
    """Return the rows of findings about files: the name stands in the place of a document."""
    return [
        (
            finding.rule,
            finding.severity,
            finding.message_zh,
            finding.message_en,
            finding.subject,
            *("", "", ""),
            finding.subject,
            "",
        )
        for finding in findings
    ]


def _units(common: Common) -> list[Row]:
    return [
        (
            unit.id,
            unit.name,
            _SEPARATOR.join(unit.short_names),
            unit.level,
            unit.kind,
            unit.parent or "",
            _truth(unit.collective),
            _truth(unit.registered),
            (unit.function or "").rpartition("/")[2],
            unit.quantifier or "",
            "" if unit.frame_size is None else str(unit.frame_size),
            unit.rule,
            unit.place,
        )
        for unit in common.units()
    ]


def _changes(common: Common) -> list[Row]:
    """A row for each unit before a change and each one after it."""
    return [
        (
            change.id,
            change.date,
            change.label,
            change.label_en,
            original,
            original.removeprefix("unit/"),
            result,
            result.removeprefix("unit/"),
            _truth(change.partial),
        )
        for change in common.changes()
        for original in change.originals
        for result in change.results
    ]


def _truth(value: bool) -> str:
    return "true" if value else "false"


_MAKERS: dict[str, Callable[[DocumentFacts, _Index], _Rows]] = {
    "notices": _notices,
    "tasks": _tasks,
    "assignments": _assignments,
    "deadlines": _deadlines,
    "targets": _targets,
    "references": _references,
    "memberships": _memberships,
    "hostings": _hostings,
    "findings": _findings,
}

DOCUMENT_TABLES = tuple(_MAKERS)
"""The tables that documents add rows to."""
