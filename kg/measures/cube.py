"""The measures as observations of the RDF Data Cube vocabulary, in the derived graph.

Measures that every unit, pair or whole has stand together in one observation,
as the vocabulary asks for (integrity constraint 14). A measure that has nothing
to tell of some is a data set of its own: with ``qb:measureType`` in one data set,
each place would need each measure (constraint 17).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kg.measures.catalogue import Measure, measures_of
from kg.measures.records import Measures, SystemRow, Tie, UnitLoad
from kg.measures.tables import written_as
from kg.rdf.ids import DERIVED_GRAPH
from kg.rdf.terms import iri, literal, named, ref

__all__ = ["DIMENSIONS", "MARKS", "Dimension", "datatype", "local_name", "observations"]


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension of a table: its property, its column, and whether it names a unit."""

    name: str
    column: str
    zh: str
    en: str
    is_unit: bool


DIMENSIONS = {
    "load": (Dimension("unit", "unit", "单位", "unit", True),),
    "ties": (
        Dimension("unit", "unit", "单位", "unit", True),
        Dimension("partner", "partner", "伙伴单位", "partner", True),
    ),
    "system": (
        Dimension("scope", "scope", "范围", "scope", False),
        Dimension("part", "name", "范围名", "part", False),
    ),
}
"""The dimensions of each table."""

MARKS = {"load": "load", "ties": "newman", "system": "system_units"}
"""A measure that every observation of a table has, and no other."""

_TITLES = {
    "load": ("各单位的协调负荷", "coordination load per unit"),
    "ties": ("单位之间的合作", "ties between units"),
    "system": ("整体指标", "measures of the whole"),
}


def observations(measures: Measures, base: str) -> Iterator[str]:
    """Yield the measures as N-Quads lines.

    Parameters
    ----------
    measures
        From :func:`kg.measures.measure`.
    base
        The base IRI of the data.

    Returns
    -------
    iterator of str
        Lines without line ends, in no order, in the graph ``{base}graph/derived``:
        data sets, structure definitions, properties and observations.
    """
    graph = ref(iri(base, DERIVED_GRAPH))
    for table in DIMENSIONS:
        for subject, predicate, term in _table(table, measures, base):
            yield f"{subject} {predicate} {term} {graph} ."


_Statement: TypeAlias = tuple[str, str, str]
_Record: TypeAlias = UnitLoad | Tie | SystemRow


def _table(table: str, measures: Measures, base: str) -> Iterator[_Statement]:
    """Yield all that is said of one table."""
    records: Sequence[_Record] = getattr(measures, table)
    yield from _properties(table)
    together, apart = _split(table, records)
    yield from _data_set(table, together, measures, base)
    for one in apart:
        yield from _data_set(f"{table}-{one.column}", [one], measures, base)
    for record in records:
        path = _path(table, record)
        place = list(_place(table, record, base))
        node = ref(iri(base, f"measures/{table}/{path}"))
        yield from _observation(node, table, place, base)
        for one in together:
            yield node, _own(local_name(one)), _number(one, getattr(record, one.column))
        for one in apart:
            value = getattr(record, one.column)
            if value is None:
                continue
            name = f"{table}-{one.column}"
            single = ref(iri(base, f"measures/{name}/{path}"))
            yield from _observation(single, name, place, base)
            yield single, _own(local_name(one)), _number(one, value)


def _split(table: str, records: Sequence[_Record]) -> tuple[list[Measure], list[Measure]]:
    """Return the measures that all records have, and those that some have."""
    together, apart = [], []
    for one in measures_of(table):
        told = [getattr(record, one.column) is not None for record in records]
        if all(told) and (told or not one.optional):
            together.append(one)
        elif any(told):
            apart.append(one)
    return together, apart


def _observation(
    node: str, data_set: str, place: Sequence[tuple[str, str]], base: str
) -> Iterator[_Statement]:
    yield node, named("rdf:type"), named("qb:Observation")
    yield node, named("qb:dataSet"), ref(iri(base, f"measures/{data_set}"))
    for predicate, term in place:
        yield node, predicate, term


def _place(table: str, record: _Record, base: str) -> Iterator[tuple[str, str]]:
    """Yield the dimensions of a record."""
    for one in DIMENSIONS[table]:
        value = getattr(record, one.column) or "all"
        yield _own(one.name), ref(iri(base, value)) if one.is_unit else literal(value)


def _path(table: str, record: _Record) -> str:
    """Return the part of an observation's id that tells it apart."""
    values = [getattr(record, one.column) or "all" for one in DIMENSIONS[table]]
    return "/".join(value.removeprefix("unit/") for value in values)


def _data_set(
    name: str, columns: Sequence[Measure], measures: Measures, base: str
) -> Iterator[_Statement]:
    """Yield a data set with its structure definition; a table's own has its name alone."""
    table, _, single = name.partition("-")
    node, structure = (
        ref(iri(base, f"measures/{name}")),
        ref(iri(base, f"measures/structure/{name}")),
    )
    zh, en = _TITLES[table]
    if single:
        zh, en = f"{zh}：{columns[0].zh}", f"{en}: {columns[0].en}"
    yield node, named("rdf:type"), named("qb:DataSet")
    yield node, named("qb:structure"), structure
    yield node, named("dct:title"), literal(zh, "zh")
    yield node, named("dct:title"), literal(en, "en")
    settings = "; ".join(f"{one.setting}={one.value}" for one in measures.settings)
    yield node, named("dct:description"), literal(settings)
    yield structure, named("rdf:type"), named("qb:DataStructureDefinition")
    components = [("qb:dimension", _own(one.name), one.name) for one in DIMENSIONS[table]]
    components += [("qb:measure", _own(local_name(one)), one.column) for one in columns]
    for kind, term, local in components:
        part = ref(iri(base, f"measures/structure/{name}/{local}"))
        yield structure, named("qb:component"), part
        yield part, named("rdf:type"), named("qb:ComponentSpecification")
        yield part, named(kind), term


def _properties(table: str) -> Iterator[_Statement]:
    """Yield the declarations of a table's dimensions and measures."""
    for one in DIMENSIONS[table]:
        reach = named("org:Organization") if one.is_unit else named("xsd:string")
        yield from _property(one.name, "qb:DimensionProperty", reach, one.zh, one.en)
    for measure in measures_of(table):
        yield from _property(
            local_name(measure),
            "qb:MeasureProperty",
            named(datatype(measure)),
            measure.zh,
            measure.en,
        )


def _property(name: str, kind: str, reach: str, zh: str, en: str) -> Iterator[_Statement]:
    yield _own(name), named("rdf:type"), named("rdf:Property")
    yield _own(name), named("rdf:type"), named(kind)
    yield _own(name), named("rdfs:range"), reach
    yield _own(name), named("rdfs:label"), literal(zh, "zh")
    yield _own(name), named("rdfs:label"), literal(en, "en")


def _own(name: str) -> str:
    return named(f"ms:{name}")


def _number(measure: Measure, value: float) -> str:
    return literal(written_as(measure.column, value), datatype=datatype(measure))


def local_name(measure: Measure) -> str:
    """Return the local name of a measure's property; a whole has tasks of its own kind."""
    return f"system_{measure.column}" if measure.table == "system" else measure.column


def datatype(measure: Measure) -> str:
    """Return the datatype of a measure's numbers."""
    return "xsd:integer" if measure.whole else "xsd:decimal"
