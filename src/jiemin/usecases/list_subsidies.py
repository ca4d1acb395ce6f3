"""The awards on record, with the households whose amounts still cannot be computed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.entitlement import Period, read_period, rule_for
from jiemin.domain.indicators import MissingAward
from jiemin.domain.periods import Month, Year
from jiemin.storage import awards, households, regions
from jiemin.storage.awards import AwardRow
from jiemin.storage.database import Database
from jiemin.usecases.compute_subsidies import wanted_periods
from jiemin.usecases.entitled_families import deciding_day, entitled_families


@dataclass(frozen=True, slots=True)
class Family:
    """A household as a list names it."""

    head_name: str
    town: str
    village: str


@dataclass(frozen=True, slots=True)
class SubsidyList:
    """The awards of some periods; `not_computed` are those of which none is on record."""

    periods: tuple[tuple[str, Period], ...]
    awards: tuple[AwardRow, ...]
    missing: tuple[MissingAward, ...]
    not_computed: tuple[tuple[str, Period], ...]
    families: dict[str, Family]


def list_subsidies(
    database: Database,
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
        periods = _periods(connection, month, year, today)
        families = {
            number: family for number, family in _families(connection, today).items() if town in family.town
        }
        stored = {each: awards.awards_for(connection, each[0], str(each[1])) for each in periods}
        missing = [one for each in periods for one in _missing(connection, *each, today)]
    return SubsidyList(
        periods=tuple(periods),
        awards=tuple(row for rows in stored.values() for row in rows if row.household_no in families),
        missing=tuple(one for one in missing if one.household_no in families),
        not_computed=tuple(each for each, rows in stored.items() if not rows),
        families=families,
    )


def _periods(
    connection: Connection, month: Month | None, year: Year | None, today: date
) -> list[tuple[str, Period]]:
    wanted = wanted_periods(month, year, today)
    if month is None and year is None:
        return [(item, _latest(connection, item, today) or period) for item, period in wanted]
    for _, period in wanted:
        deciding_day(period, today)
    return wanted


def _latest(connection: Connection, item: str, today: date) -> Period | None:
    stored = [read_period(text) for text in awards.periods_with_awards(connection, item)]
    begun = [period for period in stored if period.first <= today]
    return begun[-1] if begun else None


def _families(connection: Connection, today: date) -> dict[str, Family]:
    places = regions.places(connection)
    return {
        state.household_no: Family(
            state.head_name or "", places[state.region_id].town, places[state.region_id].village
        )
        for state in households.households_on(connection, today)
    }


def _missing(connection: Connection, item: str, period: Period, today: date) -> list[MissingAward]:
    lacking = rule_for(item, period).lacking
    return [
        MissingAward(state.household_no, item, str(period), names)
        for state, facts in entitled_families(connection, item, period, today)
        if (names := lacking(facts))
    ]
