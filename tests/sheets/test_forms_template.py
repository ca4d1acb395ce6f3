"""The empty rosters: what a clerk finds in them, and that what is filled in is taken wholly."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from support.files import read

from jiemin.domain.roster import ROSTERS, SheetKind
from jiemin.sheets.columns.spec import Column, Holds
from jiemin.sheets.forms.roster_sheet import FIRST_ROW, SPEC_OF, heading
from jiemin.sheets.forms.template import EXAMPLE, GUIDE, write_template
from jiemin.sheets.writer import SaveError

TOWNS = ("梧桐街道", "乌镇镇", "石门镇")
KINDS = pytest.mark.parametrize("kind", list(ROSTERS), ids=lambda kind: kind.name)


def made(folder: Path, *kinds: SheetKind) -> Path:
    path = folder / "名册.xlsx"
    write_template(kinds or list(ROSTERS), path, TOWNS)
    return path


def sheet_of(folder: Path, kind: SheetKind) -> Worksheet:
    sheet = load_workbook(made(folder, kind))[kind.value]
    assert isinstance(sheet, Worksheet)
    return sheet


def columns(sheet: Worksheet, kind: SheetKind) -> list[tuple[str, Column]]:
    """Each declared column with the letter it stands in."""
    letters = (get_column_letter(place) for place in range(2, sheet.max_column + 1))
    return list(zip(letters, SPEC_OF[kind].columns, strict=True))


def fill_in(path: Path, kind: SheetKind, *rows: Sequence[Any]) -> None:
    """Write rows below the example, as somebody with a spreadsheet would."""
    workbook = load_workbook(path)
    for line, row in enumerate(rows, start=FIRST_ROW + 1):
        for place, value in enumerate(row, start=1):
            workbook[kind.value].cell(line, place, value)
    workbook.save(path)


def filled(kind: SheetKind, number: int) -> list[Any]:
    """The example's row with names of its own."""
    values = [column.example for column in SPEC_OF[kind].columns]
    return [number, *(value.replace("示例", "望湖") if isinstance(value, str) else value for value in values)]


@KINDS
def test_the_header_is_that_of_the_kind_and_says_what_must_be_told(tmp_path: Path, kind: SheetKind) -> None:
    sheet = sheet_of(tmp_path, kind)
    spec = SPEC_OF[kind]
    assert [cell.value for cell in sheet[1]] == ["序号", *(heading(spec, each) for each in spec.columns)]
    for cell, column in zip(sheet[1][1:], spec.columns, strict=True):
        assert {"必需": "*", "或": "#", "": ""}[spec.needed(column)] == "".join(
            sign for sign in str(cell.value) if sign in "*#"
        )
        assert cell.comment is not None
        assert column.meaning in cell.comment.text


def test_the_unit_stands_beside_the_label(tmp_path: Path) -> None:
    labels = [cell.value for cell in sheet_of(tmp_path, SheetKind.HOUSEHOLDS)[1]]
    assert {"家庭人口(人)", "家庭月收入(元)", "户主姓名#", "困难类别"} <= set(labels)


@KINDS
def test_whole_columns_have_the_format_of_what_they_hold(tmp_path: Path, kind: SheetKind) -> None:
    sheet = sheet_of(tmp_path, kind)
    formats = {Holds.DAY: "yyyy-mm-dd", Holds.MONEY: "0.00", Holds.AREA: "0.00", Holds.COUNT: "0"}
    for letter, column in columns(sheet, kind):
        assert sheet.column_dimensions[letter].number_format == formats.get(column.holds, "@"), column.field


@KINDS
def test_code_lists_and_towns_are_offered_and_nothing_else(tmp_path: Path, kind: SheetKind) -> None:
    sheet = sheet_of(tmp_path, kind)
    offers = {
        letter: str(each.formula1).strip('"').split(",")
        for each in sheet.data_validations.dataValidation
        for letter in [str(each.sqref).rstrip("0123456789").partition(":")[0].rstrip("0123456789")]
    }
    expected = {
        letter: list(TOWNS) if column.holds is Holds.TOWN else [str(each) for each in column.choices]
        for letter, column in columns(sheet, kind)
    }
    assert offers == {letter: words for letter, words in expected.items() if words}
    for each in sheet.data_validations.dataValidation:
        assert str(each.sqref).startswith(tuple(f"{letter}{FIRST_ROW}:" for letter in offers))
        assert each.errorStyle == "warning"  # 长子 may be written where 子 is offered


