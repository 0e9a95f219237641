"""HTML tags that have stayed in a text: tables become rows of tabs, the rest goes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.document import Edit
from kg.wording import DITTO

__all__ = ["tag_edits"]

_TAG = re.compile(
    r"<(?P<closing>/?)(?P<name>p|br|b|strong|em|i|u|s|span|div|font|table|tbody|thead|tfoot|tr|td|th|"
    r"sup|sub|center|a|h[1-6]|ul|ol|li|o:p)(?P<attributes>\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_SPAN = re.compile(r"(?P<axis>row|col)span\s*=\s*[\"']?(?P<count>\d{1,3})", re.IGNORECASE)
_BLOCKS = frozenset({"p", "div", "li", "table", "h1", "h2", "h3", "h4", "h5", "h6", "center"})


class _Rows:
    """Follows the cells of a table, and which columns a cell above still covers."""

    def __init__(self) -> None:
        self._column = 0
        self._wide = 0
        self._covered: dict[int, int] = {}

    def open_row(self) -> None:
        self._column = self._wide = 0

    def open_cell(self, attributes: str) -> str:
        """Return what goes before a cell: a tab, and ditto marks for columns covered from above."""
        before = self._dittos() + self._tab()
        spans = {match["axis"].lower(): int(match["count"]) for match in _SPAN.finditer(attributes)}
        for _ in range(max(1, spans.get("col", 1))):
            if spans.get("row", 1) > 1:
                self._covered[self._column] = spans["row"] - 1
            self._column += 1
        self._wide = max(1, spans.get("col", 1)) - 1
        return before

    def close_row(self) -> str:
        """Return what ends a row: ditto marks for the covered columns at its end."""
        dittos = self._dittos()
        wide, self._wide = self._wide, 0
        return dittos + "\t" * wide + "\n"

    def _dittos(self) -> str:
        marks = ""
        while self._covered.get(self._column):
            self._covered[self._column] -= 1
            marks += self._tab() + DITTO
            self._column += 1
        return marks

    def _tab(self) -> str:
        tabs = "\t" * (1 + self._wide) if self._column else ""
        self._wide = 0
        return tabs


def tag_edits(text: str) -> Iterator[Edit]:
    """Yield the edits that take the tags out of ``text``.

    A cell becomes what stands between tabs, a row a line. Where a cell spans
    rows, the ditto mark 〃 stands in the rows below it. Paragraphs and breaks
    inside a cell become spaces, elsewhere line ends.
    """
    rows = _Rows()
    in_cell = False
    for match in _TAG.finditer(text):
        name, closing = match["name"].lower(), bool(match["closing"])
        new = ""
        if name == "table" and not closing:
            rows = _Rows()
        if name == "tr":
            new = rows.close_row() if closing else ""
            if not closing:
                rows.open_row()
        elif name in ("td", "th"):
            in_cell = not closing
            new = "" if closing else rows.open_cell(match["attributes"] or "")
        elif (name == "br" or closing) and (name == "br" or name in _BLOCKS):
            new = " " if in_cell or _tabbed(text, match.start()) else "\n"
        yield match.start(), match.end(), new


def _tabbed(text: str, position: int) -> bool:
    """Tell whether the line at ``position`` is a row of cells set apart by tabs or pipes."""
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    line = text[start : end if end >= 0 else len(text)]
    return "\t" in line or line.count("|") > 1
