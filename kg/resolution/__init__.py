"""From names to units, and from there to the facts of a document."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from kg.document import Span
from kg.extraction.groups import is_bare
from kg.extraction.model import Duty, Extraction, Name, NoticeFacts
from kg.facts import (
    Assignment,
    Deadline,
    DocumentFacts,
    Finding,
    GazetteIssue,
    Hosting,
    Membership,
    Notice,
    Plan,
    Reference,
    Target,
    Task,
    Unit,
    assignment_id,
)
from kg.model import Role, Severity
from kg.resolution.context import Context
from kg.resolution.findings import ambiguous_place, unregistered
from kg.resolution.lineage import changes_of
from kg.resolution.places import issuer_place, lineage, place_of
from kg.resolution.register import Register
from kg.resolution.resolver import Resolver, names_its_own
from kg.resolution.words import aliases_in, frames_in, kind_of
from kg.wording import number_year

__all__ = ["Resolution", "resolve"]


@dataclass(slots=True)
class _Units:
    """The units met so far in one document."""

    resolver: Resolver
    by_id: dict[str, Unit] = field(default_factory=dict)
    first: dict[str, Span] = field(default_factory=dict)
    written: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, unit: Unit, written: str, span: Span) -> str:
        self.by_id[unit.id] = unit
        self.written[unit.id].add(written)
        self.first.setdefault(unit.id, span)
        return unit.id

    def all(self) -> dict[str, Unit]:
        """Return the units by id, each with all the ways in which it is written."""
        return {
            key: replace(unit, short_names=tuple(sorted(self.written[key])))
            for key, unit in self.by_id.items()
        }


def resolve(extraction: Extraction, resolver: Resolver, register: Register) -> DocumentFacts:
    """Give every name of a document its unit, and every fact its identifier."""
    document = extraction.gazette.document
    text = document.text
    units = _Units(resolver)
    gazette = _gazette_issue(extraction)
    parts = [
        _notice_facts(text, facts, units, register, gazette.id if gazette else None, document.id)
        for facts in _with_own_ids(extraction.notices)
    ]
    by_id = units.all()
    for unit in list(by_id.values()):
        if unit.parent and unit.parent not in by_id:
            by_id[unit.parent] = _parent(unit.parent, register)
    findings = [finding for part in parts for finding in part.findings]
    findings += unregistered(by_id, units.first)
    changes = changes_of((unit.name for unit in by_id.values() if unit.registered), register)
    stated = (change for change in changes if not change.general)
    versions = {unit for change in stated for unit in (*change.originals, *change.results)}
    return DocumentFacts(
        document,
        gazette,
        tuple(part.notice for part in parts),
        tuple(by_id[key] for key in sorted(by_id)),
        tuple(task for part in parts for task in part.tasks),
        tuple(fact for part in parts for fact in part.assignments),
        tuple(fact for part in parts for fact in part.deadlines),
        tuple(fact for part in parts for fact in part.targets),
        tuple(fact for part in parts for fact in part.references),
        tuple(fact for part in parts for fact in part.memberships),
        tuple(findings),
        changes,
        tuple(
            replace(_parent(unit, register), rule="lineage")
            for unit in sorted(versions - by_id.keys())
        ),
        hostings=tuple(fact for part in parts for fact in part.hostings),
    )


def _parent(identifier: str, register: Register) -> Unit:
    """Return a unit that is only known as what another one belongs to."""
    name = identifier.removeprefix("unit/")
    known = register.by_name.get(name)
    place = issuer_place(name.removeprefix("中共"), register)
    level = known.level if known else (place.level if place else "none")
    kind = known.kind if known else register.kind_of(name)
    function = known.function if known else None
    return Unit(
        identifier,
        name,
        (),
        level,
        kind,
        None,
        function,
        False,
        None,
        None,
        True,
        "parent",
        place.full if place and place.level == level else "",
    )


@dataclass(frozen=True, slots=True)
class Resolution:
    """The facts of one notice, resolved."""

    notice: Notice
    tasks: tuple[Task, ...]
    assignments: tuple[Assignment, ...]
    deadlines: tuple[Deadline, ...]
    targets: tuple[Target, ...]
    references: tuple[Reference, ...]
    memberships: tuple[Membership, ...]
    hostings: tuple[Hosting, ...]
    findings: tuple[Finding, ...]


def _with_own_ids(notices: Sequence[NoticeFacts]) -> Iterable[tuple[str, NoticeFacts]]:
    """Pair each notice with its key: number, else title, told apart if they repeat."""
    seen: dict[str, int] = {}
    for facts in notices:
        key = facts.notice.number or re.sub(r"[\s/]+", "", facts.notice.title)
        seen[key] = seen.get(key, 0) + 1
        yield (key if seen[key] == 1 else f"{key}~{seen[key]}"), facts


def _gazette_issue(extraction: Extraction) -> GazetteIssue | None:
    gazette = extraction.gazette
    if not gazette.title:
        return None
    name = gazette.title + (f"{gazette.year}年" if gazette.year else "")
    name += f"第{gazette.issue}期" if gazette.issue else ""
    return GazetteIssue(
        f"gazette/{name}",
        gazette.title,
        gazette.year,
        gazette.issue,
        gazette.publisher,
        gazette.head,
    )


def _notice_facts(
    text: str,
    keyed: tuple[str, NoticeFacts],
    units: _Units,
    register: Register,
    gazette: str | None,
    document: str,
) -> Resolution:
    key, facts = keyed
    source = facts.notice
    key = key or document[:12]
    date = source.date or number_year(source.number)
    place = place_of(source, text, date, register)
    context = Context(place, date)
    aliases = aliases_in(source.span.of(text))
    frames = frames_in(source.span.of(text))

    def unit_id(name: Name) -> str:
        if name.quantifier is not None and not names_its_own(name.written, place):
            size = next(
                (count for noun, count in frames.items() if name.written.endswith(noun)), None
            )
            unit = units.resolver.collective(name.written, name.quantifier, context, size)
        else:
            unit = units.resolver.unit(
                aliases.get(name.written, name.written), context, name.leader
            )
        return units.add(unit, name.written, name.span)

    def group_name(group: str) -> str:
        """Return a group's official name; one that the notice does not name is its own."""
        if is_bare(group):
            return f"{group or '领导小组'}（{key}）"
        # 朝阳区X领导小组 in the prose is 北京市朝阳区X领导小组 in the title.
        return units.resolver.unit(aliases.get(group, group), context).name

    issuer_unit = None
    if source.issuer:
        issuer = units.resolver.unit(source.issuer, context)
        issuer_unit = units.add(issuer, source.issuer, source.title_span)
    notice = Notice(
        f"notice/{key}",
        source.number,
        source.title,
        kind_of(source.title),
        source.issuer,
        issuer_unit,
        source.date,
        tuple(span.of(text) for span in source.addressees),
        tuple(Plan(span.of(text), span) for span in source.plans),
        source.attachments,
        gazette,
        source.page,
        source.span,
        source.title_span,
        lineage(place, register),
    )
    ids = _task_ids(key, [task.label for task in facts.tasks])
    parents = {row: ids[paragraph] for row, paragraph in facts.details}
    tasks: list[Task] = []
    assignments: list[Assignment] = []
    findings: list[Finding] = []
    deadlines: list[Deadline] = []
    targets: list[Target] = []
    for index, fact in enumerate(facts.tasks):
        task = Task(
            ids[index],
            notice.id,
            fact.label,
            fact.form,
            parents.get(index),
            fact.section,
            fact.heading,
            fact.span.of(text),
            fact.span,
        )
        tasks.append(task)
        made, odd = _assignments(task, fact.duties, unit_id)
        assignments += made
        findings += odd
        deadlines += [
            Deadline(f"{task.id}/时限/{n}", notice.id, task.id, d.kind, d.start, d.end, d.span)
            for n, d in enumerate(fact.deadlines, start=1)
        ]
        targets += [
            Target(
                f"{task.id}/指标/{n}",
                notice.id,
                task.id,
                t.subject,
                t.comparator,
                t.value,
                t.measure,
                t.span,
            )
            for n, t in enumerate(fact.targets, start=1)
        ]
    deadlines += [
        Deadline(f"{notice.id}/时限/{n}", notice.id, None, d.kind, d.start, d.end, d.span)
        for n, d in enumerate(facts.deadlines, start=1)
    ]
    targets += [
        Target(
            f"{notice.id}/指标/{n}",
            notice.id,
            None,
            t.subject,
            t.comparator,
            t.value,
            t.measure,
            t.span,
        )
        for n, t in enumerate(facts.targets, start=1)
    ]
    around = _finder(tasks)
    references = [
        Reference(
            f"{notice.id}/引用/{n}",
            notice.id,
            around(r.span),
            r.title,
            r.number,
            r.kind,
            r.relation,
            r.span,
        )
        for n, r in enumerate(facts.references, start=1)
    ]
    memberships = [
        Membership(
            f"{notice.id}/成员/{n}",
            notice.id,
            group_name(m.group),
            m.person,
            m.group_role,
            m.post,
            unit_id(m.unit) if m.unit else None,
            m.span.of(text),
            m.span,
        )
        for n, m in enumerate(facts.memberships, start=1)
    ]
    hostings = [
        Hosting(
            f"{notice.id}/办公室/{n}",
            notice.id,
            group_name(h.group),
            unit_id(h.unit),
            h.unit.written,
            h.span,
        )
        for n, h in enumerate(facts.hostings, start=1)
    ]
    findings += ambiguous_place(notice, context, register)
    findings += [
        Finding(
            f.rule,
            f.severity,
            f.message_zh,
            f.message_en,
            around(f.span) or notice.id,
            f.span,
        )
        for f in facts.findings
    ]
    return Resolution(
        notice,
        tuple(tasks),
        tuple(assignments),
        tuple(deadlines),
        tuple(targets),
        tuple(references),
        tuple(memberships),
        tuple(hostings),
        tuple(findings),
    )


