"""The frame from facts and from tables, the files that are written, and the choices."""

import csv
import dataclasses
import subprocess
import sys

import numpy as np
import pytest
from factories import FINANCE, LEAD, RESPONSIBLE, SUPPORT, WATER, Says, water_notice
from hypothesis import given, settings
from hypothesis import strategies as st
from measure_networks import WATER as WATER_TABLE
from measure_networks import frames, network, random_frame

from kg.building.table_files import write_tables
from kg.errors import InputError
from kg.measures import Choices, measure, measure_frame, parse_choices, write_measures
from kg.measures.bootstrap import bootstrap_intervals
from kg.measures.catalogue import MEASURES
from kg.measures.choices import CollectiveChoice, format_choices
from kg.measures.compare import compare_choices, kendall_tau
from kg.measures.compute import ranks
from kg.measures.frame import Due, FrameTask, FrameUnit, Row, Seat
from kg.measures.making import frame_from_facts, make_frame
from kg.measures.members import read_members
from kg.measures.methods import methods_paragraph
from kg.measures.pressure import deadline_pressure, leading_groups, peaks
from kg.measures.read import read_frame
from kg.measures.tables import TABLES, header
from kg.measures.work import counted_work


def same(one, two):
    for field in dataclasses.fields(one):
        mine, theirs = getattr(one, field.name), getattr(two, field.name)
        if isinstance(mine, np.ndarray):
            assert mine.tolist() == theirs.tolist(), field.name
        else:
            assert list(mine) == list(theirs), field.name


def second_notice():
    say = Says("朝政办发〔2020〕5号", "财政。区财政局牵头，区水务局配合。", name="二.txt")
    one = say.task("一", "财政。区财政局牵头，区水务局配合。")
    say.assign(one, "区财政局", LEAD, "区财政局牵头")
    say.assign(one, "区水务局", SUPPORT, "区水务局配合")
    return say.facts()


def test_a_group_counts_once_for_its_host_in_memory_and_from_the_tables(tmp_path):
    """The office is with 区水务局, and so is its director; 区财政局 hosts and sits nowhere."""
    text = "治水组办公室设在区水务局。主任王某。区财政局承担节水组日常工作。一、区水务局、区财政局负责。"
    say = Says("甲〔2020〕1号", text)
    say.host("治水组", "治水组办公室设在区水务局", "区水务局")
    say.host("节水组", "区财政局承担节水组日常工作", "区财政局")
    say.member("治水组", "主任王某", "王某", "办公室主任", "", "区水务局")
    task = say.task("一", "区水务局、区财政局负责。")
    for name in ("区水务局", "区财政局"):
        say.assign(task, name, RESPONSIBLE, "区水务局、区财政局负责", nth=1)
    facts = say.facts()
    write_tables(tmp_path / "tables", [facts])
    for frame in (frame_from_facts([facts]), read_frame(tmp_path)):
        rows = {row.name: (row.groups, row.groups_hosted) for row in measure_frame(frame).load}
        assert rows == {"北京市朝阳区水务局": (1, 1), "北京市朝阳区财政局": (0, 1)}


def test_a_unit_in_a_group_only_is_told_and_changes_no_other_measure():
    """甲 and 乙 share a task; 丙 sits in a group and has none."""
    units = [FrameUnit("a", "甲"), FrameUnit("b", "乙"), FrameUnit("c", "丙")]
    rows = [Row("t", "a", "lead"), Row("t", "b", "support")]
    tasks = [FrameTask("t", "n")]
    seats = [Seat("治水组", "a", hosts=False), Seat("治水组", "c", hosts=True)]
    without = measure_frame(make_frame(units, tasks, rows))
    made = measure_frame(make_frame(units, tasks, rows, seats=seats))
    assert [(one.unit, one.groups, one.groups_hosted, one.tasks) for one in made.groups] == [
        ("a", 1, 0, 1),
        ("c", 1, 1, 0),
    ]
    assert [row.unit for row in made.load] == ["a", "b"]
    assert (made.system, made.ties) == (without.system, without.ties)
    told = {one.setting: one.value for one in made.settings}
    assert told["units_only_in_groups"] == "1"


