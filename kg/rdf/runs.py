"""Sorted lines in files: more of them than memory holds, merged into one order.

A run is a file of sorted lines without repeats. Bytes are compared, as
``LC_ALL=C sort`` does.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import groupby, islice
from pathlib import Path

__all__ = ["merged", "write_lines", "write_runs"]

_FAN_IN = 200
"""Runs that are merged at once: below the number of files that systems let be open."""
_BUFFER = 1 << 16
_LINES = 200_000
"""Lines of a run that :func:`write_runs` writes."""


def write_runs(path: Path, lines: Iterable[str]) -> list[Path]:
    """Write lines in any order, without line ends, as runs named after ``path``."""
    rest = iter(lines)
    runs: list[Path] = []
    while part := set(islice(rest, _LINES)):
        runs.append(path.with_name(f"{path.name}.{len(runs)}"))
        write_lines(runs[-1], sorted(f"{line}\n".encode() for line in part))
    return runs


def write_lines(path: Path, lines: Iterable[bytes]) -> None:
    """Write lines as they come."""
    with path.open("wb", _BUFFER) as file:
        file.writelines(lines)


def merged(runs: Sequence[Path], fan_in: int = _FAN_IN) -> Iterator[bytes]:
    """Yield the lines of all runs in order, each once.

    Where there are more than ``fan_in`` runs, some are first merged to one that
    takes their place.
    """
    runs = list(runs)
    while len(runs) > fan_in:
        some, runs = runs[:fan_in], runs[fan_in:]
        runs.append(some[0].with_name(f"{some[0].name}+"))
        write_lines(runs[-1], _merged(some))
        for run in some:
            run.unlink()
    yield from _merged(runs)


def _merged(runs: Iterable[Path]) -> Iterator[bytes]:
    with ExitStack() as stack:
        files = [stack.enter_context(run.open("rb", _BUFFER)) for run in runs]
        yield from (line for line, _ in groupby(heapq.merge(*files)))
