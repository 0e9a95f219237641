"""Jobs spread over processes: every job has an outcome, whatever happens to a worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.workers import aside, spread


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


def process_of(parent: int) -> bool:
    return os.getpid() != parent


@pytest.mark.parametrize("apart", [True, False])
def test_a_job_aside_is_done_in_a_process_of_its_own_or_here(apart: bool) -> None:
    with aside(process_of, (os.getpid(),), apart) as outcome:
        assert outcome() is apart


def test_a_job_aside_that_kills_its_process_has_no_outcome() -> None:
    with aside(os._exit, (1,), apart=True) as outcome:
        assert outcome() is None


def test_an_error_of_a_job_aside_is_raised() -> None:
    with (
        aside(int, ("no number",), apart=True) as outcome,
        pytest.raises(ValueError, match="no number"),
    ):
        outcome()


def test_an_error_of_the_program_is_raised() -> None:
    with pytest.raises(ValueError, match=r"^job 5 is at fault$"):
        list(spread(start, (3,), times_or_fault, range(12), 2))


PARENT = """
import sys
sys.path.insert(0, sys.argv[1])
from test_workers import sleep, start
from kg.workers import spread
if __name__ == "__main__":
    list(spread(start, (1,), sleep, range(20), 2, dropped=True))
"""


def sleep(factor: int, number: int) -> None:
    print(os.getpid(), flush=True)
    time.sleep(3600)


def sleeping(folder: Path) -> tuple[subprocess.Popen[str], int]:
    """Start a process that waits for its workers, and return it with a worker at work."""
    (folder / "parent.py").write_text(PARENT, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, str(folder / "parent.py"), str(Path(__file__).parent)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=Path(__file__).parents[1],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdout is not None
    return process, int(process.stdout.readline())


def is_gone(worker: int) -> bool:
    """Wait until a process is gone; tell if that takes longer than any machine needs."""
    for _ in range(600):
        if not Path(f"/proc/{worker}").exists():
            return True
        time.sleep(0.1)
    return False


def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    process, worker = sleeping(tmp_path)
    process.kill()
    process.wait()
    assert is_gone(worker)


def test_ctrl_c_waits_for_no_job_of_which_nothing_is_kept(tmp_path: Path) -> None:
    process, worker = sleeping(tmp_path)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=600) != 0  # the job itself would take an hour
    assert is_gone(worker)
