"""Words that belong to no notice have a page where they can be looked at."""

from dataclasses import replace
from pathlib import Path

import pytest
from factories import Says, collected, dredging_notice

from kg.document import Span
from kg.pages import write_site
from kg.pages.corpus import Corpus
from kg.pages.document_page import outside
from kg.pipeline import Pipeline

pytestmark = pytest.mark.browser

GAZETTE = Path(__file__).parents[2] / "data" / "chaoyang-2020-02.txt"
MOURNING = "朝政办发〔2020〕6号"


@pytest.fixture(scope="module")
def twice(tmp_path_factory):
    """The gazette, and a file that holds one of its notices once more."""
    folder = tmp_path_factory.mktemp("twice")
    pipeline = Pipeline()
    gazette = pipeline.read(GAZETTE)
    notice = next(item for item in gazette.notices if item.number == MOURNING)
    copy = folder / "copy.txt"
    copy.write_text(notice.span.of(gazette.document.text), encoding="utf-8")
    facts = collected([gazette, pipeline.read(copy)])
    write_site(folder / "site", facts)
    return folder / "site", notice


def test_a_gazette_shows_its_cover_and_contents_and_leads_to_its_notices(visit, gazette_site):
    page = visit(gazette_site).open("documents/chaoyang-2020-02.html")
    text = page.inner_text("#source")
    assert text.startswith("北京市朝阳区人民政府公报")
    assert "第2期" in text
    assert "目录" in text
    # What is inside a notice is on the notice's page.
    assert "制定本方案" not in text
    links = page.locator("#source .notice-here a")
    numbers = [
        "发〔2020〕2号",
        "办发〔2020〕5号",
        "发〔2020〕3号",
        "办发〔2020〕6号",
        "办发〔2020〕7号",
    ]
    assert [line.split()[0] for line in links.all_inner_texts()] == [f"朝政{n}" for n in numbers]
    links.nth(2).click()
    page.wait_for_url("**/notices/**")
    page.click("text=chaoyang-2020-02.txt")
    page.wait_for_url("**/documents/**")


def test_a_finding_outside_all_notices_leads_to_its_words(visit, twice):
    site, notice = twice
    page = visit(site).open("index.html")
    group = page.locator("details.finding", has_text="duplicate-notice")
    group.locator("summary").click()
    group.locator("tbody a").first.click()
    page.wait_for_url("**/documents/copy.html#s*")
    hits = page.locator(".hit")
    assert hits.first.is_visible()
    assert "".join(hits.all_inner_texts()) == notice.title
    assert page.locator(".badge.warn").count() == 1


def test_words_of_a_fact_outside_its_notice_are_on_the_page_of_the_document():
    facts = dredging_notice()
    notice = replace(facts.notices[0], span=Span(8, len(facts.document.text)))
    corpus = Corpus.of([replace(facts, notices=(notice,))])
    assert outside(corpus, facts.document) == [Span(0, 8)]
    assert corpus.notice_link(notice.id, Span(2, 5)) == "documents/second.html#s2-5"
    assert corpus.notice_link(notice.id, Span(9, 11)).endswith("1%E5%8F%B7.html#s9-11")
    assert corpus.place_link(facts.document, Span(0, 3)) == "documents/second.html#s0-3"


def test_a_document_of_one_notice_has_nothing_else_to_show(visit, tmp_path):
    say = Says("甲〔2020〕1号", "关于治水的通知\n区水务局牵头。", name="one.txt")
    write_site(tmp_path, [say.facts()])
    page = visit(tmp_path).open("documents/one.html")
    assert page.inner_text("#source").startswith("甲〔2020〕1号")
    assert page.locator("#source p").count() == 1
