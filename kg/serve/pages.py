"""The pages that the server itself makes: the query page, and pages of things."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kg.query.library import list_queries

__all__ = ["PAGE_POLICY", "QUERY_POLICY", "STATIC", "page", "query_page"]

_HERE = Path(__file__).parent
STATIC = _HERE / "static"

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# The editor of the query page sets styles on what it makes.
QUERY_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}
    return environment


def page(template: str, **values: object) -> str:
    """Render a page; everything in it is escaped."""
    return _environment().get_template(template).render(values)


async def query_page(request: Request) -> Response:
    """Return the query page with the named queries as examples."""
    queries = [
        {
            "name": query.name,
            "zh": query.summary,
            "en": query.summary_en,
            "about_zh": query.description,
            "about_en": query.description_en,
            "text": "".join(
                line for line in query.text.splitlines(keepends=True) if not line.startswith("#+")
            ),
        }
        for query in list_queries()
    ]
    settings = {"base": request.app.state.things.base, "queries": queries}
    text = page("query.html", title="SPARQL", settings=settings, queries=queries)
    return HTMLResponse(text, headers={"Content-Security-Policy": QUERY_POLICY})
