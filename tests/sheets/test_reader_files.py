"""Files of every format a spreadsheet writes, read to their last cell."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from support.files import PLAIN, archive, patched, read, saved, workbook_bytes
from support.rosters import household_rows

from jiemin.domain.roster import SheetKind


def test_cells_that_begin_far_from_the_corner(tmp_path: Path) -> None:
    def place(workbook: Workbook) -> None:
        sheet = workbook.create_sheet("远")
        for row, cells in enumerate([*PLAIN, ("顾小平", "", "科员")], start=6):
            for column, cell in enumerate(cells, start=4):
                sheet.cell(row, column, cell or None)

    sheet = read(saved(tmp_path / "far.xlsx", workbook_bytes(place))).sheets[1]
    assert (sheet.columns["name"], sheet.rows[0].number) == ("D", 7)
    assert [(each.code, each.cell) for each in sheet.problems] == [("J301", "E8")]


def test_numbers_dates_and_failed_formulas_as_cells(tmp_path: Path) -> None:
    def fill(workbook: Workbook) -> None:
        sheet = workbook.worksheets[0]
        sheet.delete_rows(1, 9)
        sheet.append(["户主姓名", "身份证号", "困难类别", "家庭人口", "起始日期", "备注"])
        sheet.append(["沈阿大", 330483195003141234, "五保", 3, date(2014, 4, 1), "=1+1"])
        cell = sheet.cell(2, 3)
        assert isinstance(cell, Cell)
        cell.value, cell.data_type = "#N/A", "e"
        note = sheet.cell(2, 6)
        assert isinstance(note, Cell)
        note.data_type = "s"

    sheet = read(saved(tmp_path / "a.xlsx", workbook_bytes(fill))).sheets[0]
    assert [(each.code, each.cell) for each in sheet.problems] == [("J103", "B2"), ("J308", "C2")]
    assert dict(sheet.rows[0].values) == {
        "head_name": "沈阿大",
        "size": 3,
        "as_of": date(2014, 4, 1),
        "note": "=1+1",
    }


def test_a_failed_formula_of_a_renamed_sheet(tmp_path: Path) -> None:
    def fill(workbook: Workbook) -> None:
        sheet = workbook.create_sheet("R&D <1>")
        for row in [*PLAIN, ("顾小平", "教育局", "#REF!")]:
            sheet.append(list(row))
        cell = sheet.cell(3, 3)
        assert isinstance(cell, Cell)
        cell.data_type = "e"

    sheet = read(saved(tmp_path / "a.xlsx", workbook_bytes(fill))).sheets[1]
    assert [(each.code, each.cell, each.value) for each in sheet.problems] == [("J308", "C3", "#REF!")]


def test_merged_cells_and_hidden_sheets(tmp_path: Path) -> None:
    def shape(workbook: Workbook) -> None:
        sheet = workbook.worksheets[0]
        sheet.append(["顾小平"])
        sheet.merge_cells("B2:B3")
        hidden = workbook.create_sheet("去年")
        hidden.sheet_state = "hidden"
        for row in (PLAIN[0], ("顾员", "教育局", "科员")):
            hidden.append(list(row))

    roster = read(saved(tmp_path / "a.xlsx", workbook_bytes(shape)))
    assert [(sheet.name, len(sheet.rows)) for sheet in roster.sheets] == [("去年", 1), ("Sheet", 2)]
    assert [row.values["unit"] for row in roster.sheets[1].rows] == ["民政局", "民政局"]
    assert [(each.code, each.sheet) for each in roster.problems] == [("J206", "去年")]


@pytest.mark.parametrize("name", ["名单.xls", "名单.et", "名单", "名单.csv"])
def test_the_extension_counts_for_nothing(tmp_path: Path, name: str) -> None:
    assert len(read(saved(tmp_path / name, workbook_bytes())).sheets[0].rows) == 1


def test_a_stray_column_far_to_the_right_is_borne(tmp_path: Path) -> None:
    content = workbook_bytes(lambda workbook: workbook.worksheets[0].cell(2, 16384, " " * 500))
    assert len(read(saved(tmp_path / "far.xlsx", content)).sheets[0].rows) == 1


def test_what_the_fast_reader_cannot_read_the_other_may(tmp_path: Path) -> None:
    content = patched(
        workbook_bytes(), "xl/worksheets/sheet1.xml", b'<dimension ref="A1:C2"', b'<dimension ref="x"'
    )
    sheet = read(saved(tmp_path / "a.xlsx", content)).sheets[0]
    assert dict(sheet.rows[0].values) == {"name": "方卫东", "unit": "民政局", "post": "局长"}


def test_a_workbook_of_libreoffice(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = ("".join(cell.format(each) for each in row) for row in PLAIN)
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    names = (
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {" ".join(names)}><office:body><office:spreadsheet>'
        f'<table:table table:name="干部">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    made = archive(
        **{
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
            "META-INF/manifest.xml": b"<manifest/>",
        }
    )
    sheet = read(saved(tmp_path / "干部.ods", made)).sheets[0]
    assert (sheet.name, dict(sheet.rows[0].values)["unit"]) == ("干部", "民政局")


TEXT = '姓名,单位,职务\r\n方卫东,"民政局\n救灾科",局长\r\n顾小平,教育局,"科员,主任"\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text_tables(tmp_path: Path, encoding: str, separator: str) -> None:
    written = TEXT if separator == "," else TEXT.replace("科员,主任", "科员").replace(",", separator)
    sheet = read(saved(tmp_path / "干部.csv", written.encode(encoding))).sheets[0]
    assert (sheet.name, sheet.kind) == ("干部", SheetKind.CADRES)
    assert [row.number for row in sheet.rows] == [2, 3]
    assert sheet.rows[0].values["unit"] == "民政局\n救灾科"


def test_numbers_in_text_tables_stay_whole(tmp_path: Path) -> None:
    number = household_rows(1)[0][4]
    written = (
        "名单\n户主姓名,身份证号,困难类别,银行账号\n"
        f'沈阿大,"=""{number}""",五保,6.23E+18\n'
        "朱水根,3.30483E+17,五保,\n"
    )
    sheet = read(saved(tmp_path / "a.csv", written.encode())).sheets[0]
    assert sheet.rows[0].values["head_id"].number == number
    assert [(each.code, each.cell) for each in sheet.problems] == [("J309", "D3"), ("J103", "B4")]
