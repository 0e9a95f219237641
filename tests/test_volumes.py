"""How the documents of a large site are divided into volumes, place by place."""

import pytest
from factories import collection, document
from hypothesis import given
from hypothesis import strategies as st

from kg.building.collection import Outline
from kg.building.volumes import divided
from kg.citations import IssuedNotice
from kg.pipeline import Pipeline

CHAOYANG = ("北京市朝阳区", "北京市", "中国")
HAIDIAN = ("北京市海淀区", "北京市", "中国")
BEIJING = ("北京市", "中国")
WUHU = ("芜湖市", "安徽省", "中国")
UNKNOWN = ()


def outline(name, length, places=CHAOYANG, date="2020-03-01"):
    notice = IssuedNotice(f"notice/{name}", name, name, date, "", places, frozenset())
    return Outline(name, length, (notice,))


@pytest.mark.parametrize(
    ("outlines", "expected"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param(
            [outline("乙", 40), outline("甲", 60)], [["乙", "甲"]], id="room-for-all-in-one"
        ),
        pytest.param(
            [outline("海", 60, HAIDIAN), outline("朝", 60), outline("市", 30, BEIJING)],
            [["市", "朝"], ["海"]],
            id="a-city-stands-before-its-districts",
        ),
        pytest.param(
            [outline("朝", 50), outline("海1", 30, HAIDIAN), outline("海2", 30, HAIDIAN)],
            [["朝"], ["海1", "海2"]],
            id="a-place-that-has-room-in-a-volume-is-not-parted",
        ),
        pytest.param(
            [
                outline("三", 50, date="2021-01"),
                outline("一", 50, date="2019-05-10"),
                outline("二", 50, date="2020"),
                outline("海", 40, HAIDIAN),
                outline("市", 30, BEIJING),
            ],
            [["市", "一"], ["二", "三"], ["海"]],
            id="a-place-with-more-than-a-volume-is-parted-by-date",
        ),
        pytest.param(
            [outline("短", 10), outline("长", 500, HAIDIAN), outline("芜", 10, WUHU)],
            [["短"], ["长"], ["芜"]],
            id="a-document-longer-than-a-volume-stands-alone",
        ),
        pytest.param(
            [outline("无", 10, UNKNOWN), outline("芜", 10, WUHU), outline("朝", 10)],
            [["无", "朝", "芜"]],
            id="what-tells-no-place-comes-first",
        ),
    ],
)
def test_documents_are_divided_place_by_place(outlines, expected):
    found = divided(outlines, most=100)
    assert [[outlines[place].name for place in one.documents] for one in found] == expected
    assert [one.number for one in found] == list(range(1, len(expected) + 1))


def test_a_volume_tells_its_places_and_years():
    (volume,) = divided(
        [
            outline("甲", 1, WUHU, "2011-04-01"),
            outline("乙", 1, CHAOYANG, "2020"),
            outline("丙", 1, CHAOYANG, ""),
        ]
    )
    assert volume.shelves == (("北京市朝阳区", 2), ("安徽省芜湖市", 1))
    assert volume.years == ("2011", "2020")


@given(
    st.lists(
        st.builds(
            outline,
            st.text("甲乙丙", min_size=1),
            st.integers(0, 150),
            st.sampled_from([CHAOYANG, HAIDIAN, BEIJING, WUHU, UNKNOWN]),
            st.sampled_from(["", "2019", "2020-05", "2021-01-02"]),
        )
    )
)
def test_every_document_stands_in_one_volume_that_is_not_too_long(outlines):
    volumes = divided(outlines, most=100)
    places = [place for volume in volumes for place in volume.documents]
    assert sorted(places) == list(range(len(outlines)))
    for volume in volumes:
        length = sum(outlines[place].length for place in volume.documents)
        assert length <= 100 or len(volume.documents) == 1


def test_a_collection_tells_who_may_cite_a_notice():
    texts = (
        "甲市人民政府关于印发《治水方案》的通知\n甲政发〔2019〕3号\n一、治水。市水务局负责。\n",
        "甲市人民政府关于巡查的通知\n甲政发〔2020〕1号\n一、按照甲政发〔2019〕3号巡查。市水务局负责。\n",
        "甲市人民政府关于清理的通知\n甲政发〔2020〕2号\n一、落实《治水方案》。市水务局负责。\n",
        "甲市人民政府关于绿化的通知\n甲政发〔2020〕4号\n一、种树。市水务局负责。\n",
    )
    pipeline = Pipeline()
    documents = collection(
        [pipeline.facts(document(text, f"{place}.txt")) for place, text in enumerate(texts)]
    )
    outlines = documents.outlines()
    assert [[one.number for one in outline.notices] for outline in outlines] == [
        ["甲政发〔2019〕3号"],
        ["甲政发〔2020〕1号"],
        ["甲政发〔2020〕2号"],
        ["甲政发〔2020〕4号"],
    ]
    (plan,) = outlines[0].notices
    # The notice that promulgates the plan names its title too.
    assert documents.seeking([plan.id]) == [0, 1, 2]
    assert documents.seeking([outlines[3].notices[0].id]) == []
