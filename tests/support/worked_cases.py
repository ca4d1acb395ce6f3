"""Cases worked by hand (`tests/policy/cases/*.toml`): their tables as facts, and as a book of values.

A case tells `what`, `period`, the `household`, and either what comes out (`before`, `after`, `uplift`, in
yuan; `lines` of the working after the raise, if they are told) or which facts are missing (`lacking`), or
that the item is not given at all (`given = false`). `source` is the sum as done by hand.

    household   class, keeping, size, covered, income and per (month or year), pension_insured, day
    members     name, birth, covered, grade (1 to 4), health
    cases       day, until, base (in yuan), grade, person (a name), case (its number)
    dibao_cases as cases: what fixes the household's 低保金, for an item that depends on it
    settings    "key" = value: in force since 2014 and for ever; or the dated values, as in
                "key" = [{value = 100}, {value = 200, from = 2014-04-01, raise = true}]; with its own
                rule for changes within a period: "key" = {values = [...], mid_period = "by_month"}

Values are written as in a policy file: yuan, per cent, years of age, or the word of a setting.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from jiemin.domain.codes import Health, HouseholdClass, Keeping
from jiemin.domain.entitlement import CaseFacts, FamilyFacts, IncomePeriod, Item, MemberFacts, Period, Reads
from jiemin.domain.periods import FOREVER
from jiemin.domain.policy import Basis, Book, DatedValue, Parameter, Unit
from jiemin.domain.policy.soundness import faults_between
from jiemin.domain.policy.values import MidPeriod

NEW_YEAR = date(2014, 1, 1)
CASES = Path(__file__).parents[1] / "policy" / "cases"
ITEMS = {
    "dibao": Item.DIBAO,
    "supplements": Item.SUPPLEMENT,
    "support": Item.SUPPORT,
    "children": Item.CHILD,
    "low_income": Item.LOW_INCOME,
    "pension": Item.PENSION,
    "health_insurance": Item.HEALTH_INSURANCE,
    "illness_insurance": Item.ILLNESS_INSURANCE,
    "medical_aid": Item.MEDICAL_AID,
    "housing": Item.HOUSING,
    "relief": Item.RELIEF,
}
"""What the files are of, by their names."""
PEOPLE_AND_CASES = ("members", "cases", "dibao_cases")


def cases() -> list[Any]:
    """Every case with its item, named for pytest."""
    found = []
    for path in sorted(CASES.glob("*.toml")):
        told = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
        found += [
            pytest.param(ITEMS[path.stem], case, id=f"{path.stem} {case['what']}") for case in told["case"]
        ]
    return found


def fen(yuan: int | Decimal) -> int:
    """Yuan as written in a case, in fen."""
    amount = yuan * 100
    assert amount == int(amount), f"{yuan}元精确到了分以下"
    return int(amount)


def facts_of(case: Mapping[str, Any], period: Period) -> FamilyFacts:
    """The family a case tells of, on the last day of its period if it names no other."""
    told = {**case["household"], **{name: case[name] for name in PEOPLE_AND_CASES if name in case}}
    numbers: dict[str, int] = {}
    facts = FamilyFacts(
        household_class=HouseholdClass(told.pop("class")),
        day=told.pop("day", period.last),
        size=told.pop("size", None),
        covered=told.pop("covered", None),
        income_fen=_fen_or_none(told.pop("income", None)),
        income_period=IncomePeriod(told.pop("per")) if "per" in told else None,
        keeping=Keeping(told.pop("keeping")) if "keeping" in told else None,
        members=tuple(_member(each, numbers) for each in told.pop("members", ())),
        cases=tuple(_case(each, no, numbers) for no, each in enumerate(told.pop("cases", ()), 1)),
        pension_insured=told.pop("pension_insured", None),
        dibao_cases=tuple(_case(each, no, numbers) for no, each in enumerate(told.pop("dibao_cases", ()), 1)),
    )
    assert not told, f"不认识：{'、'.join(told)}"
    return facts


def as_read(facts: FamilyFacts, reads: frozenset[Reads]) -> FamilyFacts:
    """The facts without what the item does not read, as they are loaded for it."""
    return replace(
        facts,
        members=facts.members if Reads.MEMBERS in reads else (),
        cases=facts.cases if Reads.CASES in reads else (),
        dibao_cases=facts.dibao_cases if Reads.DIBAO_CASES in reads else (),
        pension_insured=facts.pension_insured if Reads.PENSION_INSURED in reads else None,
    )


def book_with(book: Book, settings: Mapping[str, Any]) -> Book:
    """The book with other values of some parameters; all their packaged values give way."""
    own = [_parameter(book.parameters[key], told) for key, told in settings.items()]
    changed = Book.of([*(each for each in book.parameters.values() if each.key not in settings), *own])
    days = {key: each.values for key, each in changed.parameters.items()}
    assert faults_between(changed.parameters, days) == []
    return changed


def _fen_or_none(yuan: int | Decimal | None) -> int | None:
    return None if yuan is None else fen(yuan)


def _member(told: dict[str, Any], numbers: dict[str, int]) -> MemberFacts:
    name = told["name"]
    assert told.keys() <= {"name", "birth", "covered", "grade", "health"}, told
    return MemberFacts(
        person_id=numbers.setdefault(name, len(numbers) + 1),
        name=name,
        birth=told.get("birth"),
        covered=told.get("covered"),
        disability_grade=told.get("grade"),
        health=Health(told["health"]) if "health" in told else None,
    )


def _case(told: dict[str, Any], number: int, numbers: dict[str, int]) -> CaseFacts:
    name = told.get("person", "")
    assert told.keys() <= {"case", "day", "until", "base", "grade", "person"}, told
    return CaseFacts(
        case_no=told.get("case", f"救助{number}"),
        day=told["day"],
        until=told.get("until"),
        person_id=numbers.setdefault(name, len(numbers) + 1) if name else None,
        name=name,
        base_fen=_fen_or_none(told.get("base")),
        grade=told.get("grade", ""),
    )


def _parameter(parameter: Parameter, told: Any) -> Parameter:
    """The parameter with the values told in a case, by themselves or dated."""
    mid_period = parameter.mid_period
    if isinstance(told, dict):
        assert told.keys() == {"values", "mid_period"}, told
        told, mid_period = told["values"], MidPeriod(told["mid_period"])
    rows = told if isinstance(told, list) else [{"value": told}]
    return replace(parameter, values=tuple(_values(parameter.unit, rows)), mid_period=mid_period)


def _values(unit: Unit, rows: list[dict[str, Any]]) -> Iterator[DatedValue]:
    for row in rows:
        assert row.keys() <= {"value", "from", "to", "raise"}, row
        start = row.get("from", NEW_YEAR)
        yield DatedValue(
            start=start,
            issued=start,
            value=_value(unit, row["value"]),
            document="县里的文件",
            clause="一",
            basis=Basis.RAISE if row.get("raise") else Basis.EXISTING,
            end=row["to"] + timedelta(days=1) if "to" in row else FOREVER,
        )


def _value(unit: Unit, written: Any) -> int | str:
    if isinstance(written, str):
        return written
    if unit.is_money:
        return fen(written)
    return int(written) if unit is Unit.AGE else int(written * 10)
