"""Writes a build from documents that come one at a time."""

from __future__ import annotations

import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from kg.building.collection import Collection
from kg.building.former import Former, Written
from kg.building.measuring import Measured, MeasureWriter, put_down, put_down_units
from kg.building.table_files import RowsAt, join_tables, write_part
from kg.building.volumes import Library, VolumeWriter, library_of
from kg.common import Common
from kg.errors import GazetteError
from kg.outputs import FROM_QUADS, MEASURED, Counts, Output
from kg.pages.front import VolumeEntry, write_front
from kg.pages.site import write_site
from kg.rdf import dataset
from kg.store import write_store
from kg.workers import aside, outcome_of, spread

__all__ = ["Outcome", "write"]

_REST = (Output.STORE, Output.SITE, Output.TURTLE)
"""What is written last, and can be side by side: what takes longest first."""

_STRETCH = 16
"""Documents that a worker holds and writes at once."""


@dataclass(slots=True)
class _Gathered:
    """What must be known of all documents at once."""

    counts: Counts
    common: Common = field(default_factory=Common)
    together: dataset.Together = field(default_factory=dataset.Together)

    def merge(self, other: _Gathered) -> None:
        """Add what was gathered from other documents."""
        self.counts.add(other.counts)
        self.common.merge(other.common)
        self.together.merge(other.together)


@dataclass(frozen=True, slots=True)
class _Document:
    """What was written of a document: how much, and where its rows are, if there are tables."""

    counts: Counts
    rows: RowsAt


@dataclass(frozen=True, slots=True)
class _Part:
    """What a worker wrote of a stretch of documents, in their order, and of all together.

    ``frames`` is what is measured in them, if anything is.
    """

    documents: tuple[_Document, ...]
    runs: tuple[Path, ...]
    frames: tuple[Path, ...]


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
        if self.outputs & FROM_QUADS:
            runs = dataset.write_part(here.with_suffix(".run"), facts, self.base)
        documents = (_Document(Counts.of([one]), at) for one, at in zip(facts, rows, strict=True))
        gathered = _Gathered(Counts.of(facts), Common.of(facts))
        if self.outputs & FROM_QUADS:
            for one in facts:
                gathered.together.add(one)
        frames: list[Path] = []
        if self.outputs & MEASURED:
            frames.append(put_down(here.with_suffix(".frame"), facts))
        return _Part(tuple(documents), tuple(runs), tuple(frames)), gathered


@dataclass(frozen=True, slots=True)
class _Rest:
    """What waits for nothing but graph.nq and the measures: an output, or a volume of the site.

    ``load`` are the measures of the units that the site, or its volume, has pages of.
    """

    output: Output
    volume: int | None = None
    load: Sequence[Mapping[str, object]] = ()


