"""Role clauses: who leads, who is responsible, who supports.

A clause gives roles by labels (牵头单位：X；配合单位：Y), by verbs behind the names
(X牵头，Y按职责分工负责), or by both; the words beside a unit win over the label, and
of several verbs the last decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.document import Span
from kg.extraction.model import Duty, Name
from kg.extraction.names import last_name, looks_like_name, names_in
from kg.extraction.predicates import Predicate, label_role, predicate_of
from kg.model import Certainty, Role
from kg.wording import BULLETS, HAN, JOINED, ends_like_unit, role_labels

__all__ = [
    "FIRST_LEADS",
    "ROLE_WORD",
    "comma_pieces",
    "first_lead_rule",
    "is_first_lead_rule",
    "promote_first",
    "read_clause",
]

FIRST_LEADS = re.compile(
    r"(?:列|排|排列|排名)?(?:在)?(?:第一|首|最前|前面)[位名个列]?(?:的)?(?:责任)?(?:者|部门|单位|地区)?(?:均)?(?:为|是)(?:主|总|工作)?牵头(?:单位|部门|者)?"
    r"|(?:列|排|排列|排名)(?:在)?(?:第一|首|最前)[位名个]?的(?:责任)?(?:部门|单位)(?:负责)?牵头"
    r"|牵头(?:责任)?(?:单位|部门)(?:均)?(?:列|排|排列|排名)(?:在)?(?:第一|首|最前)[位名个]?"
)
"""排在第一位的部门为牵头部门，下同: the first named unit of every later list leads.

Or the other way round: 牵头单位列首位.
"""

_FIRST = re.compile(r"第一|首|最前|前面")
_OTHER_LABEL = re.compile(rf"(?<!（)[{HAN}]{{2,10}}[：:]|【[^【】]{{2,10}}】[：:]?")
_LABEL_END = re.compile(r"[：:】]")
_OWN_ROLE = re.compile(
    r"^(?P<name>.{2,}?)[（〔\[](?:按[^）〕\]]{0,8}|分别)?(?P<role>[总双]?牵头|共同牵头|主责|主办|负责|责任|配合|协办|会办|参与|承办|指导|督导|监管|落实|实施)(?:单位|部门)?[）〕\]]$"
)
_LEAD_WITH = re.compile(
    rf"^(?P<subject>.+?)(?:牵头)?(?:会同|商请|联合|协同|会商|(?<=[局厅委部办])商|{JOINED})(?P<others>.{{2,}}?)$"
)
_WITH = re.compile(rf"^(?P<subject>.+?)(?:牵头)?(?:会同|{JOINED})(?P<others>.{{2,}}?)$")
_WITH_FIRST = re.compile(r"^(?:并)?(?:会同|商请?(?!务)|联合|协同|会商)(?P<others>.+)$")
_REMARK = re.compile(r"^(?:注|备注|说明|其中)[：，:]?")
_NOTE = re.compile(r"下同|以下|不再|除")
_WHEN = re.compile(
    r"(?:\d{4}年|\d{1,2}月|年[底内]|长期|持续|常态|全年|每[年月季])[^（）]*(?:前|完成|推进|坚持|开展|实施)$"
)
"""A piece that only says when: 2025年底前完成, 常态化推进."""

_SUMMED_UP = re.compile(r"、.+等(?:单位|部门|企业|公司|机构|运营商)$")
_VERB_BEFORE = re.compile(
    r"(?:牵头|负责|配合|主责|协办|主办|参与|协助|参加|统筹|协调|指导|督导|(?<!市场)监管|落实|实施|推进|办理)$"
)
_MARKS = f"，,、；;。 　（：）—{BULLETS}"
_STATEMENT = re.compile(r"[^；;。]+")
ROLE_WORD = re.compile(
    r"牵头|主责|主办|主抓|责任|负责|其责|承办|配合|协办|协同|参与|参加|协助|支持|落实|指导|督导|实施|分工|统筹|办理|监管|推进|会同"
)
_GUIDING = frozenset({"指导", "督导"})
"""Who only guides supports the others; where there are no others, guiding is the duty."""


def is_first_lead_rule(words: str) -> bool:
    """Tell whether ``words`` say that the first unit of each list leads."""
    return first_lead_rule(words, 0, len(words)) is not None


def first_lead_rule(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return where ``text[start:end]`` says that the first unit of each list leads."""
    told = text.find("牵头", start, end) >= 0 and _FIRST.search(text, start, end)
    return FIRST_LEADS.search(text, start, end) if told else None


