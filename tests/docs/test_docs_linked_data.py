"""Pages about queries and the ontology: complete, up to date, and what they show runs."""

import importlib.util
import re
from html import unescape
from pathlib import Path

import pytest
import rdflib
from factories import dredging_notice, water_notice
from rdflib import OWL, RDF, RDFS, SKOS

from kg.cli import COMMANDS
from kg.query import list_queries
from kg.query.docs import PAGE, queries_page
from kg.rdf import PREFIXES, quads
from kg.rdf.shared import scheme_triples
from kg.rdf.vocabulary import ONTOLOGY_VERSION
from kg.resources import ontology
from kg.store import load_store
from kg.validate import validate

ROOT = Path(__file__).parents[2]
CONCEPTS = ROOT / "docs" / "ontology"
PAGES = sorted(path for path in CONCEPTS.glob("*.md") if path.name != "README.md")
NAMES = [path.stem for path in PAGES]
CLASSES = {
    "assignment": "Assignment",
    "collective-unit": "CollectiveUnit",
    "deadline": "Deadline",
    "finding": "Finding",
    "hosting": "Hosting",
    "notice": "Notice",
    "reference": "Reference",
    "target": "Target",
    "task": "Task",
}
REUSED = {"evidence", "membership", "unit"}
GAZ = rdflib.Namespace(PREFIXES["gaz"])


@pytest.fixture(scope="module")
def own():
    return rdflib.Graph().parse(ontology("gazette.ttl"))


@pytest.fixture(scope="module")
def store():
    lines = quads([water_notice(), dredging_notice()])
    return load_store(("\n".join(lines) + "\n").encode())


@pytest.fixture(scope="module")
def example():
    """The example file beside the schemes that its concepts are from."""
    triples = rdflib.Graph().parse(ontology("example.ttl")).serialize(format="nt")
    schemes = "".join(f"{triple} .\n" for triple in scheme_triples())
    return load_store((triples + schemes).encode())


# ---- the page of the query library ----


def test_the_page_of_queries_is_up_to_date():
    """If not: python -m kg.query.docs."""
    assert PAGE.read_text(encoding="utf-8") == queries_page(list_queries())


def test_the_page_of_queries_is_complete():
    page = PAGE.read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))
    assert set(sections) == {query.name for query in list_queries()}
    for query in list_queries():
        section = sections[query.name]
        words = [query.summary, query.summary_en, query.description, query.description_en]
        words += [f"`{name}`" for name, _ in query.columns]
        words += [f"`{parameter.name}` | {parameter.type}" for parameter in query.parameters]
        assert [each for each in words if each not in section] == []


def test_a_changed_header_changes_the_page(tmp_path):
    from dataclasses import replace

    first, *others = list_queries()
    changed = replace(first, summary_en="Something | else")
    assert "Something \\| else" in queries_page([changed, *others])
    assert queries_page([changed, *others]) != queries_page([first, *others])


# ---- the ontology's pages ----


