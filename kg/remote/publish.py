"""Loading a build into a remote store, a named graph at a time, each replaced as a whole.

Two ways, both standards: the Graph Store Protocol puts a graph by one request;
SPARQL UPDATE inserts it in pieces beside the old one, which it then replaces.
Graphs that the last publication loaded, by its own metadata graph, and that the
build no longer has, are removed. Whoever runs it again after a failure is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPResponse
from pathlib import Path
from typing import Protocol
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import (
    HTTPBasicAuthHandler,
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    Request,
    build_opener,
    parse_http_list,
    parse_keqv_list,
)

import pyoxigraph as ox

from kg.errors import EndpointError, StoreError
from kg.outputs import Output
from kg.rdf.ids import METADATA_GRAPH
from kg.rdf.terms import ref
from kg.rdf.vocabulary import expand
from kg.remote import AGENT, Server, login

__all__ = ["GraphStore", "Published", "Target", "Update", "publish", "read_graphs"]

_PIECE = 1000
"""Triples in one insertion: Virtuoso refuses some thousands."""

Progress = Callable[[int, int, str], None]
"""Called with how many graphs are done, how many there are, and the next one."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did."""

    graphs: int
    triples: int
    removed: tuple[str, ...]


class _Digest(HTTPDigestAuthHandler):
    """Answers the challenge that the server made last before it makes another.

    A server that refuses a large request for want of a login may hang up before it
    has read it, and then there is no answer to retry on.
    """

    challenge = ""

    def retry_http_digest_auth(self, req: Request, auth: str) -> HTTPResponse | None:
        """Keep the challenge."""
        self.challenge = auth
        return super().retry_http_digest_auth(req, auth)

    def http_request(self, req: Request) -> Request:
        """Log in with a request if a former one was asked to."""
        if self.challenge and not req.has_header(self.auth_header):
            fields = parse_keqv_list(parse_http_list(self.challenge.partition(" ")[2]))
            answer = self.get_authorization(req, fields)
            if answer:
                req.add_unredirected_header(self.auth_header, f"Digest {answer}")
        return req

    https_request = http_request


class _Basic(HTTPBasicAuthHandler):
    """Sends the login that the server asked for with what follows, as :class:`_Digest`."""

    login = ""

    def retry_http_basic_auth(self, host: str, req: Request, realm: str) -> HTTPResponse | None:
        """Keep the login."""
        answer = super().retry_http_basic_auth(host, req, realm)
        self.login = req.get_header(self.auth_header) or ""
        return answer

    def http_request(self, req: Request) -> Request:
        """Log in with a request if a former one was asked to."""
        if self.login and not req.has_header(self.auth_header):
            req.add_unredirected_header(self.auth_header, self.login)
        return req

    https_request = http_request


class Client:
    """Sends requests to one server; the login comes from the environment.

    Notes
    -----
    ``KG_ENDPOINT_USER`` and ``KG_ENDPOINT_PASSWORD`` answer a server that asks for
    HTTP basic or digest authentication.
    """

    def __init__(self, url: str, timeout: float) -> None:
        hint = (
            "is this the address for writing, and --protocol the one that it speaks? "
            "· 请检查写入地址与 --protocol"
        )
        self.server = Server(url, timeout, hint)
        self.url = url
        passwords = HTTPPasswordMgrWithDefaultRealm()
        known = login()
        if known:
            passwords.add_password(None, url, *known)
        self._opener = build_opener(_Digest(passwords), _Basic(passwords))

    def send(
        self, method: str, query: str = "", body: bytes | None = None, **headers: str
    ) -> tuple[int, str, bytes]:
        """Send a request; return status, media type and body. 404 is an answer."""
        joined = self.url + ("&" if "?" in self.url else "?") + query if query else self.url
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        request = Request(joined, body, {"User-Agent": AGENT, **names}, method=method)
        return self.server.ask(lambda: self._opened(request))

    def _opened(self, request: Request) -> tuple[int, str, bytes]:
        try:
            with self._opener.open(request, timeout=self.server.timeout) as answer:
                return answer.status, answer.headers.get_content_type(), answer.read()
        except HTTPError as error:
            if error.code == 404:
                return 404, "", b""
            # Where there is no answer to read, the first releases of Python 3.11 give a text.
            said = error.read(2000) or b""
            words = said.decode("utf-8", "replace") or error.reason
            raise HTTPError(self.url, error.code, words, error.hdrs, None) from None
        except ValueError as error:
            # What urllib says when a server wants a login that was not given, or another.
            raise HTTPError(self.url, 401, str(error), Message(), None) from None


class Target(Protocol):
    """A remote store that graphs can be put into."""

    def replace(self, graph: str, triples: Sequence[str]) -> None:
        """Make ``graph`` hold these triples (N-Triples without line ends) and no other."""
        ...

    def remove_others(self, metadata: str, graphs: Sequence[str]) -> tuple[str, ...]:
        """Remove the graphs that ``metadata`` lists and ``graphs`` does not."""
        ...


