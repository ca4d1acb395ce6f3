"""How a household's amount came about, derived again from the facts and the policy it came from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.entitlement import (
    Assessment,
    Entitlement,
    FamilyFacts,
    Item,
    MissingFact,
    Period,
    Working,
    items_of,
    read_period,
)
from jiemin.domain.indicators import MissingAward
from jiemin.domain.money import Fen
from jiemin.domain.periods import Month, Year
from jiemin.domain.policy import Book
from jiemin.errors import JieminError
from jiemin.storage import awards
from jiemin.storage.arrears import ArrearRow
from jiemin.storage.awards import AwardRow
from jiemin.storage.database import Database
from jiemin.storage.households import HouseholdState
from jiemin.usecases.approved_families import deciding_families
from jiemin.usecases.compute_subsidies import wanted_periods
from jiemin.usecases.entitled_families import (
    MergedAward,
    merged_awards,
    read_facts,
)
from jiemin.usecases.explain_arrears import ArrearReader, ExplainedArrear
from jiemin.usecases.fact_sources import FactSource, fact_sources
from jiemin.usecases.find_records import find_household
from jiemin.usecases.missing_remedies import remedy
from jiemin.usecases.stored_books import StoredBooks


@dataclass(frozen=True, slots=True)
class Explanation:
    """One amount with its working before and after the raise.

    `due` is the amount as stored or, for a `draft` that is on no record, as computed just now. `merged`
    are awards of households merged into this one, which the record adds to it, `arrears` what was found
    owing or paid too much of it since its approval. `sources` say where the facts come from. `awarded_fen`
    is what the regular run gave, merged households included; 0 where it gave none. `approved` says whether
    the amount is, by a regular run or by arrears.
    """

    household_no: str
    head_name: str
    item: Item
    period: Period
    facts: FamilyFacts
    due: Entitlement
    before: Working
    after: Working
    draft: bool
    merged: tuple[MergedAward, ...] = ()
    arrears: tuple[ExplainedArrear, ...] = ()
    sources: tuple[FactSource, ...] = ()
    awarded_fen: Fen = 0
    approved: bool = False

    @property
    def approved_arrears(self) -> tuple[ExplainedArrear, ...]:
        """The differences that were approved."""
        return tuple(each for each in self.arrears if each.approved_on)

    @property
    def now_fen(self) -> Fen:
        """What the regular run gave and all approved differences add up to."""
        return self.awarded_fen + sum(each.difference_fen for each in self.approved_arrears)

    @property
    def agrees(self) -> bool:
        """Whether the amount derived again is the one on record."""
        return (self.before.amount_fen, self.after.amount_fen) == (self.due.before_fen, self.due.after_fen)


@dataclass(frozen=True, slots=True)
class Explained:
    """A household's amounts, and those that could not be computed, with what they lack."""

    amounts: list[Explanation]
    missing: tuple[MissingAward, ...] = ()


def explain_subsidy(
    database: Database,
    text: str,
    book: Book,
    today: date,
    *,
    month: Month | None = None,
    year: Year | None = None,
) -> Explained:
    """Explain the household's awards for the month or year, or its latest of each item on record.

    Where nothing is on record the amount is computed by `book` as a draft: for the period named,
    else for the running month or year. Raises `NotFoundError` for an unknown household and
    `JieminError` when it has no claim, or when nothing can be computed, naming the facts it lacks.
    """
    with database.reading() as connection:
        state = find_household(connection, text, today)
        books = StoredBooks(connection)
        if month is None and year is None:
            latest = latest_explained(books, state, today)
            if latest:
                return Explained(latest)
        record = _Record(books, state)
        wanted = wanted_periods(month, year, today)
        found: list[Explanation] = []
        missing: list[MissingAward] = []
        for period in wanted:
            for item in items_of(period):
                if (item.value, str(period)) in record.purposes:
                    found.append(record.explained(item, period))
                else:
                    now = _computed_now(connection, state, Assessment(item, period, book), today)
                    found += [each for each in now if isinstance(each, Explanation)]
                    missing += [each for each in now if isinstance(each, MissingAward)]
        found = [_sourced(connection, state, each) for each in found]
    if missing and not found:
        told = "；".join(each.sentence for each in missing)
        raise JieminError(told, remedy(name for each in missing for name in each.facts))
    if not found:
        periods = "、".join(period.label for period in wanted)
        raise JieminError(f"{state.household_no}没有{periods}的补助", _why_none(state, wanted, book))
    return Explained(found, tuple(missing))


