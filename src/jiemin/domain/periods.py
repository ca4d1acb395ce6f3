"""Months, quarters, years and the dates people write.

Every span of time is half-open, `[first, after)`; `last` is the day before `after`.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from jiemin.errors import JieminError

FOREVER = date(9999, 12, 31)
"""The end of a span that has no end yet; no span reaches this day."""


class PeriodError(JieminError):
    """The text names no date, month, quarter or year that exists."""


class NoSuchDayError(PeriodError):
    """The text is a date, but the calendar has no such day."""


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month."""

    year: int
    month: int

    @property
    def first(self) -> date:
        """The month's first day."""
        return date(self.year, self.month, 1)

    @property
    def after(self) -> date:
        """The first day of the next month."""
        return date(self.year + self.month // 12, self.month % 12 + 1, 1)

    @property
    def last(self) -> date:
        """The month's last day."""
        return self.after - timedelta(days=1)

    @property
    def label(self) -> str:
        """The month as forms print it."""
        return f"{self.year}年{self.month}月"

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month `day` lies in."""
        return cls(day.year, day.month)


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A calendar quarter, numbered 1 to 4."""

    year: int
    number: int

    @property
    def months(self) -> tuple[Month, Month, Month]:
        """The quarter's three months in order."""
        start = 3 * self.number - 2
        return (Month(self.year, start), Month(self.year, start + 1), Month(self.year, start + 2))

    @property
    def first(self) -> date:
        """The quarter's first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def after(self) -> date:
        """The first day of the next quarter."""
        return date(self.year + self.number // 4, 3 * self.number % 12 + 1, 1)

    @property
    def last(self) -> date:
        """The quarter's last day."""
        return self.after - timedelta(days=1)

    @property
    def label(self) -> str:
        """The quarter as forms print it."""
        return f"{self.year}年第{'一二三四'[self.number - 1]}季度"

    def __str__(self) -> str:
        return f"{self.year:04d}Q{self.number}"

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """The quarter `day` lies in."""
        return cls(day.year, (day.month + 2) // 3)


@dataclass(frozen=True, slots=True, order=True)
class Year:
    """A calendar year."""

    year: int

    @property
    def first(self) -> date:
        """1 January."""
        return date(self.year, 1, 1)

    @property
    def after(self) -> date:
        """1 January of the next year."""
        return date(self.year + 1, 1, 1)

    @property
    def last(self) -> date:
        """31 December."""
        return date(self.year, 12, 31)

    @property
    def label(self) -> str:
        """The year as forms print it."""
        return f"{self.year}年"

    def __str__(self) -> str:
        return f"{self.year:04d}"


_QUARTER = re.compile(
    r"(\d{4})\s*(?:年\s*|[-/]\s*|\s|(?=[Q第]))[Q第]?\s*([1-4一二三四])\s*(?:季度?)?", re.IGNORECASE
)
_MONTH = re.compile(r"(\d{4})\s*[-./年。–—]\s*(\d{1,2})\s*月?|(\d{4})(\d{2})")
_DAY = re.compile(
    r"(?!\d{4}\s*[./。]\s*\d{1,2}\s*[-–—])"  # 2014.4-6 is as likely April to June
    r"(\d{4})\s*[-./年\\。–—]\s*(\d{1,2})\s*[-./月\\。–—]\s*(\d{1,2})\s*[日号]?"
    r"(?:\s*[上下中]午|(?:T|\s+|\s*[上下中]午\s*)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
    r"|(\d{4})(\d{2})(\d{2})"
)
_IN_CHINESE = re.compile(
    r"(?P<year>[〇零○一二三四五六七八九]{4})年(?P<month>元|十?[一二三四五六七八九]|十)月"
    r"(?:(?P<day>[二三]?十?[一二三四五六七八九]|[二三]?十)[日号])?"
)
_CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")


def parse_quarter(text: str) -> Quarter:
    """Read `2014Q2`, `2014-2`, `2014年第二季度`; raise `PeriodError` for anything else."""
    match = _QUARTER.fullmatch(_plain(text))
    if match is None:
        raise PeriodError(f"看不懂季度“{text}”", "请写成 2014Q2 的样子")
    number = match[2]
    return Quarter(_year(match[1], text), int(number) if number.isdigit() else "一二三四".index(number) + 1)


def parse_month(text: str) -> Month:
    """Read `2014-06`, `201406`, `2014年6月`, `二〇一四年六月`; raise `PeriodError` for anything else."""
    match = _MONTH.fullmatch(_in_figures(_plain(text)))
    month = int(match[2] or match[4]) if match else 0
    if match is None or not 1 <= month <= 12:
        raise PeriodError(f"看不懂月份“{text}”", "请写成 2014-06 的样子")
    return Month(_year(match[1] or match[3], text), month)


def parse_year(text: str) -> Year:
    """Read `2014` or `2014年`; raise `PeriodError` for anything else."""
    plain = _plain(text).removesuffix("年")
    if not re.fullmatch(r"\d{4}", plain):
        raise PeriodError(f"看不懂年份“{text}”", "请写成 2014 的样子")
    return Year(_year(plain, text))


def parse_day(text: str) -> date:
    """Read a whole date in any of the forms people write.

    `2014-06-30`, `2014.6.30`, `2014/6/30`, `20140630`, `2014年6月30日`, `二〇一四年六月三十日`, with or
    without a time of day. Raises `PeriodError` when the text is no date or the day does not exist.
    """
    match = _DAY.fullmatch(_in_figures(_plain(text)))
    if match is None:
        raise PeriodError(f"看不懂日期“{text}”", "请写成 2014-06-30 的样子")
    year, month, day = match.groups()[:3] if match[1] else match.groups()[3:]
    try:
        return date(_year(year, text), int(month), int(day))
    except ValueError:
        raise NoSuchDayError(f"没有“{text}”这一天", "请核对年、月、日") from None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _in_figures(text: str) -> str:
    """A day or month in Chinese numerals as 2014年6月30日; 元月 is January."""
    written = _IN_CHINESE.fullmatch("".join(text.split()))
    if written is None:
        return text
    year, month, day = written["year"].translate(_CHINESE_DIGITS), written["month"], written["day"]
    return f"{year}年{_number(month)}月" + (f"{_number(day)}日" if day else "")


def _number(numeral: str) -> int:
    """A numeral below a hundred: 元 and 一 are 1, 十二 is 12, 三十 is 30."""
    tens, ten, ones = numeral.replace("元", "一").rpartition("十")
    return (int(tens.translate(_CHINESE_DIGITS) or 1) * 10 if ten else 0) + int(
        ones.translate(_CHINESE_DIGITS) or 0
    )


def _year(digits: str, text: str) -> int:
    if not 1900 <= int(digits) <= 2200:
        raise PeriodError(f"“{text}”的年份不对", "年份应在1900到2200之间")
    return int(digits)
