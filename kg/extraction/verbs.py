"""The verbs that lay duties on the units before them, and clauses that open with units."""

from __future__ import annotations

import re

from kg.wording import HAN, JOINED

__all__ = ["BOUND", "DOES", "PEOPLE", "PREDICATE", "ROLE_VERB", "VERB"]

PEOPLE = r"人(?![口才员类身工群民文事力防居])|同志|任(?!务)|解释"
"""Behind 负责: a person, or that one explains; no work."""

_DESCRIBES = r"的(?![^，。；]{0,10}(?:机制|制度|联席会议|专班|小组))"
_LEADS = r"牵头(?!单位|部门|作用)|主责|主办|主管(?!部门|单位|机构|机关|领导|副|的|负责|[省市县区州旗盟]长)"
_ANSWERS = (
    r"作为(?:牵头|责任|主责|配合|承办)+(?:单位|部门)|负责(?:牵头|协助|配合)(?!单位|部门)|"
    rf"承办(?!单位|部门|的|人|机构)|(?:主要|具体|全面)?负责(?!{PEOPLE}|制(?![定订作])|的|社区|[^，。；]{{1,20}}的(?:部门|单位|机构|人员))|承担(?!的)|履行(?=[^，。；]{{0,10}}(?:职责|责任|义务))|"
    rf"负(?!责)[{HAN}]{{0,8}}责任?"
)
_HELPS = (
    r"(?:予以|给予|提供)(?:大力|全力)?(?:支持|配合|协助)|配合(?!力|度)|协助(?!下)|"
    rf"协办(?!单位|部门)|派员(?:参加|参与)|参与(?!度|下|{_DESCRIBES})|参加(?!人|{_DESCRIBES})|支持(?!下|力度|政策)|支援"
)
ROLE_VERB = f"{_LEADS}|{_ANSWERS}|{_HELPS}"
"""Verbs that give a role by themselves."""

_MUST = (
    r"(?<![主重需])(?:都|均|也|既|还|一方面)?要(?!求|素|点|件)|均?应当?(?!对(?!辖区|所辖|本行政区|申请)|急|用|届|收)|必须|须(?!知)|(?<!所)需要?(?!求)|"
    r"不得|将(?!于)"
)
_TOGETHER = rf"会同|{JOINED}|联合(?!会|体)|(?:(?<!会)|(?<=员会))商(?!务|业|会)|分别|共同|各自"
_BY = r"可(?:以)?根据|根据|按照?(?!期的)|依据|依照|依法|依规|依职[责权]|结合"
_TOWARDS = r"除(?=[^，]{2,40}外$)|对(?!口)|向(?!阳)|(?<!所)在|接到|收到"
_WHEN = (
    r"及时|适时|提前|定期|不定期|尽快|立即|第一时间|每(?=\d|[半一二两三日天月季年周])|"
    r"于(?=\d|每|[今本当次明]年|[一二三四五六七八九十]{1,2}月)"
)
_HOW = r"统一|严格|具体|密切|积极|主动|认真|切实"
_DOES = (
    r"统筹(?!下)|加强|做好|组织(?!部|机构)|制定|建立|开展|落实|实行|实施|推进|督促|指导(?!下)|"
    r"监督(?!下|管理)|汇总|提供|安排|约谈|通知(?!》)|(?<!社会)(?<!住房)保障(?!部|厅|局|和|行政|主管|、|等)|加密|关闭|"
    r"引导(?!下|作用|基金|资金|性)"
)
_DUTY_VERB = f"{_MUST}|{_TOGETHER}|{_BY}|{_TOWARDS}|{_WHEN}|{_HOW}|{_DOES}"
"""What follows a unit that has something to do: the verb, or what stands before it."""

BOUND = (
    "会同",
    "对",
    "督促",
    "要",
    "都要",
    "均要",
    "也要",
    "应",
    "必须",
    "不得",
    "做好",
    "依职责",
    "依职权",
)
"""Verbs that bind a whole function of government: 教育部门要…, 主管部门会同…"""

DOES = re.compile(_DOES)
"""Plain verbs, which tell of what is done as well as of what is to be done."""

VERB = re.compile(rf"(?P<role>{ROLE_VERB})|(?P<duty>{_DUTY_VERB})")
_ORGAN = (
    rf"(?:局|厅|委员会|委(?![员托派宣组政统编办监会]|[{HAN}]部)|办公室|办(?![公事理])|部(?![门队署]|分(?!别|工|头))|署|"
    r"联(?![合席])|中心|集团|公司|支队|大队|总队|指挥部|领导小组|法院|检察院|台|社(?![区会]))"
)
_BRANCH = rf"(?:[{HAN}]{{2,5}}(?:支队|大队|总队|分局|办公室|监察组))"
_QUANTIFIED = (
    rf"(?:[省市县区][{HAN}]{{0,4}})?(?:各|有关|相关|属地|事发地|所在地|当地|本级|同级|上级)[{HAN}]{{0,6}}?"
    r"(?:单位|部门|街道(?:办事处)?|(?:乡镇|镇街)(?:（[^（）]*）)?(?:人民)?政府|乡镇|镇街|政府|（街道）|（市、区）(?:(?:人民)?政府)?+)"
)
_PLAIN_NAME = (
    rf"(?>(?:[省市县区旗州盟镇乡]|师市|国家|自治区)[{HAN}]{{1,10}}?{_ORGAN}{_BRANCH}?|"
    rf"[省市县区]{{1,2}}级?[{HAN}]{{2,8}}?部门|(?:(?![为报经由向对按将与和及是第])[{HAN}]){{2,10}}?(?:主管|行政)部门|"
    rf"[{HAN}]{{2,5}}?(?:供电局|公司|海关|分局|支行)|{_QUANTIFIED})"
)
_NOT_SUBJECT = (
    r"(?![局主处科工人网官令负性驻等和及与的由]|组织[机架]构|组成|成员|办公室|副|党[组委]|办事处|分工|职责|领导|分管|所属|下[属设]|设[在于]|是|"
    rf"[{HAN}]{{0,10}}(?:负责人|负责同志)|[{HAN}]{{2,8}}(?:中心|研究[院所]|学院)(?=[、和及与，]|$)|“?一把手|班子|共(?!同)|直属|相关|有关|机关|门户|系统|印发|关于|文件|公告|(?!(?:成立|建立|设立|制定)(?!的))[{HAN}]{{2,4}}的)"
)
"""Behind a name: it is part of a longer one, of a post, or of a noun that belongs to the
unit, or the unit has only made what is spoken of (认定的人员)."""

PREDICATE = re.compile(
    rf"{_PLAIN_NAME}(?:[、和及与]{_PLAIN_NAME})*+(?:等(?:单位|部门)?+)?+(?=[{HAN}]{{4}}|[{HAN}]{{2}}、[{HAN}]{{4}}){_NOT_SUBJECT}"
)
"""Units at the head of a clause, with what they do behind them."""
