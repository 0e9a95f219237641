"""What each plot shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np

from kg.measures.records import Measures, UnitLoad
from kg.plots.figure import Figure

__all__ = ["DRAWERS"]

Axes: TypeAlias = Any
"""The axes of a matplotlib figure; matplotlib is optional."""

_ROLES = {
    "lead": ("牵头", "lead", "#1f5c99"),
    "primary": ("主责", "primary", "#5b9bd5"),
    "responsible": ("责任", "responsible", "#d68910"),
    "support": ("配合", "support", "#b8b8b8"),
}
_WORDS = {
    "tasks": ("任务数", "tasks"),
    "units": ("单位累计比例", "cumulative share of units"),
    "load": ("负荷累计比例", "cumulative share of load"),
    "gini": ("基尼系数", "Gini"),
    "month": ("到期月份", "due in"),
    "shared": ("共同任务数", "shared tasks"),
    "more": ("另有 {} 个单位未画出", "{} more units are not shown"),
    "collective": ("* 集合单位", "* collective unit"),
    "note": (
        "公开文本中分配的职责，不是实际完成的工作",
        "Duties assigned in published text, not work done",
    ),
    "frame": (
        "{notices} 件通知（{first}—{last}）、{tasks} 项任务",
        "{notices} notices ({first} to {last}), {tasks} tasks",
    ),
    "nothing": ("没有可画的数据", "nothing to draw"),
}


def _word(key: str, language: str) -> str:
    return _WORDS[key][language == "en"]


def _busiest(measures: Measures, top: int, named: bool = False) -> tuple[list[UnitLoad], int]:
    """Return the units with most tasks, and how many are left out."""
    rows = [row for row in measures.load if not (named and row.collective)]
    rows.sort(key=lambda row: (-round(row.tasks, 9), -round(row.load, 9), row.unit))
    return rows[:top], max(len(rows) - top, 0)


_TOLD = ("certainty", "work", "collective", "weights")
"""Choices that stand below every plot."""


def _finish(
    figure: Figure, measures: Measures, language: str, left: int = 0, collective: bool = False
) -> None:
    """Write below the plot what a reader must know: what is left out, the frame, the choices."""
    of = {line.setting: line.value for line in measures.settings}
    notes = [_word("note", language)]
    if left:
        notes.insert(0, _word("more", language).format(left))
    if collective:
        notes.insert(0, _word("collective", language))
    frame = _word("frame", language).format(
        notices=of["notices_counted"],
        first=of["first_date"] or "?",
        last=of["last_date"] or "?",
        tasks=of["tasks"],
    )
    choices = " · ".join(f"{name}={of[name]}" for name in _TOLD)
    words = "\n".join((" · ".join(notes), frame, choices))
    figure.supxlabel(words, fontsize=7, color="#555555")


def _empty(axes: Axes, language: str) -> None:
    axes.axis("off")
    axes.text(0.5, 0.5, _word("nothing", language), ha="center", va="center")


def draw_load(figure: Figure, measures: Measures, language: str, top: int) -> None:
    """Draw a bar a unit, divided by role."""
    rows, left = _busiest(measures, top)
    figure.set_size_inches(7, 1.2 + 0.22 * max(len(rows), 3))
    axes = figure.subplots()
    if not rows:
        return _empty(axes, language)
    places = np.arange(len(rows))
    start = np.zeros(len(rows))
    for column, (zh, en, colour) in _ROLES.items():
        values = np.array([getattr(row, column) for row in rows], dtype=np.float64)
        axes.barh(places, values, left=start, color=colour, label=en if language == "en" else zh)
        start += values
    axes.set_yticks(places, [row.name + ("*" if row.collective else "") for row in rows])
    axes.invert_yaxis()
    axes.set_xlabel(_word("tasks", language))
    axes.legend(frameon=False, loc="lower right")
    _finish(figure, measures, language, left, any(row.collective for row in rows))
    return None


def draw_matrix(figure: Figure, measures: Measures, language: str, top: int) -> None:
    """Draw who shares how many tasks with whom; on the diagonal, the unit's tasks."""
    rows, left = _busiest(measures, top, named=True)
    side = 2.5 + 0.24 * max(len(rows), 3)
    figure.set_size_inches(side + 1.5, side)
    axes = figure.subplots()
    if not rows:
        return _empty(axes, language)
    place = {row.unit: number for number, row in enumerate(rows)}
    cells = np.diag([float(row.tasks) for row in rows])
    for tie in measures.ties:
        if tie.unit in place and tie.partner in place:
            one, two = place[tie.unit], place[tie.partner]
            cells[one, two] = cells[two, one] = tie.shared_tasks
    image = axes.imshow(np.where(cells > 0, cells, np.nan), cmap="Blues", vmin=0)
    if len(rows) <= 30:
        for one, two in zip(*np.nonzero(cells), strict=True):
            dark = cells[one, two] > cells.max() / 2
            axes.text(
                two,
                one,
                f"{cells[one, two]:g}",
                ha="center",
                va="center",
                fontsize=6,
                color="white" if dark else "black",
            )
    names = [row.name for row in rows]
    axes.set_yticks(range(len(rows)), names)
    axes.set_xticks(range(len(rows)), names, rotation=90)
    bar = figure.colorbar(image, ax=axes, shrink=0.6, label=_word("shared", language))
    bar.locator.set_params(integer=True)
    bar.update_ticks()
    _finish(figure, measures, language, left)
    return None


