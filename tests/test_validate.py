"""Validation finds what is broken, and nothing in a graph that is whole."""

import csv
import io
from pathlib import Path

import pytest
import rdflib
from factories import dredging_notice, linked_all, water_notice

from kg.cli import main
from kg.model import Severity
from kg.pipeline import Pipeline
from kg.query import list_queries
from kg.rdf import PREFIXES, quads
from kg.resources import ontology, queries
from kg.store import load_store, write_store
from kg.validate import conforms, report_csv, report_turtle, validate

HEAD = "".join(f"@prefix {name}: <{space}> .\n" for name, space in PREFIXES.items())
HEAD += "@prefix : <urn:x:> .\n"

BROKEN_SHAPES = {
    "Notice-title": ":n a gaz:Notice",
    "Notice-number": ":n a gaz:Notice",
    "Notice-date": ':n a gaz:Notice ; eli:date_document "March"',
    "Notice-dated": ":n a gaz:Notice",
    "Notice-issuer": ":n a gaz:Notice",
    "Notice-issuer-unit": ":n a gaz:Notice ; eli:passed_by :nobody",
    "Notice-source": ":n a gaz:Notice ; dct:source :nothing",
    "Notice-basis": ":n a gaz:Notice ; eli:based_on :nothing",
    "Notice-evidence": ":n a gaz:Notice",
    "Plan-title": ":p a gaz:Plan",
    "Plan-notice": ":p a gaz:Plan . :x gaz:promulgates :p",
    "Plan-evidence": ":p a gaz:Plan ; gaz:evidence :nothing",
    "Task-notice": ":t a gaz:Task ; eli:is_part_of :a, :b . :a a gaz:Notice . :b a gaz:Notice",
    "Task-label": ':t a gaz:Task ; eli:number ""',
    "Task-text": ":t a gaz:Task",
    "Task-form": ":t a gaz:Task ; gaz:form role:lead",
    "Task-details": ":t a gaz:Task ; gaz:details :nothing",
    "Task-assignment": ":t a gaz:Task",
    "Task-deadline": ":t a gaz:Task ; gaz:hasDeadline :nothing",
    "Task-target": ":t a gaz:Task ; gaz:hasTarget :nothing",
    "Task-involves": ":t a gaz:Task ; gaz:leadUnit :nobody",
    "Task-evidence": ":t a gaz:Task ; gaz:evidence :nothing",
    "Assignment-task": ":a a gaz:Assignment . :x m8g:hasParticipation :a",
    "Assignment-unit": ":a a gaz:Assignment ; m8g:hasParticipant :nobody",
    "Assignment-role": ":a a gaz:Assignment ; m8g:role role:lead, role:support",
    "Assignment-certainty": ":a a gaz:Assignment ; gaz:certainty role:lead",
    "Assignment-counting": ":a a gaz:Assignment ; gaz:countsIn counting:none",
    "Assignment-open-list": ':a a gaz:Assignment ; gaz:openList "等"',
    "Assignment-words": ':a a gaz:Assignment ; gaz:asWritten ""',
    "Assignment-evidence": ":a a gaz:Assignment",
    "Assignment-role-evidence": ":a a gaz:Assignment",
    "Unit-name": ':u a org:Organization ; skos:prefLabel "甲"@zh, "乙"@zh',
    "Unit-level": ":u a org:Organization ; gaz:level level:nowhere",
    "Unit-function": ":u a org:Organization ; gaz:function fn:nothing",
    "Unit-kind": ":u a org:Organization ; org:classification kind:nothing",
    "Unit-parent": ":u a org:Organization ; org:subOrganizationOf :a, :b",
    "Unit-registered": ':u a org:Organization ; gaz:registered "maybe"',
    "ChangeEvent-label": ':c a org:ChangeEvent ; skos:prefLabel "甲"@zh, "乙"@zh',
    "ChangeEvent-date": ':c a org:ChangeEvent ; dct:date "2018", "2019"',
    "ChangeEvent-original": ":c a org:ChangeEvent ; org:resultingOrganization :u",
    "ChangeEvent-result": ":c a org:ChangeEvent ; org:resultingOrganization :nobody",
    "CollectiveUnit-quantifier": ":u a gaz:CollectiveUnit ; gaz:quantifier quantifier:most",
    "CollectiveUnit-frame-size": ":u a gaz:CollectiveUnit ; gaz:frameSize 0",
    "Deadline-notice": ":d a gaz:Deadline ; gaz:statedIn :nothing",
    "Deadline-words": ":d a gaz:Deadline",
    "Deadline-evidence": ":d a gaz:Deadline",
    "Deadline-kind": ":d a gaz:Deadline ; gaz:deadlineKind deadline:soon",
    "Deadline-due-by": ':d a gaz:Deadline ; gaz:dueBy "2020-06-31"^^xsd:date',
    "Deadline-due-from": ':d a gaz:Deadline ; gaz:dueFrom "June"',
    "Deadline-last-day": ':d a gaz:Deadline ; gaz:lastDay "2020"^^xsd:gYear',
    "Target-notice": ":t a gaz:Target",
    "Target-words": ":t a gaz:Target",
    "Target-evidence": ":t a gaz:Target",
    "Target-value": ':t a gaz:Target ; gaz:value "many"^^xsd:decimal',
    "Target-comparator": ":t a gaz:Target ; gaz:comparator comparator:more",
    "Target-subject": ":t a gaz:Target",
    "Reference-notice": ":r a gaz:Reference",
    "Reference-words": ":r a gaz:Reference",
    "Reference-evidence": ":r a gaz:Reference",
    "Reference-act": ":r a gaz:Reference ; gaz:refersTo :nothing",
    "Reference-cited-notice": ":r a gaz:Reference ; gaz:citedNotice :nothing",
    "Reference-relation": ":r a gaz:Reference ; gaz:relation relation:likes",
    "Membership-notice": ":m a org:Membership",
    "Membership-evidence": ":m a org:Membership",
    "Membership-group": ":m a org:Membership ; org:organization :nothing",
    "Membership-member": ":m a org:Membership ; org:member :a, :b",
    "Membership-role": ":m a org:Membership ; org:role :nothing",
    "Membership-unit": ":m a org:Membership ; gaz:representing :nobody",
    "Hosting-notice": ":h a gaz:Hosting",
    "Hosting-evidence": ":h a gaz:Hosting",
    "Hosting-group": ":h a gaz:Hosting ; gaz:hostedGroup :nothing",
    "Hosting-host": ":h a gaz:Hosting ; gaz:host :a, :b",
    "Evidence-source": ":e a oa:SpecificResource ; oa:hasSource :nothing",
    "Evidence-selectors": ":e a oa:SpecificResource ; oa:hasSelector :one",
    "Document-identifier": ':d a foaf:Document ; dct:identifier "sha1:1"',
    "Document-text": ":d a foaf:Document",
    "Position-start": ":p a oa:TextPositionSelector ; oa:start 5 ; oa:end 4",
    "Position-end": ":p a oa:TextPositionSelector ; oa:start 5 ; oa:end -1",
    "Quote-exact": ":q a oa:TextQuoteSelector",
    "Fragment-page": ':f a oa:FragmentSelector ; rdf:value "page=0"',
    "Finding-rule": ":f a gaz:Finding",
    "Finding-severity": ":f a gaz:Finding ; gaz:severity severity:fatal",
    "Finding-about": ":f a gaz:Finding ; gaz:about :nothing",
    "Finding-message": ':f a gaz:Finding ; gaz:message "甲"@zh, "乙"@zh',
}

