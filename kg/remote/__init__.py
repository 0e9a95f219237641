"""A server that is asked over HTTP: who asks, when to ask again, and what went wrong.

The clients differ (SPARQLWrapper for queries, urllib for writing); what they do about a
server that is busy, slow, closed or not there is the same, and so are its words.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from typing import TypeVar
from urllib.error import HTTPError, URLError

from kg.errors import EndpointError

__all__ = ["AGENT", "Server", "login", "one_line"]

AGENT = "gazette-kg (https://w3id.org/gazette-kg)"
_BUSY = (502, 503, 504)
_LONGEST = 300
"""Characters of what a server said that are shown."""

_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class Server:
    """The address of a server, and how patient its client is.

    Parameters
    ----------
    url
        Where requests go.
    timeout
        Seconds to wait for an answer.
    hint
        What to ask the user if the server answers as it should not.
    retries
        How often to ask again after 502, 503 or 504.
    pause
        Seconds before the first of these; each next one waits twice as long.

    Raises
    ------
    EndpointError
        ``url`` is no http or https address.
    """

    url: str
    timeout: float
    hint: str
    retries: int = 3
    pause: float = 0.5

    def __post_init__(self) -> None:
        """Refuse what is no address."""
        if not re.match(r"https?://[^/\s]", self.url):
            raise EndpointError(
                f"{self.url}: an endpoint is an http or https address · 端点应为 http 或 https 地址"
            )

    def ask(self, send: Callable[[], _Answer]) -> _Answer:
        """Return what ``send`` does, which is tried again while the server is busy.

        Raises
        ------
        EndpointError
            The server refused, timed out, or is not there, in one line.
        """
        for attempt in range(self.retries + 1):
            try:
                return send()
            except HTTPError as error:
                if error.code not in _BUSY or attempt == self.retries:
                    raise EndpointError(self.refusal(error)) from None
                time.sleep(self.pause * 2**attempt)
            except (URLError, HTTPException, OSError, ValueError) as error:
                reason = getattr(error, "reason", error)
                if isinstance(reason, TimeoutError):
                    raise EndpointError(
                        f"{self.url}: no answer within {self.timeout:g} s; see --timeout · 超时"
                    ) from None
                raise EndpointError(
                    f"{self.url}: cannot be reached ({reason}) · 无法连接"
                ) from None
        raise AssertionError("the loop returns or raises")

    def refusal(self, error: HTTPError) -> str:
        """Return a line for a status that is no success."""
        code, words = error.code, one_line(str(error.reason))
        if code in (401, 403):
            return (
                f"{self.url}: access denied ({code}); set KG_ENDPOINT_USER and "
                f"KG_ENDPOINT_PASSWORD ({words}) · 无权访问"
            )
        if code == 404:
            return f"{self.url}: not found (404); {self.hint}"
        if code in _BUSY:
            return f"{self.url}: unavailable ({code}) after {self.retries + 1} tries · 服务不可用"
        return f"{self.url}: HTTP {code}: {words}; {self.hint}"


def login() -> tuple[str, str] | None:
    """Return user and password from ``KG_ENDPOINT_USER`` and ``KG_ENDPOINT_PASSWORD``, if set."""
    user, password = os.environ.get("KG_ENDPOINT_USER"), os.environ.get("KG_ENDPOINT_PASSWORD")
    return (user, password) if user and password else None


def one_line(words: str) -> str:
    """Make one line of what a server said, and not more than a reader wants.

    >>> one_line("<html><b>Not</b> here</html>")
    'Not here'
    """
    line = " ".join(re.sub(r"<[^>]+>", " ", words).split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"
