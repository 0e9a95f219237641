"""``groups.html``: the leading groups with their people, posts and units, by pyvis."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

import networkx as nx

from kg.document import Span
from kg.facts import Hosting, Membership, Unit
from kg.network import positions
from kg.pages.coordination import pyvis_page
from kg.pages.corpus import Corpus
from kg.pages.labels import Look, looks_of_kinds
from kg.pages.parts import parts_of
from kg.pages.pinyin import initials
from kg.pages.rendering import Assets, Renderer

__all__ = ["GroupPages", "LeadingGroup", "rank_of", "write_groups"]

GroupPages = Mapping[tuple[str, str], str]
"""Where each leading group is shown, by the notice and the group's name."""

MOST_NODES = 300
MOST_EDGES = 1500
WIDE = 12
"""Characters in a line of a box."""

RANKS: Mapping[str, Look] = {
    "head": Look("组长", "heads it", "#D55E00", "solid"),
    "deputy": Look("副组长", "deputy head", "#0072B2", "solid"),
    "member": Look("成员", "member", "#6B7280", "dashed"),
}
"""How the places in a group are drawn: the wider, the higher."""
WIDTHS = {"head": 4.0, "deputy": 2.5, "member": 1.2}
HOST = Look("承办单位", "hosted by", "#009E73", "dotted")
SENT = Look("所在单位", "comes from", "#B8C0CC", "solid")


@dataclass(frozen=True, slots=True)
class LeadingGroup:
    """A leading group as one notice sets it up.

    ``people`` are the memberships of one person each, who may have posts in several
    units; ``roles`` are the places in the group with the number of people, in the order
    of the text; ``hostings`` tell with which units its office is placed.
    """

    name: str
    notice: str
    members: tuple[Membership, ...]
    people: tuple[tuple[Membership, ...], ...]
    roles: tuple[tuple[str, int], ...]
    hostings: tuple[Hosting, ...]

    @property
    def facts(self) -> tuple[Membership | Hosting, ...]:
        """All that is said of the group."""
        return (*self.members, *self.hostings)


@dataclass(frozen=True, slots=True)
class Scene:
    """What the picture shows: the network, and what it leaves out.

    Where there are too many people for a picture, ``merged`` is true and groups are
    linked to units; ``left_out`` is the number of groups that have no place even so.
    """

    graph: nx.DiGraph
    merged: bool = False
    left_out: int = 0


def write_groups(renderer: Renderer, corpus: Corpus) -> GroupPages:
    """Write the page of the leading groups, and those of a long list, and tell where each is."""
    found: dict[tuple[str, str], list[Membership]] = defaultdict(list)
    hosted: dict[tuple[str, str], list[Hosting]] = defaultdict(list)
    for member in corpus.memberships:
        found[member.notice, member.group].append(member)
    for hosting in corpus.hostings:
        hosted[hosting.notice, hosting.group].append(hosting)
    groups = [
        _group(name, notice, found[notice, name], hosted[notice, name])
        for notice, name in {**found, **hosted}
    ]
    scene = _scene(groups, corpus)
    drawn = {fact.id for _, facts in scene.graph.nodes(data="facts") for fact in facts}
    every: tuple[Membership | Hosting, ...] = (*corpus.memberships, *corpus.hostings)
    told = [fact for fact in every if fact.id in drawn]
    seats = {fact.id: place for place, fact in enumerate(told)}
    drawing = _drawing(scene, groups, corpus, seats)
    scripts = ("vis-network.min.js", "core.js", "picture.js", "search.js", "stage.js", "groups.js")
    numbered = list(enumerate(groups, 1))
    parts = parts_of("groups.html", numbered, lambda item: len(item[1].facts))
    pages = {
        (group.notice, group.name): f"{part.page}#group-{number}"
        for part in parts
        for number, group in part.items
    }
    for part in parts:
        first = part.number == 1
        context = renderer.context(
            "groups.html",
            Assets(scripts=scripts if first else ("core.js",)),
            corpus=corpus,
            groups=groups,
            pages=pages,
            part=part,
            ranks=[(look, WIDTHS[rank]) for rank, look in RANKS.items()],
            sent=SENT,
            host=HOST,
            scene=scene,
            people=len({_who(facts) for group in groups for facts in group.people}),
            data={"seats": [_seat(corpus, fact) for fact in told] if first else []},
        )
        renderer.save(
            part.page, pyvis_page("groups.html", context, *(drawing if first else ([], [])))
        )
    return pages


