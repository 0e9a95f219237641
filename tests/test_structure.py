"""Structure: notices, contents, outline, tables, as a reader sees them."""

from __future__ import annotations

import pytest

from kg.document import Span
from kg.reader import document
from kg.structure import parse
from kg.structure.model import Gazette, Paragraph, Table
from kg.structure.notices import issuer_of, plans_of

NOTICE = """某某市人民政府关于印发
《某某市绿化行动方案》的通知
某政发〔2021〕7号
各县区人民政府，市政府各委、办、局：
现将《某某市绿化行动方案》印发给你们，请认真组织实施。
某某市人民政府
2021年4月6日
某某市绿化行动方案
为改善环境，制定本方案。
一、总体要求
（一）指导思想。
坚持绿色发展。
二、重点任务
（一）植树
1. 春季植树。栽种乔木。
栽后管护。
2. 秋季补植。补齐缺株。
附件：任务分解表
附件
任务分解表
序号\t任务\t责任单位
一、植树
1\t春季植树\t市园林局
\t\t
序号\t任务\t责任单位
2\t秋季补植\t市园林局 市财政局
"""


def parsed(text: str) -> Gazette:
    return parse(document(text, "case"))


def labels(gazette: Gazette) -> list[str]:
    text = gazette.document.text
    return [
        f"{block.place.label} {block.span.of(text)[:6]}"
        for notice in gazette.notices
        for block in notice.blocks
        if isinstance(block, Paragraph) and block.place.label
    ]


def test_a_notice() -> None:
    gazette = parsed(NOTICE)
    (notice,) = gazette.notices
    text = gazette.document.text
    assert notice.number == "某政发〔2021〕7号"
    assert notice.title == "某某市人民政府关于印发《某某市绿化行动方案》的通知"
    assert notice.issuer == "某某市人民政府"
    assert notice.date == "2021-04-06"
    assert [span.of(text) for span in notice.addressees] == ["各县区人民政府", "市政府各委、办、局"]
    assert [span.of(text) for span in notice.plans] == ["某某市绿化行动方案"]
    assert notice.attachments == ("任务分解表",)


def test_outline() -> None:
    assert labels(parsed(NOTICE)) == [
        "一 总体要求",
        "一/（一） 指导思想。",
        "一/（一） 坚持绿色发展",
        "二 重点任务",
        "二/（一） 植树",
        "二/（一）/1 春季植树。栽",
        "二/（一）/1 栽后管护。",
        "二/（一）/2 秋季补植。补",
        "二/（一）/2 附件：任务分",
        "附件 附件",
        "附件 任务分解表",
    ]


def test_table_with_repeated_head_and_section_row() -> None:
    gazette = parsed(NOTICE)
    text = gazette.document.text
    (table,) = [b for b in gazette.notices[0].blocks if isinstance(b, Table)]
    assert [cell.span.of(text) for cell in table.head] == ["序号", "任务", "责任单位"]
    assert [[c.span.of(text) for c in row.cells] for row in table.rows] == [
        ["1", "春季植树", "市园林局"],
        ["2", "秋季补植", "市园林局 市财政局"],
    ]
    assert [row.section and row.section.of(text) for row in table.rows] == ["一、植树"] * 2


def test_contents_and_two_notices() -> None:
    gazette = parsed(
        "某某市人民政府公报\n2021 年\n第 3 期\n某某市人民政府办公室主办\n目 录\n"
        "某某市人民政府关于防汛工作的通知\n（某政发〔2021〕8号）01\n"
        "某某市人民政府关于抗旱工作的通知\n（某政发〔2021〕9号）12\n"
        "某某市人民政府关于防汛工作的通知\n某政发〔2021〕8号\n各县区：\n做好防汛。\n2021年5月1日\n"
        "某某市人民政府关于抗旱工作的通知\n某政发〔2021〕9号\n各县区：\n做好抗旱。\n2021年5月2日\n"
    )
    assert (gazette.title, gazette.year, gazette.issue) == ("某某市人民政府公报", 2021, 3)
    assert gazette.publisher == "某某市人民政府办公室"
    assert [(n.number, n.page, n.date) for n in gazette.notices] == [
        ("某政发〔2021〕8号", 1, "2021-05-01"),
        ("某政发〔2021〕9号", 12, "2021-05-02"),
    ]


