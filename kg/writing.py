"""Writes a build from documents that come one at a time."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kg.collection import Collection
from kg.common import Common
from kg.errors import GazetteError
from kg.former import Former, Written
from kg.measures import measure_frame, write_measures
from kg.measures.cube import observations
from kg.measures.frame import FrameMaker
from kg.outputs import Counts, Output
from kg.pages.site import write_site
from kg.rdf import dataset
from kg.store import write_store
from kg.table_files import RowsAt, join_tables, write_part
from kg.workers import spread

__all__ = ["Outcome", "write"]

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
    """What a worker wrote of a stretch of documents: of each, how much and where its rows are."""

    counts: tuple[Counts, ...]
    rows: tuple[RowsAt, ...]
    runs: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class _PartWriter:
    """Writes what does not depend on other documents, a stretch of them at a time."""

    facts: Collection
    folder: Path
    base: str
    outputs: frozenset[Output]

    def write(self, places: Sequence[int]) -> tuple[_Part, _Gathered]:
        """Write the part of some documents, and gather what others must know."""
        facts = [self.facts[place] for place in places]
        here = self.folder / f"part-{places[0]:08}"
        rows: list[RowsAt] = []
        runs: list[Path] = []
        if Output.TABLES in self.outputs:
            rows = write_part(here, facts)
        if self.outputs & _FROM_QUADS:
            runs = dataset.write_part(here.with_suffix(".run"), facts, self.base)
        counts = tuple(Counts.of([one]) for one in facts)
        gathered = _Gathered(Counts.of(facts), Common.of(facts))
        for one in facts:
            if self.outputs & _FROM_QUADS:
                gathered.together.add(one)
            if self.outputs & _MEASURED:
                gathered.frame.document(one)
        return _Part(counts, tuple(rows), tuple(runs)), gathered


@dataclass(frozen=True, slots=True)
class Outcome:
    """What :func:`write` has written: how much in all, and of each document by its state.

    ``documents`` is empty where there are no tables.
    """

    counts: Counts
    documents: dict[str, Written]


def write(
    facts: Collection,
    folder: Path,
    base: str,
    outputs: frozenset[Output] = frozenset(Output),
    workers: int = 1,
    progress: Callable[[str, int, int, str], None] | None = None,
    former: Former | None = None,
) -> Outcome:
    """Write a build into ``folder``.

    Parameters
    ----------
    facts
        What documents say, and findings about files that could not be read.
    folder
        An empty folder.
    base
        The IRI that the data's identifiers hang from.
    outputs
        What to write.
    workers
        How many processes write; 0 for one a processor.
    progress
        Told how many documents are written, and which output is next.
    former
        The former build, from which is taken what still holds. The outcome is that
        of a build from nothing.
    """

    def tell(output: str) -> None:
        if progress:
            progress("written", len(facts), len(facts), output)

    former = former or Former()
    states = facts.states()
    kept = {
        place: former.documents[state]
        for place, state in enumerate(states)
        # What is measured is gathered from all documents.
        if state in former.documents and not outputs & _MEASURED
    }
    counts = {place: written.counts for place, written in kept.items()}
    rows = {place: former.rows(written) for place, written in kept.items()}
    runs: list[Path] = []
    gathered = _Gathered(Counts(0, 0, 0, 0, len(facts.unread), set()), facts.common(sorted(kept)))
    for written in kept.values():
        gathered.counts.add(written.counts)
    todo = [place for place in range(len(facts)) if place not in kept]
    for places, part, found in _parts(_PartWriter(facts, folder, base, outputs), todo, workers):
        counts |= zip(places, part.counts, strict=True)
        rows |= zip(places, part.rows, strict=bool(part.rows))
        runs += part.runs
        gathered.merge(found)
        if progress:
            progress("written", gathered.counts.documents, len(facts), "")
    documents: dict[str, Written] = {}
    if Output.TABLES in outputs:
        tell("tables")
        ordered = [rows[place] for place in range(len(facts))]
        joined = join_tables(folder / "tables", ordered, gathered.common, facts.unread)
        documents = {
            state: Written(counts[place], joined[place].spans) for place, state in enumerate(states)
        }
        for part_folder in {rows[place].folder for place in todo}:
            shutil.rmtree(part_folder)
    if kept and not former.holds():
        raise GazetteError(
            f"{former.folder}: another build has taken its place meanwhile; run the build again · "
            "构建期间输出文件夹被另一次构建替换，请重新运行"
        )
    outcome = Outcome(gathered.counts, documents)
    if not outputs & _MEASURED:
        return outcome
    tell("measures")
    measures = measure_frame(gathered.frame.frame_of(gathered.common))
    if Output.MEASURES in outputs:
        write_measures(folder / "tables", measures)
    if outputs & _FROM_QUADS:
        tell("graph.nq")
        nquads = folder / "graph.nq"
        dataset.write_dataset(
            nquads,
            sorted(runs),
            gathered.common,
            gathered.together,
            base,
            observations(measures, base),
            facts.unread,
        )
        if Output.TURTLE in outputs:
            tell("graph.ttl")
            dataset.write_turtle(nquads, folder / "graph.ttl")
        if Output.STORE in outputs:
            tell("store")
            write_store(nquads, folder / "store", former.quads)
        if Output.GRAPH not in outputs:
            nquads.unlink()
    if Output.SITE in outputs:
        tell("site")
        write_site(folder / "site", facts, [asdict(row) for row in measures.load], facts.unread)
    return outcome


def _parts(
    writer: _PartWriter, todo: Sequence[int], workers: int
) -> Iterator[tuple[Sequence[int], _Part, _Gathered]]:
    """Yield the parts of documents with their places, in any order."""
    jobs = [todo[start : start + _STRETCH] for start in range(0, len(todo), _STRETCH)]
    for job, outcome in spread(_given, (writer,), _PartWriter.write, jobs, workers, alone=1):
        if outcome is None:
            raise GazetteError(
                "a process that writes was stopped by the system (too much memory?); use fewer "
                "--workers or --outputs · 写出进程被系统终止（内存不足？），请减少进程数或输出种类"
            )
        yield jobs[job], *outcome


def _given(writer: _PartWriter) -> _PartWriter:
    """Return what a worker starts with."""
    return writer
