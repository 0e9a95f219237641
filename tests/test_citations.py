"""Citations of notices of the collection: who cites whom, worked out by reading the texts."""

from __future__ import annotations

import csv
import random
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from factories import Says, collected, linked_all
from hypothesis import given
from hypothesis import strategies as st

from kg.building.run import build
from kg.citations import NoticeIndex, issued, linked, title_key
from kg.facts import DocumentFacts
from kg.model import Relation
from kg.pipeline import Pipeline
from kg.rdf import DEFAULT_BASE, PREFIXES, quads
from kg.rdf.document import document_lines
from kg.reader import document

DOCUMENTS = Path(__file__).parent / "documents"
ACROSS = sorted((DOCUMENTS / "across").glob("*.txt"))

PLAN = "朝政发〔2019〕3号"
LINKS = {
    ("朝政办发〔2020〕8号", "applies", PLAN),  # 为贯彻落实《朝阳区河道治理行动方案》
    ("朝政发〔2021〕2号", "repeals", PLAN),  # 《朝阳区河道治理行动方案》同时废止
    ("朝政办发〔2020〕11号", "basis", PLAN),  # 根据朝政发〔2019〕3号要求
    ("海政发〔2020〕6号", "cites", PLAN),  # 参照《朝阳区河道治理行动方案》: names the place
}
EDGES = {
    ("朝政办发〔2020〕8号", "applies", f"notice/{PLAN}"),
    ("朝政发〔2021〕2号", "repeals", f"notice/{PLAN}"),
    ("朝政办发〔2020〕11号", "based_on", f"notice/{PLAN}"),
    ("海政发〔2020〕6号", "cites", f"notice/{PLAN}"),
    # No notice of the collection: a law; one title of two notices; 防汛重点工作安排 of
    # a neighbour; a measure that is issued a year after it is cited.
    (PLAN, "based_on", "act/中华人民共和国水法"),
    ("朝政办发〔2020〕15号", "applies", "act/朝阳区防汛工作方案"),
    ("海政发〔2020〕6号", "applies", "act/防汛重点工作安排"),
    ("朝政办发〔2020〕4号", "applies", "act/朝阳区河道管理办法"),
}


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline()


@pytest.fixture(scope="module")
def alone(pipeline: Pipeline) -> list[DocumentFacts]:
    return [pipeline.read(path) for path in ACROSS]


@pytest.fixture(scope="module")
def together(alone: list[DocumentFacts]) -> list[DocumentFacts]:
    return linked_all(alone)


def links(documents: list[DocumentFacts]) -> set[tuple[str, str, str]]:
    """Return number of the citing notice, relation, number of the cited one."""
    names = {notice.id: notice.number for facts in documents for notice in facts.notices}
    found = set()
    for facts in documents:
        references = {reference.id: reference for reference in facts.references}
        for citation in facts.citations:
            reference = references[citation.reference]
            if citation.notice:
                found.add(
                    (names[reference.notice], str(reference.relation), names[citation.notice])
                )
    return found


def test_citations_link_to_notices_of_the_collection(together: list[DocumentFacts]) -> None:
    assert links(together) == LINKS


def test_a_title_of_two_notices_is_a_finding_and_no_link(together: list[DocumentFacts]) -> None:
    ((facts, finding),) = [(facts, one) for facts in together for one in facts.across]
    assert finding.rule == "ambiguous-citation"
    assert finding.span is not None
    assert finding.span.of(facts.document.text) == "《朝阳区防汛工作方案》"
    assert finding.subject == "notice/朝政办发〔2020〕15号"
    for words in (finding.message_zh, finding.message_en):
        assert "朝政办发〔2018〕5号" in words
        assert "朝政办发〔2019〕9号" in words


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_documents_does_not_matter(alone: list[DocumentFacts], seed: int) -> None:
    shuffled = random.Random(seed).sample(alone, len(alone))
    index = NoticeIndex(record for facts in shuffled for record in issued(facts))
    assert [linked(facts, index) for facts in alone] == linked_all(alone)


def ask(documents: list[DocumentFacts], columns: str, where: str) -> list[tuple[str, ...]]:
    store = ox.Store()
    store.load("\n".join(quads(documents)).encode(), format=ox.RdfFormat.N_QUADS)
    prefixes = "".join(f"PREFIX {name}: <{space}>\n" for name, space in PREFIXES.items())
    query = f"{prefixes}SELECT {columns} WHERE {{ {where} }}"
    rows = store.query(query, use_default_graph_as_union=True)
    return [tuple(term.value if term else "" for term in row) for row in rows]


def test_each_citation_is_one_edge_to_the_act_that_is_meant(
    together: list[DocumentFacts],
) -> None:
    rows = ask(
        together,
        "?number ?edge ?act",
        "VALUES ?edge { eli:based_on eli:applies eli:cites eli:repeals eli:amends } "
        "?notice ?edge ?act ; eli:id_local ?number",
    )
    assert len(rows) == len(set(rows)) == len(EDGES)
    found = {
        (number, edge.rpartition("#")[2], act.removeprefix(DEFAULT_BASE))
        for number, edge, act in rows
    }
    assert found == EDGES


