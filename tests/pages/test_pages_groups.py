"""The picture of the leading groups, as a person uses it."""

import xml.etree.ElementTree as ET

import pytest
from corpora import ATTACKS
from factories import GOVERNMENT, WATER, Says, unit

from kg.pages import write_site
from kg.pages.groups import rank_of

BUREAU = "北京市朝阳区统计局"
GROUP = "北京市朝阳区第七次全国人口普查领导小组"

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("place", "rank"),
    [
        ("组长", "head"),
        ("总指挥", "head"),
        ("召集人", "head"),
        ("办公室主任", "head"),
        ("副组长", "deputy"),
        ("常务副组长", "deputy"),
        ("副总指挥", "deputy"),
        ("成员", "member"),
        ("联络员", "member"),
        ("", "member"),
    ],
)
def test_how_high_a_place_is(place, rank):
    assert rank_of(place) == rank


def count(page, start):
    """Count the nodes whose words begin so."""
    return page.evaluate(
        "s => Gazette.read('nodes').filter(n => n.label.startsWith(s)).length", start
    )


def test_groups_people_and_units_are_drawn(visit, gazette_site, gazette_facts):
    page = visit(gazette_site).open("groups.html")
    members = gazette_facts[0].memberships
    assert count(page, "组长 ") == 1
    assert count(page, "副组长 ") == 9
    assert count(page, "成员 ") == 20
    edges = page.evaluate("Gazette.current.edges.length")
    # One line more: the office is placed with 区统计局, which sends 韦小萍, too.
    people = {member.person for member in members}
    assert edges == len(people) + sum(member.unit is not None for member in members) + 1


def test_a_person_with_two_posts_is_one_box_with_both_units(visit, tmp_path):
    words = "马某 区水务局局长、区财政局副局长"
    say = Says(
        "甲〔2020〕1号", f"关于成立小组的通知\n组长：\n{words}\n副组长：\n李某 区水务局副局长"
    )
    say.member("小组", words, "马某", "组长", "局长", "区水务局")
    say.member("小组", words, "马某", "组长", "副局长", "区财政局")
    say.member("小组", "李某 区水务局副局长", "李某", "副组长", "副局长", "区水务局")
    write_site(tmp_path, [say.facts()])
    page = visit(tmp_path).open("groups.html")
    boxes = page.evaluate("Gazette.read('nodes').filter(n => n.shape === 'box').map(n => n.label)")
    assert set(boxes) == {"小组\n甲〔2020〕1号", "组长 马某\n局长、副局长", "副组长 李某\n副局长"}
    assert page.evaluate("Gazette.current.edges.length") == 2 + 3
    assert "2 人 · 组长 1、副组长 1" in page.inner_text("main")


def test_the_host_is_told_with_its_words(visit, gazette_site):
    page = visit(gazette_site).open("groups.html")
    line = page.locator("section p", has_text="承办单位").inner_text()
    assert BUREAU in line
    assert "“办公室设在区统计局”" in line
    page.fill("#search", "区统计局")
    page.keyboard.press("Enter")
    told = page.locator("#panel li").all_inner_texts()
    assert [words for words in told if words.startswith("承办单位")]
    page.locator("#panel h2 a").click()
    page.wait_for_url("**/units/**")
    assert page.locator("#table-hosted tbody tr").all_inner_texts() == [
        f"{GROUP}\t办公室设在区统计局"
    ]


def test_a_group_that_only_has_a_host_is_drawn(visit, tmp_path):
    say = Says("甲〔2020〕1号", "治水领导小组办公室设在区水务局。")
    say.host("治水领导小组", "治水领导小组办公室设在区水务局", "区水务局")
    write_site(tmp_path, [say.facts()])
    page = visit(tmp_path).open("groups.html")
    assert page.evaluate("Gazette.current.nodes.length") == 2
    assert page.evaluate("Gazette.current.edges.length") == 1
    assert WATER.name in page.inner_text("main")


def test_a_person_is_found_and_leads_to_the_words(visit, gazette_site):
    page = visit(gazette_site).open("groups.html")
    page.keyboard.press("/")
    page.keyboard.type("wxp")
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == "韦小萍"
    line = page.inner_text("#panel li")
    for words in ("副组长", "局长", BUREAU, GROUP, "朝政发〔2020〕3号"):
        assert words in line
    page.locator("#panel a.words").click()
    page.wait_for_url("**/notices/**")
    assert "".join(page.locator(".hit").all_inner_texts()) == "韦小萍 区统计局局长"


def test_a_unit_tells_whom_it_sends_and_escape_closes(visit, gazette_site):
    page = visit(gazette_site).open("groups.html")
    page.fill("#search", "区经济社会调查队")
    page.keyboard.press("Enter")
    assert [line.split()[0] for line in page.locator("#panel li").all_inner_texts()] == [
        "韩旭",
        "彭沛",
    ]
    page.locator("#panel h2 a").click()
    page.wait_for_url("**/units/**")
    page.go_back()
    page.fill("#search", "普查领导小组")
    page.keyboard.press("Enter")
    # 31 people, one of them with a post in the party committee and one in the government; one host.
    assert page.locator("#panel li").count() == 31 + 1 + 1
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()


