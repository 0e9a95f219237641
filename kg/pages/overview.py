"""``index.html``: what was read, who carries how much, what to look at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.document import Span
from kg.facts import Deadline, Task
from kg.model import DeadlineKind, Role, Severity
from kg.pages.coordination import Details
from kg.pages.corpus import Corpus, Located
from kg.pages.evidence import CHUNK, deadline_text, notice_list, shown_tasks
from kg.pages.labels import DEADLINES, looks_of_kinds
from kg.pages.matrix import Matrix, lead_matrix
from kg.pages.numbers import Numbers
from kg.pages.rendering import Assets, Renderer

__all__ = ["write_overview"]

MOST_BARS = 25
MOST_MONTHS = 60
MOST_ROWS = 500
"""Rows of a table on this page; longer ones are in the tables of the build."""

SHADES = (1, 2, 3, 5, 8, 13)
"""The least number of tasks for each shade of a cell."""


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one rule."""

    rule: str
    severity: Severity
    items: tuple[tuple[Located, str | None, str], ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """One way of counting: its numbers, the matrix as it is drawn, and the script's data.

    ``units`` is how many units have a task, collective units left out.
    """

    numbers: Numbers
    units: int
    matrix: Matrix
    cells: list[list[tuple[int, int, int]]]
    pairs: list[tuple[str, str, int]]
    data: dict[str, Any]


def write_overview(
    renderer: Renderer, corpus: Corpus, numbers: Mapping[str, Numbers], details: Details
) -> None:
    """Write the first page of the site.

    ``numbers`` are the counts of stated assignments (``stated``) and of implied
    ones too (``all``): the reader switches between them.
    """
    tasks = shown_tasks(corpus)
    places = {task.id: place for place, task in enumerate(tasks)}
    deadlines = [
        (deadline, task) for task in tasks for deadline in corpus.deadlines.get(task.id, ())
    ]
    deadlines.sort(key=lambda item: (_month(item[0]), places[item[1].id]))
    variants = {
        name: _variant(corpus, chosen, deadlines, places) for name, chosen in numbers.items()
    }
    renderer.write(
        "index.html",
        "overview.html",
        Assets(scripts=("echarts.min.js", "core.js", "evidence.js", "overview.js")),
        corpus=corpus,
        stats=_stats(corpus, numbers["stated"], numbers["all"]),
        variants=variants,
        shades=SHADES,
        tasks_of={
            name: Counter(corpus.tasks[task].notice for task in _tasks(chosen))
            for name, chosen in numbers.items()
        },
        kinds=looks_of_kinds(unit.kind for unit in corpus.units.values()),
        deadlines=deadlines,
        deadline_text=deadline_text,
        findings=_findings(corpus),
        most_rows=MOST_ROWS,
        most_bars=MOST_BARS,
        data={
            "notices": notice_list(corpus),
            "chunk": CHUNK if details is None else 0,
            "variants": {name: variant.data for name, variant in variants.items()},
        },
        details=details,
    )


def _variant(
    corpus: Corpus,
    numbers: Numbers,
    deadlines: Sequence[tuple[Deadline, Task]],
    places: Mapping[str, int],
) -> Variant:
    """Return what the page shows of one way of counting."""
    matrix = lead_matrix(numbers)
    counted = _tasks(numbers)
    held: dict[str, list[int]] = defaultdict(list)
    for deadline, task in deadlines:
        month = held[_month(deadline)]
        if task.id in counted and places[task.id] not in month:
            month.append(places[task.id])
    data = {
        "bars": _bars(corpus, numbers),
        "months": [
            {"name": name, "tasks": held.get(key, [])}
            for key, name in _months([deadline for deadline, _ in deadlines])
        ],
        "cells": [
            [[places[task] for task in cell] for cell in row if cell] for row in matrix.tasks
        ],
    }
    return Variant(numbers, _units(corpus, numbers), matrix, _cells(matrix), _pairs(numbers), data)


def _stats(
    corpus: Corpus, stated: Numbers, everything: Numbers
) -> list[tuple[str, int | str, int | None]]:
    """Return what was read: text key, number, and how much of it is stated."""
    facts = [fact for task in corpus.shown for fact in corpus.assignments[task]]
    proved = sum(bool(corpus.words(corpus.tasks[f.task].notice, f.span).strip()) for f in facts)

    def both(key: str, size: Callable[[Numbers], int]) -> tuple[str, int, int]:
        return key, size(everything), size(stated)

    return [
        ("stat_documents", len(corpus.facts), None),
        ("stat_issues", len(corpus.gazettes), None),
        ("stat_notices", len(corpus.notices), None),
        both("stat_tasks", lambda numbers: len(_tasks(numbers))),
        both("stat_units", lambda numbers: _units(corpus, numbers)),
        both("stat_collectives", lambda numbers: len(numbers.loads) - _units(corpus, numbers)),
        both("stat_assignments", lambda numbers: sum(one.total for one in numbers.loads.values())),
        ("stat_evidence", f"{100 * proved / len(facts):.0f}%" if facts else "—", None),
    ]


def _units(corpus: Corpus, numbers: Numbers) -> int:
    """Count the units with a task; collective units are counted apart."""
    return sum(not corpus.units[unit].collective for unit in numbers.loads)


def _tasks(numbers: Numbers) -> set[str]:
    """Return the tasks that count."""
    return {task for load in numbers.loads.values() for task in load.tasks}


def _bars(corpus: Corpus, numbers: Numbers) -> list[dict[str, Any]]:
    """Return the heaviest units with their tasks by role."""
    return [
        {
            "name": corpus.labels[unit],
            "full": corpus.units[unit].name,
            "href": corpus.unit_link(unit),
            "roles": [load.of(role) for role in Role],
        }
        for unit, load in list(numbers.loads.items())[:MOST_BARS]
    ]


def _month(deadline: Deadline) -> str:
    """Return the month (or year) that a deadline falls in, or its kind where it has none."""
    date = deadline.end or deadline.start
    return date[:7] if date else f"~{deadline.kind.value}"


def _months(deadlines: list[Deadline]) -> list[tuple[str, list[str]]]:
    """Return the columns of the timeline: every month from the first to the last one.

    Over five years only months with a deadline stay; what has no date comes last.
    """
    found = sorted({_month(deadline) for deadline in deadlines})
    dated = [key for key in found if not key.startswith("~")]
    full = [key for key in dated if len(key) == 7]
    if full:
        first, last = _month_number(full[0]), _month_number(full[-1])
        if last - first < MOST_MONTHS:
            every = {f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(first, last)}
            dated = sorted(every | set(dated))
    named = [(key, [key, key]) for key in dated]
    for key in found:
        if key.startswith("~"):
            label = DEADLINES[DeadlineKind(key[1:])]
            named.append((key, [label.zh, label.en]))
    return named


def _month_number(month: str) -> int:
    """Return the number of months since the year 0."""
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _cells(matrix: Matrix) -> list[list[tuple[int, int, int]]]:
    """Return for every cell its count, its shade and its place among the row's full cells."""
    rows = []
    for row in matrix.tasks:
        cells, place = [], 0
        for cell in row:
            shade = sum(len(cell) >= least for least in SHADES)
            cells.append((len(cell), shade, place))
            place += bool(cell)
        rows.append(cells)
    return rows


def _pairs(numbers: Numbers) -> list[tuple[str, str, int]]:
    """Return the pairs that share most tasks."""
    pairs = [(head, unit, len(tasks)) for (head, unit), tasks in numbers.arcs.items()]
    return sorted(pairs, key=lambda pair: (-pair[2], pair[:2]))[:MOST_ROWS]


def _findings(corpus: Corpus) -> list[Group]:
    """Return the findings by rule, grave ones first."""
    grave = {severity: place for place, severity in enumerate(reversed(Severity))}
    groups: dict[tuple[int, str], list[Located]] = defaultdict(list)
    for located in corpus.findings:
        groups[grave[located.finding.severity], located.finding.rule].append(located)
    result = []
    for (_, rule), items in sorted(groups.items()):
        rows = tuple((item, *_place(corpus, item)) for item in items)
        result.append(Group(rule, items[0].finding.severity, rows))
    return result


def _place(corpus: Corpus, located: Located) -> tuple[str | None, str]:
    """Return the address and the words that a finding is about."""
    span: Span | None = located.finding.span
    if span is None:
        return None, ""
    notice = corpus.notice_at(located.document, span)
    words = span.of(located.document.text)
    return (corpus.notice_link(notice.id, span) if notice else None), words
