"""Sorted lines in files: more of them than memory holds, merged into one order.

A run is a file of sorted lines without repeats. Bytes are compared, as
``LC_ALL=C sort`` does.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import BinaryIO

__all__ = ["differences", "inserted", "merged", "write_lines", "write_runs"]

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


def merged(runs: Sequence[Path], fan_in: int = _FAN_IN, block: int = _BUFFER) -> Iterator[bytes]:
    """Yield the lines of all runs in order, each once.

    Where there are more than ``fan_in`` runs, some are first merged to one that
    takes their place. Some ``block`` bytes of each run are held.
    """
    runs = list(runs)
    while len(runs) > fan_in:
        some, runs = runs[:fan_in], runs[fan_in:]
        runs.append(some[0].with_name(f"{some[0].name}+"))
        write_lines(runs[-1], _merged(some, block))
        for run in some:
            run.unlink()
    yield from _merged(runs, block)


def _merged(runs: Iterable[Path], size: int) -> Iterator[bytes]:
    """Merge runs a block of each at a time.

    The lines up to the least of the blocks' last ones are all at hand: sorting
    them, which finds that they are stretches in order, beats a heap of lines.
    """
    with ExitStack() as stack:
        files = [stack.enter_context(run.open("rb", _BUFFER)) for run in runs]
        blocks = [block for file in files if (block := _Block(file, size)).lines]
        while blocks:
            bound = min(block.lines[-1] for block in blocks)
            lines = [line for block in blocks for line in block.taken(bound)]
            lines.sort()
            yield from dict.fromkeys(lines)
            blocks = [block for block in blocks if block.lines]


class _Block:
    """The next lines of a run; none at its end."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self._size = size
        self.lines = file.readlines(size)

    def taken(self, bound: bytes) -> list[bytes]:
        """Take out the lines up to ``bound``."""
        end = bisect_right(self.lines, bound)
        taken, self.lines = self.lines[:end], self.lines[end:]
        if not self.lines:
            self.lines = self._file.readlines(self._size)
        return taken


def inserted(lines: Path, few: Sequence[bytes], block: int = _BUFFER) -> Iterator[bytes]:
    """Yield the lines of a run with some others, sorted too, in their places."""
    rest = list(few)
    with lines.open("rb", _BUFFER) as file:
        while part := file.readlines(block):
            end = bisect_right(rest, part[-1])
            yield from sorted([*rest[:end], *part]) if end else part
            rest = rest[end:]
    yield from rest


def differences(old: Path, new: Path, most: int) -> tuple[list[bytes], list[bytes]] | None:
    """Return the lines that only the first run has, and those that only the second has.

    Nothing, where they are more than ``most`` bytes in all.
    """
    only: tuple[list[bytes], list[bytes]] = ([], [])
    with old.open("rb", _BUFFER) as one, new.open("rb", _BUFFER) as other:
        before, after = next(one, b""), next(other, b"")
        while before or after:
            if before == after:
                before, after = next(one, b""), next(other, b"")
                continue
            # The end of a run comes behind every line.
            if before and (not after or before < after):
                only[0].append(before)
                most -= len(before)
                before = next(one, b"")
            else:
                only[1].append(after)
                most -= len(after)
                after = next(other, b"")
            if most < 0:
                return None
    return only
