"""Duties that running text lays on units.

A clause lays a duty on its subject when the subject is a unit and a verb of duty
follows: 区教委统一组织…, 各街乡要…, 由区教委牵头，相关部门配合…. A role word beside the
unit makes the duty *stated*, otherwise it is *implied*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.document import Span
from kg.extraction.model import Duty, Name
from kg.extraction.names import looks_like_name, names_in
from kg.extraction.predicates import label_role
from kg.extraction.recognition import (
    LEVEL_START,
    QUANTIFIED,
    Lexicon,
    is_functional,
    is_role_named,
    is_society,
    is_unit,
)
from kg.extraction.roles import is_first_lead_rule
from kg.extraction.subjects import ProseClause, prose_clauses, subject_of, unit_list
from kg.extraction.verbs import PEOPLE, ROLE_VERB, VERB
from kg.model import Certainty, Role
from kg.wording import HAN, JOINED

__all__ = ["assigns", "duties_in_prose"]

_SENTENCE = re.compile(r"[^。！？；\n]+")
_STATED = re.compile(ROLE_VERB)
_CONTINUED = re.compile(rf"(?:具体|主要|并)?(?:负责(?!{PEOPLE})|牵头|主责)")
_CONTINUED_ANY = re.compile(rf"{_CONTINUED.pattern}|配合|协助|协同|支持")
_BY_DUTY = re.compile(r"(?:按照?|根据|结合|依据)[^，]{0,6}(?:职责|职能)(?:分工|权限)?(?:要求)?")
"""Says by what a unit acts, and leaves how to the next clause: 按照职责分工，协助…"""

_CARRIES_OUT = re.compile(
    r"(?:落实|履行|承担)好?(?:属地|主体|监管|管理|各自)*(?:管理|监管|主体)?责任$|"
    r"(?:组织|具体|抓好|推进|认真|分别|共同|负责)*(?:实施|落实|办理|执行|推进)(?:到位)?$"
)
"""What others do where one leads: 各县政府组织实施."""

_ONLY_GUIDES = re.compile(r"(?:[局委厅办部署院会队]|中心|单位|部门)(?:负责)?(?:指导|督导)$")
"""What one does where others act: 甲局负责，乙局指导."""

_BESIDE = re.compile(
    rf"(?![{HAN}]{{0,3}}(?:加强|强化|增强|搞好|注重)[{HAN}]{{0,6}}配合(?:$|，))(?:(?![建成设]立|指定|明确)[{HAN}]){{0,10}}?(?P<role>牵头(?!单位|部门|责任)|负责(?!{PEOPLE}|制(?![定订作])|[^，。；]{{1,20}}的(?:工作)?(?:部门|单位|机构|人员))|主责|配合(?!力|度)|协助(?!下))"
)
_MUST_HELP = re.compile(
    rf"(?:应当?|要|必须|须)(?:在[{HAN}]{{2,12}}[内下]|按照?[{HAN}]{{2,10}}?)?(?:积极|主动|密切)?(?P<role>协助|配合)(?!力)"
)
"""What the next clause says of the units before it: 财政等部门，应当在职责范围内协助…"""
_ANSWERS = re.compile(
    r"对[^，。；]{1,30}负(?:总|全|全面|领导|属地|主体|监管|首要|直接|主要)+责任?$"
)
"""对本地区供水保障负总责"""

_TOGETHER = re.compile(
    rf"(?:会同|联合|商|协同|{JOINED})(?P<others>[{HAN}、（）]{{2,60}}?)"
    r"(?=于|认真|切实|扎实|积极|密切|持续|深入|全面|共同|另行|组织(?!部)|做好|制订|印发|修订|审定|查处|抓好|指导|统筹|加快|开展|将|制定|研究|完善|健全|探索|细化|优化|强化|规范|扩大|梳理|推广|搭建|打造|推进|落实|督促|负责|建立|审核|联合|实施|加强|对|按|依|定期|完成|抓好|编制(?!办|委)|拟[定订]|确定|划定|核定|认定|公布|审批|办理|受理|处理|根据|采取|整合|构建|引导|规定|协商|依托|出台|进行|统一|发布|取缔|清理|打击|提[出供]|(?<!市场)监督|审核|组成|成立|组建|调查|检查|评估|考核|验收|，|$)"
)
_FUNCTIONS_ALONG = re.compile(
    rf"(?:会同|商)(?P<others>(?:[{HAN}]{{2,10}}、)+[{HAN}]{{2,10}}?(?:等(?:有关|相关)?)?(?:行政|主管|管理)*(?:部门|单位))"
)
"""Functions of government that a unit takes along; a function may hold a verb: 质量监督."""

_ALONG = re.compile(
    rf"(?:要|应当?|必须|负责)?(?:(?:根据|按照?|依据)(?:(?!会同)[{HAN}]){{2,10}})?并?(?:会同|联合|商)"
)
"""A clause that begins with whom its unit takes along, and by what: 根据需要会同…."""
_AND = re.compile("同时|此外|另外")
"""Before a clause that goes on with what the sentence before it says of a unit."""
_SET_UP = re.compile(
    rf"(?:成立|内设|设立|组建|建立|调整充实)(?!的)(?:了|由[^，]{{2,20}}?的|相应的?|专门的?|\d+个)?(?P<name>[{HAN}“”\d]{{2,50}}?(?:领导小组|协调小组|工作小组|工作组|指挥部|专班|委员会|联席会议|小组|(?:管理|小组|指挥部|委员会|联席会议)办公室))"
    r"(?:（[^）]*）)?(?:作为[^，]{0,6}机构)?$"
)
_HOSTED = re.compile(rf"办公室设(?:在|于)(?P<name>[{HAN}]{{2,20}})$")
_NAMED_AS = re.compile(
    rf"(?:即|明确|确定|指定|以|将)*(?P<names>[{HAN}、（）]{{2,40}}?)(?:是|为|作为)(?:[^，。；]{{0,30}}?的|[^，。；]{{2,10}}?)??"
    r"(?P<role>(?:牵头|组长|责任|主责|配合|成员|主管|承办|实施|落实|执行|(?:编制|建设|管护|运营|监管)(?=主体))+)(?:单位|部门|主体|机关)$"
)
_MADE_UP_OF = re.compile(
    rf"(?P<names>.{{2,120}}?)(?:共同)?组成(?:\d?个?[{HAN}]{{0,8}}(?:组|队|专班))?$"
)
_FORMED_BY = re.compile(
    rf"(?:[{HAN}]{{0,10}}(?:(?<!小)组|队|专班))?：?由(?P<names>[{HAN}、（）]{{2,120}}?)(?:共同)?组成$"
)
"""Who makes up a working party, whose duty the next clause tells: 由A、B组成，负责…"""
_HANDS_OUT = re.compile(rf"[{HAN}]{{0,6}}由|(?:(?!要)[{HAN}、（）]){{2,30}}?会同")
_NARRATION = re.compile(
    r"近年来|(?<!自)以来(?!的)|已经(?![^，。]{0,4}或)|已于|(?<![为除])了(?!解(?!读|决|释))|经[^，]{2,20}同意"
)
_HAS_DONE = re.compile(
    r"(?:先后|及时|专门)?(?:印发|制定|出台|下发|成立|建立|开展|召开|组织|完成|发布)了"
)
"""Begins what the unit before it has done already: 县政府依据条例，印发了方案."""
_ESTEEMS = re.compile(r"^(?!.*[要应须]).*重视$")
"""What one holds important, which is no task: 市政府对防控工作高度重视."""
_DONE_BEFORE = re.compile(r"^(?!.*[由要应须]).*(?<![今此随最前之])后$")
"""Ends words that only say when others act: 市发展改革部门下达计划后，申报程序按通知执行."""
_GOES_ON = re.compile(
    rf"(?:{VERB.pattern})|[应必须要再方可即并于将对向由]|报|送|交|提|抄|移|印发|公布|公示|发布|通报|告知|签|出具|编制|拟|派|赶|启动|进行|完成"
)
"""Begins what is to be done next: 镇政府初审后，报县政府审批."""
_HANDED_ON = re.compile(r"现(?:予以?)?(?:印发|下[发达]|分解|转发|发给|公布)")
"""Behind what has been done before: 市政府将任务分解为30项，现下达给你们."""
_BARE_GROUP = re.compile(
    r"(?:联席会议|领导小组|协调小组|工作小组|工作专班|专班|指挥部|委员会)(?:各?成员单位)?$"
)
_OWN_RULES = re.compile(
    r"召开|召集|会议制度|会议纪要|联络员|人员名单|增[加补]成员|调整成员|实行[^，。；]{0,12}制度|印章|议事协调机构|撤销|邀请[^，。]*(?:参加|列席)"
)
"""Words of a group's rules of procedure, which are no task."""
_MEETINGS = re.compile(rf"{_BARE_GROUP.pattern}|[安食防减]委$|指$")
_MEETS = re.compile(r"会议制度|全体会议|会议纪要")
"""Words that stay rules of procedure where the group has a name: 县食安委实行全体会议制度."""
_ATTRIBUTE = re.compile(rf"的[{HAN}]{{1,8}}$")
_BY_WHICH_RULE = re.compile(r"按照?|根据|遵循|本着|坚持")
_RULE = re.compile(r"的(?:原则|要求|规定|精神|方针)$")
"""Ends words that only say by which rule others act: 按照…，县政府对…负责的原则，…."""
_QUOTED_TOPIC = re.compile(r"的[“《][^”》]*[”》]$")
"""What a clause only speaks of: 市政府向市民承诺的“十件实事”，各部门要…."""
_MAINLY = re.compile(rf"以(?P<name>[{HAN}（）]{{2,20}}?)为主(?:体|导|负责)?$")
_OFFICE_DUTY = re.compile(
    rf"(?:具体|主要|全面)?(?P<verb>负责(?!{PEOPLE})|承担|履行|统筹|牵头|组织|协调|指导|研究|推进|督促|配合)"
)
_YEAR = re.compile(r"\d{4}年")
_EXPLAINS = re.compile(rf"负责(?:{PEOPLE})")


