"""Why a query may have found nothing: words of it that stand nowhere in the graph.

SPARQL answers a misspelt class, a name without its language, or an endpoint that
does not look into named graphs, by no rows, as it answers a question that has no
answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from kg.query.parameters import Source
from kg.query.results import Result
from kg.rdf.terms import ref
from kg.rdf.vocabulary import PREFIXES
from kg.resources import ontology, queries

__all__ = ["found_nothing", "reasons"]

_TOKEN = re.compile(
    r"""\b(?:PREFIX\s+(?P<prefix>[\w-]*):|BASE)\s*<(?P<namespace>[^<>\s]*)>
    |\#[^\n]*
    |(?P<string>\"{3}.*?\"{3}|'{3}.*?'{3}|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')
     (?P<typed>@|\^\^)?
    |(?P<iri><[^<>\s]+>)
    |(?<![\w:?$@-])(?P<short>[A-Za-z][\w-]*):
     (?P<local>(?:[^\s(){}\[\]<>"'|/^*+?!&=;,\#@\\]|\\.)*)""",
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
_NAME = re.compile(r"(?<![\w<])[a-z]\w*:[A-Za-z]\w*")


def found_nothing(result: Result) -> bool:
    """Tell whether an answer holds nothing: no row, a false ASK, or counts of 0 alone."""
    if result.answer is not None:
        return not result.answer
    if result.triples is not None:
        return not result.triples
    return not any(cell and cell.value != "0" for row in result.rows for cell in row)


def reasons(text: str, source: Source) -> list[str]:
    """Return why a query finds nothing, as far as its words tell, a line each.

    Parameters
    ----------
    text
        A query that found nothing.
    source
        Where it was asked.
    """
    if not _holds(source, "?s ?p ?o"):
        if _holds(source, "GRAPH ?g { ?s ?p ?o }"):
            return [
                "the endpoint looks into its default graph alone, and nothing is there: make it "
                "the union of the named graphs, see docs/queries.md · "
                "端点只查默认图，而默认图是空的：请把它设为各命名图的并集"
            ]
        return ["the graph is empty · 图谱是空的"]
    names, strings = _words(text)
    return [*_unknown(names, source), *_untagged(strings, source)]


def _words(text: str) -> tuple[dict[str, str], list[str]]:
    """Return the terms of a query, by how they are written, and its plain strings."""
    prefixes = dict(PREFIXES)
    names: dict[str, str] = {}
    strings: dict[str, None] = {}
    for token in _TOKEN.finditer(text):
        if token["prefix"] is not None:
            prefixes[token["prefix"]] = token["namespace"]
        elif token["string"] and not token["typed"]:
            strings[token["string"]] = None
        elif token["iri"]:
            names[token["iri"]] = token["iri"]
        # The names of datatypes and casts are no nodes of the graph.
        elif token["local"] and token["short"] in prefixes and token["short"] != "xsd":
            local = token["local"].rstrip(".")
            iri = prefixes[token["short"]] + re.sub(r"\\(.)", r"\1", local)
            names[f"{token['short']}:{local}"] = ref(iri)
    return names, list(strings)


def _unknown(names: dict[str, str], source: Source) -> Iterator[str]:
    """Tell the terms that no triple holds, with those of the vocabulary that are near."""
    for name, term in names.items():
        places = ("{} ?p ?o", "?s {} ?o", "?s ?p {}", "GRAPH {} {{ ?s ?p ?o }}")
        triples = " UNION ".join(f"{{ {place.format(term)} }}" for place in places)
        if not _holds(source, triples):
            known = _vocabulary()
            near = [] if name in known else get_close_matches(name, sorted(known), cutoff=0.75)
            hint = f"; did you mean {', '.join(near)}?" if near else ""
            yield f"{name} stands nowhere in the graph{hint} · 图谱中没有"


def _untagged(strings: list[str], source: Source) -> Iterator[str]:
    """Tell the strings that the graph holds with their language alone."""
    for string in strings:
        tagged = f"{string}@zh"
        if _holds(source, f"?s ?p {tagged}") and not _holds(source, f"?s ?p {string}"):
            yield f"{string} stands in the graph as {tagged} · 图谱中写作 {tagged}"


def _holds(source: Source, pattern: str) -> bool:
    return bool(source.query(f"ASK {{ {pattern} }}").answer)


def _vocabulary() -> set[str]:
    """Return the terms that the ontology and the library of queries name."""
    paths = (ontology("gazette.ttl"), *queries().rglob("*.rq"))
    return {name for path in paths for name in _NAME.findall(path.read_text(encoding="utf-8"))}
