"""The service description: what this endpoint is and can do.

https://www.w3.org/TR/sparql11-service-description/
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from kg.rdf.vocabulary import PREFIXES, expand
from kg.serve.formats import GRAPHS

__all__ = ["serialize"]

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULT_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)


def serialize(address: str, graphs: Sequence[str], media_type: str) -> bytes:
    """Return the description of the service at ``address`` in a format."""
    body = ox.serialize(
        _triples(address, graphs), format=GRAPHS[media_type], prefixes={**PREFIXES, "sd": _SD}
    )
    assert body is not None
    return body


def _triples(address: str, graphs: Sequence[str]) -> Iterator[ox.Triple]:
    service, a = ox.NamedNode(address), _name("rdf:type")
    dataset, default = ox.BlankNode("dataset"), ox.BlankNode("default")
    yield ox.Triple(service, a, _sd("Service"))
    yield ox.Triple(service, _sd("endpoint"), service)
    yield ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    for name in _RESULT_FORMATS:
        yield ox.Triple(service, _sd("resultFormat"), ox.NamedNode(_FORMATS + name))
    yield ox.Triple(service, _sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, a, _sd("Dataset"))
    yield ox.Triple(dataset, _sd("defaultGraph"), default)
    yield ox.Triple(default, a, _sd("Graph"))
    for number, graph in enumerate(graphs):
        node = ox.BlankNode(f"graph{number}")
        yield ox.Triple(dataset, _sd("namedGraph"), node)
        yield ox.Triple(node, a, _sd("NamedGraph"))
        yield ox.Triple(node, _sd("name"), ox.NamedNode(graph))


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)


def _name(name: str) -> ox.NamedNode:
    return ox.NamedNode(expand(name))