def read_clause(
    text: str, span: Span, first_leads: bool = False, label: Role | None = None
) -> tuple[Duty, ...]:
    """Read the roles in the words of a clause.

    Parameters
    ----------
    text
        The document's normalised text.
    span
        A bracket's inside, or a label line, or the value of a table cell.
    first_leads
        Whether the first named unit of a list of responsible units leads, though
        the clause does not say so itself.
    label
        The role of a label or column head that stands before ``span``.

    Returns
    -------
    tuple of Duty
        Empty if the words are no role clause.
    """
    duties: list[Duty] = []
    first_leads = first_leads or first_lead_rule(text, span.start, span.end) is not None
    for part in _labelled_parts(text, span, label):
        found = _Statement(text, part, bool(duties)).read()
        if first_leads:
            found = promote_first(found)
        duties += found
    # 市场监管总局指导, 项目推进中心指导: the words of a name are no act.
    acts = {
        word.group()
        for word in ROLE_WORD.finditer(text, span.start, span.end)
        if not any(duty.name.span.start <= word.start() < duty.name.span.end for duty in duties)
    }
    if label is None and acts and acts <= _GUIDING and {d.role for d in duties} == {Role.SUPPORT}:
        duties = [replace(duty, role=Role.RESPONSIBLE) for duty in duties]
    return tuple(_strongest(duties))


@dataclass(frozen=True, slots=True)
class _Part:
    """A list of names or a sentence, with the label before it if there is one.

    ``clause`` is the evidence: the part together with its label.
    """

    span: Span
    clause: Span
    label: Role | None


def _labelled_parts(text: str, span: Span, role: Role | None) -> Iterator[_Part]:
    """Cut a clause into statements, and each at its labels.

    A label holds for what follows it up to the next label or full stop; a label
    that is about something else (适用范围：) ends what counts.
    """
    given = role
    for match in _STATEMENT.finditer(text, span.start, _without_rule(text, span).end):
        if text[match.start() - 1] == "。":
            role = given
        if FIRST_LEADS.match(_REMARK.sub("", match.group().strip())) or match.group().startswith(
            "以下"
        ):
            continue
        labels = [
            found
            for found in role_labels(text, match.start(), match.end())
            if _at_start(text, found.start(), match.start())
        ]
        marked = _LABEL_END.search(text, match.start(), match.end())
        others = [
            found.start()
            for found in (_OTHER_LABEL.finditer(text, *match.span()) if marked else ())
            if _at_start(text, found.start(), match.start())
        ]
        bounds = sorted([*(label.start() for label in labels), *others, match.end()])
        if match.start() < bounds[0]:
            part = Span(match.start(), bounds[0])
            yield _Part(part, part, None if labels else role)
        for label in labels:
            stop = max(label.end(), next(bound for bound in bounds if bound > label.start()))
            role = label_role(label.group("stem"))
            yield _Part(Span(label.end(), stop), _trimmed(text, Span(label.start(), stop)), role)


def _without_rule(text: str, span: Span) -> Span:
    """Leave a bracket at the end out that says who leads: （第一责任单位为牵头单位，下同）."""
    rule = first_lead_rule(text, span.start, span.end)
    if rule is None:
        return span
    bracket = text.rfind("（", span.start, rule.start())
    closed = text.find("）", rule.end(), span.end)
    return Span(span.start, bracket) if bracket > span.start and closed == span.end - 1 else span


