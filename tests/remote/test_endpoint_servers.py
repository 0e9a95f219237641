"""The remote client against both real servers: every form of query, errors, time-outs."""

import time

import pytest

from kg.errors import EndpointError
from kg.rdf import PREFIXES
from kg.remote.endpoint import Endpoint
from kg.remote.publish import Update, publish
from kg.store import load_store

WATER = "https://w3id.org/gazette-kg/id/unit/北京市朝阳区水务局"
SKOS = f"PREFIX skos: <{PREFIXES['skos']}>\n"
SLOW = (
    "SELECT (COUNT(DISTINCT ?c) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i "
    "FILTER(CONTAINS(STR(?c), STR(?f)) && CONTAINS(STR(?f), STR(?i))) }"
)


@pytest.fixture
def endpoint(remote, builds):
    publish(builds / "both", Update(remote.update))
    return Endpoint(remote.query)


def test_ask(endpoint):
    assert endpoint.query(f"ASK {{ <{WATER}> ?p ?o }}").answer is True
    assert endpoint.query("ASK { <urn:none> ?p ?o }").answer is False


def test_select_with_a_chinese_iri(endpoint):
    result = endpoint.query(f"{SKOS}SELECT ?name WHERE {{ <{WATER}> skos:prefLabel ?name }}")
    assert result.columns == ("name",)
    ((name,),) = result.rows
    assert (name.value, name.language) == ("北京市朝阳区水务局", "zh")


def test_an_empty_cell_is_none(endpoint):
    result = endpoint.query(
        f"{SKOS}SELECT ?n ?x WHERE {{ <{WATER}> skos:prefLabel ?n OPTIONAL {{ <{WATER}> <urn:no> ?x }} }}"
    )
    assert result.rows[0][1] is None


def test_construct_and_describe(endpoint, builds):
    query = f"CONSTRUCT {{ <{WATER}> ?p ?o }} WHERE {{ <{WATER}> ?p ?o FILTER(isIRI(?o)) }}"
    local = load_store(builds / "both" / "graph.nq").query(query)
    assert endpoint.query(query).triples == local.triples
    assert endpoint.query(f"DESCRIBE <{WATER}>").triples


def test_an_error_is_told_in_the_servers_words(endpoint):
    with pytest.raises(EndpointError, match="refused mine: ") as caught:
        endpoint.query("SELECT ?s WHERE { ?s }", "mine")
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) > len(endpoint.url) + 30


def test_a_time_out_is_told(remote, endpoint):
    hasty = Endpoint(remote.query, timeout=1)
    start = time.monotonic()
    with pytest.raises(EndpointError, match="no answer within 1 s"):
        hasty.query(SLOW)
    assert time.monotonic() - start < 8
