"""The text of a source file, normalised, with a map back to the source.

Every fact of the program points into :attr:`Document.text`; the map leads from
there to the characters of the file that the user has.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass

__all__ = ["Document", "Edit", "MappedText", "Span"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch ``[start, end)`` of a document's normalised text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words of ``text`` that the span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Tell whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


_LAST_PAGE = 1 << 31

Edit = tuple[int, int, str]
"""Replace ``text[start:end]`` by a string: ``(start, end, replacement)``."""


@dataclass(frozen=True, slots=True)
class MappedText:
    """A text together with the place in the source that each character has.

    The map is a list of runs: from ``starts[i]`` on, the character ``p`` of the
    text stands at ``sources[i] + (p - starts[i])`` in the source. Editing makes
    new runs, so the map is recorded while the text is cleaned.
    """

    text: str
    starts: tuple[int, ...] = (0,)
    sources: tuple[int, ...] = (0,)

    @classmethod
    def of(cls, pieces: Iterable[tuple[str, int]]) -> MappedText:
        """Put a text together from words, each with the source offset of its first character."""
        words: list[str] = []
        starts: list[int] = []
        sources: list[int] = []
        length = 0
        for piece, source in pieces:
            if piece:
                words.append(piece)
                starts.append(length)
                sources.append(source)
                length += len(piece)
        return cls("".join(words), *_merged(starts, sources))

    def source(self, position: int) -> int:
        """Return the source offset of the character at ``position``."""
        run = bisect_right(self.starts, position) - 1
        return self.sources[run] + position - self.starts[run]

    def source_span(self, span: Span) -> Span:
        """Return the source span from the first to behind the last character."""
        if span.end <= span.start:
            start = self.source(span.start)
            return Span(start, start)
        return Span(self.source(span.start), self.source(span.end - 1) + 1)

    def edit(self, edits: Iterable[Edit]) -> MappedText:
        """Apply ``edits``, which are sorted and do not overlap.

        A replacement of the same length keeps its characters' places; a longer
        or shorter one is mapped onto the first character that it replaces.
        """
        pieces: list[str] = []
        starts: list[int] = []
        sources: list[int] = []
        done = length = 0

        def keep(start: int, end: int) -> None:
            """Take over ``text[start:end]`` with its runs."""
            nonlocal length
            if start == end:
                return
            pieces.append(self.text[start:end])
            run = bisect_right(self.starts, start) - 1
            position = start
            while position < end:
                stop = self.starts[run + 1] if run + 1 < len(self.starts) else end
                starts.append(length)
                sources.append(self.sources[run] + position - self.starts[run])
                length += min(stop, end) - position
                position, run = stop, run + 1

        for start, end, replacement in edits:
            keep(done, start)
            if len(replacement) == end - start:
                keep(start, end)
                pieces[-1:] = [replacement] if replacement else pieces[-1:]
            elif replacement:
                pieces.append(replacement)
                for offset in range(len(replacement)):
                    starts.append(length + offset)
                    sources.append(self.source(start))
                length += len(replacement)
            done = end
        keep(done, len(self.text))
        return MappedText("".join(pieces), *_merged(starts, sources))

    def over(self, below: MappedText) -> MappedText:
        """Return this text mapped to the source of ``below``, whose text is its own source."""
        starts: list[int] = []
        sources: list[int] = []
        ends = (*self.starts[1:], len(self.text))
        for start, end, source in zip(self.starts, ends, self.sources, strict=True):
            run = bisect_right(below.starts, source) - 1
            position = source
            while position < source + end - start or position == source:
                starts.append(start + position - source)
                sources.append(below.sources[run] + position - below.starts[run])
                run += 1
                if run == len(below.starts):
                    break
                position = below.starts[run]
        return MappedText(self.text, *_merged(starts, sources))

    def sub(
        self, pattern: re.Pattern[str], replacement: str | Callable[[re.Match[str]], str]
    ) -> MappedText:
        """Replace every match of ``pattern``; a match of equal text is left alone."""
        edits: list[Edit] = []
        for match in pattern.finditer(self.text):
            new = replacement if isinstance(replacement, str) else replacement(match)
            if new != match.group():
                edits.append((match.start(), match.end(), new))
        return self.edit(edits) if edits else self


def _merged(starts: list[int], sources: list[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Join runs that continue each other."""
    kept_starts, kept_sources = [0], [sources[0] if sources else 0]
    for start, source in zip(starts, sources, strict=True):
        if source - start != kept_sources[-1] - kept_starts[-1]:
            if start == kept_starts[-1]:
                kept_sources[-1] = source
            else:
                kept_starts.append(start)
                kept_sources.append(source)
    return tuple(kept_starts), tuple(kept_sources)


@dataclass(frozen=True, slots=True)
class Document:
    """One source file as the program reads it.

    Attributes
    ----------
    name
        The file's name as it is shown to readers (no folder of this machine).
    id
        SHA-256 of the normalised text, in hexadecimal.
    mapped
        The normalised text with its map to the decoded source's characters.
    media_type
        The kind of the source file, as an IANA media type.
    pages
        For a file of pages: from which source offset on the text stands on which
        page, counted from 1. A row torn by a page break goes to and fro.
    unread
        The pages that show pictures and hold no text.
    """

    name: str
    id: str
    mapped: MappedText
    media_type: str = "text/plain"
    pages: tuple[tuple[int, int], ...] = ()
    unread: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """The normalised text that every span points into."""
        return self.mapped.text

    def source_span(self, span: Span) -> Span:
        """Return where ``span`` stands in the characters of the source file."""
        return self.mapped.source_span(span)

    def page_of(self, span: Span) -> int | None:
        """Return the page of the source file on which ``span`` begins, if it has pages."""
        if not self.pages:
            return None
        run = bisect_right(self.pages, (self.mapped.source(span.start), _LAST_PAGE)) - 1
        return self.pages[run][1] if run >= 0 else None
