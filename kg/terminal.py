"""Tables for the terminal."""

from __future__ import annotations

from collections.abc import Collection, Sequence

__all__ = ["table_text"]

_WIDEST = 100_000
"""Columns that no row of a table needs."""

_LEGIBLE = 12
"""Columns that words which wrap need to be read."""


def table_text(
    columns: Sequence[str], rows: Sequence[Sequence[str]], numbers: Collection[int] = ()
) -> str:
    """Return a table as wide as the terminal is; words wrap, none are cut.

    Where that leaves columns too narrow to be read, each row stands below the last
    with a line for each of its cells. In a file or a pipe, which have no width, a
    row is a line.

    Parameters
    ----------
    columns
        The names of the columns.
    rows
        The cells of each row.
    numbers
        The places of the columns that hold numbers: they are set to the right.
    """
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table: Table = Table(box=SIMPLE_HEAD)
    for place, name in enumerate(columns):
        side = "right" if place in numbers else "left"
        table.add_column(Text(name), justify=side, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    console = Console(highlight=False)
    if not console.is_terminal:
        # Text measures no wider than the console, which is 80 columns where there is none.
        console = Console(highlight=False, width=_WIDEST)
        console.width = console.measure(table).maximum
    elif rows and _least(columns, rows) > console.width:
        table = Table.grid(padding=(0, 2))
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for row in rows:
            for name, cell in zip(columns, row, strict=True):
                table.add_row(Text(name, "bold"), Text(cell))
            table.add_row("", "")
    with console.capture() as capture:
        console.print(table)
    return str(capture.get())


def _least(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """Return the width of a terminal below which the table cannot be read."""
    from rich.cells import cell_len

    widths: list[int] = [cell_len(name) for name in columns]
    for row in rows:
        widths = [max(pair) for pair in zip(widths, map(cell_len, row), strict=True)]
    # Two blanks about each column, and one on either side of it.
    return 1 + sum(min(width, _LEGIBLE) + 3 for width in widths)
