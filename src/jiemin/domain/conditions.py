"""What is measured of a family at dates, for before and after (notice 三.2): units, reading, printing.

A value is a whole number of its unit's smallest part, or a word of a list:

- money: fen **a year**, as the income form before and after counts it;
- persons, and times (人次);
- area: hundredths of a square metre (㎡) or of a mu (亩);
- how a house is built, and its grade as a dangerous one.

Net income is counted as the income form does: all items of income, less what production cost.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from jiemin.domain.codes import HOUSE_BUILDS, HOUSE_GRADES, Condition, HouseBuild, HouseGrade, read_code
from jiemin.domain.money import Fen, format_yuan, parse_yuan, yuan
from jiemin.errors import JieminError

Value = int | str
"""A whole number as the module says, or the label of a word."""


class Unit(StrEnum):
    """In what a condition is measured; the label is printed behind a figure."""

    MONEY = "元"
    PERSONS = "人"
    TIMES = "人次"
    AREA = "㎡"
    LAND = "亩"
    WORD = ""


class Group(StrEnum):
    """Under what heading the file prints a condition."""

    INCOME = "收入"
    HOUSING = "住房"
    WORK = "就业"
    SCHOOL = "教育"
    INSURANCE = "保障"
    LAND = "土地"


class Better(StrEnum):
    """Whether a family is better off with more of it, with less, or neither can be said."""

    MORE = "多"
    LESS = "少"
    NEITHER = ""


class Turn(StrEnum):
    """Which way a family went between two values."""

    BETTER = "好转"
    WORSE = "变差"
    NEITHER = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """What is known of a condition; `most` is the largest number of its smallest parts that is believed.

    `words` are those of a list, from the best to the worst; one of no rank is not among `ranked`.
    """

    unit: Unit
    group: Group
    better: Better
    most: int = 0
    words: tuple[str, ...] = ()
    ranked: tuple[str, ...] = ()


class ConditionError(JieminError):
    """The text or number says nothing of what is measured."""


_MOST_FEN = 10**9
_BUILDS = tuple(each.value for each in HouseBuild)
_GRADES = tuple(each.value for each in HouseGrade)


def _income(better: Better) -> Kind:
    return Kind(Unit.MONEY, Group.INCOME, better, _MOST_FEN)


def _persons(group: Group, better: Better) -> Kind:
    return Kind(Unit.PERSONS, group, better, 50)


KINDS: Mapping[Condition, Kind] = {
    Condition.WAGES: _income(Better.MORE),
    Condition.FARMING: _income(Better.MORE),
    Condition.BUSINESS: _income(Better.MORE),
    Condition.PROPERTY: _income(Better.MORE),
    Condition.PENSION: _income(Better.MORE),
    Condition.GIFTS: _income(Better.NEITHER),
    Condition.RELIEF: _income(Better.NEITHER),
    Condition.DIBAO: _income(Better.NEITHER),
    Condition.SUBSIDIES: _income(Better.NEITHER),
    Condition.COSTS: _income(Better.NEITHER),
    Condition.LAND: Kind(Unit.LAND, Group.LAND, Better.NEITHER, 100_000),
    Condition.HOUSE_AREA: Kind(Unit.AREA, Group.HOUSING, Better.MORE, 200_000),
    Condition.HOUSE_BUILD: Kind(Unit.WORD, Group.HOUSING, Better.NEITHER, words=_BUILDS, ranked=_BUILDS[:-1]),
    Condition.HOUSE_GRADE: Kind(Unit.WORD, Group.HOUSING, Better.NEITHER, words=_GRADES, ranked=_GRADES),
    Condition.ABLE: _persons(Group.WORK, Better.NEITHER),
    Condition.EMPLOYED: _persons(Group.WORK, Better.MORE),
    Condition.TRAINED: Kind(Unit.TIMES, Group.WORK, Better.MORE, 200),
    Condition.AT_SCHOOL: _persons(Group.SCHOOL, Better.NEITHER),
    Condition.LEFT_SCHOOL: _persons(Group.SCHOOL, Better.LESS),
    Condition.HEALTH_INSURED: _persons(Group.INSURANCE, Better.MORE),
    Condition.ILLNESS_INSURED: _persons(Group.INSURANCE, Better.MORE),
    Condition.PENSION_INSURED: _persons(Group.INSURANCE, Better.MORE),
}
"""Earned income, property and pensions are better the more there are of them. Of gifts, relief and
subsidies a family has more when it is worse off, too; they are neither."""

INCOME_ITEMS = tuple(
    each for each, kind in KINDS.items() if kind.unit is Unit.MONEY and each is not Condition.COSTS
)
"""The items that add up to a year's income, in the form's order."""

_HUNDREDTHS = frozenset({Unit.AREA, Unit.LAND})
_SIGN = {Better.MORE: 1, Better.LESS: -1, Better.NEITHER: 0}

_FIGURE = r"\d{1,9}(?:\.\d*)?|\.\d+"
_COUNT = re.compile(
    r"(?:(\d{1,9})(?:\.0*)?|([零一二两三四五六七八九十]))(?:[个口名]?人次?|口|个|次)?", re.ASCII
)
_AREA = re.compile(rf"({_FIGURE})(?:m2|平方米|平米|平方|平)?", re.ASCII | re.IGNORECASE)
_LAND = re.compile(rf"(?:({_FIGURE})亩?|(\d{{1,6}})亩(\d(?:\.\d)?)分地?)", re.ASCII)
_YEARLY = re.compile(r"^(?:每年|全年|一年|年)|/?(?:每|一)?年$")
_MONTHLY = re.compile("月")
_NUMERALS = "零一二三四五六七八九十"


def read_condition(condition: Condition, told: str | int | float) -> Value:
    """What a text or cell says of a condition, in whole smallest parts or as a label.

    Takes `12000`, `1.2万元`, `3人`, `60.5平方米`, `2亩5分`, `砖木结构`; the binary noise of a cell number is
    forgiven. Raises `ConditionError` or `MoneyError` for what is none, is less than nothing, is finer
    than its smallest part or larger than any family has. Nothing is rounded or guessed.
    """
    kind = KINDS[condition]
    text = _plain(told)
    if not text:
        raise ConditionError(f"{condition}没有写是多少", _what_to_write(kind))
    if kind.words:
        return _word(condition, text)
    if text.startswith("-"):
        raise ConditionError(f"{condition}“{told}”小于0", f"最少是0{kind.unit}")
    number = _fen(condition, told, text) if kind.unit is Unit.MONEY else _number(kind.unit, text)
    if number is None:
        raise ConditionError(f"{condition}“{told}”看不懂", _what_to_write(kind))
    if number > kind.most:
        raise ConditionError(f"{condition}“{told}”大得不像一户的", f"请核对数和单位，{_unit_told(kind.unit)}")
    return number


def show_condition(condition: Condition, number: int | None, word: str | None) -> str:
    """A value as people read it: `12,000元`, `3人`, `62.5㎡`, `砖木`; "" where neither is told."""
    kind = KINDS[condition]
    if number is None:
        return word or ""
    if kind.unit is Unit.MONEY:
        return format_yuan(number)
    if kind.unit in _HUNDREDTHS:
        whole, part = divmod(number, 100)
        return (f"{whole}.{part:02d}".rstrip("0") if part else f"{whole}") + kind.unit
    return f"{number}{kind.unit}"


def figure(condition: Condition, number: int) -> Decimal | int:
    """The number in the unit itself, exact, as a workbook cell is given it: 62.50 of 6250."""
    unit = KINDS[condition].unit
    return yuan(number) if unit is Unit.MONEY or unit in _HUNDREDTHS else number


def turned(condition: Condition, before: Value, after: Value) -> Turn:
    """Which way a family went from one value to another; `NEITHER` also where nothing can be said.

    A house is better the higher its word stands in its list.
    """
    kind = KINDS[condition]
    gain = 0
    if isinstance(before, int) and isinstance(after, int):
        gain = (after - before) * _SIGN[kind.better]
    elif before in kind.ranked and after in kind.ranked:
        gain = kind.ranked.index(str(before)) - kind.ranked.index(str(after))
    return Turn.NEITHER if gain == 0 else Turn.BETTER if gain > 0 else Turn.WORSE


@dataclass(frozen=True, slots=True)
class NetIncome:
    """A year's net income in fen, below 0 when production cost more, with the items it was counted from."""

    fen: Fen
    known: tuple[Condition, ...]
    """Items of income and, last, the costs, as far as they were told."""
    unknown: tuple[Condition, ...]


