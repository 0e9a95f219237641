"""Every link of the site leads somewhere: to a file, and to the words in it."""

from html.parser import HTMLParser
from urllib.parse import unquote

import pytest


class Page(HTMLParser):
    """The ids and the links of a page."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.labels, self.controls = set(), [], set(), []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if values.get("id"):
            assert values["id"] not in self.ids, values["id"]
            self.ids.add(values["id"])
        for key in ("href", "src"):
            if key in values:
                self.links.append(values[key])
        if tag == "label" and "for" in values:
            self.labels.add(values["for"])
        if tag in ("input", "select") and values.get("type") not in ("checkbox",):
            self.controls.append(values.get("id"))


@pytest.fixture(scope="module")
def pages(gazette_site):
    found = {}
    for path in sorted(gazette_site.rglob("*.html")):
        found[path] = Page(path.read_text(encoding="utf-8"))
    return found


def test_all_pages_are_there(gazette_site, gazette_facts, pages):
    names = {path.relative_to(gazette_site).as_posix() for path in pages}
    assert {
        "index.html",
        "coordination.html",
        "tasks.html",
        "policies.html",
        "groups.html",
    } <= names
    facts = gazette_facts[0]
    assert len([name for name in names if name.startswith("units/")]) == len(facts.units)
    assert len([name for name in names if name.startswith("notices/")]) == len(facts.notices)


def test_links_lead_to_files_and_anchors(pages):
    checked = 0
    for path, page in pages.items():
        for link in page.links:
            target, _, anchor = link.partition("#")
            assert ":" not in target, link
            goal = (path.parent / unquote(target)).resolve() if target else path
            assert goal.exists(), (path, link)
            if anchor.startswith("s") and goal.parent.name in ("notices", "documents"):
                assert anchor in pages[goal].ids, (path, link)
                checked += 1
    assert checked > 500


def test_fields_have_labels(pages):
    for path, page in pages.items():
        assert set(page.controls) <= page.labels, path
