"""Rows below the labels that tell how to fill them in, and rows that only look like them."""

from typing import Any

import pytest
from support.grids import faults, grid, read, values

from jiemin.sheets.layout.header import find_header

LABELS = ("序号", "镇", "户主姓名", "身份证号", "困难类别", "家庭人口", "家庭年收入", "备注")
ROW = (1, "乌镇镇", "沈阿大", "", "五保", 1, 1.2, "")


def names(*rows: tuple[Any, ...]) -> list[str]:
    return [row["head_name"] for row in values(read(LABELS, *rows)) if "head_name" in row]


@pytest.mark.parametrize(
    "hint",
    [
        ("", "", "", "", "", "人", "元", ""),
        ("", "", "", "", "", "（人）", "（元/年）", ""),
        ("单位", "", "", "", "", "人", "元", ""),
        ("", "", "", "", "", "", "单位：元", ""),
        ("", "填全称", "与身份证一致", "18位", "城镇低保/农村低保/五保/三无", "填整数", "元", "可不填"),
        ("", "下拉选择", "必填", "文本格式", "1.城镇低保 2.农村低保 3.五保", "必填", "选填", "选填"),
        ("填写说明", "写明镇", "户主的名字", "第二代身份证", "见附件", "全部人口", "全家收入", ""),
        ("", "", "", "文本格式", "是/否", "YYYY-MM-DD", "", ""),
        (1, 2, 3, 4, 5, 6, 7, 8),
        ("1", "2", "3", "4", "5", "6", "7=5+6", "8"),
        ("甲", "乙", 1, 2, 3, 4, 5, 6),
        ("甲", "乙", "丙", "丁", 1, 2, 3, ""),
        ("", "(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"),
        ("栏次", "1", "2", "3", "4", "5", "6", "7"),
        ("{.pid}", "{.town}", "{.host}", "${idCard}", "{.class}", "{.size}", "{{income}}", "{.health{"),
        ("例", "石门镇", "张三", "", "五保", 1, 2.4, ""),
        ("示例", "石门镇", "张三", "", "五保", 1, 2.4, ""),
        ("", "石门镇", "例：张三", "", "五保", 1, 2.4, ""),
        ("", "石门镇", "张三（示例）", "", "五保", 1, 2.4, ""),
        (0, "石门镇", "示例甲", "", "五保", 1, 2.4, ""),
        (0, "石门镇", "张三", "", "五保", 1, 2.4, "样例"),
    ],
)
def test_a_row_that_tells_how_to_fill_in_is_nobody(hint: tuple[Any, ...]) -> None:
    assert names(hint, ROW, ROW) == ["沈阿大"] * 2
    assert {code for code, _ in faults(read(LABELS, hint, ROW))} <= {"J212", "J305"}


def test_several_such_rows_with_a_blank_one_between() -> None:
    hints = [
        (1, 2, 3, 4, 5, 6, 7, 8),
        ("", "", "", "", "", "人", "元", ""),
        [""] * 8,
        ("例1", "石门镇", "张三", "", "五保", 1, 2.4, ""),
        ("例2", "石门镇", "李四", "", "五保", 1, 2.4, ""),
    ]
    sheet = read(LABELS, *hints, ROW)
    assert [row.number for row in sheet.rows] == [7]


@pytest.mark.parametrize(
    "row",
    [
        (1, "是", "沈阿大", "", "五保", 1, 1, ""),
        ("", "", "沈阿大", "", "", "", "", "元"),
        ("", "", "沈阿大", "/", "五保", "/", "/", "/"),
        ("", "元", "元小明", "", "五保", "", "", ""),
        (1, "甲", "年", "", "五保", "", "", ""),
        ("甲", "乙", "丙小明", "", "五保", 1, 2, 3),
        (1, "", "沈阿大", "", "五保", 3, 3, "例行走访"),
        (1, "", "沈阿大", "", "五保", 3, 3, "例行"),
        (1, "", "沈阿大", "", "五保", 3, 3, "例"),
        (1, "", "沈阿大", "", "五保", 3, 3, "如：另有说明"),
        (1, "单位", "沈阿大", "", "五保", 3, 3, "文本格式"),
        (1, "石门镇", "张三", "", "五保", 1, 2.4, "示范"),
    ],
)
def test_a_row_that_tells_of_somebody_is_never_passed_over(row: tuple[Any, ...]) -> None:
    sheet = read(LABELS, row, ROW)
    assert [each.number for each in sheet.rows] == [2, 3]


def test_numbers_in_order_are_data_where_no_column_of_names_is_numbered() -> None:
    labels = ("序号", "户编号", "家庭人口", "困难类别")
    assert len(read(labels, (1, 2, 3, "五保"), (2, 3, 4, "五保")).rows) == 2
    assert len(read(("序号", "户编号", "家庭人口"), (1, 2, 3), (2, 3, 1)).rows) == 2


@pytest.mark.parametrize(
    ("above", "label", "unit", "fen"),
    [
        ("", "家庭年收入", "万元", 1_200_000),
        ("", "家庭年收入", "（万元）", 1_200_000),
        ("", "家庭年收入", "元", 120),
        ("单位：户、人、万元", "家庭年收入", "元", 120),
        ("单位：户、人、万元", "家庭年收入（元）", "", 120),
        ("单位：户、人、万元", "家庭年收入", "", 1_200_000),
    ],
)
def test_the_unit_of_a_column_counts(above: str, label: str, unit: str, fen: int) -> None:
    labels = tuple(label if each == "家庭年收入" else each for each in LABELS)
    sheet = read((above, "x"), labels, ("", "", "", "", "", "人", unit, ""), ROW)
    assert values(sheet)[0]["income_year_fen"] == fen


@pytest.mark.parametrize("unit", ["元/月", "元/人", "元/人·年"])
def test_an_amount_of_another_unit_is_not_the_households_income(unit: str) -> None:
    sheet = read(LABELS, ("", "", "", "", "", "人", unit, ""), ROW)
    assert "income_year_fen" not in values(sheet)[0]
    assert [(each.code, each.cell, each.value) for each in sheet.problems] == [
        ("J203", "G", f"家庭年收入({unit})")
    ]


def test_an_example_with_a_name_of_its_own_is_named() -> None:
    sheet = read(LABELS, ("示例", "石门镇", "张三", "", "五保", 1, 2.4, ""), ROW)
    assert [(each.code, each.cell) for each in sheet.problems] == [("J212", "")]
    assert "第2行" in sheet.problems[0].message
    sheet = read(LABELS, ("", "石门镇", "示例甲", "", "五保", 1, 2.4, ""), ROW)
    assert sheet.problems == []


def test_hints_belong_to_the_header() -> None:
    found = find_header(grid(("名册",), LABELS, (1, 2, 3, 4, 5, 6, 7, 8), ROW))
    assert found is not None
    assert (found.top, found.last, found.bottom, found.hints) == (1, 1, 3, 1)


def test_a_list_without_rows_keeps_its_hints() -> None:
    assert faults(read(LABELS, (1, 2, 3, 4, 5, 6, 7, 8))) == [("J205", "")]
