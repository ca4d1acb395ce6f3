"""Sheets that are not a record in each row: imported, sent back with their faults, mended, imported again."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from support.imports import rows_of
from support.rosters import id_number, write_workbook

Run = Callable[..., Any]


def person(number: int) -> str:
    return id_number(date(1950, 3, 14), number)


def summary(file: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Sheet, kind, rows, new, unchanged and rejected of each line."""
    return [
        tuple(each[name] for name in ("sheet", "kind", "rows", "new", "unchanged", "rejected"))
        for each in file["sheets"]
    ]


def imported(run: Run, name: str) -> dict[str, Any]:
    file: dict[str, Any] = run("import", name, "--json").json["files"][0]
    return file


def people(folder: Path) -> list[tuple[Any, ...]]:
    return list(
        rows_of(
            folder,
            "select household.household_no, person.name from membership "
            "join person on person.id = person_id join household on household.id = membership.household_id "
            "order by 1, person.id",
        )
    )


def coloured(sheet: Worksheet) -> set[str]:
    return {
        cell.coordinate
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb in {"FFFFC7CE", "FFFFEB9C"}
    }


def commented(sheet: Worksheet) -> set[str]:
    return {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}


def mend(path: str, **cells: Any) -> None:
    workbook = openpyxl.load_workbook(path)
    for place, value in cells.items():
        workbook.worksheets[0][place] = value
    workbook.save(path)


SIDE = ("户编号", "镇", "户主姓名", "身份证号", "困难类别")


def side(number: int, label: str = "五保", person_id: Any = None) -> tuple[Any, ...]:
    return f"A{number}", "石门镇", f"沈阿{'一二三四五六'[number]}", person_id or person(number), label


def test_records_side_by_side_are_one_line_and_come_back_as_they_were(run: Run, tmp_path: Path) -> None:
    rows = [
        SIDE * 2,
        (*side(1), *side(3, "低保")),
        (*side(2, "低保"), *side(4, person_id=person(4)[:-1])),
    ]
    write_workbook(tmp_path / "名册.xlsx", {"名册": rows})
    file = imported(run, "名册.xlsx")
    assert summary(file) == [("名册", "困难家庭名册", 4, 2, 0, 2)]
    assert [(each["code"], each["cell"]) for each in file["problems"]] == [
        ("J302", "E3"),
        ("J302", "J2"),
        ("J102", "I3"),
    ]
    sheet = openpyxl.load_workbook(file["error_workbook"]).worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["问题", *SIDE, *SIDE]
    assert [cell.value for cell in sheet[2]][1:] == list(rows[1])
    assert coloured(sheet) == {"A2", "K2", "A3", "F3", "J3"}
    assert commented(sheet) == {"K2", "F3", "J3"}
    assert sheet["J3"].number_format == "@"
    mend(file["error_workbook"], K2="三无", F3="三无", J3=person(4))
    again = imported(run, "名册-问题.xlsx")
    assert summary(again) == [("名册", "困难家庭名册", 4, 2, 1, 0)]
    assert again["problems"] == []
    assert rows_of(tmp_path, "select count(*) from household") == [(4,)]


