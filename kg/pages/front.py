"""``index.html`` of a site in volumes: what each volume holds, and where units are found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from kg.facts import Finding
from kg.pages.overview import MOST_ROWS, Stat
from kg.pages.pinyin import search_text
from kg.pages.rendering import Assets, Renderer
from kg.pages.volume import BoundUnit, VolumeView

__all__ = ["VolumeEntry", "write_front"]

SUMMED = ("stat_documents", "stat_issues", "stat_notices", "stat_tasks", "stat_assignments")
"""What volumes hold apart, so that it can be summed; units may be in several."""


@dataclass(frozen=True, slots=True)
class VolumeEntry:
    """What was written of a volume: how much was read, and which static files its pages use."""

    view: VolumeView
    stats: tuple[Stat, ...]
    used: frozenset[str]


def write_front(
    folder: Path,
    entries: Sequence[VolumeEntry],
    units: Mapping[str, BoundUnit],
    load: Sequence[Mapping[str, object]] = (),
    unread: Sequence[Finding] = (),
) -> None:
    """Write the first page of a site, and the static files that its pages use.

    Parameters
    ----------
    folder
        The site's folder, in which the volumes stand.
    entries
        The volumes, in any order.
    units
        The units of all volumes, by their ids.
    load
        Measures of the units over all volumes, as rows of ``load.csv``.
    unread
        Findings about files that could not be read.
    """
    renderer = Renderer(folder, {"site_pages": (("volumes", "index.html"),)})
    entries = sorted(entries, key=lambda entry: entry.view.number)
    tasks = {str(row["unit"]): int(float(str(row["tasks"]))) for row in load}
    named = sorted(units.items(), key=lambda item: (item[1].name, item[0]))
    renderer.data("units", [_found(unit, tasks.get(key, 0)) for key, unit in named])
    stats = [{stat.key: stat for stat in entry.stats} for entry in entries]
    heavy = sorted(load, key=lambda row: (-tasks[str(row["unit"])], str(row["unit"])))
    renderer.write(
        "index.html",
        "front.html",
        Assets(scripts=("core.js", "search.js", "front.js")),
        volumes=list(zip([entry.view for entry in entries], stats, strict=True)),
        stats=[_sum([one[key] for one in stats]) for key in SUMMED],
        units=heavy[:MOST_ROWS],
        all_units=len(heavy),
        pages={key: unit.pages for key, unit in units.items()},
        unread=unread[:MOST_ROWS],
        all_unread=len(unread),
    )
    renderer.used.update(*(entry.used for entry in entries))
    renderer.copy_static()


def _found(unit: BoundUnit, tasks: int) -> tuple[str, str, int, list[tuple[int, str]]]:
    """Return what a search finds a unit by, and where it leads."""
    return (
        unit.name,
        search_text((unit.name, *unit.short_names)),
        tasks,
        [(link.number, quote(link.page)) for link in unit.pages],
    )


def _sum(stats: Sequence[Stat]) -> Stat:
    """Add up what was read of each volume."""
    stated = [stat.stated for stat in stats if stat.stated is not None]
    return replace(
        stats[0],
        below="volumes",
        value=sum(int(stat.value) for stat in stats),
        stated=sum(stated) if stated else None,
    )
