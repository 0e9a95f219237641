"""Telling units from other words in running text.

In a role clause every name is a unit. In prose a name counts when its beginning
or the register says so: a level (区教委), a quantifier (各街乡), a place
(某某市教育局), or a name of the lexicon (财政部, 中国铁路总公司).
"""

from __future__ import annotations

import re

from kg.extraction.model import Name
from kg.wording import HAN, ends_like_unit

__all__ = [
    "LEVEL_START",
    "QUANTIFIED",
    "Lexicon",
    "is_authority",
    "is_functional",
    "is_own_name",
    "is_phrase",
    "is_role_named",
    "is_society",
    "is_unit",
]

Lexicon = frozenset[str]
"""Names of units that are known to the register, as plain words."""

_LONGEST = 36
_NOT_PLACE = "由在对向从把将被按经和与及为是要会同、的有本该各"
LEVEL_START = re.compile(
    r"^(?:区|市|省|县|旗|州|盟|镇|乡|兵团|师市|国家|国务院|中央|自治区|全国|最高|公安|中共|共青团|团[省市区县州旗]委|[本同上下]级|街道(?:（镇）)?(?=政务|便民|综合)|政府(?=办|督|研|法制)|[局厅院校](?=办公室|机关)|武警|国网|"
    rf"[^{_NOT_PLACE}]{{2,6}}?(?:省|市|自治区|自治州|区|县|旗|州|盟)(?=[{HAN}]{{2,}}))"
)
"""Beginnings of names that say the level or the place of a unit."""

QUANTIFIED = re.compile(
    r"^(?:各|全体|流域内?的?(?=[省市县区旗州乡镇村])|有关|相关|属地|所在[地省市县区旗州乡镇]|事发地|当地|其他(?:各)?(?:有关|相关)|全[省市区县]各|"
    r"(?:省|市|区|县|国务院|中央|区属|市属|县属)(?:直)?(?:各|有关|相关)|地方(?:各级|有关|相关|(?:人民)?政府)|"
    r"(?:区|市|县|省)(?:直|属)(?:有关|各)?)"
)
"""Beginnings of names of collective units."""

_OFFICES = re.compile(
    r"^(?:街道办事处|地区办事处|乡镇人民政府|镇人民政府|乡人民政府|县级人民政府|省级人民政府|市级人民政府|苏木乡镇人民政府|苏木人民政府|(?:嘎查)?村民委员会|居民委员会|村（居）民委员会|居（村）民委员会|村（居）委会|村委会|居委会|社区居委会)"
)
_GROUPS = re.compile(
    r"(?:领导小组|协调小组|工作小组|指挥部|专班|联席会议)(?:办公室)?$|^领导小组办公室$"
)
_SOCIETY = re.compile(
    r"(?:学校|中学|小学|初中校|高中|幼儿园|企业|医院|院校|高校|学生|家长|协会|商会|公司|(?<!督导|管理|主管|监督|执法|监察|稽查|登记|派出|办事)机构|法院|银行|集团|物业|场所|网站|"
    r"市场|用人单位|学院|大学)(?:（[^）]*）)?$"
)
_NAMED_BODY = re.compile(
    r"^(?:中国|国网|中石|中铁|民航|武警|武装警察|人民银行|人行|外汇局|农业银行)|(?:分公司|分行|支行|支局|分局|供电公司|供水公司|供电局|支队|大队|总队|海关|(?:[车工电机]务|车辆|供电|公路)段|(?:火车|汽车|客运)站|军分区|警备区|(?<!乡)[镇乡](?:人民政府|政府|党委)|街道办事处)$"
)
_MEMBERS = re.compile(r"(?:指挥部|小组|联席会议|委员会|[安防食]委会?)各?成员单位$")
"""Those who belong to a group: 防汛抗旱指挥部各成员单位."""
_ROLE_NAMED = re.compile(
    r"^(?:(?:国务院|[省市县区州旗](?:人民政府|政府|直|级)?)各?)?(?:主要|其他|其它)?(?:牵头|责任|主责|配合|承办|实施|运营|建设|施工|监理|成员)(?:单位|部门|主体)$"
)
_FUNCTIONAL = re.compile(
    rf"^[{HAN}]{{2,10}}(?:（[{HAN}]{{2,8}}）)?(?:部门|机构|机关|(?:主管|业主|管理|建设|运营|经营|使用|产权|实施)单位|(?:运输|生产|经营|运营|施工|建设)企业)$|^(?:挂靠|主管)单位$"
)
_AUTHORITY = re.compile(rf"^(?![的为和及与])[{HAN}]{{2,20}}(?:主管|行政|管理)(?:部门|机关|机构)$")
_CALLS = re.compile(r"^负责|下设|设[在于]|接到|收到|可?邀请|召集|提请|报请")
"""Verbs that stand between two units, of which the first has something to do."""

