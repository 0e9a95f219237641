"""Files on disk: finding the input, and putting output in place whole or not at all."""

from __future__ import annotations

import ctypes
import os
import shutil
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from errno import EEXIST
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.errors import InputError
from kg.reader import SUFFIXES

__all__ = [
    "Source",
    "builds",
    "exchange",
    "fresh_folder",
    "inputs",
    "other_files",
    "placed",
    "replaceable",
    "shown",
]

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_MARKS = ("graph.nq", "tables/assignments.csv", "site/static/server.js")
"""What a folder has, one of them at least, that a build was written to."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Categories of characters that a reader cannot see, or that no file in UTF-8 can hold."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the input: where it is, the name that readers see, and why it is left out."""

    path: Path
    name: str
    problem: InputError | None = None


def inputs(paths: Sequence[Path]) -> Iterator[Source]:
    """Yield the files that ``paths`` name.

    A folder stands for the readable files below it, in the order of their names;
    of files of other kinds see :func:`other_files`; what a build wrote is no input, see
    :func:`builds`. What cannot be read (a file that
    is not there, a pipe, a link that leads out of the folder, a folder that may not
    be opened) comes with the error that says so, that the others go on.
    """
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 - never raises
            yield from _below(path)
        else:
            yield _checked(path, shown(_name(path)))


def other_files(paths: Sequence[Path]) -> dict[str, list[str]]:
    """Return the names of the files below folders that are of no kind that is read, by kind.

    The kind is the ending in lower case, empty where there is none. Files and folders
    whose names begin with a dot are not told of.
    """
    kinds: dict[str, list[str]] = defaultdict(list)
    for folder in filter(os.path.isdir, paths):
        for place, folders, names in os.walk(folder):
            folders[:] = _entered(place, folders)
            for path in (Path(place, name) for name in names if not name.startswith(".")):
                if path.suffix.lower() not in SUFFIXES:
                    kinds[path.suffix.lower()].append(shown(path.relative_to(folder).as_posix()))
    return {kind: sorted(kinds[kind]) for kind in sorted(kinds)}


def builds(paths: Sequence[Path]) -> list[str]:
    """Return the names of the folders below folders that a build was written to."""
    found: list[str] = []
    for folder in filter(os.path.isdir, paths):
        for place, folders, _ in os.walk(folder):
            entered = _entered(place, folders)
            found += (
                shown(Path(place, name).relative_to(folder).as_posix())
                for name in folders
                if name not in entered and not name.startswith(".")
            )
            folders[:] = entered
    return sorted(found)


def _entered(place: str, folders: Sequence[str]) -> list[str]:
    """Return the folders in which input is looked for: none is hidden, none is a build."""
    return [
        name
        for name in folders
        if not name.startswith(".")
        and not any(os.path.isfile(os.path.join(place, name, mark)) for mark in _MARKS)  # noqa: PTH113, PTH118 - never raises
    ]


def shown(name: str) -> str:
    r"""Return a file name with what cannot be seen or written as escapes.

    >>> shown("公报\n第2期\udcff.txt")
    '公报\\x0a第2期\\xff.txt'
    """
    return "".join(
        _escape(character) if unicodedata.category(character) in _UNSEEN else character
        for character in name
    )


def _escape(character: str) -> str:
    """Write a character, or a byte of a name that is not UTF-8, as an escape."""
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def _name(path: Path) -> str:
    """Return the last part of a path, or all of it where that is empty (``.``)."""
    return path.name or str(path)


