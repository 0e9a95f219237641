"""The numbers of Word's lists, which are computed when the file is shown, not stored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

__all__ = ["Numbering", "attribute", "child", "children", "local", "whole"]

_DIGITS = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_COUNTING = frozenset(
    [
        "chineseCounting",
        "chineseCountingThousand",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "japaneseCounting",
        "ideographDigital",
        "japaneseDigitalTenThousand",
        "taiwaneseDigital",
    ]
)
_MOST = 9999
_LEVELS = 9


def local(element: Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: Element | None, name: str) -> Iterator[Element]:
    """Yield the children of a name."""
    if element is not None:
        yield from (found for found in element if local(found) == name)


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first descendant along a path of names."""
    for name in path:
        element = next(children(element, name), None)
    return element


def attribute(element: Element | None, name: str = "val") -> str | None:
    """Return an attribute by its name without its namespace."""
    if element is None:
        return None
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), None)


def whole(value: str | None, default: int) -> int:
    """Return a whole number that a file gives, or ``default``."""
    return int(value) if value and re.fullmatch(r"-?\d{1,9}", value) else default


@dataclass(slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None
    space: bool = False


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the numbered paragraphs of a document as Word does."""

    def __init__(self, numbering: Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._begun: set[tuple[str, int]] = set()
        abstract: dict[str, _List] = {}
        for one in children(numbering, "abstractNum"):
            abstract[attribute(one, "abstractNumId") or ""] = _List(dict(_levels(one)))
        for one in children(numbering, "num"):
            identity = attribute(one, "numId") or ""
            base = abstract.get(attribute(child(one, "abstractNumId")) or "")
            if base is None:
                continue
            self._lists[identity] = base
            for other in children(one, "lvlOverride"):
                level = whole(attribute(other, "ilvl"), 0)
                start = attribute(child(other, "startOverride"))
                if start is not None:
                    self._starts[identity, level] = whole(start, 1)
                own = dict(_levels(other))
                if own:
                    # Levels of its own: the list no longer shares its form with others.
                    self._lists[identity] = _List({**base.levels, **own}, base.counts)

    def next(self, identity: str, level: int) -> str:
        """Count a paragraph of list ``identity`` and return its number as it is shown."""
        one = self._lists.get(identity)
        form = one.levels.get(level) if one else None
        if one is None or form is None or not 0 <= level < _LEVELS:
            return ""
        fresh = (identity, level) in self._starts and (identity, level) not in self._begun
        self._begun.add((identity, level))
        if fresh:
            one.counts[level] = self._starts[identity, level]
        elif level in one.counts:
            one.counts[level] += 1
        else:
            one.counts[level] = form.start
        for deeper in [other for other in one.counts if other > level]:
            restart = one.levels[deeper].restart if deeper in one.levels else None
            if restart is None or (restart != 0 and level < restart):
                del one.counts[deeper]
        if form.form in ("bullet", "none"):
            return ""
        shown = re.sub(
            r"%([1-9])", lambda match: _shown(one, int(match.group(1)) - 1, form), form.text
        )
        return shown + (" " if form.space or shown[-1:].isdigit() else "")


def _levels(element: Element) -> Iterator[tuple[int, _Level]]:
    for found in children(element, "lvl"):
        restart = attribute(child(found, "lvlRestart"))
        yield (
            whole(attribute(found, "ilvl"), 0),
            _Level(
                whole(attribute(child(found, "start")), 1),
                attribute(child(found, "numFmt")) or "decimal",
                attribute(child(found, "lvlText")) or "",
                child(found, "isLgl") is not None,
                whole(restart, 0) if restart is not None else None,
                attribute(child(found, "suff")) == "space",
            ),
        )


def _shown(one: _List, level: int, form: _Level) -> str:
    found = one.levels.get(level)
    value = one.counts.get(level, found.start if found else 1)
    return _in_form(value, "decimal" if form.legal or found is None else found.form)


def _in_form(value: int, form: str) -> str:
    """Write a number as Word's format of that name does.

    >>> _in_form(12, "chineseCounting"), _in_form(3, "decimalEnclosedCircle"), _in_form(4, "lowerRoman")
    ('十二', '③', 'iv')
    """
    if not 0 < value <= _MOST:
        return str(value)
    if form in _COUNTING:
        return _counted(value, _DIGITS, "十百千")
    if form == "chineseLegalSimplified":
        return _counted(value, _LEGAL, "拾佰仟")
    if form.startswith("decimalEnclosedCircle") and value <= 20:
        return chr(ord("①") + value - 1)
    if form == "decimalEnclosedParen":
        return f"（{value}）"
    if form == "decimalZero":
        return f"{value:02}"
    if form == "ideographTraditional" and value <= len(_STEMS):
        return _STEMS[value - 1]
    if form == "ideographZodiac" and value <= len(_BRANCHES):
        return _BRANCHES[value - 1]
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (value - 1) % 26) * min(1 + (value - 1) // 26, 9)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        words = ""
        for worth, letters in _ROMAN:
            words += letters * (value // worth)
            value %= worth
        return words.upper() if form == "upperRoman" else words
    return str(value)


def _counted(value: int, digits: str, places: str) -> str:
    """Write a number as it is counted: 十二, 二十, 一百零三."""
    words = ""
    for place in range(3, -1, -1):
        digit = value // 10**place % 10
        if digit:
            words += digits[digit] + (places[place - 1] if place else "")
        elif words and not words.endswith(digits[0]) and value % 10**place:
            words += digits[0]
    ten = digits[1] + places[0]
    return words[1:] if words.startswith(ten) and digits == _DIGITS else words
