"""The assignments that a unit's numbers are made of, one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.facts import assignment_id
from kg.measures.arrays import Floats, Ints
from kg.measures.choices import ROLES
from kg.measures.columns import Derived, Records, Words
from kg.measures.frame import FrameUnit
from kg.measures.load import burden_parts, carried, load_parts
from kg.measures.work import Work

__all__ = ["Counted", "assignment_ids", "counted"]


@dataclass(frozen=True, slots=True)
class Counted:
    """An assignment that counts, and what it adds to the measures of its unit.

    ``assignment`` is its id in ``assignments.csv``, where the words and their place
    in the text stand. ``through`` is the collective unit that the text names where
    the unit counts as one of its members. ``amount`` is the part of the task that
    counts, ``actors`` is k and ``leaders`` l of the task. The other numbers sum by
    unit to the columns of the same name in ``load.csv``.
    """

    unit: str
    name: str
    notice: str
    task: str
    label: str
    role: str
    assignment: str
    through: str
    actors: int
    leaders: int
    open_list: bool
    amount: float
    load: float
    coordination: float
    lead_burden: float
    support_burden: float
    lead_span: float


def assignment_ids(work: Work) -> list[str]:
    """Return the id in ``assignments.csv`` of each counted assignment, in their order."""
    return [
        assignment_id(work.tasks[task].id, str(ROLES[role]), work.known[named].id)
        for task, role, named in zip(
            work.task.tolist(), work.role.tolist(), work.named.tolist(), strict=True
        )
    ]


def counted(work: Work) -> Records[Counted]:
    """Return the assignments that count, by unit and task.

    Parameters
    ----------
    work
        The counted work, from which all measures are computed.

    Returns
    -------
    Records of Counted
        One record an assignment; two for one that a collective shares with a
        member, one for each of them.

    Examples
    --------
    >>> from kg.measures.examples import water
    >>> for one in counted(water()):
    ...     print(one.name, one.label or one.task, one.role, one.actors, round(one.load, 4))
    甲 task/1 lead 3 0.3333
    甲 task/3 lead 1 1.0
    乙 task/1 responsible 3 0.3333
    乙 task/2 support 2 0.5
    丙 task/1 support 3 0.3333
    丙 task/2 responsible 2 0.5
    """
    carry = carried(work)
    sums = {
        "amount": carry.amount,
        "load": carry.amount * load_parts(work, carry),
        "coordination": carry.amount * (work.size[carry.task] - 1),
        **{
            name: carry.amount * part
            for name, part in zip(
                ("lead_burden", "support_burden", "lead_span"),
                burden_parts(work, carry),
                strict=True,
            )
        },
    }
    named = np.concatenate([work.named, work.named[work.share.row]])
    rows = np.lexsort((carry.task, carry.unit))
    # What a collective has given away whole is no longer its own.
    rows = rows[carry.amount[rows] > 0]
    columns, place, roles = work.tasks.columns, work.tasks.place, list(map(str, ROLES))

    def units(part: slice) -> list[FrameUnit]:
        return [work.units[unit] for unit in carry.unit[rows[part]].tolist()]

    def tasks(part: slice) -> Words:
        return columns.ids.take(place[carry.task[rows[part]]])

    def role(part: slice) -> list[str]:
        return [roles[code] for code in carry.role[rows[part]].tolist()]

    def named_units(part: slice) -> list[str]:
        return [work.known[unit].id for unit in named[rows[part]].tolist()]

    made: dict[str, Callable[[slice], Sequence[Any] | NDArray[Any]]] = {
        "unit": lambda part: [unit.id for unit in units(part)],
        "name": lambda part: [unit.name for unit in units(part)],
        "notice": lambda part: [
            work.notices[notice] for notice in work.notice[carry.task[rows[part]]].tolist()
        ],
        "task": tasks,
        "label": lambda part: columns.labels.take(place[carry.task[rows[part]]]),
        "role": role,
        "assignment": lambda part: list(
            map(assignment_id, tasks(part), role(part), named_units(part))
        ),
        "through": lambda part: [
            "" if unit.id == named else named
            for unit, named in zip(units(part), named_units(part), strict=True)
        ],
        "actors": lambda part: work.size[carry.task[rows[part]]],
        "leaders": lambda part: work.leads[carry.task[rows[part]]],
        "open_list": lambda part: work.open[carry.task[rows[part]]],
        **{name: partial(_taken, values, rows) for name, values in sums.items()},
    }
    return Records(Counted, {name: Derived(len(rows), part) for name, part in made.items()})


def _taken(values: Floats, rows: Ints, part: slice) -> Floats:
    """Return the values of a slice of rows."""
    return values[rows[part]]
