"""Text that other programs can read: legal in XML, and no formula in a spreadsheet."""

from __future__ import annotations

import re

__all__ = ["clean", "guarded", "one_line", "value_of"]

# XML 1.0, production 2: what is not a Char. Tools for networks read XML, so no
# export has such characters.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NUMBER = re.compile(r"-?\d+(\.\d+)?\Z")


def clean(text: str) -> str:
    r"""Take away control characters and what else XML cannot hold.

    >>> clean("区\x00水务局\x0b")
    '区水务局'
    """
    return _ILLEGAL.sub("", text)


def one_line(text: str) -> str:
    """Clean a text, and put it on one line."""
    return " ".join(clean(text).split())


def guarded(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula (OWASP, CSV injection).

    A text that begins with one of ``= + - @`` or a control character gets an
    apostrophe in front; a number stays as it is.

    >>> guarded("=1+1"), guarded("-0.5"), guarded("-甲"), guarded("区水务局")
    ("'=1+1", '-0.5', "'-甲", '区水务局')
    """
    cleaned = clean(text)
    if cleaned.lstrip(" ")[:1] in {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"}:
        return cleaned if _NUMBER.match(cleaned) else "'" + cleaned
    return cleaned


def value_of(text: str) -> str | int | float | bool | None:
    """Turn the cell of a table back into a value: a number, a truth value, a text.

    >>> [value_of(one) for one in ("3", "-0.5", "true", "", "区水务局", "007")]
    [3, -0.5, True, None, '区水务局', '007']
    """
    if text in {"true", "false"}:
        return text == "true"
    if not text:
        return None
    if _NUMBER.match(text) and not re.match(r"-?0\d", text):
        return float(text) if "." in text else int(text)
    return clean(text)
