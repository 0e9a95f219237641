"""``docs/queries.md``: the page of the query library, made from the headers of its files.

``python -m kg.query.docs`` writes it anew; a test tells when that was forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.query.library import NamedQuery, Parameter, list_queries

__all__ = ["PAGE", "queries_page"]

PAGE = Path(__file__).resolve().parents[2] / "docs" / "queries.md"

_HEAD = """# 查询库 · Query library

<!-- 由 python -m kg.query.docs 生成，请勿手改 · written by python -m kg.query.docs, not by hand -->

`queries/` 中的每个文件是一个问题。 Each file in `queries/` is one question.

    kg query                                     全部 · all of them
    kg query unit-tasks --param unit=区水务局      带参数 · with a parameter
    kg query unit-tasks --explain                只看 SPARQL · the SPARQL only

单位可写正式名称、简称或 IRI；一个参数可重复，表示其中任何一个。
A unit may be given by its official name, a short name or its IRI; a parameter given again means any of them.

## 自己的查询 · Queries of your own

    kg query --file my.rq --format csv                              查本次构建 · the build
    kg query --file my.rq --endpoint http://127.0.0.1:7878/query    查远程端点 · an endpoint

- 术语见[本体](ontology/README.md)，每个概念页有一个可以运行的查询。 Terms are told by [the ontology](ontology/README.md); the page of each concept has a query to run.
- 查询构建时前缀不必声明；查远程端点时须写全。 Prefixes need not be declared for a build; a remote endpoint wants them.
- 名称带语言：`"北京市朝阳区水务局"@zh`；类别的代码不带：`skos:notation "lead"`。 Names have a language, notations have none.
- 统计任务数，数 `gaz:countsIn counting:stated` 的分工（[分工](ontology/assignment.md)），即与表格和网页相同。 For the numbers of the tables and pages, count assignments that have `gaz:countsIn counting:stated`.
- 查不到结果时，`kg query` 会指出查询中哪些词图谱里没有。 Where a query of yours finds nothing, `kg query` tells which of its words stand nowhere in the graph.

其他工具 · other tools:

    rdflib.Graph().parse("build/graph.ttl")                             rdflib
    SPARQLWrapper("http://127.0.0.1:8000/sparql")                       kg serve
    oxigraph serve --location DIR --bind 127.0.0.1:7878 --union-default-graph
    kg publish --endpoint http://127.0.0.1:7878/store                   Oxigraph

事实都在命名图中，而有的数据库默认不查命名图：Oxigraph 启动时加 `--union-default-graph`，Fuseki 的 TDB2 设 `tdb2:unionDefaultGraph true`。
用 `rdflib.Dataset` 读 `graph.nq` 时写 `default_union=True`。
Facts stand in named graphs, and some stores do not look into these unless told: start Oxigraph with `--union-default-graph`, set
`tdb2:unionDefaultGraph true` for Fuseki's TDB2, and give `rdflib.Dataset` of `graph.nq` `default_union=True`.

## 命名查询 · Named queries
"""


def queries_page(queries: Iterable[NamedQuery]) -> str:
    """Return the page in Markdown: a table of all, then a section for each."""
    listed = list(queries)
    rows = [(f"[{query.name}](#{query.name})", query.summary, query.summary_en) for query in listed]
    parts = [_HEAD, _table(("查询 · query", "问题", "question"), rows)]
    return "\n".join([*parts, *map(_section, listed)])


def _section(query: NamedQuery) -> str:
    parts = [f"## {query.name}\n", f"**{query.summary}** · {query.summary_en}\n"]
    parts += [f"{words}\n" for words in (query.description, query.description_en) if words]
    if query.tags:
        parts.append(f"标签 · tags: {', '.join(query.tags)}\n")
    if query.parameters:
        rows = [_parameter(parameter) for parameter in query.parameters]
        parts.append(_table(("参数 · parameter", "类型 · type", "默认 · default", ""), rows))
    columns = [(f"`{name}`", words) for name, words in query.columns]
    parts.append(_table(("列 · column", ""), columns))
    return "\n".join(parts)


def _parameter(parameter: Parameter) -> tuple[str, ...]:
    default = "不限 · any" if parameter.default == "UNDEF" else f"`{parameter.default}`"
    default = "必填 · needed" if parameter.required else default
    return f"`{parameter.name}`", parameter.type, default, parameter.summary


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


def main() -> None:
    """Write the page."""
    PAGE.write_text(queries_page(list_queries()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
