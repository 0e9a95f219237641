"""Citations across documents: which notice of the collection a reference means.

What must be known of all documents at once is one small record a notice
(:class:`IssuedNotice`); with the index of these each document is linked by
itself, in any order:

    index = NoticeIndex(record for facts in documents for record in issued(facts))
    facts = linked(facts, index)
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.facts import Citation, DocumentFacts, Finding, Notice, Reference
from kg.model import Relation, Severity

__all__ = ["IssuedNotice", "NoticeIndex", "issued", "linked", "names_itself", "sought", "title_key"]

_MARKS = re.compile(r"[\s《》〈〉<>«»「」『』“”\"‘’']+")
_YEAR_OF_NUMBER = re.compile(r"〔(\d{4})〕")
_CHANGES = frozenset({Relation.REPEALS, Relation.AMENDS})


def title_key(title: str) -> str:
    """Return what two ways of writing one title have in common: no blanks, no marks.

    >>> title_key("关于印发《治水 方案(试行)》的通知") == title_key("关于印发〈治水方案（试行）〉的通知")
    True
    """
    return _MARKS.sub("", unicodedata.normalize("NFKC", title))


@dataclass(frozen=True, slots=True)
class IssuedNotice:
    """What citations of a notice can be compared with.

    ``titles`` are keys (:func:`title_key`): its own title, with and without its
    issuer, and the titles of the plans that it promulgates. ``date`` is as
    precise as it is known.
    """

    id: str
    number: str
    name: str
    date: str
    issuer: str
    places: tuple[str, ...]
    titles: frozenset[str]


def issued(facts: DocumentFacts) -> tuple[IssuedNotice, ...]:
    """Return the records of a document's notices."""
    return tuple(_record(notice) for notice in facts.notices)


def _record(notice: Notice) -> IssuedNotice:
    issuer, title = title_key(notice.issuer), title_key(notice.title)
    titles = {title, *map(title_key, notice.plan_titles)}
    bare = title.removeprefix(issuer)
    if bare.startswith("关于"):
        titles |= {bare, issuer + bare}
    year = _YEAR_OF_NUMBER.search(notice.number)
    return IssuedNotice(
        notice.id,
        notice.number,
        notice.called,
        notice.date or (year.group(1) if year else ""),
        issuer,
        notice.places,
        frozenset(titles - {""}),
    )


def sought(facts: DocumentFacts) -> tuple[str, ...]:
    """Return the numbers and the keys of titles that a document's references are sought by."""
    words = {word for one in facts.references for word in (one.number, title_key(one.title))}
    return tuple(sorted(words - {""}))


def names_itself(reference: Reference, notice: IssuedNotice) -> bool:
    """Tell whether a reference in a notice means that notice, or the plan that it promulgates.

    A number decides, as between notices. A notice neither repeals nor amends itself:
    what it replaces is an earlier one of its title.
    """
    if reference.relation in _CHANGES:
        return False
    title = title_key(reference.title)
    if reference.number:
        return reference.number == notice.number and (not title or title in notice.titles)
    return title in notice.titles


class NoticeIndex:
    """The notices of a collection by number and by title; their order does not matter."""

    def __init__(self, notices: Iterable[IssuedNotice]) -> None:
        self.by_id = {notice.id: notice for notice in notices}
        self._by_number: dict[str, list[IssuedNotice]] = defaultdict(list)
        self._by_title: dict[str, list[IssuedNotice]] = defaultdict(list)
        for _, notice in sorted(self.by_id.items()):
            self._by_number[notice.number].append(notice)
            for title in notice.titles:
                self._by_title[title].append(notice)

    def candidates(self, sought: str) -> Sequence[IssuedNotice]:
        """Return the notices that have a number, or a title with this key."""
        return (*self._by_number.get(sought, ()), *self._by_title.get(sought, ()))

    def cited(self, reference: Reference) -> tuple[IssuedNotice, ...]:
        """Return the notices that a reference may mean: none, the one, or several.

        A document number decides. Where none of the collection's notices has it,
        the title must be that of the notice or of a plan that it promulgates; then
        the notice must not have another number than the one cited, must not be
        later than the citing notice, and must have been issued in the same place
        or one above, unless the title names its issuer or place. A notice's own
        plan is no other notice, but a plan that replaces one of the same title
        (《X》同时废止) means the earlier one.
        """
        citing = self.by_id[reference.notice]
        if reference.relation is Relation.ISSUES or names_itself(reference, citing):
            return ()
        title = title_key(reference.title)
        if reference.number and reference.number in self._by_number:
            found = [one for one in self._by_number[reference.number] if one != citing]
            found = [one for one in found if title in one.titles] or found
            found = [one for one in found if not _later(one, citing)] or found
            return tuple(found)
        return tuple(
            one
            for one in self._by_title.get(title, ())
            if one != citing
            and not (reference.number and one.number)
            and not _later(one, citing)
            and _binds(one, citing, title)
        )


def _later(one: IssuedNotice, other: IssuedNotice) -> bool:
    """Tell whether a notice is later than another, as far as both dates tell."""
    precision = min(len(one.date), len(other.date))
    return one.date[:precision] > other.date[:precision]


def _binds(one: IssuedNotice, citing: IssuedNotice, title: str) -> bool:
    """Tell whether an act may be followed where ``citing`` is issued, or is named there.

    A place follows its own acts and those of the places above, not those of its
    neighbours.
    """
    if not one.places or not citing.places or one.places[0] in citing.places:
        return True
    place = one.places[0]
    named = any(place.endswith(title[:length]) for length in range(2, len(place) + 1))
    return named or bool(one.issuer and title.startswith(one.issuer))


def linked(facts: DocumentFacts, index: NoticeIndex) -> DocumentFacts:
    """Return a document with its citations of notices in the collection.

    A citation that several notices fit is linked to none; a finding says so.
    """
    citations: list[Citation] = []
    findings: dict[tuple[str, tuple[str, ...]], Finding] = {}
    for reference in facts.references:
        found = index.cited(reference)
        if not found:
            continue
        ids = tuple(one.id for one in found)
        citations.append(Citation(reference.id, ids))
        if len(found) > 1:
            findings.setdefault((reference.notice, ids), _ambiguous(reference, found))
    return replace(facts, citations=tuple(citations), across=tuple(findings.values()))


def _ambiguous(reference: Reference, found: Sequence[IssuedNotice]) -> Finding:
    names = [one.name for one in found]
    words = f"《{reference.title}》" if reference.title else reference.number
    return Finding(
        "ambiguous-citation",
        Severity.WARNING,
        f"{words}可能指{len(found)}份通知（{'、'.join(names)}），未建立链接",
        f"{len(found)} notices of the collection fit this citation ({', '.join(names)}); "
        "it is linked to none",
        reference.task or reference.notice,
        reference.span,
    )
