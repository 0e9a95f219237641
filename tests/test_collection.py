"""Collections: many files, in workers, from the cache, with copies of one notice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_build import NOTICE, digest

from kg.build import build
from kg.cache import FactsCache
from kg.citations import linked_all
from kg.collection import merged
from kg.facts import DocumentFacts
from kg.pipeline import Pipeline, register_files
from kg.reader import document

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
    build([source], tmp_path / "out", progress=lambda done, total, name: read.append(name))
    build([source], tmp_path / "anew", cache=False)
    assert read == ["2.txt", "4.txt"]
    assert digest(tmp_path / "out") == digest(tmp_path / "anew")


def test_broken_files_are_named_and_the_rest_is_built(tmp_path: Path) -> None:
    source = write(tmp_path / "in", *range(1, 20))
    (source / "broken.txt").write_bytes(b"\0\1\2\3")
    result = build([source], tmp_path / "out")
    assert [error.source for error in result.errors] == [str(source / "broken.txt")]
    assert result.documents == 19


def test_the_cache_gives_back_what_was_put_in(tmp_path: Path, pipeline: Pipeline) -> None:
    facts = pipeline.read(GAZETTE)
    cache = FactsCache(tmp_path / "cache", register_files())
    key = cache.key(GAZETTE, GAZETTE.name)
    assert cache.get(key) is None
    cache.put(key, facts)
    assert cache.get(key) == facts


@pytest.mark.parametrize("damage", ["", "{}", "[1, 2]", "\x00", '["x"]'])
def test_a_damaged_entry_counts_as_missing(tmp_path: Path, damage: str) -> None:
    cache = FactsCache(tmp_path, register_files())
    (tmp_path / "k.json").write_text(damage, encoding="utf-8")
    assert cache.get("k") is None


def facts_of(pipeline: Pipeline, text: str, name: str = "x") -> DocumentFacts:
    return pipeline.facts(document(text, name))


def test_one_notice_in_two_files_counts_once(pipeline: Pipeline) -> None:
    alone = facts_of(pipeline, numbered(7), "alone.txt")
    page = facts_of(
        pipeline, "索引号：\t0001\t发文机关：\t某某市人民政府\n" + numbered(7), "page.txt"
    )
    for order in ([alone, page], [page, alone]):
        found = merged(order)
        assert sum(len(facts.assignments) for facts in found) == len(alone.assignments) == 2
        rules = [f.rule for facts in found for f in facts.findings]
        assert rules.count("duplicate-notice") == 1


def test_two_notices_with_one_number_are_both_kept(pipeline: Pipeline) -> None:
    one = facts_of(pipeline, numbered(7), "one.txt")
    other = facts_of(pipeline, numbered(7).replace("植树造林", "疏浚河道"), "other.txt")
    found = merged([one, other])
    tasks = [task.id for facts in found for task in facts.tasks]
    assert len(tasks) == len(set(tasks)) == 2
    assignments = [a for facts in found for a in facts.assignments]
    assert {a.task for a in assignments} == set(tasks)
    assert "same-number" in [f.rule for facts in found for f in facts.findings]


def test_merging_leaves_other_documents_alone(pipeline: Pipeline) -> None:
    facts = facts_of(pipeline, numbered(7))
    assert merged([facts]) == [facts]
    assert merged([replace(facts)]) == [facts]


DOCUMENTS = sorted((Path(__file__).parent / "documents").rglob("*.txt"))


@pytest.fixture(scope="module")
def each_alone() -> list[DocumentFacts]:
    """Return what each document says to a reader that has seen no other one."""
    return [Pipeline().read(path) for path in DOCUMENTS]


@given(order=st.permutations(range(len(DOCUMENTS))))
@settings(max_examples=8, deadline=None)
def test_a_document_says_the_same_alone_and_among_others(
    pipeline: Pipeline, each_alone: list[DocumentFacts], order: list[int]
) -> None:
    read = {index: pipeline.read(DOCUMENTS[index]) for index in order}
    assert [read[index] for index in sorted(read)] == each_alone


def test_a_collection_of_several_places_says_what_its_documents_say(
    each_alone: list[DocumentFacts],
) -> None:
    together = {facts.document.id: facts for facts in linked_all(merged(each_alone))}
    places = {notice.places for facts in each_alone for notice in facts.notices}
    assert len(places) >= 10
    for facts in each_alone:
        assert replace(together[facts.document.id], citations=(), across=()) == facts
