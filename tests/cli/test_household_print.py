"""`household file`: the form 一户一档, for one household, a village or a cadre."""

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from support.imports import rows_of
from support.rosters import household_rows

Run = Callable[..., Any]


def texts(path: Path, sheet: str = "") -> list[list[str]]:
    """The filled cells of a sheet, row by row."""
    workbook = load_workbook(path)
    found = workbook[sheet] if sheet else workbook.worksheets[0]
    rows = [[str(value) for value in row if value is not None] for row in found.iter_rows(values_only=True)]
    return [row for row in rows if row]


def test_a_file_is_full_private_and_noted(paired: Run, tmp_path: Path) -> None:
    note = "电话13812345678"
    paired("visit", "add", "A001", "--date", "2014-05-12", "--note", note, "--met", "本人")
    done = paired("household", "file", "A001", "--out", "档案.xlsx")
    assert (done.code, done.err) == (0, "")
    rows = texts(tmp_path / "档案.xlsx")
    assert rows[0] == ["困难家庭结对帮扶档案（一户一档）"]
    head = household_rows()[0]
    assert ["户主姓名", head[3], "身份证号", head[4], "家庭人口", f"{head[5]}人"] in rows
    assert ["暖心手记", note] in rows
    titles = [row[0].partition("、")[2] for row in rows if len(row) == 1 and "、" in row[0][:3]]
    assert titles[:7] == [
        "家庭基本情况",
        "家庭成员",
        "四清调查",
        "致困原因和帮扶需求",
        "结对帮扶干部",
        "脱贫计划和承诺",
        "走访记录",
    ]
    assert ["户主签名：", "结对干部签名：", "村(社区)盖章："] in rows
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "档案.xlsx").stat().st_mode) == 0o600
    noted = rows_of(tmp_path, "SELECT command, arguments FROM action ORDER BY id DESC LIMIT 1")
    assert noted == [("household file", '{"reveal":true,"household_no":"A001"}')]


def test_the_file_and_the_screen_say_what_their_counts_hold_that_the_report_does_not(
    paired: Run, tmp_path: Path
) -> None:
    told = "累计走访含没有结对的人去的，累计办实事含电话里办的；季度报表只算结对干部的走访"
    assert paired("household", "file", "A001", "--out", "档案.xlsx").code == 0
    assert [told] in texts(tmp_path / "档案.xlsx")
    assert told in paired("household", "show", "A001", "--all").out.splitlines()


def test_a_file_that_is_there_is_not_replaced(paired: Run, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("mine")
    done = paired("household", "file", "A001", "--out", "a.xlsx")
    assert (done.code, (tmp_path / "a.xlsx").read_text()) == (1, "mine")


def test_a_village_in_one_workbook_with_an_index(paired: Run, tmp_path: Path) -> None:
    done = paired(
        "household", "file", "--village", "望湖村", "--town", "石门", "--out", "v.xlsx", "--json"
    ).json
    assert done["file"]["household_nos"] == ["A001", "A004"]
    names = [f"{row[0]}_{row[3]}" for row in (household_rows()[0], household_rows()[3])]
    assert load_workbook(tmp_path / "v.xlsx").sheetnames == ["目录", *names]
    index = texts(tmp_path / "v.xlsx", "目录")
    assert [row[1] for row in index if row[0] in {"1", "2"}] == ["A001", "A004"]


def test_a_village_in_a_folder(paired: Run, tmp_path: Path) -> None:
    done = paired("household", "file", "--village", "望湖村", "--out", "档案")
    assert done.code == 0
    assert "2个文件" in done.out
    names = sorted(path.name for path in (tmp_path / "档案").iterdir())
    assert names == [f"{row[0]}_{row[3]}.xlsx" for row in (household_rows()[0], household_rows()[3])]
    (tmp_path / "档案" / names[0]).unlink()
    again = paired("household", "file", "--village", "望湖村", "--out", "档案")
    assert again.code == 1
    assert len(list((tmp_path / "档案").iterdir())) == 1


def test_the_households_of_a_cadre(paired: Run) -> None:
    pair = paired("pair", "list", "--json").json["pairings"][0]
    done = paired("household", "file", "--cadre", pair["cadre_no"], "--out", "c.xlsx", "--json").json
    assert pair["household_no"] in done["file"]["household_nos"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), 2),
        (("A001", "--village", "望湖村"), 2),
        (("A001", "--town", "石门"), 2),
        (("--village", "没有村"), 5),
        (("Z999",), 5),
        (("A001", "--as-of", "2014-07-01"), 1),
    ],
)
def test_whose_file_must_be_clear(paired: Run, tmp_path: Path, words: tuple[str, ...], code: int) -> None:
    done = paired("household", "file", *words, "--out", "x.xlsx")
    assert (done.code, done.out) == (code, "")
    assert not (tmp_path / "x.xlsx").exists()


def test_a_name_that_is_neither_workbook_nor_folder_is_refused(paired: Run, tmp_path: Path) -> None:
    done = paired("household", "file", "A001", "--out", "x.docx")
    assert (done.code, "以 .xlsx 结尾" in done.err) == (1, True)
    assert not (tmp_path / "x.docx").exists()


def test_a_past_file_ends_on_its_day(paired: Run, tmp_path: Path) -> None:
    paired("visit", "add", "A001", "--date", "2014-05-12", "--note", "五月的手记")
    paired("household", "file", "A001", "--out", "april.xlsx", "--as-of", "2014-04-30")
    assert "五月的手记" not in str(texts(tmp_path / "april.xlsx"))
    footer = load_workbook(tmp_path / "april.xlsx").worksheets[0].oddFooter
    assert footer is not None
    assert footer.right.text == "截至2014-04-30"
