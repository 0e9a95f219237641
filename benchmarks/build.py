"""The whole build and its parts, as ratios: ``python benchmarks/build.py``.

Each figure is the median of several runs of a fresh process or call. The peer is
Python's own start with the same imports, and reading the file without parsing.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GAZETTE = ROOT / "data" / "chaoyang-2020-02.txt"
RUNS = 7


def median(work: Callable[[], object]) -> float:
    work()
    times = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def process(*arguments: str) -> Callable[[], object]:
    return lambda: subprocess.run([sys.executable, *arguments], check=True, cwd=ROOT)


def main() -> None:
    from kg.extraction import extract
    from kg.pipeline import Pipeline
    from kg.reader import read
    from kg.structure import parse

    with tempfile.TemporaryDirectory() as folder:
        whole = median(process("build_graph.py", "-q", "-o", f"{folder}/build"))
    start = median(process("-c", "pass"))
    pipeline = Pipeline()
    document = read(GAZETTE)
    gazette = parse(document)
    parts = {
        "read and normalise": median(lambda: read(GAZETTE)),
        "structure": median(lambda: parse(document)),
        "extraction": median(lambda: extract(gazette, pipeline.register.lexicon)),
        "all of parsing": median(lambda: extract(parse(read(GAZETTE)), pipeline.register.lexicon)),
        "with resolution": median(lambda: pipeline.read(GAZETTE)),
        "register": median(Pipeline),
    }
    plain = median(lambda: GAZETTE.read_text(encoding="utf-8"))
    print(
        f"build_graph.py: {whole:.2f} s, {whole / start:.0f} times Python's start ({start:.3f} s)"
    )
    for name, seconds in parts.items():
        print(
            f"{name:<20} {seconds * 1000:7.1f} ms  {seconds / plain:8.0f} times reading the bytes"
        )


if __name__ == "__main__":
    main()
