"""A small network that the docstrings of the measures run on."""

from __future__ import annotations

from kg.measures.choices import Choices
from kg.measures.frame import FrameTask, FrameUnit, Row
from kg.measures.making import make_frame
from kg.measures.work import Work, counted_work

__all__ = ["water"]


def water(choices: Choices | None = None) -> Work:
    """Return three tasks of three units.

    ====  ============  ============  ============
    task  甲            乙            丙
    ====  ============  ============  ============
    1     lead          responsible   support
    2                   support       responsible
    3     lead
    ====  ============  ============  ============

    Task 2 names 乙 with 配合 and 丙 with 责任 and has no leader; task 3 has one unit.
    """
    frame = make_frame(
        [
            FrameUnit("unit/a", "甲", "局", "区"),
            FrameUnit("unit/b", "乙", "局", "市"),
            FrameUnit("unit/c", "丙", "企业", "市"),
        ],
        [FrameTask("task/1", "1号"), FrameTask("task/2", "1号"), FrameTask("task/3", "2号")],
        [
            Row("task/1", "unit/a", "lead"),
            Row("task/1", "unit/b", "responsible"),
            Row("task/1", "unit/c", "support"),
            Row("task/2", "unit/b", "support"),
            Row("task/2", "unit/c", "responsible"),
            Row("task/3", "unit/a", "lead"),
        ],
    )
    return counted_work(frame, choices or Choices())
