"""The subsidies the program computes, by the names people read and the database stores."""

from jiemin.domain.periods import Month, Year, parse_month, parse_year

DIBAO_ITEM = "低保金"
"""Paid by the month; its awards' period is a month such as `2014-06`."""
LOW_INCOME_ITEM = "低收入家庭救助"
"""Paid by the year; its awards' period is a year such as `2014`."""

ITEMS = (DIBAO_ITEM, LOW_INCOME_ITEM)

Period = Month | Year
"""What an item is paid for."""


def read_period(text: str) -> Period:
    """The month or year a stored award is for; the reverse of `str`."""
    return parse_month(text) if "-" in text else parse_year(text)
