"""Load by year and by place and function, worked out from the texts of tests/documents/across."""

import re
from pathlib import Path

import pytest
from factories import collected, water_notice
from hypothesis import given, settings
from measure_networks import frames

from kg.building.table_files import write_tables
from kg.cli import run_command
from kg.measures import Choices, measure_frame
from kg.measures.making import frame_from_facts
from kg.measures.pressure import in_groups
from kg.measures.read import read_frame
from kg.measures.slices import place_loads, year_loads
from kg.measures.tables import written_as
from kg.measures.work import counted_work
from kg.pipeline import Pipeline
from kg.reader import document

ROOT = Path(__file__).parents[2]
ACROSS = ROOT / "tests" / "documents" / "across"


@pytest.fixture(scope="module")
def facts():
    pipeline = Pipeline()
    return [pipeline.read(path) for path in sorted(ACROSS.glob("*.txt"))]


@pytest.fixture(scope="module")
def measures(facts):
    return measure_frame(frame_from_facts(facts))


def test_a_unit_year_by_year(measures):
    rows = [row for row in measures.years if row.name == "北京市朝阳区水务局"]
    assert [(row.year, row.tasks, row.lead, row.responsible, row.support) for row in rows] == [
        ("2019", 2, 1, 0, 1),
        ("2020", 6, 1, 1, 4),
        ("2021", 1, 1, 0, 0),
    ]
    # 2019: one of two and one of three units. 2020: four tasks of two units, one of
    # three, one alone. 2021: one of three.
    assert [row.load for row in rows] == pytest.approx([1 / 2 + 1 / 3, 4 / 2 + 1 / 3 + 1, 1 / 3])
    assert [row.coordination for row in rows] == [3, 6, 2]
    # 2020: 园林绿化, 政务服务, 财政, 应急, 住房城乡建设.
    assert [row.partners for row in rows] == [3, 5, 2]


def test_a_function_place_by_place(measures):
    rows = {row.place: row for row in measures.places if row.function == "水务"}
    assert list(rows) == ["北京市朝阳区", "北京市海淀区"]
    here, there = rows.values()
    assert (here.units, here.notices, here.tasks, here.duties) == (1, 6, 9, 9)
    assert (here.lead, here.primary, here.responsible, here.support) == (3, 0, 1, 5)
    assert here.coordination == 11
    # The eleven tasks of 朝阳区 are all borne by units of it.
    assert here.load == pytest.approx(4.5)
    assert here.load_share == pytest.approx(4.5 / 11)
    assert (there.units, there.notices, there.tasks, there.load) == (1, 1, 1, 0.5)
    assert there.load_share == 0.5


def test_collectives_and_units_without_a_place_stand_apart():
    rows = place_loads(counted_work(frame_from_facts([water_notice()]), Choices()))
    assert [(row.place, row.function, row.collective, row.tasks) for row in rows] == [
        ("", "", False, 1),  # 北京排水集团
        ("北京市朝阳区", "", True, 1),  # 各街乡
        ("北京市朝阳区", "水务", False, 2),
    ]


@given(frames())
@settings(max_examples=40)
def test_nothing_is_lost_between_the_parts(frame):
    work = counted_work(frame, Choices())
    dated = {notice.number for notice in frame.notices if notice.date}
    tasks = sum(task.notice in dated for task in work.tasks)
    assert sum(row.load for row in year_loads(work, frame)) == pytest.approx(tasks)
    places = place_loads(work)
    assert sum(row.load for row in places) == pytest.approx(len(work.tasks))
    assert sum(row.duties for row in places) == len(work.task)
    assert sum(row.units for row in places) == len(work.units)


def test_the_numbers_on_the_page_are_those_of_the_notices(measures):
    page = ROOT / "docs" / "measures" / "years-and-places.md"
    lines = re.findall(
        r"^    (years|places)\.csv · (.+?) · (.+?) · (.+)$", page.read_text("utf-8"), re.M
    )
    assert {table for table, *_ in lines} == {"years", "places"}
    records = {("years", row.name, row.year): row for row in measures.years}
    records |= {("places", row.place, row.function): row for row in measures.places}
    for *key, cells in lines:
        for column, number in (cell.split(" = ") for cell in cells.split(", ")):
            assert written_as(column, getattr(records[tuple(key)], column)) == number


@pytest.fixture(scope="module")
def build(tmp_path_factory, facts):
    folder = tmp_path_factory.mktemp("across")
    write_tables(folder / "tables", facts)
    return folder


