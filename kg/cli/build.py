"""Read Chinese government gazettes and write the graph of who does what with whom.

Reads text (UTF-8 or GB18030), Markdown, HTML, PDF with a text layer and DOCX, and
folders of them; writes graph.nq, graph.ttl, store/, tables/*.csv and
site/index.html. Files that have not changed since the last build are not read
again; a build that was stopped (Ctrl-C) goes on where it stood. docs/collections.md
tells how to build thousands of files.

读取政府公报文本，写出知识图谱、表格和网页。

examples:
  python build_graph.py                             the gazette in data/
  python build_graph.py notice.txt gazettes/ -o out/
  python build_graph.py notice.txt --register my.ttl
  python build_graph.py gazettes/ --outputs tables,measures  no graph, no pages

exit codes: 0 done; 1 done, but some input could not be read (see the rule
unreadable-file in tables/findings.csv), or nothing could be read, nothing was
written and a former build stays; 2 wrong use; 130 stopped by Ctrl-C
"""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from pathlib import Path
from typing import Any

from kg.building.run import build
from kg.cli.arguments import positive
from kg.outputs import Counts, Output
from kg.rdf.vocabulary import DEFAULT_BASE
from kg.resources import data
from kg.workers import collect_seldom

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
        help="where to write (default: build); a build there is replaced, anything else is kept "
        "and refused · 原有构建被替换，其他内容不会被覆盖",
    )
    parser.add_argument(
        "--register",
        type=Path,
        action="append",
        default=[],
        metavar="FILE.ttl",
        help="a register of your own with more units and names, or counties as .csv; may be repeated",
    )
    parser.add_argument(
        "--base-iri",
        default=DEFAULT_BASE,
        metavar="IRI",
        help=f"what the identifiers hang from (default: {DEFAULT_BASE})",
    )
    parser.add_argument(
        "--workers",
        type=positive,
        default=0,
        metavar="N",
        help="processes that read and write (default: one a processor)",
    )
    parser.add_argument(
        "--outputs",
        type=_outputs,
        default=frozenset(Output),
        metavar="LIST",
        help="what to write, of graph,turtle,store,tables,measures,site (default: all)",
    )
    parser.add_argument(
        "--no-cache", action="store_true", help="read every file anew, changed or not"
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="say nothing but errors")


def _outputs(text: str) -> frozenset[Output]:
    """Read a list of outputs."""
    try:
        return frozenset(Output(word.strip()) for word in text.split(","))
    except ValueError as error:
        known = ", ".join(Output)
        raise argparse.ArgumentTypeError(f"{error}; known: {known} · 可选：{known}") from None


def run(options: argparse.Namespace) -> int:
    """Build, say what was made, and name what could not be read."""
    collect_seldom()
    # The matrices of a build are small: threads would wait for one another longer than they
    # calculate, most of all beside other work. Numpy, not yet imported, reads this once.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    paths = options.paths or [data()]
    bar = None if options.quiet or not sys.stderr.isatty() else _Bar()
    try:
        result = build(
            paths,
            options.output,
            options.base_iri,
            options.register,
            bar,
            options.workers,
            not options.no_cache,
            options.outputs,
        )
    except KeyboardInterrupt:
        if not options.no_cache:
            print(
                "what has been read is kept: the same command goes on from here · "
                "已读取的内容已保留，再次运行同一命令即可继续",
                file=sys.stderr,
            )
        raise
    finally:
        if bar:
            bar.close()
    for error in result.errors:
        print(f"error: {error}", file=sys.stderr)
    if not options.quiet:
        for note in result.notes:
            print(f"note: {note.message_en} · {note.message_zh}", file=sys.stderr)
    if result.counts is None:
        print(
            "error: nothing to build, nothing written · 没有可用的输入，未写任何文件",
            file=sys.stderr,
        )
    elif not options.quiet:
        _summary(result.counts, result.folder, options.outputs)
    return 1 if result.errors or result.counts is None else 0


class _Bar:
    """How far a build is, with rate and time left; nothing where there is one file only."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._tasks: dict[str, Any] = {}

    def __call__(self, stage: str, done: int, total: int, name: str) -> None:
        """Show that ``done`` of ``total`` are done; ``name`` is what is at hand."""
        if total < 2:
            return
        if self._bar is None:
            self._start()
        label = "write 写出" if stage == "written" else "read 读取"
        if label not in self._tasks:
            self._tasks[label] = self._bar.add_task(label, total=total, rate="", name="")
        task = self._tasks[label]
        self._bar.update(task, completed=done, name=name[-40:])
        speed = self._bar.tasks[task].speed
        if speed:
            self._bar.update(task, rate=f"{speed:.1f}/s")

    def _start(self) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[name]}", markup=False),
            console=Console(stderr=True),
            transient=True,
        )
        self._bar.start()

    def close(self) -> None:
        """Take the bar off the terminal."""
        if self._bar is not None:
            self._bar.stop()


def _summary(counts: Counts, folder: Path, outputs: frozenset[Output]) -> None:
    numbers = (
        (counts.documents, "document", "文档"),
        (counts.notices, "notice", "通知"),
        (len(counts.units), "unit", "单位"),
        (counts.tasks, "task", "任务"),
        (counts.assignments, "assignment", "分工"),
        (counts.findings, "finding", "发现"),
    )
    print(" · ".join(f"{n} {en}{'' if n == 1 else 's'} {zh}" for n, en, zh in numbers))
    if Output.SITE in outputs:
        print(f"look at 请打开: {folder / Output.SITE.place / 'index.html'}")
    hints = []
    if Output.TABLES in outputs:
        hints.append(f"tables 表格: {folder / Output.TABLES.place}")
    if Output.STORE in outputs:
        hints.append(f"query 查询: kg query --build {shlex.quote(str(folder))}")
    if hints:
        print(" · ".join(hints))
