"""What pages tell of the volumes of a large site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = ["BoundUnit", "VolumeLink", "VolumeView"]


@dataclass(frozen=True, slots=True)
class VolumeLink:
    """Where something has a page: the number of the volume, the page from the site's folder."""

    number: int
    page: str


@dataclass(frozen=True, slots=True)
class BoundUnit:
    """A unit with the pages that volumes have of it."""

    name: str
    short_names: tuple[str, ...]
    pages: tuple[VolumeLink, ...]


@dataclass(frozen=True, slots=True)
class VolumeView:
    """A volume, as its own pages and the first page of the site tell of it.

    ``folder`` is its place within the site, ``shelves`` are the places that its documents
    speak from with the number of documents, ``years`` the first and the last; ``units`` are
    the pages that other volumes have of its units.
    """

    number: int
    count: int
    folder: str
    shelves: tuple[tuple[str, int], ...]
    years: tuple[str, str]
    units: Mapping[str, Sequence[VolumeLink]]

    @property
    def up(self) -> str:
        """The way from the volume's folder to that of the site."""
        return "../" * (self.folder.count("/") + 1)