def test_the_command_shows_years_and_places(build, capsys):
    assert run_command("measure", ["--by", "year", "--build", str(build), "--top", "3"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[:3] == ["name", "collective", "year"]
    assert len(lines) == 5
    assert "more" in lines[-1]
    words = ["--by", "place", "--function", "水务", "--build", str(build)]
    assert run_command("measure", words) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["北京市朝阳区", "北京市海淀区"]
    assert run_command("measure", [*words[:2], "--function", "渔业", "--build", str(build)]) == 2
    assert "财政" in capsys.readouterr().err


def test_the_command_shows_units_with_most_first_and_their_years_together(build, capsys):
    """区水务局 has two duties of 2019, six of 2020 and one of 2021 (tests/documents/across)."""
    words = ["--by", "year", "--sort", "tasks", "--build", str(build), "--top", "3"]
    assert run_command("measure", words) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    tasks = lines[0].index("tasks")
    assert [(line[0], line[2], line[tasks]) for line in lines[1:4]] == [
        ("北京市朝阳区水务局", "2019", "2"),
        ("北京市朝阳区水务局", "2020", "6"),
        ("北京市朝阳区水务局", "2021", "1"),
    ]
    for by in ("year", "place"):
        words = ["--by", by, "--sort", "nothing", "--build", str(build)]
        assert run_command("measure", words) == 2
        assert "known: " in capsys.readouterr().err


def test_notices_of_one_number_are_counted_each_in_its_year(tmp_path):
    """Two texts have the number 5; each is a notice of its own, with its own date."""
    first = """云江市人民政府关于印发《云江市治水方案》的通知
云政发〔2020〕5号
各县（区）人民政府：
现将《云江市治水方案》印发给你们，请认真贯彻执行。
云江市人民政府
2020年3月2日
云江市治水方案
一、整治河道。（牵头单位：市水务局；责任单位：市财政局）
"""
    second = first.replace("2020年3月2日", "2021年1月8日").replace("整治河道", "整治湖泊")
    pipeline = Pipeline()
    read = [pipeline.facts(document(text, name)) for text, name in ((first, "a"), (second, "b"))]
    both = collected(read)
    write_tables(tmp_path / "tables", both)
    for frame in (frame_from_facts(both), read_frame(tmp_path)):
        found = measure_frame(frame)
        assert [(row.name, row.year, row.tasks, row.load) for row in found.years] == [
            ("云江市水务局", "2020", 1, 0.5),
            ("云江市水务局", "2021", 1, 0.5),
            ("云江市财政局", "2020", 1, 0.5),
            ("云江市财政局", "2021", 1, 0.5),
        ]
        assert {row.notices for row in found.places} == {2}
        assert [row.tasks for row in found.system if row.scope == "notice"] == [1, 1]
        # The number means both, the key of a notice that notice alone.
        number = "云政发〔2020〕5号"
        keys = [notice.number for notice in frame.notices]
        assert len(measure_frame(frame, Choices(notices=(number,))).years) == 4
        assert len(measure_frame(frame, Choices(notices=(keys[1],))).years) == 2


def test_seats_of_notices_of_one_number_are_counted_each_with_its_notice(tmp_path):
    """Two texts have the number 6; each places the office of its group with another unit."""
    first = """云江市人民政府关于成立云江市治水工作领导小组的通知
云政发〔2020〕6号
各县（区）人民政府：
为做好治水工作，成立云江市治水工作领导小组。
一、组成人员
组长：王一 副市长
成员：李二 市水务局局长
二、领导小组办公室设在市水务局。
云江市人民政府
2020年3月2日
"""
    second = first.replace("2020年3月2日", "2021年1月8日").replace("治水", "交通")
    second = second.replace("市水务局", "市交通运输局").replace("李二", "赵三")
    pipeline = Pipeline()
    read = [pipeline.facts(document(text, name)) for text, name in ((first, "a"), (second, "b"))]
    both = collected(read)
    write_tables(tmp_path / "tables", both)
    years = {"2020": "云江市水务局", "2021": "云江市交通运输局"}
    for frame in (frame_from_facts(both), read_frame(tmp_path)):
        for year, unit in years.items():
            chosen = Choices(period_from=year, period_to=year)
            found = in_groups(counted_work(frame, chosen), frame)
            assert [(one.name, one.groups, one.groups_hosted) for one in found] == [(unit, 1, 1)]
        # The number means both, the key of a notice that notice alone.
        (later,) = [notice for notice in frame.notices if "~" in notice.number]
        found = in_groups(counted_work(frame, Choices(notices=(later.number,))), frame)
        assert [one.name for one in found] == [years[later.date[:4]]]
        found = in_groups(counted_work(frame, Choices(notices=("云政发〔2020〕6号",))), frame)
        assert {one.name for one in found} == set(years.values())


def test_a_task_without_a_number_keeps_its_notice_in_the_tables(tmp_path):
    """Two paragraphs stand under one label of a notice that has no document number."""
    text = """云江市东湖街道重点工作任务分解
一、整治河道
市水务局牵头整治河道，市财政局配合。
市住房城乡建设局牵头建设泵站，市水务局配合。
"""
    facts = Pipeline().facts(document(text, "a"))
    assert [task.label for task in facts.tasks] == ["一", "一#2"]
    write_tables(tmp_path / "tables", [facts])
    assert read_frame(tmp_path).notices == frame_from_facts([facts]).notices
