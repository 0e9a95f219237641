"""A build is published to real servers by both protocols, and can be asked there."""

import pytest

from kg.cli import main
from kg.errors import EndpointError, StoreError
from kg.query import find_query, list_queries
from kg.rdf import PREFIXES
from kg.rdf.terms import literal
from kg.remote.endpoint import Endpoint
from kg.remote.publish import GraphStore, Update, publish, read_graphs
from kg.store import load_store

BASE = "https://w3id.org/gazette-kg/id/"
COUNTS = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"


@pytest.fixture(params=["graph-store", "update"])
def protocol(request):
    return request.param


def target(remote, protocol):
    return GraphStore(remote.store) if protocol == "graph-store" else Update(remote.update)


def stored(remote):
    """How many triples each graph of ours has there."""
    rows = Endpoint(remote.query).query(COUNTS).texts()
    return {graph: int(number) for graph, number in rows if graph.startswith(BASE)}


def expected(build):
    return {graph: len(triples) for graph, triples in read_graphs(build).items()}


@pytest.fixture
def empty(remote):
    """The server without graphs of ours."""
    update = Update(remote.update)
    for graph in stored(remote):
        update._update(f"DROP SILENT GRAPH <{graph}>")
    assert stored(remote) == {}
    return remote


@pytest.fixture
def published(empty, builds):
    publish(builds / "both", GraphStore(empty.store))
    return empty


def test_every_graph_arrives_whole(empty, protocol, builds):
    done = publish(builds / "both", target(empty, protocol))
    want = expected(builds / "both")
    assert stored(empty) == want
    assert (done.graphs, done.triples) == (len(want), sum(want.values()))


def test_publishing_again_replaces_and_removes(empty, protocol, builds):
    publish(builds / "both", target(empty, protocol))
    foreign = "urn:x:another"
    Update(empty.update)._update(f"INSERT DATA {{ GRAPH <{foreign}> {{ <urn:a> <urn:b> 1 }} }}")
    before = stored(empty)
    done = publish(builds / "one", target(empty, protocol))
    want = expected(builds / "one")
    assert stored(empty) == want
    assert len(before) == len(want) + 1
    if protocol == "graph-store":
        assert set(done.removed) == set(before) - set(want)
    endpoint = Endpoint(empty.query)
    assert endpoint.query(f"ASK {{ GRAPH <{foreign}> {{ ?s ?p ?o }} }}").answer
    publish(builds / "one", target(empty, protocol))
    assert stored(empty) == want


@pytest.mark.parametrize("name", [query.name for query in list_queries()])
def test_a_named_query_gives_the_same_rows_there(published, name, builds):
    """Virtuoso has an order of its own for Chinese words."""
    text = find_query(name).text
    there = Endpoint(published.query).query(text, name)
    here = load_store(builds / "both" / "graph.nq").query(text)
    if published.name == "oxigraph":
        assert there == here
    elif name == "notices-citing":
        # Virtuoso 7 finds the empty string, the default of the parameter, in no other.
        assert (here.rows != (), there.rows) == (True, ())
    else:
        assert there.columns == here.columns
        assert sorted(there.texts()) == sorted(here.texts())


def test_words_arrive_as_they_were(empty, protocol, builds):
    publish(builds / "both", target(empty, protocol))
    query = (
        "PREFIX oa: <http://www.w3.org/ns/oa#> "
        "SELECT DISTINCT ?words WHERE { ?x oa:exact ?words } ORDER BY ?words"
    )
    there = {words for (words,) in Endpoint(empty.query).query(query).texts()}
    here = {words for (words,) in load_store(builds / "both" / "graph.nq").query(query).texts()}
    assert there == here
    assert any("，" in words for words in here)


def test_more_triples_than_one_insertion_takes(empty, protocol, tmp_path):
    lines = [
        f'<{BASE}x/{number}> <urn:p> "第{number}条" <{BASE}graph/metadata> .'
        for number in range(4321)
    ]
    (tmp_path / "graph.nq").write_text("\n".join(lines) + "\n", encoding="utf-8")
    publish(tmp_path, target(empty, protocol))
    assert stored(empty) == {f"{BASE}graph/metadata": 4321}


def test_a_long_text_arrives_whole(empty, protocol, tmp_path):
    """The text of a document is one literal, here of 600 KB."""
    text = "一、治理河道。“区水务局”牵头，各街乡配合。\n" * 10_000
    thing, graph = f"<{BASE}document/1>", f"<{BASE}graph/metadata>"
    lines = [f"{thing} <{PREFIXES['prov']}value> {literal(text)} {graph} .\n"]
    lines += [f'{thing} <{PREFIXES["dct"]}title> "{number}" {graph} .\n' for number in range(600)]
    (tmp_path / "graph.nq").write_text("".join(lines), encoding="utf-8", newline="\n")
    publish(tmp_path, target(empty, protocol))
    query = f"SELECT ?text {{ <{BASE}document/1> <{PREFIXES['prov']}value> ?text }}"
    assert Endpoint(empty.query).query(query).texts() == [(text,)]


def test_the_command(empty, protocol, builds, capsys):
    address = empty.store if protocol == "graph-store" else empty.update
    run = ["publish", "--build", str(builds / "one"), "--endpoint", address]
    assert main([*run, "--protocol", protocol]) == 0
    out, err = capsys.readouterr()
    want = expected(builds / "one")
    assert f"{len(want)} graphs, {sum(want.values())} triples published" in out
    assert err.count("\n") == len(want)
    assert stored(empty) == want


def test_a_wrong_login_is_told(virtuoso_server, builds, monkeypatch, protocol):
    for password in ("", "wrong"):
        monkeypatch.setenv("KG_ENDPOINT_USER", "dba")
        monkeypatch.setenv("KG_ENDPOINT_PASSWORD", password)
        with pytest.raises(EndpointError, match=r"access denied .401.") as caught:
            publish(builds / "one", target(virtuoso_server, protocol))
        assert "\n" not in str(caught.value)
        assert "wrong" not in str(caught.value)


@pytest.mark.parametrize(
    ("protocol", "path", "message"),
    [
        ("graph-store", "/nowhere", "not found"),
        ("update", "/nowhere", "not found"),
        ("update", "/store", "HTTP 4"),
        ("graph-store", "/update", "not found"),
    ],
)
def test_a_wrong_address_is_told(oxigraph_server, builds, capsys, protocol, path, message):
    address = oxigraph_server.store.replace("/store", path)
    run = ["publish", "--build", str(builds / "one"), "--endpoint", address, "--protocol", protocol]
    assert main([*run, "--quiet"]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    ("url", "message"),
    [("ftp://example.org/", "http or https"), ("http://127.0.0.1:9/store", "cannot be reached")],
)
def test_what_is_no_server_is_told(builds, url, message):
    with pytest.raises(EndpointError, match=message):
        publish(builds / "one", GraphStore(url))


def test_a_folder_without_a_graph_is_told(tmp_path):
    with pytest.raises(StoreError, match="kg build"):
        publish(tmp_path, GraphStore("http://127.0.0.1:9/"))
    (tmp_path / "graph.nq").write_text("<urn:a> <urn:b> <urn:c> <urn:g> .\n", encoding="utf-8")
    with pytest.raises(StoreError, match="no metadata graph"):
        publish(tmp_path, GraphStore("http://127.0.0.1:9/"))
