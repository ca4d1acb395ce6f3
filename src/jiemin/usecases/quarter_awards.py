"""The money of a quarter for its report: what is on record, and drafts of what is not yet."""

from datetime import date

from sqlalchemy import Connection

from jiemin.domain.entitlement import Item, Period
from jiemin.domain.indicators import AwardLine, MissingAward
from jiemin.domain.periods import Quarter, Year
from jiemin.domain.policy import Book
from jiemin.usecases.period_awards import period_awards


def quarter_awards(
    connection: Connection, quarter: Quarter, book: Book, today: date
) -> tuple[list[AwardLine], list[MissingAward]]:
    """低保金 of the quarter's months and 低收入家庭救助 of its year, as far as they have begun."""
    return period_awards(connection, _periods(quarter, today), book, today)


def _periods(quarter: Quarter, today: date) -> list[tuple[Item, Period]]:
    """What the forms show: 低保金 and 低收入家庭救助."""
    periods: list[tuple[Item, Period]] = [(Item.DIBAO, month) for month in quarter.months]
    return [
        (item, period)
        for item, period in [*periods, (Item.LOW_INCOME, Year(quarter.year))]
        if period.first <= today
    ]