def _checked(path: Path, name: str, root: Path | None = None) -> Source:
    """Return a file, with what is wrong with it as far as that shows without opening it."""
    problem = None
    try:
        if not path.exists():
            problem = (
                "the link leads nowhere · 链接指向的文件不存在"
                if path.is_symlink()
                else "no such file or folder · 没有这个文件或文件夹"
            )
        elif root and path.is_symlink() and not path.resolve().is_relative_to(root):
            problem = (
                "the link leads out of the folder; name its target itself to read it · "
                "链接指向文件夹之外，要读取请直接指定目标文件"
            )
        elif not (path.is_file() or path.is_dir()):
            problem = (
                "neither a file nor a folder (a pipe or a device) · "
                "既不是文件也不是文件夹（管道或设备）"
            )
    except (OSError, ValueError, RuntimeError) as error:  # a loop of links, a name too long
        problem = f"cannot be looked at: {_reason(error)} · 无法访问"
    return Source(path, name, InputError(str(path), problem) if problem else None)


def _below(folder: Path) -> Iterator[Source]:
    """Yield the readable files below a folder, and what is left out."""
    root = folder.resolve()
    found: list[Source] = []

    def failed(error: OSError) -> None:
        """Note a folder that may not be opened."""
        path = Path(error.filename)
        problem = f"the folder cannot be opened: {_reason(error)} · 无法打开文件夹"
        name = path.relative_to(folder).as_posix() if path != folder else _name(folder)
        found.append(Source(path, shown(name), InputError(str(path), problem)))

    def checked(path: Path) -> Source:
        return _checked(path, shown(path.relative_to(folder).as_posix()), root)

    for place, folders, names in os.walk(folder, onerror=failed):
        folders[:] = _entered(place, folders)
        here = Path(place)
        paths = [here / name for name in names if not name.startswith(".")]
        found += (checked(path) for path in paths if path.suffix.lower() in SUFFIXES)
        # A link to a folder is not followed: what it leads to inside is found there anyway.
        linked = (here / name for name in folders)
        found += (
            source for path in linked if path.is_symlink() and (source := checked(path)).problem
        )
    if not found:
        kinds = " ".join(SUFFIXES)
        problem = f"no readable files in this folder ({kinds}) · 文件夹里没有可读的文件"
        found.append(Source(folder, shown(_name(folder)), InputError(str(folder), problem)))
    yield from sorted(found, key=lambda source: source.path.as_posix())


def _reason(error: Exception) -> str:
    """Return why the system refuses, without the file's name."""
    return getattr(error, "strerror", None) or type(error).__name__


def replaceable(target: Path, made: Collection[str]) -> Path:
    """Return where a folder that may be replaced as a whole truly is, links followed.

    Parameters
    ----------
    target
        The folder, which need not be there.
    made
        The names that may stand in it, and be lost.

    Raises
    ------
    InputError
        Something else stands there, and would be lost.
    """
    try:
        place = target.resolve()
        foreign = sorted(set(os.listdir(place)) - set(made)) if place.exists() else []  # noqa: PTH208 - names
    except (OSError, RuntimeError) as error:
        raise InputError(
            str(target), f"is no folder to write to: {_reason(error)} · 不能作为输出文件夹"
        ) from error
    if foreign or not place.name:
        raise InputError(
            str(target),
            f"holds what is no output of a build and would be lost ({shown(foreign[0])}); move it, "
            "or name another folder · 该文件夹里有非本程序生成的内容，请移走或指定其他文件夹"
            if foreign
            else "the root is no folder to write to · 不能写入根目录",
        )
    return place


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
            written = sorted(Path(folder).rglob("*"))
            places = [target.parent / path.relative_to(folder) for path in written]
            for path, place in zip(written, places, strict=True):
                if place.exists() and path.is_dir() != place.is_dir():
                    raise FileExistsError(EEXIST, "a file and a folder of one name", str(place))
                # To take the place of /dev/stdout or of a device would be to remove it.
                if path.is_file() and (
                    place.is_symlink() or (place.exists() and not place.is_file())
                ):
                    raise FileExistsError(EEXIST, "a link, pipe or device, no file", str(place))
            for path, place in zip(written, places, strict=True):
                if path.is_dir():
                    place.mkdir(exist_ok=True)
                else:
                    path.replace(place)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError(str(target), f"cannot be written: {reason} · 无法写入") from error
