"""``units/*.html``: who a unit is, how much it carries, with whom, and on which words."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from kg.common import Common
from kg.facts import Assignment, Change, Hosting, Membership, Task
from kg.model import Role
from kg.pages.corpus import Corpus
from kg.pages.labels import Label, looks_of_kinds
from kg.pages.numbers import Load, Numbers
from kg.pages.rendering import Assets, Renderer, number_text

__all__ = ["Measure", "Side", "write_units"]

MOST_CARDS = 60
MOST_SIDE = 18
ROW = 26
"""Height of a line in the picture of the neighbourhood, in pixels."""

COUNTS: tuple[tuple[str, str, Callable[[Load], int]], ...] = (
    ("task_count", "all", lambda load: load.total),
    ("js_lead", "lead", lambda load: load.of(Role.LEAD)),
    ("js_primary", "primary", lambda load: load.of(Role.PRIMARY)),
    ("js_responsible", "responsible", lambda load: load.of(Role.RESPONSIBLE)),
    ("js_support", "support", lambda load: load.of(Role.SUPPORT)),
    ("partners", "joint", lambda load: len(load.partners)),
    ("encounters", "joint", lambda load: load.encounters),
    ("alone", "alone", lambda load: load.alone),
)
"""What is counted, which of the unit's tasks the number rests on, and how."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of a unit beside those of all units; ``facet`` names its tasks."""

    key: str
    facet: str
    value: int
    with_implied: int
    rank: int | None
    median: float
    most: float

    @property
    def share(self) -> float:
        """The value as a share of the greatest one, in percent."""
        return round(min(100.0, 100 * self.value / self.most), 1) if self.most else 0.0


@dataclass(frozen=True, slots=True)
class _Column:
    """A measure of all units, from the least value on."""

    values: tuple[int, ...]
    median: float
    most: int

    @classmethod
    def of(cls, values: Iterable[int]) -> _Column:
        """Return the column that values make."""
        ranked = tuple(sorted(values))
        return cls(ranked, median(ranked or [0]), ranked[-1] if ranked else 0)

    def rank(self, value: int) -> int:
        """Return the place of a value, 1 for the greatest; equal values have one place."""
        return 1 + len(self.values) - bisect_right(self.values, value)


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
    """A task of the unit, with the assignments that are its own and the others'.

    ``facets`` names the numbers of the page that rest on the task.
    """

    task: Task
    own: tuple[Assignment, ...]
    others: tuple[Assignment, ...]
    counted: bool
    facets: str


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
    from kg.measures.frame import hosts

    measured = {str(row.get("unit", "")): row for row in load}
    members: dict[str, list[Membership]] = defaultdict(list)
    for member in corpus.memberships:
        if member.unit is not None:
            members[member.unit].append(member)
    hosted: dict[str, list[Hosting | Membership]] = defaultdict(list)
    for hosting in corpus.hostings:
        hosted[hosting.unit].append(hosting)
    for holder, seats in members.items():
        hosted[holder] += [seat for seat in seats if hosts(seat.group_role)]
    kinds = looks_of_kinds(unit.kind for unit in corpus.units.values())
    # As in load.csv, collective units have no rank: they are no units.
    ranked = [item for key, item in numbers.loads.items() if not corpus.units[key].collective]
    columns = {key: _Column.of(get(item) for item in ranked) for key, _, get in COUNTS}
    names = _names(load)
    told = _told(load)
    history: dict[str, list[Change]] = defaultdict(list)
    for change in Common.of(corpus.facts).changes():
        for key in dict.fromkeys((*change.originals, *change.results)):
            history[key].append(change)
    assets = Assets(scripts=("core.js", "unit.js"), root="../")
    nothing = Load()
    for unit in corpus.units.values():
        own = numbers.loads.get(unit.id, nothing)
        other_way = everything.loads.get(unit.id, nothing)
        partners = sorted(own.partners, key=lambda other: (-len(own.partners[other]), other))
        left, right = _side(own.led), _side(own.leads)
        entries = _entries(corpus, unit.id, _facets(own, other_way, partners))
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
            partners=partners,
            measures=_measures(own, other_way, columns, unit.collective),
            compared=len(ranked),
            extra=_extra(measured.get(unit.id, {}), told, names),
            left=left,
            right=right,
            height=max(len(left.lines), len(right.lines), 1) * ROW + 20,
            entries=entries,
            most_cards=MOST_CARDS,
            members=members[unit.id],
            hosted=hosted[unit.id],
            history=sorted(history[unit.id], key=lambda change: (change.date, change.id)),
        )


def _measures(
    load: Load, everything: Load, columns: Mapping[str, _Column], collective: bool
) -> list[Measure]:
    """Return the unit's counts with their ranks among all units."""
    result = []
    for key, facet, get in COUNTS:
        value, column = get(load), columns[key]
        rank = None if collective else column.rank(value)
        everywhere = get(everything)
        result.append(Measure(key, facet, value, everywhere, rank, column.median, column.most))
    return result


def _told(load: Sequence[Mapping[str, object]]) -> list[str]:
    """Return the columns of ``load.csv`` that tell something of any unit."""
    known = ("unit", "name", "kind", "level", "collective")
    columns = dict.fromkeys(column for row in load for column in row if column not in known)
    return [column for column in columns if any(row.get(column) not in ("", None) for row in load)]


def _extra(
    row: Mapping[str, object], columns: Sequence[str], names: Mapping[str, Label]
) -> list[Extra]:
    """Return the measures of one unit, none where it has no row."""
    return [
        Extra(column, names.get(column, Label(column, column)), number_text(row.get(column)))
        for column in columns
        if row
    ]


def _names(load: Sequence[Mapping[str, object]]) -> dict[str, Label]:
    """Return what the measures are called."""
    if not load:
        return {}
    from kg.measures.catalogue import names

    return {column: Label(zh, en) for column, (zh, en) in names("load").items()}


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


def _facets(load: Load, everything: Load, partners: Sequence[str]) -> dict[str, list[str]]:
    """Return for each task the numbers that rest on it.

    ``stated-lead`` and the like are the unit's own counts, ``with-3``, ``leads-3`` and
    ``led-3`` those beside its partner in the fourth place.
    """
    facets: dict[str, list[str]] = defaultdict(list)
    for way, chosen in (("stated", load), ("all", everything)):
        joint = {task for tasks in chosen.partners.values() for task in tasks}
        for task, role in chosen.tasks.items():
            shared = "joint" if task in joint else "alone"
            facets[task] += [f"{way}-all", f"{way}-{role}", f"{way}-{shared}"]
    for place, other in enumerate(partners):
        for kind, tasks in (("with", load.partners), ("leads", load.leads), ("led", load.led)):
            for task in tasks.get(other, ()):
                facets[task].append(f"{kind}-{place}")
    return facets


def _entries(corpus: Corpus, unit: str, facets: Mapping[str, Sequence[str]]) -> list[Entry]:
    """Return the unit's tasks: those that count, then those that rows tell again."""
    own: dict[str, list[Assignment]] = defaultdict(list)
    for fact in corpus.assignments_of_unit.get(unit, ()):
        own[fact.task].append(fact)
    entries = [
        Entry(
            corpus.tasks[task],
            tuple(facts),
            tuple(fact for fact in corpus.assignments[task] if fact.unit != unit),
            task in corpus.shown,
            " ".join(facets.get(task, ())),
        )
        for task, facts in own.items()
    ]
    return sorted(entries, key=lambda entry: not entry.counted)
