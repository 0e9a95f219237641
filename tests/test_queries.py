"""The query library: every query runs on two engines, with rows worked out by hand."""

import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from expected_rows import EXPECTED, EXPECTED_ACROSS
from factories import STREETS, Says, dredging_notice, linked_all, unit, water_notice

from kg.cli import main
from kg.errors import QueryError
from kg.pipeline import Pipeline
from kg.query import FORMATS, bind, find_query, format_result, list_queries, read_query
from kg.query.empty import found_nothing, reasons
from kg.query.parameters import PARAMETER_TYPES
from kg.query.results import Result, Term
from kg.rdf import PREFIXES, quads
from kg.resources import queries
from kg.store import load_store, write_store

LIBRARY = {query.name: query for query in list_queries()}
NAMES = sorted(LIBRARY)


def nquads(*facts):
    return ("\n".join(quads(linked_all(facts))) + "\n").encode()


@pytest.fixture(scope="module")
def both():
    return nquads(water_notice(), dredging_notice())


@pytest.fixture(scope="module")
def store(both):
    return load_store(both)


def rdflib_of(data):
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=data, format="nquads")
    return dataset


@pytest.fixture(scope="module")
def reference(both):
    return rdflib_of(both)


@pytest.fixture(scope="module")
def across():
    folder = Path(__file__).parent / "documents" / "across"
    pipeline = Pipeline()
    return nquads(*(pipeline.read(path) for path in sorted(folder.glob("*.txt"))))


@pytest.fixture(scope="module")
def across_store(across):
    return load_store(across)


@pytest.fixture(scope="module")
def across_reference(across):
    return rdflib_of(across)


def shown(columns, rows):
    """Write rows as EXPECTED has them: with the columns that hold no IRI of the data."""
    keep = [
        index
        for index, _ in enumerate(columns)
        if not any(row[index].startswith("https:") for row in rows)
    ]
    lines = [columns, *rows]
    return [" | ".join(line[index] for index in keep).strip() for line in lines]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_the_rows_are_those_worked_out_by_hand(name, store):
    result = store.query(LIBRARY[name].text)
    expected = [line.strip() for line in EXPECTED[name].strip().splitlines()]
    assert shown(result.columns, result.texts()) == expected


@pytest.mark.parametrize("name", sorted(EXPECTED_ACROSS))
def test_the_rows_across_documents_are_those_worked_out_by_hand(name, across_store):
    result = across_store.query(LIBRARY[name].text)
    expected = [line.strip() for line in EXPECTED_ACROSS[name].strip().splitlines()]
    assert shown(result.columns, result.texts()) == expected


def same_rows(name, store, reference):
    result = store.query(LIBRARY[name].text)
    other = reference.query(LIBRARY[name].text)
    assert tuple(map(str, other.vars)) == result.columns
    rows = [tuple("" if cell is None else str(cell) for cell in row) for row in other]
    assert rows == result.texts()


@pytest.mark.parametrize("name", NAMES)
def test_rdflib_gives_the_same_rows(name, store, reference):
    same_rows(name, store, reference)


@pytest.mark.parametrize("name", sorted(EXPECTED_ACROSS))
def test_rdflib_gives_the_same_rows_across_documents(name, across_store, across_reference):
    same_rows(name, across_store, across_reference)


@pytest.mark.parametrize("name", NAMES)
def test_a_notice_without_a_number_keeps_its_rows(name, both, store):
    number, title = "朝政发〔2020〕2号", "关于印发《治水行动方案》的通知"
    own = f"/notice/{number}> <http://data.europa.eu/eli/ontology#id_local>"
    lines = both.decode().splitlines(keepends=True)
    kept = [line for line in lines if own not in line]
    assert len(kept) == len(lines) - 1
    result = load_store("".join(kept).encode()).query(LIBRARY[name].text)
    rows = store.query(LIBRARY[name].text).texts()
    assert len(result.rows) == len(rows)
    if "number" in result.columns:
        place = result.columns.index("number")
        called = [title if row[place] == number else row[place] for row in rows]
        assert sorted(row[place] for row in result.texts()) == sorted(called)


def test_a_notice_is_named_by_its_number_or_its_title(store):
    rows = rows_of(store, "deadlines", notice="朝政发〔2020〕2号")
    assert len(rows) == 3
    assert rows_of(store, "deadlines", notice="关于印发《治水行动方案》的通知") == rows


