"""From what a notice says to facts with units and identifiers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from kg.document import Span
from kg.extraction.groups import is_bare
from kg.extraction.model import Duty, Name, NoticeFacts, TaskFact
from kg.facts import (
    Assignment,
    Deadline,
    Finding,
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
from kg.resolution.findings import ambiguous_place
from kg.resolution.issuers import place_of, speaks_for_a_place
from kg.resolution.joint import issuers_in
from kg.resolution.places import lineage
from kg.resolution.resolver import Resolver, names_its_own
from kg.resolution.words import aliases_in, frames_in, kind_of
from kg.wording import number_year

__all__ = ["NoticeResolver", "ResolvedNotice", "Units"]

_Around = Callable[[Span], str | None]
"""Tells the task that a span lies in."""


@dataclass(slots=True)
class Units:
    """The units met so far in one document."""

    by_id: dict[str, Unit] = field(default_factory=dict)
    first: dict[str, Span] = field(default_factory=dict)
    written: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, unit: Unit, written: str, span: Span) -> str:
        """Take note of a unit and of how it is written there; return its id."""
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


@dataclass(frozen=True, slots=True)
class ResolvedNotice:
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


class NoticeResolver:
    """Gives every name in a notice its unit, and every fact its identifier.

    Parameters
    ----------
    text
        The document's normalised text.
    key
        What tells the notice from the others of its document.
    facts
        What the notice says.
    resolver
        Finds units by their names.
    units
        The units of the document; those of the notice are added.
    """

    def __init__(
        self, text: str, key: str, facts: NoticeFacts, resolver: Resolver, units: Units
    ) -> None:
        source = facts.notice
        words = source.span.of(text)
        date = source.date or number_year(source.number)
        self.id = f"notice/{key}"
        self._text = text
        self._key = key
        self._facts = facts
        self._resolver = resolver
        self._units = units
        place = place_of(source, text, date, resolver.register)
        local = place is None and speaks_for_a_place(words)
        self._context = Context(place, date, issuer=source.issuer, local=local)
        self._aliases = aliases_in(words)
        self._frames = frames_in(words)

    def resolved(self, gazette: str | None) -> ResolvedNotice:
        """Return all facts of the notice, which stands in the issue ``gazette``."""
        notice = self._notice(gazette)
        tasks = self._tasks()
        around = _finder(tasks)
        assignments, odd = self._assignments(tasks)
        of_tasks = list(zip(tasks, self._facts.tasks, strict=True))
        return ResolvedNotice(
            notice,
            tuple(tasks),
            tuple(assignments),
            (
                *(one for task, fact in of_tasks for one in self._deadlines(fact, task.id)),
                *self._deadlines(self._facts),
            ),
            (
                *(one for task, fact in of_tasks for one in self._targets(fact, task.id)),
                *self._targets(self._facts),
            ),
            tuple(self._references(around)),
            tuple(self._memberships()),
            tuple(self._hostings()),
            (
                *odd,
                *ambiguous_place(notice, self._context, self._resolver.register),
                *self._findings(around),
            ),
        )

    def _unit(self, name: Name) -> str:
        """Return the id of the unit that a name means."""
        place = self._context.place
        if name.quantifier is not None and not names_its_own(name.written, place):
            sizes = (size for noun, size in self._frames.items() if name.written.endswith(noun))
            unit = self._resolver.collective(
                name.written, name.quantifier, self._context, next(sizes, None)
            )
        else:
            written = self._aliases.get(name.written, name.written)
            unit = self._resolver.unit(written, self._context, name.leader)
        return self._units.add(unit, name.written, name.span)

    def _group(self, group: str) -> str:
        """Return a group's official name; one that the notice does not name is its own."""
        if is_bare(group):
            return f"{group or '领导小组'}（{self._key}）"
        # 朝阳区X领导小组 in the prose is 北京市朝阳区X领导小组 in the title.
        return self._resolver.unit(self._aliases.get(group, group), self._context).name

    def _notice(self, gazette: str | None) -> Notice:
        source, text = self._facts.notice, self._text
        alone = replace(self._context, issuer="")
        issuers = issuers_in(
            source.issuer, lambda words: self._resolver.unit(words, alone).registered
        )
        issuing = [
            self._units.add(
                self._resolver.unit(name, self._context, issuers[0]), name, source.title_span
            )
            for name in issuers
        ]
        return Notice(
            self.id,
            source.number,
            source.title,
            kind_of(source.title),
            source.issuer,
            tuple(dict.fromkeys(issuing)),
            source.date,
            tuple(span.of(text) for span in source.addressees),
            tuple(Plan(span.of(text), span) for span in source.plans),
            source.attachments,
            gazette,
            source.page,
            source.span,
            source.title_span,
            lineage(self._context.place, self._resolver.register),
        )

    def _tasks(self) -> list[Task]:
        facts = self._facts
        ids = _task_ids(self._key, [task.label for task in facts.tasks])
        parents = {row: ids[paragraph] for row, paragraph in facts.details}
        return [
            Task(
                ids[index],
                self.id,
                fact.label,
                fact.form,
                parents.get(index),
                fact.section,
                fact.heading,
                fact.span.of(self._text),
                fact.span,
            )
            for index, fact in enumerate(facts.tasks)
        ]

    def _assignments(self, tasks: Sequence[Task]) -> tuple[list[Assignment], list[Finding]]:
        """Return the assignments of tasks, and findings about units with two roles in one."""
        assignments: list[Assignment] = []
        findings: list[Finding] = []
        for task, fact in zip(tasks, self._facts.tasks, strict=True):
            made = self._assignments_of(task, fact.duties)
            assignments += made
            findings += _two_roles(task, made)
        return assignments, findings

    def _assignments_of(self, task: Task, duties: Sequence[Duty]) -> list[Assignment]:
        """Make one assignment for each unit and role of a task."""
        made: dict[tuple[str, Role], Assignment] = {}
        for duty in duties:
            unit = self._unit(duty.name)
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
        return list(made.values())

    def _deadlines(
        self, facts: TaskFact | NoticeFacts, task: str | None = None
    ) -> Iterator[Deadline]:
        """Yield the time limits of a task, or of the notice itself."""
        for n, d in enumerate(facts.deadlines, start=1):
            yield Deadline(
                f"{task or self.id}/时限/{n}", self.id, task, d.kind, d.start, d.end, d.span
            )

    def _targets(self, facts: TaskFact | NoticeFacts, task: str | None = None) -> Iterator[Target]:
        """Yield the targets of a task, or of the notice itself."""
        for n, t in enumerate(facts.targets, start=1):
            yield Target(
                f"{task or self.id}/指标/{n}",
                self.id,
                task,
                t.subject,
                t.comparator,
                t.value,
                t.measure,
                t.span,
            )

    def _references(self, around: _Around) -> Iterator[Reference]:
        for n, r in enumerate(self._facts.references, start=1):
            yield Reference(
                f"{self.id}/引用/{n}",
                self.id,
                around(r.span),
                r.title,
                r.number,
                r.kind,
                r.relation,
                r.span,
            )

    def _memberships(self) -> Iterator[Membership]:
        for n, m in enumerate(self._facts.memberships, start=1):
            yield Membership(
                f"{self.id}/成员/{n}",
                self.id,
                self._group(m.group),
                m.person,
                m.group_role,
                m.post,
                self._unit(m.unit) if m.unit else None,
                m.span.of(self._text),
                m.span,
            )

    def _hostings(self) -> Iterator[Hosting]:
        for n, h in enumerate(self._facts.hostings, start=1):
            yield Hosting(
                f"{self.id}/办公室/{n}",
                self.id,
                self._group(h.group),
                self._unit(h.unit),
                h.unit.written,
                h.span,
            )

    def _findings(self, around: _Around) -> Iterator[Finding]:
        """Yield what extraction found, about the task in which it stands or the notice."""
        for f in self._facts.findings:
            subject = around(f.span) or self.id
            yield Finding(f.rule, f.severity, f.message_zh, f.message_en, subject, f.span)