def net_income(told: Mapping[Condition, int]) -> NetIncome | None:
    """The items of income that are told, less the costs of production; None if no item of income is."""
    if not any(each in told for each in INCOME_ITEMS):
        return None
    asked = (*INCOME_ITEMS, Condition.COSTS)
    known = tuple(each for each in asked if each in told)
    fen = sum(-told[each] if each is Condition.COSTS else told[each] for each in known)
    return NetIncome(fen, known, tuple(each for each in asked if each not in told))


def _plain(told: str | float) -> str:
    """The text without blanks and width; of a cell number the digits people see."""
    if isinstance(told, bool):
        return ""
    if isinstance(told, float):
        return f"{round(told, 6) + 0.0:.6f}".rstrip("0").rstrip(".")
    return "".join(unicodedata.normalize("NFKC", str(told)).split())


def _word(condition: Condition, text: str) -> str:
    table: Mapping[str, StrEnum] = HOUSE_BUILDS if condition is Condition.HOUSE_BUILD else HOUSE_GRADES
    found = read_code(table, text.upper())
    if found is None:
        raise ConditionError(f"{condition}没有“{text}”这一种", _what_to_write(KINDS[condition]))
    return found.value


def _fen(condition: Condition, told: str | float, text: str) -> int:
    """An amount for a year; one for a month is not multiplied."""
    if _MONTHLY.search(text):
        raise ConditionError(f"{condition}“{told}”是按月的数", "请填全年的合计，单位元")
    return parse_yuan(_YEARLY.sub("", text) if isinstance(told, str) else told)


