"""The observations: well-formed cubes, by the shapes and by the vocabulary's own rules."""

from collections import Counter

import pytest
import rdflib
from measure_networks import WATER, network, random_frame
from rdflib.namespace import RDF

from kg.measures.compute import measure_frame
from kg.measures.cube import observations
from kg.measures.shapes import FILE, shapes
from kg.rdf import PREFIXES
from kg.resources import ontology
from kg.store import load_store
from kg.validate import validate

BASE = "https://example.org/id/"
QB = rdflib.Namespace("http://purl.org/linked-data/cube#")
MS = rdflib.Namespace(PREFIXES["ms"])


def cube(frame):
    data = rdflib.Dataset(default_union=True)
    lines = list(observations(measure_frame(frame), BASE))
    data.parse(data="\n".join(lines) + "\n", format="nquads")
    return data


pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")


@pytest.fixture(scope="module")
def water():
    return cube(network(WATER))


def test_values_stand_in_the_graph(water):
    (load,) = water.objects(rdflib.URIRef(BASE + "measures/load/甲"), MS.load)
    assert float(load) == pytest.approx(25 / 12, abs=1e-6)
    graphs = {str(graph.identifier) for graph in water.graphs() if len(graph)}
    assert graphs == {BASE + "graph/derived"}


def test_measure_that_not_all_have_stands_by_itself():
    data = cube(network("task notice form 甲 乙 丙\n1 n1 item L S .\n2 n1 item . . L"))
    rows = data.query(
        "SELECT ?unit ?value { ?o qb:dataSet ?d ; ms:unit ?unit ; ms:asymmetry ?value ."
        " ?d qb:structure/qb:component/qb:measure ?m } ORDER BY ?value",
        initNs={"qb": QB, "ms": MS},
    )
    found = [(str(row.unit), float(row.value)) for row in rows]
    assert found == [(BASE + "unit/乙", -1.0), (BASE + "unit/甲", 1.0)]


def test_no_blank_nodes_and_stable_lines():
    frame = random_frame(1)
    lines = list(observations(measure_frame(frame), BASE))
    assert lines == list(observations(measure_frame(frame), BASE))
    assert not any("_:" in line for line in lines)


def problems(lines):
    found = validate(load_store(("\n".join(lines) + "\n").encode()))
    assert all(problem.message_zh and problem.message_en for problem in found)
    return {problem.name for problem in found if problem.name.startswith(SHAPED)}


SHAPED = ("Observation", "Observed", "Dimension", "Measure")


def test_the_file_of_shapes_is_up_to_date():
    """If not: python -m kg.measures.shapes."""
    assert ontology(FILE).read_text(encoding="utf-8") == shapes()


def test_shapes():
    lines = list(observations(measure_frame(network(WATER)), BASE))
    assert problems(lines) == set()
    node = f"<{BASE}measures/load/甲>"
    tail = f"<{BASE}graph/derived> ."
    without = [line for line in lines if not line.startswith(f"{node} <{MS.tasks}>")]
    assert len(without) == len(lines) - 1
    assert problems(without) == {"Observed-load-tasks"}
    assert problems([*lines, f'{node} <{MS.load}> "much" {tail}']) == {"Measure-load"}
    assert problems([*lines, f'{node} <{MS.unit}> "甲" {tail}']) == {"Dimension-unit"}
    assert problems([*lines, f"{node} <{QB.dataSet}> {node} {tail}"]) == {"Observation-data-set"}


