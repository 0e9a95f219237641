"""Which format a client wants: media types, and the header ``Accept``."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

__all__ = ["GRAPHS", "RESULTS", "negotiate"]

RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/xml": ox.QueryResultsFormat.XML,
}
"""What SELECT and ASK are answered in; the first is the default."""

GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/json": ox.RdfFormat.JSON_LD,
    "application/xml": ox.RdfFormat.RDF_XML,
}
"""What CONSTRUCT and DESCRIBE are answered in; the first is the default."""


def negotiate(accept: str, offers: Sequence[str]) -> str | None:
    """Return the offer that a client likes best, the first of equals, or none.

    A more specific range of media types tells more than a wider one (RFC 9110,
    12.5.1).

    >>> negotiate("text/turtle;q=0.5, text/*;q=0.9", ["text/turtle", "text/csv"])
    'text/csv'
    >>> negotiate("image/png", ["text/turtle"])
    """
    ranges = _ranges(accept) or {"*/*": 1.0}
    best, best_quality = None, 0.0
    for offer in offers:
        kind = offer.partition("/")[0]
        quality = next(
            (ranges[name] for name in (offer, f"{kind}/*", "*/*") if name in ranges), 0.0
        )
        if quality > best_quality:
            best, best_quality = offer, quality
    return best


def _ranges(accept: str) -> dict[str, float]:
    ranges: dict[str, float] = {}
    for entry in accept.split(","):
        name, *parameters = (part.strip().lower() for part in entry.split(";"))
        if "/" not in name:
            continue
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                try:
                    quality = min(1.0, max(0.0, float(value)))
                except ValueError:
                    quality = 0.0
        ranges[name] = quality
    return ranges
