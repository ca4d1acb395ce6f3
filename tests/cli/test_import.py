"""`jiemin import`: good rows in, bad rows back, the same file twice changes nothing."""

import hashlib
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from support.rosters import (
    CADRE_HEADER,
    HOUSEHOLD_HEADER,
    cadre_rows,
    county,
    household_rows,
    id_number,
    write_workbook,
)

Run = Callable[..., Any]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_several_kinds_in_one_workbook(run: Run, tmp_path: Path) -> None:
    county(tmp_path)
    done = run("import", "households.xlsx", "--json")
    assert done.code == 0
    assert done.err == ""
    sheets = {each["sheet"]: each for each in done.json["files"][0]["sheets"]}
    assert sheets["困难家庭"] | {"kind": ""} == {
        "sheet": "困难家庭",
        "kind": "",
        "rows": 6,
        "new": 6,
        "changed": 0,
        "unchanged": 0,
        "rejected": 0,
        "warned": 0,
        "left_blank": 0,
    }
    assert sheets["干部"]["new"] == 8
    listed = run("household", "list", "--json").json["households"]
    assert [each["household_no"] for each in listed] == [f"A00{n}" for n in range(1, 7)]
    assert listed[0]["class"] == "农村低保"
    assert listed[0]["monthly_income_fen"] == 30000
    assert listed[0]["head_id_number"] == "330483********" + household_rows(1)[0][4][-4:]


def test_the_same_file_twice_changes_not_one_byte(run: Run, tmp_path: Path) -> None:
    county(tmp_path)
    run("import", "households.xlsx")
    before = digest(tmp_path / "jiemin.db")
    again = run("import", "households.xlsx")
    assert again.code == 0
    assert "没有改动" in again.out
    assert digest(tmp_path / "jiemin.db") == before


def test_a_dry_run_tells_what_would_change_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    county(tmp_path)
    run("import", "households.xlsx")
    before = digest(tmp_path / "jiemin.db")
    rows = household_rows()
    rows[0] = (*rows[0][:8], 350)
    write_workbook(tmp_path / "next.xlsx", {"困难家庭": [HOUSEHOLD_HEADER, *rows]})
    tried = run("import", "next.xlsx", "--dry-run", "--json")
    assert tried.code == 0
    assert digest(tmp_path / "jiemin.db") == before
    sheet = tried.json["files"][0]["sheets"][0]
    assert (sheet["changed"], sheet["unchanged"]) == (1, 5)
    assert tried.json["files"][0]["changes"] == [
        {
            "sheet": "困难家庭",
            "cell": "I2",
            "subject": "A001",
            "field": "income_fen",
            "old": "30000",
            "new": "35000",
        }
    ]
    done = run("import", "next.xlsx", "--json")
    assert done.json["files"][0]["sheets"][0]["changed"] == 1
    assert run("household", "show", "A001", "--json").json["household"]["monthly_income_fen"] == 35000


def test_a_dry_run_before_the_first_import_makes_no_database(run: Run, tmp_path: Path) -> None:
    county(tmp_path)
    assert run("import", "households.xlsx", "-n").code == 0
    assert not (tmp_path / "jiemin.db").exists()


def test_a_blank_cell_keeps_what_is_known(run: Run, tmp_path: Path) -> None:
    county(tmp_path)
    run("import", "households.xlsx")
    blank = [(*row[:5], None, row[6], None, None) for row in household_rows()]
    write_workbook(tmp_path / "blank.xlsx", {"困难家庭": [HOUSEHOLD_HEADER, *blank]})
    done = run("import", "blank.xlsx", "--json")
    assert done.json["files"][0]["sheets"][0]["unchanged"] == 6
    household = run("household", "show", "A001", "--json").json["household"]
    assert (household["size"], household["covered"]) == (3, 2)


