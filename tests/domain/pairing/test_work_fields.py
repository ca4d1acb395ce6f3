"""Fields of work and depth of need: what a unit's name and a roster's free words tell."""

import pytest

from jiemin.domain.codes import Cause, HouseholdClass
from jiemin.domain.pairing import Field, depth_of_need, need_field, unit_field, work_field


@pytest.mark.parametrize(
    ("unit", "field"),
    [
        ("市人力社保局", Field.JOBS),
        ("市总工会", Field.JOBS),
        ("市住建局", Field.HOUSING),
        ("市卫生局", Field.HEALTH),
        ("市第一人民医院", Field.HEALTH),
        ("市教育局", Field.SCHOOLING),
        ("乌镇中心小学", Field.SCHOOLING),
        ("市特殊教育学校", Field.DISABILITY),
        ("市残联", Field.DISABILITY),
        ("市农经局", Field.PROJECTS),
        ("建设银行桐乡支行", Field.PROJECTS),
        ("市建设局", Field.HOUSING),
        ("市民政局", Field.RELIEF),
        ("团市委", Field.VOLUNTEERS),
        ("市文明办", Field.VOLUNTEERS),
        ("市环境卫生管理处", None),
        ("市财政局", None),
        ("石门镇人民政府", None),
        ("石门镇人民政府民政办", Field.RELIEF),
        ("", None),
    ],
)
def test_a_units_name_tells_its_field(unit: str, field: Field | None) -> None:
    assert unit_field(unit) is field


@pytest.mark.parametrize(
    ("unit", "post", "field"),
    [
        ("石门镇人民政府", "民政助理", Field.RELIEF),
        ("石门镇人民政府", "科员", None),
        ("市卫生局", "民政助理", Field.HEALTH),
    ],
)
def test_where_the_unit_tells_nothing_the_post_may(unit: str, post: str, field: Field | None) -> None:
    assert work_field(unit, post) is field


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("", set()),
        ("其他", set()),
        (Cause.ILLNESS.value, {Field.HEALTH}),
        (Cause.DISABILITY.value, {Field.DISABILITY}),
        (Cause.SCHOOLING.value, {Field.SCHOOLING}),
        (Cause.DISASTER.value, {Field.RELIEF}),
        (Cause.NO_LABOUR.value, {Field.RELIEF}),
        (Cause.NO_SKILL.value, {Field.PROJECTS}),
        (Cause.NO_FUNDS.value, {Field.PROJECTS}),
        (Cause.UNEMPLOYED.value, {Field.JOBS}),
        (Cause.LOST_LAND.value, {Field.JOBS}),
        ("危房改造，子女学费", {Field.HOUSING, Field.SCHOOLING}),
        ("孤老需要陪护", {Field.VOLUNTEERS}),
        ("尿毒症，失业", {Field.HEALTH, Field.JOBS}),
    ],
)
def test_free_words_tell_what_a_household_needs(words: str, fields: set[Field]) -> None:
    assert need_field(words) == fields


@pytest.mark.parametrize(
    ("one", "depth"),
    [
        (HouseholdClass.WUBAO, 3),
        (HouseholdClass.SANWU, 3),
        (HouseholdClass.URBAN_DIBAO, 2),
        (HouseholdClass.RURAL_DIBAO, 2),
        (HouseholdClass.LOW_INCOME, 1),
        (HouseholdClass.OTHER, 0),
    ],
)
def test_the_class_comes_first_and_a_grave_illness_adds_one_step(one: HouseholdClass, depth: int) -> None:
    assert depth_of_need(one.value) == depth
    assert depth_of_need(one.value, words="因病 尿毒症") == min(3, depth + 1)
    assert depth_of_need(one.value, words="因病 感冒") == depth


@pytest.mark.parametrize(
    ("covered", "size", "depth"), [(3, 3, 3), (4, 3, 3), (2, 3, 2), (2, 2, 2), (None, 3, 2), (3, None, 2)]
)
def test_a_dibao_household_of_three_or_more_in_which_nobody_earns_is_a_step_deeper(
    covered: int | None, size: int | None, depth: int
) -> None:
    assert depth_of_need("农村低保", covered, size) == depth
    assert depth_of_need("低收入(低保边缘)", covered, size) == 1
    assert depth_of_need("农村低保", covered, size, "重度残疾") == 3
