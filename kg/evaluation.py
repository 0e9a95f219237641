"""How well extraction reads: precision, recall and F1 against hand-made gold.

The gold's form and conventions stand in ``tests/gold/README.md``. An assignment
is right when it is on the right task, names the unit as written, and has the
role; entries marked optional neither reward nor punish.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.facts import Assignment, DocumentFacts, Target, Task

__all__ = ["Gold", "Score", "Scores", "evaluate"]

Gold = Mapping[str, Any]
"""A gold file: one document, or ``{"notices": [...]}``."""

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

_Add = Callable[[str, int, int, int], None]
"""Adds to a kind: how many were right, wrong and missed."""


def evaluate(facts: Sequence[DocumentFacts], gold: Gold) -> Scores:
    """Compare what documents say with a gold file.

    Returns
    -------
    dict
        A :class:`Score` for assignments (all, stated, implied), official names,
        references, memberships, deadlines, targets, and details (which row tells
        which paragraph); kinds that the gold does not hold score 1.
    """
    tasks = [task for document in facts for task in document.tasks]
    assignments: dict[str, list[Assignment]] = {}
    for document in facts:
        for assignment in document.assignments:
            assignments.setdefault(assignment.task, []).append(assignment)
    names = {unit.id: unit.name for document in facts for unit in document.units}
    notices = gold.get("notices") or [gold]
    numbered = {n.id: n.number for document in facts for n in document.notices}
    scores: dict[str, Score] = {}

    def add(kind: str, right: int, wrong: int, missed: int) -> None:
        scores[kind] = scores.get(kind, Score(0, 0, 0)) + Score(right, wrong, missed)

    for notice in notices:
        own = [
            task
            for task in tasks
            if len(notices) == 1 or numbered.get(task.notice) == _plain(notice["number"])
        ]
        used: dict[str, Mapping[str, Any]] = {}
        for entry, form in _entries(notice):
            task = _matching(entry, form, [task for task in own if task.id not in used])
            found = assignments.get(task.id, []) if task else []
            if task is not None:
                used[task.id] = entry
            _assignments(entry, found, names, add)
            if task is not None:
                _targets(entry, task, facts, add)
        if not notice.get("tasks_not_exhaustive"):
            for task in own:
                if task.id not in used:
                    for assignment in assignments.get(task.id, []):
                        add("assignments", 0, 1, 0)
                        add(f"assignments, {assignment.certainty}", 0, 1, 0)
        _details(notice, own, add)
        _references(notice, notices, facts, numbered, add)
        _memberships(notice, notices, facts, numbered, add)
        _deadlines(notice, notices, facts, numbered, add)
    kinds = (
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
    return {kind: scores.get(kind, Score(0, 0, 0)) for kind in kinds}


def _plain(words: str | None) -> str:
    return re.sub(r"<[^>]+>|[\s\*　]+", "", words or "").translate(_WIDE)


def _entries(notice: Gold) -> Iterable[tuple[Mapping[str, Any], str]]:
    for key, form in (("tasks", ""), ("body_tasks", "body"), ("table_tasks", "row")):
        for entry in notice.get(key, []):
            yield entry, form


def _matching(entry: Mapping[str, Any], form: str, tasks: Sequence[Task]) -> Task | None:
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


def _assignments(
    entry: Mapping[str, Any], found: Sequence[Assignment], names: Mapping[str, str], add: _Add
) -> None:
    wanted = [*entry.get("assignments", [])]
    optional = {_plain(a["unit"]) for a in entry.get("optional_assignments", [])}
    left = list(found)
    for want in wanted:
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
            add("assignments", 0, 0, 1)
            add(f"assignments, {certainty}", 0, 0, 1)
            continue
        left.remove(match)
        add("assignments", 1, 0, 0)
        add(f"assignments, {certainty}", 1, 0, 0)
        if want.get("canonical"):
            right = _plain(names[match.unit]) == _plain(want["canonical"])
            add("official names", int(right), int(not right), int(not right))
    for extra in left:
        if _plain(extra.as_written) not in optional:
            add("assignments", 0, 1, 0)
            add(f"assignments, {extra.certainty}", 0, 1, 0)


def _targets(
    entry: Mapping[str, Any], task: Task, facts: Sequence[DocumentFacts], add: _Add
) -> None:
    """Compare value, measure word and comparator, and the subject's core words."""
    if "indicators" not in entry or "row" in entry or "content_start" in entry:
        return
    left = [t for document in facts for t in document.targets if t.task == task.id]
    for want in entry["indicators"]:
        value = want.get("value")
        loose = want.get("optional") or want.get("qualitative") or value is None
        match = next((t for t in left if value is not None and _same(t, want)), None)
        if match is not None:
            left.remove(match)
            if not loose:
                add("targets", 1, 0, 0)
        elif not loose:
            add("targets", 0, 0, 1)
    add("targets", 0, len(left), 0)


