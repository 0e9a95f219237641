"""``/sparql`` speaks the SPARQL 1.1 Protocol.

The tests with ``w3c`` in their name are those of the W3C suite
(https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/) that apply to
an endpoint that is read-only, by the names they have there; their graphs are
graphs of this data set.
"""

import csv
import io
import json
from urllib.parse import quote

import pyoxigraph as ox
import pytest
import rdflib
from SPARQLWrapper import CSV, GET, JSON, POST, POSTDIRECTLY, TURTLE, URLENCODED, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

BASE = "https://w3id.org/gazette-kg/id/"
WATER = f"{BASE}unit/北京市朝阳区水务局"
REGISTER, DERIVED = f"{BASE}graph/register", f"{BASE}graph/derived"
ASK, NAME = "ASK { ?s ?p ?o }", f"SELECT ?name {{ <{WATER}> skos:prefLabel ?name }}"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
NAMED = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
TURTLE_OF = f"CONSTRUCT {{ <{WATER}> ?p ?o }} WHERE {{ <{WATER}> ?p ?o }}"


def rows(reply):
    assert reply.status == 200, reply.text
    result = json.loads(reply.body)
    return [
        tuple(row[name]["value"] for name in result["head"]["vars"])
        for row in result["results"]["bindings"]
    ]


def number(reply):
    return int(rows(reply)[0][0])


# ---- the W3C tests ----


def test_w3c_query_get(server):
    reply = server.get(ASK)
    assert reply.kind == "application/sparql-results+json"
    assert json.loads(reply.body)["boolean"] is True


def test_w3c_query_post_form(server):
    assert json.loads(server.form(ASK).body)["boolean"] is True


def test_w3c_query_post_direct(server):
    assert json.loads(server.direct(ASK).body)["boolean"] is True


@pytest.mark.parametrize("send", ["get", "form"])
def test_w3c_query_dataset_default_graph(server, send):
    ask = getattr(server, send)
    one = number(ask(COUNT, default_graph_uri=REGISTER))
    assert 0 < one < number(ask(COUNT))
    assert rows(ask(NAMED, default_graph_uri=REGISTER)) == []


@pytest.mark.parametrize("send", ["get", "form"])
def test_w3c_query_dataset_default_graphs(server, send):
    ask = getattr(server, send)
    parts = [number(ask(COUNT, default_graph_uri=graph)) for graph in (REGISTER, DERIVED)]
    assert number(ask(COUNT, default_graph_uri=[REGISTER, DERIVED])) == sum(parts)


@pytest.mark.parametrize("send", ["get", "form"])
def test_w3c_query_dataset_named_graphs(server, send):
    ask = getattr(server, send)
    assert rows(ask(NAMED, named_graph_uri=[REGISTER, DERIVED])) == [(DERIVED,), (REGISTER,)]
    assert number(ask(COUNT, named_graph_uri=[REGISTER, DERIVED])) == 0


def test_w3c_query_dataset_full(server):
    fields = {"default_graph_uri": REGISTER, "named_graph_uri": DERIVED}
    assert rows(server.get(NAMED, **fields)) == [(DERIVED,)]
    assert number(server.get(COUNT, **fields)) == number(
        server.get(COUNT, default_graph_uri=REGISTER)
    )


def test_w3c_query_multiple_dataset(server):
    """What the request names goes before what the query names."""
    query = COUNT.replace("WHERE", f"FROM <{DERIVED}> WHERE")
    assert number(server.get(query, default_graph_uri=REGISTER)) == number(
        server.get(COUNT, default_graph_uri=REGISTER)
    )


def test_w3c_query_content_type_select(server):
    kinds = {"application/sparql-results+json", "application/sparql-results+xml"}
    assert server.get(NAME, "application/sparql-results+xml").kind in kinds


def test_w3c_query_content_type_ask(server):
    assert server.get(ASK, "application/sparql-results+xml").kind.endswith("+xml")


@pytest.mark.parametrize("query", [f"DESCRIBE <{WATER}>", TURTLE_OF])
def test_w3c_query_content_type_describe_and_construct(server, query):
    for kind in ("text/turtle", "application/rdf+xml"):
        assert server.get(query, kind).kind == kind


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_w3c_bad_query_method(server, method):
    reply = server.get(ASK, method=method)
    assert reply.status == 405
    assert set(reply.headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}


