"""Reading: encodings, and what normalisation mends, with the map back to the source."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.document import MappedText, Span
from kg.errors import InputError
from kg.reader import document, read
from kg.reader.decode import decode

SENTENCE = "各街道办事处要做好防汛工作，确保安全度汛。"
GAZETTE = Path(__file__).parents[1] / "data" / "chaoyang-2020-02.txt"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(encoding: str) -> None:
    assert decode(SENTENCE.encode(encoding), "x.txt") == SENTENCE


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        ("防汛抗旱工作".encode("utf-16-le"), "neither UTF-8 nor GB18030"),
        (SENTENCE.encode("big5", "ignore") * 20, "neither UTF-8 nor GB18030"),
        (SENTENCE.encode() + b"\xff\xfe\xfd", "neither UTF-8 nor GB18030"),
    ],
)
def test_unreadable_bytes(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says) as error:
        decode(data, "x.txt")
    assert str(error.value).startswith("x.txt")


def test_wrong_encoding_names_the_line() -> None:
    with pytest.raises(InputError) as error:
        decode(b"first\nsecond\n\xff\xff third", "x.txt")
    assert error.value.line == 3


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read(tmp_path / "none.txt")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param("2020 年 3 月 7 日", "2020年3月7日", id="spaces in a date"),
        pytest.param(
            "区水务局牵头治水。\n2020年3月7日\n主办：某市人民政府\n某ICP备0500号 网站标识码：43\n地址：某路1号",
            "区水务局牵头治水。\n2020年3月7日",
            id="the imprint of the site that a page was printed from",
        ),
        pytest.param(
            "承办单位：市商务局\n网站要标明ICP备案号。",
            "承办单位：市商务局\n网站要标明ICP备案号。",
            id="no imprint",
        ),
        pytest.param(
            "关于防汛的通知\n发布时间：2023-03-06 10:00 来源：县政府 浏览次数：12\n首页 > 政务公开\n[字体: ]\n手机版 丨 RSS订阅\n各乡镇：\n做好防汛。",
            "关于防汛的通知\n各乡镇：\n做好防汛。",
            id="a page's byline and its tools",
        ),
        pytest.param(
            "会议纪要\n时间：2023年3月6日\n一、会议要求做好防汛。\n来源：各乡镇报送。",
            "会议纪要\n时间：2023年3月6日\n一、会议要求做好防汛。\n来源：各乡镇报送。",
            id="no byline",
        ),
        pytest.param(
            "成员：何 芳市财政局局长\n孟小军市水利局局长\n易斌市气象局局长",
            "成员：何芳 市财政局局长\n孟小军 市水利局局长\n易斌 市气象局局长",
            id="posts that have lost the space before them",
        ),
        pytest.param("朝政办发〔2020〕5 号", "朝政办发〔2020〕5号", id="space in a number"),
        pytest.param("小学六年內", "小学六年内", id="compatibility character"),
        pytest.param("智慧城市⸺政务平台", "智慧城市——政务平台", id="a dash that a font has joined"),
        pytest.param("（１）共３所", "（1）共3所", id="full-width digits"),
        pytest.param("1﹒加强领导", "1.加强领导", id="small full stop"),
        pytest.param("区教委,区财政局;", "区教委，区财政局；", id="half-width punctuation"),
        pytest.param("(牵头单位:区教委)", "（牵头单位：区教委）", id="half-width brackets"),
        pytest.param(
            "正常的生产和 work order 秩序", "正常的生产和work order秩序", id="latin words"
        ),
        pytest.param(
            "**关于印发\n《方案》的通知**", "关于印发《方案》的通知", id="bold over lines"
        ),
        pytest.param("# 一、总则", "一、总则", id="markdown heading"),
        pytest.param("<p>长期坚持</p>", "长期坚持", id="paragraph tags"),
        pytest.param(
            "（责任单位：区教委、区房管\n\n局、区财政局）",
            "（责任单位：区教委、区房管局、区财政局）",
            id="a name over a page break",
        ),
        pytest.param(
            "牵头单位为区水务局，配合单位为各\n\n有关街乡。",
            "牵头单位为区水务局，配合单位为各有关街乡。",
            id="a sentence over a page break",
        ),
        pytest.param(
            "一、指导思想\n\n以新思想为指导，全面推进。",
            "一、指导思想\n以新思想为指导，全面推进。",
            id="a heading is not joined",
        ),
        pytest.param(
            "1.1 编制目的\n高效做好防治工作，维护稳定。",
            "1.1编制目的\n高效做好防治工作，维护稳定。",
            id="a heading of aims is not open",
        ),
        pytest.param(
            "6\t裸露土地\t市林业局\t4月底前完成排查；\n10月底前完成整治\n7\t老旧车辆\t市公安局\t全年",
            "6\t裸露土地\t市林业局\t4月底前完成排查；10月底前完成整治\n7\t老旧车辆\t市公安局\t全年",
            id="a last cell of two lines",
        ),
        pytest.param(
            "6\t裸露土地\t4月底前；\n7\t老旧车辆\t全年",
            "6\t裸露土地\t4月底前；\n7\t老旧车辆\t全年",
            id="a row below a last cell that ends with a semicolon",
        ),
        pytest.param(
            "请认真组织实施。\n\n某某市人民政府\n\n2020年3月7日",
            "请认真组织实施。\n某某市人民政府\n2020年3月7日",
            id="a signature is not joined",
        ),
        pytest.param(
            "1\t提升 服务 水平\t区教委 区财政局\t2020 年底前 完成",
            "1\t提升服务水平\t区教委 区财政局\t2020年底前完成",
            id="spaces in cells: between units kept, in phrases dropped",
        ),
        pytest.param(
            "1\t编制规划\t市规划委 海淀分局\t长期",
            "1\t编制规划\t市规划委海淀分局\t长期",
            id="a branch follows its parent",
        ),
        pytest.param(
            "- 组 长：朱 晟 副区长\n- 副组长：韦小萍 区统计局局长",
            "-组长：朱晟 副区长\n-副组长：韦小萍 区统计局局长",
            id="padded names",
        ),
        pytest.param(
            "| 序号 | 任务 | 责任单位 |\n|---|---|---|\n| 1 | 建设公园 | 区园林局 |",
            "序号\t任务\t责任单位\n1\t建设公园\t区园林局",
            id="pipe table",
        ),
        pytest.param(
            "<table><tr><td>序号</td><td>任务</td></tr><tr><td>1</td><td>建园</td></tr></table>",
            "序号\t任务\n1\t建园",
            id="html table",
        ),
    ],
)
def test_normalisation(source: str, text: str) -> None:
    assert document(source, "x").text == text


def test_a_doubled_character_goes_and_a_real_one_stays() -> None:
    slip = "学校可以调整课程，年度调整须备案。未经批准不得擅自\n自调整计划，任何人都要遵守。"
    assert "擅自调整计划" in document(slip, "x").text
    real = "保障困难群众的基本生活，关心学生\n生活补助的发放，改善学生生活条件，生活补助按月发放。"
    assert "学生生活补助" in document(real, "x").text


def test_map_leads_back_to_the_source() -> None:
    source = GAZETTE.read_text(encoding="utf-8")
    found = document(source, "x")
    for words in (
        "区房管局、区市场监管局",
        "朝政办发〔2020〕5号",
        "韦小萍 区统计局局长",
        "小学六年内",
    ):
        start = found.text.index(words)
        where = found.source_span(Span(start, start + len(words)))
        original = source[where.start : where.end]
        assert re.sub(r"\s+", "", original).replace("內", "内") == re.sub(r"\s+", "", words)


TEXTS = st.text(
    alphabet=st.sampled_from(
        "区教委市局、，。：；（）《》〔〕一二三1234567890年月日底前 \n\t　*|<>pbr/(),.:"
    ),
    max_size=300,
)


@given(TEXTS)
@settings(max_examples=300)
def test_every_character_has_a_place_in_the_source(source: str) -> None:
    try:
        found = document(source, "x")
    except InputError:
        return
    assert "\n\n" not in found.text
    places = [found.mapped.source(position) for position in range(len(found.text))]
    assert all(0 <= place < len(source) for place in places)
    assert places == sorted(places)


@given(TEXTS)
@settings(max_examples=150)
def test_reading_twice_changes_nothing(source: str) -> None:
    try:
        once = document(source, "x").text
    except InputError:
        return
    assert document(source, "x").text == once


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(0, 59), st.integers(0, 5), st.text(max_size=4))),
)
@settings(max_examples=200)
def test_edits_keep_the_map(text: str, wishes: list[tuple[int, int, str]]) -> None:
    edits, done = [], 0
    for start, length, new in sorted(wishes):
        start, end = max(start, done), max(start, done) + length
        if end <= len(text):
            edits.append((start, end, new))
            done = end + 1
    mapped = MappedText(text).edit(edits)
    expected, position = [], 0
    for start, end, new in edits:
        expected += [text[position:start], new]
        position = end
    assert mapped.text == "".join([*expected, text[position:]])
    untouched = set(range(len(text))) - {i for start, end, _ in edits for i in range(start, end)}
    kept = {mapped.source(i) for i in range(len(mapped.text))}
    assert untouched <= kept
