"""Load per unit: values worked out by hand on WATER, and what must always hold."""

import numpy as np
import pytest
from hypothesis import given, settings
from measure_networks import WATER, frames, work

from kg.measures.choices import (
    CertaintyChoice,
    Choices,
    CollectiveChoice,
    PrimaryChoice,
    WorkChoice,
)
from kg.measures.load import (
    burdens,
    carried,
    coordination,
    fractional_load,
    load_shares,
    role_asymmetry,
    task_interval,
    tasks_by_role,
)
from kg.measures.work import counted_work

# Columns 甲 乙 丙 丁 are units 1…4 in the order of their ids (丁 < 丙 < 乙 < 甲).
NAMES = ["丁", "丙", "乙", "甲"]


def by_name(made, values):
    return {unit.name: value for unit, value in zip(made.units, values.tolist(), strict=True)}


def test_tasks_by_role():
    made = work(WATER)
    lead, primary, responsible, support = (by_name(made, one) for one in tasks_by_role(made))
    assert lead == {"甲": 4, "乙": 1, "丙": 0, "丁": 0}
    assert primary == {"甲": 0, "乙": 0, "丙": 0, "丁": 0}
    assert responsible == {"甲": 0, "乙": 2, "丙": 1, "丁": 0}
    assert support == {"甲": 0, "乙": 1, "丙": 2, "丁": 1}


def test_strongest_role_counts_where_a_unit_has_two():
    made = work("task notice form 甲\n1 n1 item SL")
    assert [one.tolist() for one in tasks_by_role(made)] == [[1], [0], [0], [0]]


def test_fractional_load():
    # 甲: 1/3 + 1/2 + 1 + 1/4; 乙: 1/3 + 1/2 + 1/2 + 1/4; 丙: 1/3 + 1/2 + 1/4; 丁: 1/4
    made = work(WATER)
    expected = {"甲": 25 / 12, "乙": 19 / 12, "丙": 13 / 12, "丁": 1 / 4}
    assert by_name(made, fractional_load(made)) == pytest.approx(expected)


def test_fractional_load_with_weights_3_3_2_1():
    # task 1: 甲 3/6, 乙 2/6, 丙 1/6; 2: 3/4, 1/4; 3: 1/2 each; 4: 1; 5: 3/8, 3/8, 1/8, 1/8
    made = work(WATER, Choices(weights=(3, 3, 2, 1)))
    expected = {
        "甲": 1 / 2 + 3 / 4 + 1 + 3 / 8,
        "乙": 1 / 3 + 1 / 4 + 1 / 2 + 3 / 8,
        "丙": 1 / 6 + 1 / 2 + 1 / 8,
        "丁": 1 / 8,
    }
    assert by_name(made, fractional_load(made)) == pytest.approx(expected)


def test_coordination():
    # 甲: 2 + 1 + 0 + 3; 乙: 2 + 1 + 1 + 3; 丙: 2 + 1 + 3; 丁: 3
    made = work(WATER)
    assert by_name(made, coordination(made)) == {"甲": 6, "乙": 7, "丙": 6, "丁": 3}


def test_burdens():
    # led with others: task 1 (1 lead, 2 others), 2 (1, 1), 5 (2, 2)
    made = work(WATER)
    lead, support, span = (by_name(made, one) for one in burdens(made))
    assert lead == {"甲": 2.5, "乙": 0.5, "丙": 0, "丁": 0}
    assert support == {"甲": 0, "乙": 1.5, "丙": 1, "丁": 0.5}
    assert span == {"甲": 2 + 1 + 1, "乙": 1, "丙": 0, "丁": 0}


def test_asymmetry_and_shares():
    made = work(WATER)
    lead, support, _ = burdens(made)
    expected = {"甲": 1.0, "乙": -0.5, "丙": -1.0, "丁": -1.0}
    assert by_name(made, role_asymmetry(lead, support)) == expected
    of_all, leading, alone = (by_name(made, one) for one in load_shares(made))
    assert of_all == {"甲": 0.8, "乙": 0.8, "丙": 0.6, "丁": 0.2}
    assert leading == {"甲": 1.0, "乙": 0.25, "丙": 0, "丁": 0}
    assert alone == {"甲": 0.25, "乙": 0, "丙": 0, "丁": 0}


PRIMARY = """
task  notice  form  甲  乙  丙
1     n1      item  P   S   .
2     n1      item  L   P   S
"""


@pytest.mark.parametrize(
    ("choice", "lead"),
    [
        (PrimaryChoice.OWN, {"甲": 1, "乙": 0, "丙": 0}),
        (PrimaryChoice.HEAD, {"甲": 2, "乙": 0, "丙": 0}),
        (PrimaryChoice.LEAD, {"甲": 1.5, "乙": 0.5, "丙": 0}),
    ],
)
def test_primary_leads_never_where_nobody_does_or_always(choice, lead):
    made = work(PRIMARY, Choices(primary=choice))
    assert by_name(made, burdens(made)[0]) == lead


