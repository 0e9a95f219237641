"""What a build takes over from the former one: the outcome is that of a build from nothing."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from test_build import NOTICE, digest

from kg.building.run import build
from kg.errors import GazetteError
from kg.outputs import Output
from kg.store import open_store

ROOT = Path(__file__).parents[1]
TABLES = frozenset({Output.TABLES})
GRAPHS = frozenset({Output.GRAPH, Output.STORE, Output.TABLES})


def notice(number: int, *cited: int, unit: str = "市园林局") -> str:
    """A notice, what it cites by number, and who leads."""
    words = "".join(f"根据《某某市绿化办法》（某政发〔2021〕{other}号），" for other in cited)
    text = NOTICE.replace("7号", f"{number}号").replace("市园林局", unit)
    return text.replace("一、植树", f"一、{words}植树")


FILES = {
    "1.txt": [notice(1), notice(1, unit="市水务局"), notice(1, 2, 9)],
    "2.txt": [notice(2, 1), notice(2, 1, 4)],
    "3.txt": [notice(3), "\0\1\2", notice(1), notice(1, unit="市农业农村局")],
    "4.txt": [notice(4, 2, 3), notice(2, unit="市水利局")],
    "5 汇编.txt": [notice(1) + "\n\n" + notice(2, 1), notice(9)],
    "6.xlsx": ["PK"],
}
"""Files, and what may stand in each: notices that cite each other, copies, two of one number,
files that cannot be read."""


def put(folder: Path, texts: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def held(folder: Path) -> set[str]:
    """The quads of a build's store, as the engine gives them back, as many as there are lines."""
    found = {str(quad) for quad in open_store(folder / "store").engine}
    assert len(found) == len((folder / "graph.nq").read_bytes().splitlines())
    return found


@pytest.mark.parametrize("seed", range(3))
def test_any_change_of_files_gives_the_bytes_of_a_build_from_nothing(
    tmp_path: Path, seed: int
) -> None:
    at = random.Random(seed)
    for turn in range(5):
        texts = {name: at.choice(texts) for name, texts in FILES.items() if at.random() < 0.7}
        texts["0.txt"] = notice(8)
        source = put(tmp_path / "in", texts)
        build([source], tmp_path / "out", outputs=TABLES)
        build([source], tmp_path / f"anew{turn}", outputs=TABLES, cache=False)
        assert digest(tmp_path / "out") == digest(tmp_path / f"anew{turn}"), texts


def test_what_has_not_changed_is_not_even_loaded(tmp_path: Path) -> None:
    """Of the readings of unchanged files the head alone is needed."""
    source = put(tmp_path / "in", {"1.txt": notice(1), "2.txt": notice(2)})
    build([source], tmp_path / "out", outputs=TABLES)
    for path in (tmp_path / ".out.cache").glob("*.jsonl"):
        path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:4]))
    put(tmp_path / "in", {"1.txt": notice(1), "2.txt": notice(2), "3.txt": notice(3)})
    result = build([source], tmp_path / "out", outputs=TABLES)
    assert result.counts is not None
    assert (result.counts.documents, result.counts.assignments) == (3, 6)
    build([source], tmp_path / "anew", outputs=TABLES, cache=False)
    assert digest(tmp_path / "out") == digest(tmp_path / "anew")


def test_a_document_is_written_anew_when_what_it_cites_comes_or_goes(tmp_path: Path) -> None:
    both = {"1.txt": notice(1), "2.txt": notice(2, 1)}
    source = put(tmp_path / "in", both)
    build([source], tmp_path / "out", outputs=TABLES)
    first = digest(tmp_path / "out")
    cell = "notice/某政发〔2021〕1号,"
    table = tmp_path / "out" / "tables" / "references.csv"
    assert cell in table.read_text(encoding="utf-8")
    put(tmp_path / "in", {"2.txt": notice(2, 1)})
    build([source], tmp_path / "out", outputs=TABLES)
    assert cell not in table.read_text(encoding="utf-8")
    put(tmp_path / "in", both)
    build([source], tmp_path / "out", outputs=TABLES)
    assert digest(tmp_path / "out") == first


def test_a_document_is_written_anew_when_what_it_cites_is_another_one(tmp_path: Path) -> None:
    """What is cited by its title has another number now."""
    citing = notice(2).replace("绿化工作的通知", "造林工作的通知")
    citing = citing.replace("植树造林", "根据《某某市人民政府关于绿化工作的通知》，植树造林")
    table = tmp_path / "out" / "tables" / "references.csv"
    for number in (1, 5):
        source = put(tmp_path / "in", {"1.txt": notice(number), "2.txt": citing})
        build([source], tmp_path / "out", outputs=TABLES)
        assert f",notice/某政发〔2021〕{number}号," in table.read_text(encoding="utf-8")


def test_a_table_that_somebody_has_changed_is_written_anew(tmp_path: Path) -> None:
    source = put(tmp_path / "in", {"1.txt": notice(1), "2.txt": notice(2)})
    build([source], tmp_path / "out", outputs=TABLES)
    first = digest(tmp_path / "out")
    table = tmp_path / "out" / "tables" / "assignments.csv"
    same_size = table.read_bytes().replace("市园林局".encode(), "市水务局".encode())
    table.write_bytes(same_size)
    build([source], tmp_path / "out", outputs=TABLES)
    assert digest(tmp_path / "out") == first


