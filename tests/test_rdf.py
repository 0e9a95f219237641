"""The graph says what the facts say, in bytes that any parser agrees on."""

import hashlib
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from factories import (
    FINANCE,
    LEAD,
    RESPONSIBLE,
    SUPPORT,
    WATER,
    Says,
    document,
    dredging_notice,
    paged_notice,
    unit,
    water_notice,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.document import MappedText
from kg.measures.choices import ROLES, CertaintyChoice, Choices
from kg.measures.making import frame_from_facts
from kg.measures.work import counted_work
from kg.model import Certainty, Form, Relation
from kg.pages.corpus import Corpus
from kg.pages.numbers import count
from kg.pipeline import Pipeline
from kg.query import list_queries
from kg.rdf import DEFAULT_BASE, PREFIXES, identifier, iri, quads, turtle_of
from kg.rdf.ids import last_day
from kg.rdf.terms import literal
from kg.store import load_store
from kg.validate import validate

GAZ = PREFIXES["gaz"]
GAZETTE = Path(__file__).parent.parent / "data" / "chaoyang-2020-02.txt"
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def graph(*facts, base=DEFAULT_BASE):
    store = ox.Store()
    store.load("\n".join(quads(facts, base)).encode(), format=ox.RdfFormat.N_QUADS)
    return store


def ask(store, columns, where):
    prefixes = "".join(f"PREFIX {name}: <{space}>\n" for name, space in PREFIXES.items())
    query = f"{prefixes}PREFIX id: <{DEFAULT_BASE}> SELECT {columns} WHERE {{ {where} }}"
    return [
        tuple(term.value for term in row)
        for row in store.query(query, use_default_graph_as_union=True)
    ]


@given(ANY_TEXT)
def test_a_literal_is_written_as_the_library_writes_it(text):
    triple = ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal(text))
    line = ox.serialize([triple], format=ox.RdfFormat.N_TRIPLES)
    assert f"<urn:a> <urn:b> {literal(text)} .\n".encode() == line


@given(ANY_TEXT)
def test_an_id_becomes_a_valid_iri_and_comes_back(text):
    made = iri(DEFAULT_BASE, text)
    ox.NamedNode(made)
    assert identifier(DEFAULT_BASE, made) == text


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        ("unit/北京市朝阳区水务局", "unit/北京市朝阳区水务局"),
        ("notice/朝政发〔2020〕2号", "notice/朝政发〔2020〕2号"),
        ("task/朝政发〔2020〕2号/三/（一）/1", "task/朝政发〔2020〕2号/三/（一）/1"),
        ("act/a b#2?", "act/a%20b%232%3F"),
        ("act/100%", "act/100%25"),
        ("act/[1]", "act/%5B1%5D"),
    ],
)
def test_only_what_is_illegal_in_a_path_is_encoded(plain, expected):
    assert iri(DEFAULT_BASE, plain) == DEFAULT_BASE + expected


def test_the_lines_are_sorted_unique_and_canonical():
    lines = quads([water_notice()])
    assert lines == sorted(set(lines))
    parsed = list(ox.parse("\n".join(lines).encode(), format=ox.RdfFormat.N_QUADS))
    written = ox.serialize(parsed, format=ox.RdfFormat.N_QUADS).decode()
    assert sorted(written.splitlines()) == lines


def test_there_are_no_blank_nodes_and_four_kinds_of_graph():
    facts = water_notice()
    parsed = list(ox.parse("\n".join(quads([facts])).encode(), format=ox.RdfFormat.N_QUADS))
    for quad in parsed:
        assert isinstance(quad.subject, ox.NamedNode)
        assert isinstance(quad.object, ox.NamedNode | ox.Literal)
    assert {quad.graph_name.value.removeprefix(DEFAULT_BASE) for quad in parsed} == {
        f"graph/document/{facts.document.id}",
        "graph/register",
        "graph/derived",
        "graph/metadata",
    }


