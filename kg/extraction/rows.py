"""Tasks in tables: what each column says, and the units in its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from kg.document import Span
from kg.extraction.brackets import clauses_in
from kg.extraction.clauses import role_clauses
from kg.extraction.deadlines import deadlines_in
from kg.extraction.marks import Legend, mark_duties, marked_columns
from kg.extraction.model import DeadlineFact, Duty, TaskFact
from kg.extraction.names import looks_like_name, names_in
from kg.extraction.predicates import label_role
from kg.extraction.roles import is_first_lead_rule, read_clause
from kg.extraction.targets import targets_in
from kg.model import Certainty, Form, Role
from kg.structure.model import Place, Row, Table
from kg.structure.tables import is_ditto
from kg.wording import HAN, ROLE_LABEL

__all__ = ["ColumnKind", "column_kinds", "tasks_in_table"]

_NUMBER = re.compile(r"^(?:序号|编号|序|项目编号|任务编号|号|№|No\.?)$", re.IGNORECASE)
_TASK = re.compile(
    r"任务|事项|实事|项目|举措|措施|内容|工作|目标|指标|要求|问题|改革|做法|名称|领域|类别|方向|重点|案由|建议|提案|诉求|隐患|线索"
)
_CONTENT = re.compile(r"内容|措施|举措(?!$)|要求|具体|细化|做法|事项内容")
_DEADLINE = re.compile(r"时限|时间|进度|期限|节点|年限|年度安排|时序")
_UNIT = re.compile(r"^(?:单位|部门|责任主体|承办处室|责任处室|落实单位|实施单位)(?:名称)?$")
_SORT = re.compile(r"(?:类型|性质|属性|级别|完成情况|进展情况|进展|成效)$")
_REMARK = re.compile(r"备注|说明|范围|适用|联系|依据|来源|分值|层级|类型|属性|区域")
_DIVISION = re.compile(r"(?:任务|责任|职责|部门|工作)?分工$")
_MIXED = re.compile(rf"(?=.*?(?:{_TASK.pattern}))(?P<task>[^及和与、]+)[及和与、](?P<roles>.+)")
"""A head for the work and who does it: 工作目标及责任分工."""

_BOTH = re.compile(r"责任(?:单位|部门|主体)?[与和及、](?:配合|协同|协办|参与)")
"""A head for all: whom of them it calls to support it does not say."""

_FIGURE = re.compile(
    rf"[≥≤<>＜＞约±+＋]?[\d.,，%％‰～~—/-]+[{HAN}]{{0,4}}(?:以[上内下]|左右)?|[—/／-]+|"
)
_WORDS = 4
"""Characters that a task has in the mean at least."""

_BRACKET = re.compile(r"（[^（）]*）")


class ColumnKind(Enum):
    """What the cells of a column say."""

    NUMBER = auto()
    TASK = auto()
    ROLE = auto()
    DEADLINE = auto()
    MARK = auto()
    REMARK = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class _Head:
    kind: ColumnKind
    role: Role | None = None
    first_leads: bool = False
    content: bool = False
    mixed: bool = False
    others: tuple[Role, ...] = ()


def column_kinds(text: str, table: Table) -> tuple[ColumnKind, ...]:
    """Tell for each column from its head what its cells say."""
    return tuple(head.kind for head in _heads(text, table))


def _heads(text: str, table: Table) -> tuple[_Head, ...]:
    heads = [_head(cell.span.of(text)) for cell in table.head]
    if not any(head.kind is ColumnKind.ROLE for head in heads):
        heads = [
            _Head(ColumnKind.ROLE, Role.RESPONSIBLE) if _UNIT.match(cell.span.of(text)) else head
            for head, cell in zip(heads, table.head, strict=True)
        ]
    heads = _without_figures(text, table, heads)
    if not any(head.kind is ColumnKind.TASK for head in heads):
        heads = _with_task(text, table, heads)
    for index in range(1, len(heads)):
        before = heads[index - 1]
        if not table.head[index].span.of(text) and before.kind in (
            ColumnKind.TASK,
            ColumnKind.ROLE,
        ):
            content = before.kind is ColumnKind.TASK
            heads[index] = replace(before, content=content, first_leads=False)
    for index in marked_columns(text, table):
        heads[index] = _Head(ColumnKind.MARK)
    return tuple(heads)


def _without_figures(text: str, table: Table, heads: list[_Head]) -> list[_Head]:
    """Take columns of nothing but figures (2023年目标: 300) for no words of the task."""
    found = list(heads)
    for index, head in enumerate(heads):
        cells = [row.cells[index].span.of(text) for row in table.rows if index < len(row.cells)]
        filled = [words for words in cells if words]
        if head.kind is ColumnKind.TASK and filled and all(map(_FIGURE.fullmatch, filled)):
            found[index] = _Head(ColumnKind.REMARK)
    return found


def _with_task(text: str, table: Table, heads: list[_Head]) -> list[_Head]:
    """Take the column with the longest words for the task where no head names it."""
    lengths = {
        index: sum(
            len(row.cells[index].span.of(text)) for row in table.rows if index < len(row.cells)
        )
        for index, head in enumerate(heads)
        if head.kind is ColumnKind.OTHER
    }
    longest = max(lengths, key=lambda index: lengths[index], default=None)
    if longest is None or lengths[longest] < _WORDS * len(table.rows):
        return heads
    return [
        _Head(ColumnKind.TASK) if index == longest else head for index, head in enumerate(heads)
    ]


def _head(words: str) -> _Head:
    plain = re.sub(r"\s+", "", _BRACKET.sub("", words))
    both = _MIXED.match(plain)
    if both and (_role_label(both["roles"]) or _DIVISION.search(both["roles"])):
        return _Head(ColumnKind.TASK, content=True, mixed=True)
    label = _role_label(plain)
    if label:
        roles = tuple(
            Role.RESPONSIBLE if _BOTH.search(part) else label_role(part)
            for part in re.split(r"[/／]", plain)
        )
        first_leads = is_first_lead_rule(words)
        return _Head(ColumnKind.ROLE, roles[0], first_leads, others=roles[1:])
    if _DIVISION.search(plain):
        return _Head(ColumnKind.ROLE)
    if _NUMBER.match(plain):
        return _Head(ColumnKind.NUMBER)
    if _DEADLINE.search(plain):
        return _Head(ColumnKind.DEADLINE)
    if _SORT.search(plain):
        return _Head(ColumnKind.REMARK)
    if _TASK.search(plain):
        return _Head(ColumnKind.TASK, content=bool(_CONTENT.search(plain)))
    if _REMARK.search(plain):
        return _Head(ColumnKind.REMARK)
    return _Head(ColumnKind.OTHER)


def _role_label(plain: str) -> re.Match[str] | None:
    """Match a head that ends as a label of a role does: 市级责任单位."""
    whole = ROLE_LABEL.fullmatch(plain + "：")
    last = list(ROLE_LABEL.finditer(re.split(r"[/／]", plain)[-1] + "："))[-1:]
    return whole or next((label for label in last if label.group("noun")), None)


def tasks_in_table(
    text: str, table: Table, year: int | None, first_leads: bool, legend: Legend
) -> Iterator[TaskFact]:
    """Yield a task for each row of a table that has a column of roles, or of marks.

    A blank cell of the task's columns takes over what stands above it (merged
    cells); a blank cell of units is empty. A ditto (〃, 同上) repeats any cell.
    """
    heads = _heads(text, table)
    marked = frozenset(i for i, head in enumerate(heads) if head.kind is ColumnKind.MARK)
    above: list[Span | None] = [None] * len(heads)
    for position, row in enumerate(table.rows, start=1):
        spans = _filled(text, row, heads, above)
        duties: list[Duty] = []
        deadlines: list[DeadlineFact] = []
        for head, span in zip(heads, spans, strict=True):
            if span is None or span.start == span.end:
                continue
            if head.kind is ColumnKind.ROLE:
                duties += _cell_duties(text, span, head, first_leads)
            elif head.kind is ColumnKind.DEADLINE:
                deadlines += deadlines_in(text, span, year, strict=True)
        duties += mark_duties(text, table, spans, marked, legend)
        duties += _section_duties(text, row, duties)
        heading, content = _task_cells(text, heads, spans)
        if content is not None and not duties:
            content, within = _within(text, content, any(head.mixed for head in heads))
            duties += within
        if content is None or not duties:
            continue
        number = _number(text, heads, spans) or str(position)
        place = Place(
            table.place.part,
            (*table.place.path, "行", number) if not table.place.part else ("行", number),
            table.place.headings,
        )
        deadlines += [
            fact
            for fact in deadlines_in(text, content, year, strict=False)
            if (fact.kind, fact.end) not in {(d.kind, d.end) for d in deadlines}
        ]
        yield TaskFact(
            Form.ROW,
            place,
            _row_label(table, number),
            heading,
            row.section.of(text) if row.section else "",
            content,
            tuple(duties),
            tuple(deadlines),
            tuple(targets_in(text, content)),
        )


def _cell_duties(text: str, span: Span, head: _Head, first_leads: bool) -> Iterator[Duty]:
    """Read the units of a cell; below 牵头/配合单位 the part behind the slash supports."""
    roles = (head.role, *head.others)
    slash = re.search(r"[/／]", span.of(text)) if head.others else None
    if slash is None:
        yield from read_clause(text, span, first_leads or head.first_leads, head.role)
        return
    cut = span.start + slash.start()
    yield from read_clause(text, Span(span.start, cut), first_leads, roles[0])
    yield from read_clause(text, Span(cut + 1, span.end), False, roles[1])


def _section_duties(text: str, row: Row, own: Sequence[Duty]) -> Iterator[Duty]:
    """Read 一、稳定增长（牵头单位：县发改局）: it holds below where no row says otherwise."""
    if row.section is None:
        return
    roles = {duty.role for duty in own}
    for clause in clauses_in(text, row.section, False):
        yield from (duty for duty in clause.duties if duty.role not in roles)


def _within(text: str, cell: Span, mixed: bool) -> tuple[Span, list[Duty]]:
    """Read roles that stand behind the words of a task in its own cell, and cut them off.

    In a column for both (``mixed``) a sentence of roles needs no bracket and no label.
    """
    clauses = [
        clause
        for clause in role_clauses(text, cell, False, frozenset(), ())
        if all(duty.certainty is Certainty.STATED for duty in clause.duties)
    ]
    duties = [duty for clause in clauses for duty in clause.duties]
    start = clauses[0].span.start if clauses else cell.end
    if mixed and not duties:
        start = max(text.rfind(mark, cell.start, cell.end - 1) for mark in "。；") + 1
        duties = list(read_clause(text, Span(start, cell.end))) if start > cell.start else []
    if not duties or start <= cell.start:
        return cell, []
    return Span(cell.start, start), duties


def _row_label(table: Table, number: str) -> str:
    """``行/12``; in a second annex its name goes before it."""
    part = table.place.part
    return f"{part}/行/{number}" if part not in ("", "附件", "附件1") else f"行/{number}"


def _filled(
    text: str, row: Row, heads: Sequence[_Head], above: list[Span | None]
) -> list[Span | None]:
    """Return the cells of a row, merged ones filled from above, and remember them."""
    spans: list[Span | None] = []
    dropped = _dropped(text, row, heads)
    for index, head in enumerate(heads):
        place = index - dropped
        cell = row.cells[place].span if 0 <= place < len(row.cells) else None
        words = cell.of(text) if cell else ""
        carried = head.kind is ColumnKind.TASK and not head.content and not words
        if carried or is_ditto(words) or place < 0:
            spans.append(above[index])
        else:
            spans.append(cell)
            above[index] = cell
    return spans


def _dropped(text: str, row: Row, heads: Sequence[_Head]) -> int:
    """Return how many merged cells a row has lost at its left.

    Some copies of a table leave out the cells that one above covers: then the
    row is short (or ends with blank cells), and its units stand below the column of
    units only when it is set against the right edge.
    """
    filled = (n for n, cell in enumerate(row.cells, start=1) if cell.span.of(text))
    lost = len(heads) - max(filled, default=0)
    roles = [index for index, head in enumerate(heads) if head.kind is ColumnKind.ROLE]

    def units(shift: int) -> int:
        spans = [
            row.cells[index - shift].span for index in roles if 0 <= index - shift < len(row.cells)
        ]
        return sum(
            any(looks_like_name(name.written) for name in names_in(text, span)) for span in spans
        )

    return lost if lost > 0 and units(lost) > units(0) else 0


def _task_cells(
    text: str, heads: Sequence[_Head], spans: Sequence[Span | None]
) -> tuple[str, Span | None]:
    """Return what stands in the columns of the task before its last, and its last cell.

    项目名称, 建设内容 and 年度目标 are all the task's: the last says what is to be done,
    those before it of what.
    """
    cells = [
        span
        for head, span in zip(heads, spans, strict=True)
        if head.kind is ColumnKind.TASK and span is not None and span.end > span.start
    ]
    if not cells:
        return "", None
    return " / ".join(dict.fromkeys(cell.of(text) for cell in cells[:-1])), cells[-1]


def _number(text: str, heads: Sequence[_Head], spans: Sequence[Span | None]) -> str:
    for head, span in zip(heads, spans, strict=True):
        if head.kind is ColumnKind.NUMBER and span is not None:
            return re.sub(r"\s+", "", span.of(text))
    return ""
