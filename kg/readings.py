"""Reading many files: in worker processes, each file once, in an order that does not matter."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from kg.cache import FactsCache
from kg.errors import InputError
from kg.facts import DocumentFacts
from kg.pipeline import Pipeline

__all__ = ["Progress", "read_all"]

Progress = Callable[[int, int, str], None]
"""Called with how many files are done, how many there are, and the next one's name."""

_ALONE = 8
"""Up to so many files are read in this process: starting workers takes longer."""
_CHUNK = 4

_pipeline: Pipeline | None = None


def read_all(
    files: Sequence[tuple[Path, str]],
    registers: Sequence[Path],
    cache: FactsCache | None = None,
    workers: int = 0,
    progress: Progress | None = None,
) -> list[DocumentFacts | InputError]:
    """Read files, and return for each what it says, or why it cannot be read.

    Parameters
    ----------
    files
        Paths with the names that they are shown under.
    registers
        Register files of the user's own.
    cache
        What files said before; what is read now is added to it at once, so that a
        build that was stopped goes on where it stood.
    workers
        Number of processes; 0 for one a processor.
    progress
        Told about each file.

    Raises
    ------
    RegisterError
        A register file is not valid.
    """
    outcomes: list[DocumentFacts | InputError | None] = [None] * len(files)
    keys: dict[int, str] = {}
    for index, (path, name) in enumerate(files):
        if cache is not None:
            try:
                keys[index] = cache.key(path, name)
            except OSError:
                continue
            outcomes[index] = cache.get(keys[index])
    waiting = [index for index, outcome in enumerate(outcomes) if outcome is None]
    done = len(files) - len(waiting)
    results = _results([files[index] for index in waiting], registers, workers)
    for index, outcome in zip(waiting, results, strict=True):
        outcomes[index] = outcome
        if cache is not None and isinstance(outcome, DocumentFacts) and index in keys:
            cache.put(keys[index], outcome)
        done += 1
        if progress:
            progress(done, len(files), files[index][1])
    return [outcome for outcome in outcomes if outcome is not None]


def _results(
    files: Sequence[tuple[Path, str]], registers: Sequence[Path], workers: int
) -> Iterator[DocumentFacts | InputError]:
    """Yield the outcomes in the order of ``files``."""
    count = workers or os.cpu_count() or 1
    if not files:
        return
    _start(registers)
    if len(files) <= _ALONE or count == 1:
        yield from map(_read, files)
        return
    with ProcessPoolExecutor(count, initializer=_start, initargs=(registers,)) as pool:
        yield from pool.map(_read, files, chunksize=_CHUNK)


def _start(registers: Sequence[Path]) -> None:
    """Load the register once in each process."""
    global _pipeline
    _pipeline = Pipeline(registers)


def _read(file: tuple[Path, str]) -> DocumentFacts | InputError:
    assert _pipeline is not None
    path, name = file
    try:
        facts = _pipeline.read(path, name)
    except InputError as error:
        return error
    numbered = any(notice.number for notice in facts.notices)
    if numbered or facts.assignments or facts.references or facts.memberships:
        return facts
    return InputError(
        str(path),
        "no notice found: neither a document number (发文字号) nor a duty or reference; "
        "is this a gazette? · 没有找到通知、分工或引用，这是公报吗？",
    )
