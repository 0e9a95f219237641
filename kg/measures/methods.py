"""A methods paragraph for a paper, with the version and the settings of the run."""

from __future__ import annotations

from kg.measures.choices import UnitChoice
from kg.measures.records import Measures

__all__ = ["methods_paragraph"]

_CERTAINTY_EN = {
    "stated": "stated assignments (a role word stands beside the unit)",
    "implied": "assignments that prose implies",
    "all": "assignments, stated ones and those that prose implies",
}
_CERTAINTY_ZH = {
    "stated": "条明示的分工（单位旁有角色词）",
    "implied": "条由行文推定的分工",
    "all": "条分工（含由行文推定的）",
}
_WORK_EN = {
    "once": "each piece of work was counted once (table rows in place of the paragraph they detail)",
    "rows": "only table rows were counted",
    "paragraphs": "only items and paragraphs were counted",
}
_WORK_ZH = {
    "once": "每项工作只计一次（有表格行细化的段落，以行计）",
    "rows": "只计表格行",
    "paragraphs": "只计条目和段落",
}
_PRIMARY_EN = {
    "own": "",
    "head": "; a unit with 主责 led where nobody else did",
    "lead": "; units with 主责 led",
}
_PRIMARY_ZH = {"own": "", "head": "，无牵头单位时主责单位按牵头计", "lead": "，主责单位按牵头计"}
_COLLECTIVE_EN = {
    "node": "a collective unit counted as one actor",
    "share": "the load of collective units was shared equally among their known members",
    "full": "collectives of all (各) were replaced by their known members",
}
_COLLECTIVE_ZH = {
    "node": "集合单位按一个行动者计",
    "share": "集合单位的负荷由已知成员平分",
    "full": "“各”类集合单位以其已知成员代替",
}


def methods_paragraph(measures: Measures, language: str = "en") -> str:
    """Return the paragraph in English (``en``) or Chinese (``zh``).

    Parameters
    ----------
    measures
        The measures of the run that is described.
    language
        ``en`` or ``zh``.

    Returns
    -------
    str
        One paragraph, to be pasted into a paper and edited there.
    """
    of = {line.setting: line.value for line in measures.settings}
    whole = measures.system[0]
    tested = whole.chance == "tested"
    lineage = of["unit_as"] == UnitChoice.LINEAGE
    samples = of["bootstrap"] if any(row.load_low is not None for row in measures.load) else ""
    if language == "zh":
        drawn = f"区间为按通知整体重抽样 {samples} 次的自助法 95% 百分位区间。" if samples else ""
        test = (
            f"单位对是否超出偶然，用随机度序列模型（SDSM）检验：二部配置模型按"
            f"{'通知分层' if of['strata'] == 'notice' else '全体'}拟合，泊松二项分布精确计算，"
            f"Benjamini–Hochberg 校正，界限 {of['alpha']}。"
            if tested
            else f"多单位任务只有 {of['multi_unit_tasks']} 项，不足以检验单位对是否超出偶然，故不报告 p 值。"
        )
        return (
            f"指标由 gazette-kg {of['version']} 从 {of['notices_counted']} 件通知"
            f"（{of['first_date']} 至 {of['last_date']}）计算，共 {of['tasks']} 项任务、"
            f"{of['units']} 个单位、{of['collectives']} 个集合单位、{of['assignments']} "
            f"{_CERTAINTY_ZH[of['certainty']]}；{_WORK_ZH[of['work']]}，"
            f"{_COLLECTIVE_ZH[of['collective']]}，"
            f"{'更名、合并的单位计入后继单位，' if lineage else ''}角色权重（牵头/主责/责任/配合）为 {of['weights']}"
            f"{_PRIMARY_ZH[of['primary']]}。{of['open_list_tasks']} 项任务（占 {of['open_list_share'] or 0}）的单位"
            f"列举未尽（等），其单位数是下限。{test}{drawn}"
            f"随机种子 {of['seed']}。指标反映公开文本中分配的职责，不是实际完成的工作。"
        )
    drawn = (
        f"Intervals are 95 % percentile intervals over {samples} bootstrap samples of notices. "
        if samples
        else ""
    )
    test = (
        "Whether pairs of units share more tasks than chance explains was tested with the "
        "stochastic degree sequence model (Neal 2014): a bipartite configuration model fitted "
        + ("within each notice" if of["strata"] == "notice" else "over all tasks")
        + ", exact Poisson-binomial tails and the Benjamini-Hochberg procedure at level "
        f"{of['alpha']}."
        if tested
        else f"With {of['multi_unit_tasks']} tasks of several actors there are too few to test "
        "pairs against chance, so no p values are reported."
    )
    return (
        f"Measures were computed with gazette-kg {of['version']} from {of['notices_counted']} "
        f"notices ({of['first_date']} to {of['last_date']}) with {of['tasks']} tasks, "
        f"{of['units']} units, {of['collectives']} collective units and {of['assignments']} "
        f"{_CERTAINTY_EN[of['certainty']]}; {_WORK_EN[of['work']]}, "
        f"{_COLLECTIVE_EN[of['collective']]}, "
        f"{'renamed and merged units counted under their successors, ' if lineage else ''}"
        f"and role weights (lead/primary/responsible/support) were {of['weights']}"
        f"{_PRIMARY_EN[of['primary']]}. The list of units is left open (等) in "
        f"{of['open_list_tasks']} of the tasks (a share of {of['open_list_share'] or 0}), where the "
        f"number of actors is a lower bound. {test} {drawn}The seed was {of['seed']}. The measures describe duties assigned in published text, not "
        "work done."
    )
