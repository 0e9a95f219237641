"""Templates of names: words with placeholders for the places in them, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.resolution.places import forms
from kg.resolution.register import Pattern, Place, Register

__all__ = ["branches_in", "filled", "templates_of"]

_PREFECTURE_COMMITTEE = re.compile(r"地区委(?!员)")


def templates_of(
    words: str, place: Place, names: dict[str, str], own: Sequence[Place]
) -> Iterator[str]:
    """Yield ``words`` with the place's names replaced by placeholders, one or two of them."""
    for form in forms(place, own):
        if form not in words:
            continue
        for match in re.finditer(re.escape(form), words):
            if form == place.short and _is_part_of_name(words[match.start() :], place):
                continue
            head, tail = words[: match.start()], words[match.end() :]
            yield f"{head}{{place}}{tail}"
            if form == place.short:
                yield f"{head}{{short}}{tail}"
            for other, key in (
                (names["parent"], "parent"),
                (place.short, "short"),
                (place.full, "place"),
            ):
                if other and other in tail:
                    yield f"{head}{{place}}{tail.replace(other, '{' + key + '}', 1)}"
                if other and other in head and _is_brief(form, place):
                    yield f"{head.replace(other, '{' + key + '}', 1)}{{short}}{tail}"
            for key in ("parent_short", "province_short"):
                if names[key] and names[key] in head and _is_brief(form, place):
                    yield f"{head.replace(names[key], '{' + key + '}', 1)}{{short}}{tail}"
    if names["parent"] and words.startswith(names["parent"]):
        yield "{parent}" + words[len(names["parent"]) :].replace(place.short, "{short}", 1)


def _is_part_of_name(words: str, place: Place) -> bool:
    """Tell whether the place's own name stands there, longer than its short name by a word.

    大鹏新区管委会 is of 大鹏新区, not of a 新区 called 大鹏.
    """
    return len(place.name) > len(place.short) + 1 and words.startswith(place.name)


def branches_in(
    words: str, place: Place, own: Sequence[Place], register: Register
) -> Iterator[tuple[str, Pattern, str]]:
    """Yield the patterns for a branch in ``place``, with the words that name its parent."""
    ends = [
        (written, pattern)
        for tail, written, pattern in register.organ_templates
        if words.endswith(tail)
    ]
    for form in forms(place, own) if ends else ():
        if form not in words:
            continue
        for written, pattern in ends:
            if "{short}" in written and not _is_brief(form, place):
                continue
            at = written.replace("{place}", form).replace("{short}", form)
            head, _, tail = at.partition("{organ}")
            organ = words[len(head) : len(words) - len(tail)]
            if words == head + organ + tail and len(organ) > 1:
                yield written, pattern, organ


def _is_brief(form: str, place: Place) -> bool:
    """Tell whether a form of a place may stand for its short name.

    市公安局朝阳区分局 is 朝阳分局; a county or a banner keeps its whole name (巴林右旗分局).
    """
    return form == place.short or (form == place.name and form.endswith("区"))


def filled(official: str, names: dict[str, str]) -> str | None:
    """Fill an official form; nothing if a placeholder has no value.

    The committee of the Party in a 地区 is its 地委 (中共喀什地委宣传部).
    """
    for key in re.findall(r"\{(\w+)\}", official):
        if not names.get(key):
            return None
        official = official.replace("{" + key + "}", names[key])
    return _PREFECTURE_COMMITTEE.sub("地委", official)
