"""The answer to a query, whichever engine gave it, and the ways to show it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass

from kg.rdf.terms import identifier, literal, ref
from kg.rdf.vocabulary import DEFAULT_BASE, PREFIXES, expand
from kg.terminal import table_text

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
    """A table for the terminal; columns of numbers are set to the right."""
    numbers = [
        place
        for place in range(len(result.columns))
        if result.rows and all(_is_number(row[place]) for row in result.rows)
    ]
    rows = [[short_name(term) for term in row] for row in result.rows]
    return table_text(result.columns, rows, numbers)


def _is_number(term: Term | None) -> bool:
    return term is None or term.datatype in {
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