def duties_in_prose(
    text: str, span: Span, lexicon: Lexicon = frozenset(), headed: bool = False
) -> tuple[Duty, ...]:
    """Return the duties that the sentences within ``span`` lay on units.

    Parameters
    ----------
    text
        The document's normalised text.
    span
        A paragraph without a role clause of its own.
    lexicon
        Names that are known to be units: of the register, and those that the
        notice gives roles to elsewhere.
    headed
        Whether a unit that heads the paragraph is the subject of its sentences.

    Returns
    -------
    tuple of Duty
        One for each unit, the one with the strongest words.
    """
    found: list[Duty] = []
    for sentence in _SENTENCE.finditer(text, span.start, span.end):
        clauses = list(prose_clauses(text, Span(*sentence.span())))
        duties = list(_called(text, clauses, lexicon))
        for index, clause in enumerate(clauses):
            along = _ALONG.match(clause.words) is not None
            goes_on = bool(found) and all(_AND.fullmatch(c.words) for c in clauses[:index])
            if (duties or headed or goes_on) and along:
                above = duties or found[-1:]
                certainty = above[0].certainty if above else Certainty.STATED
                duties += _together(text, clause, 0, clause.span, certainty, lexicon)
            led = any(duty.role is Role.LEAD for duty in duties)
            made_up = [] if along or not led else list(_made_up_of(text, clauses, index, lexicon))
            if made_up:
                duties += made_up
                continue
            duties += _formed_by(text, clauses, index, lexicon)
            told = any(
                duty.certainty is Certainty.STATED or assigns(text, duty.clause) for duty in duties
            )
            found_here = _in_clause(text, clauses, index, lexicon)
            if told and _CARRIES_OUT.search(clause.words):
                found_here = (replace(d, certainty=Certainty.STATED) for d in found_here)
            if duties and _ONLY_GUIDES.search(clause.words):
                found_here = (replace(d, role=Role.SUPPORT) for d in found_here)
            duties += found_here
        found += duties
    kept: dict[str, Duty] = {}
    for duty in found:
        before = kept.get(duty.name.written)
        if before is None or _strength(duty) > _strength(before):
            kept[duty.name.written] = duty
    return tuple(sorted(kept.values(), key=lambda duty: duty.name.span))


