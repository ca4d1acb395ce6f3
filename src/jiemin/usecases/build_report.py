"""Build the quarter's report and annex 1 from what is on record."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.indicators import (
    PairingLine,
    QuarterFacts,
    QuarterReport,
    SettledArrear,
    build_quarter,
    list_pairings,
)
from jiemin.domain.periods import Quarter
from jiemin.domain.policy import Book
from jiemin.errors import JieminError
from jiemin.storage import arrears
from jiemin.storage.database import Database
from jiemin.usecases.quarter_awards import quarter_awards
from jiemin.usecases.quarter_facts import QuarterRecord, default_quarter, read_quarter
from jiemin.usecases.stories import story_lines


@dataclass(frozen=True, slots=True)
class BuiltReport:
    """A quarter's report, with what it was made from."""

    report: QuarterReport
    facts: QuarterFacts

    @property
    def drafts(self) -> tuple[str, ...]:
        """The months and years whose subsidies were computed for this report alone."""
        return tuple(sorted({award.period for award in self.facts.awards if award.draft}))


def build_report(database: Database, book: Book, quarter: Quarter | None, today: date) -> BuiltReport:
    """The report of a quarter; without one, of the latest quarter with a visit, else the running one.

    Subsidies not computed yet are computed for the report, marked as drafts and not stored.
    Raises `PeriodError` for a quarter that has not begun, `JieminError` for one without households.
    """
    with database.reading() as connection:
        record = _record(connection, quarter, today)
        if not record.households:
            raise JieminError(
                f"{record.quarter.label}没有在册的困难家庭，出不了报表",
                "核对季度；名册应当更早起算的，用 --as-of 重新导入",
            )
        awards, missing = quarter_awards(connection, record.quarter, book, today)
        settled = arrears.arrears_approved(connection, record.quarter.first, record.quarter.after)
        stories = story_lines(connection, record.quarter)
    facts = QuarterFacts(
        quarter=record.quarter,
        today=today,
        towns=record.towns,
        households=record.households,
        cadres=record.cadres,
        pairings=record.pairings,
        visits=record.visits,
        awards=awards,
        missing_awards=missing,
        stories=stories,
        arrears=[SettledArrear(*each) for each in settled],
    )
    return BuiltReport(build_quarter(facts), facts)


def build_pairing_list(
    database: Database, quarter: Quarter | None, today: date
) -> tuple[QuarterRecord, tuple[PairingLine, ...]]:
    """Annex 1 as on the quarter's last day, or today; without a quarter, of the running one."""
    with database.reading() as connection:
        record = read_quarter(connection, quarter or Quarter.of(today), today)
    facts = QuarterFacts(
        quarter=record.quarter,
        today=today,
        towns=record.towns,
        households=record.households,
        cadres=record.cadres,
        pairings=record.pairings,
        visits=(),
        awards=(),
    )
    return record, list_pairings(facts)


def _record(connection: Connection, quarter: Quarter | None, today: date) -> QuarterRecord:
    return read_quarter(connection, quarter or default_quarter(connection, today), today)
