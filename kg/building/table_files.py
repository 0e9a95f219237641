"""The files of a build's tables: CSV for researchers to open.

UTF-8, line feeds, a header, rows in the order of the texts. The rows of a document
stand together, so that they can be taken, as they are, from another file.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kg.common import Common
from kg.facts import DocumentFacts, Finding
from kg.tables import COLUMNS, DOCUMENT_TABLES, Row, document_rows, shared_rows

__all__ = ["RowsAt", "join_tables", "table_file", "write_part", "write_tables"]

_BLOCK = 1 << 18
"""Bytes that are copied at once: so few stay in a processor's cache."""


@dataclass(frozen=True, slots=True)
class RowsAt:
    """Where the rows of a document stand.

    ``folder`` holds a file for each table; ``spans`` gives the first byte and the one
    behind the last, for each of :data:`~kg.tables.DOCUMENT_TABLES`.
    """

    folder: Path
    spans: tuple[tuple[int, int], ...]


def table_file(folder: Path, name: str) -> Path:
    """Return where a table stands in a folder."""
    return folder / f"{name}.csv"


def write_tables(
    folder: Path, facts: Sequence[DocumentFacts], unread: Sequence[Finding] = ()
) -> None:
    """Write every table of the facts into ``folder``, which is made if need be.

    ``unread`` are findings about files that could not be read.
    """
    part = folder / ".part"
    ordered = sorted(facts, key=lambda one: one.document.name + one.document.id)
    join_tables(folder, write_part(part, ordered), Common.of(facts), unread)
    shutil.rmtree(part)


def write_part(folder: Path, facts: Iterable[DocumentFacts]) -> list[RowsAt]:
    """Write the rows of some documents, without headers, for :func:`join_tables`."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [io.BytesIO() for _ in DOCUMENT_TABLES]
    written: list[RowsAt] = []
    for one in facts:
        spans: list[tuple[int, int]] = []
        for file, rows in zip(files, document_rows(one), strict=True):
            start = file.tell()
            file.write(_csv(rows))
            spans.append((start, file.tell()))
        written.append(RowsAt(folder, tuple(spans)))
    for name, file in zip(DOCUMENT_TABLES, files, strict=True):
        table_file(folder, name).write_bytes(file.getbuffer())
    return written


def join_tables(
    folder: Path, documents: Sequence[RowsAt], common: Common, unread: Sequence[Finding] = ()
) -> list[RowsAt]:
    """Put tables together from rows that stand in files, and from what documents share.

    Parameters
    ----------
    folder
        Where the tables go.
    documents
        Where the rows of each document stand, in the order of the documents' names.
    common
        What the documents have in common, told once for all of them.
    unread
        Findings about files that could not be read.

    Returns
    -------
    list of RowsAt
        Where the documents' rows stand now.
    """
    folder.mkdir(parents=True, exist_ok=True)
    columns: list[list[tuple[int, int]]] = []
    for name, header in COLUMNS.items():
        with table_file(folder, name).open("wb") as file:
            file.write(_csv([tuple(header.split(",")), *shared_rows(name, common, unread)]))
            if name in DOCUMENT_TABLES:
                place = DOCUMENT_TABLES.index(name)
                pieces = [(table_file(at.folder, name), *at.spans[place]) for at in documents]
                columns.append(_places(file.tell(), pieces))
                for path, start, end in _runs(pieces):
                    _copy(path, start, end, file)
    return [RowsAt(folder, spans) for spans in zip(*columns, strict=True)]


_Piece = tuple[Path, int, int]


def _places(start: int, pieces: Iterable[_Piece]) -> list[tuple[int, int]]:
    """Return where pieces stand that follow each other from ``start``."""
    places: list[tuple[int, int]] = []
    for _, first, last in pieces:
        places.append((start, start + last - first))
        start = places[-1][1]
    return places


def _runs(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """Yield pieces, those that follow each other in one file as one."""
    run: _Piece | None = None
    for path, start, end in pieces:
        if run is not None and run[0] == path and run[2] == start:
            run = (path, run[1], end)
            continue
        if run is not None:
            yield run
        run = (path, start, end)
    if run is not None:
        yield run


def _copy(path: Path, start: int, end: int, target: BinaryIO) -> None:
    """Add the bytes of a file from ``start`` to ``end`` to another file."""
    with path.open("rb") as file:
        file.seek(start)
        while start < end:
            block = file.read(min(_BLOCK, end - start))
            if not block:
                raise OSError(f"{path} is shorter than it was")
            target.write(block)
            start += len(block)


def _csv(rows: Iterable[Row]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8")
