"""Months, quarters, years and days: read in the forms people write, and their arithmetic."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiemin.domain.periods import (
    Month,
    PeriodError,
    Quarter,
    Year,
    parse_day,
    parse_month,
    parse_quarter,
    parse_year,
)

days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
DAY = timedelta(days=1)


@given(days)
def test_a_day_lies_in_its_month_quarter_and_year_alone(day: date) -> None:
    for period in (Month.of(day), Quarter.of(day), Year(day.year)):
        assert period.first <= day <= period.last < period.after
        assert period.last + DAY == period.after
    assert Month.of(Month.of(day).first - DAY) < Month.of(day) < Month.of(Month.of(day).after)
    assert Quarter.of(Quarter.of(day).first - DAY) < Quarter.of(day) < Quarter.of(Quarter.of(day).after)


@given(days)
def test_a_quarter_is_three_months_and_a_year_four_quarters(day: date) -> None:
    quarter = Quarter.of(day)
    first, second, third = quarter.months
    assert (first.first, first.after, second.after, third.after) == (
        quarter.first,
        second.first,
        third.first,
        quarter.after,
    )
    year = [Quarter(day.year, number) for number in (1, 2, 3, 4)]
    assert quarter in year
    assert [one.after for one in year[:3]] == [one.first for one in year[1:]]
    assert (year[0].first, year[3].after) == (Year(day.year).first, Year(day.year).after)


@given(days)
def test_what_a_period_is_called_reads_as_that_period(day: date) -> None:
    month, quarter, year = Month.of(day), Quarter.of(day), Year(day.year)
    assert parse_month(str(month)) == parse_month(month.label) == month
    assert parse_quarter(str(quarter)) == parse_quarter(quarter.label) == quarter
    assert parse_year(str(year)) == parse_year(year.label) == year
    assert parse_day(day.isoformat()) == day


def test_labels_are_those_of_the_forms() -> None:
    assert (Month(2014, 6).label, str(Month(2014, 6))) == ("2014年6月", "2014-06")
    assert (Quarter(2014, 2).label, str(Quarter(2014, 2))) == ("2014年第二季度", "2014Q2")
    assert (Year(2014).label, str(Year(2014))) == ("2014年", "2014")


@pytest.mark.parametrize(
    "text",
    [
        "2014Q2",
        "2014q2",
        " 2014 Q2 ",
        "2014-Q2",
        "2014-2",
        "2014/2",
        "2014 2",
        "２０１４Ｑ２",
        "2014年第二季度",
        "2014年第2季度",
        "2014年二季度",
        "2014年 第 二 季度",
        "2014年2季",
        "2014第二季度",
    ],
)
def test_the_ways_to_write_a_quarter(text: str) -> None:
    assert parse_quarter(text) == Quarter(2014, 2)


@pytest.mark.parametrize(
    "text", ["", "2014", "20142", "2014Q5", "2014Q0", "14Q2", "二季度", "2014Q22", "2014-02"]
)
def test_what_is_no_quarter_is_refused_by_name(text: str) -> None:
    with pytest.raises(PeriodError) as refusal:
        parse_quarter(text)
    assert refusal.value.message == f"看不懂季度“{text}”"
    assert "2014Q2" in refusal.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "2014-06",
        "2014-6",
        "201406",
        "2014.6",
        "2014/06",
        "2014年6月",
        "2014年06月",
        "２０１４-６",
        "二〇一四年六月",
        "二零一四年 六月",
    ],
)
def test_the_ways_to_write_a_month(text: str) -> None:
    assert parse_month(text) == Month(2014, 6)


@pytest.mark.parametrize("text", ["", "2014", "2014-13", "201400", "2014-0", "14-06", "六月", "2014-06-30"])
def test_what_is_no_month_is_refused_by_name(text: str) -> None:
    with pytest.raises(PeriodError, match="看不懂月份") as refusal:
        parse_month(text)
    assert f"“{text}”" in refusal.value.message


@pytest.mark.parametrize("text", ["", "14", "2014Q2", "二〇一四", "20145"])
def test_what_is_no_year_is_refused(text: str) -> None:
    with pytest.raises(PeriodError, match="看不懂年份"):
        parse_year(text)


@pytest.mark.parametrize(
    "text",
    [
        "2014-06-30",
        "2014-6-30",
        "2014.6.30",
        "2014/06/30",
        "2014\\6\\30",
        "20140630",
        "2014年6月30日",
        "2014年6月30",
        "2014 年 6 月 30 日",
        "2014-06-30 00:00:00",
        "2014-06-30T08:15",
        "2014-06-30 00:00:00.000",
        "2014/6/30 0:00:00",
        "2014年6月30号",
        "2014年6月30日上午",
        "2014年6月30日 下午 3:05",
        "2014。6。30",
        "2014—6—30",
        "二〇一四年六月三十日",
        "二零一四年六月三十号",
        "２０１４－０６－３０",
    ],
)
def test_the_ways_to_write_a_day(text: str) -> None:
    assert parse_day(text) == date(2014, 6, 30)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2014-06",
        "15/05/20",
        "6月30日",
        "昨天",
        "2014-06-30-1",
        "2014630",
        "二〇一四",
        "一四年六月三十日",
        "2014年6月30日左右",
        "农历2014年6月30日",
        "2014年六月初五",
        "2014年正月初一",
        "民国三十六年六月三十日",
        "2014年6月30日至7月1日",
        "2014.4-6",
        "2014/4—6",
    ],
)
def test_what_is_no_day_is_refused_by_name(text: str) -> None:
    with pytest.raises(PeriodError) as refusal:
        parse_day(text)
    assert refusal.value.message == f"看不懂日期“{text}”"


@pytest.mark.parametrize("text", ["2014-02-30", "2014-13-01", "20140431", "2014-00-10"])
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(PeriodError) as refusal:
        parse_day(text)
    assert refusal.value.message == f"没有“{text}”这一天"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("一九七五年元月一日", date(1975, 1, 1)),
        ("一九七五年十月十日", date(1975, 10, 10)),
        ("一九七五年十一月二十一日", date(1975, 11, 21)),
        ("一九七五年十二月三十一日", date(1975, 12, 31)),
        ("二〇〇〇年二月二十九日", date(2000, 2, 29)),
        ("二○一○年一月十九日", date(2010, 1, 19)),
    ],
)
def test_a_day_in_chinese_numerals(text: str, day: date) -> None:
    assert parse_day(text) == day


def test_every_day_of_a_year_reads_from_chinese_numerals() -> None:
    names = ["", *"一二三四五六七八九", "十", *(f"十{each}" for each in "一二三四五六七八九")]
    names += [f"二十{each}" for each in ["", *"一二三四五六七八九"]] + ["三十", "三十一"]
    for number in range(366):
        day = date(2012, 1, 1) + timedelta(days=number)
        assert parse_day(f"二〇一二年{names[day.month]}月{names[day.day]}日") == day


@pytest.mark.parametrize(
    ("read", "text"),
    [(parse_quarter, "0014Q2"), (parse_month, "2914-06"), (parse_year, "1014"), (parse_day, "0020-05-15")],
)
def test_a_year_that_nobody_means_is_refused(read: object, text: str) -> None:
    assert callable(read)
    with pytest.raises(PeriodError, match="年份"):
        read(text)
