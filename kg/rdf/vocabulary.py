"""The terms of the graph: prefixes, and how names of ours become IRIs.

The program writes terms as prefixed names (``eli:is_part_of``), so that what it
says can be compared with ``ontology/gazette.ttl``, where each is declared.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from kg.model import (
    Certainty,
    Comparator,
    DeadlineKind,
    Form,
    Quantifier,
    Relation,
    Role,
    Severity,
)

__all__ = [
    "DEFAULT_BASE",
    "KIND_CLASSES",
    "ONTOLOGY_VERSION",
    "PREFIXES",
    "RELATION_PROPERTIES",
    "concept",
    "expand",
]

ONTOLOGY_VERSION = "2.1.0"
"""The version of ``ontology/gazette.ttl``; a store of another one is not opened."""

_ROOT = "https://w3id.org/gazette-kg/"

DEFAULT_BASE = f"{_ROOT}id/"
"""In front of every id of the data, unless the user sets another."""

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "gaz": f"{_ROOT}ontology#",
    "m8g": "http://data.europa.eu/m8g/",
    "ms": f"{_ROOT}measure#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    # The closed lists, each a SKOS scheme.
    "act": f"{_ROOT}act-kind/",
    "certainty": f"{_ROOT}certainty/",
    "comparator": f"{_ROOT}comparator/",
    "counting": f"{_ROOT}counting/",
    "deadline": f"{_ROOT}deadline/",
    "doctype": f"{_ROOT}document-kind/",
    "fn": f"{_ROOT}function/",
    "form": f"{_ROOT}form/",
    "kind": f"{_ROOT}kind/",
    "level": f"{_ROOT}level/",
    "quantifier": f"{_ROOT}quantifier/",
    "relation": f"{_ROOT}relation/",
    "role": f"{_ROOT}role/",
    "severity": f"{_ROOT}severity/",
}
"""Prefixes of the graph, the queries and the pages."""

RELATION_PROPERTIES = {
    Relation.ISSUES: "gaz:promulgates",
    Relation.BASIS: "eli:based_on",
    Relation.APPLIES: "eli:applies",
    Relation.CITES: "eli:cites",
    Relation.REPEALS: "eli:repeals",
    Relation.AMENDS: "eli:amends",
    Relation.REPUBLISHES: "eli:is_another_publication_of",
}
"""The edge from a notice to an act for each way of citing it."""

KIND_CLASSES = {
    "department": "m8g:PublicOrganisation",
    "government": "m8g:PublicOrganisation",
    "institution": "m8g:PublicOrganisation",
    "judicial": "m8g:PublicOrganisation",
    "party": "m8g:PublicOrganisation",
    "subdistrict": "m8g:PublicOrganisation",
    "vertical": "m8g:PublicOrganisation",
    "branch": "org:OrganizationalUnit",
    "enterprise": "org:FormalOrganization",
    "mass_organisation": "org:FormalOrganization",
    "group": "org:OrganizationalCollaboration",
}
"""The class of a unit of each kind, beside ``org:Organization``, which all are."""

_COMPARATOR_WORDS = {
    Comparator.EQUAL: "equal",
    Comparator.AT_LEAST: "at_least",
    Comparator.AT_MOST: "at_most",
    Comparator.ABOUT: "about",
}

_SCHEMES: dict[type[StrEnum], str] = {
    Certainty: "certainty",
    Comparator: "comparator",
    DeadlineKind: "deadline",
    Form: "form",
    Quantifier: "quantifier",
    Relation: "relation",
    Role: "role",
    Severity: "severity",
}


@cache
def expand(name: str) -> str:
    """Return the full IRI of a prefixed name."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


@cache
def concept(member: StrEnum) -> str:
    """Return the prefixed name of the SKOS concept of a closed list's member."""
    word = _COMPARATOR_WORDS[member] if isinstance(member, Comparator) else member.value
    return f"{_SCHEMES[type(member)]}:{word}"