def _group(
    name: str, notice: str, members: Sequence[Membership], hostings: Sequence[Hosting]
) -> LeadingGroup:
    """Return a group of what is said of it: what the same words say of one name is one person."""
    people: dict[tuple[str, Span], list[Membership]] = defaultdict(list)
    for member in members:
        people[member.person, member.span].append(member)
    roles = Counter(facts[0].group_role for facts in people.values())
    return LeadingGroup(
        name,
        notice,
        tuple(members),
        tuple(map(tuple, people.values())),
        tuple(roles.items()),
        tuple(hostings),
    )


def _who(facts: Sequence[Membership]) -> tuple[str, str]:
    """Return what tells a person from others of the same name: the unit of the first post."""
    return facts[0].person, next((fact.unit for fact in facts if fact.unit), "")


def rank_of(group_role: str) -> str:
    """Return how high a place in a group is: ``head``, ``deputy`` or ``member``.

    >>> [rank_of(place) for place in ("组长", "执行副组长", "成员", "办公室主任", "")]
    ['head', 'deputy', 'member', 'head', 'member']
    """
    if "副" in group_role:
        return "deputy"
    return "head" if re.search("长|主任|指挥|召集人|负责人|主席", group_role) else "member"


def _scene(groups: Sequence[LeadingGroup], corpus: Corpus) -> Scene:
    """Link groups to people and people to units, or groups to units where they are many."""
    graph = nx.DiGraph()
    for place, group in enumerate(groups):
        graph.add_node(f"g{place}", facts=group.facts, mode="group")
        for facts in group.people:
            person = f"p{'|'.join(_who(facts))}"
            for member in facts:
                _add(graph, person, "person", member)
                if member.unit in corpus.units:
                    _add(graph, f"u{member.unit}", "unit", member)
                    graph.add_edge(person, f"u{member.unit}", rank="")
            graph.add_edge(f"g{place}", person, rank=rank_of(facts[0].group_role))
        _hosts(graph, f"g{place}", group, corpus.units.keys())
    if len(graph) <= MOST_NODES and graph.number_of_edges() <= MOST_EDGES:
        return Scene(graph)
    graph, left_out = nx.DiGraph(), 0
    order = sorted(range(len(groups)), key=lambda place: (-len(groups[place].members), place))
    for place in order:
        units = {fact.unit for fact in groups[place].facts if fact.unit in corpus.units}
        new = {f"u{unit}" for unit in units} - set(graph)
        if (
            len(graph) + len(new) + 1 > MOST_NODES
            or graph.number_of_edges() + len(units) > MOST_EDGES
        ):
            left_out += 1
            continue
        graph.add_node(f"g{place}", facts=groups[place].facts, mode="group")
        for member in groups[place].members:
            if member.unit in units:
                _add(graph, f"u{member.unit}", "unit", member)
                people = graph.get_edge_data(f"g{place}", f"u{member.unit}", {}).get("people", 0)
                graph.add_edge(f"g{place}", f"u{member.unit}", rank="", people=people + 1)
        _hosts(graph, f"g{place}", groups[place], units)
    return Scene(graph, merged=True, left_out=left_out)


def _hosts(graph: nx.DiGraph, node: str, group: LeadingGroup, units: Set[str | None]) -> None:
    """Link a group to the units with which its office is placed."""
    for hosting in group.hostings:
        if hosting.unit in units:
            _add(graph, f"u{hosting.unit}", "unit", hosting)
            people = graph.get_edge_data(node, f"u{hosting.unit}", {}).get("people", 2)
            graph.add_edge(node, f"u{hosting.unit}", rank="host", people=people)


def _add(graph: nx.DiGraph, node: str, mode: str, fact: Membership | Hosting) -> None:
    """Add a person's or a unit's node, or one more fact to it."""
    if node in graph:
        graph.nodes[node]["facts"] += (fact,)
    else:
        graph.add_node(node, mode=mode, facts=(fact,))