def test_tables_give_the_frame_that_facts_give(tmp_path):
    facts = [water_notice(), second_notice()]
    write_tables(tmp_path / "tables", facts)
    same(read_frame(tmp_path), frame_from_facts(facts))
    same(frame_from_facts(facts[::-1]), frame_from_facts(facts))
    assert measure_frame(read_frame(tmp_path)) == measure(facts)


def test_betweenness_in_a_process_of_its_own_changes_nothing():
    frame = frame_from_facts([water_notice(), second_notice()])
    measures = measure_frame(frame, apart=True)
    assert measures == measure_frame(frame)
    assert any(row.betweenness for row in measures.load)


def test_measures_of_facts_by_hand():
    measures = measure([water_notice(), second_notice()])
    rows = {row.unit: row for row in measures.load}
    water = rows[WATER.id]
    # Tasks: row 行/1 in place of 一 (water alone), 二 (three actors), and 一 of the second.
    assert (water.tasks, water.primary, water.responsible, water.support) == (3, 1, 1, 1)
    assert water.load == pytest.approx(1 + 1 / 3 + 1 / 2)
    assert water.coordination == 2 + 1
    assert rows[FINANCE.id].tasks == 1
    # The row has no date of its own: that of the paragraph it details holds.
    assert (water.dated_tasks, water.peak_month, water.peak_tasks) == (1, "2020-06", 1)
    assert water.groups == 1
    assert [row.name for row in measures.system][2:] == ["朝政办发〔2020〕5号", "朝政发〔2020〕2号"]


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("tasks", "form", "heading"),
        ("assignments", "role", "boss"),
        ("assignments", "task", "none"),
    ],
)
def test_a_table_that_was_edited_wrongly_is_an_error_with_its_line(tmp_path, table, column, value):
    write_tables(tmp_path / "tables", [water_notice()])
    path = tmp_path / "tables" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[1][column] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(InputError, match=value) as caught:
        read_frame(tmp_path)
    assert (caught.value.source, caught.value.line) == (str(path), 3)


def test_no_build_is_said(tmp_path):
    with pytest.raises(InputError, match="kg build"):
        read_frame(tmp_path)