def test_bad_rows_come_back_in_a_workbook_that_imports_once_mended(run: Run, tmp_path: Path) -> None:
    rows = household_rows()
    rows[1] = (rows[1][0], "不存在镇", *rows[1][2:])
    rows[2] = (*rows[2][:6], "低保", *rows[2][7:])
    write_workbook(tmp_path / "households.xlsx", {"困难家庭": [HOUSEHOLD_HEADER, *rows]})
    done = run("import", "households.xlsx", "--json")
    assert done.code == 4
    file = done.json["files"][0]
    assert (file["sheets"][0]["new"], file["sheets"][0]["rejected"]) == (4, 2)
    faults = {each["cell"]: each for each in file["problems"] if each["severity"] == "reject"}
    assert (faults["B3"]["code"], faults["B3"]["value"]) == ("J401", "不存在镇")
    assert (faults["G4"]["code"], faults["G4"]["value"]) == ("J302", "低保")
    back = tmp_path / "households-问题.xlsx"
    workbook = openpyxl.load_workbook(back)
    sheet = workbook["困难家庭"]
    columns = {cell.value: place for place, cell in enumerate(sheet[1], start=1)}
    assert sheet.max_row == 3
    assert "镇" in str(sheet.cell(2, columns["问题"]).value)
    sheet.cell(2, columns["镇(街道)"]).value = "乌镇镇"
    sheet.cell(3, columns["困难类别"]).value = "城镇低保"
    workbook.save(back)
    mended = run("import", back.name, "--json")
    assert mended.code == 0
    assert mended.json["files"][0]["sheets"][0]["new"] == 2


def test_strict_writes_nothing_if_anything_is_rejected(run: Run, tmp_path: Path) -> None:
    rows = household_rows()
    rows[1] = (rows[1][0], "不存在镇", *rows[1][2:])
    rows[2] = (*rows[2][:5], "几人", *rows[2][6:])
    write_workbook(tmp_path / "households.xlsx", {"困难家庭": [HOUSEHOLD_HEADER, *rows]})
    done = run("import", "households.xlsx", "--strict")
    assert done.code == 1
    assert "没有写入" in done.out
    assert "households-问题.xlsx，请在原表里改好再导入" in done.out
    assert not (tmp_path / "jiemin.db").exists()
    reasons = [row[0].value for row in openpyxl.load_workbook(tmp_path / "households-问题.xlsx")["困难家庭"]][
        1:
    ]
    assert [str(each).splitlines()[0] for each in reasons] == [
        "没有导入，改好后再导入",
        "请核对；整份名册都还没有导入",
    ]


def test_an_unknown_village_is_created_and_warned(run: Run, tmp_path: Path) -> None:
    county(tmp_path)
    run("import", "households.xlsx")
    row = ("B001", "石门镇", "新开村", "王小二", id_number(date(1960, 1, 1), 7), 2, "农村低保", 1, 100)
    write_workbook(tmp_path / "more.xlsx", {"困难家庭": [HOUSEHOLD_HEADER, row]})
    done = run("import", "more.xlsx", "--json")
    assert done.code == 0
    assert [(each["code"], each["cell"]) for each in done.json["files"][0]["problems"]] == [("J402", "C2")]
    assert run("household", "show", "B001", "--json").json["household"]["village"] == "新开村"


def test_only_the_five_columns_a_hand_makes(run: Run, tmp_path: Path) -> None:
    people = [
        (f"赵{n}", id_number(date(1950, 1, n), n), "石门镇", "望湖村", "农村低保") for n in range(1, 10)
    ]
    write_workbook(
        tmp_path / "households.xlsx",
        {
            "Sheet1": [("户主姓名", "身份证号", "镇", "村", "困难类别"), *people],
            "Sheet2": [("姓名", "单位", "职务"), ("孙一", "民政局", "局长"), ("李二", "教育局", "科员")],
        },
    )
    assert run("import", "households.xlsx").code == 0
    done = run("pair", "--auto")
    assert done.code == 4
    assert "干部名单没有联系镇、联系村" in done.out
    assert "没有配上干部的家庭（3）" in done.out


