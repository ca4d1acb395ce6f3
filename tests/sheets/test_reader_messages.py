"""What a row is told: days that must be read or the row waits, figures at odds, and what a column takes."""

from datetime import date

import pytest
from support.grids import TODAY, faults, grid, read, reading, values

from jiemin.domain.roster import SheetKind
from jiemin.sheets.columns.recognise import SPECS
from jiemin.sheets.columns.spec import Column
from jiemin.sheets.layout.header import find_header

HOUSEHOLDS = ("户主姓名", "镇", "困难类别", "起始日期")
PAIRINGS = ("户主姓名", "困难类别", "结对干部", "单位", "结对时间")


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2014-05-32", "没有2014-05-32这一天"),
        ("5月", "没有写哪一年"),
        ("上个月", ""),
        ("#REF!", ""),
        (41820, "日期格式"),
    ],
)
def test_a_written_start_that_cannot_be_read_is_never_replaced_by_another_day(
    written: object, words: str
) -> None:
    sheet = read(HOUSEHOLDS, ("沈阿大", "乌镇镇", "五保", written), ("朱水根", "乌镇镇", "五保", ""))
    assert [row["head_name"] for row in values(sheet)] == ["朱水根"]
    assert (sheet.rejected, faults(sheet)) == (1, [("J313", "D2")])
    assert words in sheet.problems[0].message


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("4月", "没有写哪一年"),
        ("2014-05-32", "没有2014-05-32这一天"),
        ("2014-07-01", "在今天以后"),
        (date(2014, 7, 1), "在今天以后"),
        ("2014年7月", "在今天以后"),
    ],
)
def test_a_pairing_that_begins_on_no_day_or_later_than_today_waits(written: object, words: str) -> None:
    sheet = read(
        PAIRINGS,
        ("沈阿大", "五保", "方卫东", "民政局", written),
        ("朱水根", "五保", "方卫东", "民政局", TODAY),
    )
    assert [row["start"] for row in values(sheet)] == [TODAY]
    assert (sheet.rejected, faults(sheet)) == (1, [("J313", "E2")])
    assert words in sheet.problems[0].message


def test_a_day_that_does_not_exist_is_named() -> None:
    visits = read(("走访日期", "户主姓名"), ("2014-04-31", "沈阿大"), ("2014年4月31日", "沈阿大"))
    assert [each.message for each in visits.problems] == [
        "走访日期不对：没有2014-04-31这一天",
        "走访日期不对：没有2014年4月31日这一天",
    ]
    members = read(("户主姓名", "姓名", "出生日期"), ("沈阿大", "沈小", 19900230))
    assert members.problems[0].message == "日期不对：没有19900230这一天"


def test_a_failed_formula_for_a_days_visit_is_one_fault() -> None:
    sheet = read(("走访日期", "户主姓名"), ("#N/A", "沈阿大"), ("#N/A", ""))
    assert (sheet.rejected, faults(sheet)) == (1, [("J310", "A2")])


INCOMES = ("户主姓名", "困难类别", "家庭月收入", "家庭年收入")


def test_incomes_at_odds_are_told_with_the_one_that_counts() -> None:
    sheet = read(INCOMES, ("沈阿大", "五保", 520, 10000))
    assert faults(sheet) == [("J413", "D2")]
    assert sheet.problems[0].message == (
        "家庭月收入和家庭年收入对不上：一月520元，一年10,000元，12个月应为6,240元；以月收入为准"
    )
    assert sheet.rejected == 0
    assert values(sheet)[0]["income_month_fen"] == 52000


def test_incomes_at_odds_in_a_list_of_pairs() -> None:
    sheet = read((*INCOMES, "结对干部"), ("沈阿大", "五保", 520, 10000, "方卫东"))
    assert (sheet.kind, faults(sheet)) == (SheetKind.PAIRINGS, [("J413", "D2")])


@pytest.mark.parametrize(
    ("month", "year"), [(520, 6240), (83.33, 1000), (520, ""), ("", 6240), (0, 0), (520, "不详")]
)
def test_incomes_that_agree_or_stand_alone(month: object, year: object) -> None:
    assert "J413" not in [code for code, _ in faults(read(INCOMES, ("沈阿大", "五保", month, year)))]


def test_an_unknown_code_is_told_what_its_column_takes() -> None:
    sheet = read(("户主姓名", "困难类别", "致困原因"), ("沈阿大", "五保", "因病、交通条件落后"))
    assert faults(sheet) == [("J303", "C2")]
    assert sheet.problems[0].message.startswith(
        "写法认不出：交通条件落后；“主要致困原因”一栏填因病、因残、因学、因灾、缺劳力、"
    )


def test_a_likely_spelling_is_told_before_what_the_column_takes() -> None:
    sheet = read(("户编号", "姓名", "性别", "健康状况"), ("A1", "沈小", "男", "健庚"))
    assert sheet.problems[0].message == (
        "写法认不出：是不是“健康”；“健康状况”一栏填健康、长期慢性病、大病、残疾、尿毒症、重型精神病"
    )


CODED = [
    (spec, column)
    for spec in SPECS
    for column in spec.columns
    if getattr(reading(column.read, "甲乙丙丁"), "faults", (("", ""),))[0][0] == "J303"
]


@pytest.mark.parametrize("column", [column for _, column in CODED], ids=lambda column: column.label)
def test_every_column_of_a_code_list_says_what_it_takes(column: Column) -> None:
    choice = column.meaning.replace("；", "、").replace("或", "、").split("、")[0]
    for first in (choice, choice.removeprefix("填"), choice.removeprefix("填")[:1]):
        if not hasattr(reading(column.read, first), "faults"):
            return
    raise AssertionError(column.meaning)


def test_a_last_row_without_any_known_label_is_no_part_of_the_header() -> None:
    found = find_header(grid(("", "户主证件号码", "同户主关系"), ("", "", "沈阿大")))
    assert found is not None
    assert (found.bottom, found.recognition.complete) == (1, False)


def test_a_column_of_another_kind_of_sheet_is_told_so() -> None:
    labels = ("户编号", "姓名", "性别", "健康状况", "困难类别", "政治面貌")
    sheet = read(labels, ("A1", "沈小", "男", "健康", "五保", "党员"))
    told = {each.cell: each.message for each in sheet.problems}
    assert told == {"E": "栏目认不出，没有导入：家庭成员名册不用这一列", "F": "栏目认不出，没有导入"}
