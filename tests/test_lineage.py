"""Units over time: two notices of one district, three of the State Council, worked out by hand.

2017: 区卫生计生委 leads two tasks, in one of them with 区财政局. 2019: 区卫生健康委 leads one, with 区财政局, and
supports one that 区市场监管局 leads. In the first notice 区食品药品监管局 and 区工商分局 have a part, too.
"""

import csv

import pytest

from kg.building.run import build
from kg.common import Common
from kg.measures import measure_frame, parse_choices
from kg.measures.lineage import heirs
from kg.measures.making import frame_from_facts
from kg.measures.read import read_frame
from kg.pipeline import Pipeline
from kg.query import bind, find_query
from kg.rdf import quads
from kg.reader import document
from kg.store import load_store, open_build
from kg.validate import validate

DISTRICT_2017 = """北京市海淀区人民政府关于印发《健康海淀行动方案》的通知
海政发〔2017〕3号
各有关单位：
现将《健康海淀行动方案》印发给你们，请认真贯彻执行。
北京市海淀区人民政府
2017年5月2日
健康海淀行动方案
一、开展健康教育。由区卫生计生委牵头，区财政局配合。
二、办好社区门诊。由区卫生计生委牵头。
三、检查餐饮单位。由区食品药品监管局牵头，海淀工商分局配合。
"""
DISTRICT_2019 = """北京市海淀区人民政府关于印发《健康海淀提升方案》的通知
海政发〔2019〕8号
各有关单位：
现将《健康海淀提升方案》印发给你们，请认真贯彻执行。
北京市海淀区人民政府
2019年6月3日
健康海淀提升方案
一、完善预防体系。由区卫生健康委牵头，区财政局配合。
二、检查餐饮单位。由区市场监管局牵头，区卫生健康委配合。
"""
STATE = """国务院关于印发《清理规范方案》的通知
国发〔{year}〕{number}号
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
现将《清理规范方案》印发给你们，请认真贯彻执行。
国务院
{year}年9月4日
清理规范方案
一、防范金融风险。由{unit}牵头，财政部配合。
"""
HEALTH_BEFORE = "unit/北京市海淀区卫生和计划生育委员会"
HEALTH_AFTER = "unit/北京市海淀区卫生健康委员会"
FOOD = "unit/北京市海淀区食品药品监督管理局"
MARKET = "unit/北京市海淀区市场监督管理局"
REGULATORS = ("中国银行业监督管理委员会", "中国银行保险监督管理委员会", "国家金融监督管理总局")


@pytest.fixture(scope="module")
def read():
    pipeline = Pipeline()
    return lambda *texts: [
        pipeline.facts(document(text, f"{place}.txt")) for place, text in enumerate(texts)
    ]


@pytest.fixture(scope="module")
def district(read):
    return read(DISTRICT_2017, DISTRICT_2019)


@pytest.fixture(scope="module")
def state(read):
    years = ((2016, "银监会"), (2019, "银保监会"), (2024, "金融监管总局"))
    return read(*(STATE.format(year=year, number=year % 50, unit=unit) for year, unit in years))


def told(changes):
    return [(change.date, change.originals, change.results) for change in changes]


def test_a_reform_of_every_place_links_the_units_that_documents_name(district):
    # 工商分局 is a branch of the city's bureau: no pattern says what became of it.
    assert told(Common.of(district).changes()) == [
        ("2018", (HEALTH_BEFORE,), (HEALTH_AFTER,)),
        ("2018", (FOOD,), (MARKET,)),
    ]


@pytest.mark.parametrize("text", [DISTRICT_2017, DISTRICT_2019])
def test_one_side_alone_is_no_change(read, text):
    assert Common.of(read(text)).changes() == []


def test_units_of_two_places_are_not_linked(read):
    assert Common.of(read(DISTRICT_2017.replace("海淀", "丰台"), DISTRICT_2019)).changes() == []


def test_an_event_of_single_units_is_told_with_all_before_and_after(read):
    (facts,) = read(STATE.format(year=2019, number=7, unit="银保监会"))
    names = [
        (change.date, change.originals, change.results) for change in Common.of([facts]).changes()
    ]
    bank, insurance, both, new = (
        f"unit/{name}"
        for name in (REGULATORS[0], "中国保险监督管理委员会", REGULATORS[1], REGULATORS[2])
    )
    assert names == [
        ("2018-03-17", (bank, insurance), (both,)),
        ("2023-05-18", (both,), (new,)),
    ]
    assert {unit.id for unit in facts.versions} == {bank, insurance, new}


