"""The Python interface: a build as data frames, networks and answers.

Nothing is read before it is asked for. Data frames need pandas (``pip install
'gazette-kg[export]'``); rows, measures, networks and queries do not.
"""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from kg.errors import InputError

if TYPE_CHECKING:
    import networkx as nx

    from kg.measures.choices import Choices
    from kg.measures.frame import Frame
    from kg.measures.records import Measures
    from kg.measures.trace import Traced
    from kg.query.results import Result

__all__ = ["Build"]

DataFrame: TypeAlias = Any
"""A pandas data frame; pandas is optional and has no types here."""

_COMPUTED = frozenset(
    {"load", "ties", "system", "pressure", "groups", "counted", "years", "places", "settings"}
)


class Build:
    """A build folder.

    Parameters
    ----------
    folder
        The folder that ``kg build`` wrote.

    Examples
    --------
    >>> import kg
    >>> build = kg.load("build")                          # doctest: +SKIP
    >>> build.load("weighted").sort_values("load").tail() # doctest: +SKIP
    """

    def __init__(self, folder: str | PathLike[str]) -> None:
        from kg.measures.read import tables_folder

        self.folder = Path(folder)
        self._tables = tables_folder(self.folder)
        self._frame: Frame | None = None

    def __repr__(self) -> str:
        """Show the folder."""
        return f"kg.load({str(self.folder)!r})"

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables that :meth:`table` and :meth:`rows` give."""
        return tuple(sorted({path.stem for path in self._tables.glob("*.csv")} | _COMPUTED))

    @property
    def frame(self) -> Frame:
        """Tasks × units × roles, as the measures see them."""
        if self._frame is None:
            from kg.measures.read import read_frame

            self._frame = read_frame(self.folder)
        return self._frame

    def rows(self, table: str, choices: str | Choices = "") -> list[dict[str, Any]]:
        """Return a table as dictionaries; empty cells are None, numbers are numbers.

        Tables of measures are computed under ``choices``; the others are read.
        """
        from kg.export.text import value_of
        from kg.measures.read import read_table
        from kg.measures.tables import header

        if table in _COMPUTED:
            names = header(table)
            records = getattr(self.measures(choices), table)
            return [{name: getattr(record, name) for name in names} for record in records]
        path = self._tables / f"{table}.csv"
        if not path.is_file():
            raise InputError(
                str(path), f"no such table · 没有这张表; known: {', '.join(self.tables)}"
            )
        rows = list(read_table(path))
        texts = {
            name for row in rows[:1] for name in row if name in _TEXTS or name.endswith("_number")
        }
        return [
            {name: cell if name in texts else value_of(cell) for name, cell in row.items()}
            for row in rows
        ]

    def table(self, table: str, choices: str | Choices = "") -> DataFrame:
        """Return a table as a pandas data frame; see :meth:`rows`."""
        from kg.export.optional import optional

        pandas = optional("pandas", "a data frame")
        return pandas.DataFrame(self.rows(table, choices))

    def measures(self, choices: str | Choices = "") -> Measures:
        """Compute all measures under some choices.

        Parameters
        ----------
        choices
            Words as ``kg measure --choices`` takes them (``weighted+with-implied``),
            or :class:`~kg.measures.Choices`.
        """
        from kg.measures.choices import parse_choices
        from kg.measures.compute import measure_frame

        chosen = parse_choices(choices) if isinstance(choices, str) else choices
        return measure_frame(self.frame, chosen)

    def load(self, choices: str | Choices = "") -> DataFrame:
        """Return the measures of each unit as a data frame."""
        return self.table("load", choices)

    def trace(self, unit: str, choices: str | Choices = "") -> tuple[Traced, ...]:
        """Return the assignments that a unit's numbers come from, with their sentences.

        Parameters
        ----------
        unit
            The unit's id, official name or short name.
        choices
            As in :meth:`measures`; they decide which assignments count.
        """
        from kg.measures.trace import find_unit, trace

        measures = self.measures(choices)
        return trace(self.folder, measures, find_unit(self.folder, measures, unit))

    def ties(self, choices: str | Choices = "") -> DataFrame:
        """Return the measures of each pair of units as a data frame."""
        return self.table("ties", choices)

    def system(self, choices: str | Choices = "") -> DataFrame:
        """Return the measures of the whole, each year and each notice as a data frame."""
        return self.table("system", choices)

    def network(self, name: str = "two-mode", choices: str | Choices = "") -> nx.Graph:
        """Return a network as a networkx graph.

        Parameters
        ----------
        name
            ``two-mode``: units and tasks, edges with the role. ``units``: pairs
            that share tasks, edges with all measures of the pair.
        choices
            As in :meth:`measures`.
        """
        import networkx as nx

        from kg.export.network import network_of
        from kg.export.source import read_source
        from kg.measures.choices import parse_choices

        chosen = parse_choices(choices) if isinstance(choices, str) else choices
        made = network_of(read_source(self.folder, chosen), name)
        graph = nx.Graph(name=made.name)
        for node in made.nodes:
            graph.add_node(node.id, label=node.label, **node.values)
        for edge in made.edges:
            graph.add_edge(edge.source, edge.target, weight=edge.weight, **edge.values)
        return graph

    def query(self, query: str, **values: str | list[str]) -> Result:
        """Ask the graph.

        Parameters
        ----------
        query
            SPARQL, or the name of a query of the library (``kg query`` lists
            them).
        **values
            Values of a named query's parameters.

        Returns
        -------
        Result
            Columns and rows; ``result.texts()`` gives plain words.
        """
        from kg.query import bind, find_query
        from kg.store import open_build

        store = open_build(self.folder)
        if any(character.isspace() for character in query.strip()):
            return store.query(query)
        lists = {
            name: [value] if isinstance(value, str) else value for name, value in values.items()
        }
        return store.query(bind(find_query(query), lists, store), query)

    def export(
        self,
        name: str,
        target: str | PathLike[str],
        network: str = "two-mode",
        choices: str | Choices = "",
    ) -> Path:
        """Write the build in a format of another tool; see :func:`kg.export.export`."""
        from kg.export import export
        from kg.measures.choices import parse_choices

        chosen = parse_choices(choices) if isinstance(choices, str) else choices
        return export(self.folder, name, Path(target), network=network, choices=chosen)


_TEXTS = frozenset(
    [
        "unit",
        "assignment",
        "through",
        "name",
        "short_names",
        "title",
        "label",
        "section",
        "heading",
        "text",
        "quote",
        "as_written",
        "number",
        "person",
        "post",
        "from",
        "to",
        "value",
        "date",
        "document",
        "addressees",
        "plan",
        "issuer",
        "task",
        "parent",
        "notice",
        "cited_notice",
        "place",
        "function",
        "year",
    ]
)
