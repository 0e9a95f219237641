"""Lists of people whose posts have lost the space before them: 林小舟市财政局局长.

Such a list begins with a label (组 长：), and each of its lines is a name and a post
and nothing else. Where names of two characters are padded (王 曦副市长), the padding
tells where a name ends; else a surname and the beginning of the post do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.document import Edit
from kg.wording import HAN, SURNAME

__all__ = ["glued_post_edits"]

_LINE = re.compile(r"[^\n]*[^\s][^\n]*")
_LABEL = re.compile(
    r"[ 　]*(?:第[ 　]*一[ 　]*|执[ 　]*行[ 　]*|常[ 　]*务[ 　]*|副[ 　]*|总[ 　]*)*"
    r"(?:组[ 　]*长|指[ 　]*挥[ 　]*长?|主[ 　]*任|召[ 　]*集[ 　]*人|成[ 　]*员|委[ 　]*员)[ 　]*：[ 　]*"
)
_MAY_BE = re.compile(r"[长员]\s*：")
_NAME = rf"(?:(?![副务长局委办部厅公司区县市镇])[{HAN}])"
_PERSON = re.compile(
    rf"(?:{SURNAME}[ 　]+{_NAME}|{SURNAME}{_NAME}(?=副?[省市县区旗州盟]|副|国务院)|{SURNAME}{_NAME}{{2}})"
    rf"(?=(?P<post>[{HAN}（）、，“”]{{2,40}})[ 　]*$)"
)
_POST = re.compile(
    r"(?:长|主任|书记|主席|委员|专员|巡视员|调研员|总师|[程济计划艺医]师|经理|负责人|政委|助理)$"
)
_FEWEST = 3


def glued_post_edits(text: str) -> Iterator[Edit]:
    r"""Yield the edits that set a space between the names and the posts of such lists.

    >>> text = "组长：陈小燕副市长\n成员：丁小明市财政局局长\n周 群市水利局副局长"
    >>> [text[:start].split("：")[-1] for start, _, _ in glued_post_edits(text)]
    ['陈小燕', '丁小明', '丁小明市财政局局长\n周 群']
    """
    if not _MAY_BE.search(text):
        return
    found: list[int] = []
    for line in _LINE.finditer(text):
        label = _LABEL.match(text, line.start(), line.end())
        person = _PERSON.match(text, label.end() if label else line.start(), line.end())
        if person and (label or found) and _POST.search(person["post"]):
            found.append(person.end())
            continue
        yield from _edits(found)
        found = []
    yield from _edits(found)


def _edits(ends: list[int]) -> Iterator[Edit]:
    if len(ends) >= _FEWEST:
        yield from ((end, end, " ") for end in ends)
