"""Normalisation across lines: join what a page or a line end has torn apart.

A line continues the one before it when that one is running text left open
(no end of sentence, or a bracket not closed) and the line begins nothing of its
own: no outline number, label, table row, date, document number or title.
"""

from __future__ import annotations

import re

from kg.document import Edit, MappedText
from kg.reader.line_kinds import Line, LineKind, lines_of
from kg.wording import (
    DOCUMENT_NUMBER,
    HAN,
    PEOPLE,
    TITLE_NOUN,
    ends_like_unit,
    outline_number,
    role_labels,
)

__all__ = ["mend"]

_ENDS = "。！？；：…）》”】"
"""Marks with which a paragraph ends."""
_LAST_LINE_ENDS = "。；）”"
"""Marks that tell the last line of a paragraph from a heading below it."""
_CLOSERS = "，。、；：！？）》〉”’】〕%％"
"""Marks with which no paragraph begins."""
_OPEN_WORDS = "，、（《〈“‘〔的和与及或为对在将由按向从被把"
"""Marks and words with which no paragraph ends."""
_AIM = "目的"
"""A word for a heading, 1.1 编制目的, that ends like an open line."""
_RUNNING = "，。；、："
_REST = 6
"""Characters that the rest of a sentence may have which is no paragraph of its own: 管理。"""
_RUNNING_LENGTH = 25
"""What tells running text from a heading: its marks, or its length."""
_BRACKET_REACH, _LABEL_REACH = 400, 120
"""How far back a bracket may have been opened, and a label may stand whose list goes on."""
_TITLE_LINES = 6
_TITLE_LENGTH, _WHOLE_TITLE = 48, 144
"""Lengths of a line of a title that is broken into lines, and of a title in one line."""
_TITLE_END = re.compile(rf"{TITLE_NOUN}(?:（[^（）]{{1,30}}）)?》?$")
_TITLE_GOES_ON = re.compile("的|（")
_ABOUT = re.compile(r"(?:关于|印发).*(?<!通知)(?<!意见)(?<!决定)$")
_OF_NOTICE = re.compile(
    r"(?:(?!关于)[^。：；，]){2,40}的(?:指导|实施|若干)?(?:通知|意见|决定|公告|通告|通报|函|批复)$"
)
_ISSUER = re.compile(r"(?:人民政府|办公[室厅]|委员会)$")
_NUMBER_FIRST = re.compile(rf"[{HAN}]{{1,8}}[〔\[]\d{{4}}[〕\]]\d+号(?=关于|[{HAN}])")
"""A document number with the title behind it."""
_NUMBER_LAST = re.compile(rf"{TITLE_NOUN}\s*{DOCUMENT_NUMBER.pattern}$")
"""A title with the document number behind it."""
_NO_TITLE_END = "。；：！？，"
_REMARK = re.compile(r"（[^（）]{2,40}）$")
_VALUE_MARK = re.compile(r"[：:、，]")
_WHOLE_END = re.compile(r"(?:[前底内年月日成进持]|\d)$")
"""How the value of a label ends that is no name: 2020年底前."""

_PEOPLE = re.compile(rf"[{HAN}]*(?:组长|指挥长?|主任|召集人|秘书长)[：:]{PEOPLE}")
"""A label of a post in a group, and who has it: 副组长：裘海东、赵树林."""

_UNJOINABLE = frozenset(
    {
        LineKind.TABLE,
        LineKind.NUMBER,
        LineKind.DATE,
        LineKind.CONTENTS,
        LineKind.ATTACHMENT,
        LineKind.COVER,
    }
)
_LIST_MARK = re.compile(r"[、，]")
_ROLE_ENDS = ("牵头", "负责", "配合", "参与", "落实", "实施")
_ROLE_LINE = re.compile(
    rf"(?P<units>(?!由)[{HAN}、，（）]+?)(?:等(?:部门|单位)?)?"
    r"(?:分别|共同|具体|按照?(?:职责|职能)?(?:分工)?)*(?:牵头|负责|配合|参与)(?:落实|实施|负责)?"
)


def mend(text: MappedText) -> MappedText:
    """Return ``text`` with one line for each paragraph, row, heading and title."""
    lines = lines_of(text.text)
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


def _bracket_open(joined: str) -> bool:
    """Tell whether a bracket or title mark is open at the end of a paragraph."""
    tail = joined[-_BRACKET_REACH:]
    if tail.rfind("（") > tail.rfind("）"):
        return True
    # Brackets within brackets are those of one sentence: （市水利局，各县（市、区）政府）. No title
    # and no number goes on behind one either: where a sentence ends, its mark is lost.
    sentence = tail.rpartition("。")[2]
    return sentence.count("（") > sentence.count("）") or any(
        sentence.rfind(opener) > sentence.rfind(closer) for opener, closer in ("《》", "〔〕")
    )