def test_no_statement_stands_in_two_graphs():
    first, second = water_notice(), Says("甲〔2020〕1号", "一、治水。区水务局牵头。")
    second.assign(second.task("一", "治水。区水务局牵头。"), "区水务局", LEAD)
    triples = [line.rpartition(" <")[0] for line in quads([first, second.facts()])]
    assert len(triples) == len(set(triples))


def test_an_assignment_is_a_node_with_role_certainty_and_evidence():
    store = graph(water_notice())
    rows = ask(
        store,
        "?unit ?role ?certainty ?written ?clause",
        """<https://w3id.org/gazette-kg/id/task/朝政发〔2020〕2号/一> m8g:hasParticipation ?a .
        ?a a gaz:Assignment ; m8g:hasParticipant ?unit ; m8g:role/skos:notation ?role ;
          gaz:certainty/skos:notation ?certainty ; gaz:asWritten ?written ;
          gaz:roleEvidence/oa:hasSelector/oa:exact ?clause .""",
    )
    assert sorted(rows) == [
        (f"{DEFAULT_BASE}unit/北京市朝阳区水务局", "lead", "stated", "区水务局", "区水务局牵头"),
        (f"{DEFAULT_BASE}unit/北京市朝阳区财政局", "support", "stated", "区财政局", "区财政局配合"),
    ]


def test_evidence_gives_place_words_context_and_source():
    say = Says("甲〔2020〕1号", "标题\n\n一、治水。区水务局牵头。")
    # The source has two characters more in front: the map must say so.
    mapped = MappedText(say.text, (0,), (2,))
    object.__setattr__(say.document, "mapped", mapped)
    say.assign(say.task("一", "治水。区水务局牵头。"), "区水务局", LEAD)
    store = graph(say.facts())
    rows = ask(
        store,
        "?source ?start ?end ?from ?to ?exact ?prefix ?suffix",
        """?a a gaz:Assignment ; gaz:evidence ?e .
        ?e a oa:SpecificResource ; oa:hasSource/dct:title ?source ;
          oa:hasSelector ?p, ?q ; gaz:sourceStart ?from ; gaz:sourceEnd ?to .
        ?p a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end .
        ?q a oa:TextQuoteSelector ; oa:exact ?exact ; oa:prefix ?prefix ; oa:suffix ?suffix""",
    )
    before = "标题\n\n一、治水。"
    assert rows == [("gazette.txt", "9", "13", "11", "15", "区水务局", before, "牵头。")]


def test_the_evidence_of_a_plan_is_its_name_in_the_title():
    rows = ask(
        graph(water_notice()),
        "?title ?start ?end ?exact",
        """?plan a gaz:Plan ; dct:title ?title ; gaz:evidence/oa:hasSelector ?p, ?q .
        ?p oa:start ?start ; oa:end ?end . ?q oa:exact ?exact""",
    )
    assert rows == [("治水行动方案", "5", "11", "治水行动方案")]


def test_evidence_in_a_pdf_gives_its_page():
    facts = paged_notice()
    store = graph(facts)
    rows = ask(
        store,
        "?exact ?page ?standard",
        """?a a gaz:Assignment ; gaz:evidence/oa:hasSelector ?q, ?f . ?q oa:exact ?exact .
        ?f a oa:FragmentSelector ; dct:conformsTo ?standard ; rdf:value ?page""",
    )
    rfc = "http://tools.ietf.org/rfc/rfc8118"
    assert sorted(rows) == [("区水务局", "page=1", rfc), ("区财政局", "page=2", rfc)]
    assert not ask(store, "?e", "?e gaz:sourceStart ?start")
    assert validate(load_store(("\n".join(quads([facts])) + "\n").encode())) == []


def test_evidence_in_a_text_has_no_page():
    assert not ask(graph(water_notice()), "?f", "?f a oa:FragmentSelector")


