"""Leading groups: who sits in them, as what, with which post in which unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.document import Span
from kg.extraction.groups import group_named, group_of_office, group_set_up, is_bare
from kg.extraction.model import MembershipFact, Name
from kg.extraction.recognition import LEVEL_START
from kg.structure.model import Block, NoticeText, Paragraph, ParagraphKind, Table
from kg.wording import HAN, PEOPLE, SURNAME, UNIT_ENDING, ends_like_unit

__all__ = ["blocks_of_people", "ends_like_post", "memberships_in"]

_GROUP_ROLE = (
    r"(?:第一|执行|常务|总)?(?:副)?(?:总)?(?:组长|指挥长|指挥|主任|召集人|秘书长|会长|理事长|主席|主编|队长|组员|成员单位联络员)"
    r"|(?:副)?主任委员|成员|委员|顾问|联络员|总召集人|办公室(?:副)?主任|(?:副)?总督导"
)
_NAME = rf"[{HAN}]{{1,10}}·[{HAN}]{{1,10}}|(?:(?!同志|[担兼]任)[{HAN}]){{2,4}}"
_LINE = re.compile(
    rf"(?:[-•·*]\s*)?(?:(?P<role>{_GROUP_ROLE})[：:]\s*|(?P<role_cell>{_GROUP_ROLE})\t)?"
    rf"(?P<person>{_NAME})(?:[ 　\t]+|，|,)(?P<post>[^\n。；]{{2,60}})$"
)
_ROW = re.compile(r"[^\s][^\n]*")
_LABEL_ONLY = re.compile(rf"(?:[-•·*]\s*)?(?P<role>{_GROUP_ROLE})[：:]\s*$")
_ROLE_FIRST = re.compile(rf"(?:[-•·*]\s*)?(?:{_GROUP_ROLE})[：:]")
_IN_BRACKETS = re.compile(rf"(?P<person>{_NAME})（(?P<post>[^（）]{{2,40}})）")
_BRACKET_LINE = re.compile(
    rf"(?:[-•·*]\s*)?(?:(?P<role>{_GROUP_ROLE})[：:]\s*)?"
    rf"(?P<list>(?:(?:{_NAME})（[^（）]{{2,40}}）[、，；\s]*)+)。?$"
)
_NAMES_ONLY = re.compile(rf"(?:[-•·*]\s*)?(?P<role>{_GROUP_ROLE})[：:]\s*(?P<people>{PEOPLE})。?$")
"""A label before people without their posts: 副组长：裘海东、赵树林."""
_PERSON = re.compile(r"[^、。]+")
_MANY = ("成员", "委员")
"""Roles that several people have: 成员：安监 begins a list of something else."""
_POST = (
    r"原?(?:党[组委]|常务|执行|第一|[一二三四]级)?(?:副)?(?:总)?(?:局长|主任|委员会主任|书记|部长|厅长|司长|处长|科长|院长|校长|所长|站长|馆长|"
    r"队长|总队长|支队长|大队长|中队长|政委|政治委员|主席|会长|理事长|秘书长|检察长|市长|区长|县长|旗长|州长|盟长|省长|"
    r"镇长|乡长|行长|经理|董事长|总裁|关长|署长|社长|总编辑|主编|台长|园长|组长|指挥长|主委|调研员|巡视员|专员|总师|"
    r"工程师|经济师|会计师|统计师|规划师|农艺师|兽医师|审计师|审计长|巡察员|督查专员|督学|委员|常委|负责人|干部|科员|秘书|参谋|教导员|指导员|负责同志|总理|国务委员|副总参谋长|参谋长|部务会议成员|(?:党组|党委|会议)?成员|[部司局厅处行]长助理|助理)"
)
_UNIT_POST = re.compile(rf"^(?P<unit>.*?(?:{UNIT_ENDING}))?(?P<post>{_POST}(?:（[^）]*）)?)$")
_APPOINTED = re.compile(
    rf"(?P<role>办公室(?:常务)?(?:副)?主任|{_GROUP_ROLE})(?:分别)?由(?P<list>[^。；]{{5,600}}?)(?:兼任|担任)"
)
_APPOINTEE = re.compile(
    rf"(?:^|[，、和：])\s*(?P<post>[^，。；：]{{0,40}}?{_POST})(?P<person>{_NAME})(?:同志)?(?=[，、和]|$)"
)
_POSTS_FIRST = re.compile(
    rf"(?:[-•·*]\s*)?(?P<role>{_GROUP_ROLE})[：:]\s*(?=[^。；]*?{_POST}(?:{_NAME})(?:[，、]|$))"
)
"""A label before people behind their posts: 成员：市政府办公室主任林涛，各镇镇长."""
_SURNAME = re.compile(SURNAME)
_TAKES_POST = re.compile(
    rf"(?:(?:^|[，；。])由?|由)(?P<list>[^，。；由]{{0,40}}?{_POST}(?:{_NAME})(?:同志)?"
    rf"(?:[、，](?!由)[^。；任]{{2,40}}?{_POST}(?:{_NAME})(?:同志)?)*)(?:(?:担|兼)?任|为)(?P<role>办公室(?:副)?主任|{_GROUP_ROLE})"
)
"""People behind their posts: 由镇长裘海东任组长, 由镇长裘海东为组长、副镇长赵树林为副组长的小组."""
_OF_OFFICE = re.compile(r"任办公室(?:常务)?(?:副)?主任|办公室主任(?:分别)?由")
"""Once the head of the office is named, 副主任 in the same line is the office's."""
_DEPUTY = re.compile(r"(?:常务|执行)?副主任")

