"""Many files as one collection: each notice once, one document in memory at a time.

What must be known of all files at once is a small record of each
(:class:`Reading`). From these, :func:`settled` decides which copy of a notice
counts, and :class:`~kg.citations.NoticeIndex` tells which notice a citation means; a
document is changed accordingly (:mod:`kg.building.amendments`) when it is loaded.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar, overload

from kg.building.amendments import Amendment, AmendmentKind, amended, own_id
from kg.citations import IssuedNotice, NoticeIndex, issued, linked, sought
from kg.common import Common, Described
from kg.errors import GazetteError, InputError
from kg.facts import DocumentFacts, Finding
from kg.model import Severity

__all__ = [
    "Collection",
    "NoticeRecord",
    "Outline",
    "Reading",
    "passed_over",
    "passed_over_builds",
    "reading_of",
    "settled",
    "unreadable",
]


@dataclass(frozen=True, slots=True)
class NoticeRecord:
    """A notice as copies and citations of it are told; ``content`` is a hash of its words."""

    issued: IssuedNotice
    content: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a collection must know of a file that has been read.

    ``key`` leads to all that it says, ``name`` is what readers call it,
    ``document`` the id of its text, ``length`` the number of its characters,
    ``gazette`` tells whether it is an issue of a gazette, and ``sought`` are the
    numbers and titles of what it cites.
    """

    key: str
    name: str
    document: str
    length: int
    gazette: bool
    notices: tuple[NoticeRecord, ...]
    sought: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """What is known of a document before it is loaded; ``length`` is in characters."""

    name: str
    length: int
    notices: tuple[IssuedNotice, ...]


class Store(Protocol):
    """Where the facts of documents are kept; :class:`kg.building.cache.FactsCache` is one."""

    def get(self, key: str) -> DocumentFacts | None:
        """Return the facts under a key."""

    def described(self, keys: Iterable[str]) -> Iterator[Described | None]:
        """Yield what the documents under keys describe, the same words once."""


class Collection(Sequence[DocumentFacts]):
    """The documents of a build by name, each loaded when it is asked for.

    Parameters
    ----------
    readings
        A record of each file, in any order.
    store
        Where their facts are.
    unread
        Findings about the files that could not be read, one each.
    """

    def __init__(
        self, readings: Iterable[Reading], store: Store, unread: Iterable[Finding] = ()
    ) -> None:
        # One entry a text: of files with the same text the first by name is read.
        first: dict[str, Reading] = {}
        everything = sorted(readings, key=lambda reading: (reading.name, reading.key))
        for reading in everything:
            first.setdefault(reading.document, reading)
        self._entries = sorted(first.values(), key=lambda reading: reading.name + reading.document)
        self._amendments = settled(everything)
        self._index = NoticeIndex(
            notice for reading in self._entries for notice in self._notices(reading)
        )
        self._store = store
        self.unread = tuple(sorted(unread, key=lambda finding: (finding.subject, repr(finding))))

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self._entries)

    def __iter__(self) -> Iterator[DocumentFacts]:
        """Load one document after the other."""
        return map(self._load, self._entries)

    @overload
    def __getitem__(self, place: int) -> DocumentFacts: ...
    @overload
    def __getitem__(self, place: slice) -> list[DocumentFacts]: ...
    def __getitem__(self, place: int | slice) -> DocumentFacts | list[DocumentFacts]:
        """Load a document, or some that stand beside each other."""
        if isinstance(place, slice):
            return [self._load(reading) for reading in self._entries[place]]
        return self._load(self._entries[place])

    def _notices(self, reading: Reading) -> tuple[IssuedNotice, ...]:
        """Return the notices of a document that stand in the collection."""
        return tuple(_standing(reading, self._amendments.get(reading.document, ())))

    def outlines(self) -> list[Outline]:
        """Return what is known of each document without loading any."""
        return [
            Outline(reading.name, reading.length, self._notices(reading))
            for reading in self._entries
        ]

    def seeking(self, notices: Iterable[str]) -> list[int]:
        """Return the places of the documents that name the number or a title of a notice.

        ``notices`` are ids of notices; what a document cites is told when it is loaded.
        """
        known = [self._index.by_id[notice] for notice in notices]
        words = {word for notice in known for word in (notice.number, *notice.titles)} - {""}
        return [
            place
            for place, reading in enumerate(self._entries)
            if not words.isdisjoint(reading.sought)
        ]

    def common(self, places: Sequence[int]) -> Common:
        """Gather what some documents describe, without loading all that they say."""
        entries = [self._entries[place] for place in places]
        common = Common()
        for entry, described in zip(
            entries, self._store.described(entry.key for entry in entries), strict=True
        ):
            common.add(_there(described, entry))
        return common

    def states(self) -> list[str]:
        """Return for each document a hash of all that it says in this collection.

        It is what the document says by itself, what is amended in it, and the notices
        that its citations are compared with.
        """
        records: dict[str, str] = {}

        def record(notice: IssuedNotice) -> str:
            if notice.id not in records:
                records[notice.id] = repr(
                    (replace(notice, titles=frozenset()), sorted(notice.titles))
                )
            return records[notice.id]

        return [
            hashlib.sha256(
                "\n".join(
                    [
                        reading.key,
                        *map(repr, self._amendments.get(reading.document, ())),
                        *(
                            f"{word} {record(notice)}"
                            for word in reading.sought
                            for notice in self._index.candidates(word)
                        ),
                    ]
                ).encode("utf-8", "surrogatepass")
            ).hexdigest()
            for reading in self._entries
        ]

    def _load(self, reading: Reading) -> DocumentFacts:
        facts = _there(self._store.get(reading.key), reading)
        facts = amended(facts, self._amendments.get(reading.document, ()))
        return linked(facts, self._index)


