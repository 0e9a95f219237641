"""Divisions of a department (司, 处, 科), which its own notices name without it."""

from __future__ import annotations

import re

from kg.facts import Unit
from kg.resolution.context import Found
from kg.resolution.expansion import part_of
from kg.resolution.places import LONGEST_NAME
from kg.resolution.register import OWN_PREFIX, Register
from kg.wording import HAN

__all__ = ["department_in", "division"]

_OFFICE = re.compile(r"(?<!室)(?:办公[室厅]|综合司)$")
_DIVISION = re.compile(
    r"(?P<body>[厅局委部](?=办公|机关|直属|.{2,}[司处科]$)(?!属|队|门|托|员)|部(?=.{2,}(?:局|中心)$))?"
    r"(?P<own>(?!.*(?:[局厅]|(?<![干内外])部|委(?![员托派])))"
    rf"[{HAN}]{{2,9}}(?:(?<!公)司|(?<!管理|办事|工程|公路|航道|运管|海事)处|科)"
    rf"|(?<=部)[{HAN}]{{2,8}}(?:局|中心)|办公[室厅]|(?:直属)?机关党委)"
)
_DEPARTMENTS = frozenset({"department", "vertical"})


def department_in(issuer: str) -> str:
    """Return the words for the department that issues something through its office.

    >>> department_in("农业部办公厅"), department_in("江苏省教育厅")
    ('农业部', '江苏省教育厅')
    """
    return _OFFICE.sub("", issuer)


def division(words: str, issuer: Unit, register: Register) -> Found | None:
    """Read a division of the issuing department: 财务司 of 农业部, 厅办公室 of 江苏省教育厅.

    A bureau or centre of a ministry is one where the text says whose it is (部公路局). The name in full
    is a guess, 科教司 may be the 科技教育司. What names a place is none, nor is a bare
    办公室, which in most notices is that of the group that they set up.
    """
    match = _DIVISION.fullmatch(words)
    if match is None or issuer.kind not in _DEPARTMENTS or not issuer.registered:
        return None
    body = match["body"] or ""
    if words == "办公室" or not issuer.name.removesuffix("员会").endswith(body):
        return None
    ends = range(2, min(LONGEST_NAME, len(words)))
    # 地区司 is no division of a place's unit, as 区财务科 would be.
    of_place = OWN_PREFIX.match(words) and not words.endswith("司")
    if not body and (of_place or any(words[:end] in register.places_by_name for end in ends)):
        return None
    return Found(
        part_of(issuer.name, match["own"]),
        "division of the issuer",
        "department",
        issuer.level,
        issuer.function,
        issuer.name,
        issuer.place,
        registered=False,
    )
