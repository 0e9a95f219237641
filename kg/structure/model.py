"""What structure hands on: a gazette, its notices, their paragraphs and tables."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from kg.document import Document, Span

__all__ = [
    "Block",
    "Cell",
    "Contents",
    "Gazette",
    "NoticeText",
    "Paragraph",
    "ParagraphKind",
    "Place",
    "Row",
    "Table",
]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the annex it is in, and the outline above it.

    ``part`` is empty in the notice and its plan, ``附件`` or ``附件2`` in an
    annex; ``path`` holds the labels from the outermost inwards, ``headings`` the
    heading of each.
    """

    part: str = ""
    path: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The path as it is written: ``附件/一/（一）/1``."""
        return "/".join((self.part, *self.path) if self.part else self.path)

    @property
    def section(self) -> str:
        """The headings, outermost first."""
        return " / ".join(heading for heading in self.headings if heading)


class ParagraphKind(Enum):
    """What a paragraph is to its notice."""

    TEXT = auto()
    HEADING = auto()
    TITLE = auto()
    NUMBER = auto()
    ADDRESSEES = auto()
    DATE = auto()
    ATTACHMENTS = auto()
    PART = auto()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: ``span`` without its outline number, ``line`` with it.

    ``numbered`` says that it carries the number of the innermost label itself;
    ``heading`` is its heading sentence, if it has one.
    """

    line: Span
    span: Span
    place: Place
    kind: ParagraphKind
    numbered: bool
    heading: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's words, without the spaces around them."""

    span: Span


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; ``section`` is the heading row above it."""

    span: Span
    cells: tuple[Cell, ...]
    section: Span | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one head; heads repeated on later pages are left out."""

    span: Span
    place: Place
    head: tuple[Cell, ...]
    rows: tuple[Row, ...]


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Contents:
    """An entry of the table of contents."""

    title: str
    number: str
    page: int


@dataclass(frozen=True, slots=True)
class NoticeText:
    """A notice with all that follows it up to the next: plan and annexes."""

    span: Span
    number: str
    title: str
    title_span: Span
    issuer: str
    signature: str
    date: str
    addressees: tuple[Span, ...]
    attachments: tuple[str, ...]
    plans: tuple[Span, ...]
    page: int | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Gazette:
    """A document's structure; ``title`` is empty where it is a single notice."""

    document: Document
    title: str
    year: int | None
    issue: int | None
    publisher: str | None
    head: Span
    contents: tuple[Contents, ...]
    notices: tuple[NoticeText, ...]
