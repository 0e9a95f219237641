"""``/sparql``: the SPARQL 1.1 Protocol, for queries.

https://www.w3.org/TR/sparql11-protocol/ : a query comes by GET, as a form, or as
the body of a POST; a query operation has exactly one ``query`` (2.1.1 to 2.1.3).
"""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from kg.serve import description
from kg.serve.formats import GRAPHS, negotiate
from kg.serve.pool import Pool
from kg.serve.worker import Answer, problem
from kg.serve.worker import Request as Query

__all__ = ["METHODS", "Endpoint", "respond"]

METHODS = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")
"""Methods that the endpoint answers itself, if only by saying which ones it takes."""

_ALLOWED = {"Allow": "GET, HEAD, POST"}

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_READ_ONLY = "This endpoint is read-only: updates are refused. 本端点只读，拒绝更新。"

Fields = list[tuple[str, str]]


class _BadRequestError(Exception):
    """The request is refused before there is a query."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer


def respond(answer: Answer) -> Response:
    """Return an answer as a response."""
    headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
    if answer.status == 503:
        headers["Retry-After"] = "5"
    kind = answer.media_type
    if kind.startswith("text/"):
        kind += "; charset=utf-8"
    # Without this, the framework would add a charset to types that have none.
    headers["Content-Type"] = kind
    return Response(answer.body, answer.status, headers)


class Endpoint:
    """The endpoint, as a function from request to response."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool

    async def __call__(self, request: Request) -> Response:
        """Answer a request by any method."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=_ALLOWED)
        if request.method not in _ALLOWED["Allow"].split(", "):
            words = "Ask by GET or POST. 请用 GET 或 POST。"
            return Response(words, 405, _ALLOWED, "text/plain")
        try:
            fields = _fields(request.scope["query_string"])
            if request.method == "POST":
                fields += await self._posted(request)
            elif not any(name in {"query", "update"} for name, _ in fields):
                return self._describe(request)
            query = _query(fields, request.headers.get("accept", ""))
        except _BadRequestError as error:
            return respond(error.answer)
        except ClientDisconnect:
            return Response(status_code=499)
        return respond(await self.pool.ask(query))

    def _describe(self, request: Request) -> Response:
        """Without a query: the query page for people, the service description for programs."""
        accept = request.headers.get("accept", "")
        kind = negotiate(accept, [*GRAPHS, "text/html"])
        if kind is None:
            offers = ", ".join(GRAPHS)
            return respond(problem(406, f"The service description is given in: {offers}."))
        if kind == "text/html":
            return RedirectResponse("query", 303)
        body = description.serialize(str(request.url.replace(query="")), self.pool.graphs, kind)
        return respond(Answer(200, kind, body))

    async def _posted(self, request: Request) -> Fields:
        kind, _, parameters = request.headers.get("content-type", "").partition(";")
        kind = kind.strip().lower()
        charset = parameters.replace(" ", "").replace('"', "").lower().partition("charset=")[2]
        if charset not in {"", "utf-8", "utf8"}:
            raise _BadRequestError(problem(415, f"SPARQL is UTF-8, not {charset}. 请用 UTF-8。"))
        if kind == _UPDATE:
            raise _BadRequestError(problem(403, _READ_ONLY))
        if kind not in {_FORM, _QUERY}:
            raise _BadRequestError(
                problem(415, f"POST a query as {_FORM} or {_QUERY}. 请用以上两种类型之一。")
            )
        body = await self._body(request)
        if kind == _FORM:
            return _fields(body)
        return [("query", _text(body))]

    async def _body(self, request: Request) -> bytes:
        """Read the body, but not more than a query may be long."""
        most = self.pool.limits.request
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > most:
                raise _BadRequestError(
                    problem(413, f"A request is at most {most} bytes long. 请求最长 {most} 字节。")
                )
        return bytes(body)


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise _BadRequestError(problem(400, "The query is not UTF-8. 查询不是 UTF-8。")) from None


def _fields(encoded: bytes) -> Fields:
    try:
        return parse_qsl(
            encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=1000
        )
    except (UnicodeDecodeError, ValueError):
        raise _BadRequestError(
            problem(400, "The fields are not percent-encoded UTF-8. 参数不是百分号编码的 UTF-8。")
        ) from None


def _query(fields: Fields, accept: str) -> Query:
    """Return the one query among the fields of a request."""
    if any(name == "update" for name, _ in fields):
        raise _BadRequestError(problem(403, _READ_ONLY))
    queries = [value for name, value in fields if name == "query"]
    if len(queries) != 1:
        raise _BadRequestError(
            problem(400, f"A request has one query; this has {len(queries)}. 请求须有一个查询。")
        )
    return Query(
        queries[0],
        accept,
        tuple(value for name, value in fields if name == "default-graph-uri"),
        tuple(value for name, value in fields if name == "named-graph-uri"),
    )
