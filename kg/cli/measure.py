"""Measure coordination load: who does how much with whom · 计算协调负荷.

  kg measure                                   the units with most load · 负荷最大的单位
  kg measure --top 10 --sort betweenness       by another measure · 按其他指标排序
  kg measure --unit 区财政局                    the sentences behind a unit's numbers · 逐条依据
  kg measure --choices weighted+with-implied   other choices · 换一种口径
  kg measure --by year                         each unit, year by year · 逐年
  kg measure --by place --function 水务         one function, place by place · 各地同一职能
  kg measure --compare default weighted        how ranks change · 名次如何变化
  kg measure --out measures/                   write the tables · 写出表格
  kg measure --methods en                      a paragraph for a paper · 论文用方法段

Only stated duties count unless with-implied is chosen · 默认只计明示的分工

Choices are presets and settings joined by "+": default, weighted (3/3/2/1),
stated, with-implied, share, full, rows, paragraphs, lineage, primary-leads,
primary-heads, or weights=…, certainty=…, collective=…, work=…, notices=A/B,
period_from=…, period_to=…, unit_as=…, primary=…, collectives_in_structure=…,
core_shared=…, strata=…, alpha=…, bootstrap=…, seed=… (docs/measures/choices.md).
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from unicodedata import east_asian_width

from kg.cli.arguments import positive
from kg.errors import InputError
from kg.files import placed

if TYPE_CHECKING:
    from kg.measures.compare import Comparison
    from kg.measures.records import Measures, PlaceLoad, YearLoad
    from kg.measures.trace import Traced

    _Row = TypeVar("_Row", YearLoad, PlaceLoad)

__all__ = ["configure", "run"]

_SHOWN = (
    "rank",
    "tasks",
    "load",
    "coordination",
    "partners",
    "depth",
    "lead_burden",
    "support_burden",
    "asymmetry",
)
_SHOWN_TO = Decimal("0.001")
_SUMMED = ("load", "coordination", "lead_burden", "support_burden", "lead_span")
_ROLE_WORDS = {"lead": "牵头", "primary": "主责", "responsible": "责任", "support": "配合"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "--build", type=Path, default=Path("build"), help="folder of the build (default: build)"
    )
    parser.add_argument(
        "--choices", default="", metavar="C", help="presets and settings joined by + · 口径"
    )
    parser.add_argument(
        "--compare",
        nargs=2,
        metavar=("A", "B"),
        help="say how ranks change from choices A to choices B · 比较两种口径",
    )
    parser.add_argument(
        "--members", type=Path, metavar="F.csv", help="known members: columns collective,unit"
    )
    parser.add_argument(
        "--unit",
        metavar="NAME",
        help="print the assignments that a unit's numbers come from, with their sentences · 依据",
    )
    parser.add_argument(
        "--by",
        choices=("year", "place"),
        help="load by year, or by place and function · 分年、分地",
    )
    parser.add_argument(
        "--function", metavar="F", help="with --by place: this function alone · 只看该职能"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="write the tables there")
    parser.add_argument(
        "--sort", default="load", metavar="COLUMN", help="column to sort by (default: load)"
    )
    parser.add_argument(
        "--top", type=positive, default=20, metavar="N", help="rows to show (default: 20)"
    )
    parser.add_argument(
        "--methods", choices=("zh", "en"), help="print a methods paragraph instead · 方法段"
    )


def run(options: argparse.Namespace) -> int:
    """Measure the build, and print or write what was asked for."""
    from kg.measures.members import read_choices
    from kg.measures.read import read_frame

    if options.function and options.by != "place":
        raise InputError("--function", "goes with --by place · 须与 --by place 一起用")
    frame = read_frame(options.build)
    if options.compare:
        from kg.measures.compare import compare_choices

        before, after = (read_choices(words, options.members) for words in options.compare)
        _print_comparison(compare_choices(frame, before, after), options.compare, options.top)
        return 0
    from kg.measures.compute import measure_frame
    from kg.measures.tables import write_measures

    measures = measure_frame(frame, read_choices(options.choices, options.members))
    if options.methods:
        from kg.measures.methods import methods_paragraph

        print(methods_paragraph(measures, options.methods))
        return 0
    if options.unit:
        from kg.measures.trace import find_unit, trace

        unit = find_unit(options.build, measures, options.unit)
        _print_trace(measures, unit, trace(options.build, measures, unit))
        return 0
    if options.out:
        with placed(options.out) as fresh:
            paths = write_measures(fresh, measures)
        for path in paths:
            print(options.out / path.name)
        return 0
    if options.by == "year":
        _print_years(measures.years, options.sort, options.top)
    elif options.by == "place":
        wanted = [row for row in measures.places if options.function in (None, row.function)]
        if options.function and not wanted:
            known = "、".join(sorted({row.function for row in measures.places} - {""}))
            raise InputError("--function", f"not in the build · 没有这一职能; known: {known}")
        _print_records("places", _sorted("places", wanted, options.sort), options.top)
    else:
        _print_load(measures, options.sort, options.top)
    return 0


def _print_years(records: Sequence[YearLoad], sort: str, top: int) -> None:
    """Print units year by year, first those that have most of a measure in one year."""
    ranked = _sorted("years", records, sort)
    of_unit: dict[str, list[YearLoad]] = defaultdict(list)
    for row in ranked:
        of_unit[row.unit].append(row)
    rows = [row for years in of_unit.values() for row in sorted(years, key=lambda row: row.year)]
    _print_records("years", rows, top)


def _sorted(table: str, records: Sequence[_Row], sort: str) -> list[_Row]:
    """Sort the records of a table by a measure, those with most first; equal ones stay in order."""
    from kg.measures.tables import header

    words = ("unit", "name", "collective", "year", "place", "function")
    numbers = [name for name in header(table) if name not in words]
    if sort not in numbers:
        raise InputError("--sort", f"no column {sort!r} · 没有这一列; known: {', '.join(numbers)}")
    return sorted(records, key=lambda row: -round(float(getattr(row, sort)), 9))


def _print_records(table: str, records: Sequence[YearLoad | PlaceLoad], top: int) -> None:
    """Print the first rows of a table as it is written."""
    from kg.measures.tables import header, table_rows

    names = [name for name in header(table) if name != "unit"]
    places = [header(table).index(name) for name in names]
    rows = [[_short(row[place]) for place in places] for row in table_rows(table, records)]
    _print_table([names, *rows[:top]])
    if len(rows) > top:
        print(f"… {len(rows) - top} more · 另有 {len(rows) - top} 行 (--top {len(rows)})")


def _print_load(measures: Measures, sort: str, top: int) -> None:
    """Print the units with most of a measure, then the settings."""
    from kg.measures.catalogue import labels
    from kg.measures.tables import written_as

    names = labels("load")
    if sort not in names:
        raise InputError("--sort", f"no column {sort!r} · 没有这一列; known: {', '.join(names)}")
    columns = [*_SHOWN, *([sort] if sort not in _SHOWN else [])]
    told = [row for row in measures.load if getattr(row, sort) is not None]
    down = -1 if sort != "rank" else 1
    told.sort(key=lambda row: (down * round(getattr(row, sort), 9), row.unit))
    lines = [["", *(names[column][0] for column in columns)], ["", *columns]]
    for row in told[:top]:
        mark = "*" if row.collective else ""
        cells = [_short(written_as(column, getattr(row, column))) for column in columns]
        lines.append([row.name + mark, *cells])
    _print_table(lines)
    if len(told) > top:
        print(f"… {len(told) - top} more · 另有 {len(told) - top} 个 (--top {len(told)})")
    if any(row.collective for row in told[:top]):
        print("* collective unit · 集合单位")
    _print_settings(measures)


def _print_trace(measures: Measures, unit: str, traced: Sequence[Traced]) -> None:
    """Print each assignment that counts for a unit with its sentence, then their sums."""
    from kg.measures.catalogue import labels
    from kg.measures.tables import written_as

    row = next(one for one in measures.load if one.unit == unit)
    names = labels("load")
    print(row.name)
    for one in traced:
        part, sentence = one.counted, one.sentence
        through = f" ← {part.through.removeprefix('unit/')}" if part.through else ""
        left_open = " 等" if part.open_list else ""
        print(f"\n{part.notice} {part.label}  {part.role} {_ROLE_WORDS[part.role]}{through}")
        print(
            f"  k={part.actors}{left_open} ℓ={part.leaders}  "
            + "  ".join(
                f"{column} {written_as(column, getattr(part, column))}" for column in _SUMMED
            )
        )
        print(f"  {' '.join(one.text.split())}")
        print(f"  “{' '.join(sentence.quote.split())}”")
        page = f" p. {sentence.page}" if sentence.page else ""
        print(
            f"  {sentence.as_written} [{sentence.start}, {sentence.end}) "
            f"{sentence.document[:12]} {sentence.file}{page}".rstrip()
        )
        if one.partners:
            others = "、".join(f"{other.name} ({other.role})" for other in one.partners)
            print(f"  {others}")
    print(f"\n{len(traced)} assignments sum to · 条分工合计:")
    for column in ("tasks", *_SUMMED):
        print(
            f"  {column} = {written_as(column, getattr(row, column))}  {' · '.join(names[column])}"
        )
    _print_settings(measures)


def _print_settings(measures: Measures) -> None:
    """Print the choices, the frame and the warnings."""
    print()
    for line in measures.settings:
        print(f"  {line.setting} = {line.value or '-'}  {line.zh} · {line.en}")


def _print_comparison(comparison: Comparison, compared: Sequence[str], top: int) -> None:
    """Print Kendall's τ by measure, then the units whose rank changes most."""
    from kg.measures.compare import COMPARED, column_label

    before, after = compared
    print(f"{before} → {after}: {comparison.units} units · 个单位")
    print("Kendall τ-b")
    for column in COMPARED:
        tau = comparison.tau[column]
        print(f"  {'  -   ' if tau is None else f'{tau:6.3f}'}  {column_label(column)}")
    for words, names in (
        (f"only in {before} · 仅见于前者", comparison.only_before),
        (f"only in {after} · 仅见于后者", comparison.only_after),
    ):
        if names:
            print(f"{words}: {'、'.join(names)}")
    if comparison.changes:
        print("rank by load · 负荷名次")
    for change in comparison.changes[:top]:
        print(f"  {change.before:>4} → {change.after:<4} {change.name}")
    changes = len(comparison.changes)
    if changes > top:
        print(f"… {changes - top} more · 另有 {changes - top} 个 (--top {changes})")
    print()
    for line, later in comparison.settings:
        values = f"{line.value or '-'}" + (f" → {later or '-'}" if later != line.value else "")
        print(f"  {line.setting} = {values}  {line.zh} · {line.en}")


def _short(text: str) -> str:
    """Round a number to three decimals for the screen; words stay.

    >>> _short("1.666667"), _short("0.1"), _short("12"), _short("A.B公司")
    ('1.667', '0.100', '12', 'A.B公司')
    """
    try:
        return str(Decimal(text).quantize(_SHOWN_TO, ROUND_HALF_UP)) if "." in text else text
    except InvalidOperation:
        return text


def _print_table(lines: list[list[str]]) -> None:
    """Print columns, numbers to the right; a Chinese character takes two places."""
    widths = [max(_width(line[place]) for line in lines) for place in range(len(lines[0]))]
    for line in lines:
        first = line[0] + " " * (widths[0] - _width(line[0]))
        rest = [
            " " * (width - _width(cell)) + cell
            for cell, width in zip(line[1:], widths[1:], strict=True)
        ]
        sys.stdout.write("  ".join([first, *rest]).rstrip() + "\n")


def _width(text: str) -> int:
    """Return how many places of the screen a text takes."""
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)
