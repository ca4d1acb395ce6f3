"""A policy book read a second time, slowly: what counts on a day, written from ADR 0005 and 0024 alone.

It reads the files with `tomllib` and shares no code with the program. Yuan, per cent and years of age are
exact fractions, settings words. Of the values begun by a day the last to begin counts, of those the last
issued, of those the raise; one that has ended leaves nothing. A floor is rounded up to the fen.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files
from math import ceil, floor
from typing import Any

Value = Fraction | str


class NoValueInBookError(Exception):
    """The book says nothing of a parameter on a day that needs it; the argument is its key."""


def half_up(amount: Fraction, step: Fraction = Fraction(1, 100)) -> Fraction:
    """To the nearest whole step, a fen unless told, halves upwards."""
    return step * floor(amount / step + Fraction(1, 2))


def days_of(period: str) -> tuple[date, date]:
    """The first and last day of `2014` or `2014-06`."""
    if "-" not in period:
        return date(int(period), 1, 1), date(int(period), 12, 31)
    year, month = map(int, period.split("-"))
    return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


class SlowBook:
    """The packaged file with a county's own laid over it."""

    def __init__(self, county: str = "") -> None:
        packaged = files("jiemin.policy").joinpath("tongxiang-2014.toml").read_text("utf-8")
        self.tables = dict(_tables(tomllib.loads(packaged, parse_float=Decimal)))
        for key, told in _tables(tomllib.loads(county, parse_float=Decimal)):
            self.tables[key] = {**self.tables.get(key, {}), **told}
        self._known: dict[tuple[str, str, bool], Value | None] = {}

    def stated(self, key: str) -> bool:
        """Whether there is any value at all."""
        return bool(self.tables[key].get("values"))

    def value(self, key: str, period: str, *, raised: bool) -> Value:
        """What counts for the whole period, with the raises or without them."""
        asked = (key, period, raised)
        if asked not in self._known:
            self._known[asked] = self._for(key, period, raised)
        found = self._known[asked]
        if found is None:
            raise NoValueInBookError(key)
        return found

    def _for(self, key: str, period: str, raised: bool) -> Value | None:
        first, last = days_of(period)
        rule = self.tables[key].get("mid_period", "last_day")
        if rule == "first_day":
            return self.on(key, first, raised=raised)
        if rule == "by_month" and "-" not in period:
            ends = [days_of(f"{period}-{month:02d}")[1] for month in range(1, 13)]
            values = [self.on(key, day, raised=raised) for day in ends]
            if None in values:
                return None
            return half_up(sum((Fraction(value or 0) for value in values), Fraction()) / 12)
        return self.on(key, last, raised=raised)

    def on(self, key: str, day: date, *, raised: bool) -> Value | None:
        """What counts on one day; None where the book says nothing."""
        begun = [
            each
            for each in self.tables[key].get("values", [])
            if each["from"] <= day and (raised or each["basis"] != "raise")
        ]
        if not begun:
            return None
        told = max(begun, key=lambda each: (each["from"], each["issued"], each["basis"] == "raise"))
        if "to" in told and told["to"] < day:
            return None
        if isinstance(told["value"], str):
            return told["value"]
        value = Fraction(told["value"])
        if "at_least" in told:
            base = self.on(told["at_least"]["of"], day, raised=raised)
            if base is None:
                return None
            lowest = Fraction(base) * Fraction(told["at_least"]["percent"]) / 100
            value = max(value, Fraction(ceil(lowest * 100), 100))
        return value


def _tables(data: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every parameter's own table by its dotted key."""
    for name, table in data.items():
        if {"title", "unit", "values", "mid_period"} & table.keys():
            yield f"{above}{name}", table
        else:
            yield from _tables(table, f"{above}{name}.")
