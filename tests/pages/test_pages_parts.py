"""The parts that pages are made of: without a browser."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from html import unescape
from itertools import pairwise, permutations
from pathlib import Path
from string import Formatter

import msgspec
import numpy as np
import pytest
from corpora import ATTACKS, citing, hostile, made_up
from factories import (
    DRAINAGE,
    EDUCATION,
    FINANCE,
    WATER,
    Says,
    dredging_notice,
    paged_notice,
    water_notice,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.document import Span
from kg.facts import DocumentFacts
from kg.model import Certainty, Role
from kg.pages import write_site
from kg.pages.addresses import slugs
from kg.pages.corpus import Corpus
from kg.pages.highlight import Mark, blocks, pieces
from kg.pages.labels import RULES
from kg.pages.matrix import lead_matrix, seriated
from kg.pages.numbers import count
from kg.pages.pinyin import initials
from kg.pages.rendering import Assets
from kg.pages.texts import TEXTS


def decoded(facts):
    """Return facts as a build loads them: words are objects of their own."""
    return msgspec.json.decode(msgspec.json.encode(facts), type=DocumentFacts)


@pytest.mark.parametrize(
    ("words", "letters"),
    [
        ("区水务局", "qswj"),
        ("市规划自然资源委", "sghzrzyw"),
        ("北京排水集团", "bjpsjt"),
        ("A座120中心", "az120zx"),
        ("", ""),
        ("〇", ""),
    ],
)
def test_initials(words, letters):
    assert initials(words) == letters


def test_documents_that_say_the_same_words_hold_them_once():
    one, other = decoded(water_notice()), decoded(water_notice())
    assert one.units[0].name is not other.units[0].name
    held = Corpus.of([one, replace(other, document=dredging_notice().document)]).facts
    assert [replace(facts, document=one.document) for facts in held] == [one, one]
    assert held[0].units[0] is held[1].units[0]
    assert held[0].assignments[0].task is held[1].assignments[0].task


@given(st.dictionaries(st.text(min_size=1), st.text(), max_size=12))
def test_slugs_are_safe_and_never_shared(names):
    found = slugs(names)
    assert set(found) == set(names)
    assert len({slug.casefold() for slug in found.values()}) == len(found)
    for slug in found.values():
        assert slug
        assert slug == Path(slug).name
        assert not set(slug) & set("<>:\"/\\|?*.'%#&")
        assert len(f"{slug}.html".encode()) <= 255


def test_a_plain_name_is_its_own_slug():
    assert slugs({"unit/x": "北京市朝阳区水务局"}) == {"unit/x": "北京市朝阳区水务局"}


TEXT = "一、治水。区水务局牵头，2020年底前完成。\n行1\t治水到户\t区水务局\n\n末段。"
SPANS = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(
    lambda pair: Span(min(pair), max(pair))
)
MARKS = st.lists(
    st.builds(Mark, SPANS, st.sampled_from(["unit", "task", "deadline", "finding"])), max_size=8
)


@given(MARKS)
def test_pieces_put_together_are_the_text(marks):
    found = list(pieces(TEXT, 0, len(TEXT), marks))
    assert "".join(piece.text for piece in found) == TEXT
    for piece in found:
        here = Span(piece.start, piece.start + len(piece.text))
        assert {id(m) for m in piece.marks} == {id(m) for m in marks if m.span.covers(here)}


@given(MARKS)
def test_blocks_lose_no_words_and_every_mark_has_its_anchor(marks):
    found = blocks(TEXT, Span(0, len(TEXT)), marks)
    every = [piece for block in found for row in block.rows for cell in row for piece in cell]
    assert "".join(p.text for p in every) == "".join(TEXT.split())
    assert all(TEXT[p.start : p.start + len(p.text)] == p.text for p in every)
    anchors = [name for piece in every for name in piece.anchors]
    assert len(anchors) == len(set(anchors))
    last = TEXT.rstrip()
    wanted = {f"s{m.span.start}-{m.span.end}" for m in marks if m.span.start < len(last)}
    assert wanted <= set(anchors)


def test_a_line_with_tabs_is_a_table_row():
    found = blocks(TEXT, Span(0, len(TEXT)), [])
    assert [block.table for block in found] == [False, True, False]
    assert [[p.text for p in cell] for cell in found[1].rows[0]] == [
        ["行1"],
        ["治水到户"],
        ["区水务局"],
    ]


def test_seriation_finds_the_blocks():
    table = np.array([[2, 2, 0, 0], [0, 0, 3, 1], [1, 2, 0, 0], [0, 0, 2, 2]], dtype=float)
    order = list(seriated(table))
    assert {frozenset(order[:2]), frozenset(order[2:])} == {frozenset({0, 2}), frozenset({1, 3})}


@settings(max_examples=30)
@given(st.integers(3, 6).flatmap(lambda n: st.permutations(range(n))))
def test_seriation_undoes_a_shuffle_of_a_band(shuffled):
    # Each row shares a column with the next one alone: a single best order and its mirror.
    size = len(shuffled)
    band = np.array([[float(c in (r, r + 1)) for c in range(size + 1)] for r in range(size)])
    order = seriated(band[list(shuffled)])
    assert sorted(order) == list(range(size))

    def steps(sequence):
        return sum(abs(a - b) for a, b in pairwise(sequence))

    best = min(steps(candidate) for candidate in permutations(range(size)))
    assert steps([shuffled[place] for place in order]) == best


def test_rows_without_a_cell_come_last():
    assert list(seriated(np.array([[0.0, 0], [1, 1], [0, 0], [1, 0], [0, 1]])))[-2:] == [0, 2]


@pytest.mark.parametrize(
    ("unit", "value", "rank"),
    [(WATER, "2", "1"), (FINANCE, "1", "2"), (EDUCATION, "1", "2"), (DRAINAGE, "0", "4")],
)
def test_units_with_as_many_tasks_have_one_rank(tmp_path, unit, value, rank):
    say = Says("甲〔2020〕1号", "区水务局甲。区水务局乙。区财政局丙。区教委丁。北京排水集团要戊。")
    for label, words, name in (
        ("一", "区水务局甲。", "区水务局"),
        ("二", "区水务局乙。", "区水务局"),
        ("三", "区财政局丙。", "区财政局"),
        ("四", "区教委丁。", "区教委"),
    ):
        say.assign(say.task(label, words), name, Role.LEAD, words)
    five = say.task("五", "北京排水集团要戊。")
    say.assign(
        five, "北京排水集团", Role.RESPONSIBLE, "北京排水集团要戊。", certainty=Certainty.IMPLIED
    )
    facts = say.facts()
    write_site(tmp_path, [facts])
    page = (tmp_path / Corpus.of([facts]).unit_pages[unit.id]).read_text(encoding="utf-8")
    first = page.split('id="table-measures"')[1].split("<tbody>")[1].split("</tr>")[0]
    cells = [re.sub("<[^>]*>", "", cell).strip() for cell in first.split("</td>")[1:4:2]]
    assert [cells[0], cells[1]] == [value, rank]


def test_counts_by_hand():
    corpus = Corpus.of([water_notice(), dredging_notice()])
    numbers = count(corpus)
    water = numbers.loads[WATER.id]
    # 二 (responsible), 行/1 (primary), and the later notice's 一 (lead).
    assert sorted(role.value for role in water.tasks.values()) == ["lead", "primary", "responsible"]
    assert (water.total, water.encounters, water.alone) == (3, 4, 1)
    assert len(numbers.arcs[WATER.id, FINANCE.id]) == 1
    assert numbers.headless == ("task/朝政发〔2020〕2号/二",)
    everything = count(corpus, frozenset(Certainty))
    assert len(everything.loads) == len(numbers.loads) + 1
    matrix = lead_matrix(numbers)
    assert matrix.rows == (WATER.id,)
    assert matrix.left_out == 0


def test_the_order_and_repetition_of_documents_do_not_matter(tmp_path):
    one, two = water_notice(), dredging_notice()
    write_site(tmp_path / "a", [one, two])
    write_site(tmp_path / "b", [two, one, two])
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


def tree(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_bytes_do_not_depend_on_hash_seed_or_locale(tmp_path):
    here = Path(__file__).parent
    code = (
        "import sys; sys.path[:0] = sys.argv[2:]\n"
        "from pathlib import Path\n"
        "from factories import water_notice, dredging_notice\n"
        "from kg.pages import write_site\n"
        "write_site(Path(sys.argv[1]), [water_notice(), dredging_notice()])\n"
    )
    for name, seed, locale in (("a", "1", "C"), ("b", "2", "C.UTF-8")):
        subprocess.run(
            [sys.executable, "-c", code, tmp_path / name, here.parent, here.parents[1]],
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale},
        )
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


def test_a_site_without_documents_can_be_written(tmp_path):
    write_site(tmp_path, [])
    assert (tmp_path / "index.html").exists()


def test_measures_from_outside_are_shown(tmp_path):
    row = {"unit": WATER.id, "name": WATER.name, "load": 1.25, "depth": 1 / 3, "empty": None}
    write_site(tmp_path, [water_notice()], [row])
    page = (tmp_path / "units" / f"{WATER.name}.html").read_text(encoding="utf-8")
    assert "分摊负荷" in page
    assert ">1.25<" in page
    assert ">0.3333<" in page
    assert "empty" not in page


def test_no_attack_stands_in_a_page_as_it_is(tmp_path):
    write_site(tmp_path, hostile())
    for path in tmp_path.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "<script>window.hacked" not in text
        assert "<img src=x" not in text
        assert "<svg onload" not in text
        assert 'href="javascript:' not in text
        assert 'href="http' not in text
    assert len(list((tmp_path / "units").iterdir())) == 2 * len(ATTACKS)


def test_pages_name_no_address_outside(tmp_path):
    write_site(tmp_path, [water_notice()])
    for path in tmp_path.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert 'src="http' not in text
        assert 'href="http' not in text
        assert "default-src 'none'" in unescape(text)
    assert "unsafe" not in Assets(inline=True).policy


def test_a_large_corpus_is_aggregated(tmp_path):
    write_site(tmp_path, made_up(units=420, tasks=700, notices=3))
    page = (tmp_path / "coordination.html").read_text(encoding="utf-8")
    assert "其余" in page
    blocks_of = {}
    for name in ("nodes", "edges"):
        start = page.index(f'id="{name}">') + len(f'id="{name}">')
        blocks_of[name] = json.loads(page[start : page.index("</script>", start)])
    assert len(blocks_of["nodes"]) <= 300
    assert len(blocks_of["edges"]) <= 1500
    assert (tmp_path / "data" / "tasks-0.js").exists()


@pytest.mark.parametrize(
    ("notices", "acts", "told"),
    [
        (3, 4, None),
        # 100 of 120 notices; the act that all name and 189 of the 240 others.
        (120, 2, "通知 20 件、只被个别通知引用的文件 51 件、连线 0 条"),
        (110, 1, "通知 10 件、只被个别通知引用的文件 10 件、连线 0 条"),
    ],
)
def test_the_page_of_law_says_what_its_picture_leaves_out(tmp_path, notices, acts, told):
    write_site(tmp_path, citing(notices, acts))
    page = (tmp_path / "policies.html").read_text(encoding="utf-8")
    assert ("一图至多画" in page) == (told is not None)
    if told:
        assert told in page


def test_a_long_table_of_references_is_on_several_pages(tmp_path):
    # 110 notices name eleven acts each.
    write_site(tmp_path, citing(110, 10))
    rows = []
    for name in ("policies.html", "policies-2.html"):
        page = (tmp_path / name).read_text(encoding="utf-8")
        assert page.count("，共 2 页") == 2, name  # above the table and below it
        assert (
            f'href="{"policies-2.html" if name == "policies.html" else "policies.html"}">' in page
        )
        rows.append(re.findall("<td>《(.*?)》</td>", page))
    assert [len(part) for part in rows] == [1000, 210]
    assert sorted(rows[0] + rows[1]) == sorted(
        ["水法"] * 110 + [f"办法{notice}之{act}" for notice in range(110) for act in range(10)]
    )
    assert not (tmp_path / "policies-3.html").exists()


def test_a_short_list_is_on_one_page(tmp_path):
    write_site(tmp_path, citing(100, 9))
    assert "，共" not in (tmp_path / "policies.html").read_text(encoding="utf-8")
    assert not (tmp_path / "policies-2.html").exists()


def test_every_rule_of_findings_has_a_name():
    table = (Path(__file__).parents[2] / "docs" / "findings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([a-z-]+)`", table, re.MULTILINE)) == set(RULES)


def test_every_text_is_there_in_both_languages():
    for key, (zh, en) in TEXTS.items():
        assert zh.strip(), key
        assert en.strip(), key
        assert fields(zh) == fields(en), key


def fields(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ([water_notice()], "朝阳区公报 2020"),
        ([dredging_notice()], ""),
        # Not the name of the one gazette among them.
        ([water_notice(), dredging_notice()], "通知日期：2020-03-07 至 2021-02-01"),
    ],
)
def test_the_first_page_says_what_was_read(tmp_path, facts, told):
    write_site(tmp_path, facts)
    page = (tmp_path / "index.html").read_text("utf-8")
    meta = re.search(r'</h1>\s*<p class="meta">(.*?)</p>', page)[1]
    shown = re.sub(r'<span class="en".*?</span>|<[^>]*>', "", meta)
    assert shown.startswith(told) if told else not shown


def html_of(folder):
    return {path: path.read_text("utf-8") for path in sorted(folder.rglob("*.html"))}


def test_a_notice_tells_what_it_promulgates(tmp_path):
    write_site(tmp_path, [water_notice()])
    (page,) = (tmp_path / "notices").glob("*.html")
    told = re.search("印发文件.*?<dd>(.*?)</dd>", page.read_text("utf-8"))
    assert told[1] == "《治水行动方案》"
    # Nothing of how the program holds its facts.
    assert not [name for name, text in html_of(tmp_path).items() if "Span(" in text]


def test_a_notice_without_a_number_is_called_by_its_title(tmp_path):
    facts = water_notice()
    notice = replace(facts.notices[0], number="")
    write_site(tmp_path, [replace(facts, notices=(notice,))])
    pages = html_of(tmp_path)
    for name, text in pages.items():
        empty = re.findall(r"<a [^>]*>\s*</a>", text)
        assert not empty, name
    for name in ("index.html", "policies.html", "groups.html"):
        link = r'<a href="notices/[^"#]*">' + re.escape(notice.title) + "</a>"
        assert re.search(link, pages[tmp_path / name]), name


def test_a_fact_in_a_pdf_tells_its_page(tmp_path):
    write_site(tmp_path, [paged_notice()])
    (page,) = (tmp_path / "notices").glob("*.html")
    notes = re.findall(
        r"北京市朝阳区(水务局|财政局) ·[^\"<]*(第\d页 p\. \d)", page.read_text("utf-8")
    )
    assert set(notes) == {("水务局", "第1页 p. 1"), ("财政局", "第2页 p. 2")}
