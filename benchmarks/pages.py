"""How fast the pages are written, opened and usable, as ratios.

    python benchmarks/pages.py [--large]

Every page is opened several times in one headless Chromium without a network,
ours beside what plain pyvis writes for the same nodes and edges; medians are
printed. A page counts as interactive when its network has been drawn and answers
(plain pyvis: when the simulation that it starts with is over). ``--large`` adds a corpus of
500 units and 20,000 tasks.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "pages")]

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as ``kg build`` does
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
RUNS = 5
RESTED = "window.network && window.network.physics && window.network.physics.ready"
OURS = "performance.getEntriesByName('interactive').length > 0"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--large", action="store_true", help="also 500 units and 20,000 tasks")
    large = options.parse_args().large

    from corpora import made_up
    from playwright.sync_api import sync_playwright

    from kg.pages import write_site
    from kg.pipeline import Pipeline

    facts = [Pipeline().read(ROOT / "data" / "chaoyang-2020-02.txt")]
    with tempfile.TemporaryDirectory() as name, sync_playwright() as tools:
        folder = Path(name)
        write_site(folder / "warm", facts)
        report("site of the gazette written", timed(lambda: write_site(folder / "a", facts)), 2.0)
        browser = tools.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_context(offline=True).new_page()

        def opened(path: Path, ready: str) -> float:
            """Return the median time from navigation until ``ready`` holds."""
            times: list[float] = []
            # A simulation may take a minute: then once must do.
            while len(times) < RUNS and sum(times) < 30:
                page.goto("about:blank")
                page.goto(path.as_uri(), wait_until="commit")
                # No wait_for_function: it evaluates a string, which the pages' policy forbids.
                while not page.evaluate(ready):
                    time.sleep(0.005)
                marks = page.evaluate(
                    "[...performance.getEntriesByName('interactive')].map((m) => m.startTime)"
                )
                times.append((marks[0] if marks else page.evaluate("performance.now()")) / 1000)
            return statistics.median(times)

        def pair(title: str, site: Path, goal: float) -> None:
            plain = folder / "plain.html"
            plain.write_text(plain_pyvis(site / "coordination.html"), encoding="utf-8")
            ours, theirs = opened(site / "coordination.html", OURS), opened(plain, RESTED)
            report(f"{title}: network interactive", ours, goal)
            print(f"    plain pyvis {theirs:7.2f} s, ours is {theirs / ours:.1f} times as fast")

        pair("gazette", folder / "a", 0.7)
        report("gazette: overview drawn", opened(folder / "a" / "index.html", OURS), 2.0)
        middle = made_up(units=420, tasks=1500, notices=14)
        report("1,500 tasks: site written", timed(lambda: write_site(folder / "b", middle), 1))
        pair("300 nodes, 1,500 edges", folder / "b", 1.5)
        if large:
            many = made_up(units=500, tasks=20_000, notices=500)
            seconds = timed(lambda: write_site(folder / "c", many), 1)
            report("500 units, 20,000 tasks: site written", seconds)
            index = folder / "c" / "index.html"
            report("500 units, 20,000 tasks: overview drawn", opened(index, OURS), 2.0)
            print(f"    index.html {index.stat().st_size / 1e6:.2f} MB (goal 3 MB)")
            network = folder / "c" / "coordination.html"
            report("500 units, 20,000 tasks: network", opened(network, OURS))
            print(f"    coordination.html {network.stat().st_size / 1e6:.2f} MB")
        browser.close()


def plain_pyvis(ours: Path) -> str:
    """Return what pyvis writes by itself for the nodes and edges of one of our pages."""
    from pyvis.network import Network

    text = ours.read_text(encoding="utf-8")

    def block(name: str) -> list[dict[str, object]]:
        start = text.index(f'id="{name}">') + len(f'id="{name}">')
        found: list[dict[str, object]] = json.loads(text[start : text.index("</script>", start)])
        return found

    net = Network(directed=True, cdn_resources="in_line")
    for node in block("nodes"):
        net.add_node(node["id"], label=node["label"], shape=node["shape"], color=node["color"])
    for edge in block("edges"):
        net.add_edge(edge["from"], edge["to"], width=edge["width"])
    page: str = net.generate_html()
    return page


def timed(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the median time of ``work`` in seconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def report(title: str, seconds: float, goal: float | None = None) -> None:
    """Print a time, and how much of its goal it takes."""
    share = "" if goal is None else f"   {seconds / goal:5.0%} of {goal:.1f} s"
    print(f"{title:48} {seconds:7.2f} s{share}", flush=True)


if __name__ == "__main__":
    main()
