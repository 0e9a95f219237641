"""What a site sets around a notice: a block of data and lines of the page above it, an imprint below.

Pages set the data as a table of labels and values. Copied, it comes as lines of labels
and values set apart by spaces (发布机构 某县政府 文    号 某政办〔2023〕1号), or with
each value on a line of its own. Either becomes rows of cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.document import Edit
from kg.wording import TITLE_NOUN, WEB_LABELS

__all__ = [
    "IMPRINT",
    "RIGHTS",
    "TOOLS",
    "glued_label_edits",
    "imprint_edits",
    "page_line_edits",
    "web_data_edits",
]

RIGHTS = re.compile(r"版权所有|ICP备|公网安备|网站标识码|[Cc]opyright")
"""What a line of a site's imprint says of rights and licences."""

IMPRINT = re.compile(
    r"(?:主办|承办|协办|维护|技术支持)(?:单位|部门)?[：:]|联系(?:我们|电话)|地址[：:]|邮编"
)
"""What the lines beside it begin with: who runs the site, and where."""

TOOLS = re.compile(
    r"(?:当前位置|您(?:现在)?(?:所在)?的位置|所在位置|字号|【?字体|\[?[大中小 ]{3,7}\]?$|打印|关闭(?:窗口|本页)?|收藏|"
    r"繁[體体]|手机版|RSS|智能问答|你还可以输入|视力保护|\[字体|分享|扫一扫|上一[篇条]|下一[篇条]|返回顶部|回到顶部|浏览次数|点击(?:数|率|量)|访问(?:量|次数)|阅读(?:次数|量)|"
    r"无障碍|网站地图|我要纠错|首页(?:\s*[>》/]|$))"
)
"""What the lines of a page begin with that are its links and tools: where one is, print, share."""

_BYLINE = re.compile(
    r"[【\[]?(?:(?:发布|发表|更新|发稿|公布|颁布|创建|归档)(?:时间|日期)[:：]|(?:时间|日期)[:：]\d{4}[-/.]\d|"
    r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\d{1,2}[:：]\d\d|(?:信息|文章|稿件|内容)?来源[:：]|"
    r"责任编辑[:：]|作者[:：]|发布人[:：]|https?://\S+$)"
)
"""What a line begins with, spaces apart, that tells when a page came out and from whom."""

_LABEL = re.compile(
    r"(?<![^\s\-•·*●○■◆])(?:"
    + "|".join(r"[ 　]*".join(label) for label in WEB_LABELS)
    + r")(?:[ 　]*[：:]|(?=[ 　]|$))[ 　]*"
)
_GLUED = re.compile(
    r"(?m)^[ 　]*(?P<label>发文机关|发布机关|发文机构|发文单位|发文字号|文号|[发成]文日期|[发公]布日期|[施实]行日期|时效性|有效性|效力级别)(?=[^\s：:])"
)
"""A label and its value with nothing between them: 发文字号某政发〔2021〕7号."""

_INDEX = re.compile(r"索[ 　]*引[ 　]*号|发[ 　]*[布文][ 　]*(?:机[ 　]*[构关]|部[ 　]*门)")
_NAMED = re.compile(r"标[ 　]*题|名[ 　]*称")
_TITLE = re.compile(rf"{TITLE_NOUN}[ 　]*$")
_BULLETS = " 　-•·*●○■◆|"
_FEWEST_GLUED = 3
_LONGEST_IMPRINT = 200
_LONGEST_PAGE_LINE = 100
_MOST = 3000
"""How far from its first label the block may reach."""


def web_data_edits(text: str) -> Iterator[Edit]:
    r"""Yield the edits that put tabs around the labels of such a block.

    >>> text = "发布机构 某县政府 文    号 某政办〔2023〕1号\n关于某事的通知"
    >>> [text[start:end] + new for start, end, new in web_data_edits(text)]
    ['', ' \t', ' \t', ' \t']
    """
    first = _INDEX.search(text)
    if first is None:
        return
    start = _beginning(text, text.rfind("\n", 0, first.start()) + 1)
    end = min(len(text), start + _MOST)
    waiting, named, inline = -1, False, False
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        line = text[start:stop]
        if line.strip() and "\t" not in line:
            labels = list(_LABEL.finditer(line))
            opens = _opens(line, labels)
            if not opens and (waiting < 0 or (_TITLE.search(line) and not named)):
                return
            bare = opens and len(labels) == 1 and not line[labels[0].end() :].strip()
            inline = inline or (opens and not bare)
            if waiting >= 0 and not opens:
                yield waiting, start, "\t"
            elif waiting >= 0:
                yield waiting, waiting, "\t"
            named = opens and _NAMED.search(labels[-1].group()) is not None
            waiting = start + len(line.rstrip()) if bare and not inline else -1
            if opens:
                yield start, start + labels[0].start(), ""
            yield from () if waiting >= 0 else _line_edits(start, line, labels)
        start = stop + 1


