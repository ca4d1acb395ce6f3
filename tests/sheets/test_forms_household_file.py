"""The form 一户一档 as it is drawn: nothing cut, nothing parted that belongs together, names of files."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiemin.errors import JieminError
from jiemin.sheets.forms.household_file import add_household_form, page_breaks
from jiemin.sheets.forms.household_files import file_name, write_household_files
from jiemin.sheets.forms.household_form import (
    GRID,
    FormColumn,
    FormRow,
    FormTable,
    HouseholdForm,
    Section,
)
from jiemin.sheets.style import PORTRAIT_WIDTH, Look, lines_needed, new_workbook

HIGHEST = 409.0
"""Points that a row can have at most."""


def form(number: str = "H1", name: str = "沈阿大", note: str = "来过", rows: int = 1) -> HouseholdForm:
    columns = (FormColumn("日期", 4), FormColumn("内容", 12, Look.TEXT))
    lines = tuple(FormRow(("2014.5.1", "走访"), (("暖心手记", note),)) for _ in range(rows))
    sections = (
        Section("走访记录", table=FormTable(columns, lines, "还没有走访")),
        Section("办实事", table=FormTable(columns, (), "暂无")),
    )
    day = date(2014, 6, 30)
    return HouseholdForm(number, name, "乌镇镇", "虹桥村", "农村低保", 3, "方卫东", day, day, sections)


def test_a_long_note_goes_on_in_the_next_row_and_none_of_it_is_lost() -> None:
    note = "".join(chr(0x4E00 + place % 5000) for place in range(3000))
    sheet = add_household_form(new_workbook(), "档案", form(note=note))
    written = [row[2].value for row in sheet.iter_rows() if row[0].value in (None, "暖心手记")]
    assert "".join(str(text) for text in written if text and "走访" not in str(text)).startswith(note)
    assert all((sheet.row_dimensions[row].height or 0) <= HIGHEST for row in range(1, sheet.max_row + 1))


def test_every_text_has_the_lines_it_needs() -> None:
    sheet = add_household_form(new_workbook(), "档案", form(note="很长的手记" * 40))
    merged = {area.coord.split(":")[0]: area for area in sheet.merged_cells.ranges}
    for row in sheet.iter_rows(min_row=3):
        for cell in row:
            if isinstance(cell.value, str):
                area = merged.get(cell.coordinate)
                wide = (area.max_col - area.min_col + 1 if area else 1) * PORTRAIT_WIDTH / GRID
                assert 15 * lines_needed(cell.value, wide) <= (sheet.row_dimensions[cell.row].height or 0)


def test_an_empty_section_says_so() -> None:
    sheet = add_household_form(new_workbook(), "档案", form())
    assert "暂无" in [cell.value for row in sheet.iter_rows() for cell in row]


def test_a_title_stays_with_its_table_and_the_signatures_with_the_last_line() -> None:
    sheet = add_household_form(new_workbook(), "档案", form(rows=60))
    ends = [each.id for each in sheet.row_breaks.brk]
    assert ends
    starts = [str(sheet.cell(row + 1, 1).value) for row in ends]
    assert set(starts) <= {"2014.5.1", "二、办实事"}


@pytest.mark.parametrize("rows", range(8, 80, 5))
def test_the_signatures_have_more_than_a_single_line_above_them(rows: int) -> None:
    columns = (FormColumn("日期", 4), FormColumn("内容", 12, Look.TEXT))
    lines = tuple(FormRow(("2014.5.1", "走访")) for _ in range(rows))
    day = date(2014, 6, 30)
    sections = (Section("变动记录", table=FormTable(columns, lines, "暂无")),)
    told = HouseholdForm("H1", "沈阿大", "乌镇镇", "虹桥村", "农村低保", 3, "方卫东", day, day, sections)
    sheet = add_household_form(new_workbook(), "档案", told)
    sign = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == "户主签名：")
    assert all(each.id <= sign - 4 for each in sheet.row_breaks.brk)


@given(st.lists(st.floats(10, 400), min_size=1, max_size=80), st.data())
def test_pages_hold_all_rows_and_are_never_too_high(heights: list[float], data: st.DataObject) -> None:
    kept = data.draw(st.sets(st.integers(2, len(heights) + 1)))
    ends = list(page_breaks(heights, kept, 740))
    assert ends == sorted(set(ends))
    for start, end in zip([0, *ends], [*ends, len(heights)], strict=True):
        assert start < end
        assert end - start == 1 or sum(heights[start:end]) <= 740.001
    for start, end in zip([0, *ends], ends, strict=False):
        parted = end + 1 in kept
        assert not parted or all(row in kept for row in range(start + 2, end + 1))


@pytest.mark.parametrize(
    ("number", "name", "expected"),
    [
        ("H1", "沈阿大", "H1_沈阿大"),
        ("A/1", '沈:"阿"大?', "A-1_沈--阿-大-"),
        ("H1", "", "H1_户主不详"),
        ("H1", "沈. ", "H1_沈"),
        ("H1", "长" * 200, "H1_" + "长" * 77),
    ],
)
def test_names_of_files_that_windows_takes(number: str, name: str, expected: str) -> None:
    assert file_name(form(number, name)) == expected


def test_names_of_sheets_are_short_and_differ(tmp_path: Path) -> None:
    long = "长" * 40
    forms = [form("H1", long), form("H1", f"{long}二"), form("H[2]", "目录")]
    (out,) = write_household_files(forms, tmp_path / "x.xlsx", "桐乡市", "虹桥村")
    from openpyxl import load_workbook

    names = load_workbook(out).sheetnames
    assert names[0] == "目录"
    assert len({name.lower() for name in names}) == 4
    assert all(len(name) <= 31 for name in names)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(JieminError, match="建不了"):
        write_household_files([form()], tmp_path / "file" / "under", "桐乡市", "虹桥村")
