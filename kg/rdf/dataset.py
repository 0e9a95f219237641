"""The whole data set as text: N-Quads for machines, Turtle for people."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from itertools import takewhile

import pyoxigraph as ox

from kg.facts import DocumentFacts
from kg.rdf.citations import citation_lines
from kg.rdf.derive import derived_lines
from kg.rdf.document import document_lines
from kg.rdf.metadata import metadata_lines
from kg.rdf.readable import readable
from kg.rdf.shared import register_lines
from kg.rdf.statistics import Statistics
from kg.rdf.vocabulary import DEFAULT_BASE, PREFIXES

__all__ = ["quads", "turtle", "turtle_of"]


def quads(
    facts: Sequence[DocumentFacts], base: str = DEFAULT_BASE, further: Iterable[str] = ()
) -> list[str]:
    """Return the data set as sorted canonical N-Quads lines, without line ends.

    ``further`` are lines that other stages add; the metadata counts them too.
    One named graph for each document, one for the register (what documents
    share), one for what is derived, one for metadata.
    """
    lines: set[str] = set()
    for document in facts:
        lines |= document_lines(document, base)
    derived = derived_lines(lines, base)
    for document in facts:
        derived |= citation_lines(document, base)
    lines |= register_lines(facts, base)
    lines |= derived
    lines.update(further)
    statistics = Statistics()
    deque(statistics.counted(sorted(line.encode() for line in lines)), maxlen=0)
    lines |= metadata_lines(statistics, facts, base)
    return sorted(lines)


def turtle(lines: Iterable[str]) -> bytes:
    """Return the union of all graphs as Turtle, with triples in the order of their text."""
    return turtle_of(line.rpartition(" <")[0] for line in lines)


def turtle_of(triples: Iterable[str]) -> bytes:
    """Write N-Triples (without their dots) as Turtle, the same bytes for the same triples."""
    text = "\n".join(f"{triple} ." for triple in sorted(set(triples)))
    written: bytes | None = ox.serialize(
        ox.parse(text.encode(), format=ox.RdfFormat.N_TRIPLES),
        format=ox.RdfFormat.TURTLE,
        prefixes=PREFIXES,
    )
    assert written is not None
    # The prefixes come in the order of a hash table that differs from run to run.
    written_lines = written.split(b"\n")
    count = sum(1 for _ in takewhile(lambda line: line.startswith(b"@prefix "), written_lines))
    written_lines[:count] = sorted(written_lines[:count])
    return b"\n".join(readable(written_lines))
