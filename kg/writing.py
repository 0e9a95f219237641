"""Writes a build from documents that come one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kg import tables
from kg.common import Common
from kg.errors import GazetteError
from kg.facts import DocumentFacts, Finding
from kg.measures import measure_frame, write_measures
from kg.measures.cube import observations
from kg.measures.frame import FrameMaker
from kg.outputs import Counts, Output
from kg.pages.site import write_site
from kg.rdf import dataset
from kg.store import write_store
from kg.workers import spread

__all__ = ["write"]

_FROM_QUADS = frozenset({Output.GRAPH, Output.TURTLE, Output.STORE})
"""What graph.nq is needed for."""

_MEASURED = _FROM_QUADS | {Output.MEASURES, Output.SITE}
"""What measures are part of."""

_STRETCH = 16
"""Documents that a worker holds and writes at once."""


@dataclass(slots=True)
class _Gathered:
    """What must be known of all documents at once; ``frame`` where they are measured."""

    counts: Counts
    common: Common = field(default_factory=Common)
    together: dataset.Together = field(default_factory=dataset.Together)
    frame: FrameMaker = field(default_factory=FrameMaker)

    def merge(self, other: _Gathered) -> None:
        """Add what was gathered from other documents."""
        self.counts.add(other.counts)
        self.common.merge(other.common)
        self.together.merge(other.together)
        self.frame.merge(other.frame)


@dataclass(frozen=True, slots=True)
class _Part:
    """What a worker wrote of a stretch of documents."""

    tables: Path
    runs: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class _PartWriter:
    """Writes what does not depend on other documents, a stretch of them at a time."""

    facts: Sequence[DocumentFacts]
    folder: Path
    base: str
    outputs: frozenset[Output]

    def write(self, start: int) -> tuple[_Part, _Gathered]:
        """Write the part that begins with a document, and gather what others must know."""
        facts = self.facts[start : start + _STRETCH]
        here = self.folder / f"part-{start:08}"
        runs: list[Path] = []
        if Output.TABLES in self.outputs:
            tables.write_part(here, facts)
        if self.outputs & _FROM_QUADS:
            runs = dataset.write_part(here.with_suffix(".run"), facts, self.base)
        gathered = _Gathered(Counts.of(facts), Common.of(facts))
        for one in facts:
            if self.outputs & _FROM_QUADS:
                gathered.together.add(one)
            if self.outputs & _MEASURED:
                gathered.frame.document(one)
        return _Part(here, tuple(runs)), gathered


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

    def tell(output: str) -> None:
        if progress:
            progress("written", len(facts), len(facts), output)

    parts: dict[int, _Part] = {}
    gathered = _Gathered(Counts(0, 0, 0, 0, len(unread), set()))
    for place, part, found in _parts(_PartWriter(facts, folder, base, outputs), workers):
        parts[place] = part
        gathered.merge(found)
        if progress:
            progress("written", gathered.counts.documents, len(facts), "")
    ordered = [parts[place] for place in sorted(parts)]
    if Output.TABLES in outputs:
        tell("tables")
        tables.join_tables(
            folder / "tables", [part.tables for part in ordered], gathered.common, unread
        )
    if not outputs & _MEASURED:
        return gathered.counts
    tell("measures")
    measures = measure_frame(gathered.frame.frame_of(gathered.common))
    if Output.MEASURES in outputs:
        write_measures(folder / "tables", measures)
    if outputs & _FROM_QUADS:
        tell("graph.nq")
        nquads = folder / "graph.nq"
        dataset.write_dataset(
            nquads,
            [run for part in ordered for run in part.runs],
            gathered.common,
            gathered.together,
            base,
            observations(measures, base),
            unread,
        )
        if Output.TURTLE in outputs:
            tell("graph.ttl")
            dataset.write_turtle(nquads, folder / "graph.ttl")
        if Output.STORE in outputs:
            tell("store")
            write_store(nquads, folder / "store")
        if Output.GRAPH not in outputs:
            nquads.unlink()
    if Output.SITE in outputs:
        tell("site")
        write_site(folder / "site", facts, [asdict(row) for row in measures.load], unread)
    return gathered.counts


def _parts(writer: _PartWriter, workers: int) -> Iterator[tuple[int, _Part, _Gathered]]:
    """Yield the parts of all documents with their places, in any order."""
    starts = range(0, len(writer.facts), _STRETCH)
    for place, outcome in spread(_given, (writer,), _PartWriter.write, starts, workers, alone=1):
        if outcome is None:
            raise GazetteError(
                "a process that writes was stopped by the system (too much memory?); use fewer "
                "--workers or --outputs · 写出进程被系统终止（内存不足？），请减少进程数或输出种类"
            )
        yield place, *outcome


def _given(writer: _PartWriter) -> _PartWriter:
    """Return what a worker starts with."""
    return writer