def _number(unit: Unit, text: str) -> int | None:
    """Persons and times as they are, areas in hundredths; None for what is no number of them."""
    if unit is Unit.LAND:
        match = _LAND.fullmatch(text)
        if match is None:
            return None
        return _hundredths(match[1], text) if match[1] else _mu_and_fen(match[2], match[3], text)
    if unit is Unit.AREA:
        match = _AREA.fullmatch(text)
        return _hundredths(match[1], text) if match else None
    match = _COUNT.fullmatch(text)
    if match is None:
        return None
    return int(match[1]) if match[1] else _NUMERALS.index(match[2].replace("两", "二"))


def _hundredths(digits: str, text: str) -> int:
    whole, _, part = digits.partition(".")
    if part[2:].strip("0"):
        raise ConditionError(f"“{text}”太细了", "最多两位小数")
    return int(whole or 0) * 100 + int(part[:2].ljust(2, "0"))


def _mu_and_fen(mu: str, fen: str, text: str) -> int:
    """2亩5分: ten 分 are one 亩."""
    return int(mu) * 100 + _hundredths(fen, text) // 10


def _what_to_write(kind: Kind) -> str:
    if kind.words:
        return f"只能是{'、'.join(kind.words)}"
    return f"只填一个数，{_unit_told(kind.unit)}；没有就填0"


def _unit_told(unit: Unit) -> str:
    """How the unit is told where a figure was wrong."""
    return {Unit.MONEY: "单位元，一年的合计", Unit.AREA: "单位㎡（平方米）"}.get(unit, f"单位{unit}")