_TAKES = re.compile(rf"[任为](?:办公室|{_GROUP_ROLE})")
_OFFICE_HEADS = re.compile(
    rf"(?<=[，、；])由?(?P<people>(?:{_NAME}?)(?:、(?:{_NAME}?))*)(?:同志)?(?:分别)?[兼担]?任"
    rf"(?P<role>办公室(?:常务)?(?:副)?主任|副主任(?=[，。；]|$))"
)
_OFFICE_HEADED_BY = re.compile(
    rf"(?P<role>办公室(?:常务)?(?:副)?主任)(?:分别)?由(?P<people>(?:{_NAME}?)(?:、(?:{_NAME}?))*)(?:同志)?[兼担]任"
)
_TAKES_ROLE = re.compile(
    rf"(?:由|(?<=[，；]))(?P<people>(?![{HAN}]{{1,2}}长){PEOPLE})(?<![担兼])(?:同志)?(?:分别)?[担兼]?任"
    rf"(?!办公室|(?:常务|执行)?副主任)(?P<role>{_GROUP_ROLE})(?=[，。；、的]|$)"
)
"""People without their posts: 由裘海东任组长."""
_LED_BY = re.compile(rf"以(?P<people>{PEOPLE})(?:同志)?为(?P<role>{_GROUP_ROLE})(?=[，、的])")
"""以裘海东为组长的领导小组."""
_HEAD_OF_PLACE = re.compile(r"(?:代|常务)?副?(?:代)?[省市县区旗州盟镇乡]长")
"""A post in a place's government, though the unit of the post before is its party's: 县委常委、副县长."""
_NAME_FIRST = re.compile(
    rf"(?:[-•·*]\s*)?(?P<role>{_GROUP_ROLE})[：:]\s*(?!常务|执行)(?P<person>{SURNAME}(?:(?![副代常])[{HAN}]){{1,2}})"
    rf"(?P<post>{_HEAD_OF_PLACE.pattern})"
)
"""A label before a person whose post stands right behind: 组长：裘海东镇长."""
_ALSO = re.compile(rf"(?<=[长任记])兼(?!任)(?=[{HAN}]*{_POST}$)")
"""Joins two posts of one person: 副部长兼中医药局局长, 副主任兼督查室主任."""
_HOLDS_POST = re.compile(_POST)
_POST_AT_END = re.compile(rf"{_POST}(?:（[^）]*）)?$")


def memberships_in(text: str, notice: NoticeText) -> Iterator[MembershipFact]:
    """Yield the people of the groups that a notice sets up or lists."""
    group = group_named(notice.title)
    role = ""
    for block in notice.blocks:
        if isinstance(block, Table):
            listed = list(_from_rows(text, block, group, role))
            yield from listed or _from_table(text, block, group, role)
            continue
        words = block.line.of(text)
        if block.kind in (ParagraphKind.TITLE, ParagraphKind.HEADING, ParagraphKind.PART):
            named = group_named(words)
            if named or block.kind is not ParagraphKind.HEADING:
                group, role = named or group, ""
            continue
        group = group_set_up(words) if is_bare(group) else group
        role = _role_told(words) or role
        listed = list(_in_line(text, block.line, group, role))
        yield from listed
        if not listed:
            yield from _in_prose(text, block, group, words)


def _role_told(words: str) -> str:
    """Return the role at the head of a line, which holds for the people below it too."""
    told = _LABEL_ONLY.match(words)
    if told is None:
        line = _LINE.match(words)
        told = line if line and _is_post(line.group("post")) else _BRACKET_LINE.match(words)
    if told is None:
        return ""
    return told.group("role") or told.groupdict().get("role_cell") or ""


