"""Documents in layouts that other publishers use: what a reader finds in each."""

from __future__ import annotations

import zipfile
from pathlib import Path

import forms
import pytest

from kg.facts import DocumentFacts
from kg.pipeline import Pipeline
from kg.reader import read

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

TRS = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<meta name="SiteName" content="海州市人民政府门户网站"/><meta name="ArticleTitle" content="海州市人民政府办公室关于印发海州市城市内涝治理实施方案的通知"/>
<title>海州市人民政府办公室关于印发海州市城市内涝治理实施方案的通知_海州市人民政府</title>
<script>var a="<div>区水务局牵头</div>";</script><style>.TRS_Editor P{line-height:2;}</style></head>
<body><div id="top"><div class="w1200"><a href="/">首页</a><a href="/zwgk">政务公开</a><a href="/hd">互动交流</a><a href="/fw">政务服务</a></div>
<form action="/s" class="searchform"><input name="q"/><select><option>搜标题</option><option>搜全文</option></select><button>搜索</button></form></div>
<div class="dqwz">您现在的位置：<a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a> &gt; <a href="/x">政府文件</a></div>
<div class="wrap">
<table class="xxgk_table" width="100%" border="0" cellspacing="1"><tbody>
<tr><td class="t"><b>索&nbsp;引&nbsp;号：</b></td><td>HZ0001-2021-00123</td><td class="t"><b>主题分类：</b></td><td>城乡建设、环境保护</td></tr>
<tr><td><b>发文机关：</b></td><td>海州市人民政府办公室</td><td><b>成文日期：</b></td><td>2021年06月18日</td></tr>
<tr><td><b>标&nbsp;&nbsp;&nbsp;&nbsp;题：</b></td><td colspan="3">海州市人民政府办公室关于印发海州市城市内涝治理实施方案的通知</td></tr>
<tr><td><b>发文字号：</b></td><td>海政办发〔2021〕23号</td><td><b>有 效 性：</b></td><td>有效</td></tr></tbody></table>
<div class="article-title"><h2>海州市人民政府办公室<br/>关于印发海州市城市内涝治理实施方案的通知</h2></div>
<div class="info"><span>发布时间：2021-06-22 09:15</span><span>来源：市政府办公室</span><span>浏览次数：<i id="c">321</i></span><span>字号：[<a>大</a> <a>中</a> <a>小</a>]</span><a>打印</a></div>
<div class="TRS_Editor"><style type="text/css">.TRS_Editor P{margin:0}</style>
<p align="center">海政办发〔2021〕23号</p>
<p>各县、区人民政府，市各委、办、局，市各直属单位：</p>
<p>&emsp;&emsp;《海州市城市内涝治理实施方案》已经市政府同意，现印发给你们，请认真贯彻实施。</p>
<p align="right">海州市人民政府办公室&emsp;&emsp;</p><p align="right">2021年6月18日&emsp;&emsp;&emsp;</p>
<p>（此件公开发布）</p>
<p align="center"><strong>海州市城市内涝治理实施方案</strong></p>
<p>&emsp;&emsp;<strong>一、主要任务</strong></p>
<p>&emsp;&emsp;（一）<strong>实施河道清淤。</strong>2021年9月底前完成城区12条河道清淤。（市水利局牵头，市住房城乡建设局、各区人民政府按职责分工负责）</p>
<p>&emsp;&emsp;（二）<strong>完善排水管网。</strong>新建改造雨水管网50公里以上。（牵头单位：市住房城乡建设局；配合单位：市财政局、市自然资源和规划局）</p>
<p>&emsp;&emsp;<strong>二、保障措施</strong></p><p>&emsp;&emsp;市财政局要统筹安排资金。</p>
<p>&emsp;&emsp;附件：<a href="./P020210622.docx">海州市城市内涝治理任务分解表.docx</a></p></div>
<div class="prev">上一篇：<a href="1">关于防汛工作的通知</a></div><div>下一篇：<a href="2">市水利局牵头做好河长制工作</a></div>
<div class="xgwj"><h3>相关文件</h3><ul><li><a href="3">一图读懂</a></li><li><a href="4">政策解读</a></li></ul></div>
</div><div class="foot"><p>主办：海州市人民政府办公室　承办：海州市大数据管理局</p><p>网站标识码：3207000001　苏ICP备05000001号　苏公网安备 32070002000001号</p></div></body></html>"""
"""A page as a city's site gives it: a block of data, an editor's box, links around."""

OLD = """<html><head><meta http-equiv=Content-Type content="text/html; charset=gb2312"><title>文件</title></head><body bgcolor=#ffffff>
<table width=1000 align=center><tr><td><img src=banner.jpg></td></tr><tr><td><table><tr><td><a href=/>首 页</a></td><td><a href=/a>机构概况</a></td><td><a href=/b>法规文件</a></td><td><a href=/c>办事指南</a></td></tr></table></td></tr>
<tr><td>当前位置：<a href=/>首页</a>→<a href=/b>法规文件</a></td></tr>
<tr><td><table width=96% align=center><tr><td align=center class=title>青山县人民政府关于加强农村饮用水安全管理的通知</td></tr>
<tr><td align=center>信息来源：县政府办　　发布日期：2012-03-15　　浏览次数：<script>document.write(1)</script></td></tr>
<tr><td><div id=zoom><!--ZJEG_RSS.content.begin-->
<FONT size=3>青政发[2012]15号<BR>各乡镇人民政府，县政府各部门：<BR>　　为加强农村饮用水安全管理，经县政府研究，现就有关事项通知如下：<BR>　　一、县水利局负责全县农村饮水安全工程的建设管理，县卫生局配合做好水质监测。<BR>　　二、县财政局要落实配套资金，于2012年5月底前拨付到位。<BR>　　三、各乡镇人民政府要加强宣传。<BR>　　　　　　　　　　　　　　　　　　　　二○一二年三月十日</FONT>
<!--ZJEG_RSS.content.end--></div></td></tr><tr><td align=right>【<a href=#>打印</a>】【<a href=#>关闭</a>】</td></tr></table></td></tr>
<tr><td align=center>版权所有：青山县人民政府　技术支持：南京大汉网络有限公司<br>浙ICP备05000002号</td></tr></table></body></html>"""
"""A page of the first years: tables that place, lines that end in <br>, GBK."""

DIVS = """<html><body><div class="nav"><div>首页</div></div><div><div style="text-align:center">西河区人民政府关于做好防汛工作的通知</div><div style="text-align:center">西政发〔2020〕5号</div><div>各镇人民政府，区政府各部门：</div><div>&nbsp;&nbsp;&nbsp;&nbsp;为做好2020年防汛工作，现将有关事项通知如下。</div><div>&nbsp;&nbsp;&nbsp;&nbsp;一、落实责任</div><div>&nbsp;&nbsp;&nbsp;&nbsp;区水务局牵头，区应急管理局、区气象局配合，2020年5月底前完成隐患排查。</div><div style="text-align:right">西河区人民政府</div><div style="text-align:right">2020年4月10日</div></div></body></html>"""
"""A page without paragraphs: boxes, and blanks for the indent."""

ROWS = """<html><body><div id="UCAP-CONTENT"><p>东湖市人民政府办公室关于印发重点任务分工的通知</p><p>东政办发〔2022〕8号</p><p>各区人民政府，市有关部门：</p><p>现将重点任务分工印发给你们，请认真落实。</p><p>东湖市人民政府办公室</p><p>2022年3月1日</p><p>重点任务分工</p>
<table border="1"><thead><tr><th rowspan="2">序号</th><th rowspan="2">工作任务</th><th colspan="2">责任分工</th><th rowspan="2">完成时限</th></tr><tr><th>牵头单位</th><th>配合单位</th></tr></thead><tbody>
<tr><td>1</td><td rowspan="2">推进“一网通办”改革</td><td>市政务服务局</td><td><p>市大数据局</p><p>市公安局</p></td><td>2022年6月底</td></tr>
<tr><td>2</td><td>市大数据局</td><td>市财政局</td><td>2022年12月底</td></tr>
<tr><td>3</td><td>优化营商环境</td><td colspan="2">市发展改革委</td><td>长期坚持</td></tr></tbody></table></div></body></html>"""
"""A table with a head of two rows and cells over rows and columns."""


def said(facts: DocumentFacts) -> set[tuple[str, str, str]]:
    """Return what is assigned: label of the task, name of the unit, role."""
    tasks = {task.id: task.label for task in facts.tasks}
    units = {unit.id: unit.name for unit in facts.units}
    return {(tasks[found.task], units[found.unit], found.role.value) for found in facts.assignments}


def head(facts: DocumentFacts) -> tuple[str, str, str, str]:
    (notice,) = facts.notices
    return notice.number, notice.title, notice.issuer, notice.date


def of_page(pipeline: Pipeline, folder: Path, page: str, encoding: str = "utf-8") -> DocumentFacts:
    path = folder / "page.html"
    path.write_bytes(page.encode(encoding))
    return pipeline.read(path)


def test_page_of_a_city(pipeline, tmp_path: Path) -> None:
    facts = of_page(pipeline, tmp_path, TRS)
    title = "海州市人民政府办公室关于印发海州市城市内涝治理实施方案的通知"
    assert head(facts) == ("海政办发〔2021〕23号", title, "海州市人民政府办公室", "2021-06-18")
    assert said(facts) == {
        ("一/（一）", "海州市水利局", "lead"),
        ("一/（一）", "海州市住房和城乡建设局", "responsible"),
        ("一/（一）", "各区人民政府", "responsible"),
        ("一/（二）", "海州市住房和城乡建设局", "lead"),
        ("一/（二）", "海州市财政局", "support"),
        ("一/（二）", "海州市自然资源和规划局", "support"),
    }
    lines = facts.document.text.split("\n")
    data = lines[0].split("\t")
    assert dict(zip(data[::2], data[1::2], strict=True)) == {
        "索引号：": "HZ0001-2021-00123",
        "主题分类：": "城乡建设、环境保护",
        "发文机关：": "海州市人民政府办公室",
        "成文日期：": "2021年06月18日",
        "标题：": title,
        "发文字号：": "海政办发〔2021〕23号",
        "有效性：": "有效",
    }
    assert lines[1] == title
    assert "海州市城市内涝治理实施方案" in lines
    assert lines[-1] == "附件：海州市城市内涝治理任务分解表.docx"
    for noise in ("首页", "搜标题", "浏览次数", "上一篇", "一图读懂", "大数据", "市水利局牵头做好"):
        assert noise not in facts.document.text


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("charset=gb2312", "gb18030"),
        ("", "gb18030"),
        ("charset=iso-8859-1", "gb18030"),
        ("charset=utf-8", "gb18030"),
        ("charset=gb2312", "utf-8"),
    ],
)
def test_old_page(declared: str, encoding: str, pipeline, tmp_path: Path) -> None:
    facts = of_page(pipeline, tmp_path, OLD.replace("charset=gb2312", declared), encoding)
    title = "青山县人民政府关于加强农村饮用水安全管理的通知"
    assert head(facts) == ("青政发〔2012〕15号", title, "青山县人民政府", "2012-03-10")
    assert said(facts) == {
        ("一", "青山县水利局", "responsible"),
        ("一", "青山县卫生局", "support"),
        ("二", "青山县财政局", "responsible"),
        ("三", "各乡镇人民政府", "responsible"),
    }
    assert facts.document.text.split("\n")[0] == title
    assert facts.document.text.endswith("二○一二年三月十日")


def test_page_of_boxes(pipeline, tmp_path: Path) -> None:
    facts = of_page(pipeline, tmp_path, DIVS)
    title = "西河区人民政府关于做好防汛工作的通知"
    assert head(facts) == ("西政发〔2020〕5号", title, "西河区人民政府", "2020-04-10")
    assert said(facts) == {
        ("一", "西河区水务局", "lead"),
        ("一", "西河区应急管理局", "support"),
        ("一", "西河区气象局", "support"),
    }


def test_block_of_data_in_one_line(pipeline, tmp_path: Path) -> None:
    """Only a blank parts a value from the next label, and blanks stand inside a label too."""
    page = """<html><body><h1>西河区人民政府关于做好防汛工作的通知</h1><div class="article-info">
    <span>索 引 号：</span><span> XH-2020-00491 </span>
    <span>发文字号：</span><span>西政发〔2020〕5号</span>
    <span>发文机关：</span><span>西河区人民政府</span>
    <span>成文日期：</span><span>2020-04-10</span></div>
    <div class="Article_content"><p>各街道办事处：</p>
    <p>一、加强巡查。由区水务局牵头。</p></div></body></html>"""
    facts = of_page(pipeline, tmp_path, page)
    title = "西河区人民政府关于做好防汛工作的通知"
    assert head(facts) == ("西政发〔2020〕5号", title, "西河区人民政府", "2020-04-10")
    assert facts.document.text.split("\n")[0].split("\t") == [
        *("索引号：", "XH-2020-00491", "发文字号：", "西政发〔2020〕5号"),
        *("发文机关：", "西河区人民政府", "成文日期：", "2020-04-10"),
    ]


@pytest.mark.parametrize(
    "head_of_page",
    [
        '<meta name="ArticleTitle" content="绍兴市2021年民生实事"><title>政策文件</title>',
        "<title>绍兴市2021年民生实事_政策文件_绍兴市人民政府</title>",
        "<title>绍兴市2021年民生&#23454;事_政策文件</title>",
    ],
)
def test_title_by_what_the_page_is_called(head_of_page: str, pipeline, tmp_path: Path) -> None:
    """No noun at its end tells that 民生实事 is a title, and it stands outside of the text's box."""
    page = f"""<html><head>{head_of_page}</head><body><div>绍兴市人民政府</div>
    <div>政策文件</div><div>绍兴市2021年民生实事</div><div>发布时间：2021-05-06</div>
    <div id="zoom"><p>为办好民生实事，现将分工明确如下。</p>
    <p>一、建设养老院。由市民政局牵头，市财政局配合。</p></div></body></html>"""
    facts = of_page(pipeline, tmp_path, page)
    assert head(facts) == ("", "绍兴市2021年民生实事", "", "")
    assert said(facts) == {("一", "绍兴市民政局", "lead"), ("一", "绍兴市财政局", "support")}