def draw_lorenz(figure: Figure, measures: Measures, language: str, top: int) -> None:
    """Draw how unequally load is spread over units, collectives apart."""
    figure.set_size_inches(4.5, 4.5)
    axes = figure.subplots()
    values = np.sort([row.load for row in measures.load if not row.collective])
    if not len(values) or values.sum() <= 0:
        return _empty(axes, language)
    share = np.concatenate([[0.0], np.cumsum(values) / values.sum()])
    axes.plot([0, 1], [0, 1], color="#b8b8b8", linewidth=1)
    axes.plot(np.linspace(0, 1, len(share)), share, color="#1f5c99")
    axes.fill_between(
        np.linspace(0, 1, len(share)),
        share,
        np.linspace(0, 1, len(share)),
        color="#1f5c99",
        alpha=0.15,
    )
    axes.set(xlim=(0, 1), ylim=(0, 1), aspect="equal")
    axes.set_xlabel(_word("units", language))
    axes.set_ylabel(_word("load", language))
    gini = measures.system[0].load_gini
    if gini is not None:
        axes.text(0.05, 0.9, f"{_word('gini', language)} = {gini:.3f}, n = {len(values)}")
    _finish(figure, measures, language)
    return None


def draw_timeline(figure: Figure, measures: Measures, language: str, top: int) -> None:
    """Draw, for each month, the duties that fall due: a task counts for each of its units."""
    figure.set_size_inches(7, 3.2)
    axes = figure.subplots()
    months: Counter[str] = Counter()
    for row in measures.pressure:
        months[row.month] += row.tasks
    if not months:
        return _empty(axes, language)
    names = sorted(months)
    # A limit that tells a year alone stands at its December, in a lighter colour.
    places = {name: int(name[:4]) * 12 + (int(name[5:7]) if name[5:7] else 12) for name in names}
    below: Counter[int] = Counter()
    for colour, chosen in (
        ("#1f5c99", [name for name in names if len(name) > 4]),
        ("#9dc3e6", [name for name in names if len(name) == 4]),
    ):
        spots = [places[name] for name in chosen]
        axes.bar(
            spots,
            [months[name] for name in chosen],
            bottom=[below[spot] for spot in spots],
            color=colour,
        )
        below.update({places[name]: months[name] for name in chosen})
    axes.set_xticks([places[name] for name in names], names, rotation=60, ha="right")
    axes.set_xlabel(_word("month", language))
    axes.set_ylabel("单位—任务数" if language == "zh" else "unit-tasks")
    _finish(figure, measures, language)
    return None


def draw_network(figure: Figure, measures: Measures, language: str, top: int) -> None:
    """Draw the busiest units on a circle by community, with their ties."""
    rows, left = _busiest(measures, top, named=True)
    figure.set_size_inches(8, 8)
    axes = figure.subplots()
    axes.axis("off")
    if not rows:
        return _empty(axes, language)
    rows.sort(
        key=lambda row: (-1 if row.community is None else row.community, -row.tasks, row.unit)
    )
    turn = 2 * np.pi * np.arange(len(rows)) / len(rows)
    place = {
        row.unit: (np.cos(angle), np.sin(angle)) for row, angle in zip(rows, turn, strict=True)
    }
    shown = [tie for tie in measures.ties if tie.unit in place and tie.partner in place]
    most = max((tie.newman for tie in shown), default=1.0)
    for tie in sorted(shown, key=lambda one: one.newman):
        (x, y), (u, v) = place[tie.unit], place[tie.partner]
        axes.plot(
            [x, u],
            [y, v],
            color="#1f5c99",
            linewidth=0.3 + 3 * tie.newman / most,
            alpha=0.15 + 0.6 * tie.newman / most,
            zorder=1,
        )
    for row, angle in zip(rows, turn, strict=True):
        x, y = place[row.unit]
        colour = f"C{(row.community or 0) % 10}" if row.community is not None else "#b8b8b8"
        axes.scatter([x], [y], s=20 + 12 * row.tasks, color=colour, zorder=2)
        degrees = np.degrees(angle)
        flip = 90 < degrees < 270
        axes.text(
            1.08 * x,
            1.08 * y,
            row.name,
            fontsize=7,
            rotation=degrees + 180 if flip else degrees,
            rotation_mode="anchor",
            ha="right" if flip else "left",
            va="center",
        )
    axes.set(xlim=(-2.1, 2.1), ylim=(-2.1, 2.1), aspect="equal")
    _finish(figure, measures, language, left)
    return None


DRAWERS: dict[str, Callable[[Figure, Measures, str, int], None]] = {
    "load": draw_load,
    "matrix": draw_matrix,
    "lorenz": draw_lorenz,
    "timeline": draw_timeline,
    "network": draw_network,
}
"""The function that draws each plot."""
