"""Load the graph into a remote store · 发布到远程图数据库.

kg publish --endpoint http://127.0.0.1:7878/store                      Oxigraph
kg publish --endpoint http://localhost:3030/ds/data                    Fuseki
kg publish --endpoint http://localhost:8890/sparql-graph-crud-auth     Virtuoso
kg publish --protocol update --endpoint http://localhost:7878/update   by SPARQL UPDATE

Each named graph of the build replaces the one of that name; graphs of documents
that the build no longer has are removed; other graphs are left alone. Stores that
ask the default graph alone must be told that it is the union of the named ones:
start Oxigraph with --union-default-graph · 数据库的默认图须设为各命名图的并集. The login
comes from KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD (HTTP basic or digest).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg.remote.publish import GraphStore, Target, Update, publish

__all__ = ["configure", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "--build", type=Path, default=Path("build"), help="folder of the build (default: build)"
    )
    parser.add_argument(
        "--endpoint", required=True, metavar="URL", help="the store's address for writing"
    )
    parser.add_argument(
        "--protocol",
        choices=("graph-store", "update"),
        default="graph-store",
        help="what is spoken at that address (default: graph-store)",
    )
    parser.add_argument(
        "--timeout", type=float, default=300, help="seconds to wait for an answer (default: 300)"
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="say nothing but errors")


def run(options: argparse.Namespace) -> int:
    """Publish, and say what was done."""
    kinds: dict[str, type[GraphStore] | type[Update]] = {
        "graph-store": GraphStore,
        "update": Update,
    }
    target: Target = kinds[options.protocol](options.endpoint, options.timeout)
    done = publish(options.build, target, None if options.quiet else _tell)
    if not options.quiet:
        for graph in done.removed:
            print(f"removed · 已移除: {graph}")
        print(
            f"{done.graphs} graphs, {done.triples} triples published · "
            f"已发布 {done.graphs} 个图、{done.triples} 条三元组"
        )
    return 0


def _tell(done: int, total: int, graph: str) -> None:
    if graph:
        print(f"{done + 1}/{total} {graph}", file=sys.stderr)