def _same(target: Target, want: Mapping[str, Any]) -> bool:
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


def _details(notice: Gold, own: Sequence[Task], add: _Add) -> None:
    alignment = notice.get("body_table_alignment") or {}
    pairs = (
        alignment.items()
        if isinstance(alignment, Mapping)
        else ((entry["body"], entry["rows"]) for entry in alignment)
    )
    want = {(_label(body), str(row)) for body, rows in pairs for row in rows}
    labels = {task.id: _label(task.label) for task in own}
    got = {
        (labels[task.parent], task.label.rsplit("/", 1)[-1])
        for task in own
        if task.parent in labels
    }
    if want:
        add("details", len(want & got), len(got - want), len(want - got))


def _label(label: str) -> str:
    return re.sub(r"#1$", "", _plain(label))


def _of_notice(
    notice: Gold, notices: Sequence[Gold], numbered: Mapping[str, str], owner: str
) -> bool:
    return len(notices) == 1 or numbered.get(owner) == _plain(notice["number"])


def _references(
    notice: Gold,
    notices: Sequence[Gold],
    facts: Sequence[DocumentFacts],
    numbered: Mapping[str, str],
    add: _Add,
) -> None:
    got = {
        _plain(r.title) or _plain(r.number)
        for document in facts
        for r in document.references
        if _of_notice(notice, notices, numbered, r.notice)
    }
    entries = notice.get("references", [])
    want = {_plain(e["title"] or e["number"]) for e in entries if not e.get("optional")}
    loose = {_plain(e["title"] or e["number"]) for e in entries if e.get("optional")}
    add("references", len(got & want), len(got - want - loose), len(want - got))


def _memberships(
    notice: Gold,
    notices: Sequence[Gold],
    facts: Sequence[DocumentFacts],
    numbered: Mapping[str, str],
    add: _Add,
) -> None:
    got = {
        (m.person, m.group_role)
        for document in facts
        for m in document.memberships
        if _of_notice(notice, notices, numbered, m.notice)
    }
    want = {
        (_plain(e["person"]), _plain(e["group_role"]))
        for e in notice.get("memberships", notice.get("members", []))
    }
    add("memberships", len(got & want), len(got - want), len(want - got))


def _deadlines(
    notice: Gold,
    notices: Sequence[Gold],
    facts: Sequence[DocumentFacts],
    numbered: Mapping[str, str],
    add: _Add,
) -> None:
    got = {
        (d.end or d.start)[:7]
        for document in facts
        for d in document.deadlines
        if _of_notice(notice, notices, numbered, d.notice)
    }
    for entry, _ in _entries(notice):
        dates = entry.get("deadlines") or (
            [{"end": entry["deadline"]}] if entry.get("deadline") else []
        )
        for date in dates:
            if date.get("end") and not date.get("optional"):
                right = date["end"][:7] in got
                add("deadlines", int(right), int(not right), int(not right))
