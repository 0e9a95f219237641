"""All addresses of the server, and what every answer carries."""

from __future__ import annotations

import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.pages.rendering import STATIC as SITE_STATIC
from kg.rdf.metadata import DISTRIBUTIONS, DOWNLOADS
from kg.resources import ontology
from kg.serve.pages import PAGE_POLICY, STATIC, query_page
from kg.serve.pool import Pool
from kg.serve.protocol import METHODS, Endpoint
from kg.serve.things import SCHEMES, Things

__all__ = ["application"]

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
# The site's pages say in a tag of their own which scripts they hold.
_SITE_POLICY = "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_OWN_PAGES = ("/sparql", "/id/", *(f"/{path}/" for path in SCHEMES))


def application(pool: Pool, site: Path, *, cors: bool = True, quiet: bool = False) -> Starlette:
    """Return the server's application.

    Parameters
    ----------
    pool
        What answers queries; it is opened already.
    site
        The folder with the pages of the build; it may be missing.
    cors
        Whether pages of other origins may read what is served.
    quiet
        Whether to log nothing.
    """
    things = Things(pool, site)
    routes: list[BaseRoute] = [
        Route("/sparql", Endpoint(pool).__call__, methods=METHODS),
        Route("/query", query_page),
        Route("/ontology", _ontology),
        # The site's own file of this name says that there is no server.
        Route("/static/server.js", _server),
        # https://www.w3.org/TR/void/#well-known
        Route("/.well-known/void", _to_data_set),
        *(
            Route(f"/id/{DOWNLOADS}/{name}", _download(site.parent / name, media_type))
            for name, (media_type, _) in DISTRIBUTIONS.items()
        ),
        Mount("/assets/site", StaticFiles(directory=SITE_STATIC)),
        Mount("/assets", StaticFiles(directory=STATIC)),
        *(
            Route(f"/{path}/{{path:path}}", things.__call__, methods=["GET"])
            for path in ("id", *SCHEMES)
        ),
    ]
    if (site / "index.html").is_file():
        routes.append(Mount("/", StaticFiles(directory=site, html=True)))
    else:
        routes.append(Route("/", _to_query))
    middleware = [Middleware(_Frame, quiet=quiet)]
    if cors:
        middleware.append(
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["GET", "HEAD", "POST"],
                allow_headers=["*"],
            )
        )
    app = Starlette(routes=routes, middleware=middleware)
    app.state.things = things
    return app


async def _ontology(_: Request) -> Response:
    return FileResponse(ontology("gazette.ttl"), media_type="text/turtle; charset=utf-8")


async def _server(_: Request) -> Response:
    return FileResponse(STATIC / "server.js", media_type="text/javascript; charset=utf-8")


async def _to_data_set(_: Request) -> Response:
    return RedirectResponse("/id/dataset", 303)


def _download(path: Path, media_type: str) -> Callable[[Request], Awaitable[Response]]:
    """Return what hands out a file that holds the whole data set."""

    async def handed_out(_: Request) -> Response:
        if not path.is_file():
            return PlainTextResponse("Nothing here. 没有这个文件。", 404)
        return FileResponse(path, media_type=media_type, filename=path.name)

    return handed_out


async def _to_query(_: Request) -> Response:
    return RedirectResponse("query", 303)


class _Frame:
    """Adds security headers to every answer, and writes a line about it.

    The line has no query string, no header and no address of a client: a query
    can hold what its author keeps to himself.
    """

    def __init__(self, app: ASGIApp, quiet: bool) -> None:
        self.app = app
        self.quiet = quiet

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start = time.perf_counter()
        status = 500
        path = scope["path"]

        async def framed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = message["headers"]
                known = {name.lower() for name, _ in headers}
                policy = PAGE_POLICY if path.startswith(_OWN_PAGES) else _SITE_POLICY
                wanted = {**_HEADERS, "Content-Security-Policy": policy}
                headers += [
                    (name.lower().encode(), value.encode())
                    for name, value in wanted.items()
                    if name.lower().encode() not in known
                ]
            await send(message)

        try:
            await self.app(scope, receive, framed)
        finally:
            if not self.quiet:
                spent = (time.perf_counter() - start) * 1000
                # A path may hold line ends, and a log line is one line.
                shown = "".join(letter if letter.isprintable() else "?" for letter in path)
                print(f"{scope['method']} {shown} {status} {spent:.0f} ms", file=sys.stderr)
