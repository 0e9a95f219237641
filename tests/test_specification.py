"""The tables in ``tests/spec/`` hold: (text, expected facts), worked out by reading."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kg.document import Span
from kg.extraction import extract
from kg.extraction.deadlines import DEADLINE_LABEL, deadlines_in, year_of
from kg.extraction.names import names_in
from kg.extraction.references import references_in
from kg.extraction.targets import targets_in
from kg.extraction.tasks import tasks_in
from kg.pipeline import Pipeline
from kg.reader import document
from kg.resolution.context import Context
from kg.resolution.issuers import issuer_place
from kg.resolution.resolver import Resolver
from kg.structure import parse

SPEC = Path(__file__).parent / "spec"
YEAR = 2021
WIDE = str.maketrans("(),:;", "（），：；")


def cases(name: str) -> list[Any]:
    entries = json.loads((SPEC / f"{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(entry, id=entry["name"]) for entry in entries]


def plain(words: str) -> str:
    return re.sub(r"\s+", "", words).translate(WIDE)


def lines(text: str) -> list[Span]:
    return [Span(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text)]


@pytest.mark.parametrize("case", cases("roles"))
def test_roles(case: dict[str, Any]) -> None:
    gazette = parse(document(case["text"], "case"))
    text = gazette.document.text
    known = frozenset(case.get("known", ()))
    found = sorted(
        (
            plain(task.span.of(text))[:8],
            duty.name.written,
            duty.role.value,
            duty.certainty.value,
        )
        for notice in gazette.notices
        for task in tasks_in(text, notice, YEAR, known).tasks
        for duty in task.duties
    )
    assert found == sorted(
        (plain(start)[:8], plain(unit), role, certainty)
        for start, unit, role, certainty in case["expected"]
    )


@pytest.mark.parametrize("case", cases("tables"))
def test_tables(case: dict[str, Any]) -> None:
    gazette = parse(document(case["text"], "case"))
    text = gazette.document.text
    found = sorted(
        (task.label.split("/")[-1], duty.name.written, duty.role.value)
        for notice in gazette.notices
        for task in tasks_in(text, notice, YEAR).tasks
        for duty in task.duties
    )
    assert found == sorted((str(row), plain(unit), role) for row, unit, role in case["expected"])


@pytest.mark.parametrize("case", cases("deadlines"))
def test_deadlines(case: dict[str, Any]) -> None:
    text = document(case["text"], "case").text
    found = []
    for line in lines(text):
        words = line.of(text)
        strict = bool(DEADLINE_LABEL.match(words) or re.search(r"考核单位|完成时限", words))
        found += list(deadlines_in(text, line, case["year"], strict))
    assert [(fact.kind.value, fact.start, fact.end) for fact in found] == [
        tuple(expected[:3]) for expected in case["expected"]
    ]
    for fact, expected in zip(found, case["expected"], strict=True):
        assert plain(expected[3]) in plain(fact.span.of(text))


@pytest.mark.parametrize("case", cases("targets"))
def test_targets(case: dict[str, Any]) -> None:
    text = document(case["text"], "case").text
    found = []
    for line in lines(text):
        number = re.match(r"\d+[.．]\s*", line.of(text))
        inside = Span(line.start + (number.end() if number else 0), line.end)
        for fact in targets_in(text, inside):
            evidence = fact.span.of(text)
            assert re.search(rf"\d[百千万亿余多]*{re.escape(fact.measure)}", evidence), evidence
            plainly = re.sub(r"（[^（）]*\d[^（）]*）", "", evidence)
            assert fact.subject in evidence or fact.subject in plainly or "分别" in evidence
            found.append((fact.subject, fact.comparator.value, float(fact.value), fact.measure))
    assert sorted(found) == sorted(
        (plain(subject), comparator, float(value), measure)
        for subject, comparator, value, measure in case["expected"]
    )


@pytest.mark.parametrize("case", cases("references"))
def test_references(case: dict[str, Any]) -> None:
    gazette = parse(document(case["text"], "case"))
    text, notice = gazette.document.text, gazette.notices[0]
    plans = tuple(plan.of(text) for plan in notice.plans)
    found = [
        (fact.title, fact.number, fact.relation.value)
        for fact in references_in(text, Span(0, len(text)), notice.number, plans)
    ]
    assert sorted(found) == sorted(
        (plain(title), plain(number), relation.replace("forwards", "republishes"))
        for title, number, relation in case["expected"]
    )


@pytest.mark.parametrize("case", cases("memberships"))
def test_memberships(case: dict[str, Any]) -> None:
    gazette = parse(document(case["text"], "case"))
    facts = [fact for notice in extract(gazette).notices for fact in notice.memberships]
    found = [
        [fact.person, fact.group_role, fact.unit.written if fact.unit else "", fact.post]
        for fact in facts
    ]
    assert sorted(found) == sorted(case["expected"])
    for fact in facts:
        words = plain(fact.span.of(gazette.document.text))
        assert plain(fact.person) in words
        assert all(post in words for post in plain(fact.post).split("、"))


@pytest.mark.parametrize("case", cases("hostings"))
def test_hostings(case: dict[str, Any]) -> None:
    gazette = parse(document(case["text"], "case"))
    text = gazette.document.text
    found = [
        [fact.group, fact.unit.written, plain(fact.span.of(text))]
        for notice in extract(gazette).notices
        for fact in notice.hostings
    ]
    assert found == case["expected"]


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline()


@pytest.mark.parametrize("case", cases("names"))
def test_names(case: dict[str, Any], pipeline: Pipeline) -> None:
    text = document(case["text"], "case").text
    resolver = Resolver(pipeline.register)
    context = Context(issuer_place(case["issuer"], pipeline.register), case.get("date", ""))
    found = []
    for name in names_in(text, Span(0, len(text))):
        unit = None if name.collective else resolver.unit(name.written, context, name.leader)
        official = unit.name if unit is not None and unit.registered else None
        found.append((name.written, official, name.collective))
    assert found == [
        (plain(written), official, collective) for written, official, collective in case["expected"]
    ]


def test_a_month_without_a_date_of_issue_takes_the_year_of_the_number() -> None:
    text = (
        "国务院关于重点工作分工的意见\n国发〔2020〕6号\n1.调整赤字率。（财政部牵头，6月底前完成）"
    )
    (facts,) = extract(parse(document(text, "case"))).notices
    assert [fact.end for task in facts.tasks for fact in task.deadlines] == ["2020-06"]


def test_a_year_alone_in_the_title_s_bracket_is_the_year_of_its_months() -> None:
    assert year_of("某县改革任务分解表（2022年度）", "") == 2022
    assert year_of("某县三年行动计划（2021—2023年）", "2021-03-01") == 2021


def test_the_task_of_a_row_is_its_words_and_not_its_figures() -> None:
    text = "序号\t任务\t2022年目标\t责任部门\n1\t免费诊断企业（家）\t300\t市工信局\n2\t培育智能工厂（家）\t2\t市科技局"
    gazette = parse(document(text, "case"))
    (facts,) = extract(gazette).notices
    words = [task.span.of(gazette.document.text) for task in facts.tasks]
    assert words == ["免费诊断企业（家）", "培育智能工厂（家）"]


@pytest.mark.parametrize(
    "opening",
    [
        "市政府常务会议纪要\n2021年5月17日下午，市长孙立军主持召开会议。纪要如下：",
        "市政府督查通报\n〔2021〕第9期\n市政府督查室对2018年开工的项目进行了督查。",
        "市政府督办事项清单\n（2021年第2期）",
        "某市重点任务分解表\n2021年3月",
    ],
)
def test_a_month_without_a_date_of_issue_takes_the_year_that_the_text_opens_with(
    opening: str,
) -> None:
    text = f"{opening}\n一、市水务局负责除险加固，12月底前完工。"
    (facts,) = extract(parse(document(text, "case"))).notices
    assert [fact.end for task in facts.tasks for fact in task.deadlines] == ["2021-12"]


def test_the_heading_of_a_row_is_all_that_stands_before_its_words() -> None:
    text = (
        "序号\t项目名称\t建设内容\t年度目标\t责任单位\n"
        "1\t县城第二水厂\t日供水2万吨\t通水运行\t县水利局\n2\t县中医院\t床位300张\t主体完工\t县卫健局"
    )
    (facts,) = extract(parse(document(text, "case"))).notices
    assert [task.heading for task in facts.tasks] == [
        "县城第二水厂 / 日供水2万吨",
        "县中医院 / 床位300张",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "关于成立县防汛工作领导小组的通知\n长：方志强（县委常委、副县长）\n"
            "副组长：田立新（县水利局局长）\n沈月县气象局局长）\n一、加强领导",
            ["长：方志强（县委常委、副县长）", "沈月县气象局局长）"],
            id="lines beside a member with damaged labels and brackets",
        ),
        pytest.param(
            "关于成立县防汛工作领导小组的通知\n组长：方志强（副县长）\n下设办公室，县水利局局长兼任主任。",
            [],
            id="a sentence beside a member",
        ),
        pytest.param(
            "1.市水利局：提供水情。负责疏浚河道，配合排水。\n2.由林远副市长负责，市城管局牵头。",
            [],
            id="what a unit goes on to do, and a person",
        ),
        pytest.param(
            "（一）县水利局职责\n1.负责牵头巡查，并协助县应急局抢险；配合排水。\n2.各阶段“一家牵头、并联审批”。",
            [],
            id="what the unit of a heading does, and words in quotation marks",
        ),
        pytest.param(
            "第四条 坚持政府主导、部门负责的原则。\n第五条 被检查单位应当给予配合。\n"
            "第六条 对直接负责的主管人员给予处分。\n第七条 广场由管理者负责。",
            [],
            id="principles, persons, and who is checked",
        ),
        pytest.param(
            "关于调整县教材委员会的通知\n主任：林致远　副县长\n委员：\n（一）部门委员\n方志强　县教育局局长\n"
            "副县长协助分管工作的县长，副总理、国务委员按分工负责。\n各机关要对其真实性负责。",
            [],
            id="a heading within a list of people, and who helps whom",
        ),
        pytest.param(
            "1.新建校舍两所。牵头负责领导：刘志远。\n2.同意建立由县教育局牵头的联席会议制度。\n"
            "3.加强协同配合，发挥牵头抓总作用，推行首问负责。\n4.抄送县政协办公室，由赛事主办方分享。",
            [],
            id="who leads a group, leaders, and what a lead is for",
        ),
        pytest.param("1.县水利局负责巡查。\n2.日常管护负责到位。", ["负责"], id="a word of nobody"),
    ],
)
def test_what_looks_like_a_fact_and_is_none_is_told(text: str, found: list[str]) -> None:
    gazette = parse(document(text, "case"))
    (facts,) = extract(gazette).notices
    told = [f for f in facts.findings if f.rule in ("unread-member", "unread-role-word")]
    assert [finding.span.of(gazette.document.text) for finding in told] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("根据《土地管理法和有关规定执行。", ["unread-title 《土地管理法和有关规定执行"]),
        ("依照土地管理法》执行。", ["unread-title 依照土地管理法》"]),
        ("按照苏府〔2020〕号要求办理。", ["unread-number 按照苏府〔2020〕号"]),
        (
            "见苏府〔2020〕××号，苏府〔202〕15号。",
            ["unread-number 见苏府〔2020〕××号", "unread-number 苏府〔202〕15号"],
        ),
        ("见国发2020〕15号。", ["unread-number 见国发2020〕15号"]),
        (
            "县水利局10月底完善系统，2022年底考核。",
            ["unread-time-limit 10月底", "unread-time-limit 2022年底"],
        ),
        ("依据《城乡规划法》和国发〔2020〕15号，系统10月底前上线。", []),
        ("依照《实施〈城乡规划法〉办法》，自2003年7月下旬以来巡查。", []),
    ],
)
def test_damaged_marks_and_times_without_effect_are_told(text: str, found: list[str]) -> None:
    gazette = parse(document(f"关于做好巡查工作的通知\n各乡镇：\n{text}\n", "case"))
    (facts,) = extract(gazette).notices
    told = [
        f"{one.rule} {one.span.of(gazette.document.text)}"
        for one in facts.findings
        if one.rule in ("unread-title", "unread-number", "unread-time-limit")
    ]
    assert told == found


def test_cells_of_people_and_figures_are_explained() -> None:
    text = (
        "序号\t项目\t总投资\t责任单位\t包抓\n1\t新建水厂\t298600\t县水利局\t黄志远\n"
        "2\t改造校舍\t8000万元\t县教育局\t高新区\n"
    )
    gazette = parse(document(text, "case"))
    told = [f.span for n in extract(gazette).notices for f in n.findings if f.rule == "unread-cell"]
    assert [span.of(gazette.document.text) for span in told] == ["高新区"]


@pytest.mark.parametrize(
    ("listed", "collective"),
    [
        ("发展改革委、工业和信息化部、银保监会等部门", False),
        ("农业农村部、审计署等部门", False),
        ("商务部、人民银行等部门", False),
        ("自然资源、住房建设等部门", True),
    ],
)
def test_functions_that_are_summed_up_are_collective_and_units_are_not(
    tmp_path: Path, listed: str, collective: bool
) -> None:
    file = tmp_path / "opinion.txt"
    file.write_text(
        "国务院办公厅关于加强工作的意见\n国办发〔2019〕6号\n各省、自治区、直辖市人民政府：\n"
        f"（一）加强领导。财政部要会同{listed}，加强统筹协调。\n国务院办公厅\n2019年1月5日\n",
        encoding="utf-8",
    )
    facts = Pipeline().read(file)
    units = {unit.id: unit for unit in facts.units}
    found = {fact.as_written: units[fact.unit].collective for fact in facts.assignments}
    names = listed.partition("等")[0].split("、")
    assert found == {"财政部": False} | dict.fromkeys(names, collective)
