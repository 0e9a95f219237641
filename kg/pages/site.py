"""Writes the whole site: one page after the other, then the static files they use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from kg.facts import DocumentFacts, Finding
from kg.network import ALL
from kg.pages.coordination import write_coordination
from kg.pages.corpus import Corpus
from kg.pages.document_page import write_document
from kg.pages.evidence import write_details
from kg.pages.groups import write_groups
from kg.pages.notice_page import marks_of, write_notices
from kg.pages.numbers import count
from kg.pages.overview import write_overview
from kg.pages.policies import write_policies
from kg.pages.rendering import Renderer
from kg.pages.tasks import write_tasks
from kg.pages.unit_page import write_units

__all__ = ["write_site"]

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
    corpus = Corpus.of(facts, unread)
    numbers = count(corpus)
    renderer = Renderer(folder, {"site_pages": SITE_PAGES})
    details = write_details(renderer, corpus)
    write_coordination(renderer, corpus, details)
    everything = count(corpus, ALL)
    write_overview(renderer, corpus, {"stated": numbers, "all": everything}, details)
    write_tasks(renderer, corpus, details)
    write_policies(renderer, corpus)
    write_groups(renderer, corpus)
    write_units(renderer, corpus, numbers, everything, load)
    for one in corpus.facts:
        marks = marks_of(corpus, one)
        write_notices(renderer, corpus, one, marks)
        write_document(renderer, corpus, one, marks)
    renderer.copy_static()
