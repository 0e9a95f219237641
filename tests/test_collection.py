"""Collections: many files, in workers, from the cache, with copies of one notice."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from factories import collected
from hypothesis import given, settings
from hypothesis import strategies as st
from test_build import NOTICE, ROOT, digest
from test_build import build as main_job

from kg.building.cache import FactsCache
from kg.building.collection import reading_of
from kg.building.run import build
from kg.facts import DocumentFacts
from kg.outputs import Output
from kg.pipeline import Pipeline, register_files
from kg.reader import document
from kg.store import open_build

GAZETTE = Path(__file__).parents[1] / "data" / "chaoyang-2020-02.txt"


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline()


def numbered(number: int) -> str:
    return NOTICE.replace("7号", f"{number}号")


def write(folder: Path, *numbers: int) -> Path:
    folder.mkdir(exist_ok=True)
    for number in numbers:
        (folder / f"{number}.txt").write_text(numbered(number), encoding="utf-8")
    return folder


def test_workers_do_not_change_the_outcome(tmp_path: Path) -> None:
    source = write(tmp_path / "in", *range(1, 15))
    build([source], tmp_path / "one", workers=1, cache=False)
    build([source], tmp_path / "two", workers=2, cache=False)
    assert digest(tmp_path / "one") == digest(tmp_path / "two")


def test_changed_added_and_removed_files_give_the_bytes_of_a_build_from_nothing(
    tmp_path: Path,
) -> None:
    source = write(tmp_path / "in", 1, 2, 3)
    build([source], tmp_path / "out")
    (source / "1.txt").unlink()
    (source / "2.txt").write_text(numbered(2).replace("市财政局", "市水务局"), encoding="utf-8")
    write(source, 4)
    read: list[str] = []

    def noted(stage: str, done: int, total: int, name: str) -> None:
        if stage == "read":
            read.append(name)

    build([source], tmp_path / "out", progress=noted)
    build([source], tmp_path / "anew", cache=False)
    assert read == ["2.txt", "4.txt"]
    assert digest(tmp_path / "out") == digest(tmp_path / "anew")


def test_broken_files_are_named_and_the_rest_is_built(tmp_path: Path) -> None:
    source = write(tmp_path / "in", *range(1, 20))
    (source / "broken.txt").write_bytes(b"\0\1\2\3")
    result = build([source], tmp_path / "out")
    assert [error.source for error in result.errors] == [str(source / "broken.txt")]
    assert result.counts is not None
    assert result.counts.documents == 19


def test_five_percent_broken_files_are_findings_everywhere(tmp_path: Path) -> None:
    """The other 95 % are built; the table, the graph and the first page tell of the rest."""
    source = write(tmp_path / "in", *range(1, 39))
    (source / "broken.txt").write_bytes(b"\0\1\2\3" * 50)
    (source / "empty.txt").write_bytes(b"")
    outcome = main_job("-o", tmp_path / "out", source)
    assert outcome.returncode == 1
    assert "Traceback" not in outcome.stderr
    assert "38 documents" in outcome.stdout
    with (tmp_path / "out" / "tables" / "findings.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["rule"] == "unreadable-file"]
    assert [(row["document"], row["severity"]) for row in rows] == [
        ("broken.txt", "violation"),
        ("empty.txt", "violation"),
    ]
    assert "binary file" in rows[0]["message_en"]
    assert "二进制" in rows[0]["message_zh"]
    assert str(tmp_path) not in repr(rows)
    answer = open_build(tmp_path / "out").query(
        'SELECT ?name { ?f gaz:rule "unreadable-file" ; gaz:aboutText ?name } ORDER BY ?name'
    )
    assert [row[0].value for row in answer.rows if row[0]] == ["broken.txt", "empty.txt"]
    page = (tmp_path / "out" / "site" / "index.html").read_text(encoding="utf-8")
    assert "broken.txt" in page
    assert "unreadable-file" in page


def test_files_of_other_kinds_in_a_folder_are_a_note_and_a_finding(tmp_path: Path) -> None:
    source = write(tmp_path / "in", 1)
    (source / "表.xlsx").write_bytes(b"PK")
    (source / "old").mkdir()
    (source / "old" / "二.xlsx").write_bytes(b"PK")
    outcome = main_job("-o", tmp_path / "out", source)
    assert outcome.returncode == 0
    assert "note: 2 files were not read: .xlsx (the first: old/二.xlsx)" in outcome.stderr
    with (tmp_path / "out" / "tables" / "findings.csv").open(encoding="utf-8") as file:
        (row,) = [row for row in csv.DictReader(file) if row["rule"] == "passed-over-files"]
    assert (row["severity"], row["subject"]) == ("info", "old/二.xlsx")


def test_two_files_with_one_text_are_read_once_in_any_order(tmp_path: Path) -> None:
    source = write(tmp_path / "in", 7)
    copy = source / "8.txt"
    copy.write_text(numbered(7), encoding="utf-8")
    build([copy, source / "7.txt"], tmp_path / "one")
    build([source / "7.txt", copy], tmp_path / "two")
    assert digest(tmp_path / "one") == digest(tmp_path / "two")
    with (tmp_path / "one" / "tables" / "findings.csv").open(encoding="utf-8") as file:
        (row,) = [row for row in csv.DictReader(file) if row["rule"] == "duplicate-file"]
    assert row["subject"] == "8.txt"


def test_many_documents_are_merged_in_order(tmp_path: Path) -> None:
    """More documents than one process writes at once: quads by bytes, rows by document."""
    source = write(tmp_path / "in", *range(1, 60))
    build([source], tmp_path / "out", workers=2, outputs=frozenset({Output.GRAPH, Output.TABLES}))
    lines = (tmp_path / "out" / "graph.nq").read_bytes().splitlines()
    assert lines == sorted(set(lines))
    with (tmp_path / "out" / "tables" / "tasks.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = sorted(f"{number}.txt" for number in range(1, 60))
    assert [row["notice_number"] for row in rows] == [
        f"某政发〔2021〕{name.removesuffix('.txt')}号" for name in names
    ]


def test_chosen_outputs_alone_are_written_and_are_the_same(tmp_path: Path) -> None:
    source = write(tmp_path / "in", 1, 2)
    build([source], tmp_path / "all")
    for word, names in {
        "tables": ["tables"],
        "measures": ["tables"],
        "store,turtle": ["graph.ttl", "store"],
    }.items():
        assert main_job("-q", "-o", tmp_path / "some", "--outputs", word, source).returncode == 0
        assert sorted(path.name for path in (tmp_path / "some").iterdir()) == names
        found = digest(tmp_path / "some")
        assert found.items() <= digest(tmp_path / "all").items()
        assert found
    outcome = main_job("-o", tmp_path / "none", "--outputs", "tabels", source)
    assert outcome.returncode == 2
    assert "tabels" in outcome.stderr
    outcome = main_job("-o", tmp_path / "none", "--workers", "-3", source)
    assert outcome.returncode == 2
    assert "must be 1 or more" in outcome.stderr


def test_ctrl_c_stops_cleanly_and_the_next_build_goes_on(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    text = GAZETTE.read_text(encoding="utf-8")
    for number in range(40):
        changed = text.replace("〔2020〕", f"〔{1950 + number}〕")
        (source / f"{number}.txt").write_text(changed, encoding="utf-8")
    command = [sys.executable, "build_graph.py", "-o", str(tmp_path / "out"), str(source)]
    command += ["--outputs", "tables", "--workers", "2"]
    kept = tmp_path / ".out.cache"
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # Shells let background jobs, which these tests may run in, ignore Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    while process.poll() is None and len(list(kept.glob("*.jsonl"))) < 4:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: workers and all
    _, says = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in says
    assert "what has been read is kept" in says
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name] == [".out.cache"]
    before = len(list(kept.glob("*.jsonl")))
    assert 4 <= before < 40
    stages: list[str] = []

    def noted(stage: str, done: int, total: int, name: str) -> None:
        stages.append(stage)

    build([source], tmp_path / "out", progress=noted, workers=2)
    assert (stages.count("unchanged"), stages.count("read")) == (before, 40 - before)


def test_the_cache_gives_back_what_was_put_in(tmp_path: Path, pipeline: Pipeline) -> None:
    facts = pipeline.read(GAZETTE)
    cache = FactsCache(tmp_path / "cache", register_files())
    key = cache.key(GAZETTE, GAZETTE.name)
    assert cache.get(key) is None
    assert cache.reading(key) is None
    assert cache.put(key, facts) == reading_of(facts, key) == cache.reading(key)
    assert cache.get(key) == facts


@pytest.mark.parametrize("damage", ["", "{}", "[1, 2]", "\x00", '["x"]'])
def test_a_damaged_entry_counts_as_missing(tmp_path: Path, damage: str) -> None:
    cache = FactsCache(tmp_path, register_files())
    (tmp_path / "k.jsonl").write_text(damage, encoding="utf-8")
    assert cache.get("k") is None
    assert cache.reading("k") is None


def facts_of(pipeline: Pipeline, text: str, name: str = "x") -> DocumentFacts:
    return pipeline.facts(document(text, name))


def test_one_notice_in_two_files_counts_once(pipeline: Pipeline) -> None:
    alone = facts_of(pipeline, numbered(7), "alone.txt")
    page = facts_of(
        pipeline, "索引号：\t0001\t发文机关：\t某某市人民政府\n" + numbered(7), "page.txt"
    )
    for order in ([alone, page], [page, alone]):
        found = collected(order)
        assert sum(len(facts.assignments) for facts in found) == len(alone.assignments) == 2
        rules = [f.rule for facts in found for f in facts.findings]
        assert rules.count("duplicate-notice") == 1


def test_two_notices_with_one_number_are_both_kept(pipeline: Pipeline) -> None:
    one = facts_of(pipeline, numbered(7), "one.txt")
    other = facts_of(pipeline, numbered(7).replace("植树造林", "疏浚河道"), "other.txt")
    found = collected([one, other])
    tasks = [task.id for facts in found for task in facts.tasks]
    assert len(tasks) == len(set(tasks)) == 2
    assignments = [a for facts in found for a in facts.assignments]
    assert {a.task for a in assignments} == set(tasks)
    assert "same-number" in [f.rule for facts in found for f in facts.findings]


@pytest.mark.parametrize(
    ("words", "instead", "rule"),
    [
        ("单位：市园林局", "单位：市民政局", "same-number"),
        ("配合单位", "责任单位", "same-number"),
        ("市财政局", "市财政局、市教育局", "same-number"),
        ("，配合单位：市财政局", "", "same-number"),
        ("，配合单位：", "， 配合单位： ", "duplicate-notice"),
    ],
)
def test_work_that_is_given_to_others_makes_no_copy(
    pipeline: Pipeline, words: str, instead: str, rule: str
) -> None:
    text = numbered(7)
    assert words in text
    found = collected(
        [
            facts_of(pipeline, text, "a.txt"),
            facts_of(pipeline, text.replace(words, instead), "b.txt"),
        ]
    )
    rules = {f.rule for facts in found for f in facts.findings}
    assert rules & {"same-number", "duplicate-notice"} == {rule}


def test_a_copy_of_the_second_notice_with_a_number_counts_once(pipeline: Pipeline) -> None:
    """Of A, B and a copy of B, all of one number, A and B are kept."""
    longest = numbered(7).replace("市财政局", "市财政局、市水务局、市教育局、市民政局")
    other = numbered(7).replace("植树造林", "疏浚河道")
    read = [
        facts_of(pipeline, longest, "a.txt"),
        facts_of(pipeline, other, "b.txt"),
        facts_of(pipeline, other.replace("各县区人民政府", "各区人民政府"), "c.txt"),
    ]
    assert len({facts.document.id for facts in read}) == 3
    for order in permutations(read):
        found = collected(order)
        assert sum(len(facts.notices) for facts in found) == 2
        assert sum(len(facts.tasks) for facts in found) == 2
        rules = [f.rule for facts in found for f in facts.findings]
        assert rules.count("same-number") == rules.count("duplicate-notice") == 1


def test_merging_leaves_other_documents_alone(pipeline: Pipeline) -> None:
    facts = facts_of(pipeline, numbered(7))
    assert collected([facts]) == [facts]
    assert collected([replace(facts)]) == [facts]


DOCUMENTS = sorted((Path(__file__).parent / "documents").rglob("*.txt"))


@pytest.fixture(scope="module")
def each_alone() -> list[DocumentFacts]:
    """Return what each document says to a reader that has seen no other one."""
    return [Pipeline().read(path) for path in DOCUMENTS]


@given(order=st.permutations(range(len(DOCUMENTS))))
@settings(max_examples=8)
def test_a_document_says_the_same_alone_and_among_others(
    pipeline: Pipeline, each_alone: list[DocumentFacts], order: list[int]
) -> None:
    read = {index: pipeline.read(DOCUMENTS[index]) for index in order}
    assert [read[index] for index in sorted(read)] == each_alone


def test_a_collection_of_several_places_says_what_its_documents_say(
    each_alone: list[DocumentFacts],
) -> None:
    together = {facts.document.id: facts for facts in collected(each_alone)}
    places = {notice.places for facts in each_alone for notice in facts.notices}
    assert len(places) >= 10
    for facts in each_alone:
        assert replace(together[facts.document.id], citations=(), across=()) == facts
