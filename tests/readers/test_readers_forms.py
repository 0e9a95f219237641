"""The real gazette says the same in every form in which it may be published."""

from __future__ import annotations

import re

import forms
import pytest

from kg.facts import DocumentFacts

FORMS = ["html", "gbk", "docx", "weasyprint", "chromium", "office"]
PRINTED = ["weasyprint", "chromium", "office"]


@pytest.mark.parametrize("form", FORMS)
def test_the_same_assignments(form: str, facts_of, plain: DocumentFacts) -> None:
    assert forms.score(facts_of(form), plain) >= 0.99


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "kind", ["notices", "tasks", "deadlines", "targets", "references", "memberships"]
)
def test_as_many_facts_of_each_kind(form: str, kind: str, facts_of, plain) -> None:
    found = len(getattr(facts_of(form), kind))
    wanted = len(getattr(plain, kind))
    assert abs(found - wanted) <= 0.02 * wanted


@pytest.mark.parametrize("form", FORMS)
def test_notices(form: str, facts_of, plain: DocumentFacts) -> None:
    def heads(facts: DocumentFacts) -> list[tuple[str, ...]]:
        return [(n.number, n.title, n.issuer, n.date, *n.addressees) for n in facts.notices]

    assert heads(facts_of(form)) == heads(plain)


@pytest.mark.parametrize("form", ["html", "gbk"])
def test_nothing_of_the_site_around(form: str, facts_of) -> None:
    text = facts_of(form).document.text
    assert text.startswith("北京市朝阳区人民政府公报\n2020年")
    assert not re.search("首页|当前位置|ICP备|区科技和信息化局 京|一图读懂|区水务局牵头治水", text)


@pytest.mark.parametrize("form", ["html", "gbk"])
def test_map_leads_to_the_source(form: str, published, facts_of) -> None:
    path = published(form)
    source = path.read_bytes().decode("gb18030" if form == "gbk" else "utf-8")
    facts = facts_of(form)
    for found in facts.assignments:
        span = facts.document.source_span(found.span)
        shown = re.sub(r"<[^>]*>|\s", "", source[span.start : span.end])
        assert shown == re.sub(r"\s", "", found.span.of(facts.document.text))


@pytest.mark.parametrize("form", PRINTED)
def test_evidence_is_on_its_page(form: str, published, facts_of) -> None:
    import pypdfium2

    path = published(form)
    facts = facts_of(form)
    with pypdfium2.PdfDocument(path) as file:
        pages = [plain_words(page.get_textpage().get_text_range()) for page in file]
    assert len(pages) > 20
    pages.append("")
    for found in [*facts.assignments, *facts.deadlines, *facts.references]:
        page = facts.document.page_of(found.span)
        words = plain_words(found.span.of(facts.document.text))[:6]
        assert page is not None
        # A row torn by the page begins at its foot and goes on overleaf.
        assert words in pages[page - 1] or any(
            words[:cut] in pages[page - 1] and words[cut:] in pages[page]
            for cut in range(1, len(words))
        )


def plain_words(text: str) -> str:
    """Return a text without what cleaning changes: blanks, punctuation, letters' forms."""
    import unicodedata

    return re.sub(r"[^\u3400-\u9fff0-9A-Za-z]", "", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize("form", PRINTED)
def test_running_heads_and_page_numbers_are_gone(form: str, facts_of) -> None:
    text = facts_of(form).document.text
    assert forms.RUNNING_HEAD.replace(" ", "") not in text
    assert not re.search(r"(?m)^[—\-–]\s*\d+\s*[—\-–]$|—\d+—", text)


@pytest.mark.parametrize("form", FORMS)
def test_rows_of_the_table(form: str, facts_of) -> None:
    """Every cell of every row is as in the gazette, merged ones and torn rows too.

    Print does not tell a line that the writer ended from one that was full: behind
    区水务局等 either may be.
    """
    grid = next(block for block in forms.blocks(forms.gazette()) if isinstance(block, forms.Grid))
    wanted = {row[0].text: row for row in grid.rows if len(row) > 1}
    lines = facts_of(form).document.text.split("\n")
    rows = {line.split("\t")[0]: line.split("\t") for line in lines if re.match(r"\d+\t", line)}
    assert rows.keys() == wanted.keys()
    for number, row in wanted.items():
        cells = [cell.text for cell in row]
        if len(cells) < len(grid.head):
            cells.insert(1, "〃")
        found = [cell.strip() for cell in rows[number]]
        if form in PRINTED:
            cells = [cell.replace("等 ", "等") for cell in cells]
            found = [cell.replace("等 ", "等") for cell in found]
        assert found == cells
