"""What if (测算): what other standards would change, from the families on record; nothing is written.

Months past count with the families of their last days, the running one and those to come with today's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.aid_cases import LASTING_CASES
from jiemin.domain.codes import HouseholdClass
from jiemin.domain.entitlement import Assessment, FamilyFacts, Item, MissingFact, Period
from jiemin.domain.entitlement.dibao import STANDARDS
from jiemin.domain.entitlement.missing import Source, sources_of
from jiemin.domain.entitlement.scenario import (
    Cost,
    Effect,
    EffectLine,
    Ledger,
    Scenario,
    effect_of,
    effect_sentence,
    followers,
    newly_below,
    stretches,
)
from jiemin.domain.entitlement.uses import takers
from jiemin.domain.money import Fen
from jiemin.domain.periods import Month, Year
from jiemin.domain.policy import Book, NoValueError
from jiemin.storage import households
from jiemin.storage.database import Database
from jiemin.usecases.entitled_families import families_for, family_facts
from jiemin.usecases.list_subsidies import families_on


@dataclass(frozen=True, slots=True)
class NewlyLow:
    """Low-income families whose income a head is under the standard as supposed and not under the present
    one; of `unknown` persons or income are not known."""

    standard: str
    households: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Simulated:
    """One scenario: its changes in words, what it changes by household and item, and the sentence on it.

    `missing` households lack facts for some amount, which is not counted on either side.
    """

    scenario: Scenario
    described: str
    lines: tuple[EffectLine, ...]
    effect: Effect
    sentence: str
    missing: int
    low_income: tuple[NewlyLow, ...]

    @property
    def name(self) -> str:
        """The scenario's name, or what it changes."""
        return self.scenario.name or self.described


@dataclass(frozen=True, slots=True)
class Simulation:
    """All scenarios; they hold from `first` on, and their monthly figures are those of `month`."""

    first: Month
    month: Month
    scenarios: tuple[Simulated, ...]
    towns: dict[str, str]


def simulate_subsidies(
    database: Database, book: Book, today: date, scenarios: Sequence[Scenario], first: Month | None = None
) -> Simulation:
    """What each scenario changes from `first` on, by default from the next month.

    Raises `NoValueError` when a scenario needs a value that neither it nor the book states.
    """
    plan = _Plan.of(first or Month.of(Month.of(today).after), today)
    with database.reading() as connection:
        run = _Run(connection, book, today, plan, tuple(scenarios))
        for item in Item:
            run.take(item)
        low = [run.newly_low(place) for place in range(len(scenarios))]
        towns = {number: family.town for number, family in families_on(connection, today).items()}
    return Simulation(
        first=plan.first,
        month=plan.month,
        scenarios=tuple(run.simulated(place, each) for place, each in enumerate(low)),
        towns=towns,
    )


@dataclass(frozen=True, slots=True)
class _Plan:
    """The months that are computed: `past` by their own families, `open` (the running one first) by today's.

    `month` gives the monthly figures; the aid cases of `case_months` stand for those of a whole year.
    """

    first: Month
    month: Month
    past: tuple[Month, ...]
    open: tuple[Month, ...]
    case_months: tuple[Month, ...]

    @classmethod
    def of(cls, first: Month, today: date) -> "_Plan":
        """The months from `first` to its December."""
        running = Month.of(today)
        months = [Month(first.year, number) for number in range(first.month, 13)]
        open_ = tuple(month for month in months if month >= running)
        year = min(first.year, today.year)
        cases = (Month(year, number) for number in range(1, 13))
        return cls(
            first=first,
            month=open_[0] if open_ else months[-1],
            past=tuple(month for month in months if month < running),
            open=open_,
            case_months=tuple(month for month in cases if month <= running),
        )


@dataclass(slots=True)
class _Account:
    """What one scenario comes to and whom it touches; its books hold from its month, and from New Year on."""

    scenario: Scenario
    book: Book
    year_book: Book
    case_book: Book
    touched: frozenset[tuple[Item, HouseholdClass]]
    ledger: Ledger = field(default_factory=Ledger)
    missing: set[str] = field(default_factory=set)


