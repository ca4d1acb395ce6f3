"""Classes, causes, codes, answers and free text as people write them."""

from datetime import date
from typing import Any

import pytest
from support.grids import codes_of, reading

from jiemin.domain.codes import (
    HEALTHS,
    LABOURS,
    RELATIONS,
    SEXES,
    Cause,
    Disability,
    Health,
    HouseholdClass,
    Keeping,
    Labour,
    Relation,
    Sex,
)
from jiemin.sheets.values.cell import NOT_ANY, Faulty, Fields
from jiemin.sheets.values.words import (
    causes,
    code,
    disability,
    grade,
    household_class,
    other_causes,
    pairing_note,
    text,
    yes_no,
)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("农村低保", HouseholdClass.RURAL_DIBAO),
        ("城镇 低保户", HouseholdClass.URBAN_DIBAO),
        ("低收入\n(低保边缘)", HouseholdClass.LOW_INCOME),
        ("五保", HouseholdClass.WUBAO),
    ],
)
def test_classes(cell: str, value: HouseholdClass) -> None:
    assert reading(household_class, cell) is value


@pytest.mark.parametrize("cell", ["五保(集中供养)", "集中五保", "五保集中供养", "农村五保（集中）"])
def test_a_class_with_its_keeping(cell: str) -> None:
    assert reading(household_class, cell) == {
        "household_class": HouseholdClass.WUBAO,
        "keeping": Keeping.CENTRAL,
    }


@pytest.mark.parametrize(
    ("cell", "hint"),
    [
        ("低保", "城镇低保还是农村低保"),
        ("低收入农户", "农办"),
        ("农村低宝", "是不是“农村低保”"),
        ("集中低保", "低保"),
        ("集中/分散五保", ""),
        ("居民低保", "城镇低保还是农村低保"),
        ("特困人员", "五保还是三无"),
        ("五保、三无", ""),
        ("甲", ""),
    ],
)
def test_a_class_that_cannot_be_read_is_never_guessed(cell: str, hint: str) -> None:
    found = reading(household_class, cell)
    assert codes_of(found) == ["J302"]
    assert found.kept is None
    assert hint in found.faults[0][1]


def test_causes_the_first_is_the_primary_one() -> None:
    assert reading(causes, "因病") == {"cause": Cause.ILLNESS}
    assert reading(causes, "因病、残疾、上学") == {
        "cause": Cause.ILLNESS,
        "other_causes": (Cause.DISABILITY, Cause.SCHOOLING),
    }
    assert reading(other_causes, "因残 因学") == (Cause.DISABILITY, Cause.SCHOOLING)
    assert reading(causes, "自身发展动力不足") == {"cause": Cause.NO_DRIVE}
    assert reading(causes, "无") is None


def test_an_unknown_cause_is_named_and_the_known_ones_are_kept() -> None:
    found = reading(causes, "因病、命苦")
    assert found == Faulty((("J303", "命苦"),), Fields(cause=Cause.ILLNESS))
    assert reading(causes, "命苦") == Faulty((("J303", "命苦"),))


@pytest.mark.parametrize(
    ("table", "cell", "value"),
    [
        (RELATIONS, "户主 ", Relation.HEAD),
        (RELATIONS, "长子", Relation.SON),
        (SEXES, "男", Sex.MALE),
        (SEXES, 2.0, Sex.FEMALE),
        (HEALTHS, "患有大病", Health.SERIOUS),
        (LABOURS, "无", Labour.NONE),
    ],
)
def test_codes(table: Any, cell: Any, value: Any) -> None:
    assert reading(code(table), cell) is value


def test_an_unknown_code_is_left_out_with_a_hint() -> None:
    found = reading(code(HEALTHS), "健庚")
    assert codes_of(found) == ["J303"]
    assert "健康" in found.faults[0][1]
    assert reading(code(HEALTHS, NOT_ANY), "无") is None


@pytest.mark.parametrize(
    ("cell", "value"), [("是", True), ("否", False), (True, True), (False, False), (1, True), ("N", False)]
)
def test_yes_and_no(cell: Any, value: bool) -> None:
    assert reading(yes_no, cell) is value


def test_neither_yes_nor_no() -> None:
    assert codes_of(reading(yes_no, "也许")) == ["J303"]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("肢体", Disability.LIMB),
        ("肢体残疾", Disability.LIMB),
        ("肢体二级", {"disability": Disability.LIMB, "disability_grade": 2}),
        ("1级精神残疾", {"disability": Disability.MENTAL, "disability_grade": 1}),
        ("肢体 ２ 级", {"disability": Disability.LIMB, "disability_grade": 2}),
        ("肢体（二级）", {"disability": Disability.LIMB, "disability_grade": 2}),
        ("无", None),
    ],
)
def test_disability(cell: str, value: Any) -> None:
    assert reading(disability, cell) == value


@pytest.mark.parametrize(
    "cell", ["肢体、智力", "肢体一级、二级", "肢体二级、智力三级", "肢体1-2级", "4", "有"]
)
def test_a_disability_that_could_be_two_is_not_guessed(cell: str) -> None:
    found = reading(disability, cell)
    assert codes_of(found) == ["J303"]
    assert found.kept is None


@pytest.mark.parametrize(("cell", "value"), [(1, 1), ("二级", 2), ("3级", 3), ("四", 4), ("无", None)])
def test_grades(cell: Any, value: int | None) -> None:
    assert reading(grade, cell) == value


@pytest.mark.parametrize("cell", [5, "重度", "12", "级"])
def test_what_is_no_grade(cell: Any) -> None:
    assert codes_of(reading(grade, cell)) == ["J303"]


def test_the_mark_of_annex_1_is_no_note() -> None:
    assert reading(pairing_note, "未结对") is None
    assert reading(pairing_note, "随访") == "随访"


@pytest.mark.parametrize(
    ("cell", "value"),
    [("=1+1", "=1+1"), (3.0, "3"), (2.5, "2.5"), (True, "TRUE"), (date(2014, 6, 30), "2014-06-30")],
)
def test_text_stays_as_written(cell: Any, value: str) -> None:
    assert reading(text, cell) == value
