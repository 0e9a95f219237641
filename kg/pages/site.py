"""Writes a whole site, or a volume of it: one page after the other, then the static files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from kg.facts import DocumentFacts, Finding
from kg.network import ALL
from kg.pages.coordination import write_coordination
from kg.pages.corpus import Corpus
from kg.pages.document_page import write_document
from kg.pages.evidence import write_details
from kg.pages.front import VolumeEntry
from kg.pages.groups import write_groups
from kg.pages.notice_page import marks_of, write_notices
from kg.pages.numbers import count
from kg.pages.overview import Stat, write_overview
from kg.pages.policies import write_policies
from kg.pages.rendering import Renderer
from kg.pages.tasks import write_tasks
from kg.pages.unit_page import write_units
from kg.pages.volume import VolumeView

__all__ = ["write_site", "write_volume"]

SITE_PAGES = (
    ("overview", "index.html"),
    ("coordination", "coordination.html"),
    ("tasks", "tasks.html"),
    ("policies", "policies.html"),
    ("groups", "groups.html"),
)


def write_site(
    folder: Path,
    facts: Sequence[DocumentFacts],
    load: Sequence[Mapping[str, object]] = (),
    unread: Sequence[Finding] = (),
) -> None:
    """Write the pages into ``folder``.

    Parameters
    ----------
    folder
        Where the site goes; it is made where it is missing. Files that an earlier
        build left there and this one does not write stay.
    facts
        What the documents say. The order does not matter.
    load
        Measures per unit, as rows of ``load.csv`` with the unit's id in ``unit``:
        shown on the unit's page beside the counts.
    unread
        Findings about files that could not be read.
    """
    renderer = Renderer(folder, {"site_pages": SITE_PAGES})
    _write_pages(renderer, Corpus.of(facts, unread), load)
    renderer.copy_static()


def write_volume(
    folder: Path,
    corpus: Corpus,
    load: Sequence[Mapping[str, object]],
    view: VolumeView,
) -> VolumeEntry:
    """Write the pages of a volume below the ``folder`` of its site.

    ``load`` are the measures of its units, as in :func:`write_site`. The static files, which
    all volumes share, are named in what is returned: the first page of the site takes
    them there.
    """
    common = {"site_pages": (("volumes", f"{view.up}index.html"), *SITE_PAGES)}
    renderer = Renderer(folder / view.folder, common, view)
    stats = _write_pages(renderer, corpus, load)
    return VolumeEntry(view, tuple(stats), frozenset(renderer.used))


def _write_pages(
    renderer: Renderer, corpus: Corpus, load: Sequence[Mapping[str, object]]
) -> Sequence[Stat]:
    """Write the pages of a corpus, and return what was read."""
    numbers = count(corpus)
    details = write_details(renderer, corpus)
    write_coordination(renderer, corpus, details)
    everything = count(corpus, ALL)
    stats = write_overview(renderer, corpus, {"stated": numbers, "all": everything}, details)
    write_tasks(renderer, corpus, details)
    write_policies(renderer, corpus)
    groups = write_groups(renderer, corpus)
    write_units(renderer, corpus, numbers, everything, load)
    for one in corpus.facts:
        marks = marks_of(corpus, one, groups)
        write_notices(renderer, corpus, one, marks)
        write_document(renderer, corpus, one, marks)
    return stats
