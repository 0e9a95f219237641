"""From a document to its structure: gazette, notices, outline, tables."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.document import Document, Span
from kg.structure import notices as heads
from kg.structure import tables
from kg.structure.lines import pieces
from kg.structure.model import (
    Block,
    Contents,
    Gazette,
    NoticeText,
    Paragraph,
    ParagraphKind,
    Place,
    Table,
)
from kg.structure.outline import Outline
from kg.wording import DATE_LINE, LABEL_LINE, NUMBER_LINE, ends_like_unit, outline_number

__all__ = ["parse"]

_PART = re.compile(r"(附件[\d一二三四五六七八九十]*)\s*[：:]?$")
_ADDRESSEES = re.compile(r"[^。；\t]{2,300}[：:]$")
_SENTENCE = re.compile(r"，[^。]*。")
"""Running text: what stands below it is no title of it."""
_SHORT_TITLE = 80
_HEAD_LINES = 40
"""Lines among which the title and the block of data stand, where no number tells."""


def parse(document: Document) -> Gazette:
    """Read the structure of a document.

    Returns
    -------
    Gazette
        With at least one notice; a text without any document number is one
        notice whose number is empty.
    """
    text = document.text
    lines = list(pieces(text))
    entries, used = heads.contents(text, lines)
    starts = heads.notice_heads(text, lines, used)
    notices: list[NoticeText] = []
    for position, (first, number) in enumerate(starts):
        last = starts[position + 1][0] if position + 1 < len(starts) else len(lines)
        notices.append(_notice(text, lines[first:last], number - first, entries))
    head = Span(0, lines[starts[0][0]].start if starts and used else 0)
    cover = head.of(text)
    title = re.search(r"^[^\n]{2,40}公报$", cover, re.MULTILINE)
    year = re.search(r"((?:19|20)\d\d)年?", cover)
    issue = re.search(r"第(\d+)期", cover)
    publisher = re.search(r"([^\n]+?)主办", cover)
    return Gazette(
        document,
        title.group() if title else "",
        int(year.group(1)) if title and year else None,
        int(issue.group(1)) if title and issue else None,
        publisher.group(1) if title and publisher else None,
        head,
        entries,
        tuple(notices),
    )


def _notice(
    text: str, lines: Sequence[Span], number: int, entries: Sequence[Contents]
) -> NoticeText:
    """Read one notice from its first line to the last before the next."""
    above = list(lines[: max(number, 0)])
    data = heads.metadata(text, [*above, *_data_rows(text, lines)])
    title_line = _title_line(text, lines, number)
    title = (
        title_line.of(text).strip()
        if title_line
        else _first(data, "标题", "名称", "信息名称", "文件名称")
    )
    title, beside = heads.without_number(title)
    # A title of the block of data stands in one of its lines.
    title_start = text.index(title, (title_line or lines[0]).start)
    number_words = NUMBER_LINE.match(lines[number].of(text)) if number >= 0 else None
    written = number_words.group(1) if number_words else beside or heads.number_in(data)
    body = list(lines[number + 1 :]) if number >= 0 else list(lines)
    if title_line in body:
        body = body[body.index(title_line) + 1 :]
    addressees = _addressees(text, body)
    date_line = next((line for line in body if DATE_LINE.match(line.of(text))), None)
    date = heads.iso_date(date_line.of(text)) if date_line else ""
    date = date or heads.signed_date(text, body)
    date = date or (heads.iso_date(number_words.group()) if number_words else "")
    date = date or heads.iso_date(_first(data, "成文日期", "发文日期", "生成日期"))
    publisher = _first(data, "发布机构", "发布单位", "发文单位", "发布部门", "发文部门")
    signature = _signature(text, body, date_line)
    issuer = heads.issuer_of(title) or _first(data, "发文机关", "发文机构")
    issuer = issuer or heads.letterhead(text, above) or signature or publisher
    blocks = _blocks(text, body, addressees, date_line)
    plain = heads.plain_number(written)
    page = next((entry.page for entry in entries if plain and entry.number == plain), None)
    if page is None:
        page = next((entry.page for entry in entries if title and entry.title == title), None)
    return NoticeText(
        Span((above or lines)[0].start, lines[-1].end),
        plain,
        title,
        title_line or Span(lines[0].start, lines[0].start),
        issuer,
        signature or publisher,
        date,
        heads.split_addressees(text, addressees) if addressees else (),
        heads.attachments(text, body),
        heads.plans_of(text, Span(title_start, title_start + len(title))),
        page,
        blocks,
    )


def _data_rows(text: str, lines: Sequence[Span]) -> Sequence[Span]:
    """Return the first line, and the rows of the block of data above or below the title."""
    rows = [line for line in lines[1:_HEAD_LINES] if tables.is_metadata(line.of(text))]
    return [*lines[:1], *rows]


def _first(data: dict[str, str], *labels: str) -> str:
    """Return the value of the first label that has one."""
    return next((data[label] for label in labels if data.get(label)), "")


def _title_line(text: str, lines: Sequence[Span], number: int) -> Span | None:
    """Return the line that is the title: just above the number, or below it."""
    candidates = [*reversed(lines[: max(number, 0)]), *lines[number + 1 : number + 2]]
    if number < 0:
        head = lines[:_HEAD_LINES]
        candidates = [line for line in head if not tables.is_metadata(line.of(text))][:10]
    for line in candidates:
        words = line.of(text)
        if number < 0 and (_is_addressees(words) or _SENTENCE.search(words)):
            return None
        if number < 0 and (outline_number(words) or LABEL_LINE.match(words)):
            continue
        if (
            "\t" not in words
            and "。" not in words
            and (heads.TITLE_END.search(words) or _carries_number(words))
            and len(words) >= 6
        ):
            return line
    return None


def _carries_number(words: str) -> bool:
    """Tell whether a line is a title by the document number behind it, whatever its noun."""
    return "，" not in words and bool(heads.without_number(words)[1])


def _addressees(text: str, body: Sequence[Span]) -> Span | None:
    """Return the line of addressees: one of the first below the title, ending with a colon.

    Where the page says more between them, it is the first that begins with 各.
    """
    told = [line for line in body[:_HEAD_LINES] if not tables.is_metadata(line.of(text))]
    first = next((line for line in told[:3] if _names_units(line.of(text))), None)
    if first is None:
        first = next((line for line in told[3:] if _is_addressees(line.of(text))), None)
    return first


def _is_addressees(words: str) -> bool:
    return words.startswith("各") and _names_units(words)


def _names_units(words: str) -> bool:
    """Tell whether a line names units and ends with a colon."""
    if not _ADDRESSEES.match(words) or outline_number(words):
        return False
    names = re.split(r"[，、]", words.rstrip("：:"))
    return any(ends_like_unit(re.sub(r"（[^）]*）$", "", name)) for name in names)


def _signature(text: str, body: Sequence[Span], date_line: Span | None) -> str:
    """Return the unit that signs: the line before the date."""
    if date_line is None or body.index(date_line) == 0:
        return ""
    words = body[body.index(date_line) - 1].of(text)
    return words if len(words) <= _SHORT_TITLE and ends_like_unit(words) else ""


def _blocks(
    text: str, body: Sequence[Span], addressees: Span | None, date_line: Span | None
) -> tuple[Block, ...]:
    """Read paragraphs and tables in the order in which they stand."""
    blocks: list[Block] = []
    outline = Outline()
    title_may_follow = False
    index = 0
    while index < len(body):
        line = body[index]
        words = line.of(text)
        part = _PART.match(words)
        if tables.is_row(words) and not tables.is_metadata(words):
            end = _table_end(text, body, index)
            blocks += _tables(text, body[index:end], outline.place)
            index = end
            continue
        if line == addressees:
            blocks.append(_plain(line, outline.place, ParagraphKind.ADDRESSEES))
        elif part and not words.endswith(("：", ":")):
            outline = Outline(part.group(1))
            blocks.append(_plain(line, outline.place, ParagraphKind.PART))
            title_may_follow = True
        elif DATE_LINE.match(words):
            if line == date_line:
                outline = Outline()
            blocks.append(_plain(line, outline.place, ParagraphKind.DATE))
            title_may_follow = True
        elif words.startswith("附件") and re.match(r"附件\d*[：:]", words):
            blocks.append(_plain(line, outline.place, ParagraphKind.ATTACHMENTS))
        elif title_may_follow and _is_annex_title(words):
            blocks.append(_plain(line, outline.place, ParagraphKind.TITLE))
            title_may_follow = False
        elif not tables.is_row(words):
            blocks.append(outline.paragraph(text, line))
            title_may_follow = False
        index += 1
    return tuple(blocks)


def _plain(line: Span, place: Place, kind: ParagraphKind) -> Paragraph:
    return Paragraph(line, line, place, kind, False, "")


def _is_annex_title(words: str) -> bool:
    return (
        len(words) <= _SHORT_TITLE
        and "。" not in words
        and outline_number(words) is None
        and bool(heads.TITLE_END.search(words))
    )


def _table_end(text: str, body: Sequence[Span], first: int) -> int:
    """Return the index behind the last line of the table that begins at ``first``.

    A line without cells is in the table when rows go on right after it: it is a
    section row that spans all columns.
    """
    last = first
    for index in range(first + 1, len(body)):
        words = body[index].of(text)
        if tables.is_row(words):
            last = index
        elif len(words) > _SHORT_TITLE or (index - last > 1 and outline_number(words) is None):
            break
    return last + 1


def _tables(text: str, lines: Sequence[Span], place: Place) -> list[Table]:
    """Read the tables in a run of rows: a head with other columns begins a new one."""
    found: list[Table] = []
    start = 0
    for index in range(1, len(lines)):
        words = lines[index].of(text)
        other = words.split("\t") != lines[start].of(text).split("\t")
        if index > start + 1 and tables.is_head(words) and other:
            found.append(tables.read_table(text, lines[start:index], place))
            start = index
    found.append(tables.read_table(text, lines[start:], place))
    return found
