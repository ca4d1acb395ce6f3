"""What the readers leave untold of an .xlsx: broken parts are refused, merged cells and errors kept."""

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from support.files import patched, read, refusal, saved, workbook_bytes

from jiemin.sheets.xlsx_parts import look_through

SHEET, BOOK, RELATIONS = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
NO_DIMENSION = b'<dimension ref="A1:C3"', b'<dimension ref="x"'
"""Of this the fast reader cannot read the sheet, and the slow one is asked."""


def two_sheets(workbook: Workbook) -> None:
    other = workbook.create_sheet("表2")
    for row in (("姓名", "单位", "职务"), ("顾小平", "教育局", "科员")):
        other.append(row)


def merged(workbook: Workbook) -> None:
    sheet = workbook.worksheets[0]
    sheet.append(["顾小平", None, "科员"])
    sheet.merge_cells("B2:B3")


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (RELATIONS, b"sheet2.xml", b"sheet9.xml"),
        (RELATIONS, b"/xl/worksheets/sheet2.xml", b"/xl/styles.xml"),
        (RELATIONS, b"sheet2.xml", b"sheet1.xml"),
        (BOOK, b'r:id="rId2"', b'r:id="rId77"'),
        (SHEET, b"</sheetData>", b""),
        (SHEET, b'r="B2"', b'r="B0"'),
        (SHEET, b'r="B2"', b'r="B4294967298"'),
        (SHEET, b'<row r="2"', b'<row r="-2"'),
        (SHEET, b't="inlineStr"><is><t>' + "局长".encode() + b"</t></is>", b't="s"><v>-1</v>'),
    ],
)
def test_what_is_not_whole_is_refused(tmp_path: Path, part: str, old: bytes, new: bytes) -> None:
    content = patched(workbook_bytes(two_sheets), part, old, new)
    assert "损坏" in refusal(saved(tmp_path / "a.xlsx", content)).message


def test_changed_bytes_are_found_by_the_sum_of_their_part(tmp_path: Path) -> None:
    stored = bytearray(_stored(workbook_bytes()))
    place = stored.index("方卫东".encode())
    stored[place : place + 9] = "方卫西".encode()
    assert "损坏" in refusal(saved(tmp_path / "a.xlsx", bytes(stored))).message


def _stored(content: bytes) -> bytes:
    """The same archive without compression."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    return made.getvalue()


def test_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    made = io.BytesIO(workbook_bytes())
    with zipfile.ZipFile(made, "a") as target:
        target.writestr("XL\\worksheets\\Sheet1.xml", b"<worksheet/>")
    assert "同名" in refusal(saved(tmp_path / "a.xlsx", made.getvalue())).message


@pytest.mark.parametrize("slowly", [False, True])
def test_merged_cells_are_told_by_either_reader(tmp_path: Path, slowly: bool) -> None:
    content = workbook_bytes(merged)
    if slowly:
        content = patched(content, SHEET, *NO_DIMENSION)
    rows = read(saved(tmp_path / "a.xlsx", content)).sheets[0].rows
    assert [row.values["unit"] for row in rows] == ["民政局", "民政局"]


def test_names_with_signs_of_xml_and_failed_formulas(tmp_path: Path) -> None:
    def fail(workbook: Workbook) -> None:
        workbook.worksheets[0].title = "民政&<局>"
        cell = workbook.worksheets[0]["C2"]
        cell.value, cell.data_type = "#N/A", "e"

    content = workbook_bytes(fail)
    assert look_through(content, "a.xlsx")["民政&<局>"].failed == [((1, 2), "#N/A")]
    problems = read(saved(tmp_path / "a.xlsx", content)).sheets[0].problems
    assert [(each.code, each.cell) for each in problems] == [("J308", "C2")]


def test_overlapping_merges_are_refused(tmp_path: Path) -> None:
    ranges = b"".join(b'<mergeCell ref="A1:C2"/>' for _ in range(3))
    content = patched(
        workbook_bytes(), SHEET, b"</sheetData>", b"</sheetData><mergeCells>" + ranges + b"</mergeCells>"
    )
    assert "重叠" in refusal(saved(tmp_path / "a.xlsx", content)).message


def test_a_cell_longer_than_any_can_be_is_refused(tmp_path: Path) -> None:
    content = patched(workbook_bytes(), SHEET, "局长".encode(), b"x" * 32_768)
    assert "一格" in refusal(saved(tmp_path / "a.xlsx", content)).message