@settings(max_examples=30)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60), st.data())
def test_every_span_can_be_read_back_from_the_graph(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    say = Says("甲〔2020〕1号", text, units=(WATER,), title=text[:1])
    say.document = document(text)
    words = text[start:end]
    task = say.task("一", words)
    place = text.index(words)
    store = graph(say.facts())
    rows = ask(
        store,
        "?start ?end ?exact",
        f"""<{iri(DEFAULT_BASE, task)}> gaz:evidence/oa:hasSelector ?p, ?q .
        ?p oa:start ?start ; oa:end ?end . ?q oa:exact ?exact""",
    )
    assert rows == [(str(place), str(place + len(words)), words)]


def test_short_edges_equal_the_assignment_nodes():
    facts = water_notice()
    edges = {
        (quad.subject.value, quad.predicate.value.removeprefix(GAZ), quad.object.value)
        for quad in graph(facts).quads_for_pattern(
            None, None, None, ox.NamedNode(f"{DEFAULT_BASE}graph/derived")
        )
        if quad.predicate.value.endswith("Unit")
    }
    assert edges == {
        (DEFAULT_BASE + a.task, f"{a.role}Unit", DEFAULT_BASE + a.unit) for a in facts.assignments
    }


def test_a_paragraph_that_a_row_details_does_not_count():
    counted = ask(graph(water_notice()), "?label", "?task a gaz:CountedTask ; eli:number ?label")
    assert {label for (label,) in counted} == {"二", "三", "行/1"}


def test_a_row_without_an_assignment_does_not_take_the_place_of_its_paragraph():
    say = Says("甲〔2020〕1号", "一、治水。区水务局牵头。\n行 治水。")
    one = say.task("一", "治水。区水务局牵头。")
    say.assign(one, "区水务局", LEAD)
    say.task("行/1", "治水。", form=Form.ROW, parent=one, nth=1)
    counted = ask(graph(say.facts()), "?label", "?task a gaz:CountedTask ; eli:number ?label")
    assert {label for (label,) in counted} == {"一"}


def counted_in_graph(*facts):
    rows = ask(
        graph(*facts),
        "?counting ?task ?unit ?role",
        """?a gaz:countsIn/skos:notation ?counting ; m8g:hasParticipant ?unit ;
        m8g:role/skos:notation ?role . ?task m8g:hasParticipation ?a""",
    )
    assert len(rows) == len(set(rows))
    return {
        (counting, identifier(DEFAULT_BASE, task), identifier(DEFAULT_BASE, unit), role)
        for counting, task, unit, role in rows
    }


def counted_by_the_measures(*facts):
    frame = frame_from_facts(facts)
    found = set()
    for certainty in CertaintyChoice:
        work = counted_work(frame, Choices(certainty=certainty))
        for task, actor, role in zip(work.task, work.unit, work.role, strict=True):
            key = (work.tasks[task].id, work.units[actor].id, ROLES[role].value)
            found.add((certainty.value, *key))
    return found


def test_what_counts_is_worked_out_by_hand():
    say = Says("甲〔2020〕1号", "一、区水务局牵头，区财政局配合。\n行 区水务局要做，区财政局要做。")
    one = say.task("一", "区水务局牵头，区财政局配合。")
    row = say.task("行/1", "区水务局要做，区财政局要做。", form=Form.ROW, parent=one)
    say.assign(one, "区水务局", LEAD)
    say.assign(one, "区水务局", RESPONSIBLE, certainty=Certainty.IMPLIED)
    say.assign(one, "区财政局", SUPPORT)
    say.assign(one, "区财政局", LEAD, certainty=Certainty.IMPLIED)
    say.assign(row, "区水务局", RESPONSIBLE, nth=1, certainty=Certainty.IMPLIED)
    # Stated, the paragraph counts, its row telling nothing; else the row takes its place.
    assert counted_in_graph(say.facts()) == {
        ("stated", one, WATER.id, "lead"),
        ("stated", one, FINANCE.id, "support"),
        ("implied", row, WATER.id, "responsible"),
        ("all", row, WATER.id, "responsible"),
    }
    assert counted_by_the_measures(say.facts()) == counted_in_graph(say.facts())
    numbers = count(Corpus.of([say.facts()]))
    assert {unit: load.tasks for unit, load in numbers.loads.items()} == {
        WATER.id: {one: LEAD},
        FINANCE.id: {one: SUPPORT},
    }


def test_graph_and_measures_count_the_same():
    for facts in ([water_notice(), dredging_notice()], [Pipeline().read(GAZETTE)]):
        assert counted_in_graph(*facts) == counted_by_the_measures(*facts)


def test_a_deadline_is_as_precise_as_the_text_and_has_a_last_day():
    rows = ask(
        graph(water_notice()),
        "?by ?last ?type",
        """?d gaz:dueBy ?by ; gaz:lastDay ?last . BIND(STR(DATATYPE(?by)) AS ?type)""",
    )
    xsd = PREFIXES["xsd"]
    assert sorted(rows) == [
        ("2020-06", "2020-06-30", f"{xsd}gYearMonth"),
        ("2021", "2021-12-31", f"{xsd}gYear"),
    ]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2019-02", "2019-02-28"),
        ("2020-02", "2020-02-29"),
        ("2020", "2020-12-31"),
        ("2020-03-01", "2020-03-01"),
    ],
)
def test_the_last_day(date, expected):
    assert last_day(date) == expected


