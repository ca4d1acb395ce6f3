"""The awards on record, with the households whose amounts still cannot be computed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.entitlement import Assessment, Item, Period, items_of, read_period
from jiemin.domain.indicators import MissingAward
from jiemin.domain.periods import Month, Year
from jiemin.domain.policy import Book
from jiemin.storage import awards, households, regions
from jiemin.storage.awards import AwardRow
from jiemin.storage.database import Database
from jiemin.usecases.compute_subsidies import wanted_periods
from jiemin.usecases.entitled_families import deciding_day, entitled_families
from jiemin.usecases.missing_remedies import roster_day


@dataclass(frozen=True, slots=True)
class Family:
    """A household as a list names it."""

    head_name: str
    town: str
    village: str


@dataclass(frozen=True, slots=True)
class SubsidyList:
    """The awards of some periods; `not_computed` are those of which none is on record, `as_of` the day from
    which a roster with the missing facts must hold."""

    periods: tuple[tuple[Item, Period], ...]
    awards: tuple[AwardRow, ...]
    missing: tuple[MissingAward, ...]
    not_computed: tuple[tuple[Item, Period], ...]
    families: dict[str, Family]
    as_of: str = ""


def list_subsidies(
    database: Database,
    book: Book,
    today: date,
    *,
    month: Month | None = None,
    year: Year | None = None,
    town: str = "",
) -> SubsidyList:
    """The awards of the month or year, of the towns whose name contains `town`.

    With neither month nor year those of the latest of each on record, else of the running ones.
    Raises `PeriodError` for a period that has not begun.
    """
    with database.reading() as connection:
        periods = _periods(connection, book, month, year, today)
        families = {
            number: family for number, family in families_on(connection, today).items() if town in family.town
        }
        stored = {each: awards.awards_for(connection, each[0], str(each[1])) for each in periods}
        missing = [one for each in periods for one in _missing(connection, Assessment(*each, book), today)]
        missing = [one for one in missing if one.household_no in families]
        as_of = roster_day(connection, missing)
        idle = {each for each in periods if _has_no_case(connection, Assessment(*each, book), today)}
    return SubsidyList(
        periods=tuple(periods),
        awards=tuple(row for rows in stored.values() for row in rows if row.household_no in families),
        missing=tuple(missing),
        not_computed=tuple(each for each, rows in stored.items() if not rows and each not in idle),
        families=families,
        as_of=as_of,
    )


def _periods(
    connection: Connection, book: Book, month: Month | None, year: Year | None, today: date
) -> list[tuple[Item, Period]]:
    """The items with their periods: those the county gives, or that are on record."""
    on_record = {item for item in Item if awards.periods_with_awards(connection, item)}
    found: list[tuple[Item, Period]] = []
    for period in wanted_periods(month, year, today):
        if month is not None or year is not None:
            deciding_day(period, today)
        for item in items_of(period):
            if item in on_record or Assessment(item, period, book).given:
                latest = _latest(connection, item, today) if month is None and year is None else None
                found.append((item, latest or period))
    return found


def _latest(connection: Connection, item: Item, today: date) -> Period | None:
    stored = [read_period(text) for text in awards.periods_with_awards(connection, item)]
    begun = [period for period in stored if period.first <= today]
    return begun[-1] if begun else None


def families_on(connection: Connection, today: date) -> dict[str, Family]:
    """Every household known on the day, by its number."""
    places = regions.places(connection)
    return {
        state.household_no: Family(
            state.head_name or "", places[state.region_id].town, places[state.region_id].village
        )
        for state in households.households_on(connection, today)
    }


def _has_no_case(connection: Connection, assessment: Assessment, today: date) -> bool:
    """Whether the item is given by case, and nobody has one: then there is nothing to compute."""
    return assessment.rule.by_case and not any(entitled_families(connection, assessment, today))


def _missing(connection: Connection, assessment: Assessment, today: date) -> list[MissingAward]:
    return [
        MissingAward(state.household_no, assessment.rule.item, str(assessment.period), names)
        for state, facts in entitled_families(connection, assessment, today)
        if (names := assessment.lacking(facts))
    ]