def test_files_are_stable_and_sorted(tmp_path):
    measures = measure_frame(random_frame(2, 15, 80, 0.3))
    paths = write_measures(tmp_path / "a", measures)
    assert [path.name for path in paths] == [f"{name}.csv" for name in TABLES]
    write_measures(tmp_path / "b", measure_frame(random_frame(2, 15, 80, 0.3)))
    for path in paths:
        content = path.read_bytes()
        assert content == (tmp_path / "b" / path.name).read_bytes()
        assert b"\r" not in content
        assert not content.startswith(b"\xef\xbb\xbf")
    with (tmp_path / "a" / "load.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["unit"] for row in rows] == sorted(row["unit"] for row in rows)
    assert sum(float(row["load"]) for row in rows) == pytest.approx(
        len(counted_work(random_frame(2, 15, 80, 0.3), Choices()).tasks), abs=1e-4
    )


def test_columns_that_others_build_on():
    assert header("load")[:10] == (
        [
            "unit",
            "name",
            "kind",
            "level",
            "collective",
            "tasks",
            "lead",
            "primary",
            "responsible",
            "support",
        ]
    )
    assert header("ties")[:5] == ["unit", "name", "partner", "partner_name", "shared_tasks"]


def test_every_column_of_numbers_is_in_the_catalogue():
    known = {(one.table, one.column) for one in MEASURES}
    words = {"unit", "name", "kind", "level", "collective", "partner", "partner_name", "chance"}
    words |= {"scope", "title", "date", "peak_month"}
    columns = {(table, column) for table in ("load", "ties", "system") for column in header(table)}
    assert {one for one in columns if one[1] not in words} == known


@pytest.mark.parametrize("module", ["kg.measures", "kg.cli.measure"])
def test_import_is_light(module):
    code = f"import sys, {module}; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"networkx", "scipy", "pandas", "matplotlib", "rdflib"} & set(loaded)


def test_what_a_pair_has_not_is_empty_in_its_table(tmp_path):
    write_measures(tmp_path, measure_frame(network("task notice form 甲 乙\n1 n1 item S S")))
    with (tmp_path / "ties.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["shared_tasks"], row["newman"], row["leads_partner"]) == (
        "1",
        "1.000000",
        "0.000000",
    )
    assert {row[column] for column in ("reciprocity", "expected", "excess", "p_more")} == {""}


def test_deadlines_and_groups():
    frame = make_frame(
        [FrameUnit("a", "甲"), FrameUnit("b", "乙")],
        [FrameTask("p", "n1"), FrameTask("r", "n1", form="row", parent="p"), FrameTask("q", "n1")],
        [
            Row("p", "a", "lead"),
            Row("r", "a", "lead"),
            Row("q", "a", "lead"),
            Row("q", "b", "lead"),
        ],
        due=[Due("p", "2020-12"), Due("q", "2020-12"), Due("q", "2020-06"), Due("q", "2020-06")],
        seats=[
            Seat("普查", "a", False, "n1"),
            Seat("普查", "a", True, "n1"),
            Seat("治水", "b", False, "n2"),
        ],
    )
    made = counted_work(frame, Choices())
    due = deadline_pressure(made, frame)
    told = zip(due.unit.tolist(), due.month.tolist(), due.tasks.tolist(), strict=True)
    assert [(made.units[unit].id, frame.months[month], tasks) for unit, month, tasks in told] == [
        ("a", "2020-06", 1),
        ("a", "2020-12", 2),
        ("b", "2020-06", 1),
        ("b", "2020-12", 1),
    ]
    # 甲 has most in December; of 乙's two equal months the first counts.
    month, tasks = peaks(due, 2)
    assert [frame.months[one] for one in month.tolist()] == ["2020-12", "2020-06"]
    assert tasks.tolist() == [2, 1]
    assert leading_groups(made, frame) == ([1, 1], [1, 0])
    assert leading_groups(counted_work(frame, Choices(notices=("n1",))), frame) == ([1, 0], [1, 0])


def notices(loads):
    """Return one notice a number, where 甲 has so many tasks alone and 乙 one."""
    rows, tasks = [], []
    for place, number in enumerate(loads):
        for task in range(number + 1):
            tasks.append(FrameTask(f"t{place}-{task}", f"n{place}"))
            rows.append(Row(f"t{place}-{task}", "a" if task < number else "b", "lead"))
    return make_frame([FrameUnit("a", "甲"), FrameUnit("b", "乙")], tasks, rows)


def test_bootstrap_draws_whole_notices():
    # Every notice alike: every sample is alike.
    interval = bootstrap_intervals(counted_work(notices([2] * 6), Choices(bootstrap=50)))
    assert interval.load[0].tolist() == interval.load[1].tolist() == [12, 6]
    assert interval.rank[0].tolist() == interval.rank[1].tolist() == [1, 2]
    # One of six notices has six tasks of 甲: its load is six times a number of draws.
    made = counted_work(notices([6, 0, 0, 0, 0, 0]), Choices(bootstrap=200))
    interval = bootstrap_intervals(made)
    assert interval.load[0][0] == 0
    assert interval.load[1][0] % 6 == 0
    assert 12 <= interval.load[1][0] <= 24
    again = bootstrap_intervals(made)
    assert interval.load[1].tolist() == again.load[1].tolist()


def test_bootstrap_needs_notices():
    assert bootstrap_intervals(counted_work(notices([1] * 4), Choices(bootstrap=50))) is None
    said = {
        line.setting: line.value
        for line in measure_frame(notices([1] * 4), Choices(bootstrap=50)).settings
    }
    assert said["warning_bootstrap"] == "too_few_notices"


def test_bootstrap_stands_around_the_load():
    row = measure_frame(notices([1, 2, 3, 4, 5, 6]), Choices(bootstrap=300)).load[0]
    assert row.load_low <= row.load <= row.load_high
    assert row.rank_low <= row.rank <= row.rank_high


def test_bootstrap_stands_around_the_coordination():
    """甲 shares one task with 乙 in the first notice, two in the second, up to six: 21."""
    tasks = [FrameTask(f"{n}/{t}", f"n{n}") for n in range(6) for t in range(n + 1)]
    rows = [Row(task.id, unit, "lead") for task in tasks for unit in ("a", "b")]
    frame = make_frame([FrameUnit("a", "甲"), FrameUnit("b", "乙")], tasks, rows)
    row = measure_frame(frame, Choices(bootstrap=300)).load[0]
    assert row.coordination == 21
    assert row.coordination_low < 21 < row.coordination_high


def test_tau_by_hand():
    # Pairs: 12 tied in the first; 13, 23 same order; 14, 24 same; 34 opposite.
    one, two = np.array([1.0, 1, 2, 3]), np.array([1.0, 2, 4, 3])
    assert kendall_tau(one, two) == pytest.approx((4 - 1) / (5 * 6) ** 0.5)
    assert np.isnan(kendall_tau(np.ones(3), np.arange(3.0)))


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=12))
@settings(max_examples=60)
def test_tau_agrees_with_scipy(values):
    stats = pytest.importorskip("scipy.stats")
    one, two = (np.array(column, dtype=float) for column in zip(*values, strict=True))
    expected = stats.kendalltau(one, two).statistic
    assert kendall_tau(one, two) == pytest.approx(expected, nan_ok=True)