def _in_line(text: str, line: Span, group: str, role: str) -> Iterator[MembershipFact]:
    """Read a line that lists a person with a post, or people with their posts in brackets."""
    words = line.of(text)
    match = _LINE.match(words)
    if match and _is_post(match.group("post")):
        if role:
            yield from _members(text, line.start, match, group, role)
        return
    posts = _POSTS_FIRST.match(words)
    if posts:
        for entry in _APPOINTEE.finditer(words, posts.end() - 1):
            if _SURNAME.match(entry.group("person")):
                yield from _members(text, line.start, entry, group, posts.group("role"))
        return
    headed = _NAME_FIRST.fullmatch(words)
    if headed:
        yield from _members(text, line.start, headed, group, headed.group("role"))
        return
    plain = _NAMES_ONLY.match(words)
    people = plain.group("people").split("、") if plain else []
    alone = len(people) == 1 and plain and plain.group("role") in _MANY
    if plain and not alone and not any(map(ends_like_unit, people)):
        for person in _PERSON.finditer(words, plain.start("people")):
            where = Span(line.start + person.start(), line.start + person.end())
            yield MembershipFact(group, person.group(), plain.group("role"), "", None, where)
        return
    bracketed = _BRACKET_LINE.match(words)
    for entry in _IN_BRACKETS.finditer(words, bracketed.start("list")) if bracketed else ():
        if role and (_is_post(entry.group("post")) or _is_place_of_work(entry)):
            yield from _members(text, line.start, entry, group, role)


def _from_rows(text: str, table: Table, group: str, role: str) -> Iterator[MembershipFact]:
    """Read lines of people that tabs set apart or indent: 组长：王建国 ⇥ 县长."""
    for match in _ROW.finditer(text, table.span.start, table.span.end):
        line = Span(*match.span())
        role = _role_told(line.of(text)) or role
        yield from _in_line(text, line, group, role)


def _is_post(words: str) -> bool:
    return bool(_POST_AT_END.search(words.rstrip()))


def ends_like_post(words: str) -> bool:
    """Tell whether a line ends with a post; its brackets may be damaged.

    >>> ends_like_post("滕方县政府办公室副主任）"), ends_like_post("加强组织领导。")
    (True, False)
    """
    return "。" not in words and _is_post(words.rstrip("）"))


def _is_place_of_work(entry: re.Match[str]) -> bool:
    """Tell whether a bracket behind a person names a unit alone: 何志明（市财政局）."""
    return ends_like_unit(entry.group("post")) and not ends_like_unit(entry.group("person"))


def _members(
    text: str, offset: int, match: re.Match[str], group: str, role: str
) -> Iterator[MembershipFact]:
    """Yield one fact for each post of a person, who stands before them or behind.

    副秘书长、市信访局局长 are two.
    """
    (start, end), (post_start, post_end) = match.span("person"), match.span("post")
    span = Span(offset + min(start, post_start), offset + max(end, post_end))
    posts = list(_posts(text, Span(offset + match.start("post"), offset + match.end("post"))))
    person = re.sub(r"\s+", "", match.group("person"))
    joined: list[tuple[Name | None, str]] = []
    for unit, post in posts:
        if unit is None and joined and not _HEAD_OF_PLACE.fullmatch(post):
            joined[-1] = joined[-1][0], f"{joined[-1][1]}、{post}"
        else:
            joined.append((unit, post))
    for unit, post in joined:
        yield MembershipFact(group, person, role, post, unit, span)


def _posts(text: str, span: Span) -> Iterator[tuple[Name | None, str]]:
    """Cut 市政府副秘书长、市信访局局长 into units and posts."""
    words = span.of(text)
    also = {match.start() for match in _ALSO.finditer(words)}
    for piece in re.finditer(
        r"[^、，,]+", "".join("、" if i in also else c for i, c in enumerate(words))
    ):
        part = piece.group().strip()
        start = span.start + piece.start() + len(piece.group()) - len(piece.group().lstrip())
        match = _UNIT_POST.match(part)
        unit = match.group("unit") if match else None
        inner = (unit or "").endswith(("处", "科", "股", "室", "秘书局"))
        section = piece.start() and inner and unit and not LEVEL_START.match(unit)
        if match and unit and len(unit) > 1 and not section:
            yield Name(Span(start, start + len(unit)), unit), part[len(unit) :]
        elif ends_like_unit(part) and not _is_post(part):
            yield Name(Span(start, start + len(part)), part), ""
        else:
            yield None, part


def _group_in(words: str) -> str:
    return group_set_up(words) or group_of_office(words)