def test_the_graph_of_a_document_does_not_depend_on_the_others(
    alone: list[DocumentFacts], together: list[DocumentFacts]
) -> None:
    for one, other in zip(alone, together, strict=True):
        assert document_lines(one, DEFAULT_BASE) == document_lines(other, DEFAULT_BASE)


def test_no_statement_stands_in_two_graphs(together: list[DocumentFacts]) -> None:
    triples = [line.rpartition(" <")[0] for line in quads(together)]
    assert len(triples) == len(set(triples))


def test_a_build_writes_the_cited_notice_and_the_finding(tmp_path: Path) -> None:
    result = build([DOCUMENTS / "across"], tmp_path / "out", cache=False)
    tables = tmp_path / "out" / "tables"
    with (tables / "references.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {
        (row["notice_number"], row["relation"], row["cited_notice"].removeprefix("notice/"))
        for row in rows
        if row["cited_notice"]
    } == LINKS
    with (tables / "findings.csv").open(encoding="utf-8", newline="") as file:
        findings = list(csv.DictReader(file))
    assert [row["quote"] for row in findings if row["rule"] == "ambiguous-citation"] == [
        "《朝阳区防汛工作方案》"
    ]
    assert result.counts is not None
    assert result.counts.findings == len(findings)


SELF = """云江市人民政府关于印发《云江市{name}方案》的通知
云政发〔2020〕5号
各县（区）人民政府：
现将《云江市{name}方案》印发给你们，请认真贯彻执行。
云江市人民政府
2020年3月2日
云江市{name}方案
一、贯彻《云江市人民政府关于印发〈云江市{name}方案〉的通知》（云政发〔2020〕5号），整治河道。（牵头单位：市水务局）
二、贯彻《云江市人民政府关于印发〈云江市{name}方案〉的通知》，开展督查。（牵头单位：市水务局）
"""


@pytest.mark.parametrize("names", [["治水"], ["治水", "绿化"]])
def test_a_notice_that_names_itself_cites_nothing(pipeline: Pipeline, names: list[str]) -> None:
    """Not even where another text has its number."""
    read = [pipeline.facts(document(SELF.format(name=name), name)) for name in names]
    found = collected(read)
    assert all(any(r.relation is not Relation.ISSUES for r in facts.references) for facts in found)
    assert links(found) == set()
    edges = "VALUES ?edge { eli:based_on eli:applies eli:cites } ?notice ?edge ?act"
    assert ask(found, "?notice ?edge ?act", edges) == []


TITLES = [
    # (title of the notice, plans, issuer; title as cited; whether it is that notice)
    ("市政府关于印发《甲方案》的通知", ("甲方案",), "市政府", "甲方案", True),
    ("市政府关于印发《甲方案》的通知", ("甲方案",), "市政府", "关于印发〈甲方案〉的通知", True),
    (
        "市政府关于印发《甲方案》的通知",
        ("甲方案",),
        "市政府",
        "市政府关于印发〈甲方案〉的通知",
        True,
    ),
    ("关于印发《甲方案》的通知", ("甲方案",), "市政府", "市政府关于印发〈甲方案〉的通知", True),
    ("关于印发《甲方案》的通知", ("甲方案",), "市政府", "县政府关于印发〈甲方案〉的通知", False),
    ("甲 方案(试行)", (), "市政府", "甲方案（试行）", True),
    ("甲方案（试行）", (), "市政府", "甲方案", False),
    ("市政府公告", (), "市政府", "公告", False),
    ("市政府通知", ("甲方案",), "市政府", "甲方案实施细则", False),
]


@pytest.mark.parametrize(("title", "plans", "issuer", "cited", "same"), TITLES)
def test_titles_are_equal_but_for_brackets_blanks_and_the_issuer(
    title: str, plans: tuple[str, ...], issuer: str, cited: str, same: bool
) -> None:
    facts = notice("甲发〔2019〕1号", "2019-01-01", title=title, plans=plans)
    facts = replace(facts, notices=(replace(facts.notices[0], issuer=issuer),))
    assert links_of(citing(cited), facts) == (["甲发〔2019〕1号"] if same else [])


def notice(
    number: str, date: str, title: str = "", plans: tuple[str, ...] = (), places: str = ""
) -> DocumentFacts:
    """Return a notice that cites nothing; ``places`` are names with blanks between."""
    text = "\n".join((number, title, *plans))
    facts = Says(number, text, date=date, title=title, plans=plans).facts()
    return replace(facts, notices=(replace(facts.notices[0], places=tuple(places.split())),))


def citing(
    title: str,
    relation: Relation = Relation.APPLIES,
    *,
    number: str = "",
    date: str = "2020-06-01",
    places: str = "",
    plans: tuple[str, ...] = (),
) -> DocumentFacts:
    text = f"关于落实的通知\n《{title}》"
    say = Says("乙发〔2020〕1号", text, date=date, title="关于落实的通知", plans=plans)
    say.cite(f"《{title}》", relation, title=title, number=number)
    facts = say.facts()
    return replace(facts, notices=(replace(facts.notices[0], places=tuple(places.split())),))


