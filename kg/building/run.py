"""The main job: from files to a build folder with graph, store, tables and site."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kg.building.cache import FactsCache
from kg.building.collection import Collection, Reading, passed_over, passed_over_builds, unreadable
from kg.building.readings import Progress, read_all
from kg.building.room import require_room
from kg.errors import InputError
from kg.facts import Finding
from kg.files import (
    Source,
    builds,
    exchange,
    fresh_folder,
    inputs,
    other_files,
    replaceable,
)
from kg.outputs import Counts, Output
from kg.pipeline import register_files
from kg.rdf.vocabulary import DEFAULT_BASE

__all__ = ["BuildResult", "build"]

_MADE = frozenset(output.place for output in Output)
"""What stands in a build folder."""
_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?!//(?:[/?#]|$))[^\x00-\x20<>\"{}|\\^`]*(?<=[/#:])")
"""An absolute IRI (RFC 3987, by the characters that Turtle allows) that names can follow."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build has made, for the summary; ``errors`` are files left out.

    ``counts`` is None where nothing could be read and nothing was written. ``notes``
    are findings about files of kinds that are not read.
    """

    folder: Path
    counts: Counts | None
    errors: tuple[InputError, ...]
    notes: tuple[Finding, ...]


def build(
    paths: Sequence[Path],
    folder: Path,
    base: str = DEFAULT_BASE,
    registers: Sequence[Path] = (),
    progress: Progress | None = None,
    workers: int = 0,
    cache: bool = True,
    outputs: frozenset[Output] = frozenset(Output),
) -> BuildResult:
    """Read files and write the knowledge graph.

    Parameters
    ----------
    paths
        Files and folders.
    folder
        The build folder; a build that stood there is replaced as a whole, and only
        when everything has been written.
    base
        The IRI that the data's identifiers hang from.
    registers
        Register files of the user's own, before the one that comes along.
    progress
        Told about each file that is read, and about documents that are written.
    workers
        How many processes read and write; 0 for one a processor, where files are many.
    cache
        Whether files that have not changed since the last build are taken from
        what they said then.
    outputs
        What to write.

    Raises
    ------
    RegisterError
        A register file is not valid.
    InputError
        ``base`` is no IRI; or what stands at ``folder`` is no build, or the system
        does not let one be written there, or the disk has no room for it.
    """
    if not _BASE.fullmatch(base):
        raise InputError(
            "--base-iri",
            f"{base!r} is no absolute IRI that ends in /, # or : · 应为以 /、# 或 : 结尾的绝对 IRI",
        )
    # Bring in all that writes: slow to import.
    from kg.building.former import former_build, keep_record
    from kg.building.writing import write

    target = replaceable(folder, _MADE)
    sources = _ordered(inputs(paths))
    kept = FactsCache(
        target.with_name(f".{target.name}.{'cache' if cache else 'readings'}"),
        register_files(registers),
    )
    try:
        outcomes = read_all(sources, registers, kept, workers, progress)
        readings = [outcome for outcome in outcomes if isinstance(outcome, Reading)]
        errors = [
            (source.name, outcome)
            for source, outcome in zip(sources, outcomes, strict=True)
            if isinstance(outcome, InputError)
        ]
        others = [passed_over(kind, names) for kind, names in other_files(paths).items()]
        if written_before := builds(paths):
            others.append(passed_over_builds(written_before))
        unread = [*(unreadable(name, error) for name, error in errors), *others]
        documents = Collection(readings, kept, unread)
        counts = None
        if documents:
            require_room(target, kept.size(reading.key for reading in readings), outputs)
            with _fresh(target) as fresh:
                former = former_build(target, kept.record)
                written = write(documents, fresh, base, outputs, workers, progress, former)
                exchange(fresh, target)
            kept.prune(reading.key for reading in readings)
            keep_record(target, written.documents, kept.record)
            counts = written.counts
    finally:
        if not cache:
            shutil.rmtree(kept.folder, ignore_errors=True)
    return BuildResult(folder, counts, tuple(error for _, error in errors), tuple(others))


@contextmanager
def _fresh(target: Path) -> Iterator[Path]:
    """Give a folder beside ``target`` to write into, of which nothing is left behind."""
    fresh: Path | None = None
    try:
        fresh = fresh_folder(target)
        yield fresh
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError(str(target), f"cannot be written: {reason} · 无法写入") from error
    except UnicodeEncodeError as error:
        raise InputError(
            str(target),
            "names in Chinese cannot be written in this locale; set PYTHONUTF8=1 · "
            "当前语言环境无法写出中文文件名，请设置 PYTHONUTF8=1",
        ) from error
    finally:
        if fresh is not None:
            shutil.rmtree(fresh, ignore_errors=True)


def _ordered(sources: Iterable[Source]) -> list[Source]:
    """Return each file once, by name, whatever order they were given in."""
    ordered = sorted(sources, key=lambda source: (source.name, str(source.path)))
    first = {str(source.path): source for source in reversed(ordered)}
    return [source for source in ordered if first[str(source.path)] is source]
