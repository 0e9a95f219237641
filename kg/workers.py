"""Jobs spread over worker processes, whatever happens to a worker or to Ctrl-C."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

from kg.errors import GazetteError

__all__ = ["aside", "collect_seldom", "outcome_of", "spread"]

_State = TypeVar("_State")
_Job = TypeVar("_Job")
_Outcome = TypeVar("_Outcome")

_ALONE = 8
"""Up to so many jobs are done in this process: starting workers takes longer."""
_AHEAD = 2
"""Jobs handed out for each worker, that none has to wait for the next."""

_state: Any = None


def spread(
    start: Callable[..., _State],
    arguments: tuple[Any, ...],
    work: Callable[[_State, _Job], _Outcome],
    jobs: Sequence[_Job],
    workers: int = 0,
    alone: int = _ALONE,
    dropped: bool = False,
) -> Iterator[tuple[int, _Outcome | None]]:
    """Yield the place and the outcome of each job, as they come.

    Parameters
    ----------
    start
        Makes, in each process, what all jobs need; a function of a module.
    arguments
        What ``start`` is called with.
    work
        Does one job with that.
    jobs
        What to do, as small values: they travel between processes.
    workers
        How many processes; 0 for one a processor.
    alone
        Up to how many jobs no worker is started for.
    dropped
        Whether nothing is kept of the jobs where this process stops early (Ctrl-C): those
        under way are then not waited for.

    Returns
    -------
    iterator of (int, outcome)
        None is the outcome of a job whose process died of it (killed for its
        memory, a fault in a library); the other jobs of that process are done again.

    Notes
    -----
    Ctrl-C reaches this process alone: the workers finish the jobs that they have
    begun, unless these are ``dropped``. Workers whose parent is gone end by themselves.
    """
    if not jobs:
        return
    count = min(workers or os.cpu_count() or 1, len(jobs))
    state = start(*arguments)
    if count <= 1 or len(jobs) <= alone:
        for place, job in enumerate(jobs):
            yield place, work(state, job)
        return
    waiting = deque(range(len(jobs)))
    while waiting:
        suspects: list[int] = []
        with _pool(count, start, arguments, dropped) as pool:
            yield from _done(pool, work, jobs, waiting, suspects, count * _AHEAD)
        for place in suspects:
            once: list[int] = []
            with _pool(1, start, arguments, dropped) as pool:
                yield from _done(pool, work, jobs, deque([place]), once, 1)
            if once:
                yield place, None


@contextmanager
def aside(
    work: Callable[..., _Outcome], arguments: tuple[Any, ...], apart: bool
) -> Iterator[Callable[[], _Outcome | None]]:
    """Do one job beside what this process does in the meantime.

    Parameters
    ----------
    work, arguments
        A function of a module, or a method, and what it is called with.
    apart
        Whether it is done in a process of its own; else here, when it is asked for.

    Returns
    -------
    context manager
        Gives the function that waits for the job's outcome: None where its process died
        of it. Where the body is left early, the job is dropped.
    """
    if not apart:
        yield partial(work, *arguments)
        return
    with _pool(1, tuple, (), dropped=True) as pool:
        with _interrupt_held():
            future = pool.submit(work, *arguments)
        del arguments  # which may be large, and have been sent

        def outcome() -> _Outcome | None:
            try:
                return future.result()
            except BrokenProcessPool:
                return None

        yield outcome


def collect_seldom() -> None:
    """Let this process look seldom for objects that are held by one another alone.

    Facts of thousands of documents are made and held, none in a cycle.
    """
    gc.set_threshold(100_000, 50, 1000)


def outcome_of(outcome: _Outcome | None) -> _Outcome:
    """Return the outcome of a job, or say that its process died of it.

    Raises
    ------
    GazetteError
        There is none.
    """
    if outcome is None:
        raise GazetteError(
            "a process that writes was stopped by the system (too much memory?); use fewer "
            "--workers or --outputs · 写出进程被系统终止（内存不足？），请减少进程数或输出种类"
        )
    return outcome


@contextmanager
def _pool(
    count: int, start: Callable[..., Any], arguments: tuple[Any, ...], dropped: bool
) -> Iterator[ProcessPoolExecutor]:
    """Open a pool whose workers end with it, the jobs that wait being dropped.

    Where this process stops early, those under way are ``dropped`` too.
    """
    # Fresh processes: forks of a process with threads may hang.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(count, context, _begin, (os.getpid(), start, arguments))
    try:
        yield pool
    except BaseException:
        if dropped:
            for worker in multiprocessing.active_children():
                worker.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _done(
    pool: ProcessPoolExecutor,
    work: Callable[[Any, _Job], _Outcome],
    jobs: Sequence[_Job],
    waiting: deque[int],
    suspects: list[int],
    most: int,
) -> Iterator[tuple[int, _Outcome]]:
    """Do jobs until none waits or a worker dies; ``suspects`` are then those under way."""
    running: dict[Future[_Outcome], int] = {}
    while running or (waiting and not suspects):
        try:
            while waiting and not suspects and len(running) < most:
                with _interrupt_held():
                    running[pool.submit(_work, work, jobs[waiting[0]])] = waiting[0]
                waiting.popleft()
        except BrokenProcessPool:
            suspects += running.values()
            return
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            place = running.pop(future)
            if isinstance(future.exception(), BrokenProcessPool):
                suspects.append(place)
            else:
                yield place, future.result()


@contextmanager
def _interrupt_held() -> Iterator[None]:
    """Let no process that is started here hear Ctrl-C: it inherits the mask."""
    if not hasattr(signal, "pthread_sigmask"):  # pragma: no cover - Windows
        yield
        return
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


def _begin(parent: int, start: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    """Make a worker ready."""
    global _state
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    collect_seldom()
    _state = start(*arguments)


def _end_with(parent: int) -> None:
    """End this process when its parent is gone, however it went."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def _work(work: Callable[[Any, _Job], _Outcome], job: _Job) -> _Outcome:
    return work(_state, job)
