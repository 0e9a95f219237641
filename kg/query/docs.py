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
