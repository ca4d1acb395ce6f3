"""What a sheet's title and name tell of all its rows: day, unit of amounts, town and village."""

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
_VILLAGE = re.compile("[\u4e00-\u9fff]{1,8}(?:村|社区|居委会)")
_TOWN = re.compile("[\u4e00-\u9fff]{1,8}(?:镇|街道)")
_NO_NAMES = frozenset(
    "城镇 乡镇 各镇 全镇 本镇 分镇 按镇 各街道 全街道 本街道 镇街道 乡镇街道 各镇街道 "
    "农村 各村 全村 本村 分村 按村 行政村 自然村 贫困村 薄弱村 重点村 示范村 "
    "各社区 全社区 本社区 村社区 各村社区 城镇社区 城市社区 农村社区".split()
)
"""Sheets are called so that list the places of a sort, not one of that name."""


def date_in(texts: Sequence[Cell]) -> date | None:
    """The day, or the first day of the quarter or month, that the title names; None without one.

    A day, month or quarter alone on which the form was filled in or printed does not count, nor
    does a year alone.
    """
    for cell in texts:
        if isinstance(cell, str) and len(cell) <= _LONGEST:
            plain = _FILLED.sub("", _plain(cell))
            plain = _CHINESE_YEAR.sub(lambda year: year[0].translate(_DIGITS), plain)
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


def village_in(name: str) -> str | None:
    """The village of which a sheet of this name is the list: 虹桥村, not 农村 or 虹桥村名册."""
    plain = _plain(name)
    return plain if _VILLAGE.fullmatch(plain) and plain not in _NO_NAMES else None


def town_in(texts: Sequence[Cell]) -> str | None:
    """The first of the texts that is a town's name and nothing else: 乌镇镇, not 城镇 or 乌镇镇名册."""
    plain = (_plain(cell) for cell in texts if isinstance(cell, str) and len(cell) <= _LONGEST)
    return next((text for text in plain if _TOWN.fullmatch(text) and text not in _NO_NAMES), None)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
