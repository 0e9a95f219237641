"""Serve the site, a SPARQL endpoint and a query page · 启动网页与 SPARQL 端点.

kg serve                                     http://127.0.0.1:8000/
kg serve --build out/ --port 9000 --timeout 60
kg serve --host 0.0.0.0                      for other machines too · 供其他机器访问

Without --host only this machine can reach it. There is no login and no
encryption: whoever reaches it reads the whole graph. Updates are refused.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from kg.cli.arguments import positive
from kg.errors import GazetteError

__all__ = ["configure", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "--build", type=Path, default=Path("build"), help="folder of the build (default: build)"
    )
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="address to listen on (default: 127.0.0.1, this machine only); 0.0.0.0 lets "
        "everybody in who reaches this machine",
    )
    parser.add_argument(
        "--port", type=_port, default=8000, help="port (default: 8000); 0 takes a free one"
    )
    parser.add_argument(
        "--timeout", type=positive, default=30, metavar="S", help="seconds a query (default: 30)"
    )
    parser.add_argument(
        "--max-result",
        type=positive,
        default=64,
        metavar="MB",
        help="largest result; a larger one is refused with a word on it (default: 64)",
    )
    parser.add_argument(
        "--memory",
        type=int,
        default=4000,
        metavar="MB",
        help="memory a query may use, where the system can tell; 0 for any (default: 4000)",
    )
    parser.add_argument(
        "--workers", type=positive, default=8, metavar="N", help="queries at once (default: 8)"
    )
    parser.add_argument(
        "--no-cors", action="store_true", help="keep pages of other origins from reading"
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="log no requests")


def _port(word: str) -> int:
    number = int(word)
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError("a port is a number up to 65535 · 端口最大为 65535")
    return number


def run(options: argparse.Namespace) -> int:
    """Serve until told to stop."""
    try:
        from kg.serve import Settings, serve
        from kg.serve.pool import Limits
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in {"starlette", "uvicorn", "anyio"}:
            raise
        raise GazetteError(
            f"kg serve needs the package {error.name}: pip install 'gazette-kg[serve]' "
            f"· 缺少 {error.name}，请安装 gazette-kg[serve]"
        ) from None
    limits = Limits(
        timeout=options.timeout,
        result=options.max_result * 1_000_000,
        memory=options.memory * 1_000_000,
        workers=options.workers,
    )
    serve(
        Settings(
            options.build,
            options.host,
            options.port,
            limits,
            cors=not options.no_cors,
            quiet=options.quiet,
        )
    )
    return 0
