"""From a sheet to its roster: rows taken, rows refused, and every fault at its cell."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.grids import TODAY, faults, grid, read, values
from support.rosters import id_number

from jiemin.domain.codes import Cause, Disability, HouseholdClass, Keeping, Relation
from jiemin.domain.problems import Severity
from jiemin.domain.roster import SheetKind
from jiemin.errors import JieminError
from jiemin.sheets.file_reading import read_grids
from jiemin.sheets.grid import Grid

HEAD_ID = id_number(date(1950, 3, 14), 13)
HOUSEHOLDS = ("户编号", "镇", "村", "户主姓名", "身份证号", "困难类别", "家庭人口", "月收入")
GOOD = ("A1", "乌镇镇", "虹桥村", "沈阿大", HEAD_ID, "农村低保", 3, 520)


def household(**changed: Any) -> tuple[Any, ...]:
    """The good row with other cells, named by label."""
    return tuple(changed.get(label, cell) for label, cell in zip(HOUSEHOLDS, GOOD, strict=True))


def test_a_good_row() -> None:
    sheet = read(("2014年6月名册",), HOUSEHOLDS, GOOD)
    assert (sheet.kind, sheet.name, sheet.file, sheet.as_of) == (
        SheetKind.HOUSEHOLDS,
        "表",
        "名册.xlsx",
        date(2014, 6, 1),
    )
    assert sheet.columns["head_id"] == "E"
    assert sheet.rows[0].number == 3
    row = values(sheet)[0]
    assert row.pop("head_id").number == HEAD_ID
    assert row == {
        "household_no": "A1",
        "town": "乌镇镇",
        "village": "虹桥村",
        "head_name": "沈阿大",
        "household_class": HouseholdClass.RURAL_DIBAO,
        "size": 3,
        "income_month_fen": 52000,
    }
    assert faults(sheet) == []


def test_blank_cells_are_absent_fields() -> None:
    sheet = read(HOUSEHOLDS, ("A1", None, "", " ", "330483********1234", "/", None, ""))
    assert values(sheet) == [{"household_no": "A1"}]
    assert faults(sheet) == []


def test_rows_and_columns_are_told_as_the_user_sees_them() -> None:
    sheet = read(("困难家庭名册",), HOUSEHOLDS, household(家庭人口="若干"), top=4, left=2)
    assert sheet.columns["household_no"] == "C"
    assert sheet.rows[0].number == 7
    assert faults(sheet) == [("J306", "I7")]


def test_a_bad_cell_is_left_out_and_the_row_counts() -> None:
    bad = household(家庭人口=99, 月收入="约500", 身份证号=330483195003141300)
    sheet = read(HOUSEHOLDS, bad)
    assert faults(sheet) == [("J103", "E2"), ("J306", "G2"), ("J305", "H2")]
    assert values(sheet)[0].keys() == {"household_no", "town", "village", "head_name", "household_class"}
    assert sheet.rejected == 0
    assert sheet.problems[0].value == "330483195003141300"


def test_a_class_that_cannot_be_read_refuses_the_row() -> None:
    sheet = read(HOUSEHOLDS, household(困难类别="低保"), GOOD, household(困难类别=""))
    assert [row.number for row in sheet.rows] == [3, 4]
    assert (sheet.rejected, faults(sheet)) == (1, [("J302", "F2")])
    assert sheet.problems[0].severity is Severity.REJECT


def test_a_row_without_a_subject_is_refused() -> None:
    bad_id = HEAD_ID[:-1] + ("1" if HEAD_ID[-1] != "1" else "2")
    sheet = read(
        HOUSEHOLDS,
        household(户编号="", 户主姓名="", 身份证号=""),
        household(户编号="", 户主姓名="", 身份证号=bad_id),
        household(户编号="", 户主姓名="", 身份证号=330483195003141300),
        household(户编号="", 户主姓名=""),
        household(户编号="", 户主姓名="张三、李四"),
    )
    assert [row.number for row in sheet.rows] == [5]
    assert sheet.rejected == 4
    assert faults(sheet) == [
        ("J301", "D2"),
        ("J101", "E3"),
        ("J301", "D3"),
        ("J103", "E4"),
        ("J301", "D4"),
        ("J311", "D6"),
    ]
    assert sheet.problems[0].message == "缺少必填的内容：户主姓名或户编号或户主身份证号"


def test_rows_numbered_or_filled_down_in_advance_are_no_rows() -> None:
    header = ("序号", *HOUSEHOLDS)
    sheet = read(
        header,
        (1, *GOOD),
        (2, *[""] * 8),
        (3, "", "", "", "", "", "", 0, 0),
        (4, "0", "", "", "无", "", "", "", ""),
        (5, "", "", "", "", "", "#N/A", "#N/A", 0),
    )
    assert [row.number for row in sheet.rows] == [2]
    assert (sheet.rejected, faults(sheet)) == (0, [])


def test_a_failed_formula_is_named() -> None:
    sheet = read(HOUSEHOLDS, household(困难类别="#N/A"))
    assert faults(sheet) == [("J308", "F2")]
    assert "household_class" not in values(sheet)[0]


def test_columns_that_are_not_read_are_named_once() -> None:
    sheet = read(
        ("户主姓名", "困难类别", "民族", "困难类型"),
        ("沈阿大", "五保", "汉", "三无"),
        ("朱水根", "五保", "汉", ""),
    )
    assert faults(sheet) == [("J203", "C"), ("J204", "D")]
    assert [each.row for each in sheet.problems] == [None, None]
    assert [row["household_class"] for row in values(sheet)] == [HouseholdClass.WUBAO] * 2
    assert sheet.problems[1].message == "有两列是同一个意思：都是“困难类别”，以B列为准"


def test_a_header_without_rows() -> None:
    sheet = read(HOUSEHOLDS, ("合计", "", "", "", "", "", 3))
    assert (faults(sheet), sheet.rows) == ([("J205", "")], [])


def test_one_cell_may_tell_several_things() -> None:
    sheet = read(("户主姓名", "困难类别", "供养方式", "致困原因"), ("沈阿大", "五保(集中)", "", "因病、因残"))
    assert values(sheet)[0] == {
        "head_name": "沈阿大",
        "household_class": HouseholdClass.WUBAO,
        "keeping": Keeping.CENTRAL,
        "cause": Cause.ILLNESS,
        "other_causes": (Cause.DISABILITY,),
    }


@pytest.mark.parametrize(
    "labels", [("户主姓名", "困难类别", "供养方式"), ("供养方式", "户主姓名", "困难类别")]
)
def test_a_columns_own_word_goes_before_what_another_says_beside(labels: tuple[str, ...]) -> None:
    cells = {"户主姓名": "沈阿大", "困难类别": "集中供养五保", "供养方式": "分散"}
    sheet = read(labels, tuple(cells[label] for label in labels))
    assert values(sheet)[0]["keeping"] is Keeping.DISPERSED


@pytest.mark.parametrize(
    ("above", "label", "fen"),
    [
        ("单位：户、万元", "家庭年收入", 2400000),
        ("单位：元", "家庭年收入", 240),
        ("", "家庭年收入(万元)", 2400000),
    ],
)
def test_amounts_in_wan(above: str, label: str, fen: int) -> None:
    sheet = read((above, "x"), ("户主姓名", "困难类别", label), ("沈阿大", "五保", 2.4))
    assert values(sheet)[0]["income_year_fen"] == fen


def test_a_town_merged_down_speaks_of_its_households_and_a_head_of_his_own() -> None:
    sheet = read(
        ("镇", "户主姓名", "困难类别", "备注"),
        ("乌镇镇", "沈阿大", "五保", "甲"),
        ("", "", "", "乙"),
        ("", "朱水根", "五保", ""),
        merges=[(1, 0, 3, 0), (1, 1, 2, 1), (1, 2, 2, 2)],
    )
    assert [row.get("town") for row in values(sheet)] == ["乌镇镇", "乌镇镇"]
    assert (sheet.rejected, faults(sheet)) == (1, [("J301", "B3")])


MEMBERS = ("户编号", "户主姓名", "姓名", "与户主关系", "身份证号", "性别", "出生日期")


def test_sex_and_birth_are_checked_against_the_number() -> None:
    sheet = read(
        MEMBERS,
        ("A1", "沈阿大", "沈阿大", "户主", HEAD_ID, "男", date(1950, 3, 14)),
        ("A1", "沈阿大", "朱妹", "妻子", id_number(date(1952, 1, 2), 4), "男", "1952-01-03"),
        ("A1", "沈阿大", "沈小", "子", "", "男", "1980-01-03"),
    )
    assert faults(sheet) == [("J108", "F3"), ("J109", "G3")]
    assert len(sheet.rows) == 3
    assert values(sheet)[2]["birth"] == date(1980, 1, 3)


def test_the_heads_own_row_names_the_head() -> None:
    sheet = read(
        ("户编号", "姓名", "与户主关系", "身份证号"),
        ("A1", "沈阿大", "户主", HEAD_ID),
        ("A1", "沈小", "长子", ""),
    )
    head, son = values(sheet)
    assert (head["head_name"], head["head_id"].number, head["relation"]) == ("沈阿大", HEAD_ID, Relation.HEAD)
    assert "head_name" not in son


def test_whether_he_is_the_head_may_be_a_column() -> None:
    sheet = read(
        ("户编号", "姓名", "是否户主"), ("A1", "沈阿大", "是"), ("A1", "沈小", "否"), ("A1", "沈大", "?")
    )
    assert [row.get("relation") for row in values(sheet)] == [Relation.HEAD, None, None]
    assert faults(sheet) == [("J303", "C4")]


def test_without_a_column_for_the_household_each_head_begins_one() -> None:
    sheet = read(
        ("镇", "姓名", "与户主关系", "身份证号"),
        ("乌镇镇", "陈二", "子", ""),
        ("乌镇镇", "沈阿大", "户主", HEAD_ID),
        ("", "沈小", "长子", ""),
        ("乌镇镇", "朱水根", "户主", ""),
        ("", "朱妹", "妻子", ""),
    )
    assert (sheet.rejected, faults(sheet)) == (1, [("J301", "2")])
    told = values(sheet)
    assert [row["head_name"] for row in told] == ["沈阿大", "沈阿大", "朱水根", "朱水根"]
    assert [row["head_id"].number if "head_id" in row else None for row in told] == [
        HEAD_ID,
        HEAD_ID,
        None,
        None,
    ]
    assert told[1]["town"] == "乌镇镇"


def test_the_family_of_a_head_who_cannot_be_told_joins_no_other() -> None:
    sheet = read(
        ("姓名", "与户主关系"),
        ("沈阿大", "户主"),
        ("朱水根、朱妹", "户主"),
        ("朱小", "子"),
        ("钱福林", "户主"),
    )
    assert [(row["name"], row["head_name"]) for row in values(sheet)] == [("沈阿大",) * 2, ("钱福林",) * 2]
    assert faults(sheet) == [("J311", "A3"), ("J301", "3"), ("J301", "4")]


def test_a_blank_household_in_its_column_is_not_carried_down() -> None:
    sheet = read(MEMBERS[:4], ("A1", "沈阿大", "沈阿大", "户主"), ("", "", "沈小", "子"))
    assert (len(sheet.rows), sheet.rejected) == (1, 1)
    assert faults(sheet) == [("J301", "A3")]


def test_a_certificate_fills_in_number_and_disability() -> None:
    sheet = read(
        ("户编号", "姓名", "与户主关系", "残疾证号", "身份证号", "残疾等级"),
        ("A1", "沈阿大", "户主", HEAD_ID + "42", "", ""),
        ("A1", "沈小", "子", HEAD_ID + "42", id_number(date(1980, 1, 1), 1), "三级"),
    )
    assert faults(sheet) == [("J111", "D3")]
    first, second = values(sheet)
    assert (first["person_id"].number, first["disability"], first["disability_grade"]) == (
        HEAD_ID,
        Disability.LIMB,
        2,
    )
    assert (second["person_id"].number, second["disability_grade"]) == (id_number(date(1980, 1, 1), 1), 3)
    assert "disability" not in second


def test_a_word_in_the_column_of_certificates_is_nobodys_number() -> None:
    sheet = read(
        ("户编号", "姓名", "与户主关系", "残疾证号", "身份证号"),
        ("A1", "沈阿大", "户主", "有", ""),
        ("A1", "沈小", "子", "在办", id_number(date(1980, 1, 1), 1)),
        ("A1", "沈妹", "女", HEAD_ID[:17], HEAD_ID),
    )
    assert faults(sheet) == [("J106", "D2"), ("J106", "D3"), ("J102", "D4")]
    first, second, third = values(sheet)
    assert "person_id" not in first
    assert second["person_id"].number == id_number(date(1980, 1, 1), 1)
    assert third["person_id"].number == HEAD_ID


def test_a_certificate_in_the_column_of_numbers_fills_in_what_stands_nowhere_else() -> None:
    sheet = read(
        ("户编号", "姓名", "与户主关系", "身份证号", "残疾类别", "残疾等级"),
        ("A1", "沈阿大", "户主", HEAD_ID + "42B1", "", ""),
        ("A1", "沈小", "子", id_number(date(1980, 1, 1), 1) + "63", "精神", ""),
    )
    assert faults(sheet) == []
    assert [(row["disability"], row["disability_grade"]) for row in values(sheet)] == [
        (Disability.LIMB, 2),
        (Disability.MENTAL, 3),
    ]


def test_a_disability_that_the_certificate_contradicts_stands_as_written_and_is_warned_of() -> None:
    sheet = read(
        ("户编号", "姓名", "与户主关系", "身份证号", "残疾类别", "残疾等级", "残疾证号"),
        ("A1", "沈阿大", "户主", HEAD_ID, "肢体", "三级", HEAD_ID + "42"),
        ("A1", "沈小", "子", id_number(date(1980, 1, 1), 1) + "63", "肢体", "", ""),
    )
    assert faults(sheet) == [("J110", "F2"), ("J110", "E3")]
    assert "肢体2级" in sheet.problems[0].message
    first, second = values(sheet)
    assert (first["disability"], first["disability_grade"]) == (Disability.LIMB, 3)
    assert (second["disability"], second.get("disability_grade")) == (Disability.LIMB, None)
    assert sheet.rejected == 0


def file(*grids: Grid) -> Any:
    return read_grids(grids, Path("夹子/名册.xlsx"), "0f", TODAY)


def test_several_sheets_of_several_kinds() -> None:
    cadres = grid(("姓名", "单位"), ("方卫东", "民政局"))
    cadres.name = "干部"
    roster = file(grid(HOUSEHOLDS, GOOD), grid(("", "")), cadres)
    assert [sheet.kind for sheet in roster.sheets] == [SheetKind.HOUSEHOLDS, SheetKind.CADRES]
    assert (roster.path, roster.sha256, roster.problems) == (str(Path("夹子/名册.xlsx")), "0f", [])


def test_a_sheet_that_is_no_roster_is_told_what_it_lacks() -> None:
    roster = file(
        grid(("姓名", "职务", "职级"), ("方卫东", "局长", "")), grid(("科室", "房间"), ("办公室", "101"))
    )
    assert roster.sheets == []
    assert [each.code for each in roster.problems] == ["J201", "J201"]
    assert roster.problems[0].message == "工作表看不出是哪一种名册：最像“干部名册”，缺列：单位"
    assert "可导入的有困难家庭名册、" in roster.problems[1].message


def test_statistics_are_no_roster() -> None:
    roster = file(grid(("单位", "结对干部", "结对户"), ("民政局", 12, 8), ("教育局", 3, 2)))
    assert roster.sheets == []
    assert "姓名栏里都是数字" in roster.problems[0].message


@pytest.mark.parametrize("rows", [[[]], [["", ""]], [[" ", "\u3000"]]])
def test_nothing_filled_in_at_all(rows: list[list[str]]) -> None:
    with pytest.raises(JieminError, match="空"):
        file(Grid("表", [list(row) for row in rows]))
