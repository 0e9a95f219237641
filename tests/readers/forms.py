"""The real gazette in the forms in which gazettes are published.

Everything is made from the structure that the program reads in the text: headings
become headings, rows become rows of a real table, a main task that goes on below
becomes one cell over several rows. What is not text (a running head, page numbers,
navigation) is added around it, as publishers do.
"""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.document import Document, Span
from kg.facts import DocumentFacts
from kg.reader import read
from kg.structure import parse
from kg.structure.model import Table
from kg.wording import DATE_LINE, NUMBER_LINE, ends_like_unit, outline_number

GAZETTE = Path(__file__).parents[2] / "data" / "chaoyang-2020-02.txt"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
RUNNING_HEAD = "北京市朝阳区人民政府公报 2020年第2期"

AROUND = (
    '<header class="site-header"><a href="/">首页</a> <a href="/zw">政务公开</a> <a href="/fw">政务服务</a>'
    '</header><ul class="nav"><li><a href="1">要闻</a></li><li><a href="2">机构</a></li></ul>'
    '<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/zfgb">政府公报</a></div>',
    '<div class="xgxx"><ul><li><a href="3">区水务局牵头治水</a></li><li><a href="4">解读</a></li>'
    '<li><a href="5">一图读懂</a></li></ul></div><div class="footer">主办单位：北京市朝阳区人民政府办公室 '
    "承办单位：区科技和信息化局 京ICP备05060933号</div>",
)
"""What a site sets before and behind a document."""

STYLE = """
@page { size: A4; margin: 24mm 22mm;
        @top-center { content: "HEAD"; font-size: 9pt }
        @bottom-center { content: "— " counter(page) " —"; font-size: 9pt } }
@page wide { size: A4 landscape }
body { font-family: "Noto Serif CJK SC"; font-size: 12pt; line-height: 1.8 }
p { text-indent: 2em; margin: 0 }
h1 { text-align: center; font-size: 16pt } h2, h3 { font-size: 13pt; margin: .3em 0 0; text-indent: 2em }
.centre { text-align: center; text-indent: 0 } .right { text-align: right; text-indent: 0 }
.flush { text-indent: 0 }
table { border-collapse: collapse; width: 100%; font-size: 9pt; line-height: 1.4 }
td, th { border: 0.6pt solid black; padding: 2pt 4pt; vertical-align: middle }
""".replace("HEAD", RUNNING_HEAD)


@dataclass(frozen=True)
class Line:
    """A line of text and what it is: h1, h2, h3, p, centre, right or flush."""

    kind: str
    text: str


