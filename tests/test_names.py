"""The tables in ``tests/names/`` hold: issuer, date of issue, words of the text, official name.

Some tell the unit's kind and level too.

The tables were written from general knowledge of how these organs are called, most of them before the register
was tried on them. ``-`` is a name whose official form cannot be known from the words (it stays as written and
becomes a finding), ``*`` one or more collective units, or words that must not become a named unit.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.document import Span
from kg.extraction.names import names_in
from kg.model import Quantifier
from kg.pipeline import Pipeline
from kg.reader import document
from kg.resolution.context import Context
from kg.resolution.issuers import issuer_place
from kg.resolution.resolver import Resolver

TABLES = Path(__file__).parent / "names"


def rows() -> Iterator[object]:
    for path in sorted(TABLES.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                label = f"{path.stem}-{row['issuer']}-{row['date'][:4]}-{row['written']}"
                kind, level = row.get("kind", ""), row.get("level", "")
                names = row["issuer"], row["date"], row["written"], row["official"]
                yield pytest.param(*names, kind, level, id=label)


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver(Pipeline().register)


@pytest.fixture(scope="module")
def register(resolver: Resolver):
    return resolver.register


@pytest.mark.parametrize(("issuer", "date", "written", "official", "kind", "level"), list(rows()))
def test_a_name_as_written_is_given_its_official_form(
    issuer, date, written, official, kind, level, resolver, register
):
    text = document(written, "case").text
    context = Context(issuer_place(issuer, register, date), date, issuer=issuer)
    names = names_in(text, Span(0, len(text)))
    units = [
        None if name.collective else resolver.unit(name.written, context, name.leader)
        for name in names
    ]
    known = [unit.name for unit in units if unit is not None and unit.registered]
    assert names, "no name at all"
    if official in ("*", "-"):
        assert known == []
        assert official == "*" or None not in units
    else:
        assert known == [official]
        [unit] = units
        assert kind in ("", unit.kind)
        assert level in ("", unit.level)


@pytest.mark.parametrize(
    ("issuer", "written", "function", "place"),
    [
        ("长沙市岳麓区人民政府", "区文旅广体局", "文化旅游广电体育", "长沙市岳麓区"),
        ("长沙市岳麓区人民政府", "岳麓交警大队", "公安", "长沙市岳麓区"),
        # A branch does what the whole does.
        ("宁乡市人民政府", "市生态环境局宁乡分局", "生态环境", "长沙市宁乡市"),
        ("栾川县人民政府", "市生态环境局栾川分局", "生态环境", "洛阳市栾川县"),
        ("第八师石河子市办公室", "师市财政局", "财政", "新疆生产建设兵团第八师"),
        ("洋浦经济开发区管理委员会", "省财政厅", "财政", "海南省"),
        ("苏州工业园区管理委员会", "园区教育局", "教育", "苏州工业园区"),
    ],
)
def test_a_unit_has_its_function_and_place(issuer, written, function, place, resolver, register):
    context = Context(issuer_place(issuer, register, "2022-03-01"), "2022-03-01")
    unit = resolver.unit(written, context)
    assert unit.registered
    assert unit.function is not None
    assert unit.function.rpartition("/")[2] == function
    assert unit.place == place


@pytest.mark.parametrize(
    ("written", "official", "level", "parent"),
    [
        ("镇财政所", "句容市郭庄镇财政所", "township", "句容市郭庄镇人民政府"),
        ("镇党政办", "句容市郭庄镇党政办公室", "township", "句容市郭庄镇人民政府"),
        ("镇党委", "中共句容市郭庄镇委员会", "township", None),
        ("派出所", "句容市公安局郭庄派出所", "township", None),
        ("句容市郭庄镇人民政府", "句容市郭庄镇人民政府", "township", "句容市人民政府"),
        ("郭庄镇", "句容市郭庄镇人民政府", "township", "句容市人民政府"),
        ("后白镇", "句容市后白镇人民政府", "township", "句容市人民政府"),
        # What is not the town's is the county's.
        ("市财政局", "句容市财政局", "county", "句容市人民政府"),
        ("税务局", "国家税务总局句容市税务局", "county", None),
    ],
)
def test_a_town_has_units_of_its_own(written, official, level, parent, resolver, register):
    context = Context(issuer_place("句容市郭庄镇人民政府", register, "2022-03-01"), "2022-03-01")
    unit = resolver.unit(written, context)
    assert unit.registered
    assert (unit.name, unit.level) == (official, level)
    assert unit.parent == (f"unit/{parent}" if parent else None)


@pytest.mark.parametrize(
    ("issuer", "written", "official"),
    [
        # The city of the document goes before a zone with a name of its own, if none is told.
        ("西安市人民政府", "曲江新区管委会", "西安曲江新区管理委员会"),
        ("成都市人民政府", "成都东部新区管委会", "成都东部新区管理委员会"),
        ("南宁市人民政府", "伶俐经开区管委会", "南宁伶俐经济开发区管理委员会"),
        ("莆田市人民政府", "北岸管委会", "北岸管理委员会"),
        # So it does before a branch of the police.
        ("湖州市人民政府", "织里公安分局", "湖州市公安局织里分局"),
        ("威海市人民政府", "南海新区管委", "威海南海新区管理委员会"),
        ("株洲市人民政府", "云龙示范区管委会", "株洲云龙示范区管理委员会"),
        # 亳 is of 亳州 already.
        ("亳州市人民政府", "亳芜现代产业园区管委会", "亳芜现代产业园区管理委员会"),
    ],
)
def test_the_name_of_a_zone_is_a_guess(issuer, written, official, resolver, register):
    context = Context(issuer_place(issuer, register, "2022-03-01"), "2022-03-01")
    unit = resolver.unit(written, context)
    assert unit.name == official
    assert not unit.registered


@pytest.mark.parametrize(
    ("issuer", "leader", "written", "name"),
    [
        ("昆山市人民政府", "", "规划建设和城市管理局", "昆山市规划建设和城市管理局"),
        ("昆山市人民政府", "市财政局", "对台经济合作局", "昆山市对台经济合作局"),
        # The list tells whose: 省 before the first goes for all.
        ("郑州市人民政府", "省财政厅", "烟花鞭炮管理局", "河南省烟花鞭炮管理局"),
        # What has a name of its own or is of the state is not the issuer's.
        ("铜仁市人民政府", "", "梵净山管理局", "梵净山管理局"),
        ("昆山市人民政府", "", "国家某某局", "国家某某局"),
        ("昆山市人民政府", "", "太仓某某局", "太仓某某局"),
        ("昆山市人民政府", "", "某某水务集团", "某某水务集团"),
        # A place has one net of each kind; its company may be known, see the tables.
        ("卫辉市人民政府", "", "电业局", "卫辉市电业局"),
        ("卫辉市人民政府", "", "卫星公司", "卫星公司"),
        # So it is with centres and offices that are called by their work.
        ("合肥市人民政府", "", "市政工程管理处", "合肥市市政工程管理处"),
        ("合肥市人民政府", "", "市场发展中心", "合肥市市场发展中心"),
        ("合肥市包河区人民政府", "", "区域合作交流中心", "合肥市包河区区域合作交流中心"),
        ("合肥市人民政府", "", "老山林场管理中心", "老山林场管理中心"),
        # 市场, 市容, 市政 and 区域 are no 市 or 区; 市政府 and 市政协 are.
        ("合肥市人民政府", "", "市容专班", "市容专班"),
        ("合肥市包河区人民政府", "", "区域发展办", "区域发展办"),
        ("合肥市人民政府", "", "市政协提案委", "合肥市政协提案委"),
        ("合肥市人民政府", "", "市政府投资促进中心", "合肥市人民政府投资促进中心"),
        # A government's office is no commission.
        ("泸州市人民政府", "", "市政府电子政务办", "泸州市人民政府电子政务办公室"),
        ("泸州市人民政府", "", "市电子政务办", "泸州市电子政务办"),
        # Nothing is put before what names its place already, but 政府 is written out.
        ("郑州市人民政府", "", "省政府协作办公室", "河南省人民政府协作办公室"),
    ],
)
def test_a_body_that_no_rule_knows_is_the_issuers(
    issuer, leader, written, name, resolver, register
):
    context = Context(issuer_place(issuer, register, "2022-03-01"), "2022-03-01")
    unit = resolver.unit(written, context, leader)
    assert unit.name == name
    assert not unit.registered


@pytest.mark.parametrize(
    ("issuer", "written", "name"),
    [
        ("教育部办公厅", "体卫艺司", "教育部体育卫生与艺术教育司"),
        ("教育部办公厅", "农业农村部科教司", "农业农村部科技教育司"),
        ("国家卫生健康委员会", "科教司", "国家卫生健康委员会科技教育司"),
        ("农业农村部办公厅", "渔业渔政局", "农业农村部渔业渔政管理局"),
        # The same words in a notice of a government.
        ("句容市人民政府办公室", "体卫艺司", "体卫艺司"),
    ],
)
def test_divisions_of_ministries_have_short_names(issuer, written, name, resolver, register):
    context = Context(issuer_place(issuer, register, "2022-03-01"), "2022-03-01", issuer=issuer)
    unit = resolver.unit(written, context)
    assert (unit.name, unit.registered) == (name, written != name)


@pytest.mark.parametrize(
    ("issuer", "written", "name"),
    [
        # All parts but the office bear a ministry's name without the state's.
        ("教育部办公厅", "财务司", "教育部财务司"),
        ("教育部办公厅", "教育部财务司", "教育部财务司"),
        ("教育部", "财政部教科文司", "财政部教科文司"),
        ("教育部", "公安部交通管理局", "公安部交通管理局"),
        ("交通运输部", "部公路局", "交通运输部公路局"),
        ("工业和信息化部", "部装备工业发展中心", "工业和信息化部装备工业发展中心"),
        # Without its ministry before it a bureau may be anybody's.
        ("交通运输部", "公路局", "公路局"),
        ("国家发展和改革委员会", "价格司", "国家发展和改革委员会价格司"),
        ("自然资源部办公厅", "部办公厅", "中华人民共和国自然资源部办公厅"),
        ("江苏省教育厅", "厅办公室", "江苏省教育厅办公室"),
        ("江苏省教育厅", "区域协调处", "江苏省教育厅区域协调处"),
        ("江苏省教育厅", "厅机关党委", "江苏省教育厅机关党委"),
        ("常州市卫生健康委员会", "疾控处", "常州市卫生健康委员会疾控处"),
        ("句容市教育局", "基教科", "句容市教育局基教科"),
        # The office of the group that a notice sets up, another's, a firm, an institution of its own.
        ("江苏省教育厅", "办公室", "办公室"),
        ("江苏省教育厅", "局办公室", "局办公室"),
        ("江苏省教育厅", "国家能源局规划司", "国家能源局规划司"),
        ("江苏省教育厅", "某某科技公司", "某某科技公司"),
        ("无锡市交通运输局", "航道处", "航道处"),
        # A government has departments, not divisions.
        ("句容市人民政府办公室", "基教科", "基教科"),
    ],
)
def test_a_department_names_its_divisions_without_itself(issuer, written, name, resolver, register):
    context = Context(issuer_place(issuer, register, "2022-03-01"), "2022-03-01", issuer=issuer)
    unit = resolver.unit(written, context)
    assert unit.name == name
    assert not unit.registered
    if "issuer" in unit.rule:
        body = unit.parent.removeprefix("unit/")
        assert name.startswith((body, body.removeprefix("中华人民共和国")))


def test_the_divisions_of_a_notice_are_those_of_its_issuer(tmp_path):
    path = tmp_path / "1.txt"
    path.write_text(
        "江苏省教育厅办公室关于印发工作要点的通知\n苏教办〔2021〕7号\n\n各设区市教育局：\n\n"
        "一、推进改革。（责任单位：厅办公室、科技处、省财政厅）\n\n"
        "江苏省教育厅办公室\n2021年3月1日\n",
        encoding="utf-8",
    )
    facts = Pipeline().read(path, path.name)
    names = {unit.id: unit.name for unit in facts.units}
    assert [names[one.unit] for one in facts.assignments] == [
        "江苏省教育厅办公室",
        "江苏省教育厅科技处",
        "江苏省财政厅",
    ]


@pytest.mark.parametrize(
    ("issuer", "written", "parent"),
    [
        ("苏州工业园区管理委员会", "园区教育局", "苏州工业园区管理委员会"),
        ("苏州工业园区管理委员会", "唯亭街道", "苏州工业园区管理委员会"),
        ("襄阳高新技术产业开发区管理委员会", "高新区财政局", "襄阳高新技术产业开发区管理委员会"),
        # 浦东 and 滨海 are called new areas and have governments.
        ("上海市浦东新区人民政府", "区财政局", "上海市浦东新区人民政府"),
        ("天津市滨海新区人民政府", "塘沽街道", "天津市滨海新区人民政府"),
    ],
)
def test_a_committee_governs_a_zone(issuer, written, parent, resolver, register):
    context = Context(issuer_place(issuer, register, "2022-03-01"), "2022-03-01")
    assert resolver.unit(written, context).parent == f"unit/{parent}"


DISTRICT = """鞍山市立山区人民政府文件
立山区人民政府关于印发《优化服务工作方案》的通知
立政发〔2023〕5号
各有关单位：
现将《优化服务工作方案》印发给你们，请认真贯彻执行。
立山区人民政府
2023年3月6日
优化服务工作方案
区生态环境保护委员会办公室（以下简称区环委办）负责日常工作。
一、优化服务，方便企业办事。（牵头单位：区发改局；配合单位：税务局、区环委办）
"""


def test_a_district_that_the_register_lacks_lies_in_the_city_that_the_document_names():
    facts = Pipeline().facts(document(DISTRICT, "district.txt"))
    names = {unit.id: unit.name for unit in facts.units}
    written = {fact.as_written: names[fact.unit] for fact in facts.assignments}
    assert written["区发改局"] == "鞍山市立山区发展和改革局"
    assert written["税务局"] == "国家税务总局鞍山市立山区税务局"
    assert written["区环委办"] == "鞍山市立山区生态环境保护委员会办公室"


TOWN = """海盐县澉浦镇人民政府文件
澉浦镇人民政府关于印发《优化服务工作方案》的通知
澉政〔2022〕5号
各有关单位：
现将《优化服务工作方案》印发给你们，请认真贯彻执行。
海盐县澉浦镇人民政府
2022年3月6日
优化服务工作方案
一、优化服务，方便企业办事。（责任单位：镇政府、镇综合办、街道办事处）
"""


def test_the_town_of_a_document_is_meant_by_its_kind():
    facts = Pipeline().facts(document(TOWN, "town.txt"))
    units = {unit.id: unit for unit in facts.units}
    written = {fact.as_written: units[fact.unit] for fact in facts.assignments}
    assert written["镇政府"].name == "海盐县澉浦镇人民政府"
    assert written["镇综合办"].name == "海盐县澉浦镇综合办公室"
    assert not written["镇政府"].collective
    assert written["街道办事处"].collective


UNDATED = """厦门市人民政府办公厅关于印发优化服务若干措施的通知
厦府办〔2019〕10号
各区人民政府，市直各委、办、局：
现将《优化服务若干措施》印发给你们，请认真贯彻执行。
厦门市人民政府办公厅
优化服务若干措施
一、拓宽企业融资渠道。（市金融监管局牵头，厦门银保监局配合）
"""


@pytest.mark.parametrize(
    ("issuer", "written", "official"),
    [
        ("兰州市人民政府", "市环保局", "兰州市环境保护局"),
        ("兰州市人民政府", "市生态环境局", "兰州市生态环境局"),
        ("广州市人民政府", "市工商局", "广州市工商行政管理局"),
    ],
)
def test_a_text_without_a_date_may_name_offices_of_before(
    issuer, written, official, resolver, register
):
    unit = resolver.unit(written, Context(issuer_place(issuer, register), ""))
    assert unit.name == official
    assert unit.registered


def test_the_number_tells_the_year_where_the_date_is_missing():
    """The central authority of 2023 has taken the short name of the city's own bureau."""
    facts = Pipeline().facts(document(UNDATED, "undated.txt"))
    names = {unit.id: unit.name for unit in facts.units}
    written = {fact.as_written: names[fact.unit] for fact in facts.assignments}
    assert facts.notices[0].date == ""
    assert written["市金融监管局"] == "厦门市地方金融监督管理局"
    assert written["厦门银保监局"] == "中国银行保险监督管理委员会厦门监管局"


