"""``policies.html``: what the notices are based on, apply or cite, and which cite one another."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.facts import Notice, Reference
from kg.model import Relation
from kg.pages.coordination import pyvis_page
from kg.pages.corpus import Corpus
from kg.pages.labels import RELATIONS
from kg.pages.parts import MOST_ROWS, parts_of
from kg.pages.rendering import Assets, Renderer

__all__ = ["write_policies"]

MOST_NOTICES = 100
MOST_ACTS = 190
MOST_EDGES = 1500
LINE = 18
"""Height of a line in a box, in pixels."""


@dataclass(frozen=True, slots=True)
class Columns:
    """How wide a picture is: ``line`` characters in a line of a box, pixels between columns."""

    line: int
    apart: int


DESK = Columns(line=40, apart=760)
PHONE = Columns(line=12, apart=200)
"""Both columns, in letters that can be read, within the width of a phone."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What the picture shows: the places of notices, and the acts with what names them."""

    notices: Mapping[str, int]
    acts: Mapping[str, Sequence[Reference]]
    left_out: Mapping[str, int]


def write_policies(renderer: Renderer, corpus: Corpus) -> None:
    """Write the page of the notices and the acts that they name, and those of a long table."""
    acts: dict[str, list[Reference]] = defaultdict(list)
    for reference in corpus.references:
        acts[_act(corpus, reference)].append(reference)
    nodes, edges, left_out = _drawing(corpus, _scene(corpus, acts))
    scripts = ("vis-network.min.js", "core.js", "picture.js", "stage.js", "policies.js")
    for part in parts_of("policies.html", corpus.references):
        first = part.number == 1
        context = renderer.context(
            "policies.html",
            Assets(scripts=scripts if first else ("core.js",)),
            corpus=corpus,
            part=part,
            relations=[
                (relation, look)
                for relation, look in RELATIONS.items()
                if any(reference.relation is relation for reference in corpus.references)
            ],
            left_out=left_out,
            links=[reference for reference in corpus.references if reference.id in corpus.cited],
            most_rows=MOST_ROWS,
        )
        drawing = (nodes, edges) if first else ([], [])
        renderer.save(part.page, pyvis_page("policies.html", context, *drawing))


def _act(corpus: Corpus, reference: Reference) -> str:
    """Return what tells acts apart: the id of a notice of the corpus, else title and number.

    A plan that a notice issues is that notice, so that two plans of one title stay two.
    """
    own = corpus.notices[reference.notice]
    if reference.relation is Relation.ISSUES and reference.title in own.plan_titles:
        return own.id
    title = f"《{reference.title}》" if reference.title else ""
    return corpus.cited.get(reference.id) or f"{title}{reference.number}"


def _scene(corpus: Corpus, acts: Mapping[str, Sequence[Reference]]) -> Scene:
    """Choose the notices that name most acts, and the acts that most of these name."""
    counts = Counter(reference.notice for reference in corpus.references)
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
    # Acts stand beside the notices that name them: at the mean of their places.
    kept = sorted(
        ranked[:MOST_ACTS],
        key=lambda act: (
            sum(order[reference.notice] for reference in shown[act]) / len(shown[act]),
            list(RELATIONS).index(shown[act][0].relation),
            act,
        ),
    )
    left_out = {"notices": len(counts) - len(notices), "acts": len(acts) - len(kept)}
    return Scene(order, {act: shown[act] for act in kept}, left_out)


def _drawing(
    corpus: Corpus, scene: Scene
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, int] | None]:
    """Return nodes and edges as vis-network draws them, and how many are left out."""
    nodes = []
    edges: list[dict[str, Any]] = []
    named: dict[str, list[int]] = defaultdict(list)
    for place, (act, references) in enumerate(scene.acts.items()):
        nodes.append(_act_box(corpus, f"r{place}", act, references))
        edges += _edges(scene, place, references)
        for reference in references:
            named[reference.notice].append(place)
    for notice, place in scene.notices.items():
        node = _box(f"d{place}", notice, "#17324d", "#ffffff")
        nodes.append(node | {"href": corpus.notice_link(notice)})
    words = [_cited(corpus.known[act]) if act in corpus.known else act for act in scene.acts]
    citing = [(_named(corpus.notices[notice]), named[notice]) for notice in scene.notices]
    for node, desk, phone in zip(
        nodes, _spots(words, citing, DESK), _spots(words, citing, PHONE), strict=True
    ):
        node.update(desk, phone=phone)
    left_out = {**scene.left_out, "links": max(0, len(edges) - MOST_EDGES)}
    return nodes, edges[:MOST_EDGES], left_out if any(left_out.values()) else None