@pytest.mark.parametrize("site", ["绍兴市人民政府", "绍兴市人民政府门户网站", "绍兴政务服务网"])
def test_the_name_of_the_site_is_no_title(site: str, pipeline, tmp_path: Path) -> None:
    page = f"""<html><head><title>{site}_政策文件</title></head><body><div>{site}</div>
    <div id="zoom"><p>各区人民政府：</p><p>一、由市民政局牵头。</p></div></body></html>"""
    assert head(of_page(pipeline, tmp_path, page))[1] == ""


@pytest.mark.parametrize("mark", ["&amp;", "\n"], ids=["an entity", "a break"])
def test_title_that_the_page_does_not_show(mark: str, pipeline, tmp_path: Path) -> None:
    title = f"绍兴市人民政府关于印发《绍兴市养老{mark}托育办法（试行）》的通知"
    text = "<div id='zoom'><p>各区人民政府：</p><p>一、由市民政局牵头。</p></div>"
    page = f"<html><head><title>{title}_绍兴市政府</title></head><body>{text}</body></html>"
    facts = of_page(pipeline, tmp_path, page)
    told = title.replace("&amp;", "&").replace("\n", "")
    assert head(facts)[1:3] == (told, "绍兴市人民政府")
    start = facts.document.source_span(facts.notices[0].title_span).start
    assert page[start:].startswith(title)