class GraphStore:
    """A store that speaks the SPARQL 1.1 Graph Store Protocol."""

    def __init__(self, url: str, timeout: float = 300) -> None:
        self.client = Client(url, timeout)

    def replace(self, graph: str, triples: Sequence[str]) -> None:
        """Put a graph by one request, long words last.

        Virtuoso guesses the format by the first 64 KB, and fails where one literal fills them.
        """
        body = "".join(f"{triple}\n" for triple in sorted(triples, key=len)).encode()
        self._told(*self._send("PUT", graph, body, Content_Type="application/n-triples"))

    def remove_others(self, metadata: str, graphs: Sequence[str]) -> tuple[str, ...]:
        """Read the stored metadata graph and delete what it lists beyond ``graphs``."""
        status, kind, body = self._send("GET", metadata, Accept="application/n-triples")
        if status == 404:
            return ()
        form = ox.RdfFormat.from_media_type(kind) or ox.RdfFormat.N_TRIPLES
        try:
            listed = {
                quad.subject.value
                for quad in ox.parse(body, format=form)
                if quad.predicate.value == expand("prov:wasGeneratedBy")
                and isinstance(quad.subject, ox.NamedNode)
            }
        except SyntaxError as error:
            raise EndpointError(
                f"{self.client.url}: did not answer with a graph ({error}); is it a graph store? "
                "· 返回的不是图"
            ) from None
        prefix = f"{metadata.removesuffix(METADATA_GRAPH)}graph/"
        old = tuple(sorted(name for name in listed - {*graphs} if name.startswith(prefix)))
        for graph in old:
            self._send("DELETE", graph)
        return old

    def _send(
        self, method: str, graph: str, body: bytes | None = None, **headers: str
    ) -> tuple[int, str, bytes]:
        return self.client.send(method, f"graph={quote(graph, safe='')}", body, **headers)

    def _told(self, status: int, *_: object) -> None:
        if status == 404:
            raise EndpointError(
                f"{self.client.url}: not found (404); is this the graph store's address? "
                "· 地址不存在"
            )


class Update:
    """A store that speaks SPARQL 1.1 Update."""

    def __init__(self, url: str, timeout: float = 300) -> None:
        self.client = Client(url, timeout)

    def replace(self, graph: str, triples: Sequence[str]) -> None:
        """Insert the triples beside the graph, in pieces, and move them onto it.

        Readers see the old graph until the new one is whole.
        """
        fresh = ref(f"{graph}/new")
        self._update(f"DROP SILENT GRAPH {fresh}")
        for piece in _pieces(triples):
            self._update("\n".join([f"INSERT DATA {{ GRAPH {fresh} {{", *piece, "} }"]))
        self._update(f"MOVE GRAPH {fresh} TO {ref(graph)}")

    def remove_others(self, metadata: str, graphs: Sequence[str]) -> tuple[str, ...]:
        """Delete what the stored metadata graph lists beyond ``graphs``.

        An update returns nothing, so neither does this: which graphs they were is
        not known here.
        """
        kept = ", ".join(map(ref, graphs))
        prefix = f"{metadata.removesuffix(METADATA_GRAPH)}graph/"
        self._update(
            f"DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }} WHERE {{ "
            f"GRAPH {ref(metadata)} {{ ?g {ref(expand('prov:wasGeneratedBy'))} ?run }} "
            f"FILTER(STRSTARTS(STR(?g), STR({ref(prefix)})) && ?g NOT IN ({kept})) "
            f"GRAPH ?g {{ ?s ?p ?o }} }}"
        )
        return ()

    def _update(self, text: str) -> None:
        status, _, _ = self.client.send(
            "POST",
            body=urlencode({"update": text}).encode(),
            Content_Type="application/x-www-form-urlencoded",
        )
        if status == 404:
            raise EndpointError(
                f"{self.client.url}: not found (404); is this the update address? · 地址不存在"
            )


def _pieces(triples: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(triples), _PIECE):
        yield triples[start : start + _PIECE]


def read_graphs(build: Path) -> dict[str, list[str]]:
    """Return the triples of each named graph of a build, as lines of N-Triples."""
    path = build / Output.GRAPH.place
    graphs: dict[str, list[str]] = {}
    try:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                triple, _, graph = line.rstrip("\n").rpartition(" <")
                graphs.setdefault(graph.removesuffix("> ."), []).append(f"{triple} .")
    except FileNotFoundError:
        raise StoreError(
            f"{path}: no graph here; make it with `kg build` · 请用 kg build 生成"
        ) from None
    return graphs


def publish(build: Path, target: Target, progress: Progress | None = None) -> Published:
    """Load a build into a remote store.

    Parameters
    ----------
    build
        The build folder; its ``graph.nq`` is read.
    target
        Where to: :class:`GraphStore` or :class:`Update`.
    progress
        Told about each graph.

    Raises
    ------
    EndpointError
        The store refused, timed out, or is not there. Graphs that were done
        before are complete; the metadata graph is written last.
    """
    graphs = read_graphs(build)
    metadata = _metadata(build, graphs)
    removed = target.remove_others(metadata, sorted(graphs))
    ordered = sorted(graphs, key=lambda graph: (graph == metadata, graph))
    for done, graph in enumerate(ordered):
        if progress:
            progress(done, len(ordered), graph)
        target.replace(graph, graphs[graph])
    if progress:
        progress(len(ordered), len(ordered), "")
    return Published(len(graphs), sum(map(len, graphs.values())), removed)


def _metadata(build: Path, graphs: Iterable[str]) -> str:
    for graph in graphs:
        if graph.endswith(f"/{METADATA_GRAPH}"):
            return graph
    raise StoreError(
        f"{build / Output.GRAPH.place}: has no metadata graph; make it with `kg build` "
        "· 没有元数据图，请用 kg build 重新生成"
    )