def _task_ids(key: str, labels: Sequence[str]) -> list[str]:
    """Make the ids of tasks from their labels; ``#2`` is written ``~2`` in an id."""
    used: dict[str, int] = {}
    ids: list[str] = []
    for label in labels:
        path = f"task/{key}/{label.replace('#', '~')}"
        used[path] = used.get(path, 0) + 1
        ids.append(path if used[path] == 1 else f"{path}~{used[path]}")
    return ids


def _assignments(
    task: Task, duties: Sequence[Duty], unit_id: object
) -> tuple[list[Assignment], list[Finding]]:
    """Make one assignment for each unit and role of a task; two roles are a finding."""
    assert callable(unit_id)
    made: dict[tuple[str, Role], Assignment] = {}
    for duty in duties:
        unit = str(unit_id(duty.name))
        made.setdefault(
            (unit, duty.role),
            Assignment(
                assignment_id(task.id, duty.role, unit),
                task.id,
                unit,
                duty.name.written,
                duty.role,
                duty.certainty,
                duty.name.span,
                duty.clause,
                duty.name.open,
            ),
        )
    by_unit: dict[str, list[Assignment]] = {}
    for assignment in made.values():
        by_unit.setdefault(assignment.unit, []).append(assignment)
    findings = [
        Finding(
            "two-roles",
            Severity.WARNING,
            f"任务 {task.label} 中“{found[0].as_written}”有两种分工",
            f"a unit has two roles in task {task.label}",
            task.id,
            found[1].span,
        )
        for found in by_unit.values()
        if len(found) > 1
    ]
    return list(made.values()), findings


def _finder(tasks: Sequence[Task]) -> Callable[[Span], str | None]:
    """Return what tells the task that a span lies in, the first of ``tasks``, which are sorted."""
    starts = [task.span.start for task in tasks]
    reached = list(accumulate((task.span.end for task in tasks), max))

    def around(span: Span) -> str | None:
        first = bisect_left(reached, span.end)
        return tasks[first].id if first < bisect_right(starts, span.start) else None

    return around
