"""Draw plots for papers · 绘制论文插图.

kg plot                                      list the plots · 列出图形
kg plot load --out load.svg                  tasks by role · 各单位任务
kg plot lorenz --out lorenz.pdf --language en
"""

from __future__ import annotations

import argparse
from pathlib import Path

from kg.plots import PLOTS, plot

__all__ = ["configure", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "plot", nargs="?", choices=tuple(PLOTS), metavar="PLOT", help="without one, all are listed"
    )
    parser.add_argument(
        "--build", type=Path, default=Path("build"), help="folder of the build (default: build)"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help=".svg or .pdf (default: PLOT.svg)")
    parser.add_argument(
        "--choices", default="", metavar="C", help="choices of the measures, see kg measure · 口径"
    )
    parser.add_argument(
        "--members", type=Path, metavar="F.csv", help="known members: columns collective,unit"
    )
    parser.add_argument("--language", choices=("zh", "en"), default="zh", help="words on the plot")
    parser.add_argument("--top", type=int, default=25, metavar="N", help="units to show")


def run(options: argparse.Namespace) -> int:
    """List the plots, or draw one."""
    if not options.plot:
        for name, about in PLOTS.items():
            print(f"  {name:<9} {about.en} · {about.zh}")
        return 0
    from kg.measures.members import read_choices

    target = options.out or Path(f"{options.plot}.svg")
    path = plot(
        options.build,
        options.plot,
        target,
        choices=read_choices(options.choices, options.members),
        language=options.language,
        top=max(options.top, 1),
    )
    print(path)
    return 0
