"""Places: which one a notice speaks from, and which one a name means.

The expected values follow the list of administrative divisions (GB/T 2260) and its changes.
"""

from __future__ import annotations

import csv
import importlib.util
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.document import Span
from kg.errors import RegisterError
from kg.extraction.names import names_in
from kg.pipeline import Pipeline
from kg.reader import document
from kg.resolution.context import Context
from kg.resolution.issuers import issuer_place, within
from kg.resolution.loading import COUNTY_COLUMNS, load
from kg.resolution.places import ancestors, meant
from kg.resolution.resolver import Resolver
from kg.resources import ontology

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def register():
    return Pipeline().register


@pytest.mark.parametrize(
    ("issuer", "date", "full"),
    [
        ("栾川县人民政府办公室", "2021-03-15", "洛阳市栾川县"),
        ("河南省洛阳市栾川县人民政府", "2021-03-15", "洛阳市栾川县"),
        ("仙桃市人民政府", "2021-03-15", "湖北省仙桃市"),
        ("互助县人民政府", "2021-03-15", "海东市互助土族自治县"),
        ("黔南州人民政府办公室", "2021-03-15", "黔南布依族苗族自治州"),
        ("中共凉山州委", "2021-03-15", "凉山彝族自治州"),
        ("鄂温克族自治旗人民政府", "2021-03-15", "呼伦贝尔市鄂温克族自治旗"),
        ("吉林省吉林市人民政府", "2021-03-15", "吉林市"),
        # Branches speak from their place, not from the body that they belong to.
        ("国家税务总局洛阳市税务局", "2021-03-15", "洛阳市"),
        ("共青团洛阳市委", "2021-03-15", "洛阳市"),
        ("中国人民政治协商会议北京市朝阳区委员会", "2021-03-15", "北京市朝阳区"),
        ("中国人民银行", "2021-03-15", "中国"),
        ("国家发展和改革委员会", "2021-03-15", "中国"),
        # A city that is not known keeps its district, whatever district of that name is known.
        ("云江市江岸区人民政府", "2021-03-15", "云江市江岸区"),
        # 巢湖 was a prefecture until August 2011, a county-level city of 合肥 from then on.
        ("巢湖市人民政府", "2009-03-15", "巢湖市"),
        ("巢湖市人民政府", "2020-03-15", "合肥市巢湖市"),
        # 寿县 went from 六安 to 淮南 in December 2015.
        ("寿县人民政府", "2013-05-01", "六安市寿县"),
        ("寿县人民政府", "2019-05-01", "淮南市寿县"),
        # 和平区: 天津 and 沈阳. 公安 alone is no place, 公安县 is one.
        ("和平区人民政府", "2021-03-15", "和平区"),
        ("沈阳市和平区人民政府", "2021-03-15", "沈阳市和平区"),
        ("公安县人民政府", "2021-03-15", "荆州市公安县"),
        # Towns and streets: the register does not list them.
        ("句容市郭庄镇人民政府", "2021-03-15", "句容市郭庄镇"),
        ("中共东莞市虎门镇委员会", "2021-03-15", "东莞市虎门镇"),
        ("北京市朝阳区人民政府三里屯街道办事处", "2021-03-15", "北京市朝阳区三里屯街道"),
        ("桐柏县乡村振兴局", "2021-03-15", "南阳市桐柏县"),
        ("中国（浙江）自由贸易试验区管理委员会", "2021-03-15", "浙江省"),
        ("中国（福建）自由贸易试验区厦门片区管理委员会", "2021-03-15", "厦门市"),
        ("中国（上海）自由贸易试验区临港新片区管理委员会", "2021-03-15", "上海市"),
        ("中新天津生态城管理委员会", "2021-03-15", "中新天津生态城"),
        # What ends like a place and is none: 城市, 市场.
        ("郑州市城市管理局", "2021-03-15", "郑州市"),
        ("成都市公园城市建设管理局", "2021-03-15", "成都市"),
        ("河南省农村市场管理局", "2021-03-15", "河南省"),
        ("兵团办公厅", "2021-11-15", "新疆生产建设兵团"),
        # 高新区 is short for what its committee is called by.
        ("合肥高新区管委会", "2022-03-15", "合肥高新技术产业开发区"),
        ("合肥市高新区管委会", "2022-03-15", "合肥高新技术产业开发区"),
        ("苏州高新区管委会", "2022-03-15", "苏州高新区"),
        # Several that issue something together.
        ("长沙市中级人民法院长沙市财政局", "2022-03-15", "长沙市"),
        ("人力资源社会保障部等三部门", "2022-03-15", "中国"),
        # What a central body has in a place names it in short; 华东 is none.
        ("中国人民银行石家庄中心支行", "2019-03-15", "石家庄市"),
        ("中国银行保险监督管理委员会沧州监管分局", "2022-03-15", "沧州市"),
        ("国家统计局玉溪调查队", "2022-03-15", "玉溪市"),
        ("国家能源局四川监管办公室", "2022-03-15", "四川省"),
        ("财政部上海监管局", "2022-03-15", "上海市"),
        ("审计署驻西安特派员办事处", "2022-03-15", "西安市"),
        ("青岛海关", "2022-03-15", "青岛市"),
        ("南京海关驻苏州办事处", "2022-03-15", "苏州市"),
        ("中华人民共和国拱北海关", "2022-03-15", "中国"),
        ("国家能源局华东监管局", "2022-03-15", "中国"),
        # A regiment of the corps.
        ("第三师图木舒克市五十一团", "2022-03-15", "新疆生产建设兵团第三师五十一团"),
        # A short name alone is the city's; one of several counties' is none's.
        ("泰州", "2020-03-15", "泰州市"),
    ],
)
def test_an_issuer_belongs_to_a_place(issuer, date, full, register):
    place = issuer_place(issuer, register, date)
    assert place is not None
    assert place.full == full