def test_a_chain_and_what_follows_a_notice_can_be_asked_of_one_notice(across_store):
    plan = "朝政发〔2019〕3号"
    chain = rows_of(across_store, "notice-chains", notice="朝政办发〔2020〕11号")
    assert [(row[1], row[4]) for row in chain] == [("朝政办发〔2020〕11号", plan), (plan, "")]
    later = rows_of(across_store, "later-notices", notice=plan)
    assert [row[4] for row in later] == ["applies", "basis", "cites", "repeals"]
    assert len(rows_of(across_store, "tasks-on-repealed", notice=plan)) == 5
    assert rows_of(across_store, "repeals", notice=plan) == []
    water = rows_of(across_store, "load-by-place", function="水务")
    assert [row[1] for row in water] == ["北京市朝阳区", "北京市海淀区"]


@pytest.mark.parametrize("name", NAMES)
def test_a_graph_without_facts_gives_no_rows(name):
    assert load_store(nquads()).query(LIBRARY[name].text).rows == ()


def test_every_query_has_an_expectation():
    assert set(NAMES) - {"notice-comparison"} == set(EXPECTED)
    assert len(NAMES) >= 25


@pytest.mark.parametrize("name", NAMES)
def test_the_header_tells_all(name, store):
    query = LIBRARY[name]
    assert query.summary
    assert query.summary_en
    assert query.description
    assert query.description_en
    assert query.tags
    assert tuple(column for column, _ in query.columns) == store.query(query.text).columns
    assert all(words for _, words in query.columns)
    for parameter in query.parameters:
        assert parameter.type in PARAMETER_TYPES
        assert parameter.summary
        assert query.text.count(f"VALUES ?{parameter.name} {{ {parameter.default} }}") == 1


@pytest.mark.parametrize("path", sorted(queries().rglob("*.rq")), ids=lambda path: path.stem)
def test_a_shipped_query_stands_alone_and_is_ordered(path):
    text = path.read_text(encoding="utf-8")
    body = re.sub(r"^#.*$", "", text, flags=re.MULTILINE)
    # Written-out prefixes: our store would declare them, other tools do not.
    ox.Store().query(text)
    declared = dict(re.findall(r"PREFIX (\w+): <([^>]*)>", body))
    assert all(PREFIXES[prefix] == iri for prefix, iri in declared.items())
    code = re.sub(r"PREFIX .*", "", body)
    assert [name for name in declared if not re.search(rf"(?<![\w<]){name}:", code)] == []
    assert not re.search(r"\bNOT\s+EXISTS\b", body, re.IGNORECASE)
    assert "CONSTRUCT" in body or "ORDER BY" in body


@pytest.mark.parametrize("name", NAMES)
def test_the_order_does_not_depend_on_the_order_of_the_data(name, both, store):
    backwards = b"\n".join(reversed(both.strip().split(b"\n")))
    assert load_store(backwards).query(LIBRARY[name].text) == store.query(LIBRARY[name].text)


def rows_of(store, name, **values):
    text = bind(find_query(name), {key: [value] for key, value in values.items()}, store)
    return store.query(text).texts()


@pytest.mark.parametrize(
    "words",
    [
        "区水务局",
        "北京市朝阳区水务局",
        "https://w3id.org/gazette-kg/id/unit/北京市朝阳区水务局",
    ],
)
def test_a_unit_is_named_by_short_name_name_or_iri(store, words):
    rows = rows_of(store, "unit-load", unit=words)
    assert [row[:6] for row in rows] == [("北京市朝阳区水务局", "3", "1", "1", "1", "0")]


def test_parameters_restrict_and_combine(store):
    rows = rows_of(store, "unit-load", unit="区水务局", notice="朝政发〔2021〕1号")
    assert [row[:2] for row in rows] == [("北京市朝阳区水务局", "1")]
    assert rows_of(store, "unit-tasks", unit="区水务局", role="support") == []
    assert len(rows_of(store, "unit-tasks", role="牵头")) == 2
    assert rows_of(store, "unit-due", by="2020-06-29") == []
    assert len(rows_of(store, "unit-due", by="2020-06-30")) == 2
    assert rows_of(store, "unit-pairs", minimum="2") == []
    assert len(rows_of(store, "notices-citing", words_of_title="水法")) == 1


