"""Web pages of governments: the document's paragraphs, tables and block of data.

The text keeps a map to the characters of the page's source. What the page says of
the document in a block of labels (发文字号, 索引号, 成文日期 …) becomes one row at the
beginning, the form in which :func:`kg.structure.notices.metadata` reads it.
"""

from __future__ import annotations

import re
from itertools import islice

from kg.document import MappedText
from kg.errors import InputError
from kg.reader.decode import decode
from kg.reader.html_lines import Piece, page_lines, words_of
from kg.reader.html_page import METADATA, content_of, measure, prune, title_of
from kg.reader.html_tree import parse_page
from kg.reader.limits import check_length
from kg.reader.webdata import IMPRINT, RIGHTS, TOOLS
from kg.wording import HAN, NUMBER_LINE, TITLE_NOUN, ends_like_unit

__all__ = ["decode_page", "read_html"]

_MOST_BYTES = 20 * 2**20
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_FEW_BROKEN = 0.002
_LABEL = re.compile(rf"^[\[【]?({METADATA})[\]】]?[：:]?$")
_PAIR = re.compile(rf"[\[【]?({METADATA})(?:[\]】][：:]?|[：:]|\t)")
_HAN = re.compile(f"[{HAN}]")
_TITLE = re.compile(rf"[^。；]{{6,150}}{TITLE_NOUN}(?:（[^（）]{{1,30}}）)*$")
_BLANKS = " 　\xa0"
_SHORTEST_TITLE = 6
_HEAD_LINES = 8
"""Lines in which a page's title stands, if it shows any."""
_SITE = re.compile(r"[-_—－|｜–]")
"""What stands in a page's title between the document's and the name of the site."""
_NOTHING = re.compile(r"[-—－/\s　]*$|无$|暂无$")
_INFO = re.compile(r"(?:来源|发布(?:时间|日期)|字号|字体|浏览|点击|打印|分享)[^。]{0,4}[：:【\[]?")

_Line = list[Piece]


def read_html(data: bytes, name: str) -> MappedText:
    """Return the text of a web page.

    Raises
    ------
    InputError
        It is too large, in an unknown encoding, or holds no text.
    """
    if len(data) > _MOST_BYTES:
        size = _MOST_BYTES // 2**20
        raise InputError(name, f"a page of over {size} MB; split it · 网页超过 {size} MB，请拆分")
    source = decode_page(data, name)
    root = parse_page(source, name)
    measure(root, source)
    title = title_of(root, source)
    whole = root.size
    prune(root, source, whole)
    for node in root.nodes():
        node.size = node.linked = 0
    measure(root, source)
    lines, inside = page_lines(root, content_of(root), source, name)
    kept = _document_lines(lines, inside, words_of(title))
    kept = [*_unshown_title(title, kept), *kept]
    text = MappedText.of(piece for line in kept for piece in (*line, ("\n", line[-1][1])))
    check_length(len(text.text), name)
    return text


def decode_page(data: bytes, name: str) -> str:
    """Return the characters of a page, whatever encoding it declares.

    Old pages in GBK often declare none, or another; a page of today may hold a few
    broken bytes.

    Raises
    ------
    InputError
        The page is empty, binary, or in none of the known encodings.
    """
    try:
        return decode(data, name)
    except InputError as error:
        if not data.strip() or b"\0" in data:
            raise
        found = _DECLARED.search(data[:4096])
        declared = found.group(1).decode("ascii") if found else "utf-8"
        for encoding in (declared, "utf-8", "gb18030"):
            try:
                text = data.decode(encoding, "replace")
            except (LookupError, ValueError):
                continue
            reads = encoding in ("utf-8", "gb18030") or _reads(text)
            if reads and text.count("\ufffd") <= _FEW_BROKEN * len(text):
                return text
        raise error from None


def _reads(text: str) -> bool:
    """Tell whether a text holds Chinese characters: a wrong Western encoding gives none."""
    return bool(re.search(r"[\u4e00-\u9fff]{4}", text))