class _Run:
    """Computes item by item; families are read once for all scenarios."""

    def __init__(
        self, connection: Connection, book: Book, today: date, plan: _Plan, scenarios: Sequence[Scenario]
    ) -> None:
        self._connection = connection
        self._book = book
        self._today = today
        self._plan = plan
        self._accounts = [self._account(each) for each in scenarios]

    def _account(self, scenario: Scenario) -> _Account:
        book = self._book.with_values(scenario.values, self._plan.first.first)
        keys = [*scenario.values, *followers(self._book, scenario.values)]
        return _Account(
            scenario=scenario,
            book=book,
            year_book=self._book.with_values(scenario.values, Year(self._plan.first.year).first),
            case_book=self._book.with_values(scenario.values, self._plan.case_months[0].first),
            touched=takers([self._book, book], keys, self._plan.month.last),
        )

    def take(self, item: Item) -> None:
        """Count an item in all its periods, if any scenario touches it."""
        if not any(item is touched for each in self._accounts for touched, _ in each.touched):
            return
        books = [each.book for each in self._accounts]
        if item.yearly:
            year = Year(self._plan.first.year)
            self._count(item, year, books, Cost(rest=1))
            self._count(item, year, [each.year_book for each in self._accounts], Cost(year=1))
        elif self._happens(item):
            for month in (*self._plan.past, *self._plan.open[:1]):
                if month.first <= self._today:
                    self._count(item, month, books, Cost(rest=1))
            for month in self._plan.case_months:
                self._count(item, month, [each.case_book for each in self._accounts], Cost(year=1))
        else:
            self._take_monthly(item, books)

    def _take_monthly(self, item: Item, books: list[Book]) -> None:
        """Standing payments: those of the month looked at stand for the whole year."""
        looked_at = Cost(month=1, year=12)
        for month in self._plan.past:
            counts = Cost(rest=1)
            self._count(item, month, books, counts.plus(looked_at) if month == self._plan.month else counts)
        for month, number in stretches([self._book, *books], self._plan.open):
            counts = Cost(rest=number)
            self._count(item, month, books, counts.plus(looked_at) if month == self._plan.month else counts)

    def _happens(self, item: Item) -> bool:
        """Whether it is paid for what happens on a day, of which nothing is known beforehand."""
        return Assessment(item, self._plan.month, self._book).rule.by_case and item not in LASTING_CASES

    def _count(self, item: Item, period: Period, books: Sequence[Book], counts: Cost) -> None:
        present = Assessment(item, period, self._book)
        supposed = [Assessment(item, period, book) for book in books]
        reads = present.reads.union(*(each.reads for each in supposed))
        day = min(period.last, self._today)
        for state, facts in families_for(self._connection, present.rule, period, reads, day):
            touched = [
                (account, assessment)
                for account, assessment in zip(self._accounts, supposed, strict=True)
                if (item, facts.household_class) in account.touched
            ]
            now = _due_now(present, facts) if touched else 0
            for account, assessment in touched:
                then = _due(assessment, facts)
                if now is None or then is None:
                    account.missing.add(state.household_no)
                else:
                    purpose = (state.household_no, item)
                    account.ledger.add(purpose, facts.household_class, (now, then), counts)

    def newly_low(self, place: int) -> tuple[NewlyLow, ...]:
        """Of each standard of 低保 a scenario raises: who of the low-income families would fall under it."""
        account, found = self._accounts[place], []
        for key in STANDARDS.values():
            now, then = self._standard(self._book, key), self._standard(account.book, key)
            if key in account.scenario.values and now < then:
                under = [newly_below(facts, now, then) for facts in self._low_income()]
                unknown = sum(each is None for each in under)
                found.append(NewlyLow(self._book.title(key), sum(map(bool, under)), unknown))
        return tuple(found)

    def _standard(self, book: Book, key: str) -> Fen:
        try:
            return book.over(self._plan.month).value(key, key).amount
        except NoValueError:
            return 0

    def _low_income(self) -> Iterator[FamilyFacts]:
        for state in households.households_on(self._connection, min(self._plan.month.last, self._today)):
            if state.active and state.household_class == HouseholdClass.LOW_INCOME:
                yield family_facts(state, self._today)

    def simulated(self, place: int, low_income: tuple[NewlyLow, ...]) -> Simulated:
        """What a scenario came to."""
        account, month = self._accounts[place], self._plan.month
        lines = tuple(account.ledger.lines())
        effect = effect_of(lines)
        described = account.scenario.described(self._book.over(month), account.book.over(month))
        monthly = any(not item.yearly and not self._happens(item) for item, _ in account.touched)
        name = account.scenario.name
        label = f"{name}（{described}）" if name else described
        return Simulated(
            scenario=account.scenario,
            described=described,
            lines=lines,
            effect=effect,
            sentence=effect_sentence(effect, label, self._plan.first, monthly=monthly),
            missing=len(account.missing),
            low_income=low_income,
        )


def _due_now(assessment: Assessment, facts: FamilyFacts) -> Fen | None:
    """What is due by the present book; where it has no value, nothing is."""
    try:
        return _due(assessment, facts)
    except NoValueError:
        return 0


def _due(assessment: Assessment, facts: FamilyFacts) -> Fen | None:
    """What is due; nothing of what the county does not give, None where facts are missing."""
    if not assessment.given:
        return 0
    due = assessment.entitlement(facts)
    if isinstance(due, MissingFact):
        return 0 if sources_of(due.names) == (Source.POLICY,) else None
    return due.after_fen
