"""What files said when they were last read, kept so that unchanged files are not read again.

An entry is a file named by the hash of all that the reading depends on: the
file's bytes and shown name, the registers, and the program itself. Its head, of
four lines, is enough where the file has not changed: the hash of the other three,
the hash of what follows, and in JSON what the collection must know of the file
(:class:`~kg.building.collection.Reading`) and what it describes as others do
(:class:`~kg.common.Described`). All that the file says follows, in JSON. A damaged
or foreign entry counts as missing.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from kg.building.collection import Reading, reading_of
from kg.common import Described
from kg.errors import GazetteError
from kg.facts import Change, DocumentFacts, Unit

__all__ = ["FactsCache"]

_ENDING = ".jsonl"


@dataclass(frozen=True, slots=True)
class _DescribedParts:
    """What :class:`~kg.common.Described` holds, each part as it was written."""

    units: list[msgspec.Raw]
    versions: list[msgspec.Raw]
    changes: list[msgspec.Raw]


_encode = msgspec.json.Encoder().encode
_facts = msgspec.json.Decoder(DocumentFacts)
_reading = msgspec.json.Decoder(Reading)
_parts = msgspec.json.Decoder(_DescribedParts)
_unit = msgspec.json.Decoder(Unit)
_change = msgspec.json.Decoder(Change)


class FactsCache:
    """A folder of what files said.

    Parameters
    ----------
    folder
        Where the entries stand; it is made when the first is written.
    registers
        The register files that names are resolved with.
    """

    def __init__(self, folder: Path, registers: Iterable[Path]) -> None:
        self.folder = folder
        state = hashlib.sha256(_program())
        for path in registers:
            state.update(hashlib.sha256(path.read_bytes()).digest() if path.is_file() else b"?")
        self._state = state.digest()

    @property
    def record(self) -> Path:
        """Where the record of the build is kept that was made from these entries."""
        return self.folder / "build.json"

    def key(self, path: Path, name: str) -> str:
        """Return the name of a file's entry.

        Raises
        ------
        OSError
            The file cannot be read.
        """
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").digest()
        return hashlib.sha256(self._state + content + name.encode("utf-8", "replace")).hexdigest()

    def size(self, keys: Iterable[str]) -> int:
        """Return how many bytes the entries have that are there."""
        paths = (self._path(key) for key in keys)
        return sum(path.stat().st_size for path in paths if path.is_file())

    def reading(self, key: str) -> Reading | None:
        """Return what is known of a file, or nothing if it has not been read before."""
        try:
            return _reading.decode(self._head(key)[1])
        except (OSError, ValueError):
            return None

    def described(self, keys: Iterable[str]) -> Iterator[Described | None]:
        """Yield what files describe, but for what is described before in the same words.

        None stands for a file that has not been read before, or whose entry is damaged.
        """
        known: tuple[set[bytes], ...] = (set(), set(), set())

        def new(parts: list[msgspec.Raw], place: int) -> set[bytes]:
            fresh = set(map(bytes, parts)) - known[place]
            known[place].update(fresh)
            return fresh

        for key in keys:
            try:
                parts = _parts.decode(self._head(key)[2])
                yield Described(
                    tuple(map(_unit.decode, new(parts.units, 0))),
                    tuple(map(_unit.decode, new(parts.versions, 1))),
                    tuple(map(_change.decode, new(parts.changes, 2))),
                )
            except (OSError, ValueError):
                yield None

    def get(self, key: str) -> DocumentFacts | None:
        """Return what the file said, or nothing if it has not been read before.

        An entry whose facts are damaged is removed, so that its file is read again
        by the next build.
        """
        try:
            _, told, _, _, facts = self._path(key).read_bytes().split(b"\n", 4)
            if told == _digest(facts):
                return _facts.decode(facts)
        except (OSError, ValueError):
            pass
        self._path(key).unlink(missing_ok=True)
        return None

    def _head(self, key: str) -> list[bytes]:
        """Return the lines of an entry's head, without their hash.

        Raises
        ------
        OSError, ValueError
            There is no such entry, or it is damaged.
        """
        with self._path(key).open("rb") as file:
            told, *head = (file.readline() for _ in range(4))
        if told.rstrip(b"\n") != _digest(b"".join(head)):
            raise ValueError(key)
        return head

    def put(self, key: str, facts: DocumentFacts) -> Reading:
        """Keep what a file said; the entry appears whole or not at all.

        Raises
        ------
        GazetteError
            The folder cannot be written to (the disk is full).
        """
        reading = reading_of(facts, key)
        said = _encode(facts)
        rest = (_digest(said), _encode(reading), _encode(Described.of(facts)))
        head = b"".join(line + b"\n" for line in rest)
        fresh = self.folder / f".{key}.{os.getpid()}.new"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(b"".join((_digest(head), b"\n", head, said)))
            fresh.replace(self._path(key))
        except OSError as error:
            raise GazetteError(
                f"{self.folder}: cannot be written: {error.strerror} · 无法写入"
            ) from None
        return reading

    def prune(self, used: Iterable[str]) -> None:
        """Remove all entries but those under the keys of ``used``."""
        kept = {f"{key}{_ENDING}" for key in used}
        for path in self.folder.glob("*"):
            if path.name not in kept:
                path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}{_ENDING}"


def _digest(data: bytes) -> bytes:
    """Return the hash that an entry begins with."""
    return hashlib.sha256(data).hexdigest().encode()


@cache
def _program() -> bytes:
    """Return a hash of the program's own source: other rules read otherwise."""
    state = hashlib.sha256()
    package = Path(__file__).resolve().parents[1]
    for path in sorted(package.rglob("*.py")):
        state.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    return state.digest()
