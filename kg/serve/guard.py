"""What a query asks for besides this graph: other endpoints, and graphs of its own choice.

The engine calls any address that a ``SERVICE`` clause names, so a query with one
is refused before it gets there. Only a parser can tell a clause from the same
word in a string or a name; but a text that does not hold the letters at all has
no such clause, and most queries are done with that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.rdf.vocabulary import PREFIXES

__all__ = ["Dataset", "RefusedError", "UnclearError", "dataset_of"]

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


class RefusedError(Exception):
    """The query asks for what this endpoint does not do."""


class UnclearError(Exception):
    """The query cannot be read well enough to tell what it asks for."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a query names; without any, it is asked of all."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether any graph is named."""
        return bool(self.default or self.named)


def dataset_of(query: str) -> Dataset:
    """Return the graphs in ``FROM`` clauses.

    Raises
    ------
    RefusedError
        The query has a ``SERVICE`` clause.
    UnclearError
        The parser does not understand a query that may have one.
    """
    letters = _ESCAPE.sub(_character, query).casefold()
    service, from_clause = "service" in letters, "from" in letters
    if not service and not from_clause:
        return Dataset()
    from pyparsing import ParseException
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        parsed = parseQuery(query)
        if service and any(node == "ServiceGraphPattern" for node in _names(parsed)):
            raise RefusedError(
                "SERVICE is refused: this endpoint asks no other one. "
                "拒绝 SERVICE：本端点不转问其他端点。"
            )
        clauses = translateQuery(parsed, initNs=PREFIXES).algebra.get("datasetClause") or ()
    except ParseException as error:
        raise UnclearError(
            f"not valid SPARQL 1.1, line {error.lineno}, column {error.column}: "
            f"{' '.join(error.msg.split())}. 查询语法有误。"
        ) from None
    except RefusedError:
        raise
    # The parser meets trouble of its own in queries that are too deep for it, and an
    # undeclared prefix is a bare Exception.
    except (RecursionError, Exception) as error:
        raise UnclearError(
            f"a query with SERVICE or FROM in it must be plain SPARQL 1.1 ({error}). 查询无法核对。"
        ) from None
    return Dataset(
        tuple(str(clause["default"]) for clause in clauses if "default" in clause),
        tuple(str(clause["named"]) for clause in clauses if "named" in clause),
    )


def _character(match: re.Match[str]) -> str:
    try:
        return chr(int(match[1] or match[2], 16))
    except ValueError:
        return " "


def _names(root: object) -> Iterator[str]:
    """Yield the name of every node of a parse tree."""
    from pyparsing import ParseResults
    from rdflib.plugins.sparql.parserutils import CompValue

    todo = [root]
    while todo:
        node = todo.pop()
        if isinstance(node, CompValue):
            yield node.name
            todo.extend(node.values())
        elif isinstance(node, (ParseResults, list, tuple)):
            todo.extend(node)
