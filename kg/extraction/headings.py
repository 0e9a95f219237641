"""Units as headings: 一、市教育局, with its duties in the paragraphs below."""

from __future__ import annotations

import re

from kg.document import Span
from kg.extraction.model import Duty
from kg.extraction.names import looks_like_name, names_in
from kg.extraction.predicates import label_role
from kg.extraction.recognition import Lexicon, is_unit
from kg.model import Certainty, Role
from kg.structure.model import Paragraph, Place

__all__ = ["UnitHeadings"]

_COUNT = re.compile(r"（\d+(?:\.\d+)?[项分件条个款]）$")
_ORGAN = re.compile(
    r"(?:局|委|办|厅|部|署|院|会|中心|队|公司|集团|银行|支行|政府|办事处|处|社|所|站|厂|馆|台|部门|单位|小组|"
    r"指挥部|专班|海关|联|协|街道|乡镇|街乡|委员会|办公室)(?:（[^（）]*）)?$"
)
_NOT_A_NAME = re.compile(r"[的是]|建设$|工作$|^(?:加强|推进|做好|完善|建立|落实)")
_COLON = re.compile(r"([^，。；：]{2,60})(?:：(?=.)|。(?=负责|牵头|组织|承担|配合|做好))")
_VERB = re.compile(r"[：:。]?(?:主要|具体|全面)?(?P<verb>负责|牵头|配合|协助|承担)")


class UnitHeadings:
    """Follows the paragraphs of a notice and remembers the unit that heads them."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self._text = text
        self._lexicon = lexicon
        self._place: Place | None = None
        self._heading = Span(0, 0)

    def duties(self, block: Paragraph) -> tuple[Duty, ...]:
        """Return the duties that a heading, or a unit before a colon, lays on a paragraph."""
        words = block.span.of(self._text)
        colon = _COLON.match(words)
        if colon:
            where = Span(block.span.start, block.span.start + colon.end(1))
            if self._is_heading(where):
                return self._given(where, words[colon.end() :])
        whole = Span(
            block.span.start, block.span.start + len(_COUNT.sub("", words.rstrip("：:。")))
        )
        if block.numbered and self._is_heading(whole):
            self._place, self._heading = block.place, whole
            return ()
        if self._place is not None and self._below(block.place):
            return self._given(self._heading, words)
        self._place = None
        return ()

    def _below(self, place: Place) -> bool:
        assert self._place is not None
        depth = len(self._place.path)
        return place.path[:depth] == self._place.path and place.part == self._place.part

    def _is_heading(self, span: Span) -> bool:
        """Tell whether the words are names of units and nothing else."""
        words = span.of(self._text)
        if not 2 <= len(words) <= 60 or _NOT_A_NAME.search(words):
            return False
        names = names_in(self._text, span)
        covered = sum(len(name.written) for name in names) + 2 * len(names)
        return (
            bool(names)
            and covered >= len(words)
            and all(
                looks_like_name(name.written)
                and _ORGAN.search(name.written)
                and is_unit(name, self._lexicon, stated=True)
                for name in names
            )
        )

    def _given(self, heading: Span, words: str) -> tuple[Duty, ...]:
        """Make the duties: the verb that a paragraph begins with gives the role."""
        stated = _VERB.match(words)
        role = label_role(stated.group("verb")) if stated else Role.RESPONSIBLE
        certainty = Certainty.STATED if stated else Certainty.IMPLIED
        return tuple(Duty(name, role, certainty, heading) for name in names_in(self._text, heading))