def _trimmed(text: str, span: Span) -> Span:
    """Leave the marks at the end of a stretch out."""
    return Span(span.start, span.start + len(span.of(text).rstrip("，,；;、。 　")))


def _at_start(text: str, position: int, start: int) -> bool:
    """Tell whether a label begins a phrase there."""
    return position == start or text[position - 1] in _MARKS or text[position] == "【"


class _Statement:
    """Reads one statement piece by piece: names wait for the verb that gives them a role.

    ``led`` says that a statement before it has named who acts, so that all before a
    verb of support only supports.
    """

    def __init__(self, text: str, part: _Part, led: bool) -> None:
        self._text = text
        self._part = part
        self._led = led
        self._duties: list[Duty] = []
        self._waiting: list[Name] = []
        self._along = False

    def read(self) -> list[Duty]:
        """Return the duties, from pieces between commas, each maybe with a verb at its end."""
        for piece in comma_pieces(self._text, self._part.span):
            said = _without_remarks(self._text, piece)
            if said is not None:
                self._take(said)
        self._end()
        return self._duties

    def _give(self, names: Iterable[Name], role: Role) -> None:
        self._duties += [Duty(name, role, Certainty.STATED, self._part.clause) for name in names]

    def _give_waiting(self, role: Role) -> None:
        self._give(self._waiting, role)
        self._waiting = []

    def _take(self, piece: Span) -> None:
        words = piece.of(self._text)
        along = _WITH_FIRST.match(words)
        predicate = predicate_of(words)
        if along and self._duties:
            others = names_in(self._text, Span(piece.start + along.start("others"), piece.end))
            self._give(_strip_verb(self._text, others, predicate, piece), Role.SUPPORT)
        elif predicate is None:
            self._take_names(piece)
        elif predicate.names.strip("由 ，"):
            self._take_predicate(piece, predicate)
        else:
            self._give_waiting(predicate.role)

    def _take_predicate(self, piece: Span, predicate: Predicate) -> None:
        """Read names with a verb: it is for those that wait, too, if nothing else is."""
        if self._part.label is not None:
            self._give_waiting(self._part.label)
        elif predicate.role is Role.SUPPORT and not self._duties and not self._led:
            self._give_waiting(Role.RESPONSIBLE)
        clause = self._part.clause
        self._duties += _predicated(self._text, piece, predicate, self._waiting, clause)
        self._waiting = []

    def _take_names(self, piece: Span) -> None:
        """Let names wait, but for those beside which their role stands: X会同Y, X、Y（会办）."""
        pattern = _LEAD_WITH if self._part.label is not None else _WITH
        together = pattern.match(piece.of(self._text))
        if together and looks_like_name(last_name(together.group("subject"))):
            self._along = True
            subject = Span(piece.start, piece.start + together.end("subject"))
            self._waiting += names_in(self._text, subject)
            others = Span(piece.start + together.start("others"), piece.end)
            self._give(names_in(self._text, others), Role.SUPPORT)
            return
        names = names_in(self._text, piece)
        shared = _shared_role(names)
        if shared is None:
            self._waiting += names
        else:
            self._give((_own_role(name)[0] for name in names), shared)

    def _end(self) -> None:
        """Give the names that still wait the role beside them, else that of the rest."""
        own = [_own_role(name) for name in self._waiting]
        alone = any(role for _, role in own) or self._along
        rest = self._part.label or (Role.RESPONSIBLE if alone else None)
        for name, beside in own:
            given = beside or rest
            known = name.collective or looks_like_name(name.written)
            if given is None and self._duties and known:
                given = Role.RESPONSIBLE
            if given is not None:
                self._give([name], given)


