"""Where what an amount lacks is supplied."""

import pytest

from jiemin.domain.entitlement.missing import Source, nobody_counted, paid_in, source_of, sources_of, unstated


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("家庭收入", Source.ROSTER),
        ("家庭收入（登记的是负数）", Source.ROSTER),
        ("沈月桂的残疾等级", Source.ROSTER),
        ("A000003是谁的医药费", Source.CASE),
        ("A000012的危房等级", Source.CASE),
        ("A000012的儿童（与A000003是同一人）", Source.CASE),
        ("分档金额", Source.CASE),
        ("分档金额（同时有两条）", Source.CASE),
        ("养老保险参保人数", Source.CONDITION),
        ("五保分散供养标准（县里没有写）", Source.POLICY),
        ("农村低保标准（政策文件没有写）", Source.POLICY),
        (paid_in("沈小妹", "2014年", "A001"), Source.RUN),
    ],
)
def test_every_name_tells_where_it_is_supplied(name: str, source: Source) -> None:
    assert source_of(name) is source


def test_each_place_is_told_once_and_in_its_order() -> None:
    assert sources_of([]) == ()
    names = [unstated("C级的补助"), "A000003是谁的医药费", "保障人口", "家庭收入", "A000012的危房等级"]
    assert sources_of(names) == (Source.ROSTER, Source.CASE, Source.POLICY)


def test_a_household_has_somebody() -> None:
    assert nobody_counted("家庭人口", None) == ("家庭人口",)
    assert nobody_counted("家庭人口", 0) == ("家庭人口（登记的是0）",)
    assert nobody_counted("家庭人口", 1) == ()
