"""What one document says: the facts that resolution hands on.

Every fact carries the :class:`~kg.document.Span` of the words that it rests on.
Identifiers are paths made from content alone (``notice/朝政发〔2020〕2号``,
``task/朝政发〔2020〕2号/三/（一）/1``); a base IRI in front makes them IRIs.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.document import Document, Span
from kg.model import (
    Certainty,
    Comparator,
    DeadlineKind,
    Form,
    Quantifier,
    Relation,
    Role,
    Severity,
)

__all__ = [
    "Assignment",
    "Change",
    "Citation",
    "Deadline",
    "DocumentFacts",
    "Finding",
    "GazetteIssue",
    "Hosting",
    "Membership",
    "Notice",
    "Plan",
    "Reference",
    "Target",
    "Task",
    "Unit",
    "assignment_id",
]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of government, an enterprise, an institution, or a collective.

    ``name`` is the official name, or the words of the text where no rule of the
    register resolves them (then ``registered`` is false). ``rule`` names the
    rule that gave the name. ``parent`` is the id of the unit above, ``place`` the
    full name of the place that it works for (a town's is that of its county).
    """

    id: str
    name: str
    short_names: tuple[str, ...]
    level: str
    kind: str
    parent: str | None
    function: str | None
    collective: bool
    quantifier: Quantifier | None
    frame_size: int | None
    registered: bool
    rule: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """An event that renamed, merged or abolished units, given by their ids.

    ``date`` is ISO, to the precision that is known. ``partial`` says that only a
    part of the work moved and the units went on. A ``general`` change comes from
    a pattern: its units are those that the place may have had.
    """

    id: str
    label: str
    label_en: str
    date: str
    originals: tuple[str, ...]
    results: tuple[str, ...]
    partial: bool
    general: bool


@dataclass(frozen=True, slots=True)
class GazetteIssue:
    """One issue of a gazette: its head and its table of contents."""

    id: str
    title: str
    year: int | None
    issue: int | None
    publisher: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Plan:
    """What a notice promulgates; ``span`` is where the notice's title names it."""

    title: str
    span: Span


@dataclass(frozen=True, slots=True)
class Notice:
    """An issued act. ``date`` is ISO; ``span`` covers all of its text.

    ``places`` are the full names of the place that it speaks from and of those
    above it, nearest first; none where the text does not tell. ``issuer`` is as the
    title writes it, ``issuer_units`` has each unit of a notice that several issue.
    """

    id: str
    number: str
    title: str
    kind: str
    issuer: str
    issuer_units: tuple[str, ...]
    date: str
    addressees: tuple[str, ...]
    plans: tuple[Plan, ...]
    attachments: tuple[str, ...]
    gazette: str | None
    page: int | None
    span: Span
    title_span: Span
    places: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """What it is called by: its number, or its title where it has none."""
        return self.number or self.title

    @property
    def plan_titles(self) -> tuple[str, ...]:
        """The titles of what it promulgates."""
        return tuple(plan.title for plan in self.plans)


@dataclass(frozen=True, slots=True)
class Task:
    """An item, table row or paragraph that lays a duty on at least one unit.

    ``label`` is the outline path (``三/（一）/1``, ``行/12``), ``section`` the
    headings above it, ``parent`` the id of the task that a row details.
    """

    id: str
    notice: str
    label: str
    form: Form
    parent: str | None
    section: str
    heading: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Assignment:
    """(task, unit, role): the node that is the truth.

    ``as_written`` is the unit's name as in the text, line damage mended;
    ``span`` covers that name and ``clause`` the words that give the role.
    ``open_list`` tells that 等 stands behind the name: the text does not say who
    else has the role.
    """

    id: str
    task: str
    unit: str
    as_written: str
    role: Role
    certainty: Certainty
    span: Span
    clause: Span
    open_list: bool = False


def assignment_id(task: str, role: str, unit: str) -> str:
    """Return the id of a unit's role in a task, from the ids of both."""
    return f"{task}/分工/{role}/{unit.removeprefix('unit/')}"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit; ``start``/``end`` are ISO dates as precise as the text."""

    id: str
    notice: str
    task: str | None
    kind: DeadlineKind
    start: str
    end: str
    span: Span


@dataclass(frozen=True, slots=True)
class Target:
    """A quantity to reach: ``value`` is a plain decimal number as text."""

    id: str
    notice: str
    task: str | None
    subject: str
    comparator: Comparator
    value: str
    measure: str
    span: Span


@dataclass(frozen=True, slots=True)
class Reference:
    """An act named in the text, with the way it is cited."""

    id: str
    notice: str
    task: str | None
    title: str
    number: str
    kind: str
    relation: Relation
    span: Span


@dataclass(frozen=True, slots=True)
class Citation:
    """The notices of the collection that a reference may mean; one: it means that one."""

    reference: str
    notices: tuple[str, ...]

    @property
    def notice(self) -> str | None:
        """The notice that is cited, if there is no doubt."""
        return self.notices[0] if len(self.notices) == 1 else None


@dataclass(frozen=True, slots=True)
class Membership:
    """A person's place in a leading group, with post and unit."""

    id: str
    notice: str
    group: str
    person: str
    group_role: str
    post: str
    unit: str | None
    as_written: str
    span: Span


@dataclass(frozen=True, slots=True)
class Hosting:
    """A unit with which the office of a leading group is placed (办公室设在X)."""

    id: str
    notice: str
    group: str
    unit: str
    as_written: str
    span: Span


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a reader should look at; ``subject`` is an id or a name."""

    rule: str
    severity: Severity
    message_zh: str
    message_en: str
    subject: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """All that one document says, with every unit resolved.

    ``changes`` are events in the lineage of its units, ``versions`` units that only
    they name. ``citations`` and the findings ``across`` documents are known only of a
    collection: :mod:`kg.citations` adds them, and they stand in no document's own graph.
    """

    document: Document
    gazette: GazetteIssue | None
    notices: tuple[Notice, ...]
    units: tuple[Unit, ...]
    tasks: tuple[Task, ...]
    assignments: tuple[Assignment, ...]
    deadlines: tuple[Deadline, ...]
    targets: tuple[Target, ...]
    references: tuple[Reference, ...]
    memberships: tuple[Membership, ...]
    findings: tuple[Finding, ...]
    changes: tuple[Change, ...] = ()
    versions: tuple[Unit, ...] = ()
    citations: tuple[Citation, ...] = ()
    across: tuple[Finding, ...] = ()
    hostings: tuple[Hosting, ...] = ()
