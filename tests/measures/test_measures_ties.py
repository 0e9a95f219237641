"""Pairs, partners and the whole: by hand, by networkx, and what must always hold."""

import random

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from measure_networks import WATER, frames, network, random_frame, rows_of, work
from networkx.algorithms import bipartite

from kg.measures.choices import CertaintyChoice, Choices
from kg.measures.communities import communities, modularity
from kg.measures.compute import measure_frame
from kg.measures.frame import FrameTask, FrameUnit, Row
from kg.measures.load import coordination
from kg.measures.making import make_frame
from kg.measures.partners import concentration, cross_reach, depth, partners
from kg.measures.system import (
    centralisation,
    density,
    gini,
    herfindahl,
    network_reciprocity,
)
from kg.measures.ties import cosine, jaccard, pairs_of, reciprocity
from kg.measures.work import counted_work


def by_pair(made, pairs, values):
    names = [unit.name for unit in made.units]
    return {
        frozenset((names[one], names[two])): value
        for one, two, value in zip(pairs.first, pairs.second, values.tolist(), strict=True)
    }


def pair(names):
    return frozenset(names)


def test_pairs_by_hand():
    made = work(WATER)
    pairs = pairs_of(made)
    assert by_pair(made, pairs, pairs.shared) == {
        pair("甲乙"): 3,
        pair("甲丙"): 2,
        pair("甲丁"): 1,
        pair("乙丙"): 3,
        pair("乙丁"): 1,
        pair("丙丁"): 1,
    }
    assert by_pair(made, pairs, pairs.newman) == pytest.approx(
        {
            pair("甲乙"): 1 / 2 + 1 + 1 / 3,
            pair("甲丙"): 1 / 2 + 1 / 3,
            pair("甲丁"): 1 / 3,
            pair("乙丙"): 1 / 2 + 1 + 1 / 3,
            pair("乙丁"): 1 / 3,
            pair("丙丁"): 1 / 3,
        }
    )
    assert by_pair(made, pairs, jaccard(pairs)) == pytest.approx(
        {
            pair("甲乙"): 3 / 4,
            pair("甲丙"): 2 / 4,
            pair("甲丁"): 1 / 3,
            pair("乙丙"): 3 / 4,
            pair("乙丁"): 1 / 4,
            pair("丙丁"): 1 / 3,
        }
    )
    assert by_pair(made, pairs, cosine(pairs))[pair("甲乙")] == pytest.approx(3 / 12**0.5)


def test_directed_weights_by_hand():
    made = work(WATER)
    pairs = pairs_of(made)
    name = [unit.name for unit in made.units]
    directed = {}
    for one, two, forth, back in zip(
        pairs.first, pairs.second, pairs.forth, pairs.back, strict=True
    ):
        directed |= {(name[one], name[two]): forth, (name[two], name[one]): back}
    # task 1: 甲 → 乙, 丙 by 1/2; 2: 甲 → 乙 by 1; 5: 甲, 乙 → 丙, 丁 by 1/4
    assert {key: value for key, value in directed.items() if value} == {
        ("甲", "乙"): 1.5,
        ("甲", "丙"): 0.75,
        ("甲", "丁"): 0.25,
        ("乙", "丙"): 0.25,
        ("乙", "丁"): 0.25,
    }


def test_reciprocity_by_hand():
    # 甲 → 乙 by 1 + 1/2, 乙 → 甲 by 1, 甲 → 丙 by 1/2
    made = work(
        "task notice form 甲 乙 丙\n1 n1 item L S .\n2 n1 item S L .\n3 n1 item L S S\n4 n1 item . R R"
    )
    pairs = pairs_of(made)
    values = by_pair(made, pairs, reciprocity(pairs))
    assert values[pair("甲乙")] == pytest.approx(2 * 1 / 2.5)
    assert values[pair("甲丙")] == 0
    assert np.isnan(values[pair("乙丙")])
    assert network_reciprocity(pairs) == pytest.approx(2 * 1 / 3)


