"""Sheets with a header alone: said of each, and nothing else where others are filled in."""

from pathlib import Path
from typing import Any

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


def test_of_blank_forms_beside_the_data_their_headers_are_not_spoken_of() -> None:
    roster = read([LABELS], [LABELS], [LABELS, ROW])
    assert said(roster) == [
        ("J205", "1月", "表头下面没有数据"),
        ("J205", "2月", "表头下面没有数据"),
        ("J203", "3月", "栏目认不出，没有导入"),
    ]
    assert [len(sheet.rows) for sheet in roster.sheets] == [0, 0, 1]


def test_nothing_but_blank_ones_speak_for_themselves() -> None:
    assert [each[:2] for each in said(read([LABELS], [LABELS[:3]]))] == [
        ("J203", "1月"),
        ("J205", "1月"),
        ("J205", "2月"),
    ]


def test_a_sheet_of_refused_rows_is_not_blank() -> None:
    roster = read([LABELS[:3], ("A1", "沈阿大", "低保")], [LABELS[:3]], [LABELS[:3], ROW[:3]])
    assert [each[:2] for each in said(roster)] == [("J302", "1月"), ("J205", "2月")]