@pytest.mark.parametrize(
    ("called", "above", "text"),
    [
        (
            "绍兴市关于加强养老服务的通知",
            "<table><tr><td>索引号：</td><td>3306/2021</td></tr><tr><td>标题：</td>"
            "<td>绍兴市关于加强养老服务的通知</td></tr><tr><td>有效性：</td><td>有效</td></tr></table>",
            "",
        ),
        ("绍兴市人民政府公告", "", "<p>绍兴市关于加强养老服务的通知</p>"),
    ],
    ids=["in the block of data", "another above the text"],
)
def test_title_that_the_page_shows(
    called: str, above: str, text: str, pipeline, tmp_path: Path
) -> None:
    body = f"{above}<div id='zoom'>{text}<p>各区人民政府：</p><p>一、由市民政局牵头。</p></div>"
    page = f"<html><head><title>{called}</title></head><body>{body}</body></html>"
    facts = of_page(pipeline, tmp_path, page)
    assert head(facts)[1] == "绍兴市关于加强养老服务的通知"
    assert facts.document.text.count("通知") == 1
    assert "公告" not in facts.document.text


def test_head_of_two_rows_and_merged_cells(pipeline, tmp_path: Path) -> None:
    facts = of_page(pipeline, tmp_path, ROWS)
    assert said(facts) == {
        ("行/1", "东湖市政务服务管理局", "lead"),
        ("行/1", "东湖市大数据局", "support"),
        ("行/1", "东湖市公安局", "support"),
        ("行/2", "东湖市大数据局", "lead"),
        ("行/2", "东湖市财政局", "support"),
        ("行/3", "东湖市发展和改革委员会", "lead"),
    }
    text = facts.document.text
    for task, row in zip(
        facts.tasks, ("推进“一网通办”改革", "推进“一网通办”改革", "优化营商环境"), strict=True
    ):
        assert row in task.text
    assert "序号\t工作任务\t责任分工\t\t完成时限\n〃\t〃\t牵头单位\t配合单位\t〃" in text


