"""What a build writes, chosen by the user, and how much of it there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # those who want to know where an output stands read no documents
    from kg.facts import DocumentFacts

__all__ = ["FROM_QUADS", "MEASURED", "Counts", "Output"]


class Output(StrEnum):
    """An output of a build, by the word that chooses it."""

    GRAPH = "graph"
    TURTLE = "turtle"
    STORE = "store"
    TABLES = "tables"
    MEASURES = "measures"
    SITE = "site"

    @property
    def place(self) -> str:
        """The file or folder of a build that holds it."""
        return _PLACES[self]


_PLACES = {
    Output.GRAPH: "graph.nq",
    Output.TURTLE: "graph.ttl",
    Output.STORE: "store",
    Output.TABLES: "tables",
    Output.MEASURES: "tables",
    Output.SITE: "site",
}


FROM_QUADS = frozenset({Output.GRAPH, Output.TURTLE, Output.STORE})
"""What graph.nq is needed for."""

MEASURED = FROM_QUADS | {Output.MEASURES, Output.SITE}
"""What measures are part of."""


@dataclass(slots=True)
class Counts:
    """How much a build holds; ``units`` are the ids of those with an assignment."""

    documents: int
    notices: int
    tasks: int
    assignments: int
    findings: int
    units: set[str]

    @classmethod
    def of(cls, facts: Sequence[DocumentFacts]) -> Counts:
        """Count what some documents say."""
        return cls(
            len(facts),
            sum(len(one.notices) for one in facts),
            sum(len(one.tasks) for one in facts),
            sum(len(one.assignments) for one in facts),
            sum(len(one.findings) + len(one.across) for one in facts),
            {assignment.unit for one in facts for assignment in one.assignments},
        )

    def add(self, other: Counts) -> None:
        """Add what other documents say."""
        self.documents += other.documents
        self.notices += other.notices
        self.tasks += other.tasks
        self.assignments += other.assignments
        self.findings += other.findings
        self.units |= other.units
