"""Findings of subsidies and of the quarter's forms."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date

from jiemin.domain.checks.county import Home
from jiemin.domain.checks.finding import Finding, Group, Unchecked
from jiemin.domain.checks.money import FailedCheck, LackingAward, MoneyFacts, StaleAward, money_findings
from jiemin.domain.codes import HouseholdClass
from jiemin.domain.entitlement import DIBAO_ITEM, LOW_INCOME_ITEM, FamilyFacts, IncomePeriod, Period, rule_for
from jiemin.domain.money import format_yuan
from jiemin.domain.periods import Month, Quarter, Year
from jiemin.domain.policy import Book
from jiemin.errors import JieminError
from jiemin.storage.checking_visits import AwardMismatch, award_mismatches
from jiemin.storage.database import Database
from jiemin.usecases.checking.gathering import Gathering
from jiemin.usecases.checking.rolls import standards
from jiemin.usecases.checking.visits import before


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
        lacking=list(_lacking(gathered)),
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


def _lacking(gathered: Gathering) -> Iterator[LackingAward]:
    day = gathered.today
    periods: tuple[tuple[str, Period], ...] = (
        (DIBAO_ITEM, Month.of(day)),
        (LOW_INCOME_ITEM, Year(day.year)),
    )
    for item, period in periods:
        rule = rule_for(item, period)
        for home in gathered.county.homes.values():
            if home.active and home.household_class in rule.classes:
                names = rule.lacking(_family_facts(home, day))
                if names:
                    yield LackingAward(home.household_no, item, names)


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
    )


def _facts(item: str, size: int | None, covered: int | None, income: int | None, period: str | None) -> str:
    """What of a family decides the amount, in words."""
    if item == LOW_INCOME_ITEM:
        return "家庭人口不详" if size is None else f"家庭人口{size}人"
    persons = "保障人口不详" if covered is None else f"保障人口{covered}人"
    name = "年收入" if period == "year" else "月收入"
    return f"{persons}、{name}{'不详' if income is None else format_yuan(income)}"
