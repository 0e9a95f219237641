"""The embedded store: written whole, opened read-only, refused when it is another's."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from factories import dredging_notice, water_notice

from kg.errors import QueryError, StoreError
from kg.query import list_queries
from kg.rdf import quads
from kg.store import MARKER, load_store, open_build, open_store, write_store


@pytest.fixture
def nquads(tmp_path):
    path = tmp_path / "graph.nq"
    lines = quads([water_notice(), dredging_notice()])
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def folder(nquads):
    folder = nquads.parent / "store"
    write_store(nquads, folder)
    return folder


def test_memory_and_disk_answer_alike(nquads, folder):
    memory, disk = load_store(nquads), open_store(folder)
    for query in list_queries():
        assert memory.query(query.text) == disk.query(query.text)


def test_the_default_graph_is_the_union(folder):
    assert open_store(folder).query("ASK { ?s a gaz:Task . ?t a gaz:CountedTask }").answer


def test_a_store_is_replaced_whole(nquads, folder):
    nquads.write_text("\n".join(quads([dredging_notice()])) + "\n", encoding="utf-8")
    write_store(nquads, folder)
    result = open_store(folder).query("SELECT (COUNT(?t) AS ?n) { ?t a gaz:Task }")
    assert result.texts() == [("1",)]
    assert sorted(path.name for path in folder.parent.iterdir()) == ["graph.nq", "store"]


def test_what_a_broken_write_left_behind_does_no_harm(nquads, folder):
    leftover = folder.parent / ".store.new"
    leftover.mkdir()
    (leftover / "junk").write_text("junk", encoding="utf-8")
    write_store(nquads, folder)
    assert not leftover.exists()
    assert open_store(folder).query("ASK { ?t a gaz:Task }").answer


def test_two_processes_read_one_store(folder):
    program = (
        "import sys; from pathlib import Path; from kg.store import open_store;"
        "print(open_store(Path(sys.argv[1])).query('ASK { ?t a gaz:Task }').answer)"
    )
    mine = open_store(folder)
    other = subprocess.run(
        [sys.executable, "-c", program, str(folder)],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert other.stdout == "True\n"
    assert mine.query("ASK { ?t a gaz:Task }").answer


@pytest.mark.parametrize(
    ("marker", "message"),
    [
        (None, "no store here"),
        ("not json", "not readable as a store's marker"),
        ("[]", "not readable as a store's marker"),
        (json.dumps({"format": 0, "ontology": "0.1"}), "another version .format 0, ontology 0.1"),
    ],
)
def test_a_store_of_another_make_says_how_to_build_it(folder, marker, message):
    (folder / MARKER).unlink()
    if marker is not None:
        (folder / MARKER).write_text(marker, encoding="utf-8")
    for opener, path in ((open_store, folder), (open_build, folder.parent)):
        with pytest.raises(StoreError, match=message) as caught:
            opener(path)
        assert "kg build" in str(caught.value)


def test_a_missing_build_says_how_to_make_it(tmp_path):
    with pytest.raises(StoreError, match=r"no such folder; .* kg build"):
        open_build(tmp_path / "none")
    with pytest.raises(StoreError, match=r"no store here; .* kg build"):
        open_build(tmp_path)


def test_an_engine_folder_that_is_damaged_is_told(folder):
    for path in folder.iterdir():
        if path.name != MARKER:
            path.unlink()
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(folder)


def test_a_store_cannot_be_written_through_a_query(folder):
    with pytest.raises(QueryError):
        open_store(folder).query("DROP ALL")
    with pytest.raises(QueryError):
        open_store(folder).query("INSERT DATA { <urn:a> <urn:b> 1 }")
