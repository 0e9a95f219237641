"""What every export starts from: a build's tables, its frame and its measures."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from kg.measures.choices import Choices
from kg.measures.compute import measure_frame
from kg.measures.frame import Frame
from kg.measures.read import read_frame, read_table, tables_folder
from kg.measures.records import Measures
from kg.measures.tables import TABLES, header, table_rows
from kg.measures.work import Work, counted_work

__all__ = ["Cells", "Source", "read_source"]


@dataclass(frozen=True, slots=True)
class Cells:
    """A table as text: its header and its rows."""

    columns: list[str]
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Source:
    """A build that is exported, under one set of choices.

    ``tables`` holds the tables of facts by name; those of the measures are
    computed, so that they follow the choices.
    """

    build: Path
    frame: Frame
    work: Work
    measures: Measures
    tables: dict[str, Cells] = field(default_factory=dict)


def read_source(build: Path, choices: Choices | None = None) -> Source:
    """Read a build folder for export."""
    folder = tables_folder(build)
    frame = read_frame(build)
    chosen = choices or Choices()
    measures = measure_frame(frame, chosen)
    tables: dict[str, Cells] = {}
    for path in sorted(folder.glob("*.csv")):
        if path.stem not in TABLES:
            rows = list(read_table(path))
            columns = list(rows[0]) if rows else _header_of(path)
            tables[path.stem] = Cells(columns, [[row[name] for name in columns] for row in rows])
    for name in TABLES:
        tables[name] = Cells(header(name), list(table_rows(name, getattr(measures, name))))
    return Source(build, frame, counted_work(frame, chosen), measures, tables)


def _header_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8-sig").splitlines()[0].split(",")
