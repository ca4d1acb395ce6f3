"""What stands above the header: the day a roster speaks of, and the unit of its amounts."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from jiemin.domain.periods import Month, PeriodError, parse_day, parse_quarter
from jiemin.sheets.grid import Cell

_FILLED = re.compile(r"(?:填报|填表|制表|打印|编制|上报|印发|导出)(?:时间|日期)[:：]?[^:：]*")
_DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-./]\d{1,2}[-./]\d{1,2}")
_QUARTER = re.compile(r"\d{4}年?第?[一二三四1-4]季度?")
_MONTH = re.compile(r"(\d{4})年(\d{1,2})月")
_CHINESE_YEAR = re.compile("[〇○零一二三四五六七八九]{4}(?=年)")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_LONGEST = 200
"""What is longer is an instruction, and its dates are examples."""
_UNIT = re.compile(r"单位[:：].*")


def date_in(texts: Sequence[Cell]) -> date | None:
    """The day, or the first day of the quarter or month, that the title names; None without one.

    A day, month or quarter alone on which the form was filled in or printed does not count, nor
    does a year alone.
    """
    for cell in texts:
        if isinstance(cell, str) and len(cell) <= _LONGEST:
            plain = "".join(unicodedata.normalize("NFKC", cell).split())
            plain = _CHINESE_YEAR.sub(lambda year: year[0].translate(_DIGITS), _FILLED.sub("", plain))
            found = _day(plain)
            if found is not None:
                return found
    return None


def _day(plain: str) -> date | None:
    try:
        if day := _DAY.search(plain):
            return parse_day(day[0])
        if quarter := _QUARTER.search(plain):
            return parse_quarter(quarter[0]).first
        if month := _MONTH.search(plain):
            return Month(int(month[1]), int(month[2])).first
    except (PeriodError, ValueError):
        return None
    return None


def speaks_of_wan(texts: Sequence[Cell]) -> bool:
    """Whether the line 单位：户、人、万元 gives all amounts in 万元."""
    units = (_UNIT.search(cell) for cell in texts if isinstance(cell, str) and len(cell) <= _LONGEST)
    return any(unit and "万元" in unit[0] and not re.search("(?<!万)元", unit[0]) for unit in units)
