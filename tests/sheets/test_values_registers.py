"""Cells of the household's file: done or not, plans, last days, amounts, what was measured."""

from datetime import date
from typing import Any

import pytest
from support.grids import codes_of, reading

from jiemin.domain.codes import Condition, Plan
from jiemin.sheets.values.cell import Faulty
from jiemin.sheets.values.registers import amount, clear, condition, due, missing, plan


@pytest.mark.parametrize("cell", ["是", "√", "已清", "清楚", "完成", " ✓ ", True, 1])
def test_words_for_done(cell: Any) -> None:
    assert reading(clear("family"), cell) is True


@pytest.mark.parametrize("cell", ["否", "×", "未清", "不清楚", "没有查清", "N", False, 0])
def test_words_for_not_done(cell: Any) -> None:
    assert reading(clear("family"), cell) is False


@pytest.mark.parametrize(
    "cell", ["未清：缺学历", "否(缺学历)", "不清，缺学历", "未清（缺学历）", "否; 缺学历"]
)
def test_what_is_missing_may_stand_behind(cell: str) -> None:
    assert reading(clear("skills"), cell) == {"skills_clear": False, "skills_missing": "缺学历"}


@pytest.mark.parametrize(
    "cell", ["3口人", "缺劳动力", "没有收入", "无", "是（待查）", "已清：三口人", date(2014, 5, 20)]
)
def test_words_alone_may_be_either_and_are_named(cell: Any) -> None:
    assert codes_of(reading(clear("family"), cell)) == ["J433"]


def test_nothing_missing() -> None:
    assert [reading(missing, cell) for cell in ("无", "没有", "-", "学历\r\n没有核实")] == [
        None,
        None,
        None,
        "学历\n没有核实",
    ]


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (4, Plan.HOUSING),
        (4.0, Plan.HOUSING),
        ("四", Plan.HOUSING),
        ("4、危房改造", Plan.HOUSING),
        ("4.危房改造计划", Plan.HOUSING),
        ("（四）危房改造", Plan.HOUSING),
        ("就业援助计划", Plan.WORK),
    ],
)
def test_plans(cell: Any, found: Plan) -> None:
    assert reading(plan, cell) is found


@pytest.mark.parametrize("cell", [0, 8, "其他", "4、医疗保障", "危房改造、就业援助"])
def test_no_plan_of_the_notice(cell: Any) -> None:
    assert codes_of(reading(plan, cell)) == ["J442"]


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (date(2014, 9, 30), date(2014, 9, 30)),
        ("2014年9月30日前", date(2014, 9, 30)),
        ("2014年9月底", date(2014, 9, 30)),
        ("2014年第三季度", date(2014, 9, 30)),
        ("2014年底", date(2014, 12, 31)),
        ("长期", None),
        ("不限", None),
    ],
)
def test_last_days(cell: Any, found: date | None) -> None:
    assert reading(due, cell) == found


def test_what_may_be_either_end_of_a_month_is_no_last_day() -> None:
    assert codes_of(reading(due, "2014年9月前")) == ["J304"]


@pytest.mark.parametrize(
    ("cell", "fen"),
    [(6000, 600_000), ("6,000元", 600_000), ("0", 0), (0, 0), ("无", None), ("0.6万", 600_000)],
)
def test_amounts(cell: Any, fen: int | None) -> None:
    assert reading(amount(), cell) == fen


@pytest.mark.parametrize("cell", ["-5", "若干", "6000 500", True, "米10斤"])
def test_no_amounts(cell: Any) -> None:
    assert codes_of(reading(amount(), cell)) == ["J305"]


def test_amounts_in_a_column_of_wan() -> None:
    assert [reading(amount("万"), cell) for cell in (0.6, "0.6", "6000元", "0.6万")] == [600_000] * 4


@pytest.mark.parametrize(
    ("measured", "cell", "value"),
    [
        (Condition.WAGES, 12000, 1_200_000),
        (Condition.WAGES, "1.2万元", 1_200_000),
        (Condition.COSTS, 0.1 + 0.2, 30),
        (Condition.HOUSE_AREA, "62.5平方米", 6250),
        (Condition.LAND, "2亩5分", 250),
        (Condition.ABLE, "2人", 2),
        (Condition.TRAINED, 3.0, 3),
        (Condition.HOUSE_BUILD, "砖木结构", "砖木"),
        (Condition.HOUSE_GRADE, "c", "C级"),
    ],
)
def test_conditions(measured: Condition, cell: Any, value: int | str) -> None:
    assert reading(condition(measured), cell) == value


@pytest.mark.parametrize(
    ("measured", "cell", "code", "detail"),
    [
        (Condition.WAGES, "每月1000元", "J305", "是按月的数"),
        (Condition.WAGES, 10**8, "J305", "大得不像一户的"),
        (Condition.WAGES, "12.345", "J305", ""),
        (Condition.WAGES, True, "J305", ""),
        (Condition.WAGES, "100 200", "J305", ""),
        (Condition.ABLE, "若干", "J306", "看不懂"),
        (Condition.HOUSE_AREA, "三间", "J449", "看不懂"),
        (Condition.LAND, -1, "J449", "小于0"),
        (Condition.HOUSE_BUILD, "平房", "J303", ""),
    ],
)
def test_what_was_not_measured(measured: Condition, cell: Any, code: str, detail: str) -> None:
    found = reading(condition(measured), cell)
    assert isinstance(found, Faulty)
    assert (found.kept, found.faults) == (None, ((code, detail),))
