"""Each named query in the embedded store against rdflib, in one run.

    python benchmarks/queries.py [--triples 100000] [--patience 20] [NAME …]

The graph is made of copies of the gazette in data/, each with notices of its own. Printed are
milliseconds in the store, and how many times that rdflib needs: for both the best of up to five
runs in time of the processor, with their modules loaded, so that other work on the machine counts
as little as it can. A query that rdflib does not finish within the patience is stopped and its
ratio is a lower bound, marked ``>``. The last lines are what is promised: on the graph of one
gazette every query under 50 ms, and on the large one at least 20 times faster than rdflib.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import time
from collections.abc import Callable

import rdflib
import rdflib.plugins.sparql.processor  # loaded here, or each query would be charged with it
from stores import copies

from kg.query import NamedQuery, list_queries
from kg.store import EmbeddedStore, load_store

PROMISED_MS = 50
PROMISED_RATIO = 20


RUNS = 5


def measured(work: Callable[[], object]) -> float:
    """Milliseconds of the processor: other work on the machine does not count."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def in_store(store: EmbeddedStore, query: NamedQuery) -> float:
    return min(measured(lambda: store.query(query.text)) for _ in range(RUNS))


def in_rdflib(graph: rdflib.Graph, query: NamedQuery, patience: float) -> tuple[float, bool]:
    """Return milliseconds, and whether the query was finished within the patience at all."""
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)

    def work() -> None:
        for _ in range(RUNS):
            sender.send(measured(lambda: list(graph.query(query.text))))

    process = context.Process(target=work)
    process.start()
    until = time.monotonic() + patience
    spent: list[float] = []
    while len(spent) < RUNS and receiver.poll(max(0, until - time.monotonic())):
        spent.append(receiver.recv())
    process.kill()
    process.join()
    return (min(spent), True) if spent else (patience * 1000, False)


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
    gc.collect()
    gc.freeze()  # neither engine is charged with looking through what the other one holds
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