COUNTED_WITH_IMPLIED = {
    # 三 (区教委, implied) is one more task of one more unit; it has no partner there.
    "collective-units": 0,
    "cross-level": 0,
    "function-pairs": 0,
    "lead-support": 0,
    "load-by-function": 1,
    "load-by-kind": 0,
    "load-by-level": 0,
    "load-by-notice": 1,
    "load-by-place": 1,
    "load-by-year": 1,
    "most-partners": 0,
    "never-lead": 1,
    "notice-comparison": 1,
    "notices": 0,
    "tasks-most-units": 1,
    "tasks-without-lead": 1,
    "unit-load": 1,
    "unit-pairs": 0,
    "unit-partners": 0,
    "unregistered-units": 0,
}


def test_whatever_counts_has_the_parameter_and_counts_stated_duties_by_default():
    having = {
        query.name
        for query in LIBRARY.values()
        if "counting:stated" in [one.default for one in query.parameters if one.name == "certainty"]
    }
    assert having == set(COUNTED_WITH_IMPLIED)


NOTICES = {"earlier": "朝政发〔2020〕2号", "later": "朝政发〔2021〕1号"}


@pytest.mark.parametrize("name", sorted(COUNTED_WITH_IMPLIED))
def test_implied_duties_count_where_they_are_asked_for(name, store, reference):
    needed = NOTICES if name == "notice-comparison" else {}
    stated = rows_of(store, name, **needed)
    assert stated == rows_of(store, name, certainty="stated", **needed)
    everything = rows_of(store, name, certainty="all", **needed)
    assert len(everything) - len(stated) == COUNTED_WITH_IMPLIED[name]
    values = {key: [value] for key, value in needed.items()}
    text = bind(LIBRARY[name], {"certainty": ["all"], **values}, store)
    rows = [
        tuple("" if cell is None else str(cell) for cell in row) for row in reference.query(text)
    ]
    assert rows == everything


def test_the_numbers_of_the_three_ways_of_counting(store):
    education = ("北京市朝阳区教育委员会", "1", "0", "0", "1", "0")
    assert [row[:6] for row in rows_of(store, "unit-load", certainty="implied")] == [education]
    assert education in [row[:6] for row in rows_of(store, "unit-load", certainty="all")]
    assert [row[3] for row in rows_of(store, "notices", certainty="all")] == ["3", "1"]
    assert [row[3] for row in rows_of(store, "notices", certainty="implied")] == ["1", "0"]
    assert [row[1:] for row in rows_of(store, "load-by-kind", certainty="all")] == [
        ("3", "5", "1", "1", "2", "1"),
        ("1", "1", "0", "0", "1", "0"),
        ("1", "1", "0", "0", "0", "1"),
    ]
    with pytest.raises(QueryError, match="give one of stated, implied, all"):
        bind(find_query("unit-load"), {"certainty": ["stated", "implied"]}, store)


def test_a_host_is_told_by_the_offices_place_and_by_its_director():
    text = (
        "治水领导小组办公室设在区水务局。办公室主任：王某 区水务局局长。副主任：李某 区财政局局长。"
    )
    say = Says("甲〔2020〕1号", text)
    group = "unit/治水领导小组"
    say.host(group, "治水领导小组办公室设在区水务局", "区水务局")
    say.member(group, "王某 区水务局局长", "王某", "办公室主任", "局长", "区水务局")
    say.member(group, "李某 区财政局局长", "李某", "办公室副主任", "局长", "区财政局")
    hosted = load_store(nquads(say.facts()))
    water = "北京市朝阳区水务局"
    assert [row[1:4] for row in rows_of(hosted, "group-hosts")] == [
        (water, "", "治水领导小组办公室设在区水务局"),
        (water, "办公室主任", "王某 区水务局局长"),
    ]
    assert rows_of(hosted, "group-hosts", unit="区财政局") == []


def test_several_values_mean_any_of_them(store):
    text = bind(find_query("unit-load"), {"unit": ["区财政局", "区水务局"]}, store)
    assert len(store.query(text).rows) == 2


def test_a_needed_parameter_is_asked_for(store):
    with pytest.raises(QueryError, match="needs --param later=…"):
        bind(find_query("notice-comparison"), {"earlier": ["朝政发〔2020〕2号"]}, store)