def _why_none(state: HouseholdState, wanted: Sequence[Period], book: Book) -> str:
    """What is for its class and not given, since the county has not stated it; else whom money is for."""
    given = (Assessment(item, period, book) for period in wanted for item in items_of(period))
    silent = [
        each.rule.item.value
        for each in given
        if state.active
        and each.unstated
        and not each.rule.by_case
        and state.household_class in each.rule.classes
    ]
    if silent:
        return f"县里没有写标准、没有计算的：{'、'.join(silent)}；写在县里文件中的，用 --policy 指明"
    return "低保金给当月在册的城镇低保、农村低保户，低收入家庭救助给当年在册的低收入户"


def latest_explained(books: StoredBooks, state: HouseholdState, day: date) -> list[Explanation]:
    """The household's latest amount of each item on record, of periods begun by `day`, in their order."""
    record = _Record(books, state)
    begun = (purpose for purpose in record.purposes if read_period(purpose[1]).first <= day)
    latest = dict(sorted(begun, key=lambda purpose: purpose[1]))
    told = [record.explained(item, read_period(latest[item.value])) for item in Item if item.value in latest]
    return [_sourced(books.connection, state, each) for each in told]


def _sourced(connection: Connection, state: HouseholdState, told: Explanation) -> Explanation:
    return replace(told, sources=fact_sources(connection, state.id, told.facts))


class _Record:
    """What a household was awarded, and what arrears found of it."""

    def __init__(self, books: StoredBooks, state: HouseholdState) -> None:
        self._books = books
        self._state = state
        self._arrears = ArrearReader(books, state.id)
        self._awards = {
            (row.item, row.period): row for row in awards.awards_of_household(books.connection, state.id)
        }
        rows = [row for row in self._arrears.rows() if row.facts]
        drafts = {(row.item, row.period): row for row in rows if not row.approved_on}
        self._claims = drafts | {(row.item, row.period): row for row in rows if row.approved_on}

    @property
    def purposes(self) -> set[tuple[str, str]]:
        """The items and periods on record."""
        return self._awards.keys() | self._claims.keys()

    def explained(self, item: Item, period: Period) -> Explanation:
        """The award, or where there was none what arrears approved last, or only found, with all arrears."""
        purpose = (item.value, str(period))
        award = self._awards.get(purpose)
        told = self._award(award) if award else self._claim(self._claims[purpose])
        return replace(told, arrears=self._arrears.explained(item, period, award))

    def _award(self, row: AwardRow) -> Explanation:
        merged, facts = merged_awards(row.facts), read_facts(row.facts)
        due = Entitlement(
            row.before_fen - sum(each.before_fen for each in merged),
            row.after_fen - sum(each.after_fen for each in merged),
        )
        purpose, assessment = self._assessed(row)
        told = _explanation(self._state, purpose, assessment, facts, due)
        return replace(told, merged=merged, awarded_fen=row.after_fen, approved=row.approved)

    def _claim(self, row: ArrearRow) -> Explanation:
        facts = read_facts(row.facts or "")
        purpose, assessment = self._assessed(row)
        before, _ = assessment.workings(facts)
        due = Entitlement(before.amount_fen, row.due_fen)
        told = _explanation(self._state, purpose, assessment, facts, due)
        return replace(told, approved=row.approved_on is not None)

    def _assessed(self, row: AwardRow | ArrearRow) -> tuple[tuple[Item, Period], Assessment]:
        item, period = Item(row.item), read_period(row.period)
        return (item, period), Assessment(item, period, self._books.book(row.book_id))


def _computed_now(
    connection: Connection, state: HouseholdState, assessment: Assessment, today: date
) -> list[Explanation | MissingAward]:
    """The draft, or what it lacks; nothing when the household is not one the item is for."""
    purpose = (assessment.rule.item, assessment.period)
    for _, facts in deciding_families(connection, assessment, today, [state.id]):
        due = assessment.entitlement(facts)
        if isinstance(due, MissingFact):
            return [MissingAward(state.household_no, purpose[0], str(purpose[1]), due.names)]
        return [_explanation(state, purpose, assessment, facts, due, draft=True)]
    return []


def _explanation(
    state: HouseholdState,
    purpose: tuple[Item, Period],
    assessment: Assessment,
    facts: FamilyFacts,
    due: Entitlement,
    *,
    draft: bool = False,
) -> Explanation:
    before, after = assessment.workings(facts)
    return Explanation(state.household_no, state.head_name or "", *purpose, facts, due, before, after, draft)
