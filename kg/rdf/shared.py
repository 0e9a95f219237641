"""The register's graph: units and their changes, acts, places, group roles, and their schemes.

What several documents speak of is described here and nowhere else, so that no
statement stands in two graphs and a union of graphs counts nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

import pyoxigraph as ox

from kg.common import Common
from kg.facts import Change, DocumentFacts, Hosting, Membership, Reference, Unit
from kg.rdf.graph import GraphWriter
from kg.rdf.ids import REGISTER_GRAPH, act_id, group_id
from kg.rdf.terms import date_literal, iri, named, number_literal
from kg.rdf.vocabulary import KIND_CLASSES, PREFIXES, concept, expand
from kg.resources import ontology

__all__ = ["SCHEME_FILES", "ActTitles", "register_lines", "scheme_triples", "shared_lines"]

SCHEME_FILES = ("gazette.ttl", "functions.ttl", "patterns.ttl")
"""The files of the ontology that hold concept schemes."""

_SHOWN = {
    expand(name)
    for name in (
        "rdf:type",
        "skos:broader",
        "skos:definition",
        "skos:inScheme",
        "skos:notation",
        "skos:prefLabel",
        "skos:related",
        "gaz:rank",
    )
}


def shared_lines(facts: DocumentFacts, base: str) -> set[str]:
    """Return the lines of the register's graph that a document gives, whatever others say."""
    graph = GraphWriter(base, REGISTER_GRAPH)
    _acts(graph, facts)
    _places(graph, facts)
    _document_kinds(graph, facts)
    _groups(graph, facts)
    return graph.lines


def register_lines(common: Common, titles: ActTitles, base: str) -> set[str]:
    """Return the lines of the register's graph that all documents give together.

    Parameters
    ----------
    common
        Units and their changes.
    titles
        What acts are called.
    base
        The IRI that the data's identifiers hang from.
    """
    graph = GraphWriter(base, REGISTER_GRAPH)
    tail = f" {graph.ref(REGISTER_GRAPH)} ."
    graph.lines.update(f"{triple}{tail}" for triple in scheme_triples())
    units = (*common.units(), *common.versions())
    for unit in units:
        _unit(graph, unit)
    _own_concepts(graph, units)
    for change in common.changes():
        _change(graph, change)
    titles.write(graph)
    return graph.lines


@cache
def scheme_triples() -> tuple[str, ...]:
    """Return what the ontology says of its concepts, as N-Triples without the dot.

    Words that only the resolution of names needs (endings, short words) stay in
    the files.
    """
    lines: list[str] = []
    for name in SCHEME_FILES:
        path = ontology(name)
        if not path.exists():
            continue
        triples = list(ox.parse(path=path, format=ox.RdfFormat.TURTLE))
        shown = {
            triple.subject
            for triple in triples
            if triple.predicate.value == expand("rdf:type")
            and triple.object in (ox.NamedNode(expand("skos:Concept")), _SCHEME)
        }
        lines += [
            f"{triple.subject} {triple.predicate} {triple.object}"
            for triple in triples
            if triple.subject in shown and triple.predicate.value in _SHOWN
        ]
    lines += _top_concepts(lines)
    return tuple(sorted(set(lines)))


def _top_concepts(lines: Sequence[str]) -> list[str]:
    """Return what a scheme begins with: its concepts without a broader one."""
    broader, in_scheme = named("skos:broader"), named("skos:inScheme")
    below = {line.split(" ", 1)[0] for line in lines if f" {broader} " in line}
    return [
        f"{scheme} {named('skos:hasTopConcept')} {concept_term}"
        for concept_term, predicate, scheme in (line.split(" ", 2) for line in lines)
        if predicate == in_scheme and concept_term not in below
    ]


_SCHEME = ox.NamedNode(expand("skos:ConceptScheme"))


def _unit(graph: GraphWriter, unit: Unit) -> None:
    node = unit.id
    graph.type(node, "org:Organization")
    if unit.collective:
        graph.type(node, "gaz:CollectiveUnit")
    elif unit.kind in KIND_CLASSES:
        graph.type(node, KIND_CLASSES[unit.kind])
    graph.text(node, "skos:prefLabel", unit.name, "zh")
    for short_name in unit.short_names:
        if short_name != unit.name:
            graph.text(node, "skos:altLabel", short_name, "zh")
    if unit.kind != "collective":
        graph.concept(node, "org:classification", "kind", unit.kind)
    graph.concept(node, "gaz:level", "level", unit.level)
    graph.concept(node, "gaz:function", "fn", unit.function or "")
    graph.link(node, "dct:spatial", f"place/{unit.place}" if unit.place else None)
    graph.link(node, "org:subOrganizationOf", unit.parent)
    if unit.quantifier is not None:
        graph.add(node, "gaz:quantifier", named(concept(unit.quantifier)))
    if unit.frame_size is not None:
        graph.add(node, "gaz:frameSize", number_literal(unit.frame_size))
    truth = "true" if unit.registered else "false"
    graph.add(node, "gaz:registered", f'"{truth}"^^{named("xsd:boolean")}')
    graph.text(node, "gaz:namedBy", unit.rule)


