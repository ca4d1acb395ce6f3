"""Compute what households are due and keep it as the draft run of a month or year.

Computing a draft again makes it say what holds now: amounts that changed are replaced, and the
award of a household that is no longer entitled, or whose facts are no longer known, is taken
away. The journal keeps what was there. A run that was approved is never computed again: what is
owed for it later are arrears (ADR 0025).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jiemin.domain.codes import HouseholdClass
from jiemin.domain.entitlement import (
    Assessment,
    Entitlement,
    FamilyFacts,
    Item,
    MissingFact,
    Period,
    items_of,
)
from jiemin.domain.indicators import MissingAward
from jiemin.domain.money import Fen
from jiemin.domain.money_items import RunKind, RunStatus
from jiemin.domain.periods import Month, Year
from jiemin.domain.policy import Book
from jiemin.errors import JieminError
from jiemin.storage import awards, subsidy_runs
from jiemin.storage.award_tables import Award, SubsidyRun
from jiemin.storage.batch import Batch
from jiemin.storage.database import Database
from jiemin.storage.journal import Door, write_door
from jiemin.storage.stamp import Stamp
from jiemin.storage.subsidy_runs import RunRow
from jiemin.usecases.collecting import no_collecting
from jiemin.usecases.entitled_families import (
    MembersRead,
    deciding_day,
    entitled_families,
    facts_text,
    read_facts,
)
from jiemin.usecases.missing_remedies import roster_day
from jiemin.usecases.stored_books import keep_book


@dataclass(frozen=True, slots=True)
class ClassTotal:
    """The sums of one class: households and persons paid for, fen before and after the raise.

    Persons are 保障人口, or 家庭人口 of families that have none.
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
    """What became of one item for one period; `day` is the day whose facts decided.

    Of those `changed`, so many are of another amount (`revalued`); the others rest on other facts or
    another book.
    """

    item: Item
    period: Period
    day: date
    totals: tuple[ClassTotal, ...]
    missing: tuple[MissingAward, ...]
    new: int
    changed: int
    revalued: int
    unchanged: int
    removed: int

    @property
    def computed(self) -> int:
        """Households whose amount could be computed."""
        return self.new + self.changed + self.unchanged

    @property
    def is_empty(self) -> bool:
        """Whether no household had a claim, nor has one any more."""
        return not (self.computed or self.missing or self.removed)


@dataclass(frozen=True, slots=True)
class Unstated:
    """An item the county has not stated the standards of: it is not given, and nothing was computed.

    `titles` are the parameters without any value.
    """

    item: Item
    period: Period
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComputeOutcome:
    """What became of every item asked for; `names` are the heads of households with facts missing, `as_of`
    the day from which a roster with those facts must hold.

    `approved` are the running periods left alone because their run is approved already.
    """

    periods: tuple[PeriodOutcome, ...]
    unstated: tuple[Unstated, ...]
    approved: tuple[RunRow, ...]
    names: dict[str, str]
    as_of: str
    written: bool

    @property
    def computed(self) -> int:
        """Amounts that could be computed."""
        return sum(each.computed for each in self.periods)

    @property
    def nothing(self) -> bool:
        """Whether no amount could be computed, none had to be taken away, and none is approved already."""
        return not (self.computed or self.approved or any(each.removed for each in self.periods))

    @property
    def missing(self) -> tuple[MissingAward, ...]:
        """Every amount that could not be computed, with the facts it lacks."""
        return tuple(one for each in self.periods for one in each.missing)


