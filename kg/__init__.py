"""Chinese government gazettes as a graph of who does what with whom.

>>> import kg
>>> build = kg.load("build")                        # doctest: +SKIP
>>> build.load()[["name", "tasks", "load"]]         # doctest: +SKIP
>>> build.network("units")                          # doctest: +SKIP
>>> build.query("SELECT ?s WHERE { ?s a gaz:Task }") # doctest: +SKIP

Data flows one way through the package, a stage a module::

    file -reader-> document -structure-> gazette -extraction-> facts
         -resolution-> facts with units -rdf, tables, network-> what is written
         -store, query, serve, remote-> answers   -measures, pages, plots, export-> what people read

:mod:`kg.building` does this for thousands of files; :mod:`kg.cli` holds a module a command;
:mod:`kg.document`, :mod:`kg.model`, :mod:`kg.facts` and :mod:`kg.wording` are what stages share.
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
