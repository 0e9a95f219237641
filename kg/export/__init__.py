"""A build in the formats of other tools.

:func:`export` writes one format; :data:`FORMATS` names them all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.files import placed
from kg.measures.choices import Choices

__all__ = ["FORMATS", "Format", "export"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: where it is written by default, and who reads it.

    ``beside`` says that the format has no place for the settings: they are written into
    ``NAME.settings.csv`` beside it.
    """

    target: str
    zh: str
    en: str
    network: bool = False
    beside: bool = False


FORMATS = {
    "csv": Format("export-csv/", "CSV 表格（可带 BOM）", "CSV tables (BOM on request)"),
    "xlsx": Format("gazette.xlsx", "Excel 工作簿", "Excel workbook"),
    "parquet": Format(
        "export-parquet/", "Parquet：pandas、R、DuckDB", "Parquet: pandas, R, DuckDB"
    ),
    "graphml": Format(
        "gazette.graphml", "GraphML：igraph、Cytoscape", "GraphML: igraph, Cytoscape", True
    ),
    "gexf": Format(
        "gazette.gexf", "GEXF：Gephi（位置、颜色、日期）", "GEXF: Gephi, with dates", True
    ),
    "pajek": Format("gazette.net", "Pajek 二模网络", "Pajek, two-mode", True, True),
    "dl": Format("gazette.dl", "UCINET DL", "UCINET DL", True, True),
    "neo4j": Format("export-neo4j/", "Neo4j 导入用 CSV", "CSV for neo4j-admin import"),
    "json": Format("gazette.json", "节点—连线 JSON：d3", "node-link JSON: d3", True),
    "matrix": Format(
        "incidence.csv", "关联矩阵：R backbone", "incidence matrix: R backbone", beside=True
    ),
    "jsonld": Format("gazette.jsonld", "JSON-LD", "JSON-LD"),
    "trig": Format("gazette.trig", "TriG", "TriG"),
}
"""The formats by name; a target that ends in ``/`` is a folder."""


def export(
    build: Path,
    name: str,
    target: Path | None = None,
    *,
    network: str = "two-mode",
    choices: Choices | None = None,
    bom: bool = False,
) -> Path:
    """Write a build in one format.

    Parameters
    ----------
    build
        The folder that a build wrote.
    name
        One of :data:`FORMATS`.
    target
        The file, or for csv, parquet and neo4j the folder, to write.
    network
        ``two-mode`` or ``units``, for formats of networks.
    choices
        The choices of the measures that go with it.
    bom
        Begin CSV files with a byte order mark, for Excel.

    Returns
    -------
    Path
        What was written: whole, or not at all.
    """
    if name not in FORMATS:
        raise InputError(
            "export", f"unknown format {name!r} · 未知格式; known: {', '.join(FORMATS)}"
        )
    path = target or Path(FORMATS[name].target)
    with placed(path) as fresh:
        _write(build, name, fresh, network, choices, bom)
    return path


def _write(
    build: Path, name: str, path: Path, network: str, choices: Choices | None, bom: bool
) -> None:
    """Write one format; see :func:`export`."""
    if name in {"jsonld", "trig"}:
        from kg.export import linked

        (linked.write_jsonld if name == "jsonld" else linked.write_trig)(build, path)
        return
    from kg.export.source import read_source

    source = read_source(build, choices)
    if name in {"csv", "xlsx", "parquet", "neo4j"}:
        from kg.export import tabular

        tables: dict[str, Callable[[], None]] = {
            "csv": lambda: tabular.write_csv(source, path, bom),
            "xlsx": lambda: tabular.write_xlsx(source, path),
            "parquet": lambda: tabular.write_parquet(source, path),
            "neo4j": lambda: tabular.write_neo4j(source, path),
        }
        tables[name]()
        return
    from kg.export import markup, plain, tabular
    from kg.export.network import network_of

    if FORMATS[name].beside:
        shown = "two-mode" if name == "matrix" else network
        tabular.write_settings(source, path.with_name(f"{path.name}.settings.csv"), shown)
    if name == "matrix":
        plain.write_matrix(network_of(source, "two-mode"), path, bom)
        return
    writers: dict[str, Callable[..., None]] = {
        "graphml": markup.write_graphml,
        "gexf": markup.write_gexf,
        "pajek": plain.write_pajek,
        "dl": plain.write_dl,
        "json": plain.write_json,
    }
    writers[name](network_of(source, network), path)
