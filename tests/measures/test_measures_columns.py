"""Columns give back what was put into them, and frames of parts make the frame of the whole."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from measure_networks import frames, rows_of

from kg.measures import measure_frame, parse_choices
from kg.measures.columns import GrowingWords, Records
from kg.measures.frame import Due, FrameTask, FrameUnit, Row, Seat
from kg.measures.making import FrameMaker, make_frame
from kg.measures.records import Pressure

TEXTS = st.lists(st.text(st.characters(), max_size=5), max_size=8)
"""Any characters, half of a pair (a surrogate) too: a file's name may hold one."""


@given(TEXTS, TEXTS, st.data())
@settings(max_examples=60)
def test_words_are_the_texts_that_were_added(texts, more, data):
    growing = GrowingWords(texts)
    growing.extend(GrowingWords(more).words())
    words, whole = growing.words(), texts + more
    assert list(words) == whole == [words[place] for place in range(len(whole))]
    assert list(words[1:-1]) == whole[1:-1]
    places = data.draw(st.lists(st.integers(0, len(whole) - 1))) if whole else []
    assert list(words.take(np.array(places, dtype=np.int64))) == [whole[one] for one in places]
    order, ranks = words.ranked()
    assert [whole[place] for place in order] == sorted(whole)
    different = sorted(set(whole))
    assert [different[rank] for rank in ranks] == whole


def test_records_of_columns():
    columns = {
        "unit": ["a", "b", "c"],
        "name": ["甲", "乙", "丙"],
        "month": ["2020-12"] * 3,
        "tasks": np.array([1.0, np.nan, 3.0]),
    }
    rows = Records(Pressure, columns)
    assert list(rows) == [
        Pressure("a", "甲", "2020-12", 1),
        Pressure("b", "乙", "2020-12", None),
        Pressure("c", "丙", "2020-12", 3),
    ]
    assert rows[-1] == rows[2] == rows[1:][-1]
    with pytest.raises(IndexError):
        rows[3]


def stretches(frame, draw):
    """Cut a frame's tasks into some parts, with the units of each by their ids alone."""
    owner = [draw.randrange(3) for _ in frame.tasks]
    for part in draw.sample(range(3), 3):
        inside = [place for place, one in enumerate(owner) if one == part]
        ids = {frame.tasks[place].id for place in inside}
        rows = [row for row in rows_of(frame) if row.task in ids]
        limits = [
            Due(frame.tasks[task].id, frame.months[month])
            for task, month in zip(frame.due_task, frame.due_month, strict=True)
            if task in inside
        ]
        names = [FrameUnit(one, "") for one in sorted({row.unit for row in rows})]
        tasks = [frame.tasks[place] for place in inside]
        draw.shuffle(tasks)
        yield make_frame(names, tasks, rows, due=limits)


@given(frames(), st.integers(0, 999))
@settings(max_examples=40)
def test_frames_of_parts_make_the_frame_of_the_whole(frame, seed):
    draw = random.Random(seed)
    maker = FrameMaker()
    for part in stretches(frame, draw):
        maker.add(part)
    maker.add(make_frame(frame.units, [], [], frame.notices))
    for words in ("", "with-implied"):
        choices = parse_choices(words)
        assert measure_frame(maker.frame(), choices) == measure_frame(frame, choices)


FIRST = make_frame(
    [FrameUnit("b", "乙")],
    [FrameTask("p", "n2"), FrameTask("r", "n2", form="row", parent="p")],
    [Row("p", "b", "lead"), Row("r", "b", "lead")],
    due=[Due("p", "2020-12")],
    seats=[Seat("普查", "b", hosts=True)],
)
OTHER = make_frame(
    [FrameUnit("a", "甲")],
    [FrameTask("o", "n1"), FrameTask("q", "n1")],
    [Row("o", "a", "lead", open_list=True), Row("q", "a", "lead")],
    due=[Due("o", "2020-06")],
)


@pytest.mark.parametrize("parts", [(FIRST, OTHER), (OTHER, FIRST)])
def test_a_part_keeps_rows_below_their_paragraph_time_limits_and_seats(parts):
    maker = FrameMaker()
    for part in parts:
        maker.add(part)
    frame = maker.frame()
    assert [(task.id, task.notice, task.form, task.parent) for task in frame.tasks] == [
        ("o", "n1", "item", None),
        ("p", "n2", "item", None),
        ("q", "n1", "item", None),
        ("r", "n2", "row", "p"),
    ]
    assert frame.open.tolist() == [True, False, False, False]
    assert [
        (frame.tasks[task].id, frame.months[month])
        for task, month in zip(frame.due_task, frame.due_month, strict=True)
    ] == [("o", "2020-06"), ("p", "2020-12")]
    rows = [
        (row.name, row.tasks, row.dated_tasks, row.groups_hosted)
        for row in measure_frame(frame).load
    ]
    assert rows == [("甲", 2, 1, 0), ("乙", 1, 1, 1)]


def test_a_task_without_time_limit_and_paragraph_has_none():
    tasks = [FrameTask("o", "n1"), FrameTask("z", "n1")]
    frame = make_frame(
        [FrameUnit("a", "甲"), FrameUnit("b", "乙")],
        tasks,
        [Row("o", "a", "lead"), Row("z", "b", "lead")],
        due=[Due("z", "2020-12")],
    )
    assert [row.dated_tasks for row in measure_frame(frame).load] == [0, 1]


def test_a_row_told_twice_is_open_if_one_of_them_is():
    rows = [Row("t", "a", "lead"), Row("t", "a", "lead", open_list=True)]
    for told in (rows, rows[::-1]):
        frame = make_frame([FrameUnit("a", "甲")], [FrameTask("t", "n1")], told)
        assert frame.open.tolist() == [True]


def test_of_tasks_with_one_id_the_fullest_is_kept():
    told = FrameTask("t", "n1", "一/1", form="row")
    for tasks in ([told, FrameTask("t", "n1")], [FrameTask("t", "n1"), told]):
        frame = make_frame([FrameUnit("a", "甲")], tasks, [Row("t", "a", "lead")])
        assert list(frame.tasks) == [told]
        assert len(frame.task) == 1