BROKEN_CHECKS = {
    "evidence-not-in-text": """:e oa:hasSource :d ; oa:hasSelector :p, :q .
        :d prov:value '一二三四五' . :p oa:start 1 ; oa:end 3 .
        :q oa:exact '二三' ; oa:prefix '二' ; oa:suffix '四'""",
    "document-identifier": f":d prov:value '甲' ; dct:identifier 'sha256:{'0' * 64}'",
    "quote-length": ":e oa:hasSelector :p, :q . :p oa:start 1 ; oa:end 3 . :q oa:exact '甲'",
    "short-edge-without-assignment": """:t gaz:leadUnit :u ; m8g:hasParticipation :a .
        :a m8g:hasParticipant :u ; m8g:role role:support""",
    "assignment-without-short-edge": """:t gaz:supportUnit :u ; m8g:hasParticipation :a .
        :a m8g:hasParticipant :u ; m8g:role role:lead""",
    "evidence-elsewhere": """:t a gaz:Task ; eli:is_part_of :n ; gaz:evidence :e .
        :e oa:hasSource :other . :n dct:source :own""",
    "details-other-notice": ":r gaz:details :t ; eli:is_part_of :a . :t eli:is_part_of :b",
    "details-cycle": ":r gaz:details :t . :t gaz:details :r",
    "parent-cycle": ":u org:subOrganizationOf :v . :v org:subOrganizationOf :u",
    "deadline-reversed": """:d gaz:dueFrom "2021-01"^^xsd:gYearMonth ;
        gaz:lastDay "2020-12-31"^^xsd:date""",
    "deadline-before-notice": """:d gaz:lastDay "2019-12-31"^^xsd:date ; gaz:statedIn :n .
        :n eli:date_document "2020-03-07"^^xsd:date""",
    "cited-before-issued": """:r gaz:statedIn :n ; gaz:citedNotice :m .
        :n eli:date_document "2019-05-10"^^xsd:date .
        :m eli:date_document "2020-03-07"^^xsd:date""",
    "one-name-two-units": """:u a org:Organization ; skos:prefLabel "甲局"@zh .
        :v a org:Organization ; skos:prefLabel "甲局"@zh""",
    "notice-in-two-documents": ":n a gaz:Notice ; dct:source :a, :b",
    "lead-and-support": ":t gaz:leadUnit :u ; gaz:supportUnit :u",
}


