"""The workbook of faulty rows: what goes in, how it looks, and that it imports once mended."""

import os
import stat
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from support.rosters import HOUSEHOLD_HEADER, household_rows, id_number, write_workbook

from jiemin.domain.problems import Problem, problem
from jiemin.domain.roster import RosterFile
from jiemin.errors import JieminError
from jiemin.sheets import error_workbook
from jiemin.sheets.error_workbook import write_error_workbook
from jiemin.sheets.reader import start_reading
from jiemin.sheets.writer import SaveError

TODAY = date(2014, 6, 30)
RED, YELLOW = "FFFFC7CE", "FFFFEB9C"


def read(path: Path) -> RosterFile:
    return start_reading(path, TODAY).result()


def written(path: Path, *more: Problem) -> tuple[Path, RosterFile]:
    roster = read(path)
    target = path.with_name(f"{path.stem}-问题.xlsx")
    found = [each for sheet in roster.sheets for each in sheet.problems]
    write_error_workbook(path, roster, [*found, *more], target)
    return target, roster


def cells(sheet: Worksheet) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def roster_file(folder: Path, **changed: Sequence[Any]) -> Path:
    """Six households; `row4=(column, value)` changes a cell of the sheet's fourth row."""
    rows = [list(row) for row in household_rows()]
    for key, (column, value) in changed.items():
        rows[int(key[3:]) - 3][column] = value
    title = ("2014年4月困难家庭名册",)
    return write_workbook(folder / "名册.xlsx", {"困难家庭": [title, HOUSEHOLD_HEADER, *rows]})


def test_only_faulty_rows_go_in_below_title_and_header(tmp_path: Path) -> None:
    path = roster_file(tmp_path, row4=(6, "低保"), row6=(5, "三人"))
    target, roster = written(path)
    sheet = openpyxl.load_workbook(target)["困难家庭"]
    title, header, first, second = cells(sheet)
    assert title[1] == "2014年4月困难家庭名册"
    assert header == ["问题", *HOUSEHOLD_HEADER]
    assert first[1:8] == [*household_rows()[1][:6], "低保"]
    assert second[6] == "三人"
    assert first[0].startswith("G4 未导入 J302 困难类别认不出：没有写明是城镇低保还是农村低保；改为：")
    assert second[0] == "F6 提醒 J306 人数不对；只填整数"
    assert roster.sheets[0].rejected == 1


def test_faulty_cells_are_coloured_and_say_why(tmp_path: Path) -> None:
    path = roster_file(tmp_path, row4=(6, "低保"), row6=(5, "三人"))
    sheet = openpyxl.load_workbook(written(path)[0])["困难家庭"]
    colours = {cell.coordinate: cell.fill.fgColor.rgb for row in sheet.iter_rows(min_row=3) for cell in row}
    assert {place: colour for place, colour in colours.items() if colour in {RED, YELLOW}} == {
        "A3": RED,
        "H3": RED,
        "A4": YELLOW,
        "G4": YELLOW,
    }
    comments = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment]
    assert comments == ["H3", "G4"]
    assert "J302" in str(sheet["H3"].comment and sheet["H3"].comment.text)
    assert sheet.freeze_panes == "B3"


def test_faults_found_later_than_reading_go_in_too(tmp_path: Path) -> None:
    path = roster_file(tmp_path)
    town = problem("J401", "没有写", sheet="困难家庭", cell="B5")
    whole = problem("J403", sheet="困难家庭", cell="7")
    elsewhere = problem("J201", sheet="别的")
    rows = cells(openpyxl.load_workbook(written(path, town, whole, elsewhere)[0])["困难家庭"])
    assert [row[1] for row in rows[2:]] == ["A003", "A005"]
    assert rows[2][0].startswith("B5 未导入 J401")
    assert rows[3][0].startswith("7 未导入 J403")


def test_mended_it_imports_and_nothing_else_changed(tmp_path: Path) -> None:
    path = roster_file(tmp_path, row4=(6, "低保"), row6=(6, "低收入农户"))
    target, _ = written(path)
    workbook = openpyxl.load_workbook(target)
    sheet = workbook["困难家庭"]
    sheet["H3"] = "城镇低保"
    sheet["H4"] = household_rows()[3][6]
    workbook.save(target)
    mended = read(target).sheets[0]
    assert (mended.problems, mended.rejected, mended.as_of) == ([], 0, date(2014, 4, 1))
    whole = read(roster_file(tmp_path, row4=(6, "城镇低保"))).sheets[0]
    assert [row.values for row in mended.rows] == [whole.rows[1].values, whole.rows[3].values]


def test_unmended_it_says_the_same_again(tmp_path: Path) -> None:
    path = roster_file(tmp_path, row4=(6, "低保"), row5=(4, 330483195003141300), row6=(5, "三人"))
    target, roster = written(path)
    again = read(target)
    told = [(each.code, each.value) for each in roster.sheets[0].problems]
    assert [(each.code, each.value) for each in again.sheets[0].problems] == told


