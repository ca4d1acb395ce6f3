"""What the notice brings in a month or a year: awards on record as approved arrears left them, and drafts of
what is not on record yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.entitlement import Assessment, Item, Period, items_of, read_period
from jiemin.domain.indicators import AwardLine, MissingAward
from jiemin.domain.periods import Month, Year
from jiemin.domain.policy import Book
from jiemin.domain.uplift import span_label
from jiemin.storage import arrears
from jiemin.storage.database import Database
from jiemin.usecases.entitled_families import deciding_day, read_facts
from jiemin.usecases.list_subsidies import Family, families_on
from jiemin.usecases.period_awards import period_awards
from jiemin.usecases.stored_books import StoredBooks


@dataclass(frozen=True, slots=True)
class Uplift:
    """The amounts of a month, or of a year as far as it has come; `label` says of which.

    `missing` could not be computed and are not counted; `unstated` are items the county does not give
    because it has not stated what they need.
    """

    label: str
    lines: tuple[AwardLine, ...]
    missing: tuple[MissingAward, ...]
    unstated: tuple[Item, ...]
    families: dict[str, Family]

    @property
    def towns(self) -> dict[str, str]:
        """The town of each household, by its number."""
        return {number: family.town for number, family in self.families.items()}


def subsidy_uplift(database: Database, book: Book, today: date, period: Period) -> Uplift:
    """The amounts of a month, or of a year with the months of it that have begun.

    Raises `PeriodError` for a period that has not begun.
    """
    deciding_day(period, today)
    months = _months(period, today)
    periods: list[Period] = [*months, period] if isinstance(period, Year) else [period]
    wanted = [(item, each) for each in periods for item in items_of(each)]
    with database.reading() as connection:
        lines, missing = period_awards(connection, wanted, book, today)
        lines = _with_arrears(connection, lines, periods)
        families = families_on(connection, today)
    unstated = (item for item, each in wanted if Assessment(item, each, book).unstated)
    paid = {line.item for line in lines}
    return Uplift(
        label=span_label(period, months) if isinstance(period, Year) else period.label,
        lines=tuple(lines),
        missing=tuple(missing),
        unstated=tuple(item for item in dict.fromkeys(unstated) if item not in paid),
        families=families,
    )


def _with_arrears(
    connection: Connection, lines: Iterable[AwardLine], periods: Iterable[Period]
) -> list[AwardLine]:
    """The amounts as the last approved arrears left them; who has no claim by them has no amount."""
    amounts = {(line.household_no, line.item, line.period): line for line in lines}
    books = StoredBooks(connection)
    for number, row in arrears.arrears_settled(connection, map(str, periods)):
        purpose = (number, row.item, row.period)
        if row.facts is None:
            amounts.pop(purpose, None)
            continue
        assessment = Assessment(Item(row.item), read_period(row.period), books.book(row.book_id))
        facts = read_facts(row.facts)
        before, _ = assessment.workings(facts)
        amounts[purpose] = AwardLine(
            number, facts.household_class, row.item, row.period, before.amount_fen, row.due_fen
        )
    return list(amounts.values())


def _months(period: Period, today: date) -> list[Month]:
    months = (Month(period.first.year, number) for number in range(1, 13))
    return [month for month in months if isinstance(period, Year) and month.first <= today]
