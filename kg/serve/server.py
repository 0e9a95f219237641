"""The process: a socket, the workers, and the loop that serves until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import signal
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn

from kg.errors import GazetteError
from kg.outputs import Output
from kg.serve.application import application
from kg.serve.pool import Limits, Pool

__all__ = ["Settings", "serve"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What is served, where, and within which limits."""

    build: Path
    host: str = "127.0.0.1"
    port: int = 8000
    limits: Limits = field(default_factory=Limits)
    cors: bool = True
    quiet: bool = False


def serve(settings: Settings) -> None:
    """Serve a build until SIGINT or SIGTERM."""
    with _listen(settings) as listening:
        asyncio.run(_serve(settings, listening))


class _Server(uvicorn.Server):
    """The server, without its own way of ending: it kills the process before workers end."""

    def __init__(self, config: uvicorn.Config, pool: Pool) -> None:
        super().__init__(config)
        self.pool = pool

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the queries first, so that their clients are told."""
        await self.pool.close()
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop serving at the first signal, without waiting at the second."""
        kinds = (signal.SIGINT, signal.SIGTERM)
        former = {kind: signal.signal(kind, self.handle_exit) for kind in kinds}
        try:
            yield
        finally:
            for kind, handler in former.items():
                signal.signal(kind, handler)


async def _serve(settings: Settings, listening: socket.socket) -> None:
    pool = Pool(settings.build, settings.limits)
    try:
        await pool.open()
        app = application(
            pool, settings.build / Output.SITE.place, cors=settings.cors, quiet=settings.quiet
        )
        config = uvicorn.Config(
            app,
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=2,
        )
        _announce(settings, listening.getsockname()[1])
        await _Server(config, pool).serve(sockets=[listening])
    finally:
        await pool.close()


def _listen(settings: Settings) -> socket.socket:
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM
        )[0]
        listening = socket.socket(family, kind)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        # From here on a client that read the address can connect, and waits for its turn.
        listening.listen(1024)
        return listening
    except (OSError, OverflowError) as error:
        raise GazetteError(
            f"{settings.host}:{settings.port}: cannot listen there ({error}); "
            "see --port · 无法监听该地址"
        ) from None


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach a host.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _announce(settings: Settings, port: int) -> None:
    """Say where it is; without this, who asked for a free port would not know."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http://{host}:{port}"
    # Before the addresses: whoever waits for them may stop the server as soon as they are there.
    if not is_loopback(settings.host):
        print(
            f"note: {settings.host} can be reached from other machines: everybody who reaches it "
            "reads the whole graph and runs queries, without a login and without encryption. For "
            "the public, put a web server with TLS in front. "
            "注意：其他机器可以访问该地址，任何人无需登录即可读取全部图谱并执行查询，且不加密。",
            file=sys.stderr,
            flush=True,
        )
    print(f"{address}/        the site · 网页")
    print(f"{address}/query   ask in SPARQL · 查询")
    print(f"{address}/sparql  the endpoint · SPARQL 端点")
    print("Ctrl-C stops · 按 Ctrl-C 停止", flush=True)
