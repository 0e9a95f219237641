"""Asking the graph: the library of named queries, parameters, results."""

from kg.query.library import NamedQuery, Parameter, find_query, list_queries, read_query
from kg.query.parameters import bind
from kg.query.results import FORMATS, Result, Term, format_result

__all__ = [
    "FORMATS",
    "NamedQuery",
    "Parameter",
    "Result",
    "Term",
    "bind",
    "find_query",
    "format_result",
    "list_queries",
    "read_query",
]