def test_two_notices_are_compared(store):
    assert [row[:3] for row in rows_of(store, "notice-comparison", **NOTICES)] == [
        ("北京城市排水集团有限责任公司", "1", "0"),
        ("北京市朝阳区水务局", "2", "1"),
        ("北京市朝阳区财政局", "0", "1"),
        ("各街乡", "1", "0"),
        ("某某站", "0", "1"),
    ]


@pytest.mark.parametrize(
    "words",
    ['水法" } #', "} DROP ALL {", '\\"', "'" * 3, "a\nb", "?x", "<urn:x>", "\\u0022 }"],
)
def test_words_of_a_user_never_become_syntax(store, words):
    assert rows_of(store, "notices-citing", words_of_title=words) == []


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("unit-load", {"unit": "区水务居"}, "did you mean .*区水务局"),
        ("unit-load", {"unti": "区水务局"}, "it takes: notice, unit, certainty"),
        ("unit-load", {"unit": ""}, "not in the graph"),
        ("unit-due", {"by": "2020-13-01"}, "a date is written"),
        ("unit-pairs", {"minimum": "many"}, "not a number"),
        ("unit-tasks", {"role": "boss"}, "not in the graph"),
        ("load-by-notice", {"notice": "朝政发〔2020〕2号"}, "it takes: unit, certainty"),
    ],
)
def test_a_wrong_parameter_is_told(store, name, values, message):
    with pytest.raises(QueryError, match=message):
        rows_of(store, name, **values)


def test_a_name_that_several_units_share_is_not_guessed():
    units = (unit("甲市水务局", "水务局"), unit("乙市水务局", "水务局"))
    shared = load_store(nquads(Says("甲〔2020〕1号", "水务局", units=units).facts()))
    with pytest.raises(QueryError, match="乙市水务局, 甲市水务局"):
        rows_of(shared, "unit-load", unit="水务局")


def test_an_unknown_query_lists_the_nearest():
    with pytest.raises(QueryError, match="did you mean unit-load"):
        find_query("unit-lod")
    with pytest.raises(QueryError, match="no query is named"):
        find_query("../queries/unit-load")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?s WHERE {\n  ?s a gaz:Task .\n  FILTER(\n}", "line 4, column 2"),
        ("SELEC ?s {}", "line 1, column 1, .*: expected SELECT, CONSTRUCT, DESCRIBE or ASK"),
        ("# 一问\nSELECT WHERE { ?s ?p ?o }", "line 2, column 1, .*: expected variables or \\*"),
        ("SELECT * {\n ?s nope:x ?o }", "line 2, column 5, .*: expected a prefix .* nope: is not"),
        ("SELECT * { ?s skoss:note ?o }", "line 1, column 15, .*; did you mean skos:"),
        ("PREFIX a: <urn:x:> SELECT * { ?s a:b ?o ", r'line 1, column 41, .*: expected ","'),
        ("SELECT * { ?s ?p '区水务局 }", "line 1, column 18, .*: a string that is not closed"),
        ("SELECT * { ?s a gaz:Task ； }", "line 1, column 26, .*: ； is a full-width mark"),
        ("SELECT * { ?s a gaz:Task }}", "expected the end of the query"),
        ("DELETE WHERE { ?s ?p ?o }", "line 1, column 1, .*: DELETE is an update"),
        ("SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o }", "stands neither in GROUP BY nor in an agg"),
        ("SELECT ?s, ?o { ?s ?p ?o }", "line 1, column 10, .*: variables are divided by blanks"),
        ("SELECT ?p\n  COUNT(?s) { ?s ?p ?o }", r"line 2, column 3, .*in brackets: \(COUNT"),
        ("SELECT (COUNT(?s)) { ?s ?p ?o }", r"line 1, column 8, .*in brackets: \(COUNT"),
        ("SELECT * { { SELECT (MAX(?o) AS m) { ?s ?p ?o } } }", "line 1, column 21, .*in brackets"),
        ("SELECT ?s { ?s a }", "the mistake may stand before"),
        ("", "line 1, column 1, in '': the query is empty"),
    ],
)
def test_a_syntax_error_tells_line_and_column(store, text, message):
    with pytest.raises(QueryError, match=message) as caught:
        store.query(text, "F.rq")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s a gaz:Task }",
        "select distinct $s{ $s a gaz:Task }",
        "SELECT (COUNT(DISTINCT ?s) AS ?n) (SUM(IF(?o IN (1, 2), 1, 0)) AS ?m) ?p { ?s ?p ?o } "
        "GROUP BY ?p",
        "SELECT (COALESCE(?a, 'COUNT(x), y') AS ?b) # a, b COUNT(\nWHERE { ?s ?p ?a }",
        "SELECT ?s { ?s a gaz:Task . { SELECT (1 AS ?one) WHERE {} } }",
    ],
)
def test_a_right_selection_is_no_mistake(store, text):
    wrong = text + " LIMIT LIMIT"
    assert store.query(text).columns
    with pytest.raises(QueryError) as caught:
        store.query(wrong)
    assert "divided by blanks" not in str(caught.value)
    assert "in brackets" not in str(caught.value)


