"""The metadata graph: what the data set is, what it holds, what it was made of.

No clock time and no path of this machine: the same input gives the same bytes.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from kg.facts import DocumentFacts, Finding
from kg.query.library import list_queries
from kg.rdf.document import write_finding
from kg.rdf.graph import GraphWriter
from kg.rdf.ids import (
    DERIVED_GRAPH,
    METADATA_GRAPH,
    REGISTER_GRAPH,
    document_graph,
    document_id,
)
from kg.rdf.terms import named, number_literal, ref
from kg.rdf.vocabulary import ONTOLOGY_VERSION, PREFIXES

__all__ = ["Statistics", "metadata_lines"]

_DATASET = "dataset"
_SOFTWARE = "software/gazette-kg"
_DISTRIBUTIONS = {"graph.nq": "application/n-quads", "graph.ttl": "text/turtle"}
_TITLE = {
    "zh": "政府公报知识图谱：谁与谁一起做什么",
    "en": "Government gazettes as a graph of who does what with whom",
}


class Statistics:
    """VoID of sorted lines: how many triples, and how many entities of each class.

    A triple that stands in several graphs counts once.
    """

    def __init__(self) -> None:
        self.triples = 0
        self.entities: Counter[str] = Counter()

    def counted(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """Count lines of N-Quads on their way; they must be sorted."""
        is_a = named("rdf:type").encode()
        entities: Counter[bytes] = Counter()
        last = b""
        for line in lines:
            yield line
            triple = line.rpartition(b" <")[0]
            if triple != last:
                last = triple
                self.triples += 1
                _, predicate, class_term = triple.split(b" ", 2)
                if predicate == is_a:
                    entities[class_term] += 1
        self.entities.update({term.decode(): count for term, count in entities.items()})


def metadata_lines(
    statistics: Statistics,
    all_facts: Sequence[DocumentFacts],
    base: str,
    unread: Sequence[Finding] = (),
) -> set[str]:
    """Return the lines of the metadata graph.

    Parameters
    ----------
    statistics
        Counts over the lines of all other graphs.
    all_facts
        The documents that were read.
    base
        The base IRI of the data.
    unread
        Findings about the files that could not be read.
    """
    graph = GraphWriter(base, METADATA_GRAPH)
    graph.type(_DATASET, "dcat:Dataset", "void:Dataset", "prov:Entity")
    for language, title in _TITLE.items():
        graph.text(_DATASET, "dct:title", title, language)
    graph.add(_DATASET, "dct:conformsTo", ref(f"{_ontology()}/{ONTOLOGY_VERSION}"))
    _run(graph, all_facts)
    for finding in unread:
        write_finding(graph, None, finding)
    _library(graph)
    _statistics(graph, statistics)
    for name, media_type in _DISTRIBUTIONS.items():
        node = f"{_DATASET}/{name}"
        graph.link(_DATASET, "dcat:distribution", node)
        graph.type(node, "dcat:Distribution")
        graph.text(node, "dct:title", name)
        iana = f"https://www.iana.org/assignments/media-types/{media_type}"
        graph.add(node, "dcat:mediaType", ref(iana))
    return graph.lines


def _ontology() -> str:
    return PREFIXES["gaz"].rstrip("#")


def _run(graph: GraphWriter, all_facts: Sequence[DocumentFacts]) -> None:
    """The run: which documents were read, by which program, into which graphs."""
    documents = [
        (facts.document.id, document_id(facts.document), document_graph(facts.document))
        for facts in all_facts
    ]
    identifiers = sorted(identifier for identifier, *_ in documents)
    digest = hashlib.sha256("\n".join([ONTOLOGY_VERSION, *identifiers]).encode()).hexdigest()
    run = f"run/{digest[:16]}"
    graph.type(run, "prov:Activity")
    graph.type(_SOFTWARE, "prov:SoftwareAgent")
    graph.text(_SOFTWARE, "foaf:name", "gazette-kg")
    graph.link(run, "prov:wasAssociatedWith", _SOFTWARE)
    graph.link(_DATASET, "prov:wasGeneratedBy", run)
    for name in (REGISTER_GRAPH, DERIVED_GRAPH, METADATA_GRAPH):
        graph.link(name, "prov:wasGeneratedBy", run)
    for _, document, named_graph in documents:
        graph.link(run, "prov:used", document)
        graph.link(_DATASET, "dct:source", document)
        graph.link(named_graph, "prov:wasGeneratedBy", run)
        graph.link(named_graph, "prov:wasDerivedFrom", document)


def _library(graph: GraphWriter) -> None:
    """The query library, so that who has the data has the questions too."""
    for query in list_queries():
        node = f"query/{query.name}"
        graph.type(node, "sh:SPARQLExecutable", "sh:SPARQLSelectExecutable")
        graph.text(node, "rdfs:label", query.summary, "zh")
        graph.text(node, "rdfs:label", query.summary_en, "en")
        graph.text(node, "rdfs:comment", query.description, "zh")
        graph.text(node, "rdfs:comment", query.description_en, "en")
        graph.text(node, "sh:select", query.text)
        graph.link(node, "dct:isPartOf", _DATASET)


def _statistics(graph: GraphWriter, statistics: Statistics) -> None:
    """VoID: how many triples, and how many entities of each class of ours and ORG's."""
    graph.add(_DATASET, "void:triples", number_literal(statistics.triples))
    for vocabulary in sorted({_namespace(term[1:-1]) for term in statistics.entities}):
        graph.add(_DATASET, "void:vocabulary", ref(vocabulary))
    names = {iri: prefix for prefix, iri in PREFIXES.items()}
    for class_term, count in statistics.entities.items():
        iri = class_term[1:-1]
        namespace = _namespace(iri)
        node = f"{_DATASET}/class/{names.get(namespace, 'other')}-{iri[len(namespace) :]}"
        graph.link(_DATASET, "void:classPartition", node)
        graph.add(node, "void:class", class_term)
        graph.add(node, "void:entities", number_literal(count))


def _namespace(iri: str) -> str:
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]
