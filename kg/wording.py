"""The grammar words of government gazettes, as patterns that several stages use.

Only what any reader of gazettes would state is here: endings of unit names,
forms of document numbers, dates, outline numbers, nouns that end a title. Names
of units, functions and places are in the register (``ontology/``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = [
    "ACT_NOUN",
    "BULLET",
    "BULLETS",
    "CALLED",
    "CIRCULATION",
    "DATE_LINE",
    "DITTO",
    "DOCUMENT_NUMBER",
    "FIELD_LABEL",
    "GROUP_NOUN",
    "HAN",
    "JOINED",
    "LABEL_LINE",
    "NUMBER_LINE",
    "OUTLINE",
    "PEOPLE",
    "ROLE_LABEL",
    "SHORT_NAME",
    "SURNAME",
    "SURNAMES",
    "TITLE_NOUN",
    "UNIT_ENDING",
    "WEB_LABELS",
    "document_numbers",
    "ends_like_unit",
    "may_name_unit",
    "number_line",
    "number_year",
    "outline_number",
    "role_labels",
]

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇"
"""Character class of Chinese characters, to stand inside ``[...]``."""

CALLED = r"(?:以?下[简统]?称|[简统]称)为?"
"""What stands before a short name: 以下简称, 下称."""

SHORT_NAME = rf"{CALLED}[^（）]*"
"""The inside of a bracket behind a name that tells what it is called from there on."""

JOINED = r"(?<=[局厅委部办])(?:同|(?<![管村居常党安防减卫工团]委)会)(?=[省市县区州盟旗国])"
"""The word between two organs that do something together: 市财政局同市水务局, 省教育厅会省财政厅."""

NUMERAL = r"[一二三四五六七八九十百零〇]"

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
"""The most common surnames of one character."""

SURNAME = (
    rf"(?:[{SURNAMES}牛洪庄温纪舒屈项祝左涂骆岳齐辛凌毕谷尚耿焦詹符关葛翟樊兰季鲍殷莫艾翁闫包倪覃安鲁向柏裴华单柯颜尤桂聂岑冉申甘伍阮卓"
    r"蓝房宫苗邢柳车喻宁霍景饶蒙仇佟卞习瞿于盛韦滕蔺褚晏姬巫苟邝阙鄢奚邬臧戚佘娄栾敖缪隋仝邸裘屠麦鞠蒲巩晁]|欧阳|司马|上官|诸葛|皇甫|夏侯|尉迟|慕容|令狐)"
)
"""Surnames, as a pattern: for places where hardly anything but a name can stand."""

PEOPLE = rf"{SURNAME}[{HAN}]{{1,2}}(?:、{SURNAME}[{HAN}]{{1,2}})*"
"""Names of people and nothing else: 裘海东、赵树林."""

DOCUMENT_NUMBER = re.compile(
    rf"[{HAN}]{{1,14}}\s*[〔\[﹝【（]\s*(?:19|20)\d\s?\d\s*[〕\]﹞】）]\s*第?\s*\d[\d\s]{{0,5}}号"
)
"""发文字号: issuing code, year in brackets, serial number (GB/T 9704-2012, 7.2.5)."""


def number_year(number: str) -> str:
    """Return the year that a document number tells, or nothing.

    It stands in for a date of issue that is missing.

    >>> number_year("朝政发〔2020〕2号")
    '2020'
    """
    found = re.search(r"〔(\d{4})〕", number)
    return found[1] if found else ""


def document_numbers(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the document numbers in ``text[start:end]``."""
    if text.find("号", start, end) >= 0:
        yield from DOCUMENT_NUMBER.finditer(text, start, end)


_BESIDE_NUMBER = r"(?:(?:19|20)\d{2}年\d{1,2}月\d{1,2}日(?:印发|发布|公布)?)?"
NUMBER_LINE = re.compile(
    rf"\s*(?:[•·]\s*)?[（(]?{_BESIDE_NUMBER}[，、\s]*({DOCUMENT_NUMBER.pattern})[，、\s]*{_BESIDE_NUMBER}[）)]?\s*(\d{{1,3}})?\s*$"
)
"""A line that holds a document number alone, in a contents list with its page.

Below a title the date of issue may stand beside it: （豫政办〔2021〕4号 2021年5月12日印发）.
"""


