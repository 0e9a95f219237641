"""Role clauses wherever they stand in a paragraph or a cell: brackets, and bare labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.document import Span
from kg.extraction.brackets import Clause, clauses_in
from kg.extraction.model import Duty
from kg.extraction.names import looks_like_name, names_in
from kg.extraction.predicates import predicate_of
from kg.extraction.recognition import Lexicon
from kg.extraction.repeats import repeated
from kg.extraction.roles import comma_pieces, read_clause
from kg.model import Role
from kg.wording import BULLET, BULLETS, role_labels

__all__ = ["is_role_line", "is_roll", "role_clauses"]

_LINE_LENGTH = 200
_ROLL = re.compile(rf"(?:{BULLET})?成员单位")
_LIST_END = re.compile(r"。|；(?=\d{1,2}[.．、])")
_BETWEEN = "，、（【〔 　"
_BEFORE_LABEL = f"。；，：！？）】]—－ 　{BULLETS}"


def role_clauses(
    text: str,
    span: Span,
    first_leads: bool,
    lexicon: Lexicon,
    former: Sequence[Duty],
) -> Iterator[Clause]:
    """Yield role clauses: brackets, and labels that stand bare behind a sentence."""
    found = list(clauses_in(text, span, first_leads, lexicon, former))
    for match in role_labels(text, span.start, span.end):
        if is_roll(match.group(), [duty for clause in found for duty in clause.duties]):
            continue
        inside = any(c.span.start <= match.start() < c.span.end for c in found)
        opens = match.start() == span.start or text[match.start() - 1] in _BEFORE_LABEL
        if inside or not opens:
            continue
        at = match.start()
        if text.rfind("（", span.start, at) > text.rfind("）", span.start, at):
            continue
        end = _list_end(text, match.end(), span.end)
        clause = Span(at, end)
        duties = (*read_clause(text, clause, first_leads), *repeated(text, clause, former))
        named = match.group("noun") or all(
            duty.name.collective or looks_like_name(duty.name.written) for duty in duties
        )
        if duties and named:
            found.append(Clause(clause, duties))
    yield from sorted(found, key=lambda clause: clause.span)


def _list_end(text: str, start: int, end: int) -> int:
    """Return where the units behind a label end: at a full stop, or where new words begin.

    责任单位为甲局；技改投资…，责任单位为乙局: behind the mark stand no more units.
    """
    stop = _LIST_END.search(text, start, end)
    end = stop.start() if stop else end
    for label in role_labels(text, start, end):
        mark = text.rfind("；", start, label.start())
        words = Span(mark + 1, label.start())
        if mark < 0 or not words.of(text).strip(_BETWEEN):
            continue
        if not any(looks_like_name(name.written) for name in names_in(text, words)):
            return mark
    return end


def is_role_line(text: str, span: Span) -> bool:
    """Tell whether a line says of units that they lead or answer, and nothing of what.

    市发改委牵头落实 stands below the work that it is for; with an object, or closed by a
    full stop, such words are work of their own.
    """
    if span.end - span.start > _LINE_LENGTH or text[span.end - 1] in "。；：":
        return False
    told = False
    for piece in comma_pieces(text, span):
        words = piece.of(text)
        predicate = predicate_of(words)
        if predicate is not None and predicate.names + predicate.verb != words:
            return False
        listed = words if predicate is None else predicate.names
        names = names_in(text, Span(piece.start, piece.start + len(listed)))
        if not names or not all(n.collective or looks_like_name(n.written) for n in names):
            return False
        told = told or predicate is not None
    return told


def is_roll(label: str, given: Sequence[Duty]) -> bool:
    """Tell whether 成员单位： only lists who belongs to a group, which nobody leads here."""
    members = _ROLL.match(label)
    return bool(members) and all(duty.role is not Role.LEAD for duty in given)
