"""What a sheet says of all its rows: by its name, its title, or a column it does not have."""

from typing import Any

import pytest
from support.grids import TODAY, faults, grid, values

from jiemin.domain.codes import VisitKind
from jiemin.domain.problems import Severity
from jiemin.domain.roster import RosterSheet
from jiemin.sheets.layout.header import find_header
from jiemin.sheets.layout.title import town_in, village_in
from jiemin.sheets.sheet_reading import read_sheet

HOUSEHOLDS = ("户主姓名", "困难类别")
ROW = ("沈阿大", "五保")


def read(name: str, *rows: tuple[Any, ...]) -> RosterSheet:
    made = grid(*rows)
    made.name = name
    header = find_header(made)
    assert header is not None
    return read_sheet(made, header, "名册.xlsx", TODAY)


@pytest.mark.parametrize(
    ("name", "village"),
    [
        ("虹桥村", "虹桥村"),
        (" 新桥 社区 ", "新桥社区"),
        ("南门居委会", "南门居委会"),
        *[(name, None) for name in ("农村", "各村", "全村", "分村", "行政村", "村", "社区", "1村", "Sheet1")],
        *[(name, None) for name in ("困难家庭", "虹桥村名册", "虹桥村-塘东村", "农村社区", "各社区")],
    ],
)
def test_a_village_as_the_name_of_a_sheet(name: str, village: str | None) -> None:
    assert village_in(name) == village


@pytest.mark.parametrize(
    ("texts", "town"),
    [
        (["Sheet1", "乌镇镇"], "乌镇镇"),
        (["梧桐街道"], "梧桐街道"),
        (["困难家庭名册", " 石门镇 ", "乌镇镇"], "石门镇"),
        (["石门镇困难家庭名册", "填报单位：石门镇", 2014, "说明" * 200 + "镇"], None),
        (["城镇", "乡镇", "各镇", "全镇", "镇", "街道", "各街道", "本街道"], None),
        ([], None),
    ],
)
def test_a_town_as_a_title_or_the_name_of_a_sheet(texts: list[Any], town: str | None) -> None:
    assert town_in(texts) == town


def test_a_sheet_for_each_village_of_a_town() -> None:
    sheet = read("虹桥村", ("乌镇镇",), HOUSEHOLDS, ROW)
    assert [(row["town"], row["village"]) for row in values(sheet)] == [("乌镇镇", "虹桥村")]
    assert [(each.code, each.cell, each.severity) for each in sheet.problems] == [("J207", "", Severity.WARN)]
    assert "镇(街道)为“乌镇镇”、村(社区)为“虹桥村”" in sheet.problems[0].message


def test_a_sheet_for_each_town() -> None:
    sheet = read("石门镇", (*HOUSEHOLDS, "村"), (*ROW, "望湖村"), ("朱水根", "五保", ""))
    assert [(row["town"], row.get("village")) for row in values(sheet)] == [
        ("石门镇", "望湖村"),
        ("石门镇", None),
    ]


def test_columns_of_the_sheet_go_before_its_name_even_where_they_are_blank() -> None:
    sheet = read(
        "虹桥村",
        ("石门镇",),
        ("镇", "村", *HOUSEHOLDS),
        ("乌镇镇", "", *ROW),
        ("", "塘东村", "朱水根", "五保"),
    )
    assert [(row.get("town"), row.get("village")) for row in values(sheet)] == [
        ("乌镇镇", None),
        (None, "塘东村"),
    ]
    assert faults(sheet) == []


@pytest.mark.parametrize("labels", [("姓名", "单位", "职务"), HOUSEHOLDS])
def test_a_list_of_cadres_and_a_blank_one_take_no_place(labels: tuple[str, ...]) -> None:
    rows = [("方卫东", "民政局", "局长")] if "单位" in labels else []
    sheet = read("虹桥村", ("乌镇镇",), labels, *rows)
    assert all("village" not in row and "town" not in row for row in values(sheet))
    assert "J207" not in [code for code, _ in faults(sheet)]


VISITS = ("走访日期", "户主姓名", "走访干部")


def test_visits_without_a_column_for_their_kind_are_told_once() -> None:
    sheet = read("走访", VISITS, *[(f"2014-05-0{day}", "沈阿大", "方卫东") for day in (5, 6, 7)])
    assert [row["visit_kind"] for row in values(sheet)] == [VisitKind.CALL_ON] * 3
    assert [(each.code, each.cell, each.severity) for each in sheet.problems] == [("J605", "", Severity.WARN)]


def test_a_blank_kind_in_its_column_stays_blank() -> None:
    sheet = read("走访", (*VISITS, "走访方式"), ("2014-05-06", "沈阿大", "方卫东", ""))
    assert "visit_kind" not in values(sheet)[0]
    assert faults(sheet) == []
