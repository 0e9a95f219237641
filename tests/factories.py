"""Short factories of hand-made facts: a text, and what it says, by its words.

    say = Says("朝政发〔2020〕2号", "一、治水。区水务局牵头，区财政局配合。")
    task = say.task("一", "治水。区水务局牵头，区财政局配合。")
    say.assign(task, "区水务局", LEAD, "区水务局牵头")
    facts = say.facts()

Every span is found by its words, so ``text[start:end] == exact`` by construction.
"""

import hashlib
from dataclasses import dataclass, field

from kg.building.collection import Collection, reading_of
from kg.citations import NoticeIndex, issued, linked
from kg.document import Document, MappedText, Span
from kg.facts import (
    Assignment,
    Deadline,
    DocumentFacts,
    Finding,
    GazetteIssue,
    Hosting,
    Membership,
    Notice,
    Plan,
    Reference,
    Target,
    Task,
    Unit,
)
from kg.model import (
    Certainty,
    Comparator,
    DeadlineKind,
    Form,
    Quantifier,
    Relation,
    Role,
    Severity,
)

LEAD, PRIMARY, RESPONSIBLE, SUPPORT = Role


def document(text, name="gazette.txt", **more):
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(name, digest, MappedText(text), **more)


class Kept(dict):
    """Facts by key, as a cache keeps them."""

    def described(self, keys):
        return map(self.get, keys)


def collection(documents, unread=()):
    """A collection of the documents, as a build writes it; ``unread`` are findings about files."""
    kept = Kept((str(place), facts) for place, facts in enumerate(documents))
    return Collection((reading_of(facts, key) for key, facts in kept.items()), kept, unread)


def collected(documents):
    """The documents as they stand in a collection: each notice once, citations linked."""
    return list(collection(documents))


def linked_all(documents):
    """Every document, linked to the notices of all."""
    index = NoticeIndex(record for facts in documents for record in issued(facts))
    return [linked(facts, index) for facts in documents]


def unit(name, *short_names, kind="department", level="county", **more):
    fields = {
        "id": f"unit/{name}",
        "parent": "unit/北京市朝阳区人民政府" if kind == "department" else None,
        "function": None,
        "collective": False,
        "quantifier": None,
        "frame_size": None,
        "registered": True,
        "rule": "register",
        "place": "" if kind == "enterprise" else "北京市朝阳区",
    }
    return Unit(name=name, short_names=short_names, kind=kind, level=level, **(fields | more))


GOVERNMENT = unit("北京市朝阳区人民政府", "区政府", kind="government", parent=None)
WATER = unit("北京市朝阳区水务局", "区水务局", function="水务")
FINANCE = unit("北京市朝阳区财政局", "区财政局", function="财政")
EDUCATION = unit("北京市朝阳区教育委员会", "区教委", function="教育")
CITY_WATER = unit(
    "北京市水务局", "市水务局", level="province", function="水务", parent=None, place="北京市"
)
DRAINAGE = unit("北京城市排水集团有限责任公司", "北京排水集团", kind="enterprise", level="none")
STREETS = unit(
    "各街乡",
    kind="subdistrict",
    level="township",
    collective=True,
    quantifier=Quantifier.ALL,
    frame_size=43,
)
CENSUS_GROUP = unit("北京市朝阳区第七次全国人口普查领导小组", kind="group")