_Kept = TypeVar("_Kept")


def _there(kept: _Kept | None, reading: Reading) -> _Kept:
    """Return what was kept of a file, or say that it is gone."""
    if kept is None:
        raise GazetteError(
            f"{reading.name}: what was read of it is gone; run the build again · "
            "读取结果已丢失，请重新运行"
        )
    return kept


def reading_of(facts: DocumentFacts, key: str = "") -> Reading:
    """Return the record of a document, whose facts are kept under ``key``."""
    duties: dict[str, list[str]] = defaultdict(list)
    for duty in facts.assignments:
        duties[duty.task].append(f"{duty.unit} {duty.role}")
    words: dict[str, list[str]] = defaultdict(list)
    for task in facts.tasks:
        words[task.notice] += [task.text, *sorted(duties[task.id])]
    return Reading(
        key,
        facts.document.name,
        facts.document.id,
        len(facts.document.text),
        facts.gazette is not None,
        tuple(
            NoticeRecord(
                record, _content(words[notice.id] or [notice.span.of(facts.document.text)])
            )
            for notice, record in zip(facts.notices, issued(facts), strict=True)
        ),
        sought(facts),
    )


def _content(words: Iterable[str]) -> str:
    """Return a hash of what makes two copies of a notice the same: its tasks, and who has them."""
    plain = "\n".join(re.sub(r"\s+", "", word) for word in words)
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def settled(readings: Iterable[Reading]) -> Mapping[str, tuple[Amendment, ...]]:
    """Decide what is changed in which document, by the document's id.

    Two notices with one number, the same tasks and the same units with the same roles are
    one: the copy in a gazette issue is kept, else the one in the longer document. Two
    notices with one number that say anything else are both kept, the second under an
    identifier of its own. Files with the same text are one document. The order of ``readings`` does not matter.
    """
    found: dict[str, set[Amendment]] = defaultdict(set)
    unique: dict[str, Reading] = {}
    for reading in sorted(readings, key=lambda reading: (reading.name, reading.key)):
        known = unique.setdefault(reading.document, reading)
        if known is not reading:
            found[reading.document].add(Amendment(AmendmentKind.SAME_TEXT, reading.name))
    kept: dict[str, list[tuple[str, Reading]]] = defaultdict(list)
    for reading in sorted(unique.values(), key=_preference):
        for notice in reading.notices:
            number = notice.issued.id
            same = next((one for content, one in kept[number] if content == notice.content), None)
            if same is None:
                if kept[number]:
                    kind, first = AmendmentKind.SAME_NUMBER, kept[number][0][1]
                    found[reading.document].add(Amendment(kind, first.name, number))
                kept[number].append((notice.content, reading))
            else:
                found[reading.document].add(Amendment(AmendmentKind.COPY, same.name, number))
    return {document: tuple(sorted(amendments)) for document, amendments in found.items()}


def _preference(reading: Reading) -> tuple[bool, int, str]:
    return not reading.gazette, -reading.length, reading.document


def _standing(reading: Reading, amendments: Iterable[Amendment]) -> Iterator[IssuedNotice]:
    """Yield the notices of a document that stand in a collection, under their ids there."""
    kinds = {one.notice: one.kind for one in amendments}
    for record in reading.notices:
        kind = kinds.get(record.issued.id)
        if kind is None:
            yield record.issued
        elif kind is AmendmentKind.SAME_NUMBER:
            yield replace(record.issued, id=own_id(record.issued.id, reading.document))


def unreadable(name: str, error: InputError) -> Finding:
    """Return the finding that a file could not be read.

    ``name`` is the file as readers know it; the error's own may hold folders of
    this machine.
    """
    english, _, chinese = error.problem.rpartition(" · ")
    line = ("", "") if error.line is None else (f"line {error.line}: ", f"第 {error.line} 行：")
    return Finding(
        "unreadable-file",
        Severity.VIOLATION,
        f"{name}：{line[1]}{chinese}",
        f"{name}: {line[0]}{english or chinese}",
        name,
        None,
    )


def passed_over(kind: str, names: Sequence[str]) -> Finding:
    """Return the finding that files of a kind stood in a folder and were not read.

    ``kind`` is their ending, ``names`` are their names as readers know them.
    """
    files = "1 file was" if len(names) == 1 else f"{len(names)} files were"
    return _passed_over(
        names,
        f"未读取 {len(names)} 个{kind or '无扩展名'}文件",
        f"{files} not read: {kind or 'no ending'}",
    )


def passed_over_builds(names: Sequence[str]) -> Finding:
    """Return the finding that a folder held folders that builds were written to."""
    folders = "1 folder" if len(names) == 1 else f"{len(names)} folders"
    return _passed_over(
        names,
        f"未读取 {len(names)} 个本程序的输出文件夹",
        f"{folders} of this program's output not read",
    )


def _passed_over(names: Sequence[str], chinese: str, english: str) -> Finding:
    return Finding(
        "passed-over-files",
        Severity.INFO,
        f"{chinese}（第一个：{names[0]}）",
        f"{english} (the first: {names[0]})",
        names[0],
        None,
    )
