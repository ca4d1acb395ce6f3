"""Lists of units and of villages: known by their columns, and other lists are not taken for them."""

from datetime import date
from typing import Any

import pytest
from support.grids import grid, read, values

from jiemin.domain.roster import SheetKind
from jiemin.sheets.columns.labels import spellings
from jiemin.sheets.columns.recognise import Recognition, recognise
from jiemin.sheets.layout.header import find_header


def header(labels: str) -> Recognition:
    return recognise([spellings(label) for label in labels.split()])


@pytest.mark.parametrize(
    ("labels", "kind"),
    [
        ("单位名称 联系镇 联系村", SheetKind.UNITS),
        ("序号 部门 结对村", SheetKind.UNITS),
        ("序号 帮扶单位 帮扶镇 帮扶村 联系人 联系电话", SheetKind.UNITS),
        ("镇(街道) 村(社区) 编码", SheetKind.REGIONS),
        ("序号 乡镇 行政村", SheetKind.REGIONS),
        ("所属镇街 村居名称 区划代码 城乡分类代码 备注", SheetKind.REGIONS),
    ],
)
def test_lists_of_units_and_villages(labels: str, kind: SheetKind) -> None:
    found = header(labels)
    assert (found.spec.kind, found.complete) == (kind, True)


@pytest.mark.parametrize(
    "labels",
    [
        "单位名称",
        "单位 电话",
        "单位名称 联系村 结对户数",
        "帮扶单位 帮扶镇 帮扶村 帮扶户数 帮扶资金",
        "镇 村数",
        "镇 编码",
        "镇 村 户数 低保户数",
        "镇 村 编码 户数",
        "镇 村 编码 姓名 电话",
        "镇 村 书记姓名",
        "镇(街道) 村(社区) 困难家庭 保障人口",
    ],
)
def test_tables_of_figures_and_lists_of_persons_are_neither(labels: str) -> None:
    assert not header(labels).complete


@pytest.mark.parametrize(
    ("labels", "kind"),
    [
        ("姓名 单位 联系镇 联系村", SheetKind.CADRES),
        ("单位 职务 干部姓名 结对镇 结对村", SheetKind.CADRES),
        ("镇 村 编码 户主姓名 困难类别", SheetKind.HOUSEHOLDS),
        ("镇 村 户主 结对干部 单位", SheetKind.PAIRINGS),
    ],
)
def test_a_list_that_names_persons_stays_what_it_was(labels: str, kind: SheetKind) -> None:
    found = header(labels)
    assert (found.spec.kind, found.complete) == (kind, True)


def test_what_comes_near_is_told_as_before() -> None:
    found = header("镇 村 户数")
    assert (found.spec.kind, found.missing) == (SheetKind.HOUSEHOLDS, "户主姓名或户编号或户主身份证号")


@pytest.mark.parametrize("labels", [["乡镇", None, "村"], ["镇", "", "", "社区", ""]])
def test_blanks_to_be_filled_in_above_a_form_are_no_list(labels: list[Any]) -> None:
    found = find_header(grid(labels, ["困难家庭登记表"]))
    assert found is None or not found.recognition.complete


@pytest.mark.parametrize(
    "rows",
    [
        [["镇", "村"], ["乌镇镇", 12], ["石门镇", 9]],
        [["镇", "村", None], ["乌镇镇", "虹桥村", 12], ["石门镇", "望湖村", 9]],
        [["单位", "联系镇", None], ["民政局", "乌镇镇", 3]],
    ],
)
def test_figures_without_a_heading_make_a_table_of_statistics(rows: list[list[Any]]) -> None:
    made = grid(*rows)
    found = find_header(made)
    assert found is not None
    assert found.counts(made)


def test_a_list_of_villages_is_no_table_of_statistics_for_its_numbers() -> None:
    made = grid(["序号", "镇", "村", "编码"], [1, "乌镇镇", "虹桥村", 330483100201])
    found = find_header(made)
    assert found is not None
    assert found.recognition.complete
    assert not found.counts(made)


def test_what_a_list_of_villages_says() -> None:
    sheet = read(
        ["序号", "镇(街道)", "村(社区)", "编码"],
        [1, "乌镇镇", "虹桥村", 330483100201.0],
        [2, "乌镇镇", None, "330483100"],
        [3, None, None, None],
        ["合计", None, 1, None],
    )
    assert values(sheet) == [
        {"town": "乌镇镇", "village": "虹桥村", "code": "330483100201"},
        {"town": "乌镇镇", "code": "330483100"},
    ]
    assert (sheet.rejected, sheet.problems) == (0, [])


def test_a_merged_unit_is_that_of_all_its_rows() -> None:
    sheet = read(
        ["单位", "联系镇", "联系村", "起始日期"],
        ["民政局", "乌镇镇", "虹桥村", "2014-04-01"],
        [None, "乌镇镇", "塘东村", None],
        merges=[(1, 0, 2, 0)],
    )
    assert [(row["unit"], row["link_village"]) for row in values(sheet)] == [
        ("民政局", "虹桥村"),
        ("民政局", "塘东村"),
    ]
    assert values(sheet)[0]["as_of"] == date(2014, 4, 1)