def test_each_way_of_citing_has_its_edge():
    rows = ask(
        graph(water_notice()),
        "?edge ?label",
        """VALUES ?edge { eli:based_on eli:applies eli:cites gaz:promulgates }
        ?notice a gaz:Notice ; ?edge ?act . OPTIONAL { ?act skos:prefLabel ?label }
        OPTIONAL { ?act dct:title ?label } FILTER(BOUND(?label))""",
    )
    assert sorted((edge.rpartition("#")[2], label) for edge, label in rows) == [
        ("applies", "北京市水污染防治条例"),
        ("based_on", "中华人民共和国水法"),
        ("promulgates", "治水行动方案"),
    ]


def test_an_act_cited_by_number_is_the_notice_of_that_number():
    say = Says("甲〔2020〕2号", "根据《治水方案》（甲〔2020〕1号），治水。区水务局牵头。")
    say.cite("《治水方案》", Relation.BASIS, number="甲〔2020〕1号")
    other = Says("甲〔2020〕1号", "一、治水。区水务局牵头。")
    rows = ask(
        graph(say.facts(), other.facts()),
        "?number",
        "?a gaz:refersTo ?act . ?act a gaz:Notice ; eli:id_local ?number",
    )
    assert rows == [("甲〔2020〕1号",)]


def test_an_act_has_one_label_the_longest_title():
    one = Says("甲〔2020〕1号", "根据《水法》治水。区水务局牵头。")
    one.cite("《水法》", number="主席令第74号")
    two = Says("甲〔2020〕2号", "根据《中华人民共和国水法》治水。区水务局牵头。")
    two.cite("《中华人民共和国水法》", number="主席令第74号")
    both = graph(one.facts(), two.facts())
    rows = ask(both, "?label", "?a gaz:citedNumber ?n ; skos:prefLabel ?label")
    assert rows == [("中华人民共和国水法",)]


def test_units_carry_class_kind_level_function_and_names():
    rows = ask(
        graph(water_notice()),
        "?name ?short ?kind ?level ?function ?parent",
        f"""<{DEFAULT_BASE}{WATER.id}> a m8g:PublicOrganisation, org:Organization ;
        skos:prefLabel ?name ; skos:altLabel ?short ; org:classification ?kind ;
        gaz:level ?level ; gaz:function ?function ; org:subOrganizationOf ?parent ;
        gaz:registered true""",
    )
    root = "https://w3id.org/gazette-kg/"
    assert rows == [
        (
            "北京市朝阳区水务局",
            "区水务局",
            f"{root}kind/department",
            f"{root}level/county",
            f"{root}function/水务",
            f"{DEFAULT_BASE}unit/北京市朝阳区人民政府",
        )
    ]