def number_line(line: str) -> re.Match[str] | None:
    """Match a line that holds a document number alone; see :data:`NUMBER_LINE`."""
    return NUMBER_LINE.match(line) if "号" in line else None


DATE_LINE = re.compile(
    r"\s*(?:[（(])?((?:19|20)\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|"
    r"[二一][〇○零Oo0九][〇○零一二三四五六七八九Oo0]{2}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日)"
    r"(?:印发|发布)?[）)]?\s*$"
)
"""A date of issue that stands alone."""

ACT_NOUN = (
    r"(?:通知|意见|方案|办法|规划|计划|细则|规定|条例|决定|公告|通告|通报|批复|纲要|要点|措施|举措|清单|名单|分解|"
    r"目录|分工|分解表|一览表|任务表|安排表|表|指南|标准|规程|规范|规则|预案|指标|制度|章程|安排|目标|台账|"
    r"行动|工程|政策|决议|命令|令|函|纪要|报告|协议|协定|公约|准则|导则|指引|法|法典|宪法|大纲|责任书|倡议书|白皮书|答复|请示|议案)"
)
"""Nouns with which the title of an act or of an annex ends: the kind of the act."""

TITLE_NOUN = rf"(?:{ACT_NOUN}|(?<![第\d一二三四五六七八九十百])(?:\d{{1,3}}|[一二三四五六七八九十百]{{1,4}})条)"
"""What a title ends with: the kind of the act, or how many articles it has (科创三十条)."""

_ORGANS = (
    "委员会|办公室|办公厅|办事处|人民政府|管委会|居委会|村委会|联席会议|领导小组|协调小组|工作小组|小组|专班|"
    "指挥部|研究院|研究所|研究室|督查室|政研室|实验室|兵团|调查队|指挥中心|中心|集团|公司|企业|国企|央企|银行|支行|分行|总行|分公司|总局|分局|支局|"
    "总队|支队|大队|中队|总站|检察院|法院|医院|学院|大学|学校|中学|小学|协会|学会|商会|联合会|基金会|促进会|"
    "贸促会|残联|妇联|文联|侨联|社联|工商联|科协|团委|工会|红十字会|供销社|海关|政府|街道|街乡|镇街|乡镇|"
    "部门|单位|地方|纪检监察组|督查组|督导组|督察组|检查组|巡查组|指导组|专项组|工作组|领导组|各地|科室|处室|股室|机构|院校|高校|主体|机关|团体|"
    "团中央|共青团|电视台|气象台|车务段|工务段|电务段|机务段|车辆段|供电段|公路段|运营商|局|司|委|办|厅|部|署|院|会|社|处|所|站|队|馆|厂|园|校|中院|开发区|高新区|园区|新区|功能区|保税区|示范区"
)
_PLACES = "市区县旗镇乡州盟省"

UNIT_ENDING = rf"(?:{_ORGANS}|[{_PLACES}]|(?<!农)村)"
"""Endings of names of units; a longer ending stands before the shorter one."""

GROUP_NOUN = (
    r"(?:领导小组|协调小组|工作小组|工作组|指挥部|委员会|联席会议|工作专班|专班|议事会|小组)"
)
"""Nouns with which the name of a leading group ends."""

_UNIT_ENDINGS = tuple(sorted((*_ORGANS.split("|"), *_PLACES, "村"), key=len))
_UNIT_MARK = re.compile(f"[{''.join(sorted({ending[-1] for ending in _UNIT_ENDINGS}))}]")


_ROUND = str.maketrans("〔〕〈〉", "（）（）")


def may_name_unit(words: str) -> bool:
    """Tell whether ``words`` hold a character that names of units end with.

    Where they hold none, nothing in them can end like a unit (:func:`ends_like_unit`).
    """
    return _UNIT_MARK.search(words) is not None


def ends_like_unit(name: str) -> bool:
    """Tell whether ``name`` ends as names of units do (a bracket may follow).

    >>> ends_like_unit("区教委"), ends_like_unit("区教委（团委）"), ends_like_unit("教育")
    (True, True, False)
    """
    if name.endswith(("〉", "〕")):
        name = name.translate(_ROUND)
    if name.endswith("）"):
        name, _, inside = name[:-1].rpartition("（")
        if "）" in inside:
            return False
    return name.endswith(_UNIT_ENDINGS) and not name.endswith("农村")


