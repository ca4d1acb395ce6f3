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
from support.files import patched
from support.rosters import HOUSEHOLD_HEADER, household_rows, id_number, write_workbook

from jiemin.domain.problems import Problem, problem
from jiemin.domain.roster import RosterFile
from jiemin.errors import JieminError
from jiemin.sheets import error_workbook
from jiemin.sheets.error_workbook import is_untouched, write_error_workbook
from jiemin.sheets.reader import start_reading

TODAY = date(2014, 6, 30)
RED, YELLOW = "FFFFC7CE", "FFFFEB9C"


def read(path: Path) -> RosterFile:
    return start_reading(path, TODAY).result()


def written(path: Path, *more: Problem) -> tuple[Path, RosterFile]:
    roster = read(path)
    target = path.with_name(f"{path.stem}-问题.xlsx")
    found = [each for sheet in roster.sheets for each in sheet.problems]
    return write_error_workbook(path, roster, [*found, *more], target), roster


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
    path = roster_file(tmp_path, row4=(6, "低保"), row6=(5, "好几人"))
    target, roster = written(path)
    sheet = openpyxl.load_workbook(target)["困难家庭"]
    title, header, first, second = cells(sheet)
    assert title[1] == "2014年4月困难家庭名册"
    assert header == ["问题", *HOUSEHOLD_HEADER]
    assert first[1:8] == [*household_rows()[1][:6], "低保"]
    assert second[6] == "好几人"
    why = "原表G4 未导入 J302 困难类别认不出：没有写明是城镇低保还是农村低保；改为："
    assert first[0].startswith(f"没有导入，改好后再导入\n{why}")
    assert second[0] == "已经导入，核对即可；改了格子才要再导入\n原表F6 提醒 J306 人数不对；只填整数"
    assert roster.sheets[0].rejected == 1


def test_faulty_cells_are_coloured_and_say_why(tmp_path: Path) -> None:
    path = roster_file(tmp_path, row4=(6, "低保"), row6=(5, "好几人"))
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
    assert rows[2][0].startswith("没有导入，改好后再导入\n原表B5 未导入 J401")
    assert rows[3][0].startswith("没有导入，改好后再导入\n原表第7行 未导入 J403")


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
    path = roster_file(tmp_path, row4=(6, "低保"), row6=(5, "好几人"))
    target, roster = written(path)
    again = read(target)
    told = [(each.code, each.value) for each in roster.sheets[0].problems]
    assert [(each.code, each.value) for each in again.sheets[0].problems] == told


def test_a_number_that_lost_digits_makes_room_for_the_right_one(tmp_path: Path) -> None:
    target, _ = written(roster_file(tmp_path, row5=(4, 330483195003141300)))
    sheet = openpyxl.load_workbook(target)["困难家庭"]
    assert (sheet["F3"].value, sheet["F3"].number_format) == (None, "@")
    assert sheet["F3"].fill.fgColor.rgb == YELLOW
    assert "J103" in str(sheet["A3"].value)
    assert "原来填的 3304831950031413" in str(sheet["A3"].value)


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
    assert made.column_dimensions["C"].width >= 30  # for 3.30483195003141E+17


def test_a_number_without_its_last_digits_shows_however_far_down(tmp_path: Path) -> None:
    rows = [["沈阿大", "", "低保", ""]] * 110 + [["朱水根", 330483195003141300, "低保", date(2014, 4, 1)]]
    path = write_workbook(tmp_path / "a.xlsx", {"名册": [["户主姓名", "身份证", "困难类别", "日期"], *rows]})
    made = openpyxl.load_workbook(written(path)[0]).worksheets[0]
    assert made["C112"].data_type == "n"
    assert made.column_dimensions["C"].width >= 30
    assert made.column_dimensions["E"].width >= 12


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
    assert "\n原表D6 " in str(made["A2"].value)
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


def test_our_own_earlier_one_is_replaced(tmp_path: Path) -> None:
    target, _ = written(roster_file(tmp_path, row4=(6, "低保")))
    assert is_untouched(target)
    assert written(roster_file(tmp_path, row5=(6, "低保")))[0] == target
    assert cells(openpyxl.load_workbook(target).worksheets[0])[2][1] == "A003"


