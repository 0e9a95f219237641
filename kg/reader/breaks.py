"""Normalisation across lines: join what a page or a line end has torn apart.

A line continues the one before it when that one is running text left open
(no end of sentence, or a bracket not closed) and the line begins nothing of its
own: no outline number, label, table row, date, document number or title.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from enum import Enum, auto

from kg.document import Edit, MappedText
from kg.reader.spaces import is_name_line
from kg.wording import (
    ACT_NOUN,
    DATE_LINE,
    HAN,
    LABEL_LINE,
    ends_like_unit,
    number_line,
    outline_number,
    role_labels,
)

__all__ = ["mend"]

_ENDS_SENTENCE = "。！？；：…"
_CLOSERS = "，。、；：！？）》〉”’】〕%％"
_OPEN_WORDS = "，、（《〈“‘〔的和与及或为对在将由按向从被把"
_TITLE_END = re.compile(rf"{ACT_NOUN}(?:（[^（）]{{1,30}}）)?》?$")
_CONTENTS_LINE = re.compile(rf"^[^。]*[{HAN}）》][\s.…·]{{2,}}\d{{1,3}}$")
_ATTACHMENT_LINE = re.compile(r"附件\s*[\d一二三四五六七八九十]*\s*[：:]?$")
_COVER_LINE = re.compile(
    rf"[{HAN}]{{2,30}}公报$|(?:19|20)\d\d年?$|(?:总?第\d+[期号]|（总第\d+[期号]）)+$|[{HAN}]{{2,30}}主办$|目录$"
)
_PAGE_NUMBER = re.compile(
    r"(?:[-—－–·~]\s*)+\d{1,4}\s*(?:[-—－–·~]\s*)*$|第\d{1,4}页(?:共\d{1,4}页)?$|\d{1,3}$"
)
_VALUE_MARK = re.compile(r"[：:、，]")
_WHOLE_END = re.compile(r"(?:[前底内年月日成进持]|\d)$")
_REMARK = re.compile(r"（[^（）]{2,40}）$")
_TITLE_LENGTH = 48
_TITLE_LINES = 6
_RUNNING_LENGTH = 25
_LONG, _WIDEST = 40, 130
"""Widths in half characters: of a line that may be full, and of the widest page."""
_FEW_LONG = 12
_MOSTLY, _RARELY = 0.4, 0.02
_RAGGED = 0.07
"""How much full lines differ in width: marks and numbers take less room than they count for."""


class _Kind(Enum):
    TEXT = auto()
    OUTLINE = auto()
    LABEL = auto()
    NUMBER = auto()
    DATE = auto()
    TABLE = auto()
    NAME = auto()
    CONTENTS = auto()
    ATTACHMENT = auto()
    SIGNATURE = auto()
    COVER = auto()


_UNJOINABLE = frozenset(
    {_Kind.TABLE, _Kind.NUMBER, _Kind.DATE, _Kind.CONTENTS, _Kind.ATTACHMENT, _Kind.COVER}
)
_LIST_MARK = re.compile(r"[、，]")
_ROLE_ENDS = ("牵头", "负责", "配合", "参与", "落实", "实施")
_ROLE_LINE = re.compile(
    rf"(?P<units>(?!由)[{HAN}、，（）]+?)(?:等(?:部门|单位)?)?"
    r"(?:分别|共同|具体|按照?(?:职责|职能)?(?:分工)?)*(?:牵头|负责|配合|参与)(?:落实|实施|负责)?"
)


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    indented: bool
    kind: _Kind
    full: bool = False
    """Whether it is as long as lines are in a text whose lines have one length."""


_LINE = re.compile(r"[^\n]+")
_OWN_LABEL = re.compile(
    rf"(?P<name>[{HAN}]{{2,6}}?)(?P<number>[一二三四五六七八九十]{{1,3}}|\d{{1,2}})?[：:](?=.)"
)
"""A label such as 事项来源： or 督办事项二：."""


def mend(text: MappedText) -> MappedText:
    """Return ``text`` with one line for each paragraph, row, heading and title."""
    lines = _lines(text.text)
    if not lines:
        return text.edit([(0, len(text.text), "")])
    titles = _title_joins(lines)
    words = _Words(text.text)
    edits: list[Edit] = [(0, lines[0].start, "")] if lines[0].start else []
    joined = lines[0].text
    for index in range(1, len(lines)):
        before, line = lines[index - 1], lines[index]
        if index in titles or _continues(before, joined, line):
            doubled = before.text[-1] == line.text[0] and words.is_slip(before.text, line.text)
            edits.append((before.end, line.start + doubled, ""))
            joined += line.text
        else:
            if text.text[before.end : line.start] != "\n":
                edits.append((before.end, line.start, "\n"))
            joined = line.text
    if lines[-1].end < len(text.text):
        edits.append((lines[-1].end, len(text.text), ""))
    return text.edit(edits)


def _lines(text: str) -> list[_Line]:
    """Return the lines that hold something, with what each begins."""
    lines: list[_Line] = []
    for match in _LINE.finditer(text):
        raw = match.group()
        left = raw.lstrip(" 　")
        stripped = left.rstrip(" 　\t") if "\t" not in left.strip(" 　\t") else left.rstrip(" 　")
        if not stripped.strip("\t") or _PAGE_NUMBER.match(stripped):
            continue
        start = match.start() + len(raw) - len(left)
        lines.append(
            _Line(
                start,
                start + len(stripped),
                stripped,
                "　" in raw[: len(raw) - len(left)],
                _kind(stripped),
            )
        )
    lines = _with_own_labels(_measured(lines))
    for index, line in enumerate(lines[:-1]):
        signs = lines[index + 1].kind is _Kind.DATE and len(line.text) <= _TITLE_LENGTH
        if signs and line.kind is _Kind.TEXT and ends_like_unit(line.text):
            lines[index] = replace(line, kind=_Kind.SIGNATURE)
    return lines


def _with_own_labels(lines: list[_Line]) -> list[_Line]:
    """Take for labels what several lines of the text begin with, whatever it says."""
    heads = [_OWN_LABEL.match(line.text) if line.kind is _Kind.TEXT else None for line in lines]
    counts = Counter(head["name"] for head in heads if head)
    return [
        replace(line, kind=_Kind.LABEL) if head and counts[head["name"]] > 1 else line
        for line, head in zip(lines, heads, strict=True)
    ]


def _measured(lines: list[_Line]) -> list[_Line]:
    """Mark the full lines of a text that was printed, where each line ends at the margin.

    Such a text has many long lines, most of them of one length and hardly one longer.
    """
    widths = [0 if line.kind is _Kind.TABLE else _width(line.text) for line in lines]
    long = sorted(width for width in widths if width >= _LONG)
    if len(long) < _FEW_LONG:
        return lines
    margin = long[int(len(long) * 0.8)]
    full = [(1 - _RAGGED) * margin <= width <= (1 + _RAGGED) * margin for width in widths]
    longer = sum(width > (1 + _RAGGED) * margin for width in long)
    if longer > _RARELY * len(long) or margin > _WIDEST or sum(full) < _MOSTLY * len(long):
        return lines
    return [replace(line, full=is_full) for line, is_full in zip(lines, full, strict=True)]


def _width(words: str) -> int:
    """Return how wide words are printed, in half characters."""
    return len(words) + sum(unicodedata.east_asian_width(one) in "WFA" for one in words)


def _kind(line: str) -> _Kind:
    if "\t" in line:
        return _Kind.TABLE
    if number_line(line):
        return _Kind.NUMBER
    if DATE_LINE.match(line):
        return _Kind.DATE
    if _ATTACHMENT_LINE.match(line):
        return _Kind.ATTACHMENT
    if _COVER_LINE.match(line):
        return _Kind.COVER
    if LABEL_LINE.match(line):
        return _Kind.LABEL
    if is_name_line(line):
        return _Kind.NAME
    if outline_number(line):
        return _Kind.OUTLINE
    if _CONTENTS_LINE.match(line):
        return _Kind.CONTENTS
    return _Kind.TEXT


def _bracket_open(joined: str) -> bool:
    """Tell whether a bracket or title mark is open at the end of a paragraph."""
    tail = joined[-400:]
    if any(tail.rfind(opener) > tail.rfind(closer) for opener, closer in ("（）", "《》", "〔〕")):
        return True
    # Brackets within brackets are those of one sentence: （市水利局，各县（市、区）政府）.
    sentence = tail.rpartition("。")[2]
    return sentence.count("（") > sentence.count("）")


def _continues(before: _Line, joined: str, line: _Line) -> bool:
    """Tell whether ``line`` goes on with the paragraph, or the torn row, ``joined``."""
    if before.kind is _Kind.TABLE and joined[-1] in "、，":
        return True
    if before.kind in _UNJOINABLE or line.kind in _UNJOINABLE:
        return False
    if line.text[0] in _CLOSERS:
        return True
    if before.kind is _Kind.NAME or line.kind is _Kind.NAME:
        return False
    if line.kind is _Kind.SIGNATURE or before.kind is _Kind.SIGNATURE:
        return False
    if _bracket_open(joined):
        numbered = outline_number(line.text)
        if not (numbered and numbered[0] in ("一", "（一）", "chapter", "article")):
            return True
    if line.kind is not _Kind.TEXT or line.indented:
        return False
    ended = joined[-1] in _ENDS_SENTENCE or joined[-1] in "）》”】"
    if before.full:
        # A sentence may end at the margin by chance; what goes on behind it is no heading.
        return not ended or line.full or line.text[-1] in "。；）”"
    if ended:
        return False
    if joined[-1] in _OPEN_WORDS:
        return True
    if _ends_unit_list(joined) or _is_role_line(joined):
        return False
    if before.kind is _Kind.LABEL and joined == before.text:
        return _looks_torn(joined)
    running = any(mark in joined for mark in "，。；、：")
    if outline_number(joined):
        return running and not _TITLE_END.search(joined) and "。" in joined
    return (running or len(joined) >= _RUNNING_LENGTH) and not _TITLE_END.search(joined)


def _ends_unit_list(joined: str) -> bool:
    """Tell whether a paragraph ends with a label's list of whole names of units."""
    tail = joined[-120:]
    labels = list(role_labels(tail, 0, len(tail)))
    if not labels:
        return False
    value = tail[labels[-1].end() :]
    return len(value) > 2 and "。" not in value and ends_like_unit(value)


