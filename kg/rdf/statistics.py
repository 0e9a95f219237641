"""What a set of statements holds, in numbers: the counts that VoID publishes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.rdf.graph import GraphWriter
from kg.rdf.terms import named, number_literal, ref
from kg.rdf.vocabulary import PREFIXES

__all__ = ["Statistics"]


@dataclass(slots=True)
class Statistics:
    """Counts of distinct triples: one that stands in several graphs counts once."""

    triples: int = 0
    subjects: int = 0
    entities: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)
    graphs: Counter[str] = field(default_factory=Counter)

    def counted(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """Count lines of N-Quads on their way; they must be sorted by bytes."""
        is_a = named("rdf:type").encode()
        entities: Counter[bytes] = Counter()
        properties: Counter[bytes] = Counter()
        graphs: Counter[bytes] = Counter()
        last = last_subject = b""
        for line in lines:
            yield line
            end = line.rindex(b" <")
            graphs[line[end:]] += 1
            triple = line[:end]
            if triple == last:
                continue
            last = triple
            subject, predicate, term = triple.split(b" ", 2)
            self.triples += 1
            if subject != last_subject:
                last_subject = subject
                self.subjects += 1
            properties[predicate] += 1
            if predicate == is_a:
                entities[term] += 1
        self.entities.update({term.decode(): count for term, count in entities.items()})
        self.properties.update({term.decode(): count for term, count in properties.items()})
        for tail, count in graphs.items():
            self.graphs[tail.decode()[2:].partition(">")[0]] += count

    def __add__(self, other: Statistics) -> Statistics:
        """Return the counts of both, which have no subject in common."""
        return Statistics(
            self.triples + other.triples,
            self.subjects + other.subjects,
            self.entities + other.entities,
            self.properties + other.properties,
            self.graphs + other.graphs,
        )

    def write(self, graph: GraphWriter, data_set: str) -> None:
        """State the counts of a data set (https://www.w3.org/TR/void/#statistics)."""
        for name, number in (
            ("void:triples", self.triples),
            ("void:distinctSubjects", self.subjects),
            ("void:classes", len(self.entities)),
            ("void:properties", len(self.properties)),
        ):
            graph.add(data_set, name, number_literal(number))
        for space in sorted({_namespace(term) for term in (*self.entities, *self.properties)}):
            graph.add(data_set, "void:vocabulary", ref(space))
        for term, number in self.entities.items():
            node = f"{data_set}/class/{_local(term)}"
            graph.link(data_set, "void:classPartition", node)
            graph.add(node, "void:class", term)
            graph.add(node, "void:entities", number_literal(number))
        for term, number in self.properties.items():
            node = f"{data_set}/property/{_local(term)}"
            graph.link(data_set, "void:propertyPartition", node)
            graph.add(node, "void:property", term)
            graph.add(node, "void:triples", number_literal(number))


_NAMES = {space: prefix for prefix, space in PREFIXES.items()}


def _namespace(term: str) -> str:
    name = term[1:-1]
    return name[: (max(name.rfind("#"), name.rfind("/")) + 1) or name.rfind(":") + 1]


def _local(term: str) -> str:
    """Write a term's prefixed name as a part of an id."""
    space = _namespace(term)
    return f"{_NAMES.get(space, 'other')}-{term[1 + len(space) : -1]}"
