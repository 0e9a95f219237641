"""A site in volumes: the notices in tests/documents/across, each in a volume of its own."""

import re
from functools import partial
from pathlib import Path
from urllib.parse import unquote

import pytest
from factories import collection
from test_pages_across import ACROSS, PLAN, rows_of
from test_pages_links import Page

from kg.building import volumes, writing
from kg.building.collection import unreadable
from kg.errors import InputError
from kg.outputs import Output
from kg.pages.front import write_front
from kg.pipeline import Pipeline
from kg.rdf.vocabulary import DEFAULT_BASE
from kg.serve.things import Things

SITE = frozenset({Output.SITE})


def written(folder, facts, most):
    """Write a site with at most so many characters in a volume, as a build does."""
    folder.mkdir()
    scan = unreadable("scan.pdf", InputError("scan.pdf", "no text · 没有文字"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "library_of", partial(volumes.library_of, most=most))
        writing.write(collection(facts, [scan]), folder, DEFAULT_BASE, SITE)
    return folder / "site"


@pytest.fixture(scope="module")
def facts():
    pipeline = Pipeline()
    return [pipeline.read(path) for path in sorted(ACROSS.glob("*.txt"))]


@pytest.fixture(scope="module")
def site(facts, tmp_path_factory):
    return written(tmp_path_factory.mktemp("volumes") / "build", facts, most=1)


@pytest.fixture(scope="module")
def pages(site):
    return {path: Page(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}


def notice_page(site, number):
    (page,) = site.glob(f"volumes/*/notices/{number}.html")
    return page.relative_to(site).as_posix()


def test_links_lead_to_files_and_words_of_all_volumes(site, pages):
    across = 0
    for path, page in pages.items():
        for link in page.links:
            target, _, anchor = unquote(link).partition("#")
            goal = (path.parent / target).resolve() if target else path
            assert goal.exists() and goal.is_relative_to(site.resolve()), (path, link)
            if anchor.startswith("s") and goal.parent.name == "notices":
                assert anchor in pages[goal].ids, (path, link)
                across += path.parent.name == "notices" and goal.parents[1] != path.parents[1]
    # Four references mean a notice of another volume without doubt, all the same one; the one
    # that repeals it is told twice there.
    assert across == 5


def test_the_first_page_tells_of_every_volume_and_sums_them(visit, site):
    page = visit(site).open("index.html")
    # Seven notices of 朝阳 by date, then 海淀: the two duties of each plan, one of each order.
    assert [row[1:6] for row in rows_of(page, "volumes")] == [
        ["北京市朝阳区", "2018", "1", "1", "1"],
        ["北京市朝阳区", "2019", "1", "1", "2"],
        ["北京市朝阳区", "2019", "1", "1", "1"],
        ["北京市朝阳区", "2020", "1", "1", "2"],
        ["北京市朝阳区", "2020", "1", "1", "2"],
        ["北京市朝阳区", "2020", "1", "1", "1"],
        ["北京市朝阳区", "2020", "1", "1", "1"],
        ["北京市朝阳区", "2021", "1", "1", "1"],
        ["北京市海淀区", "2020", "1", "1", "1"],
    ]
    stats = page.locator("dl.stats div").all_inner_texts()
    assert [line.split()[:2] for line in stats][:4] == [
        ["文档", "9"],
        ["公报期", "0"],
        ["通知", "9"],
        ["任务", "12"],
    ]
    heavy = rows_of(page, "load")[0]
    # 区水务局 of 朝阳: in all but the two flood plans of 2018 and 2019.
    assert (heavy[0], heavy[1], heavy[-1].split()) == (
        "北京市朝阳区水务局",
        "9",
        ["2", "4", "5", "6", "7", "8"],
    )
    assert rows_of(page, "places")[-1] == ["北京市海淀区", "1", "9"]
    assert rows_of(page, "findings") == [["无法读取的文件", "scan.pdf：没有文字"]]


def test_a_unit_leads_to_its_pages_in_other_volumes(visit, site):
    page = visit(site).open("index.html")
    page.locator("#table-load tbody tr").first.locator("a").first.click()
    page.wait_for_url("**/volumes/2/units/**")
    assert page.locator("p.volume").inner_text().startswith("第 2 卷，共 9 卷")
    others = page.locator("p", has_text="本单位在其他卷的网页")
    assert others.locator("a").all_inner_texts() == ["4", "5", "6", "7", "8"]
    others.get_by_role("link", name="8", exact=True).click()
    page.wait_for_url("**/volumes/8/units/**")
    assert page.locator("h1").inner_text().strip() == "北京市朝阳区水务局"


def test_units_are_found_by_name_and_initials(visit, site):
    page = visit(site).open("index.html")
    page.locator("#search").focus()
    page.locator("#search").fill("qswj")
    hits = page.locator("#hits li")
    hits.first.wait_for()
    assert hits.all_inner_texts() == ["北京市朝阳区水务局", "北京市海淀区水务局"]
    page.keyboard.press("Enter")
    found = page.locator("#found")
    assert found.inner_text() == "北京市朝阳区水务局：所在的卷 2 4 5 6 7 8"
    page.locator("#search").fill("海淀区财政")
    hits.first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/volumes/9/units/**")
    assert page.locator("h1").inner_text().strip() == "北京市海淀区财政局"


def test_a_unit_has_the_numbers_of_its_volume_beside_those_of_all(visit, site):
    page = visit(site).open("volumes/5/units/北京市朝阳区水务局.html")
    # It supports one of the two duties of 朝政办发〔2020〕8号 and leads the other.
    assert [row[:2] for row in rows_of(page, "measures")][:3] == [
        ["任务数", "2"],
        ["牵头", "1"],
        ["主责", "0"],
    ]
    page.locator("summary", has_text="全部测度").click()
    assert "按全部各卷统计" in page.locator("details", has_text="全部测度").inner_text()
    told = {row[2]: row[1] for row in rows_of(page, "more-measures")}
    assert told["tasks"] == "9"
    assert page.locator("nav a.query").get_attribute("href") == "../../../index.html#h-query"


def test_what_is_cited_within_a_volume_is_told_once(visit, facts, tmp_path):
    chaoyang = sum(len(one.document.text) for one in facts if "海淀" not in one.document.text)
    site = written(tmp_path / "build", facts, most=chaoyang)
    page = visit(site).open(notice_page(site, PLAN))
    assert [row[1] for row in rows_of(page, "citing")] == [
        "朝政办发〔2020〕8号",
        "朝政办发〔2020〕11号",
        "海政发〔2020〕6号",
        "朝政发〔2021〕2号",
    ]
    assert [path.name for path in sorted(site.glob("volumes/*"))] == ["1", "2"]


def test_a_notice_tells_who_cites_it_in_other_volumes(visit, site):
    page = visit(site).open(notice_page(site, PLAN))
    assert [row[:3] for row in rows_of(page, "citing")] == [
        ["2020-03-02", "朝政办发〔2020〕8号", "落实"],
        ["2020-04-20", "朝政办发〔2020〕11号", "依据"],
        ["2020-06-08", "海政发〔2020〕6号", "提及"],
        ["2021-01-15", "朝政发〔2021〕2号", "废止"],
    ]
    page.locator("dl.facts div", has_text="被废止").locator("a").click()
    page.wait_for_url("**/volumes/8/notices/**#s*")
    assert page.locator(".hit").first.inner_text() == "《朝阳区河道治理行动方案》"


def test_what_a_notice_cites_is_linked_on_its_page_and_drawn(visit, site):
    tab = visit(site)
    page = tab.open(notice_page(site, "朝政办发〔2020〕11号"))
    assert rows_of(page, "references") == [["依据", PLAN, PLAN, PLAN]]
    page.locator("nav a", has_text="通知与依据").click()
    page.wait_for_url("**/policies.html")
    assert [row[:4] for row in rows_of(page, "links")] == [
        ["2020-04-20", "朝政办发〔2020〕11号", "依据", PLAN]
    ]
    nodes = page.evaluate("Gazette.read('nodes').filter((node) => node.id[0] === 'r')")
    assert [(node["label"], "href" in node) for node in nodes] == [
        (f"{PLAN}\n《朝阳区河道治理行动方案》", True)
    ]


def test_a_site_that_has_room_in_one_volume_has_none(facts, tmp_path):
    site = written(tmp_path / "build", facts, most=100_000)
    assert not (site / "volumes").exists()
    assert (site / "coordination.html").is_file()


def test_the_order_of_documents_does_not_matter(facts, site, tmp_path):
    again = written(tmp_path / "build", facts[::-1], most=1)
    files = sorted(path.relative_to(site) for path in site.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    for name in files:
        assert (site / name).read_bytes() == (again / name).read_bytes(), name


def test_the_first_page_has_the_volumes_in_order_whichever_is_written_first(facts, site, tmp_path):
    library = volumes.library_of(collection(facts), most=1)
    writer = volumes.VolumeWriter(library, tmp_path)
    entries = [writer.write(volume.number, []) for volume in reversed(library.volumes)]
    write_front(tmp_path, entries, library.units)
    rows = [
        page.read_text(encoding="utf-8") for page in (tmp_path / "index.html", site / "index.html")
    ]
    assert [re.findall("volumes/([0-9])/index.html", page)[:9] for page in rows] == [
        list("123456789")
    ] * 2


def test_a_served_thing_leads_to_its_page_in_a_volume(site):
    class Pool:
        graphs = (f"{DEFAULT_BASE}graph/metadata",)

    things = Things(Pool(), site)
    assert unquote(things._site_page(f"{DEFAULT_BASE}unit/北京市海淀区水务局")) == (
        "/volumes/9/units/北京市海淀区水务局.html"
    )
    assert things._site_page(f"{DEFAULT_BASE}unit/北京市西城区水务局") == ""
    assert Path(site / "volumes/9/units/北京市海淀区水务局.html").is_file()
