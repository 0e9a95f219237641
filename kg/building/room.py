"""Whether a disk has room for what a build is about to write."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from kg.errors import InputError
from kg.outputs import FROM_QUADS, Output

__all__ = ["require_room"]

_SIZES = {
    Output.GRAPH: 14.0,
    Output.TURTLE: 3.5,
    Output.STORE: 10.0,
    Output.TABLES: 0.6,
    Output.MEASURES: 0.1,
    Output.SITE: 5.0,
}
"""Bytes that an output has, at least, for each byte of kept readings: of the gazette that comes
along and of 100 and 10,000 made by ``benchmarks/collection.py``."""


def require_room(target: Path, readings: int, outputs: Iterable[Output]) -> None:
    """Refuse what surely does not fit, before hours are spent on writing it.

    Parameters
    ----------
    target
        Where the build is to stand.
    readings
        The bytes of what has been read, as it is kept.
    outputs
        What is to be written.

    Raises
    ------
    InputError
        The disk of ``target`` has less room than the outputs need at least.
    """
    chosen = set(outputs)
    if (target / Output.STORE.place).exists():
        chosen.discard(Output.STORE)  # the store takes over what has not changed
    free = shutil.disk_usage(target.parent).free
    if _needed(readings, chosen) <= free:
        return
    need, left = _told(_needed(readings, chosen)), _told(free)
    english = f"this needs at least {need}, the disk has {left} left; write to another disk (-o)"
    chinese = f"至少需要 {need}，磁盘只剩 {left}；请写到别的磁盘（-o）"
    few = chosen - FROM_QUADS - {Output.SITE} or {Output.TABLES}
    if few < chosen:
        less = _told(_needed(readings, few))
        words = ",".join(output for output in Output if output in few)
        english += f", or less: --outputs {words} needs {less}"
        chinese += f"，或少写一些：--outputs {words} 需要 {less}"
    raise InputError(str(target), f"{english} · {chinese}")


def _needed(readings: int, outputs: Iterable[Output]) -> float:
    return readings * sum(_SIZES[output] for output in outputs)


def _told(size: float) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.1f} MB"
