"""``units/*.html``: who a unit is, how much it carries, with whom, and on which words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from kg.facts import Assignment, Membership, Task
from kg.model import Role
from kg.pages.corpus import Corpus
from kg.pages.labels import Label, looks_of_kinds
from kg.pages.numbers import Load, Numbers
from kg.pages.rendering import Assets, Renderer

__all__ = ["Measure", "Side", "write_units"]

MOST_CARDS = 60
MOST_SIDE = 18
ROW = 26
"""Height of a line in the picture of the neighbourhood, in pixels."""

COUNTS: tuple[tuple[str, Callable[[Load], int]], ...] = (
    ("task_count", lambda load: load.total),
    ("js_lead", lambda load: load.of(Role.LEAD)),
    ("js_primary", lambda load: load.of(Role.PRIMARY)),
    ("js_responsible", lambda load: load.of(Role.RESPONSIBLE)),
    ("js_support", lambda load: load.of(Role.SUPPORT)),
    ("partners", lambda load: len(load.partners)),
    ("encounters", lambda load: load.encounters),
    ("alone", lambda load: load.alone),
)


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of a unit beside those of all units."""

    key: str
    value: float
    with_implied: float
    rank: int
    median: float
    most: float

    @property
    def share(self) -> float:
        """The value as a share of the greatest one, in percent."""
        return round(100 * self.value / self.most, 1) if self.most else 0.0


@dataclass(frozen=True, slots=True)
class Extra:
    """A measure from ``load.csv``: its column, what it is called, its value."""

    column: str
    name: Label
    value: str


@dataclass(frozen=True, slots=True)
class Line:
    """A neighbour in the picture: where it stands and how thick its line is."""

    unit: str
    tasks: int
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class Side:
    """The neighbours on one side of the picture, heavy first."""

    lines: tuple[Line, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A task of the unit, with the assignments that are its own and the others'."""

    task: Task
    own: tuple[Assignment, ...]
    others: tuple[Assignment, ...]
    counted: bool


def write_units(
    renderer: Renderer,
    corpus: Corpus,
    numbers: Numbers,
    everything: Numbers,
    load: Sequence[Mapping[str, object]],
) -> None:
    """Write a page for every unit.

    ``numbers`` count stated assignments, ``everything`` implied ones too.
    """
    measured = {str(row.get("unit", "")): row for row in load}
    members: dict[str, list[Membership]] = defaultdict(list)
    for member in corpus.memberships:
        if member.unit is not None:
            members[member.unit].append(member)
    kinds = looks_of_kinds(unit.kind for unit in corpus.units.values())
    columns = {key: sorted(get(item) for item in numbers.loads.values()) for key, get in COUNTS}
    names = _names(load)
    assets = Assets(root="../")
    nothing = Load()
    for unit in corpus.units.values():
        own = numbers.loads.get(unit.id, nothing)
        left, right = _side(own.led), _side(own.leads)
        entries = _entries(corpus, unit.id)
        renderer.write(
            corpus.unit_pages[unit.id],
            "unit.html",
            assets,
            corpus=corpus,
            numbers=numbers,
            unit=unit,
            look=kinds[unit.kind],
            kinds=kinds,
            load=own,
            partners=sorted(own.partners, key=lambda other: (-len(own.partners[other]), other)),
            measures=_measures(own, everything.loads.get(unit.id, nothing), columns),
            extra=_extra(measured.get(unit.id, {}), names),
            left=left,
            right=right,
            height=max(len(left.lines), len(right.lines), 1) * ROW + 20,
            entries=entries,
            most_cards=MOST_CARDS,
            members=members[unit.id],
        )


def _measures(load: Load, everything: Load, columns: Mapping[str, Sequence[int]]) -> list[Measure]:
    """Return the unit's counts with their ranks among all units."""
    result = []
    for key, get in COUNTS:
        value, column = get(load), columns[key]
        rank = 1 + sum(other > value for other in column)
        result.append(
            Measure(
                key, value, get(everything), rank, median(column or [0]), max(column, default=0)
            )
        )
    return result


def _extra(row: Mapping[str, object], names: Mapping[str, Label]) -> list[Extra]:
    """Return the columns of ``load.csv`` that say something about the unit."""
    known = ("unit", "name", "kind", "level", "collective")
    return [
        Extra(column, names.get(column, Label(column, column)), _number(value))
        for column, value in row.items()
        if column not in known and value not in ("", None)
    ]


def _names(load: Sequence[Mapping[str, object]]) -> dict[str, Label]:
    """Return what the measures are called."""
    if not load:
        return {}
    from kg.measures.catalogue import MEASURES

    return {item.column: Label(item.zh, item.en) for item in MEASURES if item.table == "load"}


def _number(value: object) -> str:
    """Return a value as a reader wants it: four digits of a fraction."""
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _side(tasks: Mapping[str, Sequence[str]]) -> Side:
    """Place the neighbours of one side below each other."""
    ranked = sorted(tasks, key=lambda unit: (-len(tasks[unit]), unit))
    lines = tuple(
        Line(
            unit,
            len(tasks[unit]),
            10 + ROW * (place + 0.5),
            round(1 + 1.6 * len(tasks[unit]) ** 0.5, 1),
        )
        for place, unit in enumerate(ranked[:MOST_SIDE])
    )
    return Side(lines, len(ranked) - len(lines))


def _entries(corpus: Corpus, unit: str) -> list[Entry]:
    """Return the unit's tasks: those that count, then those that rows tell again."""
    own: dict[str, list[Assignment]] = defaultdict(list)
    for fact in corpus.assignments_of_unit.get(unit, ()):
        own[fact.task].append(fact)
    entries = [
        Entry(
            corpus.tasks[task],
            tuple(facts),
            tuple(fact for fact in corpus.assignments[task] if fact.unit != unit),
            task not in corpus.rows_of,
        )
        for task, facts in own.items()
    ]
    return sorted(entries, key=lambda entry: not entry.counted)
