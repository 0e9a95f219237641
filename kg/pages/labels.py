"""How the closed lists look and are called on the pages.

Every colour is from Okabe and Ito's palette, which people with any kind of
colour vision tell apart, and comes with a shape, a dash or a word.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import Certainty, DeadlineKind, Relation, Role, Severity

__all__ = [
    "ACTS",
    "CERTAINTIES",
    "DEADLINES",
    "JOINT",
    "LEVELS",
    "RELATIONS",
    "ROLES",
    "RULES",
    "SEVERITIES",
    "Label",
    "Look",
    "looks_of_kinds",
]


@dataclass(frozen=True, slots=True)
class Label:
    """A term in the two languages of the pages."""

    zh: str
    en: str


DASHES = {"long": (14, 5), "dashdot": (12, 3, 3, 3), "dashed": (6, 4), "dotted": (2, 3)}
"""Pixels drawn and left blank along a line; a solid line has none."""


@dataclass(frozen=True, slots=True)
class Look:
    """A term with the colour and shape that it has in pictures."""

    zh: str
    en: str
    colour: str
    shape: str

    @property
    def dashes(self) -> list[int] | bool:
        """The dashes of a line, as vis-network takes them."""
        return list(DASHES.get(self.shape, ())) or False


ROLES = {
    Role.LEAD: Look("牵头", "leads", "#D55E00", "solid"),
    Role.PRIMARY: Look("主责", "primary", "#E69F00", "dashdot"),
    Role.RESPONSIBLE: Look("责任", "responsible", "#0072B2", "solid"),
    Role.SUPPORT: Look("配合", "supports", "#56B4E9", "dashed"),
}

JOINT = Look("并列牵头/主责", "joint heads", "#6B7280", "dotted")
"""The line between two heads of one task."""

CERTAINTIES = {
    Certainty.STATED: Label("明示", "stated"),
    Certainty.IMPLIED: Label("推定", "implied"),
}

DEADLINES = {
    DeadlineKind.BY: Label("之前完成", "by"),
    DeadlineKind.ON: Label("当日", "on"),
    DeadlineKind.FROM: Label("起", "from"),
    DeadlineKind.ONGOING: Label("长期坚持", "ongoing"),
    DeadlineKind.AS_SCHEDULED: Label("按上级安排", "as scheduled"),
}

RELATIONS = {
    Relation.ISSUES: Look("印发", "issues", "#000000", "solid"),
    Relation.BASIS: Look("依据", "basis", "#D55E00", "long"),
    Relation.APPLIES: Look("落实", "applies", "#0072B2", "dashdot"),
    Relation.CITES: Look("提及", "cites", "#6B7280", "dashed"),
    Relation.REPEALS: Look("废止", "repeals", "#A8326E", "dotted"),
    Relation.AMENDS: Look("修改", "amends", "#A8326E", "long"),
    Relation.REPUBLISHES: Look("转发", "republishes", "#009E73", "solid"),
}

SEVERITIES = {
    Severity.VIOLATION: Label("错误", "violation"),
    Severity.WARNING: Label("警告", "warning"),
    Severity.INFO: Label("提示", "info"),
}

RULES = {
    "body-table-units": Label("正文与表格所列单位不一致", "body and table name other units"),
    "body-table-roles": Label("正文与表格分工不一致", "body and table give other roles"),
    "body-table-wording": Label("正文与表格措辞不同", "body and table are worded otherwise"),
    "two-roles": Label("同一任务中一个单位有两种分工", "one unit has two roles in a task"),
    "no-lead": Label("多单位任务没有牵头或主责", "several units and nobody leads"),
    "ambiguous-place": Label("发文地同名", "place that may be several"),
    "unregistered-unit": Label("名录中没有的名称", "name that is not in the register"),
    "duplicate-notice": Label("另一文件中也有的通知", "notice that another file has too"),
    "same-number": Label("文号相同而内容不同", "one number, two different notices"),
    "ambiguous-citation": Label("可指多份通知的引用", "citation that several notices fit"),
    "prose-beside-assignment": Label(
        "正文中的要求，未计入分工", "duty in prose beside the assignments, not counted"
    ),
    "unread-role-word": Label("没有形成分工的分工词", "role word that gave no assignment"),
    "unread-title": Label("没有形成引用的书名号", "title that gave no reference"),
    "unread-number": Label("没有形成引用的文号", "document number that gave no reference"),
    "unread-time-limit": Label("没有形成时限的时间", "time limit that gave no deadline"),
    "unread-member": Label("没有形成成员的名单行", "line of a list of people that gave no member"),
    "unread-cell": Label("没有形成事实的单元格", "table cell that gave no fact"),
    "unread-page": Label("没有文字的页面", "page without text"),
    "unreadable-file": Label("无法读取的文件", "file that could not be read"),
    "duplicate-file": Label("内容相同的文件", "file with the same text as another"),
    "passed-over-files": Label("未读取的其他文件", "files that are not read"),
}
"""What the rules of findings are called; ``docs/findings.md`` tells them in full."""

ACTS = {
    "law": Label("法律", "law"),
    "regulation": Label("法规规章", "regulation"),
    "policy": Label("政策文件", "policy"),
    "plan": Label("规划方案", "plan"),
    "standard": Label("标准", "standard"),
    "other": Label("其他", "other"),
}

LEVELS = {
    "national": Label("国家级", "national"),
    "province": Label("省级", "province level"),
    "city": Label("地市级", "prefecture level"),
    "county": Label("县级", "county level"),
    "township": Label("乡级", "township level"),
    "none": Label("无层级", "no level"),
    "": Label("多个层级", "several levels"),
}

KINDS = {
    "department": Look("政府部门", "government department", "#0072B2", "dot"),
    "government": Look("人民政府", "people's government", "#D55E00", "star"),
    "party": Look("党的机关", "party organ", "#D55E00", "triangleDown"),
    "subdistrict": Look("街道乡镇", "sub-district or township", "#009E73", "dot"),
    "branch": Look("派出机构", "branch office", "#56B4E9", "diamond"),
    "vertical": Look("垂直管理单位", "vertically managed unit", "#0072B2", "diamond"),
    "judicial": Look("司法机关", "judicial organ", "#000000", "square"),
    "enterprise": Look("企业", "enterprise", "#E69F00", "square"),
    "institution": Look("事业单位", "public institution", "#009E73", "triangle"),
    "mass_organisation": Look("群团组织", "mass organisation", "#CC79A7", "triangleDown"),
    "group": Look("议事协调机构", "coordinating body", "#A8326E", "star"),
    "collective": Look("集合单位", "collective unit", "#6B7280", "hexagon"),
    "other": Look("其他", "other", "#6B7280", "square"),
}

SPARE = (
    ("#CC79A7", "triangleDown"),
    ("#000000", "dot"),
    ("#8C6D1F", "square"),
    ("#005F8A", "diamond"),
    ("#7A2E00", "triangle"),
    ("#B0A000", "star"),
)


def looks_of_kinds(kinds: Iterable[str]) -> dict[str, Look]:
    """Give every kind of unit its look; kinds of the user's own register get spare ones."""
    result: dict[str, Look] = {}
    spare = 0
    for kind in sorted(set(kinds)):
        if kind in KINDS:
            result[kind] = KINDS[kind]
        else:
            colour, shape = SPARE[spare % len(SPARE)]
            spare += 1
            name = kind.replace("_", " ") or "—"
            result[kind] = Look(name, name, colour, shape)
    order = {kind: position for position, kind in enumerate(KINDS)}
    return dict(sorted(result.items(), key=lambda item: (order.get(item[0], len(order)), item[0])))
