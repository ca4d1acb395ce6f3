"""Cells that hold figures: numbers given, accounts, persons, money, days."""

import re
from datetime import date, datetime
from typing import Any

from jiemin.domain.money import MoneyError, parse_yuan
from jiemin.domain.periods import NoSuchDayError, PeriodError, parse_day, parse_month
from jiemin.sheets.grid import Cell, shown
from jiemin.sheets.values.cell import NO_ONE, Reader, fault, plain

_WHOLE_DIGITS = 10**15
"""A cell number keeps 15 digits; of a larger one the last are lost for ever."""
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d+")
_WITHOUT_YEAR = re.compile(r"\d{1,2}月(?:\d{1,2}[日号]?)?|\d{1,2}[./-]\d{1,2}")
_PERSONS = re.compile(r"(\d{1,2})(?:口?人|口)?", re.ASCII)


def number_given(cell: Cell, _: date) -> Any:
    """A household's or cadre's number; zeros and 无 stand for none."""
    if isinstance(cell, float | int) and abs(cell) >= _WHOLE_DIGITS:
        return fault("J312")
    written = plain(shown(cell))
    return None if written in NO_ONE or not written.strip("0") else written


def account(cell: Cell, _: date) -> Any:
    """A bank account; masked is none, a number of more than 15 digits has lost some."""
    if isinstance(cell, float | int) and abs(cell) >= _WHOLE_DIGITS:
        return fault("J309")
    written = plain(shown(cell))
    if _SCIENTIFIC.fullmatch(written):
        return fault("J309")
    return None if "*" in written or written in NO_ONE else written


def persons(cell: Cell, _: date) -> Any:
    """A number of persons, 0 to 50."""
    match = _PERSONS.fullmatch(plain(shown(cell)))
    return int(match[1]) if match and int(match[1]) <= 50 else fault("J306")


def income(period: str, scale: str = "") -> Reader:
    """A reader for income of a 月 or 年, in fen; `scale` 万 is for columns headed 万元."""
    other = "年" if period == "月" else "月"
    around = re.compile(
        rf"(?:家庭)?(?:每?{period}(?:总?收入)?)?[:为]?(?P<amount>.*?)(?P<unit>元?)(?:/每?{period}|每{period})?"
    )

    def read(cell: Cell, _: date) -> Any:
        if isinstance(cell, bool) or not isinstance(cell, str | int | float):
            return fault("J305")
        if isinstance(cell, str) or scale:
            written = plain(shown(cell))
            if other in written:
                return fault("J305", f"这一列是{period}收入")
            match = around.fullmatch(written)
            amount = match["amount"] if match else written
            cell = amount + scale if amount[-1:].isdigit() and not (match and match["unit"]) else amount
        try:
            fen = parse_yuan(cell)
        except MoneyError:
            return fault("J305")
        return fen if fen >= 0 else fault("J305", "收入不能是负数")

    return read


def day(*, month_will_do: bool = False, past: bool = False) -> Reader:
    """A reader for dates.

    A month alone means its first day where that `month_will_do`; with `past` no later day than
    today can be right.
    """

    def read(cell: Cell, today: date) -> Any:
        if isinstance(cell, datetime):
            found: date | None = cell.date()
        elif isinstance(cell, date):
            found = cell
        else:
            found = _written_day(cell, month_will_do)
        if found is None or found.year < 1900:
            return fault("J304", _day_hint(cell))
        return fault("J304", "在今天以后") if past and found > today else found

    return read


def _written_day(cell: Cell, month_will_do: bool) -> date | None:
    written = shown(cell)
    try:
        return parse_day(written)
    except PeriodError:
        if not month_will_do or (isinstance(cell, float) and written.endswith(".1")):
            return None  # the number 2014.1 may be January or October
    try:
        return parse_month(written).first
    except PeriodError:
        return None


def _day_hint(cell: Cell) -> str:
    if isinstance(cell, int | float) and 10_000 <= cell < 100_000:
        return "像是日期的序号，请把单元格设为日期格式"
    written = shown(cell)
    try:
        parse_day(written)
    except NoSuchDayError:
        return f"没有{written}这一天"
    except PeriodError:
        return "没有写哪一年" if _WITHOUT_YEAR.fullmatch(plain(written)) else ""
    return ""
