"""What files said when they were last read, kept so that unchanged files are not read again.

An entry is a JSON file named by the hash of all that the reading depends on: the
file's bytes and shown name, the registers, and the program itself. A damaged or
foreign entry counts as missing.
"""

from __future__ import annotations

import hashlib
import json
import types
import typing
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from kg.facts import DocumentFacts

__all__ = ["FactsCache"]


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
        self._folder = folder
        self._used: set[str] = set()
        state = hashlib.sha256(_program())
        for path in registers:
            state.update(hashlib.sha256(path.read_bytes()).digest() if path.is_file() else b"?")
        self._state = state.digest()

    def key(self, path: Path, name: str) -> str:
        """Return the name of a file's entry.

        Raises
        ------
        OSError
            The file cannot be read.
        """
        content = hashlib.sha256(path.read_bytes()).digest()
        return hashlib.sha256(self._state + content + name.encode("utf-8", "replace")).hexdigest()

    def get(self, key: str) -> DocumentFacts | None:
        """Return what the file said, or nothing if it has not been read before."""
        self._used.add(key)
        try:
            text = (self._folder / f"{key}.json").read_text(encoding="utf-8")
            facts = _decoded(json.loads(text), DocumentFacts)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return facts if isinstance(facts, DocumentFacts) else None

    def put(self, key: str, facts: DocumentFacts) -> None:
        """Keep what a file said; the entry appears whole or not at all."""
        self._folder.mkdir(parents=True, exist_ok=True)
        fresh = self._folder / f".{key}.new"
        text = json.dumps(_encoded(facts), ensure_ascii=False, separators=(",", ":"))
        fresh.write_text(text, encoding="utf-8", newline="\n")
        fresh.rename(self._folder / f"{key}.json")

    def prune(self) -> None:
        """Remove the entries that no file of this build has asked for."""
        for path in self._folder.glob("*.json"):
            if path.stem not in self._used:
                path.unlink(missing_ok=True)


@cache
def _program() -> bytes:
    """Return a hash of the program's own source: other rules read otherwise."""
    state = hashlib.sha256()
    package = Path(__file__).resolve().parent
    for path in sorted(package.rglob("*.py")):
        state.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    return state.digest()


def _encoded(value: object) -> object:
    """Turn dataclasses into lists of their fields' values, tuples into lists."""
    if is_dataclass(value):
        return [_encoded(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_encoded(item) for item in value]
    return value


@cache
def _hints(kind: type) -> tuple[Any, ...]:
    hints = typing.get_type_hints(kind)
    return tuple(hints[field.name] for field in fields(kind))


def _decoded(value: Any, kind: Any) -> Any:  # noqa: ANN401 - JSON
    """Turn what :func:`_encoded` has made back into a value of ``kind``."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        others = [argument for argument in arguments if argument is not type(None)]
        return None if value is None else _decoded(value, others[0])
    if origin is tuple:
        return tuple(_decoded(item, arguments[0]) for item in value)
    if is_dataclass(kind):
        hints = _hints(typing.cast(type, kind))
        if len(value) != len(hints):
            raise ValueError(f"{kind} has other fields")
        return kind(*(_decoded(v, hint) for v, hint in zip(value, hints, strict=True)))  # type: ignore[operator]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if not isinstance(value, kind):
        raise TypeError(f"{kind} expected")
    return value
