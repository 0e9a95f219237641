"""``/id/…``: what the data says of one thing, for people as a page, for programs as RDF.

The address is the thing's IRI with this server in place of the base, so that who
reads an IRI in a result can follow it before the base itself resolves.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from kg.query.results import Term, short_name
from kg.rdf.terms import identifier, iri, ref
from kg.rdf.vocabulary import PREFIXES, expand
from kg.resources import ontology
from kg.serve.formats import GRAPHS, negotiate
from kg.serve.pages import page
from kg.serve.pool import Pool
from kg.serve.protocol import respond
from kg.serve.worker import Answer, problem
from kg.serve.worker import Request as Query

__all__ = ["SCHEMES", "Things"]

MOST = 200
"""Statements that are shown of those that point at a thing; the page says when there are more."""

_ROOT = PREFIXES["gaz"].removesuffix("ontology#")

SCHEMES = {
    space.removeprefix(_ROOT).rstrip("/"): space
    for space in PREFIXES.values()
    if space.startswith(_ROOT) and space.endswith("/")
}
"""The path of each closed list, and the namespace of its concepts."""

_FORMATS = {"turtle": "text/turtle", "json": "application/ld+json"}
"""What ``?format=`` may ask for, from a link on the page."""

_GRAPH = "CONSTRUCT { $it ?p ?o . ?s ?q $it } WHERE { { $it ?p ?o } UNION { ?s ?q $it } }"
_KNOWN = "ASK { { $it ?p ?o } UNION { ?s ?p $it } }"

_LABEL = """OPTIONAL {
  $it skos:prefLabel|eli:title|dct:title|foaf:name|dct:description|oa:exact|gaz:asWritten
    |gaz:message|(oa:hasSelector/oa:exact) ?word .
  FILTER(LANG(?word) != "en")
}"""
_NAME = f"SELECT (MIN(?word) AS ?label) WHERE {{ {_LABEL} }}"
_OUT = f"""SELECT ?p ?o (MIN(?word) AS ?label) WHERE {{ $it ?p ?o . {_LABEL.replace("$it", "?o")} }}
GROUP BY ?p ?o ORDER BY ?p ?o"""
_IN = f"""SELECT ?p ?s (MIN(?word) AS ?label) WHERE {{
  {{ SELECT ?s ?p WHERE {{ ?s ?p $it }} ORDER BY ?p ?s LIMIT {MOST + 1} }}
  {_LABEL.replace("$it", "?s")}
}}
GROUP BY ?p ?s ORDER BY ?p ?s"""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a property, as a page shows it: some words, perhaps a link."""

    text: str
    link: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Property:
    """A property with its values."""

    name: str
    zh: str
    en: str
    values: list[Value] = field(default_factory=list)


