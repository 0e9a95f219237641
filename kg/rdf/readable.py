"""Turtle for people: words of several lines are written as several lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

__all__ = ["readable"]

_LITERAL = re.compile(rb'"((?:[^"\\\n]|\\.)*)"')
_ESCAPE = re.compile(rb"\\(.)")


def readable(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Write literals with line ends in the long form of Turtle.

    A line must hold its literals whole, as pyoxigraph writes them. Escapes other
    than that of the line end stay as they are.
    """
    for line in lines:
        yield _LITERAL.sub(_long, line) if rb"\n" in line else line


def _long(match: re.Match[bytes]) -> bytes:
    text = _ESCAPE.sub(lambda escape: b"\n" if escape[1] == b"n" else escape[0], match[1])
    return match[0] if text == match[1] else b'"""' + text + b'"""'