def test_there_is_a_page_for_each_concept():
    assert set(NAMES) == set(CLASSES) | REUSED
    index = (CONCEPTS / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\(([\w-]+)\.md\)", index)) == set(NAMES)


@pytest.mark.parametrize("path", [*PAGES, CONCEPTS / "README.md"], ids=lambda path: path.stem)
def test_links_lead_somewhere(path):
    links = re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_a_page_defines_its_concept_as_the_ontology_does(name, own):
    page = (CONCEPTS / f"{name}.md").read_text(encoding="utf-8")
    term = GAZ[CLASSES[name]]
    labels = {word.language: str(word) for word in own.objects(term, RDFS.label)}
    assert page.startswith(f"# {labels['zh']} · {labels['en']}\n")
    for definition in own.objects(term, SKOS.definition):
        assert f"\n{definition}\n" in page


def declared(name, own):
    prefix, _, local = name.partition(":")
    term = rdflib.URIRef(PREFIXES[prefix] + local)
    if prefix == "gaz":
        return (term, RDF.type, None) in own
    known = {
        "dct": rdflib.DCTERMS,
        "foaf": rdflib.FOAF,
        "org": rdflib.ORG,
        "prov": rdflib.PROV,
        "skos": SKOS,
    }
    if prefix in known:
        return term in known[prefix]
    listed = ROOT / "tests" / "vocabularies" / f"{prefix}.txt"
    return local in listed.read_text(encoding="utf-8").split()


@pytest.mark.parametrize("path", [*PAGES, CONCEPTS / "README.md"], ids=lambda path: path.stem)
def test_a_diagram_names_terms_that_exist(path, own):
    (diagram,) = re.findall(r"```mermaid\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
    assert diagram.startswith("graph LR\n")
    terms = re.findall(r"\b([a-z0-9]+:[A-Za-z_]+)", diagram)
    assert len(terms) >= 3
    assert [term for term in terms if not declared(term, own)] == []


def query_of(name):
    page = (CONCEPTS / f"{name}.md").read_text(encoding="utf-8")
    (query,) = re.findall(r"```sparql\n(.*?)```", page, re.DOTALL)
    return query


@pytest.mark.parametrize("name", NAMES)
def test_the_query_of_a_page_runs_and_answers(name, store, example):
    query = query_of(name)
    rows = store.query(query, name).rows
    assert rows
    assert example.query(query, name).rows
    reference = rdflib.Graph().parse(ontology("example.ttl"))
    for triple in scheme_triples():
        reference.parse(data=f"{triple} .", format="nt")
    texts = [
        tuple("" if cell is None else str(cell) for cell in row) for row in reference.query(query)
    ]
    assert texts == example.query(query, name).texts()


# ---- the pages as HTML ----


def make_html():
    spec = importlib.util.spec_from_file_location("make_html", CONCEPTS / "make_html.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_html_pages_are_up_to_date():
    """If not: python docs/ontology/make_html.py."""
    for path, page in make_html().written():
        assert path.read_text(encoding="utf-8") == page, path.name


def test_links_of_the_html_pages_lead_somewhere():
    for path in (CONCEPTS / "html").glob("*.html"):
        links = re.findall(r'href="([^"#:]+)"', path.read_text(encoding="utf-8"))
        assert [link for link in links if not (path.parent / link).exists()] == [], path.name


def test_each_page_as_html_has_its_diagram_drawn():
    """If not: python docs/ontology/make_html.py --diagrams mermaid.min.js."""
    module = make_html()
    for name, text in module.sources().items():
        page = (CONCEPTS / "html" / f"{name}.html").read_text(encoding="utf-8")
        drawn = re.search(r"<svg.*</svg>", page, re.DOTALL)[0]
        words = re.sub(r"\s+", "", unescape(re.sub("<[^>]+>", "", drawn)))
        (diagram,) = module.FENCE.findall(text)
        labels = re.findall(r'\["([^"]+)"\]|\|([^|]+)\|', diagram)
        assert labels
        for label in map("".join, labels):
            assert re.sub(r"\s+", "", label) in words, (name, label)


def test_the_page_of_terms_has_every_term(own):
    """If not: python docs/ontology/make_html.py --terms."""
    page = unescape((CONCEPTS / "html" / "terms.html").read_text(encoding="utf-8"))
    plain = re.sub(r"\s+", " ", page)
    assert not re.search(r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=.https?:", page)
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in own.subjects(RDF.type, kind):
            if str(term).startswith(GAZ):
                assert f"<code>{term}</code>" in page
                for words in own.objects(term, SKOS.definition):
                    assert re.sub(r"\s+", " ", str(words)) in plain


def test_the_page_of_values_has_every_concept(own):
    page = unescape((CONCEPTS / "html" / "schemes.html").read_text(encoding="utf-8"))
    concepts = set(own.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) > 20
    for concept in concepts:
        assert f"<code>{concept}</code>" in page
        for words in own.objects(concept, SKOS.definition):
            assert str(words) in page


# ---- the example and the changelog ----


def test_the_example_conforms(example):
    assert validate(example) == []


def test_the_example_has_everything_once(example, own):
    classes = {row[0] for row in example.query("SELECT DISTINCT ?c { ?s a ?c }").texts()}
    wanted = {*CLASSES.values(), "Plan", "CountedTask"}
    assert {str(GAZ[name]) for name in wanted} <= classes
    assert {PREFIXES["org"] + "Membership", PREFIXES["oa"] + "SpecificResource"} <= classes


def test_the_evidence_of_the_example_is_its_text(example):
    lines = ontology("example.ttl").read_text(encoding="utf-8").splitlines()
    text = "\n".join(line[4:] for line in lines if line.startswith("#   "))
    spans = example.query(
        "SELECT ?start ?end ?exact { ?e oa:hasSelector ?p, ?q . ?p oa:start ?start ; oa:end ?end . "
        "?q oa:exact ?exact }"
    ).texts()
    assert len(spans) > 10
    assert [row for row in spans if text[int(row[0]) : int(row[1])] != row[2]] == []


def test_the_changelog_names_the_version_and_every_class(own):
    changelog = ontology("CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+)", changelog, re.MULTILINE)[0] == ONTOLOGY_VERSION
    for kind in (OWL.Class, SKOS.ConceptScheme):
        for term in own.subjects(RDF.type, kind):
            if str(term).startswith(GAZ):
                assert f"`gaz:{term.removeprefix(GAZ)}`" in changelog


def test_the_commands_here_are_listed():
    assert "serve" in COMMANDS
