"""The real gazette gives the facts that a reader has written down by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.cli import run_command
from kg.evaluation import Gold, Scores, evaluate
from kg.facts import DocumentFacts
from kg.pipeline import Pipeline

ROOT = Path(__file__).parents[1]
GAZETTE = ROOT / "data" / "chaoyang-2020-02.txt"
DOCUMENTS = sorted((Path(__file__).parent / "documents").glob("*.txt"))


def gold_of(path: Path) -> Gold:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline()


@pytest.fixture(scope="module")
def facts(pipeline: Pipeline) -> DocumentFacts:
    return pipeline.read(GAZETTE)


@pytest.fixture(scope="module")
def scores(facts: DocumentFacts) -> Scores:
    return evaluate([facts], gold_of(ROOT / "tests" / "gold" / "chaoyang-2020-02.json"))


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        ("assignments", 0.99),
        ("assignments, stated", 0.99),
        ("assignments, implied", 0.85),
        ("official names", 0.98),
        ("references", 0.97),
        ("memberships", 1.0),
        ("deadlines", 0.98),
        ("targets", 0.98),
        ("details", 1.0),
    ],
)
def test_gazette_reaches(scores: Scores, kind: str, least: float) -> None:
    assert scores[kind].f1 >= least, scores[kind]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_documents_reach(pipeline: Pipeline, path: Path) -> None:
    found = evaluate([pipeline.read(path)], gold_of(path.with_suffix(".json")))
    assert found["assignments"].f1 >= 0.95, found["assignments"]
    assert found["official names"].f1 >= 0.98, found["official names"]


def test_notices(facts: DocumentFacts) -> None:
    assert [(n.number, n.issuer, n.date, n.page) for n in facts.notices] == [
        ("朝政发〔2020〕2号", "北京市朝阳区人民政府", "2020-03-07", 1),
        ("朝政办发〔2020〕5号", "北京市朝阳区人民政府办公室", "2020-03-10", 16),
        ("朝政发〔2020〕3号", "北京市朝阳区人民政府", "2020-03-16", 21),
        ("朝政办发〔2020〕6号", "北京市朝阳区人民政府办公室", "2020-04-03", 25),
        ("朝政办发〔2020〕7号", "北京市朝阳区人民政府办公室", "2020-04-27", 26),
    ]
    assert [n.plan_titles for n in facts.notices] == [
        ("北京市朝阳区进一步加快推进城乡水环境治理工作三年行动方案",),
        ("北京市朝阳区2020年办好重要民生实事项目分工方案",),
        (),
        (),
        ("朝阳区关于2020年义务教育阶段入学工作的意见",),
    ]


def test_gazette_issue(facts: DocumentFacts) -> None:
    assert facts.gazette is not None
    assert (facts.gazette.title, facts.gazette.year, facts.gazette.issue) == (
        "北京市朝阳区人民政府公报",
        2020,
        2,
    )


def test_body_and_table_differ_only_under_one_paragraph(facts: DocumentFacts) -> None:
    """All differences of units and roles are rows 1, 2, 3 and 5 (read side by side)."""
    rows = {
        finding.subject.rsplit("/", 1)[-1]
        for finding in facts.findings
        if finding.rule in ("body-table-units", "body-table-roles")
    }
    assert rows == {"1", "2", "3", "5"}
    parents = {
        task.parent for task in facts.tasks if task.label in ("行/1", "行/2", "行/3", "行/5")
    }
    assert parents == {"task/朝政发〔2020〕2号/三/（一）/1"}


def test_one_unit_under_two_spellings(facts: DocumentFacts) -> None:
    written = {"公安朝阳分局", "公安局朝阳分局"}
    units = {a.unit for a in facts.assignments if a.as_written in written}
    assert units == {"unit/北京市公安局朝阳分局"}


def test_a_file_is_compared_with_its_own_gold(capsys: pytest.CaptureFixture[str]) -> None:
    path = DOCUMENTS[0]
    assert run_command("evaluate", [str(path)]) == 2
    assert "--gold" in capsys.readouterr().err
    gold = ["--gold", str(path.with_suffix(".json"))]
    assert run_command("evaluate", [str(path), *gold, "--least", "0.9"]) == 0
