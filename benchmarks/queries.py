"""Each named query in the embedded store against rdflib, in one run.

    python benchmarks/queries.py [--triples 100000] [--patience 20] [NAME …]

The graph is made of copies of the gazette in data/, each with notices of its own. Printed are
milliseconds in the store (median of five), and how many times that rdflib needs. A query that
rdflib does not finish within the patience is stopped and its ratio is a lower bound, marked
``>``. The last lines are what is promised: on the graph of one gazette every query under 50 ms,
and on the large one at least 20 times faster than rdflib.
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import time
from collections.abc import Callable

import rdflib
from stores import copies

from kg.query import NamedQuery, list_queries
from kg.store import EmbeddedStore, load_store

PROMISED_MS = 50
PROMISED_RATIO = 20


def measured(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def in_store(store: EmbeddedStore, query: NamedQuery) -> float:
    return statistics.median(measured(lambda: store.query(query.text)) for _ in range(5))


def in_rdflib(graph: rdflib.Graph, query: NamedQuery, patience: float) -> tuple[float, bool]:
    """Return milliseconds, and whether the query was finished then."""
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)

    def work() -> None:
        sender.send(measured(lambda: list(graph.query(query.text))))

    process = context.Process(target=work)
    process.start()
    finished = receiver.poll(patience)
    spent = receiver.recv() if finished else patience * 1000
    process.kill()
    process.join()
    return spent, finished


def lines_of(triples: int) -> list[str]:
    """Lines of so many copies that there are about ``triples`` different triples."""
    one, two = (_triples(copies(count)) for count in (1, 2))
    count = max(1, round((triples - one) / (two - one)) + 1)
    return copies(count)


def _triples(lines: list[str]) -> int:
    return len({line.rpartition(" <")[0] for line in lines})


def nquads(lines: list[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--triples", type=int, default=100_000)
    parser.add_argument("--patience", type=float, default=20)
    options = parser.parse_args()
    queries = [
        query for query in list_queries() if query.name in options.names or not options.names
    ]
    small = load_store(nquads(copies(1)))
    lines = lines_of(options.triples)
    large = load_store(nquads(lines))
    graph = rdflib.Graph()
    graph.parse(data="".join(f"{line.rpartition(' <')[0]} .\n" for line in lines), format="nt")
    print(f"{_triples(lines)} triples; ms in the store, on one gazette and on this graph; rdflib")
    slow, near = [], []
    for query in queries:
        alone, here = in_store(small, query), in_store(large, query)
        there, finished = in_rdflib(graph, query, options.patience)
        ratio = there / here
        mark = " " if finished else ">"
        print(f"{query.name:<20} {alone:8.2f} {here:9.2f}  {mark} {ratio:8.0f} times", flush=True)
        slow += [query.name] if alone >= PROMISED_MS else []
        near += [query.name] if finished and ratio < PROMISED_RATIO else []
    print(f"over {PROMISED_MS} ms on one gazette: {', '.join(slow) or 'none'}")
    print(f"less than {PROMISED_RATIO} times faster than rdflib: {', '.join(near) or 'none'}")


if __name__ == "__main__":
    main()
