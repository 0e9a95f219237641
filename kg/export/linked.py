"""JSON-LD and TriG of the whole graph."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeAlias

from kg.errors import InputError
from kg.outputs import Output

__all__ = ["write_jsonld", "write_trig"]

Json: TypeAlias = Any
"""A value as :mod:`json` reads it."""


def write_trig(build: Path, path: Path) -> None:
    """Write the graph as TriG with prefixes, a block a named graph."""
    from kg.rdf.vocabulary import PREFIXES

    path.write_bytes(_serialized(build, "TRIG", PREFIXES))


def write_jsonld(build: Path, path: Path) -> None:
    """Write the graph as JSON-LD, its terms shortened by a context of the prefixes."""
    from kg.rdf.vocabulary import PREFIXES

    expanded = json.loads(_serialized(build, "JSON_LD", {}))
    content = {"@context": dict(PREFIXES), "@graph": _compact(expanded, PREFIXES)}
    text = json.dumps(content, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _serialized(build: Path, form: str, prefixes: dict[str, str]) -> bytes:
    """Return the graph in another form, sorted, so that the bytes are stable."""
    import pyoxigraph as ox

    nquads = build / Output.GRAPH.place
    if not nquads.is_file():
        raise InputError(str(nquads), "no graph here; run `kg build` first · 请先运行 kg build")
    quads = ox.parse(path=str(nquads), format=ox.RdfFormat.N_QUADS)
    ordered = sorted(quads, key=lambda quad: (str(quad.graph_name), str(quad.triple)))
    content = ox.serialize(ordered, format=getattr(ox.RdfFormat, form), prefixes=prefixes)
    return bytes(content or b"")


def _compact(value: Json, prefixes: dict[str, str]) -> Json:
    """Shorten keys, classes, datatypes and ids; literals stay as they are."""
    if isinstance(value, list):
        return [_compact(one, prefixes) for one in value]
    if not isinstance(value, dict):
        return value
    compacted: dict[str, Json] = {}
    for key, one in value.items():
        if key == "@value":
            compacted[key] = one
        elif key in {"@id", "@type"}:
            texts = [_short(text, prefixes) for text in ([one] if isinstance(one, str) else one)]
            compacted[key] = texts[0] if isinstance(one, str) else texts
        else:
            compacted[_short(key, prefixes)] = _compact(one, prefixes)
    return compacted


def _short(iri: str, prefixes: dict[str, str]) -> str:
    """Write an IRI with the longest prefix that fits, if what is left is a plain name."""
    found = max(
        (item for item in prefixes.items() if iri.startswith(item[1])),
        key=lambda item: len(item[1]),
        default=None,
    )
    if found is None:
        return iri
    local = iri[len(found[1]) :]
    # "//" behind the colon would make it an absolute IRI again.
    return f"{found[0]}:{local}" if local and not local.startswith("//") else iri
