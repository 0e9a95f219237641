"""Check the graph against its shapes and rules · 按形状与规则检查图谱.

kg validate                              the report as a table · 报告
kg validate --format turtle > report.ttl  a sh:ValidationReport

Exit code 1 means that there is a violation; warnings alone leave it 0.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg.model import Severity
from kg.store import open_build
from kg.terminal import table_text
from kg.validate import Problem, conforms, report_csv, report_turtle, shown, validate

__all__ = ["configure", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "--build", type=Path, default=Path("build"), help="folder of the build (default: build)"
    )
    parser.add_argument(
        "--format",
        choices=("table", "csv", "turtle"),
        default="table",
        help="how to print the report (default: table)",
    )


def run(options: argparse.Namespace) -> int:
    """Validate, print the report, and tell by the exit code whether the graph conforms."""
    problems = validate(open_build(options.build))
    if options.format == "csv":
        sys.stdout.write(report_csv(problems))
    elif options.format == "turtle":
        sys.stdout.write(report_turtle(problems).decode())
    else:
        sys.stdout.write(_table(problems))
    return 0 if conforms(problems) else 1


def _table(problems: list[Problem]) -> str:
    counts = ", ".join(
        f"{sum(problem.severity is severity for problem in problems)} {severity.value}"
        for severity in reversed(Severity)
    )
    verdict = "conforms · 符合" if conforms(problems) else "does not conform · 不符合"
    summary = f"{verdict} ({counts})\n"
    if not problems:
        return summary
    columns = ("severity · 程度", "rule · 规则", "focus · 所涉", "value · 值", "message · 说明")
    return table_text(columns, [shown(problem) for problem in problems]) + summary
