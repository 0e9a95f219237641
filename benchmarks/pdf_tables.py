"""Tables in PDF files: ``python benchmarks/pdf_tables.py`` prints what each way of reading gets right.

A table of tasks of 40 rows is laid out in several ways and printed to PDF by the
printers on this machine (WeasyPrint, Chromium, LibreOffice). Of each way of reading it
prints the rows and the cells that come out as they went in, the rows that are none (a
head that comes again, half a row), and its time as a ratio to pdfplumber's.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "readers")]

HEAD = ("序号", "主要任务", "建设内容", "牵头单位", "配合单位", "完成时限")
UNITS = ("区水务局", "区城市管理委", "市规划自然资源委朝阳分局", "区住房城乡建设委", "区财政局")
WORK = (
    "开展管线排查，建立台账，明确责任，对破损管线进行修复",
    "新建雨水管线，消除积水点",
    "加强日常巡查，发现问题及时处置，每月通报整治情况，年底前组织考核，考核结果纳入各单位年度绩效",
)
LAYOUTS = ("plain", "merged", "torn rows", "open sides", "no rules", "short rows")
GROUP = 3
Rows = list[list[str]]


def wanted(layout: str) -> Rows:
    """Return the cells; 主要任务 is the same for three rows. Short rows are a line each."""
    short = layout == "short rows"
    return [
        [
            str(number + 1),
            f"任务{number // GROUP + 1}河道治理",
            ("清淤" if short else WORK[number % len(WORK)]) + f"第{number + 1}段。",
            "区水务局" if short else UNITS[number % len(UNITS)],
            "区财政局" if short else UNITS[(number + 2) % len(UNITS)],
            f"2020年{number % 12 + 1}月底前",
        ]
        for number in range(40)
    ]


def page(layout: str) -> str:
    """Return the table as a web page."""
    rules = {
        "open sides": "td, th { border: .6pt solid; border-width: .6pt 0 } "
        "td + td, th + th { border-left: .6pt solid }",
        "no rules": "td, th { border: 0 }",
        "short rows": "td, th { border: 0; white-space: nowrap }",
    }.get(layout, "td, th { border: .6pt solid }")
    broken = "auto" if layout == "torn rows" else "avoid"
    rows = []
    for number, row in enumerate(wanted(layout)):
        cells = list(enumerate(row))
        merged = layout == "merged" and GROUP - number % GROUP
        if layout == "merged" and number % GROUP:
            del cells[1]
        rows.append(
            "<tr>"
            + "".join(
                f'<td rowspan="{min(GROUP, 40 - number)}">{cell}</td>'
                if merged == GROUP and column == 1
                else f"<td>{cell}</td>"
                for column, cell in cells
            )
            + "</tr>"
        )
    return (
        '<!DOCTYPE html><meta charset="utf-8"><style>@page { size: A4; margin: 20mm }'
        'body { font: 9pt/1.5 "Noto Serif CJK SC" } table { border-collapse: collapse; width: 100% }'
        f"td, th {{ padding: 2pt 4pt }} tr {{ break-inside: {broken} }} {rules}</style>"
        "<p>为推进水环境治理工作，现将任务分解如下。</p><table><thead><tr>"
        + "".join(f"<th>{cell}</th>" for cell in HEAD)
        + "</tr></thead><tbody>"
        + "".join(rows)
        + "</tbody></table><p>各单位要按照分工抓好落实。</p>"
    )


def printed(folder: Path) -> Iterator[tuple[str, str, Path]]:
    """Print every layout by every printer there is."""
    import forms

    for layout in LAYOUTS:
        name = layout.replace(" ", "-")
        yield "WeasyPrint", layout, forms.by_weasyprint(page(layout), folder / f"w-{name}.pdf")
        if forms.CHROMIUM:
            yield "Chromium", layout, forms.by_chromium(page(layout), folder / f"c-{name}.pdf")
        if forms.OFFICE and layout != "open sides":
            # LibreOffice knows rules as an attribute, and a break inside of rows as the usual.
            source = folder / f"o-{name}.html"
            border = f"<table border={int(layout not in ('no rules', 'short rows'))} cellspacing=0>"
            source.write_text(page(layout).replace("<table>", border), encoding="utf-8")
            yield "LibreOffice", layout, forms.by_office(source, folder / f"o-{name}.pdf")


def by_reader(path: Path) -> Rows:
    """Read as the program does; a merged cell's words count for the rows that it covers."""
    from kg.reader.pdf import pdf_text

    rows = [line.split("\t") for line in pdf_text(path.read_bytes(), path.name).text.split("\n")]
    return filled([row for row in rows if len(row) == len(HEAD)])


def by_pdfplumber(path: Path) -> Rows:
    """Read with pdfplumber alone, page by page."""
    import pdfplumber

    with pdfplumber.open(path) as file:
        return filled(
            [
                ["〃" if cell is None else cell for cell in row]
                for each in file.pages
                for table in each.extract_tables()
                for row in table
            ]
        )


def by_pypdfium2(path: Path) -> Rows:
    """Read with pypdfium2, which gives text only: a line a row, a cell where a gap is."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as file:
        text = "\n".join(each.get_textpage().get_text_range() for each in file)
    return [re.split(r"\s+", line.strip()) for line in text.splitlines() if " " in line.strip()]


def by_pdftotext(path: Path) -> Rows:
    """Read with pdftotext of Poppler, which keeps the layout by blanks."""
    command = ["pdftotext", "-layout", str(path), "-"]
    text = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    return [re.split(r"\s{2,}", line.strip()) for line in text.splitlines() if "  " in line.strip()]


def filled(rows: Rows) -> Rows:
    """Put the words of a merged cell into the rows below it."""
    for above, row in pairwise(rows):
        for column, cell in enumerate(row[: len(above)]):
            if cell == "〃":
                row[column] = above[column]
    return rows


def score(rows: Rows, layout: str) -> tuple[int, int, int]:
    """Return how many rows and cells are right, and how many rows are none."""
    flat = [[re.sub(r"\s", "", cell or "") for cell in row] for row in rows]
    flat = [row for row in flat if any(row) and row != list(HEAD)] + [
        row for row in flat if row == list(HEAD)
    ][1:]
    numbered = {row[0]: row for row in reversed(flat) if row[0].isdigit()}
    right = cells = 0
    for row in wanted(layout):
        found = numbered.get(row[0], [])
        same = sum(one == other for one, other in zip(row, found, strict=False))
        cells += same
        right += same == len(row) == len(found)
    return right, cells, len(flat) - len(numbered)


WAYS: dict[str, Callable[[Path], Rows]] = {
    "kg": by_reader,
    "pdfplumber": by_pdfplumber,
    "pypdfium2": by_pypdfium2,
    "pdftotext": by_pdftotext,
}


def main() -> None:
    print(f"of 40 rows, {40 * len(HEAD)} cells: rows right, cells right, no rows")
    print(f"{'printer':<12} {'layout':<11}", *(f"{way:>14}" for way in WAYS))
    seconds = dict.fromkeys(WAYS, 0.0)
    with tempfile.TemporaryDirectory() as folder:
        for printer, layout, path in printed(Path(folder)):
            shown = []
            for way, read in WAYS.items():
                start = time.perf_counter()
                found = read(path)
                seconds[way] += time.perf_counter() - start
                shown.append(" ".join(f"{number:4}" for number in score(found, layout)))
            print(f"{printer:<12} {layout:<11}", *shown)
    peer = seconds["pdfplumber"]
    print(f"{'time':<24}", *(f"{spent / peer:14.2f}" for spent in seconds.values()))


if __name__ == "__main__":
    main()