@dataclass
class Says:
    """A document under construction, with one notice."""

    number: str
    text: str
    units: tuple = (
        GOVERNMENT,
        WATER,
        FINANCE,
        EDUCATION,
        CITY_WATER,
        DRAINAGE,
        STREETS,
        CENSUS_GROUP,
    )
    title: str = ""
    name: str = "gazette.txt"
    date: str = "2020-03-07"
    kind: str = "通知"
    plans: tuple = ()
    gazette: GazetteIssue | None = None
    addressees: tuple = ("各街道办事处",)
    attachments: tuple = ()
    page: int | None = None
    made: dict = field(default_factory=dict)

    def __post_init__(self):
        self.document = document(self.text, self.name)

    @property
    def notice(self):
        return f"notice/{self.number}"

    def span(self, words, nth=0):
        start = -1
        for _ in range(nth + 1):
            start = self.text.index(words, start + 1)
        return Span(start, start + len(words))

    def _put(self, kind, fact):
        self.made.setdefault(kind, []).append(fact)
        return fact.id if hasattr(fact, "id") else fact

    def _new(self, kind):
        return f"{kind}/{self.number}/{len(self.made.get(kind + 's', [])) + 1}"

    def unit_of(self, words):
        for known in self.units:
            if words in (known.name, *known.short_names):
                return known.id
        raise LookupError(words)

    def task(self, label, words, *, heading="", form=Form.ITEM, parent=None, section="", nth=0):
        identifier = f"task/{self.number}/{label}"
        span = self.span(words, nth)
        task = Task(identifier, self.notice, label, form, parent, section, heading, words, span)
        return self._put("tasks", task)

    def assign(self, task, words, role, clause="", *, certainty=Certainty.STATED, nth=0):
        span = self.span(words, nth)
        rests_on = self.span(clause) if clause else span
        return self._put(
            "assignments",
            Assignment(
                f"assignment/{task.partition('/')[2]}/{role}/{self.unit_of(words)}",
                task,
                self.unit_of(words),
                words,
                role,
                certainty,
                span,
                rests_on,
            ),
        )

    def deadline(self, task, words, kind=DeadlineKind.BY, start="", end=""):
        new, span = self._new("deadline"), self.span(words)
        return self._put("deadlines", Deadline(new, self.notice, task, kind, start, end, span))

    def target(self, task, words, subject, comparator, value, measure=""):
        return self._put(
            "targets",
            Target(
                self._new("target"),
                self.notice,
                task,
                subject,
                Comparator(comparator),
                value,
                measure,
                self.span(words),
            ),
        )

    def cite(self, words, relation=Relation.CITES, *, task=None, title="", number="", kind="law"):
        return self._put(
            "references",
            Reference(
                self._new("reference"),
                self.notice,
                task,
                title or words.strip("《》"),
                number,
                kind,
                relation,
                self.span(words),
            ),
        )

    def member(self, group, words, person, group_role, post="", unit_words=""):
        return self._put(
            "memberships",
            Membership(
                self._new("membership"),
                self.notice,
                group,
                person,
                group_role,
                post,
                self.unit_of(unit_words) if unit_words else None,
                unit_words,
                self.span(words),
            ),
        )

    def host(self, group, words, unit_words):
        return self._put(
            "hostings",
            Hosting(
                self._new("hosting"),
                self.notice,
                group,
                self.unit_of(unit_words),
                unit_words,
                self.span(words),
            ),
        )

    def finding(self, rule, severity, subject, words="", zh="发现", en="finding"):
        span = self.span(words) if words else None
        fact = Finding(rule, Severity(severity), zh, en, subject, span)
        return self._put("findings", fact)

    def facts(self):
        kinds = ("tasks", "assignments", "deadlines", "targets", "references")
        kinds += ("memberships", "hostings")
        title = self.title or self.text[:10]
        notice = Notice(
            self.notice,
            self.number,
            title,
            self.kind,
            "北京市朝阳区人民政府",
            (GOVERNMENT.id,),
            self.date,
            self.addressees,
            tuple(Plan(plan, self.span(plan)) for plan in self.plans),
            self.attachments,
            self.gazette.id if self.gazette else None,
            self.page,
            Span(0, len(self.text)),
            Span(0, len(title)) if not self.title else self.span(self.title),
        )
        return DocumentFacts(
            document=self.document,
            gazette=self.gazette,
            notices=(notice,),
            units=self.units,
            findings=tuple(self.made.get("findings", ())),
            **{kind: tuple(self.made.get(kind, ())) for kind in kinds},
        )


