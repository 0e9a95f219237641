"""Load per unit: tasks, fractional load, coordination, burdens of lead and support."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kg.measures.arrays import Bools, Floats, Ints, ratio, sum_by
from kg.measures.choices import ROLES
from kg.measures.work import Work

__all__ = [
    "Carried",
    "burden_parts",
    "burdens",
    "carried",
    "coordination",
    "fractional_load",
    "load_parts",
    "load_shares",
    "open_list_tasks",
    "role_asymmetry",
    "task_interval",
    "tasks_by_role",
]


@dataclass(frozen=True, slots=True)
class Carried:
    """The counted assignments with the amount of each that a unit carries.

    The amount is 1, but for collective units that share with their members:
    the amounts of one assignment always sum to 1.
    """

    task: Ints
    unit: Ints
    role: Ints
    is_lead: Bools
    amount: Floats
    units: int

    def sum(self, values: Floats | Ints | Bools) -> Floats:
        """Sum amount times value by unit."""
        return sum_by(self.unit, self.amount * values, self.units)


def carried(work: Work) -> Carried:
    """Split the assignments of collectives that share (``collective=share``)."""
    amount = np.ones(len(work.task))
    np.subtract.at(amount, work.share.row, work.share.part)
    row = work.share.row
    return Carried(
        task=np.concatenate([work.task, work.task[row]]),
        unit=np.concatenate([work.unit, work.share.unit]),
        role=np.concatenate([work.role, work.role[row]]),
        is_lead=np.concatenate([work.is_lead, work.is_lead[row]]),
        # What rounding leaves of a collective that shares all is nothing.
        amount=np.concatenate([np.where(amount < 1e-12, 0.0, amount), work.share.part]),
        units=len(work.units),
    )


def tasks_by_role(work: Work) -> tuple[Floats, ...]:
    r"""Count each unit's tasks by its strongest role there.

    .. math:: T_r(u) = \sum_t 1[\mathrm{role}(u, t) = r], \quad T(u) = \sum_r T_r(u)

    Parameters
    ----------
    work
        The counted work.

    Returns
    -------
    tuple of Floats
        One array for lead, primary, responsible and support, a number a unit.

    Notes
    -----
    A unit that both leads and supports one task is counted once there, as lead.
    The numbers are whole unless collectives share with their members. They
    count duties assigned in published text, not work done.

    Examples
    --------
    >>> from kg.measures.examples import water
    >>> [array.tolist() for array in tasks_by_role(water())]
    [[2.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 1.0, 1.0], [0.0, 1.0, 1.0]]
    """
    carry = carried(work)
    return tuple(carry.sum(carry.role == code) for code in range(len(ROLES)))


def fractional_load(work: Work) -> Floats:
    r"""Divide each task among its actors by the weights of their roles.

    .. math:: F(u) = \sum_t \frac{b_{ut} w_{r(u,t)}}{\sum_v b_{vt} w_{r(v,t)}}

    Parameters
    ----------
    work
        The counted work; ``work.choices.weights`` are the weights.

    Returns
    -------
    Floats
        A number a unit; they sum to the number of tasks.

    Notes
    -----
    Fractional counting keeps a task from counting more the more units it
    names. With equal weights the leader of seven carries one seventh: use the
    weights, and report the ranks under both (:mod:`kg.measures.compare`).

    References
    ----------
    Perianes-Rodriguez, A., Waltman, L., van Eck, N. J. (2016). Constructing
    bibliometric networks: a comparison between full and fractional counting.
    Journal of Informetrics 10(4), 1178-1195. doi:10.1016/j.joi.2016.10.006

    Examples
    --------
    >>> from kg.measures.examples import water
    >>> fractional_load(water()).round(4).tolist()
    [1.3333, 0.8333, 0.8333]
    """
    carry = carried(work)
    return carry.sum(load_parts(work, carry))


def load_parts(work: Work, carry: Carried) -> Floats:
    """Return the part of its task that each assignment has, by the weights of roles."""
    weights = np.array(work.choices.weights)
    total = sum_by(work.task, weights[work.role], len(work.tasks))
    parts: Floats = weights[carry.role] / total[carry.task]
    return parts


def coordination(work: Work) -> Floats:
    r"""Count the encounters with partners: the other actors of each of a unit's tasks.

    .. math:: C(u) = \sum_t b_{ut} (k_t - 1)

    Parameters
    ----------
    work
        The counted work.

    Returns
    -------
    Floats
        A number a unit.

    Notes
    -----
    A partner met in five tasks counts five times; for different partners see
    :func:`kg.measures.partners.partners`. The strength of a unit in Newman's
    projection equals its number of shared tasks and is no measure of
    coordination; this is. A collective counts as one actor.

    References
    ----------
    Borgatti, S. P., Everett, M. G. (1997). Network analysis of 2-mode data.
    Social Networks 19(3), 243-269. doi:10.1016/S0378-8733(96)00301-2

    Examples
    --------
    >>> from kg.measures.examples import water
    >>> coordination(water()).tolist()
    [2.0, 3.0, 3.0]
    """
    carry = carried(work)
    return carry.sum(work.size[carry.task] - 1)


def burdens(work: Work) -> tuple[Floats, Floats, Floats]:
    r"""Divide each led task among its leaders, and among those that they call on.

    On tasks with at least one leader and one actor that does not lead,
    with :math:`\ell_t` leaders:

    .. math::

        \mathrm{out}(u) = \sum_{t: u\ \mathrm{leads}} \frac{1}{\ell_t}, \quad
        \mathrm{in}(u) = \sum_{t: u\ \mathrm{does\ not\ lead}} \frac{1}{k_t - \ell_t}, \quad
        \mathrm{span}(u) = \sum_{t: u\ \mathrm{leads}} \frac{k_t - \ell_t}{\ell_t}

    Parameters
    ----------
    work
        The counted work; ``primary`` decides whether 主责 leads.

    Returns
    -------
    tuple of Floats
        Lead burden, support burden and span of lead, a number a unit each.

    Notes
    -----
    Lead burden and support burden sum to the same number, the number of tasks
    with both sides: each such task is one unit of burden on either side.
    Responsible units on a led task are on the side that is called on. The
    definition is this program's own, a split of the kind of Newman (2001).

    References
    ----------
    Newman, M. E. J. (2001). Scientific collaboration networks. II. Physical
    Review E 64, 016132. doi:10.1103/PhysRevE.64.016132

    Examples
    --------
    >>> from kg.measures.examples import water
    >>> [array.tolist() for array in burdens(water())]
    [[1.0, 0.0, 0.0], [0.0, 0.5, 0.5], [2.0, 0.0, 0.0]]
    """
    carry = carried(work)
    lead, support, span = (carry.sum(part) for part in burden_parts(work, carry))
    return lead, support, span


def burden_parts(work: Work, carry: Carried) -> tuple[Floats, Floats, Floats]:
    """Return what each assignment adds to lead burden, support burden and span of lead."""
    leads = np.maximum(work.leads, 1)[carry.task]
    others = np.maximum(work.size - work.leads, 1)[carry.task]
    both = ((work.leads > 0) & (work.size > work.leads))[carry.task]
    return (
        (both & carry.is_lead) / leads,
        (both & ~carry.is_lead) / others,
        (both & carry.is_lead) * others / leads,
    )


def role_asymmetry(lead: Floats, support: Floats) -> Floats:
    r"""Tell whether a unit rather calls on others (1) or is called on (-1).

    .. math:: A(u) = \frac{\mathrm{out}(u) - \mathrm{in}(u)}{\mathrm{out}(u) + \mathrm{in}(u)}

    Parameters
    ----------
    lead, support
        Lead and support burden, from :func:`burdens`.

    Returns
    -------
    Floats
        A number between -1 and 1 a unit; NaN for a unit that has neither.

    Notes
    -----
    A net-flow index; the definition is this program's own. It says nothing
    about size: a unit with one task can have 1.

    Examples
    --------
    >>> import numpy as np
    >>> role_asymmetry(np.array([1.0, 0.5]), np.array([0.0, 1.5])).tolist()
    [1.0, -0.5]
    """
    return ratio(lead - support, lead + support)


def load_shares(work: Work) -> tuple[Floats, Floats, Floats]:
    r"""Return the share of all tasks, of leading, and of working alone.

    .. math:: \frac{T(u)}{|tasks|}, \quad \frac{T_L(u)}{T(u)}, \quad
        \frac{|\{t: b_{ut} = 1, k_t = 1\}|}{T(u)}

    Parameters
    ----------
    work
        The counted work.

    Returns
    -------
    tuple of Floats
        Normalised two-mode degree, lead share and solo share.

    Notes
    -----
    The first is the degree centrality of two-mode networks. Lead share follows
    the choice ``primary``.

    References
    ----------
    Borgatti, S. P., Everett, M. G. (1997). Network analysis of 2-mode data.
    Social Networks 19(3), 243-269. doi:10.1016/S0378-8733(96)00301-2

    Examples
    --------
    >>> from kg.measures.examples import water
    >>> [array.round(4).tolist() for array in load_shares(water())]
    [[0.6667, 0.6667, 0.6667], [1.0, 0.0, 0.0], [0.5, 0.0, 0.0]]
    """
    carry = carried(work)
    tasks = carry.sum(np.ones(len(carry.task)))
    return (
        tasks / max(len(work.tasks), 1),
        ratio(carry.sum(carry.is_lead), tasks),
        ratio(carry.sum(work.size[carry.task] == 1), tasks),
    )


def open_list_tasks(work: Work) -> Floats:
    """Count the tasks whose list of units is left open by 等, so that k is a lower bound.

    Examples
    --------
    >>> from kg.measures.choices import Choices
    >>> from kg.measures.frame import FrameTask, FrameUnit, Row
    >>> from kg.measures.making import make_frame
    >>> from kg.measures.work import counted_work
    >>> frame = make_frame(
    ...     [FrameUnit("a", "甲")], [FrameTask("t", "1号"), FrameTask("s", "1号")],
    ...     [Row("t", "a", "lead", open_list=True), Row("s", "a", "lead")],
    ... )
    >>> open_list_tasks(counted_work(frame, Choices())).tolist()
    [1.0]
    """
    carry = carried(work)
    return carry.sum(work.open[carry.task])


def task_interval(work: Work) -> tuple[Floats, Floats]:
    """Bound each unit's number of tasks where collectives may mean it.

    Parameters
    ----------
    work
        The counted work.

    Returns
    -------
    tuple of Floats
        Low: the tasks that name the unit. High: with every task whose
        collective has the unit among its known members.

    Notes
    -----
    For 各有关 and 相关 the text does not tell which members are meant, so there
    is an interval and no point. Members are known only from the register or
    from a list that the user gives.

    Examples
    --------
    >>> from kg.measures.examples import water
    >>> [array.tolist() for array in task_interval(water())]
    [[2.0, 2.0, 2.0], [2.0, 2.0, 2.0]]
    """
    low = work.per_unit(np.ones(len(work.task)))
    pairs = {
        (int(work.task[row]), one)
        for row in np.flatnonzero(np.isin(work.unit, list(work.members)))
        for one in work.members[int(work.unit[row])]
    }
    named = set(zip(work.task.tolist(), work.unit.tolist(), strict=True)) if pairs else set()
    more = np.array([one for task, one in pairs if (task, one) not in named], dtype=np.int64)
    return low, low + np.bincount(more, minlength=len(work.units))
