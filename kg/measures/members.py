"""Who belongs to a collective unit: from a list that the user gives, or from the register."""

from __future__ import annotations

import csv
import dataclasses
from collections import defaultdict
from pathlib import Path

import numpy as np

from kg.errors import InputError
from kg.measures.choices import Choices, parse_choices
from kg.measures.frame import Frame, FrameUnit

__all__ = ["known_members", "read_choices", "read_members", "with_members"]

_COLUMNS = "columns collective,unit are needed · 需要 collective,unit 两列"


def read_members(path: Path) -> dict[str, tuple[str, ...]]:
    """Read known members of collective units: a CSV with columns collective,unit.

    Both hold ids or names (``unit/集合/北京市朝阳区/各街乡`` or ``各街乡``).

    Raises
    ------
    InputError
        The file is not there, is not UTF-8, or lacks a column or a cell.
    """
    members: dict[str, set[str]] = {}
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(str(path), "no such file · 文件不存在") from None
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror} · 无法读取") from None
    except UnicodeDecodeError:
        raise InputError(str(path), "not UTF-8 · 不是 UTF-8 编码") from None
    table = csv.DictReader(text.splitlines())
    if not {"collective", "unit"} <= set(table.fieldnames or ()):
        raise InputError(str(path), _COLUMNS, 1)
    for row in table:
        if not row["collective"] or not row["unit"]:
            raise InputError(str(path), _COLUMNS, table.line_num)
        members.setdefault(row["collective"].strip(), set()).add(row["unit"].strip())
    return {key: tuple(sorted(ids)) for key, ids in sorted(members.items())}


def read_choices(words: str, members: Path | None = None) -> Choices:
    """Read choices as the command line gives them: words, and a list of members."""
    choices = parse_choices(words)
    return dataclasses.replace(choices, members=read_members(members)) if members else choices


def with_members(frame: Frame, choices: Choices) -> tuple[Frame, Choices]:
    """Find the units that the choices name as members, and add those that are not there.

    A street that no notice names may still belong to 各街乡.

    Returns
    -------
    tuple of Frame and Choices
        The frame with the members, and the choices with ids in place of names.

    Raises
    ------
    InputError
        Members are given of something that is no collective unit of the build,
        or a name has several units.
    """
    if not choices.members:
        return frame, choices
    names: defaultdict[str, list[str]] = defaultdict(list)
    known = {unit.id: unit for unit in frame.units}
    for unit in frame.units:
        names[unit.name].append(unit.id)

    def found(words: str) -> str:
        ids = [words] if words in known else names.get(words, [])
        if len(ids) > 1:
            raise InputError(
                "members", f"{words!r} may be · 可能是: {'、'.join(ids)}; give the id · 请写标识符"
            )
        return ids[0] if ids else f"unit/{words.removeprefix('unit/')}"

    members: defaultdict[str, set[str]] = defaultdict(set)
    for words, listed in choices.members.items():
        collective = found(words)
        if collective not in known or not known[collective].collective:
            there = "、".join(unit.name for unit in frame.units if unit.collective)
            raise InputError(
                "members", f"{words!r} is no collective unit here · 不是集合单位; known: {there}"
            )
        members[collective].update(found(one) for one in listed)
    ids = {key: tuple(sorted(members[key])) for key in sorted(members)}
    return _with_units(frame, {one for each in ids.values() for one in each}), dataclasses.replace(
        choices, members=ids
    )


def _with_units(frame: Frame, ids: set[str]) -> Frame:
    """Return the frame with some units more, where they are not there."""
    new = ids - {unit.id for unit in frame.units}
    added = (FrameUnit(one, one.removeprefix("unit/")) for one in new)
    units = tuple(sorted((*frame.units, *added), key=lambda unit: unit.id))
    place = {unit.id: number for number, unit in enumerate(units)}
    moved = np.array([place[unit.id] for unit in frame.units], dtype=np.int64)
    return dataclasses.replace(frame, units=units, unit=moved[frame.unit])


def known_members(frame: Frame, choices: Choices) -> dict[int, tuple[int, ...]]:
    """Return the known members of each collective, as places in ``frame.units``.

    They are those that the choices name, else the units whose parent is the
    collective. No member is guessed from names or kinds.
    """
    place = {unit.id: number for number, unit in enumerate(frame.units)}
    members: dict[int, tuple[int, ...]] = {}
    children: dict[str, list[int]] = {}
    for number, unit in enumerate(frame.units):
        if unit.parent and not unit.collective:
            children.setdefault(unit.parent, []).append(number)
    for number, unit in enumerate(frame.units):
        if not unit.collective:
            continue
        named = [place[one] for one in choices.members.get(unit.id, ()) if one in place]
        found = sorted(set(named or children.get(unit.id, [])))
        if found:
            members[number] = tuple(found)
    return members
