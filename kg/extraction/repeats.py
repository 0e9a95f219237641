"""Units that a clause gives by pointing back: （责任单位同上）, 配合单位：同前."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.document import Span
from kg.extraction.model import Duty
from kg.extraction.predicates import label_role
from kg.model import Certainty, Role

__all__ = ["repeated"]

_BACK = "同上", "同前"
_REPEAT = re.compile(
    r"(?:^|(?<=[（〔\[【；;，,。\s]))"
    r"(?:(?P<stem>牵头|主责|主办|责任|负责|承办|配合|协办|协同|参与|参加|分工)(?:单位|部门)?[：:]?)?"
    rf"(?:{'|'.join(_BACK)})(?:一?[条款项])?(?=[）〕\]】；;，,。\s]|$)"
)


def repeated(text: str, span: Span, former: Sequence[Duty]) -> Iterator[Duty]:
    """Yield the duties of the task before that ``span`` says hold again.

    They are *implied*: the role's words stand beside no unit here. A label repeats
    what the same label gave, else the units of its role; 责任单位同上 repeats all
    where no label told the units apart.

    Parameters
    ----------
    text
        The document's normalised text.
    span
        A bracket's inside, or a line of labels.
    former
        The duties of the task before.
    """
    if not any(text.find(words, span.start, span.end) >= 0 for words in _BACK):
        return
    for match in _REPEAT.finditer(span.of(text)):
        clause = Span(span.start + match.start(), span.start + match.end())
        for duty in _meant(text, match["stem"], former):
            yield replace(duty, certainty=Certainty.IMPLIED, clause=clause)


def _meant(text: str, stem: str | None, former: Sequence[Duty]) -> Sequence[Duty]:
    """Return the duties that a label with 同上 behind it means."""
    if stem is None:
        return former
    labelled = [duty for duty in former if text.startswith(stem, duty.clause.start)]
    role = label_role(stem)
    if labelled or role is Role.RESPONSIBLE:
        return labelled or former
    return [duty for duty in former if duty.role is role]
