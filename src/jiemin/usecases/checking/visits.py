"""Findings of visits."""

from collections.abc import Iterator
from datetime import timedelta

from jiemin.domain.checks.finding import Finding, Group, Unchecked
from jiemin.domain.checks.settings import CheckSettings
from jiemin.domain.checks.visit_facts import VisitFacts, VisitOnRecord
from jiemin.domain.checks.visits import visit_findings
from jiemin.domain.codes import HouseholdStatus, VisitKind
from jiemin.domain.periods import Quarter
from jiemin.domain.visits import QuarterVisits, Span, paired_visitors, quarter_visits
from jiemin.storage.checking_visits import corrections, inspected, promised_days, visits_on_record
from jiemin.usecases.checking.gathering import Gathering


def check_visits(
    gathered: Gathering, settings: CheckSettings, quarter: Quarter | None
) -> Iterator[Finding | Unchecked]:
    """What is found of visits, and what of them cannot be checked; households overdue are those of
    `quarter`, else of the last quarter that is over."""
    since = Quarter.of(gathered.today)
    for _ in range(settings.look_back):
        since = before(since)
    first = min(since.first, quarter.first) if quarter else since.first
    visits = visits_on_record(gathered.connection, first)
    facts = VisitFacts(
        county=gathered.county,
        visits=visits,
        spells=gathered.spells,
        members=gathered.members,
        pairings=gathered.pairings,
        promised=promised_days(gathered.connection, gathered.today),
        judged=_judged(gathered, visits, quarter or before(Quarter.of(gathered.today))),
        inspected=inspected(gathered.connection),
        corrected=corrections(gathered.connection),
    )
    yield from visit_findings(facts, settings)
    yield from _not_checked(visits)


def before(quarter: Quarter) -> Quarter:
    """The quarter before another."""
    return Quarter.of(quarter.first - timedelta(days=1))


def _judged(gathered: Gathering, visits: list[VisitOnRecord], quarter: Quarter) -> QuarterVisits:
    """The quarter by the one definition of due and made, of the households nobody called on in it.

    Of the others none can be overdue if a visitor was paired, and those are looked at as well whose visitors
    were not. Raises `PeriodError` for a quarter that has not begun.
    """
    first, after = quarter.first, quarter.after
    within = [visit for visit in visits if first <= visit.day < after]
    made = {
        visit.household_no
        for visit in within
        if visit.kind is not VisitKind.PHONE
        and paired_visitors(visit, gathered.pairings.get(visit.household_no, ()))
    }
    left = gathered.spells.keys() - made
    return quarter_visits(
        quarter,
        gathered.today,
        {
            number: [
                Span(spell.start, spell.end)
                for spell in gathered.spells[number]
                if spell.status is HouseholdStatus.ACTIVE
            ]
            for number in left
        },
        [
            span
            for number in left
            for span in gathered.pairings.get(number, ())
            if span.start < after and span.end > first
        ],
        [visit for visit in within if visit.household_no in left],
    )


def _not_checked(visits: list[VisitOnRecord]) -> Iterator[Unchecked]:
    unknown = sum(each.entered_on is None and each.kind is not VisitKind.PHONE for each in visits)
    if unknown:
        yield Unchecked(
            Group.VISITS, f"{unknown}次走访是不是过后补登的", "登记得早，那时还没有记下登记的日子"
        )
    yield Unchecked(Group.VISITS, "走访那天家里有没有人", "没有登记外出务工、住院的起止日期")
    yield Unchecked(Group.VISITS, "一天走访的几户相距多远", "没有各村的位置，只比是不是同一个镇")
