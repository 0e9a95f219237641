"""The knowledge graph as RDF: facts in, canonical N-Quads lines out."""

from kg.rdf.dataset import quads, turtle_of
from kg.rdf.terms import identifier, iri
from kg.rdf.vocabulary import DEFAULT_BASE, PREFIXES

__all__ = ["DEFAULT_BASE", "PREFIXES", "identifier", "iri", "quads", "turtle_of"]
