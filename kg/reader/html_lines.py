"""From a page's tree to lines: paragraphs, and rows whose cells stand apart by tabs."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence

from kg.reader.html_tree import BLOCKS, Node, Text
from kg.reader.limits import check_length
from kg.wording import DITTO

__all__ = ["Piece", "page_lines", "words_of"]

Piece = tuple[str, int]
"""Words, and the place in the source of the first of their characters."""

_Write = Callable[[Node], None]

_OWN_LINE = BLOCKS | {
    "body",
    "caption",
    "html",
    "legend",
    "summary",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
}
_PART = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});?|[ \t\r\n\f]+")
_INDENT = re.compile(r"text-indent\s*:\s*(?:\d*\.)?0*[1-9]", re.IGNORECASE)
_BLANK_START = re.compile(r"[\s\xa0\u2002\u2003　]*")
_WIDEST = 60
_LONG_CELL = 400


def words_of(line: Sequence[Piece]) -> str:
    """Return the words of a line without their places."""
    return "".join(words for words, _ in line)


def page_lines(
    root: Node, content: Node | None, source: str, name: str
) -> tuple[list[list[Piece]], list[bool]]:
    """Return the lines of a page, and of each whether it stands in ``content``."""
    writer = _Writer(source, content, name)
    writer.walk(root)
    writer.end_line()
    return writer.lines, writer.inside


class _Writer:
    """Walks the tree; ``lines`` holds what has been written."""

    def __init__(self, source: str, content: Node | None, name: str) -> None:
        self.lines: list[list[Piece]] = []
        self.inside: list[bool] = []
        self._source = source
        self._content = content
        self._name = name
        self._length = 0
        self._line: list[Piece] = []
        self._indent = False
        self._in_content = False
        self._cells = 0
        self._pre = False
        self._heading = False

    def walk(self, node: Node) -> None:
        """Write what stands below ``node``."""
        for child in node.children:
            if isinstance(child, Text):
                self._text(child)
            elif child.name == "br":
                self._break()
            elif child.name == "table" and not self._cells and _is_data(child):
                self.end_line()
                self._within(child, self._table)
                self.end_line()
            elif child.name in _OWN_LINE and not _runs_on(child):
                self._break()
                self._indent = bool(_INDENT.search(child.attributes.get("style", "")))
                self._within(child, self.walk)
                self._break()
            else:
                self._within(child, self.walk)

    def _within(self, node: Node, write: _Write) -> None:
        outer, self._in_content = self._in_content, self._in_content or node is self._content
        before = self._pre, self._heading
        self._pre = self._pre or node.name == "pre"
        self._heading = self._heading or bool(re.fullmatch("h[1-6]", node.name))
        write(node)
        if node is self._content:
            self.end_line()
        self._in_content = outer
        self._pre, self._heading = before

    def _text(self, text: Text) -> None:
        position = text.start
        for match in _PART.finditer(self._source, text.start, text.end):
            self._put(self._source[position : match.start()], position)
            position = match.end()
            found = match.group()
            if found.startswith("&"):
                self._put(html.unescape(found), match.start())
            elif self._pre and "\n" in found:
                self._break()
            elif self._line and not self._line[-1][0].endswith((" ", "\t")):
                self._put(" ", match.start())
        self._put(self._source[position : text.end], position)

    def _put(self, words: str, place: int) -> None:
        if words:
            self._line.append((words, place))
            self._length += len(words)
            check_length(self._length, self._name)

    def _break(self) -> None:
        """End a line; in a cell, which is one line, set a space, in a heading nothing."""
        if self._heading:
            return
        if not self._cells:
            self.end_line()
        elif self._line and not self._line[-1][0].endswith((" ", "\t")):
            self._put(" ", self._line[-1][1])

    def end_line(self) -> None:
        """End the line that has been begun, if it holds more than blanks."""
        words = words_of(self._line)
        if words.strip():
            blank = _BLANK_START.match(words)
            indented = self._indent or bool(
                blank and re.search(r"　|[\xa0\u2002\u2003]{2}", blank.group())
            )
            line = _stripped(self._line)
            if indented:
                line.insert(0, ("　", line[0][1]))
            self.lines.append(line)
            self.inside.append(self._in_content)
        self._line = []
        self._indent = False

    def _table(self, table: Node) -> None:
        """Write a table row by row; 〃 stands where a cell above goes on.

        What stands in the table but in no cell of it is written behind it: it is what
        follows a table whose end is missing.
        """
        covered: dict[int, int] = {}
        captions, strays = _outside_cells(table)
        self.walk(captions)
        self.end_line()
        for row in _rows(table):
            column = 0
            self._line = []
            for cell in (child for child in row.children if isinstance(child, Node)):
                if cell.name not in ("td", "th"):
                    continue
                column = self._covered(covered, column, row.start)
                if column:
                    self._put("\t", cell.start)
                wide, high = _span(cell, "colspan", _WIDEST), _span(cell, "rowspan", 1000)
                for extra in range(wide):
                    if high > 1:
                        covered[column + extra] = high - 1
                self._cells += 1
                self._within(cell, self.walk)
                self._cells -= 1
                self._put("\t" * (wide - 1), cell.start)
                column += wide
            self._covered(covered, column, row.start)
            self._end_row()
        self.walk(strays)

    def _covered(self, covered: dict[int, int], column: int, place: int) -> int:
        """Write the fields that cells above cover, from ``column`` on; return the next."""
        while covered.get(column):
            covered[column] -= 1
            self._put(("\t" if column else "") + DITTO, place)
            column += 1
        return column

    def _end_row(self) -> None:
        if words_of(self._line).strip("\t 　\xa0" + DITTO):
            self.lines.append(self._line)
            self.inside.append(self._in_content)
        self._line = []


def _stripped(line: list[Piece]) -> list[Piece]:
    """Return a line without the blanks at its ends."""
    first, last = 0, len(line)
    while not line[first][0].strip("\xa0\u2002\u2003　 "):
        first += 1
    while not line[last - 1][0].strip("\xa0\u2002\u2003　 "):
        last -= 1
    words, place = line[first]
    left = words.lstrip("\xa0\u2002\u2003　 ")
    return [(left, place + len(words) - len(left)), *line[first + 1 : last]]


def _runs_on(node: Node) -> bool:
    """Tell whether a block goes on with the line: what is said behind its term."""
    return node.name == "dd"


def _rows(table: Node) -> list[Node]:
    """Return the rows of a table, not those of tables inside it."""
    rows: list[Node] = []
    for child in table.children:
        if isinstance(child, Node):
            if child.name == "tr":
                rows.append(child)
            elif child.name in ("thead", "tbody", "tfoot"):
                rows += [
                    row for row in child.children if isinstance(row, Node) and row.name == "tr"
                ]
    return rows


def _outside_cells(table: Node) -> tuple[Node, Node]:
    """Return the captions of a table, and what else of it stands in none of its cells."""
    captions, strays = Node("", {}, table.start), Node("", {}, table.start)
    parts: list[Node | Text] = list(table.children)
    while parts:
        part = parts.pop(0)
        if isinstance(part, Node) and part.name in ("thead", "tbody", "tfoot", "tr"):
            parts[:0] = part.children
        elif isinstance(part, Node) and part.name == "caption":
            captions.children.append(part)
        elif isinstance(part, Text) or part.name not in ("td", "th", "col", "colgroup"):
            strays.children.append(part)
    return captions, strays


def _span(cell: Node, name: str, most: int) -> int:
    digits = re.match(r"\s*(\d{1,6})", cell.attributes.get(name, ""))
    return min(max(int(digits.group(1)), 1), most) if digits else 1


def _is_data(table: Node) -> bool:
    """Tell a table of data from one that only places things on the page.

    Cells of data stand side by side and are short; a page's frame has one filled
    cell a row, or holds other tables, or the whole text in a single cell.
    """
    cells = [
        [cell for cell in row.children if isinstance(cell, Node) and cell.name in ("td", "th")]
        for row in _rows(table)
    ]
    flat = [cell for row in cells for cell in row]
    filled = [cell for cell in flat if cell.size]
    if len(filled) < 2 or max(len(row) for row in cells) < 2:
        return False
    inner = [node for node in table.nodes() if node is not table and node.name == "table"]
    if sum(node.size for node in inner) > 0.5 * table.size:
        return False
    longest = max(cell.size for cell in filled)
    return longest < _LONG_CELL or longest < 0.5 * table.size or len(filled) > 3 * len(inner) + 6