def test_one_that_was_worked_on_stays_and_the_next_number_is_taken(tmp_path: Path) -> None:
    path = roster_file(tmp_path, row4=(6, "低保"))
    first, _ = written(path)
    workbook = openpyxl.load_workbook(first)
    workbook.worksheets[0]["H3"] = "城镇低保"
    workbook.save(first)
    mended = first.read_bytes()
    second, _ = written(path)
    assert (second.name, written(path)[0]) == ("名册-问题2.xlsx", second)
    second.write_bytes(mended)
    third, _ = written(path)
    assert third.name == "名册-问题3.xlsx"
    assert (first.read_bytes(), second.read_bytes()) == (mended, mended)
    assert [is_untouched(each) for each in (first, second, third)] == [False, False, True]


def test_a_changed_cell_is_seen_even_where_all_else_stays(tmp_path: Path) -> None:
    target, _ = written(roster_file(tmp_path, row4=(6, "低保")))
    content = patched(target.read_bytes(), "xl/worksheets/sheet1.xml", "塘东村".encode(), "塘西村".encode())
    target.write_bytes(content)
    assert not is_untouched(target)


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x05\x06" + bytes(18), None])
def test_a_foreign_file_is_never_replaced(tmp_path: Path, content: bytes | None) -> None:
    path = roster_file(tmp_path, row4=(6, "低保"))
    foreign = path.read_bytes() if content is None else content
    (tmp_path / "名册-问题.xlsx").write_bytes(foreign)
    target, _ = written(path)
    assert target.name == "名册-问题2.xlsx"
    assert (tmp_path / "名册-问题.xlsx").read_bytes() == foreign
    assert not is_untouched(tmp_path / "没有.xlsx")


def test_what_is_left_of_it_after_mending_has_one_column_of_reasons(tmp_path: Path) -> None:
    path = roster_file(tmp_path, row4=(6, "低保"), row6=(5, "好几人"))
    first, _ = written(path)
    mended = first.with_name("改过.xlsx")
    workbook = openpyxl.load_workbook(first)
    workbook.worksheets[0]["H3"] = "城镇低保"
    workbook.save(mended)
    title, header, row = cells(openpyxl.load_workbook(written(mended)[0]).worksheets[0])
    assert (title[1], header) == ("2014年4月困难家庭名册", ["问题", *HOUSEHOLD_HEADER])
    assert "\n原表G4 提醒 J306" in row[0]
    assert row[1] == "A004"


def test_a_sheet_that_brings_members_and_households_goes_in_once(tmp_path: Path) -> None:
    labels = ["镇", "姓名", "与户主关系", "身份证号", "困难类别", "银行账号"]
    rows: list[list[Any]] = [
        labels,
        ["乌镇镇", "沈阿大", "户主", "", "低保", 6230902775159838974],
        ["乌镇镇", "沈小", "子", "12", "", ""],
    ]
    path = write_workbook(tmp_path / "名册.xlsx", {"名册": rows})
    sheet = openpyxl.load_workbook(written(path)[0])["名册"]
    assert [row[2] for row in cells(sheet)] == ["姓名", "沈阿大", "沈小"]
    assert "J302" in str(sheet["A2"].value)
    assert "J309" in str(sheet["A2"].value)
    assert "J102" in str(sheet["A3"].value)
    assert sheet.column_dimensions["G"].width >= 30


def test_a_member_comes_back_below_the_head_whose_household_it_is(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["镇", "姓名", "与户主关系", "联系电话"],
        ["乌镇镇", "沈阿大", "户主", "12"],
        ["乌镇镇", "朱阿二", "户主", ""],
        ["", "朱小", "子", ""],
        ["", "王氏", "配偶", "34"],
    ]
    path = write_workbook(tmp_path / "名册.xlsx", {"名册": rows})
    target = written(path)[0]
    told = cells(openpyxl.load_workbook(target)["名册"])[1:]
    assert [row[2] for row in told] == ["沈阿大", "朱阿二", "王氏"]
    assert "没有问题" in told[1][0]
    workbook = openpyxl.load_workbook(target)
    for cell in ("E2", "E4"):
        workbook["名册"][cell] = "13800000001"
    workbook.save(target)
    again = read(target).sheets[0]
    assert [row.values["head_name"] for row in again.rows] == ["沈阿大", "朱阿二", "朱阿二"]


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
    path = roster_file(tmp_path, row3=(5, "好几人"), row5=(5, "好几人"), row8=(6, "低保"))
    target, _ = written(path)
    rows = cells(openpyxl.load_workbook(target).worksheets[0])
    assert [row[1] for row in rows[2:]] == ["A001", "A006", None]
    assert rows[-1][0] == "还有1行有问题，没有列在这里，请在原表里改"
    assert len(read(target).sheets[0].rows) == 1
