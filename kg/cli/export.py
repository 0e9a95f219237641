"""Export a build to other tools · 导出到其他工具.

kg export                                    list the formats · 列出格式
kg export xlsx --out 分工.xlsx                an Excel workbook · Excel 工作簿
kg export gexf --network units               pairs of units for Gephi · 单位网络
kg export csv --bom                          CSV that Excel opens · Excel 可直接打开
"""

from __future__ import annotations

import argparse
from pathlib import Path

from kg.export import FORMATS, export

__all__ = ["configure", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "format",
        nargs="?",
        choices=tuple(FORMATS),
        metavar="FORMAT",
        help="without one, all are listed",
    )
    parser.add_argument(
        "--build", type=Path, default=Path("build"), help="folder of the build (default: build)"
    )
    parser.add_argument("--out", type=Path, metavar="PATH", help="file or folder to write")
    parser.add_argument(
        "--network",
        choices=("two-mode", "units"),
        default="two-mode",
        help="units with tasks, or units with units (default: two-mode)",
    )
    parser.add_argument(
        "--choices", default="", metavar="C", help="choices of the measures, see kg measure · 口径"
    )
    parser.add_argument(
        "--members", type=Path, metavar="F.csv", help="known members: columns collective,unit"
    )
    parser.add_argument("--bom", action="store_true", help="begin CSV with a byte order mark")


def run(options: argparse.Namespace) -> int:
    """List the formats, or write one."""
    if not options.format:
        for name, form in FORMATS.items():
            print(f"  {name:<8} {form.target:<18} {form.en} · {form.zh}")
        return 0
    from kg.measures.members import read_choices

    path = export(
        options.build,
        options.format,
        options.out,
        network=options.network,
        choices=read_choices(options.choices, options.members),
        bom=options.bom,
    )
    print(path)
    return 0