def test_partners_by_hand():
    made = work(WATER)
    pairs = pairs_of(made)
    names = [unit.name for unit in made.units]
    assert partners(pairs).tolist() == [3, 3, 3, 3]
    deep = dict(zip(names, depth(coordination(made), partners(pairs)).tolist(), strict=True))
    assert deep == pytest.approx({"甲": 2, "乙": 7 / 3, "丙": 2, "丁": 1})
    hhi = dict(zip(names, concentration(pairs)[0].tolist(), strict=True))
    assert hhi["甲"] == pytest.approx((121 + 25 + 4) / 36 / 9)
    assert hhi["丁"] == pytest.approx(1 / 3)


def test_cross_reach_by_hand():
    made = work(WATER)
    pairs = pairs_of(made)
    names = [unit.name for unit in made.units]
    blau, balance = cross_reach(pairs, [unit.kind for unit in made.units], made.collective)
    # 甲 meets 局 three times and 企 three times.
    assert blau[names.index("甲")] == 0.5
    assert balance[names.index("甲")] == 0
    blau, balance = cross_reach(pairs, [unit.level for unit in made.units], made.collective)
    # 甲 (区) meets 市 five times; 丁 has no level, its partners are 区 1 and 市 2.
    assert (blau[names.index("甲")], balance[names.index("甲")]) == (0, 1)
    assert blau[names.index("丁")] == pytest.approx(4 / 9)
    assert np.isnan(balance[names.index("丁")])


def test_collective_and_its_member_are_no_pair():
    made = work(
        "task notice form 甲 *各街乡 东街\n1 n1 item L S S",
        Choices(members={"unit/各街乡": ("unit/东街",)}),
    )
    pairs = pairs_of(made)
    assert set(by_pair(made, pairs, pairs.shared)) == {
        frozenset(("甲", "各街乡")),
        frozenset(("甲", "东街")),
    }


def test_system_by_hand():
    (whole, year, first, second) = measure_frame(network(WATER)).system
    assert (whole.tasks, whole.units, whole.assignments, whole.pairs) == (5, 4, 12, 6)
    assert whole.units_per_task == pytest.approx(2.4)
    assert whole.mean_partners == 3
    assert whole.density == 1
    # loads 3, 13, 19, 25 twelfths
    assert whole.load_gini == pytest.approx(2 * (3 + 26 + 57 + 100) / (4 * 60) - 5 / 4)
    assert whole.load_concentration == pytest.approx((9 + 169 + 361 + 625) / 3600)
    assert whole.centralisation == 0
    assert whole.multi_unit_share == 0.8
    assert whole.led_share == 0.8
    assert whole.multi_lead_share == 0.25
    assert whole.reciprocity == 0
    assert whole.chance == "too_few_tasks"
    assert whole.pairs_more is None
    assert (year.scope, year.name, year.tasks) == ("year", "2020", 5)
    assert (first.name, first.tasks, first.units) == ("n1", 3, 3)
    assert (second.name, second.tasks, second.units) == ("n2", 2, 4)


def test_system_leaves_collectives_apart():
    (row, *_) = measure_frame(network("task notice form 甲 乙 *各街乡\n1 n1 item L S S")).system
    assert (row.units, row.collectives, row.pairs) == (2, 1, 1)
    assert row.units_per_task == 3
    assert row.collective_load_share == pytest.approx(1 / 3)
    assert row.load_gini == 0


def test_edges_of_the_system_measures():
    assert gini(np.array([0.0, 0.0, 6.0])) == pytest.approx(2 / 3)
    assert np.isnan(gini(np.zeros(0)))
    assert herfindahl(np.array([3.0])) == 1
    assert np.isnan(density(0, 1))
    assert np.isnan(centralisation(np.array([1.0, 1.0])))


