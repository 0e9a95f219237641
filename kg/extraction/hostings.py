"""The units with which the offices of leading groups are placed: 领导小组办公室设在区财政局."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.document import Span
from kg.extraction.groups import NamedGroups, group_named, group_set_up, is_bare
from kg.extraction.model import HostingFact, Name
from kg.extraction.names import names_in
from kg.extraction.recognition import LEVEL_START, Lexicon, is_unit
from kg.structure.model import NoticeText, ParagraphKind, Table
from kg.wording import GROUP_NOUN, HAN, ends_like_unit, outline_number

__all__ = ["hostings_in"]

_UNITS = rf"[{HAN}、]{{2,40}}"
_WORK = r"(?:办公室)?的?(?:日常|具体)(?:办事|办公|事务|管理|组织|协调|联络)*工作"
_FORMS = (
    # 领导小组（下设）办公室设在X, 办公室（设在X）, 办公室挂靠X, 下设办公室在X
    re.compile(
        rf"(?P<group>[{HAN}“”\d]*?)(?:下?设立?|成立)?的?其?办公室[（：]?"
        rf"(?:(?:暂|均|常)?设立?(?:在|于)|挂靠(?:在|于)?|(?<=设办公室)(?:在|于))(?P<units>{_UNITS})"
    ),
    # 领导小组在X（下）设办公室, 依托X设立领导小组办公室
    re.compile(
        rf"(?P<group>[{HAN}“”\d]*?)(?:在|依托)(?P<units>{_UNITS}?)(?:内|下)?(?:设立|设|成立|组建)"
        rf"(?P<other>[{HAN}“”\d]*?)的?办公室$"
    ),
    # 领导小组（办公室）日常工作由X承担
    re.compile(
        rf"(?P<group>[{HAN}“”\d]*?){_WORK}(?:具体)?由"
        rf"(?P<units>{_UNITS}?)(?:（[^（）]*）)?(?:具体|共同|分别|主要|牵头)*(?:承担|负责|承办|办理)"
    ),
    # X承担领导小组（办公室）日常工作
    re.compile(
        rf"(?:由)?(?P<units>(?:[{HAN}、]{{2,40}}?)?)(?:具体)?(?:承担|负责)(?P<group>[{HAN}“”\d]+?){_WORK}$"
    ),
)
"""How a clause tells where the office of a group is, from its first character on."""
_MARK = re.compile(r"办公室|日常|具体|成立|设立|组建|建立|调整")
"""What a line holds that places an office or sets a group up."""
_READ = (ParagraphKind.TEXT, ParagraphKind.HEADING)
_HEADS = (ParagraphKind.HEADING, ParagraphKind.TITLE, ParagraphKind.PART)
_CLAUSE = re.compile(r"[^，；。：:;\n]+")
_LABEL = re.compile(rf"(?P<units>{_UNITS})[：:]")
_NOUN = re.compile(rf"{GROUP_NOUN}$")
_SHORT = re.compile(r"[委指组会班]$")
"""Ends of short names of groups: 减灾委, 防指, 安委会."""
_STANDING = re.compile(rf"{LEVEL_START.pattern}.*(?:委会|卫会|指)$")
"""Short names of standing groups, which say of themselves that they are groups."""
_LEAD_IN = re.compile(r"^.*(?:成立|设立|组建|建立|将|由|把)")
_SECTION = re.compile(
    rf"(?P<unit>[{HAN}]{{2,}}?(?:局|委|厅|部|署|办(?![公事])|办公室|办公厅|委员会))[{HAN}]{{2,8}}[处科股]$"
)
"""A section inside a unit, which hosts in its unit's name: 市发展改革委体改处."""
_SPEAKS_OF_GROUP = re.compile(rf"(?!委员会){GROUP_NOUN}")


def hostings_in(text: str, notice: NoticeText, lexicon: Lexicon) -> Iterator[HostingFact]:
    """Yield the units that host the office of a group, each with the words that say so.

    An office whose director is named is read here as well as among the memberships:
    the two are facts of their own.

    Parameters
    ----------
    text
        The document's normalised text.
    notice
        The notice whose paragraphs are read.
    lexicon
        Names that the register knows.
    """
    groups = NamedGroups()
    groups.add(group_named(notice.title))
    heading = notice.title_span
    for block in notice.blocks:
        if isinstance(block, Table):
            continue
        if block.kind in _READ:
            yield from _in_line(text, notice, block.line, heading, groups, lexicon)
        if block.kind in _HEADS:
            groups.add(group_named(block.line.of(text)))
            line = _without_number(text, block.line)
            if ends_like_unit(line.of(text)) or block.kind is not ParagraphKind.HEADING:
                heading = line


def _in_line(
    text: str,
    notice: NoticeText,
    line: Span,
    heading: Span,
    groups: NamedGroups,
    lexicon: Lexicon,
) -> Iterator[HostingFact]:
    """Read one line; a clause without a unit is of the unit that labels or heads it."""
    if not _MARK.search(text, line.start, line.end):
        return
    line = _without_number(text, line)
    label = _LABEL.match(text, line.start, line.end)
    for piece in _CLAUSE.finditer(text, line.start, line.end):
        clause = Span(*piece.span())
        words = clause.of(text)
        groups.add(group_set_up(words))
        if "办公室" not in words and "工作" not in words:
            continue
        match = next(filter(None, (f.match(text, clause.start, clause.end) for f in _FORMS)), None)
        if match is None:
            continue
        # 办公室设在X is of the notice's group; 日常工作由X承担 may be of any work but the line's.
        since = notice.span.start if "办公室" in match.group() else line.start
        spoken = bool(_SPEAKS_OF_GROUP.search(text, since, match.end()))
        group = _group(match, groups, spoken)
        if group is None:
            continue
        where = Span(*match.span("units"))
        if where.start == where.end:
            where = Span(*label.span("units")) if label else heading
        for name in (_whole_unit(found, lexicon) for found in names_in(text, where)):
            if is_unit(name, lexicon, stated=True):
                start = name.span.start if line.covers(name.span) else match.start()
                yield HostingFact(group, name, Span(min(start, match.start()), match.end()))


def _whole_unit(name: Name, lexicon: Lexicon) -> Name:
    """Return the unit that a section is part of, or the name itself."""
    section = _SECTION.fullmatch(name.written)
    if section is None or name.written in lexicon:
        return name
    written = section.group("unit")
    return replace(
        name, span=Span(name.span.start, name.span.start + len(written)), written=written
    )


def _without_number(text: str, line: Span) -> Span:
    number = outline_number(text, line.start, line.end)
    return Span(number[2], line.end) if number else line


def _group(match: re.Match[str], groups: NamedGroups, spoken: bool) -> str | None:
    """Return the group whose office a clause places; nothing if it is of no group.

    ``spoken`` tells whether a group has been spoken of before.
    """
    written = match.group("group") or match.groupdict().get("other") or ""
    written = re.sub(r"(?:下设|下|的|其)$", "", _LEAD_IN.sub("", written))
    group = groups.meant(written)
    if is_bare(written):
        return group if written or spoken else None
    known = group != written and _SHORT.search(written)
    return group if known or _NOUN.search(written) or _STANDING.match(written) else None
