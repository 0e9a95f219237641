"""What one file may cost: bytes, characters, memory, time.

Each limit is far above what a gazette needs and far below what would hold up a
collection; the error that reports it names the limit.
"""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

from kg.errors import InputError
from kg.reader.paged import Paged

__all__ = [
    "MOST_BYTES",
    "MOST_CHARACTERS",
    "MOST_PAGES",
    "check_length",
    "in_child",
    "limit_this_process",
    "read_bytes",
]

MOST_BYTES = 100 * 2**20
"""Size of a file."""

MOST_CHARACTERS = 5_000_000
"""Length of the text that a file holds: some two hundred gazettes."""

MOST_PAGES = 3000
"""Pages of a PDF."""

_MEMORY = 2 * 2**30
_SECONDS = 120
_ROOT = Path(__file__).resolve().parents[2]
_START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from kg.reader.pdf import serve; serve()"


def read_bytes(path: Path) -> bytes:
    """Return what a file holds.

    Raises
    ------
    InputError
        There is no such file, it cannot be opened, is no regular file, or too large.
    """
    try:
        # A pipe that nobody writes to must not be waited for.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags), "rb") as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise InputError(str(path), "not a regular file · 不是普通文件")
            data = file.read(MOST_BYTES + 1) if found.st_size <= MOST_BYTES else None
    except FileNotFoundError:
        raise InputError(str(path), "no such file · 没有这个文件") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(str(path), f"cannot be read: {reason} · 无法读取") from None
    if data is None or len(data) > MOST_BYTES:
        raise InputError(
            str(path),
            f"over {MOST_BYTES // 2**20} MB; split the file · "
            f"超过 {MOST_BYTES // 2**20} MB，请拆分文件",
        )
    return data


def check_length(length: int, name: str) -> None:
    """Refuse a text longer than :data:`MOST_CHARACTERS`.

    Raises
    ------
    InputError
        It is longer.
    """
    if length > MOST_CHARACTERS:
        raise InputError(
            name,
            f"over {MOST_CHARACTERS:,} characters of text; split the file · "
            f"文字超过 {MOST_CHARACTERS // 10_000} 万字，请拆分文件",
        )


def in_child(data: bytes, name: str) -> Paged:
    """Read a PDF in a process of its own, which may be ended when it takes too much.

    A few kilobytes of PDF can ask for gigabytes or hours of the library that reads
    it, and that library is not written in Python: only the system can stop it.

    Raises
    ------
    InputError
        The file cannot be read, or asks for more memory or time than is given.
    """
    command = [sys.executable, "-X", "utf8", "-c", _START, str(_ROOT), name]
    try:
        ended = subprocess.run(
            command, input=data, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise _too_costly(name) from None
    except ValueError:
        raise InputError(repr(name), "a name with NUL cannot be read · 文件名含空字符") from None
    try:
        answer = json.loads(ended.stdout)
    except ValueError:
        # Killed by a limit, or broken by what the file made the library do.
        raise _too_costly(name) from None
    if "problem" in answer:
        raise InputError(name, answer["problem"])
    pages = tuple((start, page) for start, page in answer["pages"])
    return Paged(answer["text"], pages, tuple(answer["unread"]))


def _too_costly(name: str) -> InputError:
    return InputError(
        name,
        f"reading it takes over {_SECONDS} s or {_MEMORY // 2**30} GB, or the file is damaged; "
        f"print it to a new PDF · 读取超过 {_SECONDS} 秒或 {_MEMORY // 2**30} GB 内存，"
        "或文件已损坏，请重新打印为 PDF",
    )


def limit_this_process() -> None:
    """Let the system end this process when it takes too much (where it can: not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, _SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard < 0 else min(most, hard), hard))