class Things:
    """Pages and RDF of things, for all IRIs below some spaces."""

    def __init__(self, pool: Pool, site: Path) -> None:
        self.pool = pool
        self.site = site

    @property
    def base(self) -> str:
        """What the identifiers of the data hang from."""
        for graph in self.pool.graphs:
            if graph.endswith("graph/metadata"):
                return graph.removesuffix("graph/metadata")
        return PREFIXES["gaz"].replace("ontology#", "id/")

    async def __call__(self, request: Request) -> Response:
        """Answer a GET or HEAD of ``/id/…``, or of a concept of a closed list."""
        path = request.path_params["path"]
        space = SCHEMES.get(request.url.path.split("/")[1], self.base)
        thing = iri(space, path)
        asked = _FORMATS.get(request.query_params.get("format", ""))
        kind = asked or negotiate(request.headers.get("accept", ""), ["text/html", *GRAPHS])
        if kind is None:
            return respond(problem(406, f"Given in: text/html, {', '.join(GRAPHS)}."))
        if kind != "text/html":
            answer = await self.pool.ask(Query(_GRAPH.replace("$it", ref(thing)), kind))
            known = await self.pool.ask(Query(_KNOWN.replace("$it", ref(thing)), "text/csv"))
            if known.body == b"false\n":
                answer = problem(404, f"Nothing is known of <{thing}>. 图谱中没有这个标识。")
            return respond(answer)
        return await self._page(thing)

    async def _page(self, thing: str) -> Response:
        term = ref(thing)
        try:
            outgoing = await self._rows(_OUT.replace("$it", term))
            incoming = await self._rows(_IN.replace("$it", term))
            names = await self._rows(_NAME.replace("$it", term))
        except _FailedError as error:
            return respond(error.answer)
        short = short_name(Term("uri", thing))
        name = names[0].get("label", Term("", short)).value if names else short
        found = bool(outgoing or incoming)
        more = len(incoming) > MOST
        text = page(
            "thing.html",
            title=name,
            thing=thing,
            short=identifier(self.base, thing),
            found=found,
            outgoing=self._properties(outgoing, "o"),
            incoming=self._properties(incoming[:MOST], "s"),
            more=more,
            most=MOST,
            query=quote(f"SELECT ?s ?p WHERE {{ ?s ?p {term} }} ORDER BY ?p ?s"),
            site_page=self._site_page(thing),
        )
        return respond(Answer(200 if found else 404, "text/html", text.encode()))

    async def _rows(self, query: str) -> list[dict[str, Term]]:
        answer = await self.pool.ask(Query(query, "application/sparql-results+json"))
        if answer.status != 200:
            raise _FailedError(answer)
        return [
            {name: _term(cell) for name, cell in binding.items()}
            for binding in json.loads(answer.body)["results"]["bindings"]
        ]

    def _properties(self, rows: list[dict[str, Term]], end: str) -> list[Property]:
        properties: dict[str, Property] = {}
        for row in rows:
            name = row["p"].value
            if name not in properties:
                labels = _labels().get(name, {})
                properties[name] = Property(
                    short_name(row["p"]), labels.get("zh", ""), labels.get("en", "")
                )
            properties[name].values.append(self._value(row[end], row.get("label")))
        return list(properties.values())

    def _value(self, term: Term, label: Term | None) -> Value:
        if term.kind != "uri":
            kind = term.datatype and short_name(Term("uri", term.datatype))
            return Value(term.value, note=term.language or kind)
        words = label.value if label else short_name(term)
        return Value(words, self.link(term.value), short_name(term) if label else "")

    def link(self, thing: str) -> str:
        """Return the address of a thing: here if it is the data's, else the IRI itself."""
        for path, space in (("id", self.base), *SCHEMES.items()):
            if thing.startswith(space):
                return f"/{path}/{quote(identifier(space, thing))}"
        return thing if thing.startswith(("http://", "https://")) else ""

    def _site_page(self, thing: str) -> str:
        """Return the address of the site's page about a unit or a notice, where there is one."""
        kind, _, name = identifier(self.base, thing).partition("/")
        folder = {"unit": "units", "notice": "notices"}.get(kind)
        if not folder or not name or "/" in name or "\\" in name or name.startswith("."):
            return ""
        # A large site is in volumes, of which several may have a page of the thing.
        for part in (self.site, *sorted(self.site.glob("volumes/*"))):
            page = part / folder / f"{name}.html"
            if page.is_file():
                return f"/{quote(page.relative_to(self.site).as_posix())}"
        return ""


class _FailedError(Exception):
    def __init__(self, answer: Answer) -> None:
        self.answer = answer


def _term(cell: Mapping[str, str]) -> Term:
    return Term(cell["type"], cell["value"], cell.get("datatype", ""), cell.get("xml:lang", ""))


@cache
def _labels() -> dict[str, dict[str, str]]:
    """Return the labels of the ontology's own terms, by language."""
    labels: dict[str, dict[str, str]] = {}
    for quad in ox.parse(path=ontology("gazette.ttl"), format=ox.RdfFormat.TURTLE):
        if quad.predicate.value == expand("rdfs:label") and isinstance(quad.object, ox.Literal):
            subject = quad.subject
            assert isinstance(subject, ox.NamedNode)
            labels.setdefault(subject.value, {})[quad.object.language or ""] = quad.object.value
    return labels
