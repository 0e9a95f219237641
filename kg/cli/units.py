"""Names of units: which are not in the register, and why a name means what it means.

单位名称：哪些不在名录中，某个名称为什么解析成某个单位。

examples:
  kg units unresolved                          names that no rule resolves, with evidence
  kg units unresolved --turtle > my.ttl        stubs to complete and pass as --register
  kg units explain 区城管委                      which rule gives which official name
  kg units explain 市教委 --issuer 上海市人民政府 --date 2021-05-01

exit codes: 0 done; 1 done, but some input could not be read; 2 wrong use, or a
register that is not valid. docs/register.md tells how to write a register.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kg.dates import DATE_HINT, is_date
from kg.document import Span
from kg.errors import InputError
from kg.extraction.names import quantifier_of
from kg.facts import DocumentFacts, Unit
from kg.files import inputs
from kg.pipeline import Pipeline
from kg.rdf.terms import iri, literal, ref
from kg.rdf.vocabulary import DEFAULT_BASE, KIND_CLASSES
from kg.resolution.context import Context
from kg.resolution.issuers import issuer_place
from kg.resolution.places import NATIONAL
from kg.resolution.register import Register
from kg.resolution.resolver import Resolver
from kg.resources import data

__all__ = ["configure", "run"]

_PREFIXES = """@prefix gaz: <https://w3id.org/gazette-kg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix m8g: <http://data.europa.eu/m8g/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix kind: <https://w3id.org/gazette-kg/kind/> .
@prefix level: <https://w3id.org/gazette-kg/level/> .
"""
_BEFORE = 20
_SHOWN = 60
"""Characters of evidence: before a name, and in all."""

_UNKNOWN_PLACE = (
    "note: the register knows no one place that {issuer} speaks from; write it in full "
    "(天津市和平区人民政府) · 名录不能确定该发文单位所在地区，请写全称"
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the sub-commands ``unresolved`` and ``explain``."""
    actions = parser.add_subparsers(dest="action", required=True)
    unresolved = actions.add_parser("unresolved", help="names that no rule resolves")
    unresolved.add_argument("paths", nargs="*", type=Path, default=[data()], metavar="FILE|FOLDER")
    unresolved.add_argument("--turtle", action="store_true", help="print stubs for a register")
    explain = actions.add_parser("explain", help="the rule behind a name")
    explain.add_argument("names", nargs="+", metavar="NAME")
    explain.add_argument(
        "--issuer", default="北京市朝阳区人民政府", help="who speaks (default: %(default)s)"
    )
    explain.add_argument(
        "--date", default="", help="when, as 2020, 2020-03 or 2020-03-07 (default: today)"
    )
    for sub in (unresolved, explain):
        sub.add_argument(
            "--register",
            type=Path,
            action="append",
            default=[],
            metavar="FILE",
            help="a register of your own (.ttl), or counties (.csv); may be repeated",
        )


def run(options: argparse.Namespace) -> int:
    """Do what the sub-command says."""
    if options.action == "explain" and options.date and not is_date(options.date):
        raise InputError("--date", f"{options.date!r} {DATE_HINT}")
    pipeline = Pipeline(options.register)
    if options.action == "explain":
        _explain(pipeline, options.names, options.issuer, options.date)
        return 0
    failed = 0
    facts: list[DocumentFacts] = []
    for source in inputs(options.paths):
        try:
            if source.problem:
                raise source.problem
            facts.append(pipeline.read(source.path, source.name))
        except InputError as error:
            print(f"error: {error}", file=sys.stderr)
            failed = 1
    if facts:
        _unresolved(facts, options.turtle, pipeline.register)
    return failed


def _explain(pipeline: Pipeline, names: list[str], issuer: str, date: str) -> None:
    resolver = Resolver(pipeline.register)
    place = issuer_place(issuer, pipeline.register, date)
    if place is None or not (place.parent or place.full in pipeline.register.places):
        print(_UNKNOWN_PLACE.format(issuer=issuer), file=sys.stderr)
    context = Context(place, date, issuer=issuer)
    for name in names:
        quantifier = quantifier_of(name)
        if quantifier is not None:
            unit = resolver.collective(name, quantifier, context)
            print(f"{name} → {unit.name}  [collective unit 集合单位, {quantifier.value}]")
            continue
        unit = resolver.unit(name, context)
        known = "registered" if unit.registered else "not in the register 名录中没有"
        print(
            f"{name} → {unit.name}  [rule: {unit.rule}; {known}; kind {unit.kind}, level {unit.level}]"
        )


