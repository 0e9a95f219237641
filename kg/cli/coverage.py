"""The account of a reading: what became of every role word, title, date and cell.

Each is used by a fact, explained (it is known why it is none), or open: a
finding that a reader should look at.

逐项说明文中的分工词、书名号、文号、时间和表格单元格：用上了、有原因未用、待查。

examples:
  kg coverage                       the gazette in data/
  kg coverage notice.txt --open     every open item with its words
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from kg.document import Span
from kg.extraction import accounts, extract
from kg.reader import read
from kg.resources import data
from kg.structure import parse

__all__ = ["configure", "run"]

_KINDS = ("role word", "title", "document number", "time limit", "table cell")
_OUTCOMES = ("used", "explained", "open")
_CONTEXT = 12


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    default = data() / "chaoyang-2020-02.txt"
    parser.add_argument("files", nargs="*", type=Path, default=[default], metavar="FILE")
    parser.add_argument("--open", action="store_true", help="list what is open, with its words")
    parser.add_argument("--explained", action="store_true", help="list what is explained, and why")


def run(options: argparse.Namespace) -> int:
    """Print a table a notice."""
    for path in options.files:
        document = read(path)
        for notice, entries in accounts(extract(parse(document))):
            print(f"\n{notice.number or document.name}  {notice.title}")
            counts = Counter((entry.kind, entry.outcome) for entry in entries)
            print(f"  {'':<18}" + "".join(f"{outcome:>11}" for outcome in _OUTCOMES))
            for kind in _KINDS:
                row = [counts[kind, outcome] for outcome in _OUTCOMES]
                if any(row):
                    print(f"  {kind:<18}" + "".join(f"{number:>11}" for number in row))
            for entry in entries:
                shown = (entry.outcome == "open" and options.open) or (
                    entry.outcome == "explained" and options.explained
                )
                if shown:
                    words = _in_context(document.text, entry.span)
                    reason = f" ({entry.reason})" if entry.reason else ""
                    print(f"  {entry.outcome}: {entry.kind} at {entry.span.start}{reason}: {words}")
    return 0


def _in_context(text: str, span: Span) -> str:
    before = text[max(0, span.start - _CONTEXT) : span.start]
    after = text[span.end : span.end + _CONTEXT]
    return f"…{before}[{span.of(text)}]{after}…".replace("\n", "⏎").replace("\t", " ")
