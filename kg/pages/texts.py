"""Every text of the pages, in Chinese and English.

Keys that begin with ``js_`` are handed to the scripts too. Values in braces are
set in by the template (or by the script, for ``js_`` texts).
"""

from __future__ import annotations

from kg.pages.script_texts import SCRIPT_TEXTS

__all__ = ["TEXTS", "script_texts"]

TEXTS: dict[str, tuple[str, str]] = SCRIPT_TEXTS | {
    # the frame of every page
    "site": ("政府公报协作图谱", "Gazette coordination graph"),
    "skip": ("跳到正文", "Skip to content"),
    "nav": ("页面", "Pages"),
    "overview": ("总览", "Overview"),
    "coordination": ("协作网络", "Coordination network"),
    "tasks": ("单位与任务", "Units and tasks"),
    "policies": ("通知与依据", "Notices and law"),
    "groups": ("领导小组", "Leading groups"),
    # the volumes of a large site
    "volume": ("卷", "Volume"),
    "volumes": ("分卷", "Volumes"),
    "volume_here": (
        "第 {n} 卷，共 {all} 卷。本页的数字只计本卷：",
        "Volume {n} of {all}. The numbers of this page count this volume alone:",
    ),
    "volumes_hint": (
        "文档太多，一个网页放不下，所以按发文地分卷，同一地方的文档放在一起；各卷自成一套网页，只统计本卷。"
        "全部文档的数字见 tables/ 中的表格。",
        "There are too many documents for one set of pages, so they are divided by the places that "
        "they speak from, a place being kept together. Each volume has pages of its own, which "
        "count that volume; numbers over all documents are in tables/.",
    ),
    "place": ("发文地", "Place"),
    "no_place": ("发文地不明", "place not told"),
    "places": ("发文地", "Places"),
    "years": ("年份", "Years"),
    "front_load_hint": (
        "按全部各卷的明示分工统计，即 tables/load.csv；卷号通向该单位在该卷的网页，其中列出任务和原文。",
        "Stated duties over all volumes, as in tables/load.csv. A volume's number leads to the "
        "unit's page there, with its tasks and their words.",
    ),
    "front_findings_hint": (
        "未能读取的文件；关于文档内容的其他问题见各卷的总览。",
        "Files that were not read; what else should be looked at is told by each volume's overview.",
    ),
    "other_volumes": ("本单位在其他卷的网页：", "This unit in other volumes:"),
    "more_of_all": ("按全部各卷统计。", "They count all volumes."),
    "no_script": (
        "本页的图表需要 JavaScript；表格与正文不需要。",
        "Pictures on this page need JavaScript; tables and texts do not.",
    ),
    "footer": (
        "所有数字都来自原文中的明文规定，点击即可核对原句。这里统计的是文件赋予的分工，不是实际完成的工作。",
        "Every number rests on words of the text: follow it to the sentence. These are duties "
        "assigned on paper, not work done.",
    ),
    "licences": ("所用开源组件及许可", "Open-source parts and licences"),
    # words that several pages use
    "unit": ("单位", "Unit"),
    "units": ("单位", "Units"),
    "task": ("任务", "Task"),
    "notice": ("通知", "Notice"),
    "notices": ("通知", "Notices"),
    "number": ("发文字号", "Number"),
    "title": ("标题", "Title"),
    "date": ("日期", "Date"),
    "dates": ("通知日期：{first} 至 {last}", "Notices of {first} to {last}"),
    "task_count": ("任务数", "Tasks"),
    "issuer": ("发文机关", "Issuer"),
    "addressees": ("主送机关", "Addressees"),
    "plan": ("印发文件", "Promulgates"),
    "attachments": ("附件", "Attachments"),
    "gazette": ("公报", "Gazette"),
    "page": ("页码", "Page"),
    "role": ("角色", "Role"),
    "kind": ("类别", "Kind"),
    "level": ("层级", "Level"),
    "certainty": ("依据", "Certainty"),
    "sentence": ("原文", "Words"),
    "deadline": ("时限", "Deadline"),
    "target": ("指标", "Target"),
    "reference": ("引用", "Reference"),
    "relation": ("引用方式", "Relation"),
    "membership": ("成员", "Member"),
    "section": ("章节", "Section"),
    "label": ("编号", "Label"),
    "total": ("合计", "Total"),
    "count": ("数量", "Count"),
    "partners": ("伙伴单位数", "Partners"),
    "encounters": ("协调负荷", "Coordination load"),
    "alone": ("独办任务数", "Tasks alone"),
    "table": ("表格", "Table"),
    "csv": ("下载 CSV", "Download CSV"),
    "none": ("无", "none"),
    "evidence": ("核对原文", "Check in the text"),
    "not_counted": (
        "（已由表格行细化，不重复计数）",
        "(detailed by table rows, so not counted again)",
    ),
    # index.html
    "overview_title": ("谁与谁一起做什么", "Who does what with whom"),
    "issue_number": ("第{n}期", "no. {n}"),
    "issue_year": ("{year}年", "{year}"),
    "issue_of_year": ("{year}年第{n}期", "{year} no. {n}"),
    "stat_documents": ("文档", "Documents"),
    "stat_issues": ("公报期", "Gazette issues"),
    "stat_notices": ("通知", "Notices"),
    "stat_tasks": ("任务", "Tasks"),
    "stat_units": ("承担任务的单位", "Units with tasks"),
    "stat_collectives": ("集合单位", "Collective units"),
    "stat_assignments": ("分工", "Assignments"),
    "stat_evidence": ("有原文为证", "With evidence"),
    "stat_stated": ("其中明示 {n}", "{n} stated"),
    "counting": (
        "每项工作只计一次：正文任务若已由任务分解表逐行细化，则只计表格行；一个单位在一项任务中有多个角色时，"
        "按最强的角色计。下列数字只计“明示”的分工（原文中单位旁有角色词），可用下面的开关改变。",
        "Each piece of work counts once: where a table splits a paragraph into rows, the rows "
        "count. A unit with several roles in a task counts by the strongest. The numbers below "
        "rest on stated duties (a role word stands beside the unit) unless you switch.",
    ),
    "load_title": ("各单位任务数", "Tasks per unit"),
    "load_hint": (
        "按任务数排列，图中为前 {shown} 个（共 {units} 个单位、{collectives} 个集合单位，见表格）。"
        "点击条形打开单位页面。",
        "The first {shown} of {units} units and {collectives} collective units by number of "
        "tasks; the table has all. Click a bar for the unit's page.",
    ),
    "label_short": ("文中称呼", "In the text"),
    "matrix_title": ("牵头 × 参与矩阵", "Who leads whom"),
    "matrix_hint": (
        "行为牵头（无牵头时为主责，即口径 primary=head）单位，列为任务中的其他单位；相似的行、列排在一起。"
        "点击格子查看任务与原句，方向键可移动。",
        "Rows lead (or are primary, where none leads: the choice primary=head), columns are the "
        "others of the task; like stands beside like. Open a cell for its tasks and sentences; "
        "arrow keys move.",
    ),
    "by_primary": (
        "其中 {n} 项任务没有牵头单位，矩阵和网络图由主责单位代为牵头。测度表（load.csv、ties.csv）默认不这样算，"
        "要与之一致可用 kg measure --choices primary-heads，或在协作网络页取消“无牵头时由主责代为牵头”。",
        "In {n} of these tasks nobody leads, and the primary units stand for the lead in matrix "
        "and network. The measures (load.csv, ties.csv) do not count them so by default: use kg "
        "measure --choices primary-heads, or untick “primary leads where nobody does” on the "
        "network page.",
    ),
    "matrix_legend": ("共同任务数：", "Shared tasks:"),
    "matrix_corner": ("牵头 ↓ 参与 →", "leads ↓ takes part →"),
    "matrix_cut": (
        "矩阵只列任务最多的 {rows} 行、{columns} 列；另有 {left} 对单位见各单位页面。",
        "The matrix holds the {rows} rows and {columns} columns with most tasks; {left} more "
        "pairs are on the pages of the units.",
    ),
    "cut": (
        "此处列出 {shown} 行，共 {all} 行；全部见 tables/{file}。",
        "{shown} of {all} rows; all are in tables/{file}.",
    ),
    "parts": ("分页", "Pages of the list"),
    "part": (
        "表格很长，分页列出：第 {n} 页，共 {all} 页；全部见 tables/{file}。",
        "The list is long: page {n} of {all}; all of it is in tables/{file}.",
    ),
    "groups_list": ("各领导小组", "All leading groups"),
    "people_count": ("人数", "People"),
    "time_title": ("任务时限", "Deadlines"),
    "time_hint": (
        "每月到期的任务数；没有日期的时限排在最后。点击条形查看任务。",
        "Tasks due by month; those without a date come last. Click a bar for its tasks.",
    ),
    "month": ("月份", "Month"),
    "months_table": ("按月合计表", "Table by month"),
    "deadlines_table": ("时限明细表", "Table of deadlines"),
    "findings": ("发现的问题", "Findings"),
    "findings_hint": (
        "读者应当留意之处，按规则分组：如没有牵头单位、正文与表格不一致、名称未能对应。",
        "What a reader should look at, by rule: no lead, body and table disagree, unknown names.",
    ),
    "items": ("{n} 处", "{n}"),
    "message": ("说明", "Message"),
    "query": ("查询", "Query"),
    "query_title": ("用 SPARQL 查询", "Ask in SPARQL"),
    "query_served": (
        "这些网页由 kg serve 提供，同一地址有 SPARQL 1.1 端点（/sparql）和查询页：",
        "These pages come from kg serve, which has a SPARQL 1.1 endpoint (/sparql) and a query "
        "page:",
    ),
    "query_page": ("打开查询页", "open the query page"),
    "query_disk": (
        "这些网页直接从文件打开，没有服务器可问。要用查询页，请启动（build 为生成结果所在文件夹），"
        "再在浏览器中打开它显示的地址：",
        "These pages are opened as files: there is no server to ask. For the query page start one "
        "(build is the folder of the build) and open the address that it shows:",
    ),
    "query_shell": ("在命令行中也可查询，如：", "Or ask on the command line, as in:"),
    # notices/*.html
    "source": ("来源文档", "Source"),
    "page_number": ("第{n}页", "page {n}"),
    "marks": ("原文标注：", "Marked in the text:"),
    "mark_unit": ("单位与角色", "unit and role"),
    "mark_deadline": ("时限", "deadline"),
    "mark_target": ("指标", "target"),
    "mark_reference": ("引用", "reference"),
    "mark_membership": ("领导小组", "leading group"),
    "mark_task": ("任务编号", "task"),
    "mark_finding": ("发现的问题", "finding"),
    "notice_hint": (
        "下面是规范化后的原文，程序读出的每一处都标在原处；指向或点按标注可看读出的内容，点击单位可打开其页面。",
        "This is the normalised text itself; all that the program read is marked where it stands. "
        "Point at a mark, or tap it, to see what was read; a unit leads to its page.",
    ),
    # documents/*.html
    "document": ("文档", "Document"),
    "documents": ("文档", "Documents"),
    "publisher": ("主办", "Published by"),
    "characters": ("字数", "Characters"),
    "outside": ("不在通知之内 {n}", "{n} of them in no notice"),
    "outside_count": ("不在通知之内", "In no notice"),
    "notice_count": ("通知数", "Notices"),
    "documents_hint": (
        "读入的文件；打开可看不属于任何通知的文字（封面、目录等）。",
        "The files that were read; each page shows the words that belong to no notice (cover, "
        "contents).",
    ),
    "document_hint": (
        "按原文顺序：属于通知的部分只列出链接，其余文字（封面、目录等）全文列出，读出的内容和发现的问题标在原处。",
        "In the order of the text: a notice has a page of its own and is linked; all other words "
        "(cover, contents) stand here, with what was read and found in them.",
    ),
    "tasks_here": ("本通知的任务", "Tasks of this notice"),
    "references_here": ("本通知的引用", "References of this notice"),
    "cited_notice": ("所引通知", "Cited notice"),
    "citing_here": ("引用本通知的通知", "Notices that cite this one"),
    "repealed_by": ("被废止", "Repealed by"),
    "amended_by": ("被修改", "Amended by"),
    # units/*.html
    "also": ("又称", "also"),
    "parent": ("上级", "above it"),
    "registered": ("见于名录", "in the register"),
    "unregistered": ("未见于名录，名称照录原文", "not in the register: named as in the text"),
    "collective_note": (
        "集合单位：原文未逐一列出成员，本站不作推测展开，统计时单独计为一个单位。",
        "A collective unit: the text does not list its members, and they are never guessed; it "
        "counts as one unit of its own.",
    ),
    "frame": ("原文所及范围为 {n} 个。", "The text gives a frame of {n}."),
    "in_network": ("在协作网络中查看", "See it in the network"),
    "measures": ("任务与协作", "Load and coordination"),
    "measures_hint": (
        "与全部 {n} 个承担明示任务的单位（不含集合单位）比较；条形为占最大值的比例，橙线为中位数。"
        "点击数字，下面只显示它所依据的任务。协调负荷：每项任务的伙伴数之和。",
        "Compared with all {n} units that have stated duties, collective units left out; bars are shares of "
        "the greatest value, the orange line is the median. A number shows the tasks that it rests on. Coordination load: partners added up "
        "over the tasks.",
    ),
    "all_units": ("全部单位的数字", "The numbers of all units"),
    "show_all": ("全部显示", "Show all"),
    "measure": ("测度", "Measure"),
    "value": ("本单位", "This unit"),
    "with_implied": ("含推定", "with implied"),
    "column": ("列名", "Column"),
    "more_measures": ("全部测度（tables/load.csv）", "All measures (tables/load.csv)"),
    "more_hint": (
        "只计明示的分工；牵头负担、牵头幅度、牵头比例等只算牵头，主责是单独的角色（口径 primary=own）。"
        "“—”表示该测度对本单位没有可说的。",
        "Stated duties alone; lead burden, span of lead, lead share and the like count leads "
        "only, primary is a role of its own (choice primary=own). A dash: this measure has "
        "nothing to tell of the unit.",
    ),
    "rank": ("名次", "Rank"),
    "median": ("中位数", "Median"),
    "most": ("最大值", "Greatest"),
    "beside": ("比较", "Compared"),
    "neighbourhood": ("协作关系", "Who leads it, whom it leads"),
    "neighbourhood_hint": (
        "左：牵头而由本单位参与；右：本单位牵头而由其参与。任务没有牵头单位时，由主责单位代为牵头"
        "（即口径 primary=head）。括号内为这样的任务数。",
        "Left: units that lead it; right: units that it leads. Where nobody leads a task, its "
        "primary units stand for the lead (as the choice primary=head does). In brackets: the "
        "number of such tasks.",
    ),
    "near_cut": ("另有 {n} 个单位未画出，见下表。", "{n} more units are in the table below."),
    "history": ("沿革", "History"),
    "part_only": ("（部分职责划转）", "(a part of the work)"),
    "partners_title": ("协作单位", "Units it shares tasks with"),
    "tasks_of_unit": ("任务与原文依据", "Tasks and the words behind them"),
    "told_again": (
        "正文中另述、已由表格行细化的任务（{n} 项，不重复计数）",
        "Told again in the prose and detailed by table rows ({n}, not counted again)",
    ),
    "together_with": ("同一任务的其他单位：", "Also in this task:"),
    "cards_cut": (
        "此处详列前 {shown} 项，全部 {all} 项见下表，每行都可跳到原句。",
        "The first {shown} in full; all {all} are in the table below, each row leading to its "
        "sentence.",
    ),
    "members_of_unit": ("在领导小组中的人员", "People in leading groups"),
    "hosted_by_unit": ("承办的领导小组", "Leading groups that it hosts"),
    "host": ("承办单位", "Host"),
    # tasks.html and policies.html
    "tasks_lead": (
        "方框为任务，图形为单位，连线为分工：线的颜色与虚实表示角色。点击方框看原文，点击单位看它的任务。",
        "Boxes are tasks, shapes are units, lines are assignments in the colour and dash of the "
        "role. A box opens the text, a unit its tasks.",
    ),
    "policies_hint": (
        "左：通知；右：通知中引用的法律、法规、政策、方案，深色的是本站收录的通知。线的颜色与虚实表示引用方式；"
        "点击方框看原文。",
        "Left: notices; right: the laws, policies and plans they name, notices of this site dark. "
        "Colour and dash tell how. A box opens the words.",
    ),
    "policies_cut": (
        "一图至多画 100 件通知、190 件被引文件、1,500 条连线：未画出引用最少的通知 {notices} 件、"
        "只被个别通知引用的文件 {acts} 件、连线 {links} 条；下表列出全部。",
        "A picture holds 100 notices, 190 acts and 1,500 links: not drawn are {notices} notices that "
        "name fewest acts, {acts} acts that few notices name, and {links} links. The table has all.",
    ),
    "links_title": ("通知之间的引用", "Notices that cite one another"),
    "links_hint": (
        "按引用方的日期排列；点击原文可核对。",
        "By the date of the citing notice; the words lead to their place.",
    ),
    # groups.html
    "groups_hint": (
        "通知中列出的领导小组、办公室等的组成人员。图中深色框为领导小组，白框为人员与职务，图形为所在单位；"
        "点线连到承办单位：办公室设在该单位，或日常工作由其承担。点击可看原文，表格末列也可跳到原文。",
        "Who sits in the leading groups that notices set up. Dark boxes are groups, white ones people "
        "with their posts, shapes their units. A dotted line leads to the host, with which the "
        "group's office is placed. A click shows the words, as does the last column of the tables.",
    ),
    "groups_merged": (
        "共 {people} 人，超出一图的上限（300 个节点、1,500 条连线）：图中领导小组直接连到单位，"
        "线越粗，派出的人越多；人员见下列表格。",
        "{people} people are more than a picture shows (300 nodes, 1,500 links): groups are linked "
        "to units, the wider the more people; the tables have everybody.",
    ),
    "groups_cut": (
        "另有 {n} 个人数较少的领导小组未画出。",
        "{n} groups with fewer people are not drawn.",
    ),
    "search_groups": ("查找人员、单位或小组", "Find a person, unit or group"),
    "search_groups_hint": ("姓名、名称或拼音首字母", "Name or pinyin initials"),
    "people": ("{n} 人", "{n} people"),
    "group": ("领导小组", "Group"),
    "person": ("姓名", "Person"),
    "group_role": ("组内职务", "Place in the group"),
    "post": ("职务", "Post"),
    # coordination.html
    "coordination_lead": (
        "箭头从牵头（无牵头时为主责，即口径 primary=head）单位指向任务中的其他单位；线越粗，这样的任务越多；"
        "圆点越大，承担任务越多。",
        "Arrows lead from the unit in the lead (or primary, where none leads: the choice "
        "primary=head) to the others of a task; the wider an arrow, the more such tasks; the bigger a "
        "node, the more tasks.",
    ),
    "search": ("查找单位", "Find a unit"),
    "search_hint": ("名称、简称或拼音首字母，如 swj", "Name, short name or pinyin initials"),
    "least": ("至少共同任务", "Shared tasks at least"),
    "filter_role": ("连线", "Links"),
    "filter_kind": ("单位类别", "Kind of unit"),
    "filter_level": ("层级", "Level"),
    "filter_notice": ("通知", "Notices"),
    "filter_implied": ("也计入推定的分工", "Count implied duties too"),
    "implied_hint": (
        "“明示”指原文有牵头、配合等角色词；“推定”指由行文推定（如“区教委要…”）。",
        "Stated: a role word stands beside the unit. Implied: the prose lays the duty on it.",
    ),
    "reset": ("全部重置", "Reset all"),
    "copy_link": ("复制链接", "Copy link"),
    "save_png": ("保存 PNG", "Save PNG"),
    "save_svg": ("保存 SVG", "Save SVG"),
    "filters": ("筛选", "Filters"),
    "picture": ("单位协作网络图", "Network of coordinating units"),
    "picture_hint": (
        "拖动可移动，滚轮可缩放；图中内容与下方表格相同；按 / 查找单位，Esc 清除选择。",
        "Drag to move, turn the wheel to zoom. The tables below hold the same; "
        "press / to find a unit, Esc to clear.",
    ),
    "hold": ("用手指移动图", "Move by finger"),
    "touch_hint": (
        "点按图形可看原文，双指可缩放；单指滚动网页，按下“用手指移动图”后单指移动图。图中内容与下方表格相同。",
        "Tap a shape for its words, zoom with two fingers. One finger scrolls the page, or moves the "
        "picture while “Move by finger” is pressed. The tables below hold the same.",
    ),
    "columns_hint": (
        "拖动可移动，滚轮可缩放；图中内容与下方表格相同；Esc 清除选择。",
        "Drag to move, turn the wheel to zoom. The table below holds the same; Esc clears.",
    ),
    "links_table": ("连线表", "Table of links"),
    "nodes_table": ("单位表", "Table of units"),
    "aggregated": (
        "单位共 {units} 个，连线共 {arcs} 条，超出一页的上限（300 个单位、1,500 条连线）："
        "图中单列任务最多的 {shown} 个单位，其余 {rest} 个按类别合并；"
        "未画出的最细连线 {left} 条。完整数据见各单位页面。",
        "There are {units} units and {arcs} links, more than a page shows (300 and 1,500): the "
        "{shown} units with most tasks stand alone, {rest} others are merged by kind; thinnest "
        "links not drawn: {left}. The pages of the units hold everything.",
    ),
    "who_heads": ("谁在牵头", "Who is at the head"),
    "filter_primary": ("无牵头时由主责代为牵头", "Primary leads where nobody does"),
    "primary_hint": (
        "勾选即口径 primary=head；取消则只有牵头单位有箭头，与测度表（load.csv、ties.csv）的默认口径 primary=own 一致。",
        "Ticked is the choice primary=head. Untick it to draw leads alone, as the measures "
        "(load.csv, ties.csv) count by default (primary=own).",
    ),
    "others": ("其他{kind}（{count}个）", "other: {kind} ({count})"),
}


def script_texts() -> dict[str, list[str]]:
    """Return the texts for scripts, without their prefix."""
    return {
        key.removeprefix("js_"): list(pair) for key, pair in TEXTS.items() if key.startswith("js_")
    }