def test_w3c_bad_multiple_queries(server):
    for reply in (
        server.send("GET", f"/sparql?query={quote(ASK)}&query={quote(ASK)}"),
        server.direct(ASK, path=f"/sparql?query={quote(ASK)}"),
    ):
        assert reply.status == 400
        assert "this has 2" in reply.text


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data"])
def test_w3c_bad_query_wrong_media_type(server, kind):
    assert server.send("POST", "/sparql", ASK.encode(), Content_Type=kind).status == 415


def test_w3c_bad_query_missing_form_type(server):
    assert server.send("POST", "/sparql", f"query={quote(ASK)}".encode()).status == 415


def test_w3c_bad_query_missing_direct_type(server):
    assert server.send("POST", "/sparql", ASK.encode()).status == 415


def test_w3c_bad_query_non_utf8(server):
    wide = {"Content_Type": "application/sparql-query; charset=UTF-16"}
    assert server.send("POST", "/sparql", ASK.encode("utf-16"), **wide).status == 415
    assert server.direct(ASK.encode("utf-16")).status == 400
    assert server.send("GET", "/sparql?query=%FF%FE").status == 400


@pytest.mark.parametrize("query", ["ASK {", "", "SELEC ?s {}"])
def test_w3c_bad_query_syntax(server, query):
    for reply in (server.get(query), server.form(query), server.direct(query)):
        assert reply.status == 400
        assert "line 1, column" in reply.text


@pytest.mark.parametrize("update", ["CLEAR ALL", "INSERT DATA { <urn:a> <urn:b> 1 }"])
def test_w3c_updates_are_refused(server, update):
    before = number(server.get(COUNT))
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    direct = {"Content_Type": "application/sparql-update"}
    replies = [
        server.send("POST", "/sparql", f"update={quote(update)}".encode(), **form),
        server.send("POST", "/sparql", update.encode(), **direct),
        server.send("GET", f"/sparql?update={quote(update)}"),
    ]
    assert [reply.status for reply in replies] == [403, 403, 403]
    assert all("read-only" in reply.text and "只读" in reply.text for reply in replies)
    assert server.get(update).status == 400
    assert number(server.get(COUNT)) == before


# ---- SPARQLWrapper as the client ----


@pytest.mark.parametrize(
    ("method", "request_method"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)]
)
def test_a_chinese_iri_by_every_way_of_asking(server, method, request_method):
    client = SPARQLWrapper(f"{server.url}/sparql")
    client.setMethod(method)
    client.setRequestMethod(request_method)
    client.setReturnFormat(JSON)
    client.setQuery(
        f"PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT ?n {{ <{WATER}> skos:prefLabel ?n }}"
    )
    (row,) = client.query().convert()["results"]["bindings"]
    assert row["n"]["value"] == "北京市朝阳区水务局"


def test_sparqlwrapper_reads_a_graph_and_an_error(server):
    client = SPARQLWrapper(f"{server.url}/sparql")
    client.setQuery(TURTLE_OF)
    client.setReturnFormat(TURTLE)
    graph = rdflib.Graph().parse(data=client.query().convert(), format="turtle")
    assert (rdflib.URIRef(WATER), rdflib.RDF.type, rdflib.ORG.Organization) in graph
    client.setQuery("SELECT * {")
    client.setReturnFormat(CSV)
    with pytest.raises(QueryBadFormed, match="line 1, column"):
        client.query()


def test_the_programs_own_client_gets_the_same_rows(server, build):
    from kg.query import list_queries
    from kg.remote.endpoint import Endpoint
    from kg.store import open_build

    remote, local = Endpoint(f"{server.url}/sparql"), open_build(build)
    for query in list_queries():
        assert remote.query(query.text, query.name) == local.query(query.text)


# ---- formats ----


def test_every_format_of_results_holds_the_same(server):
    table = list(csv.reader(io.StringIO(server.get(NAME, "text/csv").text)))
    assert table == [["name"], ["北京市朝阳区水务局"]]
    tabs = server.get(NAME, "text/tab-separated-values").text
    assert tabs == '?name\n"北京市朝阳区水务局"@zh\n'
    for kind, form in (
        ("application/sparql-results+json", ox.QueryResultsFormat.JSON),
        ("application/sparql-results+xml", ox.QueryResultsFormat.XML),
    ):
        reply = server.get(NAME, kind)
        assert reply.kind == kind
        (row,) = ox.parse_query_results(reply.body, format=form)
        assert row["name"] == ox.Literal("北京市朝阳区水务局", language="zh")