@pytest.mark.parametrize(
    ("issuer", "written", "official"),
    [
        # A short name of a county is no place outside its city: 公安, 合作, 政和, 海南, 河北.
        ("湖北省人民政府", "省公安厅", "湖北省公安厅"),
        ("荆州市人民政府", "市公安局", "荆州市公安局"),
        ("荆州市人民政府", "公安县公安局", "公安县公安局"),
        ("甘南藏族自治州人民政府", "合作市财政局", "合作市财政局"),
        ("天津市人民政府", "河北区财政局", "天津市河北区财政局"),
        ("河北省人民政府", "河北银保监局", "中国银行保险监督管理委员会河北监管局"),
        ("海南省人民政府", "海南海事局", "中华人民共和国海南海事局"),
        ("乌海市人民政府", "海南区财政局", "乌海市海南区财政局"),
        ("神木高新技术产业开发区管理委员会", "市财政局", "神木市财政局"),
        # Nor is the prefecture in 青海 meant by the short name that the province has too.
        ("海南省人民政府", "海南农信社", "海南省农村信用社联合社"),
        ("吉林省人民政府", "吉林海关", "中华人民共和国吉林海关"),
        ("吉林省人民政府", "吉林供电公司", "国网吉林省电力有限公司吉林供电公司"),
        # 巴州 is a district of 巴中 there, and the short name of 巴音郭楞 elsewhere.
        ("巴中市人民政府", "巴州税务局", "国家税务总局巴中市巴州区税务局"),
        ("新疆维吾尔自治区人民政府", "巴州税务局", "国家税务总局巴音郭楞蒙古自治州税务局"),
        # A neighbour by its short name, a county of the province by its own name.
        ("洛阳市人民政府", "栾川县税务局", "国家税务总局栾川县税务局"),
        ("洛阳市人民政府", "市生态环境局栾川分局", "洛阳市生态环境局栾川分局"),
        ("河南省人民政府", "栾川县财政局", "栾川县财政局"),
        # Of the four 市中区 of 四川 the nearest is meant.
        ("乐山市人民政府", "市中区人民政府", "乐山市市中区人民政府"),
        # 区 is the district, not the autonomous region above it; 市 the county-level city.
        ("赤峰市松山区人民政府", "区财政局", "赤峰市松山区财政局"),
        ("长葛市人民政府", "市财政局", "长葛市财政局"),
        # Towns of a county, and of a city without counties.
        ("会泽县人民政府", "者海镇", "会泽县者海镇人民政府"),
        ("东莞市人民政府", "虎门镇人民政府", "东莞市虎门镇人民政府"),
        ("会泽县人民政府", "金钟街道办", "会泽县人民政府金钟街道办事处"),
        # 呈贡 was a county until 2011, a district of 昆明 from then on.
        ("昆明市人民政府", "呈贡区财政局", "昆明市呈贡区财政局"),
    ],
)
def test_a_county_is_read_where_it_can_be_meant(issuer, written, official, register):
    context = Context(issuer_place(issuer, register, "2020-05-01"), "2020-05-01")
    unit = Resolver(register).unit(written, context)
    assert unit.name == official
    assert unit.registered