@pytest.mark.parametrize("record", ["", "{}", "[]", '{"files": {}, "documents": {"x": 1}}'])
def test_a_damaged_record_counts_as_missing(tmp_path: Path, record: str) -> None:
    source = put(tmp_path / "in", {"1.txt": notice(1)})
    build([source], tmp_path / "out", outputs=TABLES)
    first = digest(tmp_path / "out")
    kept = tmp_path / ".out.cache" / "build.json"
    assert json.loads(kept.read_text(encoding="utf-8"))
    kept.write_text(record, encoding="utf-8")
    build([source], tmp_path / "out", outputs=TABLES)
    assert digest(tmp_path / "out") == first


def test_readings_that_are_damaged_are_told_and_read_again(tmp_path: Path) -> None:
    source = put(tmp_path / "in", {"1.txt": notice(1)})
    build([source], tmp_path / "out", outputs=TABLES)
    first = digest(tmp_path / "out")
    (entry,) = (tmp_path / ".out.cache").glob("*.jsonl")
    entry.write_bytes(entry.read_bytes().replace("植树".encode(), "种树".encode()))
    (tmp_path / ".out.cache" / "build.json").unlink()
    with pytest.raises(GazetteError, match="run the build again"):
        build([source], tmp_path / "out", outputs=TABLES)
    build([source], tmp_path / "out", outputs=TABLES)
    assert digest(tmp_path / "out") == first


def test_the_store_is_changed_where_the_graph_has_changed(tmp_path: Path) -> None:
    texts = {f"{number}.txt": notice(number) for number in range(1, 13)}
    source = put(tmp_path / "in", texts)
    build([source], tmp_path / "out", outputs=GRAPHS)
    files = {path.stat().st_ino for path in (tmp_path / "out" / "store").glob("*.sst")}
    changed = {**texts, "2.txt": notice(2, 1, unit="市水务局"), "13.txt": notice(13)}
    del changed["3.txt"]
    put(tmp_path / "in", changed)
    build([source], tmp_path / "out", outputs=GRAPHS)
    build([source], tmp_path / "anew", outputs=GRAPHS, cache=False)
    assert digest(tmp_path / "out") == digest(tmp_path / "anew")
    assert held(tmp_path / "out") == held(tmp_path / "anew")
    # The engine's files are those of the former store, and some more.
    now = {path.stat().st_ino for path in (tmp_path / "out" / "store").glob("*.sst")}
    assert files & now


def test_a_graph_that_somebody_has_changed_is_not_taken_for_the_stores(tmp_path: Path) -> None:
    texts = {f"{number}.txt": notice(number) for number in range(1, 13)}
    source = put(tmp_path / "in", texts)
    build([source], tmp_path / "out", outputs=GRAPHS)
    graph = tmp_path / "out" / "graph.nq"
    whole = graph.read_bytes()
    graph.write_bytes(b"".join(whole.splitlines(keepends=True)[:-20]))
    put(tmp_path / "in", texts)
    build([source], tmp_path / "out", outputs=GRAPHS)
    assert graph.read_bytes() == whole
    build([source], tmp_path / "anew", outputs=GRAPHS, cache=False)
    assert held(tmp_path / "out") == held(tmp_path / "anew")


def test_what_changes_while_it_is_taken_over_stops_the_build(tmp_path: Path) -> None:
    """Another build on the same folder, or a user who saves a table."""
    source = put(tmp_path / "in", {"1.txt": notice(1), "2.txt": notice(2)})
    build([source], tmp_path / "out", outputs=TABLES)
    table = tmp_path / "out" / "tables" / "assignments.csv"
    mine = table.read_bytes().replace("市园林局".encode(), "市水务局".encode())

    def save(stage: str, done: int, total: int, name: str) -> None:
        if name == "tables":
            table.write_bytes(mine)

    put(tmp_path / "in", {"1.txt": notice(1), "2.txt": notice(2), "3.txt": notice(3)})
    with pytest.raises(GazetteError, match="changed during the build"):
        build([source], tmp_path / "out", outputs=TABLES, progress=save)
    assert table.read_bytes() == mine
    assert sorted(path.name for path in tmp_path.iterdir()) == [".out.cache", "in", "out"]


def test_a_change_of_the_program_wherever_it_is_reads_anew(tmp_path: Path) -> None:
    for name in ("kg", "ontology", "queries"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "build_graph.py", tmp_path)
    (tmp_path / "notice.txt").write_text(notice(1), encoding="utf-8")

    def kept() -> set[str]:
        command = [sys.executable, "build_graph.py", "notice.txt", "-o", "out", "-q"]
        subprocess.run([*command, "--outputs", "tables"], cwd=tmp_path, check=True)
        return {path.name for path in (tmp_path / ".out.cache").glob("*.jsonl")}

    before = kept()
    assert before and kept() == before
    for module in ("extraction/roles.py", "building/run.py", "wording.py"):
        with (tmp_path / "kg" / module).open("a", encoding="utf-8") as source:
            source.write("# other words\n")
        after = kept()
        assert not after & before
        before = after
