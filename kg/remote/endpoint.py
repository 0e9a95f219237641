"""A remote SPARQL 1.1 endpoint, through SPARQLWrapper.

Queries go as a form by POST, with the type of result asked for: some servers
hang on a bare query body, and some choose a type that no client reads. An ASK
is read defensively, because Virtuoso answers it with a row.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.error import HTTPError

from kg.errors import EndpointError
from kg.query.results import Result, Term
from kg.remote import AGENT, Server, login, one_line

__all__ = ["Endpoint"]

_JSON = "application/sparql-results+json"
_COMMENT = re.compile(r"<[^<>\s]*>|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|#[^\n]*")
_FORM = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)


class Endpoint:
    """An endpoint that answers queries; the login comes from the environment.

    Parameters
    ----------
    url
        Where queries go.
    timeout
        Seconds to wait for an answer.
    retries
        How often to ask again after 502, 503 or 504.
    pause
        Seconds before the first of these; each next one waits twice as long.

    Notes
    -----
    ``KG_ENDPOINT_USER`` and ``KG_ENDPOINT_PASSWORD`` are sent as HTTP basic
    authentication if both are set.
    """

    def __init__(self, url: str, timeout: float = 60, retries: int = 3, pause: float = 0.5) -> None:
        hint = "is this the query address? · 请检查查询地址"
        self.server = Server(url, timeout, hint, retries, pause)
        self.url = url

    def query(self, text: str, name: str = "query") -> Result:
        """Answer a query, or say in one line what the endpoint did instead."""
        form = _form(text)
        graph = form in {"CONSTRUCT", "DESCRIBE"}
        accept = "application/n-triples" if graph else _JSON
        body = self.server.ask(lambda: self._send(text, form, name, accept))
        return _triples(body, self.url) if graph else _rows(body, form == "ASK", self.url)

    def _send(self, text: str, form: str, name: str, accept: str) -> bytes:
        """Send one request and return the body of the answer."""
        from SPARQLWrapper import POST, URLENCODED, SPARQLWrapper
        from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

        client = SPARQLWrapper(self.url, agent=AGENT)
        client.setMethod(POST)
        client.setRequestMethod(URLENCODED)
        client.setTimeout(max(1, round(self.server.timeout)))
        client.addCustomHttpHeader("Accept", accept)
        # Without this the wrapper adds parameters (format, output) that Virtuoso answers by 406.
        client.setOnlyConneg(True)
        client.setQuery(text)
        # The wrapper takes a query with the word "load" in a comment for an update.
        client.queryType = form
        known = login()
        if known:
            client.setCredentials(*known)
        try:
            return bytes(client.query().response.read())
        except SPARQLWrapperException as error:
            # The wrapper hides the status behind classes of its own, but keeps the cause.
            cause = error.__context__
            if not isinstance(cause, HTTPError):
                raise EndpointError(f"{self.url}: {_line(str(error))}") from None
            words = _line(str(error).partition("Response:")[2] or str(cause.reason))
            if cause.code in (400, 500):
                raise EndpointError(
                    f"{self.url} refused {name}: {words} · 端点拒绝了查询"
                ) from None
            raise HTTPError(self.url, cause.code, words, cause.hdrs, None) from None


def _line(words: str) -> str:
    """Make one line of an answer that the wrapper may show as bytes."""
    words = words.strip()
    if words.startswith(("b'", 'b"')):
        words = words[2:-1].replace("\\n", " ")
    return one_line(words)


def _form(text: str) -> str:
    """Return the form of a query: the first keyword outside of IRIs, strings and comments."""
    match = _FORM.search(_COMMENT.sub(" ", text))
    return match[1].upper() if match else "SELECT"


def _triples(body: bytes, url: str) -> Result:
    import pyoxigraph as ox

    try:
        triples = ox.parse(body, format=ox.RdfFormat.N_TRIPLES)
        return Result(
            triples=tuple(
                sorted({f"{quad.subject} {quad.predicate} {quad.object} ." for quad in triples})
            )
        )
    except SyntaxError as error:
        raise EndpointError(
            f"{url}: did not answer with N-Triples ({error}) · 结果无法读取"
        ) from None


def _rows(body: bytes, ask: bool, url: str) -> Result:
    try:
        answer = json.loads(body)
        if "boolean" in answer:
            return Result(answer=bool(answer["boolean"]))
        columns = tuple(answer["head"]["vars"])
        rows = tuple(
            tuple(_term(binding.get(name)) for name in columns)
            for binding in answer["results"]["bindings"]
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        start = _line(body.decode("utf-8", "replace"))
        raise EndpointError(
            f"{url}: did not answer with SPARQL results but with {start!r}; is this a SPARQL "
            "endpoint? · 返回的不是 SPARQL 结果"
        ) from None
    if ask:
        cell = rows[0][0] if rows and rows[0] else None
        return Result(answer=cell is not None and cell.value.lower() in {"1", "true"})
    return Result(columns, rows)


def _term(binding: dict[str, Any] | None) -> Term | None:
    if binding is None:
        return None
    kind = "literal" if binding["type"] == "typed-literal" else str(binding["type"])
    language = str(binding.get("xml:lang", ""))
    string = "http://www.w3.org/2001/XMLSchema#string"
    datatype = "" if language or kind != "literal" else str(binding.get("datatype", string))
    return Term(kind, str(binding["value"]), datatype, language)