_VERB_FIRST = r"^(?:需|确保|健全|完善|加强|发挥|设立|明确|支持|鼓励|引导|强化|督促|协调(?!小?组|办|中心|委|处|司|机构|机制)|组织(?!部)|指导|巩固|压实|落实)"
_PREDICATES = re.compile(
    rf"{_CALLS.pattern}|{_VERB_FIRST}|会同|(?<![主重需])要(?!闻)|应(?![急用对])|可以|不得|建议|将|请|以.{{1,12}}为|指定(?!的)"
)
"""What makes a sentence of words that end with a collective: 军区也要指定有关部门."""

_NOT_IN_NAME = re.compile(
    r"^(?:经(?![发信贸济委])|[须凡在对到以如若请向从把将被由为]|建议|根据|按照|应请|实行|区域|组织(?!部)|代表|推动|应(?!急)|可以?|有权(?!机关)|必须|并)|由|要(?!闻)|会同|下设|作为|建立|成立|组成|通过|参加|"
    rf"{_CALLS.pattern}|"
    r"应当|可以|不得|责成|授权|认为|鼓励|违法|擅自|撤销|参照|指定(?!的)|委托(?!代理)|(?<!面)向(?!阳)|[府委局厅部]除|"
    r"承担|配合|协助|协同|比照|培育|推行|形成|制订|制定|均需|负责|牵头|以下|分送|报送|[按未不]"
)
_OWN_NAME = re.compile(
    rf"(?!(?:各|该|本|其|此))(?:(?![是的有被把将使让对在为以])[{HAN}]){{2,16}}"
    r"(?:(?<![格布大结全时政])局|(?<![公上])司|厅|委员会|管委会|办公室|集团|公司|中心|支队|大队|法院|检察院|银行|支行|(?:高新|开发|[新园])区|(?<![场车诊厕油电泵])[站所]|(?<![一二两三四五六七八九十几多数各到此])处)(?:（[^（）]*）)?$"
    rf"|(?![各该本其此])[{HAN}]{{1,4}}(?<![党村常政居团工])委$"
    rf"|(?![各该本其此])[{HAN}]{{2,4}}(?<![主承协督举兴创会查交转催开包公民代经在领批急])办$"
)
"""A whole name without a level, as a district writes its own offices: 投资促进局."""
_IN_NAME = re.compile(r"[是的有被把将使让]")
_BELONGING = re.compile(r"(?:所属|下属)的")
_PHRASE = re.compile(
    rf"{_NOT_IN_NAME.pattern}|{_VERB_FIRST}|"
    r"有(?:机构|部门)"
)


def is_unit(name: Name, lexicon: Lexicon, stated: bool = False) -> bool:
    """Tell whether a name in prose is a unit that can be given a duty.

    ``stated`` says that a role word stands beside it: then enterprises, banks and
    troops with a name of their own count too.
    """
    words = name.written
    if words in lexicon:
        return True
    if _ROLE_NAMED.match(words) or _NOT_IN_NAME.search(words):
        return False
    if (_GROUPS.search(words) or _MEMBERS.search(words)) and len(words) <= _LONGEST:
        return True
    if not ends_like_unit(words) or len(words) > _LONGEST:
        return False
    if _OFFICES.match(words):
        return True
    if QUANTIFIED.match(words):
        return not is_society(words) or (words.endswith("机构") and words.startswith("各级"))
    if _NAMED_BODY.search(words) and len(words) >= 5:
        return True
    if not LEVEL_START.match(words):
        return stated and bool(_OWN_NAME.match(words)) and not _PHRASE.search(words)
    if is_society(words):
        return stated and not name.collective
    return name.collective or not _IN_NAME.search(_BELONGING.sub("", words))


def is_role_named(words: str) -> bool:
    """Tell whether units are called by nothing but their role: 责任单位, 其他责任单位."""
    return bool(_ROLE_NAMED.match(words))


def is_society(words: str) -> bool:
    """Tell whether a name is of schools, firms and the like, which prose only addresses."""
    return bool(_SOCIETY.search(words))


def is_functional(words: str) -> bool:
    """Tell whether a name is of a function only: 统计机构, 宣传部门."""
    return bool(_FUNCTIONAL.match(words)) and not _PHRASE.search(words)


def is_authority(words: str) -> bool:
    """Tell whether a name is of a function of government and says so: 水行政主管部门."""
    return bool(_AUTHORITY.match(words)) and not _PHRASE.search(words)


def is_own_name(words: str) -> bool:
    """Tell whether words are a whole name without a level: 综合治理中心."""
    return bool(_OWN_NAME.match(words)) and not _PHRASE.search(words) and not is_society(words)


def is_phrase(words: str) -> bool:
    """Tell whether words hold a verb that no name of a unit holds: 会议可召集全体成员单位."""
    return bool(_PREDICATES.search(words))