RULES = {
    "IC-1": "?o a qb:Observation FILTER NOT EXISTS { ?o qb:dataSet ?d }",
    "IC-1, several": "?o qb:dataSet ?d, ?e FILTER(?d != ?e)",
    "IC-2": "?d a qb:DataSet FILTER NOT EXISTS { ?d qb:structure ?s }",
    "IC-2, several": "?d qb:structure ?s, ?t FILTER(?s != ?t)",
    "IC-3": "?s a qb:DataStructureDefinition FILTER NOT EXISTS { ?s qb:component/qb:measure ?m }",
    "IC-4": "?p a qb:DimensionProperty FILTER NOT EXISTS { ?p rdfs:range ?r }",
    "IC-5": "?p a qb:DimensionProperty ; rdfs:range skos:Concept"
    " FILTER NOT EXISTS { ?p qb:codeList ?l }",
    "IC-6": "?c qb:componentRequired false FILTER NOT EXISTS { ?c qb:attribute ?a }",
    "IC-7": "?k a qb:SliceKey FILTER NOT EXISTS { ?s qb:sliceKey ?k }",
    "IC-8": "?k a qb:SliceKey ; qb:componentProperty ?p . ?s qb:sliceKey ?k"
    " FILTER NOT EXISTS { ?s qb:component/qb:componentProperty|qb:component/qb:dimension ?p }",
    "IC-9": "?s a qb:Slice FILTER NOT EXISTS { ?s qb:sliceStructure ?k }",
    "IC-10": "?s qb:sliceStructure/qb:componentProperty ?p FILTER NOT EXISTS { ?s ?p ?v }",
    "IC-11": "?o qb:dataSet/qb:structure/qb:component/qb:dimension ?p"
    " FILTER NOT EXISTS { ?o ?p ?v }",
    "IC-13": "?o qb:dataSet/qb:structure/qb:component ?c . ?c qb:componentRequired true ;"
    " qb:attribute ?p FILTER NOT EXISTS { ?o ?p ?v }",
    "IC-14": "?o qb:dataSet/qb:structure ?s . ?s qb:component/qb:measure ?m"
    " FILTER NOT EXISTS { ?s qb:component/qb:dimension qb:measureType }"
    " FILTER NOT EXISTS { ?o ?m ?v }",
    "IC-15": "?o qb:measureType ?m FILTER NOT EXISTS { ?o ?m ?v }",
    "IC-16": "?o qb:measureType ?m ; qb:dataSet/qb:structure/qb:component/qb:measure ?n ; ?n ?v"
    " FILTER(?n != ?m)",
    "IC-17": "?o qb:measureType ?m ; qb:dataSet/qb:structure/qb:component/qb:measure ?n"
    " FILTER NOT EXISTS { ?p qb:dataSet/^qb:dataSet ?o ; qb:measureType ?n }",
    "IC-18": "?d qb:slice ?s . ?s qb:observation ?o FILTER NOT EXISTS { ?o qb:dataSet ?d }",
    "IC-19": "?o qb:dataSet/qb:structure/qb:component/qb:dimension ?p . ?p qb:codeList ?l ."
    " ?l a skos:ConceptScheme . ?o ?p ?v FILTER NOT EXISTS { ?v skos:inScheme ?l }",
    "components are declared": "?c qb:dimension ?p FILTER(?p != qb:measureType)"
    " FILTER NOT EXISTS { ?p a qb:DimensionProperty }",
    "measures are declared": "?c qb:measure ?p FILTER NOT EXISTS { ?p a qb:MeasureProperty }",
}


def test_no_two_observations_have_the_same_place(water):
    """IC-12, by comparing what each observation has for the dimensions of its data set."""
    places = Counter()
    for observation, data_set in water.subject_objects(QB.dataSet):
        components = water.objects(water.value(data_set, QB.structure), QB.component)
        dimensions = {water.value(one, QB.dimension) for one in components} - {None}
        place = ((one, water.value(observation, one)) for one in sorted(dimensions))
        places[data_set, tuple(place)] += 1
    assert len(places) > 20
    assert max(places.values()) == 1


@pytest.mark.parametrize("rule", RULES)
def test_integrity_of_the_cube(water, rule):
    """The constraints of the W3C recommendation (section 11) as ASK queries."""
    spaces = {"qb": QB, "rdfs": rdflib.RDFS, "skos": rdflib.SKOS}
    assert not water.query(f"ASK {{ {RULES[rule]} }}", initNs=spaces).askAnswer
    assert (None, RDF.type, QB.Observation) in water
