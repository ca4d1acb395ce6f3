"""Towns under all the names people write for them; a doubtful name is never taken for one."""

import pytest

from jiemin.domain.places import CountyPlaces, Town
from jiemin.errors import JieminError

WUZHEN = Town("乌镇镇", "100", ("乌镇",))
WUTONG = Town("梧桐街道", "001")
GAOQIAO = Town("高桥街道", "108", ("高桥镇",))
ZONE = Town("经济开发区")
COUNTY = CountyPlaces("桐乡市", "330483", (WUTONG, WUZHEN, GAOQIAO, ZONE))


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("梧桐街道", WUTONG),
        (" 梧桐 街道 ", WUTONG),
        ("梧桐", WUTONG),
        ("桐乡市梧桐街道", WUTONG),
        ("浙江省嘉兴市桐乡市梧桐街道", WUTONG),
        ("乌镇", WUZHEN),
        ("乌镇镇", WUZHEN),
        ("高桥镇", GAOQIAO),
        ("高桥", GAOQIAO),
        ("经济开发区", ZONE),
        ("石门镇", None),
        ("桐乡市", None),
        ("镇", None),
        ("乌", None),
        ("", None),
    ],
)
def test_a_town_is_found_in_full_by_alias_or_without_its_suffix(text: str, town: Town | None) -> None:
    assert COUNTY.find_town(text) == town


def test_a_short_name_that_two_towns_share_names_neither() -> None:
    county = CountyPlaces("某县", "330000", (Town("河山镇"), Town("河山街道")))
    assert county.find_town("河山") is None
    assert county.find_town("河山镇") == Town("河山镇")


def test_a_full_name_wins_over_the_alias_of_another() -> None:
    county = CountyPlaces("某县", "330000", (Town("高桥镇"), Town("高桥街道", aliases=("高桥镇",))))
    assert county.find_town("高桥镇") == Town("高桥镇")


def test_a_misspelt_town_is_suggested_and_not_taken() -> None:
    assert COUNTY.find_town("梧侗街道") is None
    assert COUNTY.suggest_town("梧侗街道") == WUTONG
    assert COUNTY.suggest_town("外国") is None


def test_a_town_a_clerk_names_is_there_or_the_way_out_is_told() -> None:
    assert COUNTY.town_named("高桥") == GAOQIAO
    with pytest.raises(JieminError) as misspelt:
        COUNTY.town_named("梧侗街道")
    assert "梧侗街道" in misspelt.value.message
    assert misspelt.value.hint == f"是不是“{WUTONG.name}”"
    with pytest.raises(JieminError) as unknown:
        COUNTY.town_named("外国")
    assert all(town.name in unknown.value.hint for town in COUNTY.towns)
