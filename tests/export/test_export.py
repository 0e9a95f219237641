"""Each format is read back by a program that did not write it."""

import csv
import json

import networkx as nx
import pytest
import rdflib
from factories import LEAD, RESPONSIBLE, SUPPORT, Says, collection, unit, water_notice

from kg.building.table_files import write_tables
from kg.building.writing import write as write_build
from kg.cli import run_command
from kg.errors import GazetteError
from kg.export import FORMATS, export
from kg.measures import parse_choices

# Names with all that formats trip over.
QUOTED = unit('=SUM("甲")&<乙>,丙\x0b局', kind="enterprise")
PLAIN = unit("区财政局 \U0001f3db")
CONTROL = "\x00\x01\x0b\x1f\ufffe"


def hard_notice():
    say = Says(
        "朝政发〔2021〕7号",
        "一、“甲”\x0b<b>&、“乙”。甲牵头，区财政局 \U0001f3db配合。二、乙。",
        units=(QUOTED, PLAIN),
        name="难.txt",
        date="2021-05-06",
    )
    one = say.task("一", "“甲”\x0b<b>&、“乙”。甲牵头，区财政局 \U0001f3db配合。", heading='=A1+"&"')
    two = say.task("二", "乙。")
    for task, name, role in ((one, QUOTED.name, LEAD), (one, PLAIN.name, SUPPORT)):
        say.text_of = name
        from kg.facts import Assignment
        from kg.model import Certainty

        span = say.span("甲")
        say._put(
            "assignments",
            Assignment(
                f"assignment/{task}/{name}",
                task,
                f"unit/{name}",
                name,
                role,
                Certainty.STATED,
                span,
                span,
            ),
        )
    say.assign(two, PLAIN.name, RESPONSIBLE)
    return say.facts()


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    folder = tmp_path_factory.mktemp("build")
    write_tables(folder / "tables", [water_notice(), hard_notice()])
    return folder


@pytest.fixture
def write(build, tmp_path):
    def written(name, file, **more):
        path = export(build, name, tmp_path / file, **more)
        again = export(build, name, tmp_path / "again" / file, **more)
        if path.is_file():
            assert path.read_bytes() == again.read_bytes()
        else:
            for one in path.iterdir():
                assert one.read_bytes() == (again / one.name).read_bytes(), one.name
        return path

    return written


HARD = '=SUM("甲")&<乙>,丙局'
TASKS = {"task/朝政发〔2020〕2号/行/1", "task/朝政发〔2021〕7号/一"}


