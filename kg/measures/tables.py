"""Writes the measures as tables whose bytes are the same on every machine."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.measures.columns import Records
from kg.measures.counted import Counted
from kg.measures.records import (
    InGroups,
    Measures,
    PlaceLoad,
    Pressure,
    Setting,
    SystemRow,
    Tie,
    UnitLoad,
    YearLoad,
)

__all__ = ["TABLES", "header", "table_rows", "write_measures", "written", "written_as"]

TABLES: dict[str, type] = {
    "load": UnitLoad,
    "ties": Tie,
    "system": SystemRow,
    "pressure": Pressure,
    "groups": InGroups,
    "counted": Counted,
    "years": YearLoad,
    "places": PlaceLoad,
    "settings": Setting,
}
"""The tables by the name of their file, with the record that a row holds."""

_DECIMALS = 6
_CHANCE_DECIMALS = 9
_CHANCE_COLUMNS = frozenset({"p_more", "q_more", "p_fewer", "q_fewer"})
_COUNT_COLUMNS = frozenset(
    {
        "tasks",
        "duties",
        "lead",
        "primary",
        "responsible",
        "support",
        "coordination",
        "tasks_low",
        "tasks_high",
        "open_tasks",
        "coordination_low",
        "coordination_high",
    }
)
"""Counts, which have decimals only where collectives share with their members."""


def write_measures(folder: Path, measures: Measures) -> list[Path]:
    r"""Write a file for each of :data:`TABLES`.

    Parameters
    ----------
    folder
        The folder of the tables; it is made if it is not there.
    measures
        From :func:`kg.measures.measure`.

    Returns
    -------
    list of Path
        The files, UTF-8 with ``\n`` at the ends of lines.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name in TABLES:
        path = folder / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(header(name))
            writer.writerows(table_rows(name, getattr(measures, name)))
        paths.append(path)
    return paths


def header(table: str) -> list[str]:
    """Return the names of a table's columns."""
    return [field.name for field in dataclasses.fields(TABLES[table])]


def table_rows(table: str, records: Iterable[Any]) -> Iterable[list[str]]:
    """Return the rows of a table as text, in the order of its keys."""
    names = header(table)
    if isinstance(records, Records):
        return _rows_of_columns(records)
    values = attrgetter(*names)
    return (
        [
            value if type(value) is str else written_as(name, value)
            for name, value in zip(names, values(record), strict=True)
        ]
        for record in records
    )


def _rows_of_columns(records: Records[Any]) -> Iterator[list[str]]:
    """Yield the rows of records in columns, each value that they share written once."""
    for part in records.parts():
        columns = [_texts(name, values) for name, values in part.items()]
        yield from map(list, zip(*columns, strict=True))


def _texts(name: str, values: Sequence[Any] | NDArray[Any]) -> Sequence[str]:
    """Write a part of a column; NaN stands for a value that there is not."""
    if not isinstance(values, np.ndarray):
        return [value if type(value) is str else written_as(name, value) for value in values]
    different, places = np.unique(values, return_inverse=True)
    texts = [written_as(name, None if value != value else value) for value in different.tolist()]
    return [texts[place] for place in places.tolist()]


def written_as(column: str, value: float | int | str | bool | None) -> str:
    """Write a value as its column has it.

    >>> written_as("tasks", 3.0), written_as("load", 3.0), written_as("p_more", 0.5)
    ('3', '3.000000', '0.500000000')
    """
    if column in _COUNT_COLUMNS and isinstance(value, float) and abs(value - round(value)) < 1e-9:
        return str(round(value))
    return written(value, _CHANCE_DECIMALS if column in _CHANCE_COLUMNS else _DECIMALS)


def written(value: float | int | str | bool | None, decimals: int = _DECIMALS) -> str:
    """Write a value as text: nothing for None, a fixed number of decimals.

    The last bits of a sum differ between processors, so a number is first
    rounded to twelve digits behind the point; then a half is a half everywhere.

    >>> written(1 / 3), written(2.0), written(None), written(True), written(-0.0)
    ('0.333333', '2.000000', '', 'true', '0.000000')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{round(value, 12) + 0.0:.{decimals}f}"
    return str(value)
