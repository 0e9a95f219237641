"""Ask the graph a question in SPARQL · 用 SPARQL 查询图谱.

kg query                                     list the named queries · 列出查询
kg query unit-tasks --param unit=区水务局      one unit's tasks · 一个单位的任务
kg query --file my.rq --format csv           a query of your own · 自己的查询
echo 'SELECT …' | kg query --file -          the same without a file · 不写文件
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg.errors import QueryError
from kg.query.library import NamedQuery, find_query, list_queries, read_query
from kg.query.parameters import Source, bind

__all__ = ["configure", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("name", nargs="?", help="a named query; without one, all are listed")
    parser.add_argument("--file", type=Path, metavar="F.rq", help="a file with a query; - reads it")
    parser.add_argument(
        "--param",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="bind a parameter; again for several values; short names of units will do",
    )
    parser.add_argument(
        "--build", type=Path, default=Path("build"), help="folder of the build (default: build)"
    )
    parser.add_argument("--endpoint", metavar="URL", help="ask this SPARQL endpoint instead")
    parser.add_argument(
        "--timeout", type=float, default=60, help="seconds to wait for an endpoint (default: 60)"
    )
    parser.add_argument(
        "--format",
        choices=("table", "csv", "json", "markdown"),
        default="table",
        help="how to print the result (default: table)",
    )
    parser.add_argument("--explain", action="store_true", help="print the SPARQL, do not run it")
    parser.add_argument("--describe", action="store_true", help="tell what the query answers")


def run(options: argparse.Namespace) -> int:
    """List, describe, explain or run a query."""
    if options.name and options.file:
        raise QueryError("give a name or --file, not both · 名称与 --file 只能用一个")
    if not options.name and not options.file:
        sys.stdout.write(_listing(list_queries()))
        return 0
    query = read_query(options.file) if options.file else find_query(options.name)
    if options.describe:
        sys.stdout.write(_description(query))
        return 0
    values = _values(options.param)
    # A query without parameters to look up can be explained without a graph.
    if options.explain and not values:
        sys.stdout.write(query.text)
        return 0
    source = _source(options)
    text = bind(query, values, source)
    if options.explain:
        sys.stdout.write(text)
        return 0
    result = source.query(text, str(options.file or query.name))
    from kg.query.empty import found_nothing, reasons
    from kg.query.results import format_result

    sys.stdout.write(format_result(result, options.format))
    if options.format == "table" and result.answer is None and result.triples is None:
        count = len(result.rows)
        print(f"{count} row{'' if count == 1 else 's'} · {count} 行", file=sys.stderr)
    # That a named query finds nothing tells something about the documents, not about its words.
    if (options.file or options.endpoint) and found_nothing(result):
        for reason in reasons(text if options.file else "", source):
            print(f"note · 提示: {reason}", file=sys.stderr)
    return 0


def _source(options: argparse.Namespace) -> Source:
    if options.endpoint:
        from kg.remote.endpoint import Endpoint

        return Endpoint(options.endpoint, timeout=options.timeout)
    from kg.store import open_build

    return open_build(options.build)


def _values(words: list[str]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name:
            raise QueryError(f"--param {word}: write NAME=VALUE · 请写成 名称=值")
        values.setdefault(name, []).append(value)
    return values


def _listing(queries: list[NamedQuery]) -> str:
    width = max((len(query.name) for query in queries), default=0)
    lines = [f"{query.name:<{width}}  {query.summary} · {query.summary_en}" for query in queries]
    return "\n".join([*lines, "", "kg query NAME --describe · 说明", ""])


def _description(query: NamedQuery) -> str:
    lines = [f"{query.name}: {query.summary} · {query.summary_en}"]
    lines += [words for words in (query.description, query.description_en) if words]
    if query.tags:
        lines.append(f"tags · 标签: {', '.join(query.tags)}")
    if query.parameters:
        lines.append("parameters · 参数:")
    for parameter in query.parameters:
        default = "any · 不限" if parameter.default == "UNDEF" else parameter.default
        default = "needed · 必填" if parameter.required else default
        lines.append(f"  {parameter.name} ({parameter.type}, {default}): {parameter.summary}")
    lines.append("columns · 列:")
    lines += [f"  {name}: {words}" for name, words in query.columns]
    return "\n".join(lines) + "\n"