@given(frames())
@settings(max_examples=20)
def test_choice_compared_with_itself(frame):
    comparison = compare_choices(frame, Choices(), Choices())
    assert comparison.changes == comparison.only_before == comparison.only_after == ()
    assert all(tau is None or tau == pytest.approx(1) for tau in comparison.tau.values())


def test_comparison_names_units_whose_rank_changes():
    # Equal weights: 丙 6/12 first of a, b, c? a = 1/3, b = 1/3 + 1/2, c = 1/3 + 1/2.
    frame = network("task notice form a b c\n1 n1 item L S R\n2 n1 item . S R")
    comparison = compare_choices(frame, Choices(), parse_choices("weighted"))
    # Weighted: a = 3/6, b = 1/6 + 1/3, c = 2/6 + 2/3.
    assert [(one.name, one.before, one.after) for one in comparison.changes] == [
        ("a", 3, 2),
        ("b", 1, 2),
    ]
    stated = compare_choices(
        network("task notice form a b\n1 n1 item L s"),
        parse_choices("with-implied"),
        parse_choices("stated"),
    )
    assert stated.only_before == ("b",)


def test_ranks_ignore_rounding():
    assert ranks(np.array([0.1 + 0.2, 0.3, 1.0])).tolist() == [2, 2, 1]


def test_choices_as_words():
    choices = parse_choices("weighted+certainty=stated+notices=甲/乙+bootstrap=10")
    assert choices.weights == (3, 3, 2, 1)
    assert choices.notices == ("甲", "乙")
    said = format_choices(choices)
    assert (said["weights"], said["certainty"], said["notices"]) == ("3/3/2/1", "stated", "甲/乙")


@pytest.mark.parametrize(
    "wrong",
    [
        "heavy",
        "weights=1/2",
        "weights=0/1/1/1",
        "weights=1/nan/1/1",
        "weights=1/inf/1/1",
        "certainty=maybe",
        "period_from=March",
        "period_to=2020-13",
        "core_shared=0",
        "alpha=5",
        "bootstrap=-1",
        "seed=-1",
    ],
)
def test_choices_that_mean_nothing_are_said(wrong):
    with pytest.raises(InputError):
        parse_choices(wrong)


