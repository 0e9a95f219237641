"""The null model: by hand, by brute force, by SciPy, and planted pairs found."""

import dataclasses
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from measure_networks import random_frame, work

from kg.measures.bicm import (
    benjamini_hochberg,
    characteristic,
    fit_bicm,
    tails,
)
from kg.measures.choices import Choices, Strata
from kg.measures.compute import measure_frame
from kg.measures.excess import _blocks, _strata, excess_over_chance
from kg.measures.frame import FrameTask, FrameUnit, Row
from kg.measures.making import make_frame
from kg.measures.ties import pairs_of
from kg.measures.work import counted_work

ALL = Choices(strata=Strata.NONE)


def fit(rows, columns):
    """Fit the model to a degree of each row and column, one by one."""
    kinds, of_row, rows_each = np.unique(rows, return_inverse=True, return_counts=True)
    sorts, of_column, columns_each = np.unique(columns, return_inverse=True, return_counts=True)
    chance = fit_bicm(kinds, rows_each, sorts, columns_each)
    return chance[np.ix_(of_row, of_column)]


@given(st.integers(2, 9), st.integers(2, 12), st.integers(0, 10**6))
@settings(max_examples=80)
def test_model_keeps_degrees(rows, columns, seed):
    cells = np.random.RandomState(seed).rand(rows, columns) < 0.4
    chance = fit(cells.sum(axis=1), cells.sum(axis=0))
    assert chance.sum(axis=1) == pytest.approx(cells.sum(axis=1), abs=1e-6)
    assert chance.sum(axis=0) == pytest.approx(cells.sum(axis=0), abs=1e-6)


def test_model_by_hand():
    # Degrees 2, 1 and 2, 1 on 2 × 2: the first row and the first column are full.
    assert fit([2, 1], [2, 1]) == pytest.approx(np.array([[1, 1], [1, 0]]), abs=1e-8)
    # Degrees 1, 1 and 1, 1: every cell is a toss of a coin.
    assert fit([1, 1], [1, 1]) == pytest.approx(np.full((2, 2), 0.5))


def by_brute_force(chances, seen):
    more = fewer = 0.0
    for tosses in product((0, 1), repeat=len(chances)):
        chance = np.prod([p if toss else 1 - p for p, toss in zip(chances, tosses, strict=True)])
        more += chance * (sum(tosses) >= seen)
        fewer += chance * (sum(tosses) <= seen)
    return more, fewer


@given(st.lists(st.floats(0, 1), min_size=1, max_size=7), st.data())
@settings(max_examples=80)
def test_tails_by_brute_force(chances, data):
    seen = data.draw(st.integers(0, len(chances)))
    points = len(chances) + 1
    function = characteristic(np.array([chances]), np.ones(len(chances), dtype=int), points)
    more, fewer = tails(function, points, np.array([seen]))
    assert (more[0], fewer[0]) == pytest.approx(by_brute_force(chances, seen), abs=1e-12)


def test_tails_agree_with_scipy():
    stats = pytest.importorskip("scipy.stats")
    chances = np.random.RandomState(1).rand(300) * 0.1
    function = characteristic(chances[None, :], np.ones(300, dtype=int), 301)
    for seen in (0, 5, 15, 30):
        more, fewer = tails(function, 301, np.array([seen]))
        assert fewer[0] == pytest.approx(stats.poisson_binom.cdf(seen, chances), abs=1e-12)
        assert more[0] == pytest.approx(stats.poisson_binom.sf(seen - 1, chances), abs=1e-12)


def test_q_values_agree_with_scipy():
    stats = pytest.importorskip("scipy.stats")
    chances = np.random.RandomState(2).rand(200)
    assert benjamini_hochberg(chances) == pytest.approx(stats.false_discovery_control(chances))


# Each of four units in two of four tasks, every task with two units: π = 1/2 everywhere,
# each pair's number of shared tasks is Binomial(4, 1/4).
SQUARE = """
task  notice  form  a  b  c  d
1     n1      item  L  S  .  .
2     n1      item  L  S  .  .
3     n1      item  .  .  L  S
4     n1      item  .  .  L  S
"""


def test_excess_by_hand():
    made = work(SQUARE, ALL)
    chance = excess_over_chance(made, pairs_of(made), fewest=1)
    assert chance.expected == pytest.approx(np.ones(6))
    # P(X >= 2) = 1 - (3/4)^4 - 4 (1/4)(3/4)^3 = 67/256; P(X <= 0) = 81/256
    together = chance.shared == 2
    assert together.tolist() == [True, False, False, False, False, True]
    assert chance.p_more[together] == pytest.approx([67 / 256] * 2)
    assert chance.p_fewer[~together] == pytest.approx([81 / 256] * 4)
    # q = p m / rank: 67/256 · 6/2, and 81/256 · 6/4
    assert chance.q_more[together] == pytest.approx([67 / 256 * 3] * 2)
    assert chance.q_fewer[~together] == pytest.approx([81 / 256 * 1.5] * 4)


def test_strata_explain_meetings_in_one_notice():
    # Two tasks in notices of their own: whoever is in a notice of one task must meet.
    made = work("task notice form a b c\n1 n1 item L S .\n2 n2 item L . S")
    chance = excess_over_chance(made, pairs_of(made), fewest=1)
    assert list(zip(chance.first, chance.second, strict=True)) == [(0, 1), (0, 2)]
    assert chance.expected == pytest.approx([1, 1])
    assert chance.p_more == pytest.approx([1, 1])


