"""Computes the rows of the system table: all, each notice, each year."""

from __future__ import annotations

import math

import numpy as np

from kg.measures.communities import communities, modularity
from kg.measures.excess import TESTED, Chance
from kg.measures.frame import Frame
from kg.measures.load import fractional_load
from kg.measures.partners import partners
from kg.measures.records import SystemRow
from kg.measures.slices import years_of
from kg.measures.structure import without
from kg.measures.system import (
    centralisation,
    density,
    gini,
    herfindahl,
    multi_lead_share,
    multi_unit_share,
    network_reciprocity,
)
from kg.measures.ties import Pairs, pairs_of
from kg.measures.work import Work, select_work

__all__ = ["system_rows"]

_NOT_TESTED = "whole_only"


def system_rows(work: Work, pairs: Pairs, chance: Chance, frame: Frame) -> tuple[SystemRow, ...]:
    """Measure the whole, then each year, then each notice.

    A year is that of the date of the notice; notices without a date are in no
    year. Chance is tested for the whole alone.
    """
    about = {notice.number: notice for notice in frame.notices}
    alpha = work.choices.alpha
    tested = chance.note == TESTED
    rows = [
        _row(
            work,
            pairs,
            ("all", "", "", ""),
            (
                chance.note,
                int((chance.q_more <= alpha).sum()) if tested else None,
                int((chance.q_fewer <= alpha).sum()) if tested else None,
            ),
        )
    ]
    for year, part in years_of(work, frame):
        rows.append(_row(part, pairs_of(part), ("year", year, "", year)))
    order = np.argsort(work.notice, kind="stable")
    ends = np.cumsum(np.bincount(work.notice, minlength=len(work.notices)))[:-1]
    for number, tasks in zip(work.notices, np.split(order, ends), strict=bool(work.notices)):
        part = select_work(work, tasks)
        head = ("notice", number, about[number].title, about[number].date)
        rows.append(_row(part, pairs_of(part), head))
    return tuple(rows)


def _row(
    work: Work,
    pairs: Pairs,
    head: tuple[str, str, str, str],
    chance: tuple[str, int | None, int | None] = (_NOT_TESTED, None, None),
) -> SystemRow:
    """Measure one network. Collectives count as actors of tasks, not as units."""
    named = ~work.collective
    units = int(named.sum())
    load = fractional_load(work)
    inner = without(pairs, work.collective)
    breadth = partners(inner)[named]
    structure = inner if not work.choices.collectives_in_structure else pairs
    community = communities(structure, work.choices.seed)
    return SystemRow(
        *head,
        tasks=len(work.tasks),
        units=units,
        collectives=len(work.units) - units,
        assignments=len(work.task),
        pairs=len(inner.first),
        units_per_task=_told(float(work.size.mean()) if len(work.size) else math.nan),
        mean_partners=_told(float(breadth.mean()) if units else math.nan),
        density=_told(density(len(inner.first), units)),
        load_gini=_told(gini(load[named])),
        load_concentration=_told(herfindahl(load[named])),
        collective_load_share=_told(
            float(load[work.collective].sum() / load.sum()) if len(work.tasks) else math.nan
        ),
        centralisation=_told(centralisation(breadth)),
        multi_unit_tasks=int((work.size > 1).sum()),
        multi_unit_share=_told(multi_unit_share(work)),
        led_share=_told(float((work.leads > 0).mean()) if len(work.leads) else math.nan),
        multi_lead_share=_told(multi_lead_share(work)),
        reciprocity=_told(network_reciprocity(pairs)),
        communities=int(community.max(initial=-1)) + 1,
        modularity=_told(modularity(structure, community)),
        chance=chance[0],
        pairs_more=chance[1],
        pairs_fewer=chance[2],
        open_list_tasks=int(work.open.sum()),
        open_list_share=_told(float(work.open.mean()) if len(work.open) else math.nan),
    )


def _told(value: float) -> float | None:
    return None if math.isnan(value) else value
