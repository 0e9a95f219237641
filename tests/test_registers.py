"""A register of one's own: what it gives, what is refused in it, and the way there from a name that is unknown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.cli import main
from kg.errors import RegisterError
from kg.pipeline import Pipeline, register_files
from kg.resolution.loading import load

PREFIXES = """@prefix gaz: <https://w3id.org/gazette-kg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix m8g: <http://data.europa.eu/m8g/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix unit: <https://w3id.org/gazette-kg/id/unit/> .
@prefix place: <https://w3id.org/gazette-kg/id/place/> .
@prefix kind: <https://w3id.org/gazette-kg/kind/> .
@prefix level: <https://w3id.org/gazette-kg/level/> .
@prefix fn: <https://w3id.org/gazette-kg/function/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix dcterms: <http://purl.org/dc/terms/> .

"""
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LINE = PREFIXES.count("\n") + 1
"""The line on which what follows begins."""

UNIT = """unit:甲 a m8g:PublicOrganisation ;
    skos:prefLabel "苏州市活力促进办公室"@zh ;
    {0} .
"""


def notice(city: str, number: str, words: str) -> str:
    return f"""{city}人民政府办公室关于印发{city}城市活力提升行动方案的通知

{number}〔2022〕31号

各市、区人民政府，市各委办局：

《{city}城市活力提升行动方案》已经市政府同意，现印发给你们，请认真贯彻落实。

{city}人民政府办公室
2022年5月6日

{city}城市活力提升行动方案

