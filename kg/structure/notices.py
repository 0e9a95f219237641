"""Notices: where each begins, and its number, title, issuer, date and addressees."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.document import Span
from kg.structure.model import Contents
from kg.wording import (
    ACT_NOUN,
    DATE_LINE,
    DOCUMENT_NUMBER,
    HAN,
    TITLE_NOUN,
    WEB_LABELS,
    ends_like_unit,
    number_line,
)

__all__ = [
    "TITLE_END",
    "attachments",
    "contents",
    "iso_date",
    "issuer_of",
    "letterhead",
    "metadata",
    "notice_heads",
    "number_in",
    "plain_number",
    "plans_of",
    "signed_date",
    "split_addressees",
    "without_number",
]

TITLE_END = re.compile(rf"{TITLE_NOUN}(?:（[^（）]{{1,30}}）)*$")
"""How the title of an act or an annex ends."""

_DIGITS = {character: str(value) for value, character in enumerate("〇一二三四五六七八九")} | {
    "○": "0",
    "零": "0",
    "O": "0",
    "o": "0",
    "0": "0",
}
_ATTACHED = re.compile(r"附件\d*：(.*)$")
_DOTTED = re.compile(rf"(.*[{HAN}）》])[\s.…⋯·]{{2,}}（?(\d{{1,3}})）?$")
_METADATA_ITEM = re.compile(
    rf"(?<![{HAN}])({'|'.join(WEB_LABELS)})(?:\s*[：:]\s*\t?|\t)\s*([^\t\n]*)"
)
_ISSUED = re.compile(r"(?:印发|发布|公布|转发|批转|下发)《(.+)》的?(?:通知|决定|公告|令|函)?$")
_NUMBER_BESIDE_TITLE = re.compile(
    rf"^(?P<before>{DOCUMENT_NUMBER.pattern})\s*(?=.{{6}})|（(?P<behind>{DOCUMENT_NUMBER.pattern})）$"
    rf"|(?<=通知|意见|决定|通告|公告|通报|批复|方案|办法|细则|规定)\s*(?P<after>{DOCUMENT_NUMBER.pattern})$"
)
_LETTERHEAD = re.compile(rf"([{HAN}（）]{{4,40}})文件")
_BETWEEN_PLANS = re.compile(r"》[、和及]?《")
_ISSUED_PLAIN = re.compile(
    rf"关于(?:印发|发布|公布|下发)([^《》].*?{ACT_NOUN}(?:（[^（）]*）)?)的(?:通知|决定|公告|函)$"
)
_TWO_PLANS = re.compile(rf"(.{{4,}}{ACT_NOUN})[和及与](.{{4,}}{ACT_NOUN}(?:（[^（）]*）)?)")
"""Two plans that a title names without marks: 关于印发甲方案和乙办法的通知."""


def plain_number(words: str) -> str:
    """Return a document number in the standard form 朝政发〔2020〕2号.

    >>> plain_number("朝政办发 [2020] 5 号")
    '朝政办发〔2020〕5号'
    """
    flat = re.sub(r"\s+", "", words)
    match = re.search(rf"([{HAN}]+)[〔\[﹝【（(]((?:19|20)\d\d)[〕\]﹞】）)]第?(\d+)号", flat)
    return f"{match.group(1)}〔{match.group(2)}〕{match.group(3)}号" if match else flat


def iso_date(words: str) -> str:
    """Return a written date as ISO 8601.

    >>> iso_date("2020年3月7日"), iso_date("二〇二〇年十二月三十一日")
    ('2020-03-07', '2020-12-31')
    """
    match = re.search(r"(\d{4})\s*[年-]\s*(\d{1,2})\s*[月-]\s*(\d{1,2})", words)
    if match:
        year, month, day = (int(part) for part in match.groups())
        return f"{year:04}-{month:02}-{day:02}"
    match = re.search(r"([^年]{4})年([^月]+)月([^日]+)日", words)
    if not match:
        return ""
    year_words = "".join(_DIGITS.get(character, "") for character in match.group(1))
    return f"{year_words:0>4}-{_numeral(match.group(2)):02}-{_numeral(match.group(3)):02}"


def _numeral(words: str) -> int:
    tens, ten, ones = words.strip("（ 　").rpartition("十")
    value = int(_DIGITS.get(tens, "1")) * 10 if ten else 0
    return value + int(_DIGITS.get(ones, "0") if ones else "0")


_NEAR_TOP = 4
"""Lines within which a number that stands alone is the notice's, whatever its title ends with."""

