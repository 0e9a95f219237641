"""The most used queries over the gazette in ``data/``, with rows worked out by reading it.

The tables of 朝政发〔2020〕2号 (rows 行/1 to 行/23) and the items of 朝政办发〔2020〕5号
(1 to 30) were read by eye, row by row; what a row says in short stands beside the
expectation. Paragraphs of the plan do not count where rows detail them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.pipeline import Pipeline
from kg.query import bind, find_query
from kg.rdf import quads
from kg.store import EmbeddedStore, load_store

GAZETTE = Path(__file__).parents[1] / "data" / "chaoyang-2020-02.txt"
WATER_PLAN, ITEMS = "朝政发〔2020〕2号", "朝政办发〔2020〕5号"
CENSUS, SCHOOLS = "朝政发〔2020〕3号", "朝政办发〔2020〕7号"
DISTRICT = "北京市朝阳区"
WATER = f"{DISTRICT}水务局"
DRAINAGE = "北京城市排水集团有限责任公司"
PLANNING = "北京市规划和自然资源委员会朝阳分局"
STREETS = "各有关街乡"


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    return load_store(("\n".join(quads([Pipeline().read(GAZETTE)])) + "\n").encode())


def rows(store: EmbeddedStore, query: str, columns: int, **values: str) -> list[tuple[str, ...]]:
    text = bind(find_query(query), {name: [value] for name, value in values.items()}, store)
    return [row[:columns] for row in store.query(text).texts()]


def test_the_readmes_example(store: EmbeddedStore) -> None:
    """区水务局 leads, in support stand 规划自然资源分局 (行/1, 2, 4, 5, 11) and 区财政局 (行/1, 5, 9, 11)."""
    readme = (GAZETTE.parents[1] / "README.md").read_text(encoding="utf-8")
    example = readme[
        readme.index("    PREFIX counting:") : readme.index("LIMIT 5") + len("LIMIT 5")
    ]
    assert store.query(example).texts()[:2] == [
        (WATER, PLANNING, "5"),
        (WATER, f"{DISTRICT}财政局", "4"),
    ]


def test_tasks_with_most_units(store: EmbeddedStore) -> None:
    """Units with a role word beside them; a table row has them in its three columns."""
    assert [row for row in rows(store, "tasks-most-units", 3) if int(row[2]) > 2] == [
        # 水务 住建 房管 城管 执法 · 农业农村 民政 街乡 排水
        (WATER_PLAN, "行/16", "9"),
        # 教委 卫健 国资委 房管 市场监管 · 水务 排水
        (WATER_PLAN, "行/10", "7"),
        # 水务 农业农村 民政 · 街乡 · 规自 财政
        (WATER_PLAN, "行/11", "6"),
        # 生态 · 水务 执法 卫健 公安 · 街乡
        (WATER_PLAN, "行/21", "6"),
        # 水务 · 街乡 排水 · 生态 农业农村 民政
        (WATER_PLAN, "行/8", "6"),
        # 水务 · 街乡 · 财政 城管 交通 排水
        (WATER_PLAN, "行/9", "6"),
        # 水务 · 排水 · 规自 发改 财政; 水务 · 农业综合 发改 财政 园林
        (WATER_PLAN, "行/1", "5"),
        (WATER_PLAN, "行/14", "5"),
        # 生态 水务 规自 住建 园林; 河长办 · 水务 街乡 · 农业农村 民政
        (WATER_PLAN, "行/15", "5"),
        (WATER_PLAN, "行/17", "5"),
        # 水务 · 排水 · 规自 发改 财政; 规自 · 城管 排水 · 水务 街乡
        (WATER_PLAN, "行/5", "5"),
        (WATER_PLAN, "行/6", "5"),
        # 区教委牵头，相关部门配合; 街道办事处或地区办事处…负责. 落实 is no role word.
        (SCHOOLS, "五", "4"),
        # 水务 · 排水 · 城管 街乡; 水务 · 首创 桑德 · 规自
        (WATER_PLAN, "行/12", "4"),
        (WATER_PLAN, "行/2", "4"),
        # 发改 财政 · 水务 and 相关项目单位; 城管 水务 · 生态 住建
        (WATER_PLAN, "行/22", "4"),
        (WATER_PLAN, "行/7", "4"),
        # 文旅 体育 民政
        (ITEMS, "六/22", "3"),
        # 农业农村 · 农业综合 · 生态; 生态 · 水务 发改; 发改 · 水务 财政; 水务 · 排水 · 规自
        (WATER_PLAN, "行/13", "3"),
        (WATER_PLAN, "行/19", "3"),
        (WATER_PLAN, "行/23", "3"),
        (WATER_PLAN, "行/4", "3"),
    ]


def test_support_load_of_units_that_never_lead(store: EmbeddedStore) -> None:
    """No 牵头 and no 主责: tasks, lead, primary, responsible, support."""
    assert rows(store, "never-lead", 6) == [
        # Responsible in 8 9 11 17 20, supporting in 6 12 16 21.
        (STREETS, "9", "0", "0", "5", "4"),
        # Responsible in 1 4 5 6 8 12, supporting in 9 10 16.
        (DRAINAGE, "9", "0", "0", "6", "3"),
        # 13 and 14.
        (f"{DISTRICT}农业农村综合服务中心", "2", "0", "0", "1", "1"),
        # 区教委牵头，相关部门配合.
        ("相关部门", "1", "0", "0", "0", "1"),
        # 16 and 21.
        (f"{DISTRICT}城市管理综合行政执法局", "2", "0", "0", "2", "0"),
        # 21; 10; 负责本区人口普查组织…; 具体负责人口普查的组织实施.
        ("北京市公安局朝阳分局", "1", "0", "0", "1", "0"),
        (f"{DISTRICT}人民政府国有资产监督管理委员会", "1", "0", "0", "1", "0"),
        (f"{DISTRICT}第七次全国人口普查领导小组", "1", "0", "0", "1", "0"),
        (f"{DISTRICT}统计局", "1", "0", "0", "1", "0"),
        # 2; 负责材料初审; 2; 22; 负责材料初审.
        ("北京首都创业集团有限公司", "1", "0", "0", "1", "0"),
        ("地区办事处（乡政府）", "1", "0", "0", "1", "0"),
        ("桑德集团有限公司", "1", "0", "0", "1", "0"),
        ("相关项目单位", "1", "0", "0", "1", "0"),
        ("街道办事处", "1", "0", "0", "1", "0"),
    ]


def test_what_the_water_bureau_must_do_by_the_end_of_2020(store: EmbeddedStore) -> None:
    """Of prose and table. Row 10 begins in 2020 (2020年启动) and is due in 2022."""
    found = rows(store, "unit-due", 6, unit="区水务局", by="2020-12-31")
    assert found == [
        (WATER, "2020-11-30", "2020年11月底前", ITEMS, "二/7", "stated"),
        (WATER, "2020-12-31", "2020年底前", WATER_PLAN, "三/（一）/1", "stated"),
        (WATER, "2020-12-31", "2020年12月底前", WATER_PLAN, "行/18", "stated"),
        (WATER, "2020-12-31", "2020年底前", WATER_PLAN, "行/2", "stated"),
        (WATER, "2020-12-31", "2020年底前", WATER_PLAN, "行/3", "stated"),
    ]


def test_tasks_due_by_month(store: EmbeddedStore) -> None:
    """Month, tasks, and units with any role in them."""
    assert rows(store, "tasks-by-month", 3) == [
        # 一 and 三 of 朝政办发〔2020〕6号: 党政机关, 社会团体, 企事业单位; 区属各新闻单位.
        ("2020-04", "2", "4"),
        # Items 1-4 7-17 20 21 25-28.
        ("2020-11", "21", "17"),
        # Items 5 6 18 19 22-24 29 30, rows 2 3 18 20.
        ("2020-12", "13", "15"),
        # Rows 1 6 8 10-14.
        ("2022-06", "8", "17"),
    ]


def test_units_with_most_partners(store: EmbeddedStore) -> None:
    """Different partners, and tasks with a partner."""
    assert rows(store, "most-partners", 3)[:5] == [
        # Of the rows all but 13 and 20; every unit of the table but itself.
        (WATER, "24", "21"),
        # 1 4-6 8-10 12 16: 水务 规自 发改 财政 城管 街乡 生态 农业农村 民政 交通 教委 卫健 国资委
        # 房管 市场监管 住建 执法.
        (DRAINAGE, "17", "9"),
        # 6 8 9 11 12 16 17 20 21: 规自 城管 排水 水务 生态 农业农村 民政 财政 交通 住建 房管 执法
        # 河长办 卫健 公安.
        (STREETS, "15", "9"),
        # 7 8 13 15 18 19 21: 城管 水务 住建 街乡 排水 农业农村 民政 农业综合 规自 园林 发改 执法 卫健
        # 公安.
        (f"{DISTRICT}生态环境局", "14", "7"),
        # 8 11 16 17, items 8 22: 水务 街乡 排水 生态 农业农村 规自 财政 住建 房管 城管 执法 河长办 文旅
        # 体育.
        (f"{DISTRICT}民政局", "14", "6"),
    ]


def test_whom_the_water_bureau_leads(store: EmbeddedStore) -> None:
    """It leads rows 1 2 4 5 8 9 12, row 7 with 城管委, row 11 with 农业农村局 and 民政局."""
    found = rows(store, "lead-support", 3, leader="区水务局")
    assert found == [
        (WATER, DRAINAGE, "6"),  # 1 4 5 8 9 12
        (WATER, PLANNING, "5"),  # 1 2 4 5 11
        (WATER, f"{DISTRICT}财政局", "4"),  # 1 5 9 11
        (WATER, STREETS, "4"),  # 8 9 11 12
        (WATER, f"{DISTRICT}发展和改革委员会", "2"),  # 1 5
        (WATER, f"{DISTRICT}城市管理委员会", "2"),  # 9 12
        (WATER, f"{DISTRICT}生态环境局", "2"),  # 7 8
        (WATER, f"{DISTRICT}交通委员会", "1"),  # 9
        (WATER, f"{DISTRICT}住房和城乡建设委员会", "1"),  # 7
        (WATER, f"{DISTRICT}农业农村局", "1"),  # 8
        (WATER, f"{DISTRICT}民政局", "1"),  # 8
        (WATER, "北京首都创业集团有限公司", "1"),  # 2
        (WATER, "桑德集团有限公司", "1"),  # 2
    ]


def test_who_hosts_a_leading_group(store: EmbeddedStore) -> None:
    assert rows(store, "group-hosts", 4) == [
        (
            f"{DISTRICT}第七次全国人口普查领导小组",
            f"{DISTRICT}统计局",
            "",
            "办公室设在区统计局",
        )
    ]
    assert [row[5] for row in rows(store, "group-hosts", 6)] == [CENSUS]
