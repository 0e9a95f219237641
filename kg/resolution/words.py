"""What the words of a notice tell of its names: short forms, sizes of frames, kind, year."""

from __future__ import annotations

import re

from kg.wording import ACT_NOUN, HAN, ends_like_unit

__all__ = ["aliases_in", "frames_in", "kind_of"]

_FULL = re.compile(rf"[{HAN}“”\d]{{4,60}}\Z")
_ALIAS = re.compile(rf"（以下(?:统)?简称[“\"：:]?(?P<short>[{HAN}\d]{{2,20}})[”\"]?）")
_BEFORE_NAME = re.compile(r"^.*(?:成立|设立|组建|建立|决定|由|是|为|对|在|将|和|及|与|了)")
_FRAME = re.compile(
    # A digit alone comes first, so that the search passes over all that is none.
    r"(?P<count>\d\d{0,4})个(?P<noun>街乡镇|街乡|镇街|街道|乡镇|县区|区县|旗县区|部门|单位|村|社区)"
)


def kind_of(title: str) -> str:
    """Return the kind of an act: the noun that its title ends with."""
    match = re.search(rf"({ACT_NOUN})(?:（[^（）]*）)*$", title)
    return match.group(1) if match else ""


def aliases_in(words: str) -> dict[str, str]:
    """Read X（以下简称Y）: what Y stands for in this notice."""
    found: dict[str, str] = {}
    for match in _ALIAS.finditer(words):
        full = _FULL.search(words, max(0, match.start() - 60), match.start())
        if full and ends_like_unit(match["short"]) and ends_like_unit(full[0]):
            found[match["short"]] = _BEFORE_NAME.sub("", full[0])
    return found


def frames_in(words: str) -> dict[str, int]:
    """Read 43个街乡: how many members a collective unit can have."""
    return {match.group("noun"): int(match.group("count")) for match in _FRAME.finditer(words)}
