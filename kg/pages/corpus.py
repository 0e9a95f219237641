"""All documents together, indexed the way that pages look things up.

The same unit, notice or task may come with several documents; ids are made from
content alone, so the first one in the order of the documents stands for all.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar
from urllib.parse import quote

from kg.document import Document, Span
from kg.facts import (
    Assignment,
    Deadline,
    DocumentFacts,
    Finding,
    GazetteIssue,
    Hosting,
    Membership,
    Notice,
    Reference,
    Target,
    Task,
    Unit,
)
from kg.model import Certainty
from kg.network import ALL, STATED
from kg.pages.addresses import document_pages, notice_pages, unit_pages
from kg.pages.once import Once

__all__ = ["Beyond", "Corpus", "Located"]

Identified = TypeVar(
    "Identified", Notice, Task, Assignment, Deadline, Target, Reference, Membership, Hosting
)
OfTask = TypeVar("OfTask", Assignment, Deadline, Target)


@dataclass(frozen=True, slots=True)
class Located:
    """A finding with the document that it is about; none where a file could not be read."""

    finding: Finding
    document: Document | None


@dataclass(frozen=True, slots=True)
class Beyond:
    """What has its pages in another volume of the site and is linked with this one.

    ``notices`` cite ours or are cited by them, ``pages`` are theirs, from the folder of this
    volume; ``references`` are their citations of ours, ``cited`` tells by the ids of these
    which notice each means, ``words`` what they say by notice and span.
    """

    notices: Mapping[str, Notice] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    cited: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[tuple[str, Span], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Corpus:
    """The facts of several documents, merged by id, with indexes made on demand."""

    facts: tuple[DocumentFacts, ...]
    unread: tuple[Finding, ...] = ()
    beyond: Beyond = Beyond()

    @classmethod
    def of(cls, facts: Iterable[DocumentFacts], unread: Iterable[Finding] = ()) -> Corpus:
        """Order the documents by id, so that the order of reading does not matter.

        ``unread`` are findings about files that could not be read.
        """
        once = Once()
        unique = {item.document.id: once.held(item) for item in facts}
        return cls(tuple(unique[key] for key in sorted(unique)), tuple(unread))

    @cached_property
    def units(self) -> dict[str, Unit]:
        """Units by id, in the order of their names; the registered entry wins."""
        found: dict[str, Unit] = {}
        for unit in (unit for item in self.facts for unit in item.units):
            if unit.id not in found or (unit.registered and not found[unit.id].registered):
                found[unit.id] = unit
        return {unit.id: unit for unit in sorted(found.values(), key=lambda u: (u.name, u.id))}

    @cached_property
    def gazettes(self) -> dict[str, GazetteIssue]:
        """Gazette issues by id."""
        found = {item.gazette.id: item.gazette for item in self.facts if item.gazette}
        return dict(sorted(found.items()))

    @cached_property
    def notices(self) -> dict[str, Notice]:
        """Notices by id, by date and number."""
        found = _first(notice for item in self.facts for notice in item.notices)
        return dict(sorted(found.items(), key=lambda pair: _rank(pair[1])))

    @cached_property
    def known(self) -> dict[str, Notice]:
        """The notices by id, and those of other volumes that cite them or are cited."""
        return {**self.beyond.notices, **self.notices}

    @cached_property
    def documents(self) -> dict[str, DocumentFacts]:
        """What each document says, by the document's id."""
        return {item.document.id: item for item in self.facts}

    @cached_property
    def document_of(self) -> dict[str, Document]:
        """The document that each notice stands in."""
        return {
            notice.id: item.document for item in reversed(self.facts) for notice in item.notices
        }

    @cached_property
    def tasks(self) -> dict[str, Task]:
        """Tasks by id, in the order of the notices and of the text."""
        found = _first(task for item in self.facts for task in item.tasks)
        order, last = self._order, len(self._order)
        return dict(
            sorted(
                found.items(),
                key=lambda pair: (order.get(pair[1].notice, last), pair[1].span, pair[0]),
            )
        )

    def counted(self, certainties: Collection[Certainty] = STATED) -> tuple[Task, ...]:
        """Return the tasks that count when assignments of these certainties do.

        They have such an assignment, and no row that details them has one: the
        rows tell the same work in more detail.
        """
        bearing = {
            task
            for task, facts in self.assignments.items()
            if any(fact.certainty in certainties for fact in facts)
        }
        again = {task.parent for task in self.tasks.values() if task.id in bearing}
        return tuple(
            task for task in self.tasks.values() if task.id in bearing and task.id not in again
        )

    @cached_property
    def shown(self) -> dict[str, Task]:
        """The tasks that count where stated assignments do, or where all do."""
        ids = {task.id for certainties in (STATED, ALL) for task in self.counted(certainties)}
        return {key: task for key, task in self.tasks.items() if key in ids}

    @cached_property
    def told_again(self) -> frozenset[str]:
        """The tasks with an assignment that count neither way: rows tell them again."""
        return frozenset(self.assignments) & frozenset(self.tasks) - frozenset(self.shown)

    @cached_property
    def assignments(self) -> dict[str, tuple[Assignment, ...]]:
        """The assignments of each task, in the order of the text."""
        return _by_task(fact for item in self.facts for fact in item.assignments)

    @cached_property
    def assignments_of_unit(self) -> dict[str, tuple[Assignment, ...]]:
        """The assignments of each unit, in the order of the tasks."""
        found: dict[str, list[Assignment]] = defaultdict(list)
        for task in self.tasks:
            for assignment in self.assignments.get(task, ()):
                found[assignment.unit].append(assignment)
        return {unit: tuple(items) for unit, items in found.items()}

    @cached_property
    def deadlines(self) -> dict[str, tuple[Deadline, ...]]:
        """The deadlines of each task."""
        return _by_task(fact for item in self.facts for fact in item.deadlines)

    @cached_property
    def targets(self) -> dict[str, tuple[Target, ...]]:
        """The targets of each task."""
        return _by_task(fact for item in self.facts for fact in item.targets)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """All references, by notice and place."""
        found = _first(fact for item in self.facts for fact in item.references)
        return tuple(sorted(found.values(), key=self._place))

    @cached_property
    def cited(self) -> dict[str, str]:
        """The notice of the collection that a reference means, by the reference's id."""
        return {
            citation.reference: citation.notice
            for item in self.facts
            for citation in item.citations
            if citation.notice in self.known
        }

    @cached_property
    def citing(self) -> dict[str, tuple[Reference, ...]]:
        """The references that mean each notice, by the date of the notice they stand in."""
        found: dict[str, list[Reference]] = defaultdict(list)
        cited = {**self.beyond.cited, **self.cited}
        for reference in (*self.beyond.references, *self.references):
            if reference.id in cited:
                found[cited[reference.id]].append(reference)
        known = self.known
        return {
            notice: tuple(
                sorted(items, key=lambda one: (_rank(known[one.notice]), one.span, one.id))
            )
            for notice, items in found.items()
        }

    @cached_property
    def memberships(self) -> tuple[Membership, ...]:
        """All memberships, by notice and place."""
        found = _first(fact for item in self.facts for fact in item.memberships)
        return tuple(sorted(found.values(), key=self._place))

    @cached_property
    def hostings(self) -> tuple[Hosting, ...]:
        """All offices of leading groups that are placed with a unit, by notice and place."""
        found = _first(fact for item in self.facts for fact in item.hostings)
        return tuple(sorted(found.values(), key=self._place))

    @cached_property
    def findings(self) -> tuple[Located, ...]:
        """All findings, the same one of two documents twice."""
        return (
            *(Located(finding, None) for finding in self.unread),
            *(
                Located(finding, item.document)
                for item in self.facts
                for finding in (*item.findings, *item.across)
            ),
        )

    @cached_property
    def labels(self) -> dict[str, str]:
        """What each unit is called in pictures: as the texts call it, where that means no other.

        Texts of several places mean several units by 区财政局: those have their full names.
        Collective units of several places have one name: those have their place behind it.
        """
        meant = Counter(self.written.values())
        names = Counter(unit.name for unit in self.units.values())

        def full(unit: Unit) -> str:
            """Return the name of a unit, which no other has."""
            apart = names[unit.name] > 1 and unit.place
            return f"{unit.name}（{unit.place}）" if apart else unit.name

        return {
            key: full(self.units[key]) if meant[words] > 1 else words
            for key, words in self.written.items()
        }

    @cached_property
    def written(self) -> dict[str, str]:
        """A short name for each unit: the words that the texts use most for it in tasks."""
        uses: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for holder, items in self.assignments_of_unit.items():
            for assignment in items:
                uses[holder][assignment.as_written] += 1
        result = {}
        for key, unit in self.units.items():
            names = uses.get(key, {})
            known = min(unit.short_names, key=lambda name: (len(name), name), default=unit.name)
            best = min(names, key=lambda name: (-names[name], len(name), name), default=known)
            result[key] = best or unit.name
        return result

    @cached_property
    def unit_pages(self) -> dict[str, str]:
        """Each unit's page, from the site's folder, without encoding."""
        return unit_pages(self.units.values())

    @cached_property
    def notice_pages(self) -> dict[str, str]:
        """Each notice's page, from the site's folder, without encoding."""
        return notice_pages({notice.id: notice.called for notice in self.notices.values()})

    @cached_property
    def document_pages(self) -> dict[str, str]:
        """Each document's page, from the site's folder, without encoding."""
        return document_pages({key: item.document.name for key, item in self.documents.items()})

    def unit_link(self, unit: str) -> str:
        """Return the address of a unit's page, from the site's folder."""
        return self._unit_links[unit]

    def notice_link(self, notice: str, span: Span | None = None) -> str:
        """Return the address of a notice's page, or of the very words that ``span`` covers.

        Words of the notice's document outside the notice are on the document's page; those
        of another volume are there.
        """
        page = self._notice_links[notice]
        if span is None:
            return page
        if _begins_in(self.known[notice].span, span):
            return f"{page}#s{span.start}-{span.end}"
        return self.place_link(self.document_of[notice], span) if notice in self.notices else page

    def document_link(self, document: Document) -> str:
        """Return the address of a document's page."""
        return quote(self.document_pages[document.id])

    def place_link(self, document: Document, span: Span) -> str:
        """Return where the words that ``span`` covers are shown, in a notice or outside all."""
        notice = self.notice_at(document, span)
        page = self._notice_links[notice.id] if notice else self.document_link(document)
        return f"{page}#s{span.start}-{span.end}"

    @cached_property
    def _unit_links(self) -> dict[str, str]:
        """The encoded addresses of the units' pages."""
        return {unit: quote(page) for unit, page in self.unit_pages.items()}

    @cached_property
    def _notice_links(self) -> dict[str, str]:
        """The encoded addresses of the notices' pages."""
        pages = {**self.beyond.pages, **self.notice_pages}
        return {notice: quote(page) for notice, page in pages.items()}

    def words(self, notice: str, span: Span) -> str:
        """Return the words of the notice's document that ``span`` covers."""
        if notice in self.document_of:
            return span.of(self.document_of[notice].text)
        return self.beyond.words[notice, span]

    def notice_at(self, document: Document, span: Span) -> Notice | None:
        """Return the notice of ``document`` that ``span`` begins in."""
        starts, notices = self._places.get(document.id, ((), ()))
        position = bisect_right(starts, span.start) - 1
        if position >= 0 and _begins_in(notices[position].span, span):
            return notices[position]
        return None

    def notices_of(self, document: Document) -> tuple[Notice, ...]:
        """Return the notices that are read from ``document``, in the order of its text."""
        return self._places[document.id][1]

    @cached_property
    def _order(self) -> dict[str, int]:
        """The place of each notice among the notices."""
        return {notice: position for position, notice in enumerate(self.notices)}

    def _place(self, fact: Membership | Hosting | Reference) -> tuple[int, Span, str]:
        """Return what sorts a fact by notice and text."""
        return self._order.get(fact.notice, len(self._order)), fact.span, fact.id

    @cached_property
    def _places(self) -> dict[str, tuple[tuple[int, ...], tuple[Notice, ...]]]:
        """Where the notices of each document begin."""
        places = {}
        for item in self.facts:
            notices = sorted(
                (
                    notice
                    for notice in item.notices
                    if self.document_of[notice.id].id == item.document.id
                ),
                key=lambda notice: notice.span,
            )
            places[item.document.id] = (
                tuple(notice.span.start for notice in notices),
                tuple(notices),
            )
        return places


def _rank(notice: Notice) -> tuple[str, str, str]:
    """Return what sorts notices: by date and number."""
    return notice.date, notice.number, notice.id


def _begins_in(whole: Span, span: Span) -> bool:
    """Tell whether ``span`` begins inside ``whole``."""
    return whole.start <= span.start < whole.end


def _first(facts: Iterable[Identified]) -> dict[str, Identified]:
    """Index facts by id; of two with the same id the first stays."""
    found: dict[str, Identified] = {}
    for fact in facts:
        found.setdefault(fact.id, fact)
    return found


def _by_task(facts: Iterable[OfTask]) -> dict[str, tuple[OfTask, ...]]:
    """Group facts by the task that they belong to, in the order of the text."""
    groups: dict[str, list[OfTask]] = defaultdict(list)
    for fact in _first(facts).values():
        if fact.task is not None:
            groups[fact.task].append(fact)
    return {
        task: tuple(sorted(group, key=lambda fact: (fact.span, fact.id)))
        for task, group in groups.items()
    }
