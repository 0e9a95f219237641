"""What a script on a page needs to show tasks with their evidence.

Two tables go together: ``index`` holds small rows that counts are made from,
``details`` the words behind them. In a large corpus the details stand in files
of their own, each read when a reader asks for one of its tasks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.facts import Deadline, Task
from kg.model import Certainty, Role
from kg.network import ALL, STATED
from kg.pages.corpus import Corpus
from kg.pages.rendering import Renderer

__all__ = [
    "CHUNK",
    "deadline_text",
    "details",
    "index",
    "notice_list",
    "shown_tasks",
    "write_details",
]

CHUNK = 200
"""Tasks in a file of details; a corpus of at most twice as many has none."""

ROLE_CODE = {role: code for code, role in enumerate(Role)}
CERTAINTY_CODE = {certainty: code for code, certainty in enumerate(Certainty)}


def notice_list(corpus: Corpus) -> list[dict[str, str]]:
    """Return number, title, date and page of every notice."""
    return [
        {
            "id": notice.id,
            "number": notice.called,
            "title": notice.title,
            "date": notice.date,
            "href": corpus.notice_link(notice.id),
        }
        for notice in corpus.notices.values()
    ]


def index(corpus: Corpus, tasks: Iterable[Task], units: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return for each task its notice and its (unit, role, certainty) triples, as numbers.

    ``counts`` tells whether it counts with stated assignments alone, and with all.
    """
    stated, everything = ({task.id for task in corpus.counted(way)} for way in (STATED, ALL))
    places = {notice: place for place, notice in enumerate(corpus.notices)}
    return [
        {
            "notice": places[task.notice],
            "counts": [int(task.id in stated), int(task.id in everything)],
            "roles": [
                [units[fact.unit], ROLE_CODE[fact.role], CERTAINTY_CODE[fact.certainty]]
                for fact in corpus.assignments.get(task.id, ())
                if fact.unit in units
            ],
        }
        for task in tasks
    ]


def details(corpus: Corpus, tasks: Sequence[Task]) -> list[dict[str, Any]]:
    """Return for each task its words, deadlines and the words behind each assignment."""
    places = {notice: place for place, notice in enumerate(corpus.notices)}
    return [
        {
            "notice": places[task.notice],
            "label": task.label,
            "heading": task.heading,
            "text": task.text,
            "section": task.section,
            "details": _detailed(corpus, task),
            "href": corpus.notice_link(task.notice, task.span),
            "deadlines": [
                {
                    "text": corpus.words(task.notice, deadline.span),
                    "kind": deadline.kind.value,
                    "date": deadline_text(deadline),
                    "href": corpus.notice_link(task.notice, deadline.span),
                }
                for deadline in corpus.deadlines.get(task.id, ())
            ],
            "roles": [
                {
                    "unit": fact.as_written,
                    "page": corpus.unit_link(fact.unit),
                    "role": ROLE_CODE[fact.role],
                    "certainty": CERTAINTY_CODE[fact.certainty],
                    "words": corpus.words(task.notice, fact.clause),
                    "href": corpus.notice_link(task.notice, fact.span),
                }
                for fact in corpus.assignments.get(task.id, ())
            ],
        }
        for task in tasks
    ]


def _detailed(corpus: Corpus, task: Task) -> dict[str, str] | None:
    """Return the paragraph that a table row tells in detail."""
    parent = corpus.tasks.get(task.parent or "")
    if parent is None:
        return None
    return {"label": parent.label, "href": corpus.notice_link(parent.notice, parent.span)}


def deadline_text(deadline: Deadline) -> str:
    """Return the dates of a deadline, with a dash between two."""
    return "–".join(date for date in (deadline.start, deadline.end) if date)


def shown_tasks(corpus: Corpus) -> list[Task]:
    """Return the tasks that count: their places number the details."""
    return list(corpus.shown.values())


def write_details(renderer: Renderer, corpus: Corpus) -> list[dict[str, Any]] | None:
    """Return the details of all tasks, or write them to files where they are many."""
    tasks = shown_tasks(corpus)
    if len(tasks) <= 2 * CHUNK:
        return details(corpus, tasks)
    for number, start in enumerate(range(0, len(tasks), CHUNK)):
        name = f"tasks-{number}"
        items = details(corpus, tasks[start : start + CHUNK])
        renderer.data(name, items)
    return None
