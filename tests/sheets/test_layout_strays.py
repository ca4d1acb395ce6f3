"""What stands outside the table: named once, and never for blanks, feet or numbers of lines."""

from typing import Any

import pytest
from support.grids import faults, read, values

LABELS = ("", "户主姓名", "困难类别", "家庭人口")
ROW = (1, "沈阿大", "五保", 1)


def strays(*rows: tuple[Any, ...]) -> list[tuple[str, str, str]]:
    sheet = read(("困难家庭名册",), LABELS, *rows)
    assert values(sheet) == [{"head_name": "沈阿大", "household_class": "五保", "size": 1}]
    return [
        (each.cell, each.message.removeprefix("表格以外有内容，没有导入："), each.value)
        for each in sheet.problems
    ]


def far(cell: Any, column: int = 16_000) -> tuple[Any, ...]:
    return (*[""] * column, cell)


@pytest.mark.parametrize("cell", ["", " " * 500, "\u3000" * 500, "\n \t"])
def test_blanks_far_away_are_nothing(cell: str) -> None:
    assert strays(ROW, far(cell), *[("",)] * 30, (cell,)) == []
    assert strays((*ROW, *[""] * 80, cell)) == []


def test_a_cell_with_words_is_named() -> None:
    assert strays((*ROW, "", "", "已核对")) == [("G", "G3", "已核对")]
    assert strays(ROW, far("老王", 52)) == [("BA", "BA4", "老王")]
    assert strays((*ROW, 5, "", 0), far("核" * 500, 52)) == [("E", "E3等3格", "5")]
    assert strays(ROW, *[("",)] * 25, ("", "", "另一件事")) == [("C", "C29", "另一件事")]


@pytest.mark.parametrize(
    "foot",
    [
        ("说明：本表一式两份",),
        ("", "", "一、以上各户均已公示"),
        far("填报时间：2014年6月30日", 6),
        ("填报人：", "张三", "", "", "", "审核人："),
        ("第1页 共3页",),
        ("", "第 2 页"),
        ("", "- 3 -"),
        ("", "2014年6月30日"),
        ("", "困难家庭名册（续表）"),
        ("", "困难家庭名册  第2页"),
        ("村书记签字：",),
        ("监督电话：", "88012345"),
    ],
)
def test_feet_are_neither_rows_nor_strays(foot: tuple[Any, ...]) -> None:
    assert strays(ROW, foot) == []


def test_a_heading_between_rows_is_named_for_nobody_takes_what_it_says() -> None:
    rows = [("望湖村",), ROW, ("第1页",), ("困难家庭名册（续表）",), ("塘东村",), ROW, ("说明：两份",)]
    sheet = read(("困难家庭名册",), LABELS, *rows)
    assert len(sheet.rows) == 2
    told = [(each.code, each.value) for each in sheet.problems]
    assert told == [("J209", "望湖村")]


def test_a_column_without_a_heading_between_others_is_named() -> None:
    sheet = read(("户主姓名", "", "困难类别"), ("沈阿大", "虹桥村", "五保"))
    assert [(each.code, each.cell, each.value) for each in sheet.problems] == [("J209", "B", "虹桥村")]


@pytest.mark.parametrize("day", ["2014年5月6日", "2014-05-06"])
def test_a_row_that_begins_with_a_day_is_no_foot(day: str) -> None:
    sheet = read(("走访日期", "户主姓名", "走访干部", "走访方式"), (day, "沈阿大", "方卫东", "走访"))
    assert (len(sheet.rows), faults(sheet)) == (1, [])
