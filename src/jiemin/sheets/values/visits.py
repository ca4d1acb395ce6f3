"""Cells of a log of visits: days without a year, days of promises, gifts, words that say there is nothing."""

import re
import unicodedata
from datetime import date, timedelta
from typing import Any

from jiemin.domain.codes import VISIT_KINDS, VisitKind
from jiemin.domain.money import MoneyError, parse_yuan
from jiemin.domain.periods import (
    NoSuchDayError,
    PeriodError,
    Quarter,
    Year,
    parse_day,
    parse_month,
    parse_quarter,
)
from jiemin.sheets.grid import Cell, shown
from jiemin.sheets.values.cell import NO_ONE, Faulty, Fields, Reader, Stated, fault, plain, several_figures
from jiemin.sheets.values.figures import day
from jiemin.sheets.values.people import names
from jiemin.sheets.values.words import code, text

_SEVERAL = "J606"
_YEAR_STATED = "J614"
_A_DAY = r"(?:\d{4}[-./年])?\d{1,2}[-./月]\d{1,2}[日号]?"
_SEVERAL_DAYS = re.compile(rf"{_A_DAY}(?:(?:[、,;和及与至到~]|\s+)+(?:{_A_DAY}|\d{{1,2}}[日号]))+")
_UNCERTAIN = re.compile(r"\d{1,2}\.[123]")
"""As a cell number, 4.1 may be the 1st or the 10th of April."""
_CHINESE_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_UNTIL = re.compile(r"(?P<when>.*?)(?P<end>[底末])?(?P<before>以前|之前|前)?(?:完成|办结|落实|兑现|到位)?")
_NOTHING = NO_ONE | frozenset(
    "无需求 没有需求 暂无需求 无特殊需求 无要求 没有要求 无诉求 无困难 没有困难 无承诺 没有承诺".split()
)
_BRACKETED = re.compile(r"(\w)\s*\(([^()、,;/\n]+)\)")
_CASH = re.compile("^(?:现金|慰问金|慰问款|红包|人民币)")
_usual_day = day()
_usual_kind = code(VISIT_KINDS)


def visit_day(stated: Stated | None = None) -> Reader:
    """A reader for the day of a visit; one without a year is of the year that the sheet states, if any.

    Several days in one cell are several visits, of which nobody can tell what the row says of each.
    """

    def read(cell: Cell, today: date) -> Any:
        found = _usual_day(cell, today)
        if not isinstance(found, Faulty):
            return found
        written = unicodedata.normalize("NFKC", shown(cell)).strip()
        if isinstance(cell, str) and _SEVERAL_DAYS.fullmatch(written):
            return fault(_SEVERAL)
        return _in_stated_year(cell, stated, found)

    return read


def _in_stated_year(cell: Cell, stated: Stated | None, otherwise: Faulty) -> Any:
    """The day and month as of the year the sheet states, which is told; never one outside its quarter."""
    written = plain(shown(cell))
    if stated is None or isinstance(cell, bool) or not isinstance(cell, str | float):
        return otherwise
    if isinstance(cell, float) and _UNCERTAIN.fullmatch(written):
        return fault("J304", f"{written}分不清是{written[-1]}日还是{written[-1]}0日")
    for year in (str(stated.year), str(stated.year).translate(_CHINESE_DIGITS)):
        try:
            found = parse_day(f"{year}年{written}")
        except NoSuchDayError:
            return fault("J304", f"{stated.year}年没有{written}这一天")
        except PeriodError:
            continue
        if stated.quarter is not None and Quarter.of(found) != stated.quarter:
            return fault("J304", f"表上写的是{stated.quarter.label}")
        return Faulty(((_YEAR_STATED, ""),), found)
    return otherwise


def due_day(stated: Stated | None = None) -> Reader:
    """A reader for the last day of a promise: a day, or the end of a month, quarter or year."""

    def read(cell: Cell, today: date) -> Any:
        found = _usual_day(cell, today)
        if not isinstance(found, Faulty) or not isinstance(cell, str):
            return found
        written = plain(cell)
        whole = _until(written)
        if whole is None and stated is not None:
            whole = _until(f"{stated.year}年{written.removeprefix('年')}")
            return Faulty(((_YEAR_STATED, ""),), whole) if whole else found
        return whole or found

    return read


def _until(written: str) -> date | None:
    """The last day of 2014年6月30日前, 2014年6月底, 2014年第三季度, 2014年底; None for 2014年6月前, which may
    mean the month before."""
    match = _UNTIL.fullmatch(written)
    when = match["when"] if match else written
    try:
        return parse_day(when)
    except PeriodError:
        pass
    if match and match["before"] and not match["end"]:
        return None
    for parse in (parse_month, parse_quarter):
        try:
            return parse(when).after - timedelta(days=1)
        except PeriodError:
            continue
    year = re.fullmatch(r"(\d{4})年", when)
    return Year(int(year[1])).last if year and match and match["end"] else None


def told_kind(cell: Cell, today: date) -> Any:
    """走访方式; one that is not known is taken for a call, which is told."""
    found = _usual_kind(cell, today)
    return Faulty(found.faults, VisitKind.CALL_ON) if isinstance(found, Faulty) else found


def visitors(cell: Cell, today: date) -> Any:
    """Several persons' names; one with a unit or post in brackets, 孙一（民政局）, is told as 孙一@民政局."""
    if not isinstance(cell, str):
        return names(cell, today)
    return names(_BRACKETED.sub(r"\1@\2", unicodedata.normalize("NFKC", cell)), today)


def words_said(cell: Cell, today: date) -> Any:
    """Text as written; 无 and 无需求 say that there is nothing."""
    return None if plain(shown(cell)).strip("。.") in _NOTHING else text(cell, today)


def goods(cell: Cell, today: date) -> Any:
    """What was brought along; an amount alone is none, and may be the money or what the goods are worth."""
    if isinstance(cell, str) and not plain(cell).isdecimal():
        try:
            parse_yuan(_CASH.sub("", plain(cell)))
        except MoneyError:
            return words_said(cell, today)
    return None if cell in (0, "0") else fault("J613")


def money_or_goods(cell: Cell, today: date) -> Any:
    """What a cell of 慰问款物 tells: an amount alone is the money, words are the goods, nothing is parted."""
    if isinstance(cell, str):
        written = plain(cell)
        if not _CASH.sub("", written).endswith("元") and not written.isdecimal():
            said = words_said(cell, today)
            return None if said is None else Fields(visit_gift_goods=said)
    found = gift_money(cell, today)
    if isinstance(found, Faulty) and isinstance(cell, str):
        return Fields(visit_gift_goods=text(cell, today))
    return found if isinstance(found, Faulty) or found is None else Fields(visit_gift_fen=found)


def gift_money(cell: Cell, _: date) -> Any:
    """An amount of money given, in fen."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return fault("J305")
    if isinstance(cell, str):
        written = plain(cell)
        if written in NO_ONE and written != "0":
            return None
        if several_figures(cell):
            return fault("J305", "一格里有几个数")
        cell = _CASH.sub("", written)
    try:
        fen = parse_yuan(cell)
    except MoneyError:
        return fault("J305", "物品写在“慰问品”一栏" if isinstance(cell, str) and cell else "")
    return fen if fen >= 0 else fault("J305", "慰问金不能是负数")
