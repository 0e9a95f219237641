"""Figures whose bytes do not change, in a font that has Chinese characters."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from kg.errors import GazetteError
from kg.export.optional import optional

__all__ = ["FONTS", "Figure", "chinese_font", "new_figure", "save"]

Figure: TypeAlias = Any
"""A matplotlib figure; matplotlib is optional."""

FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "Noto Sans CJK JP",
    "Noto Serif CJK SC",
    "Noto Serif CJK JP",
    "SimSun",
    "Arial Unicode MS",
)
"""Fonts with Chinese characters, the first that is there is taken."""


def chinese_font() -> str:
    """Return a font on this machine that has Chinese characters."""
    manager = optional("matplotlib.font_manager", "a plot", "plot")
    there = {entry.name for entry in manager.fontManager.ttflist}
    for name in FONTS:
        if name in there:
            return name
    raise GazetteError(
        "no font with Chinese characters found; install one (Debian, Ubuntu: apt install "
        "fonts-noto-cjk; Fedora: dnf install google-noto-sans-cjk-fonts; macOS and Windows have "
        "one), then delete matplotlib's font cache (~/.cache/matplotlib) · 找不到中文字体，请安装，"
        "例如 apt install fonts-noto-cjk，然后删除 ~/.cache/matplotlib"
    )


@contextmanager
def new_figure() -> Iterator[Figure]:
    """Give a figure that no window shows, with settings of its own."""
    matplotlib = optional("matplotlib", "a plot", "plot")
    figures = optional("matplotlib.figure", "a plot", "plot")
    settings = {
        "font.family": [chinese_font()],
        "axes.unicode_minus": False,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "font.size": 9,
        # Ids in the SVG come from the content alone, not from chance.
        "svg.hashsalt": "gazette-kg",
        # Letters as outlines: a reader needs no Chinese font.
        "svg.fonttype": "path",
    }
    with matplotlib.rc_context(settings):
        yield figures.Figure(layout="constrained")


def save(figure: Figure, target: Path) -> None:
    """Write the figure without any date."""
    dates = {"Date": None} if target.suffix == ".svg" else {"CreationDate": None}
    figure.savefig(target, metadata={**dates, "Creator": "gazette-kg"})
