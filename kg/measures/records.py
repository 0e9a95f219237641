"""What the measures give: one record a unit, a pair, a system, a month, a setting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.measures.columns import Records
from kg.measures.counted import Counted, counted
from kg.measures.work import Work

__all__ = [
    "InGroups",
    "Measures",
    "PlaceLoad",
    "Pressure",
    "Setting",
    "SystemRow",
    "Tie",
    "UnitLoad",
    "YearLoad",
]


@dataclass(frozen=True, slots=True)
class UnitLoad:
    """The measures of one unit; None where a measure has nothing to tell."""

    unit: str
    name: str
    kind: str
    level: str
    collective: bool
    tasks: float
    lead: float
    primary: float
    responsible: float
    support: float
    task_share: float
    load: float
    coordination: float
    partners_per_task: float | None
    partners: int
    collective_partners: int
    depth: float | None
    lead_burden: float
    support_burden: float
    lead_span: float
    asymmetry: float | None
    lead_share: float | None
    solo_share: float | None
    concentration: float | None
    effective_partners: float | None
    constraint: float | None
    effective_size: float | None
    betweenness: float | None
    betweenness_error: float | None
    pagerank: float | None
    hub: float | None
    authority: float | None
    core: int | None
    core_validated: int | None
    community: int | None
    kind_reach: float | None
    kind_balance: float | None
    level_reach: float | None
    level_balance: float | None
    dated_tasks: int
    peak_month: str
    peak_tasks: int
    groups: int
    groups_hosted: int
    tasks_low: float
    tasks_high: float
    load_low: float | None = None
    load_high: float | None = None
    coordination_low: float | None = None
    coordination_high: float | None = None
    rank: int | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    open_tasks: float = 0.0


@dataclass(frozen=True, slots=True)
class Tie:
    """The measures of one pair of units, ``unit`` before ``partner`` by id.

    ``chance`` tells whether the pair was tested: ``tested``, or why not.
    """

    unit: str
    name: str
    partner: str
    partner_name: str
    shared_tasks: int
    newman: float
    jaccard: float
    cosine: float
    leads_partner: float
    led_by_partner: float
    reciprocity: float | None
    chance: str
    expected: float | None
    excess: float | None
    p_more: float | None
    q_more: float | None
    p_fewer: float | None
    q_fewer: float | None


@dataclass(frozen=True, slots=True)
class SystemRow:
    """The measures of a whole: ``scope`` is all, notice or year."""

    scope: str
    name: str
    title: str
    date: str
    tasks: int
    units: int
    collectives: int
    assignments: int
    pairs: int
    units_per_task: float | None
    mean_partners: float | None
    density: float | None
    load_gini: float | None
    load_concentration: float | None
    collective_load_share: float | None
    centralisation: float | None
    multi_unit_tasks: int
    multi_unit_share: float | None
    led_share: float | None
    multi_lead_share: float | None
    reciprocity: float | None
    communities: int
    modularity: float | None
    chance: str
    pairs_more: int | None
    pairs_fewer: int | None
    open_list_tasks: int
    open_list_share: float | None


@dataclass(frozen=True, slots=True)
class Pressure:
    """How many tasks of a unit are due in a month (or year, where no month is told)."""

    unit: str
    name: str
    month: str
    tasks: int


@dataclass(frozen=True, slots=True)
class YearLoad:
    """The measures of one unit over the notices of one year."""

    unit: str
    name: str
    collective: bool
    year: str
    tasks: float
    lead: float
    primary: float
    responsible: float
    support: float
    load: float
    coordination: float
    partners: int


@dataclass(frozen=True, slots=True)
class PlaceLoad:
    """The load of the units of one function in one place; empty where there is none.

    ``tasks`` are different tasks, ``duties`` pairs of task and unit; ``load_share``
    is the part of the place's load.
    """

    place: str
    function: str
    collective: bool
    units: int
    notices: int
    tasks: int
    duties: float
    lead: float
    primary: float
    responsible: float
    support: float
    load: float
    coordination: float
    load_share: float | None


@dataclass(frozen=True, slots=True)
class InGroups:
    """A unit that sits in a leading group or hosts one, with or without tasks that count."""

    unit: str
    name: str
    kind: str
    level: str
    collective: bool
    groups: int
    groups_hosted: int
    tasks: float


@dataclass(frozen=True, slots=True)
class Setting:
    """A choice, the frame, or a warning, as it is printed with the results."""

    setting: str
    value: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Measures:
    """All measures of a build under one set of choices, and the work that they measure."""

    load: Sequence[UnitLoad]
    ties: Sequence[Tie]
    system: tuple[SystemRow, ...]
    pressure: Sequence[Pressure]
    years: Sequence[YearLoad]
    places: tuple[PlaceLoad, ...]
    groups: tuple[InGroups, ...]
    settings: tuple[Setting, ...]
    work: Work = field(compare=False, repr=False)

    @property
    def counted(self) -> Records[Counted]:
        """The assignments that count, by unit and task: see :mod:`kg.measures.counted`."""
        return counted(self.work)
