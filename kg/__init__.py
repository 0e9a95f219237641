"""Chinese government gazettes as a graph of who does what with whom.

>>> import kg
>>> build = kg.load("build")                        # doctest: +SKIP
>>> build.load()[["name", "tasks", "load"]]         # doctest: +SKIP
>>> build.network("units")                          # doctest: +SKIP
>>> build.query("SELECT ?s WHERE { ?s a gaz:Task }") # doctest: +SKIP
"""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.api import Build

__all__ = ["load"]


def load(build_dir: str | PathLike[str] = "build") -> Build:
    """Load the folder that ``kg build`` wrote; see :class:`kg.api.Build`."""
    from kg.api import Build

    return Build(build_dir)
