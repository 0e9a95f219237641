"""Sorted runs: whatever is written in whatever pieces comes back sorted by bytes, once."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.rdf.runs import differences, inserted, merged, write_lines, write_runs

LINES = st.lists(st.text("ab 乙\U0001f600\uffee<", max_size=4), max_size=12)


@settings(max_examples=60)
@given(st.lists(LINES, max_size=7), st.integers(2, 4), st.integers(1, 9))
def test_runs_are_merged_in_the_order_of_bytes(
    pieces: list[list[str]], fan_in: int, block: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        runs = [
            run
            for number, lines in enumerate(pieces)
            for run in write_runs(Path(folder, f"{number}.run"), lines)
        ]
        found = list(merged(runs, fan_in, block))
    expected = {f"{line}\n".encode() for lines in pieces for line in lines}
    assert found == sorted(expected)


@settings(max_examples=60)
@given(LINES, LINES, st.integers(1, 9))
def test_a_few_lines_are_put_in_their_places(many: list[str], few: list[str], block: int) -> None:
    lines = sorted({f"{line}\n".encode() for line in many})
    others = sorted({f"{line}\n".encode() for line in few} - set(lines))
    with tempfile.TemporaryDirectory() as folder:
        run = Path(folder, "run")
        write_lines(run, lines)
        found = list(inserted(run, others, block))
    assert found == sorted([*lines, *others])


@settings(max_examples=60)
@given(LINES, LINES, st.integers(0, 40))
def test_differences_are_the_lines_of_one_run_alone(
    before: list[str], after: list[str], most: int
) -> None:
    one, other = ({f"{line}\n".encode() for line in lines} for lines in (before, after))
    with tempfile.TemporaryDirectory() as folder:
        old, new = Path(folder, "old"), Path(folder, "new")
        write_lines(old, sorted(one))
        write_lines(new, sorted(other))
        found = differences(old, new, most)
    removed, added = sorted(one - other), sorted(other - one)
    small = sum(map(len, removed + added)) <= most
    assert found == ((removed, added) if small else None)