def test_cells_that_go_on_over_rows_and_names_over_lines(pipeline, tmp_path: Path) -> None:
    """A merged cell counts as read in each of its rows; 人民政府 on a line is no name of its own."""
    page = ROWS.replace(
        "<tr><td>3</td>",
        "<tr><td>3</td><td rowspan=2>修路</td><td rowspan=2>市交通局</td>"
        "<td>各县市区<br>人民政府</td><td rowspan=2>长期</td></tr>"
        "<tr><td>4</td><td><p>市财政局</p><p>市委编办</p></td></tr><tr><td>5</td>",
    )
    facts = of_page(pipeline, tmp_path, page)
    assert {found for found in said(facts) if found[0] in ("行/3", "行/4")} == {
        ("行/3", "东湖市交通运输局", "lead"),
        ("行/3", "各县市区人民政府", "support"),
        ("行/4", "东湖市交通运输局", "lead"),
        ("行/4", "东湖市财政局", "support"),
        ("行/4", "中共东湖市委机构编制委员会办公室", "support"),
    }
    assert "unread-cell" not in {finding.rule for finding in facts.findings}


def test_page_wholly_in_a_form(pipeline, tmp_path: Path) -> None:
    """As ASP.NET makes them; and a table whose end is missing loses nothing behind it."""
    page = DIVS.replace("<body>", '<body><form id="aspnetForm" action="x">')
    assert said(of_page(pipeline, tmp_path, page)) == said(of_page(pipeline, tmp_path, DIVS))
    page = ROWS.replace("</table>", "<p>各单位要抓好落实。</p>").replace("</tbody>", "")
    facts = of_page(pipeline, tmp_path, page)
    assert facts.document.text.endswith("\n各单位要抓好落实。")
    assert said(facts) == said(of_page(pipeline, tmp_path, ROWS))


