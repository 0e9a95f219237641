"""Whom the clauses of running text speak of: the units that one begins with, and their verb."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.document import Span
from kg.extraction.model import Name
from kg.extraction.names import AND_ITS, names_in, share_an_ending, without_founder
from kg.extraction.recognition import (
    QUANTIFIED,
    Lexicon,
    is_authority,
    is_functional,
    is_own_name,
    is_phrase,
    is_role_named,
    is_society,
    is_unit,
)
from kg.extraction.verbs import BOUND, DOES, PREDICATE, VERB
from kg.model import Quantifier
from kg.wording import HAN, SHORT_NAME, UNIT_ENDING, ends_like_unit, may_name_unit

__all__ = ["ProseClause", "prose_clauses", "subject_of", "unit_list"]

_LEAD_IN = re.compile(
    rf"(?:[{HAN}]{{2,16}}(?:后|时|期间)(?=各)|同时|其中|必要时|可?商请|此外|另外|对此|为此|届时|下一?步|下一?阶段|今后|原则上|具体|一是|二是|三是|四是|五是|六是|七是|八是|并|坚持|要求|"
    r"(?:具体|统一|最终|日常|应当?|并|均|可以?)?(?:工作)?由|继续由|分别由)*"
)
_ROLE_WORDS = frozenset({"牵头", "负责", "配合", "主责"})
_IS_NAMED = re.compile(
    rf"(?P<names>[{HAN}、（）]{{2,40}}?)(?:是|为)[^，。；]{{2,30}}(?:部门|机关|机构|单位|主体)$"
)
_ETC = re.compile(r"等[^、，]{0,10}$")
_FUNCTIONS = re.compile(
    rf"(?:各级|(?:(?:[省市县区旗州盟]|设区的市|自治区)级?(?:（[^（）]{{1,8}}）)?[、和]?)*)"
    rf"(?:(?:(?![的为加推完建做抓落开组制强以对将由各])[{HAN}]{{2,12}}|建设)、)+[{HAN}]{{2,8}}?(?<![局委厅办部院会署行])"
    r"(?:等(?:政府)?(?:有关|相关)?|[和及](?:其他|其它)(?:有关|相关)?)(?:业务|行政|职能|主管|管理|行政主管|行政管理|人民|群众|社会)*(?:部门|单位|团体)(?:[和及、](?:部门|单位))?"
)
"""Functions of government summed up: 卫生健康、财政、公安等部门, 市、县（市）教育、住建等部门,
各级财政、审计和其他有关部门."""

_MORE = re.compile(r"[、和及与]|以及")
"""Joins other units to functions that are summed up: 公安、卫生等部门和街道办事处."""

_GOVERNMENTS = re.compile(rf"请?(?:[{HAN}]{{2,4}}、)+[{HAN}]{{2,4}}[省市县区州盟旗](?:人民)?政府")
"""Governments with one ending for all of them: 江苏、安徽、湖北省人民政府."""

_GOVERNMENT = ("政府", "人民政府")
_BESIDE_PARTY = ("党委、政府", "党委和政府", "党委、人民政府", "党委和人民政府", "党委政府")
"""A government at large behind its party committee: 区县党委、政府."""
_SERVES = re.compile(r"(?:培训|服务|教育|医疗|养老|中介|金融|检测|检验|评估|咨询|托育|救助)机构$")
"""Bodies that serve the public, to which a rule only speaks: 职业技能培训机构应当登记."""
_ADDRESSED = re.compile(r"(?:媒体|各界|公众|公民|个人|组织)$")
"""Who is spoken to beside units, and is none."""
_OF_SOCIETY = re.compile(r"(?:国家|党政|社会|人民)?(?:机关|团体|组织|企业事业|企事业|事业)")
"""Where others than functions of government are summed up: 机关、团体、企业事业等单位."""

_UPON = frozenset({"在", "接到", "收到"})
"""Verbs that tell on what occasion a unit acts; what it must do then, a later clause says."""

_THEN = re.compile(r"应当?|要|必须|须|不得|立即")

_NAME_END = frozenset(re.findall(rf"[{HAN}]", UNIT_ENDING)) | {"）"}
"""Characters before a verb that a name of a unit, or the bracket behind it, may end with."""

_VERB_OF_UNIT = re.compile(rf"(?<=[{''.join(sorted(_NAME_END))}])(?:{VERB.pattern})")
"""A verb that stands behind what may be a name."""

_NOT_A_LIST = re.compile(
    r"^(?:负责|指导|督促|引导|鼓励|要求)(?!委员会|小?组|中心|办|处)|^(?:对(?![外口])|向(?!阳)|给)|也[应要]|指定(?:有关|相关|专)|可?邀请|设[在于]|[“”《》]|\d(?!\d{0,4}热线)|未经|未按|(?:的|了|是|对|在|为|全部)$"
)
_LISTED = re.compile(rf"（(?:(?:详?见)?附件\d*|名单(?:见)?附后|附后|{SHORT_NAME})）$")
"""Behind a name, where its members are listed, or its short name: 各参会单位（附件1）."""

_PLACE = re.compile(rf"(?![各全本有相所当])(?:[{HAN}]{{2,}}[省市县区旗州盟])")
_BARE_PLACE = re.compile(rf"[{HAN}]{{2,4}}(?<![各级关构会门])")
_TOWNSHIP = re.compile(rf"(?![各有相])[{HAN}]{{2,5}}(?:街道|[镇乡])(?:办事处|(?:人民)?政府)?")
_LONGEST = 60
"""Characters that the units behind 由 may have."""

_LIST_MARK = re.compile(r"[、和及与或等]|以及|部门|单位")
_AGENT = re.compile(r"(?<![自理缘])(?<!建立)(?<!成立)(?<!设立)(?<!组建)由(?![于此来])")
_BY_OFFICE = re.compile(r"(?:按照?|根据|依据|依照|在)各自的?(?:工作)?(?:职责|职能)")
"""What only units can do: 发展改革部门依据各自的职能协调救灾."""
_PAID_BY = re.compile(r"所需[^，]{0,8}(?:经费|资金|费用)由")
"""Who acts is another than the clause begins with: 县局聘请专家所需经费由县财政承担."""
_ACTS = re.compile(
    rf"(?=[{HAN}]{{2}})(?![长局主处科副党领分的和与及向报议托员派]|秘书长|书记|财政|预算|常委|委员|总理|人员|工作人员|班子)(?![{HAN}]{{1,6}}的)(?!.*(?:任|组成|构成|主持|召集|召开))"
)
"""What an agent does, whatever the verb: 由水文部门发布."""
_PUNISHES = re.compile(
    r"(?:依法|按照?[^，]{2,20}|根据[^，]{2,20})?(?:责令|责成|(?:给予|予以)[^，]{0,4}(?:警告|处[分罚理]|批评|取缔|没收|罚款)|处(?:以|罚|[一二三四五六七八九十\d])|没收|吊销|取缔|追究|管辖)"
)
"""What is done to those who break a rule, which is no task: 由县公安局处罚."""
_NOT_ONE_AGENT = re.compile("[向后并报在]|分管|副")
_DESCRIBED = re.compile(r"的[^，]*(?:部门|单位)$")
_MARK = re.compile(r"[（“《）”》，：、]")


@dataclass(frozen=True, slots=True)
class ProseClause:
    """A part of a sentence between commas, with its place."""

    span: Span
    words: str


def prose_clauses(text: str, sentence: Span) -> Iterator[ProseClause]:
    """Yield the clauses of a sentence: it is cut at commas outside brackets and quotation marks.

    Parameters
    ----------
    text
        The document's normalised text.
    sentence
        Where the sentence stands in it.
    """
    depth, start = 0, sentence.start
    for mark in _MARK.finditer(text, sentence.start, sentence.end):
        character, position = mark.group(), mark.start()
        if character in "（“《":
            depth += 1
        elif character in "）”》":
            depth -= 1
        elif depth <= 0 and (character != "、" or text[position - 2 : position] in _ROLE_WORDS):
            if start < position:
                yield ProseClause(Span(start, position), text[start:position])
            start = position + 1
    if start < sentence.end:
        yield ProseClause(Span(start, sentence.end), text[start : sentence.end])


def subject_of(
    text: str, clause: ProseClause, following: list[str], lexicon: Lexicon
) -> tuple[tuple[Name, ...], str, int] | None:
    """Return the units that a clause begins with, if a verb of duty follows them.

    Parameters
    ----------
    text
        The document's normalised text.
    clause
        The clause to look at.
    following
        The words of the clauses behind it: the verb may head the next one.
    lexicon
        Names that are known to be units.

    Returns
    -------
    tuple
        The units, the verb (none where it is told by its object), and where in the
        clause it stands.
    """
    words = clause.words
    if not may_name_unit(words):
        return None
    agents = [match.end() for match in _AGENT.finditer(words, 0, 60)] if "由" in words else []
    its = "及其" in words or "等" in words
    lead = _LEAD_IN.match(words)
    first = lead.end() if lead else 0
    heads = [] if agents and _PAID_BY.search(words) else [first]
    for begin in [*reversed(agents), *heads]:
        for verb in (VERB if its else _VERB_OF_UNIT).finditer(words, begin + 2, begin + 120):
            if words.startswith("的", verb.end()) or _PUNISHES.match(words, verb.start()):
                continue
            span = Span(clause.span.start + begin, clause.span.start + verb.start())
            agent = begin in agents or verb.group().startswith(BOUND)
            agent = agent or (verb.group() in _UPON and any(map(_THEN.match, following)))
            agent = agent or _BY_OFFICE.match(words, verb.start()) is not None
            names = unit_list(text, span, lexicon, agent, verb.group("role") is not None)
            if names and begin not in agents and DOES.match(verb.group()) and _are_places(names):
                return None
            if names:
                return names, verb.group(), verb.start()
    for begin in agents[-1:]:
        acting = _agent(text, clause, begin, lexicon)
        if acting:
            return acting, "", begin + acting[-1].span.end - acting[0].span.start
    plain = PREDICATE.match(words, first) if agents in ([], [first]) else None
    if plain and not _PUNISHES.match(words, plain.end()):
        span = Span(clause.span.start + first, clause.span.start + plain.end())
        names = unit_list(text, span, lexicon)
        if names:
            return names, "", plain.end()
    follows = VERB.match(following[0]) if following else None
    if follows is None or _DESCRIBED.search(following[0]):
        return None
    stated = follows.group("role") is not None
    named = _IS_NAMED.match(words)
    end = clause.span.start + (named.end("names") if named else len(words))
    whole = unit_list(text, Span(clause.span.start + first, end), lexicon, stated=stated)
    return (whole, follows.group(), len(words)) if whole else None


def _are_places(names: Sequence[Name]) -> bool:
    """Tell whether names are of places and say nothing of who acts there: 江东市推进改革."""
    return all(_PLACE.fullmatch(name.written) for name in names)


def _agent(text: str, clause: ProseClause, begin: int, lexicon: Lexicon) -> tuple[Name, ...]:
    """Return the units that 由 makes the agents of a verb that follows them."""
    words = clause.words
    for end in range(min(len(words) - 2, begin + _LONGEST), begin + 1, -1):
        if words[end - 1] not in _NAME_END or _NOT_ONE_AGENT.search(words, begin, end):
            continue
        span = Span(clause.span.start + begin, clause.span.start + end)
        names = unit_list(text, span, lexicon, agent=True)
        if names:
            acts = _ACTS.match(words, end) and not _PUNISHES.match(words, end)
            return names if acts else ()
    return ()


def unit_list(
    text: str, span: Span, lexicon: Lexicon, agent: bool = False, stated: bool = False
) -> tuple[Name, ...]:
    """Return the names in ``span`` if it is a list of units and nothing else.

    Parameters
    ----------
    text
        The document's normalised text.
    span
        The words before a verb.
    lexicon
        Names that are known to be units.
    agent
        Whether 由 stands before them.
    stated
        Whether a role word stands behind them.
    """
    words = without_founder(_LISTED.sub("", AND_ITS.sub("", span.of(text))))
    functions = _functions(words, span.start)
    ends = functions or ends_like_unit(_ETC.sub("", words)) or _ADDRESSED.search(words)
    if not ends or not 2 <= len(words) <= 120:
        return ()
    if _NOT_A_LIST.search(words):
        return ()
    names = names_in(text, span)
    if not names:
        return ()
    covered = sum(len(name.written) for name in names)
    marks = len(_LIST_MARK.findall(words))
    if covered + marks * 2 + 2 < len(words):
        return ()
    if _GOVERNMENTS.fullmatch(words):
        return names
    if functions:
        others = [name for name in names if not functions.covers(name.span)]
        summed = [name.written for name in names if name not in others]
        if any(is_society(words) or _OF_SOCIETY.fullmatch(words) for words in summed):
            return ()
        if all(ends_like_unit(name.written) for name in others):
            return tuple(
                name if name in others else replace(name, quantifier=Quantifier.SOME)
                for name in names
            )
        return ()
    first = names[0]
    listed = bool(QUANTIFIED.match(first.written))
    sure = [
        is_unit(name, lexicon, stated)
        or is_authority(name.written)
        or is_role_named(name.written)
        or (listed and name.collective and _is_kind(name.written))
        or (stated and name.collective and _is_kind(name.written) and _may_act(name.written))
        or (name.written in _GOVERNMENT and words.endswith(_BESIDE_PARTY))
        for name in names
    ]
    known = sum(sure)
    ok = known == len(names) or (
        stated and 2 * known > len(names) and all(ends_like_unit(name.written) for name in names)
    )
    most = is_unit(first, lexicon) or known == len(names) - 1
    if not ok and 0 < known < len(names) and most:
        ok = all(is_unit(name, lexicon, stated=True) for name in names)
    if not ok and len(names) > 1 and all(sure[:-1]) and is_functional(names[-1].written):
        ok = text.endswith("等", span.start, names[-1].span.start)
    if not ok and (_joined_to_functions(names, sure) or _joined_to_townships(names)):
        return names
    if not ok and (agent or stated) and (sure[0] or _may_act(first.written)):
        ok = all(
            told
            or is_functional(name.written)
            or is_own_name(name.written)
            or (name is not first and name.collective and not is_society(name.written))
            for told, name in zip(sure, names, strict=True)
        )
    if not ok and agent and len(names) > 1:
        ok = _are_places(names)
    if not ok and agent and sure[0]:
        beside = [is_society(name.written) or _ADDRESSED.search(name.written) for name in names]
        if all(told or spoken_to for told, spoken_to in zip(sure, beside, strict=True)):
            return tuple(name for name, told in zip(names, sure, strict=True) if told)
    return names if ok else ()


def _joined_to_functions(names: Sequence[Name], sure: Sequence[bool]) -> bool:
    """Tell whether functions share an ending, alone or with units behind them.

    公安、教育、民政部门; 财政、卫生健康部门和市残联.
    """
    if any(_OF_SOCIETY.fullmatch(name.written) for name in names):
        return False
    return any(all(sure[cut:]) and share_an_ending(names[:cut]) for cut in range(2, len(names) + 1))


def _joined_to_townships(names: Sequence[Name]) -> bool:
    """Tell whether places share the word for what they are: 清河、西三旗街道和东北旺乡."""
    whole = [_TOWNSHIP.fullmatch(name.written) is not None for name in names]
    cut = whole.index(True) if any(whole) else 0
    bare = all(_BARE_PLACE.fullmatch(name.written) for name in names[:cut])
    return cut > 0 and bare and all(whole[cut:])


def _is_kind(words: str) -> bool:
    """Tell whether a collective is of units: people and the public are none."""
    return not is_phrase(words) and not _ADDRESSED.search(words)


def _may_act(words: str) -> bool:
    """Tell whether a name of a function can head a list: no school or firm does."""
    return not is_society(words) or (words.endswith("机构") and not _SERVES.search(words))


def _functions(words: str, offset: int) -> Span | None:
    """Return where functions of government are summed up; nothing where they are not.

    Other units may be joined to them on either side: 公安、卫生等部门和街道办事处.
    """
    if "等" not in words and "其" not in words:
        return None
    for start in (0, *(joiner.end() for joiner in _MORE.finditer(words))):
        match = _FUNCTIONS.match(words, start)
        if match is None:
            continue
        joiner = _MORE.match(words, match.end())
        more = _FUNCTIONS.fullmatch(words, joiner.end()) if joiner else None
        if more or joiner or match.end() == len(words):
            return Span(offset + start, offset + (more or match).end())
    return None
