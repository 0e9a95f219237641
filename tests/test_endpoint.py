"""The remote client against real servers: oxigraph from its wheel, Virtuoso where installed.

Servers that misbehave (slow, failing, no SPARQL) are small real HTTP servers.
"""

import json
import shutil
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import URLError
from urllib.parse import parse_qs
from urllib.request import urlopen

import pytest
from factories import dredging_notice, water_notice

from kg.cli import main
from kg.errors import EndpointError
from kg.query import bind, find_query, list_queries
from kg.rdf import quads
from kg.remote.endpoint import Endpoint
from kg.store import load_store, write_store

BESIDE_PYTHON = str(Path(sys.executable).parent)
OXIGRAPH = shutil.which("oxigraph", path=BESIDE_PYTHON) or shutil.which("oxigraph")


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def wait_for(url, process, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            urlopen(url, timeout=1).close()
            return
        except (URLError, OSError) as error:
            if getattr(error, "code", None):
                return
            assert process.poll() is None, "the server stopped"
            time.sleep(0.05)
    raise AssertionError(f"no answer from {url}")


@pytest.fixture(scope="module")
def nquads():
    return ("\n".join(quads([water_notice(), dredging_notice()])) + "\n").encode()


@pytest.fixture(scope="module")
def oxigraph(nquads, tmp_path_factory):
    if OXIGRAPH is None:
        pytest.skip("the oxigraph wheel is not installed")
    folder = tmp_path_factory.mktemp("oxigraph")
    (folder / "graph.nq").write_bytes(nquads)
    write_store(folder / "graph.nq", folder / "store")
    port = free_port()
    command = [OXIGRAPH, "serve-read-only", "--location", str(folder / "store")]
    command += ["--bind", f"127.0.0.1:{port}", "--union-default-graph"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    wait_for(f"http://127.0.0.1:{port}/", process)
    yield f"http://127.0.0.1:{port}/query"
    process.terminate()
    process.wait()


@pytest.mark.parametrize("name", [query.name for query in list_queries()])
def test_a_named_query_gives_the_same_rows_remotely(name, oxigraph, nquads):
    text = find_query(name).text
    assert Endpoint(oxigraph).query(text) == load_store(nquads).query(text)


def test_ask_construct_and_parameters(oxigraph, nquads):
    endpoint, local = Endpoint(oxigraph), load_store(nquads)
    assert endpoint.query("ASK { ?s ?p ?o }").answer is True
    assert endpoint.query("ASK { <urn:a> <urn:b> <urn:c> }").answer is False
    construct = "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c }"
    assert endpoint.query(construct) == local.query(construct)
    query = find_query("unit-load")
    assert bind(query, {"unit": ["区水务局"]}, endpoint) == bind(
        query, {"unit": ["区水务局"]}, local
    )


def test_the_command_asks_an_endpoint(oxigraph, capsys):
    run = ["query", "unit-load", "--endpoint", oxigraph, "--param", "unit=区水务局"]
    assert main([*run, "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[1].startswith("北京市朝阳区水务局,3,1,1,1,0,")


def test_a_refused_query_is_told_in_the_words_of_the_endpoint(oxigraph):
    with pytest.raises(EndpointError, match=r"refused mine: .*1:") as caught:
        Endpoint(oxigraph).query("SELEC ?s {}", "mine")
    assert "\n" not in str(caught.value)


def test_a_wrong_path_is_told(oxigraph):
    with pytest.raises(EndpointError, match="not found"):
        Endpoint(oxigraph.replace("/query", "/nowhere")).query("ASK {}")


def test_nobody_there_is_told():
    with pytest.raises(EndpointError, match="cannot be reached"):
        Endpoint(f"http://127.0.0.1:{free_port()}/query").query("ASK {}")


@pytest.mark.parametrize("url", ["", "query", "ftp://example.org/", "file:///etc/passwd"])
def test_what_is_no_address_is_told(url):
    with pytest.raises(EndpointError, match="http or https"):
        Endpoint(url)


class Scripted(BaseHTTPRequestHandler):
    """Answers each request with the next of ``answers``: a status, a type, a body."""

    answers: list
    seen: list

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.seen.append((headers, self.rfile.read(length).decode()))
        status, kind, body = self.answers.pop(0)
        if status == 0:
            time.sleep(1.6)
        try:
            self.send_response(status or 200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(body.encode())
        except BrokenPipeError:
            pass

    def log_message(self, *_):
        pass


@pytest.fixture
def scripted():
    servers = []

    def start(*answers):
        handler = type("Handler", (Scripted,), {"answers": list(answers), "seen": []})
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/sparql", handler.seen

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


TRUE = (200, "application/sparql-results+json", '{"head":{},"boolean":true}')


def test_the_request_is_a_form_with_the_type_asked_for(scripted):
    url, seen = scripted(TRUE)
    Endpoint(url).query("ASK { ?s ?p '水务' }")
    headers, body = seen[0]
    assert headers["content-type"].startswith("application/x-www-form-urlencoded")
    assert headers["accept"] == "application/sparql-results+json"
    assert headers["user-agent"].startswith("gazette-kg")
    assert parse_qs(body)["query"] == ["ASK { ?s ?p '水务' }"]


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_server_that_is_busy_is_asked_again(scripted, status):
    url, seen = scripted((status, "text/plain", "busy"), (status, "text/plain", "busy"), TRUE)
    assert Endpoint(url, pause=0.01).query("ASK {}").answer
    assert len(seen) == 3


def test_a_server_that_stays_busy_is_told(scripted):
    url, seen = scripted(*[(503, "text/plain", "busy")] * 3)
    with pytest.raises(EndpointError, match=r"unavailable .503. after 3 tries"):
        Endpoint(url, retries=2, pause=0.01).query("ASK {}")
    assert len(seen) == 3


def test_a_slow_server_is_told(scripted):
    url, _ = scripted((0, "text/plain", ""))
    with pytest.raises(EndpointError, match="no answer within 1 s"):
        Endpoint(url, timeout=1).query("ASK {}")


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ((200, "text/html", "<html><b>Welcome</b></html>"), "with 'Welcome'; is this a SPARQL"),
        ((200, "text/html", f"<p>{'水' * 400}</p>"), f"with '{'水' * 299}…'; is this a SPARQL"),
        ((200, "application/json", "[]"), "did not answer with SPARQL results"),
        ((200, "application/json", '{"results": 1}'), "did not answer with SPARQL results"),
        ((401, "text/plain", "who?"), "access denied .401.; set KG_ENDPOINT_USER"),
        ((403, "text/plain", "no"), "access denied .403."),
        ((500, "text/plain", "out of\nmemory"), "refused query: out of memory"),
        ((418, "text/plain", "teapot"), "HTTP 418"),
    ],
)
def test_an_answer_that_is_none_is_told_in_one_line(scripted, answer, message):
    url, _ = scripted(answer)
    with pytest.raises(EndpointError, match=message) as caught:
        Endpoint(url, retries=0).query("ASK {}")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("x" * 300, "x" * 300),
        ("x" * 301, "x" * 299 + "…"),
        ("x" * 298 + " and so on", "x" * 298 + "…"),
        ("x" * 300 + " \n<br>", "x" * 300),
    ],
)
def test_words_of_a_server_that_are_cut_are_marked(scripted, words, told):
    url, _ = scripted((500, "text/plain", words))
    with pytest.raises(EndpointError) as caught:
        Endpoint(url, retries=0).query("ASK {}")
    assert str(caught.value) == f"{url} refused query: {told} · 端点拒绝了查询"


def test_an_ask_that_is_answered_with_a_row_is_understood(scripted):
    def row(value):
        cell = {"__ASK_RETVAL": {"type": "literal", "value": value}}
        body = {"head": {"vars": ["__ASK_RETVAL"]}, "results": {"bindings": [cell]}}
        return (200, "application/sparql-results+json", json.dumps(body))

    url, _ = scripted(row("1"), row("0"))
    assert Endpoint(url).query("# SELECT\nASK {}").answer is True
    assert Endpoint(url).query("ASK {}").answer is False


def test_the_login_comes_from_the_environment(scripted, monkeypatch):
    url, seen = scripted(TRUE)
    monkeypatch.setenv("KG_ENDPOINT_USER", "reader")
    monkeypatch.setenv("KG_ENDPOINT_PASSWORD", "secret")
    Endpoint(url).query("ASK {}")
    assert seen[0][0]["authorization"].startswith("Basic ")
