"""Columns that slipped: said once, left out, and never said of a column that is only badly filled."""

from datetime import date
from typing import Any

import pytest
from support.grids import TODAY, faults, grid, read, values
from support.rosters import id_number

from jiemin.sheets.families import read_rosters
from jiemin.sheets.layout.header import find_header

HEADER = ("户编号", "姓名", "与户主关系", "身份证号", "性别", "健康状况")


def person(number: int) -> tuple[str, str, str, str, str, str]:
    """A member of household A1."""
    return (
        "A1",
        f"沈{'一二三四五六七八九十'[number]}",
        "子",
        id_number(date(1980, 1, 1), number * 2 + 1),
        "男",
        "健康",
    )


def shifted(number: int) -> tuple[str, ...]:
    """The same, with the cells after the name one column to the right."""
    key, name, relation, identity, sex, _ = person(number)
    return (key, name, "", relation, identity, sex)


def test_columns_that_slipped_are_said_once_each_and_left_out() -> None:
    sheet = read(HEADER, *(shifted(number) for number in range(8)))
    assert faults(sheet) == [("J314", "D"), ("J314", "E"), ("J314", "F")]
    assert [each.message.split("：")[1] for each in sheet.problems] == [
        "“身份证号”一列里像是“与户主关系”",
        "“性别”一列里像是“身份证号”",
        "“健康状况”一列里像是“性别”",
    ]
    assert all(row.keys() == {"household_no", "name"} for row in values(sheet))
    assert (len(sheet.rows), sheet.rejected) == (8, 0)


def test_a_good_row_among_slipped_ones_is_read() -> None:
    sheet = read(HEADER, *(shifted(number) for number in range(6)), person(6))
    assert [each.code for each in sheet.problems] == ["J314"] * 3
    assert values(sheet)[6]["person_id"].valid
    assert values(sheet)[6]["relation"] == "子"


@pytest.mark.parametrize("rows", [1, 4])
def test_few_rows_are_told_cell_by_cell(rows: int) -> None:
    sheet = read(HEADER, *(shifted(number) for number in range(rows)))
    assert "J314" not in {each.code for each in sheet.problems}
    assert len(sheet.problems) == 3 * rows


def test_a_column_that_no_other_could_read_is_told_cell_by_cell() -> None:
    sheet = read(HEADER, *((*person(number)[:5], "健庚") for number in range(6)))
    assert [code for code, _ in faults(sheet)] == ["J303"] * 6


def test_a_column_of_which_a_third_can_be_read_did_not_slip() -> None:
    rows: list[Any] = [(*person(number)[:5], "男" if number < 6 else "健康") for number in range(9)]
    sheet = read(HEADER, *rows)
    assert [code for code, _ in faults(sheet)] == ["J303"] * 6


def test_wrong_check_digits_are_no_slip() -> None:
    wrong = [(*person(number)[:3], person(number)[3][:17] + "?", "男", "") for number in range(6)]
    other = [(*person(number)[:3], _misprint(person(number)[3]), "男", "") for number in range(6)]
    assert {code for code, _ in faults(read(HEADER, *wrong))} == {"J106"}
    sheet = read(HEADER, *other)
    assert {code for code, _ in faults(sheet)} == {"J101"}
    assert all("person_id" in row for row in values(sheet))


def test_rows_that_the_slip_rejects_are_still_told_one_by_one() -> None:
    header = ("户编号", "镇", "户主姓名", "家庭人口", "困难类别", "保障人口")
    rows = [(f"A{number}", "乌镇镇", "沈阿大", "", "3", "农村低保") for number in range(6)]
    sheet = read(header, *rows)
    assert faults(sheet)[:2] == [("J314", "E"), ("J314", "F")]
    assert faults(sheet)[2:] == [("J302", f"E{row}") for row in range(2, 8)]
    assert sheet.rejected == 6


def test_the_columns_of_households_beside_their_members_can_slip_too() -> None:
    header = ("姓名", "与户主关系", "身份证号", "困难类别", "家庭人口", "家庭月收入")
    sheet = grid(
        header, *((*person(number)[1:2], "户主", person(number)[3], "五保", "", "3人") for number in range(6))
    )
    found = find_header(sheet)
    assert found is not None
    _, families = read_rosters(sheet, found, "名册.xlsx", TODAY)
    assert faults(families) == [("J314", "F")]
    assert families.problems[0].message.endswith("“家庭月收入”一列里像是“家庭人口”")


def _misprint(number: str) -> str:
    return number[:17] + ("1" if number[17] != "1" else "2")
