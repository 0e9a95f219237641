"""Units as headings: 一、市教育局, with its duties in the paragraphs below."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.document import Span
from kg.extraction.groups import group_mention
from kg.extraction.model import Duty, Name
from kg.extraction.names import looks_like_name, names_in, share_an_ending
from kg.extraction.predicates import label_role
from kg.extraction.prose import duties_in_prose
from kg.extraction.recognition import Lexicon, is_functional, is_phrase, is_unit
from kg.model import Certainty, Role
from kg.structure.model import Block, Paragraph, ParagraphKind, Place
from kg.wording import HAN, SHORT_NAME

__all__ = ["UnitHeadings"]

_OWNED = re.compile(
    rf"(?P<units>[{HAN}、（）]{{2,30}})的(?:主要|工作|具体)职责(?:[：:。是为]|(?=[{HAN}])(?![的和与及]))"
)
"""Units at the head of an article that tells their duties: 第三条 妇联的主要职责 ….."""
_ROLL = 2
"""Lines that call units which make a roll of them."""
_LETTER = re.compile("[你贵]|现将|现就|经[^，。]{0,20}同意|为|根据|按照")
"""Begins a letter below the unit that it is to, which has no duty of that name."""
_STRAY = ("：.", "：．")
"""A mark too many behind a colon: 职责如下：."""
_GOVERNS = re.compile("(?:国务院|政府)$")
_COUNT = re.compile(r"（\d+(?:\.\d+)?[项分件条个款]）$")
_OWN_DUTIES = re.compile(
    r"(?:及其|及|和|的)?(?:主要|工作|具体|安全生产|消防安全|安全)*(?:职责|任务)(?:[、和及与](?:职责|任务))?(?:分工|清单)?(?:是|为|如下|包括)?$"
)
_SHORT_NAME = re.compile(rf"（{SHORT_NAME}）$")
_BARE_DUTIES = re.compile(r"(?:主要|工作|基本|具体)*(?:职责|职能)(?:任务)?$")
"""A heading that names no unit: the duties below it are those of the group that is set up."""
_OF_DUTIES = re.compile(r"职责(?:分工)?$")
"""A heading that only says that duties follow, and may name whose: 各镇政府救助工作职责."""
_DUTIES_BELOW = re.compile(
    r"(?:(?:^|[。；，])(?P<units>[^。；，：]{2,60}?)(?:的)?(?:主要|工作|具体)*(?:职责|职能)(?:是|为|如下|包括)?|"
    r"(?:下列|以下|如下)[^，。；：]{0,6}(?:职责|职能|工作|任务|义务|措施))：$"
)
"""Ends a paragraph whose unit has the items below it to do: 其主要职责是：, 履行下列职责："""
_CALLS = re.compile(r"(?:职责|职能|任务|责任)(?:分工)?(?:如下|[为是])?：$|分工(?:如下|[为是])?：$")
"""Ends a paragraph below which units are called one after another: 其职责分工为："""
_SHORT_ORGAN = re.compile(rf"[{HAN}]{{1,4}}(?:[委办局厅部科处队所站社会联团]|中心)")
"""How an office is called at home, where its duty is told: 教委, 综治办."""
_MARK = re.compile("[，。；]")
_LIST_OF_DUTIES = re.compile(
    rf"(?:在[{HAN}]{{2,20}}[中上里])?(?:的)?(?:主要|工作|具体|应当?履行的?)*(?:职责|职能|责任|任务)(?:分工)?(?:如下|是|为|包括)?[：:]$"
)
"""Behind units on a line without a number: their duties are listed below."""
_ORGAN = re.compile(
    r"(?:局|委|办|厅|部|署|院|会|中心|队|公司|集团|银行|支行|政府|办事处|处|社|所|站|厂|馆|台|部门|单位|小组|"
    r"指挥部|专班|海关|警备区|军分区|联|协|街道|乡镇|街乡|委员会|办公室)(?:（[^（）]*）)?$"
)
_NOT_A_NAME = re.compile(
    r"[的是]|^(?:组织|领导|工作|办事|指挥)机构$|建设$|工作$|(?<!各)成员单位$|^(?:加强|推进|做好|完善|建立|落实)"
)
_FIRST = frozenset({"1", "（1）", "（一）", "①"})
"""Labels with which a list below a line of units begins."""

_LONGEST = 80
"""Characters that units as a heading, with the word for their duties, may have."""

_COLON = re.compile(r"([^，。；：]{2,60})(?P<mark>[：。])(?=.)")
_POSTS = re.compile(
    r"[^，。；：]{2,30}由[^。；]{2,120}?任(?:总|副总|副|第一|常务)*(?:指挥长?|组长|主任|召集人)|"
    r"(?:总|副总|副|第一|常务)*(?:指挥长?|组长|主任|召集人|成员|秘书长)[^。，；]{0,12}(?:由|为|：)[^。]{0,40}(?:担任|兼任|负责人|领导|同志)|"
    r"[^，。；：]{0,20}(?:成立|设立|组建)[^。；]{2,60}?(?:，由?[^。；]{2,120}?任(?:总|副总|副|第一|常务)*(?:指挥长?|组长|主任|召集人|成员))+。?$|"
    r"[^，。；：]{0,20}办公室设在[^，。；：]{2,20}(?:，[^，。；]{2,30}任[^，。；]{0,5}主任)*。?$|"
    r"[^。；]{0,80}?(?:组成人员|成员名单|人员组成|组成)如下[：。]?$"
)
"""Says who holds the posts of a group or where its office is, which is no duty of the group."""

_ITEM_OF = re.compile(r"(?P<what>[^：。；，]{2,30})(?:：|——)(?P<units>[^：。；，]{3,60})。?$")
_NO_WORK = re.compile(
    r"(?:单位|部门|机构|人员|对象|范围|地点|名单|主体|成员|组成|主送|抄送|办公室|会)$"
)
_DUTIES = re.compile(r"职责|分工|责任")
_VERB = re.compile(r"[：:。]?(?:主要|具体|全面)?(?P<verb>负责牵头|负责|牵头|配合|协助|承担)")


class UnitHeadings:
    """Follows the paragraphs of a notice and remembers the unit that heads them."""

    def __init__(self, text: str, lexicon: Lexicon, blocks: Sequence[Block]) -> None:
        self._text = text
        self._lexicon = lexicon
        self._blocks = blocks
        self._listing: tuple[Place, Span] | None = None
        self._only_heads: Span | None = None
        self._place: Place | None = None
        self._heading = Span(0, 0)
        self._called = False
        self._loose: Span | None = None
        self._list: tuple[str, tuple[str, ...], bool, bool] | None = None
        self._called_above = self._roll(blocks)

    def _roll(self, blocks: Sequence[Block]) -> dict[Span, Span]:
        """Return the units that lines of their own call (省水利厅：), by the paragraphs below.

        One line may be of the addressees; several call the units that have duties. Reports
        are to governments, and letters to kinds of units.
        """
        paragraphs = (block for block in blocks if isinstance(block, Paragraph))
        short = (b for b in paragraphs if b.line.end - b.line.start <= _LONGEST)
        if sum(self._text[block.line.end - 1] == "：" for block in short) < _ROLL:
            return {}
        called: dict[Span, Span] = {}
        head: Span | None = None
        heads: set[Span] = set()
        for block in blocks:
            if not isinstance(block, Paragraph) or block.numbered:
                head = None
                continue
            line = block.line
            units = Span(line.start, line.end - 1)
            if self._text.endswith("：", line.start, line.end) and self._is_heading(units):
                names = names_in(self._text, units)
                addressed = any(n.collective or _GOVERNS.search(n.written) for n in names)
                head = None if addressed else units
            elif head is not None and not _LETTER.match(self._text, line.start):
                called[line] = head
                heads.add(head)
        return called if len(heads) >= _ROLL else {}

    def duties(self, block: Paragraph) -> tuple[Duty, ...]:
        """Return the duties that a heading, or a unit before a colon, lays on a paragraph."""
        words = block.span.of(self._text)
        words = words[:-1] if words.endswith(_STRAY) else words
        self._only_heads = None
        above = self._called_above.get(block.line) if self._called_above else None
        if above is not None:
            return self._given(above, words)
        colon = _COLON.match(words)
        called = self._called and colon is not None
        self._called = called or _CALLS.search(words) is not None
        own = self._own_head(block, colon, called) if colon else None
        if self._listing is not None:
            place, units = self._listing
            if block.numbered and _inside(block.place, place):
                return self._given(own or units, words[colon.end() :] if own and colon else words)
            self._listing = None
        opened = self._opened(block, words)
        if opened is not None:
            return self._open(block, opened, words)
        if _POSTS.match(words):
            return ()
        if own and colon:
            return self._given(own, words[colon.end() :])
        owned = _OWNED.match(words) if block.numbered and "职责" in words else None
        if owned and owned.end() < len(words):
            units = Span(block.span.start, block.span.start + owned.end("units"))
            if self._is_heading(units, True):
                return self._given(units, words[owned.end() :])
        if block.numbered and len(words) <= _LONGEST:
            name = _COUNT.sub("", _OWN_DUTIES.sub("", words.rstrip("：:。")))
            whole = Span(block.span.start, block.span.start + len(name))
            if _BARE_DUTIES.match(words.rstrip("：:。")):
                return self._of_group(block)
            if block.kind is ParagraphKind.HEADING and _OF_DUTIES.search(words):
                self._only_heads = block.span
            told = _OWN_DUTIES.search(words.rstrip("：:。")) or _DUTIES.search(block.place.section)
            if self._is_heading(whole, told is not None):
                self._place, self._heading, self._loose = block.place, whole, None
                self._only_heads = block.span
                return ()
        if not block.numbered:
            return self._loosely(block, words)
        if self._loose is not None and self._in_loose_list(block.place):
            return self._given(self._loose, words)
        self._loose = None
        if self._place is not None and self._below(block.place):
            return self._given(self._heading, words)
        self._place = None
        return ()

    def _own_head(self, block: Paragraph, colon: re.Match[str], called: bool) -> Span | None:
        """Return the units before a colon or a full stop, whose duties stand behind it."""
        owner = _OWN_DUTIES.sub("", colon[1])
        head = _SHORT_NAME.sub("", owner)
        where = Span(block.span.start, block.span.start + len(head))
        told = called or owner != colon[1] or _DUTIES.search(block.place.section) is not None
        # 各县政府。市开发区参加考核 begins with a list of who is meant.
        heads = colon["mark"] == "：" or told or _VERB.match(colon.string, colon.end())
        return where if heads and self._is_heading(where, told) else None

    def _loosely(self, block: Paragraph, words: str) -> tuple[Duty, ...]:
        """Take a line without a number: units alone on it head the list that begins below."""
        if self._place is not None and self._below(block.place):
            return self._given(self._heading, words)
        self._place = None
        duties = _LIST_OF_DUTIES.search(words)
        span = block.span
        units = Span(span.start, span.start + duties.start()) if duties else span
        self._loose = units if self._is_heading(units, duties is not None) else None
        self._list = None
        return ()

    def _of_group(self, block: Paragraph) -> tuple[Duty, ...]:
        """Take a heading that says no more than that duties follow, and nobody's."""
        self._only_heads = block.span
        if self._place is None or not self._below(block.place):
            group = group_mention(self._text, self._blocks, block.line.start)
            self._place = None if group is None else block.place
            self._heading = group or Span(0, 0)
        return ()

    def _open(self, block: Paragraph, units: Span, words: str) -> tuple[Duty, ...]:
        """Take the units of a list: below a numbered paragraph by its place, else by its kind."""
        if block.numbered:
            self._listing = block.place, units
        else:
            self._loose, self._list = units, None
        if not _MARK.search(words):
            self._only_heads = block.span
        return ()

    def _opened(self, block: Paragraph, words: str) -> Span | None:
        """Return the units whose duties the items below a paragraph are."""
        match = _DUTIES_BELOW.search(words) if words.endswith("：") else None
        if match is None:
            return None
        if match["units"]:
            units = Span(
                block.span.start + match.start("units"), block.span.start + match.end("units")
            )
            if self._is_heading(units, True):
                return units
        given = [
            duty
            for duty in duties_in_prose(self._text, block.span, self._lexicon)
            if duty.role is not Role.SUPPORT
        ]
        last = max((duty.clause.end for duty in given), default=0)
        names = [duty.name.span for duty in given if duty.clause.end == last]
        if not names:
            return None
        return Span(min(n.start for n in names), max(n.end for n in names))

    def only_heads(self, block: Paragraph) -> bool:
        """Tell whether the paragraph read last only says whose the duties below it are."""
        loose = self._loose is not None and self._loose.start == block.span.start
        return loose or self._only_heads == block.span

    def _in_loose_list(self, place: Place) -> bool:
        """Tell whether an item belongs to the list that begins below the line of units."""
        label = place.path[-1]
        kind = (place.part, place.path[:-1], label.isdecimal(), label[:1] == "（")
        if self._list is None and label in _FIRST:
            self._list = kind
        return kind == self._list

    def listed(self, block: Paragraph) -> tuple[Duty, ...]:
        """Return the duties of units that alone stand behind an item's words.

        特种设备：市市场监管局 gives it to the unit; 参会人员：… and the like give nothing.
        """
        item = _ITEM_OF.match(block.span.of(self._text)) if block.numbered else None
        if item is None or _NO_WORK.search(item.group("what")):
            return ()
        where = Span(block.span.start + item.start("units"), block.span.start + item.end("units"))
        names = names_in(self._text, where)
        known = [is_unit(name, self._lexicon, stated=True) for name in names]
        whole = sum(len(name.written) + 1 for name in names) >= where.end - where.start
        if not whole or not known[0] or not all(looks_like_name(name.written) for name in names):
            return ()
        return tuple(Duty(n, Role.RESPONSIBLE, Certainty.IMPLIED, where) for n in names)

    def _below(self, place: Place) -> bool:
        assert self._place is not None
        depth = len(self._place.path)
        return place.path[:depth] == self._place.path and place.part == self._place.part

    def _is_heading(self, span: Span, told: bool = False) -> bool:
        """Tell whether the words are names of units and nothing else.

        Where duties are ``told`` one by one, kinds of units count: 学校：, 教育部门：
        """
        words = span.of(self._text)
        if not 2 <= len(words) <= 60 or _NOT_A_NAME.search(words):
            return False
        names = names_in(self._text, span)
        covered = sum(len(name.written) for name in names) + 2 * len(names)
        if len(names) > 1 and share_an_ending(names):
            return covered >= len(words)
        return bool(names) and covered >= len(words) and all(self._heads(n, told) for n in names)

    def _heads(self, name: Name, told: bool) -> bool:
        """Tell whether a name can stand alone as a heading."""
        words = name.written
        if not looks_like_name(words):
            return False
        called = name.collective or is_functional(words) or _SHORT_ORGAN.fullmatch(words)
        if told and called and not is_phrase(words):
            return True
        return bool(_ORGAN.search(words)) and is_unit(name, self._lexicon, stated=True)

    def _given(self, heading: Span, words: str) -> tuple[Duty, ...]:
        """Make the duties: the verb that a paragraph begins with gives the role."""
        stated = _VERB.match(words)
        role = label_role(stated.group("verb")) if stated else Role.RESPONSIBLE
        certainty = Certainty.STATED if stated else Certainty.IMPLIED
        return tuple(Duty(name, role, certainty, heading) for name in names_in(self._text, heading))


def _inside(place: Place, outer: Place) -> bool:
    """Tell whether a place is one of the items below another."""
    depth = len(outer.path)
    return len(place.path) > depth and place.path[:depth] == outer.path and place.part == outer.part