@dataclass(frozen=True)
class Cell:
    """A cell with the rows and columns that it covers."""

    text: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Grid:
    """A table: its head, and the cells that begin in each row."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def gazette() -> Document:
    return read(GAZETTE)


def blocks(document: Document) -> Iterator[Line | Grid]:
    """Yield the lines and tables of a document in their order."""
    structure = parse(document)
    tables = [
        block for notice in structure.notices for block in notice.blocks if isinstance(block, Table)
    ]
    titles = {notice.title_span for notice in structure.notices}
    for match in re.finditer(r"[^\n]+", document.text):
        line = Span(*match.span())
        table = next((table for table in tables if table.span.covers(line)), None)
        if table is None:
            yield Line(_kind(line, document.text, titles), line.of(document.text))
        elif table.span.start == line.start:
            yield _grid(document.text, table)


def _kind(line: Span, text: str, titles: set[Span]) -> str:
    words = line.of(text)
    outline = outline_number(words)
    after = text[line.end + 1 :].partition("\n")[0]
    if line in titles:
        return "h1"
    if NUMBER_LINE.match(words):
        return "centre"
    if DATE_LINE.match(words) or (ends_like_unit(words) and DATE_LINE.match(after)):
        return "right"
    if outline and "。" not in words and outline[0] in ("一", "（一）"):
        return "h2" if outline[0] == "一" else "h3"
    return "flush" if words.endswith("：") or not re.search("[，。：；]", words) else "p"


def _grid(text: str, table: Table) -> Grid:
    head = tuple(cell.span.of(text) for cell in table.head)
    lines = [line.split("\t") for line in table.span.of(text).split("\n")]
    lines = [line for line in lines if line != list(head)]
    filled = [sum(bool(cell.strip()) for cell in line) for line in lines]
    rows: list[tuple[Cell, ...]] = []
    for index, line in enumerate(lines):
        if filled[index] == 1 and line[0]:
            rows.append((Cell(line[0], columns=len(head)),))
            continue
        row = [Cell(cell.strip()) for cell in line]
        end = index + 1
        while end < len(lines) and filled[end] > 1 and not lines[end][1].strip():
            end += 1
        if row[1].text:
            row[1] = Cell(row[1].text, rows=end - index)
        elif index and filled[index - 1] > 1:
            del row[1]
        rows.append(tuple(row))
    return Grid(head, tuple(rows))


def page(document: Document, around: tuple[str, str] = ("", ""), style: str = STYLE) -> str:
    """Return the document as a web page; ``around`` stands before and behind it."""
    parts = [
        f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{RUNNING_HEAD}</title>'
        f"<style>{style}</style></head><body>{around[0]}<main>"
    ]
    for block in blocks(document):
        if isinstance(block, Line):
            name = block.kind if block.kind.startswith("h") else "p"
            given = "" if block.kind in ("p", "h1", "h2", "h3") else f' class="{block.kind}"'
            parts.append(f"<{name}{given}>{html.escape(block.text)}</{name}>\n")
        else:
            parts.append(_table(block))
    return "".join([*parts, f"</main>{around[1]}</body></html>"])


def _table(grid: Grid) -> str:
    head = "".join(f"<th>{html.escape(cell)}</th>" for cell in grid.head)
    rows = "".join(
        "<tr>"
        + "".join(
            "<td"
            + (f' rowspan="{cell.rows}"' if cell.rows > 1 else "")
            + (f' colspan="{cell.columns}"' if cell.columns > 1 else "")
            + f">{html.escape(cell.text).replace(' ', '<br>')}</td>"
            for cell in row
        )
        + "</tr>\n"
        for row in grid.rows
    )
    return f"<table><thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody></table>\n"


def assignments(facts: DocumentFacts) -> Counter[tuple[str, str, str, str]]:
    """Return what the facts assign: notice, unit, role, label and beginning of the task."""
    tasks = {task.id: task for task in facts.tasks}
    numbers = {notice.id: notice.number for notice in facts.notices}
    units = {unit.id: unit.name for unit in facts.units}
    return Counter(
        (
            numbers[tasks[found.task].notice],
            units[found.unit],
            found.role.name,
            f"{tasks[found.task].label} {tasks[found.task].text[:12]}",
        )
        for found in facts.assignments
    )


def score(facts: DocumentFacts, plain: DocumentFacts) -> float:
    """Return the F1 of the assignments of ``facts`` against those of the plain text."""
    found, wanted = assignments(facts), assignments(plain)
    return 2 * (found & wanted).total() / (found.total() + wanted.total())


def by_weasyprint(page_source: str, target: Path) -> Path:
    import weasyprint

    weasyprint.HTML(string=page_source).write_pdf(target)
    return target


def by_chromium(page_source: str, target: Path) -> Path:
    assert CHROMIUM
    source = target.with_suffix(".html")
    source.write_text(page_source, encoding="utf-8")
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={target}"]
    subprocess.run([*command, source.as_uri()], check=True, capture_output=True, timeout=120)
    return target


def by_office(source: Path, target: Path) -> Path:
    """Let LibreOffice turn a web page or Word file into what ``target`` ends in."""
    assert OFFICE
    kind = target.suffix[1:]
    infilter = ["--infilter=HTML (StarWriter)"] if source.suffix == ".html" else []
    command = [
        OFFICE,
        "--headless",
        *infilter,
        "--convert-to",
        kind,
        "--outdir",
        str(target.parent),
    ]
    home = f"-env:UserInstallation={(target.parent / 'office').as_uri()}"
    subprocess.run([*command, home, str(source)], check=True, capture_output=True, timeout=180)
    return target.parent / f"{source.stem}.{kind}"


_NUMBERED = re.compile(r"(?:（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|\d{1,2}\.)")


def as_word(document: Document, target: Path) -> Path:
    """Write the document with python-docx: numbers by lists, merged cells, styles."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    word = docx.Document()
    lists = Lists(word)
    for block in blocks(document):
        if isinstance(block, Grid):
            _word_table(word, block)
            lists.fresh()
            continue
        heading = re.fullmatch(r"h(\d)", block.kind)
        style = f"Heading {heading.group(1)}" if heading else None
        number = _NUMBERED.match(block.text)
        words, given = block.text, None
        if number:
            given = lists.take(number.group())
            words = block.text[number.end() :] if given else block.text
        paragraph = word.add_paragraph(words, style=style)
        if given:
            lists.put(paragraph, *given)
        if block.kind in ("centre", "right"):
            aligned = {"centre": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
            paragraph.alignment = aligned[block.kind]
        elif block.kind == "p":
            paragraph.paragraph_format.first_line_indent = Pt(24)
    word.save(target)
    return target


class Lists:
    """Lists of three levels, 一、 （一） 1., a new one wherever the text begins again."""

    FORMS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))

    def __init__(self, word) -> None:
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        self._numbering = word.part.numbering_part.element
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
            for level, (form, text) in enumerate(self.FORMS)
        )
        self._abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'
        )
        self._numbering.insert(0, self._abstract)
        self._last = 900
        self.fresh()

    def fresh(self) -> None:
        """Begin a new list."""
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        self._last += 1
        starts = "".join(
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride>'
            for level in range(3)
        )
        self._numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{self._last}"><w:abstractNumId w:val="90"/>'
                f"{starts}</w:num>"
            )
        )
        self._counts = [0, 0, 0]

    def take(self, number: str) -> tuple[int, int] | None:
        """Return list and level for a number, if a list would give just this one."""
        level = 2 if number[0].isdigit() else 1 if number[0] == "（" else 0
        value = int(number[:-1]) if level == 2 else _value(number.strip("（）、"))
        if value == 1 and level == 0 and self._counts[0]:
            self.fresh()
        if value != self._counts[level] + 1:
            return None
        self._counts[level] = value
        self._counts[level + 1 :] = [0] * (2 - level)
        return self._last, level

    def put(self, paragraph, identity: int, level: int) -> None:
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_numId().val = identity
        properties.get_or_add_ilvl().val = level


def _value(words: str) -> int:
    tens, ten, ones = words.rpartition("十")
    digits = "零一二三四五六七八九"
    return (digits.index(tens) if tens else 1) * 10 * bool(ten) + (
        digits.index(ones) if ones else 0
    )


def _word_table(word, grid: Grid) -> None:
    rows = (tuple(Cell(text) for text in grid.head), *grid.rows)
    table = word.add_table(rows=len(rows), cols=len(grid.head), style="Table Grid")
    covered: set[tuple[int, int]] = set()
    for index, row in enumerate(rows):
        column = 0
        for cell in row:
            while (index, column) in covered:
                column += 1
            place = table.cell(index, column)
            if cell.rows > 1 or cell.columns > 1:
                last = table.cell(index + cell.rows - 1, column + cell.columns - 1)
                place = place.merge(last)
                covered |= {
                    (index + down, column + right)
                    for down in range(cell.rows)
                    for right in range(cell.columns)
                }
            first, *others = cell.text.split(" ")
            place.paragraphs[0].text = first
            for other in others:
                place.add_paragraph(other)
            column += cell.columns
