"""``documents/*.html``: a source file, and those of its words that are in no notice.

A cover, a table of contents, an imprint, a notice that another file has too: what was
found there needs a page where its words can be looked at.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.document import Document, Span
from kg.facts import DocumentFacts, Notice
from kg.pages.corpus import Corpus
from kg.pages.highlight import Block, Mark, blocks
from kg.pages.notice_page import Marks, is_heading, mark_counts
from kg.pages.rendering import Assets, Renderer

__all__ = ["outside", "write_document"]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document: a notice, which has a page of its own, or text outside."""

    notice: Notice | None
    blocks: list[Block]


def outside(corpus: Corpus, document: Document) -> list[Span]:
    """Return the stretches of a document before, between and behind its notices."""
    found = []
    done = 0
    for notice in corpus.notices_of(document):
        found.append(Span(done, notice.span.start))
        done = notice.span.end
    found.append(Span(done, len(document.text)))
    return [span for span in found if span.of(document.text).strip()]


def _blocks(document: Document, span: Span, marks: Iterable[Mark]) -> list[Block]:
    """Cut one stretch into paragraphs and tables, with the marks that begin in it."""
    own = [mark for mark in marks if span.start <= mark.span.start < span.end]
    return blocks(document.text, span, own)


def write_document(renderer: Renderer, corpus: Corpus, facts: DocumentFacts, marks: Marks) -> None:
    """Write the page of a document; ``marks`` are its ``marks_of``."""
    document = facts.document
    own = marks.get(document.id, [])
    spans = outside(corpus, document)
    parts = [
        *((notice.span, Part(notice, [])) for notice in corpus.notices_of(document)),
        *((span, Part(None, _blocks(document, span, own))) for span in spans),
    ]
    renderer.write(
        corpus.document_pages[document.id],
        "document.html",
        Assets(scripts=("core.js", "notice.js"), root="../"),
        corpus=corpus,
        document=document,
        gazette=facts.gazette,
        outside=sum(span.end - span.start for span in spans),
        parts=[part for _, part in sorted(parts, key=lambda item: item[0])],
        counts=mark_counts(own),
        spans=is_heading,
    )
