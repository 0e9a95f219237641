"""What extraction hands on: facts whose units are still names in the text."""

from __future__ import annotations

from dataclasses import dataclass

from kg.document import Span
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
from kg.structure.model import Gazette, NoticeText, Place

__all__ = [
    "DeadlineFact",
    "Duty",
    "Extraction",
    "FindingFact",
    "HostingFact",
    "MembershipFact",
    "Name",
    "NoticeFacts",
    "ReferenceFact",
    "TargetFact",
    "TaskFact",
]


@dataclass(frozen=True, slots=True)
class Name:
    """A unit as the text writes it.

    ``leader`` is the first name of the list that it stands in: a short name
    without a level takes its level from there (省教育厅、财政厅).
    ``quantifier`` is set for a collective unit. ``open`` tells that the list goes
    on behind the name without saying who (等).
    """

    span: Span
    written: str
    quantifier: Quantifier | None = None
    leader: str = ""
    open: bool = False

    @property
    def collective(self) -> bool:
        """Whether the name stands for several units that it does not list."""
        return self.quantifier is not None


@dataclass(frozen=True, slots=True)
class Duty:
    """A unit's role in a task; ``clause`` is the words that give the role."""

    name: Name
    role: Role
    certainty: Certainty
    clause: Span


@dataclass(frozen=True, slots=True)
class DeadlineFact:
    """A time limit; see :class:`kg.facts.Deadline`."""

    kind: DeadlineKind
    start: str
    end: str
    span: Span


@dataclass(frozen=True, slots=True)
class TargetFact:
    """A quantity to reach; see :class:`kg.facts.Target`."""

    subject: str
    comparator: Comparator
    value: str
    measure: str
    span: Span


@dataclass(frozen=True, slots=True)
class TaskFact:
    """A task with its duties, deadlines and targets."""

    form: Form
    place: Place
    label: str
    heading: str
    section: str
    span: Span
    duties: tuple[Duty, ...]
    deadlines: tuple[DeadlineFact, ...] = ()
    targets: tuple[TargetFact, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferenceFact:
    """An act named in the text; see :class:`kg.facts.Reference`."""

    title: str
    number: str
    kind: str
    relation: Relation
    span: Span


@dataclass(frozen=True, slots=True)
class MembershipFact:
    """A person's place in a leading group; ``unit`` is the unit in the post."""

    group: str
    person: str
    group_role: str
    post: str
    unit: Name | None
    span: Span


@dataclass(frozen=True, slots=True)
class HostingFact:
    """A unit with which the office of a leading group is placed."""

    group: str
    unit: Name
    span: Span


@dataclass(frozen=True, slots=True)
class FindingFact:
    """Something a reader should look at, with its place."""

    rule: str
    severity: Severity
    message_zh: str
    message_en: str
    span: Span


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What one notice says; ``details`` pairs the index of a row with its paragraph's."""

    notice: NoticeText
    tasks: tuple[TaskFact, ...]
    details: tuple[tuple[int, int], ...]
    deadlines: tuple[DeadlineFact, ...]
    targets: tuple[TargetFact, ...]
    references: tuple[ReferenceFact, ...]
    memberships: tuple[MembershipFact, ...]
    hostings: tuple[HostingFact, ...]
    findings: tuple[FindingFact, ...]


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a document says, notice by notice."""

    gazette: Gazette
    notices: tuple[NoticeFacts, ...]