NOWHERE = "stands nowhere in the graph"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("SELECT ?t { ?t a gaz:Tasks }", [f"gaz:Tasks {NOWHERE}; did you mean gaz:Task"]),
        # A right word of which this graph has nothing.
        ("SELECT ?t { ?t gaz:involves ?u }", [f"gaz:involves {NOWHERE} · 图谱中没有"]),
        ("ASK { ?c a org:ChangeEvent }", [f"org:ChangeEvent {NOWHERE} · "]),
        ("SELECT (COUNT(?t) AS ?n) { ?t m8g:hasParticipations ?a }", ["m8g:hasParticipations"]),
        (
            'SELECT ?u { ?u skos:prefLabel "北京市朝阳区水务局" }',
            ['"北京市朝阳区水务局" stands in the graph as "北京市朝阳区水务局"@zh'],
        ),
        # Notations have no language, and dates are no names.
        ('SELECT ?r { ?r skos:notation "boss" FILTER("2020-01-01"^^xsd:date > ?r) }', []),
        ('SELECT ?u { ?u skos:prefLabel "没有的单位"@zh }', []),
        ("SELECT ?t { <urn:a#b> a gaz:Task } # gaz:Nothing", [f"<urn:a#b> {NOWHERE}"]),
        (
            "PREFIX u: <https://w3id.org/gazette-kg/id/unit/>\n"
            "SELECT ?t { ?t gaz:leadUnit u:北京市朝阳区水务局 , u:乙市水务局 . }",
            [f"u:乙市水务局 {NOWHERE} · 图谱中没有"],
        ),
        (
            "SELECT ?s { GRAPH <https://w3id.org/gazette-kg/id/graph/register> { ?s a gaz:Task } }",
            [],
        ),
        ("CONSTRUCT { ?t a ?c } WHERE { ?t a gaz:CountedTasks ; ?p ?c }", ["gaz:CountedTasks"]),
    ],
)
def test_why_a_query_finds_nothing(store, text, told):
    assert found_nothing(store.query(text))
    lines = reasons(text, store)
    assert len(lines) == len(told)
    assert all(line.startswith(start) for line, start in zip(lines, told, strict=True))


@pytest.mark.parametrize(
    "text", ["SELECT ?t { ?t a gaz:Task }", "ASK { ?t a gaz:Task }", "SELECT (1 AS ?one) {}"]
)
def test_what_finds_something_needs_no_reason(store, text):
    assert not found_nothing(store.query(text))


class OneGraph:
    """An endpoint that looks into its default graph alone, as Oxigraph does unless told."""

    def __init__(self, data=b""):
        self.engine = load_store(data).engine

    def query(self, text, name="query"):
        return Result(answer=bool(self.engine.query(text)))


def test_an_endpoint_without_union_and_an_empty_one_are_told(both):
    assert [line.partition(",")[0] for line in reasons("", OneGraph(both))] == [
        "the endpoint looks into its default graph alone"
    ]
    assert reasons("", OneGraph()) == ["the graph is empty · 图谱是空的"]


def test_the_formats():
    task = PREFIXES["gaz"] + "Task"
    result = Result(
        ("a", "b"),
        (
            (Term("uri", task), Term("literal", "x|y\nz", "", "zh")),
            (None, Term("literal", "2", PREFIXES["xsd"] + "integer")),
        ),
    )
    assert set(FORMATS) == {"table", "csv", "json", "markdown"}
    assert format_result(result, "csv") == f'a,b\n{task},"x|y\nz"\n,2\n'
    assert format_result(result, "markdown") == (
        "| a | b |\n| --- | --- |\n| gaz:Task | x\\|y z |\n|  | 2 |\n"
    )
    assert "gaz:Task" in format_result(result, "table")
    wide = Result(("a", "b"), ((Term("literal", "区" * 90), Term("literal", "水" * 90)),))
    assert any("区" * 90 in line and "水" * 90 in line for line in format_result(wide).split("\n"))
    read = ox.parse_query_results(
        format_result(result, "json").encode(), format=ox.QueryResultsFormat.JSON
    )
    assert [[row["a"], row["b"]] for row in read] == [
        [ox.NamedNode(task), ox.Literal("x|y\nz", language="zh")],
        [None, ox.Literal(2)],
    ]