def test_contents_with_pages_in_brackets() -> None:
    gazette = parsed(
        "某某区人民政府公报\n2021年第1期\n目  录\n【区政府文件】\n"
        "某某区人民政府关于防汛工作的通知………………（1）\n【区政府办文件】\n"
        "某某区人民政府办公室关于抗旱工作的通知⋯⋯⋯⋯（4）\n"
        "某某区人民政府\n关于防汛工作的通知\n某政发〔2021〕8号\n各街道：\n做好防汛。\n2021年5月1日\n"
        "某某区人民政府办公室\n关于抗旱工作的通知\n某政办发〔2021〕9号\n各街道：\n做好抗旱。\n2021年5月2日\n"
    )
    assert [entry.page for entry in gazette.contents] == [1, 4]
    assert [(notice.title, notice.number) for notice in gazette.notices] == [
        ("某某区人民政府关于防汛工作的通知", "某政发〔2021〕8号"),
        ("某某区人民政府办公室关于抗旱工作的通知", "某政办发〔2021〕9号"),
    ]


def test_web_page_with_a_metadata_block() -> None:
    gazette = parsed(
        "索 引 号：\t0001/2021\t主题分类：\t水利\n发文机关：\t某某省人民政府\t成文日期：\t2021年6月1日\n"
        "发文字号：\t某政发〔2021〕11号\t发布日期：\t2021年6月9日\n某某省人民政府关于\n加强水利工作的意见\n"
        "某政发〔2021〕11号\n各市、县人民政府：\n一、加强领导。\n某某省人民政府\n2021年6月1日"
    )
    (notice,) = gazette.notices
    assert (notice.number, notice.issuer, notice.date) == (
        "某政发〔2021〕11号",
        "某某省人民政府",
        "2021-06-01",
    )
    assert notice.title == "某某省人民政府关于加强水利工作的意见"
    assert not [b for b in notice.blocks if isinstance(b, Table)]


@pytest.mark.parametrize(
    "block",
    [
        "发布机构 蔡坪县人民政府办公室 主题分类 综合政务\n名    称 关于督查事项的通知 文    号 蔡政办〔2023〕7号\n"
        "生成日期 2023-04-03 发布日期 2023-04-06\n",
        "索 引 号：113411/2023-00012 发布机构：蔡坪县人民政府办公室\n名　　称：关于督查事项的通知 文号：蔡政办〔2023〕7号\n"
        "成文日期：2023年04月03日 有效性：\n",
        "索引号：\n\n113411/2023-00012\n\n发布机构：\n蔡坪县人民政府办公室\n文号：\n蔡政办〔2023〕7号\n"
        "生成日期：\n2023-04-03\n时效：\n",
        "- 索 引 号：002943/2023-87\n- 文件编号：蔡政办〔2023〕7号\n- 规范性文件统一编号：\n- 发布单位：蔡坪县人民政府办公室\n"
        "- 成文日期：2023-04-03\n- 有效性：\n",
        "名 称： | 关于督查事项的通知 | 发布机构： | 蔡坪县人民政府办公室 |\n"
        "文 号： | 蔡政办〔2023〕7号 | 成文日期： | 2023年04月03日 |\n索 引 号： | 0001 | 有效性： | |\n",
        "2023年04月06日06:05:59\n发布部门: 蔡坪县人民政府办公室\n发布文号: 蔡政办〔2023〕7号\n发文日期：2023-04-03\n",
        "发文机关蔡坪县人民政府办公室\n发文日期2023年04月03日\n发文字号蔡政办〔2023〕7号\n时效性现行有效\n",
    ],
    ids=[
        "no-colons",
        "several-a-line",
        "values-below-labels",
        "bullets",
        "bars",
        "law-site",
        "glued",
    ],
)
def test_pasted_metadata_block(block: str) -> None:
    gazette = parsed(
        f"{block}关于印发2023年重点督查事项的通知\n各乡镇人民政府：\n请抓好落实。\n一、加强领导。\n"
    )
    (notice,) = gazette.notices
    assert (notice.number, notice.date) == ("蔡政办〔2023〕7号", "2023-04-03")
    assert notice.issuer == "蔡坪县人民政府办公室"
    assert notice.title == "关于印发2023年重点督查事项的通知"
    assert not [b for b in notice.blocks if isinstance(b, Table)]
    words = [block.line.of(gazette.document.text) for block in notice.blocks]
    assert not any("文号" in line or "索引号" in line for line in words)


