"""Tables for other programs: CSV, Excel, Parquet, Neo4j."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.errors import GazetteError
from kg.export.optional import optional
from kg.export.source import Cells, Source
from kg.export.text import clean, guarded, one_line, value_of
from kg.measures.catalogue import labels
from kg.measures.choices import ROLES
from kg.measures.counted import assignment_ids

__all__ = ["write_csv", "write_neo4j", "write_parquet", "write_settings", "write_xlsx"]

_SHEETS = {
    "settings": "settings",
    "units": "units",
    "tasks": "tasks",
    "assignments": "assignments",
    "pairs": "ties",
    "measures": "load",
    "groups": "groups",
    "counted": "counted",
    "system": "system",
    "years": "years",
    "places": "places",
    "pressure": "pressure",
    "deadlines": "deadlines",
    "targets": "targets",
    "references": "references",
    "memberships": "memberships",
    "hostings": "hostings",
    "changes": "changes",
    "findings": "findings",
    "notices": "notices",
}
_EXCEL_ROWS = 1_048_576
_EXCEL_CHARACTERS = 32_767


def write_csv(source: Source, folder: Path, bom: bool = False) -> None:
    """Write every table; with ``bom`` Excel knows that it is UTF-8.

    A text that a spreadsheet would take for a formula gets an apostrophe.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in source.tables.items():
        rows = ([guarded(cell) for cell in row] for row in table.rows)
        _write_csv(folder / f"{name}.csv", table.columns, rows, bom)


def write_xlsx(source: Source, path: Path) -> None:
    """Write an Excel workbook, a sheet a table, settings first.

    Numbers are numbers and texts are texts, never formulas. The file's dates
    are fixed, so that the same build gives the same bytes.
    """
    xlsxwriter = optional("xlsxwriter", "xlsx")
    for name, table in source.tables.items():
        if len(table.rows) >= _EXCEL_ROWS:
            raise GazetteError(
                f"{name}: {len(table.rows)} rows, Excel holds {_EXCEL_ROWS}; export csv or parquet "
                "· 行数超过 Excel 上限，请导出 csv 或 parquet"
            )
    book = xlsxwriter.Workbook(
        str(path),
        {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"created": datetime.datetime(2000, 1, 1)})
    bold = book.add_format({"bold": True})
    cut = 0
    for sheet_name, table_name in _SHEETS.items():
        if table_name not in source.tables:
            continue
        table = source.tables[table_name]
        names = labels(table_name) if table_name in {"load", "ties", "system"} else {}
        sheet = book.add_worksheet(sheet_name)
        for column, name in enumerate(table.columns):
            sheet.write_string(0, column, name, bold)
            if name in names:
                sheet.write_comment(0, column, " · ".join(names[name]))
        is_text = [_is_text(table, column) for column in range(len(table.columns))]
        for number, row in enumerate(table.rows, start=1):
            for column, cell in enumerate(row):
                value = clean(cell) if is_text[column] else value_of(cell)
                if isinstance(value, str) and len(value) > _EXCEL_CHARACTERS:
                    value, cut = value[: _EXCEL_CHARACTERS - 1] + "…", cut + 1
                _write_cell(sheet, number, column, value)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
    if cut:
        sheet = book.get_worksheet_by_name("settings")
        last = len(source.tables["settings"].rows) + 1
        for column, text in enumerate(("cells_cut", str(cut), "超长截断的单元格", "cells cut")):
            sheet.write_string(last, column, text)
    book.close()


def write_parquet(source: Source, folder: Path) -> None:
    """Write every table as Parquet, with types: pandas, R, DuckDB read it."""
    pa, pq = optional("pyarrow", "parquet"), optional("pyarrow.parquet", "parquet")
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in source.tables.items():
        arrays = []
        for column in range(len(table.columns)):
            cells = [row[column] for row in table.rows]
            if _is_text(table, column):
                arrays.append(pa.array([clean(cell) for cell in cells], pa.string()))
            else:
                values = [value_of(cell) for cell in cells]
                if any(isinstance(value, float) for value in values):
                    values = [float(v) if isinstance(v, int) else v for v in values]
                arrays.append(pa.array(values))
        pq.write_table(pa.table(arrays, names=table.columns), folder / f"{name}.parquet")


