"""Validation of a graph: SHACL core shapes and SPARQL checks, in one report.

The shapes (``ontology/shapes.ttl``, and ``measure-shapes.ttl`` for the measures) look at
one node and its neighbours and are run by pySHACL; what spans several entities is a query in ``queries/checks``
whose rows are the problems.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import QueryError
from kg.model import Severity
from kg.query.library import NamedQuery, list_queries
from kg.query.results import short_name
from kg.rdf.terms import literal, named, ref
from kg.rdf.vocabulary import PREFIXES, expand
from kg.resources import ontology, queries
from kg.store import EmbeddedStore

__all__ = [
    "COLUMNS",
    "Problem",
    "check",
    "conforms",
    "report_csv",
    "report_turtle",
    "shown",
    "validate",
]

COLUMNS = ("severity", "rule", "focus", "value", "message_zh", "message_en")
"""The columns of a report as a table."""

_SHAPES = ("shapes.ttl", "measure-shapes.ttl")
_CHECK = "https://w3id.org/gazette-kg/check/"
_LEVELS = {severity: f"sh:{severity.value.capitalize()}" for severity in Severity}
_BY_LEVEL = {expand(name): severity for severity, name in _LEVELS.items()}
_ORDER = {Severity.VIOLATION: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True)
class Problem:
    """One result of validation; ``rule`` is the IRI of a shape or a check."""

    severity: Severity
    rule: str
    focus: str
    value: str
    message_zh: str
    message_en: str
    component: str = expand("sh:SPARQLConstraintComponent")

    @property
    def name(self) -> str:
        """The rule without its namespace."""
        return self.rule.rpartition("/")[2]


def validate(store: EmbeddedStore) -> list[Problem]:
    """Return every problem of a graph, the gravest first."""
    problems = {*_shape_problems(store), *check(store)}
    return sorted(
        problems,
        key=lambda problem: (
            _ORDER[problem.severity],
            problem.rule,
            problem.focus,
            problem.value,
            problem.message_zh,
        ),
    )


def conforms(problems: Iterable[Problem]) -> bool:
    """Tell whether there is no violation; warnings do not keep a graph from conforming."""
    return not any(problem.severity is Severity.VIOLATION for problem in problems)


def check(store: EmbeddedStore, folder: Path | None = None) -> list[Problem]:
    """Return the problems that the SPARQL checks find."""
    problems = []
    for query in list_queries(folder or queries() / "checks"):
        severity = _severity(query)
        for row in store.query(query.text, query.name).rows:
            focus, value = (cell.value if cell else "" for cell in row)
            rule = _CHECK + query.name
            problems.append(Problem(severity, rule, focus, value, query.summary, query.summary_en))
    return problems


def _severity(query: NamedQuery) -> Severity:
    try:
        return Severity(query.severity)
    except ValueError:
        raise QueryError(
            f"{query.name}: a check needs a severity of info, warning or violation"
        ) from None


def _shape_problems(store: EmbeddedStore) -> Iterable[Problem]:
    """Run the shapes over the union of the store's graphs."""
    import rdflib
    from pyshacl import validate as run_shacl

    union = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    data = rdflib.Graph().parse(data="\n".join(union.triples or ()), format="nt")
    # The engine follows subclasses in the data graph only.
    classes = rdflib.Graph().parse(ontology("gazette.ttl"), format="turtle")
    for triple in classes.triples((None, rdflib.RDFS.subClassOf, None)):
        data.add(triple)
    shapes = rdflib.Graph()
    for name in _SHAPES:
        shapes.parse(ontology(name), format="turtle")
    _, results, _ = run_shacl(data, shacl_graph=shapes, advanced=False, allow_warnings=True)
    sh = rdflib.Namespace(PREFIXES["sh"])
    for result in results.subjects(rdflib.RDF.type, sh.ValidationResult):
        messages = {
            getattr(message, "language", ""): str(message)
            for message in results.objects(result, sh.resultMessage)
        }
        yield Problem(
            _BY_LEVEL[str(results.value(result, sh.resultSeverity))],
            str(results.value(result, sh.sourceShape)),
            str(results.value(result, sh.focusNode)),
            str(results.value(result, sh.value) or ""),
            messages.get("zh", ""),
            messages.get("en", ""),
            str(results.value(result, sh.sourceConstraintComponent)),
        )


def report_csv(problems: Iterable[Problem]) -> str:
    """Return the report as CSV."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for problem in problems:
        writer.writerow(
            (
                problem.severity,
                problem.name,
                problem.focus,
                problem.value,
                problem.message_zh,
                problem.message_en,
            )
        )
    return file.getvalue()


def report_turtle(problems: Iterable[Problem]) -> bytes:
    """Return the report as a ``sh:ValidationReport`` in Turtle."""
    from kg.rdf.dataset import turtle_of

    listed = list(problems)
    report = ref("urn:gazette-kg:report")
    truth = "true" if conforms(listed) else "false"
    lines = [
        f"{report} {named('rdf:type')} {named('sh:ValidationReport')}",
        f'{report} {named("sh:conforms")} "{truth}"^^{named("xsd:boolean")}',
    ]
    for problem in listed:
        words = "\n".join((problem.rule, problem.focus, problem.value, problem.message_zh))
        node = ref(f"urn:gazette-kg:result:{hashlib.sha256(words.encode()).hexdigest()[:16]}")
        value = ref(problem.value) if "://" in problem.value else literal(problem.value)
        statements = [
            ("rdf:type", named("sh:ValidationResult")),
            ("sh:resultSeverity", named(_LEVELS[problem.severity])),
            ("sh:sourceShape", ref(problem.rule)),
            ("sh:sourceConstraintComponent", ref(problem.component)),
            ("sh:focusNode", ref(problem.focus)),
            ("sh:resultMessage", literal(problem.message_zh, "zh")),
            ("sh:resultMessage", literal(problem.message_en, "en")),
        ]
        if problem.value:
            statements.append(("sh:value", value))
        lines.append(f"{report} {named('sh:result')} {node}")
        lines += [f"{node} {named(predicate)} {term}" for predicate, term in statements]
    return turtle_of(lines)


def shown(problem: Problem) -> tuple[str, ...]:
    """Return a problem's cells for reading, with short names for IRIs."""
    from kg.query.results import Term

    def short(words: str) -> str:
        return short_name(Term("uri" if "://" in words else "literal", words))

    return (
        problem.severity.value,
        problem.name,
        short(problem.focus),
        short(problem.value),
        f"{problem.message_zh} · {problem.message_en}",
    )