def water_notice():
    """One notice that uses every kind of fact; tests work out its rows by hand."""
    text = (
        "关于印发《治水行动方案》的通知\n"
        "根据《中华人民共和国水法》，制定本方案。\n"
        "一、治水。区水务局牵头，区财政局配合，2020年6月底前完成。\n"
        "二、排水。由区水务局、北京排水集团负责，污水处理率达到99.7%以上，各街乡配合。\n"
        "三、宣传。区教委要加强宣传，长期坚持。\n"
        "行1 治水到户。主责单位：区水务局\n"
        "组长：王某 区长\n成员：李某 区水务局局长\n"
        "按照《北京市水污染防治条例》执行，2021年完成验收。\n"
        "领导小组办公室设在区财政局。"
    )
    issue = GazetteIssue("gazette/朝阳区/2020-2", "朝阳区公报", 2020, 2, "区政府办", Span(0, 6))
    say = Says(
        "朝政发〔2020〕2号",
        text,
        title="关于印发《治水行动方案》的通知",
        plans=("治水行动方案",),
        gazette=issue,
        addressees=("各街道办事处", EDUCATION.id),
        attachments=("任务分解表",),
        page=1,
    )
    one = say.task(
        "一",
        "治水。区水务局牵头，区财政局配合，2020年6月底前完成。",
        heading="治水",
        section="任务",
    )
    drain = "排水。由区水务局、北京排水集团负责，污水处理率达到99.7%以上，各街乡配合。"
    two = say.task("二", drain)
    three = say.task("三", "宣传。区教委要加强宣传，长期坚持。", form=Form.PARAGRAPH)
    row = say.task("行/1", "治水到户。", form=Form.ROW, parent=one)
    say.assign(one, "区水务局", LEAD, "区水务局牵头")
    say.assign(one, "区财政局", SUPPORT, "区财政局配合")
    say.assign(two, "区水务局", RESPONSIBLE, "由区水务局、北京排水集团负责", nth=1)
    say.assign(two, "北京排水集团", RESPONSIBLE, "由区水务局、北京排水集团负责")
    say.assign(two, "各街乡", SUPPORT, "各街乡配合")
    say.assign(three, "区教委", RESPONSIBLE, "区教委要", certainty=Certainty.IMPLIED)
    say.assign(row, "区水务局", PRIMARY, "主责单位：区水务局", nth=2)
    say.deadline(one, "2020年6月底前", end="2020-06")
    say.deadline(three, "长期坚持", DeadlineKind.ONGOING)
    say.deadline(None, "2021年", end="2021")
    say.target(two, "污水处理率达到99.7%以上", "污水处理率", ">=", "99.7", "%")
    say.cite("《中华人民共和国水法》", Relation.BASIS)
    say.cite("《北京市水污染防治条例》", Relation.APPLIES, kind="regulation")
    say.cite("《治水行动方案》", Relation.ISSUES, kind="plan")
    say.member(CENSUS_GROUP.name, "组长：王某 区长", "王某", "组长", "区长")
    say.member(CENSUS_GROUP.name, "成员：李某 区水务局局长", "李某", "成员", "局长", "区水务局")
    say.host(CENSUS_GROUP.name, "领导小组办公室设在区财政局", "区财政局")
    say.finding("no-lead", "warning", two, "由区水务局、北京排水集团负责", "无牵头单位", "no lead")
    return say.facts()


STATION = unit(
    "某某站", kind="other", level="none", registered=False, rule="none", parent=None, place=""
)


def dredging_notice():
    """A later notice with a lead, a unit of no register, and a citation of the first one."""
    text = "关于清淤的通知\n一、清淤。区水务局牵头，区财政局、某某站配合。\n落实朝政发〔2020〕2号。"
    say = Says(
        "朝政发〔2021〕1号",
        text,
        units=(GOVERNMENT, WATER, FINANCE, STATION),
        title="关于清淤的通知",
        date="2021-02-01",
        name="second.txt",
    )
    one = say.task("一", "清淤。区水务局牵头，区财政局、某某站配合。", heading="清淤")
    say.assign(one, "区水务局", LEAD, "区水务局牵头")
    say.assign(one, "区财政局", SUPPORT, "区财政局、某某站配合")
    say.assign(one, "某某站", SUPPORT, "区财政局、某某站配合")
    number = "朝政发〔2020〕2号"
    say.cite(number, Relation.APPLIES, task=one, number=number, kind="policy")
    return say.facts()


def paged_notice():
    """A notice in a PDF whose second page begins with 二、."""
    text = "标题\n一、治水。区水务局牵头。\n二、节水。区水务局、区财政局负责。"
    say = Says("甲〔2020〕1号", text)
    pages = ((0, 1), (text.index("二、"), 2))
    say.document = document(text, "gazette.pdf", media_type="application/pdf", pages=pages)
    say.assign(say.task("一", "治水。区水务局牵头。"), "区水务局", LEAD)
    say.assign(say.task("二", "节水。区水务局、区财政局负责。"), "区财政局", RESPONSIBLE)
    return say.facts()