def paragraph(words: str = "", properties: str = "", runs: str | None = None) -> str:
    runs = f"<w:r><w:t>{words}</w:t></w:r>" if runs is None else runs
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def row(*cells: str) -> str:
    """Return a row; a cell is its words, lines apart by /, and behind | its properties."""
    made = []
    for cell in cells:
        words, _, properties = cell.partition("|")
        lines = "".join(paragraph(line) for line in words.split("/"))
        made.append(f"<w:tc><w:tcPr>{properties}</w:tcPr>{lines}</w:tc>")
    return f"<w:tr>{''.join(made)}</w:tr>"


def listed(level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'


LEVELS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
NUMBERING = (
    f'<w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="0">'
    + "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, (form, text) in enumerate(LEVELS)
    )
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
STYLES = (
    f'<w:styles xmlns:w="{WORD}"><w:style w:type="paragraph" w:default="1" w:styleId="1">'
    '<w:name w:val="Normal"/></w:style>'
    + "".join(
        f'<w:style w:type="paragraph" w:styleId="{level + 2}"><w:name w:val="heading {level + 1}"/>'
        f'<w:basedOn w:val="1"/><w:pPr>{listed(level)}</w:pPr></w:style>'
        for level in range(2)
    )
    + "</w:styles>"
)
NOTES = (
    f'<w:footnotes xmlns:w="{WORD}"><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
    f'<w:footnote w:id="2">{paragraph("养护含日常保养和小修。")}</w:footnote></w:footnotes>'
)
BOX = (
    '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    "<mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>内部资料</w:t></w:r></w:p></w:txbxContent>"
    "</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>内部资料</w:t></w:r></w:p>"
    "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
CHANGED = (
    "<w:r><w:t>加强日常养护。县交通运输局牵头，</w:t></w:r><w:del><w:r><w:delText>县公安局配合</w:delText></w:r></w:del>"
    "<w:ins><w:r><w:t>县财政局配合</w:t></w:r></w:ins><w:r><w:t>，2021年10月底前完成。</w:t></w:r>"
    '<w:r><w:footnoteReference w:id="2"/></w:r>'
)
NOTICE = [
    paragraph(runs=f"{BOX}<w:r><w:t>云岭县人民政府办公室</w:t></w:r>"),
    paragraph("关于印发云岭县乡村道路养护实施方案的通知"),
    paragraph("云政办发〔2021〕7号"),
    paragraph("各乡镇人民政府，县级有关部门："),
    paragraph("《云岭县乡村道路养护实施方案》已经县政府同意，现印发给你们，请认真组织实施。"),
    paragraph("云岭县人民政府办公室"),
    paragraph("2021年4月2日"),
    paragraph("云岭县乡村道路养护实施方案"),
    paragraph("总体要求", '<w:pStyle w:val="2"/>'),
    paragraph("按照国家有关规定，建立长效机制。"),
    paragraph("主要任务", '<w:pStyle w:val="2"/>'),
    paragraph(properties='<w:pStyle w:val="3"/>', runs=CHANGED),
    paragraph("开展隐患排查。由县应急管理局负责。", '<w:pStyle w:val="3"/>'),
    paragraph("排查桥梁。", listed(2)),
    paragraph("排查边坡。", listed(2)),
    paragraph("附件"),
    paragraph("任务分解表"),
    "<w:tbl>",
    row("序号", "工作任务", "牵头单位", "配合单位", "完成时限"),
    row(
        "1",
        '道路巡查|<w:vMerge w:val="restart"/>',
        "县交通运输局",
        "各乡镇人民政府/县公安局",
        "2021年6月底",
    ),
    row("2", "|<w:vMerge/>", "县水务局", "县财政局", "2021年9月底"),
    row("3", "宣传培训", '县委宣传部|<w:gridSpan w:val="2"/>', "长期坚持"),
    "</w:tbl>",
]


@pytest.fixture(scope="module")
def notice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A notice as WPS makes it: numbers by styles, tracked changes, a box, a note."""
    path = tmp_path_factory.mktemp("word") / "notice.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        body = f"<w:body>{''.join(NOTICE)}<w:sectPr/></w:body>"
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{WORD}">{body}</w:document>')
        archive.writestr("word/styles.xml", STYLES)
        archive.writestr("word/numbering.xml", NUMBERING)
        archive.writestr("word/footnotes.xml", NOTES)
    return path


def test_word_notice(notice: Path, pipeline) -> None:
    facts = pipeline.read(notice)
    title = "云岭县人民政府办公室关于印发云岭县乡村道路养护实施方案的通知"
    assert head(facts) == ("云政办发〔2021〕7号", title, "云岭县人民政府办公室", "2021-04-02")
    assert said(facts) == {
        ("二/（一）", "云岭县交通运输局", "lead"),
        ("二/（一）", "云岭县财政局", "support"),
        ("二/（二）", "云岭县应急管理局", "responsible"),
        ("行/1", "云岭县交通运输局", "lead"),
        ("行/1", "各乡镇人民政府", "support"),
        ("行/1", "云岭县公安局", "support"),
        ("行/2", "云岭县水务局", "lead"),
        ("行/2", "云岭县财政局", "support"),
        ("行/3", "中共云岭县委宣传部", "lead"),
    }


def test_word_text(notice: Path) -> None:
    """Numbers are computed, deleted words gone; a box and a note stand behind the text."""
    lines = read(notice).text.split("\n")
    assert lines[7:13] == [
        "一、总体要求",
        "按照国家有关规定，建立长效机制。",
        "二、主要任务",
        "（一）加强日常养护。县交通运输局牵头，县财政局配合，2021年10月底前完成。",
        "（二）开展隐患排查。由县应急管理局负责。",
        "1.排查桥梁。",
    ]
    assert lines[-2:] == ["内部资料", "养护含日常保养和小修。"]


PRINTED = [
    "为深入贯彻落实国务院关于水环境治理的决策部署，进一步改善全市水环境质量，结合我市实际，制定本方案。",
    "一、工作目标",
    "到2025年，全市地表水考核断面优良比例达到90%以上，城市黑臭水体全面消除，农村生活污水治理率明显提高。",
    "二、重点任务",
    "（一）加强源头治理。市生态环境局牵头，市水务局、市农业农村局配合，2023年6月底前完成入河排污口排查。",
    "（二）完善基础设施。由市住房城乡建设局负责，新建污水管网120公里，改造老旧管网，消除管网空白区。",
    "（三）强化监督执法。市公安局、市生态环境局要密切配合，严厉打击违法排污行为，形成齐抓共管的机制。",
    "（四）加强资金保障。市财政局要统筹安排资金，支持水环境治理，加强绩效管理，提高资金使用的效益。",
]
SHEET = (
    "<style>@page { size: A4; margin: 20mm; @bottom-center { content: counter(page) } }"
    'body { font: 10.5pt/1.7 "Noto Serif CJK SC" } p { text-indent: 2em; margin: 0 }'
    "table { border-collapse: collapse } td, th { border: .5pt solid }"
    ".columns { columns: 2; column-gap: 8mm } .side { position: absolute; top: 0; left: 0;"
    "width: 230mm; transform-origin: top left; transform: translateY(235mm) rotate(-90deg) }</style>"
)
TEXT = "".join(f"<p>{words}</p>" for words in PRINTED)
TABLE = (
    "<table><tr><th>序号</th><th>任务</th><th>牵头单位</th></tr>"
    "<tr><td>1</td><td>清淤</td><td>市水务局</td></tr></table>"
)


def of_print(folder: Path, page: str) -> list[str]:
    pytest.importorskip("weasyprint", exc_type=ImportError)
    path = forms.by_weasyprint(SHEET + page, folder / "printed.pdf")
    return read(path).text.split("\n")


def test_two_columns(tmp_path: Path) -> None:
    title = "河口市人民政府办公室关于印发水环境治理方案的通知"
    page = f"<h2>{title}</h2><div class=columns>{TEXT * 3}</div>"
    assert of_print(tmp_path, page) == [title, *PRINTED * 3]


def test_text_that_runs_sideways(tmp_path: Path) -> None:
    page = f"<div class=side>{TEXT}{TABLE}</div>"
    assert of_print(tmp_path, page) == [*PRINTED, "序号\t任务\t牵头单位", "1\t清淤\t市水务局"]


def test_ligatures(tmp_path: Path) -> None:
    """One glyph may be several letters."""
    page = "<p style='font-family: DejaVu Sans, serif'>推进WiFi、office和affix建设。</p>"
    assert of_print(tmp_path, page) == ["推进WiFi、office和affix建设。"]


def test_heading_behind_a_full_line_that_ends_in_a_bracket(tmp_path: Path) -> None:
    """Twenty-four characters fill a line; the headings have no indent."""
    duty = "推进河道治理，做好宣传引导工作。（区水务局负责）"
    heads = ("（一）推进治理", "（二）加强监管")
    page = (
        "<style>body { width: 26em } h3 { font-size: 1em; margin: 0 }</style>"
        + f"<p>各单位要按照分工抓好落实。</p><h3>{heads[0]}</h3><p>{duty}</p><h3>{heads[1]}</h3><p>{duty}</p>"
    )
    assert of_print(tmp_path, page) == [
        "各单位要按照分工抓好落实。",
        heads[0],
        duty,
        heads[1],
        duty,
    ]


def test_table_without_rules(tmp_path: Path) -> None:
    page = (
        "<style>table { width: 100% } td, th { border: 0; text-align: left }</style>"
        "<table><tr><th>序号</th><th>任务</th><th>牵头单位</th></tr><tr><td>1</td><td>河道清淤</td>"
        "<td>市水务局</td></tr><tr><td>2</td><td>管网改造</td><td>市住房城乡建设局</td></tr></table>"
    )
    assert of_print(tmp_path, page)[-3:] == [
        "序号\t任务\t牵头单位",
        "1\t河道清淤\t市水务局",
        "2\t管网改造\t市住房城乡建设局",
    ]


def test_a_scanned_page_among_others_is_a_finding(pipeline, tmp_path: Path) -> None:
    from PIL import Image

    Image.new("L", (60, 80), 255).save(tmp_path / "scan.png")
    scan = (tmp_path / "scan.png").as_uri()
    page = f'{SHEET}{TEXT}<div style="break-before: page"><img src="{scan}"></div><p style="break-before: page">附件。</p>'
    page = page.replace("counter(page)", "none")
    pytest.importorskip("weasyprint", exc_type=ImportError)
    facts = pipeline.read(forms.by_weasyprint(page, tmp_path / "mixed.pdf"))
    assert [
        (found.rule, found.message_zh) for found in facts.findings if found.rule == "unread-page"
    ] == [("unread-page", "第 2 页只有图像，没有文字，未读")]


def test_cells_that_say_none_are_read_and_those_that_say_later_are_told(
    pipeline, tmp_path: Path
) -> None:
    page = ROWS.replace(
        "<tr><td>3</td>",
        "<tr><td>3</td><td>修路</td><td>市交通局</td><td>无</td><td>长期</td></tr>"
        "<tr><td>4</td><td>架桥</td><td>待定</td><td>—</td><td>长期</td></tr><tr><td>5</td>",
    )
    facts = of_page(pipeline, tmp_path, page)
    assert {found for found in said(facts) if found[0] in ("行/3", "行/4")} == {
        ("行/3", "东湖市交通运输局", "lead")
    }
    text = facts.document.text
    unread = [
        finding.span.of(text)
        for finding in facts.findings
        if finding.rule == "unread-cell" and finding.span
    ]
    # Whose task it is, is not known yet, and so its time stands beside no task.
    assert unread == ["待定", "长期"]