def _without_remarks(text: str, piece: Span) -> Span | None:
    """Leave out that the first leads; a note, and a piece that only says when, names nobody."""
    words = piece.of(text)
    if _NOTE.match(words) or _WHEN.match(words) or FIRST_LEADS.match(words.lstrip("（")):
        return None
    rule = first_lead_rule(words, 0, len(words))
    if rule is None:
        return piece
    cut = max(words.rfind("（", 0, rule.start()), 0) or rule.start()
    return Span(piece.start, piece.start + cut) if ends_like_unit(words[:cut]) else None


def _shared_role(names: Sequence[Name]) -> Role | None:
    """Read a role behind the last of several names that is for all of them: A、B（会办）.

    One who leads alone leads; support, and 双牵头, is shared.
    """
    if len(names) < 2 or any(_own_role(name)[1] for name in names[:-1]):
        return None
    role = _own_role(names[-1])[1]
    jointly = re.search(r"[（〔\[](?:双|共同|分别|按.{0,8})牵头", names[-1].written)
    return role if jointly or role is Role.SUPPORT else None


def _own_role(name: Name) -> tuple[Name, Role | None]:
    """Read a role that stands in brackets behind one name: 市教育局（牵头）."""
    match = _OWN_ROLE.match(name.written)
    if match is None:
        return name, None
    written = match.group("name")
    span = Span(name.span.start, name.span.start + len(written))
    return replace(name, span=span, written=written), label_role(match.group("role"))


def comma_pieces(text: str, span: Span) -> Iterator[Span]:
    """Cut at commas outside brackets."""
    depth, start = 0, span.start
    for position in range(span.start, span.end):
        character = text[position]
        depth += (character == "（") - (character == "）")
        clause_ends = character in "、 " and _VERB_BEFORE.match(
            text, max(start, position - 2), position
        )
        if depth <= 0 and (character in "，," or clause_ends):
            if start < position:
                yield Span(start, position)
            start = position + 1
    if start < span.end:
        yield Span(start, span.end)


def _predicated(
    text: str, piece: Span, predicate: Predicate, waiting: list[Name], clause: Span
) -> list[Duty]:
    """Give the verb's role to the names before it; whom it takes along supports."""
    role = predicate.role
    names_span = Span(piece.start, piece.start + len(predicate.names))
    written = names_span.of(text)
    together = _LEAD_WITH.match(written)
    if together and looks_like_name(last_name(together.group("subject"))):
        cut = together.end("subject")
        subject = Span(names_span.start, names_span.start + cut)
        others = Span(names_span.start + together.start("others"), names_span.end)
        return [
            *(
                Duty(n, role, Certainty.STATED, clause)
                for n in [*waiting, *names_in(text, subject)]
            ),
            *(Duty(n, Role.SUPPORT, Certainty.STATED, clause) for n in names_in(text, others)),
        ]
    names = [*waiting, *names_in(text, names_span)]
    first = bool(names) and (looks_like_name(names[0].written) or names[0].collective)
    if not first and not _SUMMED_UP.search(written):
        return []
    return [Duty(name, role, Certainty.STATED, clause) for name in names]


def _strip_verb(
    text: str, names: tuple[Name, ...], predicate: Predicate | None, piece: Span
) -> tuple[Name, ...]:
    """Take a verb at the end of 会同X、Y实施 off the last name."""
    if predicate is None or not names:
        return names
    end = piece.start + len(predicate.names)
    last = names[-1]
    if last.span.end <= end:
        return names
    again = names_in(text, Span(last.span.start, end))
    return (*names[:-1], *again)


def promote_first(duties: list[Duty]) -> list[Duty]:
    """Let the first of a list of responsible units lead, unless it is collective."""
    if duties and duties[0].role is Role.RESPONSIBLE and not duties[0].name.collective:
        return [replace(duties[0], role=Role.LEAD), *duties[1:]]
    return duties


def _strongest(duties: list[Duty]) -> Iterator[Duty]:
    """Keep of the same words at the same place one duty, the first."""
    seen: set[tuple[Span, Role]] = set()
    for duty in duties:
        if (duty.name.span, duty.role) not in seen:
            seen.add((duty.name.span, duty.role))
            yield duty