def test_a_notice_that_is_not_there_is_said():
    with pytest.raises(InputError, match="known: n1、n2"):
        measure_frame(network(WATER_TABLE), Choices(notices=("n1", "n9")))


def test_settings_are_printed_with_the_results():
    said = {line.setting: line for line in measure_frame(network(WATER_TABLE)).settings}
    for field in dataclasses.fields(Choices):
        assert field.name in said
    assert said["tasks"].value == "5"
    assert "not work done" in said["meaning"].en


def test_methods_paragraph():
    few = methods_paragraph(measure_frame(network(WATER_TABLE)))
    assert "5 tasks" in few
    assert "no p values" in few
    many = measure_frame(random_frame(2, 15, 80, 0.3))
    assert "Neal 2014" in methods_paragraph(many)
    assert "泊松二项分布" in methods_paragraph(many, "zh")


def test_members_file(tmp_path):
    path = tmp_path / "members.csv"
    path.write_text("collective,unit\nc,b\nc,a\n", encoding="utf-8")
    assert read_members(path) == {"c": ("a", "b")}
    path.write_text("collective,unit\nc,\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"members\.csv:2"):
        read_members(path)
    path.write_bytes("collective,unit\n各街乡,东街\n".encode("gb18030"))
    with pytest.raises(InputError, match="UTF-8"):
        read_members(path)
    path.write_text("group,unit\nc,a\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"members\.csv:1: columns"):
        read_members(path)
    with pytest.raises(InputError, match="no such file"):
        read_members(tmp_path / "none.csv")
    with pytest.raises(InputError, match="cannot be read"):
        read_members(tmp_path)


STREETS = "task notice form 甲 *各街乡 东街\n1 n1 item L S .\n2 n1 item . . L"


def test_members_are_found_by_name_and_may_be_new():
    frame = network(STREETS)
    named = Choices(collective=CollectiveChoice.SHARE, members={"各街乡": ("东街", "西街")})
    made = measure_frame(frame, named)
    # 各街乡 carries half of task 1; two members take a quarter each.
    assert {row.name: row.load for row in made.load} == {
        "甲": 0.5,
        "各街乡": 0,
        "东街": 1.25,
        "西街": 0.25,
    }
    said = {line.setting: line.value for line in made.settings}
    assert said["members"] == "unit/各街乡=unit/东街,unit/西街"
    assert said["members_unnamed"] == "1"
    with pytest.raises(InputError, match="各街乡"):
        measure_frame(frame, Choices(members={"各镇": ("东街",)}))
    with pytest.raises(InputError, match="no collective unit"):
        measure_frame(frame, Choices(members={"甲": ("东街",)}))


def test_groups_follow_the_period():
    frame = dataclasses.replace(
        network(WATER_TABLE),
        seats=(Seat("一组", "unit/甲", False, "n1"), Seat("二组", "unit/甲", True, "n2")),
    )

    def groups(**choices):
        made = measure_frame(frame, Choices(**choices)).load
        row = next(one for one in made if one.name == "甲")
        return row.name, row.groups, row.groups_hosted

    assert groups() == ("甲", 2, 1)
    # n1 is of 7 March, n2 of 10 March.
    assert groups(period_to="2020-03-08") == ("甲", 1, 0)
    assert groups(notices=("n2",)) == ("甲", 1, 1)


@pytest.mark.parametrize("row", [Row("t", "nobody", "lead"), Row("nothing", "a", "lead")])
def test_a_row_of_what_is_not_described_is_an_error(row):
    with pytest.raises(KeyError, match=r"nobody|nothing"):
        make_frame([FrameUnit("a", "甲")], [FrameTask("t", "1号")], [row])
