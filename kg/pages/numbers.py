"""The counts that the pages show, from the assignments.

Each piece of work counts once (``Corpus.counted``) and a unit counts once in it,
by its strongest role: the counts are those of ``load.csv`` and of the query
``unit-load``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from kg.model import Certainty, Role
from kg.network import STATED, heads, strongest_roles
from kg.pages.corpus import Corpus

__all__ = ["Load", "Numbers", "count"]


@dataclass(slots=True)
class Load:
    """What one unit has to do.

    Attributes
    ----------
    tasks
        The tasks it has a role in, with its strongest role.
    partners
        The tasks it shares with each other unit.
    leads
        The tasks in which it leads each other unit.
    led
        The tasks in which each other unit leads it.
    encounters
        Its partners added up over its tasks: two tasks with five others are ten.
    alone
        Tasks that no other unit has a role in.
    """

    tasks: dict[str, Role] = field(default_factory=dict)
    partners: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    leads: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    led: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    encounters: int = 0
    alone: int = 0

    @property
    def total(self) -> int:
        """The number of its tasks."""
        return len(self.tasks)

    def of(self, role: Role) -> int:
        """Return in how many tasks ``role`` is its strongest role."""
        return sum(found is role for found in self.tasks.values())


@dataclass(frozen=True, slots=True)
class Numbers:
    """Counts over a corpus: loads by unit, heavy first, and arcs of who leads whom.

    ``headless`` are the counted tasks with roles but neither lead nor primary,
    ``by_primary`` those whose arrows come from a primary unit, as nobody leads them.
    """

    loads: Mapping[str, Load]
    arcs: Mapping[tuple[str, str], tuple[str, ...]]
    headless: tuple[str, ...]
    by_primary: tuple[str, ...]


def count(corpus: Corpus, certainties: Collection[Certainty] = STATED) -> Numbers:
    """Count what every unit has to do and with whom.

    ``certainties`` says which assignments count: stated ones unless told otherwise.
    """
    loads: dict[str, Load] = defaultdict(Load)
    arcs: dict[tuple[str, str], list[str]] = defaultdict(list)
    headless: list[str] = []
    by_primary: list[str] = []
    for task in corpus.counted(certainties):
        roles = strongest_roles(corpus.assignments.get(task.id, ()), certainties)
        leaders = heads(roles)
        if roles and not leaders:
            headless.append(task.id)
        if len(leaders) < len(roles) and any(roles[one] is Role.PRIMARY for one in leaders):
            by_primary.append(task.id)
        for unit, role in roles.items():
            load = loads[unit]
            load.tasks[task.id] = role
            load.encounters += len(roles) - 1
            load.alone += len(roles) == 1
            for other in roles:
                if other != unit:
                    load.partners[other].append(task.id)
        for leader in leaders:
            for unit in roles:
                if unit not in leaders:
                    arcs[leader, unit].append(task.id)
                    loads[leader].leads[unit].append(task.id)
                    loads[unit].led[leader].append(task.id)
    ranked = sorted(
        (unit for unit in loads if unit in corpus.units),
        key=lambda unit: (-loads[unit].total, corpus.units[unit].name),
    )
    return Numbers(
        loads={unit: loads[unit] for unit in ranked},
        arcs={pair: tuple(tasks) for pair, tasks in sorted(arcs.items())},
        headless=tuple(headless),
        by_primary=tuple(by_primary),
    )
