"""Totals: never data, always a check of it, and never a false alarm."""

from datetime import date
from typing import Any

import pytest
from support.grids import read
from support.rosters import id_number

from jiemin.domain.problems import Severity
from jiemin.domain.roster import RosterSheet

LABELS = ("序号", "村", "户主姓名", "困难类别", "家庭人口", "保障人口", "家庭月收入", "备注")
ONE = (1, "虹桥村", "沈阿大", "农村低保", 3, 2, 500, "")
TWO = (2, "虹桥村", "朱水根", "农村低保", 4, 1, 300.5, "")
THREE = (3, "塘东村", "徐金宝", "农村低保", 1, 1, "", "")
ALL = ("合计", "", "", "", 8, 4, 800.5, "")


def differences(sheet: RosterSheet) -> list[tuple[str, str]]:
    """Column and words of each total that differs."""
    assert all(each.severity is Severity.WARN for each in sheet.problems if each.code == "J208")
    return [
        (each.cell, each.message.removeprefix("合计与各行相加不符："))
        for each in sheet.problems
        if each.code == "J208"
    ]


def taken(sheet: RosterSheet) -> list[str]:
    return [row.values["head_name"] for row in sheet.rows]


@pytest.mark.parametrize(
    "total",
    [
        ALL,
        ("", "合　　计", "", "", 8, 4, 800.5, ""),
        ("", "", "总 计", "", 8, 4, 800.5, ""),
        ("", "", "", "合计", 8, 4, 800.5, ""),
        ("合计：", "", "3", "", 8, 4, "800.50元", ""),
        ("合计3户8人", "", "", "", 8, 4, "", ""),
        ("合计（3户）", "", "3户", "", "8人", 4.0, 800.5, "按人口"),
        ("全村合计", "", 3, "", "", "", "", ""),
        ("共3户8人", "", "", "", "", "", "", ""),
        ("", "乌镇镇合计", "3户", "", 8, 4, 800.5, ""),
        ("合计", "", "", "", "#REF!", "", "若干", ""),
        ("其中：五保", "", "", "", 77, "", "", ""),
        ("", "低保户小计", "", "", 77, "", "", ""),
    ],
)
def test_totals_that_agree_or_tell_nothing_are_passed_over_in_silence(total: tuple[Any, ...]) -> None:
    last, first = read(LABELS, ONE, TWO, THREE, total), read(LABELS, total, ONE, TWO, THREE)
    for sheet in (last, first):
        assert taken(sheet) == ["沈阿大", "朱水根", "徐金宝"]
        assert (sheet.rejected, sheet.problems) == (0, [])


@pytest.mark.parametrize(
    ("total", "cell", "words"),
    [
        (("合计", "", "", "", 9, 4, 800.5, ""), "E", "“家庭人口”的合计（E5）写着9，各行加起来是8"),
        (("合计", "", "", "", "9人", "", "", ""), "E", "“家庭人口”的合计（E5）写着9，各行加起来是8"),
        (("总计", "", "", "", 8, 3, "", ""), "F", "“保障人口”的合计（F5）写着3，各行加起来是4"),
        (("合计", "", "", "", 8, 4, 800, ""), "G", "“家庭月收入”的合计（G5）写着800元，各行加起来是800.50元"),
        (("合计", "", 4, "", "", "", "", ""), "C", "合计（C5）写着4户，名单里是3户"),
        (("合计", "", "4户", "", "", "", "", ""), "C", "合计（C5）写着4户，名单里是3户"),
        (("合计4户", "", "", "", "", "", "", ""), "A", "合计（A5）写着4户，名单里是3户"),
        (("共3户9人", "", "", "", "", "", "", ""), "A", "合计（A5）写着9人，名单里是8人"),
        (("小计", "", "", "", 5, "", "", ""), "E", "“家庭人口”的合计（E5）写着5，各行加起来是8"),
    ],
)
def test_totals_that_differ(total: tuple[Any, ...], cell: str, words: str) -> None:
    assert differences(read(LABELS, ONE, TWO, THREE, total)) == [(cell, words)]


def test_subtotals_of_villages_below_and_above_their_rows() -> None:
    own = [
        ("", f"{village}小计", "", "", size, "", "", "") for village, size in (("虹桥村", 7), ("塘东村", 1))
    ]
    bare = [("小计", "", "", "", size, "", "", "") for size in (7, 1)]
    for first, second in (own, bare):
        assert differences(read(LABELS, ONE, TWO, first, THREE, second, ALL)) == []
        assert differences(read(LABELS, ALL, first, ONE, TWO, second, THREE)) == []
        wrong = (*first[:4], 2, "", "", "")
        assert differences(read(LABELS, ONE, TWO, wrong, THREE, second, ALL)) == [
            ("E", "“家庭人口”的合计（E4）写着2，各行加起来是7")
        ]
    assert differences(read(LABELS, ONE, THREE, TWO, *own, ALL)) == []


