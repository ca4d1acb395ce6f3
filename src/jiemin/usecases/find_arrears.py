"""Find what is owed, or owed back, for approved periods, and keep it as the draft run of arrears (ADR 0025).

Every approved period is computed anew from the book of now and what the record now says of the days that
decide about it (`domain.deciding_days`), and compared with what all approved runs add up to. What differs
becomes a line of the one draft of kind 补发. Where the facts of now do not suffice, or the book says nothing
of an item, nothing is compared and that is said: a household gives nothing back because a fact was lost.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.arrears import ArrearLine, Purpose, arrear_lines
from jiemin.domain.deciding_days import DecidingDays
from jiemin.domain.entitlement import (
    Assessment,
    FamilyFacts,
    MissingFact,
    Period,
    items_of,
    read_period,
)
from jiemin.domain.entitlement.missing import NO_VALUE
from jiemin.domain.indicators import MissingAward
from jiemin.domain.money import Fen
from jiemin.domain.money_items import RunKind
from jiemin.domain.periods import Month, PeriodError, Year
from jiemin.domain.policy import Book, NoValueError
from jiemin.errors import JieminError
from jiemin.storage import arrears, subsidy_runs
from jiemin.storage.arrears import PaidRow
from jiemin.storage.database import Database
from jiemin.storage.households import HouseholdState
from jiemin.storage.journal import write_door
from jiemin.storage.stamp import Stamp
from jiemin.usecases.approved_families import approved_families, days_of_period, paid_later
from jiemin.usecases.compute_subsidies import Unstated
from jiemin.usecases.draft_arrears import DueLine, draft_arrears
from jiemin.usecases.list_subsidies import Family, families_on
from jiemin.usecases.missing_remedies import roster_day


@dataclass(frozen=True, slots=True)
class ArrearsFound:
    """What a look for arrears found; `periods` are those looked at, oldest first.

    `missing` could not be computed and are not compared, nor are the items `unstated`: the book has no
    value for them that would count in that period. `run_no` is the draft, empty when there is none.
    `families` names every household of lines and missing ones. `early` are the periods approved before
    their end: whoever was on the roster on the day of the approval is compared by the facts of that day.
    `as_of` is the day from which a roster with the missing facts must hold.
    """

    periods: tuple[str, ...]
    early: tuple[str, ...]
    lines: tuple[ArrearLine, ...]
    missing: tuple[MissingAward, ...]
    unstated: tuple[Unstated, ...]
    families: dict[str, Family]
    as_of: str
    run_no: str
    written: bool


def find_arrears(
    database: Database,
    stamp: Stamp,
    book: Book,
    today: date,
    *,
    first: Month | None = None,
    last: Month | None = None,
    dry_run: bool = False,
) -> ArrearsFound:
    """Look at the approved periods from `first` to `last`, or at all, and make the draft of arrears anew.

    A year is looked at when any of its months is. Raises `PeriodError` when `last` comes before `first`,
    and `JieminError` when no period of those is approved; then nothing is written.
    """
    if first and last and last < first:
        raise PeriodError(f"{last.label}在{first.label}以前", "--from 写开始的月份，--to 写最后的月份")
    with write_door(database, stamp, dry_run=dry_run) as door:
        periods = _approved(door.connection, first, last, today)
        look = _Look(door.connection, book, today)
        for period, approved_on in periods:
            look.at(period, approved_on)
        draft = draft_arrears(door, look.lines, book, today)
        written = door.changed and not dry_run
        families = families_on(door.connection, today)
        as_of = roster_day(door.connection, look.missing)
    named = {line.line.purpose.household_no for line in look.lines}
    named |= {each.household_no for each in look.missing}
    return ArrearsFound(
        periods=tuple(str(period) for period, _ in periods),
        early=tuple(str(period) for period, approved_on in periods if approved_on < period.last),
        lines=tuple(each.line for each in look.lines),
        missing=tuple(look.missing),
        unstated=tuple(look.unstated),
        families={number: families.get(number, Family("", "", "")) for number in named},
        as_of=as_of,
        run_no="" if dry_run else draft,
        written=written,
    )


def _approved(
    connection: Connection, first: Month | None, last: Month | None, today: date
) -> list[tuple[Period, date]]:
    """The approved periods within the limits that have begun, by their last days, a year after its months;
    each with the day of its approval."""
    approved = [
        (read_period(row.period), row.approved_on)
        for row in subsidy_runs.runs(connection)
        if row.kind == RunKind.REGULAR and row.approved and row.approved_on
    ]
    found = [
        (period, approved_on)
        for period, approved_on in approved
        if period.first <= today
        and (first is None or period.last >= first.first)
        and (last is None or period.first <= last.last)
    ]
    if not found:
        where = "这些月份里没有" if approved else "还没有"
        raise JieminError(
            f"{where}批准过的补助，没有可以比较的", "批准过的才有差额；看各批的情况：jiemin subsidy runs"
        )
    return sorted(found, key=lambda each: (each[0].last, isinstance(each[0], Year)))


class _Look:
    """Gathers lines and whatever could not be compared, period by period."""

    def __init__(self, connection: Connection, book: Book, today: date) -> None:
        self._connection = connection
        self._book = book
        self._today = today
        self._settled = arrears.differences_paid(connection)
        self._later = paid_later(connection)
        self.lines: list[DueLine] = []
        self.missing: list[MissingAward] = []
        self.unstated: list[Unstated] = []

    def at(self, period: Period, approved_on: date) -> None:
        """Compare one period, item by item."""
        awarded = _by_item(arrears.awards_paid(self._connection, str(period)))
        settled = _by_item(self._settled.get(str(period), ()))
        days = days_of_period(self._connection, period, approved_on, self._later, self._today)
        for item in items_of(period):
            assessment = Assessment(item, period, self._book)
            rows, more = awarded.get(item, []), settled.get(item, [])
            if not assessment.unstated:
                self._compare(assessment, days, rows, more)
            elif any(row.fen for row in (*rows, *more)):
                titles = tuple(self._book.title(key) for key in assessment.unstated)
                self.unstated.append(Unstated(item, period, titles))

    def _compare(
        self,
        assessment: Assessment,
        days: DecidingDays,
        awarded: Iterable[PaidRow],
        settled: Iterable[PaidRow],
    ) -> None:
        now = _Now(assessment)
        for row in awarded:
            now.take_award(row)
        for row in settled:
            now.take_paid(row)
        for state, facts in approved_families(self._connection, assessment, days, now.untold):
            now.take_family(state, facts)
        self.lines += now.lines()
        item, period = assessment.rule.item, assessment.period
        if now.unvalued and not now.given:
            self.unstated.append(Unstated(item, period, tuple(dict.fromkeys(now.unvalued.values()))))
            return
        lacking = now.lacking | {each: (f"{title}{NO_VALUE}",) for each, title in now.unvalued.items()}
        self.missing += [
            MissingAward(purpose.household_no, item, str(period), names)
            for purpose, names in sorted(lacking.items())
        ]


class _Now:
    """One item in one period: what was paid, what is due now, and why it cannot be told of some."""

    def __init__(self, assessment: Assessment) -> None:
        self._assessment = assessment
        self._ids: dict[Purpose, int] = {}
        self._facts: dict[Purpose, FamilyFacts] = {}
        self._paid: dict[Purpose, Fen] = {}
        self._due: dict[Purpose, Fen] = {}
        self._awarded: set[str] = set()
        self.lacking: dict[Purpose, tuple[str, ...]] = {}
        self.unvalued: dict[Purpose, str] = {}

    @property
    def given(self) -> bool:
        """Whether anybody was or is due anything."""
        return any(self._paid.values()) or any(self._due.values())

    def untold(self, household_no: str) -> bool:
        """Whether the facts seen of a household so far do not suffice, and no regular run awarded it any
        amount; a lost fact is no reason to look at other days."""
        return household_no not in self._awarded and self._purpose(household_no) in self.lacking

    def take_award(self, row: PaidRow) -> None:
        """What the regular run paid a household."""
        self._awarded.add(row.household_no)
        self.take_paid(row)

    def take_paid(self, row: PaidRow) -> None:
        """What one or more runs paid a household."""
        purpose = self._purpose(row.household_no)
        self._ids[purpose] = row.household_id
        self._paid[purpose] = self._paid.get(purpose, 0) + row.fen

    def take_family(self, state: HouseholdState, facts: FamilyFacts) -> None:
        """What a family is due by its facts of now."""
        purpose = self._purpose(state.household_no)
        self._ids[purpose], self._facts[purpose] = state.id, facts
        try:
            due = self._assessment.entitlement(facts)
        except NoValueError as fault:
            self.unvalued[purpose] = fault.parameter
            return
        if isinstance(due, MissingFact):
            self.lacking[purpose] = due.names
        else:
            self.lacking.pop(purpose, None)
            self._due[purpose] = due.after_fen

    def lines(self) -> list[DueLine]:
        """What differs; a family without a claim has no facts."""
        unknown = self.lacking.keys() | self.unvalued.keys()
        return [
            DueLine(line, self._ids[line.purpose], self._facts.get(line.purpose))
            for line in arrear_lines(self._paid, self._due, unknown)
        ]

    def _purpose(self, household_no: str) -> Purpose:
        return Purpose(household_no, self._assessment.rule.item.value, str(self._assessment.period))


def _by_item(rows: Iterable[PaidRow]) -> dict[str, list[PaidRow]]:
    found: dict[str, list[PaidRow]] = {}
    for row in rows:
        found.setdefault(row.item, []).append(row)
    return found
