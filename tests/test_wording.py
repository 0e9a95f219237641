"""Short cuts: a cheap look at the words finds all that the whole pattern finds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.wording import (
    DOCUMENT_NUMBER,
    OUTLINE,
    ROLE_LABEL,
    UNIT_ENDING,
    document_numbers,
    ends_like_unit,
    outline_number,
    role_labels,
)

ROOT = Path(__file__).parents[1]
TEXTS = [
    path.read_text(encoding="utf-8")
    for folder in ("data", "tests/documents")
    for path in sorted((ROOT / folder).glob("*.txt"))
]
WORDS = st.lists(
    st.sampled_from(
        [
            *"区（）、：】为〔〕号第一条.十①2",
            *(
                "教委",
                "农村",
                "委员会",
                "公司",
                "朝阳分局",
                "牵头",
                "单位",
                "责任",
                "朝政发",
                "2020",
                "12",
            ),
        ]
    ),
    max_size=8,
).map("".join)


def test_labels_and_numbers_are_those_of_their_patterns() -> None:
    for text in TEXTS:
        for line in re.finditer(r"[^\n]+", text):
            for fast, slow in ((role_labels, ROLE_LABEL), (document_numbers, DOCUMENT_NUMBER)):
                expected = [found.span() for found in slow.finditer(text, *line.span())]
                assert [found.span() for found in fast(text, *line.span())] == expected


@given(WORDS)
def test_marks_of_labels_numbers_and_units(words: str) -> None:
    for fast, slow in ((role_labels, ROLE_LABEL), (document_numbers, DOCUMENT_NUMBER)):
        expected = [found.span() for found in slow.finditer(words)]
        assert [found.span() for found in fast(words, 0, len(words))] == expected
    # A bracket at the end may have any of the shapes 〔〕 and 〈〉.
    closed = words.endswith(("〉", "〕"))
    shown = words.translate(str.maketrans("〔〕〈〉", "（）（）")) if closed else words
    ends = re.search(rf"{UNIT_ENDING}(?:（[^（）]*）)?$", shown)
    assert ends_like_unit(words) == bool(ends)
    numbered = any(pattern.match(words) for _, pattern in OUTLINE)
    assert (outline_number(words) is not None) == numbered


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("1.1总体要求", "1.1"),
        ("2.10 建立台账", "2.10"),
        ("3.2.1组织机构", "3.2.1"),
        ("3.0版。（6月底完成）", None),
        ("2.1版上线运行", None),
        ("1.5万个就业岗位", None),
        ("2.6公里道路", None),
        ("12．新增学位", "12"),
    ],
)
def test_a_quantity_at_the_head_of_a_line_is_no_number_of_a_section(
    line: str, label: str | None
) -> None:
    found = outline_number(line)
    assert (found[1] if found else None) == label


@pytest.mark.parametrize(
    ("line", "style"),
    [
        ("第一编总则", "part"),
        ("第二章机构", "chapter"),
        ("第三节经费", "division"),
        ("第12条申请", "article"),
        ("十、保障措施", "一"),
        ("（一）加强领导", "（一）"),
        ("(二)加强领导", "（一）"),
        ("1.2 编制依据", "1.1"),
        ("3.报送材料", "1"),
        ("（4）报送材料", "（1）"),
        ("(5)报送材料", "（1）"),
        ("⑥报送材料", "①"),
        ("市财政局负责", None),
    ],
)
def test_each_style_of_outline_number(line, style):
    found = outline_number(line)
    assert (found and found[0]) == style
