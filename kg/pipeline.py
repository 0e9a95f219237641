"""The path of one file: read, parse, extract, resolve."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kg.document import Document
from kg.extraction import extract
from kg.facts import DocumentFacts, Finding
from kg.model import Severity
from kg.reader import read
from kg.resolution import resolve
from kg.resolution.loading import load
from kg.resolution.register import Register
from kg.resolution.resolver import Resolver
from kg.resources import ontology
from kg.structure import parse

__all__ = ["REGISTER_FILES", "Pipeline", "register_files"]

REGISTER_FILES = ("register.ttl", "functions.ttl", "patterns.ttl", "places.ttl", "counties.csv")
"""The files of ``ontology/`` that make up the register."""


def register_files(own: Sequence[Path] = ()) -> list[Path]:
    """Return the register's files, the user's own before those that come along."""
    return [*own, *(ontology(name) for name in REGISTER_FILES)]


class Pipeline:
    """Turns files into facts; holds the register and what has been resolved so far."""

    def __init__(self, own_registers: Sequence[Path] = ()) -> None:
        self.register: Register = load(own_registers, register_files())
        self._resolver = Resolver(self.register)

    def read(self, path: Path, name: str | None = None) -> DocumentFacts:
        """Read one file; see :func:`kg.reader.read` for what is raised."""
        return self.facts(read(path, name))

    def facts(self, document: Document) -> DocumentFacts:
        """Return what a document says, with every unit resolved."""
        extraction = extract(parse(document), self.register.lexicon)
        facts = resolve(extraction, self._resolver)
        return replace(facts, findings=(*_unread_pages(document), *facts.findings))


def _unread_pages(document: Document) -> Iterator[Finding]:
    """Yield a finding for the pages whose text could not be read."""
    if document.unread:
        numbers = [str(page) for page in document.unread]
        yield Finding(
            "unread-page",
            Severity.WARNING,
            f"第 {'、'.join(numbers)} 页只有图像，没有文字，未读",
            f"page {', '.join(numbers)} shows a picture without text; it is not read",
            document.name,
            None,
        )
