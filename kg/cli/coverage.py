"""The account of a reading: what became of every role word, title, date and cell.

Each is used by a fact, explained (it is known why it is none), or open: a
finding that a reader should look at.

逐项说明文中的分工词、书名号、文号、时间和表格单元格：用上了、有原因未用、待查。

examples:
  kg coverage                       the gazette in data/
  kg coverage notice.txt --open     every open item with its words

exit codes: 0 done; 1 done, but some input could not be read; 2 wrong use
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Set
from pathlib import Path

from kg.document import Document, Span
from kg.errors import InputError
from kg.extraction import accounts, extract
from kg.extraction.coverage import KINDS
from kg.files import inputs
from kg.reader import read
from kg.resources import data
from kg.structure import parse

__all__ = ["configure", "run"]

_OUTCOMES = ("used", "explained", "open")
_CONTEXT = 12


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    default = data() / "chaoyang-2020-02.txt"
    parser.add_argument("paths", nargs="*", type=Path, default=[default], metavar="FILE|FOLDER")
    parser.add_argument("--open", action="store_true", help="list what is open, with its words")
    parser.add_argument("--explained", action="store_true", help="list what is explained, and why")


def run(options: argparse.Namespace) -> int:
    """Print a table a notice; a file that cannot be read stops nothing."""
    listed = {"open": options.open, "explained": options.explained}
    shown = frozenset(outcome for outcome, wanted in listed.items() if wanted)
    failed = 0
    for source in inputs(options.paths):
        try:
            if source.problem:
                raise source.problem
            _account(read(source.path, source.name), shown)
        except InputError as error:
            print(f"error: {error}", file=sys.stderr)
            failed = 1
    return failed


def _account(document: Document, shown: Set[str]) -> None:
    """Print the table of each notice of a document, and the items whose outcome is ``shown``."""
    for notice, entries in accounts(extract(parse(document))):
        print(f"\n{notice.number or document.name}  {notice.title}")
        counts = Counter((entry.kind, entry.outcome) for entry in entries)
        print(f"  {'':<18}" + "".join(f"{outcome:>11}" for outcome in _OUTCOMES))
        for kind in KINDS:
            row = [counts[kind, outcome] for outcome in _OUTCOMES]
            if any(row):
                print(f"  {kind:<18}" + "".join(f"{number:>11}" for number in row))
        for entry in entries:
            if entry.outcome in shown:
                words = _in_context(document.text, entry.span)
                reason = f" ({entry.reason})" if entry.reason else ""
                print(f"  {entry.outcome}: {entry.kind} at {entry.span.start}{reason}: {words}")


def _in_context(text: str, span: Span) -> str:
    before = text[max(0, span.start - _CONTEXT) : span.start]
    after = text[span.end : span.end + _CONTEXT]
    return f"…{before}[{span.of(text)}]{after}…".replace("\n", "⏎").replace("\t", " ")
