"""What one document says, as the statements of its named graph.

Units, places, acts and group roles are only pointed at: they are shared by documents
and described once, in the register's graph (:mod:`kg.rdf.shared`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Container

from kg.document import Document, Span
from kg.facts import (
    Assignment,
    Deadline,
    DocumentFacts,
    Finding,
    Hosting,
    Membership,
    Notice,
    Reference,
    Target,
    Task,
)
from kg.rdf.graph import GraphWriter
from kg.rdf.ids import (
    act_id,
    document_graph,
    document_id,
    evidence_id,
    group_id,
    last_day,
    plan_id,
)
from kg.rdf.terms import date_literal, literal, named, number_literal, ref
from kg.rdf.vocabulary import concept

__all__ = ["described_ids", "document_lines", "write_finding"]

_PDF_FRAGMENTS = "http://tools.ietf.org/rfc/rfc8118"
_CONTEXT = 20
"""Characters of a quote's prefix and suffix, enough to find it in another edition."""


def document_lines(facts: DocumentFacts, base: str) -> set[str]:
    """Return the N-Quads lines of a document's named graph."""
    writer = _DocumentWriter(facts, base)
    writer.write()
    return writer.graph.lines


class _DocumentWriter:
    """Writes the facts of one document; a method for each kind of fact."""

    def __init__(self, facts: DocumentFacts, base: str) -> None:
        self.facts = facts
        self.document = facts.document
        self.id = document_id(facts.document)
        self.graph = GraphWriter(base, document_graph(facts.document))
        self.unit_ids = {unit.id for unit in facts.units}
        self.known = described_ids(facts)

    def write(self) -> None:
        """Write everything."""
        graph = self.graph
        graph.type(self.id, "foaf:Document", "prov:Entity")
        graph.text(self.id, "dct:title", self.document.name)
        graph.text(self.id, "dct:format", self.document.media_type)
        graph.text(self.id, "dct:identifier", f"sha256:{self.document.id}")
        graph.text(self.id, "prov:value", self.document.text)
        self.gazette()
        for notice in self.facts.notices:
            self.notice(notice)
        for task in self.facts.tasks:
            self.task(task)
        for assignment in self.facts.assignments:
            self.assignment(assignment)
        for deadline in self.facts.deadlines:
            self.deadline(deadline)
        for target in self.facts.targets:
            self.target(target)
        for reference in self.facts.references:
            self.reference(reference)
        for membership in self.facts.memberships:
            self.membership(membership)
        for hosting in self.facts.hostings:
            self.hosting(hosting)
        for finding in self.facts.findings:
            self.finding(finding)

    def evidence(self, subject: str, span: Span, predicate: str = "gaz:evidence") -> None:
        """Let ``subject`` rest on the words of ``span``."""
        text, graph = self.document.text, self.graph
        node = evidence_id(self.document, span)
        position, quote = f"{node}/position", f"{node}/quote"
        graph.link(subject, predicate, node)
        graph.type(node, "oa:SpecificResource")
        graph.link(node, "oa:hasSource", self.id)
        graph.link(node, "oa:hasSelector", position)
        graph.link(node, "oa:hasSelector", quote)
        if self.document.media_type.startswith("text/"):
            source = self.document.source_span(span)
            graph.add(node, "gaz:sourceStart", number_literal(source.start))
            graph.add(node, "gaz:sourceEnd", number_literal(source.end))
        page = self.document.page_of(span)
        if page is not None:
            fragment = f"{node}/page"
            graph.link(node, "oa:hasSelector", fragment)
            graph.type(fragment, "oa:FragmentSelector")
            graph.add(fragment, "dct:conformsTo", ref(_PDF_FRAGMENTS))
            graph.text(fragment, "rdf:value", f"page={page}")
        graph.type(position, "oa:TextPositionSelector")
        graph.add(position, "oa:start", number_literal(span.start))
        graph.add(position, "oa:end", number_literal(span.end))
        graph.type(quote, "oa:TextQuoteSelector")
        graph.add(quote, "oa:exact", literal(span.of(text)))
        graph.text(quote, "oa:prefix", text[max(0, span.start - _CONTEXT) : span.start])
        graph.text(quote, "oa:suffix", text[span.end : span.end + _CONTEXT])

    def gazette(self) -> None:
        """The issue of a gazette that the document is."""
        issue, graph = self.facts.gazette, self.graph
        if issue is None:
            return
        graph.type(issue.id, "gaz:GazetteIssue")
        graph.text(issue.id, "dct:title", issue.title, "zh")
        if issue.year is not None:
            graph.add(issue.id, "dct:issued", date_literal(f"{issue.year:04d}"))
        if issue.issue is not None:
            graph.text(issue.id, "eli:number", str(issue.issue))
        graph.text(issue.id, "eli:publisher", issue.publisher or "")
        self.evidence(issue.id, issue.span)

    def notice(self, notice: Notice) -> None:
        """A notice, the plans that it promulgates, and its place in the gazette."""
        graph = self.graph
        graph.type(notice.id, "gaz:Notice")
        graph.text(notice.id, "eli:id_local", notice.number)
        graph.text(notice.id, "dct:title", notice.title, "zh")
        if notice.kind:
            graph.concept(notice.id, "eli:type_document", "doctype", notice.kind)
        graph.text(notice.id, "eli:responsibility_of", notice.issuer)
        for issuer in notice.issuer_units:
            graph.link(notice.id, "eli:passed_by", issuer)
        if notice.date:
            graph.add(notice.id, "eli:date_document", date_literal(notice.date))
        for addressee in notice.addressees:
            if addressee in self.unit_ids:
                graph.link(notice.id, "gaz:addressee", addressee)
            else:
                graph.text(notice.id, "gaz:addresseeText", addressee)
        for attachment in notice.attachments:
            graph.text(notice.id, "gaz:attachment", attachment)
        for place in notice.places[:1]:
            graph.link(notice.id, "dct:spatial", f"place/{place}")
        graph.link(notice.id, "eli:is_part_of", notice.gazette)
        if notice.page is not None:
            graph.add(notice.id, "gaz:page", number_literal(notice.page))
        graph.link(notice.id, "dct:source", self.id)
        self.evidence(notice.id, notice.title_span)
        for plan in notice.plans:
            node = plan_id(notice, plan.title)
            graph.link(notice.id, "gaz:promulgates", node)
            graph.type(node, "gaz:Plan")
            graph.text(node, "dct:title", plan.title, "zh")
            graph.link(node, "eli:is_part_of", notice.id)
            self.evidence(node, plan.span)

    def task(self, task: Task) -> None:
        """A task with its words and its place in the outline."""
        graph = self.graph
        graph.type(task.id, "gaz:Task")
        graph.link(task.id, "eli:is_part_of", task.notice)
        graph.text(task.id, "skos:prefLabel", task.heading or task.label, "zh")
        graph.text(task.id, "eli:number", task.label)
        graph.text(task.id, "gaz:section", task.section)
        graph.text(task.id, "dct:description", task.text, "zh")
        graph.add(task.id, "gaz:form", named(concept(task.form)))
        graph.link(task.id, "gaz:details", task.parent)
        self.evidence(task.id, task.span)

    def assignment(self, assignment: Assignment) -> None:
        """An assignment: the node between a task and a unit."""
        graph, node = self.graph, assignment.id
        graph.type(node, "gaz:Assignment")
        graph.link(assignment.task, "m8g:hasParticipation", node)
        graph.link(node, "m8g:hasParticipant", assignment.unit)
        graph.add(node, "m8g:role", named(concept(assignment.role)))
        graph.add(node, "gaz:certainty", named(concept(assignment.certainty)))
        graph.text(node, "gaz:asWritten", assignment.as_written)
        self.evidence(node, assignment.span)
        self.evidence(node, assignment.clause, "gaz:roleEvidence")
        if assignment.open_list:
            graph.add(node, "gaz:openList", literal("true", datatype="xsd:boolean"))

    def _stated(self, node: str, kind: str, fact: Deadline | Target | Reference) -> None:
        """What deadlines, targets and references have in common."""
        graph = self.graph
        graph.type(node, f"gaz:{kind}")
        graph.link(node, "gaz:statedIn", fact.notice)
        if fact.task:
            graph.link(fact.task, f"gaz:has{kind}", node)
        graph.text(node, "gaz:asWritten", fact.span.of(self.document.text))
        self.evidence(node, fact.span)

    def deadline(self, deadline: Deadline) -> None:
        """A time limit of a task, or of a notice as a whole."""
        graph, node = self.graph, deadline.id
        self._stated(node, "Deadline", deadline)
        graph.add(node, "gaz:deadlineKind", named(concept(deadline.kind)))
        if deadline.start:
            graph.add(node, "gaz:dueFrom", date_literal(deadline.start))
        if deadline.end:
            graph.add(node, "gaz:dueBy", date_literal(deadline.end))
            graph.add(node, "gaz:lastDay", date_literal(last_day(deadline.end)))

    def target(self, target: Target) -> None:
        """A quantity to reach."""
        graph, node = self.graph, target.id
        self._stated(node, "Target", target)
        graph.text(node, "gaz:subject", target.subject)
        graph.add(node, "gaz:comparator", named(concept(target.comparator)))
        graph.add(node, "gaz:value", literal(target.value, datatype="xsd:decimal"))
        graph.text(node, "gaz:measure", target.measure)

    def reference(self, reference: Reference) -> None:
        """An act named in the text; edges to acts are derived (:mod:`kg.rdf.citations`)."""
        graph, node = self.graph, reference.id
        self._stated(node, "Reference", reference)
        act = act_id(reference, self.facts)
        graph.link(node, "gaz:refersTo", act)
        graph.add(node, "gaz:relation", named(concept(reference.relation)))

    def membership(self, membership: Membership) -> None:
        """A person's, or a unit's, place in a leading group."""
        graph, node = self.graph, membership.id
        graph.type(node, "org:Membership")
        graph.link(node, "gaz:statedIn", membership.notice)
        graph.link(node, "org:organization", group_id(membership.group, self.facts))
        if membership.group_role:
            graph.link(node, "org:role", f"group-role/{membership.group_role}")
        if membership.person:
            notice = membership.notice.partition("/")[2]
            person = f"person/{notice}/{membership.person}"
            graph.link(node, "org:member", person)
            graph.type(person, "foaf:Person")
            graph.text(person, "foaf:name", membership.person)
            graph.link(node, "gaz:representing", membership.unit)
        else:
            graph.link(node, "org:member", membership.unit)
        graph.text(node, "gaz:post", membership.post)
        graph.text(node, "gaz:asWritten", membership.as_written)
        self.evidence(node, membership.span)

    def hosting(self, hosting: Hosting) -> None:
        """A unit with which the office of a leading group is placed."""
        graph, node = self.graph, hosting.id
        graph.type(node, "gaz:Hosting")
        graph.link(node, "gaz:statedIn", hosting.notice)
        graph.link(node, "gaz:hostedGroup", group_id(hosting.group, self.facts))
        graph.link(node, "gaz:host", hosting.unit)
        graph.text(node, "gaz:asWritten", hosting.as_written)
        self.evidence(node, hosting.span)

    def finding(self, finding: Finding) -> None:
        """Something a reader should look at."""
        node = write_finding(self.graph, self.document, finding, self.known)
        if finding.span is not None:
            self.evidence(node, finding.span)


