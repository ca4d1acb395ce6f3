"""Numbers given, accounts, persons, income and days as people write them."""

from datetime import date, datetime
from typing import Any

import pytest
from support.grids import TODAY, codes_of, reading

from jiemin.sheets.values.figures import account, day, income, number_given, persons


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("6230 9027 7515 9838 974", "6230902775159838974"),
        (103300001234.0, "103300001234"),
        ("6230-9027-7515", "6230-9027-7515"),
        ("****0005", None),
    ],
)
def test_accounts(cell: Any, value: str | None) -> None:
    assert reading(account, cell) == value


@pytest.mark.parametrize("cell", [6230902775159838974, 6230902775159838974.0, "6.2309E+18"])
def test_an_account_that_lost_digits_is_never_used(cell: Any) -> None:
    assert codes_of(reading(account, cell)) == ["J309"]


@pytest.mark.parametrize(
    "cell", ["6230902775159\n6230902775160", "见存折", "2.58亩", "12345", "农商行6230902775159"]
)
def test_what_is_not_one_account_is_left_out(cell: str) -> None:
    assert codes_of(reading(account, cell)) == ["J315"]


@pytest.mark.parametrize("cell", ["A001\nA002", "A001、A002", "A001，A002"])
def test_two_numbers_given_are_not_run_into_one(cell: str) -> None:
    assert codes_of(reading(number_given, cell)) == ["J315"]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("A001", "A001"),
        (12.0, "12"),
        (7, "7"),
        ("0012", "0012"),
        ("ＴＸ 01", "TX01"),
        ("ＴＸ０１", "TX01"),
        (0, None),
        ("000", None),
    ],
)
def test_numbers_given(cell: Any, value: str | None) -> None:
    assert reading(number_given, cell) == value


def test_a_number_given_as_a_long_number_has_lost_digits() -> None:
    assert codes_of(reading(number_given, 330483195003141200)) == ["J312"]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (3, 3),
        (3.0, 3),
        ("3", 3),
        ("３人", 3),
        ("5口人", 5),
        (0, 0),
        (50, 50),
        ("3人", 3),
        ("三人", 3),
        ("三", 3),
        ("两口人", 2),
        ("十人", 10),
        ("3.0", 3),
        ("3个人", 3),
        ("３ 人", 3),
    ],
)
def test_persons(cell: Any, value: int) -> None:
    assert reading(persons, cell) == value


@pytest.mark.parametrize(
    "cell", [51, -1, 2.5, "3.5", "3 5", "三四", "3-4人", "几人", "3户", "3（含孕1）", True, date(2014, 1, 1)]
)
def test_what_is_no_number_of_persons(cell: Any) -> None:
    assert codes_of(reading(persons, cell)) == ["J306"]


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        (520, 52000),
        (520.5, 52050),
        ("6308.14 ", 630814),
        ("每月520元", 52000),
        ("月收入：1,200元", 120000),
        ("520元/月", 52000),
        ("0.2万", 200000),
        ("520", 52000),
        ("1,234.50", 123450),
        ("￥520", 52000),
        ("0", 0),
        ("每月 520 元", 52000),
        (0, 0),
    ],
)
def test_income_of_a_month(cell: Any, fen: int) -> None:
    assert reading(income("月"), cell) == fen


@pytest.mark.parametrize(
    ("cell", "fen"), [("年收入2万", 2000000), ("2.4万元", 2400000), (24000, 2400000), ("每年6000元", 600000)]
)
def test_income_of_a_year(cell: Any, fen: int) -> None:
    assert reading(income("年"), cell) == fen


@pytest.mark.parametrize(
    ("cell", "fen"),
    [(2.58, 2580000), ("2.4", 2400000), ("2.", 2000000), ("2.4万", 2400000), ("24000元", 2400000)],
)
def test_income_in_a_column_of_wan(cell: Any, fen: int) -> None:
    assert reading(income("年", "万"), cell) == fen


@pytest.mark.parametrize(
    "cell",
    [
        "年收入2万",
        "约500",
        "500-600",
        "无",
        "12.345",
        -5,
        True,
        date(2014, 1, 1),
        "520元左右",
        "520多",
        "520 600",
        "520\n600",
        "2.58亩",
        "人均520",
        "5百2",
        "1万2千",
        "-520",
        "三百",
        "520元（含低保）",
    ],
)
def test_income_that_is_not_plain_is_left_out(cell: Any) -> None:
    assert codes_of(reading(income("月"), cell)) == ["J305"]


@pytest.mark.parametrize(
    "cell",
    [
        date(2014, 6, 30),
        datetime(2014, 6, 30, 8),
        "2014-06-30",
        "2014.6.30",
        "2014年6月30日",
        20140630,
        20140630.0,
        "2014/6/30 0:00:00",
        "2014年6月30号",
        "2014年6月30日上午",
        "二〇一四年六月三十日",
    ],
)
def test_days(cell: Any) -> None:
    assert reading(day(), cell) == date(2014, 6, 30)


@pytest.mark.parametrize(
    "cell", ["2014-02-30", "14/06/30", "六月底", 41820, 41820.0, True, "2014.6", date(1899, 12, 31)]
)
def test_what_is_no_day(cell: Any) -> None:
    assert codes_of(reading(day(), cell)) == ["J304"]


@pytest.mark.parametrize(
    ("cell", "hint"),
    [
        (41820, "日期格式"),
        ("41820", "日期格式"),
        (41820.5, "日期格式"),
        ("农历三月初五", "公历"),
        ("2014年正月", "公历"),
        ("1952年三月初五", "公历"),
        ("阴历1952.3.5", "公历"),
        ("民国36年3月5日", "公历"),
        ("2014-02-30", "没有2014-02-30这一天"),
        ("3月5日", "没有写哪一年"),
        ("3.5", "没有写哪一年"),
        ("14.3.5", "年份要写四位"),
        ("14年3月5日", "年份要写四位"),
        ("2014年3月", "没有写哪一天"),
        (2014.3, "没有写哪一天"),
        (2014.1, "分不清是1月还是10月"),
        ("上周三", ""),
        (True, ""),
    ],
)
def test_a_day_that_cannot_be_read_is_explained(cell: Any, hint: str) -> None:
    found = reading(day(), cell)
    assert codes_of(found) == ["J304"]
    assert (hint in found.faults[0][1]) if hint else (found.faults[0][1] == "")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2014年3月", date(2014, 3, 1)),
        ("2014.1", date(2014, 1, 1)),
        (2014.3, date(2014, 3, 1)),
        (201403, date(2014, 3, 1)),
        ("2014.10", date(2014, 10, 1)),
        ("二〇一四年三月", date(2014, 3, 1)),
        ("2015年3月", date(2015, 3, 1)),
    ],
)
def test_a_month_where_it_will_do(cell: Any, value: date) -> None:
    assert reading(day(month_will_do=True), cell) == value


def test_january_and_october_cannot_be_told_apart_in_a_number() -> None:
    assert codes_of(reading(day(month_will_do=True), 2014.1)) == ["J304"]


def test_nobody_is_born_after_today() -> None:
    assert codes_of(reading(day(past=True), "2014-07-01")) == ["J304"]
    assert reading(day(past=True), "2014-06-30") == TODAY