@dataclass(slots=True)
class _Unresolved:
    """A unit that no rule resolves: where it is named first, from which place, how often, and how."""

    unit: Unit
    evidence: str
    place: str
    facts: int = 0
    written: set[str] = field(default_factory=set)


def _unresolved(facts: Iterable[DocumentFacts], turtle: bool, register: Register) -> None:
    """Print the unregistered names, those of most facts first, with where each stands."""
    found: dict[str, _Unresolved] = {}
    for document in facts:
        units = {unit.id: unit for unit in document.units}
        for finding in document.findings:
            if finding.rule == "unregistered-unit" and finding.span is not None:
                unit = units[finding.subject]
                spoken = _place_at(finding.span, document)
                named = _Unresolved(unit, _evidence(finding.span, document), spoken)
                found.setdefault(unit.id, named).written.update(unit.short_names)
        named_in = (document.assignments, document.memberships, document.hostings)
        for key in (fact.unit for facts_of_kind in named_in for fact in facts_of_kind):
            if key in found:
                found[key].facts += 1
    if turtle:
        print(_PREFIXES)
    for key in sorted(found, key=lambda key: (-found[key].facts, key)):
        one = found[key]
        if turtle:
            print(_stub(one, register))
        else:
            names = "、".join(sorted(one.written))
            print(f"{one.facts:>4}  {names} → {one.unit.name}  ({one.unit.rule})")
            print(f"      {one.evidence}")
    if not found:
        print("# every name is resolved · 所有名称都已解析")


def _place_at(span: Span, document: DocumentFacts) -> str:
    """Return the full name of the place from which the notice speaks that holds ``span``."""
    around = (n for n in document.notices if n.span.start <= span.start < n.span.end)
    notice = next(around, None)
    return notice.places[0] if notice and notice.places else ""


def _evidence(span: Span, document: DocumentFacts) -> str:
    """Return where a name stands, with the words around it in its line."""
    text = document.document.text
    begin = max(text.rfind("\n", 0, span.start) + 1, span.start - _BEFORE)
    end = text.find("\n", span.end)
    quote = text[begin : min(end if end >= 0 else len(text), begin + _SHOWN)]
    return f"{document.document.name}:{span.start} {quote}".replace("\t", " ")


def _stub(one: _Unresolved, register: Register) -> str:
    """Return a register entry to complete: the official name and what the text writes.

    What the text writes means the unit in documents of its place (of the country, if that
    speaks): the one whose level the name begins with (区), else that of the document. It
    means the unit in any document if it tells the place in full, or that it is the
    country's, and where the register knows no such place.
    """
    unit = one.unit
    place = next((name for name in (unit.place, one.place) if name in register.places), "")
    country = place == NATIONAL.full
    anywhere = [
        name
        for name in sorted(one.written)
        if not place or (unit.level == "national" if country else place in name)
    ]
    there = sorted(one.written.difference(anywhere))
    lines = [
        f"{ref(iri(DEFAULT_BASE, unit.id))} a {KIND_CLASSES.get(unit.kind, 'm8g:PublicOrganisation')} ;",
        f"    skos:prefLabel {literal(unit.name, 'zh')} ;  # complete the official name · 请补全正式名称",
    ]
    if anywhere:
        why = "" if place else "  # in ANY document: see docs/register.md · 任何文件中都指该单位"
        lines.append(f"    skos:altLabel {_literals(anywhere)} ;{why}")
    if there:
        lines.append(f"    gaz:shortLabel {_literals(there)} ;")
    if there and not country:
        lines.append(f"    gaz:inPlace {ref(iri(DEFAULT_BASE, f'place/{place}'))} ;")
    lines += [f"    gaz:unitKind kind:{unit.kind} ;", f"    gaz:level level:{unit.level} ."]
    return "\n".join(lines) + "\n"


def _literals(names: Iterable[str]) -> str:
    return " , ".join(literal(name, "zh") for name in names)