@pytest.mark.parametrize(("width", "lines"), [(61, 1), (60, 6)])
def test_a_table_that_does_not_fit_the_terminal_is_a_line_for_each_cell(monkeypatch, width, lines):
    # Six columns of seven characters and the blanks between and about them take 61.
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", str(width))
    names = [f"column{number}" for number in range(6)]
    row = tuple(Term("literal", f"word {number:02}") for number in range(6))
    text = re.sub(r"\x1b\[\d*m", "", format_result(Result(tuple(names), (row,))))
    told = [line.split() for line in text.splitlines() if "word" in line]
    if lines == 1:
        assert told == [[word for number in range(6) for word in ("word", f"{number:02}")]]
    else:
        assert told == [[name, "word", f"{number:02}"] for number, name in enumerate(names)]


def test_ask_and_construct_have_their_own_form(store):
    assert format_result(store.query("ASK { ?s a gaz:Task }"), "csv") == "true\n"
    made = store.query("CONSTRUCT { ?u a org:Role } WHERE { ?u a gaz:CollectiveUnit }")
    assert format_result(made) == (
        f"<https://w3id.org/gazette-kg/id/{STREETS.id}> <{PREFIXES['rdf']}type> "
        f"<{PREFIXES['org']}Role> .\n"
    )


@pytest.fixture
def build(tmp_path, both):
    (tmp_path / "graph.nq").write_bytes(both)
    write_store(tmp_path / "graph.nq", tmp_path / "store")
    return tmp_path


def test_the_command_lists_describes_explains_and_runs(build, capsys):
    assert main(["query"]) == 0
    listing = capsys.readouterr().out
    assert all(name in listing for name in NAMES)
    assert main(["query", "unit-due", "--describe"]) == 0
    assert "any · 不限" in capsys.readouterr().out
    run = ["query", "unit-load", "--build", str(build), "--param", "unit=区水务局"]
    assert main([*run, "--explain"]) == 0
    assert "unit/北京市朝阳区水务局> }" in capsys.readouterr().out
    assert main([*run, "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[1].startswith("北京市朝阳区水务局,3,1,1,1,0,")


def test_the_command_runs_a_users_file(build, tmp_path, capsys):
    file = tmp_path / "mine.rq"
    file.write_text("ASK { ?s a gaz:Task }", encoding="utf-8")
    assert main(["query", "--file", str(file), "--build", str(build)]) == 0
    assert capsys.readouterr().out == "true\n"
    assert read_query(file).parameters == ()
    file.write_text("SELECT ?s { ?s a gaz:Tasks }", encoding="utf-8")
    assert main(["query", "--file", str(file), "--build", str(build), "--format", "csv"]) == 0
    out, err = capsys.readouterr()
    assert out == "s\n"
    assert "note · 提示: gaz:Tasks stands nowhere" in err


def test_a_query_comes_from_the_standard_input(build):
    run = subprocess.run(
        [sys.executable, "-m", "kg", "query", "--file", "-", "--build", str(build)],
        input=b"SELECT ?n { ?u a gaz:CollectiveUnit ; skos:prefLabel ?n }",
        capture_output=True,
        check=True,
    )
    assert "各街乡" in run.stdout.decode()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nope"], "no query is named"),
        (["SELECT * { ?s ?p ?o }"], "--file - to read it"),
        (["--file", "nowhere.rq"], "nowhere.rq: no such file"),
        (["unit-load", "--param", "unit"], "write NAME=VALUE"),
        (["unit-load", "--build", "nowhere"], "nowhere: no such folder"),
        (["unit-load", "--file", "x.rq"], "not both"),
    ],
)
def test_the_command_tells_what_is_wrong_in_one_line(arguments, message, capsys):
    assert main(["query", *arguments]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1
