"""A parameter of the policy and its dated values.

Amounts are whole fen, percentages whole thousandths (80 % is 800), ages whole years, settings one of
the words the parameter allows. Nothing here is a float.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from jiemin.domain.money import format_yuan
from jiemin.domain.periods import FOREVER


class Unit(StrEnum):
    """What a parameter's values count, as the parameter files write it."""

    PERSON_MONTH = "元/人/月"
    PERSON_YEAR = "元/人/年"
    HOUSEHOLD_MONTH = "元/户/月"
    HOUSEHOLD_YEAR = "元/户/年"
    HOUSEHOLD_ONCE = "元/户"
    PERCENT = "%"
    AGE = "岁"
    SETTING = "选项"

    @property
    def is_money(self) -> bool:
        """Whether values are amounts in fen."""
        return self.value.startswith("元")

    @property
    def is_yearly_money(self) -> bool:
        """Whether values are amounts for a year, of which a twelfth falls to each month."""
        return self in {Unit.PERSON_YEAR, Unit.HOUSEHOLD_YEAR}


class MidPeriod(StrEnum):
    """Which value counts for a period within which the value changes (ADR 0024).

    That of the period's last day; that of its first; or, of yearly money paid for a year, the mean of
    the values on the last days of its twelve months.
    """

    LAST_DAY = "last_day"
    FIRST_DAY = "first_day"
    BY_MONTH = "by_month"


class Basis(StrEnum):
    """Whether a value was there anyway or is a raise the notice brings."""

    EXISTING = "existing"
    RAISE = "raise"


Value = int | str
"""Fen, thousandths, years of age, or the word of a setting, according to the unit."""


@dataclass(frozen=True, slots=True)
class Floor:
    """ "Not below so many per cent of another parameter" (notice 二.2: 不低于城镇标准的80%)."""

    permille: int
    of: str

    def over(self, base: int) -> int:
        """The floor over `base` in fen; a broken fen counts as a whole one, or it were below."""
        return -(-base * self.permille // 1000)


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value in force from `start` up to, not including, `end`, and the document that says so.

    `end` is `FOREVER` when the value lasts until the next one. `issued` is the day it became
    known. `quote` holds the clause's own words, where it has any. `assumed` marks what the
    document leaves open; `note` then says what was assumed.
    """

    start: date
    issued: date
    value: Value
    document: str
    clause: str
    basis: Basis
    end: date = FOREVER
    at_least: Floor | None = None
    quote: str = ""
    assumed: bool = False
    note: str = ""

    @property
    def order(self) -> tuple[date, date, bool]:
        """Of the values begun by a day the greatest in this order is the one in force: the latest
        to begin, of those the latest issued, of those the raise."""
        return (self.start, self.issued, self.basis is Basis.RAISE)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number or setting of the policy with all its values, in their order.

    `choices` explains each word a setting may have; it is empty for numbers. A parameter without
    values is one the program knows of and the county has not stated yet.
    """

    key: str
    title: str
    unit: Unit
    values: tuple[DatedValue, ...]
    choices: Mapping[str, str] = field(default_factory=dict)
    checked: date | None = None
    """The day somebody last compared the values with their documents."""
    mid_period: MidPeriod = MidPeriod.LAST_DAY

    def show(self, value: Value) -> str:
        """A value in words: `每人每月416元`, `80%`, or what a setting's word means."""
        return show_value(self.unit, value, self.choices)


_PHRASE = {
    Unit.PERSON_MONTH: "每人每月",
    Unit.PERSON_YEAR: "每人每年",
    Unit.HOUSEHOLD_MONTH: "每户每月",
    Unit.HOUSEHOLD_YEAR: "每户每年",
    Unit.HOUSEHOLD_ONCE: "每户",
}


def show_value(unit: Unit, value: Value, choices: Mapping[str, str]) -> str:
    """A value of this unit in words."""
    if isinstance(value, str):
        return choices[value]
    if unit.is_money:
        return f"{_PHRASE[unit]}{format_yuan(value)}"
    return f"{value}周岁" if unit is Unit.AGE else f"{show_percent(value)}%"


def show_percent(permille: int) -> str:
    """Thousandths as per cent without the sign: 800 is `80`, 625 is `62.5`."""
    whole, tenth = divmod(permille, 10)
    return f"{whole}.{tenth}" if tenth else str(whole)
