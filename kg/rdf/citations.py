"""What is cited, as edges between acts: statements of the derived graph.

A reference says what its words name (``gaz:refersTo``): an IRI made of these
words alone, the same on every machine. Which notice of the collection that is
depends on what else is in the collection, so it is said here and not in the
document's own graph; and the direct edge from notice to act, which follows from
it, points to the notice where it is known and to the act as named elsewhere.
Each citation so has one edge, and no IRI ever changes.
"""

from __future__ import annotations

from kg.citations import issued, names_itself
from kg.facts import DocumentFacts
from kg.rdf.document import described_ids, write_finding
from kg.rdf.graph import GraphWriter
from kg.rdf.ids import DERIVED_GRAPH, act_id, evidence_id
from kg.rdf.vocabulary import RELATION_PROPERTIES

__all__ = ["citation_lines"]


def citation_lines(facts: DocumentFacts, base: str) -> set[str]:
    """Return the N-Quads lines of the derived graph that a document's references give."""
    graph = GraphWriter(base, DERIVED_GRAPH)
    citations = {citation.reference: citation for citation in facts.citations}
    notices = {notice.id: notice for notice in issued(facts)}
    for reference in facts.references:
        act = act_id(reference, facts)
        if act.startswith("plan/"):
            continue  # The document says itself what it promulgates.
        if names_itself(reference, notices[reference.notice]):
            continue  # That a notice names itself or its own plan is no citation.
        citation = citations.get(reference.id)
        if citation is not None and citation.notice:
            act = citation.notice
            graph.link(reference.id, "gaz:citedNotice", act)
        elif citation is not None and act in citation.notices:
            continue  # Two notices have the number: neither is known to be meant.
        graph.link(reference.notice, RELATION_PROPERTIES[reference.relation], act)
    known = described_ids(facts) if facts.across else frozenset()
    for finding in facts.across:
        node = write_finding(graph, facts.document, finding, known)
        if finding.span is not None:
            graph.link(node, "gaz:evidence", evidence_id(facts.document, finding.span))
    return graph.lines
