"""The outline: which number a paragraph carries and what stands above it."""

from __future__ import annotations

import re

from kg.document import Span
from kg.structure.lines import label_value
from kg.structure.model import Paragraph, ParagraphKind, Place
from kg.wording import OUTLINE, outline_number

__all__ = ["Outline"]

_HEADING_LENGTH = 60
_SENTENCE_HEADING = 40
_RANK = {style: rank for rank, (style, _) in enumerate(OUTLINE)}
_RANK["1"], _RANK["1.1"] = _RANK["1.1"], _RANK["1"]
"""The styles from the outermost inwards; 1 stands above 1.1."""
_SENTENCE_MARK = re.compile(r"[。；！？：]")
_FIRST_SENTENCE = re.compile(r"[^。：；！？]{2,40}?[。]")


class Outline:
    """Follows the outline numbers of one part of a notice, paragraph by paragraph.

    The styles nest in the order in which they come: a style already open closes
    all below it, a new one opens a level (GB/T 9704-2012, 7.3.3). Where a text begins in
    the middle, a number of an outer style that is not the first closes all of them.
    """

    def __init__(self, part: str = "") -> None:
        self._levels: list[tuple[str, str, str]] = []
        self.place = Place(part, (), ())
        """Where a paragraph without a number stands now."""

    def paragraph(self, text: str, line: Span) -> Paragraph:
        """Read one line: take in its number, tell its heading and its place."""
        found = outline_number(text, line.start, line.end)
        if found is None:
            return Paragraph(line, line, self.place, ParagraphKind.TEXT, False, "")
        style, label, content = found
        words = text[content : line.end]
        heading, is_heading = _heading(words)
        styles = [level[0] for level in self._levels]
        if style in styles:
            del self._levels[styles.index(style) :]
        elif label_value(label) > 1 and all(_RANK[style] < _RANK[open_one] for open_one in styles):
            self._levels.clear()
        self._levels.append((style, label, heading))
        self.place = Place(
            self.place.part,
            tuple(label for _, label, _ in self._levels),
            tuple(heading for _, _, heading in self._levels),
        )
        kind = ParagraphKind.HEADING if is_heading else ParagraphKind.TEXT
        return Paragraph(line, Span(content, line.end), self.place, kind, True, heading)


def _heading(words: str) -> tuple[str, bool]:
    """Return the heading of a numbered paragraph, and whether it is all there is.

    >>> _heading("指导思想")
    ('指导思想', True)
    >>> _heading("控制面源污染。配合北京排水集团")
    ('控制面源污染', False)
    """
    if len(words) <= _HEADING_LENGTH and not _SENTENCE_MARK.search(words):
        return words, True
    first = _FIRST_SENTENCE.match(words)
    if first is None:
        return "", False
    heading = first.group()[:-1]
    if first.end() == len(words):
        return heading, "，" not in heading and len(heading) <= _SENTENCE_HEADING // 2
    if heading.count("，") > 1 or ("（" in heading and "）" not in heading):
        return "", False
    return heading, False
