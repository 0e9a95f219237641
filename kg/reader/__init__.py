"""From a file to a :class:`~kg.document.Document`.

A reader for each kind of file turns it into one kind of text: a paragraph a line, a
row of a table a line of cells apart by tabs. That text is cleaned and mended.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

from kg.document import Document, MappedText
from kg.errors import InputError
from kg.reader.boxes import without_boxes
from kg.reader.breaks import mend
from kg.reader.clean import clean
from kg.reader.decode import decode
from kg.reader.kinds import Kind, kind_of
from kg.reader.limits import check_length, read_bytes

__all__ = ["SUFFIXES", "document", "read"]

SUFFIXES = (
    *(".txt", ".md", ".markdown", ".text"),
    *(".html", ".htm", ".shtml", ".xhtml", ".pdf", ".docx", ".docm"),
    *(".doc", ".wps", ".rtf", ".ofd"),
)
"""Endings of files that are read when a folder is given.

The last ones are among them so that a folder with such files says that they must be
saved in another form.
"""

_MOST_BLANKS = 40
_BLANKS = re.compile(rf"[ \u3000\xa0]{{{_MOST_BLANKS},}}")


def read(path: Path, name: str | None = None) -> Document:
    """Read one file: text, Markdown, HTML, PDF or DOCX, as its content tells.

    Parameters
    ----------
    path
        The file.
    name
        How the file is called in the output; default its own name.

    Raises
    ------
    InputError
        The file cannot be opened, is empty, damaged, of an unknown kind or encoding,
        a scan without text, or too costly to read.
    """
    data = read_bytes(path)
    kind = kind_of(data, str(path))
    if kind is Kind.PDF:
        from kg.reader.pdf import read_pdf

        paged = read_pdf(data, str(path))
        found = _document(MappedText(paged.text), str(path), name or path.name, kind)
        return replace(found, pages=paged.pages, unread=paged.unread)
    if kind is Kind.DOCX:
        from kg.reader.docx import read_docx

        raw = MappedText(read_docx(data, str(path)))
    elif kind is Kind.HTML:
        from kg.reader.html import read_html

        raw = read_html(data, str(path))
    else:
        raw = MappedText(decode(data, str(path)))
    return _document(raw, str(path), name or path.name, kind)


def document(source: str, name: str) -> Document:
    """Normalise ``source`` and keep the map back to its characters.

    Raises
    ------
    InputError
        Nothing is left once blank lines and markup are gone, or it is too long.
    """
    return _document(MappedText(source), name, name, Kind.TEXT)


def _document(raw: MappedText, file: str, name: str, kind: Kind) -> Document:
    """Normalise a reader's text; ``file`` is how errors name it, ``name`` how output does."""
    check_length(len(raw.text), file)
    # Patterns that look for a word behind blanks try each blank of a run again.
    raw = without_boxes(raw.sub(_BLANKS, _MOST_BLANKS * " "))
    mapped = mend(clean(raw.text))
    if not mapped.text:
        raise InputError(file, "the file holds no text · 文件没有文字")
    mapped = mapped.over(raw)
    digest = hashlib.sha256(mapped.text.encode()).hexdigest()
    return Document(name, digest, mapped, kind.value)
