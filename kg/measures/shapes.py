"""SHACL shapes of the observations, as they stand in ``ontology/measure-shapes.ttl``.

    python -m kg.measures.shapes      writes the file anew, after a change of the catalogue

A measure's shape looks at those observations alone that have the measure, so that a cube
of many measures is checked in time that grows with its numbers.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.measures.catalogue import Measure, measures_of
from kg.measures.cube import DIMENSIONS, MARKS, Dimension, datatype, local_name
from kg.rdf.vocabulary import PREFIXES
from kg.resources import ontology

__all__ = ["FILE", "shapes"]

FILE = "measure-shapes.ttl"

_HEAD = """\
# SHACL core shapes of the measures: one for each number, and for what every observation has.
# Written by python -m kg.measures.shapes, not by hand.
# 指标观测的 SHACL 核心形状，由 python -m kg.measures.shapes 生成，请勿手改。
"""
_NUMBERS = {"xsd:integer": ("整数", "integer"), "xsd:decimal": ("小数", "decimal")}


def shapes() -> str:
    """Return the shapes as Turtle.

    Every observation is in one data set and has at most one number, of the right kind,
    for each measure. One that carries the measures that all have (it is found by one of
    them) has each of these, and each dimension.
    """
    spaces = {name: PREFIXES[name] for name in ("ms", "qb", "sh", "xsd")}
    spaces["shape"] = "https://w3id.org/gazette-kg/shape/"
    head = [f"@prefix {name}: <{space}> ." for name, space in sorted(spaces.items())]
    return "\n".join([_HEAD, *head, "", *_shapes()])


def _shapes() -> Iterator[str]:
    yield _shape(
        "Observation-data-set",
        "sh:targetClass qb:Observation",
        "qb:dataSet",
        ("sh:minCount 1", "sh:maxCount 1", "sh:class qb:DataSet"),
        "观测不属于恰好一个数据集",
        "The observation is not in exactly one data set",
    )
    for one in dict.fromkeys(one for table in DIMENSIONS.values() for one in table):
        yield _dimension(one)
    for table, dimensions in DIMENSIONS.items():
        for measure in measures_of(table):
            yield _number(measure)
        names = [(one.name, one.zh, one.en) for one in dimensions]
        names += [
            (local_name(one), one.zh, one.en) for one in measures_of(table) if not one.optional
        ]
        for name, zh, en in names:
            yield _shape(
                f"Observed-{table}-{name}",
                f"sh:targetSubjectsOf ms:{MARKS[table]}",
                f"ms:{name}",
                ("sh:minCount 1",),
                f"观测缺少“{zh}”",
                f"The observation lacks: {en}",
            )


def _dimension(one: Dimension) -> str:
    kind = "sh:IRI" if one.is_unit else "sh:Literal"
    return _shape(
        f"Dimension-{one.name}",
        f"sh:targetSubjectsOf ms:{one.name}",
        f"ms:{one.name}",
        ("sh:maxCount 1", f"sh:nodeKind {kind}"),
        f"“{one.zh}”不止一个，或写法不对",
        f"There is more than one {one.en}, or it is of the wrong kind",
    )


def _number(measure: Measure) -> str:
    zh, en = _NUMBERS[datatype(measure)]
    return _shape(
        f"Measure-{local_name(measure)}",
        f"sh:targetSubjectsOf ms:{local_name(measure)}",
        f"ms:{local_name(measure)}",
        ("sh:maxCount 1", f"sh:datatype {datatype(measure)}"),
        f"“{measure.zh}”不是恰好一个{zh}",
        f"This is not exactly one {en}: {measure.en}",
    )


def _shape(name: str, target: str, path: str, rules: tuple[str, ...], zh: str, en: str) -> str:
    lines = [f"shape:{name} a sh:PropertyShape", target, f"sh:path {path}", *rules]
    lines += ["sh:severity sh:Violation", f'sh:message "{zh}"@zh , "{en}"@en']
    return " ;\n    ".join(lines) + " .\n"


if __name__ == "__main__":
    ontology(FILE).write_text(shapes(), encoding="utf-8", newline="\n")
