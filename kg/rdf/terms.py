"""Terms of RDF as text: the canonical form of N-Triples 1.2, and IRIs made of ids."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import quote, unquote

from kg.rdf.vocabulary import expand

__all__ = ["date_literal", "identifier", "iri", "literal", "named", "number_literal", "ref"]

_ESCAPES = {"\b": r"\b", "\t": r"\t", "\n": r"\n", "\f": r"\f", "\r": r"\r"}
_ESCAPES |= {'"': r"\"", "\\": r"\\"}
_ESCAPED = re.compile(r'[\x00-\x1f"\\\x7f]')

# RFC 3987: what may not stand in the path of an IRI. "%" is among them, so that
# an id can be read back; "?" and "#" would end the path.
_ILLEGAL = re.compile(
    r"[^A-Za-z0-9\-._~!$&'()*+,;=:@/\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef"
    + "".join(f"{chr(plane << 16)}-{chr((plane << 16) + 0xFFFD)}" for plane in range(1, 14))
    + f"{chr(0xE1000)}-{chr(0xEFFFD)}]"
)
_DATATYPES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}


def iri(base: str, identifier: str) -> str:
    """Return the IRI of an id: the base, and the id with illegal characters encoded."""
    return base + _ILLEGAL.sub(lambda match: quote(match.group(), safe=""), identifier)


def identifier(base: str, iri: str) -> str:
    """Return the id that :func:`iri` made the IRI of; other IRIs are returned as they are."""
    return unquote(iri[len(base) :]) if iri.startswith(base) else iri


def ref(iri: str) -> str:
    """Write an IRI as a term."""
    return f"<{iri}>"


@cache
def named(name: str) -> str:
    """Write a prefixed name as a term."""
    return ref(expand(name))


def literal(text: str, language: str = "", datatype: str = "") -> str:
    """Write a literal; ``datatype`` is a prefixed name."""
    escaped = _ESCAPED.sub(_escape, text)
    if language:
        return f'"{escaped}"@{language}'
    if datatype:
        return f'"{escaped}"^^{named(datatype)}'
    return f'"{escaped}"'


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"


def date_literal(text: str) -> str:
    """Write an ISO date as precise as it is: a year, a month or a day."""
    return literal(text, datatype=_DATATYPES.get(len(text), ""))


def number_literal(number: int) -> str:
    """Write a whole number."""
    return literal(str(number), datatype="xsd:integer")