def test_the_picture_is_saved(visit, gazette_site):
    page = visit(gazette_site).open("groups.html")
    with page.expect_download() as download:
        page.click("#svg")
    with open(download.value.path(), "rb") as file:  # noqa: PTH123 (a path of playwright's)
        root = ET.fromstring(file.read())
    lines = [item.text for item in root.iter("{http://www.w3.org/2000/svg}tspan")]
    assert "副组长 韦小萍" in lines
    assert not any("<b>" in line for line in lines)


def many(groups, people):
    """Notices that set up a group each, every seat another person's."""
    units = tuple(unit(f"第{n}局", kind="department", parent=None) for n in range(groups))
    found = []
    for number in range(groups):
        lines = [
            f"成员{number}之{place} 第{(number + place) % groups}局" for place in range(people)
        ]
        text = "\n".join([f"关于成立第{number}领导小组的通知", *lines])
        say = Says(f"甲〔2020〕{number}号", text, units=(GOVERNMENT, *units), name=f"{number}.txt")
        for line in lines:
            office = line.split()[1]
            say.member(f"第{number}领导小组", line, line.split()[0], "成员", "局长", office)
        found.append(say.facts())
    return found


def test_too_many_people_are_merged_into_their_units(visit, tmp_path):
    write_site(tmp_path, many(40, 12))
    page = visit(tmp_path).open("groups.html")
    assert "480 人" in page.inner_text("main .note")
    assert page.evaluate("Gazette.current.nodes.length") == 80
    assert page.evaluate("Gazette.current.edges.length") == 480
    assert page.locator("#table-group-1 tbody tr").count() == 12


def test_groups_that_have_no_place_are_told(visit, tmp_path):
    write_site(tmp_path, many(170, 12))
    page = visit(tmp_path).open("groups.html")
    nodes = page.evaluate("Gazette.read('nodes').filter(n => n.shape === 'box').length")
    assert page.evaluate("Gazette.current.nodes.length") <= 300
    assert page.evaluate("Gazette.current.edges.length") <= 1500
    assert f"另有 {170 - nodes} 个" in page.inner_text("main .note")


def test_a_long_list_of_groups_is_on_several_pages(visit, tmp_path):
    write_site(tmp_path, many(170, 12))
    tab = visit(tmp_path)
    page = tab.open("groups.html")
    # 83 groups of 12 are 996 people; the list of groups has all 170.
    assert "第 1 页，共 3 页" in page.locator("nav.parts").first.inner_text()
    assert page.locator("#table-groups tbody tr").count() == 170
    assert page.locator("h2[id^=group-]").count() == 83
    page.locator("#table-groups").get_by_role("link", name="第99领导小组", exact=True).click()
    page.wait_for_url("**/groups-3.html#group-*")
    assert page.locator("h2[id^=group-]").count() == 4
    section = page.locator("section", has=page.get_by_role("heading", name="第99领导小组"))
    names = [f"99之{place}" for place in range(12)]
    assert section.locator("tbody td:nth-child(2)").all_inner_texts() == [
        f"成员{name}" for name in names
    ]
    assert page.locator("#network").count() == 0
    section.locator("tbody tr").nth(3).locator("a").last.click()
    page.wait_for_url("**/notices/**#s*")
    assert "".join(page.locator(".hit").all_inner_texts()) == "成员99之3 第102局"
    page.locator("a.is-membership").first.click()
    page.wait_for_url("**/groups-3.html#group-*")
    page.locator("nav.parts").first.get_by_role("link", name="2", exact=True).click()
    page.wait_for_url("**/groups-2.html")
    assert page.locator("h2[id^=group-]").count() == 83


def test_no_group_no_picture(visit, tmp_path):
    write_site(tmp_path, [Says("甲〔2020〕1号", "区水务局牵头。").facts()])
    page = visit(tmp_path).open("groups.html")
    assert page.locator("#network").count() == 0
    assert "无" in page.inner_text("main")


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_in_a_persons_name_is_text(visit, tmp_path, attack):
    words = f"组长：{attack}"
    say = Says("甲〔2020〕1号", f"关于成立小组的通知\n{words}\n尾")
    say.member(attack, words, attack, attack, attack, "")
    say.units += (unit(attack, kind="group"),)
    write_site(tmp_path, [say.facts()])
    page = visit(tmp_path).open("groups.html")
    for node in page.evaluate("Gazette.current.nodes.getIds()"):
        page.evaluate("id => Gazette.current.choose(id)", node)
        assert page.inner_text("#panel h2").split() == attack.split()
    assert page.evaluate("window.hacked") is None
    assert WATER.name not in page.inner_text("#panel")
