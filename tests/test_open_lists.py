"""Lists of units that the text leaves open (等)."""

import pytest

from kg.document import Span
from kg.extraction.names import names_in


@pytest.mark.parametrize(
    ("words", "left_open"),
    [
        ("区水务局", []),
        ("区水务局、区财政局", []),
        ("区水务局等", ["区水务局"]),
        ("区水务局、区财政局等部门", ["区财政局"]),
        ("区水务局等相关项目单位", ["区水务局"]),
        ("区水务局等 相关项目单位", ["区水务局"]),
        ("财政部、人力资源社会保障部等有关部门和单位", ["人力资源社会保障部"]),
        # The number tells that nobody else is meant, or that somebody is.
        ("区水务局、区财政局等两个部门", []),
        ("区水务局、区财政局、区民政局等3个单位", []),
        ("区水务局、区财政局等5个单位", ["区财政局"]),
        ("区水务局等十家单位", ["区水务局"]),
        # A word that begins with 等 is no 等.
        ("区水务局等候通知", []),
    ],
)
def test_a_list_is_open_where_the_text_says_so(words, left_open):
    names = names_in(words, Span(0, len(words)))
    assert [name.written for name in names if name.open] == left_open
