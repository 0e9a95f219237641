"""Targets: what is to be reached, how it is compared, the value, the measure word.

A quantity is a number with a measure word. It is a target where its phrase says that it
is to be reached: by a verb of achieving (新建9所幼儿园), by a word of comparing or of
change (覆盖率达到100%, 排放量减少12%), or, behind a target in the same sentence, by its
place alone (新增龙头企业3户，示范社5户). What exists already, a condition, a class of
things (20户以上自然村) and a rule (按不低于30%的比例) are none.

The subject is the noun behind the measure word (新建9所幼儿园), or the one before the
number (建设充电桩2600个). The evidence reaches over verb, quantity and subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.document import Span
from kg.extraction.model import TargetFact
from kg.extraction.quantities import COMPARE, RATE, SHARES, Quantity, comparator, quantities

__all__ = ["targets_in"]

_ACT = (
    r"新改扩建|新改建|植树造林|改扩建|新建|改建|扩建|续建|再建|复建|建成|建设|建立|设立|设置|树立|成立|组建|完成|实施|"
    r"开展|组织|举办|承办|新增|增设|增殖|净增|安装|加装|发放|改造|升级|提升|提质|创建|打造|推出|提供|促进|带动|"
    r"帮助|补充|配备|配置|配建|购置|采购|推进|推广|筹集|竣工|完工|开工|培育|培养|孵化|引进|引育|招引|新植|种植|"
    r"补植|造林|植树|栽植|修复|修建|修缮|维修|疏浚|整治|治理|清理|清淤|清运|选派|选聘|招募|招收|募集|认定|评选|"
    r"遴选|征集|投放|更新|更换|铺设|敷设|架设|拆除|淘汰|投入|投用|启用|启动|实现|争取|支持|扶持|开通|开设|开办|"
    r"开放|开发|开辟|新开|打通|接待|举行|召开|提档|提标|优化|调整|规范|改善|拓宽|放映|播放|创作|出版|制定|修订|发布|"
    r"推介|签约|落地|达成|吸纳|回迁|解决|化解|处置|消除|流转|储备|收储|供应|供给|出让|盘活|减免|落实|覆盖|惠及|"
    r"加强|筛查|接种|申请|安排|参加|选树|选育|选认|命名|表彰|监督|监测|抽检|封闭|增加(?!值)"
)
_NAMED_ACT = r"服务|培训|检测|检查|救助|资助|补贴|投资|就业|创业|养殖|养护|安置|转移|招聘|绿化|硬化|美化|亮化|普查|巡查|巡演|演出|宣传"
"""Verbs that also begin a noun: 新增服务设施 adds facilities and serves none."""

_HEAD = r"[站会库点区室所园厂队线网馆场率]|基地|工程|项目|任务|中心|设[备施]|系统|平台|示范|机构|企业|人员|活动"
"""Behind a verb: the head of a noun that it begins, 新建监测站, 实施改造工程."""

_VERB = (
    rf"(?:{_ACT}|{_NAMED_ACT})"
    rf"(?:[和并、及]?(?:{_ACT})(?!{_HEAD})|[和并、及]?(?:{_NAMED_ACT})(?=[约近不至超\d]))*"
)
_WHEN = (
    r"(?>(?:[至到在于])?(?:“十[一二三四五六七]五”|\d{4}年|[今明本当全每]年|\d{1,2}月|年(?=[底末内初中]))"
    r"(?:\d{1,2}月)?(?:\d{1,2}日)?(?:上半年|下半年|年)?[底末内初中]?(?:之?以?前|时期|期间|起)?)"
)
_ADVERB = (
    rf"{_WHEN}|继续|持续|深入|加快|积极|大力|扎实|稳步|有序|重点|着力|努力|力争|确保|其中|其余|并|再|累计|计划|预计|共|同步|同时|"
    r"全[市区县省州旗镇乡]|我[市区县省州旗镇乡]|统一|全面|基本|全部|统筹|各地?|可|将|要|拟|至少"
)
_TOWARDS = r"为|对|向|给|帮助"
_LEAD = re.compile(
    rf"(?:{_ADVERB})*+(?:(?:推进|继续|计划)?(?:{_TOWARDS}|在|于|利用|依托|通过|围绕|面向|结合|按照|从|每(?![年\d]))[^，。；]{{1,30}}?(?={_VERB}))*"
    rf"(?:{_ADVERB})*+(?P<verb>{_VERB})"
)
_FOR_SOME = re.compile(rf"(?:{_TOWARDS})(?:{_ADVERB})*$")
"""Before those for whom something is done: 为3000名残疾人提供康复培训."""

_DIGIT = re.compile(r"\d")
_SENTENCE = re.compile(r"[^。；！？\n]+")
_PHRASE = re.compile(r"[^，：（]*(?:（[^（）]*(?:）|$)[^，：（]*)*")
"""Up to a comma outside brackets."""

_BLANK = "\0"
"""What a remark with numbers of its own leaves in the phrase around it."""

_BRACKET = re.compile(r"（([^（）]*)(?:）|$)")
_JOINER = re.compile(r".*(?P<mark>以及|(?<!以)及|[、和])")
_ITEM = re.compile(r"以及|[、和及]")
_ACT_ALONE = re.compile(rf"^.+?(?=(?:{_NAMED_ACT})$)")
"""What stands before the verb that names what is counted: 完成投资145亿元."""

_DIRECT = re.compile(rf"(?:{_ACT})$")
_CHANGE = re.compile(
    r"(?:增长|下降|减少|降低|增加|提高|提升|缩短|压减|上升)(?:幅度)?(?:约|近|超|再)*$"
)
_REACHED = re.compile(r"[达至到于过少高约近超破控稳保维]")
_INTENDED = re.compile(r"新增|净增|增加(?!值)|[建完]成|完工|竣工|开工|计划|力争|确保|争取")
_STANDING = re.compile(
    r"现有|已有|原有|目前|在建|已经?[建完有达累开投实形]|^截[至止]|[共设]有|不再|禁止|严禁|不予|占地|全长|(?<!增)长[约为]?$|概算|登记注册"
)
"""What is so already, what is forbidden, what describes a thing."""

_RULE_BEHIND = re.compile(
    r"[^，]{0,8}的(?:[^，]{0,4}(?:标准|条件|要求|规定|比例|原则|额度|范围|期限)|.*基础上$)|.*基础上$"
)
_ASIDE = re.compile(r"的[”’]?$")
"""The end of a phrase that states a condition: 人数达到25%的，…"""

_DROP_BEFORE = re.compile(
    rf"(?:将|使|把|对|确保|力争|争取|努力|实现|推动|带动|促进|到|各类主要|其中|其余|平均(?=每年)|{_WHEN}|全[市区县省]|我[省市区县])+"
)
"""Words before a noun that are no part of it; behind it, _TAIL_BEFORE and _TAIL_VERB."""

_TAIL_BEFORE = re.compile(r"(?:总体|[要须应均总])+$")
_TAIL_VERB = re.compile(r"(?:的)?(?:建设|改造|整治|治理|运行|安装|创建|提升|发放|任务)$")
_GOES_ON = re.compile(
    r"(?<=..)(?:进行|得到|(?:达到|提供|加装|纳入|新增|享受|接受|实现|实施|开展|完成)(?=.))"
)
"""The verb behind a noun, which belongs to no noun itself."""

_APART, _AT_LEAST = "分别", "至少"
"""Words that stand before a verb and tell of the numbers behind it."""

_COMPARING = re.compile(rf"^再|(?:{COMPARE}|约|再)+$")
_LONG = 10
"""Characters of a noun from which a number stands beside something else than its own noun."""

_LONG_NOUN = 8
"""Characters of a noun that stays clear without the verb behind it."""


def targets_in(text: str, span: Span) -> Iterator[TargetFact]:
    """Yield the targets in ``span``, in the order of the text.

    Values are plain decimals in the measure's own unit: 1.2万个 is 12000 个,
    300万元 is 3000000 元. 以上, 不少于 and the like are ``>=``; 控制在…以内 is
    ``<=``; 约 and 左右 are ``about``; a bare number is ``=``.
    """
    if not _DIGIT.search(text, span.start, span.end):
        return
    for sentence in _SENTENCE.finditer(text, span.start, span.end):
        if _DIGIT.search(sentence.group()) and not sentence.group().startswith(("截至", "截止")):
            reader = _Sentence(sentence.start())
            yield from reader.read(sentence.group(), 0)


@dataclass(slots=True)
class _Sentence:
    """Reads the phrases of a sentence; ``told`` once one of them told a target."""

    offset: int
    told: bool = False

    def read(self, words: str, start: int) -> Iterator[TargetFact]:
        """Yield the targets of the phrases of ``words``, which begin at ``start``."""
        for match in _PHRASE.finditer(words):
            if _DIGIT.search(match.group()) and not _ASIDE.search(match.group()):
                yield from self._phrase(match.group(), start + match.start())

    def _phrase(self, words: str, start: int) -> Iterator[TargetFact]:
        """Yield the targets of a phrase, then those of its brackets."""
        remarks = [m for m in _BRACKET.finditer(words) if any(quantities(m.group(1)))]
        for remark in remarks:
            words = words[: remark.start()] + _BLANK * len(remark.group()) + words[remark.end() :]
        for fact in _Phrase(words, self.offset + start, self.told).targets():
            self.told = True
            yield fact
        for remark in remarks:
            yield from self.read(remark.group(1), start + remark.start(1))


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a phrase with its quantities, and the verb that leads it."""

    start: int
    end: int
    quantities: tuple[Quantity, ...]
    verb: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Setting:
    """What stands around a quantity in its part of a phrase.

    ``before`` are the words from the verb on, or from where the part begins where none
    leads it (``led``); ``behind`` those up to its end, with the ``noun`` that they begin with.
    ``direct`` if a verb counts what follows it (新建40个), ``last`` if no quantity follows.
    """

    before: str
    behind: str
    led: bool
    direct: bool
    last: bool
    noun: str


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase between commas; ``told`` if the sentence told a target before it."""

    words: str
    offset: int
    told: bool

    def targets(self) -> Iterator[TargetFact]:
        """Yield the targets of the phrase, at most one a part."""
        parts = self._parts()
        if _APART in self.words and len(parts) > 1 and all(map(self._bare, parts[1:])):
            yield from self._respectively(parts)
            return
        subject, first = "", 0
        for index, part in enumerate(parts):
            if subject and self._bare(part):
                yield self._fact(subject, part.quantities[0], first, part.end)
                continue
            for quantity in part.quantities:
                read = self._read(part, quantity, following=bool(subject))
                if read is not None:
                    subject, first, end = read
                    if quantity.end == part.end:
                        subject, end = self._lent(part, parts[index + 1 :]) or (subject, end)
                    yield self._fact(subject, quantity, first, end)
                    break

    def _parts(self) -> list[_Part]:
        """Cut the phrase at the last 、 和 及 between two quantities."""
        held: list[list[Quantity]] = []
        starts, ends = [0], list[int]()
        for quantity in quantities(self.words):
            cut = held and _JOINER.match(self.words, held[-1][-1].end, quantity.number)
            if cut:
                ends.append(cut.start("mark"))
                starts.append(cut.end())
            if cut or not held:
                held.append([])
            held[-1].append(quantity)
        ends.append(len(self.words))
        return [
            _Part(start, end, tuple(found), _verb(self.words, start, end))
            for start, end, found in zip(starts, ends, held, strict=False)
        ]

    def _lent(self, part: _Part, later: list[_Part]) -> tuple[str, int] | None:
        """Return the noun that verbs before it share: 新建40个、续建51个产业集群."""
        measure = part.quantities[-1].measure
        for following in (part, *later):
            quantity = following.quantities[-1]
            if quantity.measure != measure or not _DIRECT.search(
                self.words, following.start, quantity.start
            ):
                return None
            noun = _noun_behind(self.words[quantity.end : following.end])
            if noun:
                return noun, following.end
        return None

    def _bare(self, part: _Part) -> bool:
        """Whether a part is nothing but a quantity, which shares the subject before it."""
        match = part.quantities[0]
        return not self.words[part.start : match.start] + self.words[match.end : part.end]

    def _respectively(self, parts: list[_Part]) -> Iterator[TargetFact]:
        """Give each subject its value: A、B和C分别占比达30%、20%和10%."""
        values = [part.quantities[0] for part in parts]
        number = values[0].number
        apart = self.words.index(_APART)
        if apart > number or _STANDING.search(self.words, 0, number):
            return
        start = _noun_start(self.words, parts[0].verb[1], apart)
        names = self.words[start:apart]
        kind = _COMPARING.sub("", self.words[apart + len(_APART) : number])
        items = [item for item in _ITEM.split(names) if item]
        if len(items) != len(parts):
            items = [names] * len(parts)
        for item, quantity in zip(items, values, strict=True):
            yield self._fact(
                item + kind, quantity, start, quantity.end, values[0].pre, values[-1].post
            )

    def _read(
        self, part: _Part, quantity: Quantity, following: bool
    ) -> tuple[str, int, int] | None:
        """Return the subject of a quantity and where its evidence begins and ends, or nothing."""
        words, number = self.words, quantity.number
        if _STANDING.search(words, 0, number) or _RULE_BEHIND.match(words, quantity.end):
            return None
        setting = self._setting(part, quantity)
        if setting.led and number < part.verb[0]:
            return self._for_some(part, quantity) if setting.last else None
        if not self._is_meant(quantity, setting, following):
            return None
        return self._named(part, quantity, setting)

    def _setting(self, part: _Part, quantity: Quantity) -> _Setting:
        """Return what stands around a quantity of a part."""
        verb, led_from = part.verb
        led = verb < led_from
        before = self.words[led_from if led else part.start : quantity.start]
        behind = self.words[quantity.end : part.end]
        direct = (led and not before) or bool(_DIRECT.search(before))
        last = quantity is part.quantities[-1]
        return _Setting(before, behind, led, direct, last, _noun_behind(behind))

    def _is_meant(self, quantity: Quantity, setting: _Setting, following: bool) -> bool:
        """Tell whether a quantity is to be reached: ``following`` if one before it in the phrase is."""
        before, behind = setting.before, setting.behind
        of_verb = setting.direct and setting.last
        if behind and not of_verb and quantity.post and not _REACHED.search(quantity.pre):
            return False
        if behind.startswith("的") and not (setting.last and (setting.led or setting.direct)):
            return False
        if setting.led or following or quantity.post or _REACHED.search(quantity.pre):
            return True
        if _CHANGE.search(before) or _INTENDED.search(before):
            return True
        placed = not (before and behind) and len(setting.noun) < _LONG
        return placed and bool(self.told or setting.direct or RATE.search(before))

    def _named(
        self, part: _Part, quantity: Quantity, setting: _Setting
    ) -> tuple[str, int, int] | None:
        """Return what is counted: the noun behind the quantity, or else the one before it."""
        words = self.words
        verb, led_from = part.verb
        first = _noun_start(words, led_from if setting.led else part.start, quantity.start)
        noun, named = setting.noun, _TAIL_BEFORE.sub("", _trimmed(words[first : quantity.start]))
        measured = (quantity.measure in SHARES or RATE.search(named)) and not setting.direct
        if not noun or measured or (len(noun) < 2 and named[-1:] not in ("", "等")):
            subject, end = named, quantity.end
        else:
            subject = _TAIL_VERB.sub("", noun) if len(noun) > _LONG_NOUN else noun
            end = quantity.end + setting.behind.index(noun) + len(noun)
        subject = subject or _ACT_ALONE.sub("", words[verb:led_from])
        if not subject or (quantity.measure in ("小时", "分钟") and not RATE.search(subject)):
            return None
        start = verb if setting.led else min(first, quantity.start)
        return subject, start - len(_AT_LEAST) * words.endswith(_AT_LEAST, 0, start), end

    def _for_some(self, part: _Part, quantity: Quantity) -> tuple[str, int, int] | None:
        """Read those for whom something is done: 为3000名残疾人提供康复培训."""
        towards = _FOR_SOME.search(self.words, 0, quantity.number)
        subject = _noun_behind(self.words[quantity.end : part.verb[0]])
        if towards is None or not subject:
            return None
        return subject, towards.start(), part.end

    def _fact(
        self,
        subject: str,
        quantity: Quantity,
        start: int,
        end: int,
        pre: str | None = None,
        post: str | None = None,
    ) -> TargetFact:
        ahead = _AT_LEAST if self.words.startswith(_AT_LEAST, start) else ""
        return TargetFact(
            subject.replace(_BLANK, ""),
            comparator(ahead + (pre or quantity.pre), post or quantity.post, quantity.more),
            quantity.value,
            quantity.measure,
            Span(self.offset + start, self.offset + max(end, quantity.end)),
        )


def _verb(words: str, start: int, end: int) -> tuple[int, int]:
    """Return where the verb of a part stands; an empty stretch if it has none."""
    lead = _LEAD.match(words, start, end)
    return lead.span("verb") if lead else (start, start)


def _noun_start(words: str, start: int, end: int) -> int:
    """Return where the noun between a verb and a number begins."""
    dropped = _DROP_BEFORE.match(words, start, end)
    return dropped.end() if dropped else start


def _noun_behind(behind: str) -> str:
    """Return the noun behind a measure word, without the verb that follows it."""
    return _trimmed(_GOES_ON.split(behind)[0])


def _trimmed(noun: str) -> str:
    """Return a noun without marks at its ends that belong to the phrase around it."""
    noun = noun.removeprefix("用于").strip(f"的、 {_BLANK}")
    if noun.count("“") != noun.count("”"):
        noun = noun.strip("“”")
    return noun.strip(f"的、 {_BLANK}")
