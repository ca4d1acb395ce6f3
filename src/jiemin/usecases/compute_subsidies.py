"""Compute what households are due and keep it: 低保金 of a month, 低收入家庭救助 of a year.

Computing again makes the record say what holds now: amounts that changed are replaced, and the
award of a household that is no longer entitled, or whose facts are no longer known, is taken
away. The journal keeps what was there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jiemin.domain.codes import HouseholdClass
from jiemin.domain.entitlement import (
    DIBAO_ITEM,
    LOW_INCOME_ITEM,
    Assessment,
    Entitlement,
    FamilyFacts,
    MissingFact,
    Period,
)
from jiemin.domain.indicators import MissingAward
from jiemin.domain.money import Fen
from jiemin.domain.periods import Month, Year
from jiemin.domain.policy import Book
from jiemin.storage import awards
from jiemin.storage.award_tables import Award, PolicyBook
from jiemin.storage.batch import Batch
from jiemin.storage.database import Database
from jiemin.storage.journal import Door, write_door
from jiemin.storage.stamp import Stamp
from jiemin.usecases.entitled_families import deciding_day, entitled_families, facts_text, read_facts


@dataclass(frozen=True, slots=True)
class ClassTotal:
    """The sums of one class: households and persons paid for, fen before and after the raise.

    Persons are 保障人口 for 低保金, 家庭人口 for 低收入家庭救助.
    """

    household_class: HouseholdClass
    households: int
    persons: int
    before_fen: Fen
    after_fen: Fen

    @property
    def uplift_fen(self) -> Fen:
        """What the raise adds."""
        return self.after_fen - self.before_fen


@dataclass(frozen=True, slots=True)
class PeriodOutcome:
    """What became of one item for one period; `day` is the day whose facts decided."""

    item: str
    period: Period
    day: date
    totals: tuple[ClassTotal, ...]
    missing: tuple[MissingAward, ...]
    new: int
    changed: int
    unchanged: int
    removed: int

    @property
    def computed(self) -> int:
        """Households whose amount could be computed."""
        return self.new + self.changed + self.unchanged


@dataclass(frozen=True, slots=True)
class ComputeOutcome:
    """What became of every item asked for; `names` are the heads of households with facts missing."""

    periods: tuple[PeriodOutcome, ...]
    names: dict[str, str]
    written: bool

    @property
    def computed(self) -> int:
        """Amounts that could be computed."""
        return sum(each.computed for each in self.periods)

    @property
    def nothing(self) -> bool:
        """Whether no amount could be computed and none had to be taken away."""
        return not self.computed and not any(each.removed for each in self.periods)

    @property
    def missing(self) -> tuple[MissingAward, ...]:
        """Every amount that could not be computed, with the facts it lacks."""
        return tuple(one for each in self.periods for one in each.missing)


def compute_subsidies(
    database: Database,
    stamp: Stamp,
    book: Book,
    today: date,
    *,
    month: Month | None = None,
    year: Year | None = None,
    dry_run: bool = False,
) -> ComputeOutcome:
    """Compute and store the amounts; with neither month nor year those of the running ones.

    Raises `PeriodError` for a period that has not begun and `NoValueError` when the policy lacks
    a value; then nothing is written.
    """
    wanted = wanted_periods(month, year, today)
    with write_door(database, stamp, dry_run=dry_run) as door:
        writer = _Writer(door, book)
        done = [writer.compute(item, period, today) for item, period in wanted]
        writer.batch.flush()
        for outcome, _ in done:
            door.note_counts(new=outcome.new, changed=outcome.changed, removed=outcome.removed)
        written = door.changed and not dry_run
    names = {number: name for _, names in done for number, name in names.items()}
    return ComputeOutcome(tuple(outcome for outcome, _ in done), names, written)


def wanted_periods(month: Month | None, year: Year | None, today: date) -> list[tuple[str, Period]]:
    """The items and periods meant: what was named, else the running month and year."""
    if month is None and year is None:
        month, year = Month.of(today), Year(today.year)
    named = ((DIBAO_ITEM, month), (LOW_INCOME_ITEM, year))
    return [(item, period) for item, period in named if period is not None]


class _Writer:
    """Compares what was computed with what is stored and queues the difference."""

    def __init__(self, door: Door, book: Book) -> None:
        self.batch = Batch(door)
        self._door = door
        self._book = book
        self._fingerprint = book.fingerprint
        self._book_id = awards.book_id(door.connection, self._fingerprint)

    def compute(self, item: str, period: Period, today: date) -> tuple[PeriodOutcome, dict[str, str]]:
        """One item for one period; with the names of heads of households that lack facts."""
        assessment = Assessment(item, period, self._book)
        stored = {
            row.household_id: row for row in awards.awards_for(self._door.connection, item, str(period))
        }
        counts = {"new": 0, "changed": 0, "unchanged": 0}
        computed: list[tuple[FamilyFacts, Entitlement]] = []
        missing: dict[MissingAward, str] = {}
        for state, facts in entitled_families(self._door.connection, item, period, today):
            due = assessment.entitlement(facts)
            if isinstance(due, MissingFact):
                lacking = MissingAward(state.household_no, item, str(period), due.names)
                missing[lacking] = state.head_name or ""
                continue
            computed.append((facts, due))
            counts[self._settle(stored.pop(state.id, None), state.id, (item, period), facts, due)] += 1
        for row in stored.values():
            self.batch.remove(Award, row.id)
        outcome = PeriodOutcome(
            item=item,
            period=period,
            day=deciding_day(period, today),
            totals=_totals(item, computed),
            missing=tuple(missing),
            removed=len(stored),
            **counts,
        )
        return outcome, {lacking.household_no: name for lacking, name in missing.items()}

    def _settle(
        self,
        row: awards.AwardRow | None,
        household_id: int,
        purpose: tuple[str, Period],
        facts: FamilyFacts,
        due: Entitlement,
    ) -> str:
        """Queue what one award needs; whether it was new, changed or unchanged.

        The same family at the same amounts on a later day is no change.
        """
        if row is not None and self._stands(row, facts, due):
            return "unchanged"
        values = {
            "before_fen": due.before_fen,
            "after_fen": due.after_fen,
            "uplift_fen": due.uplift_fen,
            "facts": facts_text(facts),
            "book_id": self._keep_book(),
        }
        if row is not None:
            self.batch.change(Award, row.id, values)
            return "changed"
        item, period = purpose
        self.batch.add(Award, {"household_id": household_id, "item": item, "period": str(period), **values})
        return "new"

    def _stands(self, row: awards.AwardRow, facts: FamilyFacts, due: Entitlement) -> bool:
        return (
            row.book_id == self._book_id
            and (row.before_fen, row.after_fen) == (due.before_fen, due.after_fen)
            and read_facts(row.facts).same_family(facts)
        )

    def _keep_book(self) -> int:
        if self._book_id is None:
            text = {"fingerprint": self._fingerprint, "text": self._book.text}
            self._book_id = self.batch.add(PolicyBook, text)
        return self._book_id


def _totals(item: str, computed: Sequence[tuple[FamilyFacts, Entitlement]]) -> tuple[ClassTotal, ...]:
    """The sums by class, in the order of the code list."""
    totals = []
    for household_class in HouseholdClass:
        held = [(facts, due) for facts, due in computed if facts.household_class is household_class]
        if held:
            persons = (facts.size if item == LOW_INCOME_ITEM else facts.covered for facts, _ in held)
            totals.append(
                ClassTotal(
                    household_class=household_class,
                    households=len(held),
                    persons=sum(number or 0 for number in persons),
                    before_fen=sum(due.before_fen for _, due in held),
                    after_fen=sum(due.after_fen for _, due in held),
                )
            )
    return tuple(totals)
