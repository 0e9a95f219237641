"""Jobs spread over processes: every job has an outcome, whatever happens to a worker."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.workers import spread


def start(factor: int) -> int:
    return factor


def times(factor: int, number: int) -> int:
    return factor * number


def times_or_death(factor: int, number: int) -> int:
    if number == 5:
        os._exit(1)
    return factor * number


def times_or_fault(factor: int, number: int) -> int:
    if number == 5:
        raise ValueError("job 5 is at fault")
    return factor * number


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("count", [0, 1, 20])
def test_each_job_has_its_outcome(workers: int, count: int) -> None:
    found = dict(spread(start, (3,), times, range(count), workers))
    assert found == {place: 3 * place for place in range(count)}


def test_a_job_that_kills_its_process_costs_no_other_job() -> None:
    found = dict(spread(start, (3,), times_or_death, range(12), 2))
    assert found == {place: None if place == 5 else 3 * place for place in range(12)}


def test_an_error_of_the_program_is_raised() -> None:
    with pytest.raises(ValueError, match=r"^job 5 is at fault$"):
        list(spread(start, (3,), times_or_fault, range(12), 2))


PARENT = """
import os, sys, time
sys.path.insert(0, sys.argv[1])
from test_workers import sleep, start
from kg.workers import spread
if __name__ == "__main__":
    list(spread(start, (1,), sleep, range(20), 2))
"""


def sleep(factor: int, number: int) -> None:
    print(os.getpid(), flush=True)
    time.sleep(1)


def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    (tmp_path / "parent.py").write_text(PARENT, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, str(tmp_path / "parent.py"), str(Path(__file__).parent)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[1],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )
    assert process.stdout is not None
    worker = int(process.stdout.readline())
    process.kill()
    process.wait()
    for _ in range(200):
        if not Path(f"/proc/{worker}").exists():
            break
        time.sleep(0.1)
    assert not Path(f"/proc/{worker}").exists()
