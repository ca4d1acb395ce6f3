"""Cells keep what they are given, and pages print as forms do."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from jiemin.sheets.style import (
    Look,
    clean,
    lines_needed,
    new_workbook,
    put,
    put_merged,
    set_page,
    set_widths,
    spread,
    text_width,
)


def _again(workbook: Workbook) -> Workbook:
    stream = BytesIO()
    workbook.save(stream)
    return load_workbook(stream)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")', "330483199001010015", "007"]
)
def test_text_stays_text(text: str) -> None:
    workbook = new_workbook()
    put(workbook.create_sheet("表"), 1, 1, text, Look.CODE)
    cell = _again(workbook)["表"]["A1"]
    assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")


def test_values_keep_their_kind_and_look() -> None:
    workbook = new_workbook()
    sheet = workbook.create_sheet("表")
    put(sheet, 1, 1, Decimal("1234.50"), Look.MONEY)
    put(sheet, 1, 2, date(2014, 6, 30), Look.DATE)
    put(sheet, 1, 3, 0, Look.COUNT)
    put(sheet, 1, 4, None, Look.COUNT)
    money, day, nought, nothing = _again(workbook)["表"][1]
    assert (money.value, money.style) == (1234.5, "表_金额")
    assert money.number_format.startswith("#,##0.00")
    assert (str(day.value), day.number_format) == ("2014-06-30 00:00:00", "yyyy-mm-dd")
    assert (nought.value, nothing.value) == (0, None)
    assert nothing.border.left.style == "thin"


def test_every_look_is_a_named_style() -> None:
    assert {look.value for look in Look} <= set(new_workbook().named_styles)


@given(st.text())
def test_any_text_can_be_written(text: str) -> None:
    workbook = new_workbook()
    put(workbook.create_sheet("表"), 1, 1, text, Look.TEXT)
    read = _again(workbook)["表"]["A1"].value or ""
    assert _lines(str(read)) == _lines(clean(text))


def _lines(text: str) -> str:
    """The text with the one kind of line end that a workbook file keeps."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def test_clean_takes_out_only_what_a_file_cannot_hold() -> None:
    assert clean("沈\x00大\x0b伯\ud800\uffff") == "沈大伯"
    assert clean("䶮 \t\n𠮷") == "䶮 \t\n𠮷"


def test_merged_cells_have_borders_all_round() -> None:
    workbook = new_workbook()
    sheet = workbook.create_sheet("表")
    put_merged(sheet, 1, 1, 3, "合计", Look.HEAD, rows=2)
    assert [str(span) for span in sheet.merged_cells.ranges] == ["A1:C2"]
    assert sheet["A1"].value == "合计"
    assert sheet["C2"].border.right.style == "thin"


def test_widths() -> None:
    assert text_width("镇") > text_width("a") > 0
    assert text_width("ab\n镇镇") == text_width("镇镇")
    assert text_width("") == 0.0
    assert lines_needed("", 5.0) == 1
    assert lines_needed("一二三四", text_width("一二三四") + 1.0) == 1
    assert lines_needed("一二三四", text_width("一二三四") - 1.0) == 2
    assert lines_needed("一\n二\n三", 50.0) == 3


def test_spread_fills_the_page_and_never_narrows() -> None:
    assert spread([10.0, 30.0], 80.0) == [20.0, 60.0]
    assert spread([100.0, 100.0], 80.0) == [100.0, 100.0]
    workbook = new_workbook()
    sheet = workbook.create_sheet("表")
    set_widths(sheet, [20.0, 60.0])
    assert [sheet.column_dimensions[letter].width for letter in "AB"] == [20.0, 60.0]


@pytest.mark.parametrize(("one_page", "high"), [(False, 0), (True, 1)])
@pytest.mark.parametrize(("landscape", "orientation"), [(True, "landscape"), (False, "portrait")])
def test_page(one_page: bool, high: int, landscape: bool, orientation: str) -> None:
    workbook = new_workbook()
    sheet = workbook.create_sheet("表")
    put(sheet, 9, 3, 1, Look.COUNT)
    set_page(sheet, last_row=9, last_column=3, header=(2, 4), landscape=landscape, one_page=one_page)
    page = _again(workbook)["表"]
    assert page.page_setup.paperSize == 9
    assert page.page_setup.orientation == orientation
    fit, footer = page.sheet_properties.pageSetUpPr, page.oddFooter
    assert fit is not None
    assert footer is not None
    assert fit.fitToPage
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, high)
    assert page.print_title_rows == "$2:$4"
    assert page.print_area == "'表'!$A$1:$C$9"
    assert footer.center.text == "第&P页 共&N页"
