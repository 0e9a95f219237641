"""Constraint, effective size, core, PageRank, HITS and betweenness."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from measure_networks import WATER, frames, random_frame, work
from networkx.algorithms import bipartite

import kg.measures.structure as structure_module
from kg.measures.betweenness import betweenness
from kg.measures.choices import Choices
from kg.measures.compute import measure_frame
from kg.measures.structure import (
    constraint,
    core_number,
    effective_size,
    hubs_and_authorities,
    pagerank,
)
from kg.measures.ties import pairs_of
from kg.measures.work import counted_work


def graph_of(pairs, values):
    graph = nx.Graph()
    graph.add_nodes_from(range(pairs.units))
    for one, two, value in zip(pairs.first, pairs.second, values, strict=True):
        graph.add_edge(int(one), int(two), weight=float(value))
    return graph


def directed_of(pairs):
    graph = nx.DiGraph()
    graph.add_nodes_from(range(pairs.units))
    for one, two, forth, back in zip(
        pairs.first.tolist(), pairs.second.tolist(), pairs.forth, pairs.back, strict=True
    ):
        for start, end, weight in ((one, two, forth), (two, one, back)):
            if weight:
                graph.add_edge(start, end, weight=float(weight))
    return graph


# a — b — c: b knows two who do not know each other.
PATH = "task notice form a b c\n1 n1 item L S .\n2 n1 item . L S"


def test_constraint_and_size_of_a_path_by_hand():
    pairs = pairs_of(work(PATH))
    # a: all in b, and b's half in c is no partner of a: 1. b: (1/2)² + (1/2)².
    assert constraint(pairs).tolist() == [1.0, 0.5, 1.0]
    assert effective_size(pairs).tolist() == [1.0, 2.0, 1.0]


def test_pagerank_by_hand():
    # a → b → c; with d = 0.85 and c handing its rank to all:
    # a = x, b = x + 0.85 a, c = x + 0.85 b, where x = 0.05 + 0.85 c / 3
    pairs = pairs_of(work(PATH))
    a, b, c = pagerank(pairs, np.ones(3, dtype=bool)).tolist()
    assert a + b + c == pytest.approx(1)
    assert a == pytest.approx(0.05 + 0.85 * c / 3)
    assert b == pytest.approx(a + 0.85 * a)
    assert c == pytest.approx(a + 0.85 * b)


def test_hits_by_hand():
    # a leads b and c, d leads c: called = (1, (1 + √5) / 2) up to scale for weights 1, 1, 1.
    made = work("task notice form a b c d\n1 n1 item L S . .\n2 n1 item L . S .\n3 n1 item . . S L")
    hubs, called = hubs_and_authorities(pairs_of(made), np.ones(4, dtype=bool))
    golden = (1 + 5**0.5) / 2
    assert called.tolist() == pytest.approx([0, 1 / (1 + golden), golden / (1 + golden), 0])
    assert hubs.tolist() == pytest.approx([golden / (1 + golden), 0, 0, 1 / (1 + golden)])


def test_core_by_hand():
    # A triangle with a tail, and a unit alone.
    core = core_number(np.array([0, 0, 1, 2, 3]), np.array([1, 2, 2, 3, 4]), 6)
    assert core.tolist() == [2, 2, 2, 1, 1, 0]


def test_core_takes_pairs_with_two_shared_tasks():
    measures = measure_frame(counted(WATER))
    # 甲乙 3, 甲丙 2, 乙丙 3 are ties; 丁 shares one task with each.
    assert {row.name: row.core for row in measures.load} == {"甲": 2, "乙": 2, "丙": 2, "丁": 0}


def counted(table):
    from measure_networks import network

    return network(table)


def test_betweenness_of_a_star_is_one():
    made = work("task notice form a b c d\n1 n1 item L S . .\n2 n1 item L . S .\n3 n1 item L . . S")
    values, errors = betweenness(made.task, made.unit, 4)
    assert values.tolist() == [1, 0, 0, 0]
    assert errors.tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("shape", [(12, 40, 0.25), (15, 9, 0.15), (30, 30, 0.05)])
def test_structure_agrees_with_networkx(seed, shape):
    made = counted_work(random_frame(seed, *shape), Choices())
    pairs = pairs_of(made)
    weighted = graph_of(pairs, pairs.newman)
    everyone = np.ones(pairs.units, dtype=bool)

    def same(mine, theirs):
        assert mine.tolist() == pytest.approx(
            [theirs[place] for place in range(pairs.units)], nan_ok=True, abs=1e-6
        )

    same(constraint(pairs), nx.constraint(weighted, weight="weight"))
    same(effective_size(pairs), nx.effective_size(weighted))
    same(core_number(pairs.first, pairs.second, pairs.units), nx.core_number(weighted))
    directed = directed_of(pairs)
    same(pagerank(pairs, everyone), nx.pagerank(directed, tol=1e-12, max_iter=500))
    two_mode = nx.Graph()
    for task, unit in zip(made.task.tolist(), made.unit.tolist(), strict=True):
        two_mode.add_edge(unit, ("task", task))
    values, _ = betweenness(made.task, made.unit, pairs.units)
    same(values, bipartite.betweenness_centrality(two_mode, range(pairs.units)))


@pytest.mark.parametrize("seed", range(4))
def test_hits_agree_with_networkx(seed):
    pairs = pairs_of(counted_work(random_frame(seed), Choices()))
    hubs, called = hubs_and_authorities(pairs, np.ones(pairs.units, dtype=bool))
    their_hubs, their_called = nx.hits(directed_of(pairs), tol=1e-10, max_iter=1000)
    assert hubs.tolist() == pytest.approx([their_hubs[u] for u in range(pairs.units)], abs=1e-6)
    assert called.tolist() == pytest.approx([their_called[u] for u in range(pairs.units)], abs=1e-6)


@pytest.mark.parametrize("reached", [20, 1_000_000])
def test_sparse_matrices_give_the_same(monkeypatch, reached):
    pairs = pairs_of(counted_work(random_frame(7, 30, 60, 0.1), Choices()))
    dense = constraint(pairs), effective_size(pairs)
    monkeypatch.setattr(structure_module, "DENSE_UNITS", 1)
    monkeypatch.setattr(structure_module, "_REACHED", reached)
    assert constraint(pairs) == pytest.approx(dense[0], nan_ok=True)
    assert effective_size(pairs) == pytest.approx(dense[1], nan_ok=True)


def test_sampled_betweenness_is_near_and_says_how_near():
    made = counted_work(random_frame(3, 60, 900, 0.06), Choices())
    exact, _ = betweenness(made.task, made.unit, 60)
    near, error = betweenness(made.task, made.unit, 60, seed=5, exact_steps=0)
    assert (error > 0).all()
    off = np.abs(near - exact) / error
    assert np.mean(off < 2) > 0.85
    assert off.max() < 5
    again, _ = betweenness(made.task, made.unit, 60, seed=5, exact_steps=0)
    assert (near == again).all()


def test_sampled_betweenness_of_networks_that_nothing_connects():
    one, two = (counted_work(random_frame(seed, 40, 500, 0.06), Choices()) for seed in (3, 4))
    task = np.concatenate([one.task, two.task + len(one.tasks)])
    unit = np.concatenate([one.unit, two.unit + 40])
    exact, _ = betweenness(task, unit, 80)
    near, error = betweenness(task, unit, 80, seed=5, exact_steps=0)
    off = np.abs(near - exact) / error
    assert np.mean(off < 2) > 0.85
    assert off.max() < 5


def test_collectives_stay_out_of_structure():
    table = "task notice form 甲 乙 *各街乡\n1 n1 item L . S\n2 n1 item . L S"
    rows = {row.name: row for row in measure_frame(counted(table)).load}
    assert rows["各街乡"].betweenness is None
    assert rows["各街乡"].constraint is None
    assert rows["甲"].betweenness == 0
    inside = measure_frame(counted(table), Choices(collectives_in_structure=True))
    assert {row.name: row.betweenness for row in inside.load}["各街乡"] > 0


@given(frames())
@settings(max_examples=40)
def test_ranges(frame):
    for row in measure_frame(frame).load:
        if row.betweenness is not None:
            assert -1e-12 <= row.betweenness <= 1 + 1e-12
        if row.effective_size is not None:
            assert 1 - 1e-9 <= row.effective_size <= row.partners + 1e-9
        if row.asymmetry is not None:
            assert -1 <= row.asymmetry <= 1
        if row.effective_partners is not None:
            assert row.effective_partners <= row.partners + 1e-9
