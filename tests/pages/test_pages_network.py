"""Who leads whom, and where it stands in the picture: without a browser."""

import networkx as nx
import pytest
from factories import (
    DRAINAGE,
    EDUCATION,
    FINANCE,
    LEAD,
    PRIMARY,
    RESPONSIBLE,
    SUPPORT,
    WATER,
    Says,
    water_notice,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Certainty, Role
from kg.network import heads, positions, strongest_roles, unit_network, unit_task_network
from kg.pages.corpus import Corpus


def network(*facts, certainties=frozenset({Certainty.STATED})):
    corpus = Corpus.of(facts)
    return unit_network(corpus.units, corpus.counted(certainties), corpus.assignments, certainties)


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ({"a": LEAD, "b": RESPONSIBLE}, ("a",)),
        ({"a": LEAD, "b": LEAD, "c": SUPPORT}, ("a", "b")),
        ({"a": PRIMARY, "b": SUPPORT}, ("a",)),
        ({"a": PRIMARY, "b": LEAD}, ("b",)),
        ({"a": RESPONSIBLE, "b": SUPPORT}, ()),
        ({}, ()),
    ],
)
def test_heads(roles, expected):
    assert heads(roles) == expected


def test_a_unit_counts_by_its_strongest_role():
    say = Says("甲〔2020〕1号", "区水务局牵头，区水务局配合，区财政局要配合。")
    task = say.task("一", say.text)
    say.assign(task, "区水务局", SUPPORT, nth=1)
    say.assign(task, "区水务局", LEAD)
    say.assign(task, "区财政局", SUPPORT, certainty=Certainty.IMPLIED)
    facts = say.facts()
    assert strongest_roles(facts.assignments) == {WATER.id: Role.LEAD}
    everything = strongest_roles(facts.assignments, Certainty)
    assert everything == {WATER.id: Role.LEAD, FINANCE.id: Role.SUPPORT}


def test_the_water_notice_counts_rows_in_place_of_their_paragraph():
    graph = network(water_notice())
    # Paragraph 一 (lead, support) is told again by row 1 (primary alone): no arc is left.
    assert list(graph.edges()) == []
    assert graph.nodes[WATER.id]["load"] == 2
    assert graph.nodes[WATER.id]["primary"] == 1
    assert EDUCATION.id not in graph
    assert EDUCATION.id in network(water_notice(), certainties=frozenset(Certainty))


def test_arcs_lead_from_heads_to_the_others_and_join_heads():
    say = Says("甲〔2020〕1号", "区财政局、区水务局牵头，区教委负责，北京排水集团配合。")
    task = say.task("一", say.text)
    for words, role in (
        ("区财政局", LEAD),
        ("区水务局", LEAD),
        ("区教委", RESPONSIBLE),
        ("北京排水集团", SUPPORT),
    ):
        say.assign(task, words, role)
    graph = network(say.facts())
    assert set(graph.edges(keys=True)) == {
        (FINANCE.id, EDUCATION.id, "leads"),
        (FINANCE.id, DRAINAGE.id, "leads"),
        (WATER.id, EDUCATION.id, "leads"),
        (WATER.id, DRAINAGE.id, "leads"),
        (*sorted((FINANCE.id, WATER.id)), "joint"),
    }
    arc = graph.edges[WATER.id, DRAINAGE.id, "leads"]
    assert (arc["weight"], arc["tasks"], arc["support"], arc["lead"]) == (1, (task,), 1, 0)


def test_the_two_mode_network_has_an_edge_for_each_role():
    facts = water_notice()
    corpus = Corpus.of([facts])
    graph = unit_task_network(
        corpus.units, corpus.counted(Certainty), corpus.assignments, Certainty
    )
    assert nx.is_bipartite(graph)
    modes = nx.get_node_attributes(graph, "mode")
    assert sorted(modes.values()).count("task") == 3
    assert graph.edges["task/朝政发〔2020〕2号/行/1", WATER.id]["role"] == "primary"


GRAPHS = st.builds(
    lambda count, pairs: nx.relabel_nodes(
        nx.from_edgelist([(a % count, b % count) for a, b in pairs], nx.Graph), str
    ),
    st.integers(1, 25),
    st.lists(st.tuples(st.integers(0, 24), st.integers(0, 24)), min_size=1, max_size=60),
)


@settings(max_examples=40)
@given(GRAPHS)
def test_no_two_boxes_overlap_and_the_same_graph_gives_the_same_picture(graph):
    sizes = {node: (60.0 + 7 * len(node), 40.0) for node in graph}
    spots = positions(graph, sizes)
    assert spots == positions(graph, sizes)
    assert set(spots) == set(graph)
    nodes = sorted(graph)
    for place, one in enumerate(nodes):
        for other in nodes[place + 1 :]:
            apart_x = abs(spots[one][0] - spots[other][0])
            apart_y = abs(spots[one][1] - spots[other][1])
            wide = (sizes[one][0] + sizes[other][0]) / 2
            tall = (sizes[one][1] + sizes[other][1]) / 2
            assert apart_x > wide - 3 or apart_y > tall - 3


def test_neighbours_stand_nearer_than_strangers():
    graph = nx.path_graph([str(n) for n in range(9)])
    spots = positions(graph, dict.fromkeys(graph, (20.0, 20.0)), ratio=1.0)

    def gap(one, other):
        return sum((a - b) ** 2 for a, b in zip(spots[one], spots[other], strict=True)) ** 0.5

    assert max(gap(str(n), str(n + 1)) for n in range(8)) < gap("0", "8") / 4


def test_an_empty_network_has_an_empty_picture():
    assert positions(nx.Graph(), {}) == {}