def test_strata_add_up():
    """Over notices, a pair's distribution is the sum of those of each notice."""
    frame = random_frame(5, 8, 30, 0.3)
    whole = counted_work(frame, Choices())
    chance = excess_over_chance(whole, pairs_of(whole), fewest=1)
    chances = {}
    for number in whole.notices:
        part = counted_work(frame, Choices(notices=(number,)))
        several = np.flatnonzero(part.size > 1)
        cells = np.zeros((len(whole.units), len(several)))
        place = [[unit.id for unit in whole.units].index(unit.id) for unit in part.units]
        for task, unit in zip(part.task, part.unit, strict=True):
            if task in several:
                cells[place[unit], np.flatnonzero(several == task)[0]] = 1
        here = np.flatnonzero(cells.sum(axis=1))
        pi = np.zeros_like(cells)
        pi[here] = fit(cells[here].sum(axis=1).astype(int), cells.sum(axis=0).astype(int))
        chances[number] = pi
    pi = np.concatenate(list(chances.values()), axis=1)
    for one, two, seen, expected, more in zip(
        chance.first, chance.second, chance.shared, chance.expected, chance.p_more, strict=True
    ):
        product_ = pi[one] * pi[two]
        assert expected == pytest.approx(product_.sum())
        mass = np.ones(1)
        for p in product_:
            mass = np.convolve(mass, [1 - p, p])
        assert more == pytest.approx(mass[seen:].sum(), abs=1e-9)


@pytest.mark.parametrize("pairs", [1, 40, 10**6])
def test_chance_does_not_depend_on_how_many_pairs_are_tested_at_once(monkeypatch, pairs):
    made = counted_work(random_frame(7, 40, 120, 0.05), Choices())
    whole = excess_over_chance(made, pairs_of(made))
    monkeypatch.setattr("kg.measures.excess._PAIRS", pairs)
    parts = excess_over_chance(made, pairs_of(made))
    assert len(whole.first) > 100
    for column in dataclasses.fields(whole):
        assert np.array_equal(getattr(whole, column.name), getattr(parts, column.name))


def test_units_that_no_notice_brings_together_take_no_room(monkeypatch):
    """Of 300 places with four units each, no unit is beside one of another place."""
    places = range(300)
    made = make_frame(
        [FrameUnit(f"{place:03}/{unit}", "") for place in places for unit in range(4)],
        [FrameTask(f"{place:03}", f"{place:03}号") for place in places],
        [Row(f"{place:03}", f"{place:03}/{unit}", "lead") for place in places for unit in range(4)],
    )
    counted = counted_work(made, Choices())
    monkeypatch.setattr("kg.measures.excess._PAIRS", 5000)
    blocks = list(_blocks(list(_strata(counted, counted.size > 1)), len(counted.units)))
    assert sum((block.high - block.low) * len(block.columns) for block in blocks) < 1200 * 100
    chance = excess_over_chance(counted, pairs_of(counted))
    assert len(chance.first) == 300 * 6


def planted(seed=3):
    """60 tasks of four units each at random, and 乙 with 甲 in eighteen of twenty."""
    draw = np.random.RandomState(seed)
    rows = [
        Row(f"task/{task:02}", f"unit/{unit:02}", "lead")
        for task in range(120)
        for unit in draw.choice(np.arange(2, 30), 4, replace=False)
    ]
    rows += [Row(f"task/{task:02}", "unit/00", "lead") for task in range(20)]
    rows += [Row(f"task/{task:02}", "unit/01", "lead") for task in range(2, 22)]
    return make_frame(
        [FrameUnit(f"unit/{unit:02}", f"单位{unit}") for unit in range(30)],
        [FrameTask(f"task/{task:02}", "n1") for task in range(120)],
        rows,
    )


def test_planted_pair_is_found_and_no_other():
    measures = measure_frame(planted(), ALL)
    found = [(tie.unit, tie.partner) for tie in measures.ties if tie.q_more <= 0.05]
    assert found == [("unit/00", "unit/01")]
    assert measures.system[0].pairs_more == 1
    (tie,) = [tie for tie in measures.ties if (tie.unit, tie.partner) == ("unit/00", "unit/01")]
    assert tie.shared_tasks == 18
    assert tie.excess == pytest.approx(18 / tie.expected)
    assert {row.unit: row.core_validated for row in measures.load}["unit/00"] == 1


def test_too_few_tasks_are_not_tested():
    made = work(SQUARE)
    chance = excess_over_chance(made, pairs_of(made))
    assert (chance.note, len(chance.first)) == ("too_few_tasks", 0)
    (tie, *_) = measure_frame(random_frame(1, 6, 20)).ties
    assert (tie.chance, tie.p_more, tie.q_more, tie.expected) == ("too_few_tasks", None, None, None)
    notes = {line.setting: line.en for line in measure_frame(random_frame(1, 6, 20)).settings}
    assert "too few tasks to test" in notes["warning_chance"]


def test_agrees_with_bicm():
    bicm = pytest.importorskip("bicm")
    draw = np.random.RandomState(4)
    cells = (draw.rand(20, 80) < 0.15).astype(int)
    cells = cells[:, cells.sum(axis=0) > 0]
    model = bicm.BipartiteGraph(biadjacency=cells)
    model.solve_tool(linsearch=True, verbose=False)
    theirs = model.get_bicm_matrix()
    mine = fit(cells.sum(axis=1), cells.sum(axis=0))
    assert mine == pytest.approx(theirs, abs=1e-6)
