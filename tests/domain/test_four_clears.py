"""What the record lacks for each of the 四清 (notice 三.2)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiemin.domain.codes import Survey
from jiemin.domain.four_clears import (
    WORKING_AGE_FROM,
    WORKING_AGE_TO,
    FamilyOnRecord,
    Lack,
    MemberFacts,
    lacking,
)

DAY = date(2014, 6, 30)
HEAD = MemberFacts("沈阿大", "户主", True, date(1970, 5, 1), "健康", "普通", "初中")
CHILD = MemberFacts("沈小妹", "女", True, date(2004, 5, 1), "健康", None, None)
WHOLE = FamilyOnRecord(2, (HEAD, CHILD), income_known=True, cause_known=True, need_stated=True)


def told(family: FamilyOnRecord, survey: Survey, day: date = DAY) -> list[str]:
    return [each.text for each in lacking(family, day)[survey]]


def test_a_record_that_has_all_lacks_nothing() -> None:
    assert dict(lacking(WHOLE, DAY)) == dict.fromkeys(Survey, ())


@pytest.mark.parametrize(
    ("change", "survey", "lacks"),
    [
        ({"size": None}, Survey.FAMILY, ["家庭人口"]),
        ({"size": 3}, Survey.FAMILY, ["家庭人口3人，名册里有2人"]),
        ({"income_known": False}, Survey.FAMILY, ["家庭收入"]),
        ({"members": ()}, Survey.FAMILY, ["家庭成员"]),
        ({"members": ()}, Survey.SKILLS, ["家庭成员"]),
        ({"cause_known": False}, Survey.CAUSE, ["主要致困原因"]),
        ({"need_stated": False}, Survey.NEEDS, ["帮扶需求"]),
    ],
)
def test_what_a_family_lacks(change: dict[str, Any], survey: Survey, lacks: list[str]) -> None:
    assert told(replace(WHOLE, **change), survey) == lacks


@pytest.mark.parametrize(
    ("change", "survey", "lacks"),
    [
        ({"relation": None}, Survey.FAMILY, ["与户主关系（沈阿大）"]),
        ({"health": None}, Survey.FAMILY, ["健康状况（沈阿大）"]),
        ({"identified": False}, Survey.FAMILY, []),
        ({"birth": None}, Survey.FAMILY, []),
        ({"identified": False, "birth": None}, Survey.FAMILY, ["身份证号或出生日期（沈阿大）"]),
        ({"birth": None}, Survey.SKILLS, ["年龄（沈阿大）"]),
        ({"labour": None}, Survey.SKILLS, ["劳动能力（沈阿大）"]),
        ({"education": None}, Survey.SKILLS, ["文化程度（沈阿大）"]),
    ],
)
def test_what_is_lacking_of_a_member(change: dict[str, Any], survey: Survey, lacks: list[str]) -> None:
    family = replace(WHOLE, members=(replace(HEAD, **change), CHILD))
    assert told(family, survey) == lacks


def test_working_age_is_from_16_to_59() -> None:
    member = replace(HEAD, birth=date(1998, 7, 1), labour=None)
    family = replace(WHOLE, size=1, members=(member,))
    assert told(family, Survey.SKILLS) == []
    assert told(family, Survey.SKILLS, date(2014, 7, 1)) == ["劳动能力（沈阿大）"]
    assert told(family, Survey.SKILLS, date(2058, 6, 30)) == ["劳动能力（沈阿大）"]
    assert told(family, Survey.SKILLS, date(2058, 7, 1)) == []
    assert (WORKING_AGE_FROM, WORKING_AGE_TO) == (16, 59)


def test_of_many_three_are_named() -> None:
    assert Lack("健康状况", ("甲", "乙", "丙")).text == "健康状况（甲、乙、丙）"
    assert Lack("健康状况", ("甲", "乙", "丙", "丁")).text == "健康状况（甲、乙、丙等4人）"


MEMBERS = st.builds(
    MemberFacts,
    name=st.sampled_from("甲乙丙"),
    relation=st.sampled_from([None, "户主"]),
    identified=st.booleans(),
    birth=st.none() | st.dates(date(1930, 1, 1), date(2014, 1, 1)),
    health=st.sampled_from([None, "健康"]),
    labour=st.sampled_from([None, "普通"]),
    education=st.sampled_from([None, "初中"]),
)
FAMILIES = st.builds(
    FamilyOnRecord,
    size=st.none() | st.integers(0, 6),
    members=st.lists(MEMBERS, max_size=5).map(tuple),
    income_known=st.booleans(),
    cause_known=st.booleans(),
    need_stated=st.booleans(),
)


@given(FAMILIES)
def test_filling_in_never_makes_a_record_lack_more(family: FamilyOnRecord) -> None:
    filled = tuple(
        replace(each, relation="户主", identified=True, health="健康", labour="普通", education="初中")
        for each in family.members
    )
    fuller = replace(family, members=filled, income_known=True, cause_known=True, need_stated=True)
    before, after = lacking(family, DAY), lacking(fuller, DAY)
    for survey in Survey:
        assert {each.what for each in after[survey]} <= {each.what for each in before[survey]}
