"""How well extraction reads: precision, recall and F1 against hand-made gold.

The gold's form and conventions stand in ``tests/gold/README.md``. An assignment
is right when it is on the right task, names the unit as written, and has the
role; entries marked optional neither reward nor punish.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from kg.facts import (
    Assignment,
    Deadline,
    DocumentFacts,
    Membership,
    Reference,
    Target,
    Task,
)

__all__ = ["Gold", "Score", "Scores", "evaluate"]

Gold = Mapping[str, Any]
"""A gold file: one document, or ``{"notices": [...]}``."""

_Entry = Mapping[str, Any]
"""What the gold tells of one task, or of one fact of it."""

_START = 13
_WIDE = str.maketrans("(),:;內", "（），：；内")
_STARTS = ("start", "start_incl_heading", "start_excl_heading", "content_start")


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of right, wrong and missed facts of one kind."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of the found facts that are right; 1 where none was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold's facts that were found; 1 where there are none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)


Scores = Mapping[str, Score]
"""Scores by kind of fact."""

_Counted = Iterator[tuple[str, Score]]
"""Kinds of facts, each with what a comparison counts; a kind may come again."""

_RIGHT, _WRONG, _MISSED = Score(1, 0, 0), Score(0, 1, 0), Score(0, 0, 1)
_KINDS = (
    "assignments",
    "assignments, stated",
    "assignments, implied",
    "official names",
    "references",
    "memberships",
    "deadlines",
    "targets",
    "details",
)


def evaluate(facts: Sequence[DocumentFacts], gold: Gold) -> Scores:
    """Compare what documents say with a gold file.

    Returns
    -------
    dict
        A :class:`Score` for assignments (all, stated, implied), official names,
        references, memberships, deadlines, targets, and details (which row tells
        which paragraph); kinds that the gold does not hold score 1.
    """
    scores = dict.fromkeys(_KINDS, Score(0, 0, 0))
    notices = gold.get("notices") or [gold]
    for notice in notices:
        found = _found(facts, _plain(notice["number"]) if len(notices) > 1 else None)
        for compare in (_tasks, _details, _references, _memberships, _deadlines):
            for kind, score in compare(notice, found):
                scores[kind] += score
    return scores


@dataclass(frozen=True, slots=True)
class _Found:
    """What documents say of one notice; ``names`` are those of units by id."""

    tasks: list[Task]
    assignments: list[Assignment]
    targets: list[Target]
    references: list[Reference]
    memberships: list[Membership]
    deadlines: list[Deadline]
    names: dict[str, str]


def _found(facts: Sequence[DocumentFacts], number: str | None) -> _Found:
    """Gather what documents say of the notice of a number, or of all notices."""
    found = _Found([], [], [], [], [], [], {})
    for document in facts:
        own = {n.id for n in document.notices if number is None or n.number == number}
        found.tasks.extend(t for t in document.tasks if t.notice in own)
        found.assignments.extend(document.assignments)
        found.targets.extend(t for t in document.targets if t.notice in own)
        found.references.extend(r for r in document.references if r.notice in own)
        found.memberships.extend(m for m in document.memberships if m.notice in own)
        found.deadlines.extend(d for d in document.deadlines if d.notice in own)
        found.names.update((unit.id, unit.name) for unit in document.units)
    return found


def _compared(
    kind: str, got: Set[object], want: Set[object], loose: Set[object] = frozenset()
) -> _Counted:
    """Compare what was found with what the gold wants; ``loose`` is neither right nor wrong."""
    yield kind, Score(len(got & want), len(got - want - loose), len(want - got))


def _plain(words: str | None) -> str:
    return re.sub(r"<[^>]+>|[\s\*　]+", "", words or "").translate(_WIDE)


def _entries(notice: Gold) -> Iterable[tuple[_Entry, str]]:
    for key, form in (("tasks", ""), ("body_tasks", "body"), ("table_tasks", "row")):
        for entry in notice.get(key, []):
            yield entry, form


def _matching(entry: _Entry, form: str, tasks: Sequence[Task]) -> Task | None:
    """Return the task that begins as the gold's does, or has its row's number."""
    starts = [_plain(entry[key])[:_START] for key in _STARTS if entry.get(key)]
    label = re.sub(r"[（）]|#.*", "", _plain(str(entry.get("label", ""))))
    best: tuple[float, Task] | None = None
    for task in tasks:
        if (form == "row") != (task.form == "row") and form:
            continue
        text, full = _plain(task.text), _plain(task.heading + task.text)
        hit = 0.0
        for start in starts:
            whole = full.startswith(start) or text.startswith(start)
            hit = max(hit, 2.0 if whole else float(start in full[:80] or start in text[:80]))
        if form == "row" and task.label.rsplit("/", 1)[-1] == str(entry.get("row")):
            hit += 2
        if hit and label and re.sub(r"[（）]|#.*", "", _plain(task.label)) == label:
            hit += 0.5
        if hit and (best is None or hit > best[0]):
            best = hit, task
    return best[1] if best else None


def _tasks(notice: Gold, found: _Found) -> _Counted:
    """Compare the assignments and targets of each task of the gold with those of its like."""
    assignments: dict[str, list[Assignment]] = defaultdict(list)
    for assignment in found.assignments:
        assignments[assignment.task].append(assignment)
    left = {task.id: task for task in found.tasks}
    for entry, form in _entries(notice):
        task = _matching(entry, form, list(left.values()))
        yield from _assignments(entry, assignments[task.id] if task else (), found.names)
        if task is not None:
            del left[task.id]
            yield from _targets(entry, [t for t in found.targets if t.task == task.id])
    if not notice.get("tasks_not_exhaustive"):
        for extra in (assignment for task in left for assignment in assignments[task]):
            yield from _assignment(extra.certainty, _WRONG)


def _assignment(certainty: str, score: Score) -> _Counted:
    """Count an assignment among all, and among those of its certainty."""
    yield "assignments", score
    yield f"assignments, {certainty}", score


def _assignments(entry: _Entry, found: Sequence[Assignment], names: Mapping[str, str]) -> _Counted:
    optional = {_plain(a["unit"]) for a in entry.get("optional_assignments", [])}
    left = list(found)
    for want in entry.get("assignments", []):
        if want.get("optional") or entry.get("optional"):
            optional.add(_plain(want["unit"]))
            continue
        roles = {want["role"], want.get("alt_role")}
        certainty = "implied" if want.get("certainty") == "implicit" else "stated"
        match = next(
            (a for a in left if _plain(a.as_written) == _plain(want["unit"]) and a.role in roles),
            None,
        )
        if match is None:
            yield from _assignment(certainty, _MISSED)
            continue
        left.remove(match)
        yield from _assignment(certainty, _RIGHT)
        if want.get("canonical"):
            right = _plain(names[match.unit]) == _plain(want["canonical"])
            yield "official names", _right_or_wrong(right)
    for extra in left:
        if _plain(extra.as_written) not in optional:
            yield from _assignment(extra.certainty, _WRONG)


def _right_or_wrong(right: bool) -> Score:
    """Count a value of the gold: another one is both wrong and missed."""
    return _RIGHT if right else _WRONG + _MISSED


def _targets(entry: _Entry, found: Sequence[Target]) -> _Counted:
    """Compare value, measure word and comparator, and the subject's core words."""
    if "indicators" not in entry or "row" in entry or "content_start" in entry:
        return
    left = list(found)
    for want in entry["indicators"]:
        value = want.get("value")
        loose = want.get("optional") or want.get("qualitative") or value is None
        match = next((t for t in left if value is not None and _same(t, want)), None)
        if match is not None:
            left.remove(match)
        if not loose:
            yield "targets", _RIGHT if match else _MISSED
    yield "targets", Score(0, len(left), 0)


