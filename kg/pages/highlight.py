"""The text of a notice cut into pieces, each with the facts that rest on it.

Facts lie inside each other and overlap (a deadline in a task, a unit in the title
of an act), so the text is cut wherever a fact begins or ends; a piece carries all
facts that cover it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg.document import Span

__all__ = ["Block", "Mark", "Piece", "blocks", "pieces"]

KINDS = ("unit", "reference", "membership", "deadline", "target", "title", "finding", "task")
"""What a mark may be, in the order in which one of several gives a piece its link."""


QUIET = ("task", "finding", "title")
"""Marks that hold others: their pieces tell only of what is inside."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A fact that rests on ``span``: what it is, how it is told, where it leads.

    ``note`` is shown when the reader points at the words; ``tags`` are words for
    the style sheet (``role-lead``).
    """

    span: Span
    kind: str
    note: str = ""
    href: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text that the same facts cover from end to end.

    ``anchors`` are the names of facts that begin with it or in white space
    before it; ``begins`` and ``ends`` the marks that do.
    """

    start: int
    text: str
    marks: tuple[Mark, ...]
    anchors: tuple[str, ...] = ()
    begins: tuple[Mark, ...] = ()
    ends: tuple[Mark, ...] = ()

    @property
    def classes(self) -> str:
        """The piece's classes for the style sheet."""
        names = [name for mark in self.marks for name in (f"is-{mark.kind}", *mark.tags)]
        return " ".join(dict.fromkeys(names))

    @property
    def note(self) -> str:
        """What the facts say, a line each; the task that holds all is left out."""
        return "\n".join(
            dict.fromkeys(
                mark.note
                for mark in self.marks
                if mark.note and (mark.kind not in QUIET or "short" in mark.tags)
            )
        )

    @property
    def href(self) -> str:
        """Where the piece leads."""
        return next((mark.href for mark in self.marks if mark.href and mark.kind != "task"), "")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a table with its rows and cells, as pieces."""

    rows: list[list[list[Piece]]] = field(default_factory=list)
    table: bool = False


def pieces(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[Piece]:
    """Cut ``text[start:end]`` where marks begin and end."""
    inside = [mark for mark in marks if mark.span.start < end and mark.span.end > start]
    cuts = {start, end}
    for mark in inside:
        cuts.update(cut for cut in (mark.span.start, mark.span.end) if start < cut < end)
    order = sorted(cuts)
    # An empty cell has no pieces.
    for left, right in pairwise(order):
        piece = Span(left, right)
        covering = [mark for mark in inside if mark.span.covers(piece)]
        covering.sort(key=lambda mark: (KINDS.index(mark.kind), mark.span, mark.note))
        yield Piece(
            left,
            text[left:right],
            tuple(covering),
            begins=tuple(mark for mark in covering if mark.span.start == left),
            ends=tuple(mark for mark in covering if mark.span.end == right),
        )


def blocks(text: str, span: Span, marks: Iterable[Mark]) -> list[Block]:
    """Cut a notice into paragraphs and tables.

    A line with tabs is a row of a table; rows that follow each other are one
    table. White space around a line or a cell is not shown; what begins there
    is anchored at the next words.
    """
    order = sorted(marks, key=lambda mark: (mark.span, mark.kind, mark.note))
    waiting = sorted({(mark.span.start, f"s{mark.span.start}-{mark.span.end}") for mark in order})
    waiting.reverse()
    starts = [mark.span.start for mark in order]
    first = 0
    result: list[Block] = []
    for left, right in _lines(text, span):
        # Marks are sorted by their start; those that ended before this line are done with.
        while first < len(order) and order[first].span.end <= left:
            first += 1
        near = order[first : bisect_left(starts, right)]
        row = []
        for cell_left, cell_right in _cells(text, left, right):
            cell = []
            for piece in pieces(text, cell_left, cell_right, near):
                names = []
                while waiting and waiting[-1][0] < piece.start + len(piece.text):
                    names.append(waiting.pop()[1])
                cell.append(
                    Piece(
                        piece.start,
                        piece.text,
                        piece.marks,
                        tuple(names),
                        piece.begins,
                        piece.ends,
                    )
                )
            row.append(cell)
        table = "\t" in text[left:right]
        if table and result and result[-1].table:
            result[-1].rows.append(row)
        elif row:
            result.append(Block([row], table))
    return result


def _lines(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """Yield the lines inside ``span`` that are not blank."""
    left = span.start
    while left < span.end:
        right = text.find("\n", left, span.end)
        right = span.end if right < 0 else right
        if text[left:right].strip():
            yield left, right
        left = right + 1


def _cells(text: str, left: int, right: int) -> Iterator[tuple[int, int]]:
    """Yield the cells of a row, or the whole line, without white space around them."""
    while left <= right:
        stop = text.find("\t", left, right)
        stop = right if stop < 0 else stop
        words = text[left:stop]
        lead = len(words) - len(words.lstrip())
        yield left + lead, left + max(lead, len(words.rstrip()))
        left = stop + 1
