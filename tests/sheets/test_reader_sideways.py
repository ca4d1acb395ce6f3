"""Members sideways: a household in each row, its members one after another to the right."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.grids import TODAY, faults, grid, values
from support.rosters import id_number

from jiemin.domain.codes import Relation
from jiemin.domain.roster import RosterSheet, SheetKind
from jiemin.sheets.file_reading import read_grids

HOUSEHOLD = ("户编号", "镇", "村", "户主姓名", "户主身份证号", "困难类别")


def person(number: int) -> str:
    return id_number(date(1950, 3, 14), number)


SHEN = ("A1", "乌镇镇", "虹桥村", "沈阿大", person(1), "五保")
ZHU = ("A2", "乌镇镇", "虹桥村", "朱水根", person(3), "三无")
SON = ("沈小", "子", person(5))
WIFE = ("姚桂英", "妻子", person(8))


def read(*rows: Sequence[Any], **more: Any) -> list[RosterSheet]:
    return read_grids([grid(*rows, **more)], Path("名册.xlsx"), "", TODAY).sheets


def told(sheet: RosterSheet) -> list[tuple[Any, ...]]:
    return [
        (row.get("household_no"), row["name"], row.get("relation"), row["person_id"].number)
        for row in values(sheet)
    ]


SPELLINGS = [
    [("成员一姓名", "成员一关系", "成员一身份证号"), ("成员二姓名", "成员二与户主关系", "成员二身份证号码")],
    [
        ("家庭成员1姓名", "家庭成员1关系", "家庭成员1身份证号"),
        ("家庭成员2 姓名", "家庭成员2 关系", "家庭成员2 身份证号"),
    ],
    [("成员姓名(1)", "成员关系(1)", "身份证号(1)"), ("成员姓名（2）", "成员关系（2）", "身份证号（2）")],
    [("姓名1", "关系1", "身份证1"), ("姓名2", "关系2", "身份证2")],
    [
        ("共同生活成员一", "成员一与户主关系", "成员一公民身份号码"),
        ("共同生活成员二", "成员二与户主关系", "成员二公民身份号码"),
    ],
    [
        ("第一成员姓名", "第一成员关系", "第一成员身份证号"),
        ("第2位成员姓名", "第2位成员关系", "第2位成员身份证号"),
    ],
    [("成员①姓名", "成员①关系", "成员①身份证号"), ("成员②姓名", "成员②关系", "成员②身份证号")],
    [("姓名", "关系", "身份证号"), ("姓名", "关系", "身份证号")],
]


@pytest.mark.parametrize("labels", SPELLINGS, ids=[spelling[0][0] for spelling in SPELLINGS])
def test_each_household_brings_its_members(labels: list[tuple[str, str, str]]) -> None:
    households, members = read(
        (*HOUSEHOLD, *labels[0], *labels[1]),
        (*SHEN, *WIFE, *SON),
        ZHU,
    )
    assert (households.kind, members.kind) == (SheetKind.HOUSEHOLDS, SheetKind.MEMBERS)
    assert [row["head_name"] for row in values(households)] == ["沈阿大", "朱水根"]
    assert told(members) == [
        ("A1", "姚桂英", Relation.SPOUSE, person(8)),
        ("A1", "沈小", Relation.SON, person(5)),
    ]
    assert faults(households) == faults(members) == []
    assert [members.cell(row, "name") for row in members.rows] == ["G2", "J2"]
    assert [members.cell(row, "head_name") for row in members.rows] == ["D2", "D2"]
    first = values(members)[0]
    assert (first["head_name"], first["head_id"].number, first["town"], first["village"]) == (
        "沈阿大",
        person(1),
        "乌镇镇",
        "虹桥村",
    )


def test_nine_members_under_headings_of_their_own() -> None:
    numbers = "一二三四五六七八九"
    heading = [cell for number in numbers for cell in (f"成员{number}", "", "")]
    merges = [(0, 6 + 3 * place, 0, 8 + 3 * place) for place in range(9)]
    merges += [(0, place, 1, place) for place in range(6)]
    members = [(f"沈小{number}", "子", person(11 + 2 * place)) for place, number in enumerate(numbers)]
    _, sheet = read(
        (*HOUSEHOLD, *heading),
        (*[""] * 6, *("姓名", "关系", "身份证号") * 9),
        (*SHEN, *(cell for member in members for cell in member)),
        merges=merges,
    )
    assert [row["name"] for row in values(sheet)] == [f"沈小{number}" for number in numbers]
    assert sheet.cell(sheet.rows[8], "person_id") == "AG3"
    assert faults(sheet) == []


def test_faults_of_a_member_are_told_at_its_own_cell_and_the_households_once() -> None:
    bad = ("沈小", "子", person(5)[:-1])
    households, members = read(
        (*HOUSEHOLD, *SPELLINGS[0][0], *SPELLINGS[0][1]),
        ("A1", "乌镇镇", "虹桥村", "沈阿大", person(1)[:-1], "五保", *WIFE, *bad),
        (*ZHU, "", "子", person(11), "朱小", "？", person(13)),
    )
    assert faults(households) == [("J102", "E2")]
    assert faults(members) == [("J102", "L2"), ("J301", "G3"), ("J303", "K3")]
    assert (len(members.rows), members.rejected) == (3, 1)


def test_members_of_a_row_without_household_are_not_given_to_the_one_above() -> None:
    households, members = read((*HOUSEHOLD, *SPELLINGS[0][0]), (*SHEN, *WIFE), (*[""] * 6, *SON))
    assert len(households.rows) == 1
    assert [row["name"] for row in values(members)] == ["姚桂英"]
    assert (members.rejected, faults(members)) == (1, [("J301", "A3")])


def test_a_household_that_is_refused_does_not_hide_its_members() -> None:
    households, members = read((*HOUSEHOLD, *SPELLINGS[0][0]), (*SHEN[:-1], "低保", *SON))
    assert faults(households) == [("J302", "F2")]
    assert told(members) == [("A1", "沈小", Relation.SON, person(5))]


def test_without_any_member_there_is_no_roster_of_members() -> None:
    (sheet,) = read((*HOUSEHOLD, *SPELLINGS[0][0], *SPELLINGS[0][1]), SHEN)
    assert (sheet.kind, len(sheet.rows), faults(sheet)) == (SheetKind.HOUSEHOLDS, 1, [])


def test_the_heads_name_may_be_called_just_name() -> None:
    households, members = read(
        ("姓名", "身份证号", "困难类别", "成员一姓名", "成员一关系", "成员二姓名", "成员二关系"),
        ("沈阿大", person(1), "五保", "姚桂英", "妻", "沈小", "子"),
    )
    assert values(households)[0]["head_name"] == "沈阿大"
    assert [(row["name"], row["head_name"]) for row in values(members)] == [
        ("姚桂英", "沈阿大"),
        ("沈小", "沈阿大"),
    ]


def test_a_members_column_that_is_not_known_is_named_once() -> None:
    _, members = read(
        (*HOUSEHOLD, "成员一姓名", "成员一爱好", "成员二姓名", "成员二爱好"), (*SHEN, "沈小", "棋", "", "")
    )
    assert faults(members) == [("J203", "H")]
    assert members.problems[0].value == "成员一爱好"


@pytest.mark.parametrize(
    "labels",
    [
        ("户主姓名", "困难类别", "联系电话1", "联系电话2", "致困原因1"),
        ("户主姓名", "困难类别", "姓名1", "姓名2", "备注1"),
        ("户主姓名", "困难类别", "家庭成员数", "成员情况"),
        ("户主姓名", "困难类别", "干部1姓名", "干部1关系", "干部2姓名", "干部2关系"),
    ],
)
def test_other_numbered_columns_are_no_members(labels: tuple[str, ...]) -> None:
    (sheet,) = read(labels, ("沈阿大", "五保", *["x"] * (len(labels) - 2)))
    assert sheet.kind is SheetKind.HOUSEHOLDS