def _document_lines(lines: list[_Line], inside: list[bool], called: str) -> list[_Line]:
    """Leave out what is no part of the document; set the block of data first.

    ``called`` is what the page says that the document is called: the line that says it too
    is a title, whatever noun it ends with.
    """
    words = [words_of(line).strip() for line in lines]
    boxed = any(inside)
    begun = False
    data: list[Piece] = []
    kept: list[_Line] = []
    titles: list[_Line] = []
    skip = False
    for index, line in enumerate(lines):
        if skip:
            skip = False
            continue
        said = words[index]
        flat = re.sub(r"[ 　\xa0]+", "", said)
        begun = begun or (inside[index] if boxed else len(flat) > 40 and "。" in flat)
        following = words[index + 1] if index + 1 < len(lines) else ""
        if not begun or (boxed and not inside[index]):
            label = _LABEL.match(flat) if "\t" not in words_of(line) else None
            if label and _is_value(following) and inside[index] == inside[index + 1]:
                data += _pair(label.group(1), lines[index + 1], line[0][1])
                skip = True
                continue
            pairs = _pairs(line)
            if pairs:
                data += pairs
                continue
            if _INFO.search(flat) and len(flat) < 100 and not _TITLE.search(flat):
                continue
        if TOOLS.match(flat) and len(flat) < 80:
            continue
        if boxed and not inside[index]:
            if not begun and (_TITLE.match(flat) or NUMBER_LINE.match(flat)):
                titles.append(line)
            elif not begun and _is_called(called, flat):
                data += _pair("标题", line, line[0][1])
            continue
        kept.append(line)
    kept = _without_footer(kept)
    start = "".join(_flat(line) for line in kept[:_HEAD_LINES])
    titles = [line for line in titles if _flat(line) not in start]
    return [*([data[1:]] if data else []), *titles, *kept]


def _unshown_title(title: _Line, kept: list[_Line]) -> list[_Line]:
    """Return as a line what a page is called, where it shows no title above its text."""
    called = _SITE.split(words_of(title), maxsplit=1)[0]
    head = [_flat(line) for line in kept[:_HEAD_LINES]]
    if not _TITLE.match(called) or any(_TITLE.match(line) or called in line for line in head):
        return []
    return [_cut(title, len(called))]


def _cut(line: _Line, length: int) -> _Line:
    """Return the first characters of a line."""
    characters = ((one, place + i) for words, place in line for i, one in enumerate(words))
    return list(islice(characters, length))


def _is_called(called: str, words: str) -> bool:
    """Tell whether words are what a page is called, before what it says of its site.

    Some pages are called by their site first: 某县人民政府门户网站.
    """
    return (
        len(words) >= _SHORTEST_TITLE
        and not ends_like_unit(words)
        and not words.endswith("网")
        and called.startswith(words)
        and (len(words) == len(called) or _SITE.match(called, len(words)) is not None)
    )


def _is_value(words: str) -> bool:
    """Tell whether a line may be the value of the label on the line before it."""
    flat = re.sub(r"\s+", "", words)
    return bool(flat) and len(flat) < 100 and "。" not in flat and not _PAIR.match(f"{flat}：")


def _flat(line: _Line) -> str:
    return re.sub(r"\s+", "", words_of(line))


def _without_footer(lines: list[_Line]) -> list[_Line]:
    """Cut the page's own imprint off: from its lines of rights and licences on."""
    for index, line in enumerate(lines):
        if len(words_of(line)) < 200 and RIGHTS.search(words_of(line)) and index > len(lines) // 2:
            while index and IMPRINT.match(_flat(lines[index - 1])):
                index -= 1
            return lines[:index]
    return lines


def _pairs(line: _Line) -> list[Piece]:
    """Read a line or row of labels and values; nothing if it does not begin with one.

    Blanks may stand inside a label (标　　题：), and behind a value they end it.
    """
    characters: list[Piece] = []
    apart: set[int] = set()
    for words, start in line:
        for i, character in enumerate(words):
            if character in _BLANKS:
                apart.add(len(characters))
            else:
                characters.append((character, start + i))
    flat = "".join(character for character, _ in characters)
    found = [
        match
        for match in _PAIR.finditer(flat)
        if match.start() in apart or not _HAN.match(flat[match.start() - 1 : match.start()])
    ]
    if not found or flat[: found[0].start()].strip():
        return []
    pieces: list[Piece] = []
    for number, match in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(flat)
        value = [pair for pair in characters[match.end() : end] if pair[0] != "\t"]
        pieces += _pair(match.group(1), value, characters[match.start(1)][1])
    return pieces


def _pair(label: str, value: _Line, place: int) -> list[Piece]:
    """Return a label and its value as two cells of a row, each behind a tab."""
    if _NOTHING.match(words_of(value)):
        return []
    return [("\t", place), (f"{label}", place), ("：", place), ("\t", place), *value]
