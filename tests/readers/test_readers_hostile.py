"""Files made to harm, and broken ones: a clear error that names the file, in bounded time."""

from __future__ import annotations

import io
import os
import random
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import forms
import pytest

from kg.errors import InputError
from kg.files import other_files
from kg.reader import limits, read

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Bound the time on the processor, of child processes too: the machine may be busy."""
    start = sum(os.times()[:4])
    yield
    assert sum(os.times()[:4]) - start < seconds


def refused(path: Path, says: str) -> None:
    with pytest.raises(InputError, match=says) as error:
        read(path)
    assert str(error.value).startswith(str(path))
    assert "·" in str(error.value)


def word(body: str, **others: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        )
        for name, data in others.items():
            archive.writestr(f"word/{name}.xml", data)
    return out.getvalue()


def paragraph(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def pdf(objects: list[bytes]) -> bytes:
    """Put a PDF together from the bodies of its objects; the first is the catalogue."""
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        start,
    )


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), more, data)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as .docx"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as .docx"),
        ("a.txt", b"{\\rtf1\\ansi hello}", "RTF"),
        ("a.docx", b"PK\x03\x04" + bytes(200), "damaged"),
        ("a.pdf", b"%PDF-1.4\nnothing else", "damaged"),
        ("a.html", b"<html><body></body></html>", "no text"),
        ("a.html", b"", "empty"),
        ("a.docx", word(""), "no text"),
        ("a.docx", word("<w:p>")[:300], "damaged"),
    ],
)
def test_not_readable(name: str, data: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    refused(tmp_path / name, says)


def test_spreadsheet_is_no_word_file(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    refused(tmp_path / "a.docx", "not DOCX")


def test_ofd(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.ofd", "w") as archive:
        archive.writestr("OFD.xml", "<OFD/>")
    refused(tmp_path / "a.ofd", "save it as PDF")


def test_content_tells_before_the_name(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("<html><body><p>各区要做好防汛工作。</p></body></html>", encoding="utf-8")
    assert read(path).media_type == "text/html"
    path = tmp_path / "plain.html"
    path.write_text("各区要做好防汛工作。\n各街道要配合。\n", encoding="utf-8")
    assert read(path).text == "各区要做好防汛工作。\n各街道要配合。"


@pytest.mark.parametrize(
    "name", ["公报 2020 第2期\n“一”.html", "-rf.html", "🙂.html", "a;b&c|d.html"]
)
def test_odd_names(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("<html><p>各区要做好防汛工作。</p></html>", encoding="utf-8")
    assert read(tmp_path / name).name == name
    (tmp_path / name).write_bytes(b"%PDF-1.4 broken")
    refused(tmp_path / name, "damaged")


def test_name_that_is_no_text(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.pdf"))
    path.write_bytes(b"%PDF-1.4 broken")
    refused(path, "damaged")


def test_pipe_and_device(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with within(2):
        refused(tmp_path / "pipe.txt", "not a regular file")
        refused(Path("/dev/zero"), "not a regular file")


def test_large_file(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(limits.MOST_BYTES + 1)
    with within(2):
        refused(tmp_path / "a.txt", "100 MB")


def test_files_that_are_not_read_are_told_of_by_their_endings(tmp_path: Path) -> None:
    for name in ("a.txt", "b.xlsx", "c.XLSX", "d.zip", ".hidden.zip"):
        (tmp_path / name).write_text("区水务局", encoding="utf-8")
    assert other_files([tmp_path, tmp_path / "a.txt"]) == {
        ".xlsx": ["b.xlsx", "c.XLSX"],
        ".zip": ["d.zip"],
    }


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<div>" * 300_000 + "正文", id="deep"),
        pytest.param("<b>" * 300_000 + "正文", id="deep inline"),
        pytest.param("<ul><li>" * 150_000 + "正文", id="deep list"),
        pytest.param("<table><tr><td>" * 100_000 + "正文", id="deep tables"),
        pytest.param("正文" + "<!--" * 500_000, id="open comments"),
        pytest.param("正文" + "<!" * 500_000, id="open declarations"),
        pytest.param("正文" + "<a b='" * 300_000, id="open quotes"),
        pytest.param("正文<a" + " x" * 500_000, id="many attributes"),
        pytest.param("正文<a" + " " * 1_000_000, id="blank tag"),
        pytest.param("正文<a " + "=" * 1_000_000, id="stray signs"),
        pytest.param("正文" + "<title>" * 200_000, id="open titles"),
        pytest.param("正文" + "<script>" * 200_000, id="open scripts"),
        pytest.param("正文" + "&" * 1_000_000, id="ampersands"),
        pytest.param("正文" + "&amp" * 300_000, id="open entities"),
        pytest.param("正文" + "</p>" * 300_000, id="closing paragraphs"),
        pytest.param("<p>" * 300_000 + "正文", id="empty paragraphs"),
        pytest.param(
            "<div class='nav'>" * 5_000 + "<p>正文。</p>" * 20_000, id="noise round noise"
        ),
        pytest.param("<h1>" + "<div>正文</div>" * 100_000, id="heading"),
        pytest.param(
            "正文<table>" + "<tr><td rowspan=99999999 colspan=99999999>甲<td>乙" * 3_000, id="spans"
        ),
        pytest.param("正文" + " " * 2_000_000, id="blanks"),
        pytest.param("正文" + "\u3000" * 300_000, id="wide blanks"),
    ],
)
def test_hostile_pages(page: str, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><body>" + page, encoding="utf-8")
    with within(20):
        try:
            assert "正文" in read(path).text
        except InputError as error:
            assert "split it" in str(error) or "characters" in str(error)


def test_page_of_too_many_elements(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html>" + "<br>" * 500_000, encoding="utf-8")
    with within(10):
        refused(path, "400,000 elements")


def test_page_of_too_many_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(b"<html>" + b" " * 21 * 2**20)
    refused(path, "20 MB")


def test_zip_bomb(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w:t>" + b" " * 80 * 2**20)
    (tmp_path / "a.docx").write_bytes(out.getvalue())
    with within(5):
        refused(tmp_path / "a.docx", "unpacks to 80 MB")


def test_zip_that_lies_about_its_size(tmp_path: Path) -> None:
    data = bytearray(word(paragraph("正文" * 2_000_000)))
    size = len(f'<w:document xmlns:w="{WORD}">')
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        place = data.index(mark) + (22 if mark == b"PK\x03\x04" else 24)
        data[place : place + 4] = size.to_bytes(4, "little")
    (tmp_path / "a.docx").write_bytes(data)
    refused(tmp_path / "a.docx", "damaged|unpacks")


def test_xml_entities(tmp_path: Path) -> None:
    entities = '<!DOCTYPE x [<!ENTITY a "正正正正"><!ENTITY b "&a;&a;&a;&a;">]>'
    bomb = (
        entities
        + f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'
    )
    for number, encoding in enumerate(("utf-8", "utf-16")):
        path = tmp_path / f"{number}.docx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("word/document.xml", bomb.encode(encoding))
        refused(path, "entities")


def test_outside_entity_is_not_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密")
    text = f'<!DOCTYPE x [<!ENTITY a SYSTEM "{secret.as_uri()}">]><w:document xmlns:w="{WORD}"><w:body>&a;</w:body></w:document>'
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("word/document.xml", text)
    refused(tmp_path / "a.docx", "entities")


@pytest.mark.parametrize(
    "unit", ["<w:sdt><w:sdtContent>", "<w:tbl><w:tr><w:tc>", "<w:p><w:r><w:ins>"]
)
def test_deep_word_file(unit: str, tmp_path: Path) -> None:
    depth = 20_000
    ends = "".join(
        f"</{name[1:-1]}>" for name in reversed([f"<{part}" for part in unit.split("<")[1:]])
    )
    body = paragraph("正文") + unit * depth + ends * depth
    (tmp_path / "a.docx").write_bytes(word(body))
    with within(10):
        try:
            assert read(tmp_path / "a.docx").text == "正文"
        except InputError as error:
            assert "damaged" in str(error) or "unpacks" in str(error)


def test_styles_and_lists_that_lead_round(tmp_path: Path) -> None:
    styles = (
        f'<w:styles xmlns:w="{WORD}"><w:style w:styleId="a"><w:basedOn w:val="b"/></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
    )
    body = paragraph("正文", '<w:pStyle w:val="a"/><w:numPr><w:numId w:val="7"/></w:numPr>')
    (tmp_path / "a.docx").write_bytes(word(body, styles=styles.encode()))
    assert read(tmp_path / "a.docx").text == "正文"


def test_page_tree_that_leads_round(tmp_path: Path) -> None:
    data = pdf(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 100000000>>"]
    )
    (tmp_path / "a.pdf").write_bytes(data)
    with within(20):
        refused(tmp_path / "a.pdf", "damaged|pages|no text")


def test_too_many_pages(tmp_path: Path) -> None:
    count = limits.MOST_PAGES + 1
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 3 + count))
    tree = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>"
    data = pdf([b"<</Type/Catalog/Pages 2 0 R>>", tree, *[page] * count])
    (tmp_path / "a.pdf").write_bytes(data)
    with within(20):
        refused(tmp_path / "a.pdf", "3001 pages")


def one_page(content: bytes) -> bytes:
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
            b"/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>",
            content,
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            stream(
                b"/X Do /X Do",
                b"/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X 6 0 R>>>>",
            ),
        ]
    )


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"/X Do", id="form in itself"),
        pytest.param(b"q " * 500_000, id="states"),
        pytest.param(b"0 0 m 9 0 l S\n" * 30_000, id="drawings"),
        pytest.param(
            b"BT /F 1 Tf 1 TL 0 790 Td " + (b"(%s) ' " % (b"a" * 500)) * 600 + b"ET",
            id="characters",
        ),
    ],
)
def test_hostile_page_of_a_pdf(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(one_page(stream(content)))
    with within(60):
        refused(tmp_path / "a.pdf", "holds over|no text|damaged|takes over")


def test_bomb_in_a_pdf(tmp_path: Path) -> None:
    bomb = zlib.compress(zlib.compress(b" " * 2**30, 9), 9)
    data = one_page(stream(bomb, b"/Filter[/FlateDecode/FlateDecode]"))
    (tmp_path / "a.pdf").write_bytes(data)
    with within(60):
        refused(tmp_path / "a.pdf", "no text|damaged|takes over")


def test_time_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_SECONDS", 0.01)
    (tmp_path / "a.pdf").write_bytes(one_page(stream(b"")))
    with within(10):
        refused(tmp_path / "a.pdf", "takes over")


def test_scanned_pdf(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("L", (600, 800), 255).save(tmp_path / "a.pdf")
    refused(tmp_path / "a.pdf", "scanned PDF without text.*文字识别")


def test_damaged_pdfs_end(tmp_path: Path, published) -> None:
    """Random bytes changed: an error, or whatever text is left, never a crash."""
    whole = published("weasyprint").read_bytes()
    random.seed(7)
    for number in range(12):
        data = bytearray(whole[: len(whole) // (1 + number % 3)])
        for _ in range(400):
            data[random.randrange(len(data))] = random.randrange(256)
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(bytes(b"%PDF-1.7\n" + data[9:]))
        try:
            read(path)
        except InputError as error:
            assert str(error).startswith(str(path))


def test_damaged_pages_end(tmp_path: Path) -> None:
    whole = forms.page(forms.gazette(), forms.AROUND)
    random.seed(7)
    for number in range(40):
        page = list(whole)
        for _ in range(300):
            page[random.randrange(len(page))] = random.choice("<>/\"'&= \n甲")
        path = tmp_path / f"{number}.html"
        path.write_text("<html>" + "".join(page), encoding="utf-8")
        assert len(read(path).text) > 0.7 * len(forms.gazette().text)