def write_settings(source: Source, path: Path, network: str = "") -> None:
    """Write the table of settings alone, for a format that has no place for them.

    ``network`` is the name of the network that was exported, if one was.
    """
    table = source.tables["settings"]
    rows = [[guarded(cell) for cell in row] for row in table.rows]
    if network:
        rows.append(["network", network, "导出的网络", "the network that was exported"])
    _write_csv(path, table.columns, rows)


def write_neo4j(source: Source, folder: Path) -> None:
    """Write the CSV files of ``neo4j-admin database import full``.

    Nodes: units, tasks, notices. Relations: assignments (``HAS_ROLE``), the
    place of a task in its notice (``STANDS_IN``), pairs (``SHARES_TASKS``). The settings
    are beside them and not to be imported.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write_settings(source, folder / "settings.csv")
    work, frame = source.work, source.frame
    load = source.measures.load
    _write_csv(
        folder / "units.csv",
        ["id:ID", "name", "kind", "level", "collective:boolean", "load:double", ":LABEL"],
        (
            [
                row.unit,
                one_line(row.name),
                row.kind,
                row.level,
                str(row.collective).lower(),
                f"{row.load:.6f}",
                "Unit;Collective" if row.collective else "Unit",
            ]
            for row in load
        ),
    )
    _write_csv(
        folder / "tasks.csv",
        ["id:ID", "path", "form", ":LABEL"],
        ([task.id, one_line(task.label), task.form, "Task"] for task in work.tasks),
    )
    counted, ids = set(work.notices), [task.id for task in work.tasks]
    _write_csv(
        folder / "notices.csv",
        ["id:ID", "title", "date", ":LABEL"],
        (
            [f"notice:{notice.number}", one_line(notice.title), notice.date, "Notice"]
            for notice in frame.notices
            if notice.number in counted
        ),
    )
    _write_csv(
        folder / "assignments.csv",
        [":START_ID", "role", "assignment", ":END_ID", ":TYPE"],
        (
            [work.units[unit].id, str(ROLES[role]), assignment, ids[task], "HAS_ROLE"]
            for task, unit, role, assignment in zip(
                work.task.tolist(),
                work.unit.tolist(),
                work.role.tolist(),
                assignment_ids(work),
                strict=True,
            )
        ),
    )
    _write_csv(
        folder / "stands_in.csv",
        [":START_ID", ":END_ID", ":TYPE"],
        ([task.id, f"notice:{task.notice}", "STANDS_IN"] for task in work.tasks),
    )
    _write_csv(
        folder / "pairs.csv",
        [":START_ID", "tasks:int", "newman:double", ":END_ID", ":TYPE"],
        (
            [tie.unit, str(tie.shared_tasks), f"{tie.newman:.6f}", tie.partner, "SHARES_TASKS"]
            for tie in source.measures.ties
            if tie.shared_tasks
        ),
    )


_TEXT_COLUMNS = frozenset(
    [
        "unit",
        "partner",
        "name",
        "title",
        "label",
        "path",
        "text",
        "setting",
        "number",
        "notice",
        "task",
        "assignment",
    ]
)


def _is_text(table: Cells, column: int) -> bool:
    """Tell whether a column holds texts; one of ids and names does, whatever stands there."""
    if table.columns[column] in _TEXT_COLUMNS:
        return True
    return any(isinstance(value_of(row[column]), str) for row in table.rows)


def _write_cell(sheet: object, row: int, column: int, value: str | float | bool | None) -> None:
    if value is None or value == "":
        return
    kind = (
        "boolean" if isinstance(value, bool) else "string" if isinstance(value, str) else "number"
    )
    getattr(sheet, f"write_{kind}")(row, column, value)


def _write_csv(
    path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]], bom: bool = False
) -> None:
    with path.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([clean(cell) for cell in row] for row in rows)
