"""Damage: facts survive what scanning and copying do, and nothing crashes or hangs."""

from __future__ import annotations

import random
import re
import time
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.facts import DocumentFacts
from kg.pipeline import Pipeline
from kg.reader import document

GAZETTE = (Path(__file__).parents[1] / "data" / "chaoyang-2020-02.txt").read_text(encoding="utf-8")
HALF = str.maketrans("，：；（）", ",:;()")


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline()


def facts_of(pipeline: Pipeline, source: str) -> DocumentFacts:
    return pipeline.facts(document(source, "damaged"))


def roles(facts: DocumentFacts) -> Counter[tuple[str, str, str]]:
    """Assignments by notice, official name and role."""
    names = {unit.id: unit.name for unit in facts.units}
    numbers = {notice.id: notice.number for notice in facts.notices}
    tasks = {task.id: numbers[task.notice] for task in facts.tasks}
    return Counter((tasks[a.task], names[a.unit], a.role.value) for a in facts.assignments)


def cut_lines(source: str, at: random.Random, share: float, mark: str) -> str:
    """Put a page break into long lines of prose, not into rows and people."""
    lines = []
    for line in source.split("\n"):
        prose = len(line) > 60 and "\t" not in line
        if prose and at.random() < share:
            place = at.randrange(20, len(line) - 10)
            line = line[:place] + mark + line[place:]
        lines.append(line)
    return "\n".join(lines)


def spread(source: str, at: random.Random, share: float, what: str) -> str:
    """Put ``what`` between characters of prose lines."""
    lines = []
    for line in source.split("\n"):
        if "\t" not in line and not line.startswith("- "):
            line = "".join(c + (what if at.random() < share and c != " " else "") for c in line)
        lines.append(line)
    return "\n".join(lines)


DAMAGES = {
    "page breaks": lambda source, at: cut_lines(source, at, 0.4, "\n\n"),
    "spaces": lambda source, at: spread(source, at, 0.03, " "),
    "tags": lambda source, at: re.sub(
        r"(?m)^([^\t\n]{30,})$", lambda m: f"<p>{m[1]}</p>" if at.random() < 0.5 else m[1], source
    ),
    "half-width punctuation": lambda source, at: "".join(
        c.translate(HALF) if at.random() < 0.5 else c for c in source
    ),
    "windows line ends": lambda source, at: source.replace("\n", "\r\n"),
    "indented paragraphs": lambda source, at: re.sub(
        r"(?m)^(?=[^\t\n]{40,}$)", lambda m: "　　" if at.random() < 0.7 else "", source
    ),
}


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_loses_no_fact(pipeline: Pipeline, damage: str, seed: int) -> None:
    damaged = DAMAGES[damage](GAZETTE, random.Random(seed))
    assert damaged != GAZETTE
    whole = facts_of(pipeline, GAZETTE)
    found = facts_of(pipeline, damaged)
    assert roles(whole) - roles(found) == Counter()
    assert [n.number for n in found.notices] == [n.number for n in whole.notices]
    assert len(found.memberships) == len(whole.memberships)


def mutated(at: random.Random, source: str) -> str:
    """Cut, double, shuffle and foul a piece of the gazette."""
    start = at.randrange(len(source))
    piece = source[start : start + at.randrange(1, 900)]
    for _ in range(at.randrange(1, 5)):
        kind, place = at.randrange(6), at.randrange(len(piece) + 1)
        other = at.randrange(len(piece) + 1)
        low, high = sorted((place, other))
        if kind == 0:
            piece = piece[:low] + piece[high:]
        elif kind == 1:
            piece = piece[:high] + piece[low:]
        elif kind == 2:
            letters = list(piece[low:high])
            at.shuffle(letters)
            piece = piece[:low] + "".join(letters) + piece[high:]
        elif kind == 3:
            foreign = "".join(
                chr(at.choice((at.randrange(32, 0x2FF), at.randrange(0x2000, 0xD7FF))))
                for _ in range(8)
            )
            piece = piece[:place] + foreign + piece[place:]
        elif kind == 4:
            piece = (
                piece[:place] + at.choice("（《〔“\t\n|〃：") * at.randrange(1, 40) + piece[place:]
            )
        else:
            piece = piece.replace("\n", "")
    return piece


def printed(source: str, margin: int) -> str:
    """Break lines where a page ends, ``margin`` half characters wide; no mark begins a line."""
    lines = []
    for line in source.split("\n"):
        width = 0
        for mark in line.rstrip() if "\t" not in line else line:
            wide = 1 + (unicodedata.east_asian_width(mark) in "WFA")
            if width + wide > margin and mark not in "，。、；：）》”" and "\t" not in line:
                lines.append("\n")
                width = 0
            lines.append(mark)
            width += wide
        lines.append("\n")
    return "".join(lines)


@pytest.mark.parametrize("margin", [56, 64, 76, 84, 92])
def test_printed_at_any_margin_it_says_the_same(pipeline: Pipeline, margin: int) -> None:
    """Sentences that end at the margin by chance end no paragraph.

    Paragraphs that end there by chance, and have no number or blank before the next,
    cannot be told: at most one assignment in a hundred is lost by that.
    """
    whole = roles(facts_of(pipeline, GAZETTE))
    found = roles(facts_of(pipeline, printed(GAZETTE, margin)))
    assert ((whole - found) + (found - whole)).total() <= 0.01 * whole.total()


def test_ten_thousand_mutations_never_crash(pipeline: Pipeline) -> None:
    at = random.Random(20200203)
    for _ in range(10_000):
        piece = mutated(at, GAZETTE)
        try:
            facts = facts_of(pipeline, piece)
        except InputError:
            continue
        text = facts.document.text
        for assignment in facts.assignments:
            assert assignment.as_written == assignment.span.of(text)


def test_time_grows_with_length(pipeline: Pipeline) -> None:
    """Sixteen times the text takes no more than four times the time a character."""
    body = GAZETTE[
        GAZETTE.index("一、优化基本公共服务") : GAZETTE.index("北京市朝阳区人民政府\n\n关于开展")
    ]

    def seconds_a_copy(copies: int) -> float:
        begin = time.process_time()
        facts_of(pipeline, body * copies)
        return (time.process_time() - begin) / copies

    facts_of(pipeline, body)
    assert seconds_a_copy(64) < 4 * seconds_a_copy(4)


@pytest.mark.parametrize("mark", "（《〔“一、1.\t|：，牵头")
def test_long_runs_of_one_mark(pipeline: Pipeline, mark: str) -> None:
    begin = time.process_time()
    facts_of(pipeline, mark * 20_000 + "区教委牵头。")
    assert time.process_time() - begin < 10
