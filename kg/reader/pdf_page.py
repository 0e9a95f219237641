"""What stands on the pages of a PDF: characters with their boxes, and cells of tables.

The only module that knows pdfplumber. Places are in points, counted from the top left
corner of the page as it is read: a page whose text runs sideways is turned upright.
"""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.reader.characters import fold

if TYPE_CHECKING:
    from pdfplumber.page import Page as PlumbedPage
    from pdfplumber.table import Table

__all__ = ["Box", "Glyph", "Page", "pages"]

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""

_Edge = dict[str, Any]

_NEAR = 4.0
_OVERHANG = 8.0
_SHORTEST_RULE = 3.0
_TABLES = {
    "snap_tolerance": _NEAR,
    "join_tolerance": _NEAR,
    "intersection_tolerance": _NEAR,
    "edge_min_length": _SHORTEST_RULE,
}
_MOST_GLYPHS = 100_000
_MOST_EDGES = 20_000
_UNKNOWN = re.compile(r"\(cid:\d+\)")


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character and its box."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """The height of the box's centre line."""
        return (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        """The height of the box, which is the size of the font."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its size, its characters in the file's order, the cells of each table."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    tables: tuple[tuple[Box, ...], ...]
    images: int


def pages(data: bytes, name: str, most: int) -> Iterator[Page]:
    """Yield the pages of a PDF one by one.

    Raises
    ------
    InputError
        The file is damaged or locked, or has more than ``most`` pages.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        file = pdfplumber.open(io.BytesIO(data))
        count = len(file.pages)
    except Exception as error:
        # The library lets through whatever a damaged file makes it stumble over.
        locked = any(isinstance(cause, PDFPasswordIncorrect) for cause in error.args)
        if locked:
            problem = "the PDF is locked by a password; unlock it first · PDF 有密码，请先解除"
        else:
            problem = "the PDF is damaged · PDF 文件损坏"
        raise InputError(name, problem) from None
    if count > most:
        raise InputError(
            name,
            f"{count} pages, and at most {most} are read; split the file · "
            f"共 {count} 页，最多读 {most} 页，请拆分文件",
        )
    if not count:
        raise InputError(name, "the PDF is damaged: no pages · PDF 文件损坏，没有页面")
    for number, page in enumerate(file.pages, start=1):
        try:
            yield _page(page, name)
        except InputError:
            raise
        except Exception:
            raise InputError(
                name, f"page {number} of the PDF is damaged · PDF 第 {number} 页损坏"
            ) from None
        page.close()
    file.close()


def _page(page: PlumbedPage, name: str) -> Page:
    from pdfplumber.page import Page as Again

    turns = Counter(_quarter(char["matrix"]) for char in page.chars)
    quarter = turns.most_common(1)[0][0] if turns else 0
    if quarter:
        page.close()
        page.page_obj.attrs["Rotate"] = page.page_obj.rotate = (page.rotation + 90 * quarter) % 360
        page = Again(page.pdf, page.page_obj, page.page_number)
    if len(page.chars) > _MOST_GLYPHS or len(page.edges) > _MOST_EDGES:
        raise InputError(
            name,
            f"page {page.page_number} holds over {_MOST_GLYPHS} characters or {_MOST_EDGES} lines · "
            f"第 {page.page_number} 页的文字或线条过多",
        )
    return Page(
        float(page.width),
        float(page.height),
        tuple(_glyphs(page)),
        tuple(tuple(table.cells) for table in _tables(page)),
        len(page.images),
    )


def _tables(page: PlumbedPage) -> list[Table]:
    """Find the tables of a page, also those that a page break or a style leaves open."""
    found = page.debug_tablefinder(_TABLES)
    level = [edge for edge in found.edges if edge["orientation"] == "h"]
    upright = [edge for edge in found.edges if edge["orientation"] == "v"]
    closing = {
        "explicit_vertical_lines": list(_closing(level, upright, ("x0", "x1"), ("top", "bottom"))),
        "explicit_horizontal_lines": list(
            _closing(upright, level, ("top", "bottom"), ("x0", "x1"))
        ),
    }
    if any(closing.values()):
        return page.find_tables({**_TABLES, **closing})
    return found.tables


def _closing(
    edges: list[_Edge], crossing: list[_Edge], along: tuple[str, str], across: tuple[str, str]
) -> Iterator[_Edge]:
    """Yield a line wherever ``edges`` reach out of a table together with none to close it."""
    for end, sign in zip(along, (-1, 1), strict=True):
        open_ended = []
        for edge in edges:
            met = [
                sign * other[end]
                for other in crossing
                if other[across[0]] - _NEAR <= edge[across[0]] <= other[across[1]] + _NEAR
                and edge[along[0]] - _NEAR <= other[end] <= edge[along[1]] + _NEAR
            ]
            if met and sign * edge[end] - max(met) > _OVERHANG:
                open_ended.append(edge)
        open_ended.sort(key=lambda edge: edge[end])
        while open_ended:
            place = open_ended[0][end]
            group = [edge for edge in open_ended if edge[end] - place <= _NEAR]
            del open_ended[: len(group)]
            if len(group) > 1:
                start = min(edge[across[0]] for edge in group)
                stop = max(edge[across[1]] for edge in group)
                yield {
                    **dict.fromkeys(along, place),
                    across[0]: start,
                    across[1]: stop,
                    "object_type": "line",
                    "width": 0 if end in ("x0", "x1") else stop - start,
                    "height": stop - start if end in ("x0", "x1") else 0,
                }


def _quarter(matrix: tuple[float, ...]) -> int:
    """Return by how many quarters of a turn, against the clock, a character stands askew."""
    along, across = matrix[0], matrix[1]
    if abs(along) >= abs(across):
        return 0 if along >= 0 else 2
    return 1 if across > 0 else 3


def _glyphs(page: PlumbedPage) -> Iterator[Glyph]:
    """Yield the characters that the page shows.

    Up and down a character reaches as far as its font's size says: the boxes of some
    fonts are too high or too low.
    """
    for char in page.chars:
        size = char["size"]
        base = char["bottom"] + char["y0"] - char["matrix"][5]
        words = _UNKNOWN.sub("\ufffd", char["text"])
        wide = unicodedata.east_asian_width(words[:1] or " ") in "WF"
        right = max(char["x1"], char["x0"] + size) if wide else char["x1"]
        if size > 0 and words and char["upright"]:
            yield Glyph(fold(words), char["x0"], base - 0.88 * size, right, base + 0.12 * size)
