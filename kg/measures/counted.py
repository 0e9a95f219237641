"""The assignments that a unit's numbers are made of, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kg.facts import assignment_id
from kg.measures.choices import ROLES
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


def counted(work: Work) -> Iterator[Counted]:
    """Yield the assignments that count, by unit and task.

    Parameters
    ----------
    work
        The counted work, from which all measures are computed.

    Yields
    ------
    Counted
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
    parts = {
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
    for row in rows[carry.amount[rows] > 0].tolist():
        unit, task = work.units[carry.unit[row]], work.tasks[carry.task[row]]
        role, text_unit = str(ROLES[carry.role[row]]), work.known[named[row]].id
        yield Counted(
            unit=unit.id,
            name=unit.name,
            notice=task.notice,
            task=task.id,
            label=task.label,
            role=role,
            assignment=assignment_id(task.id, role, text_unit),
            through="" if text_unit == unit.id else text_unit,
            actors=int(work.size[carry.task[row]]),
            leaders=int(work.leads[carry.task[row]]),
            open_list=bool(work.open[carry.task[row]]),
            **{name: float(part[row]) for name, part in parts.items()},
        )