def in_graph(turtle):
    graph = rdflib.Graph().parse(data=HEAD + turtle + " .", format="turtle")
    return load_store(graph.serialize(format="nt").encode())


def whole():
    return load_store(("\n".join(quads([water_notice(), dredging_notice()])) + "\n").encode())


@pytest.mark.parametrize("rule", BROKEN_SHAPES)
def test_a_graph_that_breaks_a_shape_is_reported(rule):
    problems = {problem.name: problem for problem in validate(in_graph(BROKEN_SHAPES[rule]))}
    assert rule in problems
    assert problems[rule].focus.startswith("urn:x:")
    assert problems[rule].message_zh
    assert problems[rule].message_en


@pytest.mark.parametrize("rule", BROKEN_CHECKS)
def test_a_graph_that_breaks_a_check_is_reported(rule):
    problems = {problem.name: problem for problem in validate(in_graph(BROKEN_CHECKS[rule]))}
    assert rule in problems
    assert problems[rule].focus.startswith("urn:x:")


def test_collective_units_of_two_places_may_share_a_name():
    both = """:u a org:Organization, gaz:CollectiveUnit ; skos:prefLabel "各部门"@zh .
        :v a org:Organization, gaz:CollectiveUnit ; skos:prefLabel "各部门"@zh"""
    assert "one-name-two-units" not in {problem.name for problem in validate(in_graph(both))}
    one = both.replace(":v a org:Organization, gaz:CollectiveUnit", ":v a org:Organization")
    assert "one-name-two-units" in {problem.name for problem in validate(in_graph(one))}


