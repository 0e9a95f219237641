"""Dates as they are written in options, parameters and registers: ISO, as precise as is known."""

from __future__ import annotations

import re
from datetime import date

__all__ = ["DATE_HINT", "is_date"]

_FORM = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")
DATE_HINT = "is no date like 2020, 2020-03 or 2020-03-07 · 不是这样的日期"
"""What a message says behind what is no date."""


def is_date(words: str) -> bool:
    """Tell whether ``words`` are a year, a month or a day of the calendar.

    >>> [is_date(words) for words in ("2020", "2020-02", "2020-02-29", "2021-02-29", "20200229")]
    [True, True, True, False, False]
    """
    if not _FORM.fullmatch(words):
        return False
    try:
        date.fromisoformat(words + "-01-01"[len(words) - 4 :])
    except ValueError:
        return False
    return True
