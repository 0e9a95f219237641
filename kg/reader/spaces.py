"""Spaces: which of them set words apart, and which are only padding.

Printed files pad names of people, indent, and break lines in cells; a space that stays
is the only mark between two units of a list, or between a person and a post.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.document import Edit
from kg.wording import HAN, LABEL_LINE, ROLE_LABEL, ends_like_unit

__all__ = ["is_name_line", "label_edits", "space_edits"]

_SHORT_LABEL = 12
_ROLE_LABEL_NEXT = re.compile(r"(?:牵头|责任|主责|主办|承办|配合|协办)(?:单位|部门)：")
_DUTY_DONE = re.compile(rf"[{HAN}）](?:牵头|负责|配合|协助|参与|落实)$")
_DUTY_NEXT = re.compile(rf"[{HAN}（）、 　]{{2,60}}(?:牵头|负责|配合|协助|参与|落实)[。；，]?$")
_SPACED = re.compile(
    rf"[位门限间标施务](?P<gap>[ 　]+)(?=[{HAN}\d])(?![{HAN}]{{2,6}}(?:单位|部门|领导|时限|时间|人|备注)(?:[ 　]|$))(?!备注)"
)
_LABEL_BEFORE = re.compile(
    r"(?:^|[\n。；） 　])"
    r"(?:(?:牵头|责任|主责|主办|承办|配合|协办|参与)(?:单位|部门)|(?:完成|整改)(?:时限|时间|期限)|整改(?:目标|措施|任务))$"
)
_SEMICOLON = re.compile(
    r"[（【〔\[](?:牵头|责任|主责|主办|承办|配合|协办|参与)(?:单位|部门)(?P<mark>[;；])(?=[^（）]*[）】〕\]])"
)
"""A semicolon behind the label that opens a bracket, a slip for its colon: （责任单位；甲局）."""
_LINE = re.compile(r"[^\n]+")
_GAP = re.compile(r"[ 　]+")
_LATIN_GAP = re.compile(r"(?<=[A-Za-z.,;:!?&'\"])[ 　]+(?=[A-Za-z\"'&])")
_NAME_LINE = re.compile(
    rf"[ 　]*(?:[-•·*][ 　]*)?(?P<label>[{HAN}](?:[ 　]*[{HAN}]){{1,7}}[ 　]*：[ 　]*)?"
    rf"(?P<name>[{HAN}](?:[ 　]*[{HAN}·]){{1,3}}|[{HAN}]{{2,8}}·[{HAN}]{{1,8}})[ 　]+"
    rf"(?P<post>(?=[^\n]*[{HAN}]{{2}})[^\s。；！？]{{2,}}(?:[ 　][^\s。；！？]{{2,}})*)[ 　]*$"
)
_REACH = 2000
"""How far around a gap is looked for what belongs to its list."""
_LABEL_REACH = 200
_NUMBER = re.compile(r"[ 　]*\d{1,3}")
_WORD_START = re.compile(rf"[{HAN}“《]")
_LIST_MARK = re.compile(r"[：:、，；（]")
_VALUE_END = re.compile(r"[：；）。]")
_OTHER_LABEL = re.compile(rf"[{HAN}]{{2,8}}：")
_NAME_START = re.compile(rf"[{HAN}]{{3,}}")
_NAME_GOES_ON = re.compile(
    rf"(?:[{HAN}]{{2,3}}分(?:局|中心|公司|行|院)|(?:人民)?政府|办公[室厅]|(?:管理)?委员会|管理局)(?:[ 　、，]|$)"
)
_LIST_END = re.compile(r"等?[，、；]?$")
_POST_ENDING = re.compile(
    r"(?:长|主任|书记|主席|委员|经理|科员|干部|局领导|负责人|秘书|总理|国务委员|专员|调研员|政委|总监|会长|常委|总师|"
    r"师|员|校长|院长|理事|代表|参谋|同志|助理|编辑|教授|院士)(?:（[^）]*）)?$"
)


def label_edits(text: str) -> Iterator[Edit]:
    """Put the colon behind labels that a space, or a slip, sets apart: 牵头部门　县教育局."""
    for gap in _SPACED.finditer(text):
        start = gap.start("gap")
        if _LABEL_BEFORE.search(text[max(0, start - 7) : start]):
            yield start, gap.end(), "："
    for slip in _SEMICOLON.finditer(text):
        yield *slip.span("mark"), "："


def is_name_line(line: str) -> bool:
    """Tell whether ``line`` names a person and a post, set apart by spaces.

    >>> is_name_line("- 执行副组长：朱 晟 副区长")
    True
    >>> is_name_line("完成时限：2020 年 11 月底前")
    False
    """
    match = _NAME_LINE.match(line)
    return bool(match and len(line) < 80 and _POST_ENDING.search(match.group("post").rstrip()))


def space_edits(text: str) -> Iterator[Edit]:
    """Decide for each run of spaces whether a reader would keep it."""
    for match in _LINE.finditer(text):
        for start, end, kept in _line_edits(match.group()):
            yield match.start() + start, match.start() + end, kept


def _line_edits(line: str) -> Iterable[Edit]:
    """Return the edits of a line, by what it is: a row, a person with a post, running text."""
    if " " not in line and "　" not in line:
        return ()
    if "\t" in line.strip(" 　\t"):
        return _cell_edits(line)
    indent = len(line) - len(line.lstrip(" 　\t"))
    return _name_edits(line, indent) if is_name_line(line[indent:]) else _running_edits(line)


def _running_edits(line: str) -> Iterator[Edit]:
    """Drop the spaces in running text, but for those that set something apart."""
    latin = {gap.span() for gap in _LATIN_GAP.finditer(line)}
    for gap in _GAP.finditer(line):
        if gap.span() in latin:
            kept = " "
        elif gap.start() == 0 and "　" in gap.group():
            kept = "　"
        else:
            kept = " " if _number_gap(line, gap) or _between_units(line, gap) else ""
        yield *gap.span(), kept


def _number_gap(line: str, gap: re.Match[str]) -> bool:
    """Tell whether a gap stands behind a bare number that opens an outline line."""
    return bool(
        _NUMBER.fullmatch(line, 0, gap.start())
        and _WORD_START.match(line, gap.end())
        and line[gap.end()] not in "年月日号个项家条"
    )


def _between_units(line: str, gap: re.Match[str]) -> bool:
    """Tell whether a gap in a line of labels sets two units, or a new label, apart.

    A list whose names are set apart by 、 uses no spaces for that.
    """
    before = line[max(0, gap.start() - _REACH) : gap.start()]
    last = _LIST_MARK.split(before)[-1]
    unit = len(last) > 1 and ends_like_unit(last)
    labelled = line.find("：", 0, gap.start()) >= 0
    label_next = line.find("：", gap.end(), gap.end() + _SHORT_LABEL) >= 0
    if not unit and not labelled and not label_next:
        return False
    behind = line[gap.end() : gap.end() + _REACH]
    after = _GAP.sub("", behind[:_LABEL_REACH])
    if (labelled and LABEL_LINE.match(after)) or (label_next and _ROLE_LABEL_NEXT.match(after)):
        return True
    if not unit or not ROLE_LABEL.search(_GAP.sub("", before)):
        return False
    if _OTHER_LABEL.match(after):
        return True
    value = before.rsplit("：", 1)[-1] + _VALUE_END.split(behind, maxsplit=1)[0]
    if "、" in value or after.startswith("等"):
        return False
    first = _NAME_START.match(_GAP.split(behind, maxsplit=1)[0])
    return bool(first and ends_like_unit(first.group()) and not _goes_on(first.group()))


def _cell_edits(line: str) -> Iterator[Edit]:
    """Keep a space in a cell where it sets apart names of units; else drop it.

    A printed cell breaks its lines anywhere: 配合推进 污水处理 设施建设 is one
    phrase, 区城管委 区水务局 are two units, 市规划委 朝阳分局 is a branch,
    各县市区 人民政府 is one name.
    """
    position = 0
    for cell in line.split("\t"):
        parts = [part for part in _GAP.split(cell.strip(" 　")) if part]
        names = len(parts) > 1 and all(
            ends_like_unit(_LIST_END.sub("", part)) and len(part) > 1 for part in parts
        )
        for gap in _GAP.finditer(cell):
            inner = gap.start() > 0 and gap.end() < len(cell)
            before, after = cell[: gap.start()], cell[gap.end() :]
            keep = inner and (
                (names and not before.endswith(("、", "，")) and not _goes_on(after))
                or bool(_DUTY_DONE.search(before) and _DUTY_NEXT.match(after))
                or bool(re.search(r"[A-Za-z0-9]$", before) and re.match(r"[A-Za-z]", after))
            )
            yield position + gap.start(), position + gap.end(), " " if keep else ""
        position += len(cell) + 1


def _goes_on(after: str) -> bool:
    """Tell whether what follows is no name by itself: a branch (朝阳分局), 人民政府."""
    return bool(_NAME_GOES_ON.match(after))


def _name_edits(line: str, indent: int) -> Iterator[Edit]:
    """Close up a padded name and its label; keep one space before the post."""
    match = _NAME_LINE.match(line, indent)
    assert match is not None
    yield 0, indent, ""
    first = match.start("name") + _name_end(line[match.start("name") :])
    for gap in _GAP.finditer(line, indent):
        keep = gap.start() >= first and gap.end() < len(line)
        yield *gap.span(), " " if keep else ""


def _name_end(rest: str) -> int:
    """Return where the person's name ends in ``name post…`` with padded names.

    A name has two to four characters, or a middle dot; a single character that
    follows two belongs to the name, unless it is the level that begins a post.
    """
    gaps = list(_GAP.finditer(rest))
    for index, gap in enumerate(gaps):
        name = _GAP.sub("", rest[: gap.start()])
        if len(name) < 2:
            continue
        following = rest[gap.end() : gaps[index + 1].start() if index + 1 < len(gaps) else None]
        if len(following) == 1 and len(name) < 4 and following not in "区市省县国州":
            continue
        return gap.start()
    return gaps[0].start() if gaps else len(rest)