def test_a_block_of_data_below_the_title() -> None:
    (notice,) = parsed(
        "区人民政府办公室关于印发防汛任务分解的通知\n发布时间：2023-04-06 来源：区政府\n"
        "发布机构 云溪区人民政府办公室 文    号 云政办〔2023〕7号\n成文日期 2023-04-03 有效性 有效\n"
        "各街道办事处：\n现将《防汛任务分解》印发给你们。"
    ).notices
    assert (notice.number, notice.date) == ("云政办〔2023〕7号", "2023-04-03")
    assert notice.signature == "云溪区人民政府办公室"
    assert len(notice.addressees) == 1


def test_an_empty_number_in_the_block_of_data_is_none() -> None:
    (notice,) = parsed(
        "索 引 号：0001 发布机构：云溪区政府\n文 号： 文件分类：综合政务\n云溪区政府关于防汛的通知\n各街道：\n做好防汛。"
    ).notices
    assert notice.number == ""


def test_the_number_behind_a_title() -> None:
    (notice,) = parsed(
        "某某省人民政府关于防汛工作的通知（某府〔2021〕22号）\n发布单位|\n某某省人民政府\n|\n各市人民政府：\n做好防汛。"
    ).notices
    assert (notice.title, notice.number) == ("某某省人民政府关于防汛工作的通知", "某府〔2021〕22号")
    assert len(notice.addressees) == 1


@pytest.mark.parametrize(
    "between",
    [" 某县办函〔2021〕14号\n", "某县办函〔2021〕14号\n", "某县办函〔2021〕14号"],
    ids=["behind a space", "glued to it", "glued to the addressees too"],
)
def test_the_number_behind_a_title_without_brackets(between: str) -> None:
    (notice,) = parsed(
        f"某县政府办公室关于建立联席会议制度的通知{between}各镇人民政府：\n为加强协作，县政府决定建立制度。\n"
        "一、加强领导。\n二、加强督查。\n三、加强宣传。"
    ).notices
    assert notice.title.strip() == "某县政府办公室关于建立联席会议制度的通知"
    assert notice.number == "某县办函〔2021〕14号"
    assert len(notice.addressees) == 1


def test_the_number_before_a_title() -> None:
    (notice,) = parsed(
        "某政办〔2020〕2号 某某区政府办公室关于印发2020年防汛任务分解的通知\n各街道：\n做好防汛。"
    ).notices
    assert notice.title == "某某区政府办公室关于印发2020年防汛任务分解的通知"
    assert notice.number == "某政办〔2020〕2号"
    assert len(notice.plans) == 1


@pytest.mark.parametrize(
    "text",
    [
        "第11期\n市督查局\n关于重大项目的\n督查情况\n根据要求，市督查局进行了督查。\n附：项目督查情况一览表\n报：市领导。",
        "今年，区政府办实事17件。近日，进行了督查。\n慢序时项目清单\n一、加强领导",
        "某某市水务条例修订内容第三十条\n市水务局负责水务工作。\n市财政局配合水务工作。",
    ],
    ids=["the name of an annex", "below running text", "the number of an article"],
)
def test_what_is_no_title(text: str) -> None:
    (notice,) = parsed(text).notices
    assert notice.title == ""
    assert len(notice.blocks) > 2


@pytest.mark.parametrize("title", ["某某市科技创新三十条", "某某市稳经济50条", "某某市服务指引"])
def test_titles_that_end_with_a_number_of_articles(title: str) -> None:
    (notice,) = parsed(f"{title}\n为稳定经济，制定本措施。\n一、减税。由市税务局负责。").notices
    assert notice.title == title


def test_a_request_has_a_title() -> None:
    (notice,) = parsed(
        "某某区住房保障局\n某房管〔2020〕59号关于报送《安置方案》的请示\n区政府：\n现将方案报上。\n某某区住房保障局\n2020年5月8日"
    ).notices
    assert (notice.title, notice.number) == ("关于报送《安置方案》的请示", "某房管〔2020〕59号")


def test_a_title_goes_on_behind_what_it_is_about() -> None:
    (notice,) = parsed(
        "某某市人民政府办公室\n关于分解落实2019年市政府工作报告\n主要目标任务的通知\n各县区：\n请认真落实。"
    ).notices
    assert notice.title == "某某市人民政府办公室关于分解落实2019年市政府工作报告主要目标任务的通知"