PROSE = """宁德市人民政府关于做好减税降费工作的通知
宁政〔2022〕5号
各有关单位：
现就有关事项通知如下，请认真贯彻执行。
一、减轻税费负担。税务局要落实减税政策，市财政局要做好资金保障。到税务局办理的事项同步精简。
宁德市人民政府
2022年3月6日
"""


def test_the_tax_office_of_the_place_is_a_unit_in_prose_without_its_level():
    facts = Pipeline().facts(document(PROSE, "prose.txt"))
    names = {unit.id: unit.name for unit in facts.units}
    assert [names[fact.unit] for fact in facts.assignments] == [
        "国家税务总局宁德市税务局",
        "宁德市财政局",
    ]


@pytest.mark.parametrize("written", ['市"三供一业"工作专班', "市「三供一业」工作专班"])
def test_quotation_marks_make_no_other_unit(written, resolver, register) -> None:
    context = Context(issuer_place("合肥市人民政府", register, "2021"), "2021")
    usual = "市“三供一业”工作专班"
    assert resolver.unit(written, context).name == resolver.unit(usual, context).name
    members = (f"{words}成员单位" for words in (written, usual))
    one, other = (resolver.collective(words, Quantifier.SOME, context).id for words in members)
    assert one == other


@pytest.mark.parametrize(
    ("words", "quantifier"),
    [
        ("沿江各市〈区〉", Quantifier.ALL),
        ("沿海各市人民政府", Quantifier.ALL),
        ("环巢湖各县（市）区", Quantifier.ALL),
        ("区属国企", Quantifier.ALL),
        ("市属重点企业", Quantifier.ALL),
        ("市管企业", Quantifier.ALL),
        ("驻市央企", Quantifier.ALL),
        ("在甘高校", Quantifier.ALL),
        ("中省驻汉单位", Quantifier.ALL),
        ("“三区”管委会", Quantifier.ALL),
        ("三区两县政府", Quantifier.ALL),
        ("区委、区政府各部、委、办、局", Quantifier.ALL),
        ("涉农县区", Quantifier.SOME),
        ("重点县区政府", Quantifier.SOME),
        ("基础电信企业", Quantifier.SOME),
        ("金融机构", Quantifier.SOME),
        # One unit each, whatever its name begins or ends with.
        ("国家反恐怖工作领导机构", None),
        ("沿河县人民政府", None),
        ("环县政府", None),
        ("驻马店市政府", None),
        ("三江县政府", None),
    ],
)
def test_a_name_that_stands_for_many_units_names_none(words, quantifier):
    text = document(words, "case").text
    [name] = names_in(text, Span(0, len(text)))
    assert name.quantifier is quantifier


