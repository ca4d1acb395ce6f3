"""The families of an approved period with the facts that decide about them, each as it stood on its day."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.aid_cases import LASTING_CASES
from jiemin.domain.deciding_days import DecidingDays, deciding_days
from jiemin.domain.entitlement import Assessment, FamilyFacts, Period
from jiemin.storage import arrears, households, subsidy_runs
from jiemin.storage.households import HouseholdState
from jiemin.usecases.entitled_families import entitled_families, families_for
from jiemin.usecases.paid_elsewhere import Members, paid_elsewhere

Found = tuple[HouseholdState, FamilyFacts]
PaidLater = Mapping[str, Mapping[date, frozenset[int]]]
"""Period → day of an approval of arrears → the households with lines of that period."""


def paid_later(connection: Connection) -> PaidLater:
    """The days on which arrears were approved, with whom they were for."""
    found: dict[str, dict[date, set[int]]] = {}
    for period, day, household in arrears.approvals(connection):
        found.setdefault(period, {}).setdefault(day, set()).add(household)
    return {period: {day: frozenset(ids) for day, ids in by_day.items()} for period, by_day in found.items()}


def days_of_period(
    connection: Connection,
    period: Period,
    approved_on: date,
    later: PaidLater,
    today: date,
    only: Sequence[int] | None = None,
) -> DecidingDays:
    """The days that decide about a period approved on `approved_on`, about all households or `only` these."""
    latest = min(period.last, today)
    first = min(approved_on, latest)
    paid = later.get(str(period), {})
    asked = [(first, only), *((day, sorted(paid[day])) for day in paid if first < day)]
    rosters = {
        day: {state.id for state in households.households_on(connection, day, ids) if state.active}
        for day, ids in asked
        if day < latest
    }
    return deciding_days(first, latest, paid, rosters)


def deciding_families(
    connection: Connection, assessment: Assessment, today: date, only: Sequence[int] | None = None
) -> Iterator[Found]:
    """Every family, or of `only` these, with a claim to the item by the facts that decide about it: of a
    period approved before its end by those of `domain.deciding_days`, of others by its last day or today."""
    period = assessment.period
    run = subsidy_runs.live_run(connection, str(period))
    approved_on = run.approved_on if run and run.approved else None
    if approved_on is None or approved_on >= min(period.last, today) or not assessment.given:
        return entitled_families(connection, assessment, today, only)
    days = days_of_period(connection, period, approved_on, paid_later(connection), today, only)
    return approved_families(connection, assessment, days, lambda _: False, only)


def approved_families(
    connection: Connection,
    assessment: Assessment,
    days: DecidingDays,
    untold: Callable[[str], bool],
    only: Sequence[int] | None = None,
) -> Iterator[Found]:
    """Every family, or of `only` these, with a claim to the item, once, or again on a later day while it is
    `untold`.

    `untold` says of a household number whether its facts of the days before did not suffice and nothing was
    approved for it: then those of a later day may. What happens on a day, such as a bill, counts to the end
    of the period; who has left by then is judged by the last day on which it was there.

    A household that was not paid yet is told of its members who were paid for in another one: they are paid
    for once (ADR 0025).
    """
    if not assessment.given:
        return
    rule, period, reads = assessment.rule, assessment.period, assessment.reads
    happening = rule.by_case and rule.item not in LASTING_CASES
    taken: set[int] = set()
    for day, ids in reversed(days.looks) if happening else days.looks:
        wanted = only if ids is None else sorted(ids if only is None else ids.intersection(only))
        found = families_for(connection, rule, period, reads, day, wanted)
        if happening:
            for state, facts in found:
                if state.id not in taken:
                    taken.add(state.id)
                    yield state, facts
            continue
        decided = [each for each in found if days.of(each[0].id) == day or untold(each[0].household_no)]
        yield from _paid_once(connection, assessment, days, day, decided)


def _paid_once(
    connection: Connection, assessment: Assessment, days: DecidingDays, day: date, decided: Sequence[Found]
) -> Iterator[Found]:
    """The same families, told of members who were paid for in another household."""
    elsewhere: dict[int, Members] = {}
    if days.first < days.latest:
        families = {state.id: facts for state, facts in decided}
        elsewhere = paid_elsewhere(connection, assessment, days.first, day, families)
    for state, facts in decided:
        told = elsewhere.get(state.id, ())
        yield state, replace(facts, paid_elsewhere=told) if told else facts
