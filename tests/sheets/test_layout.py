"""Where things stand on a sheet: header, title, data, totals, foot, merged cells."""

from datetime import date
from typing import Any

import pytest
from support.grids import grid

from jiemin.domain.roster import SheetKind
from jiemin.sheets.grid import Grid
from jiemin.sheets.layout.body import data_rows, fill_merged
from jiemin.sheets.layout.header import Header, find_header
from jiemin.sheets.layout.title import date_in, speaks_of_wan

LABELS = ("序号", "镇", "村", "户主姓名", "身份证号", "困难类别", "备注")
ROW = (1, "乌镇镇", "虹桥村", "沈阿大", "", "农村低保", "")


def header(made: Grid) -> Header:
    found = find_header(made)
    assert found is not None
    return found


def rows(made: Grid) -> list[int]:
    found = header(made)
    return list(data_rows(made, found, found.recognition.subject))


def test_the_first_row_is_the_header() -> None:
    found = header(grid(LABELS, ROW))
    assert (found.top, found.bottom) == (0, 1)
    assert found.recognition.complete
    assert found.labels[3] == "户主姓名"


@pytest.mark.parametrize("above", [1, 3, 30])
def test_whatever_stands_above_the_header(above: int) -> None:
    titles = [("", "桐乡市困难家庭名册"), ("填报单位：民政局", "", "", "填报时间："), ("说明" * 300,)] * 10
    found = header(grid(*titles[:above], LABELS, ROW))
    assert (found.top, found.bottom) == (above, above + 1)


def test_a_header_of_two_rows_under_group_headings() -> None:
    made = grid(
        ("桐乡市名单",),
        ("序号", "困难家庭", "", "", "结对干部", "", "", "备注"),
        ("", "姓名", "身份证号", "联系电话", "姓名", "单位", "联系电话", ""),
        (1, "沈阿大", "", "", "方卫东", "民政局", "", ""),
    )
    found = header(made)
    assert (found.top, found.bottom, found.recognition.spec.kind) == (1, 3, SheetKind.PAIRINGS)
    assert found.fields == {
        "head_name": 1,
        "head_id": 2,
        "phones": 3,
        "cadre_name": 4,
        "cadre_unit": 5,
        "cadre_phones": 6,
        "note": 7,
    }
    assert found.labels[4] == "结对干部 姓名"
    assert rows(made) == [3]


def test_labels_broken_over_three_rows() -> None:
    made = grid(
        ("户主", "困难", "家庭", "月收入"),
        ("姓名", "类别", "", ""),
        ("", "", "人口", "(元)"),
        ("沈阿大", "五保", 1, 0),
    )
    found = header(made)
    assert (found.top, found.bottom) == (0, 3)
    assert set(found.fields) == {"head_name", "household_class", "size", "income_month_fen"}


def test_data_is_never_taken_for_a_header() -> None:
    made = grid(LABELS, (1, "镇", "虹桥村", "户主", "", "其他", "备注"), ROW)
    assert header(made).bottom == 1
    assert rows(made) == [1, 2]


def test_a_title_row_does_not_become_part_of_the_header() -> None:
    assert header(grid(("2014年6月困难家庭名册", "", "", ""), LABELS, ROW)).top == 1


def test_no_label_known_no_header() -> None:
    assert find_header(grid(("科室", "房间"), ("办公室", "101"))) is None


def test_an_incomplete_header_tells_what_comes_nearest() -> None:
    found = header(grid(("姓名", "职务", "职级"), ("方卫东", "局长", "")))
    assert (found.recognition.complete, found.recognition.missing) == (False, "单位")


def test_figures_where_names_should_be_make_statistics() -> None:
    labels = ("单位", "结对干部", "结对户")
    assert header(grid(labels, ("民政局", 12, 8))).counts(grid(labels, ("民政局", 12, 8), ("教育局", 3, 2)))
    assert not header(grid(labels, ROW)).counts(grid(labels, ("民政局", "方卫东", "沈阿大"), ("", 3, 2)))
    assert not header(grid(labels, ROW)).counts(grid(labels, ("", "", "")))


@pytest.mark.parametrize(
    "foot",
    [
        ("合计", "", "", "", "", "", 12),
        ("", "合　　计", "", "", "", "", ""),
        ("", "", "", "", "", "", " 小计"[1:]),
        ("", "合计：", "12户", "", "", "", ""),
        ("填报人：张三", "", "", "审核人：李四", "", "", ""),
        ("单位负责人：", "", "审核人：", "", "填报人：", "联系电话：", ""),
        ("经办人（签字）：", "", "", "", "", "", ""),
        ("说明：1.本表一式两份。", "", "", "", "", "", ""),
        ("共12户35人", "", "", "", "", "", ""),
        ("", "", "", "", "", "", ""),
        ("", "", "", "", "", "", "仅此一格"),
        (38, "", "", "", "", "", ""),
        LABELS,
    ],
)
def test_what_is_no_row_of_the_roster(foot: tuple[Any, ...]) -> None:
    assert rows(grid(LABELS, ROW, foot, ROW, foot)) == [1, 3]


