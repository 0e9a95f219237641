"""The metadata graph: what the data set is, what it holds, what it was made of.

DCAT and VoID describe the data set, PROV-O the run, SHACL's advanced features the
query library. No clock time and no path of this machine: the same input gives the
same bytes.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.facts import DocumentFacts, Finding
from kg.outputs import Output
from kg.query.library import list_queries
from kg.rdf.document import write_finding
from kg.rdf.graph import GraphWriter
from kg.rdf.ids import (
    DERIVED_GRAPH,
    METADATA_GRAPH,
    REGISTER_GRAPH,
    document_graph,
    document_id,
    last_day,
)
from kg.rdf.statistics import Statistics
from kg.rdf.terms import date_literal, iri, number_literal, ref
from kg.rdf.vocabulary import ONTOLOGY_VERSION, PREFIXES

__all__ = ["DISTRIBUTIONS", "DOWNLOADS", "Contents", "metadata_lines"]

DOWNLOADS = "dataset/download"
"""Below this id are the files of a build that ``kg serve`` hands out."""

_DATASET = "dataset"
_SOFTWARE = "software/gazette-kg"
_LICENCE = "https://www.apache.org/licenses/LICENSE-2.0"
_LANGUAGES = "http://id.loc.gov/vocabulary/iso639-1/"
_FORMATS = "http://www.w3.org/ns/formats/"
DISTRIBUTIONS = {
    Output.GRAPH.place: ("application/n-quads", "N-Quads"),
    Output.TURTLE.place: ("text/turtle", "Turtle"),
}
"""The files of a build that hold the data set, each with its media type and its format
as VoID names it."""
_Words = dict[str, str]
_TITLE: _Words = {
    "zh": "政府公报知识图谱：谁与谁一起做什么",
    "en": "Government gazettes as a graph of who does what with whom",
}
_DESCRIPTION: _Words = {
    "zh": "从政府公报中读出的任务、分工（牵头、主责、责任、配合）、时限、指标、引用和领导小组，每一条都有原文为据。",
    "en": "Tasks, assignments (lead, primary, responsible, support), deadlines, targets, references "
    "and leading groups read from government gazettes, each resting on the words of the text.",
}
_RIGHTS: _Words = {
    "zh": "公文原文依《中华人民共和国著作权法》第五条不受著作权保护；其余按所列许可。",
    "en": "The texts are official documents, which article 5 of the Copyright Law of the People's "
    "Republic of China leaves unprotected; the rest is under the licence given.",
}
_KEYWORDS = {
    "zh": ("政府公报", "任务分工", "部门协同", "牵头单位"),
    "en": ("government gazette", "task assignment", "coordination", "lead unit"),
}
_GRAPHS: dict[str, _Words] = {
    REGISTER_GRAPH: {
        "zh": "各文档共有的：单位、被引文件和概念",
        "en": "What documents share: units, cited acts and concepts",
    },
    DERIVED_GRAPH: {
        "zh": "推导所得：短边、计数和测度",
        "en": "What is derived: short edges, counts and measures",
    },
    METADATA_GRAPH: {"zh": "关于数据集本身", "en": "About the data set itself"},
}


def metadata_lines(
    statistics: Statistics, holds: Contents, base: str, unread: Iterable[Finding] = ()
) -> set[str]:
    """Return the lines of the metadata graph, which describes all graphs, itself too.

    ``statistics`` counts the lines of all other graphs; ``holds`` tells of the
    documents, ``unread`` are findings about the files that could not be read.
    """
    plain = GraphWriter(base, METADATA_GRAPH)
    _data_set(plain, holds)
    _run(plain, holds)
    for finding in unread:
        write_finding(plain, None, finding)
    _library(plain)
    _distributions(plain)
    written, counted = plain.lines, set[str]()
    # What the numbers count includes the statements that tell them: the next round
    # adds the terms that only those use, and then nothing changes any more.
    while written != counted:
        counted = written
        own = Statistics()
        deque(own.counted(sorted(line.encode() for line in counted)), maxlen=0)
        whole = statistics + own
        graph = GraphWriter(base, METADATA_GRAPH)
        whole.write(graph, _DATASET)
        for name in (*_GRAPHS, *(document.graph for document in holds.documents)):
            graph.add(name, "void:triples", number_literal(whole.graphs[iri(base, name)]))
        written = plain.lines | graph.lines
    return written


@dataclass(frozen=True, slots=True, order=True)
class _Document:
    """A document that was read: hash, name, id, and the id of its graph."""

    hash: str
    name: str
    id: str
    graph: str


@dataclass(slots=True)
class Contents:
    """What the description of a data set tells of its documents.

    ``examples`` has the first id of each kind of fact, ``dates`` the days of notices.
    """

    documents: list[_Document] = field(default_factory=list)
    examples: dict[str, str] = field(default_factory=dict)
    dates: set[str] = field(default_factory=set)

    def add(self, facts: DocumentFacts) -> None:
        """Add what one document says."""
        document = facts.document
        self.documents.append(
            _Document(document.id, document.name, document_id(document), document_graph(document))
        )
        for kind, found in (
            ("task", [task.id for task in facts.tasks]),
            ("assignment", [assignment.id for assignment in facts.assignments]),
            ("unit", [unit.id for unit in facts.units]),
        ):
            if found:
                self.examples[kind] = min(*found, self.examples.get(kind, found[0]))
        self.dates.update(notice.date for notice in facts.notices if notice.date)

    def merge(self, other: Contents) -> None:
        """Add what was gathered from other documents."""
        self.documents += other.documents
        for kind, example in other.examples.items():
            self.examples[kind] = min(example, self.examples.get(kind, example))
        self.dates |= other.dates


def _words(graph: GraphWriter, subject: str, predicate: str, words: _Words) -> None:
    for language, text in words.items():
        graph.text(subject, predicate, text, language)


def _data_set(graph: GraphWriter, holds: Contents) -> None:
    graph.type(_DATASET, "dcat:Dataset", "void:Dataset", "prov:Entity")
    _words(graph, _DATASET, "dct:title", _TITLE)
    _words(graph, _DATASET, "dct:description", _DESCRIPTION)
    for language, words in _KEYWORDS.items():
        graph.add(_DATASET, "dct:language", ref(_LANGUAGES + language))
        for word in words:
            graph.text(_DATASET, "dcat:keyword", word, language)
    _rights(graph, _DATASET)
    graph.add(_DATASET, "dct:conformsTo", ref(f"{_ontology()}/{ONTOLOGY_VERSION}"))
    graph.text(_DATASET, "void:uriSpace", graph.base)
    for example in holds.examples.values():
        graph.link(_DATASET, "void:exampleResource", example)
    dates = sorted(holds.dates)
    if dates:
        period = f"{_DATASET}/period"
        graph.link(_DATASET, "dct:temporal", period)
        graph.type(period, "dct:PeriodOfTime")
        graph.add(period, "dcat:startDate", date_literal(dates[0]))
        graph.add(period, "dcat:endDate", date_literal(max(dates, key=last_day)))


def _rights(graph: GraphWriter, subject: str) -> None:
    graph.add(subject, "dct:license", ref(_LICENCE))
    node = f"{_DATASET}/rights"
    graph.link(subject, "dct:rights", node)
    graph.type(node, "dct:RightsStatement")
    _words(graph, node, "rdfs:label", _RIGHTS)


def _ontology() -> str:
    return PREFIXES["gaz"].rstrip("#")


def _run(graph: GraphWriter, holds: Contents) -> None:
    """The run: which documents were read, by which program, into which graphs."""
    identifiers = sorted(document.hash for document in holds.documents)
    digest = hashlib.sha256("\n".join([ONTOLOGY_VERSION, *identifiers]).encode()).hexdigest()
    run = f"run/{digest[:16]}"
    graph.type(run, "prov:Activity")
    graph.type(_SOFTWARE, "prov:SoftwareAgent")
    graph.text(_SOFTWARE, "foaf:name", "gazette-kg")
    graph.link(run, "prov:wasAssociatedWith", _SOFTWARE)
    graph.link(_DATASET, "prov:wasGeneratedBy", run)
    for name, titles in _GRAPHS.items():
        _graph(graph, name, run)
        _words(graph, name, "dct:title", titles)
    for document in holds.documents:
        graph.link(run, "prov:used", document.id)
        graph.link(_DATASET, "dct:source", document.id)
        _graph(graph, document.graph, run)
        graph.text(document.graph, "dct:title", document.name)
        graph.link(document.graph, "prov:wasDerivedFrom", document.id)


def _graph(graph: GraphWriter, name: str, run: str) -> None:
    """One named graph, a part of the data set."""
    graph.type(name, "void:Dataset", "prov:Entity")
    graph.link(_DATASET, "void:subset", name)
    graph.link(name, "prov:wasGeneratedBy", run)


def _library(graph: GraphWriter) -> None:
    """The query library, so that who has the data has the questions too."""
    for query in list_queries():
        node = f"query/{query.name}"
        graph.type(node, "sh:SPARQLExecutable", "sh:SPARQLSelectExecutable")
        graph.text(node, "rdfs:label", query.summary, "zh")
        graph.text(node, "rdfs:label", query.summary_en, "en")
        graph.text(node, "rdfs:comment", query.description, "zh")
        graph.text(node, "rdfs:comment", query.description_en, "en")
        for tag in query.tags:
            graph.text(node, "dcat:keyword", tag, "en")
        graph.text(node, "sh:select", query.text)
        graph.link(node, "dct:isPartOf", _DATASET)


def _distributions(graph: GraphWriter) -> None:
    """The files that hold all of it; their addresses hang from the base, as all ids do."""
    for name, (media_type, form) in DISTRIBUTIONS.items():
        node, file = f"{_DATASET}/{name}", f"{DOWNLOADS}/{name}"
        graph.link(_DATASET, "dcat:distribution", node)
        graph.link(_DATASET, "void:dataDump", file)
        graph.add(_DATASET, "void:feature", ref(_FORMATS + form))
        graph.type(node, "dcat:Distribution")
        graph.text(node, "dct:title", name)
        iana = f"https://www.iana.org/assignments/media-types/{media_type}"
        graph.add(node, "dcat:mediaType", ref(iana))
        graph.link(node, "dcat:downloadURL", file)
        _rights(graph, node)
