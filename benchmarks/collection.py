"""Collections of N gazettes: documents per second, memory, size, and one file more.

    python benchmarks/collection.py                      10, 100 and 1,000 gazettes
    python benchmarks/collection.py 10000 --outputs tables

The gazettes are made from the real one in ``data/`` with a seed: its notices are
recombined, set in other districts of ``ontology/places.ttl`` and other years, with
other numbers, days, quantities, and departments that change places. The peer of
each figure is reading the same files without parsing them, in the same run.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GAZETTE = ROOT / "data" / "chaoyang-2020-02.txt"
ISSUES_OF_A_DISTRICT = 10
"""Gazettes for each district that publishes any."""
NUMBER = re.compile(r"朝政(办?)发〔\d{4}〕\d+号")
YEAR = re.compile(r"20\d\d(?= ?年|〕)")
DAY = re.compile(r"(?<=\d月)\d{1,2}(?=日)")
QUANTITY = re.compile(r"(?<![\d.〔])\d{1,4}(?=(?:\.\d+)?(?:%|公里|个|座|处|家|万))")


@dataclass(frozen=True, slots=True)
class District:
    """A district and the place above it, each by its name and its short name."""

    name: str
    short: str
    above: str
    above_short: str


class Maker:
    """Makes gazettes that look like the real one."""

    def __init__(self, seed: int) -> None:
        from kg.pipeline import Pipeline

        pipeline = Pipeline()
        facts = pipeline.read(GAZETTE)
        self.seed = seed
        self.notices = [
            (notice.title, notice.number, notice.span.of(facts.document.text))
            for notice in facts.notices
        ]
        self.departments = sorted(
            {fact.as_written for fact in facts.assignments if fact.as_written.startswith("区")}
        )
        self.department = re.compile("|".join(sorted(self.departments, key=len, reverse=True)))
        places = pipeline.register.places
        found: dict[str, District] = {}
        for place in places.values():
            above = places.get(place.parent or "")
            if place.level == "county" and place.name.endswith("区") and above:
                found.setdefault(
                    place.short, District(place.name, place.short, above.name, above.short)
                )
        self.districts = [found[short] for short in sorted(found)]

    def gazette(self, number: int, count: int) -> str:
        """Return the text of a gazette, one of ``count``."""
        chance = random.Random(f"{self.seed}/{number}")
        publish = max(1, min(len(self.districts), count // ISSUES_OF_A_DISTRICT))
        district = self.districts[number % publish]
        issue = number // publish
        year = 2011 + issue % 10
        contents, bodies = [], []
        for place in range(len(self.notices)):
            title, old, body = chance.choice(self.notices)
            # The year is set with all others.
            own = f"{issue * len(self.notices) + place + 1}"
            numbers = {old: f"{district.short}政{'办' if '办' in old else ''}发〔2020〕{own}号"}
            turned = dict(zip(self.departments, self._turned(chance), strict=True))
            words = self.department.sub(lambda match, turn=turned: turn[match.group()], body)
            contents.append(f"{title}\n（{old}）{place + 1:02}")
            contents[-1] = self._set(contents[-1], district, numbers, year, chance)
            bodies.append(self._set(words, district, numbers, year, chance))
        head = self._set("北京市朝阳区人民政府公报", district, {}, year, chance)
        return (
            f"{head}\n\n{year} 年\n\n第 {issue + 1} 期\n\n目 录\n\n"
            + "\n\n".join(contents)
            + "\n\n"
            + "\n\n".join(bodies)
            + "\n"
        )

    def _turned(self, chance: random.Random) -> list[str]:
        """Return the departments, some of them in each other's place."""
        turned = list(self.departments)
        for _ in range(len(turned) // 4):
            one, other = chance.sample(range(len(turned)), 2)
            turned[one], turned[other] = turned[other], turned[one]
        return turned

    def _set(
        self,
        text: str,
        district: District,
        numbers: dict[str, str],
        year: int,
        chance: random.Random,
    ) -> str:
        """Set a text in another district and year, with other days and quantities."""
        text = NUMBER.sub(lambda match: numbers.get(match.group(), match.group()), text)
        for old, new in (
            ("朝阳区", district.name),
            ("朝阳", district.short),
            ("北京市", district.above),
            ("北京", district.above_short),
        ):
            text = text.replace(old, new)
        text = QUANTITY.sub(
            lambda match: str(max(1, int(int(match.group()) * chance.uniform(0.5, 1.5)))), text
        )
        text = YEAR.sub(lambda match: str(int(match.group()) + year - 2020), text)
        return DAY.sub(lambda match: str(chance.randint(1, 28)), text)


class Peak(threading.Thread):
    """Watches the memory of a process and of those that it started."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process = process
        self.kib: dict[int, int] = {}

    def run(self) -> None:
        """Look, ten times a second, until the process is gone."""
        while Path(f"/proc/{self.process}").exists():
            for number in (self.process, *children(self.process)):
                try:
                    status = Path(f"/proc/{number}/status").read_text()
                except OSError:
                    continue
                if match := re.search(r"VmHWM:\s+(\d+)", status):
                    self.kib[number] = max(self.kib.get(number, 0), int(match[1]))
            time.sleep(0.1)

    def told(self) -> str:
        """Return the peak of the main process and of the largest worker."""
        main = self.kib.pop(self.process, 0)
        return f"{main / 1024:.0f} + {max(self.kib.values(), default=0) / 1024:.0f} MiB"


def children(process: int) -> Iterator[int]:
    """Yield the processes that a process has started, and those that these have."""
    try:
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                yield child
                yield from children(child)
    except OSError:
        return


def size(path: Path) -> int:
    """Return the bytes of a file or of all files below a folder."""
    if path.is_file():
        return path.stat().st_size
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


@dataclass(frozen=True, slots=True)
class Cost:
    """What a build took: seconds on the clock and of processors, and memory."""

    seconds: float
    processor: float
    memory: str


def processor() -> float:
    """Return the seconds of processors that finished processes have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def build(source: Path, folder: Path, arguments: list[str]) -> Cost:
    """Build, and return what it took."""
    command = [sys.executable, str(ROOT / "build_graph.py"), "-q", "-o", str(folder), str(source)]
    begin, used = time.perf_counter(), processor()
    process = subprocess.Popen([*command, *arguments], cwd=ROOT)
    peak = Peak(process.pid)
    peak.start()
    if process.wait():
        sys.exit(f"the build failed with exit code {process.returncode}")
    seconds = time.perf_counter() - begin
    peak.join()
    return Cost(seconds, processor() - used, peak.told())


def plain(source: Path) -> float:
    """Return the processor's seconds that reading the files alone takes."""
    begin = time.process_time()
    for path in sorted(source.iterdir()):
        path.read_text(encoding="utf-8")
    return time.process_time() - begin


def measured(maker: Maker, count: int, arguments: list[str], folder: Path) -> None:
    """Make a collection, build it, add a file, and print what that took."""
    source, target = folder / "in", folder / "build"
    source.mkdir(parents=True)
    for number in range(count):
        (source / f"{number:05}.txt").write_text(maker.gazette(number, count), encoding="utf-8")
    bare = plain(source)
    cost = build(source, target, arguments)
    sizes = ", ".join(f"{path.name} {size(path) / 2**20:.1f}" for path in sorted(target.iterdir()))
    kept = size(folder / ".build.cache") / 2**20
    (source / "added.txt").write_text(maker.gazette(count, count), encoding="utf-8")
    again = build(source, target, arguments)
    print(
        f"{count:>6} gazettes of {size(source) / count / 1000:.0f} KB: {cost.seconds:.1f} s "
        f"({cost.processor:.1f} s of processors), {count / cost.seconds:.1f} documents/s, "
        f"{cost.processor / bare:.0f} times reading the files; "
        f"peak {cost.memory} (main + largest worker); MiB written: {sizes} "
        f"(kept readings {kept:.1f}); one file more: {again.seconds:.1f} s "
        f"({again.processor:.1f} s of processors)",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("counts", nargs="*", type=int, default=[10, 100, 1000], metavar="N")
    parser.add_argument("--outputs", help="as of build_graph.py (default: all)")
    parser.add_argument("--workers", help="as of build_graph.py")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--folder", type=Path, help="where to work (default: a temporary folder)")
    options = parser.parse_args()
    arguments = [
        word
        for name in ("outputs", "workers")
        if (value := getattr(options, name))
        for word in (f"--{name}", value)
    ]
    maker = Maker(options.seed)
    for count in options.counts:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            measured(maker, count, arguments, Path(folder))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
