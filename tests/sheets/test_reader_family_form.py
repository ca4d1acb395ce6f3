"""One sheet for one household: labels with values beside or below, and the members in a table."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.grids import TODAY, faults, grid, values
from support.rosters import id_number

from jiemin.domain.codes import Cause, Education, Health, HouseholdClass, Relation, Sex
from jiemin.domain.roster import RosterFile, RosterSheet, SheetKind
from jiemin.sheets.file_reading import read_grids

HEAD_ID = id_number(date(1950, 3, 14), 13)
SON_ID = id_number(date(1980, 1, 3), 15)
WIDTH = 8


def form(**changed: Any) -> list[list[Any]]:
    """A form as towns print it, filled in; `D4="…"` changes a cell."""
    rows: list[Sequence[Any]] = [
        ("困难家庭档案（一户一档）",),
        ("乡镇：石门镇；村（社区）：望湖村；组：3组；建档日期：2014年4月1日",),
        ("家庭基本情况", "户主姓名", "沈阿大", "性别", "男", "身份证号", HEAD_ID, "照片"),
        ("", "困难类别", "农村低保", "家庭人口", 2, "保障人口", 2, ""),
        ("", "家庭月收入", 620, "联系电话", "16012345678", "健康状况", "残疾", ""),
        ("", "家庭住址", "3组12号", "", "", "主要致困原因", "因病", ""),
        ("家庭成员", "姓名", "与户主关系", "性别", "身份证号", "文化程度", "健康状况", "备注"),
        ("", "沈小", "子", "男", SON_ID, "初中", "健康", ""),
        ("", "", "", "", "", "", "", ""),
        ("帮扶需求", "", "看病费用高", "", "", "", "", ""),
        ("结对干部", "姓名", "方卫东", "单位", "民政局", "联系电话", "16087654321", ""),
        ("说明：本表一式两份。",),
    ]
    cells = [[*row, *[""] * (WIDTH - len(row))] for row in rows]
    for place, value in changed.items():
        cells[int(place[1:]) - 1]["ABCDEFGH".index(place[0])] = value
    return cells


MERGES = [
    (0, 0, 0, 7),
    (1, 0, 1, 7),
    (2, 0, 5, 0),
    (2, 7, 5, 7),
    (5, 2, 5, 4),
    (6, 0, 8, 0),
    (9, 0, 9, 1),
    (9, 2, 9, 7),
    (11, 0, 11, 7),
]


def read_file(*rows: Sequence[Any], merges: Sequence[tuple[int, int, int, int]] = ()) -> RosterFile:
    return read_grids([grid(*rows, merges=merges)], Path("档案.xlsx"), "", TODAY)


def read(*rows: Sequence[Any], merges: Sequence[tuple[int, int, int, int]] = ()) -> list[RosterSheet]:
    return read_file(*rows, merges=merges).sheets


def test_the_household_and_its_members_are_read() -> None:
    household, members = read(*form(), merges=MERGES)
    assert (household.kind, members.kind) == (SheetKind.HOUSEHOLDS, SheetKind.MEMBERS)
    (told,) = values(household)
    assert told.pop("head_id").number == HEAD_ID
    assert told == {
        "town": "石门镇",
        "village": "望湖村",
        "head_name": "沈阿大",
        "household_class": HouseholdClass.RURAL_DIBAO,
        "size": 2,
        "covered": 2,
        "income_month_fen": 62000,
        "phones": ("16012345678",),
        "address": "3组12号",
        "cause": Cause.ILLNESS,
        "needs": "看病费用高",
    }
    head, son = values(members)
    assert (head["name"], head["relation"], head["person_id"].number) == ("沈阿大", Relation.HEAD, HEAD_ID)
    assert (head["sex"], head["health"]) == (Sex.MALE, Health.DISABLED)
    assert (son["name"], son["relation"], son["education"]) == ("沈小", Relation.SON, Education.MIDDLE_SCHOOL)
    assert (son["head_name"], son["head_id"].number, son["town"], son["village"]) == (
        "沈阿大",
        HEAD_ID,
        "石门镇",
        "望湖村",
    )
    assert household.as_of == members.as_of == date(2014, 4, 1)


def test_each_field_is_known_by_its_cell() -> None:
    household, members = read(*form(), merges=MERGES)
    (row,) = household.rows
    assert [household.cell(row, name) for name in ("head_name", "covered", "address", "needs", "town")] == [
        "C3",
        "G4",
        "C6",
        "C10",
        "A2",
    ]
    head, son = members.rows
    assert [members.cell(head, name) for name in ("name", "sex", "health")] == ["C3", "E3", "G5"]
    assert [members.cell(son, name) for name in ("name", "person_id", "head_name")] == ["B8", "E8", "8"]


def test_what_is_not_known_is_said_once() -> None:
    household, members = read(*form(), merges=MERGES)
    assert faults(members) == []
    (told,) = household.problems
    assert (told.code, told.cell) == ("J203", "")
    assert "单位" in told.message


def test_faults_are_told_at_their_cells() -> None:
    household, members = read(*form(C4="低保", E4="很多", E8=SON_ID[:-1], G5="？"), merges=MERGES)
    assert [each for each in faults(household) if each[0] != "J203"] == [("J302", "C4"), ("J306", "E4")]
    assert (household.rows, household.rejected) == ([], 1)
    assert faults(members) == [("J303", "G5"), ("J102", "E8")]


def test_without_a_head_the_form_is_refused_at_the_heads_cell() -> None:
    household, members = read(*form(C3="", G3=""), merges=MERGES)
    assert [each for each in faults(household) if each[0] != "J203"] == [("J301", "C3")]
    assert (household.rejected, members.rejected, members.rows) == (1, 1, [])


def test_the_heads_row_among_the_members_names_the_household() -> None:
    household, members = read(
        ("户情档案（一户一档）",),
        ("镇：石门镇  村：望湖村  组：3组",),
        ("", "户主和与户主关系", "姓名", "性别", "身份证号码", "联系电话"),
        ("", "户主", "沈阿大", "男", HEAD_ID, "16012345678"),
        ("", "子", "沈小", "男", SON_ID, ""),
        ("", "", "", "", "", ""),
        ("家庭信息", "家庭类型", "门牌", "", "农户星级", "户情状态"),
        ("", "农村低保", "12号", "", "三星", "一般"),
        ("走访慰问情况", "", "无", "", "", ""),
        merges=[(2, 0, 5, 0), (6, 0, 7, 0), (6, 2, 6, 3), (7, 2, 7, 3), (8, 0, 8, 1), (8, 2, 8, 5)],
    )
    (told,) = values(household)
    assert told.pop("head_id").number == HEAD_ID
    assert told == {
        "town": "石门镇",
        "village": "望湖村",
        "head_name": "沈阿大",
        "phones": ("16012345678",),
        "household_class": HouseholdClass.RURAL_DIBAO,
    }
    assert household.cell(household.rows[0], "head_name") == "C4"
    assert household.cell(household.rows[0], "household_class") == "B8"
    assert [row["name"] for row in values(members)] == ["沈阿大", "沈小"]
    assert faults(members) == []


def test_a_name_alone_is_not_taken_for_a_member() -> None:
    _, members = read(*form(B9="承包田"), merges=MERGES)
    assert [row["name"] for row in values(members)] == ["沈阿大", "沈小"]
    assert (faults(members), members.rejected) == ([("J301", "C9")], 1)


@pytest.mark.parametrize(
    "below",
    [
        [("说明：1.成员按证件填写。", "", "", ""), ("2.家庭人口为全部共同生活的人。", "", "", "")],
        [("2.家庭人口为全部共同生活的人。", "", "", "")],
        [("备注", "无", "", "")],
        [("走访慰问情况", "2014年4月走访", "", "")],
    ],
)
def test_what_follows_the_table_is_no_member(below: list[Sequence[Any]]) -> None:
    rows = [
        ("户主姓名", "沈阿大", "困难类别", "五保"),
        ("家庭成员", "", "", ""),
        ("姓名", "与户主关系", "身份证号", "出生日期"),
        *below,
    ]
    merges = [(1, 0, 1, 3), *((row, 0, row, 3) for row in range(3, len(rows)) if not rows[row][1])]
    (household,) = read(*rows, merges=merges)
    assert (values(household)[0]["head_name"], household.rejected) == ("沈阿大", 0)


def test_without_merged_cells_the_table_ends_where_something_begins_beside_it() -> None:
    household, members = read(*form())
    assert values(household)[0]["needs"] == "看病费用高"
    assert ([row["name"] for row in values(members)], members.rejected) == (["沈阿大", "沈小"], 0)


def test_notes_right_below_the_headings_are_no_members() -> None:
    (household,) = read(
        ("户主姓名", "沈阿大", "困难类别", "五保"),
        ("家庭成员", "", "", ""),
        ("姓名", "与户主关系", "身份证号", "出生日期"),
        ("说明：1.成员按证件填写。", "", "", ""),
        ("2.家庭人口为全部共同生活的人。", "", "", ""),
    )
    assert (len(household.rows), household.rejected) == (1, 0)


def test_a_note_below_the_table_ends_it() -> None:
    _, members = read(*form(A9="", B9="说明：按证件填写", C9="", B10="2.不得涂改"), merges=MERGES[:-4])
    assert [row["name"] for row in values(members)] == ["沈阿大", "沈小"]
    assert members.rejected == 0


def test_a_list_of_several_families_is_no_form_whatever_stands_above_it() -> None:
    members = read(
        ("家庭成员档案",),
        ("困难类别：五保；家庭人口：1",),
        ("姓名", "与户主关系", "身份证号"),
        ("沈阿大", "户主", HEAD_ID),
        ("朱水根", "户主", SON_ID),
    )[0]
    assert [row["head_name"] for row in values(members)] == ["沈阿大", "朱水根"]
    assert not any(row.cells for row in members.rows)


def test_an_empty_form_is_said_to_be_empty() -> None:
    labels = [
        ("困难家庭档案（一户一档）",),
        ("家庭基本情况", "户主姓名", "", "性别", "", "身份证号", "", "照片"),
        ("", "困难类别", "", "家庭人口", "", "保障人口", "", ""),
        ("家庭成员", "姓名", "与户主关系", "性别", "身份证号", "文化程度", "健康状况", "备注"),
        ("", "", "", "", "", "", "", ""),
    ]
    found = read_file(*labels, merges=[(0, 0, 0, 7), (1, 0, 2, 0), (3, 0, 4, 0)])
    assert [faults(sheet) for sheet in found.sheets] == [[("J205", "")]]
    assert "空表" in found.sheets[0].problems[0].message
    assert found.problems == []


def test_two_households_on_one_form_are_refused() -> None:
    first, second = form(), form(C3="朱水根", G3="")
    (sheet,) = read(*first, *second)
    assert (faults(sheet), sheet.rows) == ([("J211", "")], [])


def test_something_filled_in_twice_and_differently_is_told() -> None:
    household, _ = read(*form(H10="", B11="家庭住址", C11="4组"), merges=MERGES)
    assert [each for each in faults(household) if each[0] == "J204"] == [("J204", "C11")]
    assert values(household)[0]["address"] == "3组12号"


def test_a_cadres_phone_is_not_the_households() -> None:
    household, _ = read(*form(D5="", E5=""), merges=MERGES)
    assert "phones" not in values(household)[0]


@pytest.mark.parametrize("whose", ["帮扶对象", "申请人", "家庭情况"])
def test_a_part_of_the_form_may_be_the_heads_or_a_cadres(whose: str) -> None:
    cadre = ("帮扶干部", "姓名", "方卫东", "单位", "民政局", "电话", "16087654321")
    head = [
        (whose, "姓名", "沈阿大", "性别", "男", "身份证号", HEAD_ID),
        ("", "困难类别", "五保", "家庭人口", 1, "电话", "16012345678"),
        ("", "家庭住址", "3组12号", "", "", "镇", "石门镇"),
    ]
    before = read(("帮扶登记表",), *head, cadre)
    after = read(("帮扶登记表",), cadre, *head)
    for household, _ in [before, after] if whose != "家庭情况" else [before]:
        told = values(household)[0]
        assert (told["head_name"], told["head_id"].number) == ("沈阿大", HEAD_ID)
        assert (told["phones"], told["address"]) == (("16012345678",), "3组12号")


def test_who_heads_the_form_is_not_who_files_it() -> None:
    household, _ = read(
        ("救助申请表",),
        ("姓名", "朱水根", "身份证号", SON_ID, "性别", "男"),
        ("户主姓名", "沈阿大", "户主身份证号", HEAD_ID, "困难类别", "五保"),
        ("家庭住址", "3组12号", "家庭人口", 1, "镇", "石门镇"),
        ("家庭成员", "", "", "", "", ""),
        ("姓名", "与户主关系", "身份证号", "", "", ""),
        ("沈小", "子", SON_ID, "", "", ""),
    )
    told = values(household)[0]
    assert (told["head_name"], told["head_id"].number) == ("沈阿大", HEAD_ID)
    assert ("J203", "") in faults(household)


def test_one_row_of_facts_below_its_own_headings() -> None:
    household, members = read(
        ("户主姓名", "困难类别", "家庭人口", "银行账号"),
        ("沈阿大", "五保", 2, "6222020000000000"),
        ("家庭成员情况", "", "", ""),
        ("姓名", "关系", "身份证号", "健康状况"),
        ("沈小", "子", SON_ID, "健康"),
    )
    assert (values(household)[0]["head_name"], values(household)[0]["size"]) == ("沈阿大", 2)
    assert [(row["name"], row["head_name"]) for row in values(members)] == [("沈小", "沈阿大")]


def test_a_blank_cell_does_not_take_what_stands_below_or_further_on() -> None:
    household, _ = read(*form(C6="", B7=""), merges=MERGES)
    assert "address" not in values(household)[0]


def test_without_merged_cells_the_next_cell_filled_in_belongs_to_the_label() -> None:
    household = read(
        ("户主姓名", "", "沈阿大", "困难类别", "", "五保"),
        ("家庭人口", "", 1, "家庭住址", "", "3组12号"),
        ("银行账号", "", "6222020000000000", "镇", "", "石门镇"),
    )[0]
    told = values(household)[0]
    assert (told["head_name"], told["household_class"], told["size"], told["address"], told["town"]) == (
        "沈阿大",
        HouseholdClass.WUBAO,
        1,
        "3组12号",
        "石门镇",
    )


def test_the_sheets_name_may_tell_the_village() -> None:
    made = grid(*form(A2="组：3组"), merges=MERGES)
    made.name = "望湖村"
    household, members = read_grids([made], Path("档案.xlsx"), "", TODAY).sheets
    assert values(household)[0]["village"] == values(members)[1]["village"] == "望湖村"
    assert ("J207", "") in faults(household)


LISTS: list[tuple[SheetKind, list[Sequence[Any]]]] = [
    (
        SheetKind.MEMBERS,
        [
            ("家庭成员档案",),
            ("镇：石门镇 村：望湖村",),
            ("姓名", "与户主关系", "身份证号", "困难类别", "家庭人口"),
            ("沈阿大", "户主", HEAD_ID, "五保", 1),
            ("朱水根", "户主", SON_ID, "三无", 1),
            ("负责人：方卫东", "", "联系电话：16087654321", "", ""),
        ],
    ),
    (
        SheetKind.MEMBERS,
        [
            ("户编号", "困难类别", "家庭人口", "家庭成员", "", ""),
            ("", "", "", "姓名", "与户主关系", "身份证号"),
            ("A1", "五保", 1, "沈小", "子", SON_ID),
        ],
    ),
    (
        SheetKind.HOUSEHOLDS,
        [
            ("户主姓名", "困难类别", "家庭人口", "家庭住址"),
            ("沈阿大", "五保", 1, "3组12号"),
            ("户主姓名", "困难类别", "家庭人口", "家庭住址"),
            ("朱水根", "三无", 1, "4组"),
        ],
    ),
    (
        SheetKind.HOUSEHOLDS,
        [
            ("户主姓名", "困难类别", "家庭人口"),
            ("沈阿大", "五保", 1),
            ("朱水根", "三无", 1),
            ("", "", ""),
            ("姓名", "与户主关系", "身份证号"),
            ("沈小", "子", SON_ID),
        ],
    ),
]


@pytest.mark.parametrize(("kind", "rows"), LISTS)
def test_ordinary_lists_are_no_forms(kind: SheetKind, rows: list[Sequence[Any]]) -> None:
    sheet = read(*rows)[0]
    assert sheet.kind is kind
    assert not any(row.cells for row in sheet.rows)
    assert "J211" not in [code for code, _ in faults(sheet)]


def test_a_list_whose_relation_is_not_known_is_no_form_of_its_first_row() -> None:
    rows = [list(row) for row in form()]
    rows[6][2] = "是户主的什么人"
    rows[2][1:3] = rows[2][5:7] = ["", ""]
    found = read_file(*rows, merges=MERGES)
    assert found.sheets == []
    assert [each.code for each in found.problems] == ["J201"]


def test_statistics_are_no_forms() -> None:
    found = read_file(
        ("困难家庭调查表",),
        ("代码", "填表项目", "单位", "数量"),
        (201, "（一）困难类别", "代码", 1),
        (202, "（二）家庭人口", "人", 12),
        (203, "（三）家庭年收入", "元", 30000),
    )
    assert found.sheets == []
    assert [each.code for each in found.problems] == ["J201"]
