"""The query page in a real browser that reaches this server and nothing else."""

from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def tab(browser, server):
    """A tab; at the end of the test nothing went wrong in it and nothing left the server."""
    context = browser.new_context(viewport={"width": 1300, "height": 900})
    page = context.new_page()
    problems, outside = [], []
    home = urlsplit(server.url).netloc
    page.on(
        "console",
        lambda message: (
            problems.append(message.text) if message.type in ("error", "warning") else None
        ),
    )
    page.on("pageerror", lambda error: problems.append(str(error)))

    def watch(request):
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "about") and parts.netloc != home:
            outside.append(request.url)

    page.on("request", watch)
    page.set_default_timeout(15_000)
    yield page
    context.close()
    assert problems == []
    assert outside == []


def test_a_named_query_is_asked_and_its_results_lead_to_the_data(tab, server):
    tab.goto(f"{server.url}/query")
    tab.click("[data-query=unit-tasks]")
    tab.wait_for_selector(".yasr table tbody tr")
    link = tab.locator(".yasr table a.iri[href^='/id/']").first
    words = link.text_content()
    link.click()
    tab.wait_for_url("**/id/**")
    assert words.split("/")[-1] in tab.inner_text("main")
    tab.locator("main a[href^='/id/evidence']").first.click()
    tab.wait_for_url("**/id/evidence/**")
    assert "oa:exact" in tab.inner_text("main") or "oa:hasSelector" in tab.inner_text("main")


def test_the_pages_lead_to_the_query_page(tab, server):
    tab.goto(f"{server.url}/")
    assert tab.locator("p.served").is_visible()
    assert tab.locator(".from-disk").is_hidden()
    for name in ("groups.html", "coordination.html"):
        tab.goto(f"{server.url}/{name}")
        tab.click("nav a.query")
        tab.wait_for_url(f"{server.url}/query")


def test_every_named_query_is_an_example(tab, server):
    from kg.query import list_queries

    tab.goto(f"{server.url}/query")
    names = [
        each.get_attribute("data-query") for each in tab.locator("[data-query]").element_handles()
    ]
    assert names == [query.name for query in list_queries()]


def test_a_link_names_a_query(tab, server):
    tab.goto(f"{server.url}/query?name=never-lead")
    tab.wait_for_selector(".tabPanel.active .CodeMirror")
    text = tab.evaluate(
        "document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.getValue()"
    )
    assert "HAVING(SUM(IF(?role IN (role:lead, role:primary), 1, 0)) = 0)" in text


def test_a_graph_and_an_error_are_shown(tab, server):
    tab.goto(f"{server.url}/query")
    tab.wait_for_selector(".tabPanel.active .CodeMirror")
    ask = "text => { const e = document.querySelector('.tabPanel.active .CodeMirror').CodeMirror; e.setValue(text); e.query(); }"
    tab.evaluate(ask, "CONSTRUCT { ?s a gaz:Task } WHERE { ?s a gaz:Task }")
    tab.wait_for_selector(".tabPanel.active .yasr :text('ontology#Task')")


def test_the_language_changes(tab, server):
    tab.goto(f"{server.url}/query")
    assert tab.locator("h1 .zh").is_visible()
    tab.click("#language")
    assert tab.locator("h1 .en").is_visible()
    assert not tab.locator("h1 .zh").is_visible()
    tab.goto(f"{server.url}/id/unit/北京市朝阳区水务局")
    assert tab.locator("h2 .en").first.is_visible()


@pytest.mark.parametrize("width", [1300, 390])
def test_the_list_of_queries_goes_down_and_not_to_the_right(tab, server, width):
    tab.set_viewport_size({"width": width, "height": 844})
    tab.goto(f"{server.url}/query")
    tab.wait_for_selector("#examples button")
    box = "document.querySelector('#examples .examples')"
    assert tab.evaluate(f"{box}.scrollWidth <= {box}.clientWidth")
    assert tab.evaluate(f"{box}.scrollHeight > {box}.clientHeight")
