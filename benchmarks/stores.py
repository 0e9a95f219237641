"""Asking a build in memory against on disk, over graphs of growing size.

    python benchmarks/stores.py

For each size: the time to load graph.nq into memory, to open the store on disk, and the
median over all named queries in each, as ratios. ``kg query`` opens in memory as long as
loading costs less than the slowest query loses on disk.
"""

from __future__ import annotations

import hashlib
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from kg.document import Document
from kg.pipeline import Pipeline
from kg.query import list_queries
from kg.rdf import quads
from kg.reader import read
from kg.store import EmbeddedStore, load_store, open_store, write_store

GAZETTE = Path(__file__).parent.parent / "data" / "chaoyang-2020-02.txt"


def timed(work: Callable[[], object]) -> tuple[float, object]:
    start = time.perf_counter()
    result = work()
    return (time.perf_counter() - start) * 1000, result


def copies(count: int) -> list[str]:
    """Lines of ``count`` copies of the gazette, each with documents and notices of its own."""
    lines: list[str] = []
    pipeline = Pipeline()
    document = read(GAZETTE)
    for number in range(20, 20 + count):
        mark = f"{2000 + number}〕"
        text = document.text.replace("2020〕", mark)
        digest = hashlib.sha256(text.encode()).hexdigest()
        copy = Document(document.name, digest, replace(document.mapped, text=text))
        lines += quads([pipeline.facts(copy)])
    return sorted(set(lines))


def queries_in(store: EmbeddedStore) -> list[float]:
    return [timed(partial(store.query, query.text))[0] for query in list_queries()]


def compare(lines: list[str], folder: Path) -> str:
    """Return one line about a graph of this size."""
    nquads, store = folder / "graph.nq", folder / "store"
    nquads.write_text("\n".join(lines) + "\n", encoding="utf-8")
    written, _ = timed(lambda: write_store(nquads, store))
    loaded, memory = timed(lambda: load_store(nquads))
    opened, disk = timed(lambda: open_store(store))
    assert isinstance(memory, EmbeddedStore)
    assert isinstance(disk, EmbeddedStore)
    in_memory, on_disk = queries_in(memory), queries_in(disk)
    return (
        f"{len(lines):>8} quads {nquads.stat().st_size / 1e6:6.1f} MB: store written in "
        f"{written:.0f} ms, loaded in {loaded:.0f} ms, opened in {opened:.0f} ms; queries, median "
        f"{statistics.median(in_memory):.1f} ms in memory, disk "
        f"{statistics.median(on_disk) / statistics.median(in_memory):.1f} times that, "
        f"slowest loses {max(b - a for a, b in zip(in_memory, on_disk, strict=True)):.0f} ms"
    )


def main() -> None:
    for count in (1, 5, 10):
        with tempfile.TemporaryDirectory() as folder:
            print(compare(copies(count), Path(folder)))


if __name__ == "__main__":
    main()