@pytest.mark.parametrize(
    ("issuer", "written"),
    [
        ("四川省人民政府", "市中区财政局"),  # four of them
        ("国务院办公厅", "鼓楼区人民政府"),
        ("洛阳市人民政府", "城关镇人民政府"),  # which county's?
        ("四川省人民政府", "新立县人民政府"),  # no such county
    ],
)
def test_a_place_that_is_not_known_gives_no_name(issuer, written, register):
    context = Context(issuer_place(issuer, register, "2020-05-01"), "2020-05-01")
    assert not Resolver(register).unit(written, context).registered


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("河西区人民政府、和平区人民政府", ["河西区人民政府", "和平区人民政府"]),
        ("河西区人民政府和和平区人民政府", ["河西区人民政府", "和平区人民政府"]),
        ("和平区人民政府", ["和平区人民政府"]),
        ("市公安局和平分局", ["市公安局和平分局"]),
        ("市公安局和市民政局", ["市公安局", "市民政局"]),
        ("市公安局，和市民政局", ["市公安局", "市民政局"]),
    ],
)
def test_a_place_may_begin_with_a_joiner(text, names):
    text = document(text, "case").text
    assert [name.written for name in names_in(text, Span(0, len(text)))] == names


NOTICE = """和平区人民政府关于印发《优化服务工作方案》的通知
和政发〔2021〕5号
各有关单位：
现将《优化服务工作方案》印发给你们，请认真贯彻执行。
和平区人民政府
2021年3月6日
优化服务工作方案
一、优化服务，{city}方便企业办事。（牵头单位：区财政局）
"""


def test_a_place_of_a_common_name_is_told_by_what_lies_above_it():
    facts = Pipeline().facts(document(NOTICE.format(city="落实沈阳市人民政府部署，"), "n.txt"))
    assert "沈阳市和平区财政局" in {unit.name for unit in facts.units}
    assert not [finding for finding in facts.findings if finding.rule == "ambiguous-place"]


@pytest.mark.parametrize(
    ("opening", "official"),
    [
        ("根据《中共洛阳市委关于人才工作的决定》，制定本意见。", "洛阳市财政局"),
        ("洛阳市要先行先试，支持洛阳市申报。", "洛阳市财政局"),
        ("学习洛阳市的经验。", None),
        # 会同 is what the city does, not 会同县.
        ("根据《中共洛阳市委决定》，市政府会同县政府推进。", "洛阳市财政局"),
        # Two cities, and none is said to be its own.
        ("根据《中共洛阳市委决定》，学习开封市人民政府的经验，制定本意见。", None),
        ("根据《河南省人民政府关于人才工作的决定》，制定本意见。", None),
    ],
)
def test_a_text_without_an_issuer_speaks_from_the_only_place_of_its_level(opening, official):
    text = f"关于人才工作的意见\n{opening}\n1.引进人才。（牵头单位：市财政局，配合单位：各县区）"
    facts = Pipeline().facts(document(text, "n.txt"))
    assert ("洛阳市财政局" in {unit.name for unit in facts.units}) == (official is not None)


