"""Every measure by the column it stands in: names, decimals, and its page of documentation."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["MEASURES", "Measure", "labels", "measures_of", "names"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One column of numbers.

    ``page`` names the page in ``docs/measures``; ``optional`` measures have
    nothing to tell of some units, pairs or wholes; ``whole`` ones are counts.
    """

    table: str
    column: str
    zh: str
    en: str
    page: str
    optional: bool = False
    whole: bool = False


def _load(column: str, zh: str, en: str, page: str, kind: str = "") -> Measure:
    return Measure("load", column, zh, en, page, "o" in kind, "w" in kind)


def _ties(column: str, zh: str, en: str, page: str, kind: str = "") -> Measure:
    return Measure("ties", column, zh, en, page, "o" in kind, "w" in kind)


def _system(column: str, zh: str, en: str, page: str, kind: str = "") -> Measure:
    return Measure("system", column, zh, en, page, "o" in kind, "w" in kind)


MEASURES: tuple[Measure, ...] = (
    _load("tasks", "任务数", "tasks", "tasks-by-role"),
    _load("lead", "牵头任务数", "tasks led", "tasks-by-role"),
    _load("primary", "主责任务数", "tasks as primary", "tasks-by-role"),
    _load("responsible", "责任任务数", "tasks as responsible", "tasks-by-role"),
    _load("support", "配合任务数", "tasks supported", "tasks-by-role"),
    _load("task_share", "任务占比", "share of all tasks", "task-share"),
    _load("load", "分摊负荷", "fractional load", "fractional-load"),
    _load("coordination", "协调负荷", "coordination load", "coordination-load"),
    _load("partners_per_task", "每任务伙伴数", "partners per task", "coordination-load", "o"),
    _load("partners", "伙伴单位数", "partners (breadth)", "breadth-and-depth", "w"),
    _load("collective_partners", "其中集合单位", "of them collectives", "breadth-and-depth", "w"),
    _load("depth", "合作深度", "meetings per partner (depth)", "breadth-and-depth", "o"),
    _load("lead_burden", "牵头负担", "lead burden", "burdens"),
    _load("support_burden", "配合负担", "support burden", "burdens"),
    _load("lead_span", "牵头幅度", "span of lead", "burdens"),
    _load("asymmetry", "角色不对称", "role asymmetry", "role-asymmetry", "o"),
    _load("lead_share", "牵头比例", "lead share", "lead-and-solo-share", "o"),
    _load("solo_share", "独办比例", "solo share", "lead-and-solo-share", "o"),
    _load("concentration", "伙伴集中度", "partner concentration (HHI)", "concentration", "o"),
    _load("effective_partners", "有效伙伴数", "effective partners", "concentration", "o"),
    _load("constraint", "结构约束", "constraint", "constraint", "o"),
    _load("effective_size", "有效规模", "effective size", "effective-size", "o"),
    _load("betweenness", "中介中心性", "betweenness", "betweenness", "o"),
    _load("betweenness_error", "中介中心性标准误", "its standard error", "betweenness", "o"),
    _load("pagerank", "被调用度", "PageRank", "pagerank", "o"),
    _load("hub", "枢纽值", "hub", "hits", "o"),
    _load("authority", "权威值", "authority", "hits", "o"),
    _load("core", "核数", "core number", "core", "ow"),
    _load("core_validated", "检验后核数", "core number, validated", "core", "ow"),
    _load("community", "社群", "community", "communities", "ow"),
    _load("kind_reach", "跨类型广度", "reach over kinds", "cross-reach", "o"),
    _load("kind_balance", "类型内外比", "E-I index of kinds", "cross-reach", "o"),
    _load("level_reach", "跨层级广度", "reach over levels", "cross-reach", "o"),
    _load("level_balance", "层级内外比", "E-I index of levels", "cross-reach", "o"),
    _load("dated_tasks", "有期限任务数", "tasks with a date", "deadline-pressure", "w"),
    _load("peak_tasks", "高峰月任务数", "tasks due in the peak month", "deadline-pressure", "w"),
    _load("groups", "参加的领导小组", "leading groups sat in", "leading-groups", "w"),
    _load("groups_hosted", "承办的领导小组", "leading groups hosted", "leading-groups", "w"),
    _load("tasks_low", "任务数下限", "tasks, low", "collective-units"),
    _load("tasks_high", "任务数上限", "tasks, high", "collective-units"),
    _load("load_low", "负荷区间下限", "load, low", "bootstrap", "o"),
    _load("load_high", "负荷区间上限", "load, high", "bootstrap", "o"),
    _load("coordination_low", "协调负荷区间下限", "coordination, low", "bootstrap", "o"),
    _load("coordination_high", "协调负荷区间上限", "coordination, high", "bootstrap", "o"),
    _load("rank", "负荷名次", "rank by load", "ranks", "ow"),
    _load("rank_low", "名次区间上端", "rank, best", "bootstrap", "ow"),
    _load("rank_high", "名次区间下端", "rank, worst", "bootstrap", "ow"),
    _load("open_tasks", "列举未尽的任务数", "tasks with an open list", "open-lists"),
    _ties("shared_tasks", "共同任务数", "shared tasks", "shared-tasks", "w"),
    _ties("newman", "纽曼权重", "Newman weight", "newman-weight"),
    _ties("jaccard", "雅卡尔相似度", "Jaccard similarity", "similarity"),
    _ties("cosine", "余弦相似度", "cosine similarity", "similarity"),
    _ties("leads_partner", "牵头权重", "leads the partner", "directed-weight"),
    _ties("led_by_partner", "被牵头权重", "led by the partner", "directed-weight"),
    _ties("reciprocity", "互惠度", "reciprocity", "directed-weight", "o"),
    _ties("expected", "期望共同任务数", "shared tasks expected", "excess", "o"),
    _ties("excess", "超出倍数", "shared by expected", "excess", "o"),
    _ties("p_more", "偏多 p 值", "p, as many or more", "excess", "o"),
    _ties("q_more", "偏多 q 值", "q, as many or more", "excess", "o"),
    _ties("p_fewer", "偏少 p 值", "p, as many or fewer", "excess", "o"),
    _ties("q_fewer", "偏少 q 值", "q, as many or fewer", "excess", "o"),
    _system("tasks", "任务数", "tasks", "system", "w"),
    _system("units", "单位数", "units", "system", "w"),
    _system("collectives", "集合单位数", "collective units", "system", "w"),
    _system("assignments", "分工数", "assignments", "system", "w"),
    _system("pairs", "合作对数", "pairs that share a task", "density", "w"),
    _system("units_per_task", "每任务单位数", "actors per task", "system", "o"),
    _system("mean_partners", "平均伙伴数", "mean partners", "density", "o"),
    _system("density", "密度", "density", "density", "o"),
    _system("load_gini", "负荷基尼系数", "Gini of load", "inequality", "o"),
    _system("load_concentration", "负荷集中度", "HHI of load", "inequality", "o"),
    _system(
        "collective_load_share",
        "集合单位负荷占比",
        "share of load with collectives",
        "collective-units",
        "o",
    ),
    _system("centralisation", "中心势", "centralisation", "centralisation", "o"),
    _system("multi_unit_tasks", "多单位任务数", "tasks with several actors", "system", "w"),
    _system("multi_unit_share", "多单位任务占比", "their share", "system", "o"),
    _system("led_share", "有牵头任务占比", "share of tasks with a leader", "system", "o"),
    _system("multi_lead_share", "多牵头占比", "share of them with several", "system", "o"),
    _system("reciprocity", "互惠度", "reciprocity", "directed-weight", "o"),
    _system("communities", "社群数", "communities", "communities", "w"),
    _system("modularity", "模块度", "modularity", "communities", "o"),
    _system("pairs_more", "显著偏多对数", "pairs more than by chance", "excess", "ow"),
    _system("pairs_fewer", "显著偏少对数", "pairs fewer than by chance", "excess", "ow"),
    _system("open_list_tasks", "列举未尽的任务数", "tasks with an open list", "open-lists", "w"),
    _system("open_list_share", "列举未尽的任务占比", "their share of all", "open-lists", "o"),
)
"""All measures, in the order of their columns."""


def measures_of(table: str) -> list[Measure]:
    """Return the measures of one table, in the order of their columns."""
    return [one for one in MEASURES if one.table == table]


_WORDS = {"load": {"peak_month": ("高峰月", "peak month")}}
"""Columns of words among the numbers."""


def names(table: str) -> dict[str, tuple[str, str]]:
    """Return the Chinese and English name of every column but those that say whose it is."""
    return labels(table) | _WORDS.get(table, {})


def labels(table: str) -> dict[str, tuple[str, str]]:
    """Return the Chinese and English name of each measure of a table."""
    return {one.column: (one.zh, one.en) for one in measures_of(table)}
