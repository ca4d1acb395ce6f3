"""A stated value in words, as lists and comparisons show it."""

from datetime import date, timedelta

from jiemin.domain.periods import FOREVER
from jiemin.domain.policy.book import Book
from jiemin.domain.policy.values import Basis, DatedValue, MidPeriod, Parameter, show_percent

MID_PERIOD_WORDS = {
    MidPeriod.LAST_DAY: "中途变动的，按最后一天的算",
    MidPeriod.FIRST_DAY: "中途变动的，按第一天的算",
    MidPeriod.BY_MONTH: "年内变动的，按月折算",
}
BASIS_WORDS = {Basis.EXISTING: "原有", Basis.RAISE: "提标"}


def stated_words(book: Book, parameter: Parameter, value: DatedValue) -> str:
    """The value as its document states it: `每人每月400元，不低于城镇低保标准的80%`."""
    shown = parameter.show(value.value)
    if value.at_least is None:
        return shown
    return f"{shown}，不低于{book.title(value.at_least.of)}的{show_percent(value.at_least.permille)}%"


def span_words(value: DatedValue) -> str:
    """`2014-04-01起`, or `2014-04-01至2014-12-31` for a value that ends by itself."""
    last = last_day(value)
    return f"{value.start}至{last}" if last else f"{value.start}起"


def last_day(value: DatedValue) -> date | None:
    """The value's last day, None when it lasts until the next."""
    return None if value.end == FOREVER else value.end - timedelta(days=1)


def full_words(book: Book, parameter: Parameter, value: DatedValue) -> str:
    """The value with its end and origin: `每人每月430元（桐民〔2014〕20号 一，2014-04-20印发）`."""
    last = last_day(value)
    until = f"，到{last}为止" if last else ""
    assumed = "，推定" if value.assumed else ""
    origin = f"（{value.document} {value.clause}，{value.issued}印发{assumed}）"
    return stated_words(book, parameter, value) + until + origin
