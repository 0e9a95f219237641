"""Predicates of role clauses: which units do what, 市教育局牵头 and 市财政局做好资金保障.

Behind the names stands a chain of verbs and adverbs (按职责分工负责, 统筹协调,
具体落实), or a verb with its object. The words of the chain give the role.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extraction.names import last_name, looks_like_name
from kg.model import Role
from kg.wording import HAN, ends_like_unit

__all__ = ["HEAD_WORD", "Predicate", "label_role", "predicate_of"]

_STEM_ROLE = (
    ("牵头", Role.LEAD),
    ("副组长", Role.SUPPORT),
    ("组长", Role.LEAD),
    ("主责", Role.PRIMARY),
    ("主办", Role.PRIMARY),
    ("主抓", Role.PRIMARY),
    ("主管", Role.RESPONSIBLE),
    ("配合", Role.SUPPORT),
    ("协办", Role.SUPPORT),
    ("会办", Role.SUPPORT),
    ("协同", Role.SUPPORT),
    ("协作", Role.SUPPORT),
    ("协助", Role.SUPPORT),
    ("参与", Role.SUPPORT),
    ("参加", Role.SUPPORT),
    ("参建", Role.SUPPORT),
    ("支持", Role.SUPPORT),
    ("支撑", Role.SUPPORT),
    ("支援", Role.SUPPORT),
    ("联动", Role.SUPPORT),
    ("成员", Role.SUPPORT),
)
HEAD_WORD = re.compile(
    "|".join(word for word, role in _STEM_ROLE if role in (Role.LEAD, Role.PRIMARY))
)
"""A word without which nobody is said to lead."""

_OWN_DUTY = re.compile(r"负责|负总责|负其责")
_GUIDING = re.compile(r"(?:加强)?(?:监督)?(?:指导|督导)")

_ADVERB = (
    r"(?:按照?“[^”]*”的?(?:原则|要求)?|结合(?:本地)?实际|因地制宜|分工|(?:按照?|根据|依据?|结合|履行|依照)(?:各自|其)?(?:的)?(?:工作)?"
    r"(?:职能职责|职责|职能|任务|法定职责)?(?:和)?(?:分工|权限)?(?:要求)?|各自|分别|共同|具体|密切|积极|主动|联合|统一|"
    r"全力|全程|认真|同步|总|分项|分头|分块|属地|等?(?=负责)|依法)"
)
_VERB = (
    rf"(?:负总责|总负责|各?负其责|各司其职|负[{HAN}]{{0,6}}责任|承担[{HAN}]{{0,8}}责任|牵头|主责|主办|主抓|为主|抓总|"
    r"配合|协助|协办|会办|协同|协作|联动|参与|参加|支持|负责|(?:加强)?(?:监督)?(?:指导|督导)|督促|监督|(?<!市场)监管|承办|承担|统筹|协调|支援|"
    r"组织(?!部)|抓好|抓|做好|制定|开展|实施|落实|办理|推进|推动|执行|完成)"
)
_CHAIN = re.compile(
    rf"^(?P<names>.*?)(?P<verb>{_ADVERB}*{_VERB}(?:{_ADVERB}|{_VERB}|会同|工作|到位)*)$"
)
_PLAIN = r"牵头|负责|配合|主责|承担|协助"
_WITH_OBJECT = tuple(
    re.compile(
        rf"^(?P<names>.*?)(?P<verb>{_ADVERB}*(?:{verbs}))"
        r"(?!单位|部门|人|制|的|主体|机构)(?P<object>[^，；。：]{2,16})$"
    )
    for verbs in (
        _PLAIN,
        r"做好|抓好|加强|提供|统筹|协调|指导|督促|监督|(?<!社会)组织(?!部)|开展|推进|推动|落实|实施|承办|参与|支持|"
        r"完成|完善|建立|制定",
    )
)
_NAMED_AS = re.compile(
    r"^(?P<names>.{2,}?)(?P<verb>(?:为|是|作为)(?:第[一二三]|主要|总|具体)?"
    r"(?:牵头|责任|主责|主办|承办|配合|协同|协办|参与|成员)(?:单位|部门|主体))$"
)
"""市国资委为责任单位"""

_SUMMED_UP = re.compile(r"等[^、，]{0,8}$")


@dataclass(frozen=True, slots=True)
class Predicate:
    """What stands behind names: ``names`` is all before it, ``verb`` gives the role."""

    names: str
    verb: str
    role: Role


def predicate_of(words: str) -> Predicate | None:
    """Read the predicate at the end of ``words``, which hold no comma.

    >>> predicate_of("各区政府负责具体实施")
    Predicate(names='各区政府', verb='负责具体实施', role=<Role.RESPONSIBLE: 'responsible'>)
    >>> predicate_of("市财政局做好资金保障").names
    '市财政局'
    >>> predicate_of("市委组织部、市统筹城乡办") is None
    True
    """
    match = _CHAIN.match(words) or _NAMED_AS.match(words)
    names = match.group("names") if match else words
    if match is None or (names and not ends_like_unit(_SUMMED_UP.sub("", names))):
        # 市市场监管局负责质量监管 is no chain behind 市市场监管局负责质量.
        match = _with_object(words) or match
    if match is None:
        return None
    verb = match.group("verb")
    return Predicate(match.group("names"), verb, _chain_role(verb))


def _with_object(words: str) -> re.Match[str] | None:
    """Match a verb with its object behind whole names: 市人社局负责培训.

    Other verbs than those that give a role stand in names too (市统筹城乡办), so
    they count only where the words do not end as a name does.
    """
    named = ends_like_unit(_SUMMED_UP.sub("", words))
    for pattern in _WITH_OBJECT[: 1 if named else 2]:
        match = pattern.match(words)
        if match and looks_like_name(last_name(match.group("names"))):
            return match
    return None


def _chain_role(verb: str) -> Role:
    """Return the role of a chain: 协同负责 is a duty of one's own, 协同推进 is support."""
    role = Role.SUPPORT if _GUIDING.match(verb) else label_role(verb)
    return Role.RESPONSIBLE if role is Role.SUPPORT and _OWN_DUTY.search(verb) else role


def label_role(stem: str) -> Role:
    """Return the role that a label or verb gives: 牵头单位 → lead.

    Words that name neither lead, main duty nor support (责任, 负责, 承办, 落实,
    指导) make a unit responsible.
    """
    return next((role for word, role in _STEM_ROLE if word in stem), Role.RESPONSIBLE)