def test_a_collective_unit_keeps_quantifier_and_frame():
    rows = ask(
        graph(water_notice()),
        "?q ?n",
        "?u a gaz:CollectiveUnit ; gaz:quantifier/skos:notation ?q ; gaz:frameSize ?n",
    )
    assert rows == [("all", "43")]


def test_a_unit_described_twice_is_described_the_same_in_any_order():
    one = Says("甲〔2020〕1号", "区水务局牵头。", units=(WATER,))
    other = unit("北京市朝阳区水务局", "水务局", registered=False, rule="none")
    two = Says("甲〔2020〕2号", "水务局牵头。", units=(other,))
    lines = quads([one.facts(), two.facts()])
    assert lines == quads([two.facts(), one.facts()])
    text = "\n".join(lines)
    assert '"水务局"@zh' in text
    assert '"区水务局"@zh' in text
    assert f'{DEFAULT_BASE}{WATER.id}> <{GAZ}registered> "false"' not in text


def test_the_base_iri_is_the_users():
    base = "https://example.org/数据/"
    lines = quads([water_notice()], base)
    assert not any(DEFAULT_BASE in line for line in lines)
    assert any(line.startswith(f"<{base}unit/北京市朝阳区水务局>") for line in lines)


def test_metadata_counts_what_all_graphs_hold():
    facts = water_notice()
    lines = quads([facts])
    store = graph(facts)
    data_set = "?d a dcat:Dataset ; "
    triples = {line.rpartition(" <")[0] for line in lines}
    assert ask(store, "?n", data_set + "void:triples ?n") == [(str(len(triples)),)]
    subjects = {line.partition(" ")[0] for line in lines}
    assert ask(store, "?n", data_set + "void:distinctSubjects ?n") == [(str(len(subjects)),)]
    rows = ask(
        store, "?c ?n", data_set + "void:classPartition ?p . ?p void:class ?c ; void:entities ?n"
    )
    is_a = f" <{PREFIXES['rdf']}type> "
    classes = [triple.partition(is_a)[2] for triple in triples if is_a in triple]
    assert {f"<{name}>": int(count) for name, count in rows} == Counter(classes)
    assert dict(rows)[f"{GAZ}Task"] == "4"
    assert dict(rows)[f"{GAZ}Assignment"] == "7"
    rows = ask(
        store,
        "?q ?n",
        data_set + "void:propertyPartition ?p . ?p void:property ?q ; void:triples ?n",
    )
    properties = Counter(triple.split(" ")[1] for triple in triples)
    assert {f"<{name}>": int(count) for name, count in rows} == properties
    graphs = Counter(line.rpartition(" <")[2].removesuffix("> .") for line in lines)
    rows = ask(store, "?g ?n", data_set + "void:subset ?g . ?g void:triples ?n")
    assert {name: int(count) for name, count in rows} == graphs


