"""Plots for papers: SVG and PDF, the same bytes for the same build."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.files import placed
from kg.measures.choices import Choices

__all__ = ["PLOTS", "Plot", "plot"]


@dataclass(frozen=True, slots=True)
class Plot:
    """A kind of plot."""

    zh: str
    en: str


PLOTS = {
    "load": Plot("各单位任务数（按角色）", "tasks of each unit by role"),
    "matrix": Plot("单位共同任务矩阵", "matrix of shared tasks"),
    "lorenz": Plot("负荷洛伦兹曲线", "Lorenz curve of load"),
    "timeline": Plot("到期任务时间线", "tasks due by month"),
    "network": Plot("单位合作网络", "network of units"),
}
"""The plots by name."""


def plot(
    build: Path,
    name: str,
    target: Path,
    *,
    choices: Choices | None = None,
    language: str = "zh",
    top: int = 25,
) -> Path:
    """Draw one plot of a build.

    Parameters
    ----------
    build
        The folder that a build wrote.
    name
        One of :data:`PLOTS`.
    target
        The file; its ending (.svg, .pdf) decides the format.
    choices
        The choices of the measures.
    language
        Language of titles and axes, ``zh`` or ``en``; names stay as they are.
    top
        How many units to show at most; the plot says how many it leaves out.

    Returns
    -------
    Path
        The file.
    """
    if name not in PLOTS:
        raise InputError("plot", f"unknown plot {name!r} · 未知图形; known: {', '.join(PLOTS)}")
    if target.suffix not in {".svg", ".pdf"}:
        raise InputError(str(target), "name a file that ends in .svg or .pdf · 请用 .svg 或 .pdf")
    from kg.measures.compute import measure_frame
    from kg.measures.read import read_frame
    from kg.plots.drawing import DRAWERS
    from kg.plots.figure import new_figure, save

    measures = measure_frame(read_frame(build), choices)
    with placed(target) as fresh, new_figure() as figure:
        DRAWERS[name](figure, measures, language, top)
        save(figure, fresh)
    return target