一、建设街区。由{words}牵头，市财政局配合，2022年12月底前完成。
"""


def written(folder: Path, text: str, name: str = "my.ttl") -> Path:
    path = folder / name
    path.write_text(PREFIXES + text, encoding="utf-8")
    return path


def leads(path: Path, *registers: Path) -> list[tuple[str, bool]]:
    """The names of the units that lead in a file, and whether they are registered."""
    facts = Pipeline(registers).read(path)
    units = {unit.id: unit for unit in facts.units}
    found = [units[one.unit] for one in facts.assignments if one.role == "lead"]
    return [(unit.name, unit.registered) for unit in found]


def test_the_files_that_come_along_pass_the_checks_of_a_users_own() -> None:
    assert load(register_files()).units


@pytest.mark.parametrize(
    ("block", "line", "words"),
    [
        # No official name, or an empty one.
        ("unit:甲 a m8g:PublicOrganisation ;\n    skos:altLabel \"市活力办\" .", 0, "skos:prefLabel"),
        ("unit:甲 a m8g:PublicOrganisation ;\n    skos:prefLabel \"\" .", 0, "skos:prefLabel"),
        # Words that no closed list has; kinds, levels and functions that one has are named.
        (UNIT.format("gaz:unitKind kind:burau"), 2, "kind:burau .*kind:department.*kind:burau a skos"),
        (UNIT.format("gaz:level level:cty"), 2, "level:cty .*level:city, level:county"),
        (UNIT.format('gaz:level "city"'), 2, "level:city .*level:city, level:county"),
        (UNIT.format("gaz:function fn:教育事业"), 2, "fn:教育事业 .*fn:教育"),
        # A list of levels is closed: to declare one is no use.
        (
            UNIT.format("gaz:level level:zone") + "level:zone a skos:Concept ; skos:inScheme gaz:levels .",
            2,
            "level:zone ",
        ),
        # Properties that nothing reads.
        (UNIT.format("gaz:unitkind kind:department"), 2, "gaz:unitkind .*gaz:unitKind"),
        (UNIT.format('skos:altlabel "市活力办"'), 2, "skos:altlabel .*skos:altLabel"),
        (UNIT.format("org:subOrganisationOf unit:乙"), 2, "org:subOrganisationOf .*org:subOrganizationOf"),
        (UNIT.format('gaz:written "市活力办"'), 2, "gaz:written .*gaz:shortLabel"),
        # No class, or one that is written wrongly: British in m8g, American in org.
        ('unit:甲 skos:prefLabel "苏州市活力办公室" .', 0, "m8g:PublicOrganisation"),
        ('unit:甲 a m8g:PublicOrganization ;\n  dcterms:title "甲" .', 0, "m8g:PublicOrganisation"),
        # Days that the calendar lacks.
        (UNIT.format('gaz:validFrom "2021-02-30"'), 2, "gaz:validFrom '2021-02-30'"),
        (UNIT.format('gaz:validUntil "2021.2"'), 2, "gaz:validUntil '2021.2'"),
        # Two values where one counts.
        (UNIT.format("gaz:inPlace place:苏州市 , place:徐州市"), 2, "gaz:inPlace .*徐州市, 苏州市"),
        (UNIT.format("gaz:level level:city ;\n    gaz:level level:county"), 3, "city, county"),
        (UNIT.format('skos:prefLabel "徐州市活力促进办公室"@zh'), 2, "skos:prefLabel "),
        # A pattern without its official form.
        ('<urn:p> a gaz:NamePattern ; gaz:written "{place}活力办" .', 0, "gaz:official"),
    ],
)  # fmt: skip
def test_what_would_be_in_vain_is_refused_with_its_line(
    block: str, line: int, words: str, tmp_path: Path
) -> None:
    path = written(tmp_path, block)
    with pytest.raises(RegisterError, match=rf"my\.ttl:{LINE + line}: .*{words}") as caught:
        Pipeline([path])
    assert "\n" not in str(caught.value)


def test_a_block_without_an_iri_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, '[] a m8g:PublicOrganisation ; skos:prefLabel "苏州市活力办公室" .')
    with pytest.raises(RegisterError, match=r"my\.ttl: .*unit:正式名称"):
        Pipeline([path])


@pytest.mark.parametrize(
    "block",
    [
        # What other vocabularies say is the user's own, and so is a note.
        '<urn:my> a owl:Ontology ; dcterms:creator "我" .\n' + UNIT.format('dcterms:source "公报"'),
        UNIT.format('skos:editorialNote "待核"'),
        # A block that only adds to a unit or a function that the register has.
        'unit:中华人民共和国国务院 skos:altLabel "中央政府"@zh .',
        'fn:教育 gaz:shortWord "教" .',
        # A kind and a function of one's own that the file declares.
        UNIT.format("gaz:unitKind kind:platform")
        + 'kind:platform a skos:Concept ; skos:inScheme gaz:unitKinds ; skos:prefLabel "平台"@zh .',
        UNIT.format("gaz:function fn:城市活力")
        + 'fn:城市活力 a skos:Concept ; skos:inScheme gaz:functions ; skos:prefLabel "城市活力"@zh .',
    ],
)
def test_what_has_its_use_is_taken(block: str, tmp_path: Path) -> None:
    assert Pipeline([written(tmp_path, block)]).register.units


def test_a_kind_and_a_function_of_ones_own_are_in_the_graph_and_its_schemes(tmp_path: Path) -> None:
    text = """
kind:platform a skos:Concept ; skos:inScheme gaz:unitKinds ; skos:prefLabel "平台"@zh .
fn:城市活力 a skos:Concept ; skos:inScheme gaz:functions ; skos:prefLabel "城市活力"@zh .
unit:甲 a m8g:PublicOrganisation ; skos:prefLabel "苏州市活力办公室" ;
    skos:altLabel "市活力办" ; gaz:unitKind kind:platform ; gaz:function fn:城市活力 .