def _change(graph: GraphWriter, change: Change) -> None:
    """An event in the history of units, with the edges to and from it."""
    node = change.id
    graph.type(node, "org:ChangeEvent")
    graph.text(node, "skos:prefLabel", change.label, "zh")
    graph.text(node, "skos:prefLabel", change.label_en, "en")
    graph.add(node, "dct:date", date_literal(change.date))
    for unit in change.originals:
        graph.link(node, "org:originalOrganization", unit)
        graph.link(unit, "org:changedBy", node)
    for unit in change.results:
        graph.link(node, "org:resultingOrganization", unit)
        graph.link(unit, "org:resultedFrom", node)
    truth = "true" if change.partial else "false"
    graph.add(node, "gaz:partOnly", f'"{truth}"^^{named("xsd:boolean")}')


@dataclass(slots=True)
class ActTitles:
    """What acts are called: one label each, and further titles.

    A notice of the data is labelled with its title. Elsewhere gazettes abbreviate
    titles, so the longest is the label; an act of which only the number is given
    is labelled with it.
    """

    _own: dict[str, str] = field(default_factory=dict)
    _titles: dict[str, set[str]] = field(default_factory=dict)

    def add(self, facts: DocumentFacts) -> None:
        """Add what a document says."""
        self._own.update((notice.id, notice.title) for notice in facts.notices)
        for act, reference in _cited(facts):
            self._titles.setdefault(act, set()).add(reference.title)

    def merge(self, other: ActTitles) -> None:
        """Add what was gathered from other documents."""
        self._own |= other._own
        for act, titles in other._titles.items():
            self._titles.setdefault(act, set()).update(titles)

    def write(self, graph: GraphWriter) -> None:
        """Write the labels."""
        for act, known in self._titles.items():
            ordered = sorted(filter(None, known), key=lambda title: (-len(title), title))
            if act in self._own:
                own = self._own[act]
                ordered = [own, *(title for title in ordered if title != own)]
            label, *others = ordered or [act.partition("/")[2]]
            graph.text(act, "skos:prefLabel", label, "zh")
            for other in others:
                graph.text(act, "skos:altLabel", other, "zh")


def _cited(facts: DocumentFacts) -> Iterator[tuple[str, Reference]]:
    """Yield the acts that a document names, but for the plans that it promulgates."""
    for reference in facts.references:
        act = act_id(reference, facts)
        if not act.startswith("plan/"):
            yield act, reference


def _acts(graph: GraphWriter, facts: DocumentFacts) -> None:
    """Acts that texts name: kind, and the number of those that no notice of the text issues."""
    for reference in facts.references:
        graph.concept(act_id(reference, facts), "gaz:actKind", "act", reference.kind)
    for act, reference in _cited(facts):
        graph.type(act, "eli:LegalResource")
        graph.text(act, "gaz:citedNumber", reference.number)


def _places(graph: GraphWriter, facts: DocumentFacts) -> None:
    """Places that notices speak from and units work for."""
    places = {place for notice in facts.notices for place in notice.places}
    places |= {unit.place for unit in facts.units if unit.place}
    for place in places:
        node = f"place/{place}"
        graph.type(node, "gaz:Place")
        graph.text(node, "skos:prefLabel", place, "zh")


def _document_kinds(graph: GraphWriter, facts: DocumentFacts) -> None:
    """Kinds of document that the ontology does not list are listed with their word."""
    listed = scheme_triples()
    for kind in sorted({notice.kind for notice in facts.notices if notice.kind}):
        node = iri(PREFIXES["doctype"], kind)
        if not any(line.startswith(f"<{node}> ") for line in listed):
            _concept(graph, node, "gaz:documentKinds", kind)


def _own_concepts(graph: GraphWriter, units: Iterable[Unit]) -> None:
    """Kinds and functions of the user's own register are listed with their word, too."""
    listed = {line.partition(" ")[0] for line in scheme_triples()}
    kinds = {unit.kind for unit in units if not unit.collective}
    functions = {unit.function for unit in units if unit.function}
    for scheme, path, words in (
        ("gaz:unitKinds", "kind", kinds),
        ("gaz:functions", "fn", functions),
    ):
        for word in sorted(words):
            node = word if "://" in word else iri(PREFIXES[path], word)
            if f"<{node}>" not in listed:
                _concept(graph, node, scheme, node.removeprefix(PREFIXES[path]))


def _groups(graph: GraphWriter, facts: DocumentFacts) -> None:
    """Leading groups that are no unit of a task, and the roles of their members."""
    known = {unit.id for unit in facts.units}
    told: list[Membership | Hosting] = [*facts.memberships, *facts.hostings]
    for fact in told:
        group = group_id(fact.group, facts)
        graph.type(group, "org:OrganizationalCollaboration")
        if group not in known:
            graph.type(group, "org:Organization")
            graph.text(group, "skos:prefLabel", fact.group.removeprefix("unit/"), "zh")
    for membership in facts.memberships:
        if membership.group_role:
            role = f"group-role/{membership.group_role}"
            graph.type(role, "org:Role", "skos:Concept")
            graph.add(role, "skos:inScheme", named("gaz:groupRoles"))
            graph.text(role, "skos:prefLabel", membership.group_role, "zh")


def _concept(graph: GraphWriter, node: str, scheme: str, word: str) -> None:
    tail = f" {graph.ref(REGISTER_GRAPH)} ."
    label = ox.Literal(word, language="zh")
    for predicate, term in (
        ("rdf:type", named("skos:Concept")),
        ("skos:inScheme", named(scheme)),
        ("skos:prefLabel", str(label)),
    ):
        graph.lines.add(f"<{node}> {named(predicate)} {term}{tail}")
