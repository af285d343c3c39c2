"""Names of places and organisations: different spellings share a key, different places do not."""

import pytest

from linli.core.testing.work import counted
from linli.records.ledgers.names import nearest, organization_keys, place_keys


@pytest.mark.parametrize(
    ("official", "written"),
    [
        ("江源社区居民委员会", "江源社区"), ("江源社区居民委员会", "江源社区居委会"), ("江源社区居民委员会", "江源"),
        ("江源社区居民委员会", " 江源 社区\u3000"), ("零五鑫港社区居民委员会", "05鑫港社区"),
        ("零五鑫港社区居民委员会", "０５鑫港"),
        ("零五鑫港社区居民委员会", "〇五鑫港社区"), ("联盟村民委员会", "联盟村"), ("联盟村民委员会", "联盟村委会"),
        ("九驿街道办事处", "九驿街道"),
        ("九驿街道办事处", "九驿街道办"), ("九驿街道", "九驿街道办事处"), ("新窑镇", "新窑镇人民政府"),
        ("红旗乡人民政府", "红旗乡"), ("A区", "Ａ区"),
    ],
)  # fmt: skip
def test_spellings_of_one_place_share_a_key(official: str, written: str) -> None:
    assert set(place_keys(official)) & set(place_keys(written))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("江源社区", "江湾社区"),
        ("第1网格", "第2网格"),
        ("红旗街道", "红旗镇"),
        ("3号楼", "13号楼"),
        ("联盟村", "联盟社区"),
        ("A区", "B区"),
    ],
)
def test_different_places_share_none(one: str, other: str) -> None:
    assert not set(place_keys(one)) & set(place_keys(other))


def test_plainest_form_first() -> None:
    assert place_keys(" 江源社区\u3000")[0] == "江源社区"


def test_organisations_with_and_without_the_county() -> None:
    for written in ("大方县教育局", "教育局", "“教育局”", "大方 县教育局"):
        assert "教育局" in organization_keys(written, ("大方县",)), written
    assert "教育局" not in organization_keys("盘州市教育局", ("大方县",))
    assert organization_keys("大方县", ("大方县",)) == ("大方县",)


def test_nearest_names_first_the_most_alike() -> None:
    known = ["江源社区", "江湾社区", "家园社区", "杨柳社区", "普法宣传志愿服务队"]
    assert nearest("江原社区", known)[0] == "江源社区"
    assert nearest("普法宣传志愿务队", known) == ["普法宣传志愿服务队"]
    assert nearest("XYZ", known) == []
    assert len(nearest("江社区", known, count=2)) == 2


def test_nearest_finds_one_among_very_many() -> None:
    known = [f"二七商圈专属网格{number}" for number in range(20_000)] + ["专属网格港A区"]
    with counted() as work:
        assert nearest("专属网格鑫港A区", known)[0] == "专属网格港A区"
    assert work.calls < 200_000
