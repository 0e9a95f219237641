"""Read Chinese government gazettes and write the graph of who does what with whom.

Reads text files (UTF-8 or GB18030) and folders of them; writes graph.nq,
graph.ttl, store/, tables/*.csv and site/index.html.

读取政府公报文本，写出知识图谱、表格和网页。

examples:
  python build_graph.py                             the gazette in data/
  python build_graph.py notice.txt gazettes/ -o out/
  python build_graph.py notice.txt --register my.ttl

exit codes: 0 done; 1 done, but some input could not be read; 2 wrong use
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from kg.build import BuildResult, build
from kg.rdf.vocabulary import DEFAULT_BASE
from kg.resources import data

__all__ = ["configure", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the main job."""
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="FILE|FOLDER", help="what to read (default: data/)"
    )
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        default=Path("build"),
        metavar="FOLDER",
        help="where to write (default: build)",
    )
    parser.add_argument(
        "--register",
        type=Path,
        action="append",
        default=[],
        metavar="FILE.ttl",
        help="a register of your own with more units and names; may be repeated",
    )
    parser.add_argument(
        "--base-iri",
        default=DEFAULT_BASE,
        metavar="IRI",
        help=f"what the identifiers hang from (default: {DEFAULT_BASE})",
    )
    parser.add_argument(
        "--workers",
        type=int,
        default=0,
        metavar="N",
        help="processes that read (default: one a processor)",
    )
    parser.add_argument(
        "--no-cache", action="store_true", help="read every file anew, changed or not"
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="say nothing but errors")


def run(options: argparse.Namespace) -> int:
    """Build, say what was made, and name what could not be read."""
    paths = options.paths or [data()]
    bar = None if options.quiet or (len(paths) == 1 and not paths[0].is_dir()) else _Bar()
    try:
        result = build(
            paths,
            options.output,
            options.base_iri,
            options.register,
            bar,
            options.workers,
            not options.no_cache,
        )
    finally:
        if bar:
            bar.close()
    for error in result.errors:
        print(f"error: {error}", file=sys.stderr)
    if not options.quiet:
        for note in result.notes:
            print(f"note: {note}", file=sys.stderr)
        if result.documents:
            _summary(result)
    if not result.documents:
        print(
            "error: nothing to build, nothing written · 没有可用的输入，未写任何文件",
            file=sys.stderr,
        )
    return 1 if result.errors or not result.documents else 0


class _Bar:
    """A progress bar on the terminal; nothing where there is no terminal, or one file only."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._task: Any = None

    def __call__(self, done: int, total: int, name: str) -> None:
        """Show that ``done`` of ``total`` files are read and ``name`` is next."""
        if total < 2 or not sys.stderr.isatty():
            return
        if self._bar is None:
            from rich.console import Console
            from rich.progress import Progress as RichProgress

            self._bar = RichProgress(console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("", total=total)
            self._bar.start()
        self._bar.update(self._task, completed=done, description=name[-40:])

    def close(self) -> None:
        """Take the bar off the terminal."""
        if self._bar is not None:
            self._bar.stop()


def _summary(result: BuildResult) -> None:
    counts = (
        (result.documents, "documents 文档"),
        (result.notices, "notices 通知"),
        (result.units, "units 单位"),
        (result.tasks, "tasks 任务"),
        (result.assignments, "assignments 分工"),
        (result.findings, "findings 发现"),
    )
    print(" · ".join(f"{number} {name}" for number, name in counts))
    print(f"look at 请打开: {result.folder / 'site' / 'index.html'}")
    print(f"tables 表格: {result.folder / 'tables'} · query 查询: kg query --build {result.folder}")
