"""From each number back to the assignments and the sentences that it comes from."""

import dataclasses
import re
from collections import Counter, defaultdict

import pytest
from factories import LEAD, SUPPORT, Says
from hypothesis import given, settings
from measure_networks import WATER, frames, network, work

from kg.building.run import build as build_graph
from kg.cli import run_command
from kg.errors import InputError
from kg.measures import Choices, measure, measure_frame, parse_choices
from kg.measures.choices import CollectiveChoice
from kg.measures.counted import counted
from kg.measures.frame import Row
from kg.measures.making import make_frame
from kg.measures.read import read_frame, read_table
from kg.measures.trace import find_unit, trace
from kg.resources import data

SUMMED = {
    "amount": "tasks",
    "load": "load",
    "coordination": "coordination",
    "lead_burden": "lead_burden",
    "support_burden": "support_burden",
    "lead_span": "lead_span",
}


def test_each_assignment_by_hand():
    rows = [one for one in counted(work(WATER)) if one.name == "乙"]
    # Actors and leaders: task 1 three and one, 2 two and one, 3 two and none, 5 four and two.
    assert [
        (one.label, one.role, one.actors, one.leaders, one.coordination, one.lead_span)
        for one in rows
    ] == [
        ("1", "responsible", 3, 1, 2, 0),
        ("2", "support", 2, 1, 1, 0),
        ("3", "responsible", 2, 0, 1, 0),
        ("5", "lead", 4, 2, 3, 1),
    ]
    assert [one.load for one in rows] == pytest.approx([1 / 3, 1 / 2, 1 / 2, 1 / 4])
    assert [one.support_burden for one in rows] == pytest.approx([1 / 2, 1, 0, 0])
    assert [one.lead_burden for one in rows] == pytest.approx([0, 0, 0, 1 / 2])
    assert {one.through for one in rows} == {""}


def test_a_member_counts_through_its_collective():
    table = "task notice form 甲 *各街乡 东街\n1 n1 item L S .\n2 n1 item . S L"
    units = {"各街乡": {"quantifier": "all", "frame_size": 4}}
    members = {"unit/各街乡": ("unit/东街",)}

    def streets(collective):
        made = work(table, Choices(collective=collective, members=members), **units)
        return {
            (one.task, one.name): (one.amount, one.through, one.assignment)
            for one in counted(made)
            if one.name != "甲"
        }

    street = "task/1/分工/support/各街乡"
    assert streets(CollectiveChoice.SHARE) == {
        ("task/1", "各街乡"): (0.75, "", street),
        ("task/1", "东街"): (0.25, "unit/各街乡", street),
        ("task/2", "各街乡"): (1, "", "task/2/分工/support/各街乡"),
        ("task/2", "东街"): (1, "", "task/2/分工/lead/东街"),
    }
    assert streets(CollectiveChoice.FULL) == {
        ("task/1", "东街"): (1, "unit/各街乡", street),
        ("task/2", "东街"): (1, "", "task/2/分工/lead/东街"),
    }


@given(frames())
@settings(max_examples=40)
def test_the_assignments_sum_to_the_row_of_the_table(frame):
    named = tuple(unit.id for unit in frame.units if not unit.collective)
    members = {unit.id: named for unit in frame.units if unit.collective}
    for words in ("", "weighted+with-implied", "share", "full", "primary-leads"):
        measures = measure_frame(frame, dataclasses.replace(parse_choices(words), members=members))
        sums = defaultdict(Counter)
        for one in measures.counted:
            for column, total in SUMMED.items():
                sums[one.unit][total] += getattr(one, column)
        for row in measures.load:
            for total in SUMMED.values():
                assert sums[row.unit][total] == pytest.approx(getattr(row, total)), (words, total)


def test_open_lists_count_with_the_duties_that_count():
    plain = network("task notice form 甲 乙\n1 n1 item L r\n2 n1 item L S\n3 n2 item L .")
    rows = [
        Row("task/1", "unit/甲", "lead"),
        Row("task/1", "unit/乙", "responsible", stated=False, open_list=True),
        Row("task/2", "unit/甲", "lead", open_list=True),
        Row("task/2", "unit/乙", "support"),
        Row("task/3", "unit/甲", "lead"),
    ]
    frame = make_frame(plain.units, plain.tasks, rows, plain.notices)
    stated, both = measure_frame(frame), measure_frame(frame, parse_choices("with-implied"))
    assert {row.name: row.open_tasks for row in stated.load} == {"甲": 1, "乙": 1}
    assert {row.name: row.open_tasks for row in both.load} == {"甲": 2, "乙": 2}
    assert stated.system[0].open_list_share == pytest.approx(1 / 3)
    assert [(row.name, row.open_list_tasks) for row in both.system[1:]][-2:] == [
        ("n1", 2),
        ("n2", 0),
    ]
    told = {line.setting: line.value for line in both.settings}
    assert (told["open_list_tasks"], told["open_list_share"]) == ("2", "0.6667")


