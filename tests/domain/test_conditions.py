"""What is measured of a family: whole numbers of a stated unit or a word, read and printed without loss."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiemin.domain.codes import Condition, HouseBuild, HouseGrade
from jiemin.domain.conditions import (
    INCOME_ITEMS,
    KINDS,
    Better,
    ConditionError,
    Group,
    Turn,
    Unit,
    Value,
    figure,
    net_income,
    read_condition,
    show_condition,
    turned,
)
from jiemin.errors import JieminError

NUMBERED = [each for each, kind in KINDS.items() if not kind.words]


def values(condition: Condition) -> st.SearchStrategy[Value]:
    """Any value the condition may have."""
    kind = KINDS[condition]
    return st.sampled_from(kind.words) if kind.words else st.integers(0, kind.most)


measured = st.sampled_from(list(Condition)).flatmap(lambda each: st.tuples(st.just(each), values(each)))


def printed(condition: Condition, value: Value) -> str:
    return show_condition(condition, *((value, None) if isinstance(value, int) else (None, value)))


def test_every_condition_has_its_kind() -> None:
    assert list(KINDS) == list(Condition)
    assert {kind.group for kind in KINDS.values()} == set(Group)
    assert all(bool(kind.words) == (kind.unit is Unit.WORD) for kind in KINDS.values())
    assert all(set(kind.ranked) <= set(kind.words) for kind in KINDS.values())
    assert KINDS[Condition.HOUSE_BUILD].words == tuple(HouseBuild)
    assert KINDS[Condition.HOUSE_GRADE].words == tuple(HouseGrade)


@given(measured)
def test_what_is_printed_reads_as_the_same_value(told: tuple[Condition, Value]) -> None:
    condition, value = told
    assert read_condition(condition, printed(condition, value)) == value


@given(st.sampled_from(NUMBERED), st.data())
def test_a_cell_given_a_figure_reads_as_the_same_value(condition: Condition, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, KINDS[condition].most))
    cell = figure(condition, number)
    assert read_condition(condition, float(cell)) == number
    assert read_condition(condition, str(cell)) == number


@given(st.sampled_from(list(Condition)), st.text() | st.floats() | st.integers() | st.booleans())
def test_anything_else_is_refused_in_words_and_never_stored_out_of_range(
    condition: Condition, told: str | float
) -> None:
    try:
        value = read_condition(condition, told)
    except JieminError as fault:
        assert fault.message
        assert fault.hint
        return
    kind = KINDS[condition]
    assert value in kind.words if kind.words else isinstance(value, int) and 0 <= value <= kind.most


@pytest.mark.parametrize(
    ("condition", "written", "value"),
    [
        (Condition.WAGES, "12000", 1_200_000),
        (Condition.WAGES, "1.2万元", 1_200_000),
        (Condition.WAGES, "年1.2万", 1_200_000),
        (Condition.WAGES, "12，000元／年", 1_200_000),
        (Condition.COSTS, "0", 0),
        (Condition.DIBAO, 416.5, 41_650),
        (Condition.DIBAO, -1e-12, 0),
        (Condition.HOUSE_AREA, "60.5", 6050),
        (Condition.HOUSE_AREA, "60.50 平方米", 6050),
        (Condition.HOUSE_AREA, "60㎡", 6000),
        (Condition.HOUSE_AREA, "８０平", 8000),
        (Condition.HOUSE_AREA, 0.1 + 0.2, 30),
        (Condition.HOUSE_AREA, 60, 6000),
        (Condition.LAND, "2.58亩", 258),
        (Condition.LAND, ".5", 50),
        (Condition.LAND, "2亩5分", 250),
        (Condition.LAND, "1亩2.5分地", 125),
        (Condition.ABLE, "3", 3),
        (Condition.ABLE, "3人", 3),
        (Condition.ABLE, "两个人", 2),
        (Condition.ABLE, "零", 0),
        (Condition.AT_SCHOOL, 2.0, 2),
        (Condition.TRAINED, "12人次", 12),
        (Condition.HOUSE_BUILD, "砖木结构", "砖木"),
        (Condition.HOUSE_BUILD, "框架", "钢筋混凝土"),
        (Condition.HOUSE_GRADE, "c级", "C级"),
        (Condition.HOUSE_GRADE, "Ｄ级（整体危险）", "D级"),
        (Condition.HOUSE_GRADE, "不是危房", "安全"),
    ],
)
def test_the_ways_to_write_a_value(condition: Condition, written: str | float, value: Value) -> None:
    assert read_condition(condition, written) == value


@pytest.mark.parametrize(
    ("condition", "written", "said"),
    [
        (Condition.WAGES, "-100", "小于0"),
        (Condition.WAGES, "每月1000", "按月"),
        (Condition.WAGES, "不少", "不是金额"),
        (Condition.WAGES, "1000.005", "分以下"),
        (Condition.WAGES, "13812345678", "大得不像"),
        (Condition.WAGES, "20000000", "大得不像"),
        (Condition.HOUSE_AREA, "60.555", "太细"),
        (Condition.HOUSE_AREA, "60亩", "看不懂"),
        (Condition.HOUSE_AREA, "5000", "大得不像"),
        (Condition.LAND, "60㎡", "看不懂"),
        (Condition.LAND, "2亩3分5厘", "看不懂"),
        (Condition.ABLE, "-1", "小于0"),
        (Condition.ABLE, "2014", "大得不像"),
        (Condition.ABLE, "1.5", "看不懂"),
        (Condition.ABLE, "无", "看不懂"),
        (Condition.ABLE, " ", "没有写"),
        (Condition.ABLE, True, "没有写"),
        (Condition.WAGES, "", "没有写"),
        (Condition.HOUSE_GRADE, "", "没有写"),
        (Condition.HOUSE_BUILD, "楼房", "没有“楼房”"),
        (Condition.HOUSE_BUILD, "1", "没有“1”"),
        (Condition.HOUSE_GRADE, "是", "没有“是”"),
    ],
)
def test_what_says_nothing_or_too_much_is_refused(
    condition: Condition, written: str | bool, said: str
) -> None:
    with pytest.raises(JieminError, match=said) as fault:
        read_condition(condition, written)
    assert fault.value.hint


def test_values_are_printed_as_people_read_them() -> None:
    assert show_condition(Condition.WAGES, 1_200_000, None) == "12,000元"
    assert show_condition(Condition.WAGES, 1_200_050, None) == "12,000.50元"
    assert show_condition(Condition.HOUSE_AREA, 6250, None) == "62.5㎡"
    assert show_condition(Condition.HOUSE_AREA, 6000, None) == "60㎡"
    assert show_condition(Condition.LAND, 258, None) == "2.58亩"
    assert show_condition(Condition.LAND, 5, None) == "0.05亩"
    assert show_condition(Condition.ABLE, 3, None) == "3人"
    assert show_condition(Condition.TRAINED, 3, None) == "3人次"
    assert show_condition(Condition.HOUSE_BUILD, None, "砖木") == "砖木"
    assert show_condition(Condition.HOUSE_BUILD, None, None) == ""


@pytest.mark.parametrize(
    ("condition", "before", "after", "turn"),
    [
        (Condition.WAGES, 100, 200, Turn.BETTER),
        (Condition.WAGES, 200, 100, Turn.WORSE),
        (Condition.WAGES, 100, 100, Turn.NEITHER),
        (Condition.DIBAO, 100, 200, Turn.NEITHER),
        (Condition.LEFT_SCHOOL, 1, 0, Turn.BETTER),
        (Condition.LEFT_SCHOOL, 0, 1, Turn.WORSE),
        (Condition.HOUSE_BUILD, "土坯", "砖混", Turn.BETTER),
        (Condition.HOUSE_BUILD, "砖混", "砖木", Turn.WORSE),
        (Condition.HOUSE_BUILD, "其他", "砖木", Turn.NEITHER),
        (Condition.HOUSE_BUILD, "砖木", "其他", Turn.NEITHER),
        (Condition.HOUSE_GRADE, "D级", "安全", Turn.BETTER),
    ],
)
def test_which_way_a_family_went(condition: Condition, before: Value, after: Value, turn: Turn) -> None:
    assert turned(condition, before, after) is turn


@given(measured, st.data())
def test_there_and_back_are_opposite_ways(told: tuple[Condition, Value], data: st.DataObject) -> None:
    condition, one = told
    other = data.draw(values(condition))
    opposite = {Turn.BETTER: Turn.WORSE, Turn.WORSE: Turn.BETTER, Turn.NEITHER: Turn.NEITHER}
    assert turned(condition, other, one) is opposite[turned(condition, one, other)]
    assert turned(condition, one, one) is Turn.NEITHER


def test_net_income_is_what_came_in_less_what_production_cost() -> None:
    told = {Condition.WAGES: 1_200_000, Condition.DIBAO: 300_000, Condition.COSTS: 50_000}
    found = net_income({**told, Condition.EMPLOYED: 2})
    assert found is not None
    assert found.fen == 1_450_000
    assert found.known == (Condition.WAGES, Condition.DIBAO, Condition.COSTS)
    assert set(found.known) | set(found.unknown) == {*INCOME_ITEMS, Condition.COSTS}
    assert not set(found.known) & set(found.unknown)


def test_income_of_which_nothing_is_known_is_not_nought() -> None:
    assert net_income({}) is None
    assert net_income({Condition.COSTS: 5000, Condition.EMPLOYED: 1}) is None


def test_a_bad_year_may_cost_more_than_it_brought() -> None:
    found = net_income({Condition.FARMING: 100_000, Condition.COSTS: 250_000})
    assert found is not None
    assert found.fen == -150_000


@given(st.dictionaries(st.sampled_from([*INCOME_ITEMS, Condition.COSTS]), st.integers(0, 10**9)))
def test_each_item_more_is_that_much_more(told: dict[Condition, int]) -> None:
    found = net_income(told)
    if found is None:
        assert set(told) <= {Condition.COSTS}
        return
    assert found.fen == sum(told.get(each, 0) for each in INCOME_ITEMS) - told.get(Condition.COSTS, 0)


def test_a_condition_that_is_refused_says_so_itself() -> None:
    with pytest.raises(ConditionError):
        read_condition(Condition.ABLE, "很多")


def test_aid_is_neither_better_nor_worse() -> None:
    aid = (Condition.GIFTS, Condition.RELIEF, Condition.DIBAO, Condition.SUBSIDIES, Condition.COSTS)
    assert {KINDS[each].better for each in aid} == {Better.NEITHER}
