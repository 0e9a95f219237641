"""A unit has the same numbers wherever it is looked up: page, table, query, graph."""

import csv
import io
import re
from html import unescape
from pathlib import Path

import pytest
from factories import WATER, collection, dredging_notice, water_notice

from kg.building.writing import write
from kg.cli import main
from kg.pipeline import Pipeline
from kg.rdf import DEFAULT_BASE
from kg.store import open_build

GAZETTE = Path(__file__).parent.parent / "data" / "chaoyang-2020-02.txt"
ROLES = ("tasks", "lead", "primary", "responsible", "support")


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    write(collection([water_notice(), dredging_notice()]), folder, DEFAULT_BASE)
    return folder


@pytest.fixture(scope="module")
def gazette(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gazette")
    write(collection([Pipeline().read(GAZETTE)]), folder, DEFAULT_BASE)
    return folder


def table_of(page, name):
    """Return the cells of a page's table, by the words of the first cell."""
    text = page.read_text(encoding="utf-8")
    body = text[text.index(f'id="table-{name}"') :]
    body = body[body.index("<tbody>") : body.index("</tbody>")]
    english = re.compile(r'<span class="en".*?</span>')
    rows = re.findall(r"<tr>(.*?)</tr>", english.sub("", body), re.DOTALL)
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in rows]
    return {
        plain[0]: plain[1:]
        for plain in (
            [unescape(re.sub("<[^>]+>", "", cell)).strip() for cell in row] for row in cells
        )
    }


def overview(folder, variant="stated"):
    """Return each unit's counts: tasks, by role, partners, encounters, alone."""
    rows = table_of(folder / "site" / "index.html", f"load-{variant}")
    return {name: [int(cell) for cell in cells[2:]] for name, cells in rows.items()}


def load_table(folder):
    with (folder / "tables" / "load.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["name"]: row for row in csv.DictReader(file)}
    return {
        name: [
            *(int(row[column]) for column in ROLES),
            int(row["partners"]),
            int(row["coordination"]),
            round(float(row["solo_share"]) * float(row["tasks"])),
        ]
        for name, row in rows.items()
    }


def queried(folder, capsys, name="unit-load", **values):
    words = [word for key, value in values.items() for word in ("--param", f"{key}={value}")]
    assert main(["query", name, "--build", str(folder), "--format", "csv", *words]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    if name == "unit-load":
        return {row["name"]: [int(row[column]) for column in ROLES] for row in rows}
    return rows


def test_the_water_bureau_has_the_same_numbers_in_all_places(small, capsys):
    # 二 (responsible, with 2 others), 行/1 (primary, alone), 一 of 2021 (lead, with 2 others).
    by_hand = [3, 1, 1, 1, 0, 4, 4, 1]
    assert overview(small)[WATER.name] == by_hand
    assert load_table(small)[WATER.name] == by_hand
    assert queried(small, capsys, unit="区水务局") == {WATER.name: by_hand[:5]}
    page = small / "site" / "units" / f"{WATER.name}.html"
    assert [int(cells[0]) for cells in table_of(page, "measures").values()] == by_hand
    more = table_of(page, "more-measures")
    names = (
        "任务数",
        "牵头任务数",
        "主责任务数",
        "责任任务数",
        "配合任务数",
        "伙伴单位数",
        "协调负荷",
    )
    assert [int(more[name][0]) for name in names] == by_hand[:7]
    # 1/3 of 二, all of 行/1, 1/3 of 一.
    assert more["分摊负荷"] == ["1.6667", "load"]


def test_every_unit_of_the_gazette_has_the_same_numbers_in_all_places(gazette, capsys):
    shown = overview(gazette)
    assert len(shown) > 30
    assert shown == load_table(gazette)
    assert {name: row[:5] for name, row in shown.items()} == queried(gazette, capsys)
    everything = {name: row[:5] for name, row in overview(gazette, "all").items()}
    assert everything == queried(gazette, capsys, certainty="all")
    assert set(shown) < set(everything)
    for name, row in shown.items():
        page = gazette / "site" / "units" / f"{name}.html"
        if page.exists():
            assert [int(cells[0]) for cells in table_of(page, "measures").values()] == row


def test_notices_have_the_same_number_of_tasks_in_all_places(gazette, capsys):
    rows = table_of(gazette / "site" / "index.html", "notices")
    for place, certainty in ((3, "stated"), (4, "all")):
        found = queried(gazette, capsys, "notices", certainty=certainty)
        assert {row["number"]: row["tasks"] for row in found} == {
            number: cells[place] for number, cells in rows.items()
        }


def test_every_column_of_the_load_stands_on_the_page_of_a_unit_in_both_languages(gazette):
    with (gazette / "tables" / "load.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = {column for row in rows for column, value in row.items() if value}
    told -= {"unit", "name", "kind", "level", "collective"}
    page = gazette / "site" / "units" / f"{WATER.name}.html"
    more = table_of(page, "more-measures")
    assert {cells[1] for cells in more.values()} == told
    assert all(re.search("[一-鿿]", name) for name in more)
    assert "peak month" in page.read_text(encoding="utf-8")


KINDS = """
SELECT ?number ?start ?kind WHERE {
  ?reference a gaz:Reference ;
    gaz:refersTo/gaz:actKind/skos:notation ?kind ;
    gaz:statedIn/eli:id_local ?number ;
    gaz:evidence/oa:hasSelector/oa:start ?start .
}
"""


def test_every_reference_has_its_kind_in_the_graph_too(gazette):
    with (gazette / "tables" / "references.csv").open(encoding="utf-8", newline="") as file:
        table = sorted(
            (row["notice_number"], row["start"], row["kind"]) for row in csv.DictReader(file)
        )
    assert {kind for _, _, kind in table} >= {"law", "plan", "policy"}
    assert sorted(open_build(gazette).query(KINDS).texts()) == table
