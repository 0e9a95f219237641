"""The embedded store: written by a build, opened read-only by whoever asks.

A folder holds the engine's files and a marker that says what wrote it, so that
a store of another version is refused with a word on how to make a new one.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.outputs import Output
from kg.query.results import Result, Term
from kg.query.syntax import syntax_message
from kg.rdf.runs import differences
from kg.rdf.vocabulary import ONTOLOGY_VERSION, PREFIXES

__all__ = ["MARKER", "EmbeddedStore", "load_store", "open_build", "open_store", "write_store"]

MARKER = "gazette-kg.json"
"""The marker file inside a store's folder."""

_FORMAT = 1
"""Raised when the layout of the folder changes."""

_IN_MEMORY = 40_000_000
"""Up to this size of graph.nq (some 130,000 quads), loading it is no slower than what
queries on disk cost more; measured by ``benchmarks/stores.py``."""

_FEW = 4
"""A store is changed where the differences are no more than the lines of N-Quads divided by this:
removing a quad takes longer than loading one."""

_LOADED_AT_ONCE = 64 << 20
"""Bytes of N-Quads that are loaded at once: the engine holds some four times as much."""


class EmbeddedStore:
    """A pyoxigraph store whose default graph is the union of all named graphs."""

    def __init__(self, store: ox.Store) -> None:
        self.engine = store

    def query(self, text: str, name: str = "query") -> Result:
        """Answer a query; prefixes of the vocabulary need not be declared."""
        try:
            answer = self.engine.query(text, prefixes=PREFIXES, use_default_graph_as_union=True)
            return _result(answer)
        except SyntaxError as error:
            raise QueryError(syntax_message(name, text, str(error))) from None
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"{name}: the query failed: {error} · 查询失败") from None


def _result(
    answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples,
) -> Result:
    if isinstance(answer, ox.QueryBoolean):
        return Result(answer=bool(answer))
    if isinstance(answer, ox.QueryTriples):
        return Result(triples=tuple(sorted({f"{triple} ." for triple in answer})))
    columns = tuple(variable.value for variable in answer.variables)
    term = _Terms().__getitem__
    return Result(columns, tuple(tuple(map(term, row)) for row in answer))


class _Terms(dict[object, Term | None]):
    """Terms by the engine's cells.

    Names, roles and offsets come again and again: each term is made once, which
    halves the time of an answer of many rows.
    """

    def __missing__(self, cell: object) -> Term | None:
        self[cell] = term = _term(cell)
        return term


def _term(term: object) -> Term | None:
    if isinstance(term, ox.NamedNode):
        return Term("uri", term.value)
    if isinstance(term, ox.Literal):
        language = term.language or ""
        return Term("literal", term.value, "" if language else term.datatype.value, language)
    if isinstance(term, ox.BlankNode):
        return Term("bnode", term.value)
    return None


def write_store(nquads: Path, folder: Path, former: tuple[Path, Path] | None = None) -> None:
    """Load an N-Quads file into a new store at ``folder``, replacing what was there.

    The new store is made beside the old one and takes its place when it is whole.

    Parameters
    ----------
    nquads
        What to load, its lines sorted by bytes.
    folder
        Where the store goes.
    former
        An N-Quads file of that kind and a store that holds it. Where most lines are
        the same, the new store shares its files and only what differs is changed;
        the former store stays as it is.
    """
    fresh = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    store = _changed(fresh, nquads, *former) if former else None
    if store is None:
        store = ox.Store(str(fresh))
        with nquads.open("rb") as lines:
            while block := lines.readlines(_LOADED_AT_ONCE):
                store.bulk_load(b"".join(block), format=ox.RdfFormat.N_QUADS, lenient=True)
    store.flush()
    marker = {"format": _FORMAT, "ontology": ONTOLOGY_VERSION, "quads": len(store)}
    del store
    (fresh / MARKER).write_text(json.dumps(marker) + "\n", encoding="utf-8")
    if folder.exists():
        old = folder.with_name(f".{folder.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        folder.rename(old)
        fresh.rename(folder)
        shutil.rmtree(old)
    else:
        fresh.rename(folder)


def _changed(fresh: Path, nquads: Path, old: Path, former: Path) -> ox.Store | None:
    """Copy a store that holds ``old`` and make it hold ``nquads``; None if too much differs."""
    found = differences(old, nquads, nquads.stat().st_size // _FEW)
    if found is None:
        return None
    removed, added = (
        ox.parse(b"".join(lines), format=ox.RdfFormat.N_QUADS, lenient=True) for lines in found
    )
    # The engine links its files, which it never changes, and copies the rest.
    ox.Store.read_only(str(former)).backup(str(fresh))
    store = ox.Store(str(fresh))
    for quad in removed:
        store.remove(quad)
    store.bulk_extend(added)
    return store


def open_store(folder: Path) -> EmbeddedStore:
    """Open a store read-only."""
    _check(folder)
    try:
        return EmbeddedStore(ox.Store.read_only(str(folder)))
    except OSError as error:
        raise StoreError(f"{folder}: the store cannot be opened ({error}); {_BUILD}") from None


_BUILD = "make it anew with `kg build` · 请用 kg build 重新生成"


def _check(folder: Path) -> None:
    """Refuse a folder that is no store of this version."""
    path = folder / MARKER
    if not path.is_file():
        raise StoreError(f"{folder}: no store here; {_BUILD}")
    try:
        marker = json.loads(path.read_text(encoding="utf-8"))
        found = (marker["format"], marker["ontology"])
    except (ValueError, KeyError, TypeError):
        raise StoreError(f"{path}: not readable as a store's marker; {_BUILD}") from None
    if found != (_FORMAT, ONTOLOGY_VERSION):
        raise StoreError(
            f"{folder}: written by another version (format {found[0]}, ontology {found[1]}; "
            f"this program reads format {_FORMAT}, ontology {ONTOLOGY_VERSION}); {_BUILD}"
        )


def load_store(nquads: Path | bytes) -> EmbeddedStore:
    """Load N-Quads into a store in memory.

    Not by ``bulk_load``, which is for the disk: here it takes a fifth longer and half as much
    memory again, and keeps what belongs together further apart, so that queries take a tenth
    longer.
    """
    store = ox.Store()
    try:
        if isinstance(nquads, bytes):
            store.load(nquads, format=ox.RdfFormat.N_QUADS)
        else:
            store.load(path=str(nquads), format=ox.RdfFormat.N_QUADS, lenient=True)
    except (OSError, SyntaxError) as error:
        raise StoreError(f"{nquads!s}: cannot be loaded ({error}); {_BUILD}") from None
    return EmbeddedStore(store)


def open_build(build: Path) -> EmbeddedStore:
    """Open what a build wrote: a small one in memory, a large one on disk."""
    nquads = build / Output.GRAPH.place
    if not build.is_dir():
        raise StoreError(f"{build}: no such folder; {_BUILD}")
    _check(build / Output.STORE.place)
    if nquads.is_file() and nquads.stat().st_size <= _IN_MEMORY:
        return load_store(nquads)
    return open_store(build / Output.STORE.place)
