"""Normalisation inside lines: tags, markup, compatibility characters, punctuation, spaces.

Each step is a pattern and what replaces it; :class:`~kg.document.MappedText`
records where every character came from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from kg.document import Edit, MappedText
from kg.reader.cells import cell_line_edits, torn_row_edits
from kg.reader.columns import column_edits
from kg.reader.markup import tag_edits
from kg.reader.webdata import imprint_edits, web_data_edits
from kg.wording import HAN, LABEL_LINE, ROLE_LABEL, ends_like_unit

__all__ = ["clean", "fold", "is_name_line"]

_LINE_END = re.compile(r"[\r\f\v\u0085\u2028\u2029](?:(?<=\r)\n)?")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f]")
_ODD_SPACE = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f]")
_ENTITY = re.compile(r"&(nbsp|lt|gt|amp|quot|ensp|emsp|ldquo|rdquo|middot|mdash|hellip);")
_ENTITIES = {
    "nbsp": " ",
    "lt": "<",
    "gt": ">",
    "amp": "&",
    "quot": '"',
    "ensp": " ",
    "emsp": " ",
    "ldquo": "“",
    "rdquo": "”",
    "middot": "·",
    "mdash": "—",
    "hellip": "…",
}
_BOLD = re.compile(r"\*\*([^*]{1,400}?)\*\*")
_STARS = re.compile(r"\*\*")
_MARKDOWN_HEADING = re.compile(r"(?m)^[ \t]*#{1,6}[ \t]+")
_RULE_CELL = r"[ \t]*:?-+:?[ \t]*"
_PIPE_RULE = re.compile(
    rf"(?m)^(?=[^\n]*(?:--|:-|-:))[ \t]*\|?(?:{_RULE_CELL}\|)+(?:{_RULE_CELL})?[ \t]*$\n?"
)
_PIPE_ROW = re.compile(r"(?m)^([^|\n]*\|.*)\|[ \t]*$")
_BARE_PIPE_ROWS = re.compile(r"(?m)(?:^[^|\n]*(?:\|[^|\n]*){2,}(?:\n|\Z)){2,}")
"""Rows one below the other whose cells bars set apart, without a bar at the end: A | B | C."""
_PIPE = re.compile(r"[ 　]*\|[ 　]*")
_VARIANTS = str.maketrans("內戶產爲眞淸靑溫戸∶︰", "内户产为真清青温户：：")
# Radicals that stand for the character where a PDF's font has one glyph for both, and that
# NFKC leaves alone: from the Unicode Character Database, EquivalentUnifiedIdeograph.txt.
_RADICALS = str.maketrans(
    "⺁⺂⺃⺄⺅⺆⺈⺉⺊⺋⺌⺍⺎⺏⺐⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺫⺬⺭⺯⺰⺱⺲⺳⺴⺶⺹⺺⺻⺼⺾⺿⻀⻁⻂⻃⻄⻅⻆"
    "⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲",
    "厂乛乚乙亻冂刀刂卜㔾小小兀尣尢巳幺彑彐忄心扌攵旡日月歺民氵氺灬爫爫丬牛犭王目示礻糹纟罓罒㓁冗羊耂肀聿肉艹艹艹虎衤覀西见角"
    "讠贝车辶辶辶邑钅長镸长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀",
)
_FOLD = re.compile(
    r"[\u2e3a\u2e3b\u2e80-\u2fdf\uf900-\ufaff\uff10-\uff5a\ufe50-\ufe6b內戶產爲眞淸靑溫戸∶︰．％＋－＝～]"
)
_DASHES = {"\u2e3a": "——", "\u2e3b": "———"}
"""Dashes that fonts join to one glyph, and printed files to one character."""
_KEEP_WIDE = set("，：；（）？！、。")
_SMALL = str.maketrans("﹐﹑﹔﹕﹖﹗﹙﹚﹝﹞", "，、；：？！（）〔〕")
_CJK = rf"{HAN}，。、；：？！（）《》〈〉“”‘’〔〕【】"
_HALF = re.compile(
    # The mark itself stands first, so that the search passes over all that is none.
    rf"[,;:?!.()](?:(?<=[()])|(?<=[{_CJK}][,;:?!])(?!//)"
    rf"|(?<=[,;:?!])(?<![A-Za-z0-9][,;:?!])(?=[{_CJK}])"
    rf"|(?<=[A-Za-z0-9%][,;:])(?=[{HAN}])|(?<=[{HAN}]\.)(?=$|[{HAN}\n]))"
)
_FULL = str.maketrans(",;:?!().", "，；：？！（）。")
_SHORT_LABEL = 12
_ROLE_LABEL_NEXT = re.compile(r"(?:牵头|责任|主责|主办|承办|配合|协办)(?:单位|部门)：")
_DUTY_DONE = re.compile(rf"[{HAN}）](?:牵头|负责|配合|协助|参与|落实)$")
_DUTY_NEXT = re.compile(rf"[{HAN}（）、 　]{{2,60}}(?:牵头|负责|配合|协助|参与|落实)[。；，]?$")
_SPACED = re.compile(
    rf"[位门限间](?P<gap>[ 　]+)(?=[{HAN}\d])(?![{HAN}]{{2,6}}(?:单位|部门|领导|时限|时间|人|备注)(?:[ 　]|$))(?!备注)"
)
_LABEL_BEFORE = re.compile(
    r"(?:^|[\n。；） 　])"
    r"(?:(?:牵头|责任|主责|主办|承办|配合|协办|参与)(?:单位|部门)|(?:完成|整改)(?:时限|时间|期限))$"
)
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
    r"师|员|校长|院长|理事|代表|参谋|同志|助理)(?:（[^）]*）)?$"
)


def clean(source: str) -> MappedText:
    """Return ``source`` with the damage inside its lines mended.

    Lines stay lines; :func:`kg.reader.breaks.mend` joins them afterwards.
    """
    text = MappedText(source)
    text = text.sub(_LINE_END, "\n").sub(_INVISIBLE, "").sub(_ODD_SPACE, " ")
    if "<" in text.text:
        text = text.edit(tag_edits(text.text))
    if "&" in text.text:
        text = text.sub(_ENTITY, lambda match: _ENTITIES[match.group(1)])
    if "**" in text.text:
        text = text.sub(_BOLD, lambda match: re.sub(r"\s*\n\s*", "", match.group(1)))
        text = text.sub(_STARS, "")
    if "|" in text.text:
        text = text.sub(_PIPE_RULE, "")
        text = text.sub(
            _PIPE_ROW, lambda match: match[1].lstrip(" \t").removeprefix("|").replace("|", "\t")
        )
        text = text.edit(
            (bar.start(), bar.end(), "\t")
            for rows in _BARE_PIPE_ROWS.finditer(text.text)
            for bar in _PIPE.finditer(text.text, *rows.span())
        )
    text = text.sub(_MARKDOWN_HEADING, "").sub(_FOLD, _fold)
    text = text.sub(_HALF, lambda match: match.group().translate(_FULL))
    for edits in (
        imprint_edits,
        column_edits,
        web_data_edits,
        cell_line_edits,
        torn_row_edits,
        _label_edits,
    ):
        found = list(edits(text.text))
        text = text.edit(found) if found else text
    return text.edit(_space_edits(text.text))


def _label_edits(text: str) -> Iterator[Edit]:
    """Put the colon behind labels that a space sets apart: 牵头部门　县教育局."""
    for gap in _SPACED.finditer(text):
        start = gap.start("gap")
        if _LABEL_BEFORE.search(text[max(0, start - 7) : start]):
            yield start, gap.end(), "："


def fold(text: str) -> str:
    """Return ``text`` with the usual characters in place of compatible ones.

    >>> fold("人⺠政府")
    '人民政府'
    """
    return _FOLD.sub(_fold, text)


def _fold(match: re.Match[str]) -> str:
    character = match.group()
    if character in _DASHES:
        return _DASHES[character]
    folded = character.translate(_RADICALS).translate(_SMALL)
    if folded == character and character not in _KEEP_WIDE:
        folded = unicodedata.normalize("NFKC", character)
    return folded.translate(_VARIANTS) if len(folded) == 1 else character


def is_name_line(line: str) -> bool:
    """Tell whether ``line`` names a person and a post, set apart by spaces.

    >>> is_name_line("- 执行副组长：朱 晟 副区长")
    True
    >>> is_name_line("完成时限：2020 年 11 月底前")
    False
    """
    match = _NAME_LINE.match(line)
    return bool(match and len(line) < 80 and _POST_ENDING.search(match.group("post").rstrip()))


def _space_edits(text: str) -> list[Edit]:
    """Decide for each run of spaces whether a reader would keep it."""
    edits: list[Edit] = []
    for match in _LINE.finditer(text):
        line, offset = match.group(), match.start()
        if " " not in line and "　" not in line:
            continue
        indent = len(line) - len(line.lstrip(" 　\t"))
        if "\t" in line.strip(" 　\t"):
            edits += _cell_edits(line, offset)
        elif is_name_line(line[indent:]):
            edits.append((offset, offset + indent, ""))
            edits += _name_edits(line[indent:], offset + indent)
        else:
            latin = {gap.span() for gap in _LATIN_GAP.finditer(line)}
            indent = len(line) - len(line.lstrip(" 　"))
            for gap in _GAP.finditer(line):
                if gap.span() in latin:
                    edits.append((offset + gap.start(), offset + gap.end(), " "))
                elif gap.start() == 0 and indent and "　" in gap.group():
                    edits.append((offset, offset + gap.end(), "　"))
                elif _number_gap(line, gap) or _between_units(line, gap):
                    edits.append((offset + gap.start(), offset + gap.end(), " "))
                else:
                    edits.append((offset + gap.start(), offset + gap.end(), ""))
    return edits


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


def _cell_edits(line: str, offset: int) -> list[Edit]:
    """Keep a space in a cell where it sets apart names of units; else drop it.

    A printed cell breaks its lines anywhere: 配合推进 污水处理 设施建设 is one
    phrase, 区城管委 区水务局 are two units, 市规划委 朝阳分局 is a branch,
    各县市区 人民政府 is one name.
    """
    edits: list[Edit] = []
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
            edits.append(
                (
                    offset + position + gap.start(),
                    offset + position + gap.end(),
                    " " if keep else "",
                )
            )
        position += len(cell) + 1
    return edits


def _goes_on(after: str) -> bool:
    """Tell whether what follows is no name by itself: a branch (朝阳分局), 人民政府."""
    return bool(_NAME_GOES_ON.match(after))


def _name_edits(line: str, offset: int) -> list[Edit]:
    """Close up a padded name and its label; keep one space before the post."""
    match = _NAME_LINE.match(line)
    assert match is not None
    edits: list[Edit] = []
    body = match.start("name")
    first = _name_end(line[body:]) + body
    for gap in _GAP.finditer(line):
        separates = gap.start() == first or gap.start() > first
        inner = gap.end() < len(line)
        edits.append((offset + gap.start(), offset + gap.end(), " " if separates and inner else ""))
    return edits


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
