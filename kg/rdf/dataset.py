"""The whole data set as text: N-Quads for machines, Turtle for people.

What documents say is written a stretch of documents at a time, as sorted runs;
the data set is these and what is known only of all documents, merged.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby
from pathlib import Path

import pyoxigraph as ox

from kg.common import Common
from kg.facts import DocumentFacts, Finding
from kg.rdf.citations import citation_lines
from kg.rdf.derive import derived_lines
from kg.rdf.document import document_lines
from kg.rdf.metadata import Contents, metadata_lines
from kg.rdf.readable import readable
from kg.rdf.runs import inserted, merged, write_lines, write_runs
from kg.rdf.shared import ActTitles, register_lines, shared_lines
from kg.rdf.statistics import Statistics
from kg.rdf.vocabulary import DEFAULT_BASE, PREFIXES

__all__ = ["Together", "quads", "turtle_of", "write_dataset", "write_part", "write_turtle"]


@dataclass(slots=True)
class Together:
    """What a data set says of all its documents together, but for their units."""

    titles: ActTitles = field(default_factory=ActTitles)
    contents: Contents = field(default_factory=Contents)

    def add(self, facts: DocumentFacts) -> None:
        """Add what a document says."""
        self.titles.add(facts)
        self.contents.add(facts)

    def merge(self, other: Together) -> None:
        """Add what was gathered from other documents."""
        self.titles.merge(other.titles)
        self.contents.merge(other.contents)


def write_part(path: Path, facts: Sequence[DocumentFacts], base: str) -> list[Path]:
    """Write what some documents say, and what is derived from it, as runs.

    What is derived from a notice needs that notice alone, so that documents may
    be taken together as it suits; each is in one stretch only.
    """
    lines: set[str] = set()
    for document in facts:
        lines |= document_lines(document, base)
    lines |= derived_lines(lines, base)
    for document in facts:
        lines |= citation_lines(document, base)
        lines |= shared_lines(document, base)
    return write_runs(path, lines)


def write_dataset(
    path: Path,
    runs: Sequence[Path],
    common: Common,
    together: Together,
    base: str,
    unread: Sequence[Finding] = (),
) -> None:
    """Write the data set as canonical N-Quads, sorted by bytes.

    Parameters
    ----------
    path
        The file; runs are written beside it and removed.
    runs
        From :func:`write_part`, for all documents, and those that other stages add; they
        are removed.
    common
        Units and their changes: told once, in the register's graph.
    together
        What else the documents say together.
    base
        The IRI that the data's identifiers hang from.
    unread
        Findings about files that could not be read.

    Notes
    -----
    One named graph for each document, one for the register (what documents
    share), one for what is derived, one for metadata.
    """
    shared = write_runs(
        path.with_name("register.run"), register_lines(common, together.titles, base)
    )
    body = path.with_name("body.run")
    statistics = Statistics()
    write_lines(body, statistics.counted(merged([*runs, *shared])))
    about = metadata_lines(statistics, together.contents, base, unread)
    write_lines(path, inserted(body, sorted(f"{line}\n".encode() for line in about)))
    for run in (*runs, *shared, body):
        run.unlink(missing_ok=True)


def quads(
    facts: Sequence[DocumentFacts],
    base: str = DEFAULT_BASE,
    further: Iterable[str] = (),
    unread: Sequence[Finding] = (),
) -> list[str]:
    """Return the data set as sorted lines without line ends; see :func:`write_dataset`."""
    together = Together()
    for document in facts:
        together.add(document)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "graph.nq")
        runs = write_part(path.with_name("part.run"), facts, base)
        runs += write_runs(path.with_name("further.run"), further)
        write_dataset(path, runs, Common.of(facts), together, base, unread)
        return path.read_text(encoding="utf-8").split("\n")[:-1]


def write_turtle(nquads: Path, path: Path) -> None:
    """Write the union of all graphs as Turtle, with triples in the order of their text.

    A line without its graph sorts as the line does, so that nothing is held.
    """
    with nquads.open("rb") as lines:
        triples = (line.rpartition(b" <")[0] for line in lines)
        _serialise((triple for triple, _ in groupby(triples)), path)


def turtle_of(triples: Iterable[str]) -> bytes:
    """Write N-Triples (without their dots) as Turtle, the same bytes for the same triples."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "graph.ttl")
        _serialise((triple.encode() for triple in sorted(set(triples))), path)
        return path.read_bytes()


def _serialise(triples: Iterable[bytes], path: Path) -> None:
    """Write sorted triples as Turtle."""
    lines = path.with_name(f"{path.name}.run")
    write_lines(lines, (triple + b" .\n" for triple in triples))
    written = path.with_name(f"{path.name}.written")
    with written.open("wb") as file:
        ox.serialize(
            ox.parse(path=lines, format=ox.RdfFormat.N_TRIPLES),
            file,
            format=ox.RdfFormat.TURTLE,
            prefixes=PREFIXES,
        )
    with written.open("rb") as turtle, path.open("wb") as file:
        # The prefixes come in the order of a hash table that differs from run to run.
        prefixes: list[bytes] = []
        for line in turtle:
            if not line.startswith(b"@prefix "):
                file.writelines(sorted(prefixes))
                file.writelines(readable(chain([line], turtle)))
                break
            prefixes.append(line)
    lines.unlink()
    written.unlink()
