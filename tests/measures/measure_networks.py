"""Small networks written as tables, for tests.

    task  notice  form  甲  乙  丙
    1     n1      item  L   R   S

Letters: L lead, P primary, R responsible, S support; small letters are implied.
A unit's column may be written 甲/局/区 for its kind and level, and *甲 for a
collective.  A form may be written row<1 for a row that details task 1.
"""

import random

from hypothesis import strategies as st

from kg.measures.choices import Choices
from kg.measures.frame import FrameNotice, FrameTask, FrameUnit, Row
from kg.measures.making import make_frame
from kg.measures.work import counted_work

ROLE = {"L": "lead", "P": "primary", "R": "responsible", "S": "support"}
DATES = {"n1": "2020-03-07", "n2": "2020-03-10", "n3": "2021-01-05"}


def network(table, **units):
    head, *lines = [line.split() for line in table.strip().splitlines()]
    columns = [name.lstrip("*").split("/") for name in head[3:]]
    made = [
        FrameUnit(
            id=f"unit/{name}",
            name=name,
            kind=more[0] if more else "",
            level=more[1] if len(more) > 1 else "",
            collective=head[3 + place].startswith("*"),
            **units.get(name, {}),
        )
        for place, (name, *more) in enumerate(columns)
    ]
    tasks, rows = [], []
    for label, notice, form, *cells in lines:
        form, _, parent = form.partition("<")
        tasks.append(
            FrameTask(f"task/{label}", notice, label, form, f"task/{parent}" if parent else None)
        )
        rows += [
            Row(f"task/{label}", unit.id, ROLE[cell.upper()], cell.isupper())
            for unit, letters in zip(made, cells, strict=True)
            for cell in letters
            if cell != "."
        ]
    notices = [
        FrameNotice(n, f"《{n}》", DATES.get(n, "")) for n in {task.notice for task in tasks}
    ]
    return make_frame(made, tasks, rows, notices)


def work(table, choices=None, **units):
    return counted_work(network(table, **units), choices or Choices())


# The network that most values are worked out on, by hand:
#   k = 3, 2, 2, 1, 4; leads = 1, 1, 0, 1, 2
WATER = """
task  notice  form  甲/局/区  乙/局/市  丙/企/市  丁/企/
1     n1      item  L        R        S        .
2     n1      item  L        S        .        .
3     n1      item  .        R        R        .
4     n2      item  L        .        .        .
5     n2      item  L        L        S        S
"""


ROLES = ("lead", "primary", "responsible", "support")


@st.composite
def frames(draw, max_units=7, max_tasks=8, collectives=True):
    """Draw a build: some units, some tasks in some notices, any assignments."""
    units = draw(st.integers(1, max_units))
    tasks = draw(st.integers(1, max_tasks))
    made = [
        FrameUnit(
            f"unit/{place}",
            f"单位{place}",
            draw(st.sampled_from(["", "局", "企"])),
            draw(st.sampled_from(["", "区", "市"])),
            collective=collectives and draw(st.integers(0, 5)) == 0,
        )
        for place in range(units)
    ]
    rows = draw(
        st.lists(
            st.builds(
                Row,
                st.integers(0, tasks - 1).map(lambda place: f"task/{place}"),
                st.integers(0, units - 1).map(lambda place: f"unit/{place}"),
                st.sampled_from(ROLES),
                st.booleans(),
            ),
            min_size=1,
            max_size=units * tasks,
        )
    )
    listed = [FrameTask(f"task/{place}", f"n{draw(st.integers(0, 2))}") for place in range(tasks)]
    notices = [FrameNotice(f"n{place}", "", f"202{place % 2}-01-01") for place in range(3)]
    return make_frame(made, listed, rows, notices)


def rows_of(frame):
    """Return the assignments of a frame as records."""
    columns = (frame.task, frame.unit, frame.role, frame.stated, frame.open)
    return [
        Row(frame.tasks[task].id, frame.units[unit].id, ROLES[role], bool(stated), bool(left_open))
        for task, unit, role, stated, left_open in zip(*columns, strict=True)
    ]


def random_frame(seed, units=12, tasks=40, chance=0.25):
    """Return a network drawn at random, for comparison with other programs."""
    draw = random.Random(seed)
    made = [FrameUnit(f"unit/{place:02}", f"单位{place}") for place in range(units)]
    rows = [
        Row(f"task/{task:03}", unit.id, draw.choice(ROLES))
        for task in range(tasks)
        for unit in made
        if draw.random() < chance
    ]
    listed = [FrameTask(f"task/{task:03}", f"n{task % 4}") for task in range(tasks)]
    return make_frame(made, listed, rows)