def _drawing(
    scene: Scene, groups: Sequence[LeadingGroup], corpus: Corpus, seats: Mapping[str, int]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return nodes and edges as vis-network draws them; ``key`` is what a link to a node says."""
    kinds = looks_of_kinds(unit.kind for unit in corpus.units.values())
    pages = {unit.name: unit.id for unit in corpus.units.values()}
    looks = {}
    for node, item in scene.graph.nodes(data=True):
        if item["mode"] == "group":
            group = groups[int(node[1:])]
            looks[node] = _group_look(corpus, group, pages.get(group.name))
        elif item["mode"] == "person":
            looks[node] = _person_look(item["facts"])
        else:
            looks[node] = _unit_look(corpus, corpus.units[node[1:]], kinds)
    spots = positions(scene.graph, {node: _room(look) for node, look in looks.items()})
    number = {node: f"n{place}" for place, node in enumerate(looks)}
    nodes = [
        {
            "id": number[node],
            "x": spots[node][0],
            "y": spots[node][1],
            "seats": [seats[fact.id] for fact in scene.graph.nodes[node]["facts"]],
            "search": "\n".join((look["name"], look["label"], initials(look["name"]))),
            **look,
        }
        for node, look in looks.items()
    ]
    edges = []
    for source, target, item in scene.graph.edges(data=True):
        look = HOST if item["rank"] == "host" else RANKS.get(item["rank"], SENT)
        edges.append(
            {
                "id": f"{number[source]}-{number[target]}",
                "from": number[source],
                "to": number[target],
                "arrows": "",
                "width": WIDTHS.get(item["rank"], 1.0 + min(item.get("people", 0), 8)),
                "color": look.colour,
                "dashes": look.dashes,
            }
        )
    return nodes, edges


def _group_look(corpus: Corpus, group: LeadingGroup, unit: str | None) -> dict[str, Any]:
    """Return the box of a group, a link where it is a ``unit`` too."""
    return _box(f"{group.name}\n{corpus.notices[group.notice].number}", "#17324d") | {
        "ink": "#ffffff",
        "name": group.name,
        "key": f"{group.notice} {group.name}",
        "href": corpus.unit_link(unit) if unit else "",
    }


def _person_look(seats: Sequence[Membership]) -> dict[str, Any]:
    """Return the box of a person, with the place in the first group and the posts."""
    place = f"{seats[0].group_role} {seats[0].person}".strip()
    posts = "、".join(dict.fromkeys(seat.post for seat in seats if seat.post))
    return _box(f"{place}\n{posts}".strip(), "#ffffff") | {
        "name": seats[0].person,
        "href": "",
        "key": " ".join(_who(seats)).strip(),
    }


def _unit_look(corpus: Corpus, unit: Unit, kinds: Mapping[str, Look]) -> dict[str, Any]:
    """Return how a unit is drawn, and where it leads to."""
    look = kinds[unit.kind]
    return {
        "label": corpus.labels[unit.id],
        "key": unit.id,
        "name": unit.name,
        "shape": look.shape,
        "color": look.colour,
        "size": 9,
        "href": corpus.unit_link(unit.id),
    }


def _box(words: str, colour: str) -> dict[str, Any]:
    """Return a node with its words inside."""
    lines = [
        line[start : start + WIDE]
        for line in words.split("\n")
        for start in range(0, max(len(line), 1), WIDE)
    ]
    return {"label": "\n".join(lines), "shape": "box", "color": colour, "size": 10}


def _room(look: Mapping[str, Any]) -> tuple[float, float]:
    """Return the room that a node takes with its words."""
    lines = look["label"].split("\n")
    wide = max(map(len, lines)) * 13.0 + 24
    return wide, 14.0 * len(lines) + 30 if look["shape"] == "box" else 62.0


def _seat(corpus: Corpus, fact: Membership | Hosting) -> dict[str, str]:
    """Return a person's place in a group, or its host, with the words that tell it."""
    person, role, post = (
        (fact.person, fact.group_role, fact.post)
        if isinstance(fact, Membership)
        else ("", HOST.zh, "")
    )
    return {
        "person": person,
        "role": role,
        "post": post,
        "group": fact.group,
        "unit": corpus.units[fact.unit].name if fact.unit in corpus.units else "",
        "number": corpus.notices[fact.notice].called,
        "words": corpus.words(fact.notice, fact.span),
        "href": corpus.notice_link(fact.notice, fact.span),
    }