def test_a_list_too_long_for_a_cell_is_not_offered(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    write_template([SheetKind.REGIONS], path, [f"第{number}个很长的镇的名字" for number in range(40)])
    assert load_workbook(path)[SheetKind.REGIONS.value].data_validations.dataValidation == []


@KINDS
def test_only_the_header_is_protected_and_without_a_password(tmp_path: Path, kind: SheetKind) -> None:
    sheet = sheet_of(tmp_path, kind)
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert not (sheet.protection.insertRows or sheet.protection.deleteRows or sheet.protection.sort)
    assert all(cell.protection.locked for cell in sheet[1])
    assert not any(cell.protection.locked for cell in sheet[FIRST_ROW])
    assert not any(sheet.column_dimensions[letter].protection.locked for letter, _ in columns(sheet, kind))


@KINDS
def test_the_sheet_scrolls_below_its_header_and_prints_on_one_page_wide(
    tmp_path: Path, kind: SheetKind
) -> None:
    sheet = sheet_of(tmp_path, kind)
    assert sheet.freeze_panes == f"B{FIRST_ROW}"
    assert sheet.page_setup.orientation == "landscape"
    setup = sheet.page_setup
    assert (str(setup.paperSize), setup.fitToWidth, setup.fitToHeight) == ("9", 1, 0)
    assert sheet.print_title_rows == "$1:$1"
    assert not sheet.print_area


def test_an_empty_form_says_that_there_are_no_data(tmp_path: Path) -> None:
    roster = read(made(tmp_path))
    assert {sheet.kind for sheet in roster.sheets} == set(ROSTERS)
    assert roster.problems == []
    for sheet in roster.sheets:
        assert (sheet.rows, sheet.rejected) == ([], 0)
        assert [each.code for each in sheet.problems] == ["J205"]


@KINDS
def test_the_example_stays_out_and_what_is_filled_in_is_taken_wholly(tmp_path: Path, kind: SheetKind) -> None:
    path = made(tmp_path, kind)
    assert load_workbook(path)[kind.value].cell(FIRST_ROW, 1).value == EXAMPLE
    fill_in(path, kind, filled(kind, 1), filled(kind, 2))
    (sheet,) = read(path).sheets
    assert (sheet.problems, sheet.rejected) == ([], 0)
    told = {column.field for column in SPEC_OF[kind].columns if column.example != ""}
    assert [set(row.values) for row in sheet.rows] == [told, told]
    assert set(sheet.columns) == {column.field for column in SPEC_OF[kind].columns}


def test_the_guide_names_every_column_and_is_no_fault(tmp_path: Path) -> None:
    sheet = load_workbook(made(tmp_path))[GUIDE]
    words = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    for kind in ROSTERS:
        spec = SPEC_OF[kind]
        assert f"【{kind.value}】{spec.meaning}" in words
        assert all(column.meaning in words for column in spec.columns)
    assert read(tmp_path / "名册.xlsx").problems == []


def test_a_roster_on_a_sheet_of_that_name_is_a_roster_all_the_same(tmp_path: Path) -> None:
    workbook = load_workbook(made(tmp_path, SheetKind.CADRES))
    workbook.remove(workbook[GUIDE])
    workbook[SheetKind.CADRES.value].title = GUIDE
    workbook.save(tmp_path / "干部.xlsx")
    (sheet,) = read(tmp_path / "干部.xlsx").sheets
    assert (sheet.name, sheet.kind) == (GUIDE, SheetKind.CADRES)


def test_a_form_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    path = made(tmp_path, SheetKind.CADRES)
    before = path.read_bytes()
    with pytest.raises(SaveError, match="已经有了"):
        write_template([SheetKind.UNITS], path, TOWNS)
    assert path.read_bytes() == before


def test_text_that_begins_like_a_formula_stays_text(tmp_path: Path) -> None:
    path = made(tmp_path, SheetKind.CADRES)
    workbook = load_workbook(path)
    sheet = workbook[SheetKind.CADRES.value]
    for column, value in {"C": "方卫东", "D": "=1+1", "E": "+86局长", "M": "@方"}.items():
        sheet[f"{column}3"].value = value
        sheet[f"{column}3"].data_type = "s"
    workbook.save(path)
    (row,) = read(path).sheets[0].rows
    assert row.values == {"name": "方卫东", "unit": "=1+1", "post": "+86局长", "note": "@方"}


def test_examples_tell_of_nobody_born_since_1900() -> None:
    birth = {
        str(column.example)[6:14]
        for spec in SPEC_OF.values()
        for column in spec.columns
        if column.holds is Holds.NUMBER and len(str(column.example)) == 18
    }
    assert birth == {"19000101", "19000202"}
    assert date(1900, 2, 2) in [column.example for column in SPEC_OF[SheetKind.MEMBERS].columns]
