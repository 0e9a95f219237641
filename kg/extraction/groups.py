"""Names of leading groups, and which group a short name in the text means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.document import Span
from kg.structure.model import Block, Paragraph, ParagraphKind
from kg.wording import GROUP_NOUN, HAN, outline_number

__all__ = [
    "NamedGroups",
    "group_mention",
    "group_named",
    "group_of_office",
    "group_set_up",
    "is_bare",
]

_LIST_TITLE = re.compile(r"(?:组成)?(?:人员|成员)?(?:组成)?(?:名单|人员名单|名单表|组成人员)$")
_GROUP = re.compile(rf"[{HAN}“”\d]{{0,40}}?{GROUP_NOUN}")
_FOUNDED = r"(?:成立|设立|组建|建立|调整(?:充实|完善)?)了?"
_SET_UP = re.compile(
    rf"{_FOUNDED}(?:由[^，。；]*?的|由[^。；]{{2,200}}?为成员的|以[^，。；]{{2,30}}?为组长的)?(?P<name>{_GROUP.pattern})"
)
_OFFICE = re.compile(rf"(?P<name>[{HAN}“”\d]{{2,40}}?{GROUP_NOUN})(?:下设)?办公室")
_ABOUT = re.compile(rf"^.*?(?:关于)?(?:{_FOUNDED}|印发)")
_LEAD_IN = re.compile(r"^.*(?:向|报请|报送|报经|提请|提交)|^[报由经给至]")
_POINTS_BACK = re.compile(r"^(?:该|本|其|上述)")


def group_named(words: str) -> str:
    """Return the group that a title names, without 人员名单 at its end.

    >>> group_named("关于成立某县防汛工作领导小组的通知")
    '某县防汛工作领导小组'
    """
    number = outline_number(words)
    title = _LIST_TITLE.sub("", words[number[2] :] if number else words)
    groups = _GROUP.findall(_ABOUT.sub("", title))
    return str(groups[0]) if groups else ""


def group_set_up(words: str) -> str:
    """Return the group that a sentence sets up, by its longest name."""
    named = (match.group("name") for match in _SET_UP.finditer(words))
    return max(named, key=len, default="")


def group_mention(text: str, blocks: Sequence[Block], before: int) -> Span | None:
    """Return where the last group above a place is named: set up in a sentence, or in a title.

    Parameters
    ----------
    text
        The document's normalised text.
    blocks
        The blocks of a notice.
    before
        Where in the text the place begins.
    """
    for block in reversed(blocks):
        if not isinstance(block, Paragraph) or block.line.end > before:
            continue
        words = block.line.of(text)
        titled = block.kind in (ParagraphKind.TITLE, ParagraphKind.PART)
        name = group_named(words) if titled else group_set_up(words)
        if not is_bare(name):
            start = block.line.start + words.find(name)
            return Span(start, start + len(name))
    return None


def group_of_office(words: str) -> str:
    """Return the group whose office a sentence speaks of, if it names it."""
    named = (_LEAD_IN.sub("", match.group("name")) for match in _OFFICE.finditer(words))
    return next((name for name in named if not is_bare(name)), "")


def is_bare(name: str) -> bool:
    """Tell whether a name says only that it is a group: 领导小组, 指挥部, or nothing."""
    return bool(re.fullmatch(rf"{GROUP_NOUN}?", name))


@dataclass(slots=True)
class NamedGroups:
    """The groups that a notice has named so far, the last one last."""

    names: list[str] = field(default_factory=list)

    def add(self, name: str) -> None:
        """Take note of a group; a bare noun names none."""
        if not is_bare(name):
            self.names.append(name)

    def meant(self, written: str) -> str:
        """Return the group that the text means: the last one that a short name fits.

        A short name has the characters of the full one in their order (市防指 of
        市防汛抗旱指挥部), and its noun where it has one. A name that fits none is
        returned as it is written.

        >>> groups = NamedGroups(["云江市防汛抗旱指挥部", "云江市防汛宣传工作组"])
        >>> groups.meant("市防指"), groups.meant("该指挥部"), groups.meant("县安委会")
        ('云江市防汛抗旱指挥部', '云江市防汛抗旱指挥部', '县安委会')
        """
        short = _POINTS_BACK.sub("", written)
        noun = re.search(rf"{GROUP_NOUN}$", short)
        for name in reversed(self.names):
            rest = iter(name)
            if name.endswith(noun.group() if noun else "") and all(sign in rest for sign in short):
                return name
        return short
