"""Sheets that lack a column, and sheets that bring more than one roster: what a clerk sees of them."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from support.rosters import id_number, write_workbook

Run = Callable[..., Any]

MEMBER_LABELS = ("镇", "村", "姓名", "与户主关系", "身份证号", "困难类别", "家庭人口")


def families(count: int) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = [MEMBER_LABELS]
    for number in range(count):
        head, child = id_number(date(1950, 1, 1), number), id_number(date(1980, 1, 1), number)
        rows.append(("石门镇", "望湖村", f"沈{'甲乙丙丁戊己'[number]}", "户主", head, "农村低保", 2))
        rows.append(("石门镇", "望湖村", f"沈小{'甲乙丙丁戊己'[number]}", "子", child, None, None))
    return rows


def test_a_roster_of_members_alone_starts_a_county(run: Run, tmp_path: Path) -> None:
    write_workbook(tmp_path / "成员.xlsx", {"望湖": families(4)})
    done = run("import", "成员.xlsx", "--json")
    assert done.code == 0
    sheets = done.json["files"][0]["sheets"]
    assert [(each["kind"], each["new"], each["unchanged"], each["rejected"]) for each in sheets] == [
        ("困难家庭名册", 4, 0, 0),
        ("家庭成员名册", 4, 4, 0),
    ]
    assert done.json["files"][0]["problems"] == []
    listed = run("household", "list", "--json").json["households"]
    assert [(each["head_name"], each["class"], each["size"]) for each in listed] == [
        (f"沈{name}", "农村低保", 2) for name in "甲乙丙丁"
    ]
    assert "没有改动" in run("import", "成员.xlsx").out


def test_a_missing_column_takes_one_line_of_the_screen(run: Run, tmp_path: Path) -> None:
    rows = [
        (f"沈{name}", "农村低保", id_number(date(1950, 1, 1), serial))
        for serial, name in enumerate("甲乙丙丁戊")
    ]
    write_workbook(tmp_path / "名册.xlsx", {"名册": [("户主姓名", "困难类别", "身份证号"), *rows]})
    done = run("import", "名册.xlsx")
    assert len(re.findall("J401", done.out)) == 1
    assert re.search(
        r"J401 名册.xlsx 名册 镇（街道）认不出：没有写（第2行起共5行）；.*加一列或用 --town 指明", done.out
    )
    assert run("import", "名册.xlsx", "--town", "石门镇").code == 0


def test_a_sheet_for_each_village_needs_no_column_for_it(run: Run, tmp_path: Path) -> None:
    header, row = ("户主姓名", "困难类别"), ("沈阿大", "五保")
    write_workbook(
        tmp_path / "石门.xlsx", {"望湖村": [("石门镇",), header, row], "塘东村": [("石门镇",), header, row]}
    )
    assert run("import", "石门.xlsx").code == 0
    listed = run("household", "list", "--json").json["households"]
    assert [(each["town"], each["village"]) for each in listed] == [
        ("石门镇", "望湖村"),
        ("石门镇", "塘东村"),
    ]


def test_an_error_workbook_worked_on_is_kept_and_the_other_named(run: Run, tmp_path: Path) -> None:
    write_workbook(
        tmp_path / "名册.xlsx", {"名册": [("户主姓名", "镇", "困难类别"), ("沈阿大", "石门镇", "低保")]}
    )
    run("import", "名册.xlsx")
    mended = write_workbook(
        tmp_path / "名册-问题.xlsx", {"名册": [("户主姓名",), ("改了一半",)]}
    ).read_bytes()
    told = run("import", "名册.xlsx", "--json").json["files"][0]
    assert Path(told["error_workbook"]).name == "名册-问题2.xlsx"
    assert (tmp_path / "名册-问题.xlsx").read_bytes() == mended
