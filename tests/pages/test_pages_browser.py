"""The pages as a person uses them, in a real browser that has no network."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from urllib.parse import quote, unquote

import pytest
from corpora import ATTACKS, citing, made_up
from factories import DRAINAGE as DRAINAGE_UNIT
from factories import EDUCATION, FINANCE, LEAD, PRIMARY, SUPPORT, Says
from factories import WATER as WATER_UNIT

from kg.measures import measure
from kg.measures.choices import parse_choices
from kg.model import Certainty
from kg.network import unit_network
from kg.pages import write_site
from kg.pages.corpus import Corpus
from kg.pages.numbers import count

pytestmark = pytest.mark.browser

MAIN = ("index.html", "coordination.html", "tasks.html", "policies.html", "groups.html")
PICTURES = ("coordination.html", "tasks.html", "policies.html", "groups.html")
WATER = "北京市朝阳区水务局"
DRAINAGE = "北京城市排水集团有限责任公司"


def primary_notice():
    """A task with a primary unit and no lead, and one with a lead."""
    say = Says("甲〔2020〕1号", "区水务局主责，北京排水集团配合。区财政局牵头，区教委配合。")
    first = say.task("一", "区水务局主责，北京排水集团配合。")
    say.assign(first, "区水务局", PRIMARY)
    say.assign(first, "北京排水集团", SUPPORT)
    second = say.task("二", "区财政局牵头，区教委配合。")
    say.assign(second, "区财政局", LEAD)
    say.assign(second, "区教委", SUPPORT)
    return say.facts()


def names(folder):
    return [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.html"))]


def summary(page):
    return [int(number) for number in re.findall(r"\d+", page.inner_text("#summary"))]


def saved(page, button):
    with page.expect_download() as download:
        page.click(button)
    with open(download.value.path(), "rb") as file:  # noqa: PTH123 (a path of playwright's)
        return download.value.suggested_filename, file.read()


def links(page):
    """The links that the page counts, as (from, to) → number of tasks."""
    found = page.evaluate(
        "[...Gazette.network.counts.links.values()].map(l => [l.from, l.to, l.joint, l.tasks.length])"
    )
    ids = page.evaluate("Gazette.read('data').nodes.map(node => node.id)")
    return {
        (ids[one], ids[other], "joint" if joint else "leads"): number
        for one, other, joint, number in found
    }


def test_every_page_opens_without_an_error(visit, gazette_site):
    tab = visit(gazette_site)
    for name in names(gazette_site):
        page = tab.open(name)
        assert page.inner_text("h1").strip(), name
        assert page.inner_text("main").strip(), name


@pytest.mark.parametrize("name", [*MAIN, f"units/{WATER}.html", "notices/朝政发〔2020〕2号.html"])
def test_nothing_is_wider_than_a_phone(visit, gazette_site, name):
    page = visit(gazette_site, 390, 844).open(name)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("implied", [False, True])
def test_the_page_counts_what_the_program_counts(visit, gazette_site, gazette_facts, implied):
    page = visit(gazette_site).open("coordination.html", "#implied=1" if implied else "")
    corpus = Corpus.of(gazette_facts)
    certainties = frozenset(Certainty) if implied else frozenset({Certainty.STATED})
    graph = unit_network(corpus.units, corpus.counted(certainties), corpus.assignments, certainties)
    wanted = {(a, b, key): weight for a, b, key, weight in graph.edges(keys=True, data="weight")}
    assert links(page) == wanted
    assert summary(page)[0] == graph.number_of_nodes()
    assert summary(page)[1] == len(wanted)


@pytest.mark.parametrize("words", ["区水务局", WATER, "qswj", "bjscyqswj"])
def test_search_by_any_name(visit, gazette_site, words):
    page = visit(gazette_site).open("coordination.html")
    page.keyboard.press("/")
    page.keyboard.type(words)
    assert page.inner_text("#hits li >> nth=0").startswith(WATER)
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == WATER


def test_the_panel_of_a_unit_and_back(visit, gazette_site, gazette_facts):
    page = visit(gazette_site).open("coordination.html")
    page.fill("#search", "区水务局")
    page.keyboard.press("Enter")
    load = count(Corpus.of(gazette_facts)).loads[f"unit/{WATER}"]
    assert page.inner_text("#panel .measures div:first-child dd") == str(load.total)
    assert page.locator("#panel article").count() == min(20, load.total)
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()
    assert "unit=" not in page.url


def test_an_edge_opens_its_tasks_and_leads_to_the_words(visit, gazette_site, gazette_facts):
    page = visit(gazette_site).open("coordination.html")
    page.fill("#search", "区水务局")
    page.keyboard.press("Enter")
    line = page.locator("#panel .partners li", has_text="北京排水集团").first
    number = int(re.search(r"\d+", line.inner_text())[0])
    line.locator("button.count").click()
    assert "→" in page.inner_text("#panel h2")
    assert page.locator("#panel article").count() == number
    quote = page.locator("#panel article ul.roles li", has_text="北京排水集团").first
    wanted = quote.locator("a.unit").inner_text()
    quote.locator("a.words").click()
    page.wait_for_url("**/notices/**")
    assert page.locator(".hit").first.is_visible()
    assert "".join(page.locator(".hit").all_inner_texts()) == wanted


def test_a_click_on_the_picture(visit, gazette_site):
    page = visit(gazette_site).open("coordination.html")
    spot = page.evaluate(
        """() => { const n = Gazette.network.network;
        const id = Gazette.read('data').nodes.findIndex((node) => node.label === '区水务局');
        const at = n.canvasToDOM(n.getPositions([id])[id]);
        const box = document.getElementById('network').getBoundingClientRect();
        return [box.left + at.x, box.top + at.y]; }"""
    )
    page.mouse.move(*spot)
    page.wait_for_selector("#tip:not([hidden])")
    assert WATER in page.inner_text("#tip")
    page.mouse.click(*spot)
    assert page.inner_text("#panel h2") == WATER
    box = page.locator("#network").bounding_box()
    page.mouse.click(box["x"] + 6, box["y"] + 6)
    assert page.locator("#panel").is_hidden()


def test_filters_and_the_slider(visit, gazette_site):
    page = visit(gazette_site).open("coordination.html")
    before = links(page)
    page.fill("#least", "2")
    assert links(page) == {pair: weight for pair, weight in before.items() if weight >= 2}
    page.fill("#least", "1")
    page.uncheck("fieldset[data-filter=role] input[value=joint]")
    assert links(page) == {p: w for p, w in before.items() if p[2] == "leads"}
    page.uncheck("fieldset[data-filter=kind] input[value=enterprise]")
    assert not any(DRAINAGE in one + other for one, other, _ in links(page))
    shown = summary(page)[0]
    page.uncheck("fieldset[data-filter=notice] input[value='notice/朝政发〔2020〕2号']")
    assert summary(page)[0] < shown
    page.click("#reset")
    assert links(page) == before


def test_tasks_without_a_head_are_told_and_open(visit, gazette_site, gazette_facts):
    page = visit(gazette_site).open("coordination.html")
    headless = count(Corpus.of(gazette_facts)).headless
    note = page.locator("#headless")
    assert note.inner_text().startswith(f"{len(headless)} 项任务既无牵头也无主责单位")
    note.locator("button").click()
    assert page.locator("#panel article").count() == len(headless)
    again = visit(gazette_site).open("coordination.html", page.url[page.url.index("#") :])
    assert again.locator("#panel article").count() == len(headless)


@pytest.mark.parametrize("choice", ["head", "own"])
def test_arrows_follow_the_choice_of_the_measures(visit, tmp_path, choice):
    facts = [primary_notice()]
    write_site(tmp_path, facts)
    page = visit(tmp_path).open("coordination.html")
    if choice == "own":
        page.uncheck("#primary")
        assert "primary=own" in page.url
    ties = measure(facts, parse_choices(f"primary={choice}")).ties
    directed = {
        (one, other)
        for tie in ties
        for one, other, weight in (
            (tie.unit, tie.partner, tie.leads_partner),
            (tie.partner, tie.unit, tie.led_by_partner),
        )
        if weight
    }
    arrows = {(one, other) for one, other, kind in links(page) if kind == "leads"}
    assert arrows == directed
    wanted = {(FINANCE.id, EDUCATION.id)}
    assert arrows == (wanted | {(WATER_UNIT.id, DRAINAGE_UNIT.id)} if choice == "head" else wanted)


def test_the_overview_says_where_primary_units_stand_for_the_lead(visit, tmp_path):
    write_site(tmp_path, [primary_notice()])
    page = visit(tmp_path).open("index.html")
    assert "其中 1 项任务没有牵头单位" in page.inner_text("[data-variant=stated] .note")


def test_a_link_reproduces_the_view(visit, gazette_site):
    tab = visit(gazette_site)
    page = tab.open("coordination.html")
    page.check("#implied")
    page.fill("#least", "2")
    page.uncheck("fieldset[data-filter=kind] input[value=collective]")
    page.fill("#search", "区水务局")
    page.keyboard.press("Enter")
    page.locator("#panel .partners button.count").first.click()
    page.mouse.move(600, 500)
    page.mouse.wheel(0, -300)
    page.wait_for_timeout(400)
    view = page.evaluate("Gazette.network.network.getScale()")
    page.click("#language")
    state = (links(page), page.inner_text("#panel h2"), page.inner_text("#summary"))
    address = page.url
    page.evaluate("localStorage.clear()")
    again = visit(gazette_site).open("coordination.html", address[address.index("#") :])
    found = (links(again), again.inner_text("#panel h2"), again.inner_text("#summary"))
    assert found == state
    assert again.evaluate("Gazette.network.network.getScale()") == pytest.approx(view, abs=0.01)
    assert again.evaluate("document.documentElement.lang") == "en"


def test_pictures_are_saved(visit, gazette_site):
    page = visit(gazette_site).open("coordination.html")
    name, svg = saved(page, "#svg")
    root = ET.fromstring(svg)
    texts = [item.text for item in root.iter("{http://www.w3.org/2000/svg}text")]
    assert name == "coordination.svg"
    assert "区水务局" in texts
    assert len(texts) == summary(page)[0]
    name, png = saved(page, "#png")
    assert name == "coordination.png"
    width = int.from_bytes(png[16:20], "big")
    assert width == pytest.approx(2 * float(root.get("width")), abs=2)


def test_the_tables_hold_what_the_picture_shows(visit, gazette_site):
    page = visit(gazette_site).open("coordination.html")
    page.click("#links-twin summary")
    page.wait_for_selector("#links-table tbody tr")
    assert page.locator("#links-table tbody tr").count() == len(links(page))
    _, text = saved(page, "#links-table button.csv")
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
    assert len(rows) == len(links(page)) + 1
    assert rows[1][2] == str(max(links(page).values()))


def test_language(visit, gazette_site):
    tab = visit(gazette_site)
    page = tab.open("index.html")
    assert page.inner_text("h1") == "谁与谁一起做什么"
    page.click("#language")
    assert page.inner_text("h1") == "Who does what with whom"
    page = tab.open("groups.html")
    assert page.inner_text("h1") == "Leading groups"
    page.click("#language")
    assert page.evaluate("document.documentElement.lang") == "zh-CN"


def test_overview_numbers_and_matrix(visit, gazette_site, gazette_facts):
    page = visit(gazette_site).open("index.html")
    corpus = Corpus.of(gazette_facts)
    numbers = count(corpus)
    cells = page.locator("#matrix-stated tbody button")
    total = sum(int(text) for text in cells.all_inner_texts())
    assert total == sum(len(tasks) for tasks in numbers.arcs.values())
    cell = page.get_by_role("button", name="区水务局 → 北京排水集团").first
    number = int(cell.inner_text())
    assert number == len(numbers.arcs[f"unit/{WATER}", f"unit/{DRAINAGE}"])
    cell.click()
    assert page.locator("#dialog article").count() == number
    page.keyboard.press("Escape")
    assert page.locator("#dialog").is_hidden()


def test_a_pair_of_the_table_opens_its_tasks(visit, gazette_site):
    page = visit(gazette_site).open("index.html")
    page.locator("details", has=page.locator("#table-pairs-stated")).locator("summary").click()
    row = page.locator("#table-pairs-stated tbody tr", has_text=DRAINAGE).first
    number = int(row.locator("button").inner_text())
    row.locator("button").click()
    assert page.inner_text("#dialog-title").startswith(f"{WATER} → {DRAINAGE}")
    assert page.locator("#dialog article").count() == number


@pytest.mark.parametrize("variant", ["stated", "all"])
def test_deadlines_by_month_open_their_tasks(visit, gazette_site, gazette_facts, variant):
    page = visit(gazette_site).open("index.html", "#implied=1" if variant == "all" else "")
    certainties = frozenset(Certainty) if variant == "all" else frozenset({Certainty.STATED})
    corpus = Corpus.of(gazette_facts)
    counted = {task.id for task in corpus.counted(certainties)}
    due = {
        d.task for d in gazette_facts[0].deadlines if (d.end or d.start).startswith("2020-11")
    } & counted
    page.locator("summary", has_text="按月合计表").click()
    row = page.locator(f"#table-months-{variant} tbody tr", has_text="2020-11")
    assert int(row.locator("td").nth(1).inner_text()) == len(due) > 1
    row.locator("button").click()
    page.wait_for_selector("#dialog article")
    assert page.inner_text("#dialog-title") == "2020-11"
    assert page.locator("#dialog article").count() == min(20, len(due))
    assert page.locator("#dialog a.deadline").first.is_visible()


def test_what_was_read_leads_to_where_it_is_told(visit, gazette_site):
    page = visit(gazette_site).open("index.html")
    for link in page.locator(".stats a").all():
        target = link.get_attribute("href")
        link.click()
        assert page.locator(target).is_visible()
        assert page.url.endswith(target)


def test_from_disk_the_pages_tell_how_to_start_a_server(visit, gazette_site):
    page = visit(gazette_site).open(f"units/{WATER}.html")
    page.click("nav a.query")
    page.wait_for_url("**/index.html#h-query")
    assert "kg serve" in page.inner_text(".from-disk")
    assert page.locator("p.served").is_hidden()


def test_overview_counts_implied_duties_on_demand(visit, gazette_site, gazette_facts):
    page = visit(gazette_site).open("index.html")
    page.check("#implied")
    everything = count(Corpus.of(gazette_facts), frozenset(Certainty))
    total = sum(int(text) for text in page.locator("#matrix-all button").all_inner_texts())
    assert total == sum(len(tasks) for tasks in everything.arcs.values())
    assert page.locator("#matrix-stated").is_hidden()
    assert "implied=1" in page.url


def test_the_matrix_by_keyboard(visit, gazette_site):
    page = visit(gazette_site).open("index.html")
    stops = page.locator("#matrix-stated tbody button[tabindex='0']")
    assert stops.count() == 1
    stops.focus()
    before = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowRight")
    after = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert after != before
    assert stops.count() == 1
    page.keyboard.press("Enter")
    assert page.locator("#dialog").is_visible()


def test_charts_are_drawn_and_clicked(visit, gazette_site):
    page = visit(gazette_site).open("index.html")
    drawn = page.evaluate(
        """() => ['bars', 'months'].map((id) => {
        const c = document.querySelector(`#${id} canvas`);
        const data = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
        return new Set(data).size; })"""
    )
    assert min(drawn) > 10
    months = page.locator("#months")
    months.scroll_into_view_if_needed()
    box = months.bounding_box()
    # Somewhere along the foot of the chart stands a bar.
    for step in range(10, 100):
        page.mouse.click(box["x"] + box["width"] * step / 100, box["y"] + box["height"] - 72)
        if page.locator("#dialog").is_visible():
            break
    assert page.locator("#dialog article").count() > 0


def test_tables_sort(visit, gazette_site):
    page = visit(gazette_site).open("index.html")
    page.locator("details", has=page.locator("#table-load-stated")).locator("summary").first.click()
    page.locator("#table-load-stated th button").nth(3).click()
    values = [
        int(text) for text in page.locator("#table-load-stated td:nth-child(4)").all_inner_texts()
    ]
    assert values == sorted(values, reverse=True)
    assert page.locator("#table-load-stated th").nth(3).get_attribute("aria-sort") == "descending"
    page.locator("#table-load-stated th button").nth(3).click()
    values = [
        int(text) for text in page.locator("#table-load-stated td:nth-child(4)").all_inner_texts()
    ]
    assert values == sorted(values)


def test_units_and_tasks(visit, gazette_site):
    tab = visit(gazette_site)
    page = tab.open("tasks.html")
    assert summary(page)[2] == 23
    page.select_option("#which", label="朝政办发〔2020〕5号")
    assert summary(page)[2] == 30
    assert "notices/朝政办发〔2020〕5号" in unquote(page.get_attribute("#which-title a", "href"))
    page.fill("#search", "区教委")
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == "北京市朝阳区教育委员会"
    assert page.locator("#panel article").count() == 1
    page.click("#twin summary")
    page.wait_for_selector("#twin-table tbody tr")
    assert page.locator("#twin-table tbody tr").count() == 30
    address = page.url
    again = tab.open("tasks.html", address[address.index("#") :])
    assert again.inner_text("#panel h2") == "北京市朝阳区教育委员会"
    name, svg = saved(again, "#svg")
    assert name == "tasks.svg"
    ET.fromstring(svg)


def test_a_link_opens_one_of_many_notices_that_have_no_number(visit, tmp_path):
    # Above twelve notices each picture stands in a file of its own.
    facts = made_up(units=8, tasks=28, notices=14)
    title = "关于做好第某项工作，形成长效机制并于年底以前全部完成的通知"
    notices = [replace(one.notices[0], number="", title=title) for one in facts]
    write_site(
        tmp_path,
        [replace(one, notices=(own,)) for one, own in zip(facts, notices, strict=True)],
    )
    wanted = notices[9].id
    page = visit(tmp_path).open("tasks.html", f"#notice={quote(wanted, safe='')}")
    page.wait_for_selector("#which-title a")
    assert unquote(page.url).count(f"notice={wanted}") == 1
    assert page.locator("#which option:checked").get_attribute("data-notice") == wanted


def test_notices_and_law(visit, gazette_site, gazette_facts):
    page = visit(gazette_site).open("policies.html")
    rows = page.locator("#table-references tbody tr").count()
    assert rows == len(gazette_facts[0].references)
    page.evaluate("Gazette.current.choose('r0')")
    page.locator("#panel a.words").first.click()
    page.wait_for_url("**/notices/**")
    assert page.locator(".hit").first.is_visible()


def test_a_notice_marks_every_fact_at_its_words(visit, gazette_site, gazette_facts):
    tab = visit(gazette_site)
    facts = gazette_facts[0]
    notice_of = {task.id: task.notice for task in facts.tasks}
    corpus = Corpus.of(gazette_facts)
    for notice in facts.notices:
        page = tab.open(corpus.notice_pages[notice.id])
        shown = page.evaluate(
            """() => [...document.querySelectorAll('#source [data-s]')]
            .map((e) => [Number(e.dataset.s), e.textContent, e.className])"""
        )
        classes = [""] * len(facts.document.text)
        for start, text, names_ in shown:
            assert facts.document.text[start : start + len(text)] == text
            classes[start : start + len(text)] = [names_] * len(text)
        for fact in facts.assignments:
            if notice_of[fact.task] == notice.id:
                for place in range(fact.span.start, fact.span.end):
                    if not facts.document.text[place].isspace():
                        assert f"role-{fact.role}" in classes[place], fact
        for kind in ("deadline", "target", "reference", "membership"):
            for fact in getattr(facts, f"{kind}s"):
                if fact.notice == notice.id:
                    assert f"is-{kind}" in classes[fact.span.start], fact


NOTE = "e => getComputedStyle(e, '::after').content"


def test_what_was_read_is_told_to_a_finger_and_to_the_keyboard(visit, gazette_site):
    (notice,) = (name for name in names(gazette_site) if "朝政发〔2020〕2号" in name)
    page = visit(gazette_site, 390, 844, touch=True).open(notice)
    deadline = page.locator("#source span.is-deadline[title]").first
    finding = page.locator("#source .warn").first
    for mark in (deadline, finding):
        assert mark.evaluate(NOTE) == "none"
        mark.tap()
        told = json.loads(mark.evaluate(NOTE))
        assert told == mark.get_attribute("title") != ""
    assert deadline.evaluate(NOTE) == "none"
    unit = page.locator("#source a.is-unit").first
    unit.focus()
    assert "牵头 lead" in unit.evaluate(NOTE)


def test_marks_can_be_switched_off(visit, gazette_site):
    page = visit(gazette_site).open("notices/朝政发〔2020〕2号.html")
    page.uncheck(".toggles input[value=deadline]")
    border = "getComputedStyle(document.querySelector('#source .is-deadline')).borderTopStyle"
    assert page.evaluate(border) == "none"


def test_print(visit, gazette_site):
    tab = visit(gazette_site)
    for name in ("coordination.html", "tasks.html", "policies.html", "groups.html"):
        page = tab.open(name)
        page.emulate_media(media="print")
        assert page.locator("#png").is_hidden()
        assert page.locator("#network").is_visible()
        # A picture on paper needs its legend.
        legend = page.locator(".relation")
        assert legend.count() > 2
        assert all(item.is_visible() for item in legend.all())


def test_the_table_of_tasks_is_printed(visit, gazette_site):
    page = visit(gazette_site).open("tasks.html")
    page.pdf()
    assert page.locator("#twin-table tbody tr").count() == 23


def test_a_search_with_many_hits_says_how_many_more(visit, gazette_site):
    page = visit(gazette_site).open("coordination.html")
    page.fill("#search", "区")
    names_ = [node["search"] for node in page.evaluate("Gazette.read('data').nodes")]
    fits = sum("区" in name for name in names_)
    assert page.locator("#hits li:not(.more)").count() == 12
    assert str(fits - 12) in page.inner_text("#hits li.more")


def test_controls_have_names(visit, gazette_site):
    tab = visit(gazette_site)
    for name in MAIN:
        page = tab.open(name)
        bare = page.evaluate(
            """() => [...document.querySelectorAll('button, a[href], input, select')].filter((e) =>
            !(e.textContent.trim() || e.getAttribute('aria-label') || (e.labels && e.labels.length)))
            .map((e) => e.outerHTML)"""
        )
        assert bare == [], name


def test_text_has_enough_contrast(visit, gazette_site):
    tab = visit(gazette_site)
    for name in (*MAIN, "notices/朝政发〔2020〕2号.html"):
        page = tab.open(name)
        assert page.evaluate(CONTRAST) == [], name


CONTRAST = """() => {
  const parse = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = parse(getComputedStyle(e).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const bad = new Set();
  for (const element of document.querySelectorAll('main *, header *, footer *')) {
    if (element.closest('svg, canvas, .vis-network') || !element.checkVisibility()) continue;
    if (![...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
    const [a, b] = [light(parse(getComputedStyle(element).color)), light(ground(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) bad.add(`${element.tagName}.${element.className}: ${ratio.toFixed(2)}`);
  }
  return [...bad];
}"""


def test_an_attack_never_runs(visit, hostile_site):
    tab = visit(hostile_site)
    for name in names(hostile_site):
        page = tab.open(name)
        for link in page.locator("a[href]").all():
            assert not link.get_attribute("href").strip().lower().startswith("javascript:")
    page = tab.open("coordination.html")
    for node in range(len(ATTACKS)):
        page.evaluate(f"Gazette.network.choose({{node: {node}}}, true)")
        assert page.evaluate("window.hacked") is None
    page.evaluate("Gazette.network.choose({edge: [...Gazette.network.counts.links.keys()][0]})")
    page.fill("#search", "<script>")
    page.keyboard.press("Enter")
    page.click("#links-twin summary")
    page.wait_for_selector("#links-table tbody tr")
    saved(page, "#svg")
    _, text = saved(page, "#links-table button.csv")
    assert not re.search(rb'(^|,|\n)"?=', text)
    page = tab.open("index.html")
    page.locator("#matrix-stated tbody button").first.click()
    page = tab.open("tasks.html")
    page.evaluate("Gazette.current.choose(Gazette.current.nodes.getIds()[0])")
    for attack in ATTACKS:
        page = tab.open("coordination.html", f"#unit={attack}&no-kind={attack}&view={attack}")
        assert page.evaluate("window.hacked") is None
    assert "passwd" not in json.dumps(tab.outside)


def test_a_large_corpus(visit, big_site):
    tab = visit(big_site)
    page = tab.open("coordination.html")
    assert "300" in page.inner_text(".canvas .note")
    assert page.evaluate("Gazette.network.nodes.length") <= 300
    assert page.evaluate("Gazette.network.edges.length") <= 1500
    page.fill("#search", "0局")
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel article")
    assert page.locator("#panel article").count() == 20
    page.locator("#panel button", has_text="再显示").click()
    page.locator("#panel article").nth(39).wait_for()
    page = tab.open("index.html")
    page.locator("#matrix-stated tbody button").first.click()
    page.wait_for_selector("#dialog article")
    page = tab.open("tasks.html")
    page.wait_for_selector("#summary:not(:empty)")
    assert page.locator("#limits").is_visible() or summary(page)[2] > 0


@pytest.mark.parametrize("name", [WATER, DRAINAGE, "各有关街乡", "北京市朝阳区教育委员会"])
def test_every_number_of_a_unit_shows_the_tasks_it_rests_on(visit, gazette_site, name):
    page = visit(gazette_site).open(f"units/{name}.html")
    for button in page.locator("[data-only]").all():
        facet, number = button.get_attribute("data-only"), int(button.inner_text())
        button.click()
        told = int(re.search(r"\d+", page.inner_text("#only"))[0])
        shown = page.locator("article.task:visible").count()
        # Partners and meetings are counted in tasks that are fewer or more than they.
        assert told == shown, facet
        if not facet.endswith("-joint"):
            assert told == number, facet
        if facet.startswith("with-"):
            partner = page.locator("#table-partners tbody tr").nth(int(facet[5:]))
            link = partner.locator("a").get_attribute("href")
            for card in page.locator("article.task:visible").all():
                assert card.locator(f"a[href='{link}']").count() > 0
        if facet == "stated-lead":
            assert page.locator("article.task:visible ul.roles .role-lead").count() == number
    page.click("#only button")
    assert page.locator("#only").is_hidden()
    assert "only=" not in page.url


def test_a_link_to_the_tasks_behind_a_number(visit, gazette_site):
    page = visit(gazette_site).open(f"units/{WATER}.html", "#only=stated-support")
    number = int(page.locator("[data-only=stated-support]").inner_text())
    assert page.locator("article.task:visible").count() == number
    page.locator("article.task:visible a.words").first.click()
    page.wait_for_url("**/notices/**")
    assert page.locator(".hit").first.is_visible()


@pytest.mark.parametrize("name", ["policies.html", "groups.html", "tasks.html"])
def test_a_panel_on_a_phone_leaves_the_picture_its_width(visit, gazette_site, name):
    page = visit(gazette_site, 390, 844).open(name)
    wide = page.locator("#network").bounding_box()["width"]
    page.evaluate("Gazette.current.choose(Gazette.current.nodes.getIds()[0])")
    assert page.locator("#panel").is_visible()
    assert page.locator("#network").bounding_box()["width"] == wide > 300


SEEN = """() => { const n = (Gazette.current || Gazette.network).network; const at = n.getViewPosition();
    return [window.scrollY > 0, [at.x, at.y].map(Math.round), n.getScale()]; }"""
"""Whether the page is scrolled, and what the picture shows at which scale."""


def drag(page, *ways):
    """Drag a finger over the picture for each way, from where to where and how far down."""
    box = page.locator("#network").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + 220
    fingers = page.context.new_cdp_session(page)
    for step in range(11):
        points = [
            {"x": x + start + (end - start) * step / 10, "y": y + fall * step / 10, "id": finger}
            for finger, (start, end, fall) in enumerate(ways)
        ]
        kind = "touchMove" if step else "touchStart"
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.mark.parametrize("name", PICTURES)
def test_a_finger_scrolls_past_a_picture_until_it_holds_it(visit, gazette_site, name):
    page = visit(gazette_site, 390, 844, touch=True).open(name)
    scrolled, place, scale = page.evaluate(SEEN)
    assert not scrolled
    page.locator("#hold").tap()
    page.wait_for_selector("#hold[aria-pressed='true']")
    drag(page, (0, 0, -200))
    page.wait_for_function(f"() => ({SEEN})()[1][1] > {place[1]} + 50")
    assert page.evaluate(SEEN)[::2] == [False, scale]
    page.locator("#hold").press("Enter")
    place = page.evaluate(SEEN)[1]
    drag(page, (0, 0, -200))
    page.wait_for_function("() => window.scrollY > 0")
    assert page.evaluate(SEEN)[1:] == [place, scale]


@pytest.mark.parametrize("name", PICTURES)
def test_two_fingers_zoom_a_picture(visit, gazette_site, name):
    page = visit(gazette_site, 390, 844, touch=True).open(name)
    scale = page.evaluate(SEEN)[2]
    drag(page, (-40, -100, 0), (40, 100, 0))
    page.wait_for_function(f"() => ({SEEN})()[2] > 2 * {scale}")
    assert page.evaluate("window.visualViewport.scale") == 1


def test_a_mouse_needs_no_button_to_hold_a_picture(visit, gazette_site):
    page = visit(gazette_site).open("coordination.html")
    assert page.locator("#hold").is_hidden()
    assert "滚轮可缩放" in page.inner_text("#picture-hint")
    assert "双指" not in page.inner_text("#picture-hint")


@pytest.fixture(scope="module")
def law_site(gazette_facts, tmp_path_factory):
    """The gazette among forty other notices, each of which names two acts."""
    folder = tmp_path_factory.mktemp("law")
    write_site(folder, [*gazette_facts, *citing(notices=40, acts=1)])
    return folder


VIEW = """() => { const n = Gazette.current.network;
    const box = document.getElementById('network');
    const bounds = n.body.nodeIndices.map((id) => n.getBoundingBox(id));
    const corner = (x, y) => { const at = n.canvasToDOM({ x, y }); return [at.x, at.y]; };
    return [n.getScale(), box.clientWidth, box.clientHeight,
        bounds.map((b) => [...corner(b.left, b.top), ...corner(b.right, b.bottom)])]; }"""
"""The scale, the size of the picture, and where in it each box is."""


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720), (390, 844)])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_of_law_begins_with_both_columns(visit, law_site, language, size):
    page = visit(law_site, *size).open("policies.html", f"#lang={language}")
    assert page.locator("#network").bounding_box()["y"] < 400
    scale, width, height, boxes = page.evaluate(VIEW)
    assert scale > 0.9  # letters of 12 pixels
    assert all(0 <= left < right <= width for left, _, right, _ in boxes)
    assert 0 <= min(top for _, top, _, _ in boxes) < 20
    # A notice and the acts that it names can be read without moving the picture.
    seen = [left < width / 2 for left, _, _, bottom in boxes if bottom < height]
    assert seen.count(True) >= 1
    assert seen.count(False) >= 2


@pytest.mark.parametrize("size", [(1440, 1100), (1440, 600), (1100, 900)])
def test_the_page_of_law_keeps_both_columns_when_the_window_changes(visit, law_site, size):
    page = visit(law_site, 1440, 700).open("policies.html")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.wait_for_function("""() => { const canvas = Gazette.current.network.canvas;
        const box = document.getElementById("network");
        return canvas.frame.canvas.height === Math.round(box.clientHeight * canvas.pixelRatio); }""")
    page.wait_for_function(f"""() => {{ const [, width, , boxes] = ({VIEW})();
        return boxes.every(([left, , right]) => left >= 0 && right <= width); }}""")


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
@pytest.mark.parametrize("key", ["notice/朝政办发〔2020〕7号", "act:《中华人民共和国统计法》"])
def test_what_is_chosen_on_the_page_of_law_stands_between_both_columns(
    visit, gazette_site, size, key
):
    page = visit(gazette_site, *size).open("policies.html", f"#node={quote(key, safe='')}")
    # Once the picture has taken in the width that the panel leaves.
    inside = "boxes.every(([left, , right]) => left >= 0 && right <= width + 1)"
    page.wait_for_function(f"() => {{ const [, width, , boxes] = ({VIEW})(); return {inside}; }}")
    _, _, height, boxes = page.evaluate(VIEW)
    chosen = page.evaluate(
        "Gazette.current.network.body.nodeIndices.indexOf(Gazette.current.chosen.id)"
    )
    assert 0 <= boxes[chosen][1] < boxes[chosen][3] <= height


def test_a_notice_on_the_page_of_law_lists_what_it_names(visit, gazette_site, gazette_facts):
    (facts,) = gazette_facts
    notice = next(item for item in facts.notices if item.number == "朝政发〔2020〕3号")
    named = [
        item.span.of(facts.document.text) for item in facts.references if item.notice == notice.id
    ]
    page = visit(gazette_site).open("policies.html", f"#node={quote(notice.id, safe='')}")
    words = page.locator("#panel a.words")
    assert sorted(words.all_inner_texts()) == sorted(f"“{one}”" for one in named)
    words.first.click()
    page.wait_for_url("**/notices/**")


@pytest.mark.parametrize("size", [(1280, 720), (390, 844)])
def test_a_picture_of_many_tasks_begins_with_words_that_can_be_read(visit, tmp_path, size):
    write_site(tmp_path, made_up(units=60, tasks=180, notices=1))
    page = visit(tmp_path, *size).open("tasks.html")
    page.wait_for_selector("#which-title a")
    scale, width, height, boxes = page.evaluate(VIEW)
    assert scale >= 0.6
    inside = [
        1
        for left, top, right, bottom in boxes
        if 0 <= left < right <= width and 0 <= top < bottom <= height
    ]
    assert len(inside) >= 2


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("policies.html", "《中华人民共和国统计法》"),
        ("policies.html", "朝政发〔2020〕3号北京市朝阳区人民政府关于开展第七次全国人口普查的通知"),
        ("groups.html", "韦小萍"),
        ("groups.html", "北京市朝阳区统计局"),
        ("groups.html", "北京市朝阳区第七次全国人口普查领导小组"),
    ],
)
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_a_link_keeps_what_is_chosen(visit, gazette_site, name, words, size):
    page = visit(gazette_site, *size).open(name)
    page.evaluate(
        """words => Gazette.current.choose(Gazette.read('nodes').find(
            (node) => (node.name || node.label.replaceAll('\\n', '')) === words).id)""",
        words,
    )
    page.click("#language")
    address = page.url
    again = visit(gazette_site, *size).open(name, address[address.index("#") :])
    assert again.inner_text("#panel h2") == words
    assert again.evaluate("document.documentElement.lang") == "en"
    again.keyboard.press("Escape")
    assert again.locator("#panel").is_hidden()
    assert again.url.endswith(f"{name}#lang=en")
    # Only what is behind # changes: the page is not loaded anew.
    again.evaluate("hash => { window.location.hash = hash; }", address[address.index("#") :])
    again.locator("#panel").wait_for()
    assert again.inner_text("#panel h2") == words


@pytest.mark.parametrize("name", ["policies.html", "groups.html"])
def test_a_link_to_what_is_not_there_opens_the_page(visit, gazette_site, name):
    page = visit(gazette_site).open(name, "#node=没有的")
    assert page.locator("#panel").is_hidden()
    assert page.url.endswith(name)


@pytest.mark.parametrize("name", ["coordination.html", "groups.html"])
def test_a_printed_picture_is_not_stretched(visit, gazette_site, name):
    page = visit(gazette_site).open(name)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    circle = page.locator("svg.printed circle").first.bounding_box()
    assert circle["width"] == pytest.approx(circle["height"], rel=0.02)
    assert page.locator("#network canvas").is_hidden()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("svg.printed").count() == 0
