"""Cells that hold figures: numbers given, accounts, persons, money, days."""

import re
import unicodedata
from datetime import date, datetime
from typing import Any

from jiemin.domain.money import MoneyError, parse_yuan
from jiemin.domain.periods import NoSuchDayError, PeriodError, parse_day, parse_month
from jiemin.sheets.grid import Cell, shown
from jiemin.sheets.values.cell import NO_ONE, Reader, fault, plain, several_figures

_WHOLE_DIGITS = 10**15
"""A cell number keeps 15 digits; of a larger one the last are lost for ever."""
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d+")
_WITHOUT_YEAR = re.compile(r"\d{1,2}月(?:\d{1,2}[日号]?)?|\d{1,2}[./-]\d{1,2}")
_SHORT_YEAR = re.compile(r"\d{2}年\d{1,2}月.*|\d{2}([./-])\d{1,2}\1\d{1,2}")
_NOT_SOLAR = re.compile("农历|阴历|旧历|正月|冬月|腊月|初[一二三四五六七八九十]|廿|闰|民国")
_SERIAL = re.compile(r"[1-9]\d{4}(?:\.\d+)?", re.ASCII)
_PERSONS = re.compile(r"(?:(\d{1,2})(?:\.0+)?|([一二两三四五六七八九十]))(?:[个口名]?人|口)?", re.ASCII)
_NUMERALS = "一二三四五六七八九十"
_SEVERAL = re.compile(r"[、,;]|\S\s*\n\s*\S")
_ACCOUNT = re.compile(r"[0-9A-Z][0-9A-Z-]{5,39}", re.ASCII | re.IGNORECASE)


def number_given(cell: Cell, _: date) -> Any:
    """A household's or cadre's number; zeros and 无 stand for none."""
    if isinstance(cell, float | int) and abs(cell) >= _WHOLE_DIGITS:
        return fault("J312")
    written = shown(cell)
    if not (written.isascii() and written.isalnum()):
        if _SEVERAL.search(unicodedata.normalize("NFKC", written)):
            return fault("J315")
        written = plain(written)
    return None if written in NO_ONE or not written.strip("0") else written


def account(cell: Cell, _: date) -> Any:
    """A bank account; masked is none, a number of more than 15 digits has lost some.

    Blanks between its digits do not matter, but two accounts are not run into one.
    """
    if isinstance(cell, float | int) and abs(cell) >= _WHOLE_DIGITS:
        return fault("J309")
    written = plain(shown(cell))
    if _SCIENTIFIC.fullmatch(written):
        return fault("J309")
    if "*" in written or written in NO_ONE:
        return None
    several = _SEVERAL.search(shown(cell))
    return written if _ACCOUNT.fullmatch(written) and not several else fault("J315")


def persons(cell: Cell, _: date) -> Any:
    """A number of persons, 0 to 50."""
    written = shown(cell)
    match = None if several_figures(written) else _PERSONS.fullmatch(plain(written))
    if match is None:
        return fault("J306")
    number = int(match[1]) if match[1] else _NUMERALS.index(match[2].replace("两", "二")) + 1
    return number if number <= 50 else fault("J306")


def income(period: str, scale: str = "") -> Reader:
    """A reader for income of a 月 or 年, in fen; `scale` 万 is for columns headed 万元."""
    other = "年" if period == "月" else "月"
    around = re.compile(
        rf"(?:家庭)?(?:每?{period}(?:总?收入)?)?[:为]?(?P<amount>.*?)(?P<unit>元?)(?:/每?{period}|每{period})?"
    )

    def read(cell: Cell, _: date) -> Any:
        if isinstance(cell, bool) or not isinstance(cell, str | int | float):
            return fault("J305")
        if isinstance(cell, str) and several_figures(cell):
            return fault("J305", "一格里有几个数")
        if isinstance(cell, str) or scale:
            written = plain(shown(cell))
            if written in NO_ONE and written != "0":
                return fault("J305", "没有收入请填0")
            if other in written:
                return fault("J305", f"这一列是{period}收入")
            match = around.fullmatch(written)
            amount = (match["amount"] if match else written).removesuffix(".")
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
    written = plain(shown(cell))
    if not isinstance(cell, bool) and _SERIAL.fullmatch(written):
        return "像是日期的序号，请把单元格设为日期格式"
    if _NOT_SOLAR.search(written):
        return "请换算成公历"
    try:
        parse_day(written)
    except NoSuchDayError:
        return f"没有{written}这一天"
    except PeriodError:
        return _lacks(written, is_number=isinstance(cell, float))
    return ""


def _lacks(written: str, *, is_number: bool) -> str:
    """What a date that is none does not say."""
    if _WITHOUT_YEAR.fullmatch(written):
        return "没有写哪一年"
    if _SHORT_YEAR.fullmatch(written):
        return "年份要写四位"
    try:
        parse_month(written)
    except PeriodError:
        return ""
    return f"{written}分不清是1月还是10月" if is_number and written.endswith(".1") else "没有写哪一天"
