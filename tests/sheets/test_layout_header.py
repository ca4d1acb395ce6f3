"""Headers of one to four rows, with labels broken and merged as forms have them."""

from collections.abc import Sequence
from typing import Any

import pytest
from support.grids import grid, read, values

from jiemin.domain.roster import SheetKind
from jiemin.sheets.columns.recognise import Recognition, Spelled, recognise
from jiemin.sheets.grid import Grid
from jiemin.sheets.layout.header import Header, find_header


def header(made: Grid) -> Header:
    found = find_header(made)
    assert found is not None
    return found


def test_labels_broken_over_two_stacked_cells() -> None:
    made = grid(
        ("序号", "户主", "与户主", "身份", "残疾", "成员"),
        ("", "姓名", "关系", "证号", "等级", "姓名"),
        (1, "沈阿大", "户主", "", 1, "沈阿大"),
    )
    found = header(made)
    assert (found.top, found.bottom, found.recognition.spec.kind) == (0, 2, SheetKind.MEMBERS)
    assert found.fields == {
        "head_name": 1,
        "relation": 2,
        "person_id": 3,
        "disability_grade": 4,
        "name": 5,
    }


def test_blanks_line_breaks_and_units_within_labels() -> None:
    made = grid(
        (
            "序\u3000号",
            "户主\n姓 名",
            "困难\r\n类别",
            "身份证\n号  码",
            "家庭\n人口（人）",
            "家庭 月 收入\n【元】",
        ),
        (1, "沈阿大", "五保", "", 1, 0),
    )
    names = {"head_name", "household_class", "head_id", "size", "income_month_fen"}
    assert header(made).fields.keys() == names


def test_four_rows_of_groups_within_groups() -> None:
    made = grid(
        ("困难家庭结对帮扶情况", "", "", "", "", "", "", ""),
        ("序号", "困难家庭", "", "", "", "结对干部", "", ""),
        ("", "基本情况", "", "收入", "", "", "", ""),
        ("", "户主", "困难", "月", "家庭", "姓名", "单位", "联系"),
        ("", "姓名", "类别", "收入", "人口", "", "", "电话"),
        (1, "沈阿大", "五保", 0, 1, "方卫东", "民政局", "13812345678"),
        merges=[(0, 0, 0, 7), (1, 0, 4, 0), (1, 1, 1, 4), (1, 5, 2, 7), (2, 1, 2, 2), (2, 3, 2, 4)],
    )
    found = header(made)
    assert (found.top, found.bottom) == (1, 5)
    assert found.fields == {
        "head_name": 1,
        "household_class": 2,
        "income_month_fen": 3,
        "size": 4,
        "cadre_name": 5,
        "cadre_unit": 6,
        "cadre_phones": 7,
    }


def test_a_group_ends_where_the_next_one_begins_at_any_height() -> None:
    made = grid(
        ("结对干部", "", "", "困难家庭", ""),
        ("本人", "", "", "", ""),
        ("姓名", "单位", "电话", "姓名", "类别"),
        ("方卫东", "民政局", "", "沈阿大", "五保"),
    )
    assert header(made).fields["head_name"] == 3
    assert header(made).labels[3] == "困难家庭 姓名"


def test_headings_reach_as_far_as_they_are_merged() -> None:
    rows = (
        ("户主", "", "与户主", "", "性别", "联系方式", ""),
        ("姓名", "姓名", "关系", "身份证号", "", "电话", "其他"),
        ("沈阿大", "沈小", "子", "", "男", "", ""),
    )
    found = header(grid(*rows, merges=[(0, 4, 1, 4), (0, 5, 0, 6)]))
    assert found.fields == {"head_name": 0, "name": 1, "relation": 2, "person_id": 3, "sex": 4, "phones": 5}


@pytest.mark.parametrize("above", [0, 1, 15, 30])
def test_fifteen_rows_of_instructions_above(above: int) -> None:
    instructions: list[tuple[Any, ...]] = [("填表说明：" + "一二三四五" * 100,)]
    instructions += [("户主姓名", "与身份证一致", "", ""), (f"{above}、镇", "写全称", "村", "写全称")]
    labels = ("序号", "镇", "村", "户主姓名", "身份证号", "困难类别")
    found = header(grid(*(instructions * 10)[:above], labels, (1, "乌镇镇", "虹桥村", "沈阿大", "", "五保")))
    assert (found.top, found.bottom) == (above, above + 1)


@pytest.mark.parametrize(
    "row",
    [
        (1, "", "户主", "", ""),
        ("", "沈阿大", "户主", "13812345678", "本村"),
        ("", "", "户主", "", "330483195003141313"),
    ],
)
def test_a_row_with_figures_is_no_part_of_the_header(row: tuple[Any, ...]) -> None:
    made = grid(("序号", "姓名", "称谓", "性别", "村"), row)
    assert header(made).bottom == 1


def test_years_may_stand_above_columns() -> None:
    made = grid(
        ("户主", "困难", "补助", ""),
        ("", "", 2013, 2014),
        ("姓名", "类别", "金额", "金额"),
        ("沈阿大", "五保", 1, 2),
    )
    assert header(made).bottom == 3
    assert header(made).fields == {"head_name": 0, "household_class": 1}


@pytest.mark.parametrize(
    "rows",
    [
        [[f"第{row}行第{column}栏" for column in range(400)] for row in range(60)],
        [[f"第{column}栏" for column in range(16_000)]] * 40,
        [["姓名", "单位", "电话"]] * 100_000,
    ],
    ids=["many labels", "16,000 columns", "100,000 rows"],
)
def test_the_search_looks_at_no_more_than_it_must(
    rows: list[list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []

    def count(labels: Sequence[Spelled]) -> Recognition:
        looked.append(len(labels))
        return recognise(labels)

    monkeypatch.setattr("jiemin.sheets.layout.header.recognise", count)
    find_header(Grid("表", rows))
    assert sum(looked) <= 100


def test_what_a_wide_header_says_is_read() -> None:
    labels = ("户主姓名", "困难类别", *(f"栏{number}" for number in range(300)), "家庭人口")
    assert values(read(labels, ("沈阿大", "五保", *[""] * 300, 2)))[0]["size"] == 2


@pytest.mark.parametrize("blank", [0, 1, 2])
def test_a_title_is_no_label_however_many_rows_are_blank_below_it(blank: int) -> None:
    labels = ("户主姓名", "困难类别", "家庭人口", "身份证号")
    rows = [("石门镇望湖村困难家庭名册",), *[("",)] * blank, labels, ("沈阿大", "五保", 1, "")]
    made = grid(*rows, merges=[(0, 0, 0, 3)])
    found = header(made)
    assert (found.top, found.bottom) == (blank + 1, blank + 2)
    assert found.labels == list(labels)
    assert values(read(*rows))[0]["village"] == "望湖村"
