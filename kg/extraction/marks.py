"""Marks that stand for roles: ★ beside a unit, or in the cells of a matrix.

What a mark means the text says itself, in a legend (注：★为牵头单位，△为配合单位). A
matrix has a column for each unit; its cells hold marks, or a role in one word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.document import Span
from kg.extraction.model import Duty
from kg.extraction.names import looks_like_name, names_in
from kg.extraction.predicates import label_role
from kg.model import Certainty, Role
from kg.structure.model import Table

__all__ = ["Legend", "is_legend", "legend_of", "mark_duties", "marked_columns", "with_marks"]

Legend = Mapping[str, Role]
"""The role that each mark stands for in a notice."""

_MARKS = "★☆▲△●○◎◆◇■□√✓✔※⊙#＃*＊"
_ROLE = r"牵头|主责|主办|主要责任|第一责任|责任|负责|承办|配合|协办|协助|参与|协同|会办"
_LEGEND = re.compile(
    rf"[“（]?(?P<mark>[{_MARKS}])[”）]?(?:号|符号)?(?:标[记识注示])?(?:的)?(?:者|单位|部门)?"
    rf"(?:(?P<verb>[均皆]?(?:为|表示|代表|是|指|即)|[：:＝=—-]+)|)(?:共同|主要|具体)?(?P<role>{_ROLE})(?:责任|考核)?(?:单位|部门|方|者)?"
    r"(?P<colon>\s*[：:]|[^，、；。）”\s])?"
)
_LEAD_IN = 8
"""Characters before the mark in words that are a legend and nothing else: 注：其中带★的…"""

_CELL = re.compile(
    rf"[（(]?(?:(?P<mark>[{_MARKS}])|(?P<role>{_ROLE}|主|配|协|牵)(?:单位|部门)?)[）)]?"
)
_SHORT = {"主": "主责", "配": "配合", "协": "协办", "牵": "牵头"}


def legend_of(text: str, span: Span) -> Legend:
    """Return what marks stand for according to the text within ``span``.

    A bullet before a label (★牵头单位：…) is no legend.
    """
    if not any(text.find(mark, span.start, span.end) >= 0 for mark in _MARKS):
        return {}
    legend: dict[str, Role] = {}
    for match in _LEGEND.finditer(text, span.start, span.end):
        if not match.group("colon"):
            legend.setdefault(match.group("mark"), label_role(match.group("role")))
    return legend


def is_legend(words: str) -> bool:
    """Tell whether ``words`` only say what a mark beside a unit stands for."""
    match = _LEGEND.search(words)
    if match is None or match.start() > _LEAD_IN:
        return False
    return match["verb"] is not None and match["colon"] is None


def with_marks(text: str, duties: Iterable[Duty], legend: Legend) -> Iterator[Duty]:
    """Give the units that a mark stands beside the role that it stands for."""
    for duty in duties:
        span = duty.name.span
        beside = (text[span.start - 1 : span.start], text[span.end : span.end + 1])
        role = next((legend[mark] for mark in beside if mark in legend), None)
        yield duty if role is None else replace(duty, role=role, certainty=Certainty.STATED)


def marked_columns(text: str, table: Table) -> frozenset[int]:
    """Return the columns of a matrix: headed by units, with nothing but marks in their cells."""
    found: set[int] = set()
    for index, head in enumerate(table.head):
        cells = [row.cells[index].span.of(text) for row in table.rows if index < len(row.cells)]
        filled = [words for words in cells if words]
        named = names_in(text, head.span) if filled and all(map(_CELL.fullmatch, filled)) else ()
        if named and all(looks_like_name(name.written) for name in named):
            found.add(index)
    return frozenset(found) if len(found) > 1 else frozenset()


def mark_duties(
    text: str, table: Table, cells: Sequence[Span | None], columns: frozenset[int], legend: Legend
) -> Iterator[Duty]:
    """Yield the duties that a row's marks lay on the units that head their columns.

    A mark that no legend explains makes its unit responsible, and is only *implied*.
    """
    for index in sorted(columns):
        cell = cells[index] if index < len(cells) else None
        match = _CELL.fullmatch(cell.of(text)) if cell is not None else None
        if cell is None or match is None:
            continue
        word = match.group("role")
        role = label_role(_SHORT.get(word, word)) if word else legend.get(match.group("mark"))
        certainty = Certainty.IMPLIED if role is None else Certainty.STATED
        for name in names_in(text, table.head[index].span):
            yield Duty(name, role or Role.RESPONSIBLE, certainty, cell)
