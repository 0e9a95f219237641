"""A text that is put together piece by piece, with the place that each came from."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Paged", "PagedWriter"]


@dataclass(frozen=True, slots=True)
class Paged:
    """A text, and from which offset on it stands on which page (counted from 1).

    ``unread`` are the pages that show pictures and hold no text.
    """

    text: str
    pages: tuple[tuple[int, int], ...]
    unread: tuple[int, ...] = ()


class PagedWriter:
    """Puts a text together and notes the page of each piece."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._pages: list[tuple[int, int]] = []

    def put(self, words: str, page: int) -> None:
        """Add ``words``, which stand on ``page``."""
        if words and (not self._pages or self._pages[-1][1] != page):
            self._pages.append((self._length, page))
        self._pieces.append(words)
        self._length += len(words)

    def mark(self, words: str) -> None:
        """Add ``words`` that stand on no page: what sets lines and cells apart."""
        self._pieces.append(words)
        self._length += len(words)

    def done(self) -> Paged:
        """Return the text."""
        return Paged("".join(self._pieces), tuple(self._pages))
