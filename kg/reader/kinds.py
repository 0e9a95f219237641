"""Which kind of file this is: by its content first, by its name where that is silent."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from enum import Enum
from pathlib import PurePath

from kg.errors import InputError

__all__ = ["Kind", "kind_of"]

_SAMPLE = 4096
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_TAG = re.compile(rb"<(?:html|body|div|p|table|br|span|td)\b[^<>]*>", re.I)
_WORD_TEXT = re.compile(r"word/document\d*\.xml")
_PAGE_SUFFIXES = (".html", ".htm", ".shtml", ".xhtml")


class Kind(Enum):
    """A kind of file that is read, with its IANA media type."""

    TEXT = "text/plain"
    HTML = "text/html"
    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def kind_of(data: bytes, name: str) -> Kind:
    """Tell what ``data`` is.

    Raises
    ------
    InputError
        It is a document of a kind that is not read.
    """
    head = data[:_SAMPLE]
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data, name)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise InputError(
            name,
            "an old Word or WPS file; save it as .docx first · "
            "旧版 Word 或 WPS 文件，请先另存为 .docx",
        )
    if head.startswith(b"{\\rtf"):
        raise InputError(name, "an RTF file; save it as .docx first · RTF 文件，请先另存为 .docx")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", "ignore").encode()
    head = head.removeprefix(codecs.BOM_UTF8)
    if _PAGE.match(head):
        return Kind.HTML
    named = PurePath(name).suffix.lower() in _PAGE_SUFFIXES
    return Kind.HTML if named and _TAG.search(data) else Kind.TEXT


def _zipped(data: bytes, name: str) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise InputError(name, "the file is damaged · 文件损坏") from None
    if any(_WORD_TEXT.fullmatch(part) for part in parts):
        return Kind.DOCX
    if "OFD.xml" in parts:
        raise InputError(name, "an OFD file; save it as PDF first · OFD 文件，请先另存为 PDF")
    raise InputError(
        name,
        "an archive or Office file that is not DOCX; unpack it, or save it as DOCX or PDF · "
        "压缩包或非 DOCX 的 Office 文件，请先解压或另存为 DOCX、PDF",
    )
