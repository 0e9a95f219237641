"""What a query may not do: take for ever, fill the memory, reach other addresses."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kg.serve.guard import Dataset, RefusedError, UnclearError, dataset_of

ASK = "ASK { ?s ?p ?o }"
CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
SLOW = f"SELECT (COUNT(*) AS ?n) WHERE {{ {CROSS} }}"
HUGE = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }"
GREEDY = f"SELECT * WHERE {{ {CROSS} }} ORDER BY ?f ?c ?i"


@pytest.mark.parametrize(
    "query",
    [
        SLOW,
        f"ASK {{ {CROSS} FILTER(CONTAINS(CONCAT(STR(?c), STR(?f), STR(?i)), 'nowhere')) }}",
        f"SELECT (GROUP_CONCAT(DISTINCT ?c) AS ?x) WHERE {{ {CROSS} }} GROUP BY ?i",
        "SELECT * { ?a (!<urn:x>|^!<urn:x>)+ ?b . ?b (!<urn:x>|^!<urn:x>)+ ?c } ORDER BY ?a LIMIT 1",
    ],
)
def test_a_slow_query_is_stopped_in_time_and_told(limited, query):
    reply = limited.form(query)
    assert reply.status == 500
    assert "timed out after 2 s" in reply.text or "memory" in reply.text
    assert "已停止" in reply.text


def test_one_slow_query_does_not_delay_others(server):
    with ThreadPoolExecutor() as others:
        slow = others.submit(server.form, SLOW)
        time.sleep(0.5)
        for _ in range(5):
            assert server.get(ASK).status == 200
        assert not slow.done()
        assert "timed out" in slow.result().text


def test_more_queries_than_places_wait_and_are_told(limited):
    with ThreadPoolExecutor(12) as clients:
        replies = list(clients.map(lambda _: limited.form(SLOW), range(12)))
    assert {reply.status for reply in replies} == {500, 503}
    busy = next(reply for reply in replies if reply.status == 503)
    assert "All 3 places are taken" in busy.text
    assert int(busy.headers["retry-after"]) > 0
    assert limited.get(ASK).status == 200


def test_a_client_that_leaves_does_not_keep_its_place(limited):
    for _ in range(4):
        with pytest.raises(TimeoutError):
            limited.send("GET", "/sparql?query=" + SLOW.replace(" ", "+"), timeout=0.3)
    time.sleep(2.5)
    assert limited.get(ASK).status == 200


def test_a_large_result_is_refused_with_a_word_on_it(limited):
    reply = limited.form(HUGE, "text/csv")
    assert reply.status == 500
    assert "larger than 1 MB" in reply.text
    assert "LIMIT" in reply.text
    assert "超过 1 MB" in reply.text
    assert limited.form(f"{HUGE} LIMIT 100", "text/csv").status == 200


def test_a_query_that_fills_the_memory_ends_alone(limited):
    reply = limited.form(GREEDY)
    assert reply.status == 500
    assert "memory" in reply.text or "timed out" in reply.text
    assert limited.get(ASK).status == 200


def test_a_long_request_is_refused(server):
    most = 1_000_000
    fitting = ASK + " " * (most - len(ASK))
    assert server.direct(fitting).status == 200
    for reply in (server.direct(fitting + " "), server.form(fitting)):
        assert reply.status == 413
        assert "at most 1000000 bytes" in reply.text


class Listener:
    """A server that remembers who came."""

    def __init__(self):
        self.seen = seen = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                seen.append(self.path)
                self.send_response(200)
                self.end_headers()

            def do_POST(self):
                self.do_GET()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/"


@pytest.fixture
def listener():
    made = Listener()
    yield made
    made.server.shutdown()
    made.server.server_close()


SERVICES = [
    "SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ service silent <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ ?s ?p ?o OPTIONAL {{ SERVICE<{0}>{{?s ?p ?o}} }} }}",
    "SELECT * {{ BIND(<{0}> AS ?e) SERVICE ?e {{ ?s ?p ?o }} }}",
    "SELECT * {{ {{ SELECT * {{ ?s ?p ?o FILTER EXISTS {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }} }} }}",
    "PREFIX x: <{0}> ASK {{ SERVICE x: {{ ?s ?p ?o }} }}",
    "SELECT * {{ \\u0053ERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ # '''\n SERVICE <{0}> {{ ?s ?p '# \"' }} }}",
    "SELECT ('''\" # ''' AS ?x) {{ SERVICE <{0}> {{ ?s ?p ?o }} }} #'''",
    "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "DESCRIBE ?s {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
]


@pytest.mark.parametrize("query", SERVICES)
def test_no_query_makes_the_server_call_another(server, listener, query):
    reply = server.form(query.format(listener.url))
    assert reply.status in {400, 403}, reply.text
    assert listener.seen == []


@pytest.mark.parametrize("query", [SERVICES[number] for number in (0, 1, 2, 5, 9, 10)])
def test_the_engine_itself_would_call(listener, query):
    """Without the guard these queries reach the listener: so the test above can fail."""
    import pyoxigraph as ox

    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal(1)))
    with pytest.raises((OSError, RuntimeError)) if "silent" not in query else _nothing():
        answer = store.query(query.format(listener.url))
        if not isinstance(answer, ox.QueryBoolean):
            list(answer)
    assert listener.seen


def _nothing():
    from contextlib import nullcontext

    return nullcontext()


@pytest.mark.parametrize("query", SERVICES[:6])
def test_service_is_refused_by_name(server, query):
    reply = server.form(query.format("http://example.org/"))
    assert reply.status == 403
    assert "SERVICE is refused" in reply.text


@pytest.mark.parametrize(
    "query",
    [
        'ASK { ?s ?p "SERVICE <http://example.org/> { }" }',
        "ASK { ?service ?p <http://example.org/service/x> } # SERVICE <http://x/> { ?s ?p ?o }",
        "PREFIX service: <urn:s:> ASK { ?s service:from ?o }",
        "ASK { ?s ?p 'from <http://example.org/>' }",
    ],
)
def test_the_words_alone_are_no_clause(server, query):
    reply = server.get(query)
    assert reply.status == 200, reply.text


@pytest.mark.parametrize("graph", ["file:///etc/passwd", "http://example.org/g", "data:,x"])
def test_a_graph_from_elsewhere_is_refused(server, graph):
    asked = [
        server.get(f"SELECT * FROM <{graph}> {{ ?s ?p ?o }}"),
        server.get(f"SELECT * FROM NAMED <{graph}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"),
        server.get(f"PREFIX x: <{graph}> SELECT * FROM x: {{ ?s ?p ?o }}"),
        server.get(ASK, default_graph_uri=graph),
        server.form(ASK, named_graph_uri=graph),
    ]
    assert [reply.status for reply in asked] == [403] * 5
    assert all(graph in reply.text and "no graph of this data set" in reply.text for reply in asked)


def test_from_a_graph_of_the_data_set(server):
    graph = "https://w3id.org/gazette-kg/id/graph/register"
    rows = server.get(
        f"SELECT DISTINCT ?g FROM NAMED <{graph}> {{ GRAPH ?g {{ ?s ?p ?o }} }}", "text/csv"
    )
    assert rows.text.split() == ["g", graph]


@pytest.mark.parametrize("depth", [300, 20_000])
def test_a_query_too_deep_to_read_is_refused(server, depth):
    reply = server.form("ASK FROM <urn:x> " + "{" * depth + "}" * depth)
    assert reply.status == 400
    assert server.get(ASK).status == 200


def test_what_a_query_asks_for():
    assert dataset_of(ASK) == Dataset()
    assert dataset_of("ASK FROM <urn:a> FROM NAMED <urn:b> { }") == Dataset(("urn:a",), ("urn:b",))
    assert dataset_of("ASK FROM gaz:x { }").default == ("https://w3id.org/gazette-kg/ontology#x",)
    with pytest.raises(RefusedError):
        dataset_of("ASK { SERVICE ?x { } }")
    with pytest.raises(UnclearError, match="line 2, column"):
        dataset_of("ASK {\n FROM }")
    with pytest.raises(UnclearError):
        dataset_of("ASK FROM nowhere:x { }")
