"""The slow calculator itself, against the cases worked by hand: unless it agrees it is no oracle."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from support.drawn_books import DrawnBook, DrawnParameter
from support.slow_calculator import due
from support.slow_policy import SlowBook
from support.worked_cases import cases

from jiemin.domain.entitlement import Item

NEW_YEAR = date(2014, 1, 1)


@pytest.mark.parametrize(("item", "case"), cases())
def test_the_slow_calculator_comes_to_the_amounts_worked_by_hand(item: Item, case: dict[str, Any]) -> None:
    if "day" in case["household"]:
        pytest.skip("the slow calculator knows no period that still runs")
    outcome = due(item.value, history_of(item, case), case["period"], SlowBook(county_file(case)))
    if not case.get("given", True):
        assert outcome is None
    elif "lacking" in case:
        assert sorted(outcome or []) == sorted(case["lacking"])
    else:
        # Of an item given by case nothing is due where there is none in the month.
        assert (outcome or (0, 0)) == (100 * case["before"], 100 * case["after"])


def county_file(case: Mapping[str, Any]) -> str:
    return DrawnBook({key: parameter(key, told) for key, told in case.get("settings", {}).items()}).text


def parameter(key: str, told: Any) -> DrawnParameter:
    mid_period = "last_day"
    if isinstance(told, dict):
        told, mid_period = told["values"], told["mid_period"]
    rows = told if isinstance(told, list) else [{"value": told}]
    values = [
        (
            row.get("from", NEW_YEAR),
            "raise" if row.get("raise") else "existing",
            row.get("to"),
            f'"{row["value"]}"' if isinstance(row["value"], str) else f"{row['value']}",
        )
        for row in rows
    ]
    return DrawnParameter(key, values, mid_period)


def history_of(item: Item, case: Mapping[str, Any]) -> dict[str, Any]:
    """The family of a case, as it always was."""
    household = case["household"]
    numbers: dict[str, int] = {}
    state = {
        "active": True,
        "class": household["class"],
        "income": yuan(household.get("income")),
        **{name: household.get(name) for name in ("size", "covered", "per", "keeping")},
    }
    members = [member(each, numbers) for each in case.get("members", ())]
    insured = household.get("pension_insured")
    return {
        "number": "H1",
        "states": {date.min: state},
        "members": members,
        "cases": [
            *(aid_cases(item.value, case.get("cases", ()), numbers)),
            *(aid_cases(Item.DIBAO.value, case.get("dibao_cases", ()), numbers)),
        ],
        "insured": [] if insured is None else [(date.min, insured)],
    }


def member(told: Mapping[str, Any], numbers: dict[str, int]) -> dict[str, Any]:
    return {
        "person": numbers.setdefault(told["name"], len(numbers)),
        "name": told["name"],
        "birth": told.get("birth"),
        "spells": [{"from": date.min, "until": None, "covered": told.get("covered")}],
        "health": [{"from": date.min, "grade": told.get("grade"), "health": told.get("health")}],
    }


def aid_cases(item: str, told: Any, numbers: dict[str, int]) -> Iterator[dict[str, Any]]:
    for number, each in enumerate(told, 1):
        yield {
            "case": each.get("case", f"救助{number}"),
            "item": item,
            "day": each["day"],
            "until": each.get("until"),
            "person": numbers.setdefault(each["person"], len(numbers)) if each.get("person") else None,
            "base": yuan(each.get("base")),
            "grade": each.get("grade"),
            "void": False,
        }


def yuan(amount: int | Decimal | None) -> Fraction | None:
    return None if amount is None else Fraction(amount)