def test_the_data_set_is_described_as_dcat_and_void_ask():
    store = graph(water_notice(), dredging_notice())
    words = "VALUES ?p { dct:title dct:description dcat:keyword } ?d a dcat:Dataset ; ?p ?w "
    languages = ask(store, "DISTINCT ?p ?l", words + "BIND(LANG(?w) AS ?l)")
    assert len(languages) == 6
    assert {language for _, language in languages} == {"zh", "en"}
    ((licence, start, end),) = ask(
        store,
        "?licence ?start ?end",
        "?d a dcat:Dataset ; dct:license ?licence ; dct:temporal ?t . "
        "?t dcat:startDate ?start ; dcat:endDate ?end",
    )
    assert licence == "https://www.apache.org/licenses/LICENSE-2.0"
    assert (start, end) == ("2020-03-07", "2021-02-01")
    files = ask(
        store, "?f ?m", "?d dcat:distribution ?x . ?x dcat:downloadURL ?f ; dcat:mediaType ?m"
    )
    iana = "https://www.iana.org/assignments/media-types/"
    assert {(file.rpartition("/")[2], kind.removeprefix(iana)) for file, kind in files} == {
        ("graph.nq", "application/n-quads"),
        ("graph.ttl", "text/turtle"),
    }
    assert {row[0] for row in ask(store, "?f", "?d void:dataDump ?f")} == {row[0] for row in files}
    for (example,) in ask(store, "?e", "?d void:exampleResource ?e"):
        assert ask(store, "?p", f"<{example}> a ?p")
    assert ask(store, "?s", "?d void:uriSpace ?s") == [(DEFAULT_BASE,)]


def test_every_graph_tells_what_made_it():
    facts = [water_notice(), dredging_notice()]
    made = ask(graph(*facts), "?g", "?g prov:wasGeneratedBy/prov:wasAssociatedWith/foaf:name ?n")
    graphs = {line.rpartition(" <")[2].removesuffix("> .") for line in quads(facts)}
    assert {name for (name,) in made} == graphs | {f"{DEFAULT_BASE}dataset"}


def test_the_text_is_in_the_graph_and_every_selector_points_into_it():
    """Asked of the real gazette, by what the graph alone says."""
    store = graph(Pipeline().read(GAZETTE))
    ((text, identifier),) = ask(store, "?t ?i", "?d prov:value ?t ; dct:identifier ?i")
    assert identifier == f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
    rows = ask(
        store,
        "?start ?end ?exact ?before ?after",
        """?e oa:hasSource/prov:value ?text ; oa:hasSelector ?p, ?q .
        ?p oa:start ?start ; oa:end ?end .
        ?q oa:exact ?exact ; oa:suffix ?after .
        OPTIONAL { ?q oa:prefix ?prefix } BIND(COALESCE(?prefix, "") AS ?before)""",
    )
    assert len(rows) > 700
    for first, last, exact, before, after in rows:
        start, end = int(first), int(last)
        assert text[start:end] == exact
        assert text[max(0, start - 20) : start] == before
        assert text[end : end + 20] == after


def test_every_fact_leads_to_its_words():
    kinds = "Notice Plan Task Assignment Deadline Target Reference GazetteIssue"
    kinds = " ".join(f"gaz:{kind}" for kind in kinds.split())
    without = ask(
        graph(Pipeline().read(GAZETTE)),
        "?fact",
        f"VALUES ?kind {{ {kinds} org:Membership }} ?fact a ?kind "
        "FILTER NOT EXISTS { ?fact gaz:evidence/oa:hasSelector/oa:exact ?words }",
    )
    assert without == []


def test_a_finding_leads_to_what_it_is_about():
    say = Says("甲〔2020〕1号", "一、治水。区水务局负责。")
    task = say.task("一", "治水。区水务局负责。")
    say.finding("no-lead", "warning", task)
    say.finding("unresolved-name", "info", "某某办")
    store = graph(say.facts())
    assert ask(store, "?it", "?f gaz:about ?it . ?it a gaz:Task") == [(f"{DEFAULT_BASE}{task}",)]
    assert ask(store, "?it", "?f gaz:aboutText ?it") == [("某某办",)]


def test_schemes_lead_to_all_of_their_concepts():
    store = graph(water_notice())
    lost = ask(
        store,
        "?c",
        "?c skos:inScheme ?scheme FILTER(?scheme != gaz:groupRoles) FILTER NOT EXISTS "
        "{ ?scheme skos:hasTopConcept/^skos:broader* ?c }",
    )
    assert lost == []


