"""Long lists on several pages, so that each page opens at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Generic, TypeVar

__all__ = ["MOST_ROWS", "Part", "parts_of"]

Item = TypeVar("Item")

MOST_ROWS = 1000
"""Rows of tables on a page, of which each takes half a kilobyte."""


@dataclass(frozen=True, slots=True)
class Part(Generic[Item]):
    """The items on one page of a list, which is the part ``number`` of those on ``pages``."""

    number: int
    pages: tuple[str, ...]
    items: tuple[Item, ...]

    @property
    def page(self) -> str:
        """The page of this part."""
        return self.pages[self.number - 1]


def parts_of(
    page: str, items: Sequence[Item], rows: Callable[[Item], int] = lambda _: 1
) -> tuple[Part[Item], ...]:
    """Divide a list over ``page`` and others that are named after it.

    An item of more ``rows`` than a page holds stands alone; no item is one empty part.

    >>> [(part.page, part.items) for part in parts_of("acts.html", (700, 200, 900), int)]
    [('acts.html', (700, 200)), ('acts-2.html', (900,))]
    """
    found: list[list[Item]] = [[]]
    taken = 0
    for item in items:
        taken += rows(item)
        if taken > MOST_ROWS and found[-1]:
            found.append([])
            taken = rows(item)
        found[-1].append(item)
    stem = PurePosixPath(page).stem
    pages = (page, *(f"{stem}-{number}.html" for number in range(2, len(found) + 1)))
    return tuple(Part(number, pages, tuple(part)) for number, part in enumerate(found, 1))
