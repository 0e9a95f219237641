"""Time by length: ``python benchmarks/length.py`` reads the gazette's text many times over.

The peer is the text once; the ratio of time per character should stay near 1.
"""

from __future__ import annotations

import itertools
import sys
import time
from pathlib import Path

from kg.extraction import extract
from kg.pipeline import Pipeline
from kg.reader import document
from kg.resolution import resolve
from kg.resolution.resolver import Resolver
from kg.structure import parse

GAZETTE = Path(__file__).resolve().parents[1] / "data" / "chaoyang-2020-02.txt"


def main() -> None:
    copies = [int(word) for word in sys.argv[1:]] or [1, 4, 16, 64, 154]
    text = GAZETTE.read_text(encoding="utf-8")
    pipeline = Pipeline()
    pipeline.facts(document(text, "x"))
    first = 0.0
    for number in copies:
        whole = text * number
        times = [time.perf_counter()]
        read = document(whole, "x")
        times.append(time.perf_counter())
        gazette = parse(read)
        times.append(time.perf_counter())
        facts = extract(gazette, pipeline.register.lexicon)
        times.append(time.perf_counter())
        resolve(facts, Resolver(pipeline.register))
        times.append(time.perf_counter())
        steps = [after - before for before, after in itertools.pairwise(times)]
        per = sum(steps) / number
        first = first or per
        parts = " ".join(f"{step:.2f}" for step in steps)
        size = len(whole.encode()) / 1e6
        print(f"{size:6.2f} MB  {sum(steps):7.2f} s  ({parts})  per character {per / first:.2f}")


if __name__ == "__main__":
    main()