def _is_role_line(joined: str) -> bool:
    """Tell whether a paragraph is a list of units that lead or answer: 市发改委、市财政局牵头落实."""
    match = _ROLE_LINE.fullmatch(joined) if joined.endswith(_ROLE_ENDS) else None
    return match is not None and all(
        ends_like_unit(name) for name in _LIST_MARK.split(match.group("units"))
    )


def _looks_torn(label: str) -> bool:
    """Tell whether a label's value breaks off inside a name: 主责单位：区民."""
    value = _VALUE_MARK.split(label)[-1]
    return (
        not ends_like_unit(value) and not _TITLE_END.search(value) and not _WHOLE_END.search(value)
    )


def _title_joins(lines: list[_Line]) -> set[int]:
    """Return the lines that go on with a title begun on the line before."""
    joins: set[int] = set()
    for index, line in enumerate(lines):
        if line.kind is _Kind.NUMBER and not (
            index + 1 < len(lines) and _is_title_line(lines[index + 1]) and index == 0
        ):
            joins |= _title_above(lines, index)
        if line.kind is _Kind.NUMBER and not _ends_title(lines, index - 1, 0):
            joins |= _title_below(lines, index + 1)
        if line.kind in (_Kind.DATE, _Kind.ATTACHMENT) or index == 0:
            first = index + 1 if line.kind in (_Kind.DATE, _Kind.ATTACHMENT) else 0
            while first < len(lines) and _REMARK.match(lines[first].text):
                first += 1
            joins |= _title_below(lines, first)
    return joins