def _task_ids(key: str, labels: Sequence[str]) -> list[str]:
    """Make the ids of tasks from their labels; ``#2`` is written ``~2`` in an id."""
    used: dict[str, int] = {}
    ids: list[str] = []
    for label in labels:
        path = f"task/{key}/{label.replace('#', '~')}"
        used[path] = used.get(path, 0) + 1
        ids.append(path if used[path] == 1 else f"{path}~{used[path]}")
    return ids


def _two_roles(task: Task, assignments: Sequence[Assignment]) -> Iterator[Finding]:
    """Yield a finding for each unit that has several roles in a task."""
    by_unit: dict[str, list[Assignment]] = {}
    for assignment in assignments:
        by_unit.setdefault(assignment.unit, []).append(assignment)
    for found in by_unit.values():
        if len(found) > 1:
            yield Finding(
                "two-roles",
                Severity.WARNING,
                f"任务 {task.label} 中“{found[0].as_written}”有两种分工",
                f"a unit has two roles in task {task.label}",
                task.id,
                found[1].span,
            )


def _finder(tasks: Sequence[Task]) -> _Around:
    """Return what tells the task that a span lies in, the first of ``tasks``, which are sorted."""
    starts = [task.span.start for task in tasks]
    reached = list(accumulate((task.span.end for task in tasks), max))

    def around(span: Span) -> str | None:
        first = bisect_left(reached, span.end)
        return tasks[first].id if first < bisect_right(starts, span.start) else None

    return around