def _act_box(
    corpus: Corpus, node: str, act: str, references: Sequence[Reference]
) -> dict[str, Any]:
    """Return the box of an act, dark and a link where it is a notice of the corpus."""
    known = act in corpus.known
    colours = ("#17324d", "#ffffff") if known else ("#ffffff", "#1a1a1a")
    box = _box(node, f"act:{act}", *colours)
    box["links"] = [_link(corpus, reference) for reference in references]
    return box | ({"href": corpus.notice_link(act)} if known else {})


def _edges(scene: Scene, act: int, references: Sequence[Reference]) -> Iterator[dict[str, Any]]:
    """Yield an edge for each notice that names an act, and each way in which it does."""
    for notice, relation in dict.fromkeys((one.notice, one.relation) for one in references):
        place, look = scene.notices[notice], RELATIONS[relation]
        yield {
            "id": f"{place}-{act}-{relation}",
            "from": f"d{place}",
            "to": f"r{act}",
            "width": 2,
            "color": look.colour,
            "dashes": look.dashes,
            "relation": relation.value,
        }


def _named(notice: Notice) -> str:
    """Return a notice's number and title, a line each."""
    return f"{notice.number}\n{notice.title}" if notice.number else notice.title


def _cited(notice: Notice) -> str:
    """Return what a notice is cited by: its number, and the plans it issues or its title."""
    name = "".join(f"《{plan}》" for plan in notice.plan_titles) or notice.title
    return f"{notice.number}\n{name}" if notice.number else name


def _spots(
    acts: Sequence[str], notices: Sequence[tuple[str, Sequence[int]]], columns: Columns
) -> list[dict[str, Any]]:
    """Return the lines and the place of each act's box, then of each notice's.

    Acts stand below one another; a notice, given with the acts that it names, at the
    mean of theirs, or below the notice before it where there is no room.
    """
    spots = []
    middles = []
    y = 0.0
    for words in acts:
        label = _wrapped(words, columns.line)
        tall = LINE * (label.count("\n") + 1) + 14
        middles.append(y + tall / 2)
        spots.append({"label": label, "x": columns.apart, "y": round(middles[-1])})
        y += tall
    low = -1e9
    for words, named in notices:
        label = _wrapped(words, columns.line)
        tall = LINE * (label.count("\n") + 1) + 26
        middle = sum(middles[act] for act in named) / len(named) if named else 0.0
        middle = max(middle, low + tall / 2)
        low = middle + tall / 2
        spots.append({"label": label, "x": 0, "y": round(middle)})
    return spots


def _box(node: str, key: str, colour: str, ink: str) -> dict[str, Any]:
    """Return a node with its words inside; ``key`` is what a link to it says."""
    return {"id": node, "key": key, "shape": "box", "size": 10, "color": colour, "ink": ink}


def _link(corpus: Corpus, reference: Reference) -> dict[str, str]:
    """Return where an act is named, in which way."""
    look = RELATIONS[reference.relation]
    return {
        "notice": reference.notice,
        "number": corpus.notices[reference.notice].called,
        "href": corpus.notice_link(reference.notice, reference.span),
        "zh": look.zh,
        "en": look.en,
        "words": corpus.words(reference.notice, reference.span),
    }


def _wrapped(words: str, wide: int) -> str:
    """Break words into lines of so many characters; a closing mark begins none.

    >>> _wrapped("《水法》《甲乙丙丁办法》", 4).splitlines()
    ['《水法》', '《甲乙丙', '丁办法》']
    """
    return "\n".join(re.findall(rf".{{1,{wide}}}[》〉）〕]*", words))
