"""The measures of a build: of frames of documents that were put down one after the other.

Workers put down a frame of the documents that they write. Where documents are many,
one process puts these together and measures them, so that no process holds both what a
collection must know and the columns of all tasks.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.common import Common
from kg.facts import DocumentFacts
from kg.measures import measure_frame, write_measures
from kg.measures.cube import observations
from kg.measures.making import FrameMaker
from kg.outputs import FROM_QUADS, Output
from kg.rdf.runs import write_runs

__all__ = ["MeasureWriter", "Measured", "put_down", "put_down_units"]


def put_down(path: Path, facts: Sequence[DocumentFacts]) -> Path:
    """Write the frame of some documents, of their units the ids alone, and return where it is."""
    maker = FrameMaker()
    for one in facts:
        maker.document(one)
    return _put_down(path, maker)


def put_down_units(path: Path, common: Common) -> Path:
    """Write what all documents say of their units as a frame, and return where it is."""
    maker = FrameMaker()
    maker.common(common)
    return _put_down(path, maker)


def _put_down(path: Path, maker: FrameMaker) -> Path:
    path.write_bytes(pickle.dumps(maker.frame(), pickle.HIGHEST_PROTOCOL))
    return path


@dataclass(frozen=True, slots=True)
class Measured:
    """What is made of the measures: runs for graph.nq, and the rows of load for the pages."""

    runs: tuple[Path, ...]
    load: Sequence[Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class MeasureWriter:
    """Measures frames, and writes the outputs that hold the measures and nothing else.

    ``apart`` tells whether a part of them may be computed in one more process.
    """

    frames: tuple[Path, ...]
    folder: Path
    base: str
    outputs: frozenset[Output]
    apart: bool

    def write(self) -> Measured:
        """Write the tables of the measures, and what the graph says of them; remove the frames."""
        maker = FrameMaker()
        for path in self.frames:
            maker.add(pickle.loads(path.read_bytes()))
            path.unlink()
        frame = maker.frame()
        del maker
        measures = measure_frame(frame, apart=self.apart)
        if Output.MEASURES in self.outputs:
            write_measures(self.folder / Output.MEASURES.place, measures)
        runs = []
        if self.outputs & FROM_QUADS:
            runs = write_runs(self.folder / "measures.run", observations(measures, self.base))
        load = [asdict(row) for row in measures.load] if Output.SITE in self.outputs else []
        return Measured(tuple(runs), load)