def described_ids(facts: DocumentFacts) -> frozenset[str]:
    """Return the ids of what a document describes and a finding may be about."""
    units = (unit.id for unit in facts.units)
    notices = (notice.id for notice in facts.notices)
    return frozenset((*units, *notices, *(task.id for task in facts.tasks)))


def write_finding(
    graph: GraphWriter,
    document: Document | None,
    finding: Finding,
    known: Container[str] = frozenset(),
) -> str:
    """Write a finding, without its evidence, and return its id.

    ``document`` is what it is about; none where a file could not be read. ``known``
    are the ids that the document describes: a subject among them is linked.
    """
    source = document.id if document else ""
    parts = (finding.rule, finding.subject, finding.message_zh, finding.message_en)
    words = "\n".join((source, str(finding.span), *parts))
    digest = hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    node = f"finding/{finding.rule}/{digest}"
    graph.type(node, "gaz:Finding")
    graph.text(node, "gaz:rule", finding.rule)
    graph.add(node, "gaz:severity", named(concept(finding.severity)))
    graph.text(node, "gaz:message", finding.message_zh, "zh")
    graph.text(node, "gaz:message", finding.message_en, "en")
    if finding.subject in known:
        graph.link(node, "gaz:about", finding.subject)
    else:
        graph.text(node, "gaz:aboutText", finding.subject)
    if document:
        graph.link(node, "dct:source", document_id(document))
    return node
