"""Initials of Chinese words as they are typed: 水务局 → swj.

The first level of GB/T 2312-1980 (3,755 characters) is sorted by pinyin, so the
place of a character in it tells its initial. Rarer characters have none.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

__all__ = ["initials", "search_text"]

FIRST = (
    0xB0A1, 0xB0C5, 0xB2C1, 0xB4EE, 0xB6EA, 0xB7A2, 0xB8C1, 0xB9FE, 0xBBF7, 0xBFA6, 0xC0AC, 0xC2E8,
    0xC4C3, 0xC5B6, 0xC5BE, 0xC6DA, 0xC8BB, 0xC8F6, 0xCBFA, 0xCDDA, 0xCEF4, 0xD1B9, 0xD4D1,
)  # fmt: skip
"""The code of the first character of each initial in ``LETTERS``."""

LETTERS = "abcdefghjklmnopqrstwxyz"
LAST = 0xD7F9


def initials(words: str) -> str:
    """Return the letters of ``words``; other characters are left out.

    Examples
    --------
    >>> initials("区水务局")
    'qswj'
    """
    letters = []
    for character in words:
        if character.isascii():
            if character.isalnum():
                letters.append(character.lower())
            continue
        try:
            high, low = character.encode("gb2312")
        except (UnicodeEncodeError, ValueError):
            continue
        code = high << 8 | low
        if FIRST[0] <= code <= LAST:
            letters.append(LETTERS[bisect_right(FIRST, code) - 1])
    return "".join(letters)


def search_text(names: Iterable[str]) -> str:
    """Return what a search looks through, a line each: names, and their initials.

    Examples
    --------
    >>> search_text(["北京市水务局", "市水务局"]).splitlines()
    ['北京市水务局', '市水务局', 'bjsswj', 'sswj']
    """
    words = dict.fromkeys(names)
    letters = dict.fromkeys(initials(name) for name in words)
    return "\n".join(word for word in (*words, *letters) if word)
