"""Findings of subsidies and of the quarter's forms."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date

from jiemin.domain.checks.county import Home
from jiemin.domain.checks.finding import Finding, Group, Unchecked
from jiemin.domain.checks.money import (
    FailedCheck,
    GoneChild,
    LackingAward,
    MoneyFacts,
    StaleAward,
    money_findings,
)
from jiemin.domain.codes import HouseholdClass
from jiemin.domain.entitlement import Assessment, FamilyFacts, IncomePeriod, Item, Period
from jiemin.domain.money import format_yuan
from jiemin.domain.periods import Month, Quarter, Year
from jiemin.domain.policy import Book, NoValueError
from jiemin.errors import JieminError
from jiemin.storage import aid_cases, persons
from jiemin.storage.checking_visits import AwardMismatch, award_mismatches
from jiemin.storage.database import Database
from jiemin.usecases.checking.gathering import Gathering
from jiemin.usecases.checking.rolls import standards
from jiemin.usecases.checking.visits import before
from jiemin.usecases.entitled_families import entitled_families


def check_money(
    gathered: Gathering, book: Book, failed: Sequence[FailedCheck] | None
) -> Iterator[Finding | Unchecked]:
    """What is found of subsidies; `failed` are the forms' cross-checks, None when they were not made."""
    known = standards(gathered, book)
    facts = MoneyFacts(
        county=gathered.county,
        urban_fen=known.get(HouseholdClass.URBAN_DIBAO),
        rural_fen=known.get(HouseholdClass.RURAL_DIBAO),
        stale=[_stale(row) for row in award_mismatches(gathered.connection, gathered.today)],
        lacking=list(_lacking(gathered, book)),
        gone=list(_gone(gathered)),
        failed=failed or (),
    )
    yield from money_findings(facts)
    if len(known) < 2:
        yield Unchecked(Group.MONEY, "农村低保标准够不够城镇的80%", "政策文件没有写当天的标准")
    if failed is None:
        yield Unchecked(
            Group.MONEY, "季度报表的数加不加得拢", "要出两个季度的表，费时；单独查：jiemin check 补助"
        )
    yield Unchecked(Group.MONEY, "补助有没有发到手", "没有发放记录")


def failed_checks(database: Database, book: Book, quarter: Quarter | None, today: date) -> list[FailedCheck]:
    """The cross-checks that do not hold: of the quarter's report, else of the last and the running quarter's.

    Of a quarter without households in the work, or not begun, there is no report.
    """
    from jiemin.usecases.build_report import build_report  # most checks make no report

    running = Quarter.of(today)
    found = []
    for each in [quarter] if quarter else [before(running), running]:
        with suppress(JieminError):
            report = build_report(database, book, each, today).report
            found += [FailedCheck(each, name, check.label) for name, check in report.failed_checks]
    return found


def _lacking(gathered: Gathering, book: Book) -> Iterator[LackingAward]:
    """What 低保金 and 低收入家庭救助 lack; a standard that is not stated is another finding's business."""
    day = gathered.today
    periods: tuple[tuple[Item, Period], ...] = (
        (Item.DIBAO, Month.of(day)),
        (Item.LOW_INCOME, Year(day.year)),
    )
    for item, period in periods:
        assessment = Assessment(item, period, book)
        for number, facts in _families(gathered, assessment):
            with suppress(NoValueError):
                if names := assessment.lacking(facts):
                    yield LackingAward(number, item, names)


def _gone(gathered: Gathering) -> Iterator[GoneChild]:
    """The children of whom a case goes on in a household they left; what has no household any more is no
    finding."""
    connection, day = gathered.connection, gathered.today
    rows = [
        row
        for row in aid_cases.aid_cases(connection, item=Item.CHILD, until=day)
        if (row.until is None or row.until >= day) and row.household_no in gathered.county.homes
    ]
    left = persons.gone_by(connection, {row.household_id for row in rows}, day)
    for row in rows:
        away = left.get((row.household_id, row.person_id or 0))
        if away is not None:
            yield GoneChild(row.household_no, row.case_no, row.person_name or "", row.day, away)


def _families(gathered: Gathering, assessment: Assessment) -> Iterator[tuple[str, FamilyFacts]]:
    """The item's families by number; of what is read anyway, unless the item reads more of them than that."""
    if assessment.reads:
        for state, facts in entitled_families(gathered.connection, assessment, gathered.today):
            yield state.household_no, facts
        return
    for home in gathered.county.homes.values():
        if home.active and home.household_class in assessment.rule.classes:
            yield home.household_no, _family_facts(home, gathered.today)


def _family_facts(home: Home, day: date) -> FamilyFacts:
    return FamilyFacts(
        household_class=HouseholdClass(home.household_class),
        day=day,
        size=home.size,
        covered=home.covered,
        income_fen=home.income_fen,
        income_period=IncomePeriod(home.income_period) if home.income_period else None,
    )


def _stale(row: AwardMismatch) -> StaleAward:
    return StaleAward(
        household_no=row.household_no,
        item=row.item,
        period=row.period,
        award_class=row.award_class,
        facts=_facts(row.item, row.award_size, row.award_covered, row.award_income, row.award_income_period),
        now_status=row.status,
        now_class=row.household_class,
        now_facts=_facts(row.item, row.size, row.covered, row.income, row.income_period),
        approved=row.approved,
    )


def _facts(item: str, size: int | None, covered: int | None, income: int | None, period: str | None) -> str:
    """What of a family decides the amount, in words."""
    if item == Item.LOW_INCOME:
        return "家庭人口不详" if size is None else f"家庭人口{size}人"
    persons = "保障人口不详" if covered is None else f"保障人口{covered}人"
    name = "年收入" if period == "year" else "月收入"
    return f"{persons}、{name}{'不详' if income is None else format_yuan(income)}"