@pytest.mark.parametrize(
    "issuer",
    [
        "自治区人民政府办公厅",
        "自治州人民政府办公室",
        "自治县人民政府办公室",
        "地区行政公署办公室",
        "盟行政公署办公室",
        "旗人民政府办公室",
        "师市办公室",
        "开发区管委会办公室",
        "市政府办公室",
        "省应急管理厅",
        "县农业农村局县财政局",
        "中国民用航空中南地区管理局",
    ],
)
def test_a_level_alone_is_no_place(issuer, register):
    assert issuer_place(issuer, register) is None


@pytest.mark.parametrize(
    ("listed", "official"),
    [
        # Of whichever city they are, the short name is not the state's.
        ("市财政局、市水利局、发改委", "发改委"),
        ("财政部、水利部、发展改革委", "中华人民共和国国家发展和改革委员会"),
    ],
)
def test_a_short_name_among_units_of_an_unknown_place_is_not_the_states(listed, official):
    text = f"关于优化服务的若干措施\n1.优化服务。（责任单位：{listed}）"
    facts = Pipeline().facts(document(text, "n.txt"))
    names = {unit.id: unit.name for unit in facts.units}
    assert names[facts.assignments[-1].unit] == official


@pytest.mark.parametrize(
    ("counties", "official"),
    [
        ("香格里拉市、德钦县", "迪庆藏族自治州财政局"),
        ("维西县、德钦县", "迪庆藏族自治州财政局"),
        # One may be another's; of two places neither is told.
        ("德钦县", None),
        ("德钦县、玉龙县、维西县", None),
        # They lie in a city, not in a 州.
        ("肥西县、肥东县", None),
    ],
)
def test_a_text_speaks_from_the_place_above_all_counties_that_it_names(counties, official):
    """What the title says of the state (中央) does not make the text the state's."""
    text = f"中央督察反馈问题整改方案\n一、问题在{counties}。\n1.落实资金。（责任单位：州财政局）"
    facts = Pipeline().facts(document(text, "n.txt"))
    names = {unit.id: unit.name for unit in facts.units}
    assert [names[fact.unit] for fact in facts.assignments] == [official or "州财政局"]


@pytest.mark.parametrize("city", ["", "学习沈阳市和天津市的经验，"])
def test_a_place_that_stays_ambiguous_is_a_finding(city):
    facts = Pipeline().facts(document(NOTICE.format(city=city), "n.txt"))
    assert "和平区财政局" in {unit.name for unit in facts.units}
    [finding] = [finding for finding in facts.findings if finding.rule == "ambiguous-place"]
    assert "天津市和平区" in finding.message_zh
    assert "沈阳市和平区" in finding.message_zh


@pytest.mark.parametrize(
    ("number", "title", "official"),
    [
        ("黔府办发〔2020〕5号", "省人民政府办公厅关于加强食品安全工作的意见", "贵州省财政厅"),
        ("湘应急〔2020〕5号", "省应急管理厅关于加强食品安全工作的意见", "湖南省财政厅"),
        ("苏政办发〔2020〕5号", "省政府办公厅关于加强食品安全工作的意见", "江苏省财政厅"),
        # The same character may begin the numbers of a city (青政发 of 青海省 and of 青岛市).
        ("青政办发〔2020〕5号", "市政府办公厅关于加强食品安全工作的意见", None),
        ("", "省政府办公厅关于加强食品安全工作的意见", None),
    ],
)
def test_a_number_tells_the_province_of_an_issuer_that_gives_its_level(
    number, title, official, tmp_path
):
    path = tmp_path / "notice.txt"
    level = title[0]
    unit = f"{level}财政{'厅' if level == '省' else '局'}"
    lines = (title, number, "各有关单位：", f"一、加强监管。（{unit}牵头）", "2020年3月2日")
    path.write_text("\n".join(line for line in lines if line), encoding="utf-8")
    (assignment,) = Pipeline().read(path).assignments
    assert assignment.unit == f"unit/{official or unit}"