@pytest.mark.parametrize(
    ("issuer", "written", "official"),
    [
        ("第二师铁门关市办公室", "二十九团", "新疆生产建设兵团第二师二十九团"),
        ("第八师石河子市", "143团", "新疆生产建设兵团第八师143团"),
        ("霍城县人民政府办公室", "四师六十三团", "新疆生产建设兵团第四师六十三团"),
        (
            "霍城县人民政府办公室",
            "第四师可克达拉市六十三团",
            "新疆生产建设兵团第四师六十三团",
        ),
        # In a regiment's own document 师市 is the division above it.
        ("第三师图木舒克市五十一团", "师市财政局", "新疆生产建设兵团第三师财政局"),
        ("第三师图木舒克市51团办公室", "五十三团", "新疆生产建设兵团第三师五十三团"),
    ],
)
def test_regiments_are_what_a_division_of_the_corps_has_for_towns(
    issuer, written, official, resolver, register
):
    context = Context(issuer_place(issuer, register, "2023-03-27"), "2023-03-27", issuer=issuer)
    unit = resolver.unit(written, context)
    assert unit.registered
    assert unit.name == official


def test_a_regiment_without_its_division_is_unknown_elsewhere(resolver, register):
    context = Context(issuer_place("霍城县人民政府", register, "2023-03-27"), "2023-03-27")
    assert not resolver.unit("六十三团", context).registered


