"""The commands, the Python interface and the plots, on a build folder alone."""

import subprocess
import sys
from pathlib import Path

import pytest
from factories import collection, water_notice

import kg
from kg.building.table_files import write_tables
from kg.building.writing import write
from kg.cli import run_command
from kg.errors import GazetteError, InputError
from kg.measures.catalogue import MEASURES
from kg.measures.tables import TABLES
from kg.plots import PLOTS, plot

DOCS = Path(__file__).parents[2] / "docs" / "measures"


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables-alone")
    write_tables(folder / "tables", [water_notice()])
    return folder


def measured(build, capsys, *words):
    assert run_command("measure", [*words, "--build", str(build)]) == 0
    return capsys.readouterr().out


def test_command_shows_units_and_settings(build, capsys):
    out = measured(build, capsys)
    lines = out.splitlines()
    assert lines[2].startswith("北京市朝阳区水务局")
    assert "各街乡*" in out
    assert "weights = 1/1/1/1" in out
    assert "not work done" in out


def test_command_sorts_and_cuts(build, capsys):
    out = measured(build, capsys, "--sort", "betweenness", "--top", "1")
    assert "betweenness" in out
    assert "more" in out
    words = ["--sort", "nothing", "--build", str(build)]
    assert run_command("measure", words) == 2
    with pytest.raises(SystemExit) as stopped:
        run_command("measure", ["--top", "-3", "--build", str(build)])
    assert stopped.value.code == 2


def test_command_writes(build, tmp_path, capsys):
    out = measured(build, capsys, "--choices", "stated", "--out", str(tmp_path / "m"))
    assert len(out.splitlines()) == len(TABLES)
    assert "北京市朝阳区教育委员会" not in (tmp_path / "m" / "load.csv").read_text(encoding="utf-8")


def test_command_compares(build, capsys):
    out = measured(build, capsys, "--compare", "with-implied", "weighted+stated")
    assert "Kendall" in out
    assert "only in with-implied · 仅见于前者: 北京市朝阳区教育委员会" in out
    # What is compared is told: where the two choices differ, both values.
    assert "  weights = 1/1/1/1 → 3/3/2/1  " in out
    assert "  certainty = all → stated  " in out
    assert "  work = once  " in out


def test_command_gives_a_methods_paragraph(build, capsys):
    assert "gazette-kg" in measured(build, capsys, "--methods", "en")


def test_a_function_without_places_is_said(build, capsys):
    assert run_command("measure", ["--function", "水务", "--build", str(build)]) == 2
    assert "--by place" in capsys.readouterr().err


def test_wrong_choices_are_said(build, capsys):
    assert run_command("measure", ["--choices", "heavy", "--build", str(build)]) == 2
    assert "weighted" in capsys.readouterr().err


def test_api_rows_and_frames(build):
    loaded = kg.load(build)
    assert "assignments" in loaded.tables
    rows = loaded.rows("assignments")
    assert rows[0]["start"] > 0
    assert {row["role"] for row in rows} == {"lead", "primary", "responsible", "support"}
    with pytest.raises(InputError, match="no such table"):
        loaded.rows("nothing")
    pandas = pytest.importorskip("pandas")
    frame = loaded.load("with-implied")
    assert isinstance(frame, pandas.DataFrame)
    # Row 行/1 stands in place of 一; 二 and 三 are the others.
    assert frame["load"].sum() == pytest.approx(3)
    assert frame.set_index("name").loc["北京市朝阳区水务局", "load"] == pytest.approx(1 + 1 / 3)
    assert loaded.load()["load"].sum() == pytest.approx(2)
    assert set(loaded.ties()["shared_tasks"]) == {1}
    assert loaded.system()["tasks"].tolist()[0] == 2


def test_api_network(build):
    graph = kg.load(build).network("units")
    assert graph.nodes["unit/北京市朝阳区水务局"]["tasks"] == 2
    two_mode = kg.load(build).network()
    modes = {data["mode"] for _, data in two_mode.nodes(data=True)}
    assert modes == {"unit", "task"}
    with pytest.raises(InputError, match="known: two-mode, units"):
        kg.load(build).network("unit")


def test_api_query(tmp_path):
    write(collection([water_notice()]), tmp_path, "https://w3id.org/gazette-kg/id/")
    result = kg.load(tmp_path).query("SELECT (COUNT(?t) AS ?n) WHERE { ?t a gaz:Task }")
    assert result.texts() == [("4",)]


def test_no_build(tmp_path):
    with pytest.raises(InputError, match="kg build"):
        kg.load(tmp_path)


def test_import_of_the_package_is_light():
    code = "import sys, kg; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"numpy", "networkx", "pandas", "pyoxigraph"} & set(loaded)


@pytest.mark.parametrize("name", PLOTS)
@pytest.mark.parametrize("ending", ["svg", "pdf"])
def test_plots_have_the_same_bytes(build, tmp_path, name, ending):
    pytest.importorskip("matplotlib")
    first = plot(build, name, tmp_path / f"a.{ending}")
    again = plot(build, name, tmp_path / f"b.{ending}", language="zh")
    assert first.read_bytes() == again.read_bytes()
    assert first.stat().st_size > 5_000
    assert b"20" + b"26-" not in first.read_bytes()[:2000]


def test_plot_without_font_says_what_to_install(build, tmp_path, monkeypatch):
    pytest.importorskip("matplotlib")
    monkeypatch.setattr("kg.plots.figure.FONTS", ("No Such Font",))
    with pytest.raises(GazetteError, match="fonts-noto-cjk"):
        plot(build, "load", tmp_path / "a.svg")


def test_plot_needs_a_known_ending(build, tmp_path):
    with pytest.raises(InputError, match=r"\.svg"):
        plot(build, "load", tmp_path / "a.png")


def test_plot_command(build, tmp_path, capsys):
    assert run_command("plot", []) == 0
    listed = capsys.readouterr().out
    assert all(name in listed for name in PLOTS)
    pytest.importorskip("matplotlib")
    out = tmp_path / "甲.svg"
    words = ["lorenz", "--build", str(build), "--out", str(out), "--language", "en"]
    assert run_command("plot", words) == 0
    assert out.is_file()


def test_every_measure_has_a_page():
    pages = {one.page for one in MEASURES}
    missing = sorted(page for page in pages if not (DOCS / f"{page}.md").is_file())
    assert not missing
    for page in pages:
        text = (DOCS / f"{page}.md").read_text(encoding="utf-8")
        for heading in ("## Formula", "## What it says", "## Example", "## How to get it"):
            assert heading in text, (page, heading)
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    assert all(f"]({page}.md)" in index for page in pages)


def test_every_column_is_named_on_its_page():
    for one in MEASURES:
        text = (DOCS / f"{one.page}.md").read_text(encoding="utf-8")
        assert f"`{one.column}`" in text, (one.page, one.column)


def test_documented_example_runs(tmp_path, monkeypatch):
    pytest.importorskip("pandas")
    (tmp_path / "build").mkdir()
    write(collection([water_notice()]), tmp_path / "build", "https://w3id.org/gazette-kg/id/")
    monkeypatch.chdir(tmp_path)
    text = (DOCS.parent / "python.md").read_text(encoding="utf-8")
    code = text.split("```python\n")[1].split("```")[0]
    names = {}
    exec(compile(code, "docs/python.md", "exec"), names)
    assert names["busiest"] == "北京市朝阳区水务局"
    assert len(names["tasks"]) == 4
    assert names["whole"].tasks == 2
    assert names["sentences"]
    assert names["pairs"].number_of_nodes() == 3
