"""The tables hold what the facts say, in columns that are fixed."""

import csv

import pytest
from factories import Says, dredging_notice, paged_notice, water_notice

from kg.building.table_files import write_tables
from kg.tables import COLUMNS, rows

FIXED = {
    "notices": "notice,number,title,kind,issuer,date,addressees,plan,gazette,page,document",
    "tasks": "task,notice_number,label,form,parent,section,heading,text,start,end,document",
    "assignments": "assignment,notice_number,task,label,unit,name,as_written,role,certainty,"
    "collective,start,end,quote",
    "deadlines": "task,notice_number,kind,from,to,text,start,end",
    "targets": "task,notice_number,subject,comparator,value,measure,text,start,end",
    "references": "notice_number,task,title,number,kind,relation,as_written,start,end",
    "memberships": "notice_number,group,person,group_role,post,unit,name,as_written,start,end",
    "hostings": "notice_number,group,unit,name,as_written,start,end,quote",
    "units": "unit,name,short_names,level,kind,parent,collective,registered",
    "findings": "rule,severity,message_zh,message_en,subject,quote,start,end,document",
}


def read(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables")
    write_tables(folder, [water_notice(), dredging_notice()])
    return folder


def test_the_columns_of_the_design_come_first():
    assert set(COLUMNS) == {*FIXED, "changes"}
    for name, columns in FIXED.items():
        assert COLUMNS[name] == columns or COLUMNS[name].startswith(f"{columns},")


@pytest.mark.parametrize("name", FIXED)
def test_every_row_is_as_wide_as_the_header(name, tables):
    with (tables / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        widths = {len(row) for row in csv.reader(file)}
    assert widths == {len(COLUMNS[name].split(","))}


@pytest.mark.parametrize("name", FIXED)
def test_the_files_are_utf8_without_mark_or_carriage_return(name, tables):
    content = (tables / f"{name}.csv").read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")
    content.decode("utf-8")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("assignments", "quote"),
        ("deadlines", "text"),
        ("targets", "text"),
        ("references", "as_written"),
        ("findings", "quote"),
    ],
)
def test_the_words_stand_in_the_text(name, words, tables):
    texts = {
        facts.document.id: facts.document.text for facts in (water_notice(), dredging_notice())
    }
    for row in read(tables, name):
        text = texts[row["document"]]
        assert row[words] in text
        if name != "assignments":
            assert text[int(row["start"]) : int(row["end"])] == row[words]
        else:
            assert text[int(row["start"]) : int(row["end"])] == row["as_written"]


def test_the_file_of_every_row_is_told(tables):
    files = {row["document"]: row["file"] for row in read(tables, "notices")}
    assert sorted(files.values()) == ["gazette.txt", "second.txt"]
    assert {files[row["document"]] for row in read(tables, "assignments")} == set(files.values())


def test_an_assignment_row(tables):
    row = read(tables, "assignments")[0]
    assert row["notice_number"] == "朝政发〔2020〕2号"
    assert row["task"] == "task/朝政发〔2020〕2号/一"
    assert row["unit"] == "unit/北京市朝阳区水务局"
    cells = ("label", "name", "as_written", "role", "certainty", "collective", "quote")
    assert tuple(row[cell] for cell in cells) == (
        "一",
        "北京市朝阳区水务局",
        "区水务局",
        "lead",
        "stated",
        "false",
        "区水务局牵头",
    )


def test_a_row_gives_its_page_in_a_pdf(tmp_path):
    write_tables(tmp_path, [paged_notice()])
    assert [row["page"] for row in read(tmp_path, "assignments")] == ["1", "2"]
    assert [row["page"] for row in read(tmp_path, "tasks")] == ["1", "2"]


def test_a_row_of_a_text_has_no_page(tables):
    assert {row["page"] for row in read(tables, "assignments")} == {""}


def test_a_row_names_the_task_that_it_details(tables):
    parents = {row["label"]: row["parent"] for row in read(tables, "tasks")}
    assert parents["行/1"] == "task/朝政发〔2020〕2号/一"
    assert parents["二"] == ""


def test_a_membership_row(tables):
    rows_ = read(tables, "memberships")
    cells = ("person", "group_role", "post", "unit", "name", "as_written")
    assert [tuple(row[cell] for cell in cells) for row in rows_] == [
        ("王某", "组长", "区长", "", "", ""),
        ("李某", "成员", "局长", "unit/北京市朝阳区水务局", "北京市朝阳区水务局", "区水务局"),
    ]
    assert {row["group"] for row in rows_} == {"unit/北京市朝阳区第七次全国人口普查领导小组"}
    assert {row["notice"] for row in rows_} == {"notice/朝政发〔2020〕2号"}


def test_a_hosting_row(tables):
    (row,) = read(tables, "hostings")
    assert row["notice_number"] == "朝政发〔2020〕2号"
    assert row["group"] == "unit/北京市朝阳区第七次全国人口普查领导小组"
    assert (row["unit"], row["as_written"]) == ("unit/北京市朝阳区财政局", "区财政局")
    assert row["quote"] == "领导小组办公室设在区财政局"
    assert row["notice"] == "notice/朝政发〔2020〕2号"
    assert len(row["document"]) == 64


def test_a_deadline_of_a_whole_notice_has_no_task(tables):
    cells = ("task", "kind", "from", "to", "text")
    assert [tuple(row[cell] for cell in cells) for row in read(tables, "deadlines")] == [
        ("task/朝政发〔2020〕2号/一", "by", "", "2020-06", "2020年6月底前"),
        ("task/朝政发〔2020〕2号/三", "ongoing", "", "", "长期坚持"),
        ("", "by", "", "2021", "2021年"),
    ]


def test_units_stand_once_over_all_documents(tables):
    names = [row["unit"] for row in read(tables, "units")]
    assert names == sorted(set(names))
    streets = next(row for row in read(tables, "units") if row["name"] == "各街乡")
    assert (streets["collective"], streets["quantifier"], streets["frame_size"]) == (
        "true",
        "all",
        "43",
    )


def test_a_finding_without_words_has_empty_cells():
    say = Says("甲〔2020〕1号", "一、治水。")
    say.finding("whole", "info", "notice/甲〔2020〕1号")
    assert rows("findings", [say.facts()])[0][5:8] == ("", "", "")


def test_commas_quotes_and_line_breaks_survive(tmp_path):
    words = '治水，"快",\n好'
    say = Says("甲〔2020〕1号", f"标题。{words}")
    say.task("一", words)
    write_tables(tmp_path, [say.facts()])
    assert read(tmp_path, "tasks")[0]["text"] == words


def test_the_order_of_the_documents_does_not_matter(tmp_path):
    for folder, facts in (
        ("one", [water_notice(), dredging_notice()]),
        ("two", [dredging_notice(), water_notice()]),
    ):
        write_tables(tmp_path / folder, facts)
    for name in FIXED:
        first, second = (tmp_path / folder / f"{name}.csv" for folder in ("one", "two"))
        assert first.read_bytes() == second.read_bytes()