def test_csv_in_the_encodings_spreadsheets_write(run: Run, tmp_path: Path) -> None:
    text = "姓名,单位,职务\n孙一,民政局,局长\n李二,教育局,科员\n"
    for number, encoding in enumerate(("utf-8", "utf-8-sig", "gb18030")):
        (tmp_path / f"{number}.csv").write_bytes(text.encode(encoding))
        done = run("import", f"{number}.csv", "--json")
        assert done.code == 0
        assert done.json["files"][0]["sheets"][0]["kind"] == "干部名册"
    assert [each["name"] for each in run("cadre", "list", "--json").json["cadres"]] == ["孙一", "李二"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("none.xlsx", None, "没有"),
        ("empty.xlsx", b"", "空"),
        ("page.xls", b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        ("cut.xlsx", b"PK\x03\x04" + b"\x00" * 40, "损坏"),
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "不是"),
    ],
)
def test_what_is_no_roster_is_refused_in_words(
    run: Run, tmp_path: Path, name: str, content: bytes | None, words: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = run("import", name)
    assert done.code == 1
    assert words in done.err
    assert name in done.err
    assert "办法：" in done.err
    assert "Traceback" not in done.err
    assert not (tmp_path / "jiemin.db").exists()


def test_a_good_file_counts_though_another_is_refused(run: Run, tmp_path: Path) -> None:
    county(tmp_path)
    done = run("import", "none.xlsx", "households.xlsx")
    assert done.code == 4
    assert "none.xlsx" in done.err
    assert len(run("household", "list", "--json").json["households"]) == 6


def test_a_sheet_that_is_no_roster_is_named_and_the_others_count(run: Run, tmp_path: Path) -> None:
    sheets = {"通讯": [("科室", "电话"), ("办公室", "0573-88000000")], "干部": [CADRE_HEADER, *cadre_rows()]}
    write_workbook(tmp_path / "mixed.xlsx", sheets)
    done = run("import", "mixed.xlsx")
    assert done.code == 4
    assert "J201" in done.out
    assert "通讯" in done.out
    assert len(run("cadre", "list", "--json").json["cadres"]) == 8


def test_numbers_are_masked_on_screen(run: Run, tmp_path: Path) -> None:
    rows = household_rows()
    wrong = rows[0][4][:-1] + ("0" if rows[0][4][-1] != "0" else "1")
    rows[0] = (*rows[0][:4], wrong, *rows[0][5:])
    write_workbook(tmp_path / "households.xlsx", {"困难家庭": [HOUSEHOLD_HEADER, *rows]})
    done = run("import", "households.xlsx")
    assert "J101" in done.out
    assert wrong not in done.out
    assert f"{wrong[:6]}********{wrong[-4:]}" in done.out


def test_an_id_stored_as_a_number_is_never_completed(run: Run, tmp_path: Path) -> None:
    rows = household_rows(1)
    rows[0] = (*rows[0][:4], float(rows[0][4][:17] + "0"), *rows[0][5:])
    write_workbook(tmp_path / "households.xlsx", {"困难家庭": [HOUSEHOLD_HEADER, *rows]})
    done = run("import", "households.xlsx", "--json")
    assert [(each["code"], each["cell"]) for each in done.json["files"][0]["problems"]] == [("J103", "E2")]
    assert run("household", "show", "A001", "--json").json["household"]["head_id_number"] is None


def test_members_come_with_their_households(run: Run, tmp_path: Path) -> None:
    county(tmp_path)
    run("import", "households.xlsx")
    head = household_rows()[0]
    header = ("户编号", "姓名", "与户主关系", "身份证号", "健康状况", "是否保障对象")
    rows = [
        ("A001", head[3], "户主", head[4], "长期慢性病", "是"),
        ("A001", "沈小二", "长子", id_number(date(1980, 5, 1), 11), "健康", "是"),
        ("A001", "王氏", "妻子", "", "残疾", "否"),
    ]
    write_workbook(tmp_path / "members.xlsx", {"家庭成员": [header, *rows]})
    done = run("import", "members.xlsx", "--json")
    assert done.code == 0
    assert done.json["files"][0]["problems"] == []
    persons = run("household", "show", "A001", "--json").json["household"]["persons"]
    assert [(each["name"], each["relation"]) for each in persons] == [
        (head[3], "户主"),
        ("沈小二", "子"),
        ("王氏", "配偶"),
    ]
    assert run("import", "members.xlsx", "--json").json["files"][0]["sheets"][0]["unchanged"] == 3


def test_what_the_screen_tells_of_an_import(run: Run, tmp_path: Path) -> None:
    rows = household_rows(30)
    rows = [(*row[:5], "很多", *row[6:]) for row in rows[:25]] + rows[25:]
    write_workbook(tmp_path / "households.xlsx", {"困难家庭": [HOUSEHOLD_HEADER, *rows]})
    told = run("import", "households.xlsx").out
    assert "提醒 J306 households.xlsx 困难家庭 F2 “很多”" in told
    assert "……还有5个问题，见问题表" in told
    assert "有问题的行已另存为 households-问题.xlsx" in told
    assert told.rstrip().endswith("导入完成")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root writes everywhere")
def test_an_error_workbook_that_cannot_be_written_does_not_undo_the_import(run: Run, tmp_path: Path) -> None:
    rows = [(*household_rows()[0][:5], "很多", *household_rows()[0][6:])]
    folder = tmp_path / "locked"
    folder.mkdir()
    write_workbook(folder / "households.xlsx", {"困难家庭": [HOUSEHOLD_HEADER, *rows]})
    folder.chmod(0o500)
    done = run("import", "locked/households.xlsx")
    folder.chmod(0o700)
    assert done.code == 0
    assert "问题表没有写成" in done.err
