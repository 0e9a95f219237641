"""The derived graph: what the queries in ``queries/derived`` make of the facts."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg.rdf.ids import DERIVED_GRAPH
from kg.rdf.terms import iri, named, ref
from kg.resources import queries

__all__ = ["derived_lines"]

_READ = (
    "m8g:hasParticipation",
    "m8g:hasParticipant",
    "m8g:role",
    "gaz:certainty",
    "gaz:details",
)
"""What the queries read: only these statements need an engine."""


def derived_lines(lines: Iterable[str], base: str) -> set[str]:
    """Return the lines of the derived graph, made of the lines of all others."""
    predicates = frozenset(map(named, _READ))
    read = [line for line in lines if line.split(" ", 2)[1] in predicates]
    store = ox.Store()
    store.load("\n".join(read).encode(), format=ox.RdfFormat.N_QUADS)
    tail = f"{ref(iri(base, DERIVED_GRAPH))} ."
    derived: set[str] = set()
    for path in sorted((queries() / "derived").glob("*.rq")):
        query = path.read_text(encoding="utf-8")
        triples = store.query(query, use_default_graph_as_union=True)
        assert isinstance(triples, ox.QueryTriples)
        derived.update(f"{made.subject} {made.predicate} {made.object} {tail}" for made in triples)
    return derived
