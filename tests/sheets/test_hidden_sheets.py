"""Hidden sheets: imported and said so, never against what a visible sheet of the file says."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.grids import TODAY, grid, values
from support.rosters import id_number

from jiemin.domain.problems import Severity
from jiemin.domain.roster import RosterFile, SheetKind
from jiemin.sheets.file_reading import read_grids

HOUSEHOLDS = ("户编号", "村", "户主姓名", "身份证号", "困难类别", "家庭人口")
ONE, OTHER = id_number(date(1950, 3, 14), 13), id_number(date(1951, 3, 14), 13)


def read(hidden: list[tuple[Any, ...]], visible: list[tuple[Any, ...]]) -> RosterFile:
    sheets = [grid(*visible), grid(*hidden, hidden=True)]
    sheets[1].name = "底稿"
    return read_grids(sheets, Path("名册.xlsx"), "", TODAY)


def said(roster: RosterFile) -> list[tuple[str, str, str]]:
    return [(each.code, each.sheet, each.message) for each in roster.problems]


def test_a_hidden_roster_comes_first_and_is_named() -> None:
    roster = read([HOUSEHOLDS, ("A1", "", "沈阿大", "", "五保", 1)], [("姓名", "单位"), ("方卫东", "民政局")])
    assert [(sheet.name, sheet.kind) for sheet in roster.sheets] == [
        ("底稿", SheetKind.HOUSEHOLDS),
        ("表", SheetKind.CADRES),
    ]
    assert said(roster) == [("J206", "底稿", "工作表是隐藏的，也已导入：困难家庭名册1行")]
    assert roster.problems[0].severity is Severity.WARN


@pytest.mark.parametrize("hidden", [[("下拉", "选项"), ("甲", "乙")], [HOUSEHOLDS], [HOUSEHOLDS, ("合计",)]])
def test_hidden_sheets_that_are_no_roster_or_hold_none_stay_silent(hidden: list[tuple[Any, ...]]) -> None:
    roster = read(hidden, [HOUSEHOLDS, ("A1", "", "沈阿大", "", "五保", 1)])
    assert [sheet.name for sheet in roster.sheets] == ["表"]
    assert roster.problems == []


@pytest.mark.parametrize(
    "old",
    [
        ("A1", "虹桥村", "沈阿大", ONE, "三无", 2),
        ("A1", "", "沈阿二", OTHER, "三无", 2),
        ("", "", "", ONE, "三无", 2),
        ("", "", "沈阿大", "", "三无", 2),
        ("", "虹桥村", "沈阿大", ONE[:-1] + "?", "三无", 2),
    ],
)
def test_of_a_household_the_visible_sheet_alone_speaks(old: tuple[Any, ...]) -> None:
    roster = read([HOUSEHOLDS, old], [HOUSEHOLDS, ("A1", "虹桥村", "沈阿大", ONE, "五保", 1)])
    assert [sheet.name for sheet in roster.sheets] == ["表"]
    assert said(roster) == [
        (
            "J206",
            "底稿",
            "工作表是隐藏的，也已导入：困难家庭名册0行，另有1行同类的可见工作表里也有，以可见的为准",
        )
    ]


@pytest.mark.parametrize(
    "other",
    [
        ("A2", "虹桥村", "沈阿大", "", "三无", 2),
        ("", "虹桥村", "沈阿大", OTHER, "三无", 2),
        ("", "塘东村", "沈阿大", "", "三无", 2),
        ("", "虹桥村", "朱水根", "", "三无", 2),
    ],
)
def test_other_households_are_taken(other: tuple[Any, ...]) -> None:
    roster = read(
        [HOUSEHOLDS, ("A1", "", "", "", "三无", 9), other],
        [HOUSEHOLDS, ("A1", "虹桥村", "沈阿大", ONE, "五保", 1)],
    )
    assert [[row.number for row in sheet.rows] for sheet in roster.sheets] == [[3], [2]]
    assert "困难家庭名册1行，另有1行" in roster.problems[0].message


def test_what_is_wrong_on_both_is_told_once() -> None:
    bad = [
        HOUSEHOLDS,
        ("A1", "", "沈阿大", "", "五保", "很多"),
        ("A2", "", "朱水根", "", "低保", 1),
        ("A3", "", "徐金宝", "", "困难", 1),
    ]
    roster = read(bad, bad[:-1])
    assert [(sheet.name, sheet.rejected, len(sheet.rows)) for sheet in roster.sheets] == [
        ("底稿", 1, 0),
        ("表", 1, 1),
    ]
    assert [(each.code, each.cell) for sheet in roster.sheets for each in sheet.problems] == [
        ("J302", "E4"),
        ("J306", "F2"),
        ("J302", "E3"),
    ]


def test_members_who_left_do_not_come_back() -> None:
    labels = ("户编号", "姓名", "与户主关系")
    roster = read(
        [labels, ("A1", "沈阿大", "户主"), ("A1", "沈小", "子"), ("A2", "朱水根", "户主")],
        [labels, ("A1", "沈阿大", "户主")],
    )
    assert [row["name"] for row in values(roster.sheets[0])] == ["朱水根"]


def test_a_cadre_is_told_by_name_and_unit() -> None:
    labels = ("姓名", "单位", "职务")
    roster = read(
        [labels, ("方卫东", "民政局", "局长"), ("方卫东", "教育局", "科员")],
        [labels, ("方卫东", "民政局", "")],
    )
    assert [row["unit"] for row in values(roster.sheets[0])] == ["教育局"]


def test_every_visit_is_one_of_its_own() -> None:
    labels = ("走访日期", "户主姓名", "走访干部", "走访方式")
    visits = [(f"2014-05-0{day}", "沈阿大", "方卫东", "走访") for day in (5, 6)]
    roster = read([labels, *visits], [labels, visits[1]])
    assert [row["visit_day"].day for row in values(roster.sheets[0])] == [5]


def test_lists_of_two_different_days_both_count() -> None:
    row = ("A1", "", "沈阿大", "", "五保", 1)
    for day, sheets in (("2013年1月", 2), ("2014年1月", 1), ("", 1)):
        roster = read([(f"{day}名册",), HOUSEHOLDS, row], [("2014年1月名册",), HOUSEHOLDS, row])
        assert len(roster.sheets) == sheets, day
