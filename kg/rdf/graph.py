"""One named graph while it is written: a set of N-Quads lines."""

from __future__ import annotations

from kg.rdf.terms import iri, literal, named, ref
from kg.rdf.vocabulary import PREFIXES

__all__ = ["GraphWriter"]


class GraphWriter:
    """Collects the statements of one named graph as lines of text.

    Subjects are ids and predicates prefixed names; an object is an id
    (:meth:`link`), a prefixed name (:meth:`name`) or a literal (:meth:`text`).
    Saying a thing twice changes nothing, and saying nothing writes nothing.
    """

    def __init__(self, base: str, graph: str) -> None:
        self.base = base
        self.lines: set[str] = set()
        self._tail = f" {ref(iri(base, graph))} ."
        self._known: dict[str, str] = {}

    def ref(self, identifier: str) -> str:
        """Write an id as a term."""
        term = self._known.get(identifier)
        if term is None:
            term = self._known[identifier] = ref(iri(self.base, identifier))
        return term

    def add(self, subject: str, predicate: str, term: str) -> None:
        """State a term that is written already."""
        self.lines.add(f"{self.ref(subject)} {named(predicate)} {term}{self._tail}")

    def type(self, subject: str, *names: str) -> None:
        """State the classes of a subject."""
        for name in names:
            self.add(subject, "rdf:type", named(name))

    def link(self, subject: str, predicate: str, identifier: str | None) -> None:
        """State a link to another thing of the data, if there is one."""
        if identifier:
            self.add(subject, predicate, self.ref(identifier))

    def text(self, subject: str, predicate: str, text: str, language: str = "") -> None:
        """State some words, if there are any."""
        if text:
            self.add(subject, predicate, literal(text, language))

    def concept(self, subject: str, predicate: str, scheme: str, word: str) -> None:
        """State a concept by its word in the scheme with this prefix, or by its IRI."""
        if word:
            whole = word if "://" in word else iri(PREFIXES[scheme], word)
            self.add(subject, predicate, ref(whole))
