"""From a unit's numbers back to the sentences that they come from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.measures.counted import Counted, counted
from kg.measures.read import read_table, tables_folder
from kg.measures.records import Measures

__all__ = ["Partner", "Sentence", "Traced", "find_unit", "trace"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words that give a role, and the place of the unit's name in the text.

    ``page`` is that of a PDF; it and ``file`` are empty where the tables do not tell.
    """

    as_written: str
    start: int
    end: int
    quote: str
    document: str
    file: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Partner:
    """Another actor of the same task, with its role there."""

    unit: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Traced:
    """An assignment that counts: the words of its task, its partners there, its sentence."""

    counted: Counted
    text: str
    partners: tuple[Partner, ...]
    sentence: Sentence


def find_unit(build: Path, measures: Measures, words: str) -> str:
    """Return the id of the one unit that is called so: by id, official or short name.

    Parameters
    ----------
    build
        The folder that a build wrote.
    measures
        The measures in which the unit is looked for.
    words
        What the user calls it; what the text calls it will do.

    Raises
    ------
    InputError
        No unit with tasks that count is called so, or several are.
    """
    names = {row.unit: {row.unit, row.name} for row in measures.load}
    folder = tables_folder(build)
    for row in read_table(folder / "units.csv"):
        names.get(row["unit"], set()).update(row["short_names"].split("；"))
    for row in read_table(folder / "assignments.csv"):
        names.get(row["unit"], set()).add(row["as_written"])
    found = sorted(unit for unit, known in names.items() if words in known)
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError("unit", f"{words!r} may be · 可能是: {'、'.join(found)}")
    near = [row.name for row in measures.load if words and words in row.name]
    hint = f"; names with these words · 名称含此词的: {'、'.join(near)}" if near else ""
    raise InputError(
        "unit", f"no unit with tasks that count is called {words!r} · 没有任务计入的这个单位{hint}"
    )


def trace(build: Path, measures: Measures, unit: str) -> tuple[Traced, ...]:
    """Return the assignments that a unit's row of ``load.csv`` is made of.

    Parameters
    ----------
    build
        The folder that a build wrote.
    measures
        Its measures, under any choices: the assignments are those that these
        choices let count.
    unit
        The unit's id.

    Returns
    -------
    tuple of Traced
        In the order of the text. Over them ``counted.load`` sums to the unit's load,
        ``counted.coordination`` to its coordination load, and so on.
    """
    actors: defaultdict[str, list[Counted]] = defaultdict(list)
    for one in counted(measures.work):
        actors[one.task].append(one)
    rows = [one for each in actors.values() for one in each if one.unit == unit]
    wanted, tasks = {_key(one) for one in rows}, {one.task for one in rows}
    folder = tables_folder(build)
    # The tables of an older build have no names of files.
    files = {row["document"]: row.get("file", "") for row in read_table(folder / "notices.csv")}
    sentences = {
        key: Sentence(
            row["as_written"],
            int(row["start"]),
            int(row["end"]),
            row["quote"],
            row["document"],
            files.get(row["document"], ""),
            row.get("page", ""),
        )
        for row in read_table(folder / "assignments.csv")
        if (key := (row["task"], row["unit"], row["role"])) in wanted
    }
    texts = {
        row["task"]: row["text"] for row in read_table(folder / "tasks.csv") if row["task"] in tasks
    }
    found = [
        Traced(
            one,
            texts[one.task],
            tuple(
                Partner(other.unit, other.name, other.role)
                for other in actors[one.task]
                if other.unit != unit
            ),
            sentences[_key(one)],
        )
        for one in rows
    ]
    return tuple(
        sorted(found, key=lambda one: (one.sentence.document, one.sentence.start, one.counted.task))
    )


def _key(one: Counted) -> tuple[str, str, str]:
    """Return what tells an assignment apart: its task, the unit that the text names, the role."""
    return one.task, one.through or one.unit, one.role