def _same(target: Target, want: _Entry) -> bool:
    comparators = {want.get("comparator"), want.get("alt_comparator")}
    measures = {want.get("unit") or "", want.get("alt_unit") or want.get("unit") or ""}
    subject = set(_plain(re.sub(r"（.*?）", "", want["subject"])))
    shared = len(subject & set(target.subject)) / max(1, len(subject))
    return (
        float(target.value) == float(want["value"])
        and target.comparator in comparators
        and target.measure in measures
        and (shared >= 0.5 or bool(set(target.subject) <= set(_plain(want["subject"]))))
    )


def _details(notice: Gold, found: _Found) -> _Counted:
    alignment = notice.get("body_table_alignment") or {}
    pairs = (
        alignment.items()
        if isinstance(alignment, Mapping)
        else ((entry["body"], entry["rows"]) for entry in alignment)
    )
    want = {(_label(body), str(row)) for body, rows in pairs for row in rows}
    labels = {task.id: _label(task.label) for task in found.tasks}
    got = {
        (labels[task.parent], task.label.rsplit("/", 1)[-1])
        for task in found.tasks
        if task.parent in labels
    }
    if want:
        yield from _compared("details", got, want)


def _label(label: str) -> str:
    return re.sub(r"#1$", "", _plain(label))


def _references(notice: Gold, found: _Found) -> _Counted:
    got = {_plain(r.title) or _plain(r.number) for r in found.references}
    entries = notice.get("references", [])
    want = {_plain(e["title"] or e["number"]) for e in entries if not e.get("optional")}
    loose = {_plain(e["title"] or e["number"]) for e in entries if e.get("optional")}
    yield from _compared("references", got, want, loose)


def _memberships(notice: Gold, found: _Found) -> _Counted:
    got = {(m.person, m.group_role) for m in found.memberships}
    entries = notice.get("memberships", notice.get("members", []))
    want = {(_plain(e["person"]), _plain(e["group_role"])) for e in entries}
    yield from _compared("memberships", got, want)


def _deadlines(notice: Gold, found: _Found) -> _Counted:
    got = {(d.end or d.start)[:7] for d in found.deadlines}
    for entry, _ in _entries(notice):
        dates = entry.get("deadlines") or (
            [{"end": entry["deadline"]}] if entry.get("deadline") else []
        )
        for date in dates:
            if date.get("end") and not date.get("optional"):
                yield "deadlines", _right_or_wrong(date["end"][:7] in got)
