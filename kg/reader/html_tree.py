"""The tree of a web page, as tolerant as browsers are, with the place of every text.

A parser of its own because the map to the source needs the offset of each text,
which parsers of HTML do not give. Each step looks at a character at most a few
times, however broken the page is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.errors import InputError

__all__ = ["BLOCKS", "Node", "Text", "parse_page"]

_MARKUP = re.compile(r"<(?:!--|[!?]|/?[a-zA-Z])")
_NAME = re.compile(r"/?([a-zA-Z][^\s/>]*)")
_ATTRIBUTE = re.compile(
    r"[\s/]*(?:(?P<end>>)|(?P<name>[^\s>/][^\s=>/]*)"
    r"(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s>]*)))?)"
)
_RAW = ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "ul",
    ]
)
"""Elements before which an open paragraph ends."""

_CELLS = frozenset({"td", "th", "caption"})
_CLOSED_BY: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu", "table", *_CELLS})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl", "table", *_CELLS})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl", "table", *_CELLS})),
    "td": (frozenset({"td", "th", "caption"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th", "caption"}), frozenset({"tr", "table"})),
    "tr": (frozenset({"tr", "caption", "colgroup"}), frozenset({"table"})),
    "option": (frozenset({"option"}), frozenset({"select"})),
}
_SECTIONS = frozenset({"thead", "tbody", "tfoot"})
_IN_HEAD = frozenset(
    [
        "base",
        "basefont",
        "bgsound",
        "link",
        "meta",
        "noscript",
        "script",
        "style",
        "template",
        "title",
    ]
)
_DEEPEST = 150
_MOST_NODES = 400_000


@dataclass(slots=True)
class Text:
    """A run of text: where it stands in the source."""

    start: int
    end: int


@dataclass(slots=True)
class Node:
    """An element; ``size`` and ``linked`` count its characters and those in links."""

    name: str
    attributes: dict[str, str]
    start: int
    children: list[Node | Text] = field(default_factory=list)
    size: int = 0
    linked: int = 0

    def nodes(self) -> Iterator[Node]:
        """Yield the node and all nodes below it, in the order of the page."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += [child for child in reversed(node.children) if isinstance(child, Node)]

    def texts(self) -> Iterator[Text]:
        """Yield all texts below the node, in the order of the page."""
        waiting: list[Node | Text] = [self]
        while waiting:
            item = waiting.pop()
            if isinstance(item, Text):
                yield item
            else:
                waiting += reversed(item.children)


def parse_page(source: str, name: str) -> Node:
    """Return the tree of a page.

    Raises
    ------
    InputError
        The page has more elements than any real one.
    """
    builder = _Builder()
    position = 0
    without_end: set[str] = set()
    while True:
        match = _MARKUP.search(source, position)
        begin = match.start() if match else len(source)
        if begin > position:
            builder.text(position, begin)
        if match is None:
            return builder.root
        if match.group() == "<!--":
            position = _behind(source, "-->", begin + 4)
            continue
        if match.group() in ("<!", "<?"):
            position = _behind(source, ">", begin)
            continue
        named = _NAME.match(source, begin + 1)
        assert named is not None
        element = named.group(1).lower()
        attributes, position = _attributes(source, named.end())
        if source[begin + 1] == "/":
            builder.end(element)
            continue
        builder.start(element, attributes, begin)
        if builder.count > _MOST_NODES:
            raise InputError(
                name,
                f"over {_MOST_NODES:,} elements in a page; split it · "
                f"网页元素超过 {_MOST_NODES // 10_000} 万个，请拆分",
            )
        if element in _RAW and element not in without_end:
            closing = re.compile(rf"</{element}\b[^>]*>", re.IGNORECASE).search(source, position)
            if closing is None:
                # Looking for the same end again at each such element would take forever.
                without_end.add(element)
            else:
                builder.text(position, closing.start())
                position = closing.end()
            builder.end(element)


def _behind(source: str, end: str, start: int) -> int:
    found = source.find(end, start)
    return len(source) if found < 0 else found + len(end)


def _attributes(source: str, position: int) -> tuple[dict[str, str], int]:
    """Read attributes up to the end of the tag; the first of a name counts."""
    found: dict[str, str] = {}
    while True:
        match = _ATTRIBUTE.match(source, position)
        if match is None:
            return found, len(source)
        position = match.end()
        if match["end"]:
            return found, position
        value = match["double"] or match["single"] or match["bare"] or ""
        found.setdefault(match["name"].lower(), value)


class _Builder:
    """Puts elements together; what is left open is closed as browsers close it."""

    def __init__(self) -> None:
        self.root = Node("", {}, 0)
        self.count = 0
        self._open = [self.root]

    def text(self, start: int, end: int) -> None:
        self._open[-1].children.append(Text(start, end))

    def start(self, name: str, attributes: dict[str, str], start: int) -> None:
        if name not in _IN_HEAD:
            # A page's head ends where its body begins, whatever became of its end tag.
            self._close(frozenset({"head"}), frozenset({"body", "table"}))
        if name in BLOCKS:
            self._close(frozenset({"p"}), frozenset({"table", "object", *_CELLS}))
        if name in _CLOSED_BY:
            self._close(*_CLOSED_BY[name])
        elif name in _SECTIONS:
            self._close(_SECTIONS | {"colgroup", "caption"}, frozenset({"table"}))
        elif name == "a" and self._open[-1].name == "a":
            self._open.pop()
        node = Node(name, attributes, start)
        self._open[-1].children.append(node)
        self.count += 1
        # A form between a table and its cells holds nothing: the rows stay the table's.
        hollow = name == "form" and self._open[-1].name in ("table", "tr", *_SECTIONS)
        if name not in _VOID and not hollow and len(self._open) < _DEEPEST:
            self._open.append(node)

    def end(self, name: str) -> None:
        if name == "p" and not any(node.name == "p" for node in self._open):
            self._open[-1].children.append(Node("br", {}, 0))
            return
        for index in range(len(self._open) - 1, 0, -1):
            found = self._open[index].name
            if found == name:
                if (
                    name in BLOCKS
                    or name in _CELLS
                    or name in ("tr", "body", "html")
                    or name in _SECTIONS
                ):
                    del self._open[index:]
                else:
                    # An inline element that ends inside a block does not end the block.
                    del self._open[index]
                return
            if found == "table" and name not in ("body", "html"):
                return
            if found in _CELLS and name not in ("table", "tr", "body", "html", *_SECTIONS):
                return

    def _close(self, names: frozenset[str], within: frozenset[str]) -> None:
        """Close the innermost open element of ``names`` that stands inside ``within``."""
        for index in range(len(self._open) - 1, 0, -1):
            found = self._open[index].name
            if found in names:
                del self._open[index:]
                return
            if found in within:
                return
