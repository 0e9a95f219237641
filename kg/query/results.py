"""The answer to a query, whichever engine gave it, and the ways to show it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass

from kg.rdf.terms import identifier, literal, ref
from kg.rdf.vocabulary import DEFAULT_BASE, PREFIXES, expand

__all__ = ["FORMATS", "Result", "Term", "format_result", "short_name"]

XSD_STRING = expand("xsd:string")


@dataclass(frozen=True, slots=True)
class Term:
    """An RDF term: ``kind`` is ``uri``, ``literal`` or ``bnode``, as in SPARQL's JSON."""

    kind: str
    value: str
    datatype: str = ""
    language: str = ""

    def __str__(self) -> str:
        """Write the term as N-Triples and SPARQL write it."""
        if self.kind == "uri":
            return ref(self.value)
        if self.kind == "bnode":
            return f"_:{self.value}"
        text = literal(self.value, self.language)
        if self.datatype and not self.language:
            return f"{text}^^{ref(self.datatype)}"
        return text


@dataclass(frozen=True, slots=True)
class Result:
    """Rows of a SELECT; or the answer of an ASK; or the lines of a CONSTRUCT."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    answer: bool | None = None
    triples: tuple[str, ...] | None = None

    def texts(self) -> list[tuple[str, ...]]:
        """Return the rows as plain words: values without datatype, empty for none."""
        return [tuple(cell.value if cell else "" for cell in row) for row in self.rows]


def short_name(term: Term | None) -> str:
    """Write a term for reading: an IRI by its prefix, one of the data by its id."""
    if term is None:
        return ""
    if term.kind == "uri":
        if term.value.startswith(DEFAULT_BASE):
            return identifier(DEFAULT_BASE, term.value)
        for prefix, namespace in PREFIXES.items():
            if term.value.startswith(namespace):
                return f"{prefix}:{term.value[len(namespace) :]}"
    return term.value


_WIDEST = 100_000
"""Columns that no row of a table needs."""

_LEGIBLE = 12
"""Columns that words which wrap need to be read."""


def _as_csv(result: Result) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(result.columns)
    writer.writerows(result.texts())
    return file.getvalue()


def _as_json(result: Result) -> str:
    """SPARQL 1.1 Query Results JSON Format."""
    answer: dict[str, object]
    if result.answer is not None:
        answer = {"head": {}, "boolean": result.answer}
    else:
        bindings = [
            {
                name: _binding(term)
                for name, term in zip(result.columns, row, strict=True)
                if term is not None
            }
            for row in result.rows
        ]
        answer = {"head": {"vars": list(result.columns)}, "results": {"bindings": bindings}}
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def _binding(term: Term) -> dict[str, str]:
    binding = {"type": term.kind, "value": term.value}
    if term.language:
        binding["xml:lang"] = term.language
    elif term.datatype and term.datatype != XSD_STRING:
        binding["datatype"] = term.datatype
    return binding


def _as_markdown(result: Result) -> str:
    rows = [result.columns, tuple("---" for _ in result.columns)]
    rows += [tuple(_cell(term) for term in row) for row in result.rows]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _cell(term: Term | None) -> str:
    words = short_name(term).replace("\\", "\\\\").replace("|", "\\|")
    return " ".join(words.split())


def _as_table(result: Result) -> str:
    """A table for the terminal, as wide as it is; words wrap, none are cut.

    Where that leaves columns too narrow to be read, each row stands below the last
    with a line for each of its cells. In a file or a pipe, which have no width, a
    row is a line.
    """
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table: Table = Table(box=SIMPLE_HEAD)
    for index, name in enumerate(result.columns):
        cells = [row[index] for row in result.rows]
        numbers = all(cell is None or _is_number(cell) for cell in cells) and bool(cells)
        table.add_column(Text(name), justify="right" if numbers else "left", overflow="fold")
    for row in result.rows:
        table.add_row(*(Text(short_name(term)) for term in row))
    console = Console(highlight=False)
    if not console.is_terminal:
        # Text measures no wider than the console, which is 80 columns where there is none.
        console = Console(highlight=False, width=_WIDEST)
        console.width = console.measure(table).maximum
    elif result.rows and _least(result) > console.width:
        table = Table.grid(padding=(0, 2))
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for row in result.rows:
            for name, term in zip(result.columns, row, strict=True):
                table.add_row(Text(name, "bold"), Text(short_name(term)))
            table.add_row("", "")
    with console.capture() as capture:
        console.print(table)
    return str(capture.get())


def _least(result: Result) -> int:
    """Return the width of a terminal below which the table cannot be read."""
    from rich.cells import cell_len

    widths: list[int] = [cell_len(name) for name in result.columns]
    for row in result.rows:
        cells = (cell_len(short_name(term)) for term in row)
        widths = [max(pair) for pair in zip(widths, cells, strict=True)]
    # Two blanks about each column, and one on either side of it.
    return 1 + sum(min(width, _LEGIBLE) + 3 for width in widths)


def _is_number(term: Term) -> bool:
    return term.datatype in {
        f"{PREFIXES['xsd']}{name}" for name in ("integer", "decimal", "double")
    }


FORMATS: dict[str, Callable[[Result], str]] = {
    "table": _as_table,
    "csv": _as_csv,
    "json": _as_json,
    "markdown": _as_markdown,
}
"""Each format's name and what writes it."""


def format_result(result: Result, name: str = "table") -> str:
    """Return the result as text. A CONSTRUCT is N-Triples in every format."""
    if result.triples is not None:
        return "".join(f"{line}\n" for line in result.triples)
    if result.answer is not None and name != "json":
        return "true\n" if result.answer else "false\n"
    return FORMATS[name](result)