def page_line_edits(text: str) -> Iterator[Edit]:
    r"""Yield the edits that take the page's own lines out above a notice: its byline, its tools.

    They stand before the first sentence.

    >>> text = "关于某事的通知\n发布时间:2023-03-06 10:00 来源:县政府 字号:[大 中 小]\n各乡镇:"
    >>> [text[start:end] for start, end, _ in page_line_edits(text)]
    ['发布时间:2023-03-06 10:00 来源:县政府 字号:[大 中 小]']
    """
    for line in re.finditer(r"[^\n]+", text):
        words = line.group()
        if "。" in words:
            return
        flat = re.sub(r"\s+", "", words).lstrip(_BULLETS)
        if len(flat) > _LONGEST_PAGE_LINE or "\t" in words or _TITLE.search(words):
            continue
        if TOOLS.match(flat) or _BYLINE.match(flat):
            yield line.start(), line.end(), ""


def glued_label_edits(text: str) -> Iterator[Edit]:
    r"""Yield the edits that put the colon behind the labels of a block that has none.

    >>> text = "发文机关某县政府\n发文字号某政发〔2021〕7号\n时效性现行有效"
    >>> [text[:end].split("\n")[-1] + new for start, end, new in glued_label_edits(text)]
    ['发文机关：', '发文字号：', '时效性：']
    """
    labels = list(_GLUED.finditer(text, 0, _MOST))
    if len({label["label"] for label in labels}) >= _FEWEST_GLUED:
        yield from ((label.end(), label.end(), "：") for label in labels)


def imprint_edits(text: str) -> Iterator[Edit]:
    r"""Yield the edits that take a site's imprint out of a page that was copied or printed.

    >>> text = "2022年6月20日\n主办：某市人民政府\n某ICP备05010000号\n网站标识码：4302000025"
    >>> [text[start:end] for start, end, _ in imprint_edits(text)]
    ['主办：某市人民政府\n某ICP备05010000号\n网站标识码：4302000025']
    """
    if not RIGHTS.search(text):
        return
    lines = list(re.finditer(r"[^\n]+", text))
    kinds = [_imprint(line.group()) for line in lines]
    index = 0
    while index < len(lines):
        first = index
        while index < len(lines) and kinds[index]:
            index += 1
        if RIGHTS in kinds[first:index]:
            yield lines[first].start(), lines[index - 1].end(), ""
        index += 1


def _imprint(line: str) -> re.Pattern[str] | None:
    """Return which of the two a line of an imprint is by; None if it is none."""
    if len(line) > _LONGEST_IMPRINT or "。" in line:
        return None
    flat = re.sub(r"\s+", "", line)
    if RIGHTS.search(flat):
        return RIGHTS
    return IMPRINT if IMPRINT.match(flat) else None


def _beginning(text: str, start: int) -> int:
    """Return where the lines begin that open with a label, from the one at ``start`` upwards."""
    while start:
        above = text.rfind("\n", 0, start - 1) + 1
        line = text[above : start - 1]
        if line.strip() and not _opens(line, list(_LABEL.finditer(line))):
            break
        start = above
    return start


def _opens(line: str, labels: list[re.Match[str]]) -> bool:
    """Tell whether a line begins with a label; a bullet may stand before it."""
    return bool(labels) and not line[: labels[0].start()].strip(_BULLETS)


def _line_edits(start: int, line: str, labels: list[re.Match[str]]) -> Iterator[Edit]:
    """Put tabs before and behind each label of a line."""
    for position, label in enumerate(labels):
        if position:
            left = len(line[: label.start()].rstrip(" 　"))
            yield start + left, start + label.start(), "\t"
        spaces = len(label.group()) - len(label.group().rstrip(" 　"))
        yield start + label.end() - spaces, start + label.end(), "\t"