def test_a_short_name_means_the_city_of_the_document_not_its_district(resolver, register):
    context = Context(issuer_place("广安市人民政府", register, "2019-06-28"), "2019-06-28")
    assert resolver.unit("广安供电公司", context).name == "国网四川省电力公司广安供电公司"
    # A power company that is not of the grid may be the city's own.
    assert not resolver.unit("广安电力公司", context).registered


def test_the_government_of_a_place_has_no_branches(resolver, register):
    context = Context(issuer_place("九江市人民政府", register, "2022-07-14"), "2022-07-14")
    assert not resolver.unit("庐山管理局", context).registered


@pytest.mark.parametrize(
    ("written", "official"),
    [
        ("中国电子信息产业集团", "中国电子信息产业集团有限公司"),
        ("中国电子信息产业集团公司", "中国电子信息产业集团有限公司"),
        ("三亚凤凰国际机场公司", "三亚凤凰国际机场有限责任公司"),
        ("枣庄矿业集团公司", "枣庄矿业（集团）有限责任公司"),
        # What the register says of a label goes first: the bank of that name before 2009.
        ("中国农业银行", "中国农业银行股份有限公司"),
        ("国家开发投资公司", "国家开发投资公司"),
    ],
)
def test_a_firm_may_be_written_without_its_legal_form(written, official, resolver, register):
    context = Context(issuer_place("三亚市人民政府", register, "2023-06-08"), "2023-06-08")
    unit = resolver.unit(written, context)
    assert unit.registered
    assert unit.name == official


def test_an_unknown_firm_keeps_its_words(resolver, register):
    context = Context(issuer_place("三亚市人民政府", register, "2023-06-08"), "2023-06-08")
    unit = resolver.unit("某某信息产业公司", context)
    assert (unit.name, unit.registered) == ("某某信息产业公司", False)


@pytest.mark.parametrize(
    ("written", "official"),
    [("市城办", "绍兴市城办"), ("区划办", "区划办"), ("市场处", "市场处")],
)
def test_a_short_name_that_nothing_resolves_is_told_with_its_place(
    written, official, resolver, register
):
    context = Context(issuer_place("绍兴市人民政府", register, "2022-03-30"), "2022-03-30")
    unit = resolver.unit(written, context)
    assert (unit.name, unit.registered) == (official, False)
