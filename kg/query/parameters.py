"""Binding parameters: words that a person types become terms, and terms ``VALUES``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Protocol

from kg.dates import is_date
from kg.errors import QueryError
from kg.query.library import NamedQuery, Parameter
from kg.query.results import Result, Term
from kg.rdf.vocabulary import expand

__all__ = ["PARAMETER_TYPES", "Source", "bind"]


class Source(Protocol):
    """Anything that answers SPARQL: an embedded store, or an endpoint."""

    def query(self, text: str, name: str = "query") -> Result:
        """Answer ``text``; ``name`` is what errors call it."""
        ...


_SCHEMES = {
    "act_kind": "gaz:actKinds",
    "counting": "gaz:countings",
    "function": "gaz:functions",
    "kind": "gaz:unitKinds",
    "level": "gaz:levels",
    "role": "gaz:roles",
}
"""Parameters whose values are concepts, and the scheme of each."""


def bind(query: NamedQuery, values: Mapping[str, Sequence[str]], source: Source) -> str:
    """Return the text of ``query`` with parameters bound to what the user typed.

    Several values of one parameter mean: any of these. Names are looked up in
    ``source``, so short names of units and Chinese labels of concepts will do.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in values:
        if name not in known:
            takes = ", ".join(known) or "none"
            raise QueryError(
                f"{query.name} has no parameter {name!r}; it takes: {takes} · 没有这个参数"
            )
    missing = [name for name, one in known.items() if one.required and name not in values]
    if missing:
        needed = ", ".join(f"--param {name}=…" for name in missing)
        raise QueryError(f"{query.name} needs {needed}; see --describe · 缺少参数")
    text = query.text
    for name, parameter in known.items():
        if name in values:
            if parameter.type == "counting" and len(values[name]) > 1:
                raise QueryError(
                    f"{name}: give one of stated, implied, all; together they would count "
                    "twice · 只能选一个"
                )
            terms = [_term(parameter, value.strip(), source) for value in values[name]]
            block = f"VALUES ?{name} {{ {' '.join(map(str, terms))} }}"
            text = _block(name).sub(lambda _, block=block: block, text)  # type: ignore[misc]
        else:
            text = re.sub(rf"VALUES \?{name} \{{ UNDEF \}}", "", text)
    return text


def _block(name: str) -> re.Pattern[str]:
    return re.compile(rf"VALUES \?{name} \{{[^{{}}]*\}}")


def _term(parameter: Parameter, value: str, source: Source) -> Term:
    """Return the term that ``value`` means for a parameter of this type."""
    kind = parameter.type
    if kind in _SCHEMES:
        return _named(parameter, value, source, _concepts(_SCHEMES[kind]))
    if kind in _LITERALS:
        return _LITERALS[kind](parameter, value)
    return _named(parameter, value, source, _NAMED[kind])


def _date(parameter: Parameter, value: str) -> Term:
    if len(value) != len("2020-12-31") or not is_date(value):
        raise QueryError(
            f"{parameter.name}={value}: a date is written 2020-12-31 · 日期写作 2020-12-31"
        )
    return Term("literal", value, expand("xsd:date"))


def _number(parameter: Parameter, value: str) -> Term:
    try:
        number = Decimal(value)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise QueryError(f"{parameter.name}={value}: not a number · 不是数字")
    whole = number == number.to_integral_value()
    return Term("literal", f"{number:f}", expand("xsd:integer" if whole else "xsd:decimal"))


_LITERALS: dict[str, Callable[[Parameter, str], Term]] = {
    "date": _date,
    "number": _number,
    "text": lambda _, value: Term("literal", value),
}

_PREFIXES = "".join(
    f"PREFIX {prefix}: <{expand(prefix + ':')}>\n"
    for prefix in ("dct", "eli", "gaz", "org", "skos")
)
_NAMED = {
    "unit": _PREFIXES + "SELECT DISTINCT ?thing ?name WHERE { ?thing a org:Organization . "
    "{ ?thing skos:prefLabel ?name } UNION { ?thing skos:altLabel ?name } } ORDER BY ?name ?thing",
    "notice": _PREFIXES
    + "SELECT DISTINCT ?thing ?name WHERE { ?thing a gaz:Notice ; eli:id_local|dct:title ?name } "
    "ORDER BY ?name ?thing",
}

PARAMETER_TYPES = (*_LITERALS, *_NAMED, *_SCHEMES)
"""What the type of a parameter may be."""


def _concepts(scheme: str) -> str:
    return (
        _PREFIXES
        + "SELECT DISTINCT ?thing ?name WHERE { "
        + f"?thing skos:inScheme {scheme} ; skos:prefLabel ?name }} ORDER BY ?name ?thing"
    )


def _named(parameter: Parameter, value: str, source: Source, query: str) -> Term:
    """Find what the user names: by a name, by the last part of the IRI, or by the IRI."""
    rows = source.query(query).rows
    things: dict[str, set[Term]] = {}
    for thing, name in rows:
        if thing is not None and name is not None:
            for word in (name.value, thing.value.rpartition("/")[2], thing.value):
                things.setdefault(word, set()).add(thing)
    found = things.get(value, set())
    if len(found) == 1:
        return next(iter(found))
    if found:
        several = ", ".join(sorted(term.value.rpartition("/")[2] for term in found))
        raise QueryError(f"{parameter.name}={value} may mean {several}; name one · 名称不唯一")
    words = [word for word in things if "://" not in word]
    near = get_close_matches(value, words, n=3, cutoff=0.5)
    near += [word for word in words if value and value in word and word not in near][:3]
    hint = f"did you mean {', '.join(near)}?" if near else "nothing in the graph is near it"
    raise QueryError(f"{parameter.name}={value}: not in the graph; {hint} · 图谱中没有")
