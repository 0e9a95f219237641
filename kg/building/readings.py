"""Reading many files: in worker processes, each file once, in an order that does not matter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.building.cache import FactsCache
from kg.building.collection import Reading
from kg.errors import GazetteError, InputError
from kg.facts import DocumentFacts
from kg.files import Source
from kg.pipeline import Pipeline
from kg.workers import spread

__all__ = ["Progress", "read_all"]

Progress = Callable[[str, int, int, str], None]
"""Called with what was done (``read``, ``unchanged``, ``written``), how much of it is
done of how much, and the name of the file."""


def read_all(
    sources: Sequence[Source],
    registers: Sequence[Path],
    cache: FactsCache,
    workers: int = 0,
    progress: Progress | None = None,
) -> list[Reading | InputError]:
    """Read files, and return for each a record of it, or why it cannot be read.

    Parameters
    ----------
    sources
        The files.
    registers
        Register files of the user's own.
    cache
        Where what files say is kept, and what unchanged files are taken from. What
        is read is added at once, so that a build that was stopped goes on where it
        stood.
    workers
        Number of processes; 0 for one a processor.
    progress
        Told about each file.

    Raises
    ------
    RegisterError
        A register file is not valid.
    """
    outcomes: list[Reading | InputError] = [
        source.problem or InputError(str(source.path), _DIED) for source in sources
    ]
    changed: list[int] = []
    done = sum(source.problem is not None for source in sources)
    for place, source in enumerate(sources):
        if source.problem:
            continue
        known = _known(source, cache)
        if known is None:
            changed.append(place)
            continue
        outcomes[place] = known
        done += 1
        if progress:
            progress("unchanged", done, len(sources), source.name)
    jobs = [(sources[place].path, sources[place].name) for place in changed]
    for job, outcome in spread(_start, (tuple(registers), cache), _read, jobs, workers):
        if outcome is not None:
            outcomes[changed[job]] = outcome
        done += 1
        if progress:
            progress("read", done, len(sources), sources[changed[job]].name)
    return outcomes


def _known(source: Source, cache: FactsCache) -> Reading | None:
    """Return what is known of a file that has not changed since it was read."""
    try:
        return cache.reading(cache.key(source.path, source.name))
    except OSError:  # told when it is read
        return None


_DIED = (
    "the process that read it was stopped by the system (too much memory?) · "
    "读取该文件的进程被系统终止（内存不足？）"
)


@dataclass(frozen=True, slots=True)
class _Reader:
    """What a process reads files with."""

    pipeline: Pipeline
    cache: FactsCache


def _start(registers: Sequence[Path], cache: FactsCache) -> _Reader:
    return _Reader(Pipeline(registers), cache)


def _read(reader: _Reader, file: tuple[Path, str]) -> Reading | InputError:
    """Read one file."""
    path, name = file
    try:
        key = reader.cache.key(path, name)
        facts = reader.pipeline.read(path, name)
        return reader.cache.put(key, facts) if _tells(facts) else _nothing(path)
    except InputError as error:
        return error
    except GazetteError:
        raise
    except OSError as error:
        problem = f"cannot be read: {error.strerror or error} · 无法读取"
        return InputError(str(path), problem)
    except Exception as error:
        words = f"{type(error).__name__}: {error}".splitlines()[0]
        problem = f"the program fails on this file, please report it ({words}) · 程序处理该文件出错"
        return InputError(str(path), problem)


def _tells(facts: DocumentFacts) -> bool:
    """Tell whether a document says anything that a gazette says."""
    numbered = any(notice.number for notice in facts.notices)
    groups = facts.memberships or facts.hostings
    return bool(numbered or facts.assignments or facts.references or groups)


def _nothing(path: Path) -> InputError:
    return InputError(
        str(path),
        "no notice found: neither a document number (发文字号) nor a duty or reference; "
        "is this a gazette? · 没有找到通知、分工或引用，这是公报吗？",
    )
