"""The texts that scripts set into pages; templates may use them too.

Values in braces are set in by the script.
"""

from __future__ import annotations

__all__ = ["SCRIPT_TEXTS"]

SCRIPT_TEXTS: dict[str, tuple[str, str]] = {
    "js_only": (
        "只显示这个数字所依据的 {n} 项任务。",
        "Only the {n} tasks that this number rests on.",
    ),
    "js_sections": (
        "任务太多，图中按章节合并为 {n} 个方框（未画出 {left}）；表格列出全部任务。",
        "Too many tasks for a picture: merged by section into {n} boxes ({left} not drawn); the "
        "table has all.",
    ),
    "js_in_volumes": ("所在的卷", "in volume"),
    "js_label": ("编号", "Label"),
    "js_task": ("任务", "Task"),
    "js_headless": (
        "{n} 项任务既无牵头也无主责单位",
        "{n} tasks name neither a lead nor a primary unit",
    ),
    "js_leadless": ("{n} 项任务没有牵头单位", "{n} tasks name no lead"),
    "js_headless_note": (
        "，因此没有箭头；仍计入各单位的任务数。",
        " and so draw no arrow; they still count for their units.",
    ),
    "js_lead_of": ("牵头（无牵头时主责）", "leads (or is primary, where none leads)"),
    "js_tasks": ("{n} 项任务", "{n} tasks"),
    "js_shared": ("{n} 项共同任务", "{n} shared"),
    "js_summary": (
        "{units} 个单位 · {links} 条连线 · {tasks} 项任务",
        "{units} units · {links} links · {tasks} tasks",
    ),
    "js_joint": ("并列牵头/主责", "joint heads"),
    "js_task_count": ("任务数", "Tasks"),
    "js_lead": ("牵头", "Lead"),
    "js_primary": ("主责", "Primary"),
    "js_responsible": ("责任", "Responsible"),
    "js_support": ("配合", "Support"),
    "js_implied": ("推定", "implied"),
    "js_stated": ("明示", "stated"),
    "js_partners": ("伙伴单位数", "Partners"),
    "js_leads_whom": ("它牵头（无牵头时主责）", "It leads (or is primary)"),
    "js_led_by": ("对方牵头（无牵头时主责）", "It is led by (lead or primary)"),
    "js_jointly": ("与它并列牵头/主责", "Heads jointly with"),
    "js_unit_page": ("打开单位页面", "Open the unit's page"),
    "js_details": ("细化正文", "details"),
    "js_deadline": ("时限", "Deadline"),
    "js_place": ("原文位置", "Place in the text"),
    "js_more": ("再显示 {n} 项", "Show {n} more"),
    "js_more_hits": ("另有 {n} 个，请多输入几个字", "{n} more: type more letters"),
    "js_close": ("关闭", "Close"),
    "js_nothing": ("没有符合条件的内容", "Nothing fits"),
    "js_copied": ("链接已复制", "Link copied"),
    "js_loading": ("正在读取…", "Loading…"),
    "js_failed": ("数据文件无法读取：{name}", "Cannot read the data file {name}"),
    "js_unit": ("单位", "Unit"),
    "js_from": ("牵头/主责单位", "Lead or primary"),
    "js_to": ("参与单位", "Participant"),
    "js_weight": ("共同任务", "Shared tasks"),
    "js_kind": ("类别", "Kind"),
    "js_level": ("层级", "Level"),
    "js_all_tasks": ("全部任务", "All tasks"),
    "js_aggregate": ("合并节点：由多个单位合并而成", "Several units merged into one node"),
}
