"""The layouts in which towns and units really write down visits."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from support.grids import TODAY, faults, grid, read, values

from jiemin.domain.codes import VisitKind
from jiemin.domain.roster import RosterSheet, SheetKind
from jiemin.sheets.file_reading import read_grids


def sheets(*rows: Sequence[Any], name: str = "表", **more: Any) -> list[RosterSheet]:
    """The rosters of a file with this one sheet, whatever its shape."""
    made = grid(*rows, **more)
    made.name = name
    return read_grids([made], Path("走访.xlsx"), "", TODAY).sheets


LOG = ("序号", "走访时间", "走访对象", "走访干部", "走访内容", "慰问金（元）", "慰问物品")


def test_a_towns_log_with_days_of_the_titles_quarter() -> None:
    sheet = read(
        ("乌镇镇2014年第二季度走访台账",),
        LOG,
        (1, "4月15日", "沈阿大", "方卫东、顾小平", "看望", 500, "大米一袋"),
        (2, "4.20", "朱水根", "方卫东", "好", "", ""),
        (3, datetime(2014, 5, 6), "徐金宝", "方卫东", "好", "", ""),
        (4, "7月1日", "钱福林", "方卫东", "好", "", ""),
        (5, "4.12、5.20", "姚桂英", "方卫东", "好", "", ""),
    )
    first, second, third = values(sheet)
    assert first["cadre_names"] == ("方卫东", "顾小平")
    assert (first["visit_gift_fen"], first["visit_gift_goods"]) == (50000, "大米一袋")
    assert [row["visit_kind"] for row in (first, second)] == [VisitKind.GIFT, VisitKind.CALL_ON]
    assert [row["visit_day"] for row in (first, second, third)] == [
        date(2014, 4, 15),
        date(2014, 4, 20),
        date(2014, 5, 6),
    ]
    assert faults(sheet) == [("J614", ""), ("J310", "B6"), ("J606", "B7"), ("J207", ""), ("J605", "")]
    assert sheet.rejected == 2


@pytest.mark.parametrize(
    "title",
    ["走访台账", "2013—2014年走访台账", "2013年和2014年走访台账", "填报时间：2014年6月30日"],
)
def test_a_year_that_the_sheet_does_not_state_is_not_guessed(title: str) -> None:
    sheet = read((title,), LOG, (1, "4月15日", "沈阿大", "方卫东", "好", "", ""))
    assert faults(sheet) == [("J310", "B3")]
    assert "没有写哪一年" in sheet.problems[0].message


def test_the_name_of_the_sheet_or_a_heading_may_state_the_year() -> None:
    (named,) = sheets(("走访日期", "户主", "走访情况"), ("4月15日", "沈阿大", "好"), name="2014年二季度")
    headed = read(("走访日期（2014年）", "户主", "走访情况"), ("4月15日", "沈阿大", "好"))
    assert [values(each)[0]["visit_day"] for each in (named, headed)] == [date(2014, 4, 15)] * 2


def test_cells_merged_down_speak_of_all_their_visits_but_money_of_the_first_alone() -> None:
    sheet = read(
        ("村", "户主", "走访日期", "走访干部", "走访情况", "慰问金"),
        ("望湖村", "沈阿大", "2014-05-06", "方卫东", "好", 1500),
        ("", "朱水根", "2014-05-06", "", "好", ""),
        ("", "徐金宝", "2014-05-07", "", "好", ""),
        merges=[(1, 0, 3, 0), (1, 3, 3, 3), (1, 5, 3, 5)],
    )
    rows = values(sheet)
    assert [(row["village"], row["cadre_names"]) for row in rows] == [("望湖村", ("方卫东",))] * 3
    assert [row.get("visit_gift_fen") for row in rows] == [150000, None, None]
    assert faults(sheet) == [("J615", "F2"), ("J605", "")]


def test_visits_side_by_side() -> None:
    half = ("走访日期", "户主", "走访干部", "走访方式")
    (sheet,) = sheets(
        (*half, *half),
        ("2014-05-06", "沈阿大", "方卫东", "走访", "2014-05-07", "朱水根", "方卫东", "慰问"),
        ("2014-05-08", "徐金宝", "方卫东", "走访"),
    )
    assert [(row["head_name"], row["visit_day"].day) for row in values(sheet)] == [
        ("沈阿大", 6),
        ("徐金宝", 8),
        ("朱水根", 7),
    ]
    assert sheet.cell(sheet.rows[2], "visit_day") == "E2"
    assert faults(sheet) == []


def test_what_only_counts_or_repeats_is_passed_over_in_silence() -> None:
    sheet = read(
        ("序号", "季度", "走访日期", "户主姓名", "走访人", "走访人数", "走访次数", "走访方式", "走访情况"),
        (1, "第二季度", "2014-05-06", "沈阿大", "方卫东", 1, 1, "走访", "好"),
    )
    assert faults(sheet) == []


def test_gifts_without_a_kind_make_it_more_than_a_call_and_nothing_is_warned_of() -> None:
    sheet = read(
        ("走访日期", "户主", "慰问金", "慰问品"),
        ("2014-05-06", "沈阿大", 500, ""),
        ("2014-05-06", "朱水根", "", "大米"),
    )
    assert [row["visit_kind"] for row in values(sheet)] == [VisitKind.GIFT] * 2
    assert faults(sheet) == []


def test_gifts_and_promises_that_do_not_fit_are_named() -> None:
    sheet = read(
        ("走访日期", "户主", "走访方式", "慰问金", "慰问品", "承诺", "承诺时限"),
        ("2014-05-06", "沈阿大", "电话", 500, "", "修房", "2014-05-01"),
        ("2014-05-06", "朱水根", "走访", "", "500元", "", "2014-07-01"),
        ("2014-05-06", "徐金宝", "路过", "", "", "无", ""),
        ("2014-05-06", "徐金宝", "慰问", 0, "无", "看病", "2014年9月底"),
    )
    assert faults(sheet) == [
        ("J607", "D2"),
        ("J609", "G2"),
        ("J613", "E3"),
        ("J608", "G3"),
        ("J604", "C4"),
    ]
    first, second, third, fourth = values(sheet)
    assert (first["visit_promise"], first["visit_gift_fen"]) == ("修房", 50000)
    assert "visit_promise_due" not in first | second
    assert third.keys() == {"visit_day", "head_name", "visit_kind"}
    assert (fourth["visit_promise_due"], fourth["visit_gift_fen"]) == (date(2014, 9, 30), 0)


def test_money_and_goods_written_in_one_column() -> None:
    sheet = read(
        ("慰问时间", "慰问对象", "慰问人", "慰问款物"),
        ("2014-05-06", "沈阿大", "方卫东", "500元"),
        ("2014-05-06", "朱水根", "方卫东", "大米一袋、油一桶"),
    )
    money, things = values(sheet)
    assert (money["visit_gift_fen"], things["visit_gift_goods"]) == (50000, "大米一袋、油一桶")


PAGE = (
    ("暖心手记", "", "", ""),
    ("走访时间", "2014年5月6日", "走访人", "方卫东、顾小平"),
    ("走访家庭", "沈阿大", "村(社区)", "望湖村"),
    ("走访方式", "走访", "见到何人", "本人"),
    ("主要内容", "看望了本人\n问了近况", "", ""),
    ("反映的问题", "想看病", "", ""),
    ("办实事", "送医上门", "", ""),
    ("承诺事项", "修房", "承诺完成时限", "2014年9月底"),
)
MERGES = [(0, 0, 0, 3), (4, 1, 4, 3), (5, 1, 5, 3), (6, 1, 6, 3)]


def test_a_page_of_the_handbook_is_one_visit() -> None:
    (sheet,) = sheets(*PAGE, merges=MERGES)
    assert (sheet.kind, faults(sheet)) == (SheetKind.VISITS, [])
    assert values(sheet) == [
        {
            "visit_day": date(2014, 5, 6),
            "cadre_names": ("方卫东", "顾小平"),
            "head_name": "沈阿大",
            "village": "望湖村",
            "visit_kind": VisitKind.CALL_ON,
            "visit_met": "本人",
            "visit_note": "看望了本人\n问了近况",
            "visit_needs": "想看病",
            "visit_deeds": "送医上门",
            "visit_promise": "修房",
            "visit_promise_due": date(2014, 9, 30),
        }
    ]
    assert sheet.cell(sheet.rows[0], "visit_note") == "B5"
    assert sheet.cell(sheet.rows[0], "cadre_names") == "D2"


def test_a_page_with_a_bad_day_is_refused_at_its_cell() -> None:
    (sheet,) = sheets(PAGE[0], ("走访时间", "上周三", "走访人", "方卫东"), *PAGE[2:], merges=MERGES)
    assert (sheet.rejected, faults(sheet)) == (1, [("J310", "B2")])


def test_a_page_that_nobody_has_filled_in_is_blank() -> None:
    blank = [tuple(cell if place % 2 == 0 else "" for place, cell in enumerate(row)) for row in PAGE]
    (sheet,) = sheets(*blank, merges=MERGES)
    assert (list(sheet.rows), faults(sheet)) == ([], [("J205", "")])


def test_pages_one_below_the_other_with_words_behind_colons_and_below() -> None:
    (sheet,) = sheets(
        ("干部结民亲 暖心手记（2014年第二季度）",),
        ("走访时间：5月6日", "", "走访人：方卫东", ""),
        ("户主姓名：沈阿大", "", "走访方式：走访", ""),
        ("走访情况", "", "", ""),
        ("今天去看望，家里还好。", "", "", ""),
        ("群众需求", "", "", ""),
        ("要看病", "", "", ""),
        ("走访时间：6月6日", "", "走访人：方卫东", ""),
        ("户主姓名：朱水根", "", "走访方式：走访", ""),
        ("走访情况", "", "", ""),
        ("第二家也好。", "", "", ""),
    )
    assert [
        (row["visit_day"].month, row["head_name"], row["visit_note"], row.get("visit_needs"))
        for row in values(sheet)
    ] == [(5, "沈阿大", "今天去看望，家里还好。", "要看病"), (6, "朱水根", "第二家也好。", None)]
    assert {code for code, _ in faults(sheet)} == {"J614"}


def test_what_a_page_tells_twice_and_otherwise_is_named() -> None:
    (sheet,) = sheets(*PAGE, ("走访记录", "家里没有人", "", ""), merges=MERGES)
    assert faults(sheet) == [("J204", "B9")]
    assert values(sheet)[0]["visit_note"] == "看望了本人\n问了近况"


def test_a_familys_file_that_was_filled_in_at_a_visit_stays_a_file() -> None:
    found = sheets(
        ("困难家庭档案（一户一档）", "", "", ""),
        ("户主姓名", "沈阿大", "困难类别", "五保"),
        ("家庭人口", 2, "主要致困原因", "因病"),
        ("入户时间", "2014-05-06", "入户干部", "方卫东"),
        ("帮扶需求", "看病", "", ""),
    )
    assert [sheet.kind for sheet in found] == [SheetKind.HOUSEHOLDS]


def test_a_short_list_is_no_page() -> None:
    (sheet,) = sheets(
        ("走访日期", "户主", "走访内容"), ("2014-05-06", "沈阿大", "好"), ("2014-05-07", "朱水根", "好")
    )
    assert len(sheet.rows) == 2
