"""Files on disk: finding the input, and putting output in place whole or not at all."""

from __future__ import annotations

import ctypes
import os
import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.errors import InputError
from kg.reader import SUFFIXES

__all__ = ["exchange", "fresh_folder", "inputs", "passed_over", "placed"]

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def inputs(paths: Sequence[Path]) -> Iterator[tuple[Path, str] | InputError]:
    """Yield the files that ``paths`` name, with the name each is shown under.

    A folder stands for the readable files below it, in the order of their names;
    for the others see :func:`passed_over`. What cannot be found is yielded as
    the error that says so, that the others go on.
    """
    for path in paths:
        if path.is_dir():
            yield from _below(path)
        elif path.exists():
            yield path, path.name
        else:
            yield InputError(str(path), "no such file or folder · 没有这个文件或文件夹")


def passed_over(paths: Sequence[Path]) -> Iterator[str]:
    """Yield a sentence for each kind of file below a folder of ``paths`` that is not read.

    Files and folders whose names begin with a dot are not told of.
    """
    for folder in filter(Path.is_dir, paths):
        kinds: dict[str, list[str]] = defaultdict(list)
        for path in _shown(folder):
            if not path.resolve().is_relative_to(folder.resolve()):
                kinds["links out of the folder · 指向文件夹之外的链接"].append(path.name)
            elif path.suffix.lower() not in SUFFIXES:
                kinds[path.suffix.lower() or "no ending · 无扩展名"].append(path.name)
        for kind, names in sorted(kinds.items()):
            yield (
                f"{folder}: not read: {kind}, {len(names)} (the first: {names[0]}) · "
                f"未读取 {len(names)} 个文件"
            )


def _below(folder: Path) -> Iterator[tuple[Path, str] | InputError]:
    root = folder.resolve()
    found = [
        path
        for path in _shown(folder)
        if path.suffix.lower() in SUFFIXES and path.resolve().is_relative_to(root)
    ]
    if not found:
        kinds = " ".join(SUFFIXES)
        yield InputError(
            str(folder), f"no readable files in this folder ({kinds}) · 文件夹里没有可读的文件"
        )
    for path in found:
        yield path, path.relative_to(folder).as_posix()


def _shown(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder in the order of their names, without hidden ones."""
    for path in sorted(folder.rglob("*"), key=lambda path: path.as_posix()):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden:
            yield path


def fresh_folder(target: Path) -> Path:
    """Return an empty folder beside ``target`` to write into before :func:`exchange`."""
    fresh = target.with_name(f".{target.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    return fresh


def exchange(fresh: Path, target: Path) -> None:
    """Put ``fresh`` in the place of ``target`` in one step, then remove the former.

    On Linux the two folders change names in a single system call, so that a
    process that is killed leaves the former folder or the new one. Elsewhere
    there is a moment in which ``target`` is missing.
    """
    if not target.exists():
        fresh.rename(target)
        return
    if not _swapped(fresh, target):
        former = target.with_name(f".{target.name}.old")
        shutil.rmtree(former, ignore_errors=True)
        target.rename(former)
        fresh.rename(target)
        fresh = former
    shutil.rmtree(fresh, ignore_errors=True)


def _swapped(one: Path, other: Path) -> bool:
    """Exchange two names by ``renameat2(2)``; false where that call is not known."""
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    paths = os.fsencode(one), os.fsencode(other)
    return bool(call(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE) == 0)


@contextmanager
def placed(target: Path) -> Iterator[Path]:
    """Give a path to write a file or a folder to; when all is written, it takes its place.

    If the writing fails, nothing of it is left and what stood there stays. Other
    files of a folder that is there already stay, too.

    Raises
    ------
    InputError
        The system does not let it be written there.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".kg-", dir=target.parent) as folder:
            yield Path(folder, target.name)
            for path in sorted(Path(folder).rglob("*")):
                place = target.parent / path.relative_to(folder)
                if path.is_dir():
                    place.mkdir(exist_ok=True)
                else:
                    path.replace(place)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError(str(target), f"cannot be written: {reason} · 无法写入") from error