def test_a_subtotal_is_of_the_rows_since_a_blank_one() -> None:
    sheet = read(LABELS, ONE, [""] * 8, TWO, THREE, ("小计", "", "", "", 5, "", "", ""))
    assert differences(sheet) == []


def test_totals_of_each_page_and_so_far() -> None:
    page = ("本页合计", "", "", "", 7, "", "", "")
    so_far = ("累计", "", "", "", 8, "", "", "")
    assert (
        differences(read(LABELS, ONE, TWO, page, THREE, ("本页小计", *[""] * 3, 1, "", "", ""), so_far)) == []
    )


def test_a_total_over_cells_that_could_not_be_read_says_nothing() -> None:
    bad = (3, "塘东村", "徐金宝", "农村低保", "许多", 1, "", "")
    assert differences(read(LABELS, ONE, bad, ("合计", "", "", "", 9, 3, "", ""))) == []
    assert differences(read(LABELS, ONE, bad, ("合计", "", "", "", 9, 9, "", ""))) == [
        ("F", "“保障人口”的合计（F4）写着9，各行加起来是3")
    ]


def test_refused_rows_count_as_well() -> None:
    refused = (3, "塘东村", "徐金宝", "低保", 1, 1, "", "")
    sheet = read(LABELS, ONE, refused, ("合计2户", "", 2, "", 4, 3, 500, ""))
    assert (sheet.rejected, differences(sheet)) == (1, [])


def test_rows_numbered_in_advance_do_not_count() -> None:
    assert differences(read(LABELS, ONE, (2, *[""] * 7), ("合计", "", "1户", "", 3, "", "", ""))) == []


def test_amounts_in_wan() -> None:
    labels = ("户主姓名", "困难类别", "家庭年收入(万元)")
    rows = [("沈阿大", "五保", 0.1), ("朱水根", "五保", 0.2)]
    assert differences(read(labels, *rows, ("合计", "", 0.30000000000000004))) == []
    assert differences(read(labels, *rows, ("合计", "", 0.4))) == [
        ("C", "“家庭年收入”的合计（C4）写着4,000元，各行加起来是3,000元")
    ]


def test_a_household_over_several_rows_of_a_pairing_list_counts_once_or_each_time() -> None:
    labels = ("户主姓名", "身份证号", "家庭人口", "结对干部", "单位")
    number = [
        *(("沈阿大", "", 3, name, "民政局") for name in ("方卫东", "顾小平")),
        ("朱水根", "", 1, "方卫东", "民政局"),
    ]
    for households, size in ((2, 4), (3, 7)):
        assert differences(read(labels, *number, ("合计", f"{households}户", size, "", ""))) == []
    assert len(differences(read(labels, *number, ("合计", "4户", 5, "", "")))) == 2


def test_members_are_counted_by_households_and_persons() -> None:
    labels = ("户编号", "户主姓名", "姓名", "与户主关系")
    rows = [
        ("A1", "沈阿大", "沈阿大", "户主"),
        ("A1", "沈阿大", "沈小", "子"),
        ("A2", "朱水根", "朱水根", "户主"),
    ]
    assert differences(read(labels, *rows, ("合计", "2户", "3人", ""))) == []
    assert differences(read(labels, *rows, ("合计", "", 3, ""))) == []
    assert differences(read(labels, *rows, ("合计", "3户", "4人", ""))) == [
        ("B", "合计（B5）写着3户，名单里是2户"),
        ("C", "合计（C5）写着4人，名单里是3人"),
    ]


@pytest.mark.parametrize(
    "row",
    [
        (1, "虹桥村", "王小计", "五保", 1, "", "", ""),
        (1, "虹桥村", "计共其", "五保", 1, "", "", ""),
        (1, "虹桥村", "沈阿大", "五保", 1, "", "", "合计"),
        (1, "小计村", "沈阿大", "五保", 1, "", "", ""),
        ("合计", "虹桥村", "沈阿大", "五保", 1, "", "", ""),
    ],
)
def test_a_row_that_names_somebody_is_no_total(row: tuple[Any, ...]) -> None:
    assert taken(read(LABELS, row)) == [row[2]]


def test_a_household_told_by_number_alone_is_no_total() -> None:
    labels = ("村", "户主身份证号", "困难类别")
    number = id_number(date(1950, 3, 14), 13)
    assert len(read(labels, ("合计", number, "五保")).rows) == 1


def test_no_more_than_twenty_differences_are_told() -> None:
    wrong = ("小计", "", "", "", 99, "", "", "")
    assert len(differences(read(LABELS, *[ONE, wrong] * 30))) == 20
