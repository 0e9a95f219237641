"""Names of units: which are not in the register, and why a name means what it means.

单位名称：哪些不在名录中，某个名称为什么解析成某个单位。

examples:
  kg units unresolved                          names that no rule resolves, with evidence
  kg units unresolved --turtle > my.ttl        stubs to complete and pass as --register
  kg units explain 区城管委                      which rule gives which official name
  kg units explain 市教委 --issuer 上海市人民政府 --date 2021-05-01
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from kg.errors import InputError
from kg.extraction.names import quantifier_of
from kg.facts import DocumentFacts, Unit
from kg.files import inputs
from kg.pipeline import Pipeline
from kg.rdf.terms import iri, literal, ref
from kg.rdf.vocabulary import DEFAULT_BASE
from kg.resolution.context import Context
from kg.resolution.issuers import issuer_place
from kg.resolution.resolver import Resolver
from kg.resources import data

__all__ = ["configure", "run"]

_PREFIXES = """@prefix gaz: <https://w3id.org/gazette-kg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix m8g: <http://data.europa.eu/m8g/> .
@prefix kind: <https://w3id.org/gazette-kg/kind/> .
@prefix level: <https://w3id.org/gazette-kg/level/> .
"""


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
    explain.add_argument("--date", default="", help="when, as 2020-03-07 (default: today)")
    for sub in (unresolved, explain):
        sub.add_argument(
            "--register",
            type=Path,
            action="append",
            default=[],
            metavar="FILE.ttl",
            help="a register of your own; may be repeated",
        )


def run(options: argparse.Namespace) -> int:
    """Do what the sub-command says."""
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
        _unresolved(facts, options.turtle)
    return failed


def _explain(pipeline: Pipeline, names: list[str], issuer: str, date: str) -> None:
    resolver = Resolver(pipeline.register)
    context = Context(issuer_place(issuer, pipeline.register, date), date, issuer=issuer)
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


def _unresolved(facts: list[DocumentFacts], turtle: bool) -> None:
    """Print the unregistered names, the commonest first, with where each stands."""
    counts: Counter[str] = Counter()
    units: dict[str, Unit] = {}
    places: dict[str, str] = {}
    for document in facts:
        for unit in document.units:
            if not unit.registered and not unit.collective:
                units.setdefault(unit.id, unit)
        for assignment in document.assignments:
            if assignment.unit in units:
                counts[assignment.unit] += 1
                quote = assignment.clause.of(document.document.text)[:60].replace("\n", " ")
                places.setdefault(
                    assignment.unit, f"{document.document.name}:{assignment.span.start} {quote}"
                )
    if turtle:
        print(_PREFIXES)
    for key in sorted(units, key=lambda key: (-counts[key], key)):
        unit = units[key]
        if turtle:
            print(_stub(unit))
        else:
            print(f"{counts[key]:>4}  {'、'.join(unit.short_names)} → {unit.name}  ({unit.rule})")
            print(f"      {places.get(key, '')}")
    if not units:
        print("# every name is resolved · 所有名称都已解析")


def _stub(unit: Unit) -> str:
    """Return a register entry to complete: the official name and what the text writes."""
    subject = ref(iri(DEFAULT_BASE, f"unit/{unit.name}"))
    labels = " , ".join(literal(name, "zh") for name in unit.short_names)
    return (
        f"{subject} a m8g:PublicOrganisation ;\n"
        f"    skos:prefLabel {literal(unit.name, 'zh')} ;  # the official name 正式名称\n"
        f"    skos:altLabel {labels} ;\n"
        f"    gaz:unitKind kind:{unit.kind} ;\n"
        f"    gaz:level level:{unit.level} .\n"
    )
