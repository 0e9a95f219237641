"""The numbers that the pages of the measures quote are those of the gazette."""

import re
from pathlib import Path

import pytest

from kg.measures import measure_frame, parse_choices
from kg.measures.catalogue import MEASURES
from kg.measures.compare import compare_choices
from kg.measures.making import frame_from_facts
from kg.measures.methods import methods_paragraph
from kg.measures.tables import written_as
from kg.pipeline import Pipeline

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "measures"
LINE = re.compile(r"^    (load|ties|system)\.csv · (.+?) · (.+)$", re.MULTILINE)
TOY = {"bootstrap", "excess", "ranks"}
"""Pages whose measures have no value in the gazette that a table holds by default."""


@pytest.fixture(scope="module")
def frame():
    return frame_from_facts([Pipeline().read(ROOT / "data" / "chaoyang-2020-02.txt")])


@pytest.fixture(scope="module")
def records(frame):
    made = measure_frame(frame)
    return {
        "load": {row.name: row for row in made.load},
        "ties": {f"{row.name} × {row.partner_name}": row for row in made.ties},
        "system": {row.scope: row for row in made.system[:1]},
        "all": made,
    }


def quoted(name):
    """Return table, row, column and number of each number that a page quotes."""
    text = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    return [
        (table, row, *cell.split(" = "))
        for table, row, cells in LINE.findall(text)
        for cell in cells.split(", ")
    ]


@pytest.mark.parametrize("name", [*sorted({one.page for one in MEASURES} - TOY), "excess"])
def test_a_page_quotes_numbers_of_the_gazette_and_they_are_right(name, records):
    found = quoted(name)
    assert found
    for table, row, column, number in found:
        record = records[table][row]
        assert (column, number) == (column, written_as(column, getattr(record, column)))


def test_every_measure_of_a_table_by_default_has_its_number_on_its_page(records):
    missing = []
    for one in MEASURES:
        values = [getattr(row, one.column) for row in getattr(records["all"], one.table)]
        told = any(value is not None for value in values) and one.page not in TOY
        # The number of a community is but a name.
        told &= one.column != "community"
        if told and not any(one.column == column for _, _, column, _ in quoted(one.page)):
            missing.append(f"{one.page}: {one.column}")
    assert missing == []


def test_the_methods_paragraph_is_the_one_on_its_page(records):
    text = (PAGES / "methods.md").read_text(encoding="utf-8")
    shown = " ".join(line.removeprefix("> ") for line in text.splitlines() if line[:2] == "> ")
    assert shown == methods_paragraph(records["all"])


def test_units_that_are_in_groups_only(records, frame):
    """By reading: these stand in the list of members of 朝政发〔2020〕3号 and in no task."""
    made = records["all"]
    alone = {one.name for one in made.groups if one.tasks == 0}
    assert alone == {
        "中共北京市朝阳区委员会",
        "北京市朝阳区人民政府办公室",
        "中共北京市朝阳区委宣传部",
        "北京市公安局朝阳分局人口大队",
        "北京市朝阳区经济社会调查队",
        "北京市朝阳区科技和信息化局",
        "中共北京市朝阳区委统一战线工作部",
        "北京市朝阳区司法局",
        "北京市朝阳区人民政府外事办公室",
        "北京市朝阳区退役军人事务局",
        "中国共产主义青年团北京市朝阳区委员会",
        "国家统计局朝阳调查队",
    }
    assert alone.isdisjoint(records["load"])
    (told,) = [one for one in made.settings if one.setting == "units_only_in_groups"]
    assert told.value == "12"
    text = (PAGES / "leading-groups.md").read_text(encoding="utf-8")
    assert f"Of the {len(made.groups)} units in `groups.csv`, {told.value} have no task" in text
    (host,) = [one for one in made.groups if one.groups_hosted]
    assert (host.name, host.groups, host.tasks) == ("北京市朝阳区统计局", 1, 1)


def test_the_comparison_of_choices_on_its_page(frame):
    text = (PAGES / "ranks.md").read_text(encoding="utf-8")
    found = compare_choices(frame, parse_choices("default"), parse_choices("weighted"))
    assert f"τ = {found.tau['load']:.3f} for load" in text
    (change,) = [one for one in found.changes if one.name == "北京市朝阳区财政局"]
    assert f"falls from rank {change.before} to {change.after}" in text


def test_the_share_of_collectives_with_implied_duties(frame):
    text = (PAGES / "collective-units.md").read_text(encoding="utf-8")
    for words in ("default", "with-implied"):
        share = measure_frame(frame, parse_choices(words)).system[0].collective_load_share
        assert f"{100 * share:.1f} %" in text