def _in_prose(text: str, block: Paragraph, group: str, words: str) -> Iterator[MembershipFact]:
    """Read 办公室主任由X局长Y兼任, and lists that give the posts in brackets."""
    for match in _LED_BY.finditer(words) if "为" in words else ():
        yield from _people(text, block, match, _group_in(words) or group or group_named(words))
    appointed = "兼任" in words or "担任" in words
    for match in _APPOINTED.finditer(words) if appointed else ():
        named = _group_in(words) or group or group_named(words)
        start = block.line.start + match.start("list")
        role = _whole_role(words, match)
        for entry in _APPOINTEE.finditer(match.group("list")):
            yield from _members(text, start, entry, named, role)
    takes = (_OFFICE_HEADS, _OFFICE_HEADED_BY, _TAKES_ROLE) if "任" in words else ()
    for pattern in takes:
        for match in pattern.finditer(words):
            if match["role"] == "副主任" and not _OF_OFFICE.search(words, 0, match.start()):
                continue
            yield from _people(text, block, match, _group_in(words) or group or group_named(words))
    if ("长" not in words and "主任" not in words) or not _TAKES.search(words):
        return
    for match in _TAKES_POST.finditer(words):
        named = _group_in(words) or group or group_named(words)
        role = _whole_role(words, match)
        start = block.line.start + match.start("list")
        for entry in _APPOINTEE.finditer(match.group("list")):
            yield from _members(text, start, entry, named, role)


def _people(
    text: str, block: Paragraph, match: re.Match[str], group: str
) -> Iterator[MembershipFact]:
    """Yield the people of a match, who are named without their posts."""
    span = Span(block.line.start + match.start(), block.line.start + match.end())
    role = _whole_role(block.line.of(text), match)
    for person in match["people"].split("、"):
        if not _HOLDS_POST.match(person):
            yield MembershipFact(group, person, role, "", None, span)


def _whole_role(words: str, match: re.Match[str]) -> str:
    """Return the role that a match gives: 副主任 is the office's behind the head of an office."""
    role = match.group("role")
    office = _DEPUTY.fullmatch(role) and _OF_OFFICE.search(words, 0, match.start())
    return f"办公室{role}" if office else role


def _from_table(text: str, table: Table, group: str, told: str) -> Iterator[MembershipFact]:
    """Read a table of people, with a head or as bare rows 组长 / name / post.

    Where no column tells the role, the label above the table does (``told``).
    """
    head = [cell.span.of(text) for cell in table.head]
    rows: Sequence[Sequence[Span]] = [[c.span for c in row.cells] for row in table.rows]
    if not any("姓名" in word for word in head):
        rows = [[c.span for c in table.head], *rows]
        columns = (0, -1, 1) if len(head) == 2 else (1, 0, 2)
    else:
        person = next(i for i, word in enumerate(head) if "姓名" in word)
        role_column = next(
            (i for i, w in enumerate(head) if re.search(r"组内|小组|职责|分工|担任", w)), -1
        )
        post = next(
            (i for i, w in enumerate(head) if re.search(r"职务|单位", w) and i != role_column), -1
        )
        columns = (person, role_column, post)
    role = ""
    for cells in rows:
        if max(columns) >= len(cells) or columns[2] < 0:
            continue
        person_words = re.sub(r"\s+", "", cells[columns[0]].of(text))
        written = cells[columns[1]].of(text) if columns[1] >= 0 else told or "成员"
        role = re.sub(r"\s+", "", written) or role
        post_span = cells[columns[2]]
        if not re.fullmatch(_NAME, person_words) or not _is_post(post_span.of(text)):
            continue
        if not re.fullmatch(_GROUP_ROLE, role):
            continue
        span = Span(min(c.start for c in cells if c.end > c.start), post_span.end)
        for unit, post_words in _posts(text, post_span):
            yield MembershipFact(group, person_words, role, post_words, unit, span)


def blocks_of_people(text: str, blocks: Sequence[Block]) -> set[Span]:
    """Return the lines that list people, so that no other fact is read there."""
    return {
        block.line
        for block in blocks
        if isinstance(block, Paragraph) and _lists_people(block.line.of(text))
    }


def _lists_people(words: str) -> bool:
    match = _LINE.match(words)
    if match and _is_post(match.group("post")):
        return True
    if _ROLE_FIRST.match(words):
        return True
    bracketed = _BRACKET_LINE.match(words)
    return bool(
        bracketed
        and all(
            _is_post(entry.group("post")) or _is_place_of_work(entry)
            for entry in _IN_BRACKETS.finditer(words)
        )
    )