@pytest.mark.parametrize("seed", range(4))
def test_projections_agree_with_networkx(seed):
    made = counted_work(random_frame(seed), Choices())
    pairs = pairs_of(made)
    graph = nx.Graph()
    several = made.size[made.task] > 1
    for task, unit in zip(made.task[several], made.unit[several], strict=True):
        graph.add_edge(("unit", int(unit)), ("task", int(task)))
    units = [node for node in graph if node[0] == "unit"]
    for values, other in (
        (pairs.shared, bipartite.weighted_projected_graph(graph, units)),
        (pairs.newman, bipartite.collaboration_weighted_projected_graph(graph, units)),
        (jaccard(pairs), bipartite.overlap_weighted_projected_graph(graph, units)),
    ):
        assert len(pairs.first) == other.number_of_edges()
        for one, two, value in zip(pairs.first, pairs.second, values, strict=True):
            assert other[("unit", one)][("unit", two)]["weight"] == pytest.approx(value)


@given(frames())
@settings(max_examples=60)
def test_newman_strength_is_the_number_of_shared_tasks(frame):
    made = counted_work(frame, Choices())
    pairs = pairs_of(made)
    assert pairs.both_ways(pairs.newman) == pytest.approx(pairs.multi)
    assert pairs.both_ways(pairs.shared) == pytest.approx(coordination(made))
    both = ((made.leads > 0) & (made.size > made.leads)).sum()
    assert (pairs.forth + pairs.back).sum() == pytest.approx(both)


def shuffled(frame, draw):
    rows = rows_of(frame)
    units, tasks = list(frame.units), list(frame.tasks)
    for part in (rows, units, tasks):
        draw.shuffle(part)
    return make_frame(units, tasks, rows, frame.notices)


@given(frames(), st.integers(0, 999))
@settings(max_examples=40)
def test_order_does_not_matter(frame, seed):
    assert measure_frame(frame) == measure_frame(shuffled(frame, random.Random(seed)))


@given(frames())
@settings(max_examples=40)
def test_solo_task_changes_no_pair(frame):
    both = Choices(certainty=CertaintyChoice.ALL)
    before = measure_frame(frame, both)
    rows = rows_of(frame)
    alone = FrameTask("task/alone", frame.notices[0].number)
    for unit in (frame.units[0], FrameUnit("unit/new", "新")):
        more = make_frame(
            [*frame.units, unit],
            [*frame.tasks, alone],
            [*rows, Row(alone.id, unit.id, "lead")],
            frame.notices,
        )
        assert measure_frame(more, both).ties == before.ties


def test_communities_of_two_cliques():
    table = """
task  notice  form  a  b  c  d  e  f
1     n1      item  L  S  S  .  .  .
2     n1      item  L  S  S  .  .  .
3     n1      item  .  .  .  L  S  S
4     n1      item  .  .  .  L  S  S
5     n1      item  .  .  L  S  .  .
"""
    pairs = pairs_of(work(table))
    found = communities(pairs)
    assert found.tolist() == [0, 0, 0, 1, 1, 1]
    graph = nx.Graph()
    for one, two, weight in zip(pairs.first, pairs.second, pairs.newman, strict=True):
        graph.add_edge(int(one), int(two), weight=weight)
    expected = nx.community.modularity(graph, [{0, 1, 2}, {3, 4, 5}])
    assert modularity(pairs, found) == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(4))
def test_communities_as_good_as_networkx(seed):
    pairs = pairs_of(counted_work(random_frame(seed, 20, 30, 0.12), Choices()))
    graph = nx.Graph()
    for one, two, weight in zip(pairs.first, pairs.second, pairs.newman, strict=True):
        graph.add_edge(int(one), int(two), weight=weight)
    theirs = nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=1))
    found = communities(pairs)
    mine = [{int(u) for u in np.flatnonzero(found == c)} for c in range(found.max() + 1)]
    assert modularity(pairs, found) == pytest.approx(nx.community.modularity(graph, mine))
    assert modularity(pairs, found) > theirs - 0.03
