"""Word files: paragraphs with the numbers of their lists, tables with merged cells.

Only the text, the styles and the lists are unpacked; pictures never are. Of a text
with tracked changes the new state is read.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.reader.docx_numbers import Numbering, attribute, child, children, local, whole
from kg.reader.limits import check_length
from kg.wording import DITTO

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["read_docx"]

_MOST_BYTES = 64 * 2**20
_MOST_RATIO = 200
_SMALL = 2**20
_WIDEST = 60
_DEEPEST = 60
_SENTENCE_END = "。"
_TEXT = re.compile(r"word/document\d*\.xml")
_GONE = frozenset({"del", "moveFrom", "instrText", "delText", "rt", "Fallback", "fldData"})
_BREAKS = frozenset({"br", "cr"})


def read_docx(data: bytes, name: str) -> str:
    """Return the text of a Word file: a paragraph a line, a row a line of cells.

    Raises
    ------
    InputError
        It is damaged, locked, or unpacks to more than is read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            main = next(part for part in archive.namelist() if _TEXT.fullmatch(part))
            body = child(_part(archive, main, name), "body")
            styles = _part(archive, "word/styles.xml", name)
            numbering = _part(archive, "word/numbering.xml", name)
            notes = {
                f"{kind}noteReference": _part(archive, f"word/{kind}notes.xml", name)
                for kind in ("foot", "end")
            }
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        locked = isinstance(error, RuntimeError) and "password" in str(error)
        problem = (
            "locked by a password; unlock it first · 有密码，请先解除"
            if locked
            else "the DOCX file is damaged · DOCX 文件损坏"
        )
        raise InputError(name, problem) from None
    if body is None:
        raise InputError(name, "the DOCX file is damaged: no body · DOCX 文件损坏，没有正文")
    lines: list[str] = []
    length = 0
    reader = _Reader(Numbering(numbering), _Styles(styles), notes)
    for line in chain(reader.lines(body, 0), reader.set_aside()):
        lines.append(line)
        length += len(line)
        check_length(length, name)
    return "\n".join(lines)