def _called(text: str, clauses: list[ProseClause], lexicon: Lexicon) -> Iterator[Duty]:
    """Yield units that are a sentence, where the next one says that they answer: 县农委。负责…."""
    last = clauses[-1].span if clauses else Span(0, 0)
    alone = len(clauses) == 1 or text[last.start - 1 : last.start] == "："
    told = _CONTINUED.match(text, last.end + 1) if text.startswith("。", last.end) else None
    if not alone or told is None:
        return
    for name in unit_list(text, last, lexicon, stated=True):
        yield Duty(name, label_role(told.group()), Certainty.STATED, last)


def _made_up_of(
    text: str, clauses: list[ProseClause], index: int, lexicon: Lexicon
) -> Iterator[Duty]:
    """Yield who makes up what one leads: 由甲局牵头，乙局、丙局等部门，有关单位组成."""
    match = _MADE_UP_OF.match(clauses[index].words)
    if match is None:
        return
    start = clauses[index].span.start
    parts = [Span(start, start + match.end("names"))]
    parts += [clause.span for clause in reversed(clauses[:index])]
    for part in parts:
        names = unit_list(text, part, lexicon, stated=True)
        if not names or "牵头" in part.of(text):
            return
        evidence = Span(part.start, clauses[index].span.end)
        yield from (Duty(name, Role.SUPPORT, Certainty.STATED, evidence) for name in names)


