"""Where the files that come with the program stand: ontology, queries and the gazette.

In an installed wheel they lie inside the package, in a checkout beside it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kg.errors import GazetteError

__all__ = ["data", "ontology", "queries"]

_PACKAGE = Path(__file__).resolve().parent


@cache
def _folder(name: str) -> Path:
    """Return the folder ``name`` inside the package, or else beside it."""
    for parent in (_PACKAGE, _PACKAGE.parent):
        folder = parent / name
        if folder.is_dir():
            return folder
    raise GazetteError(
        f"the folder {name}/ is missing beside {_PACKAGE}; install the program again"
    )


def ontology(name: str) -> Path:
    """Return the path of one file of the ontology, such as ``gazette.ttl``."""
    return _folder("ontology") / name


def queries() -> Path:
    """Return the folder of the query library."""
    return _folder("queries")


def data() -> Path:
    """Return the folder of the gazette that is read where no file is given."""
    return _folder("data")