@pytest.fixture(scope="module")
def gazette(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gazette") / "build"
    build_graph([data()], folder)
    return folder


def test_every_number_of_the_gazette_leads_to_its_sentences(gazette):
    measures = measure_frame(read_frame(gazette))
    known = {row["assignment"]: row for row in read_table(gazette / "tables" / "assignments.csv")}
    rows = list(read_table(gazette / "tables" / "counted.csv"))
    assert len(rows) == len(measures.work.task)
    for row in rows:
        stated = known[row["assignment"]]
        assert (stated["task"], stated["role"], stated["unit"]) == (
            row["task"],
            row["role"],
            row["through"] or row["unit"],
        )
        assert stated["certainty"] == "stated"


# Read in the gazette: where each unit stands, its role there, and with whom.
FOLLOWED = {
    "区体育局": [
        ("六/20", "primary", "主责单位：区体育局", set()),
        ("六/21", "primary", "主责单位：区体育局", set()),
        (
            "六/22",
            "primary",
            "主责单位：区文化和旅游局、区体育局、区民政局",
            {"北京市朝阳区文化和旅游局", "北京市朝阳区民政局"},
        ),
    ],
    "区城管执法局": [
        (
            "行/16",
            "responsible",
            "区水务局 区住房城乡建设委 区房管局 区城管委 区城管执法局",
            {
                "北京市朝阳区水务局",
                "北京市朝阳区住房和城乡建设委员会",
                "北京市朝阳区房屋管理局",
                "北京市朝阳区城市管理委员会",
                "北京市朝阳区农业农村局",
                "北京市朝阳区民政局",
                "各有关街乡",
                "北京城市排水集团有限责任公司",
            },
        ),
        (
            "行/21",
            "responsible",
            "区水务局 区城管执法局 区卫生健康委 公安朝阳分局",
            {
                "北京市朝阳区生态环境局",
                "北京市朝阳区水务局",
                "北京市朝阳区卫生健康委员会",
                "北京市公安局朝阳分局",
                "各有关街乡",
            },
        ),
    ],
}


@pytest.mark.parametrize("name", FOLLOWED)
def test_units_of_the_gazette_are_followed_to_their_sentences(gazette, name):
    measures = measure_frame(read_frame(gazette))
    traced = trace(gazette, measures, find_unit(gazette, measures, name))
    assert [
        (
            one.counted.label,
            one.counted.role,
            " ".join(one.sentence.quote.split()),
            {other.name for other in one.partners},
        )
        for one in traced
    ] == FOLLOWED[name]
    assert all(one.sentence.as_written == name for one in traced)


def test_the_command_prints_the_sentences_and_their_sum(gazette, capsys):
    words = ["--unit", "区财政局", "--build", str(gazette)]
    assert run_command("measure", words) == 0
    out = capsys.readouterr().out
    assert "朝政发〔2020〕2号 行/22  lead 牵头\n  k=4 等 ℓ=2" in out
    assert "8 assignments sum to" in out
    assert out.count(" chaoyang-2020-02.txt\n") == 8
    assert "load = 2.016667" in out
    assert "certainty = stated" in out


def test_the_greatest_changes_of_rank_come_first_and_the_rest_is_counted(gazette, capsys):
    def changes(*words):
        choices = ["--compare", "default", "weighted", *words, "--build", str(gazette)]
        assert run_command("measure", choices) == 0
        out = capsys.readouterr().out
        more = re.search(r"^… (\d+) more · 另有 \1 个 \(--top (\d+)\)$", out, re.MULTILINE)
        return re.findall(r"^ +(\d+) → (\d+) +\S+$", out, re.MULTILINE), more

    every, none = changes("--top", "1000")
    assert none is None
    moves = [abs(int(one) - int(other)) for one, other in every]
    assert moves == sorted(moves, reverse=True)
    assert len(every) > 3
    few, more = changes("--top", "3")
    assert few == every[:3]
    assert (int(more[1]), int(more[2])) == (len(every) - 3, len(every))


def test_a_unit_that_is_not_there_is_said(gazette, capsys):
    assert run_command("measure", ["--unit", "财政", "--build", str(gazette)]) == 2
    assert "名称含此词的: 北京市朝阳区财政局" in capsys.readouterr().err


def test_a_name_that_two_units_share_is_said(tmp_path):
    from kg.building.table_files import write_tables

    say = Says("朝政发〔2020〕2号", "一、区水务局牵头。", name="一.txt")
    say.assign(say.task("一", "一、区水务局牵头。"), "区水务局", LEAD)
    facts = say.facts()
    twin = dataclasses.replace(
        facts.units[0], id="unit/另一水务局", name="另一水务局", short_names=("区水务局",)
    )
    twins = dataclasses.replace(
        facts,
        units=(*facts.units, twin),
        assignments=(
            *facts.assignments,
            dataclasses.replace(facts.assignments[0], id="x", unit=twin.id, role=SUPPORT),
        ),
    )
    write_tables(tmp_path / "tables", [twins])
    with pytest.raises(InputError, match="另一水务局"):
        find_unit(tmp_path, measure([twins]), "区水务局")