@dataclass(frozen=True, slots=True)
class _RestWriter:
    """Writes the outputs that are made from graph.nq, or from all facts.

    ``former`` are the former graph.nq and the store that holds it, if they are there.
    """

    library: Library
    folder: Path
    former: tuple[Path, Path] | None

    def write(self, rest: _Rest) -> list[VolumeEntry]:
        """Write one of them; of a volume, return what the first page tells of it."""
        nquads, path = self.folder / Output.GRAPH.place, self.folder / rest.output.place
        if rest.volume is not None:
            return [VolumeWriter(self.library, path).write(rest.volume, rest.load)]
        if rest.output is Output.TURTLE:
            dataset.write_turtle(nquads, path)
        elif rest.output is Output.STORE:
            write_store(nquads, path, self.former)
        else:
            facts = self.library.documents
            write_site(path, facts, rest.load, facts.unread)
        return []


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
    writer = _Writer(facts, folder, base, outputs, workers, progress, former or Former())
    return writer.write()


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes a build: what each document adds to it, then what is made of all; see :func:`write`."""

    facts: Collection
    folder: Path
    base: str
    outputs: frozenset[Output]
    workers: int
    progress: Callable[[str, int, int, str], None] | None
    former: Former

    def write(self) -> Outcome:
        """Write everything."""
        states = self.facts.states()
        # What is measured is gathered from all documents.
        former = {} if self.outputs & MEASURED else self.former.documents
        kept = {place: former[state] for place, state in enumerate(states) if state in former}
        todo = [place for place in range(len(states)) if place not in kept]
        gathered = _Gathered(
            Counts(0, 0, 0, 0, len(self.facts.unread), set()), self.facts.common(sorted(kept))
        )
        written: dict[int, _Document] = {}
        for place, one in kept.items():
            gathered.counts.add(one.counts)
            written[place] = _Document(one.counts, self.former.rows(one))
        runs: list[Path] = []
        frames: list[Path] = []
        for places, part, found in self._parts(todo):
            written |= zip(places, part.documents, strict=True)
            runs += part.runs
            frames += part.frames
            gathered.merge(found)
            self._tell("", gathered.counts.documents)
        documents = [written[place] for place in range(len(states))]
        outcome = Outcome(gathered.counts, {})
        with self._measured(gathered.common, sorted(frames)) as measured:
            if Output.TABLES in self.outputs:
                rows = self._write_tables(documents, gathered.common)
                for state, document, at in zip(states, documents, rows, strict=True):
                    outcome.documents[state] = Written(document.counts, at.spans)
                for part_folder in {written[place].rows.folder for place in todo}:
                    shutil.rmtree(part_folder)
            if self.outputs & MEASURED:
                self._tell("measures")
                self._write_last(gathered, outcome_of(measured()), sorted(runs))
        if not self.former.holds():
            raise GazetteError(
                f"{self.former.folder}: what stands there was changed during the build (by another "
                "one?); run the build again · "
                "构建期间原有输出被改动（可能被另一次构建替换），请重新运行"
            )
        return outcome

    def _path(self, output: Output) -> Path:
        return self.folder / output.place

    def _tell(self, output: str, documents: int | None = None) -> None:
        """Tell which output is next, or how many documents are written."""
        if self.progress:
            done = len(self.facts) if documents is None else documents
            self.progress("written", done, len(self.facts), output)

    def _parts(self, todo: Sequence[int]) -> Iterator[tuple[Sequence[int], _Part, _Gathered]]:
        """Write the parts of documents, and yield them with their places, in any order."""
        writer = _PartWriter(self.facts, self.folder, self.base, self.outputs)
        jobs = [todo[start : start + _STRETCH] for start in range(0, len(todo), _STRETCH)]
        found = spread(
            _given, (writer,), _PartWriter.write, jobs, self.workers, alone=1, dropped=True
        )
        for job, outcome in found:
            yield jobs[job], *outcome_of(outcome)

    def _write_tables(self, documents: Sequence[_Document], common: Common) -> list[RowsAt]:
        """Put the tables together, and return where the rows of each document stand there."""
        self._tell(Output.TABLES.place)
        rows = [one.rows for one in documents]
        return join_tables(self._path(Output.TABLES), rows, common, self.facts.unread)

    @contextmanager
    def _measured(
        self, common: Common, frames: Sequence[Path]
    ) -> Iterator[Callable[[], Measured | None]]:
        """Measure beside what this process does, where documents are many."""
        if self.outputs & MEASURED:
            frames = [*frames, put_down_units(self.folder / "units.frame", common)]
        apart = bool(self.outputs & MEASURED) and self._many() and self.workers != 1
        writer = MeasureWriter(tuple(frames), self.folder, self.base, self.outputs, apart)
        with aside(MeasureWriter.write, (writer,), apart) as measured:
            yield measured

    def _write_last(self, gathered: _Gathered, measured: Measured, runs: Sequence[Path]) -> None:
        """Write what the measures are part of."""
        if self.outputs & FROM_QUADS:
            self._tell(Output.GRAPH.place)
            dataset.write_dataset(
                self._path(Output.GRAPH),
                [*runs, *measured.runs],
                gathered.common,
                gathered.together,
                self.base,
                self.facts.unread,
            )
        self._write_rest(measured.load)
        if Output.GRAPH not in self.outputs:
            self._path(Output.GRAPH).unlink(missing_ok=True)

    def _many(self) -> bool:
        """Tell whether documents are so many that processes of their own pay."""
        return len(self.facts) > _STRETCH

    def _write_rest(self, load: Sequence[Mapping[str, object]]) -> None:
        """Write the outputs that wait for no other, side by side where there are many documents."""
        site = Output.SITE in self.outputs
        library = library_of(self.facts) if site else Library(self.facts, (), {})
        writer = _RestWriter(library, self.folder, self.former.quads)
        jobs = [
            rest
            for output in _REST
            if output in self.outputs
            for rest in (_site(library, load) if output is Output.SITE else [_Rest(output)])
        ]
        left = Counter(job.output.place for job in jobs)
        self._tell_left(left)
        found = spread(
            _given,
            (writer,),
            _RestWriter.write,
            jobs,
            self.workers,
            1 if self._many() else len(jobs),
            dropped=True,
        )
        volumes: list[VolumeEntry] = []
        for place, done in found:
            volumes += outcome_of(done)
            left[jobs[place].output.place] -= 1
            self._tell_left(left)
        if volumes:
            path = self._path(Output.SITE)
            write_front(path, volumes, library.units, load, self.facts.unread)

    def _tell_left(self, left: Mapping[str, int]) -> None:
        """Tell which outputs are still to be written, and how many volumes."""
        names = (
            (place, f" ×{count}" if count > 1 else "") for place, count in left.items() if count
        )
        self._tell(" ".join(place + times for place, times in names))


def _site(library: Library, load: Sequence[Mapping[str, object]]) -> list[_Rest]:
    """Return what is to be written of the site: all of it, or its volumes one by one."""
    if len(library.volumes) < 2:
        return [_Rest(Output.SITE, None, load)]
    rows: dict[int, list[Mapping[str, object]]] = defaultdict(list)
    for row in load:
        for link in library.units[str(row["unit"])].pages:
            rows[link.number].append(row)
    return [_Rest(Output.SITE, one.number, rows[one.number]) for one in library.volumes]


_Value = TypeVar("_Value")


def _given(writer: _Value) -> _Value:
    """Return what a worker starts with."""
    return writer