"""
    own, source, out = written(tmp_path, text), tmp_path / "n.txt", str(tmp_path / "out")
    source.write_text(notice("苏州市", "苏府办", "市活力办"), encoding="utf-8")
    assert main(["build", "-q", "-o", out, "--register", str(own), str(source)]) == 0
    assert main(["validate", "--build", out]) == 0
    graph = (tmp_path / "out" / "graph.nq").read_text(encoding="utf-8")
    concept = "<http://www.w3.org/2004/02/skos/core#Concept>"
    for path in ("kind/platform", "function/城市活力"):
        assert f"gazette-kg/{path}> <{RDF_TYPE}> {concept}" in graph


def pair(first: str, second: str) -> str:
    return (
        f'unit:甲 a m8g:PublicOrganisation ; skos:prefLabel "苏州市活力办公室" ;\n    {first} .\n'
        f'unit:乙 a m8g:PublicOrganisation ; skos:prefLabel "徐州市活力中心" ;\n    {second} .\n'
    )


ALT = 'skos:altLabel "市活力办"'
IN_SUZHOU = 'gaz:shortLabel "市活力办" ; gaz:inPlace place:苏州市'
IN_XUZHOU = 'gaz:shortLabel "市活力办" ; gaz:inPlace place:徐州市'
BEFORE = 'gaz:validUntil "2019-03-31"'
AFTER = 'gaz:validFrom "2019-04-01"'


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (ALT, ALT),
        (ALT, IN_XUZHOU),
        (IN_SUZHOU, IN_SUZHOU),
        (ALT, f"{ALT} ; {AFTER}"),
        (ALT, 'skos:altLabel "苏州市活力办公室"'),
    ],
)
def test_a_name_that_two_units_claim_is_refused_with_both(
    first: str, second: str, tmp_path: Path
) -> None:
    both = written(tmp_path, pair(first, second))
    with pytest.raises(RegisterError) as caught:
        Pipeline([both])
    said = str(caught.value)
    assert re.search(rf"my\.ttl:(?:{LINE}|{LINE + 1}): ", said)
    assert re.search(rf"苏州市活力办公室, 徐州市活力中心 \(.*my\.ttl:{LINE + 3}\)$", said)
    assert "gaz:inPlace" in said


def test_a_name_that_units_of_two_own_files_claim_is_refused_with_both_files(
    tmp_path: Path,
) -> None:
    first, second = pair(ALT, ALT).split("unit:乙")
    paths = [written(tmp_path, first, "sz.ttl"), written(tmp_path, "unit:乙" + second, "xz.ttl")]
    with pytest.raises(RegisterError, match=rf"sz\.ttl:{LINE + 1}: .*xz\.ttl:{LINE + 1}"):
        Pipeline(paths)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (IN_SUZHOU, IN_XUZHOU),
        (f"{ALT} ; {BEFORE}", f"{ALT} ; {AFTER}"),
        (ALT, 'skos:altLabel "市活力中心"'),
    ],
)
def test_names_that_differ_by_place_or_time_are_taken(
    first: str, second: str, tmp_path: Path
) -> None:
    assert Pipeline([written(tmp_path, pair(first, second))]).register.units


@pytest.mark.parametrize(
    ("city", "number", "name"),
    [("苏州市", "苏府办", "苏州市活力办公室"), ("南京市", "宁政办发", "徐州市活力中心")],
)
def test_of_two_places_with_one_short_name_the_nearer_counts(
    city: str, number: str, name: str, tmp_path: Path
) -> None:
    within = 'gaz:shortLabel "活力专班办" ; gaz:inPlace place:{}'
    own = written(tmp_path, pair(within.format("苏州市"), within.format("江苏省")))
    (tmp_path / "n.txt").write_text(notice(city, number, "活力专班办"), encoding="utf-8")
    assert leads(tmp_path / "n.txt", own) == [(name, True)]


def test_an_own_file_may_give_a_known_name_to_another_unit(tmp_path: Path) -> None:
    text = 'unit:甲 a m8g:PublicOrganisation ; skos:prefLabel "苏州市教育委员会" ; skos:altLabel "教育部" .'
    (tmp_path / "n.txt").write_text(notice("苏州市", "苏府办", "教育部"), encoding="utf-8")
    path = written(tmp_path, text)
    assert leads(tmp_path / "n.txt", path) == [("苏州市教育委员会", True)]


def test_a_unit_above_need_not_be_in_the_register(tmp_path: Path) -> None:
    path = written(tmp_path, UNIT.format("org:subOrganizationOf unit:苏州市人民政府"))
    unit = Pipeline([path]).register.by_name["苏州市活力促进办公室"]
    assert unit.parent == "苏州市人民政府"


@pytest.mark.parametrize("suffix", ["ttl", "csv"])
def test_a_register_that_is_not_valid_stops_the_work(suffix, tmp_path, capsys) -> None:
    (tmp_path / f"my.{suffix}").write_text("甲\n", encoding="utf-8")
    arguments = ["units", "explain", "市教委", "--register", str(tmp_path / f"my.{suffix}")]
    assert main(arguments) == 2
    assert f"my.{suffix}:1: " in capsys.readouterr().err


@pytest.mark.parametrize("name", ["none.ttl", "none.csv"])
def test_a_register_that_is_not_there_is_told(name, tmp_path, capsys) -> None:
    assert main(["units", "explain", "市教委", "--register", str(tmp_path / name)]) == 2
    assert capsys.readouterr().err == f"kg: {tmp_path / name}: no such file · 没有这个文件\n"


@pytest.mark.parametrize("name", ["folder.ttl", "folder.csv"])
def test_a_register_that_cannot_be_read_is_told(name, tmp_path, capsys) -> None:
    (tmp_path / name).mkdir()
    assert main(["units", "explain", "市教委", "--register", str(tmp_path / name)]) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"kg: {tmp_path / name}: cannot be read: ")
    assert err.endswith(" · 无法读取\n")


# -------- from a name that is unknown to one that is resolved --------

CITIES = {"sz.txt": ("苏州市", "苏府办"), "xz.txt": ("徐州市", "徐政办发")}


def stubs(capsys: pytest.CaptureFixture[str], *paths: Path) -> str:
    assert main(["units", "unresolved", "--turtle", *map(str, paths)]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "official"),
    [
        # A level word: the place of the level. None: the place of the document. The place in full.
        ("市活力办", "{0}城市活力提升工作办公室"),
        ("活力专班办", "{0}城市活力提升工作专班办公室"),
        ("{0}活力办", "{0}城市活力提升工作办公室"),
    ],
)
def test_a_completed_stub_names_the_unit_in_its_own_place_alone(
    words: str, official: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, (city, number) in CITIES.items():
        text = notice(city, number, words.format(city))
        (tmp_path / name).write_text(text, encoding="utf-8")
    first, second = (tmp_path / name for name in CITIES)
    before = leads(second)
    assert not before[0][1]

    # Of one city: the other keeps what it had.
    label = re.compile(r'(skos:prefLabel ")[^"]*(")')
    own = tmp_path / "my.ttl"
    mended = label.sub(rf"\g<1>{official.format('苏州市')}\2", stubs(capsys, first))
    own.write_text(mended, encoding="utf-8")
    assert leads(first, own) == [(official.format("苏州市"), True)]
    assert leads(second, own) == before

    # Of both in one file: each in its own.
    blocks = stubs(capsys, first, second).split("\n\n")
    for place, block in enumerate(blocks):
        city = next((city for city, _ in CITIES.values() if city in block), "")
        blocks[place] = label.sub(rf"\g<1>{official.format(city)}\2", block)
    own.write_text("\n\n".join(blocks), encoding="utf-8")
    assert leads(first, own) == [(official.format("苏州市"), True)]
    assert leads(second, own) == [(official.format("徐州市"), True)]


def test_stubs_with_one_name_that_nobody_completed_are_refused(tmp_path, capsys) -> None:
    for name, (city, number) in CITIES.items():
        (tmp_path / name).write_text(notice(city, number, "活力专班办"), encoding="utf-8")
    own = tmp_path / "my.ttl"
    own.write_text(stubs(capsys, *(tmp_path / name for name in CITIES)), encoding="utf-8")
    with pytest.raises(RegisterError, match=r"活力专班办: two entries .*请补全名称"):
        Pipeline([own])


def test_a_stub_for_a_place_that_the_register_lacks_says_where_it_holds(tmp_path, capsys) -> None:
    (tmp_path / "n.txt").write_text(notice("云江市", "云政办", "市活力办"), encoding="utf-8")
    stub = stubs(capsys, tmp_path / "n.txt")
    assert re.search(r'skos:altLabel "市活力办"@zh ;  # in ANY document', stub)
    assert "gaz:inPlace" not in stub


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("国家活力办", 'skos:altLabel "国家活力办"@zh'),
        ("活力办", 'gaz:shortLabel "活力办"@zh'),
        ("市活力办", 'gaz:shortLabel "市活力办"@zh'),
    ],
)
def test_the_stub_of_the_countrys_notice_holds_in_those_of_national_issuers(
    words: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = notice("国务院", "国办发", words).replace("人民政府办公室", "办公厅")
    text = text.replace("市财政局", "财政部")
    (tmp_path / "n.txt").write_text(text, encoding="utf-8")
    stub = stubs(capsys, tmp_path / "n.txt")
    assert f"    {name} ;\n" in stub
    assert "gaz:inPlace" not in stub
    own = tmp_path / "my.ttl"
    own.write_text(re.sub('(prefLabel) "[^"]*"', r'\1 "国家活力办公室"', stub), encoding="utf-8")
    assert leads(tmp_path / "n.txt", own) == [("国家活力办公室", True)]
    (tmp_path / "sz.txt").write_text(notice("苏州市", "苏府办", words), encoding="utf-8")
    assert leads(tmp_path / "sz.txt", own)[0][1] == words.startswith("国家")


@pytest.mark.parametrize(
    ("words", "kind"),
    [("云海数据公司", "org:FormalOrganization"), ("市活力办", "m8g:PublicOrganisation")],
)
def test_a_stub_has_the_class_of_its_kind(words, kind, tmp_path, capsys) -> None:
    (tmp_path / "n.txt").write_text(notice("苏州市", "苏府办", words), encoding="utf-8")
    assert f" a {kind} ;" in stubs(capsys, tmp_path / "n.txt")


MEMBERS = """北京市朝阳区人民政府办公室关于成立区活力工作领导小组的通知

