"""What of a web page is the document: navigation, tools and footers are told by form.

Pages of governments are made by a few editors, whose names for the box of the text
are known; elsewhere what is mostly links, or is called navigation, is left out.
"""

from __future__ import annotations

import html
import re

from kg.reader.html_lines import Piece
from kg.reader.html_tree import Node, Text
from kg.wording import WEB_LABELS

__all__ = ["METADATA", "content_of", "measure", "prune", "title_of"]

METADATA = rf"(?:{'|'.join(WEB_LABELS)})"
"""Any of these labels, as a pattern."""

_NO_TEXT = frozenset(["script", "style", "title", "textarea", "iframe"])
_TOOLS = frozenset(
    [
        *("form", "button", "select", "option", "map", "noscript", "template"),
        *("object", "svg", "canvas", "audio", "video"),
    ]
)
_NOISE_NAMES = frozenset({"nav", "footer", "aside", "header"})
_NOISE_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary"})
_NOISE_WORDS = frozenset(
    [
        "nav",
        "navbar",
        "navigation",
        "menu",
        "submenu",
        "topbar",
        "toolbar",
        "tools",
        "breadcrumb",
        "breadcrumbs",
        "crumb",
        "crumbs",
        "mbx",
        "dqwz",
        "location",
        "position",
        "curpos",
        "share",
        "bdshare",
        "sidebar",
        "aside",
        "related",
        "relate",
        "relevant",
        "recommend",
        "xgxx",
        "xgwj",
        "xgjd",
        "xgyd",
        "copyright",
        "footer",
        "foot",
        "friendlink",
        "friendlinks",
        "yqlj",
        "search",
        "searchbox",
        "login",
        "qrcode",
        "ewm",
        "qr",
        "dayin",
        "print",
        "printer",
        "fontsize",
        "ziti",
        "pagination",
        "pager",
        "prevnext",
        "prev",
        "next",
        "banner",
        "logo",
        "wza",
        "header",
        "head",
        "popup",
        "modal",
        "dialog",
        "comment",
    ]
)
_CONTENT = re.compile(
    r"ucap-?content|zoom|trs_u?editor(?:_view)?|pages_content|main-?text|b12c|zhengwen|wzcon|"
    r"article[-_]?(?:content|body|con|cont|text|main)|news[-_]?(?:content|text|con)|"
    r"content[-_]?(?:body|txt|text|main)|(?:print|doc|detail|xxgk|zwxxgk|zw)[-_]?(?:area|content|con)|"
    r"custom_unionstyle|articletext",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_SAYS = re.compile(rf"{METADATA}|[〔\[（(](?:19|20)\d\d[〕\]）)]\s*\d+\s*号|附\s*件")
_FILE = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar)(?:[?#]|$)", re.IGNORECASE)
_MOST_NOISE = 0.3
_LINK_SHARE = 0.6
_FEW_LINKS = 3
_LEAST_CONTENT = 0.4


def measure(node: Node, source: str, linked: bool = False) -> None:
    """Count the characters of every node, and those of them that stand in links."""
    linked = linked or node.name == "a"
    for child in node.children:
        if isinstance(child, Text):
            size = len("".join(source[child.start : child.end].split()))
            node.size += size
            node.linked += size if linked else 0
        elif child.name not in _NO_TEXT:
            measure(child, source, linked)
            node.size += child.size
            node.linked += child.linked


def _is_unread(node: Node) -> bool:
    """Tell whether a page does not show a node, or shows it as a tool."""
    hidden = "hidden" in node.attributes or _HIDDEN.search(node.attributes.get("style", ""))
    return node.name in _TOOLS or bool(hidden)


def prune(node: Node, source: str, whole: int) -> None:
    """Take out of the tree what is not text of the document.

    Nothing that holds a good part of the page's text goes, whatever it is called,
    and nothing that names a document, its number or its annexes.
    """
    kept: list[Node | Text] = []
    for child in node.children:
        if isinstance(child, Node):
            if child.name in _NO_TEXT:
                continue
            little = child.size < _MOST_NOISE * whole
            noise = _is_noise(child) or _is_list_of_links(child)
            if little and (_is_unread(child) or (noise and not _says(child, source))):
                continue
            prune(child, source, whole)
        kept.append(child)
    node.children[:] = kept


def _is_noise(node: Node) -> bool:
    if node.name in _NOISE_NAMES or node.attributes.get("role") in _NOISE_ROLES:
        return True
    called = f"{node.attributes.get('class', '')} {node.attributes.get('id', '')}"
    if _CONTENT.search(called):
        return False
    return any(word.lower() in _NOISE_WORDS for word in _WORDS.findall(called))


def _is_list_of_links(node: Node) -> bool:
    if node.name in ("a", "span", "b", "strong") or node.linked < _LINK_SHARE * node.size:
        return False
    links = [found for found in node.nodes() if found.name == "a"] if node.linked else []
    files = any(_FILE.search(link.attributes.get("href", "")) for link in links)
    return len(links) >= _FEW_LINKS and not files


def _says(node: Node, source: str) -> bool:
    words = "".join(source[text.start : text.end] for text in node.texts())
    return any(found.name == "h1" for found in node.nodes()) or bool(
        _SAYS.search(re.sub(r"\s+|&nbsp;|&emsp;", "", words))
    )


def title_of(root: Node, source: str) -> list[Piece]:
    """Return what a page says that its document is called, without blanks; the site may follow.

    Sites of governments tell it as ``ArticleTitle`` (国务院办公厅, 政府网站发展指引, 2017, the
    annex on tags of pages); others have the title of the page alone.
    """
    for node in root.nodes():
        if node.name == "meta" and node.attributes.get("name", "").lower() == "articletitle":
            words = node.attributes.get("content", "")
            return _pieces(words, source.find(words, node.start))
        if node.name == "body":
            break
    title = next((node for node in root.nodes() if node.name == "title"), None)
    text = next(title.texts(), None) if title else None
    return _pieces(source[text.start : text.end], text.start) if text else []


def _pieces(words: str, place: int) -> list[Piece]:
    """Return words without their blanks; those with entities stand where they begin."""
    if "&" in words:
        return [("".join(html.unescape(words).split()), place)]
    return [(one, place + i) for i, one in enumerate(words) if not one.isspace()]


def content_of(root: Node) -> Node | None:
    """Return the box of the text, where the page names one that holds most of it."""
    boxes = [
        node
        for node in root.nodes()
        if node.name in ("article", "main")
        or _CONTENT.search(node.attributes.get("id", ""))
        or _CONTENT.search(node.attributes.get("class", ""))
    ]
    most = max((node.size - node.linked for node in boxes), default=0)
    if not most or most < _LEAST_CONTENT * (root.size - root.linked):
        return None
    return [node for node in boxes if node.size - node.linked >= 0.9 * most][-1]
