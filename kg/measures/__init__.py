"""Coordination load: who does how much with whom, in numbers that can be published.

:func:`measure` takes what documents say, :func:`measure_frame` a frame that was
read back from a build's tables; both give :class:`Measures`, which
:func:`write_measures` writes.
"""

from kg.measures.choices import Choices, format_choices, parse_choices
from kg.measures.compute import measure, measure_frame
from kg.measures.frame import Frame
from kg.measures.making import frame_from_facts, make_frame
from kg.measures.read import read_frame
from kg.measures.records import (
    Measures,
    PlaceLoad,
    Pressure,
    Setting,
    SystemRow,
    Tie,
    UnitLoad,
    YearLoad,
)
from kg.measures.tables import write_measures

__all__ = [
    "Choices",
    "Frame",
    "Measures",
    "PlaceLoad",
    "Pressure",
    "Setting",
    "SystemRow",
    "Tie",
    "UnitLoad",
    "YearLoad",
    "format_choices",
    "frame_from_facts",
    "make_frame",
    "measure",
    "measure_frame",
    "parse_choices",
    "read_frame",
    "write_measures",
]