def test_every_county_lies_in_a_city_or_province_of_the_register(register):
    with ontology("counties.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    levels = {place.full: place.level for place in register.places.values()}
    assert {levels.get(row["parent"]) for row in rows} == {"city", "province"}
    assert len({row["parent"] + row["name"] for row in rows}) == len(rows)
    assert all(row["name"].startswith(row["short"]) for row in rows)
    today = [row for row in rows if not row["until"]]
    assert len(today) == 2846  # 县级行政区划，2024 年底（含兵团管理的 12 个市）


@given(st.data())
def test_the_full_name_of_every_county_leads_to_it(register, data):
    counties = sorted(full for full, place in register.places.items() if place.level == "county")
    full = data.draw(st.sampled_from(counties))
    place = issuer_place(f"{full}人民政府办公室", register)
    assert place == register.places[full]
    assert [above.level for above in ancestors(place, register)][-1] == "province"
    bare = issuer_place(f"{place.name}人民政府", register)
    assert bare is not None
    # Another of that name may be meant today: 东乡县 is 东乡族自治县 since that of 抚州 is a district.
    every = register.places_by_name
    assert bare.full == full or place in every[bare.name] or bare in every[place.name]
    if meant(bare, register, ""):
        assert within(bare, f"{full}人民政府", register) == place


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("name,short\n栾川县,栾川\n", 1),
        (",".join(COUNTY_COLUMNS) + "\n410324,栾川县,栾川,洛阳市,,\n410324,栾川县\n", 3),
        (",".join(COUNTY_COLUMNS) + "\n410324,栾川县,,洛阳市,,\n", 2),
    ],
)
def test_a_list_of_counties_that_cannot_be_read_names_its_line(text, line, tmp_path):
    path = tmp_path / "counties.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RegisterError, match=rf"counties\.csv:{line}: "):
        load([path])


def test_a_list_of_counties_in_another_encoding_is_an_error(tmp_path):
    path = tmp_path / "counties.csv"
    path.write_bytes((",".join(COUNTY_COLUMNS) + "\n1,栾川县,栾川,洛阳市,,\n").encode("gb18030"))
    with pytest.raises(RegisterError, match=r"counties\.csv"):
        load([path])


def test_a_row_of_ones_own_is_a_place_like_any_other(tmp_path):
    path = tmp_path / "my.csv"
    path.write_text(",".join(COUNTY_COLUMNS) + "\n,新立县,新立,洛阳市,2027,\n", encoding="utf-8")
    register = Pipeline([path]).register
    place = issuer_place("新立县人民政府", register, "2027-03-01")
    assert place is not None
    assert place.parent == "洛阳市"


LISTED = "year,province_name,city_name,county_name,county_adcode,county_short\n" + "\n".join(
    [
        "2007,甲省,乙市,丁县,1101,丁县",  # gone before the first year that is kept
        "2008,甲省,乙市,丙丁县,1102,丙丁",
        "2009,甲省,乙市,丙丁区,1103,丙丁",
        "2010,甲省,乙市,丙丁区,1103,丙丁",
        "2008,甲省,直辖县,戊己市,1901,戊己",
        "2010,甲省,直辖县,戊己市,1901,戊己",
        "2008,庚市,市辖区,辛新区,2101,辛新",
        "2010,庚市,市辖区,辛新区,2101,辛新",
        "2010,甲省,乙市,壬癸族自治旗,1105,壬癸族自治旗",
    ]
)