def _part(archive: zipfile.ZipFile, part: str, name: str) -> Element | None:
    """Unpack and parse one part, unless it is a bomb."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        info = archive.getinfo(part)
    except KeyError:
        return None
    swollen = info.file_size > _SMALL and info.file_size > _MOST_RATIO * max(info.compress_size, 1)
    if info.file_size > _MOST_BYTES or swollen:
        raise InputError(
            name,
            f"{part} unpacks to {info.file_size / 2**20:.0f} MB; at most {_MOST_BYTES // 2**20} MB "
            f"and {_MOST_RATIO} times its packed size are read · "
            f"解压后 {info.file_size / 2**20:.0f} MB，超过上限（压缩炸弹？）",
        )
    try:
        # A reader of zip files hands out no more bytes than the file declares.
        root: Element = fromstring(archive.read(info), forbid_dtd=True)
    except DefusedXmlException:
        raise InputError(
            name, f"{part} declares XML entities, as no Word file does · {part} 含 XML 实体声明"
        ) from None
    except (ParseError, ValueError, LookupError):
        raise InputError(name, f"{part} is damaged · DOCX 文件损坏（{part}）") from None
    return root


class _Styles:
    """What the styles of paragraphs say: list, level, indent, name."""

    def __init__(self, styles: Element | None) -> None:
        self._styles = {attribute(style, "styleId"): style for style in children(styles, "style")}
        self._default = next(
            (
                identity
                for identity, style in self._styles.items()
                if attribute(style, "type") == "paragraph"
                and attribute(style, "default") in ("1", "true")
            ),
            None,
        )

    def find(self, paragraph: Element, *path: str) -> Element | None:
        """Return what a paragraph, or the nearest style that says it, sets in its properties."""
        found = child(paragraph, "pPr", *path)
        if found is not None:
            return found
        identity = attribute(child(paragraph, "pPr", "pStyle")) or self._default
        for _ in range(20):
            style = self._styles.get(identity)
            found = child(style, "pPr", *path)
            if found is not None or style is None:
                return found
            identity = attribute(child(style, "basedOn"))
        return None

    def is_contents(self, paragraph: Element) -> bool:
        """Tell whether a paragraph is an entry of a table of contents."""
        identity = attribute(child(paragraph, "pPr", "pStyle"))
        called = attribute(child(self._styles.get(identity), "name")) or identity or ""
        return bool(re.match(r"toc\s*\d", called, re.IGNORECASE))


class _Reader:
    def __init__(
        self, numbering: Numbering, styles: _Styles, notes: dict[str, Element | None]
    ) -> None:
        self._numbering = numbering
        self._styles = styles
        self._notes = {
            (kind, attribute(note, "id")): note
            for kind, root in notes.items()
            for note in root or ()
        }
        self._aside: list[Element] = []

    def set_aside(self) -> Iterator[str]:
        """Yield the lines that stand in no place of the text: notes, labels in boxes."""
        while self._aside:
            yield from self.lines(self._aside.pop(0), 1)

    def lines(self, parent: Element, depth: int) -> Iterator[str]:
        """Yield the lines of what stands below ``parent``: a body, a cell, a text box."""
        if depth > _DEEPEST:
            return
        for element in parent:
            kind = local(element)
            if kind == "p":
                yield from self._paragraph(element, depth)
            elif kind == "tbl":
                yield from self._table(element, depth)
            elif kind not in _GONE and not kind.endswith("Pr"):
                yield from self.lines(element, depth + 1)

    def _paragraph(self, paragraph: Element, depth: int) -> Iterator[str]:
        number = self._number(paragraph)
        boxes: list[Element] = []
        words = "".join(self._words(paragraph, boxes, 0))
        if self._styles.is_contents(paragraph):
            words = re.sub(r"\t(?=\d+$)", "……", words.strip())
        words = number + words.replace("\t", " ").strip("\n")
        if words.strip():
            first, *others = words.split("\n")
            yield ("　" if self._is_indented(paragraph) else "") + first
            yield from others
        for box in boxes:
            if any(_SENTENCE_END in (text.text or "") for text in box.iter() if local(text) == "t"):
                yield from self.lines(box, depth + 1)
            else:
                # A stamp or a head: between two lines of a title it would tear them apart.
                self._aside.append(box)

    def _number(self, paragraph: Element) -> str:
        identity = attribute(self._styles.find(paragraph, "numPr", "numId"))
        if identity is None or identity == "0":
            return ""
        level = whole(attribute(self._styles.find(paragraph, "numPr", "ilvl")), 0)
        return self._numbering.next(identity, level)

    def _is_indented(self, paragraph: Element) -> bool:
        indent = self._styles.find(paragraph, "ind")
        first = (attribute(indent, "firstLineChars"), attribute(indent, "firstLine"))
        return any(whole(value, 0) > 0 for value in first)

    def _words(self, parent: Element, boxes: list[Element], depth: int) -> Iterator[str]:
        """Yield the words of a paragraph; text boxes in it are put aside."""
        if depth > _DEEPEST:
            return
        for element in parent:
            kind = local(element)
            if kind == "t":
                yield element.text or ""
            elif kind in _BREAKS:
                yield "\n" if attribute(element, "type") in (None, "textWrapping") else ""
            elif kind in ("tab", "ptab"):
                yield "\t"
            elif kind == "noBreakHyphen":
                yield "-"
            elif kind == "txbxContent":
                boxes.append(element)
            elif kind in ("footnoteReference", "endnoteReference"):
                note = self._notes.pop((kind, attribute(element, "id")), None)
                self._aside += [] if note is None else [note]
            elif kind == "r" and _is_hidden(element):
                continue
            elif kind not in _GONE and not kind.endswith("Pr"):
                yield from self._words(element, boxes, depth + 1)

    def _table(self, table: Element, depth: int) -> Iterator[str]:
        rows = [list(self._row(row)) for row in _below(table, "tr", 0) if not _is_deleted(row)]
        if max((len(row) for row in rows), default=0) < 2:
            # A frame around text, or one column: no fields stand side by side.
            for row in rows:
                for cell, _ in row:
                    if cell is not None:
                        yield from self.lines(cell, depth + 1)
            return
        for row in rows:
            words = [DITTO if below else self._cell(cell, depth) for cell, below in row]
            if any(word and word != DITTO for word in words):
                yield "\t".join(words)

    def _row(self, row: Element) -> Iterator[tuple[Element | None, bool]]:
        """Yield a row's fields: the cell that begins there, if any; whether one above goes on."""
        before = attribute(child(row, "trPr", "gridBefore"))
        for _ in range(min(whole(before, 0), _WIDEST)):
            yield None, False
        for cell in _below(row, "tc", 0):
            properties = child(cell, "tcPr")
            merge = child(properties, "vMerge")
            below = merge is not None and attribute(merge) in (None, "continue")
            beside = child(properties, "hMerge")
            hidden = beside is not None and attribute(beside) in (None, "continue")
            yield (None if below or hidden else cell), below
            wide = whole(attribute(child(properties, "gridSpan")), 1)
            for _ in range(min(wide, _WIDEST) - 1):
                yield None, False

    def _cell(self, cell: Element | None, depth: int) -> str:
        if cell is None:
            return ""
        lines = (line.replace("\t", " ").strip(" 　") for line in self.lines(cell, depth + 1))
        return " ".join(line for line in lines if line)


def _below(parent: Element, name: str, depth: int) -> Iterator[Element]:
    """Yield the children of a name, also those in content controls and tracked changes."""
    for element in parent:
        kind = local(element)
        if kind == name:
            yield element
        elif kind in ("sdt", "sdtContent", "customXml", "ins", "moveTo") and depth < _DEEPEST:
            yield from _below(element, name, depth + 1)


def _is_deleted(row: Element) -> bool:
    return child(row, "trPr", "del") is not None


def _is_hidden(run: Element) -> bool:
    vanish = child(run, "rPr", "vanish")
    return vanish is not None and attribute(vanish) not in ("0", "false")
