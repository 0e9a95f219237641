"""From a file to a :class:`~kg.document.Document`: decode, clean, mend."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kg.document import Document
from kg.errors import InputError
from kg.reader.breaks import mend
from kg.reader.clean import clean
from kg.reader.decode import decode

__all__ = ["SUFFIXES", "document", "read"]

SUFFIXES = (".txt", ".md", ".markdown", ".text")
"""Endings of files that are read when a folder is given."""


def read(path: Path, name: str | None = None) -> Document:
    """Read one file.

    Parameters
    ----------
    path
        A text or Markdown file.
    name
        How the file is called in the output; default its own name.

    Raises
    ------
    InputError
        The file cannot be opened, is empty, binary, or in an unknown encoding.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError(str(path), "no such file · 没有这个文件") from None
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror} · 无法读取") from None
    return document(decode(data, str(path)), name or path.name)


def document(source: str, name: str) -> Document:
    """Normalise ``source`` and keep the map back to its characters.

    Raises
    ------
    InputError
        Nothing is left once blank lines and markup are gone.
    """
    mapped = mend(clean(source))
    if not mapped.text:
        raise InputError(name, "the file holds no text · 文件没有文字")
    return Document(name, hashlib.sha256(mapped.text.encode()).hexdigest(), mapped)