def test_every_format_of_graphs_holds_the_same(server):
    graphs = []
    for kind, form in (
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    ):
        reply = server.get(TURTLE_OF, kind)
        assert reply.kind == kind
        graphs.append({str(quad) for quad in ox.parse(reply.body, format=form)})
    assert graphs[0]
    assert all(graph == graphs[0] for graph in graphs)


@pytest.mark.parametrize("kind", ["text/csv", "text/tab-separated-values"])
def test_ask_as_text_is_one_word(server, kind):
    assert server.get(ASK, kind).text == "true\n"
    assert server.get("ASK { <urn:a> <urn:b> <urn:c> }", kind).text == "false\n"


@pytest.mark.parametrize(
    ("query", "accept", "kind"),
    [
        (NAME, "", "application/sparql-results+json"),
        (NAME, "*/*", "application/sparql-results+json"),
        (NAME, "text/*", "text/csv"),
        (NAME, "text/csv;q=0.5, application/json", "application/json"),
        (NAME, "text/turtle, text/csv;q=0.1", "text/csv"),
        (
            NAME,
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "application/xml",
        ),
        (TURTLE_OF, "", "text/turtle"),
        (TURTLE_OF, "application/sparql-results+json,*/*;q=0.1", "text/turtle"),
        (TURTLE_OF, "application/ld+json, text/turtle;q=0.9", "application/ld+json"),
    ],
)
def test_the_format_is_what_the_client_likes_best(server, query, accept, kind):
    reply = server.get(query, accept)
    assert (reply.status, reply.kind) == (200, kind)
    assert "Accept" in reply.headers["vary"]


@pytest.mark.parametrize(
    ("query", "accept", "offer"),
    [
        (NAME, "image/png", "text/csv"),
        (NAME, "text/turtle", "text/csv"),
        (TURTLE_OF, "text/csv", "text/turtle"),
        (NAME, "application/sparql-results+json;q=0", "text/csv"),
        (None, "image/png", "text/turtle"),
    ],
)
def test_a_format_that_is_not_to_be_had_is_told_with_those_that_are(server, query, accept, offer):
    reply = server.get(query, accept)
    assert reply.status == 406
    assert offer in reply.text


# ---- HEAD, CORS, service description ----


def test_head_is_get_without_the_body(server):
    reply, full = server.get(NAME, method="HEAD"), server.get(NAME)
    assert (reply.status, reply.body) == (200, b"")
    for name in ("content-type", "content-length"):
        assert reply.headers[name] == full.headers[name]
    assert server.get("SELEC", method="HEAD").status == 400


def test_pages_of_other_origins_may_ask(server):
    asked = server.send("GET", f"/sparql?query={quote(ASK)}", Origin="https://example.org")
    assert asked.headers["access-control-allow-origin"] == "*"
    before = server.send(
        "OPTIONS",
        "/sparql",
        Origin="https://example.org",
        Access_Control_Request_Method="POST",
        Access_Control_Request_Headers="content-type",
    )
    assert before.status == 200
    assert "POST" in before.headers["access-control-allow-methods"]
    assert "content-type" in before.headers["access-control-allow-headers"].lower()


def test_other_origins_can_be_kept_out(start):
    reply = start("--no-cors").send("GET", "/sparql", Origin="https://example.org")
    assert reply.status == 200
    assert "access-control-allow-origin" not in reply.headers


SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")


@pytest.mark.parametrize(
    ("kind", "form"),
    [("text/turtle", "turtle"), ("application/ld+json", "json-ld"), ("application/rdf+xml", "xml")],
)
def test_without_a_query_the_service_describes_itself(server, kind, form):
    reply = server.get(accept=kind)
    assert (reply.status, reply.kind) == (200, kind)
    graph = rdflib.Graph().parse(data=reply.body, format=form)
    (service,) = graph.subjects(rdflib.RDF.type, SD.Service)
    assert str(graph.value(service, SD.endpoint)) == f"{server.url}/sparql"
    assert (service, SD.supportedLanguage, SD.SPARQL11Query) in graph
    assert (service, SD.feature, SD.UnionDefaultGraph) in graph
    graphs = {str(name) for name in graph.objects(None, SD.name)}
    assert {(name,) for name in graphs} == set(rows(server.get(NAMED)))


def test_a_browser_is_sent_to_the_query_page(server):
    reply = server.get(accept="text/html,*/*;q=0.8")
    assert (reply.status, reply.headers["location"]) == (303, "query")
    assert server.send("GET", "/query").kind == "text/html"