def test_text_stays_text_and_numbers_of_identity_cannot_shrink(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.append(["户主姓名", "身份证号", "困难类别", "起始日期", "家庭月收入", "备注"])
    notes = ["=1+1", "+86", "-x", "@sum", "'a", "a\x0bb".replace("\x0b", "")]
    for number, note in enumerate(notes):
        sheet.append(
            [f"沈{number}", id_number(date(1950, 1, 1), number), "低保", date(2014, 4, 1), 520.5, note]
        )
        sheet.cell(number + 2, 6).data_type = "s"
    sheet.append(["沈九", 330483195003141300, "低保", None, None, None])
    path = tmp_path / "a.xlsx"
    workbook.save(path)
    made = openpyxl.load_workbook(written(path)[0]).worksheets[0]
    for row, note in enumerate(notes, start=2):
        cell = made.cell(row, 7)
        assert (cell.value, cell.data_type, cell.number_format) == (note, "s", "@")
        assert made.cell(row, 3).data_type == "s"
        assert made.cell(row, 3).number_format == "@"
        assert (made.cell(row, 5).value.date(), made.cell(row, 6).value) == (date(2014, 4, 1), 520.5)  # type: ignore[union-attr]
    lost = made.cell(8, 3)
    assert (lost.data_type, lost.number_format) == ("n", "@")


def test_a_header_of_two_rows_keeps_its_merged_cells(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for row in (
        ["名单"],
        ["困难家庭", None, "结对干部", None],
        ["姓名", "困难类别", "姓名", "单位"],
        ["沈阿大", "低保", "方卫东", "民政局"],
        [None, None, "顾小平", "民政局"],
        ["朱水根", "五保", "方卫东", "民政局"],
    ):
        sheet.append(row)
    for block in ("A1:D1", "A2:B2", "C2:D2", "A4:A5", "B4:B5"):
        sheet.merge_cells(block)
    path = tmp_path / "a.xlsx"
    workbook.save(path)
    opened = openpyxl.load_workbook(written(path)[0])
    made = opened.worksheets[0]
    assert {str(block) for block in made.merged_cells.ranges} == {"B1:E1", "B2:C2", "D2:E2", "A2:A3"}
    assert cells(made)[3:] == [
        [made["A4"].value, "沈阿大", "低保", "方卫东", "民政局"],
        [made["A5"].value, "沈阿大", "低保", "顾小平", "民政局"],
    ]
    made["C4"] = made["C5"] = "五保"
    opened.save(path)
    assert [row.values["cadre_name"] for row in read(path).sheets[0].rows] == ["方卫东", "顾小平"]


def test_a_sheet_that_begins_away_from_the_corner(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for row, line in enumerate((["户主姓名", "困难类别"], ["沈阿大", "五保"], ["朱水根", "低保"]), start=4):
        for column, value in enumerate(line, start=3):
            sheet.cell(row, column, value)
    path = tmp_path / "a.xlsx"
    workbook.save(path)
    made = openpyxl.load_workbook(written(path)[0]).worksheets[0]
    assert cells(made)[1][1:] == ["朱水根", "低保"]
    assert str(made["A2"].value).startswith("D6 ")
    assert made["C2"].fill.fgColor.rgb == RED


def test_from_a_text_table(tmp_path: Path) -> None:
    path = tmp_path / "名[单]:一.csv"
    try:
        path.write_bytes("户主姓名,困难类别\n沈阿大,五保\n朱水根,低保\n".encode("gb18030"))
    except OSError:
        pytest.skip("this system has no such file names")
    made = openpyxl.load_workbook(written(path)[0])
    assert made.sheetnames == ["名_单__一"]
    assert cells(made.worksheets[0])[1][1:] == ["朱水根", "低保"]


def test_the_file_is_private(tmp_path: Path) -> None:
    target, _ = written(roster_file(tmp_path, row4=(6, "低保")))
    if os.name == "posix":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_our_own_earlier_one_is_replaced_and_a_foreign_file_is_not(tmp_path: Path) -> None:
    path = roster_file(tmp_path, row4=(6, "低保"))
    target, _ = written(path)
    roster_file(tmp_path, row5=(6, "低保"))
    written(path)
    assert cells(openpyxl.load_workbook(target).worksheets[0])[2][1] == "A003"
    for content in (b"", b"PK", path.read_bytes()):
        target.write_bytes(content)
        with pytest.raises(SaveError, match="没有覆盖"):
            written(path)
        assert target.read_bytes() == content


def test_a_file_changed_meanwhile_is_not_mixed_up(tmp_path: Path) -> None:
    path = roster_file(tmp_path, row4=(6, "低保"))
    roster = read(path)
    roster_file(tmp_path, row5=(6, "低保"))
    with pytest.raises(JieminError, match="改动"):
        write_error_workbook(path, roster, roster.sheets[0].problems, tmp_path / "名册-问题.xlsx")
    assert not (tmp_path / "名册-问题.xlsx").exists()


def test_without_end_it_lists_the_rows_left_out_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(error_workbook, "_MOST_ROWS", 2)
    path = roster_file(tmp_path, row3=(5, "三人"), row5=(5, "三人"), row8=(6, "低保"))
    target, _ = written(path)
    rows = cells(openpyxl.load_workbook(target).worksheets[0])
    assert [row[1] for row in rows[2:]] == ["A001", "A006", None]
    assert rows[-1][0] == "还有1行有问题，没有列在这里，请在原表里改"
    assert len(read(target).sheets[0].rows) == 1
