"""The ontology declares every term in use, and nothing else."""

import re
from pathlib import Path

import owlrl
import pytest
import rdflib
from factories import dredging_notice, water_notice
from rdflib import OWL, RDF, RDFS, SKOS

from kg.model import (
    Certainty,
    Comparator,
    DeadlineKind,
    Form,
    Quantifier,
    Relation,
    Role,
    Severity,
)
from kg.pipeline import Pipeline
from kg.rdf import PREFIXES, quads
from kg.rdf.vocabulary import ONTOLOGY_VERSION, concept, expand
from kg.resources import ontology, queries

GAZ = rdflib.Namespace(PREFIXES["gaz"])
SCHEMES = ("gazette.ttl", "functions.ttl", "patterns.ttl")
FILES = (*SCHEMES, "register.ttl", "places.ttl", "shapes.ttl")
VOCABULARIES = Path(__file__).parent / "vocabularies"
LISTED = {
    "dcat": rdflib.DCAT,
    "dct": rdflib.DCTERMS,
    "foaf": rdflib.FOAF,
    "org": rdflib.ORG,
    "owl": OWL,
    "prov": rdflib.PROV,
    "qb": rdflib.QB,
    "rdf": RDF,
    "rdfs": RDFS,
    "sh": rdflib.SH,
    "skos": SKOS,
    "void": rdflib.VOID,
    "xsd": rdflib.XSD,
}


@pytest.fixture(scope="module")
def own():
    return rdflib.Graph().parse(ontology("gazette.ttl"))


@pytest.fixture(scope="module")
def files():
    return {name: rdflib.Graph().parse(ontology(name)) for name in FILES if ontology(name).exists()}


@pytest.fixture(scope="module")
def data():
    gazette = Path(__file__).parent.parent / "data" / "chaoyang-2020-02.txt"
    lines = quads([water_notice(), dredging_notice(), Pipeline().read(gazette)])
    triples = "".join(f"{line.rpartition(' <')[0]} .\n" for line in lines)
    return rdflib.Graph().parse(data=triples, format="nt")


def terms_of(graph):
    return {term for triple in graph for term in triple if isinstance(term, rdflib.URIRef)}


def terms_of_queries():
    used = set()
    for path in queries().rglob("*.rq"):
        text = re.sub(r"^#.*$|PREFIX .*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for prefix, local in re.findall(r"(?<![\w<])(\w+):([\w-]+)", text):
            used.add(rdflib.URIRef(PREFIXES[prefix] + local))
    return used


@pytest.fixture(scope="module")
def used(files, data):
    """Every term of data, queries, shapes and register: all but what the ontology says itself."""
    others = [terms_of(graph) for name, graph in files.items() if name != "gazette.ttl"]
    return terms_of(data).union(terms_of_queries(), *others)


def declared(own):
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property, SKOS.ConceptScheme)
    return {
        term for kind in kinds for term in own.subjects(RDF.type, kind) if str(term).startswith(GAZ)
    }


def test_every_term_in_use_is_declared(own, files, used):
    known = declared(own) | {rdflib.URIRef(GAZ)}
    for graph in files.values():
        known |= set(graph.subjects(RDF.type, SKOS.ConceptScheme))
    assert sorted(term for term in used if term.startswith(GAZ) and term not in known) == []


def test_nothing_declared_is_unused(own, used):
    above = {
        parent
        for relation in (RDFS.subClassOf, RDFS.subPropertyOf)
        for _, parent in own.subject_objects(relation)
    }
    assert sorted(term for term in declared(own) if term not in used | above) == []


def test_every_concept_in_use_is_in_a_scheme(files, data):
    root = str(GAZ).removesuffix("ontology#")
    spaces = [space for space in PREFIXES.values() if space.startswith(root)]
    spaces.remove(str(GAZ))
    known = {
        term for graph in (*files.values(), data) for term in graph.subjects(SKOS.inScheme, None)
    }
    in_use = {
        term for term in terms_of(data) | terms_of_queries() if str(term).startswith(tuple(spaces))
    }
    assert in_use
    assert sorted(in_use - known) == []


