"""Records of what several documents describe, one each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

import numpy as np

from kg.measures.arrays import Ints

__all__ = ["Kept", "fullest"]

_Record = TypeVar("_Record")


def fullest(record: object) -> tuple[int, str]:
    """Return by what the fullest record, then the first in order, is the least."""
    words = repr(record)
    return -len(words), words


class Kept(Generic[_Record]):
    """One record an id, the fullest of those given; places are in the order of first mention."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._records: list[_Record | None] = []

    def __contains__(self, key: str) -> bool:
        return key in self._places

    def place(self, key: str) -> int:
        """Return the place of an id; its record may come later."""
        place = self._places.setdefault(key, len(self._records))
        if place == len(self._records):
            self._records.append(None)
        return place

    def keep(self, key: str, record: _Record) -> None:
        """Keep a record, if it is the fullest of the id's."""
        place = self.place(key)
        known = self._records[place]
        if known is None:
            self._records[place] = record
        elif known != record:
            self._records[place] = min(known, record, key=fullest)

    def places(self, records: Iterable[tuple[str, _Record]]) -> Ints:
        """Keep records with their ids; return their places."""
        found = []
        for key, record in records:
            self.keep(key, record)
            found.append(self._places[key])
        return np.array(found, dtype=np.int64)

    def ordered(self) -> tuple[tuple[_Record, ...], Ints]:
        """Return the records by their ids, and for each place where it stands among them."""
        order = sorted(self._places)
        places = np.array([self._places[key] for key in order], dtype=np.int64)
        numbers = np.zeros(len(order), dtype=np.int64)
        numbers[places] = np.arange(len(order))
        return tuple(map(self._known, order)), numbers

    def _known(self, key: str) -> _Record:
        record = self._records[self._places[key]]
        if record is None:
            raise KeyError(key)
        return record
