"""``index.html``: what was read, who carries how much, what to look at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.document import Span
from kg.facts import Deadline, DocumentFacts, Task
from kg.model import DeadlineKind, Role, Severity
from kg.pages.coordination import Details
from kg.pages.corpus import Corpus, Located
from kg.pages.document_page import outside
from kg.pages.evidence import CHUNK, deadline_text, notice_list, shown_tasks
from kg.pages.labels import DEADLINES, looks_of_kinds
from kg.pages.matrix import Matrix, lead_matrix
from kg.pages.numbers import Numbers
from kg.pages.rendering import Assets, Renderer

__all__ = ["MOST_ROWS", "Stat", "write_overview"]

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
class Stat:
    """A number of what was read, the part of the page that tells it, how much is stated."""

    key: str
    below: str
    value: int | str
    stated: int | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """One way of counting: its numbers, the matrix as it is drawn, and the script's data.

    ``units`` is how many units have a task, collective units left out; ``cells`` hold
    for each cell its count, its shade and the place of its tasks in ``data["arcs"]``,
    ``pairs`` the two units, their count and that place.
    """

    numbers: Numbers
    units: int
    matrix: Matrix
    cells: list[list[tuple[int, int, int]]]
    pairs: list[tuple[str, str, int, int]]
    data: dict[str, Any]


def write_overview(
    renderer: Renderer, corpus: Corpus, numbers: Mapping[str, Numbers], details: Details
) -> list[Stat]:
    """Write the first page of the site, and return what it says was read.

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
    stats = _stats(corpus, numbers["stated"], numbers["all"])
    renderer.write(
        "index.html",
        "overview.html",
        Assets(scripts=("echarts.min.js", "core.js", "evidence.js", "overview.js")),
        corpus=corpus,
        stats=stats,
        variants=variants,
        shades=SHADES,
        tasks_of={
            name: Counter(corpus.tasks[task].notice for task in _tasks(chosen))
            for name, chosen in numbers.items()
        },
        kinds=looks_of_kinds(unit.kind for unit in corpus.units.values()),
        documents=_documents(corpus),
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
    return stats


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
    pairs = _pairs(numbers)
    drawn = {(a, b) for a in matrix.rows for b in matrix.columns} & set(numbers.arcs)
    arcs = {pair: place for place, pair in enumerate(sorted(drawn | set(pairs)))}
    data = {
        "bars": _bars(corpus, numbers),
        "months": [
            {"name": name, "tasks": held.get(key, [])}
            for key, name in _months([deadline for deadline, _ in deadlines])
        ],
        "arcs": [[places[task] for task in numbers.arcs[pair]] for pair in arcs],
    }
    return Variant(
        numbers,
        _units(corpus, numbers),
        matrix,
        _cells(matrix, arcs),
        [(*pair, len(numbers.arcs[pair]), arcs[pair]) for pair in pairs],
        data,
    )


def _stats(corpus: Corpus, stated: Numbers, everything: Numbers) -> list[Stat]:
    """Return what was read."""
    facts = [fact for task in corpus.shown for fact in corpus.assignments[task]]
    proved = sum(bool(corpus.words(corpus.tasks[f.task].notice, f.span).strip()) for f in facts)

    def both(key: str, below: str, size: Callable[[Numbers], int]) -> Stat:
        return Stat(key, below, size(everything), size(stated))

    return [
        Stat("stat_documents", "documents", len(corpus.facts)),
        Stat("stat_issues", "documents", len(corpus.gazettes)),
        Stat("stat_notices", "notices", len(corpus.notices)),
        both("stat_tasks", "notices", lambda numbers: len(_tasks(numbers))),
        both("stat_units", "load", lambda numbers: _units(corpus, numbers)),
        both("stat_collectives", "load", lambda n: len(n.loads) - _units(corpus, n)),
        both("stat_assignments", "load", lambda n: sum(one.total for one in n.loads.values())),
        Stat("stat_evidence", "load", f"{100 * proved / len(facts):.0f}%" if facts else "—"),
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


def _cells(matrix: Matrix, arcs: Mapping[tuple[str, str], int]) -> list[list[tuple[int, int, int]]]:
    """Return for every cell its count, its shade and the place of its pair."""
    return [
        [
            (len(cell), sum(len(cell) >= least for least in SHADES), arcs.get((head, unit), -1))
            for unit, cell in zip(matrix.columns, row, strict=True)
        ]
        for head, row in zip(matrix.rows, matrix.tasks, strict=True)
    ]


def _pairs(numbers: Numbers) -> list[tuple[str, str]]:
    """Return the pairs that share most tasks."""
    return sorted(numbers.arcs, key=lambda pair: (-len(numbers.arcs[pair]), pair))[:MOST_ROWS]


def _documents(corpus: Corpus) -> list[tuple[DocumentFacts, int, int]]:
    """Return the documents with their numbers of notices and of characters in none."""
    return [
        (
            facts,
            len(corpus.notices_of(facts.document)),
            sum(span.end - span.start for span in outside(corpus, facts.document)),
        )
        for facts in sorted(corpus.facts, key=lambda f: (f.document.name, f.document.id))
    ]


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
    if span is None or located.document is None:
        return None, ""
    return corpus.place_link(located.document, span), span.of(located.document.text)