def _is_title_line(line: _Line) -> bool:
    return (
        line.kind is _Kind.TEXT
        and len(line.text) <= _TITLE_LENGTH * 3
        and line.text[-1] not in "。；：！？，"
        and "。" not in line.text
    )


def _title_above(lines: list[_Line], number: int) -> set[int]:
    """Join the lines of the title that stands above a document number."""
    joins: set[int] = set()
    index = number - 1
    while index > 0 and number - index <= _TITLE_LINES and _is_title_line(lines[index]):
        above, line = lines[index - 1], lines[index]
        complete = _TITLE_END.search(above.text) and not line.text.startswith("的")
        starts_act = re.match(r"(?:关于|印发|转发|批转)", line.text)
        remark = _REMARK.match(above.text)
        if remark or not _is_title_line(above) or (complete and not starts_act):
            break
        joins.add(index)
        index -= 1
    return joins


def _title_below(lines: list[_Line], first: int) -> set[int]:
    """Join the lines of the title that stands below a date or the word 附件."""
    joins: set[int] = set()
    for index in range(first, min(first + _TITLE_LINES, len(lines))):
        line = lines[index]
        if not _is_title_line(line) or len(line.text) > _TITLE_LENGTH:
            return joins if _ends_title(lines, index - 1, first) else set()
        if index > first:
            joins.add(index)
        following = lines[index + 1].text if index + 1 < len(lines) else ""
        if _TITLE_END.search(line.text) and not re.match(r"的|（", following):
            return joins
    return set()


def _ends_title(lines: list[_Line], last: int, first: int) -> bool:
    return last >= first and bool(_TITLE_END.search(lines[last].text))


class _Words:
    """What a document's own usage tells about a character doubled at a break.

    擅自 / 自调整 has one 自 too many, 学生 / 生活 has not: the second copy is a
    slip when the word it would begin stands nowhere else in the document, while
    the word that follows without it does.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    def is_slip(self, before: str, after: str) -> bool:
        """Tell whether the first character of ``after`` repeats by mistake."""
        if not re.match(rf"[{HAN}]{{3}}", after) or len(before) < 2:
            return False
        return self._text.count(after[:2]) <= 1 and self._text.count(after[1:3]) > 1