@pytest.mark.parametrize(
    "lines",
    [
        ("某某市人民政府关于在滨海旅游区", "暂停实施《某某省港口管理办", "法》有关规定的决定"),
        (
            "某某市人民政府关于在滨海旅游区",
            "暂停实施《某某省港口管理办法",
            "（试行）》有关规定的决定",
        ),
        ("某某市人民政府关于全面推行", "执法公示制度", "执法记录制度的指导意见"),
        (
            "某某市人民政府关于在滨海旅游区",
            "暂停实施《某某省港口条例",
            "实施细则》",
            "有关规定的决定",
        ),
        ("某某市人民政府关于印发《某某市绿化条例", "实施细则》的通知"),
    ],
)
def test_lines_of_a_title_that_end_as_titles_do(lines: tuple[str, ...]) -> None:
    data = "索引号：\t000014/2021-0008\t主题分类：\t综合政务"
    words = [data, *lines, "某政发〔2021〕8号", "各区人民政府：", "请认真执行。"]
    (notice,) = parsed("\n".join(words)).notices
    assert notice.title == "".join(lines)


def test_the_issuer_at_length_is_no_part_of_the_title() -> None:
    (notice,) = parsed(
        "某省某某市人民政府办公室\n某某市人民政府办公室转发市发改委《防汛办法》的通知\n某政办〔2019〕12号\n各县区：\n请认真落实。"
    ).notices
    assert notice.title == "某某市人民政府办公室转发市发改委《防汛办法》的通知"


@pytest.mark.parametrize(
    "above", ["HHCR-2017-01006", "归档时间：2018-11-21", "智能问答 关闭", "欢迎使用本站检索"]
)
def test_a_line_above_the_issuer_is_no_part_of_the_title(above: str) -> None:
    (notice,) = parsed(
        f"{above}\n某某市人民政府办公室\n关于印发《抗旱预案》的通知\n某政办发〔2017〕12号\n各县市区：\n请认真落实。"
    ).notices
    assert notice.title == "某某市人民政府办公室关于印发《抗旱预案》的通知"


def test_joint_issuers_begin_the_title() -> None:
    (notice,) = parsed(
        "中共某某市委办公室\n某某市人民政府办公室\n关于印发《抗旱预案》的通知\n某办发〔2017〕12号\n各县市区：\n请认真落实。"
    ).notices
    assert notice.title.startswith("中共某某市委办公室某某市人民政府办公室关于")


def test_headings_into_which_the_text_has_run() -> None:
    gazette = parsed(
        "某市防汛联席会议制度为加强协调，制定本制度。一、主要职责研究重大问题。二、工作要求市水利局要牵头做好工作。"
    )
    assert [label.split()[1] for label in labels(gazette)] == [
        "主要职责",
        "研究重大问题",
        "工作要求",
        "市水利局要牵",
    ]


def test_a_notice_without_a_title_takes_none_from_its_annex() -> None:
    gazette = parsed(
        "各区县人民政府，市府各部门：\n《防汛任务分解》已经市政府同意，现印发给你们。\n附件：防汛任务分解\n"
        "某某市人民政府办公室\n2020年5月22日\n附件\n防汛任务分解\n一、加强领导\n1.落实责任。"
    )
    (notice,) = gazette.notices
    assert (notice.title, notice.issuer, notice.date) == ("", "某某市人民政府办公室", "2020-05-22")
    assert labels(gazette)[-1] == "附件/一/1 落实责任。"


def test_a_title_goes_on_behind_the_title_of_an_act() -> None:
    (notice,) = parsed(
        "某某旗人民政府办公室\n关于印发2022年《政府工作报告》\n任务分工的通知\n各苏木镇：\n请认真落实。"
    ).notices
    assert notice.title == "某某旗人民政府办公室关于印发2022年《政府工作报告》任务分工的通知"


def test_a_number_behind_a_bullet_near_the_top() -> None:
    text = (
        "• 755156513/2018-00300\n• 通知\n• 2018-06-11\n• 某政〔2018〕14号\n• 有效\n"
        "关于印发某市环境卫生管理办法的通知\n\n各乡镇人民政府：\n现将《某市环境卫生管理办法》印发给你们。\n"
    )
    (notice,) = parsed(text).notices
    assert notice.number == "某政〔2018〕14号"


def test_a_number_alone_near_the_top_is_the_notice_s() -> None:
    gazette = parsed(
        "某某省人民政府\n稳定就业十条\n某政办发〔2022〕21号\n各市人民政府：\n一、加大力度。\n"
    )
    assert gazette.notices[0].number == "某政办发〔2022〕21号"


