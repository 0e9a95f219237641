"""Notices that several units issue together: 财政部 国家税务总局, 市发展改革委、市财政局."""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.resolution.divisions import department_in
from kg.wording import ends_like_unit

__all__ = ["issuers_in"]

_BETWEEN = re.compile(r"[、，,；;\s]+")
_SHORTEST = len("市委")
_LONGEST = 200
"""Characters of names side by side: what is longer is no list of issuers."""
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
    """Cut in the one way that makes fewest names, beginning with the last one."""
    if known(words) or len(words) > _LONGEST:
        return [words]
    end = len(words)
    cuts: dict[int, list[list[str]]] = {end: [[]]}  # two ways are as unsure as many
    for start in range(end - _SHORTEST, -1, -1):
        found = [
            [words[start:stop], *others]
            for stop in range(start + _SHORTEST, end + 1)
            if stop in cuts and _is_name(words, start, stop) and known(words[start:stop])
            for others in cuts[stop]
        ]
        fewest = min(map(len, found), default=0)
        if found:
            cuts[start] = [names for names in found if len(names) == fewest][:2]
    whole = cuts.get(0, [])
    return whole[0] if len(whole) == 1 else [words]


def _is_name(words: str, start: int, stop: int) -> bool:
    """Tell whether a name may end at ``stop``, where the next one begins, if there is one."""
    if stop == len(words):
        return True
    return ends_like_unit(words[start:stop]) and not _PART.match(words, stop)
