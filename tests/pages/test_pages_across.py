"""Notices that cite one another, on the pages of the notices in tests/documents/across."""

from pathlib import Path
from urllib.parse import unquote

import pytest
from factories import linked_all
from test_pages_links import Page

from kg.pages import write_site
from kg.pages.corpus import Corpus
from kg.pipeline import Pipeline
from kg.reader import document

ACROSS = Path(__file__).parents[1] / "documents" / "across"
PLAN = "朝政发〔2019〕3号"


@pytest.fixture(scope="module")
def facts():
    pipeline = Pipeline()
    return linked_all([pipeline.read(path) for path in sorted(ACROSS.glob("*.txt"))])


@pytest.fixture(scope="module")
def site(facts, tmp_path_factory):
    folder = tmp_path_factory.mktemp("across")
    write_site(folder, facts)
    return folder


def rows_of(page, table):
    return [
        [cell.strip() for cell in row.locator("td").all_inner_texts()]
        for row in page.locator(f"#table-{table} tbody tr").all()
    ]


def notice_page(facts, number):
    return Corpus.of(facts).notice_pages[f"notice/{number}"]


def test_a_notice_tells_who_cites_and_repeals_it(visit, facts, site):
    tab = visit(site)
    page = tab.open(notice_page(facts, PLAN))
    assert [row[:3] for row in rows_of(page, "citing")] == [
        ["2020-03-02", "朝政办发〔2020〕8号", "落实"],
        ["2020-04-20", "朝政办发〔2020〕11号", "依据"],
        ["2020-06-08", "海政发〔2020〕6号", "提及"],
        ["2021-01-15", "朝政发〔2021〕2号", "废止"],
    ]
    repealed = page.locator("dl.facts div", has_text="被废止")
    assert repealed.locator("dd").inner_text() == "朝政发〔2021〕2号"
    repealed.locator("a").click()
    page.wait_for_url("**/notices/**#s*")
    assert page.locator(".hit").first.inner_text() == "《朝阳区河道治理行动方案》"


def test_a_notice_leads_to_what_it_cites(visit, facts, site):
    tab = visit(site)
    page = tab.open(notice_page(facts, "朝政办发〔2020〕11号"))
    assert rows_of(page, "references") == [["依据", PLAN, PLAN, PLAN]]
    page.locator("#source a.is-reference").click()
    page.wait_for_url("**/notices/**")
    assert page.locator("h1").inner_text() == (
        "北京市朝阳区人民政府关于印发《朝阳区河道治理行动方案》的通知"
    )


def test_a_citation_in_doubt_is_marked_as_a_finding(visit, facts, site):
    page = visit(site).open(notice_page(facts, "朝政办发〔2020〕15号"))
    assert rows_of(page, "references") == [["落实", "《朝阳区防汛工作方案》", "", ""]]
    assert "朝政办发〔2018〕5号" in page.locator("#source .badge.warn").get_attribute("title")


def test_the_policies_page_draws_a_cited_notice_once_and_lists_the_links(visit, site):
    page = visit(site).open("policies.html")
    assert [row[:4] for row in rows_of(page, "links")] == [
        ["2020-03-02", "朝政办发〔2020〕8号", "落实", PLAN],
        ["2020-04-20", "朝政办发〔2020〕11号", "依据", PLAN],
        ["2020-06-08", "海政发〔2020〕6号", "提及", PLAN],
        ["2021-01-15", "朝政发〔2021〕2号", "废止", PLAN],
    ]
    nodes = page.evaluate("Gazette.read('nodes').filter((node) => node.id[0] === 'r')")
    # The two plans of one title stay two; what is cited in doubt, or outside, is white.
    assert sorted((node["label"], "href" in node) for node in nodes) == [
        ("《中华人民共和国水法》", False),
        ("《朝阳区河道管理办法》", False),
        ("《朝阳区防汛工作方案》", False),
        ("《防汛重点工作安排》", False),
        ("朝政办发〔2018〕5号\n《朝阳区防汛工作方案》", True),
        ("朝政办发〔2019〕9号\n《朝阳区防汛工作方案》", True),
        ("朝政办发〔2020〕4号\n《防汛重点工作安排》", True),
        (f"{PLAN}\n《朝阳区河道治理行动方案》", True),
        ("朝政发〔2021〕2号\n《朝阳区河道管理办法》", True),
    ]
    (node,) = [node for node in nodes if node["label"].startswith(PLAN)]
    assert [link["number"] for link in node["links"]] == [
        PLAN,
        PLAN,
        "朝政办发〔2020〕8号",
        "朝政办发〔2020〕11号",
        "海政发〔2020〕6号",
        "朝政发〔2021〕2号",
    ]
    page.evaluate(f"Gazette.current.choose('{node['id']}')")
    assert page.locator("#panel a.words").count() == 6
    page.locator("#panel h2 a").click()
    page.wait_for_url("**/notices/**")


def test_links_lead_to_files_and_words(site):
    pages = {path: Page(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}
    for path, page in pages.items():
        for link in page.links:
            target, _, anchor = unquote(link).partition("#")
            goal = (path.parent / target).resolve() if target else path
            assert goal.exists(), (path, link)
            if anchor.startswith("s") and goal.parent.name == "notices":
                assert anchor in pages[goal].ids, (path, link)


def test_units_of_two_places_are_told_apart_by_their_full_names(facts):
    labels = Corpus.of(facts).labels
    assert {labels[f"unit/北京市{place}水务局"] for place in ("朝阳区", "海淀区")} == {
        "北京市朝阳区水务局",
        "北京市海淀区水务局",
    }
    assert labels["unit/北京市朝阳区应急管理局"] == "区应急局"


def test_collective_units_of_two_places_are_told_apart_by_their_places():
    text = """北京市{place}人民政府关于河道巡查的通知
{code}政发〔2020〕8号
各有关单位：
一、巡查河道。（牵头单位：区水务局；责任单位：各有关街乡）
北京市{place}人民政府
2020年3月2日
"""
    pipeline = Pipeline()
    places = (("朝阳区", "朝"), ("海淀区", "海"))
    facts = [
        pipeline.facts(document(text.format(place=place, code=code), place))
        for place, code in places
    ]
    labels = Corpus.of(facts).labels
    assert {words for words in labels.values() if words.startswith("各有关街乡")} == {
        "各有关街乡（北京市朝阳区）",
        "各有关街乡（北京市海淀区）",
    }
