"""A roster of members that tells class and more in its heads' rows: it brings its households."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.grids import TODAY, faults, grid, values
from support.rosters import id_number

from jiemin.domain.codes import Cause, HouseholdClass, Relation
from jiemin.domain.roster import RosterSheet, SheetKind
from jiemin.sheets.file_reading import read_grids

HEAD_ID = id_number(date(1950, 3, 14), 13)
SON_ID = id_number(date(1980, 1, 3), 15)
LABELS = (
    "镇",
    "村",
    "姓名",
    "与户主关系",
    "身份证号",
    "联系电话",
    "困难类别",
    "家庭人口",
    "家庭月收入",
    "致困原因",
)
HEAD = ("乌镇镇", "虹桥村", "沈阿大", "户主", HEAD_ID, "16012345678", "农村低保", 2, 300, "因病")
SON = ("乌镇镇", "虹桥村", "沈小", "子", SON_ID, "", "", "", "", "")


def read(*rows: Sequence[Any]) -> list[RosterSheet]:
    return read_grids([grid(*rows)], Path("名册.xlsx"), "", TODAY).sheets


def test_heads_rows_bring_households_and_all_rows_members() -> None:
    members, households = read(("2014年4月",), LABELS, HEAD, SON)
    assert (members.kind, households.kind) == (SheetKind.MEMBERS, SheetKind.HOUSEHOLDS)
    assert (members.name, members.as_of) == (households.name, households.as_of) == ("表", date(2014, 4, 1))
    assert [row.number for row in members.rows] == [3, 4]
    assert [row.number for row in households.rows] == [3]
    told = values(households)[0]
    assert told.pop("head_id").number == HEAD_ID
    assert told == {
        "town": "乌镇镇",
        "village": "虹桥村",
        "head_name": "沈阿大",
        "phones": ("16012345678",),
        "household_class": HouseholdClass.RURAL_DIBAO,
        "size": 2,
        "income_month_fen": 30000,
        "cause": Cause.ILLNESS,
    }
    assert faults(members) == faults(households) == []
    assert [row["relation"] for row in values(members)] == [Relation.HEAD, Relation.SON]


def test_faults_are_told_once_each_at_its_cell() -> None:
    bad_head = ("乌镇镇", "虹桥村", "朱水根", "户主", HEAD_ID[:-1], "", "低保", 99, "", "")
    members, households = read(LABELS, HEAD, bad_head)
    assert faults(members) == [("J102", "E3")]
    assert faults(households) == [("J302", "G3"), ("J306", "H3")]
    assert (len(members.rows), members.rejected) == (2, 0)
    assert (len(households.rows), households.rejected) == (1, 1)
    assert households.columns["head_name"] == "C"
    assert households.columns["head_id"] == "E"


def test_a_head_who_is_no_member_starts_no_household() -> None:
    members, households = read(
        LABELS, HEAD, ("乌镇镇", "虹桥村", "张三、李四", "户主", "", "", "五保", "", "", "")
    )
    assert faults(members) == [("J311", "C3"), ("J301", "3")]
    assert (len(households.rows), households.rejected, faults(households)) == (1, 0, [])


def test_a_columns_own_household_goes_before_the_members_name() -> None:
    labels = ("户编号", "户主姓名", "姓名", "是否户主", "身份证号", "镇", "困难类别")
    members, households = read(
        labels,
        ("A1", "沈阿大", "沈阿大", "是", HEAD_ID, "乌镇镇", "五保"),
        ("A1", "沈阿大", "沈小", "否", SON_ID, "乌镇镇", ""),
    )
    (told,) = values(households)
    assert (told["household_no"], told["head_name"], told["head_id"].number) == ("A1", "沈阿大", HEAD_ID)
    assert households.columns["head_name"] == "B"
    assert len(members.rows) == 2


@pytest.mark.parametrize(
    "labels",
    [
        tuple(label for label in LABELS if label != "困难类别"),
        ("户主姓名", "姓名", "性别", "出生日期", "健康状况", "困难类别"),
    ],
)
def test_without_class_or_relation_it_brings_none(labels: tuple[str, ...]) -> None:
    (sheet,) = read(labels, tuple("沈阿大" if "姓名" in label else "" for label in labels))
    assert sheet.kind is SheetKind.MEMBERS


def test_without_a_head_it_brings_none_and_the_class_is_said_to_be_no_use() -> None:
    (sheet,) = read(("户编号", *LABELS), ("A1", *SON))
    assert (sheet.kind, len(sheet.rows)) == (SheetKind.MEMBERS, 1)
    assert [each.cell for each in sheet.problems if each.code == "J203"] == ["H", "I", "J", "K"]


def test_who_may_be_a_head_begins_no_family_and_joins_none() -> None:
    wrong = ("乌镇镇", "虹桥村", "朱阿二", "户住", "", "", "农村低保", 2, 300, "")
    wife = ("乌镇镇", "虹桥村", "王氏", "配偶", "", "", "", "", "", "")
    strange = ("乌镇镇", "虹桥村", "沈小小", "寄养", "", "", "", "", "", "")
    members, households = read(LABELS, HEAD, SON, strange, wrong, wife)
    assert [row["name"] for row in values(members)] == ["沈阿大", "沈小", "沈小小"]
    assert {row["head_name"] for row in values(members)} == {"沈阿大"}
    assert members.rejected == 2
    assert [each.row for each in members.problems if each.code == "J301"] == [5, 6]
    assert len(households.rows) == 1