def test_every_shape_and_check_is_broken_by_a_test():
    shapes = rdflib.Graph().parse(ontology("shapes.ttl"))
    sh = rdflib.Namespace(PREFIXES["sh"])
    names = {
        str(shape).rpartition("/")[2]
        for shape in shapes.subjects(rdflib.RDF.type, sh.PropertyShape)
    }
    assert names == set(BROKEN_SHAPES)
    checks = list_queries(queries() / "checks")
    assert {check.name for check in checks} == set(BROKEN_CHECKS)
    for check in checks:
        Severity(check.severity)
        assert check.summary
        assert check.summary_en
        assert check.description
        assert check.description_en


def test_a_graph_of_the_program_conforms():
    assert validate(whole()) == []


def test_notices_that_cite_one_another_conform():
    folder = Path(__file__).parent / "documents" / "across"
    pipeline = Pipeline()
    facts = linked_all([pipeline.read(path) for path in sorted(folder.glob("*.txt"))])
    assert validate(load_store(("\n".join(quads(facts)) + "\n").encode())) == []


def test_the_real_gazette_conforms():
    gazette = Path(__file__).parent.parent / "data" / "chaoyang-2020-02.txt"
    lines = quads([Pipeline().read(gazette)])
    assert conforms(validate(load_store(("\n".join(lines) + "\n").encode())))


def test_warnings_do_not_keep_a_graph_from_conforming():
    problems = validate(in_graph(BROKEN_CHECKS["lead-and-support"]))
    assert [problem.name for problem in problems if problem.severity is Severity.INFO]
    only = [problem for problem in problems if problem.severity is not Severity.VIOLATION]
    assert conforms(only)
    assert not conforms(validate(in_graph(":t a gaz:Task")))


def test_the_reports_say_the_same():
    problems = validate(in_graph(BROKEN_CHECKS["quote-length"]))
    table = list(csv.DictReader(io.StringIO(report_csv(problems))))
    graph = rdflib.Graph().parse(data=report_turtle(problems), format="turtle")
    sh = rdflib.Namespace(PREFIXES["sh"])
    (report,) = graph.subjects(rdflib.RDF.type, sh.ValidationReport)
    assert not graph.value(report, sh.conforms).toPython()
    results = list(graph.objects(report, sh.result))
    assert len(results) == len(problems) == len(table)
    assert {str(graph.value(result, sh.focusNode)) for result in results} == {"urn:x:e"}
    assert {row["rule"] for row in table} == {"quote-length"}
    for result in results:
        assert graph.value(result, sh.sourceConstraintComponent)
        assert {label.language for label in graph.objects(result, sh.resultMessage)} == {"zh", "en"}


def test_the_report_has_the_same_bytes_each_time():
    problems = validate(in_graph(":t a gaz:Task"))
    assert report_turtle(problems) == report_turtle(validate(in_graph(":t a gaz:Task")))


def test_the_command_ends_with_one_on_a_violation(tmp_path, capsys):
    lines = quads([water_notice()])
    (tmp_path / "graph.nq").write_text("\n".join(lines) + "\n", encoding="utf-8")
    write_store(tmp_path / "graph.nq", tmp_path / "store")
    assert main(["validate", "--build", str(tmp_path)]) == 0
    assert "conforms · 符合" in capsys.readouterr().out
    role = PREFIXES["m8g"] + "role>"
    broken = [line for line in lines if role not in line]
    (tmp_path / "graph.nq").write_text("\n".join(broken) + "\n", encoding="utf-8")
    assert main(["validate", "--build", str(tmp_path), "--format", "csv"]) == 1
    assert "Assignment-role" in capsys.readouterr().out
    assert main(["validate", "--build", str(tmp_path)]) == 1
    told = capsys.readouterr().out
    assert "does not conform" in told
    problems = [line for line in told.splitlines() if "Assignment-role" in line]
    assert problems  # each is a line, whose message is whole
    assert all(
        line.rstrip().endswith("The role is none of the scheme of roles") for line in problems
    )
