"""The observations: well-formed cubes, by the shapes and by the vocabulary's own rules."""

import pytest
import rdflib
from measure_networks import WATER, network, random_frame
from rdflib.namespace import RDF

from kg.measures.compute import measure_frame
from kg.measures.cube import MEASURE_NAMESPACE, observations, shapes

BASE = "https://example.org/id/"
QB = rdflib.Namespace("http://purl.org/linked-data/cube#")
MS = rdflib.Namespace(MEASURE_NAMESPACE)


def cube(frame):
    data = rdflib.Dataset(default_union=True)
    lines = observations(measure_frame(frame), BASE)
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
    assert graphs == {BASE + "graph/measures"}


def test_measure_that_not_all_have_stands_by_itself():
    data = cube(network("task notice form 甲 乙 丙\n1 n1 item L S .\n2 n1 item . . L"))
    rows = data.query(
        "SELECT ?unit ?value { ?o qb:measureType ms:asymmetry ; ms:unit ?unit ;"
        " ms:asymmetry ?value } ORDER BY ?value",
        initNs={"qb": QB, "ms": MS},
    )
    found = [(str(row.unit), float(row.value)) for row in rows]
    assert found == [(BASE + "unit/乙", -1.0), (BASE + "unit/甲", 1.0)]


def test_no_blank_nodes_and_stable_lines():
    frame = random_frame(1)
    lines = observations(measure_frame(frame), BASE)
    assert lines == sorted(set(lines)) == observations(measure_frame(frame), BASE)
    assert not any("_:" in line for line in lines)


def test_shapes(water):
    pyshacl = pytest.importorskip("pyshacl")
    graph = rdflib.Graph()
    for triple in water.triples((None, None, None)):
        graph.add(triple)
    shape = rdflib.Graph().parse(data=shapes(), format="turtle")
    conforms, _, report = pyshacl.validate(graph, shacl_graph=shape)
    assert conforms, report
    node = rdflib.URIRef(BASE + "measures/load/甲")
    graph.remove((node, MS.tasks, None))
    graph.set((node, MS.load, rdflib.Literal("much")))
    conforms, _, report = pyshacl.validate(graph, shacl_graph=shape)
    assert not conforms
    assert "2" in report.split("Results")[1][:8]


RULES = {
    "IC-1": "?o a qb:Observation FILTER NOT EXISTS { ?o qb:dataSet ?d }",
    "IC-2": "?d a qb:DataSet FILTER NOT EXISTS { ?d qb:structure ?s }",
    "IC-3": "?s a qb:DataStructureDefinition FILTER NOT EXISTS { ?s qb:component/qb:measure ?m }",
    "IC-4": "?p a qb:DimensionProperty FILTER NOT EXISTS { ?p rdfs:range ?r }",
    "IC-11": "?o qb:dataSet/qb:structure/qb:component/qb:dimension ?p"
    " FILTER NOT EXISTS { ?o ?p ?v }",
    "IC-14": "?o qb:dataSet/qb:structure ?s . ?s qb:component/qb:measure ?m"
    " FILTER NOT EXISTS { ?s qb:component/qb:dimension qb:measureType }"
    " FILTER NOT EXISTS { ?o ?m ?v }",
    "IC-15": "?o qb:measureType ?m FILTER NOT EXISTS { ?o ?m ?v }",
}


@pytest.mark.parametrize("rule", RULES)
def test_integrity_of_the_cube(water, rule):
    """The constraints of the W3C recommendation (section 11) as ASK queries."""
    spaces = {"qb": QB, "rdfs": rdflib.RDFS}
    assert not water.query(f"ASK {{ {RULES[rule]} }}", initNs=spaces).askAnswer
    assert (None, RDF.type, QB.Observation) in water
