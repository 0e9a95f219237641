"""How long the measures take, beside plain networkx in the same run.

    python benchmarks/measures.py                       both parts
    python benchmarks/measures.py --units 1000 --tasks 100000 --assignments 800000
    python benchmarks/measures.py --no-large

The first part runs each measure that networkx has too, on one network of 60
units and 1,500 tasks, by both, and prints the ratio. The second runs all
measures on a large network, and prints the time of each step and the peak of
memory; the network is drawn from a fixed seed.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable

import networkx as nx
import numpy as np
from networkx.algorithms import bipartite

from kg.measures.betweenness import betweenness
from kg.measures.choices import Choices
from kg.measures.columns import GrowingWords
from kg.measures.compute import measure_frame
from kg.measures.excess import excess_over_chance
from kg.measures.frame import Frame, FrameNotice, FrameUnit, TaskColumns, Tasks
from kg.measures.structure import (
    constraint,
    core_number,
    effective_size,
    hubs_and_authorities,
    pagerank,
)
from kg.measures.ties import jaccard, pairs_of
from kg.measures.work import counted_work


def drawn(units: int, tasks: int, assignments: int, notices: int, seed: int = 1) -> Frame:
    """Draw a network: notices name some units again and again, as gazettes do."""
    draw = np.random.RandomState(seed)
    notice = np.sort(draw.randint(notices, size=tasks))
    size = 1 + draw.poisson(assignments / tasks - 1, size=tasks)
    task = np.repeat(np.arange(tasks), size)
    # Half of the places go to a notice's own thirty units, half to any, the busy ones more.
    own = draw.randint(units, size=(notices, 30))
    anybody = (units * draw.rand(len(task)) ** 2).astype(np.int64)
    unit = np.where(
        draw.rand(len(task)) < 0.5, own[notice[task], draw.randint(30, size=len(task))], anybody
    )
    key = np.unique(task * units + unit)
    role = np.where(draw.rand(len(key)) < 0.15, 0, np.where(draw.rand(len(key)) < 0.5, 2, 3))
    made = tuple(FrameUnit(f"unit/{u:06}", f"单位{u}", "局", "区") for u in range(units))
    acts = tuple(FrameNotice(f"n{n:05}", "", f"20{10 + n % 10}-01-01") for n in range(notices))
    listed = TaskColumns(
        ids=GrowingWords(f"task/{t:07}" for t in range(tasks)).words(),
        labels=GrowingWords([""] * tasks).words(),
        notices=tuple(one.number for one in acts),
        notice=notice,
        form=np.zeros(tasks, dtype=np.int64),
        parent=np.full(tasks, -1),
    )
    return Frame(
        made,
        Tasks(listed),
        acts,
        key // units,
        key % units,
        role,
        stated=np.ones(len(key), dtype=np.bool_),
        open=np.zeros(len(key), dtype=np.bool_),
    )


def seconds(work: Callable[[], object], rounds: int = 3) -> float:
    """Return the median time of some rounds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return float(np.median(times))


def beside_networkx() -> None:
    """Time each measure that networkx has too, by both."""
    work = counted_work(drawn(60, 1_500, 9_000, 100), Choices())
    pairs = pairs_of(work)
    everyone = np.ones(pairs.units, dtype=np.bool_)
    two_mode, weighted, directed = nx.Graph(), nx.Graph(), nx.DiGraph()
    for task, unit in zip(work.task.tolist(), work.unit.tolist(), strict=True):
        two_mode.add_edge(unit, ("task", task))
    for one, two, weight, forth, back in zip(
        pairs.first.tolist(),
        pairs.second.tolist(),
        pairs.newman.tolist(),
        pairs.forth.tolist(),
        pairs.back.tolist(),
        strict=True,
    ):
        weighted.add_edge(one, two, weight=weight)
        for start, end, value in ((one, two, forth), (two, one, back)):
            if value:
                directed.add_edge(start, end, weight=value)
    units = range(pairs.units)
    rows: list[tuple[str, Callable[[], object], Callable[[], object]]] = [
        (
            "pairs, Newman weights",
            lambda: pairs_of(work),
            lambda: bipartite.collaboration_weighted_projected_graph(two_mode, units),
        ),
        (
            "Jaccard",
            lambda: jaccard(pairs_of(work)),
            lambda: bipartite.overlap_weighted_projected_graph(two_mode, units),
        ),
        ("constraint", lambda: constraint(pairs), lambda: nx.constraint(weighted, weight="weight")),
        ("effective size", lambda: effective_size(pairs), lambda: nx.effective_size(weighted)),
        (
            "betweenness",
            lambda: betweenness(work.task, work.unit, pairs.units),
            lambda: bipartite.betweenness_centrality(two_mode, units),
        ),
        ("PageRank", lambda: pagerank(pairs, everyone), lambda: nx.pagerank(directed)),
        ("HITS", lambda: hubs_and_authorities(pairs, everyone), lambda: nx.hits(directed)),
        (
            "core",
            lambda: core_number(pairs.first, pairs.second, pairs.units),
            lambda: nx.core_number(weighted),
        ),
    ]
    print(f"{len(work.units)} units, {len(work.tasks)} tasks, {len(work.task)} assignments")
    print(f"{'':24}{'here, ms':>12}{'networkx, ms':>14}{'ratio':>9}")
    for name, ours, theirs in rows:
        mine = seconds(ours)
        other = seconds(theirs, 1 if name == "betweenness" else 3)
        print(f"{name:24}{1000 * mine:12.2f}{1000 * other:14.1f}{other / mine:8.0f}×")


def large(units: int, tasks: int, assignments: int, notices: int) -> None:
    """Time the steps, then all measures, on a large network."""
    frame = drawn(units, tasks, assignments, notices)
    print(f"\n{units} units, {tasks} tasks, {len(frame.task)} assignments, {notices} notices")
    start = time.perf_counter()
    work = counted_work(frame, Choices())
    marks = [("counted work", time.perf_counter())]
    pairs = pairs_of(work)
    marks.append((f"{len(pairs.first)} pairs", time.perf_counter()))
    constraint(pairs)
    marks.append(("constraint", time.perf_counter()))
    values, errors = betweenness(work.task, work.unit, units)
    marks.append(("betweenness", time.perf_counter()))
    excess_over_chance(work, pairs)
    marks.append(("excess over chance", time.perf_counter()))
    for name, mark in marks:
        print(f"{name:24}{mark - start:8.2f} s")
        start = mark
    told = values > np.median(values)
    print(f"betweenness: standard error {np.median(errors[told] / values[told]):.1%} of the value")
    start = time.perf_counter()
    measure_frame(frame)
    print(f"{'all measures':24}{time.perf_counter() - start:8.2f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'peak memory':24}{peak:8.0f} MB")


def main() -> None:
    """Run both parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=1_000)
    parser.add_argument("--tasks", type=int, default=100_000)
    parser.add_argument("--assignments", type=int, default=800_000)
    parser.add_argument("--notices", type=int, default=5_000)
    parser.add_argument("--no-large", action="store_true")
    parser.add_argument("--no-networkx", action="store_true")
    options = parser.parse_args()
    if not options.no_networkx:
        beside_networkx()
    if not options.no_large:
        large(options.units, options.tasks, options.assignments, options.notices)


if __name__ == "__main__":
    main()