def test_a_table_of_names_is_no_metadata_block() -> None:
    gazette = parsed("附件\n名称\t责任单位\n城市书房\t市文旅局\n分类\t牵头单位\n公园\t市园林局")
    tables = [b for b in gazette.notices[0].blocks if isinstance(b, Table)]
    assert sum(len(table.rows) for table in tables) >= 2


def test_a_text_without_line_breaks() -> None:
    gazette = parsed(
        "某某市人民政府关于防火工作的通知某政发〔2021〕5号各县区人民政府：现通知如下：一、加强领导。"
        "（一）落实责任。（二）加强检查。二、做好宣传。（一）进校园。"
    )
    assert gazette.notices[0].number == "某政发〔2021〕5号"
    assert [label.split()[0] for label in labels(gazette)] == [
        "一",
        "一/（一）",
        "一/（二）",
        "二",
        "二/（一）",
    ]


@pytest.mark.parametrize(
    ("title", "issuer", "plans"),
    [
        ("某市人民政府办公室印发《甲方案》的通知", "某市人民政府办公室", ("甲方案",)),
        ("某市人民政府关于印发《甲办法》《乙办法》的通知", "某市人民政府", ("甲办法", "乙办法")),
        ("某市教育局关于印发某市招生工作实施意见的通知", "某市教育局", ("某市招生工作实施意见",)),
        (
            "某市政府关于印发某市就业方案和某市招商办法的通知",
            "某市政府",
            ("某市就业方案", "某市招商办法"),
        ),
        ("关于开展检查的通知", "", ()),
    ],
)
def test_titles(title: str, issuer: str, plans: tuple[str, ...]) -> None:
    assert issuer_of(title) == issuer
    assert tuple(plan.of(title) for plan in plans_of(title, Span(0, len(title)))) == plans


def test_plans_stand_in_the_title() -> None:
    """The plan's own heading below has the same words; the title tells that it is promulgated."""
    gazette = parsed(NOTICE)
    text = gazette.document.text
    (plan,) = gazette.notices[0].plans
    assert text[: plan.end].endswith("某某市人民政府关于印发《某某市绿化行动方案")


def test_the_plan_of_a_title_in_the_block_of_data() -> None:
    gazette = parsed(
        "标题：某市人民政府关于印发《甲方案》和《乙办法》的通知\n发文字号：某政发〔2021〕7号\n"
        "各区人民政府：\n现将《甲方案》印发给你们。\n一、加强领导。"
    )
    text = gazette.document.text
    assert [
        (text[plan.start - 3 : plan.start], plan.of(text)) for plan in gazette.notices[0].plans
    ] == [
        ("印发《", "甲方案"),
        ("》和《", "乙办法"),
    ]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "某市2022年健康行动工作要点 为贯彻落实健康纲要，制定本要点。一、重点任务（一）控烟。（市爱卫办负责）",
            "某市2022年健康行动工作要点",
        ),
        (
            "某县防汛应急预案（试行）一、总则为做好防汛工作，制定本预案。二、职责县水利局负责调度。",
            "某县防汛应急预案（试行）",
        ),
        ("各单位要按照工作要点，认真落实。一、加强领导。二、强化督查。", ""),
    ],
)
def test_a_title_that_runs_into_what_follows(text: str, title: str) -> None:
    (notice,) = parsed(text).notices
    assert notice.title == title


def test_a_title_below_the_number_of_a_letterhead() -> None:
    (notice,) = parsed(
        "某某市人民政府办公室文件\n某府办发〔2022〕15号\n某某市人民政府办公室关于印发\n"
        "某某市加快网络建设若干措施的通知\n各区人民政府：\n现印发给你们，请认真贯彻落实。"
    ).notices
    assert notice.title == "某某市人民政府办公室关于印发某某市加快网络建设若干措施的通知"
    assert notice.issuer == "某某市人民政府办公室"


def test_a_letterhead_names_the_issuer_that_the_title_leaves_out() -> None:
    (notice,) = parsed(
        "某某市某某镇人民政府文件\n某政发〔2024〕21号\n关于印发《防汛应急预案》的通知\n"
        "各村：\n请结合实际抓好落实。\n某某镇人民政府\n2024年5月28日"
    ).notices
    assert notice.issuer == "某某市某某镇人民政府"
