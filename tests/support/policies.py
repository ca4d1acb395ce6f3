"""Small policy books, told in few words."""

from datetime import date
from typing import Any

from jiemin.domain.policy import Basis, Book, DatedValue, Floor, Parameter, Unit

NEW_YEAR, APRIL = date(2014, 1, 1), date(2014, 4, 1)


def dated(value: int | str, start: date = NEW_YEAR, **other: Any) -> DatedValue:
    """A value in force from `start`, known that day, there without the notice."""
    told: dict[str, Any] = {"issued": start, "document": "市发1号", "clause": "一", "basis": Basis.EXISTING}
    return DatedValue(start=start, value=value, **(told | other))


def parameter(key: str, *values: DatedValue, unit: Unit = Unit.PERSON_MONTH, **other: Any) -> Parameter:
    """A parameter called after its key."""
    return Parameter(key, f"标准{key}", unit, values, **other)


def setting(key: str, word: str, *words: str) -> Parameter:
    """A setting with the word in force."""
    return parameter(
        key, dated(word), unit=Unit.SETTING, choices={each: f"选{each}" for each in (word, *words)}
    )


def subsidy_book(
    *,
    urban: int = 52000,
    rural: int = 40000,
    percent: int = 80,
    formula: str = "monthly",
    rounding: str = "fen",
    household: int = 50000,
    person: int = 20000,
) -> Book:
    """All that 低保金 and 低收入家庭救助 need, amounts in fen; the raises begin in April 2014."""
    floor = Floor(percent * 10, "dibao.urban.standard")
    lift = {"basis": Basis.RAISE}
    return Book.of(
        [
            parameter("dibao.urban.standard", dated(urban)),
            parameter("dibao.rural.standard", dated(rural), dated(rural, APRIL, at_least=floor, **lift)),
            setting("dibao.formula", formula, "monthly", "yearly"),
            setting("dibao.rounding", rounding, "fen", "yuan"),
            parameter("low_income.household", dated(household), unit=Unit.HOUSEHOLD_YEAR),
            parameter("low_income.person", dated(0), dated(person, APRIL, **lift), unit=Unit.PERSON_YEAR),
        ]
    )
