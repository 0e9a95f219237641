"""What is wrong with the text of a query: the line, the column, the words there."""

from __future__ import annotations

import re
from difflib import get_close_matches

from kg.rdf.vocabulary import PREFIXES

__all__ = ["syntax_message"]

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_FORMS = ("SELECT", "CONSTRUCT", "DESCRIBE", "ASK")
_UPDATES = frozenset(
    ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
)
# What is neither keyword nor name: comments, strings, IRIs.
_OTHER = re.compile(r"#[^\n]*|\"\"\".*?\"\"\"|\"[^\"\n]*\"|'[^'\n]*'|<[^<>\s]*>", re.DOTALL)
_PREFIX = re.compile(r"\bPREFIX\s+([\w-]*):|\bBASE\b", re.IGNORECASE)
_PREFIXED = re.compile(r"(?<![\w:?$@-])([A-Za-z][\w-]*):")
_NO_VARIABLES = re.compile(r"SELECT\s+(?:(?:DISTINCT|REDUCED)\s+)?(?:WHERE\b|\{)", re.IGNORECASE)
_SELECTED = re.compile(
    r"\bSELECT\s+(?:(?:DISTINCT|REDUCED)\s+)?(.*?)(?=\bWHERE\b|\bFROM\b|\{)",
    re.IGNORECASE | re.DOTALL,
)
_INNERMOST = re.compile(r"\([^()]*\)")
_NAMED = re.compile(r"\sAS\s+\)$", re.IGNORECASE)
_CLASS = re.compile(r"\[[^\]]*\](?:, )?")
_SHOWN = 8
"""Things that could stand at a place, of those that a message lists."""


def syntax_message(name: str, text: str, error: str) -> str:
    """Tell a person why the parser refuses ``text``, in one line.

    Parameters
    ----------
    name
        What the query is called.
    text
        The query.
    error
        The parser's own words, with ``error at LINE:COLUMN: …``.
    """
    match = _PLACE.search(error)
    known = _mistake(text)
    if known is not None:
        offset, why = known
        line, column = text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
    elif match is not None:
        line, column, why = int(match[1]), int(match[2]), _expected(match[3])
    else:
        return f"{name}: not valid SPARQL: {' '.join(error.split())} · 查询语法有误"
    lines = text.splitlines() or [""]
    there = lines[min(line, len(lines)) - 1].strip()[:80]
    return f"{name}, line {line}, column {column}, in {there!r}: {why} · 查询语法有误"


def _mistake(text: str) -> tuple[int, str] | None:
    """Return where and what a common mistake is, which the parser tells as something else.

    A parser that tries all ways reports the place where the last of them failed.
    """
    plain = _OTHER.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    body = _PREFIX.sub(lambda match: " " * len(match[0]), plain)
    first = re.search(r"\S[A-Za-z]*", body)
    if first is None:
        return 0, "the query is empty"
    word = first[0].upper()
    if word in _UPDATES:
        return first.start(), f"{word} is an update; the graph is only read here"
    if word not in _FORMS:
        return first.start(), f"expected {', '.join(_FORMS[:-1])} or {_FORMS[-1]}"
    if found := _NO_VARIABLES.search(body):
        return found.start(), "expected variables or * behind SELECT"
    if found := re.search(r"[\"']", body):
        return found.start(), "a string that is not closed"
    if found := re.search(r"[｛｝（）；，。：？]", body):
        return found.start(), f"{found[0]} is a full-width mark; SPARQL takes ASCII ones"
    if mistake := _selection(body):
        return mistake
    declared = {*PREFIXES, *(found[1] for found in _PREFIX.finditer(plain))}
    for found in _PREFIXED.finditer(body):
        if found[1] not in declared:
            near = get_close_matches(found[1], PREFIXES, n=1)
            hint = f"; did you mean {near[0]}:" if near else ""
            return found.start(), f"expected a prefix that is declared, {found[1]}: is not{hint}"
    return None


def _selection(body: str) -> tuple[int, str] | None:
    """Return what is wrong between a SELECT and its pattern."""
    for selected in _SELECTED.finditer(body):
        left = re.sub(r"[?$]\w+", lambda match: " " * len(match[0]), selected[1])
        # From the inside: an expression with a name is done with, another part of what is about it.
        while (inner := _INNERMOST.search(left)) is not None:
            mark = " " if _NAMED.search(inner[0]) else "x"
            left = left[: inner.start()] + mark * len(inner[0]) + left[inner.end() :]
        if other := re.search(r"[^\s*]", left):
            why = (
                "variables are divided by blanks, not by commas"
                if other[0] == ","
                else "expected variables, or expressions with a name in brackets: (COUNT(?x) AS ?n)"
            )
            return selected.start(1) + other.start(), why
    return None


def _expected(words: str) -> str:
    """Shorten what the parser would have taken to the words and marks among it."""
    plain = " ".join(words.split()).removeprefix("expected ").removeprefix("one of ")
    shown = [word for word in _CLASS.sub("", plain).strip(" ,").split(", ") if word]
    # Besides tokens the parser lists reasons of its own, which are sentences.
    for reason in shown:
        if "unbound" in reason:
            return "a variable of SELECT stands neither in GROUP BY nor in an aggregate"
        if re.match(r"[A-Z][A-Za-z]+ [a-zA-Z]", reason):
            return reason
    if not shown:
        return "expected the end of the query"
    listed = ", ".join(shown[:_SHOWN]) + (" …" if len(shown) > _SHOWN else "")
    return f"expected {listed}; the mistake may stand before"
