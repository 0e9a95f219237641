"""What must stand beside every table: the frame, the choices, the warnings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.measures.bootstrap import FEWEST_NOTICES
from kg.measures.choices import CollectiveChoice, format_choices
from kg.measures.excess import FEWEST_TASKS, TOO_FEW
from kg.measures.frame import Frame
from kg.measures.records import InGroups, Setting
from kg.measures.work import Work

__all__ = ["program_version", "settings_of"]

_CHOICES = {
    "weights": (
        "角色权重（牵头/主责/责任/配合）",
        "role weights (lead/primary/responsible/support)",
    ),
    "certainty": (
        "计入的分工：stated 明示（有角色词），implied 由行文推定，all 两者",
        "assignments that count: stated (a role word stands there), implied, or all",
    ),
    "collective": ("集合单位的计法", "what a collective unit counts as"),
    "work": ("计入的任务：once 每项工作只计一次", "tasks that count: once, rows or paragraphs"),
    "notices": ("计入的通知文号；空为全部", "numbers of the notices; empty for all"),
    "period_from": ("时段起", "first date of the period"),
    "period_to": ("时段止", "last date of the period"),
    "unit_as": (
        "单位按版本或按沿革",
        "each version of a unit, or its lineage as one",
    ),
    "primary": (
        "主责、主办是否算牵头：own 不算，head 无牵头时算，lead 算",
        "whether 主责 and 主办 lead: own (no), head (where nobody leads) or lead (yes)",
    ),
    "collectives_in_structure": (
        "集合单位是否进入结构指标",
        "collective units in structure measures",
    ),
    "core_shared": (
        "核心网络中一对单位的最少共同任务数",
        "fewest shared tasks of a tie of the core",
    ),
    "strata": ("零模型的分层", "strata of the null model"),
    "alpha": ("q 值的界限", "level of q values"),
    "bootstrap": ("自助法抽样次数；0 为不做", "bootstrap samples; 0 for none"),
    "seed": ("随机种子", "seed"),
    "members": ("已知的集合单位成员", "known members of collective units"),
}

_NARROW_BELOW = 30
"""Notices with fewer than which intervals by resampling are too narrow."""


def program_version() -> str:
    """Return the version of the program."""
    from importlib import metadata

    try:
        return metadata.version("gazette-kg")
    except metadata.PackageNotFoundError:
        return "0.1.0"


def settings_of(
    work: Work, frame: Frame, groups: Sequence[InGroups], chance: str
) -> tuple[Setting, ...]:
    """Return the settings of one run, in the order in which they are printed."""
    return (
        Setting("version", program_version(), "程序版本", "version of the program"),
        *_counts(work, frame, groups),
        *(
            Setting(name, value, *_CHOICES[name])
            for name, value in format_choices(work.choices).items()
        ),
        *_members(work),
        Setting(
            "meaning",
            "assigned",
            "指标统计的是公开文本中分配的职责，不是实际完成的工作",
            "the measures count duties assigned in published text, not work done",
        ),
        *_warnings(work, chance),
    )


def _counts(work: Work, frame: Frame, groups: Sequence[InGroups]) -> Iterator[Setting]:
    """Yield how much is counted: what each share and each mean is of."""
    counted = set(work.notices)
    dates = sorted(one.date for one in frame.notices if one.date and one.number in counted)
    first, last = (dates[0], dates[-1]) if dates else ("", "")
    multi = int((work.size > 1).sum())
    open_share = f"{work.open.mean():.4f}" if len(work.open) else ""
    only_in_groups = sum(one.tasks == 0 for one in groups)
    yield Setting(
        "notices_counted", str(len(work.notices)), "有任务计入的通知数", "notices with tasks"
    )
    yield Setting("first_date", first, "其中最早的日期", "date of the first of them")
    yield Setting("last_date", last, "其中最晚的日期", "date of the last of them")
    yield Setting("tasks", str(len(work.tasks)), "计入的任务数", "tasks that count")
    yield Setting("multi_unit_tasks", str(multi), "多单位任务数", "tasks with several actors")
    yield Setting("units", str(int((~work.collective).sum())), "单位数", "units")
    yield Setting("collectives", str(int(work.collective.sum())), "集合单位数", "collective units")
    yield Setting(
        "units_only_in_groups",
        str(only_in_groups),
        "只在领导小组中、没有任务计入的单位数：只列入 groups.csv",
        "units in leading groups without a task that counts: in groups.csv only",
    )
    yield Setting("assignments", str(len(work.task)), "计入的分工数", "assignments that count")
    yield Setting(
        "open_list_tasks",
        str(int(work.open.sum())),
        "列举未尽（等）的任务数：其单位数是下限",
        "tasks whose list of units is left open (等): their number of actors is a lower bound",
    )
    yield Setting("open_list_share", open_share, "列举未尽的任务占比", "their share of the tasks")


def _members(work: Work) -> Iterator[Setting]:
    """Yield how many of the members that the user listed no task names."""
    named = {work.units[unit].id for unit in set(work.unit.tolist())}
    listed = {one for ids in work.choices.members.values() for one in ids}
    if listed:
        yield Setting(
            "members_unnamed",
            str(len(listed - named)),
            "成员名单中没有任务点名的单位数",
            "listed members that no counted task names",
        )


def _warnings(work: Work, chance: str) -> Iterator[Setting]:
    """Yield what the measures of this frame cannot tell."""
    if chance == TOO_FEW:
        yield Setting(
            "warning_chance",
            TOO_FEW,
            f"多单位任务少于 {FEWEST_TASKS} 项，不足以检验",
            f"too few tasks to test: fewer than {FEWEST_TASKS} with several actors",
        )
    if work.choices.bootstrap and len(work.notices) < FEWEST_NOTICES:
        yield Setting(
            "warning_bootstrap",
            "too_few_notices",
            "通知太少，没有区间",
            "too few notices for intervals",
        )
    elif work.choices.bootstrap and len(work.notices) < _NARROW_BELOW:
        yield Setting(
            "warning_bootstrap",
            "narrow",
            f"通知少于 {_NARROW_BELOW} 件，区间偏窄",
            f"fewer than {_NARROW_BELOW} notices: intervals too narrow",
        )
    if work.choices.collective is not CollectiveChoice.NODE and not work.members:
        yield Setting(
            "warning_members",
            "unknown",
            "不知道任何集合单位的成员，集合单位仍作为一个节点",
            "no members of any collective unit are known: each stays one node",
        )