def test_the_list_of_counties_is_made_from_the_years_of_the_source():
    path = ROOT / "docs" / "ontology" / "make_counties.py"
    spec = importlib.util.spec_from_file_location("make_counties", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.COLUMNS == COUNTY_COLUMNS
    assert module.rows(csv.DictReader(LISTED.splitlines())) == [
        ("1102", "丙丁县", "丙丁", "乙市", "", "2009"),
        ("1103", "丙丁区", "丙丁", "乙市", "2009", ""),
        ("1105", "壬癸族自治旗", "壬癸", "乙市", "2010", ""),
        ("1901", "戊己市", "戊己", "甲省", "", ""),
        ("2101", "辛新区", "辛新区", "庚市", "", ""),
    ]


DAYS = st.one_of(
    st.just(""),
    st.dates(date(1948, 1, 1), date(2030, 12, 31)).map(str),
    st.sampled_from(["2008", "2010-06", "2018-03", "2018-03-21", "2023-03-16"]),
)


@settings(max_examples=300)
@given(DAYS, DAYS)
def test_in_one_era_the_same_entries_hold(register, one, other):
    if register.era(one) == register.era(other):
        for entry in (*register.units, *register.patterns, *register.functions):
            assert entry.validity.holds(one) == entry.validity.holds(other)


def test_a_name_is_resolved_by_the_date_of_its_notice_whatever_was_asked_before(register):
    resolver = Resolver(register)
    place = register.places["北京市海淀区"]
    names = [
        resolver.unit("区卫生计生委", Context(place, day)).rule
        for day in ("2016-05-01", "2016-05-02", "2022-05-01", "2016-05-01")
    ]
    assert names[0] == names[1] == names[3] != names[2]


@pytest.mark.parametrize("years", ["20xx,", ",19", "2020-01,"])
def test_a_list_of_counties_with_a_year_that_is_none_is_refused(tmp_path: Path, years: str) -> None:
    path = tmp_path / "my.csv"
    rows = (
        "code,name,short,parent,from,until",
        "1,甲县,甲,云江市,2015,",
        f"2,乙县,乙,云江市,{years}",
    )
    path.write_text("\n".join(rows), encoding="utf-8")
    with pytest.raises(RegisterError, match=r"my\.csv:3: .*years · 起止应为年份"):
        load([path])


HEAD = """@prefix gaz: <https://w3id.org/gazette-kg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix place: <https://w3id.org/gazette-kg/id/place/> .
@prefix pat: <https://w3id.org/gazette-kg/pattern/> .

"""


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ('place:锡林郭乐盟 skos:altLabel "锡盟"@zh .', "锡林郭乐盟"),
        ('pat:一 a gaz:NamePattern ; gaz:official "某局" ; gaz:inPlace place:云江市 .', "云江市"),
        ("place:洛阳市 gaz:parentPlace place:河南 .", "河南"),
    ],
)
def test_a_place_that_no_file_describes_is_refused_with_its_line(statement, name, tmp_path):
    path = tmp_path / "my.ttl"
    path.write_text(HEAD + 'place:洛阳市 skos:altLabel "洛城"@zh .\n' + statement, encoding="utf-8")
    with pytest.raises(RegisterError, match=rf"my\.ttl:7: .*没有这个地方: {name}$"):
        Pipeline([path])


def test_a_customary_name_of_ones_own_may_stand_for_a_known_place(tmp_path):
    path = tmp_path / "my.ttl"
    path.write_text(HEAD + 'place:洛阳市 skos:altLabel "洛城"@zh .\n', encoding="utf-8")
    place = issuer_place("洛城人民政府", Pipeline([path]).register)
    assert place is not None
    assert place.full == "洛阳市"