@no_collecting()
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

    Raises `PeriodError` for a period that has not begun, `NoValueError` when the policy lacks a value it
    has on other days, and `JieminError` for a period named whose run is approved; then nothing is written.
    """
    named = month is not None or year is not None
    approved: list[RunRow] = []
    done: list[tuple[PeriodOutcome, dict[str, str]]] = []
    unstated: list[Unstated] = []
    with write_door(database, stamp, dry_run=dry_run) as door:
        for period in wanted_periods(month, year, today):
            deciding_day(period, today)
            run = subsidy_runs.live_run(door.connection, str(period))
            if run is not None and run.approved:
                if named:
                    raise _closed(period, run)
                approved.append(run)
                continue
            writer = _Writer(door, book, period, run, today)
            for item in items_of(period):
                assessment = Assessment(item, period, book)
                if assessment.unstated:
                    titles = tuple(book.title(key) for key in assessment.unstated)
                    unstated.append(Unstated(item, period, titles))
                outcome, heads = writer.compute(assessment)
                told = assessment.given and not (assessment.rule.by_case and outcome.is_empty)
                if told or outcome.removed:
                    done.append((outcome, heads))
            writer.finish()
        for outcome, _ in done:
            door.note_counts(new=outcome.new, changed=outcome.changed, removed=outcome.removed)
        written = door.changed and not dry_run
        as_of = roster_day(door.connection, [one for outcome, _ in done for one in outcome.missing])
    names = {number: name for _, named_here in done for number, name in named_here.items()}
    return ComputeOutcome(
        tuple(outcome for outcome, _ in done), tuple(unstated), tuple(approved), names, as_of, written
    )


def wanted_periods(month: Month | None, year: Year | None, today: date) -> list[Period]:
    """The periods meant: what was named, else the running month and year."""
    if month is None and year is None:
        month, year = Month.of(today), Year(today.year)
    return [period for period in (month, year) if period is not None]


def _closed(period: Period, run: RunRow) -> JieminError:
    return JieminError(
        f"{period.label}的补助已经批准（{run.run_no}，{run.approved_on}），不再重算",
        f"差额用 jiemin subsidy arrears 补发；批错了先作废：jiemin subsidy void {run.run_no} --reason 原因",
    )


class _Writer:
    """Compares what was computed for a period with its draft and queues the difference."""

    def __init__(self, door: Door, book: Book, period: Period, run: RunRow | None, today: date) -> None:
        self._batch = Batch(door)
        self._door = door
        self._book = book
        self._period = period
        self._run = run
        self._run_id = run.id if run else None
        self._today = today
        self._members: MembersRead = {}
        self._book_id = awards.book_id(door.connection, book.fingerprint)

    def compute(self, assessment: Assessment) -> tuple[PeriodOutcome, dict[str, str]]:
        """One item; with the names of heads of households that lack facts."""
        item, period = assessment.rule.item, self._period
        stored = {
            row.household_id: row for row in awards.awards_for(self._door.connection, item, str(period))
        }
        counts = {"new": 0, "changed": 0, "unchanged": 0}
        revalued = 0
        computed: list[tuple[FamilyFacts, Entitlement]] = []
        missing: dict[MissingAward, str] = {}
        families = entitled_families(self._door.connection, assessment, self._today, known=self._members)
        for state, facts in families:
            due = assessment.entitlement(facts)
            if isinstance(due, MissingFact):
                lacking = MissingAward(state.household_no, item, str(period), due.names)
                missing[lacking] = state.head_name or ""
                continue
            computed.append((facts, due))
            row = stored.pop(state.id, None)
            counts[self._settle(row, state.id, item, facts, due)] += 1
            revalued += row is not None and (row.before_fen, row.after_fen) != due
        for gone in stored.values():
            self._batch.remove(Award, gone.id)
        outcome = PeriodOutcome(
            item=item,
            period=period,
            day=deciding_day(period, self._today),
            totals=_totals(computed),
            missing=tuple(missing),
            revalued=revalued,
            removed=len(stored),
            **counts,
        )
        return outcome, {lacking.household_no: name for lacking, name in missing.items()}

    def finish(self) -> None:
        """Write what waits, and of a draft computed before, by which book and when it was computed anew."""
        if self._run is not None and self._batch.waits:
            self._batch.change(
                SubsidyRun, self._run.id, {"book_id": self._keep_book(), "computed_on": self._today}
            )
        self._batch.flush()

    def _settle(
        self,
        row: awards.AwardRow | None,
        household_id: int,
        item: Item,
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
            self._batch.change(Award, row.id, values)
            return "changed"
        own = {"run_id": self._keep_run(), "household_id": household_id, "item": item}
        self._batch.add(Award, {**own, "period": str(self._period), **values})
        return "new"

    def _stands(self, row: awards.AwardRow, facts: FamilyFacts, due: Entitlement) -> bool:
        return (
            row.book_id == self._book_id
            and (row.before_fen, row.after_fen) == (due.before_fen, due.after_fen)
            and read_facts(row.facts).same_family(facts)
        )

    def _keep_run(self) -> int:
        if self._run_id is None:
            values = {
                "kind": RunKind.REGULAR,
                "period": str(self._period),
                "status": RunStatus.DRAFT,
                "book_id": self._keep_book(),
                "computed_on": self._today,
            }
            self._run_id = self._batch.add(SubsidyRun, values)
            number = {"run_no": subsidy_runs.run_number(self._run_id)}
            self._batch.change(SubsidyRun, self._run_id, number)
        return self._run_id

    def _keep_book(self) -> int:
        if self._book_id is None:
            self._book_id = keep_book(self._batch, self._book)
        return self._book_id


def persons_paid_for(facts: FamilyFacts) -> int:
    """The persons an award counts for: 保障人口, or 家庭人口 of families that have none (DOMAIN.md §2)."""
    low = facts.household_class is HouseholdClass.LOW_INCOME
    return (facts.size if low or facts.covered is None else facts.covered) or 0


def _totals(computed: Sequence[tuple[FamilyFacts, Entitlement]]) -> tuple[ClassTotal, ...]:
    """The sums by class, in the order of the code list."""
    totals = []
    for household_class in HouseholdClass:
        held = [(facts, due) for facts, due in computed if facts.household_class is household_class]
        if held:
            persons = (persons_paid_for(facts) for facts, _ in held)
            totals.append(
                ClassTotal(
                    household_class=household_class,
                    households=len(held),
                    persons=sum(persons),
                    before_fen=sum(due.before_fen for _, due in held),
                    after_fen=sum(due.after_fen for _, due in held),
                )
            )
    return tuple(totals)
