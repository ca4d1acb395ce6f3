"""Sheets with a header alone: said of each, or once where others are filled in."""

from pathlib import Path
from typing import Any

import pytest
from support.grids import TODAY, grid

from jiemin.domain.roster import RosterFile
from jiemin.sheets.file_reading import read_grids

LABELS = ("户编号", "户主姓名", "困难类别", "民族")
ROW = ("A1", "沈阿大", "五保", "汉")


def read(*sheets: list[tuple[Any, ...]]) -> RosterFile:
    grids = [grid(*rows) for rows in sheets]
    for number, each in enumerate(grids, 1):
        each.name = f"{number}月"
    return read_grids(grids, Path("名册.xlsx"), "", TODAY)


def said(roster: RosterFile) -> list[tuple[str, str, str]]:
    found = [*roster.problems, *(each for sheet in roster.sheets for each in sheet.problems)]
    return [(each.code, each.sheet, each.message) for each in found]


@pytest.mark.parametrize(
    ("blank", "named"),
    [
        (9, "1月、2月、3月、4月、5月、6月、7月、8月、9月"),
        (14, "、".join(f"{n}月" for n in range(1, 13)) + "等14张"),
    ],
)
def test_nine_blank_forms_and_the_data_on_the_tenth(blank: int, named: str) -> None:
    roster = read(*[[LABELS]] * blank, [LABELS, ROW])
    assert said(roster) == [
        ("J205", "", f"表头下面没有数据：{named}"),
        ("J203", f"{blank + 1}月", "栏目认不出，没有导入"),
    ]
    assert [len(sheet.rows) for sheet in roster.sheets] == [0] * blank + [1]


def test_one_blank_form_or_nothing_but_blank_ones_speak_for_themselves() -> None:
    assert [each[:2] for each in said(read([LABELS], [LABELS, ROW]))] == [
        ("J203", "1月"),
        ("J205", "1月"),
        ("J203", "2月"),
    ]
    assert [each[:2] for each in said(read([LABELS[:3]], [LABELS[:3]]))] == [("J205", "1月"), ("J205", "2月")]


def test_a_sheet_of_refused_rows_is_not_blank() -> None:
    roster = read([LABELS[:3], ("A1", "沈阿大", "低保")], [LABELS[:3]], [LABELS[:3], ROW[:3]])
    assert [each[:2] for each in said(roster)] == [("J302", "1月"), ("J205", "2月")]
