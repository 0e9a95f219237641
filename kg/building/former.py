"""What a build wrote of each document, so that the next build takes over what still holds.

The record of it stands beside the readings (:mod:`kg.building.cache`), not in the build: builds of
the same files are the same bytes. It names each file with what the system tells of
it, so that a file that anybody has changed or replaced is not taken for the one
that was written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from kg.building.table_files import RowsAt, table_file
from kg.outputs import Counts, Output
from kg.store import MARKER
from kg.tables import DOCUMENT_TABLES

__all__ = ["Former", "Written", "former_build", "keep_record"]

_TABLES, _GRAPH, _STORE = Output.TABLES.place, Output.GRAPH.place, Output.STORE.place
_ROWS = frozenset(table_file(Path(_TABLES), name).as_posix() for name in DOCUMENT_TABLES)
_QUADS = frozenset({_GRAPH, f"{_STORE}/{MARKER}"})


@dataclass(frozen=True, slots=True)
class Written:
    """What was written of a document: how much it is, and where its rows stand."""

    counts: Counts
    spans: tuple[tuple[int, int], ...]


Identity = tuple[int, int, int, int]
"""Inode, size, and the times (in ns) of the last change of a file's bytes and of the file."""


@dataclass(frozen=True, slots=True)
class _Record:
    files: dict[str, Identity]
    documents: dict[str, Written]


_record = msgspec.json.Decoder(_Record)


@dataclass(frozen=True, slots=True)
class Former:
    """The build that stood there before, as far as it is as it was written.

    ``documents`` tells what was written of documents, by their states
    (:meth:`kg.building.collection.Collection.states`); it is empty if the tables were
    changed. ``quads`` are graph.nq and the store that holds the same; None if either
    was changed. ``files`` are those that this was told from.
    """

    folder: Path = Path()
    documents: Mapping[str, Written] = field(default_factory=dict)
    quads: tuple[Path, Path] | None = None
    files: Mapping[str, Identity] = field(default_factory=dict)

    def holds(self) -> bool:
        """Tell whether it still stands there: another build may have taken its place."""
        return all(_found(self.folder / name) == found for name, found in self.files.items())

    def rows(self, written: Written) -> RowsAt:
        """Return where the rows of a document stand."""
        return RowsAt(self.folder / _TABLES, written.spans)


def former_build(folder: Path, path: Path) -> Former:
    """Return what stands in a build folder and is as the record at ``path`` says.

    Without a readable record that is nothing.
    """
    try:
        record = _record.decode(path.read_bytes())
    except (OSError, ValueError):
        return Former()

    files = {name: found for name, found in record.files.items() if _found(folder / name) == found}
    return Former(
        folder,
        record.documents if files.keys() >= _ROWS else {},
        (folder / _GRAPH, folder / _STORE) if files.keys() >= _QUADS else None,
        files,
    )


def keep_record(folder: Path, documents: Mapping[str, Written], path: Path) -> None:
    """Write the record of a build for :func:`former_build`; it appears whole or not at all.

    Where the disk is full there is none, and the next build takes over nothing.
    """
    files = {name: found for name in _ROWS | _QUADS if (found := _found(folder / name))}
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.write_bytes(msgspec.json.encode(_Record(files, dict(documents))))
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)


def _found(path: Path) -> Identity | None:
    """Return what the system tells of a file, or nothing if it is not there."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