_QUANTITY = r"[\d%％万亿元倍个版吨亩米]|公[里顷斤]|[平立]方|[千兆]瓦|小时"
"""What makes a decimal number at the head of a line a quantity (or a version: 3.1版)."""

OUTLINE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"第({NUMERAL}{{1,3}})[编篇部分]+[ 　、：]?")),
    ("chapter", re.compile(rf"第({NUMERAL}{{1,3}})章[ 　、：]?")),
    ("division", re.compile(rf"第({NUMERAL}{{1,3}})节[ 　、：]?")),
    ("article", re.compile(rf"第({NUMERAL}{{1,4}}|\d{{1,3}})条[ 　、：]?")),
    ("一", re.compile(rf"({NUMERAL}{{1,4}})[、．﹒]\s*")),
    ("（一）", re.compile(rf"[（(]({NUMERAL}{{1,4}})[）)][、．.]?\s*")),
    ("1.1", re.compile(rf"([1-9]\d?(?:\.[1-9]\d?){{1,3}})[、.．]?(?!{_QUANTITY})\s*")),
    ("1", re.compile(r"(\d{1,3})(?:[.．﹒](?:(?!\d)|(?=(?:19|20)\d\d年))|、|\s(?=[一-鿿]))\s*")),
    ("（1）", re.compile(r"[（(](\d{1,3})[）)]\s*")),
    ("①", re.compile(r"([①-⑳])\s*")),
)
"""Outline numbers from the outermost style inwards (GB/T 9704-2012, 7.3.3, and 立法技术规范)."""

_LABELS = {
    "part": "第{}编",
    "chapter": "第{}章",
    "division": "第{}节",
    "article": "第{}条",
    "（一）": "（{}）",
    "（1）": "（{}）",
}
_DIGITS = "0123456789０１２３４５６７８９"
_STARTS = {
    **dict.fromkeys("第", ("part", "chapter", "division", "article")),
    **dict.fromkeys(NUMERAL.strip("[]"), ("一",)),
    **dict.fromkeys("（(", ("（一）", "（1）")),
    **dict.fromkeys(_DIGITS, ("1.1", "1")),
    **dict.fromkeys("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", ("①",)),
}
"""The styles of :data:`OUTLINE` that a number with such a first character may have."""
_OF_START = {
    start: tuple((style, pattern) for style, pattern in OUTLINE if style in styles)
    for start, styles in _STARTS.items()
}


def outline_number(
    line: str, start: int = 0, end: int | None = None
) -> tuple[str, str, int] | None:
    """Read an outline number at ``start``: its style, its label, where it ends.

    >>> outline_number("（一）加强领导")
    ('（一）', '（一）', 3)
    >>> outline_number("12. 新增")
    ('1', '12', 4)
    """
    end = len(line) if end is None else end
    for style, pattern in _OF_START.get(line[start : start + 1], ()):
        match = pattern.match(line, start, end)
        if match:
            return style, _LABELS.get(style, "{}").format(match.group(1)), match.end()
    return None


ROLE_LABEL = re.compile(
    r"【?(?:其他|其它|各?[省市区县]级|省直|市直|区直|县直|总|分项|业务|行业|属地|技术)?"
    r"(?P<stem>(?:成员|副?组长)(?=单位)|(?:第[一二三]|主要|具体)?(?:牵头|主责|主办|承办|责任|负责|配合|协办|会办|协同|协作|协助|参与|参加|"
    r"参建|支持|支撑|督办|督查|督促|监督|监管|验收|统筹|协调|承担|(?:部门|任务|工作|职责)(?=分工)|分工(?=\s*[：:])|指导|督导|落实|实施|执行|完成|组织|推进|主管|主抓|共同))"
    r"(?:负责|考核|责任|配合|实施|落实|组织|推进|主管|完成|督办|督导|督查|监督|部门(?=分工)|及)*"
    r"(?P<noun>(?:单位|部门|机构|主体|处室|科室|地区|部委|委办局|企业|区县|镇街|街镇|街道|分工)?"
    r"(?:(?:及|和|与|、|/)(?:配合|协办|责任|参与)?(?:单位|部门|地区|区县|人|责任人|领导))?(?:名称)?)"
    r"(?:\s*[：:]|】\s*[：:]?|(?<=[位门])(?:分别)?为(?![两二三多\d]个)(?=[^，。；：]{2}))"
)
"""A label that gives a role to the units behind it: 牵头单位：, 责任部门：, 配合："""

