"""What a build writes, chosen by the user, from documents that come one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from kg.errors import GazetteError
from kg.facts import DocumentFacts, Finding
from kg.workers import spread

__all__ = ["Counts", "Output", "write"]


class Output(StrEnum):
    """An output of a build, by the word that chooses it."""

    GRAPH = "graph"
    TURTLE = "turtle"
    STORE = "store"
    TABLES = "tables"
    SITE = "site"


_FROM_QUADS = frozenset({Output.GRAPH, Output.TURTLE, Output.STORE})
"""What graph.nq is needed for."""

_STRETCH = 16
"""Documents that a worker holds and writes at once."""


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


@dataclass(frozen=True, slots=True)
class _Part:
    """What a worker did with a stretch of documents."""

    counts: Counts
    tables: Path
    runs: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class _PartWriter:
    """Writes what does not depend on other documents, a stretch of them at a time."""

    facts: Sequence[DocumentFacts]
    folder: Path
    base: str
    outputs: frozenset[Output]

    def write(self, start: int) -> _Part:
        """Write the part that begins with a document."""
        from kg import tables
        from kg.rdf import dataset

        facts = self.facts[start : start + _STRETCH]
        here = self.folder / f"part-{start:08}"
        runs: list[Path] = []
        if Output.TABLES in self.outputs:
            tables.write_part(here, facts)
        if self.outputs & _FROM_QUADS:
            runs = dataset.write_part(here.with_suffix(".run"), facts, self.base)
        return _Part(Counts.of(facts), here, tuple(runs))


def write(
    facts: Sequence[DocumentFacts],
    folder: Path,
    base: str,
    outputs: frozenset[Output] = frozenset(Output),
    unread: Sequence[Finding] = (),
    workers: int = 1,
    progress: Callable[[str, int, int, str], None] | None = None,
) -> Counts:
    """Write a build into ``folder``.

    Parameters
    ----------
    facts
        What documents say, by the documents' names; a
        :class:`~kg.collection.Collection` loads them when they are asked for.
    folder
        An empty folder.
    base
        The IRI that the data's identifiers hang from.
    outputs
        What to write.
    unread
        Findings about files that could not be read.
    workers
        How many processes write; 0 for one a processor.
    progress
        Told how many documents are written, and which output is next.

    Returns
    -------
    Counts
        What the build holds.
    """
    from kg.measures import measure, write_measures
    from kg.measures.cube import observations
    from kg.pages.site import write_site
    from kg.rdf.dataset import write_dataset, write_turtle
    from kg.store import write_store
    from kg.tables import join_tables

    def tell(output: str) -> None:
        if progress:
            progress("written", len(facts), len(facts), output)

    parts: dict[int, _Part] = {}
    counts = Counts(0, 0, 0, 0, len(unread), set())
    for place, part in _parts(_PartWriter(facts, folder, base, outputs), workers):
        parts[place] = part
        counts.add(part.counts)
        if progress:
            progress("written", counts.documents, len(facts), "")
    ordered = [parts[place] for place in sorted(parts)]
    tell("measures")
    measures = measure(facts)
    if Output.TABLES in outputs:
        tell("tables")
        join_tables(folder / "tables", [part.tables for part in ordered], facts, unread)
        write_measures(folder / "tables", measures)
    if outputs & _FROM_QUADS:
        tell("graph.nq")
        nquads = folder / "graph.nq"
        runs = [run for part in ordered for run in part.runs]
        write_dataset(nquads, runs, facts, base, observations(measures, base), unread)
        if Output.TURTLE in outputs:
            tell("graph.ttl")
            write_turtle(nquads, folder / "graph.ttl")
        if Output.STORE in outputs:
            tell("store")
            write_store(nquads, folder / "store")
        if Output.GRAPH not in outputs:
            nquads.unlink()
    if Output.SITE in outputs:
        tell("site")
        write_site(folder / "site", facts, [asdict(row) for row in measures.load], unread)
    return counts


def _parts(writer: _PartWriter, workers: int) -> Iterator[tuple[int, _Part]]:
    """Yield the parts of all documents with their places."""
    starts = range(0, len(writer.facts), _STRETCH)
    for place, part in spread(_given, (writer,), _PartWriter.write, starts, workers, alone=1):
        if part is None:
            raise GazetteError(
                "a process that writes was stopped by the system (too much memory?); use fewer "
                "--workers or --outputs · 写出进程被系统终止（内存不足？），请减少进程数或输出种类"
            )
        yield place, part


def _given(writer: _PartWriter) -> _PartWriter:
    """Return what a worker starts with."""
    return writer
