"""The error tree of the program.

    GazetteError
    ├── InputError        a file cannot be read, or holds nothing that can be
    ├── RegisterError     a register file is not valid
    ├── StoreError        a store is missing, or of another version
    ├── QueryError        a query is not valid, or unknown
    └── EndpointError     a remote SPARQL endpoint does not answer as it should

Each message is one line that says what is wrong, where, and what to do next;
the command line prints it as it is.
"""

from __future__ import annotations

__all__ = [
    "EndpointError",
    "GazetteError",
    "InputError",
    "QueryError",
    "RegisterError",
    "StoreError",
]


class GazetteError(Exception):
    """Base of every error that a user can cause and mend."""


class InputError(GazetteError):
    """A source file cannot be read, or holds no text of a gazette.

    Parameters
    ----------
    source
        The file as the user named it.
    problem
        What is wrong and what to do, without the file's name.
    line
        The 1-based line in the file, where there is one.
    """

    def __init__(self, source: str, problem: str, line: int | None = None) -> None:
        self.source = source
        self.problem = problem
        self.line = line
        place = source if line is None else f"{source}:{line}"
        super().__init__(f"{place}: {problem}")

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str, int | None]]:
        """Let the error travel between processes."""
        return type(self), (self.source, self.problem, self.line)


class RegisterError(GazetteError):
    """A register file is not valid Turtle or CSV, or an entry lacks what it needs."""


class StoreError(GazetteError):
    """A store is missing, unreadable, or was written by another version."""


class QueryError(GazetteError):
    """A query is unknown, is not valid SPARQL, or lacks a parameter."""


class EndpointError(GazetteError):
    """A remote SPARQL endpoint refused, timed out, or did not speak SPARQL."""
