"""What an aid case must tell, may tell and does not tell, item by item."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from jiemin.domain.aid_cases import (
    CASE_ITEM_SPELLINGS,
    CASE_ITEMS,
    CASE_KINDS,
    LASTING_CASES,
    CaseTold,
    Part,
    Wrong,
    case_faults,
    clash,
    comes_too_late,
    grown_up,
    needs_told,
    read_grade,
)
from jiemin.domain.entitlement import Item

DAY = date(2014, 6, 10)
SOUND: dict[Item, dict[str, Any]] = {
    Item.DIBAO: {"base_fen": 20000},
    Item.CHILD: {"has_person": True, "grade": "散居"},
    Item.MEDICAL_AID: {"has_person": True, "base_fen": 300000},
    Item.HOUSING: {"grade": "D级"},
    Item.RELIEF: {"base_fen": 50000},
}


def faults(item: Item, **other: Any) -> list[tuple[Part, Wrong]]:
    told = CaseTold(item, DAY, **(SOUND[item] | other))
    return [(each.part, each.wrong) for each in case_faults(told)]


def test_every_item_with_cases_says_what_they_tell() -> None:
    assert set(CASE_KINDS) == set(CASE_ITEMS)
    assert {item for item, kind in CASE_KINDS.items() if Part.UNTIL in kind.may} == LASTING_CASES
    assert set(CASE_ITEM_SPELLINGS.values()) == set(CASE_ITEMS)
    assert CASE_ITEM_SPELLINGS["危房改造"] is Item.HOUSING


@pytest.mark.parametrize("item", CASE_ITEMS)
def test_a_case_that_tells_what_it_must_has_no_fault(item: Item) -> None:
    assert faults(item) == []


@pytest.mark.parametrize(
    ("item", "lacking", "part"),
    [
        (Item.DIBAO, {"base_fen": None}, Part.AMOUNT),
        (Item.CHILD, {"has_person": False}, Part.PERSON),
        (Item.CHILD, {"grade": ""}, Part.GRADE),
        (Item.MEDICAL_AID, {"has_person": False}, Part.PERSON),
        (Item.MEDICAL_AID, {"base_fen": None}, Part.AMOUNT),
        (Item.HOUSING, {"grade": ""}, Part.GRADE),
        (Item.RELIEF, {"base_fen": None}, Part.AMOUNT),
    ],
)
def test_what_an_item_cannot_do_without_is_asked_for(item: Item, lacking: dict[str, Any], part: Part) -> None:
    assert faults(item, **lacking) == [(part, Wrong.LACKING)]


@pytest.mark.parametrize(
    ("item", "more", "part"),
    [
        (Item.DIBAO, {"has_person": True}, Part.PERSON),
        (Item.DIBAO, {"grade": "C级"}, Part.GRADE),
        (Item.CHILD, {"base_fen": 100}, Part.AMOUNT),
        (Item.MEDICAL_AID, {"until": DAY}, Part.UNTIL),
        (Item.HOUSING, {"base_fen": 100}, Part.AMOUNT),
        (Item.HOUSING, {"has_person": True}, Part.PERSON),
        (Item.RELIEF, {"grade": "D级"}, Part.GRADE),
        (Item.RELIEF, {"until": DAY}, Part.UNTIL),
    ],
)
def test_what_an_item_does_not_tell_is_too_much(item: Item, more: dict[str, Any], part: Part) -> None:
    assert faults(item, **more) == [(part, Wrong.SURPLUS)]


@pytest.mark.parametrize(
    ("item", "strange", "part"),
    [
        (Item.DIBAO, {"until": date(2014, 6, 9)}, Part.UNTIL),
        (Item.RELIEF, {"base_fen": 0}, Part.AMOUNT),
        (Item.MEDICAL_AID, {"base_fen": -1}, Part.AMOUNT),
        (Item.HOUSING, {"grade": "安全"}, Part.GRADE),
        (Item.CHILD, {"grade": "D级"}, Part.GRADE),
    ],
)
def test_what_cannot_be_so_is_said(item: Item, strange: dict[str, Any], part: Part) -> None:
    assert faults(item, **strange) == [(part, Wrong.NOT_SO)]


def test_a_lasting_case_may_end_on_its_first_day() -> None:
    assert faults(Item.CHILD, until=DAY) == []
    assert faults(Item.RELIEF, has_person=True) == []


def test_faults_are_told_in_the_clerks_words_with_the_way_out() -> None:
    found = list(case_faults(CaseTold(Item.MEDICAL_AID, DAY, grade="丙")))
    assert [(each.message, each.hint) for each in found] == [
        ("医疗救助没有写病人姓名", "登记医疗救助要写日期、病人姓名、报销后个人自付的金额"),
        ("医疗救助没有写报销后个人自付的金额", "登记医疗救助要写日期、病人姓名、报销后个人自付的金额"),
        ("医疗救助不写等级", "去掉等级；登记医疗救助要写日期、病人姓名、报销后个人自付的金额"),
    ]
    [told] = case_faults(CaseTold(Item.HOUSING, DAY, grade="330483196001011234"))
    assert (told.message, told.hint) == ("没有“330483********1234”这种危房等级", "写C级或D级")
    [late] = case_faults(CaseTold(Item.DIBAO, DAY, until=date(2014, 1, 1), base_fen=1))
    assert late.message == "截止日期2014-01-01比2014-06-10还早"


def tier(first: date, last: date | None = None, item: Item = Item.DIBAO, fen: int = 100) -> CaseTold:
    return CaseTold(item, first, last, base_fen=fen)


def test_two_lasting_cases_clash_on_a_day_in_common() -> None:
    may = tier(date(2014, 5, 1), date(2014, 5, 31))
    assert clash(may, tier(date(2014, 5, 31)))
    assert clash(tier(date(2014, 1, 1)), may)
    assert not clash(may, tier(date(2014, 6, 1)))
    assert not clash(tier(date(2014, 1, 1), date(2014, 4, 30)), may)
    assert not clash(may, replace(may, item=Item.CHILD))
    assert not clash(tier(DAY, item=Item.RELIEF), tier(DAY, item=Item.RELIEF))


def test_a_case_is_the_same_whenever_it_ends() -> None:
    assert tier(DAY).same_as(tier(DAY, date(2014, 8, 31)))
    for other in (tier(date(2014, 6, 11)), tier(DAY, fen=101), tier(DAY, item=Item.RELIEF)):
        assert not tier(DAY).same_as(other)
    assert not tier(DAY).same_as(replace(tier(DAY), grade="C级"))


def test_what_is_needed_is_listed_for_the_clerk() -> None:
    assert needs_told(Item.CHILD) == "起始日期、儿童姓名、养育方式（集中或散居）"
    assert needs_told(Item.HOUSING) == "日期、危房等级（C级或D级）"


def test_grades_are_read_in_their_spellings() -> None:
    assert read_grade(Item.HOUSING, "D级危房") == "D级"
    assert read_grade(Item.HOUSING, "d") == "D级"
    assert read_grade(Item.CHILD, "福利院") == "集中"
    assert read_grade(Item.HOUSING, " 戊 ") == "戊"
    assert read_grade(Item.RELIEF, "C级") == "C级"


@pytest.mark.parametrize(
    ("item", "died", "late"),
    [
        (Item.MEDICAL_AID, False, True),
        (Item.MEDICAL_AID, True, False),
        (Item.RELIEF, True, False),
        (Item.CHILD, True, True),
        (Item.CHILD, False, True),
    ],
)
def test_who_left_has_no_case_any_more_but_bills_of_the_dead_come_in(
    item: Item, died: bool, late: bool
) -> None:
    assert comes_too_late(item, died=died) is late


@pytest.mark.parametrize(
    ("item", "birth", "age"),
    [
        (Item.CHILD, date(1996, 6, 10), 18),
        (Item.CHILD, date(1996, 6, 11), None),
        (Item.CHILD, None, None),
        (Item.MEDICAL_AID, date(1940, 1, 1), None),
    ],
)
def test_of_full_age_on_the_birthday(item: Item, birth: date | None, age: int | None) -> None:
    assert grown_up(item, birth, DAY) == age
