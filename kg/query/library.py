"""The library: a file a query, each with a header that says what it answers.

A header is YAML behind ``#+``, as grlc reads it: ``summary`` and ``description``
(with ``_en`` beside them), ``tags``, ``parameters`` and ``columns``; the checks of
validation have a ``severity`` too. A parameter
``unit`` is the variable ``?unit`` of the block ``VALUES ?unit { … }``, which holds
its default; ``UNDEF`` there means: any.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from kg.errors import QueryError
from kg.resources import queries

__all__ = ["NamedQuery", "Parameter", "find_query", "list_queries", "read_query"]

_HEADER = re.compile(r"^#\+ ?(.*)$", re.MULTILINE)
_ENTRY = re.compile(r"^( *)([\w-]+):\s*(.*?)\s*$")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that the caller may bind; ``default`` is as it stands in the file.

    A query of which a parameter is ``required`` has nothing to tell without it.
    """

    name: str
    type: str
    default: str
    summary: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """One query of the library, or of a user's file (then the header may be missing)."""

    name: str
    text: str
    summary: str = ""
    summary_en: str = ""
    description: str = ""
    description_en: str = ""
    tags: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    severity: str = ""


def list_queries(folder: Path | None = None) -> list[NamedQuery]:
    """Return every query of the library, sorted by name."""
    return [read_query(path) for path in sorted((folder or queries()).glob("*.rq"))]


def find_query(name: str) -> NamedQuery:
    """Return a query of the library; an unknown name lists the nearest."""
    path = queries() / f"{name}.rq"
    if re.fullmatch(r"[\w-]+", name) and path.is_file():
        return read_query(path)
    if re.search(r"[\s{}]", name):
        raise QueryError(
            "a query of your own goes into a file: --file F.rq, or --file - to read it from "
            "the standard input · 自己的查询请用 --file"
        )
    known = sorted(path.stem for path in queries().glob("*.rq"))
    near = get_close_matches(name, known, n=3, cutoff=0.4)
    near += [other for other in known if name and name in other and other not in near]
    hint = f"did you mean {', '.join(near)}?" if near else "`kg query` lists all"
    raise QueryError(f"no query is named {name!r}; {hint} · 没有这个查询")


def _standard_input() -> str:
    return sys.stdin.buffer.read().decode("utf-8-sig")


def read_query(path: Path) -> NamedQuery:
    """Read a query with its header from a file, or from the standard input (``-``)."""
    try:
        text = path.read_text(encoding="utf-8-sig") if str(path) != "-" else _standard_input()
    except FileNotFoundError:
        raise QueryError(f"{path}: no such file · 文件不存在") from None
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path}: cannot be read as UTF-8 text ({error}) · 无法读取") from None
    header = _parse(_HEADER.findall(text))
    parameters, columns = _children(header, "parameters"), _children(header, "columns")
    return NamedQuery(
        name=path.stem,
        text=text,
        summary=_words(header, "summary"),
        summary_en=_words(header, "summary_en"),
        description=_words(header, "description"),
        description_en=_words(header, "description_en"),
        tags=tuple(tag.strip() for tag in _words(header, "tags").strip("[]").split(",") if tag),
        parameters=tuple(
            Parameter(
                name,
                _words(entry, "type"),
                _words(entry, "default"),
                _words(entry, "summary"),
                _words(entry, "required") == "true",
            )
            for name, entry in parameters.items()
            if isinstance(entry, dict)
        ),
        columns=tuple((name, str(words)) for name, words in columns.items()),
        severity=_words(header, "severity"),
    )


_Header = dict[str, "str | _Header"]


def _parse(lines: list[str]) -> _Header:
    """Read nested ``key: words`` lines, the part of YAML that headers use."""
    top: _Header = {}
    open_entries: list[tuple[int, _Header]] = [(-1, top)]
    for line in lines:
        match = _ENTRY.match(line)
        if match is None:
            continue
        depth, key, words = len(match[1]), match[2], match[3]
        while open_entries[-1][0] >= depth:
            open_entries.pop()
        parent = open_entries[-1][1]
        if words:
            parent[key] = words[1:-1] if words[0] == words[-1] == "'" else words
        else:
            child: _Header = {}
            parent[key] = child
            open_entries.append((depth, child))
    return top


def _words(header: _Header, key: str) -> str:
    value = header.get(key, "")
    return value if isinstance(value, str) else ""


def _children(header: _Header, key: str) -> _Header:
    value = header.get(key, {})
    return value if isinstance(value, dict) else {}
