"""Reads a build folder's tables back into a frame."""

from __future__ import annotations

import csv
from collections.abc import Callable, Container, Iterator, Mapping
from pathlib import Path
from sys import intern

from kg.errors import InputError
from kg.facts import Change
from kg.measures.frame import (
    Due,
    Frame,
    FrameNotice,
    FrameTask,
    FrameUnit,
    Row,
    Seat,
    due_month,
    group_name,
    hosts,
    notice_key,
)
from kg.measures.lineage import heirs
from kg.measures.making import FrameMaker
from kg.model import Certainty
from kg.outputs import Output

__all__ = ["read_frame", "read_table", "tables_folder"]


def tables_folder(build: Path) -> Path:
    """Return the folder of a build's tables, or say that there is no build."""
    folder = build / Output.TABLES.place
    if not (folder / "assignments.csv").is_file():
        raise InputError(
            str(build),
            "no build here (tables/assignments.csv is missing); run `kg build` first, or name "
            "the folder with --build · 此处没有构建结果，请先运行 kg build",
        )
    return folder


def read_table(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of one CSV table; a table that is not there has none."""
    if not path.is_file():
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def read_frame(build: Path) -> Frame:
    """Read the frame from ``build/tables``.

    Parameters
    ----------
    build
        The folder that a build wrote.

    Returns
    -------
    Frame
        The same frame that the build's own facts give.

    Raises
    ------
    InputError
        A table names a form, a role or a task that there is not, or lacks a column.
    """
    folder = tables_folder(build)
    maker = FrameMaker()
    names: dict[str, str] = {}
    for row in read_table(folder / "units.csv"):
        unit = _unit(row)
        names[unit.id] = unit.name
        maker.unit(unit)
    notices: set[str] = set()
    for row in read_table(folder / "notices.csv"):
        key = notice_key(row["notice"], row["number"])
        notices.add(key)
        maker.notice(FrameNotice(key, row["title"], row["date"]))

    def task(row: dict[str, str]) -> None:
        key, parent = _notice_of(row, notices), row["parent"] or None
        maker.task(FrameTask(row["task"], key, row["label"], row["form"], parent))

    def assignment(row: dict[str, str]) -> None:
        if row["unit"] not in names:
            names[row["unit"]] = row["name"]
            maker.unit(FrameUnit(row["unit"], row["name"], collective=_is_true(row["collective"])))
        stated = row["certainty"] == Certainty.STATED
        open_list = _is_true(row.get("open_list") or "")
        maker.row(Row(row["task"], row["unit"], row["role"], stated, open_list))

    _each(folder / "tasks.csv", task)
    _each(folder / "assignments.csv", assignment)
    for row in read_table(folder / "deadlines.csv"):
        if row["task"] and (month := due_month(row["kind"], row["to"] or row["from"])):
            maker.due(Due(row["task"], month))
    for row in read_table(folder / "memberships.csv"):
        if row["unit"]:
            maker.seats.add(_seat(row, names, hosts(row["group_role"]), sits=True))
    for row in read_table(folder / "hostings.csv"):
        maker.seats.add(_seat(row, names, hosted=True, sits=False))
    maker.heirs.update(heirs(_changes(folder / "changes.csv")).items())
    return maker.frame()


def _each(path: Path, take: Callable[[dict[str, str]], None]) -> None:
    """Take each row of a table; where one tells of what is not known, say in which line."""
    for line, row in enumerate(read_table(path), 2):
        try:
            take(row)
        except KeyError as error:
            raise InputError(str(path), f"not known · 未知: {error.args[0]!r}", line) from None


def _changes(path: Path) -> list[Change]:
    """Read the changes of units, a pair of units before and after in each row."""
    return [
        Change(
            row["change"],
            row["label_zh"],
            row["label_en"],
            row["date"],
            (row["original"],),
            (row["result"],),
            _is_true(row["part_only"]),
            general=False,
        )
        for row in read_table(path)
    ]


def _notice_of(row: dict[str, str], notices: Container[str]) -> str:
    """Return the key of a task's notice: what the task's id begins with."""
    prefix = "" if row["notice_number"] else "notice/"
    path = row["task"].removeprefix("task/")
    while path and prefix + path not in notices:
        path = path.rpartition("/")[0]
    return prefix + path if path else row["notice_number"]


def _seat(row: dict[str, str], names: Mapping[str, str], hosted: bool, sits: bool) -> Seat:
    """Return a unit's tie to a leading group; tables of older builds lack the notice's id."""
    number = row["notice_number"]
    notice = notice_key(row.get("notice") or number, number)
    group = group_name(row["group"], names)
    return Seat(intern(group), intern(row["unit"]), hosted, intern(notice), sits)


def _unit(row: dict[str, str]) -> FrameUnit:
    size = row.get("frame_size") or ""
    return FrameUnit(
        id=row["unit"],
        name=row["name"],
        kind=row["kind"],
        level=row["level"],
        parent=row["parent"] or None,
        collective=_is_true(row["collective"]),
        quantifier=row.get("quantifier") or "",
        frame_size=int(size) if size.isdigit() else None,
        function=row.get("function") or "",
        place=row.get("place") or "",
    )


def _is_true(text: str) -> bool:
    return text.strip().lower() in {"true", "1", "yes"}
