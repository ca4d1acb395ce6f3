"""A value that changes within a period counts as its parameter says (ADR 0024)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.policies import APRIL, NEW_YEAR, dated, parameter

from jiemin.domain.entitlement.working import floor_lines, rule_sentence
from jiemin.domain.periods import Month, Quarter, Year
from jiemin.domain.policy import (
    Basis,
    Book,
    DatedValue,
    Floor,
    Known,
    MidPeriod,
    NoValueError,
    Parameter,
    Unit,
)

JULY = date(2014, 7, 1)
YEAR = Year(2014)
PERIODS = (Month(2014, 4), Quarter(2014, 2), YEAR)


def yearly(*values: DatedValue, mid: MidPeriod = MidPeriod.BY_MONTH, key: str = "a") -> Parameter:
    return parameter(key, *values, unit=Unit.HOUSEHOLD_YEAR, mid_period=mid)


def over(period: Month | Quarter | Year, *parameters: Parameter) -> Known:
    return Book.of(parameters).over(period).value("a", "试算")


@pytest.mark.parametrize("period", PERIODS)
def test_the_last_day_decides_unless_the_parameter_says_otherwise(period: Month | Quarter | Year) -> None:
    raised_on_the_last_day = parameter("a", dated(1), dated(2, period.last))
    assert over(period, raised_on_the_last_day).amount == 2
    assert over(period, parameter("a", dated(1), dated(2, period.after))).amount == 1


@pytest.mark.parametrize("period", PERIODS)
def test_the_first_day_decides_where_the_parameter_says_so(period: Month | Quarter | Year) -> None:
    known = over(period, parameter("a", dated(1), dated(2, period.last), mid_period=MidPeriod.FIRST_DAY))
    assert (known.amount, known.first_day) == (1, period.first)
    on_the_first = parameter(
        "a", dated(1), dated(2, period.first, issued=APRIL), mid_period=MidPeriod.FIRST_DAY
    )
    assert over(period, on_the_first).amount == 2


def test_a_first_day_without_a_value_is_asked_for() -> None:
    with pytest.raises(NoValueError, match="2014-01-01当天"):
        over(YEAR, parameter("a", dated(1, APRIL), mid_period=MidPeriod.FIRST_DAY))


def test_on_a_single_day_nothing_is_changed() -> None:
    book = Book.of([yearly(dated(50000), dated(60000, JULY))])
    known = book.on(JULY).value("a", "试算")
    assert (known.amount, known.parts, known.first_day) == (60000, (), None)


def test_by_the_month_a_year_is_the_mean_of_its_months() -> None:
    known = over(YEAR, yearly(dated(50000), dated(60000, JULY)))
    assert known.amount == 55000
    assert [(part.months, part.known.amount) for part in known.parts] == [
        ("1–6月", 50000),
        ("7–12月", 60000),
    ]
    assert known.shown == "每户每年550元"


def test_each_month_counts_by_its_last_day() -> None:
    on_the_last = over(YEAR, yearly(dated(0), dated(1200, date(2014, 1, 31))))
    after_it = over(YEAR, yearly(dated(0), dated(1200, date(2014, 12, 31))))
    assert (on_the_last.amount, after_it.amount) == (1200, 100)
    assert [part.months for part in after_it.parts] == ["1–11月", "12月"]


@pytest.mark.parametrize(("raised", "mean"), [(5, 0), (6, 1), (17, 1), (18, 2)])
def test_it_is_rounded_once_half_up_to_the_fen(raised: int, mean: int) -> None:
    assert over(YEAR, yearly(dated(0), dated(raised, date(2014, 12, 1)))).amount == mean


def test_values_that_do_not_change_within_the_year_are_taken_as_they_are() -> None:
    known = over(YEAR, yearly(dated(50000), dated(60000, date(2015, 1, 1))))
    assert (known.amount, known.parts) == (50000, ())


@pytest.mark.parametrize("period", [Month(2014, 7), Quarter(2014, 3)])
def test_for_a_month_or_quarter_the_last_day_decides(period: Month | Quarter) -> None:
    known = over(period, yearly(dated(50000), dated(60000, JULY)))
    assert (known.amount, known.parts) == (60000, ())


@pytest.mark.parametrize(
    ("value", "day"),
    [(dated(1, date(2014, 2, 1)), "2014-01-31"), (dated(1, end=date(2014, 12, 1)), "2014-12-31")],
)
def test_a_month_without_a_value_is_asked_for(value: DatedValue, day: str) -> None:
    with pytest.raises(NoValueError, match=f"{day}当天"):
        over(YEAR, yearly(value))


def test_a_floor_is_taken_in_each_month_before_the_mean() -> None:
    floored = yearly(dated(50000, at_least=Floor(800, "b")))
    base = yearly(dated(60000), dated(70000, JULY), key="b", mid=MidPeriod.LAST_DAY)
    known = over(YEAR, floored, base)
    assert [part.known.amount for part in known.parts] == [50000, 56000]
    assert known.amount == 53000
    assert [line.label for line in floor_lines(known)] == ["7–12月标准a的最低线"]


def test_a_floor_is_taken_on_the_day_of_the_value_it_lifts() -> None:
    floored = parameter("a", dated(0, at_least=Floor(1000, "b")), mid_period=MidPeriod.FIRST_DAY)
    base = parameter("b", dated(10), dated(20, APRIL), mid_period=MidPeriod.LAST_DAY)
    assert over(YEAR, floored, base).amount == 10


def test_without_the_raise_the_mean_is_that_of_what_was_there() -> None:
    lifted = yearly(dated(50000), dated(60000, JULY, basis=Basis.RAISE))
    book = Book.of([lifted])
    assert book.without_raise().over(YEAR).value("a", "试算").amount == 50000
    assert book.over(YEAR).value("a", "试算").amount == 55000


def test_the_working_says_how_the_mean_came_about() -> None:
    later = dated(
        60000, JULY, document="市发9号", clause="二", quote="提高到600元", assumed=True, note="从七月起"
    )
    known = over(YEAR, yearly(dated(50000), later))
    assert rule_sentence(known) == (
        "标准a1–6月每户每年500元、7–12月每户每年600元，按月折算550元，"
        "出自市发1号 一；市发9号 二“提高到600元”（推定：从七月起）"
    )
    assert known.source == "市发1号 一；市发9号 二"


def test_the_working_says_that_the_first_day_decided() -> None:
    known = over(YEAR, yearly(dated(50000), dated(60000, JULY), mid=MidPeriod.FIRST_DAY))
    assert rule_sentence(known) == "标准a每户每年500元（按期初2014-01-01的数），出自市发1号 一"


def test_only_yearly_amounts_have_twelfths() -> None:
    assert [unit for unit in Unit if unit.is_yearly_money] == [Unit.PERSON_YEAR, Unit.HOUSEHOLD_YEAR]


@given(st.lists(st.integers(0, 10**8), min_size=12, max_size=12))
def test_twelve_values_come_to_a_twelfth_of_their_sum(amounts: list[int]) -> None:
    values = [dated(amount, Month(2014, number).first) for number, amount in enumerate(amounts, start=1)]
    known = over(YEAR, yearly(*values))
    assert 0 <= 2 * (12 * known.amount - sum(amounts)) + 12 <= 24
    if known.parts:
        spans = [number for part in known.parts for number in range(part.first, part.last + 1)]
        assert spans == list(range(1, 13))


def test_which_value_counts_is_kept_in_the_text() -> None:
    book = Book.of([yearly(dated(50000, NEW_YEAR))])
    assert 'mid_period = "by_month"' in book.text
