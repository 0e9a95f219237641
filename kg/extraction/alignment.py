"""One task told twice: which row of a table details which paragraph, and what differs."""

from __future__ import annotations

import difflib
import operator
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.extraction.model import FindingFact, TaskFact
from kg.model import Form, Role, Severity
from kg.wording import HAN

__all__ = ["details", "differences"]

_LIKENESS = 0.55
_SAME_TEXT = 0.8
_CHANGE = 6
_NO_LETTER = re.compile(rf"[^{HAN}\dA-Za-z]")
_LABELS = {"lead": "牵头", "primary": "主责", "responsible": "责任", "support": "配合"}


def details(text: str, tasks: Sequence[TaskFact]) -> tuple[tuple[int, int], ...]:
    """Pair each row with the paragraph that tells the same work.

    Likeness is the share of the row's pairs of neighbouring characters that the
    paragraph holds too; a row is paired with the likest paragraph, if it holds
    more than half of them.

    Returns
    -------
    tuple of (int, int)
        Index of the row and of its paragraph in ``tasks``.
    """
    rows = [index for index, task in enumerate(tasks) if task.form is Form.ROW]
    if not rows:
        return ()
    holders: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for index, task in enumerate(tasks):
        if task.form is not Form.ROW:
            for pair, count in _pairs(task.span.of(text)).items():
                holders[pair].append((index, count))
    found: list[tuple[int, int]] = []
    for index in rows:
        row = _pairs(tasks[index].span.of(text))
        shared: dict[int, int] = defaultdict(int)
        for pair, count in row.items():
            for paragraph, there in holders.get(pair, ()):
                shared[paragraph] += count if count < there else there
        if not shared:
            continue
        paragraph, count = max(shared.items(), key=lambda item: (item[1], -item[0]))
        if count >= _LIKENESS * row.total():
            found.append((index, paragraph))
    return tuple(found)


def _pairs(words: str) -> Counter[str]:
    letters = _NO_LETTER.sub("", words)
    return Counter(map(operator.add, letters, letters[1:]))


def differences(
    text: str, tasks: Sequence[TaskFact], pairs: Sequence[tuple[int, int]]
) -> Iterator[FindingFact]:
    """Yield what a row says otherwise than its paragraph: units, roles, wording."""
    rows_of: dict[int, int] = Counter(paragraph for _, paragraph in pairs)
    for row_index, paragraph_index in pairs:
        row, paragraph = tasks[row_index], tasks[paragraph_index]
        number = row.place.path[-1]
        here = {duty.name.written: duty.role for duty in row.duties}
        there = {duty.name.written: duty.role for duty in paragraph.duties}
        missing = [name for name in there if name not in here]
        added = [name for name in here if name not in there]
        changed = [name for name in here if name in there and here[name] is not there[name]]
        if missing or added:
            yield FindingFact(
                "body-table-units",
                Severity.WARNING,
                f"表格第{number}行与正文的单位不一致"
                + (f"；表中没有：{_with_roles(missing, there)[0]}" if missing else "")
                + (f"；正文没有：{_with_roles(added, here)[0]}" if added else ""),
                f"row {number} and its paragraph name other units"
                + (f"; not in the table: {_with_roles(missing, there)[1]}" if missing else "")
                + (f"; not in the paragraph: {_with_roles(added, here)[1]}" if added else ""),
                row.span,
            )
        if changed:
            chinese = (
                f"{one}（正文{_LABELS[there[one]]}，表{_LABELS[here[one]]}）" for one in changed
            )
            english = (f"{one} ({there[one]} there, {here[one]} in the row)" for one in changed)
            yield FindingFact(
                "body-table-roles",
                Severity.WARNING,
                f"表格第{number}行与正文的分工不一致：{'、'.join(chinese)}",
                f"row {number} and its paragraph give other roles: {', '.join(english)}",
                row.span,
            )
        if rows_of[paragraph_index] == 1:
            yield from _wording(text, row, paragraph)


def _with_roles(names: Sequence[str], roles: Mapping[str, Role]) -> tuple[str, str]:
    """Return names with their roles, in Chinese and English."""
    return (
        "、".join(f"{_LABELS[roles[name]]}{name}" for name in names),
        ", ".join(f"{name} ({roles[name]})" for name in names),
    )


def _wording(text: str, row: TaskFact, paragraph: TaskFact) -> Iterator[FindingFact]:
    """Yield words that a row leaves out or puts otherwise within the same sentences."""
    ours, theirs = row.span.of(text).rstrip("。"), paragraph.span.of(text).rstrip("。")
    start = theirs.find(ours[:8])
    theirs = theirs[max(start, 0) :]
    matcher = difflib.SequenceMatcher(None, theirs, ours, autojunk=False)
    if matcher.ratio() < _SAME_TEXT:
        return
    for kind, a, b, c, d in matcher.get_opcodes():
        before, after = theirs[a:b], ours[c:d]
        if kind == "equal" or max(len(before), len(after)) > _CHANGE:
            continue
        if not re.search(rf"[{HAN}\d]", before + after):
            continue
        context = slice(max(0, a - 4), b + 4), slice(max(0, c - 4), d + 4)
        yield FindingFact(
            "body-table-wording",
            Severity.INFO,
            f"表格第{row.place.path[-1]}行与正文的措辞不一致：正文“{theirs[context[0]]}”，"
            f"表“{ours[context[1]]}”",
            f"row {row.place.path[-1]} is worded otherwise than its paragraph: "
            f"“{ours[context[1]]}”, there “{theirs[context[0]]}”",
            row.span,
        )
