"""``policies.html``: what the notices are based on, apply or cite, and which cite one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from kg.facts import Notice, Reference
from kg.model import Relation
from kg.pages.coordination import pyvis_page
from kg.pages.corpus import Corpus
from kg.pages.evidence import notice_list
from kg.pages.labels import RELATIONS
from kg.pages.rendering import Assets, Renderer

__all__ = ["write_policies"]

MOST_NOTICES = 100
MOST_ACTS = 190
MOST_EDGES = 1500
LINE = 18
"""Height of a line in a box, in pixels."""
WIDE = 40
"""Characters in a line of a box."""


def write_policies(renderer: Renderer, corpus: Corpus) -> None:
    """Write the page of the notices and the acts that they name."""
    acts: dict[str, list[Reference]] = defaultdict(list)
    for reference in corpus.references:
        acts[_act(corpus, reference)].append(reference)
    nodes, edges, left_out = _drawing(corpus, acts)
    scripts = ("vis-network.min.js", "core.js", "picture.js", "stage.js", "policies.js")
    assets = Assets(scripts=scripts)
    context = renderer.context(
        "policies.html",
        assets,
        corpus=corpus,
        relations=[
            (relation, look)
            for relation, look in RELATIONS.items()
            if any(reference.relation is relation for reference in corpus.references)
        ],
        left_out=left_out,
        links=[reference for reference in corpus.references if reference.id in corpus.cited],
        data={"notices": notice_list(corpus)},
    )
    renderer.save("policies.html", pyvis_page("policies.html", context, nodes, edges))


def _act(corpus: Corpus, reference: Reference) -> str:
    """Return what tells acts apart: the id of a notice of the corpus, else title and number.

    A plan that a notice issues is that notice, so that two plans of one title stay two.
    """
    own = corpus.notices[reference.notice]
    if reference.relation is Relation.ISSUES and reference.title in own.plan_titles:
        return own.id
    title = f"《{reference.title}》" if reference.title else ""
    return corpus.cited.get(reference.id) or f"{title}{reference.number}"


def _drawing(
    corpus: Corpus, acts: Mapping[str, Sequence[Reference]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, int] | None]:
    """Return nodes and edges as vis-network draws them, and how many are left out."""
    counts: dict[str, int] = defaultdict(int)
    for reference in corpus.references:
        counts[reference.notice] += 1
    notices = sorted(counts, key=lambda notice: -counts[notice])[:MOST_NOTICES]
    order = {notice: place for place, notice in enumerate(corpus.notices) if notice in notices}
    shown = {
        act: [reference for reference in found if reference.notice in order]
        for act, found in acts.items()
    }
    ranked = sorted(
        (act for act in shown if shown[act]),
        key=lambda act: (-len({reference.notice for reference in shown[act]}), act),
    )
    kept = ranked[:MOST_ACTS]
    # Acts stand beside the notices that name them: at the mean of their places.
    kept.sort(
        key=lambda act: (
            sum(order[reference.notice] for reference in shown[act]) / len(shown[act]),
            list(RELATIONS).index(shown[act][0].relation),
            act,
        )
    )
    nodes, edges = [], []
    y = 0.0
    heights: dict[str, list[float]] = defaultdict(list)
    for place, act in enumerate(kept):
        known = corpus.notices.get(act)
        label = _wrapped(_cited(known) if known else act)
        tall = LINE * (label.count("\n") + 1) + 14
        colours = ("#17324d", "#ffffff") if known else ("#ffffff", "#1a1a1a")
        node = _box(f"r{place}", label, 760, y + tall / 2, *colours)
        node |= {"tall": tall, "links": [_link(corpus, reference) for reference in shown[act]]}
        nodes.append(node | ({"href": corpus.notice_link(act)} if known else {}))
        seen = set()
        for reference in shown[act]:
            heights[reference.notice].append(y + tall / 2)
            key = (reference.notice, reference.relation)
            if key in seen:
                continue
            seen.add(key)
            look = RELATIONS[reference.relation]
            edges.append(
                {
                    "id": f"{order[reference.notice]}-{place}-{reference.relation}",
                    "from": f"d{order[reference.notice]}",
                    "to": f"r{place}",
                    "width": 2,
                    "color": look.colour,
                    "dashes": look.dashes,
                    "relation": reference.relation.value,
                }
            )
        y += tall
    low = -1e9
    for notice in order:
        label = _wrapped(_named(corpus.notices[notice]))
        tall = LINE * (label.count("\n") + 1) + 26
        middle = sum(heights[notice]) / len(heights[notice]) if heights[notice] else 0.0
        middle = max(middle, low + tall / 2)
        low = middle + tall / 2
        node = _box(f"d{order[notice]}", label, 0, middle, "#17324d", "#ffffff")
        nodes.append(node | {"tall": tall, "href": corpus.notice_link(notice)})
    left_out = {
        "notices": len(counts) - len(notices),
        "acts": len(acts) - len(kept),
        "links": max(0, len(edges) - MOST_EDGES),
    }
    return nodes, edges[:MOST_EDGES], left_out if any(left_out.values()) else None


def _named(notice: Notice) -> str:
    """Return a notice's number and title, a line each."""
    return f"{notice.number}\n{notice.title}" if notice.number else notice.title


def _cited(notice: Notice) -> str:
    """Return what a notice is cited by: its number, and the plans it issues or its title."""
    name = "".join(f"《{plan}》" for plan in notice.plan_titles) or notice.title
    return f"{notice.number}\n{name}" if notice.number else name


def _box(key: str, label: str, x: int, y: float, colour: str, ink: str) -> dict[str, Any]:
    """Return a node with its words inside."""
    return {
        "id": key,
        "label": label,
        "x": x,
        "y": round(y),
        "shape": "box",
        "size": 10,
        "color": colour,
        "ink": ink,
    }


def _link(corpus: Corpus, reference: Reference) -> dict[str, str]:
    """Return where an act is named, in which way."""
    look = RELATIONS[reference.relation]
    return {
        "number": corpus.notices[reference.notice].number,
        "href": corpus.notice_link(reference.notice, reference.span),
        "zh": look.zh,
        "en": look.en,
        "words": corpus.words(reference.notice, reference.span),
    }


def _wrapped(words: str) -> str:
    """Break words into lines that fit into a box."""
    lines = []
    for line in words.split("\n"):
        lines += [line[start : start + WIDE] for start in range(0, len(line), WIDE)]
    return "\n".join(lines)