def test_csv(write):
    folder = write("csv", "csv")
    with (folder / "load.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["unit"]: row for row in csv.DictReader(file)}
    names = {row["name"] for row in rows.values()}
    assert "'" + HARD in names
    assert PLAIN.name in names
    with (folder / "tasks.csv").open(encoding="utf-8", newline="") as file:
        headings = {row["heading"] for row in csv.DictReader(file)}
    assert '\'=A1+"&"' in headings
    for path in folder.glob("*.csv"):
        for line in csv.reader(path.read_text(encoding="utf-8").splitlines()):
            assert not any(cell[:1] in "=+@" for cell in line if cell)
    # A negative number is a number and not a formula.
    assert any(row["asymmetry"] == "-1.000000" for row in rows.values())


def test_csv_with_mark_for_excel(write):
    folder = write("csv", "csv", bom=True)
    assert (folder / "load.csv").read_bytes().startswith(b"\xef\xbb\xbfunit,")


def test_xlsx(write):
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    book = openpyxl.load_workbook(write("xlsx", "甲.xlsx"))
    assert book.sheetnames[:6] == ["settings", "units", "tasks", "assignments", "pairs", "measures"]
    assert "notices" in book.sheetnames
    head, *rows = book["measures"].iter_rows(values_only=True)
    table = {row[head.index("name")]: dict(zip(head, row, strict=True)) for row in rows}
    assert table[HARD]["lead"] == 1
    assert table[HARD]["load"] == 0.5
    assert table[HARD]["collective"] is False
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert not any(cell.data_type == "f" for cell in cells)
    settings = {row[0]: row[1] for row in book["settings"].iter_rows(values_only=True)}
    assert settings["weights"] == "1/1/1/1"
    assert {"pressure", "changes"} <= set(book.sheetnames)
    head, *rows = book["targets"].iter_rows(values_only=True)
    assert [row[head.index("value")] for row in rows] == [99.7]


def test_parquet(write):
    parquet = pytest.importorskip("pyarrow.parquet")
    folder = write("parquet", "parquet")
    table = parquet.read_table(folder / "load.parquet").to_pydict()
    place = table["name"].index(HARD)
    assert table["load"][place] == 0.5
    assert table["tasks"][place] == 1
    assert table["asymmetry"][place] == 1.0
    assert parquet.read_table(folder / "targets.parquet").to_pydict()["value"] == [99.7]
    settings = parquet.read_table(folder / "settings.parquet").to_pydict()
    assert settings["value"][settings["setting"].index("weights")] == "1/1/1/1"
    assert parquet.read_table(folder / "assignments.parquet").num_rows == 10


def test_graphml_by_networkx(write):
    graph = nx.read_graphml(write("graphml", "a.graphml"))
    assert set(graph) >= TASKS
    (hard,) = [node for node, data in graph.nodes(data=True) if data["label"] == HARD]
    assert graph.nodes[hard]["load"] == 0.5
    assert graph.nodes[hard]["collective"] is False
    assert graph.edges[hard, "task/朝政发〔2021〕7号/一"]["role"] == "lead"


def test_graphml_by_igraph(write):
    igraph = pytest.importorskip("igraph")
    graph = igraph.Graph.Read_GraphML(str(write("graphml", "a.graphml", network="units")))
    assert HARD in graph.vs["label"]
    assert set(graph.es["weight"]) == {1.0}
    assert not graph.is_directed()


def test_gexf(write):
    graph = nx.read_gexf(write("gexf", "a.gexf"))
    (hard,) = [node for node, data in graph.nodes(data=True) if data["label"] == HARD]
    data = graph.nodes[hard]
    assert data["viz"]["color"]["r"] == 31
    assert data["viz"]["size"] > 4
    task = graph.nodes["task/朝政发〔2021〕7号/一"]
    assert (task["start"], task["notice"]) == ("2021-05-06", "朝政发〔2021〕7号")
    places = {
        (node["viz"]["position"]["x"], node["viz"]["position"]["y"])
        for _, node in graph.nodes(data=True)
    }
    assert len(places) == len(graph)


def test_pajek(write):
    path = write("pajek", "a.net")
    first = path.read_text(encoding="utf-8").splitlines()[0]
    igraph = pytest.importorskip("igraph")
    graph = igraph.Graph.Read_Pajek(str(path))
    hard = graph.vs["name"].index(HARD.replace('"', "'"))
    head, total, two_mode = first.split()
    assert head == "*Vertices"
    assert int(total) == graph.vcount()
    assert int(two_mode) == 5
    assert graph.vs["type"].count(False) == 5
    assert [graph.vs[one]["type"] for one in graph.neighbors(hard)] == [True]


def test_pajek_one_mode_by_networkx(write):
    graph = nx.read_pajek(write("pajek", "a.net", network="units"))
    assert graph.has_edge(HARD.replace('"', "'"), PLAIN.name)


def read_dl(path):
    """Read a two-mode full matrix as UCINET's manual describes it."""
    lines = path.read_text(encoding="ascii").splitlines()
    sizes = dict(part.strip().split("=") for part in lines[0].removeprefix("dl ").split(","))
    rows = lines[lines.index("row labels:") + 1].split(",")
    columns = lines[lines.index("column labels:") + 1].split(",")
    data = [line.split() for line in lines[lines.index("data:") + 1 :]]
    assert (int(sizes["nr"]), int(sizes["nc"])) == (len(rows), len(columns))
    return {
        (row, column): float(value)
        for row, cells in zip(rows, data, strict=True)
        for column, value in zip(columns, cells, strict=True)
    }


def test_dl_two_mode(write):
    path = write("dl", "a.dl")
    cells = read_dl(path)
    with path.with_suffix(".key.csv").open(encoding="utf-8", newline="") as file:
        key = {row["id"]: row["label"] for row in csv.DictReader(file)}
    water = key["unit/北京市朝阳区水务局"]
    assert cells[water, key["task/朝政发〔2020〕2号/行/1"]] == 1
    assert cells[water, key["task/朝政发〔2021〕7号/一"]] == 0
    assert sum(cells.values()) == 7


def test_dl_one_mode_by_igraph(write):
    igraph = pytest.importorskip("igraph")
    graph = igraph.Graph.Read_DL(str(write("dl", "a.dl", network="units")), directed=False)
    assert graph.vcount() == 5
    assert graph.ecount() > 0


def test_neo4j(write):
    folder = write("neo4j", "neo4j")
    tables = {}
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            tables[path.stem] = list(csv.DictReader(file))
    ids = [row["id:ID"] for name in ("units", "tasks", "notices") for row in tables[name]]
    assert len(ids) == len(set(ids))
    for name in ("assignments", "stands_in", "pairs"):
        for row in tables[name]:
            assert {row[":START_ID"], row[":END_ID"]} <= set(ids)
    assert HARD in {row["name"] for row in tables["units"]}


def test_json(write):
    path = write("json", "a.json")
    content = json.loads(path.read_text(encoding="utf-8"))
    graph = nx.node_link_graph(content, edges="edges")
    (hard,) = [node for node, data in graph.nodes(data=True) if data["label"] == HARD]
    assert graph.edges[hard, "task/朝政发〔2021〕7号/一"]["role"] == "lead"
    assert "甲" in path.read_text(encoding="utf-8")


def test_matrix(write):
    rows = list(csv.reader(write("matrix", "m.csv").read_text(encoding="utf-8").splitlines()))
    head, *units = rows
    table = {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in units}
    assert table["unit/北京市朝阳区水务局"]["task/朝政发〔2020〕2号/行/1"] == "1"
    assert sum(cell == "1" for row in units for cell in row) == 7


@pytest.mark.parametrize(("name", "form"), [("trig", "trig"), ("jsonld", "json-ld")])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_rdf_by_rdflib(build, write, name, form):
    line = '<https://e.org/甲> <https://e.org/名> "a\\"b&<中>" <https://e.org/g> .\n'
    (build / "graph.nq").write_text(line, encoding="utf-8")
    data = rdflib.Dataset()
    data.parse(write(name, f"a.{name}"), format=form)
    (quad,) = data.quads()
    assert str(quad[2]) == 'a"b&<中>'
    assert str(quad[3].identifier if hasattr(quad[3], "identifier") else quad[3]).endswith("/g")


@pytest.mark.parametrize(("name", "form"), [("trig", "trig"), ("jsonld", "json-ld")])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_whole_graph_survives(tmp_path, name, form):
    write_build(
        collection([water_notice(), hard_notice()]), tmp_path, "https://w3id.org/gazette-kg/id/"
    )
    there = rdflib.Dataset()
    there.parse(tmp_path / "graph.nq", format="nquads")
    back = rdflib.Dataset()
    back.parse(export(tmp_path, name, tmp_path / name), format=form)

    def quads(data):
        return {(s, p, o, str(getattr(g, "identifier", g))) for s, p, o, g in data.quads()}

    assert quads(back) == quads(there)
    assert len(quads(there)) > 100


def test_no_control_character_in_any_format(build, tmp_path):
    for name, form in FORMATS.items():
        if name in {"jsonld", "trig", "xlsx", "parquet"}:
            continue
        path = export(build, name, tmp_path / name)
        files = [path] if path.is_file() else list(path.iterdir())
        for one in files:
            text = one.read_text(encoding="utf-8")
            assert not set(text) & set(CONTROL), (name, one.name)
        assert form.zh


def test_choices_reach_the_export(build, tmp_path):
    path = export(build, "json", tmp_path / "a.json", choices=parse_choices("stated"))
    content = json.loads(path.read_text(encoding="utf-8"))
    assert not any(node["id"] == "unit/北京市朝阳区教育委员会" for node in content["nodes"])


def test_command(build, tmp_path, capsys):
    assert run_command("export", []) == 0
    listed = capsys.readouterr().out
    assert all(name in listed for name in FORMATS)
    out = tmp_path / "a.graphml"
    assert run_command("export", ["graphml", "--build", str(build), "--out", str(out)]) == 0
    assert out.is_file()
    assert run_command("export", ["graphml", "--build", str(tmp_path / "none")]) == 2
    assert "kg build" in capsys.readouterr().err


def test_missing_package_is_said(build, tmp_path, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(GazetteError, match=r"gazette-kg\[export\]"):
        export(build, "xlsx", tmp_path / "a.xlsx")


def test_settings_go_with_the_network(write):
    graph = nx.read_graphml(write("graphml", "choices.graphml", choices=parse_choices("weighted")))
    assert graph.graph["weights"] == "3/3/2/1"
    assert graph.graph["meaning"] == "assigned"
    content = json.loads(
        write("json", "choices.json", choices=parse_choices("weighted")).read_text("utf-8")
    )
    assert nx.node_link_graph(content, edges="edges").graph["weights"] == "3/3/2/1"
    meta = write("gexf", "choices.gexf", choices=parse_choices("weighted")).read_text("utf-8")
    assert "weights=3/3/2/1" in meta.split("<graph")[0]


@pytest.mark.parametrize(
    ("name", "file", "beside", "network"),
    [
        ("pajek", "a.net", "a.net.settings.csv", "units"),
        ("dl", "a.dl", "a.dl.settings.csv", "two-mode"),
        ("matrix", "m.csv", "m.csv.settings.csv", "two-mode"),
        ("neo4j", "neo4j", "neo4j/settings.csv", None),
    ],
)
def test_settings_stand_beside_what_has_no_place_for_them(write, name, file, beside, network):
    pandas = pytest.importorskip("pandas")
    more = {"network": network} if network else {}
    path = write(name, file, choices=parse_choices("weighted+certainty=all"), **more)
    table = pandas.read_csv(path.parent / beside, dtype=str, keep_default_na=False)
    assert list(table.columns) == ["setting", "value", "zh", "en"]
    settings = dict(zip(table["setting"], table["value"], strict=True))
    # Counted: row 1, 二 and the implied 三 of the first notice, 一 and 二 of the other.
    assert {key: settings[key] for key in ("weights", "certainty", "tasks", "meaning")} == {
        "weights": "3/3/2/1",
        "certainty": "all",
        "tasks": "5",
        "meaning": "assigned",
    }
    assert settings["version"]
    assert settings.get("network") == network


def test_what_cannot_stand_beside_leaves_nothing(build, tmp_path):
    (tmp_path / "a.net").write_text("former", encoding="utf-8")
    (tmp_path / "a.net.settings.csv").mkdir()
    with pytest.raises(GazetteError, match=r"cannot be written.*无法写入"):
        export(build, "pajek", tmp_path / "a.net")
    assert (tmp_path / "a.net").read_text(encoding="utf-8") == "former"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.net", "a.net.settings.csv"]


def test_edges_lead_to_assignments(write):
    graph = nx.read_graphml(write("graphml", "edges.graphml"))
    for one, other, values in graph.edges(data=True):
        task, actor = sorted((one, other))
        name = actor.removeprefix("unit/")
        assert values["assignment"] == f"{task}/分工/{values['role']}/{name}"


def test_members_reach_the_export(build, tmp_path, capsys):
    members = tmp_path / "members.csv"
    members.write_text("collective,unit\n各街乡,东街\n", encoding="utf-8")
    words = ["json", "--build", str(build), "--choices", "share", "--members", str(members)]
    assert run_command("export", [*words, "--out", str(tmp_path / "m.json")]) == 0
    nodes = json.loads((tmp_path / "m.json").read_text("utf-8"))["nodes"]
    assert "东街" in {node["label"] for node in nodes}


def test_what_cannot_be_written_leaves_nothing(build, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("kept", encoding="utf-8")
    with pytest.raises(GazetteError, match="cannot be written"):
        export(build, "csv", tmp_path / "file" / "csv")
    with pytest.raises(GazetteError, match="cannot be written"):
        export(build, "csv", tmp_path / "file")
    (tmp_path / "folder").mkdir()
    with pytest.raises(GazetteError, match="cannot be written"):
        export(build, "json", tmp_path / "folder")
    target = tmp_path / "rows.xlsx"
    target.write_bytes(b"former")
    monkeypatch.setattr("kg.export.tabular._EXCEL_ROWS", 1)
    with pytest.raises(GazetteError, match="rows"):
        export(build, "xlsx", target)
    assert target.read_bytes() == b"former"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder", "rows.xlsx"]
    assert (tmp_path / "file").read_text(encoding="utf-8") == "kept"
