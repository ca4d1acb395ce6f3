"""Sheets as towns send them, from the file to the database and back to the clerk."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import Workbook

Run = Callable[..., Any]

Rows = list[list[Any]]

TITLE: Rows = [
    ["", "桐乡市乌镇镇庄家村困难家庭名册"],
    ["", ""],
    ["填报单位（盖章）：乌镇镇人民政府          审核人：          填报时间：2014年6月30日"],
    ["填表说明：" + "一律按身份证填写。" * 60],
]
HEADER: Rows = [
    ["序号", "困难家庭", None, None, None, "家庭", "月", "备注"],
    [None, "户主", "身份\n证号", "困难", "保障", "人口", "收入", None],
    [None, "姓　名", None, "类别", "人数", None, "（元）", None],
    ["甲", "乙", "丙", "丁", 1, 2, 3, 4],
    [None, "与身份证一致", "18位", "下拉选择", "人", "人", "元", None],
    ["示例", "张某某", None, "农村低保", 1, 2, 300, "请勿删除"],
]
ROWS: Rows = [
    [1, "沈阿大", None, "农村低保", 1, 2, 300, None],
    [2, "朱水根", None, "农村低保", 2, 3, 200, None],
    [3, "徐金宝", None, "低保", 1, 1, 100, None],
]
FOOT: Rows = [
    ["合　计", "3户", None, None, 4, 6, 600, None],
    ["第1页 共1页"],
    ["单位负责人：", None, "审核人：", None, "填报人："],
]


def saved(path: Path, rows: Rows, foot: Rows, **others: Rows) -> None:
    workbook = Workbook()
    for name, cells in {"Sheet1": [*TITLE, *HEADER, *rows, *foot], **others}.items():
        sheet = workbook.create_sheet(name)
        for row in cells:
            sheet.append(row)
    workbook.remove(workbook.worksheets[0])
    first = workbook["Sheet1"]
    for block in ("B1:H2", "A3:H3", "A5:A7", "B5:E5", "C6:C7", "F6:F7", "H5:H7"):
        first.merge_cells(block)
    for name in others:
        workbook[name].sheet_state = "hidden"
    workbook.save(path)


def codes(ran: Any) -> list[tuple[str, str]]:
    return sorted((each["code"], each["cell"]) for each in ran.json["files"][0]["problems"])


def names(run: Run) -> list[tuple[str, str, str, int]]:
    listed = run("household", "list", "--json").json["households"]
    return sorted((each["head_name"], each["town"], each["village"], each["size"]) for each in listed)


def test_a_form_with_everything_around_its_rows(run: Run, tmp_path: Path) -> None:
    saved(tmp_path / "名册.xlsx", ROWS, FOOT)
    ran = run("import", "名册.xlsx", "--json")
    assert ran.code == 4
    assert codes(ran) == [("J207", ""), ("J212", ""), ("J302", "D13")]
    assert names(run) == [("朱水根", "乌镇镇", "庄家村", 3), ("沈阿大", "乌镇镇", "庄家村", 2)]


def test_the_mended_rows_come_back_under_the_same_head_without_a_word_of_totals(
    run: Run, tmp_path: Path
) -> None:
    saved(tmp_path / "名册.xlsx", ROWS, [["合计", "4户", None, None, 4, 9, 600, None]])
    assert codes(run("import", "名册.xlsx", "--json")) == [
        ("J207", ""),
        ("J208", "B"),
        ("J208", "F"),
        ("J212", ""),
        ("J302", "D13"),
    ]
    again = run("import", "名册-问题.xlsx", "--json")
    assert codes(again) == [("J212", ""), ("J302", "E11")]


def test_an_old_copy_on_a_hidden_sheet_takes_nothing_back(run: Run, tmp_path: Path) -> None:
    old: Rows = [
        *TITLE,
        *HEADER,
        [1, "沈阿大", None, "农村低保", 1, 9, 900, None],
        [2, "陆凤仙", None, "五保", 1, 1, 0],
    ]
    saved(tmp_path / "名册.xlsx", ROWS[:2], [], 旧表=old)
    first = run("import", "名册.xlsx", "--json")
    assert first.code == 0
    assert [each["message"] for each in first.json["files"][0]["problems"] if each["code"] == "J206"] == [
        "工作表是隐藏的，也已导入：困难家庭名册1行，另有1行同类的可见工作表里也有，以可见的为准"
    ]
    assert names(run) == [
        ("朱水根", "乌镇镇", "庄家村", 3),
        ("沈阿大", "乌镇镇", "庄家村", 2),
        ("陆凤仙", "乌镇镇", "庄家村", 1),
    ]
    assert "没有改动" in run("import", "名册.xlsx").out
