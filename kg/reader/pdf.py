"""PDF with a text layer: pages to paragraphs and rows, each with its page.

pdfplumber gives characters and cells (:mod:`kg.reader.pdf_page`); from these come
lines (:mod:`kg.reader.pdf_lines`), tables (:mod:`kg.reader.pdf_tables`), the order of
reading (:mod:`kg.reader.pdf_layout`) and the text (:mod:`kg.reader.pdf_flow`).
"""

from __future__ import annotations

import json
import sys
import unicodedata
from dataclasses import asdict, replace

from kg.errors import InputError
from kg.reader.limits import MOST_PAGES, check_length, in_child, limit_this_process
from kg.reader.paged import Paged
from kg.reader.pdf_flow import flow
from kg.reader.pdf_layout import layout, without_running_heads
from kg.reader.pdf_page import pages

__all__ = ["pdf_text", "read_pdf", "serve"]

_FEW = 8
_UNREADABLE = 0.3


def read_pdf(data: bytes, name: str) -> Paged:
    """Return the text of a PDF, read in a process of its own.

    Raises
    ------
    InputError
        The file is damaged, locked, scanned without text, or too costly to read.
    """
    return in_child(data, name)


def serve() -> None:
    """Read a PDF from standard input and write its text as JSON: the child's part."""
    limit_this_process()
    try:
        found = pdf_text(sys.stdin.buffer.read(), sys.argv[1])
        answer: dict[str, object] = asdict(found)
    except InputError as error:
        answer = {"problem": error.problem}
    except MemoryError:
        raise
    except Exception as error:
        # Whatever a broken file leads to, it is this file that cannot be read.
        answer = {
            "problem": f"cannot be read ({type(error).__name__}: {error}); print it to a new PDF · "
            "无法读取，请重新打印为 PDF"
        }
    json.dump(answer, sys.stdout)


def pdf_text(data: bytes, name: str) -> Paged:
    """Return the text of a PDF, read in this process.

    Raises
    ------
    InputError
        The file is damaged, locked, or scanned without text.
    """
    layouts = []
    unread: list[int] = []
    shown = strange = images = 0
    for number, page in enumerate(pages(data, name, MOST_PAGES), start=1):
        # A ligature is one glyph of several letters.
        letters = [letter for glyph in page.glyphs for letter in glyph.text if letter.strip()]
        shown += len(letters)
        strange += sum(
            unicodedata.category(letter) in ("Co", "Cn") or letter == "\ufffd" for letter in letters
        )
        images += page.images
        if page.images and not letters:
            unread.append(number)
        check_length(shown, name)
        layouts.append(layout(page, number))
    if images and shown < _FEW * len(layouts):
        raise InputError(
            name,
            "a scanned PDF without text; recognise its text first "
            "(for example: ocrmypdf -l chi_sim) · "
            "扫描版 PDF，没有文字层，请先做文字识别（例如 ocrmypdf -l chi_sim）",
        )
    if strange > _UNREADABLE * max(shown, 1):
        raise InputError(
            name,
            "the fonts of this PDF do not tell which characters they show; recognise its text "
            "(for example: ocrmypdf --force-ocr -l chi_sim) · "
            "PDF 字体没有文字编码，请先做文字识别（例如 ocrmypdf --force-ocr -l chi_sim）",
        )
    without_running_heads(layouts)
    return replace(flow(layouts), unread=tuple(unread))
