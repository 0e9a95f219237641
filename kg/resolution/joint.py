"""Notices that several units issue together: 财政部 国家税务总局, 市发展改革委、市财政局."""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.resolution.divisions import department_in
from kg.wording import ends_like_unit

__all__ = ["issuers_in"]

_BETWEEN = re.compile(r"[、，,；;\s]+")
_SHORTEST = len("市委")
_PART = re.compile("办公[室厅]")
"""What begins so is a part of the unit before it."""


def issuers_in(words: str, registered: Callable[[str], bool]) -> list[str]:
    """Return the names of the units that issue a notice.

    Parameters
    ----------
    words
        What stands before 关于 or 印发 in the title.
    registered
        Tells whether a rule of the register knows a name.

    Notes
    -----
    Titles set units side by side without a mark, and cleaning takes the blank between them
    away. Such a name is cut into units that the register knows, or offices of these, in the one
    way that makes fewest of them.
    """

    def known(name: str) -> bool:
        return registered(name) or registered(department_in(name))

    named = _BETWEEN.split(words.strip())
    if not all(map(ends_like_unit, named)):
        named = [words] if words else []
    return [name for part in named for name in _cut(part, known)]


def _cut(words: str, known: Callable[[str], bool]) -> list[str]:
    if known(words):
        return [words]
    found = []
    for at in range(_SHORTEST, len(words) - _SHORTEST + 1):
        head, rest = words[:at], words[at:]
        if ends_like_unit(head) and not _PART.match(rest) and known(head):
            others = _cut(rest, known)
            if all(map(known, others)):
                found.append([head, *others])
    fewest = min(map(len, found), default=0)
    cuts = [names for names in found if len(names) == fewest]
    return cuts[0] if len(cuts) == 1 else [words]