def _formed_by(
    text: str, clauses: list[ProseClause], index: int, lexicon: Lexicon
) -> Iterator[Duty]:
    """Yield the units that make up a working party, where the next clause tells its duty."""
    clause, later = clauses[index], clauses[index + 1 : index + 2]
    match = _FORMED_BY.match(clause.words)
    if match is None or not later or not _CONTINUED.match(later[0].words):
        return
    where = Span(clause.span.start + match.start("names"), clause.span.start + match.end("names"))
    for name in unit_list(text, where, lexicon, agent=True, stated=True):
        evidence = Span(clause.span.start, later[0].span.end)
        yield Duty(name, Role.RESPONSIBLE, Certainty.STATED, evidence)


def assigns(text: str, clause: Span) -> bool:
    """Tell whether a clause hands work out (由X…, X会同Y…) and not only asks for it."""
    return bool(_HANDS_OUT.match(text, clause.start, clause.end))


def _strength(duty: Duty) -> tuple[bool, bool]:
    return duty.certainty is Certainty.STATED, duty.role is not Role.SUPPORT


def _in_clause(
    text: str, clauses: list[ProseClause], index: int, lexicon: Lexicon
) -> Iterator[Duty]:
    clause = clauses[index]
    if is_first_lead_rule(clause.words):
        return
    if index and _RULE.search(clause.words) and _BY_WHICH_RULE.match(clauses[0].words):
        return
    evidence = Span(clause.span.start, clauses[-1].span.end)
    following = [later.words for later in clauses[index + 1 :]]
    named = _NAMED_AS.match(clause.words)
    if named:
        first = clause.span.start
        where = Span(first + named.start("names"), first + named.end("names"))
        for name in unit_list(text, where, lexicon, stated=True):
            yield Duty(name, label_role(named.group("role")), Certainty.STATED, evidence)
        return
    for pattern, role in ((_SET_UP, None), (_HOSTED, None), (_MAINLY, Role.PRIMARY)):
        match = pattern.search(clause.words)
        if match:
            yield from _special(text, clause, match, role, following, evidence, lexicon)
            return
    subject = subject_of(text, clause, following, lexicon)
    if subject is None:
        return
    names, verb, rest = subject
    if _EXPLAINS.match(clause.words[rest:]) or clause.words.endswith("负责解释"):
        return
    role, certainty = _role(
        verb, clause.words[rest:], following, text, clauses[index + 1 :], lexicon
    )
    if certainty is Certainty.IMPLIED and (
        (following and _DONE_BEFORE.search(clause.words) and not _GOES_ON.match(following[0]))
        or (following and following[0][0] in "由应须" and _ATTRIBUTE.search(clause.words[rest:]))
        or (following and _HAS_DONE.match(following[0]))
        or _QUOTED_TOPIC.search(clause.words[rest:])
        or _YEAR.fullmatch(clauses[0].words)
        or any(_NARRATION.search(earlier.words) for earlier in clauses[: index + 1])
        or any(map(_HANDED_ON.match, following))
        or (verb == "对" and _ESTEEMS.search(clause.words[rest:]))
    ):
        return
    rules = evidence.of(text)
    if _OWN_RULES.search(rules) and all(_BARE_GROUP.match(n.written) for n in names):
        return
    if _MEETS.search(rules) and all(_MEETINGS.search(n.written) for n in names):
        return
    listed = index and text[clauses[index - 1].span.end] != "："
    before = clauses[index - 1] if listed else None
    if before and not (
        _NAMED_AS.match(before.words)
        or _HOSTED.search(before.words)
        or subject_of(text, before, [clause.words, *following], lexicon)
    ):
        names = (*unit_list(text, before.span, lexicon), *names)
    for name in names:
        leads = "牵头" in name.written and is_role_named(name.written.removeprefix("各"))
        own = Role.LEAD if leads else role
        yield Duty(name, own, certainty, evidence)
    yield from _together(text, clause, rest, evidence, certainty, lexicon)