_CONTENTS_START = 60
_CONTENTS_GAP = 8
_SIGNED = re.compile(rf"(?<=[{HAN}]{{2}}[府室厅会局委院部组])(\d{{4}}年\d{{1,2}}月\d{{1,2}}日)")


def signed_date(text: str, lines: Sequence[Span]) -> str:
    """Return the date that stands right behind a signature, in a text without breaks."""
    for line in lines:
        match = _SIGNED.search(text, line.start, line.end)
        if match:
            return iso_date(match.group(1))
    return ""


def contents(text: str, lines: Sequence[Span]) -> tuple[tuple[Contents, ...], int]:
    """Read the table of contents; return its entries and how many lines it takes.

    An entry is a title and a line of its number and page, or a title with dots
    and a page behind it. The list stands near the beginning, its entries close
    together.
    """
    entries: list[Contents] = []
    used = 0
    for index, line in enumerate(lines):
        if index - used > (_CONTENTS_GAP if used else _CONTENTS_START):
            break
        words = line.of(text)
        number = number_line(words)
        dotted = _DOTTED.match(words)
        if number and number.group(2) and index:
            title = lines[index - 1].of(text)
            entries.append(Contents(title, plain_number(number.group(1)), int(number.group(2))))
            used = index + 1
        elif dotted and "\t" not in words:
            entries.append(Contents(dotted.group(1), "", int(dotted.group(2))))
            used = index + 1
    return tuple(entries), used


def notice_heads(text: str, lines: Sequence[Span], first: int) -> list[tuple[int, int]]:
    """Return for each notice the index of its first line and of its number line.

    A notice begins with its title, and its number stands alone below it (or
    above it). A file whose notices carry no number is one notice: ``(first, -1)``.
    """
    heads: list[tuple[int, int]] = []
    for index in range(first, len(lines)):
        match = number_line(lines[index].of(text))
        if not match or match.group(2):
            continue
        start = index
        while start - 1 >= first and _is_title(lines[start - 1].of(text)) and index - start < 3:
            start -= 1
        follows = index + 1 < len(lines) and _is_title(lines[index + 1].of(text))
        if start < index or follows:
            heads.append((start, index))
    if not heads:
        near = range(first, min(first + _NEAR_TOP, len(lines)))
        alone = next((i for i in near if number_line(lines[i].of(text))), -1)
        return [(first, alone)]
    heads[0] = (first, heads[0][1])
    return heads


def _is_title(line: str) -> bool:
    return "\t" not in line and "。" not in line and bool(TITLE_END.search(line.rstrip("》")))


def metadata(text: str, lines: Sequence[Span]) -> dict[str, str]:
    """Read the block of data that web pages set above a notice."""
    found: dict[str, str] = {}
    for line in lines:
        for match in _METADATA_ITEM.finditer(line.of(text)):
            found.setdefault(match.group(1), match.group(2).strip())
    return found


def number_in(data: dict[str, str]) -> str:
    """Return the document number that a block of data gives; a value without one is none."""
    values = (
        data.get(label, "") for label in ("发文字号", "文号", "发布文号", "发文序号", "文件编号")
    )
    return next((value for value in values if re.search(r"\d.*号", value)), "")


def without_number(title: str) -> tuple[str, str]:
    """Return a title, and the document number that stands before or behind it.

    >>> without_number("某县人民政府关于防汛工作的通知（某政发〔2021〕8号）")
    ('某县人民政府关于防汛工作的通知', '某政发〔2021〕8号')
    """
    found = _NUMBER_BESIDE_TITLE.search(title) if "号" in title else None
    if found is None:
        return title, ""
    return title.replace(found.group(), ""), found["before"] or found["behind"] or found["after"]