def test_lines_of_other_stages_are_kept_sorted_and_counted():
    further = f"<urn:a> <urn:b> <urn:c> <{DEFAULT_BASE}graph/derived> ."
    facts = [water_notice()]
    lines = quads(facts, DEFAULT_BASE, [further])
    assert lines == sorted(lines)
    assert further in lines
    start = f"<{DEFAULT_BASE}dataset> <{PREFIXES['void']}triples> "
    told = [[line for line in all_of if line.startswith(start)] for all_of in (lines, quads(facts))]
    number, before = (int(line.split('"')[1]) for (line,) in told)
    # The statement itself, its vocabulary, and three that count its property.
    assert number == before + 1 + 1 + 3


@given(st.lists(ANY_TEXT, max_size=4))
def test_words_of_several_lines_stay_the_same_in_turtle(texts):
    triples = [f"<urn:a> <urn:b> {literal(text, 'zh')}" for text in [*texts, '\n"', '\\n\\\n"""']]
    written = list(ox.parse(turtle_of(triples), format=ox.RdfFormat.TURTLE))
    assert sorted(f"{quad.subject} {quad.predicate} {quad.object}" for quad in written) == sorted(
        set(triples)
    )


def test_turtle_shows_lines_as_lines():
    written = turtle_of([f"<urn:a> <urn:b> {literal('第一行' + chr(10) + '第二行')}"]).decode()
    assert '"""第一行\n第二行""" .' in written


def test_no_document_gives_an_empty_but_valid_data_set():
    lines = quads([])
    assert list(ox.parse("\n".join(lines).encode(), format=ox.RdfFormat.N_QUADS))


def test_turtle_is_the_union_of_the_graphs():
    lines = quads([water_notice()])
    triples = {
        f"{quad.subject} {quad.predicate} {quad.object}"
        for quad in ox.parse(
            turtle_of(line.rpartition(" <")[0] for line in lines), format=ox.RdfFormat.TURTLE
        )
    }
    expected = {line.rpartition(" <")[0] for line in lines}
    assert triples == expected


_PROGRAM = """
import sys
sys.path.insert(0, "tests")
from factories import water_notice
from kg.rdf import quads, turtle_of
lines = quads([water_notice()])
sys.stdout.buffer.write("\\n".join(lines).encode())
sys.stdout.buffer.write(turtle_of(line.rpartition(" <")[0] for line in lines))
"""


def test_the_bytes_depend_on_no_hash_seed_and_no_locale():
    def run(seed, locale):
        environment = os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": locale}
        return subprocess.run(
            [sys.executable, "-c", _PROGRAM],
            cwd=Path(__file__).parent.parent,
            env=environment,
            capture_output=True,
            check=True,
        ).stdout

    first = run("0", "C")
    assert first
    assert first == run("4242", "C.UTF-8") == run("7", "POSIX")


def test_roles_of_one_unit_in_one_task_are_all_kept():
    say = Says("甲〔2020〕1号", "一、治水。区水务局牵头，区水务局配合。")
    task = say.task("一", "治水。区水务局牵头，区水务局配合。")
    say.assign(task, "区水务局", LEAD)
    say.assign(task, "区水务局", SUPPORT, nth=1)
    say.assign(task, "区水务局", RESPONSIBLE)
    edges = "VALUES ?edge { gaz:leadUnit gaz:supportUnit gaz:responsibleUnit } ?task ?edge ?unit"
    assert len(ask(graph(say.facts()), "?edge", edges)) == 3


def test_the_query_library_is_part_of_the_data():
    rows = ask(
        graph(),
        "?query ?text",
        "?query a sh:SPARQLExecutable ; sh:select ?text",
    )
    assert dict(rows) == {
        f"{DEFAULT_BASE}query/{query.name}": query.text for query in list_queries()
    }
    for _, text in rows:
        ox.Store().query(text)
