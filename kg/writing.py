"""Writes a build from documents that come one at a time."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TypeVar

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

_REST = (Output.STORE, Output.SITE, Output.TURTLE)
"""What is written last, and can be side by side: what takes longest first."""

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
class _Document:
    """What was written of a document: how much, and where its rows are, if there are tables."""

    counts: Counts
    rows: RowsAt


@dataclass(frozen=True, slots=True)
class _Part:
    """What a worker wrote of a stretch of documents, in their order, and of all together."""

    documents: tuple[_Document, ...]
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
        rows = [RowsAt(here, ())] * len(facts)
        runs: list[Path] = []
        if Output.TABLES in self.outputs:
            rows = write_part(here, facts)
        if self.outputs & _FROM_QUADS:
            runs = dataset.write_part(here.with_suffix(".run"), facts, self.base)
        documents = (_Document(Counts.of([one]), at) for one, at in zip(facts, rows, strict=True))
        gathered = _Gathered(Counts.of(facts), Common.of(facts))
        for one in facts:
            if self.outputs & _FROM_QUADS:
                gathered.together.add(one)
            if self.outputs & _MEASURED:
                gathered.frame.document(one)
        return _Part(tuple(documents), tuple(runs)), gathered


@dataclass(frozen=True, slots=True)
class _RestWriter:
    """Writes the outputs that are made from graph.nq, or from all facts and their ``load``.

    ``former`` are the former graph.nq and the store that holds it, if they are there.
    """

    facts: Collection
    folder: Path
    load: Sequence[Mapping[str, object]]
    former: tuple[Path, Path] | None

    def write(self, output: Output) -> str:
        """Write one of them, and return where it is."""
        nquads, path = self.folder / Output.GRAPH.place, self.folder / output.place
        if output is Output.TURTLE:
            dataset.write_turtle(nquads, path)
        elif output is Output.STORE:
            write_store(nquads, path, self.former)
        else:
            write_site(path, self.facts, self.load, self.facts.unread)
        return output.place


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
    former = former or Former()
    states = facts.states()
    kept = {
        place: former.documents[state]
        for place, state in enumerate(states)
        # What is measured is gathered from all documents.
        if state in former.documents and not outputs & _MEASURED
    }
    written = {place: _Document(one.counts, former.rows(one)) for place, one in kept.items()}
    gathered = _Gathered(Counts(0, 0, 0, 0, len(facts.unread), set()), facts.common(sorted(kept)))
    for one in kept.values():
        gathered.counts.add(one.counts)
    todo = [place for place in range(len(facts)) if place not in kept]
    runs: list[Path] = []
    for places, part, found in _parts(_PartWriter(facts, folder, base, outputs), todo, workers):
        written |= zip(places, part.documents, strict=True)
        runs += part.runs
        gathered.merge(found)
        if progress:
            progress("written", gathered.counts.documents, len(facts), "")

    def tell(output: str) -> None:
        if progress:
            progress("written", len(facts), len(facts), output)

    documents: dict[str, Written] = {}
    if Output.TABLES in outputs:
        tell(Output.TABLES.place)
        ordered = [written[place] for place in range(len(facts))]
        rows = [one.rows for one in ordered]
        rows = join_tables(folder / Output.TABLES.place, rows, gathered.common, facts.unread)
        documents = {
            state: Written(one.counts, at.spans)
            for state, one, at in zip(states, ordered, rows, strict=True)
        }
        for part_folder in {written[place].rows.folder for place in todo}:
            shutil.rmtree(part_folder)
    if outputs & _MEASURED:
        tell("measures")
        frame = gathered.frame.frame_of(gathered.common)
        gathered.frame = FrameMaker()  # what it was made from is not held beside it
        measures = measure_frame(frame)
        if Output.MEASURES in outputs:
            write_measures(folder / Output.TABLES.place, measures)
        nquads = folder / Output.GRAPH.place
        if outputs & _FROM_QUADS:
            tell(nquads.name)
            further = observations(measures, base)
            common, together = gathered.common, gathered.together
            dataset.write_dataset(
                nquads, sorted(runs), common, together, base, further, facts.unread
            )
        load = [asdict(row) for row in measures.load] if Output.SITE in outputs else []
        rest = _RestWriter(facts, folder, load, former.quads)
        _write_rest(rest, outputs, workers, tell)
        if Output.GRAPH not in outputs:
            nquads.unlink(missing_ok=True)
    if not former.holds():
        raise GazetteError(
            f"{former.folder}: what stands there was changed during the build (by another one?); "
            "run the build again · 构建期间原有输出被改动（可能被另一次构建替换），请重新运行"
        )
    return Outcome(gathered.counts, documents)


def _write_rest(
    writer: _RestWriter, outputs: frozenset[Output], workers: int, tell: Callable[[str], None]
) -> None:
    """Write the outputs that wait for no other, side by side where there are many documents."""
    jobs = [output for output in _REST if output in outputs]
    alone = len(jobs) if len(writer.facts) <= _STRETCH else 1
    left = [output.place for output in jobs]
    tell(" ".join(left))
    for _, done in spread(_given, (writer,), _RestWriter.write, jobs, workers, alone, dropped=True):
        left.remove(_there(done))
        tell(" ".join(left))


def _parts(
    writer: _PartWriter, todo: Sequence[int], workers: int
) -> Iterator[tuple[Sequence[int], _Part, _Gathered]]:
    """Yield the parts of documents with their places, in any order."""
    jobs = [todo[start : start + _STRETCH] for start in range(0, len(todo), _STRETCH)]
    found = spread(_given, (writer,), _PartWriter.write, jobs, workers, alone=1, dropped=True)
    for job, outcome in found:
        yield jobs[job], *_there(outcome)


_Value = TypeVar("_Value")


def _given(writer: _Value) -> _Value:
    """Return what a worker starts with."""
    return writer


def _there(outcome: _Value | None) -> _Value:
    """Return the outcome of a job, or say that its process died of it."""
    if outcome is None:
        raise GazetteError(
            "a process that writes was stopped by the system (too much memory?); use fewer "
            "--workers or --outputs · 写出进程被系统终止（内存不足？），请减少进程数或输出种类"
        )
    return outcome