TWICE = """
task  notice  form   甲  乙  丙
p     n1      item   L   S   .
r1    n1      row<p  L   .   S
r2    n1      row<p  L   .   s
q     n1      item   .   s   .
"""


@pytest.mark.parametrize(
    ("choices", "tasks"),
    [
        (Choices(certainty=CertaintyChoice.ALL), ["q", "r1", "r2"]),
        (Choices(work=WorkChoice.ROWS), ["r1", "r2"]),
        (Choices(work=WorkChoice.PARAGRAPHS, certainty=CertaintyChoice.ALL), ["p", "q"]),
        (Choices(), ["r1", "r2"]),
    ],
)
def test_each_piece_of_work_counts_once(choices, tasks):
    assert [task.label for task in work(TWICE, choices).tasks] == tasks


def test_paragraph_counts_itself_where_its_rows_do_not():
    table = "task notice form 甲 乙\np n1 item L S\nr n1 row<p l ."
    stated = work(table, Choices(certainty=CertaintyChoice.STATED))
    assert [task.label for task in stated.tasks] == ["p"]


@pytest.mark.parametrize(
    ("choices", "notices"),
    [
        (Choices(notices=("n2",)), ["n2"]),
        (Choices(period_from="2020", period_to="2020"), ["n1", "n2"]),
        (Choices(period_from="2020-03-08"), ["n2", "n3"]),
        (Choices(period_to="2020-03-07"), ["n1"]),
    ],
)
def test_notices_and_period(choices, notices):
    table = "task notice form 甲\n1 n1 item L\n2 n2 item L\n3 n3 item L"
    assert list(work(table, choices).notices) == notices


STREETS = """
task  notice  form  甲  *各街乡  东街  西街
1     n1      item  L   S        .     .
2     n1      item  .   S        L     .
"""
MEMBERS = {"unit/各街乡": ("unit/东街", "unit/西街")}


def streets(collective, quantifier="all", size=4):
    return work(
        STREETS,
        Choices(collective=collective, members=MEMBERS),
        各街乡={"quantifier": quantifier, "frame_size": size},
    )


def test_collective_as_node():
    made = streets(CollectiveChoice.NODE)
    assert by_name(made, fractional_load(made)) == {"甲": 0.5, "各街乡": 1.0, "东街": 0.5}


def test_collective_shared_among_members():
    # Each known member takes 1/4 of the collective's half; 东街 is named in task 2.
    made = streets(CollectiveChoice.SHARE)
    load = by_name(made, fractional_load(made))
    assert load == {"甲": 0.5, "各街乡": 0.25 + 0.375, "东街": 0.125 + 0.5, "西街": 0.125 + 0.125}
    assert by_name(made, coordination(made)) == {"甲": 1, "各街乡": 1.25, "东街": 1.25, "西街": 0.5}


def test_collective_in_full():
    made = streets(CollectiveChoice.FULL)
    # task 1: 甲 东街 西街; task 2: 东街 (its own, lead) 西街
    expected = {"甲": 1 / 3, "东街": 1 / 3 + 1 / 2, "西街": 1 / 3 + 1 / 2}
    assert by_name(made, fractional_load(made)) == pytest.approx(expected)


def test_collective_of_some_is_never_in_full():
    made = streets(CollectiveChoice.FULL, quantifier="some")
    assert {unit.name for unit in made.units} == {"甲", "各街乡", "东街"}


def test_interval_where_membership_is_unknown():
    made = streets(CollectiveChoice.SHARE, quantifier="some")
    low, high = (by_name(made, one) for one in task_interval(made))
    assert low == {"甲": 1, "各街乡": 2, "东街": 1, "西街": 0}
    assert high == {"甲": 1, "各街乡": 2, "东街": 2, "西街": 2}


CHOICES = [
    Choices(),
    Choices(weights=(3, 3, 2, 1)),
    Choices(certainty=CertaintyChoice.STATED),
    Choices(primary=PrimaryChoice.LEAD),
]


@given(frames())
@settings(max_examples=60)
def test_loads_sum_to_tasks_and_burdens_alike(frame):
    for choices in CHOICES:
        made = counted_work(frame, choices)
        assert fractional_load(made).sum() == pytest.approx(len(made.tasks))
        lead, support, _ = burdens(made)
        both = ((made.leads > 0) & (made.size > made.leads)).sum()
        assert lead.sum() == pytest.approx(support.sum()) == pytest.approx(both)
        assert np.sum(tasks_by_role(made)) == pytest.approx(len(made.task))
        assert coordination(made).sum() == (made.size * (made.size - 1)).sum()


@given(frames())
@settings(max_examples=60)
def test_shared_collectives_keep_the_sum(frame):
    named = tuple(unit.id for unit in frame.units if not unit.collective)
    members = {unit.id: named for unit in frame.units if unit.collective}
    made = counted_work(frame, Choices(collective=CollectiveChoice.SHARE, members=members))
    assert fractional_load(made).sum() == pytest.approx(len(made.tasks))
    assert (carried(made).amount >= 0).all()
    low, high = task_interval(made)
    assert (low <= high).all()
