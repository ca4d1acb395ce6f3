"""The families an item of money is for, as they stand on the day that decides."""

import json
from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.codes import HouseholdClass
from jiemin.domain.entitlement import FamilyFacts, IncomePeriod, Period, rule_for
from jiemin.domain.periods import PeriodError
from jiemin.storage import households
from jiemin.storage.households import HouseholdState


def deciding_day(period: Period, today: date) -> date:
    """The period's last day, or today while it runs; raises `PeriodError` before it has begun."""
    if today < period.first:
        raise PeriodError(f"{period.label}还没有开始，不能计算补助", "请指明已经开始的月份或年份")
    return min(period.last, today)


def entitled_families(
    connection: Connection, item: str, period: Period, today: date, ids: Sequence[int] | None = None
) -> Iterator[tuple[HouseholdState, FamilyFacts]]:
    """Every household (or of these) in the work, and of a class the item is for, on the deciding day."""
    day = deciding_day(period, today)
    classes = rule_for(item, period).classes
    for state in households.households_on(connection, day, ids):
        if state.active and state.household_class in classes:
            yield state, family_facts(state, day)


def family_facts(state: HouseholdState, day: date) -> FamilyFacts:
    """What amounts are computed from, of a household as it stands on `day`."""
    return FamilyFacts(
        household_class=HouseholdClass(state.household_class),
        day=day,
        size=state.size,
        covered=state.covered,
        income_fen=state.income_fen,
        income_period=IncomePeriod(state.income_period) if state.income_period else None,
    )


def facts_text(facts: FamilyFacts) -> str:
    """The facts as an award keeps them."""
    return json.dumps(facts.record(), ensure_ascii=False, separators=(",", ":"))


def read_facts(text: str) -> FamilyFacts:
    """The facts an award keeps."""
    return FamilyFacts.from_record(json.loads(text))