def _continues(before: Line, joined: str, line: Line) -> bool:
    """Tell whether ``line`` goes on with the paragraph, or the torn row, ``joined``."""
    if before.kind is LineKind.TABLE and (
        joined[-1] in "、，" or (joined[-1] == "；" and line.kind is LineKind.TEXT)
    ):
        return True
    if before.kind in _UNJOINABLE or line.kind in _UNJOINABLE:
        return False
    if line.text[0] in _CLOSERS:
        return True
    if before.kind is LineKind.NAME or line.kind is LineKind.NAME:
        return False
    if line.kind is LineKind.SIGNATURE or before.kind is LineKind.SIGNATURE:
        return False
    if _bracket_open(joined):
        numbered = outline_number(line.text)
        if not (numbered and numbered[0] in ("一", "（一）", "chapter", "article")):
            return True
    if line.kind is not LineKind.TEXT or line.indented:
        return False
    ended = joined[-1] in _ENDS
    if before.full:
        # A sentence may end at the margin by chance; what goes on behind it is no heading.
        return not ended or line.full or line.text[-1] in _LAST_LINE_ENDS
    if ended:
        return False
    if joined[-1] in _OPEN_WORDS and not joined.endswith(_AIM):
        return True
    if _ends_unit_list(joined) or _is_role_line(joined):
        return False
    if before.kind is LineKind.LABEL and joined == before.text:
        return _looks_torn(joined)
    running = any(mark in joined for mark in _RUNNING)
    if outline_number(joined):
        rest = len(line.text) <= _REST and line.text[-1] == "。"
        return running and not _TITLE_END.search(joined) and ("。" in joined or rest)
    titled = (joined[-1] == "号" and _NUMBER_LAST.search(joined)) or _TITLE_END.search(joined)
    return (running or len(joined) >= _RUNNING_LENGTH) and not titled


def _ends_unit_list(joined: str) -> bool:
    """Tell whether a paragraph ends with a label's list of whole names of units."""
    tail = joined[-_LABEL_REACH:]
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
        not _PEOPLE.fullmatch(label)
        and not ends_like_unit(value)
        and not _TITLE_END.search(value)
        and not _WHOLE_END.search(value)
    )


def _title_joins(lines: list[Line]) -> set[int]:
    """Return the lines that go on with a title begun on the line before."""
    joins: set[int] = set()
    for index, line in enumerate(lines):
        if line.kind is LineKind.NUMBER and not (
            index + 1 < len(lines) and _is_title_line(lines[index + 1]) and index == 0
        ):
            joins |= _title_above(lines, index)
        if line.kind is LineKind.NUMBER and not _ends_title(lines, index - 1, 0):
            joins |= _title_below(lines, index + 1)
        if line.kind in (LineKind.DATE, LineKind.ATTACHMENT) or index == 0:
            first = index + 1 if line.kind in (LineKind.DATE, LineKind.ATTACHMENT) else 0
            while first < len(lines) and _REMARK.match(lines[first].text):
                first += 1
            joins |= _title_below(lines, first)
    return joins


def _is_title_line(line: Line) -> bool:
    return (
        line.kind is LineKind.TEXT
        and len(line.text) <= _WHOLE_TITLE
        and line.text[-1] not in _NO_TITLE_END
        and "。" not in line.text
    )


def _title_above(lines: list[Line], number: int) -> set[int]:
    """Join the lines of the title that stands above a document number."""
    joins: set[int] = set()
    index = number - 1
    while index > 0 and number - index <= _TITLE_LINES and _is_title_line(lines[index]):
        above, line = lines[index - 1], lines[index]
        remark = _REMARK.match(above.text) or _issues(above.text, line.text)
        if remark or not _is_title_line(above) or _ends_above(above.text, line.text):
            break
        joins.add(index)
        index -= 1
    return joins


def _ends_above(above: str, line: str) -> bool:
    """Tell whether the title that a line belongs to cannot have begun above it.

    What a notice is about may end as acts do, before the line that says what it is.

    >>> _ends_above("某市供水管理办法", "某市节水管理办法")
    True
    >>> _ends_above("市政府办公室关于印发某市供水管理办法", "实施细则的通知")
    False
    """
    if not _TITLE_END.search(above) or _bracket_open(above):
        return False
    starts_act = re.match(r"(?:关于|印发|转发|批转)", line)
    return not (starts_act or line.startswith("的") or _OF_NOTICE.match(line))


def _issues(unit: str, title: str) -> bool:
    """Tell whether a line stands before the issuer of the title below it and is none of it.

    It says at length who issues it, or is no issuer at all.

    >>> _issues("某省某市人民政府", "某市人民政府关于防汛的通知")
    True
    """
    if _NUMBER_FIRST.match(title):
        return True
    issuer = re.match(r"(.{4,40}?)(?:关于|印发|转发|批转|$)", title)
    if not (issuer and _ISSUER.search(issuer[1])):
        return False
    joint = ends_like_unit(unit) or unit.endswith(tuple(_OPEN_WORDS)) or _ABOUT.search(unit)
    return unit.endswith(issuer[1]) or not joint


def _title_below(lines: list[Line], first: int) -> set[int]:
    """Join the lines of the title that stands below a date or the word 附件."""
    joins: set[int] = set()
    for index in range(first, min(first + _TITLE_LINES, len(lines))):
        line = lines[index]
        if not _is_title_line(line) or len(line.text) > _TITLE_LENGTH:
            return joins if _ends_title(lines, index - 1, first) else set()
        if index > first and not _issues(lines[index - 1].text, line.text):
            joins.add(index)
        following = lines[index + 1].text if index + 1 < len(lines) else ""
        # 关于落实2022年《政府工作报告》 goes on with what the notice is about: 任务分工的通知.
        opens = _ABOUT.search(line.text) and _OF_NOTICE.match(following)
        if _TITLE_END.search(line.text) and not (opens or _TITLE_GOES_ON.match(following)):
            return joins
    return set()


def _ends_title(lines: list[Line], last: int, first: int) -> bool:
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
