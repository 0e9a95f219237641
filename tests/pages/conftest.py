"""A tab without a network, and sites for it to open."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

GAZETTE = Path(__file__).parents[2] / "data" / "chaoyang-2020-02.txt"


class Visit:
    """A tab that has no network and remembers what went wrong in it."""

    def __init__(self, browser, folder, width=1440, height=900, touch=False):
        self.folder = folder
        self.context = browser.new_context(
            viewport={"width": width, "height": height},
            offline=True,
            accept_downloads=True,
            has_touch=touch,
            is_mobile=touch,
        )
        self.page = self.context.new_page()
        self.problems = []
        self.requests = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.problems.append(f"error: {error}"))
        self.page.on("dialog", self._dialog)
        self.page.on("request", lambda request: self.requests.append(request.url))

    def _console(self, message):
        if message.type in ("error", "warning"):
            self.problems.append(f"{message.type}: {message.text} ({self.page.url})")

    def _dialog(self, dialog):
        self.problems.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def open(self, name, hash=""):
        # A change of what is behind # alone would not load the page anew.
        self.page.goto("about:blank")
        self.page.goto(f"{(self.folder / name).as_uri()}{hash}")
        return self.page

    @property
    def outside(self):
        """Requests that left the site's folder."""
        inside = ("file", "data", "blob", "about")
        return [
            url
            for url in self.requests
            if urlsplit(url).scheme not in inside
            or (
                url.startswith("file:")
                and not unquote(urlsplit(url).path).startswith(str(self.folder))
            )
        ]

    def close(self):
        self.context.close()
        assert self.problems == []
        assert self.outside == []


@pytest.fixture
def visit(browser):
    """Open sites; at the end of the test there must have been no error in any of them."""
    visits = []

    def start(folder, width=1440, height=900, touch=False):
        visits.append(Visit(browser, folder, width, height, touch))
        return visits[-1]

    yield start
    for item in visits:
        item.close()


@pytest.fixture(scope="session")
def gazette_facts():
    from kg.pipeline import Pipeline

    return [Pipeline().read(GAZETTE)]


@pytest.fixture(scope="session")
def gazette_site(gazette_facts, tmp_path_factory):
    from kg.pages import write_site

    folder = tmp_path_factory.mktemp("gazette")
    write_site(folder, gazette_facts)
    return folder


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory):
    from corpora import hostile

    from kg.pages import write_site

    folder = tmp_path_factory.mktemp("hostile")
    write_site(folder, hostile())
    return folder


@pytest.fixture(scope="session")
def big_site(tmp_path_factory):
    from corpora import made_up

    from kg.pages import write_site

    folder = tmp_path_factory.mktemp("big")
    write_site(folder, made_up(units=420, tasks=1500, notices=14))
    return folder