@pytest.mark.parametrize(
    "members",
    [Certainty, Comparator, DeadlineKind, Form, Quantifier, Relation, Role, Severity],
)
def test_a_closed_list_and_its_scheme_are_the_same(own, members):
    concepts = {rdflib.URIRef(expand(concept(member))): member.value for member in members}
    schemes = {own.value(term, SKOS.inScheme) for term in concepts}
    assert len(schemes) == 1
    in_scheme = {
        term: str(own.value(term, SKOS.notation))
        for term in own.subjects(SKOS.inScheme, schemes.pop())
    }
    assert in_scheme == concepts


def languages(graph, term, predicate):
    return sorted(word.language or "" for word in graph.objects(term, predicate))


def test_every_own_term_is_explained_in_both_languages(own):
    for term in declared(own):
        if (term, RDF.type, SKOS.ConceptScheme) in own:
            assert languages(own, term, SKOS.prefLabel) == ["en", "zh"], term
            continue
        for predicate in (RDFS.label, SKOS.definition, SKOS.scopeNote):
            assert languages(own, term, predicate) == ["en", "zh"], (term, predicate)
        for words in own.objects(term, SKOS.definition):
            assert str(words).rstrip().endswith((".", "。")), words
            assert len(re.findall(r"[.。](?=\s|$)", str(words))) == 1, words


def test_every_concept_is_labelled_in_both_languages(files):
    for name in SCHEMES:
        for term in files[name].subjects(SKOS.inScheme, None):
            if (term, RDF.type, SKOS.Concept) in files[name]:
                assert languages(files[name], term, SKOS.prefLabel) == ["en", "zh"], term


def test_labels_tell_terms_apart(own):
    labels = [str(label) for term in declared(own) for label in own.objects(term, RDFS.label)]
    assert {label for label in labels if labels.count(label) > 1} <= {
        # A property and the value that it gives share their everyday word.
        "单位类别",
        "kind of unit",
        "量词",
        "正式名称",
        "层级",
        "行文写法",
    }


def reused(used, own):
    for term in sorted(used | terms_of(own)):
        for prefix, space in PREFIXES.items():
            if term.startswith(space) and not space.startswith("https://w3id.org/gazette-kg/"):
                yield prefix, term[len(space) :]


def test_reused_terms_exist_in_their_vocabularies(used, own):
    unknown = []
    for prefix, local in reused(used, own):
        if not local:
            continue
        if prefix in LISTED:
            exists = PREFIXES[prefix] + local in LISTED[prefix]
        else:
            listed = (VOCABULARIES / f"{prefix}.txt").read_text(encoding="utf-8").split()
            exists = local in listed
        if not exists:
            unknown.append(f"{prefix}:{local}")
    assert unknown == []


def test_the_version_is_told(own):
    (header,) = own.subjects(RDF.type, OWL.Ontology)
    assert str(own.value(header, OWL.versionInfo)) == ONTOLOGY_VERSION
    assert str(own.value(header, OWL.versionIRI)) == f"{header}/{ONTOLOGY_VERSION}"


def test_the_ontology_is_in_the_rl_profile(own):
    """Only names on both sides of an axiom: no class expression, so RL by OWL 2 Profiles 4.2."""
    assert not any(isinstance(term, rdflib.BNode) for triple in own for term in triple)
    allowed = {
        RDF.type,
        RDFS.subClassOf,
        RDFS.subPropertyOf,
        RDFS.domain,
        RDFS.range,
        OWL.inverseOf,
    }
    logical = {
        predicate
        for predicate in own.predicates()
        if predicate.startswith((str(OWL), str(RDFS), str(RDF)))
    }
    assert logical <= allowed | {RDFS.label, OWL.versionInfo, OWL.versionIRI}


def test_reasoning_finds_what_the_hierarchy_says_and_no_contradiction(own):
    graph = rdflib.Graph() + own
    task, unit = rdflib.URIRef("urn:t"), rdflib.URIRef("urn:u")
    graph.add((task, GAZ.leadUnit, unit))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    assert (task, GAZ.involves, unit) in graph
    assert (task, RDF.type, GAZ.Task) in graph
    assert (unit, RDF.type, rdflib.ORG.Organization) in graph
    errors = rdflib.Namespace("http://www.daml.org/2002/03/agents/agent-ont#").error
    assert not list(graph.subjects(None, errors))