def _together(
    text: str,
    clause: ProseClause,
    start: int,
    evidence: Span,
    certainty: Certainty,
    lexicon: Lexicon,
) -> Iterator[Duty]:
    """Yield whom the subject takes along: 会同X、Y组织… makes X and Y support."""
    listed = _FUNCTIONS_ALONG.match(clause.words, start)
    if listed:
        first = clause.span.start
        where = Span(first + listed.start("others"), first + listed.end("others"))
        functions = unit_list(text, where, lexicon)
        if functions:
            yield from (Duty(name, Role.SUPPORT, certainty, evidence) for name in functions)
            return
    match = _TOGETHER.search(clause.words, start, start + 70)
    if match is None or match.start() > start + 12:
        return
    where = Span(clause.span.start + match.start("others"), clause.span.start + match.end("others"))
    along = match.group().startswith("会同")
    units = unit_list(text, where, lexicon) if along else ()
    if units:
        yield from (Duty(name, Role.SUPPORT, certainty, evidence) for name in units)
        return
    for name in names_in(text, where):
        known = name.written in lexicon or LEVEL_START.match(name.written)
        whole = certainty is Certainty.STATED and is_unit(name, lexicon, stated=True)
        whole = whole or (along and looks_like_name(name.written) and not is_society(name.written))
        if name.collective or known or whole or is_functional(name.written):
            yield Duty(name, Role.SUPPORT, certainty, evidence)


def _special(
    text: str,
    clause: ProseClause,
    match: re.Match[str],
    role: Role | None,
    following: list[str],
    evidence: Span,
    lexicon: Lexicon,
) -> Iterator[Duty]:
    """Read 成立X小组，负责…; 办公室设在X，具体负责…; 以X为主."""
    where = Span(clause.span.start + match.start("name"), clause.span.start + match.end("name"))
    if role is Role.PRIMARY:
        for name in names_in(text, where):
            if is_unit(name, lexicon):
                yield Duty(name, role, Certainty.STATED, evidence)
        return
    duty = _OFFICE_DUTY.match(following[0]) if following else None
    if duty is None or QUANTIFIED.match(match.group("name")):
        return
    stated = duty.group("verb") in ("负责", "承担", "履行", "牵头", "配合")
    certainty = Certainty.STATED if stated else Certainty.IMPLIED
    yield Duty(Name(where, where.of(text)), label_role(duty.group("verb")), certainty, evidence)


def _role(
    verb: str,
    rest: str,
    following: list[str],
    text: str,
    later: list[ProseClause],
    lexicon: Lexicon,
) -> tuple[Role, Certainty]:
    """Tell the role and how sure it is from the verb and what follows it."""
    if _STATED.fullmatch(verb):
        return label_role(verb), Certainty.STATED
    if _ANSWERS.match(rest):
        return Role.RESPONSIBLE, Certainty.STATED
    beside = _BESIDE.match(rest) or (following and not rest and _MUST_HELP.match(following[0]))
    if beside:
        return label_role(beside.group("role")), Certainty.STATED
    only = _BY_DUTY.fullmatch(rest)
    for index, words in enumerate(following):
        continued = (_CONTINUED_ANY if only else _CONTINUED).match(words)
        if continued:
            return label_role(continued.group()), Certainty.STATED
        if _ANSWERS.match(words):
            return Role.RESPONSIBLE, Certainty.STATED
        if subject_of(text, later[index], following[index + 1 :], lexicon):
            break
    return Role.RESPONSIBLE, Certainty.IMPLIED
