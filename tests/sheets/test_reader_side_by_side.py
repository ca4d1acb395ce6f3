"""Two or three records side by side: the same header again to the right."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.grids import TODAY, faults, grid, values
from support.rosters import id_number

from jiemin.domain.roster import RosterFile, RosterSheet, SheetKind
from jiemin.sheets.file_reading import read_grids

LABELS = ("序号", "户主姓名", "身份证号", "困难类别")


def person(number: int) -> str:
    return id_number(date(1950, 3, 14), number)


def record(number: int, name: str, label: str = "五保") -> tuple[Any, ...]:
    return number, name, person(number), label


def read_file(*rows: Sequence[Any], **more: Any) -> RosterFile:
    return read_grids([grid(*rows, **more)], Path("名册.xlsx"), "", TODAY)


def read(*rows: Sequence[Any], **more: Any) -> RosterSheet:
    (sheet,) = read_file(*rows, **more).sheets
    return sheet


def names(sheet: RosterSheet) -> list[str]:
    return [row["head_name"] for row in values(sheet)]


@pytest.mark.parametrize("between", [(), ("",)])
def test_two_records_in_a_row_are_two_rows_left_block_first(between: tuple[str, ...]) -> None:
    sheet = read(
        (*LABELS, *between, *LABELS),
        (*record(1, "沈阿大"), *between, *record(3, "钱福林")),
        (*record(2, "朱水根"), *between, *record(4, "姚桂英")),
    )
    assert sheet.kind is SheetKind.HOUSEHOLDS
    assert names(sheet) == ["沈阿大", "朱水根", "钱福林", "姚桂英"]
    assert [row["head_id"].number for row in values(sheet)] == [person(number) for number in (1, 2, 3, 4)]
    assert faults(sheet) == []
    assert [row.number for row in sheet.rows] == [2, 3, 2, 3]
    right = "G" if between else "F"
    assert [sheet.cell(row, "head_name") for row in sheet.rows] == ["B2", "B3", f"{right}2", f"{right}3"]


def test_three_blocks_and_a_shorter_last_one() -> None:
    sheet = read(
        LABELS * 3, (*record(1, "沈阿大"), *record(2, "朱水根"), *record(3, "钱福林")), record(4, "姚桂英")
    )
    assert names(sheet) == ["沈阿大", "姚桂英", "朱水根", "钱福林"]
    assert faults(sheet) == []


def test_a_faulty_cell_is_named_where_it_stands() -> None:
    sheet = read(LABELS * 2, (*record(1, "沈阿大"), *record(2, "朱水根", "低保")), record(3, "钱福林"))
    assert faults(sheet) == [("J302", "H2")]
    assert (names(sheet), sheet.rejected) == (["沈阿大", "钱福林"], 1)


def test_the_title_speaks_of_all_blocks() -> None:
    found = read(
        ("2014年4月", "", "", "", "", "乌镇镇"),
        ("户主姓名", "困难类别", "家庭月收入") * 2,
        ("沈阿大", "五保", 1, "朱水根", "三无", 2),
    )
    assert found.as_of == date(2014, 4, 1)
    assert [row["town"] for row in values(found)] == ["乌镇镇", "乌镇镇"]
    assert faults(found) == [("J207", "")]


@pytest.mark.parametrize(
    "totals",
    [
        ("合计", "", "", 3, "", "", "", ""),
        ("合计", "", "", "", "", "", "", 3),
        ("", "", "", "", "合计", "3户", "", ""),
    ],
)
def test_totals_are_no_record_of_any_block(totals: Sequence[Any]) -> None:
    sheet = read(LABELS * 2, (*record(1, "沈阿大"), *record(2, "朱水根")), record(3, "钱福林"), totals)
    assert names(sheet) == ["沈阿大", "钱福林", "朱水根"]
    assert (faults(sheet), sheet.rejected) == ([], 0)


def test_a_total_beside_a_record_takes_nothing_from_it() -> None:
    sheet = read(
        LABELS * 2,
        (*record(1, "沈阿大"), *record(2, "朱水根")),
        (*record(3, "钱福林"), "合计", "3户", "", ""),
    )
    assert names(sheet) == ["沈阿大", "钱福林", "朱水根"]
    assert faults(sheet) == []


def test_a_village_before_the_blocks_speaks_of_all_of_them() -> None:
    sheet = read(
        ("村", *LABELS[1:], *LABELS[1:]),
        ("虹桥村", *record(1, "沈阿大")[1:], *record(2, "朱水根")[1:]),
        ("", *record(3, "钱福林")[1:]),
        merges=[(1, 0, 2, 0)],
    )
    assert [(row["head_name"], row["village"]) for row in values(sheet)] == [
        ("沈阿大", "虹桥村"),
        ("钱福林", "虹桥村"),
        ("朱水根", "虹桥村"),
    ]
    assert faults(sheet) == []


def test_members_side_by_side_bring_their_households() -> None:
    labels = ("姓名", "与户主关系", "身份证号", "困难类别")
    found = read_file(
        labels * 2,
        ("沈阿大", "户主", person(1), "五保", "朱水根", "户主", person(3), "三无"),
        ("沈小", "子", person(5), "", "朱小", "女", person(8), ""),
    )
    members, households = found.sheets
    assert [row["name"] for row in values(members)] == ["沈阿大", "沈小", "朱水根", "朱小"]
    assert [row["head_name"] for row in values(members)] == ["沈阿大", "沈阿大", "朱水根", "朱水根"]
    assert names(households) == ["沈阿大", "朱水根"]
    assert households.cell(households.rows[1], "household_class") == "H2"


@pytest.mark.parametrize(
    ("labels", "row", "kind"),
    [
        (
            ("户主姓名", "电话", "困难类别", "镇", "结对干部", "电话", "单位"),
            ("沈阿大", "16012345678", "五保", "乌镇镇", "方卫东", "16087654321", "民政局"),
            SheetKind.PAIRINGS,
        ),
        (
            ("户主姓名", "身份证号", "困难类别", "家庭人口", "户主姓名", "银行账号"),
            ("沈阿大", person(1), "五保", 1, "沈阿大", "6222020000000000"),
            SheetKind.HOUSEHOLDS,
        ),
        (
            ("户编号", "户主姓名", "困难类别", "户主姓名", "困难类别"),
            ("A1", "沈阿大", "五保", "朱水根", "三无"),
            SheetKind.HOUSEHOLDS,
        ),
        (("户主姓名", "户主姓名"), ("沈阿大", "沈阿大"), SheetKind.HOUSEHOLDS),
        (
            ("户主姓名", "困难类别", "结对干部", "单位", "职务", "协助干部", "单位", "职务"),
            ("沈阿大", "五保", "方卫东", "民政局", "局长", "顾明", "民政局", "科员"),
            SheetKind.PAIRINGS,
        ),
    ],
)
def test_a_repeated_label_or_two_make_no_block(
    labels: Sequence[str], row: Sequence[Any], kind: SheetKind
) -> None:
    sheet = read(labels, row)
    assert (sheet.kind, names(sheet)) == (kind, ["沈阿大"])
    assert not any(row.cells for row in sheet.rows)


def test_blocks_with_nothing_in_them_are_said_to_be_empty_once() -> None:
    assert faults(read(LABELS * 2)) == [("J205", "")]


def test_unknown_columns_are_named_in_each_block() -> None:
    labels = (*LABELS, "民政编码")
    sheet = read(labels * 2, (*record(1, "沈阿大"), 7, *record(2, "朱水根"), 8))
    assert faults(sheet) == [("J203", "E"), ("J203", "J")]


def test_of_a_hidden_sheet_only_the_records_that_stand_elsewhere_too_are_passed_over() -> None:
    hidden = grid(LABELS * 2, (*record(1, "沈阿大"), *record(2, "朱水根")), hidden=True)
    shown = grid(LABELS, record(1, "沈阿大"))
    first, second = read_grids([hidden, shown], Path("名册.xlsx"), "", TODAY).sheets
    assert (names(first), names(second)) == (["朱水根"], ["沈阿大"])


def test_families_beside_each_other_under_labels_at_the_left_are_not_one() -> None:
    columns = (
        ("户主姓名", "沈阿大", "朱水根"),
        ("身份证号", person(13), person(15)),
        ("困难类别", "农村低保", "低收入"),
        ("家庭人口", 2, 3),
    )
    sheet = read(*columns)
    assert (faults(sheet), sheet.rows, sheet.rejected) == ([("J211", "")], [], 1)
    sheet = read(*(row[:2] for row in columns))
    assert names(sheet) == ["沈阿大"]