BULLETS = "-•·*★☆●◆■※□○▲△◎▶►▷➤➢✦√"
"""Marks that open a line of a list."""

BULLET = rf"(?:[{BULLETS}]+|—{{1,2}})\s*"
"""What opens a line of a list, as a pattern."""

_LABEL_END = re.compile(r"[：:】]|[位门](?:分别)?为")


def role_labels(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the labels of roles in ``text[start:end]``."""
    if _LABEL_END.search(text, start, end):
        yield from ROLE_LABEL.finditer(text, start, end)


FIELD_LABEL = re.compile(
    rf"(?:{BULLET})?(?:(?P<who>(?:(?!加强|强化)[{HAN}]{{2,4}}(?<!组织))?领导|"
    r"(?:第一|直接)?责任人|联系人|联系电话|联系方式|监督电话)|"
    r"(?:主要|目标|重点|工作|具体|整改|办理|督办)(?:任务|内容|目标|措施|举措|要求|成果|情况)|任务目标|存在问题|问题描述|成果形式|(?:事项|任务|问题|线索)来源|"
    r"标志性成果|考核指标|预期成果|备注|说明|分值|资金来源|投资规模)\s*[：:]"
)
"""A label that says something of a task other than who does it and by when."""

DITTO = "〃"
"""Stands in a cell that the cell above covers: readers write it, structure reads it."""

WEB_LABELS = (
    *(
        "索引号",
        "索取号",
        "发文机关",
        "发文机构",
        "发布机构",
        "发文字号",
        "文号",
        "成文日期",
        "发文日期",
        "生成日期",
    ),
    *(
        "发布日期",
        "公开日期",
        "实施日期",
        "废止日期",
        "标题",
        "名称",
        "信息名称",
        "文件名称",
        "主题分类",
        "主题词",
    ),
    *(
        "关键词",
        "有效性",
        "时效",
        "公文时效",
        "公文种类",
        "体裁分类",
        "组配分类",
        "信息分类",
        "联合发文单位",
    ),
    *(
        "公开方式",
        "公开范围",
        "公开类型",
        "公开时限",
        "公开责任部门",
        "发文单位",
        "发布单位",
        "发文序号",
        "文件编号",
    ),
    *(
        "规范性文件统一编号",
        "统一登记号",
        "登记日期",
        "签署日期",
        "信息有效性",
        "分类",
        "服务对象",
        "文件类型",
        "文件分类",
    ),
    *("所属机构", "所属主题", "政策原文", "政策解读", "施行日期", "时效性", "效力级别"),
    *("发布部门", "发布文号", "发文部门"),
)
"""Labels of the block of data that government pages set above or beside a notice."""

CIRCULATION = re.compile(
    r"(?:(?:出席|列席|参会|缺席|请假|主持|记录|参加(?=会议|人员))(?:会议)?(?:人员?|领导|同志)?|"
    r"(?:列席|参会|参加会议)单位|(?:分送|抄送|抄报|主送|印送)(?:单位)?)\s*[：:]"
)
"""A label before those who were at a meeting, or to whom a document goes."""

LABEL_LINE = re.compile(
    rf"\s*(?:{BULLET})?(?:{ROLE_LABEL.pattern}|{CIRCULATION.pattern}|"
    r"(?:完成|办理|工作|实施|整改)?(?:时限|时间|期限|节点)(?:要求|安排|节点)?\s*[：:]|"
    r"(?:第一|执行|常务)?副?总?(?:组长|指挥|指挥长|主任|召集人|秘书长)[：:]|(?:成员|委员|顾问|联络员)[：:]|"
    rf"进度(?:安排|要求)\s*[：:]|附(?:件|表|录)?\d*\s*[：:]|{FIELD_LABEL.pattern})"
)
"""A line that begins with a label of its own and so never continues another line."""
