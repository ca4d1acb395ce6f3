"""Cases worked by hand, as an officer would check them: `cases/*.toml` against the packaged policy."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from jiemin.domain.codes import HouseholdClass
from jiemin.domain.entitlement import (
    DIBAO_ITEM,
    LOW_INCOME_ITEM,
    Assessment,
    Entitlement,
    FamilyFacts,
    IncomePeriod,
    read_period,
)
from jiemin.policy.book_file import load_book

BOOK = load_book()
ITEMS = {"dibao": DIBAO_ITEM, "low_income": LOW_INCOME_ITEM}


def cases() -> list[Any]:
    found = []
    for path in sorted(Path(__file__).with_name("cases").glob("*.toml")):
        told = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
        found += [
            pytest.param(ITEMS[path.stem], case, id=f"{path.stem} {case['what']}") for case in told["case"]
        ]
    return found


def fen(yuan: int | Decimal) -> int:
    return int(yuan * 100)


@pytest.mark.parametrize(("item", "case"), cases())
def test_the_program_comes_to_the_amounts_worked_by_hand(item: str, case: dict[str, Any]) -> None:
    household, period = case["household"], read_period(case["period"])
    facts = FamilyFacts(
        household_class=HouseholdClass(household["class"]),
        day=period.last,
        size=household.get("size"),
        covered=household.get("covered"),
        income_fen=fen(household["income"]) if "income" in household else None,
        income_period=IncomePeriod(household["per"]) if "per" in household else None,
    )
    due = Assessment(item, period, BOOK).entitlement(facts)
    assert isinstance(due, Entitlement)
    assert (due.before_fen, due.after_fen) == (fen(case["before"]), fen(case["after"]))
    assert due.uplift_fen == fen(case["uplift"])
    assert case["source"]


def test_there_are_cases_of_both_items() -> None:
    assert len(cases()) >= 15