def test_notes_that_go_on_below_the_signatures() -> None:
    made = grid(LABELS, ROW, ("", "", "", "填报人：张三"), ("", "", "", "二、名单以外另有两户"))
    assert rows(made) == [1]


def test_the_list_may_go_on_below_a_line_of_notes() -> None:
    only_name = ("", "", "", "朱水根", "", "", "")
    made = grid(LABELS, ("一、乌镇镇",), only_name, ("说明：以下为新增",), ("另见附件",), ROW, only_name)
    assert rows(made) == [2, 5, 6]
    wide = grid((*LABELS, "联系电话"), ("说明：甲",), (*ROW[:6], "甲", "13812345678"), (*only_name, ""))
    assert rows(wide) == [2, 3]


def test_a_row_with_its_subject_alone_is_a_row() -> None:
    assert rows(grid(LABELS, ROW, ("", "", "", "朱水根", "", "", ""))) == [1, 2]


def test_a_short_roster_is_not_taken_for_a_foot() -> None:
    made = grid(
        ("姓名", "单位", "职务"), ("负责", "民政局", "局长"), ("方卫东", "教育局", ""), ("注册", "税务局", "")
    )
    assert rows(made) == [1, 2, 3]


def test_a_note_in_the_first_column_makes_no_foot_of_a_row_that_names_somebody() -> None:
    made = grid(("备注", "姓名", "单位"), ("说明", "方卫东", "民政局"), ("备注：新调入", "顾小平", "教育局"))
    assert rows(made) == [1, 2]


def test_title_and_header_repeated_on_every_page() -> None:
    title = ("困难家庭名册",)
    assert rows(grid(title, LABELS, ROW, title, LABELS, (2, *ROW[1:]))) == [2, 5]


def test_merged_cells_speak_of_every_row_that_has_something_of_its_own() -> None:
    made = grid(
        ("户主姓名", "结对干部", "单位", "我的话"),
        ("沈阿大", "方卫东", "民政局", ""),
        ("", "顾小平", "教育局", ""),
        ("", "", "", "空行"),
        merges=[(1, 0, 3, 0), (1, 3, 2, 3)],
    )
    fill_merged(made, header(made))
    assert [row[0] for row in made.rows] == ["户主姓名", "沈阿大", "沈阿大", ""]


def test_a_merge_beyond_the_last_row_does_no_harm() -> None:
    made = grid(("单位", "姓名"), ("民政局", "方卫东"), ("", "顾小平"), merges=[(1, 0, 99, 0)])
    fill_merged(made, header(made))
    assert made.rows[2] == ["民政局", "顾小平"]


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("桐乡市2014年6月困难家庭名册", date(2014, 6, 1)),
        ("2014年 第二季度 结对名单", date(2014, 4, 1)),
        ("2014年3季度", date(2014, 7, 1)),
        ("（截至2014年6月30日）", date(2014, 6, 30)),
        ("截止2014.6.30", date(2014, 6, 30)),
        ("二〇一四年6月", date(2014, 6, 1)),
        ("桐群组办发〔2014〕10号", None),
        ("2014年困难家庭名册", None),
        ("填报时间：2014年6月30日", None),
        ("填报单位：民政局    填报时间：2014年6月30日", None),
        ("制表日期:2014-06-30", None),
        ("2014年13月", None),
        ("2014年2月30日", None),
        ("说明：" + "例如2014年6月。" * 40, None),
    ],
)
def test_the_day_in_a_title(title: str, day: date | None) -> None:
    assert date_in([title]) == day


def test_the_first_title_with_a_day_counts() -> None:
    assert date_in(["附件1", 2014, "2014年4月名册", "截至2014年6月30日"]) == date(2014, 4, 1)


@pytest.mark.parametrize(
    ("line", "wan"),
    [
        ("单位：户、人、万元", True),
        ("单位:万元", True),
        ("单位：人、元", False),
        ("填报单位：万元镇", True),
        ("金额万元", False),
    ],
)
def test_the_unit_above_the_table(line: str, wan: bool) -> None:
    assert speaks_of_wan(["附件1", line]) is wan


def test_what_the_user_calls_a_cell() -> None:
    made = grid(("a",), top=4, left=25)
    assert (made.row_number(0), made.letters(0), made.letters(1)) == (5, "Z", "AA")
    assert Grid("表", [], left=16383).letters(0) == "XFD"
