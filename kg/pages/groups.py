"""``groups.html``: the leading groups with their people, posts and units."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from kg.facts import Membership
from kg.pages.corpus import Corpus
from kg.pages.rendering import Assets, Renderer

__all__ = ["LeadingGroup", "write_groups"]


@dataclass(frozen=True, slots=True)
class LeadingGroup:
    """A leading group as one notice sets it up.

    ``roles`` are the places in it with the number of people, in the order of the
    text; ``units`` those that send most people first.
    """

    name: str
    notice: str
    members: tuple[Membership, ...]
    roles: tuple[tuple[str, int], ...]
    units: tuple[tuple[str, int], ...]


def write_groups(renderer: Renderer, corpus: Corpus) -> None:
    """Write the page of the leading groups."""
    found: dict[tuple[str, str], list[Membership]] = defaultdict(list)
    for member in corpus.memberships:
        found[member.notice, member.group].append(member)
    groups = []
    for (notice, name), members in found.items():
        roles = Counter(member.group_role for member in members)
        units = Counter(member.unit for member in members if member.unit in corpus.units)
        ranked = sorted(((unit or "", n) for unit, n in units.items()), key=lambda u: (-u[1], u[0]))
        groups.append(
            LeadingGroup(name, notice, tuple(members), tuple(roles.items()), tuple(ranked))
        )
    renderer.write("groups.html", "groups.html", Assets(), corpus=corpus, groups=groups)