def links_of(facts: DocumentFacts, *others: DocumentFacts) -> list[str]:
    """Return the numbers of the notices that the first document's citation may mean."""
    found = linked_all([facts, *others])[0].citations
    return [name.removeprefix("notice/") for citation in found for name in citation.notices]


EARLY = notice("甲发〔2018〕1号", "2018-05-01", plans=("甲方案",))
LATE = notice("甲发〔2019〕7号", "2019-05-01", plans=("甲方案",))
NEXT = notice("甲发〔2021〕2号", "2021-05-01", plans=("甲方案",))
DISTRICT = notice("区发〔2019〕1号", "2019-05-01", plans=("工作方案",), places="甲市乙区 甲市 中国")
CITY = notice("市发〔2019〕1号", "2019-05-01", plans=("工作方案",), places="甲市 中国")
STATE = notice("国发〔2019〕1号", "2019-05-01", plans=("工作方案",), places="中国")


def test_a_number_decides_before_the_title() -> None:
    assert links_of(citing("甲方案", number="甲发〔2019〕7号"), EARLY, LATE) == ["甲发〔2019〕7号"]
    assert links_of(citing("别的方案", number="甲发〔2019〕7号"), EARLY, LATE) == [
        "甲发〔2019〕7号"
    ]
    # A number that no notice has is that of an act outside the collection.
    assert links_of(citing("甲方案", number="甲发〔2017〕9号"), EARLY) == []


def test_a_number_of_two_notices_is_in_doubt_unless_the_title_tells() -> None:
    twin = notice("甲发〔2018〕1号", "2018-05-01", plans=("乙方案",))
    twin = replace(twin, notices=(replace(twin.notices[0], id="notice/甲发〔2018〕1号~2"),))
    number = "甲发〔2018〕1号"
    assert links_of(citing("乙方案", number=number), EARLY, twin) == [f"{number}~2"]
    doubt = linked_all([citing("", number=number), EARLY, twin])
    assert doubt[0].citations[0].notice is None
    # The act's IRI is that of one of the two: no edge says that it is meant.
    assert ask(doubt, "*", "?notice eli:applies ?act") == []


def test_what_is_issued_later_cannot_be_cited() -> None:
    assert links_of(citing("甲方案"), EARLY, NEXT) == ["甲发〔2018〕1号"]
    assert links_of(citing("甲方案"), NEXT) == []
    assert links_of(citing("甲方案", date="2021"), NEXT) == ["甲发〔2021〕2号"]
    # Without a date the year of the number is that of issue.
    assert links_of(citing("甲方案", date=""), EARLY, NEXT) == ["甲发〔2018〕1号"]


def test_several_earlier_notices_are_in_doubt() -> None:
    assert links_of(citing("甲方案"), EARLY, LATE, NEXT) == ["甲发〔2018〕1号", "甲发〔2019〕7号"]


def test_a_place_follows_its_own_acts_and_those_above() -> None:
    def of(places: str, *others: DocumentFacts) -> list[str]:
        return links_of(citing("工作方案", places=places), *others)

    assert of("甲市乙区 甲市 中国", DISTRICT) == ["区发〔2019〕1号"]
    assert of("甲市乙区 甲市 中国", CITY) == ["市发〔2019〕1号"]
    assert of("甲市乙区 甲市 中国", STATE) == ["国发〔2019〕1号"]
    assert of("甲市丙区 甲市 中国", DISTRICT) == []
    assert of("甲市 中国", DISTRICT) == []
    assert of("丁市 中国", CITY, STATE) == ["国发〔2019〕1号"]
    # Where the place is not told, nothing speaks against it.
    assert of("", CITY) == ["市发〔2019〕1号"]


def test_a_title_that_names_place_or_issuer_is_followed_anywhere() -> None:
    named = notice("区发〔2019〕2号", "2019-05-01", plans=("乙区工作方案",), places="甲市乙区 甲市")
    assert links_of(citing("乙区工作方案", places="丁市 中国"), named) == ["区发〔2019〕2号"]


def test_the_own_plan_is_no_other_notice_but_for_what_it_replaces() -> None:
    own = ("甲方案",)
    assert links_of(citing("甲方案", plans=own), EARLY) == []
    assert links_of(citing("甲方案", Relation.REPEALS, plans=own), EARLY) == ["甲发〔2018〕1号"]
    assert links_of(citing("甲方案", Relation.AMENDS, plans=own), EARLY) == ["甲发〔2018〕1号"]
    assert links_of(citing("甲方案", Relation.ISSUES), EARLY) == []


@given(st.text("治水方案《》〈〉（）() 　“”", max_size=20))
def test_a_key_is_its_own_key(title: str) -> None:
    assert title_key(title_key(title)) == title_key(title)
    assert title_key(f" 《{title}》") == title_key(title)