朝政办发〔2020〕9号

各街道办事处，区政府各委、办、局：

为加强组织领导，区政府决定成立区活力工作领导小组，组成人员如下：

组长：张伟 副区长

成员：李娜 区财政局局长

王强 区活力调查队队长

北京市朝阳区人民政府办公室
2020年2月3日
"""


def test_a_unit_that_only_a_list_of_members_names_has_its_evidence(tmp_path, capsys) -> None:
    (tmp_path / "n.txt").write_text(MEMBERS, encoding="utf-8")
    assert main(["units", "unresolved", str(tmp_path / "n.txt")]) == 0
    lines = capsys.readouterr().out.splitlines()
    at = next(at for at, line in enumerate(lines) if "区活力调查队" in line)
    assert lines[at].startswith("   1  区活力调查队 → 北京市朝阳区活力调查队")
    place = MEMBERS.index("区活力调查队队长")
    assert re.fullmatch(r"      n\.txt:\d+ 王强 区活力调查队队长", lines[at + 1])
    assert abs(int(re.search(r":(\d+) ", lines[at + 1])[1]) - place) < 20


@pytest.mark.parametrize("date", ["abc", "2021-13-01", "2021-02-29", "2021/05/01", "20210501"])
def test_a_date_that_is_none_is_refused(date: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["units", "explain", "市教委", "--date", date]) == 2
    outcome = capsys.readouterr()
    assert f"--date: {date!r}" in outcome.err
    assert not outcome.out


@pytest.mark.parametrize("date", ["2021", "2021-05", "2021-05-01", ""])
def test_a_date_may_be_a_year_a_month_or_a_day(date, capsys) -> None:
    assert main(["units", "explain", "市教委", "--issuer", "北京市人民政府", "--date", date]) == 0
    assert "北京市教育委员会" in capsys.readouterr().out


@pytest.mark.parametrize("command", [["units", "unresolved"], ["coverage"]])
def test_a_file_that_cannot_be_read_does_not_stop_the_others(command, tmp_path, capsys) -> None:
    (tmp_path / "n.txt").write_text(notice("苏州市", "苏府办", "市活力办"), encoding="utf-8")
    missing = tmp_path / "none.txt"
    assert main([*command, str(missing)]) == 1
    assert main([*command, str(missing), str(tmp_path / "n.txt")]) == 1
    outcome = capsys.readouterr()
    assert outcome.err.count("none.txt: no such file") == 2
    assert outcome.out.strip()
    assert main([*command, str(tmp_path / "n.txt")]) == 0


@pytest.mark.parametrize(
    ("issuer", "told"),
    [
        ("火星市人民政府", True),
        ("和平区人民政府", True),
        ("天津市和平区人民政府", False),
        ("教育部", False),
    ],
)
def test_an_issuer_of_no_known_place_is_told(
    issuer: str, told: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["units", "explain", "区教育局", "--issuer", issuer]) == 0
    assert (f"{issuer} speaks from" in capsys.readouterr().err) == told
