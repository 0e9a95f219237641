"""IRIs of the data lead somewhere: a page for people, RDF for programs."""

import re
from urllib.parse import quote, unquote

import pytest
import rdflib

BASE = "https://w3id.org/gazette-kg/id/"
WATER = "unit/北京市朝阳区水务局"
NOTICE = "notice/朝政发〔2020〕2号"


def test_programs_get_turtle(server):
    reply = server.send("GET", f"/id/{WATER}", Accept="text/turtle")
    assert (reply.status, reply.kind) == (200, "text/turtle")
    graph = rdflib.Graph().parse(data=reply.body, format="turtle")
    thing = rdflib.URIRef(BASE + WATER)
    assert (thing, rdflib.SKOS.prefLabel, rdflib.Literal("北京市朝阳区水务局", lang="zh")) in graph
    assert len(list(graph.subject_predicates(thing))) > 3


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        ("application/n-triples", "nt"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
    ],
)
def test_programs_get_the_format_they_ask_for(server, kind, form):
    reply = server.send("GET", f"/id/{WATER}", Accept=kind)
    assert reply.kind == kind
    assert rdflib.Graph().parse(data=reply.body, format=form)


def test_people_get_a_page_with_links_that_resolve(server):
    reply = server.send("GET", f"/id/{WATER}", Accept="text/html,*/*;q=0.8")
    assert (reply.status, reply.kind) == (200, "text/html")
    assert "<h1>北京市朝阳区水务局</h1>" in reply.text
    links = set(re.findall(r'href="(/[^"]*)"', reply.text))
    local = sorted(link for link in links if link.startswith(("/id/", "/level/", "/kind/")))
    assert len(local) > 5
    for link in local:
        assert server.send("GET", unquote(link)).status == 200, link


@pytest.mark.parametrize(("thing", "page"), [(WATER, "units"), (NOTICE, "notices")])
def test_a_page_leads_to_the_sites_own(server, thing, page):
    text = server.send("GET", f"/id/{thing}", Accept="text/html").text
    (link,) = set(re.findall(rf'href="(/{page}/[^"]*)"', text))
    assert server.send("GET", unquote(link)).status == 200


def test_the_evidence_of_a_fact_can_be_followed(server):
    query = "SELECT ?e ?quote { ?a a gaz:Assignment ; gaz:evidence ?e . ?e oa:hasSelector/oa:exact ?quote } ORDER BY ?e LIMIT 1"
    _, row = server.get(query, "text/csv").text.split()
    evidence, words = row.split(",")
    page = server.send("GET", "/id/" + evidence.removeprefix(BASE), Accept="text/html").text
    assert words in page


def test_every_iri_of_the_data_resolves(server):
    things = server.get(
        f"SELECT DISTINCT ?s {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), '{BASE}')) }} ORDER BY ?s",
        "text/csv",
    ).text.split("\r\n")[1:-1]
    assert len(things) > 100
    for thing in things[::7]:
        path = "/id/" + thing.removeprefix(BASE)
        reply = server.send("GET", path, Accept="application/n-triples")
        assert reply.status == 200, thing
        assert f"<{thing}>" in reply.text


def test_the_whole_data_set_can_be_fetched_where_its_description_says(server, build):
    query = "SELECT ?f { ?d dcat:downloadURL ?f } ORDER BY ?f"
    files = server.get(query, "text/csv").text.splitlines()[1:]
    assert len(files) == 2
    for file in files:
        reply = server.send("GET", "/id/" + file.removeprefix(BASE))
        assert reply.status == 200
        assert reply.body == (build / file.rpartition("/")[2]).read_bytes()
    assert server.send("GET", "/id/dataset/download/store").status == 404
    known = server.send("GET", "/.well-known/void")
    assert (known.status, known.headers["location"]) == (303, "/id/dataset")


def test_a_concept_and_the_ontology_resolve(server):
    assert "牵头" in server.send("GET", "/role/lead", Accept="text/turtle").text
    assert "skos:definition" in server.send("GET", "/ontology").text


@pytest.mark.parametrize("accept", ["text/html", "text/turtle"])
@pytest.mark.parametrize("thing", ["unit/无此单位", "x", "", "a%20b%3E", "%FF", "%00", "../../etc"])
def test_what_is_not_there_is_told(server, thing, accept):
    reply = server.send("GET", f"/id/{thing}", Accept=accept)
    assert reply.status == 404
    assert server.send("GET", f"/id/{WATER}", Accept="image/png").status == 406


def test_words_of_a_text_never_become_markup(server, build, start, tmp_path):
    import shutil

    from kg.store import write_store

    folder = tmp_path / "hostile"
    shutil.copytree(build, folder)
    evil = '<script>alert(1)</script>"onload="x'
    lines = (folder / "graph.nq").read_text(encoding="utf-8")
    text = evil.replace("\\", "\\\\").replace('"', '\\"')
    lines += f'<{BASE}unit/evil> <http://www.w3.org/2004/02/skos/core#prefLabel> "{text}"@zh <{BASE}graph/register> .\n'
    lines += f"<{BASE}unit/evil> <http://www.w3.org/2000/01/rdf-schema#seeAlso> <javascript:alert(1)> <{BASE}graph/register> .\n"
    (folder / "graph.nq").write_text(lines, encoding="utf-8")
    write_store(folder / "graph.nq", folder / "store")
    page = start(folder=folder).send("GET", "/id/unit/evil", Accept="text/html").text
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert quote(evil) not in page


def test_the_site_and_its_folders_are_served_and_nothing_else(server, build):
    assert server.send("GET", "/").body == (build / "site" / "index.html").read_bytes()
    assert server.send("GET", "/tasks.html").status == 200
    assert server.send("GET", "/static/core.js").status == 200
    for path in (
        "/../graph.nq",
        "/%2e%2e/graph.nq",
        "/..%2fgraph.nq",
        "/store/CURRENT",
        "/nowhere",
    ):
        assert server.send("GET", path).status == 404, path


@pytest.mark.parametrize(
    "path", ["/", "/query", "/sparql", f"/id/{WATER}", "/nowhere", "/assets/query.js"]
)
def test_every_answer_has_security_headers(server, path):
    headers = server.send("GET", path, Accept="text/html").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "server" not in headers
