"""Who issues a notice: the words before 关于 in its title, and the units that they name."""

import re

import pytest
from factories import linked_all

from kg.cli import run_command
from kg.pipeline import Pipeline
from kg.rdf import quads
from kg.resolution.joint import issuers_in
from kg.store import load_store

JOINT = [
    ("中共中央办公厅 国务院办公厅", ["中共中央办公厅", "国务院办公厅"]),
    ("国务院办公厅、中央军委办公厅", ["中华人民共和国中央军事委员会办公厅", "国务院办公厅"]),
    ("财政部 国家税务总局", ["中华人民共和国财政部", "国家税务总局"]),
    (
        "工业和信息化部 财政部 人力资源社会保障部",
        [
            "中华人民共和国人力资源和社会保障部",
            "中华人民共和国工业和信息化部",
            "中华人民共和国财政部",
        ],
    ),
    ("苏州市发展和改革委员会 苏州市财政局", ["苏州市发展和改革委员会", "苏州市财政局"]),
    ("苏州市财政局苏州市水务局苏州市民政局", ["苏州市民政局", "苏州市水务局", "苏州市财政局"]),
    ("中共苏州市委员会 苏州市人民政府", ["中共苏州市委员会", "苏州市人民政府"]),
    (
        "中共苏州市委办公室、苏州市人民政府办公室",
        ["中共苏州市委办公室", "苏州市人民政府办公室"],
    ),
    # One unit, however long its name.
    ("苏州市人民政府办公室", ["苏州市人民政府办公室"]),
    (
        "苏州市大气、水、土壤污染防治工作领导小组办公室",
        ["苏州市大气、水、土壤污染防治工作领导小组办公室"],
    ),
    ("苏州市防汛抗旱指挥部办公室", ["苏州市防汛抗旱指挥部办公室"]),
    ("苏州市吴中区人民政府国有资产监督管理办公室", ["苏州市吴中区人民政府国有资产监督管理办公室"]),
]

NOTICE = """{issuer}关于做好节水工作的通知

苏水〔2022〕3号

各有关单位：

一、建设管网。由市水务局牵头，市财政局配合。

2022年5月6日
"""

ISSUERS = """
SELECT ?name WHERE { ?notice a gaz:Notice ; eli:passed_by/skos:prefLabel ?name } ORDER BY ?name
"""


@pytest.mark.parametrize(("issuer", "names"), JOINT)
def test_each_unit_that_issues_a_notice_is_one(issuer, names, tmp_path):
    path = tmp_path / "notice.txt"
    path.write_text(NOTICE.format(issuer=issuer), encoding="utf-8")
    facts = Pipeline().read(path)
    store = load_store(("\n".join(quads(linked_all([facts]))) + "\n").encode())
    assert [name for (name,) in store.query(ISSUERS).texts()] == names
    # No unit is made of several.
    assert {unit.name for unit in facts.units if not unit.collective} >= set(names)
    [notice] = facts.notices
    assert notice.issuer == issuer.replace(" ", "")


@pytest.mark.parametrize(
    ("words", "known", "names"),
    [
        # As few names as there may be, however many ways there are to cut.
        ("财政部" * 60, {"财政部", "财政部财政部"}, ["财政部财政部"] * 30),
        # Two ways are none.
        (
            "水务局民政局公安局",
            {"水务局", "民政局公安局", "水务局民政局", "公安局"},
            ["水务局民政局公安局"],
        ),
        # What is left must be known too.
        ("水务局民政局公安局", {"水务局", "公安局"}, ["水务局民政局公安局"]),
        # An office is a part of the unit before it.
        ("市政府办公室民政局", {"市政府", "办公室民政局"}, ["市政府办公室民政局"]),
        # No list of issuers is as long as this.
        ("财政部" * 4000, {"财政部"}, ["财政部" * 4000]),
    ],
)
def test_names_side_by_side_are_cut_in_one_way_or_not_at_all(words, known, names):
    assert issuers_in(words, known.__contains__) == names


def test_the_page_of_a_joint_notice_lists_its_issuers(tmp_path):
    (tmp_path / "notice.txt").write_text(
        NOTICE.format(issuer="苏州市水务局 苏州市民政局"), encoding="utf-8"
    )
    run_command("build", [str(tmp_path), "-o", str(tmp_path / "out"), "-q", "--no-cache"])
    [page] = (tmp_path / "out" / "site" / "notices").glob("*.html")
    line = next(line for line in page.read_text("utf-8").splitlines() if "发文机关" in line)
    shown = re.sub(r'<span class="en".*?</span>|<(?!/?a\b)[^>]+>', "", line)
    assert re.sub('href="[^"]+"', "", shown).endswith("<a >苏州市水务局</a>；<a >苏州市民政局</a>")
