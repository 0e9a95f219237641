"""Large sites in volumes: a site of its own for the documents of neighbouring places.

Pages are made from what documents say together, so that a site holds as much of them as
has room in memory and in a browser. A collection that has more is divided, place by
place, as gazettes are bound: every page then counts one volume, the first page of the
site tells of all, and what a notice cites or is cited by in another volume is linked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path, PurePosixPath

from kg.building.collection import Collection, Outline
from kg.citations import IssuedNotice
from kg.document import Span
from kg.facts import DocumentFacts, Notice, Reference
from kg.pages.addresses import notice_pages, unit_pages
from kg.pages.corpus import Beyond, Corpus
from kg.pages.front import VolumeEntry
from kg.pages.site import write_volume
from kg.pages.volume import BoundUnit, VolumeLink, VolumeView

__all__ = ["Library", "Volume", "VolumeWriter", "divided", "library_of"]

MOST = 10_000_000
"""Characters in a volume: 450 gazettes of 65 KB, whose pages take half a gigabyte to make."""

_NONE = -1
"""Room for no document, not even for an empty one."""

_Path = tuple[str, ...]
"""A place with those above it, from the country on."""


@dataclass(frozen=True, slots=True)
class Volume:
    """A part of a collection: ``documents`` are their places there, in the order of the volume.

    ``shelves`` are the places that these speak from, in the same order, with the number of
    documents from each; the name is empty where documents do not tell. ``years`` are those of
    the first and the last notice, empty likewise.
    """

    number: int
    documents: tuple[int, ...]
    shelves: tuple[tuple[str, int], ...]
    years: tuple[str, str]


def divided(outlines: Sequence[Outline], most: int = MOST) -> tuple[Volume, ...]:
    """Divide documents into volumes of at most ``most`` characters.

    Documents stand by place, those of a province's places behind its own, then by date.
    The documents of one place stay together unless they alone are more than a volume;
    a longer document is a volume of its own.

    Returns
    -------
    tuple of Volume
        One where there is room for all, none where there is no document.
    """
    paths = [_path(outline.notices) for outline in outlines]
    order = sorted(
        range(len(outlines)),
        key=lambda place: (paths[place], _date(outlines[place].notices), outlines[place].name),
    )
    bound: list[list[int]] = []
    room = _NONE
    for _, group in groupby(order, key=paths.__getitem__):
        shelf = list(group)
        if room < sum(outlines[place].length for place in shelf) <= most:
            room = _NONE  # the next volume begins with this place
        for place in shelf:
            if outlines[place].length > room:
                bound.append([])
                room = most
            bound[-1].append(place)
            room -= outlines[place].length
    return tuple(
        _volume(number, documents, outlines, paths) for number, documents in enumerate(bound, 1)
    )


def _volume(
    number: int, documents: Sequence[int], outlines: Sequence[Outline], paths: Sequence[_Path]
) -> Volume:
    shelves = Counter(_name(paths[place]) for place in documents)
    dates = sorted(
        notice.date for place in documents for notice in outlines[place].notices if notice.date
    )
    years = (dates[0][:4], dates[-1][:4]) if dates else ("", "")
    return Volume(number, tuple(documents), tuple(shelves.items()), years)


def _name(path: _Path) -> str:
    """Return what a place is called among those of other provinces.

    >>> _name(("中国", "安徽省", "芜湖市", "芜湖市三山区")), _name(("中国", "北京市", "北京市朝阳区"))
    ('安徽省芜湖市三山区', '北京市朝阳区')
    >>> _name(("中国",)), _name(())
    ('中国', '')
    """
    above, place = path[1:2], path[-1] if path else ""
    return place if not above or place.startswith(above[0]) else above[0] + place


def _path(notices: Iterable[IssuedNotice]) -> _Path:
    """Return the place that a document speaks from, with those above it."""
    return next((notice.places[::-1] for notice in notices if notice.places), ())


def _date(notices: Iterable[IssuedNotice]) -> str:
    return min((notice.date for notice in notices if notice.date), default="")


@dataclass(frozen=True)
class Library:
    """The volumes of a collection; ``units`` are those of all, where there are several volumes."""

    documents: Collection
    volumes: tuple[Volume, ...]
    units: Mapping[str, BoundUnit]

    def folder(self, number: int) -> str:
        """Return the folder of a volume within the site."""
        return f"volumes/{number:0{len(str(len(self.volumes)))}}"


def library_of(documents: Collection, most: int = MOST) -> Library:
    """Divide a collection; see :func:`divided`."""
    library = Library(documents, divided(documents.outlines(), most), {})
    if len(library.volumes) < 2:
        return library
    units: dict[str, BoundUnit] = {}
    for volume in library.volumes:
        described = documents.common(sorted(volume.documents)).units()
        pages = unit_pages(described)
        for unit in described:
            link = VolumeLink(volume.number, f"{library.folder(volume.number)}/{pages[unit.id]}")
            known = units.get(unit.id, BoundUnit(unit.name, (), ()))
            names = tuple(sorted({*known.short_names, *unit.short_names}))
            units[unit.id] = BoundUnit(known.name, names, (*known.pages, link))
    return replace(library, units=units)


@dataclass(frozen=True, slots=True)
class VolumeWriter:
    """Writes the volumes of a library into the folder of the site, one by one."""

    library: Library
    folder: Path

    def write(self, number: int, load: Sequence[Mapping[str, object]]) -> VolumeEntry:
        """Write a volume, and return what the first page tells of it; ``load`` is of its units."""
        library = self.library
        volume = library.volumes[number - 1]
        corpus = Corpus.of(map(library.documents.__getitem__, volume.documents))
        corpus = replace(corpus, beyond=self._beyond(corpus, volume))
        view = VolumeView(
            number,
            len(library.volumes),
            library.folder(number),
            volume.shelves,
            volume.years,
            {
                unit: [link for link in library.units[unit].pages if link.number != number]
                for unit in corpus.units
                if unit in library.units
            },
        )
        return write_volume(self.folder, corpus, load, view)

    def _beyond(self, corpus: Corpus, volume: Volume) -> Beyond:
        """Gather what other volumes have to do with this one."""
        documents = self.library.documents
        place_of = {
            notice.id: place
            for place, outline in enumerate(documents.outlines())
            for notice in outline.notices
        }
        cited = {
            citation.notice
            for facts in corpus.facts
            for citation in facts.citations
            if citation.notice is not None
        }
        places = {place_of[notice] for notice in cited}
        places.update(documents.seeking(corpus.notices))
        notices: dict[str, Notice] = {}
        references: list[Reference] = []
        meant: dict[str, str] = {}
        words: dict[tuple[str, Span], str] = {}
        for place in sorted(places - set(volume.documents)):
            facts = documents[place]
            found = _citing(facts, corpus)
            for reference, notice in found:
                references.append(reference)
                meant[reference.id] = notice
                words[reference.notice, reference.span] = reference.span.of(facts.document.text)
            linked = cited | {reference.notice for reference, _ in found}
            notices |= {notice.id: notice for notice in facts.notices if notice.id in linked}
        pages = self._pages({place_of[notice] for notice in notices})
        return Beyond(
            notices, {key: pages[key] for key in notices}, tuple(references), meant, words
        )

    def _pages(self, documents: Set[int]) -> dict[str, str]:
        """Return the pages of the notices of the volumes of some documents, from any volume."""
        outlines = self.library.documents.outlines()
        pages: dict[str, str] = {}
        for volume in self.library.volumes:
            if documents.isdisjoint(volume.documents):
                continue
            # What two notices are called alike is told apart by all names of the volume.
            names = {
                notice.id: notice.name
                for place in volume.documents
                for notice in outlines[place].notices
            }
            folder = PurePosixPath(self.library.folder(volume.number)).name
            pages |= {key: f"../{folder}/{page}" for key, page in notice_pages(names).items()}
        return pages


def _citing(facts: DocumentFacts, corpus: Corpus) -> list[tuple[Reference, str]]:
    """Return the references of a document that mean notices of the corpus, with these."""
    meant = {
        citation.reference: citation.notice
        for citation in facts.citations
        if citation.notice in corpus.notices
    }
    return [
        (reference, notice)
        for reference in facts.references
        if (notice := meant.get(reference.id)) is not None
    ]