def test_an_heir_is_the_last_one_of_a_line(state):
    last = f"unit/{REGULATORS[2]}"
    assert heirs(Common.of(state).changes()) == {
        f"unit/{REGULATORS[0]}": last,
        "unit/中国保险监督管理委员会": last,
        f"unit/{REGULATORS[1]}": last,
    }


def test_a_part_of_the_work_moved_makes_no_heir(read):
    # 民政部 gave work to 退役军人事务部 in 2018 and to 中央社会工作部 in 2023, and went on.
    (facts,) = read(STATE.format(year=2024, number=9, unit="民政部"))
    changes = Common.of([facts]).changes()
    results = {name for change in changes for name in change.results}
    assert {"unit/中华人民共和国退役军人事务部", "unit/中共中央社会工作部"} <= results
    assert "unit/中华人民共和国民政部" not in heirs(changes)


def load(measures):
    return {unit.name: (unit.tasks, unit.lead, unit.support) for unit in measures.load}


def test_load_per_version_and_per_lineage(district):
    frame = frame_from_facts(district)
    assert load(measure_frame(frame)) == {
        "北京市海淀区卫生和计划生育委员会": (2, 2, 0),
        "北京市海淀区卫生健康委员会": (2, 1, 1),
        "北京市海淀区财政局": (2, 0, 2),
        "北京市海淀区食品药品监督管理局": (1, 1, 0),
        "北京市海淀区市场监督管理局": (1, 1, 0),
        "北京市工商行政管理局海淀分局": (1, 0, 1),
    }
    assert load(measure_frame(frame, parse_choices("lineage"))) == {
        "北京市海淀区卫生健康委员会": (4, 3, 1),
        "北京市海淀区财政局": (2, 0, 2),
        "北京市海淀区市场监督管理局": (2, 2, 0),
        "北京市工商行政管理局海淀分局": (1, 0, 1),
    }


def test_pairs_per_lineage(district):
    measures = measure_frame(frame_from_facts(district), parse_choices("lineage"))
    shared = {frozenset((tie.name, tie.partner_name)): tie.shared_tasks for tie in measures.ties}
    assert shared[frozenset(("北京市海淀区卫生健康委员会", "北京市海淀区财政局"))] == 2


def test_an_heir_that_no_document_names_has_the_name_and_the_kind(read):
    facts = read(STATE.format(year=2019, number=7, unit="银保监会"))
    measures = measure_frame(frame_from_facts(facts), parse_choices("lineage"))
    kinds = {unit.name: (unit.kind, unit.level) for unit in measures.load}
    assert kinds[REGULATORS[2]] == kinds["中华人民共和国财政部"] == ("department", "national")


def test_the_graph_holds_the_changes_and_the_query_follows_them(state):
    lines = "\n".join(quads(state)) + "\n"
    store = load_store(lines.encode())
    query = bind(find_query("unit-lineage"), {"unit": [REGULATORS[0]]}, store)
    rows = [row[1:6] for row in store.query(query).texts()]
    merged = ("2018-03-17", "组建中国银行保险监督管理委员会")
    assert rows == [
        (*merged, "中国保险监督管理委员会", REGULATORS[1], "false"),
        (*merged, REGULATORS[0], REGULATORS[1], "false"),
        ("2023-05-18", "组建国家金融监督管理总局", REGULATORS[1], REGULATORS[2], "false"),
    ]


def test_a_build_writes_the_changes_everywhere(tmp_path, district):
    for number, text in enumerate((DISTRICT_2017, DISTRICT_2019)):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    out = tmp_path / "build"
    build([tmp_path / "0.txt", tmp_path / "1.txt"], out)
    with (out / "tables" / "changes.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["date"], row["original"], row["result"]) for row in csv.DictReader(file)]
    assert rows == [("2018", HEALTH_BEFORE, HEALTH_AFTER), ("2018", FOOD, MARKET)]
    frame = read_frame(out)
    assert frame.heirs == frame_from_facts(district).heirs != ()
    pages = "".join(
        page.read_text(encoding="utf-8") for page in (out / "site/units").glob("*.html")
    )
    assert pages.count("北京市海淀区卫生和计划生育委员会</a> → ") == 2
    assert not [problem for problem in validate(open_build(out)) if "hange" in str(problem)]
