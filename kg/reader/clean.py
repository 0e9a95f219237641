"""Normalisation inside lines: tags, markup, compatibility characters, punctuation, spaces.

Each step is a pattern and what replaces it; :class:`~kg.document.MappedText`
records where every character came from.
"""

from __future__ import annotations

import re

from kg.document import MappedText
from kg.reader.cells import cell_line_edits, torn_row_edits
from kg.reader.characters import usual_characters
from kg.reader.columns import column_edits
from kg.reader.markup import tag_edits
from kg.reader.people import glued_post_edits
from kg.reader.spaces import label_edits, space_edits
from kg.reader.webdata import (
    glued_label_edits,
    imprint_edits,
    page_line_edits,
    web_data_edits,
)

__all__ = ["clean"]

_LINE_END = re.compile(r"[\r\f\v\u0085\u2028\u2029](?:(?<=\r)\n)?")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f]")
_ODD_SPACE = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f]")
_ENTITY = re.compile(r"&(nbsp|lt|gt|amp|quot|ensp|emsp|ldquo|rdquo|middot|mdash|hellip);")
_ENTITIES = {
    "nbsp": " ",
    "lt": "<",
    "gt": ">",
    "amp": "&",
    "quot": '"',
    "ensp": " ",
    "emsp": " ",
    "ldquo": "“",
    "rdquo": "”",
    "middot": "·",
    "mdash": "—",
    "hellip": "…",
}
_PAGE_TURN = re.compile(r"[\[【（(](?:接上|转下)页[\]】）)]")
"""What a text that was cut into pages says where one begins or ends."""
_BOLD = re.compile(r"\*\*([^*]{1,400}?)\*\*")
_STARS = re.compile(r"\*\*")
_MARKDOWN_HEADING = re.compile(r"(?m)^[ \t]*#{1,6}[ \t]+")
_RULE_CELL = r"[ \t]*:?-+:?[ \t]*"
_PIPE_RULE = re.compile(
    rf"(?m)^(?=[^\n]*(?:--|:-|-:))[ \t]*\|?(?:{_RULE_CELL}\|)+(?:{_RULE_CELL})?[ \t]*$\n?"
)
_PIPE_ROW = re.compile(r"(?m)^([^|\n]*\|.*)\|[ \t]*$")
_BARE_PIPE_ROWS = re.compile(r"(?m)(?:^[^|\n]*(?:\|[^|\n]*){2,}(?:\n|\Z)){2,}")
"""Rows one below the other whose cells bars set apart, without a bar at the end: A | B | C."""
_PIPE = re.compile(r"[ 　]*\|[ 　]*")


def clean(source: str) -> MappedText:
    """Return ``source`` with the damage inside its lines mended.

    Lines stay lines; :func:`kg.reader.breaks.mend` joins them afterwards.
    """
    text = MappedText(source)
    text = text.sub(_LINE_END, "\n").sub(_INVISIBLE, "").sub(_ODD_SPACE, " ")
    if "<" in text.text:
        text = text.edit(tag_edits(text.text))
    if "&" in text.text:
        text = text.sub(_ENTITY, lambda match: _ENTITIES[match.group(1)])
    if "**" in text.text:
        text = text.sub(_BOLD, lambda match: re.sub(r"\s*\n\s*", "", match.group(1)))
        text = text.sub(_STARS, "")
    if "|" in text.text:
        text = text.sub(_PIPE_RULE, "")
        text = text.sub(
            _PIPE_ROW, lambda match: match[1].lstrip(" \t").removeprefix("|").replace("|", "\t")
        )
        text = text.edit(
            (bar.start(), bar.end(), "\t")
            for rows in _BARE_PIPE_ROWS.finditer(text.text)
            for bar in _PIPE.finditer(text.text, *rows.span())
        )
    if "页" in text.text:
        text = text.sub(_PAGE_TURN, "")
    text = usual_characters(text.sub(_MARKDOWN_HEADING, ""))
    for edits in (
        imprint_edits,
        column_edits,
        glued_label_edits,
        web_data_edits,
        page_line_edits,
        cell_line_edits,
        torn_row_edits,
        label_edits,
        glued_post_edits,
        space_edits,
    ):
        found = list(edits(text.text))
        text = text.edit(found) if found else text
    return text
