"""Who a spouse is to the head, who heads a family that is left without one, and what tells of a death."""

from datetime import date

import pytest

from jiemin.domain.codes import Relation, Sex
from jiemin.domain.household_events import (
    covered_by_members,
    is_too_young_to_marry,
    relation_of_spouse,
    sole_heir,
    tells_of_death,
    with_reason,
)

DAY = date(2014, 6, 10)


@pytest.mark.parametrize(
    ("member", "spouse"),
    [("户主", "配偶"), ("子", "儿媳"), ("女", "女婿"), ("孙子", None), ("配偶", None), (None, None)],
)
def test_the_spouse_of_a_member_is(member: str | None, spouse: str | None) -> None:
    assert relation_of_spouse(Relation(member) if member else None) == spouse


def remaining(*told: str) -> list[tuple[date | None, Relation | None]]:
    """`子 1996-06-10` or `子`, `? 1996-06-10` where no relation is known."""
    words = [each.split() for each in told]
    return [
        (
            date.fromisoformat(each[1]) if len(each) > 1 else None,
            None if each[0] == "?" else Relation(each[0]),
        )
        for each in words
    ]


@pytest.mark.parametrize(
    ("told", "at"),
    [
        (["子 2010-01-01"], 0),
        (["子"], 0),
        (["子 1996-06-10", "女 1996-06-11"], 0),
        (["女 1996-06-11", "子 1996-06-10"], 1),
        (["女 2000-02-29", "配偶"], 1),
        (["配偶", "子"], None),
        (["子 1996-06-11", "女 1996-06-11"], None),
        (["子 1990-01-01", "女 1990-01-01"], None),
        (["子 1990-01-01", "? 2005-01-01"], 0),
        (["子 1990-01-01", "?"], None),
    ],
)
def test_who_alone_can_head_the_family(told: list[str], at: int | None) -> None:
    assert sole_heir(remaining(*told), DAY) == at


def test_of_somebody_without_a_mark_it_is_not_known_whether_he_counts() -> None:
    assert covered_by_members(1, [True, False], [True, False, True]) == 2
    assert covered_by_members(1, [True, False], [True, False, None]) is None


@pytest.mark.parametrize(
    ("born", "sex", "young"),
    [
        (date(1992, 6, 10), Sex.MALE, False),
        (date(1992, 6, 11), Sex.MALE, True),
        (date(1994, 6, 10), Sex.FEMALE, False),
        (date(1994, 6, 11), Sex.FEMALE, True),
        (None, Sex.MALE, False),
        (date(2005, 1, 1), None, False),
    ],
)
def test_men_marry_at_twenty_two_and_women_at_twenty(born: date | None, sex: Sex | None, young: bool) -> None:
    assert is_too_young_to_marry(born, sex, DAY) is young


@pytest.mark.parametrize("reason", ["死亡", "死亡，病故", "病故", "去世（车祸）", "因病去世 病故"])
def test_a_reason_tells_of_a_death(reason: str) -> None:
    assert tells_of_death(reason)


@pytest.mark.parametrize("reason", [None, "", "变更户主", "迁出", "母亲死亡后投靠亲戚", "死亡登记有误"])
def test_other_reasons_do_not(reason: str | None) -> None:
    assert not tells_of_death(reason)


@pytest.mark.parametrize(
    ("what", "reason", "told"),
    [("死亡", "", "死亡"), ("死亡", "死亡", "死亡"), ("结婚", "远嫁", "结婚，远嫁"), ("", "x", "x")],
)
def test_a_reason_is_told_once(what: str, reason: str, told: str) -> None:
    assert with_reason(what, reason) == told