def issuer_of(title: str) -> str:
    """Return the issuing unit that a title begins with, or nothing.

    >>> issuer_of("北京市朝阳区人民政府办公室印发《X意见》的通知")
    '北京市朝阳区人民政府办公室'
    """
    match = re.match(r"([^《》]{2,60}?)(?:关于|印发|转发|批转|发布|公布)", title)
    return match.group(1) if match and ends_like_unit(match.group(1)) else ""


def letterhead(text: str, lines: Sequence[Span]) -> str:
    """Return the unit on whose paper a notice is written: 某某县某某镇人民政府文件."""
    heads = (_LETTERHEAD.fullmatch(text, line.start, line.end) for line in lines)
    return next((head[1] for head in heads if head and ends_like_unit(head[1])), "")


def plans_of(text: str, title: Span) -> tuple[Span, ...]:
    """Return where the title of a notice names what it promulgates.

    >>> title = "某市人民政府关于印发《某市行动方案》的通知"
    >>> [plan.of(title) for plan in plans_of(title, Span(0, len(title)))]
    ['某市行动方案']
    """
    match = _ISSUED.search(text, title.start, title.end)
    if match:
        start, end = match.span(1)
        between = list(_BETWEEN_PLANS.finditer(text, start, end))
        starts = [start, *(gap.end() for gap in between)]
        ends = [*(gap.start() for gap in between), end]
        return tuple(map(Span, starts, ends))
    match = _ISSUED_PLAIN.search(text, title.start, title.end)
    if match is None:
        return ()
    both = _TWO_PLANS.fullmatch(match.group(1))
    spans = [both.span(1), both.span(2)] if both else [(0, len(match.group(1)))]
    return tuple(Span(match.start(1) + start, match.start(1) + end) for start, end in spans)


def attachments(text: str, lines: Sequence[Span]) -> tuple[str, ...]:
    """Return the titles in the list that begins with 附件：."""
    titles: list[str] = []
    for index, line in enumerate(lines):
        match = _ATTACHED.match(text, line.start, line.end)
        if not match:
            continue
        values = [match.group(1)]
        for following in lines[index + 1 : index + 30]:
            words = following.of(text)
            numbered = re.match(r"\d{1,2}[.．、]", words)
            if DATE_LINE.match(words) or not (numbered or (not values[-1] and _is_title(words))):
                break
            values.append(words)
        for value in values:
            for part in re.split(r"(?<!\d)\d{1,2}[.．、](?=[^\d])", value):
                title = part.strip("；;。 　《》")
                if title and title not in titles:
                    titles.append(title)
    return tuple(titles)


def split_addressees(text: str, line: Span) -> tuple[Span, ...]:
    """Cut the line of addressees into units: at commas, then at 、 between names."""
    spans: list[Span] = []
    end = line.end - 1 if text[line.end - 1] in "：:" else line.end
    for match in re.finditer(r"[^，；]+", text[line.start : end]):
        start = line.start + match.start()
        part = match.group()
        cut = 0
        for separator in re.finditer("、", part):
            left, right = part[cut : separator.start()], part[separator.end() :]
            if left.count("（") > left.count("）") or len(left) <= 2 or len(right) <= 2:
                continue
            if _is_addressee(left) and _is_addressee(right.split("、")[0]):
                spans.append(Span(start + cut, start + separator.start()))
                cut = separator.end()
        spans.append(Span(start + cut, start + len(part)))
    return tuple(spans)


def _is_addressee(name: str) -> bool:
    """Tell whether a piece stands by itself: 各委、办、局 and 省、自治区 do not."""
    return ends_like_unit(name) and not re.search(
        r"(?:^|[^\w])[委办局省市县区旗盟州]$|^.{0,6}[各]?[委办]$|^各[省市县区旗镇乡街]$|^(?:自治区|直辖市|自治州)",
        name,
    )