def test_what_is_merged_down_in_a_block_comes_back_with_each_row(run: Run, tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    rows = [SIDE * 2, (*side(1), *side(3)), (*side(2), *side(4, "低保"))]
    for row in rows:
        sheet.append(list(row))
    sheet["G3"] = None
    sheet.merge_cells("G2:G3")
    workbook.save(tmp_path / "名册.xlsx")
    file = imported(run, "名册.xlsx")
    assert [(each["code"], each["cell"]) for each in file["problems"]] == [("J302", "J3")]
    back = openpyxl.load_workbook(file["error_workbook"]).worksheets[0]
    assert [cell.value for cell in back[2]][1:] == list(rows[2])


def test_several_records_of_one_row_are_counted_each(run: Run, tmp_path: Path) -> None:
    """The use case refuses them: their town is not the county's."""
    bad = [(number, "某某镇", name, label, f) for number, _, name, label, f in (side(1), side(2))]
    write_workbook(tmp_path / "名册.xlsx", {"名册": [SIDE * 2, (*bad[0], *bad[1])]})
    file = imported(run, "名册.xlsx")
    assert summary(file) == [("名册", "困难家庭名册", 2, 0, 0, 2)]
    assert [(each["code"], each["cell"]) for each in file["problems"]] == [("J401", "B2"), ("J401", "G2")]


SIDEWAYS = (*SIDE, "成员一姓名", "成员一关系", "成员一身份证号", "成员二姓名", "成员二关系", "成员二身份证号")


def test_members_sideways_come_back_with_their_household(run: Run, tmp_path: Path) -> None:
    rows = [
        SIDEWAYS,
        (*side(1), "姚桂英", "配偶", person(8), "沈小", "子", person(11)[:-1]),
        (*side(2), "", "子", person(13), "", "", ""),
        side(3),
    ]
    write_workbook(tmp_path / "名册.xlsx", {"名册": rows})
    file = imported(run, "名册.xlsx")
    assert summary(file) == [("名册", "困难家庭名册", 3, 3, 0, 0), ("名册", "家庭成员名册", 3, 2, 0, 1)]
    assert [(each["code"], each["cell"]) for each in file["problems"]] == [("J102", "K2"), ("J301", "F3")]
    sheet = openpyxl.load_workbook(file["error_workbook"]).worksheets[0]
    assert [cell.value for cell in sheet[2]][1:] == list(rows[1])
    assert coloured(sheet) == {"A2", "L2", "A3", "G3"}
    mend(file["error_workbook"], L2=person(11), G3="朱小")
    again = imported(run, "名册-问题.xlsx")
    assert again["problems"] == []
    assert people(tmp_path) == [
        ("A1", "沈阿二"),
        ("A1", "姚桂英"),
        ("A1", "沈小"),
        ("A2", "沈阿三"),
        ("A2", "朱小"),
        ("A3", "沈阿四"),
    ]
    assert rows_of(tmp_path, "select id_number from person where name = '沈小'") == [(person(11),)]


def form(number: int, **changed: Any) -> Workbook:
    """A form for one household, as its makers merge its cells."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    rows: list[Sequence[Any]] = [
        ("困难家庭档案（一户一档）",),
        ("镇：石门镇；村：望湖村；组：3组",),
        ("家庭基本情况", "户主姓名", f"沈阿{'一二三四五六'[number]}", "身份证号", person(number)),
        (None, "困难类别", "农村低保", "家庭人口", 2),
        (None, "家庭住址", "3组12号", "保障人口", 2),
        ("家庭成员", "姓名", "与户主关系", "身份证号", "健康状况"),
        (None, f"沈小{number}", "子", person(20 + number), "健康"),
        (None, None, None, None, None),
        ("帮扶需求", "看病费用高"),
        ("说明：本表一式两份。",),
    ]
    for row in rows:
        sheet.append(list(row))
    for place, value in changed.items():
        sheet[place] = value
    for area in ("A1:E1", "A2:E2", "A3:A5", "A6:A8", "B9:E9", "A10:E10"):
        sheet.merge_cells(area)
    return workbook


def test_a_form_comes_back_whole_and_imports_once_mended(run: Run, tmp_path: Path) -> None:
    form(1, C4="低保", D7=person(21)[:-1], E7="？").save(tmp_path / "沈家.xlsx")
    file = imported(run, "沈家.xlsx")
    assert summary(file) == [("Sheet", "困难家庭名册", 1, 0, 0, 1), ("Sheet", "家庭成员名册", 1, 0, 0, 1)]
    faults = {(each["code"], each["cell"]) for each in file["problems"]}
    assert {("J203", ""), ("J302", "C4"), ("J102", "D7"), ("J303", "E7")} <= faults
    sheet = openpyxl.load_workbook(file["error_workbook"]).worksheets[0]
    original = form(1).worksheets[0]
    assert {str(each) for each in sheet.merged_cells.ranges} == {
        "B1:F1",
        "B2:F2",
        "B3:B5",
        "B6:B8",
        "C9:F9",
        "B10:F10",
    }
    assert sheet["A1"].value == "问题"
    assert [cell.value for cell in sheet[9]][1:3] == [original["A9"].value, original["B9"].value]
    assert {"A4", "D4", "A7", "E7", "F7"} <= coloured(sheet)
    assert {"D4", "E7", "F7"} <= commented(sheet)
    assert "原表C4 未导入 J302" in str(sheet["A4"].value)
    mend(file["error_workbook"], D4="农村低保", E7=person(21), F7="健康")
    again = imported(run, "沈家-问题.xlsx")
    assert summary(again) == [("Sheet", "困难家庭名册", 1, 1, 0, 0), ("Sheet", "家庭成员名册", 1, 1, 0, 0)]
    assert not [each for each in again["problems"] if each["cell"]]
    assert [name for _, name in people(tmp_path)] == ["沈阿二", "沈小1"]
    assert summary(imported(run, "沈家-问题.xlsx")) == [
        ("Sheet", "困难家庭名册", 1, 0, 1, 0),
        ("Sheet", "家庭成员名册", 1, 0, 1, 0),
    ]


def test_a_form_that_is_wrong_twice_comes_back_without_the_reasons_of_before(
    run: Run, tmp_path: Path
) -> None:
    form(1, C4="低保").save(tmp_path / "沈家.xlsx")
    file = imported(run, "沈家.xlsx")
    mend(file["error_workbook"], D4="贫困户")
    again = imported(run, "沈家-问题.xlsx")
    sheet = openpyxl.load_workbook(again["error_workbook"]).worksheets[0]
    assert sheet["B1"].value == "困难家庭档案（一户一档）"
    assert sheet["D4"].value == "贫困户"
    assert "原表D4 未导入 J302" in str(sheet["A4"].value)


def test_a_folder_of_forms_and_a_workbook_of_many(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "档案"
    folder.mkdir()
    for number in (1, 2):
        form(number).save(folder / f"{number}.xlsx")
    many = form(3)
    for number in (4, 5):
        copy = many.copy_worksheet(many.worksheets[0])
        copy.title = f"第{number}户"
        for row in form(number).worksheets[0].iter_rows():
            for cell in row:
                if cell.value is not None:
                    copy[cell.coordinate] = cell.value
    many.save(folder / "3.xlsx")
    ran = run("import", str(folder), "--json")
    assert ran.code == 0
    files = ran.json["files"]
    assert sum(each["new"] for file in files for each in file["sheets"]) == 10
    assert rows_of(tmp_path, "select count(*) from household") == [(5,)]
    assert rows_of(tmp_path, "select count(*) from membership") == [(10,)]
    shown = run("import", str(folder)).out
    assert shown.count("J203") <= 5


def test_a_change_told_by_a_form_names_its_cell(run: Run, tmp_path: Path) -> None:
    form(1).save(tmp_path / "沈家.xlsx")
    assert run("import", "沈家.xlsx").code == 0
    form(1, C5="4组").save(tmp_path / "沈家.xlsx")
    file = imported(run, "沈家.xlsx")
    changes = [(each["cell"], each["old"], each["new"]) for each in file["changes"]]
    assert changes == [("C5", "3组12号", "4组")]


def test_an_empty_form_writes_nothing(run: Run, tmp_path: Path) -> None:
    blank = {"C3": None, "E3": None, "C4": None, "E4": None, "C5": None, "E5": None, "B7": None, "C7": None}
    form(1, **blank, D7=None, E7=None, B9=None, A2="镇：；村：；组：").save(tmp_path / "空.xlsx")
    ran = run("import", "空.xlsx", "--json")
    assert ran.code == 1
    assert [each["code"] for each in ran.json["files"][0]["problems"]] == ["J205"]
