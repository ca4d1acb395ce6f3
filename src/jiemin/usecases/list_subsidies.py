"""The awards on record, with the households whose amounts still cannot be computed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.entitlement import Assessment, Item, Period, items_of, read_period
from jiemin.domain.indicators import MissingAward
from jiemin.domain.periods import Month, Year
from jiemin.domain.policy import Book
from jiemin.storage import arrears, awards, households, regions, subsidy_runs
from jiemin.storage.arrears import PaidRow
from jiemin.storage.awards import AwardRow
from jiemin.storage.database import Database
from jiemin.storage.subsidy_runs import RunRow
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
    """The awards of some periods; `not_computed` are those of which none is on record.

    Of those `not_computable` has what the households lack, where each lacks something; `approved` has the run
    of a period that is approved and will not be computed again. `as_of` is the day from which a roster with
    the missing facts must hold. `settled` are what approved arrears pay and ask back for these periods; no
    award has them.
    """

    periods: tuple[tuple[Item, Period], ...]
    awards: tuple[AwardRow, ...]
    missing: tuple[MissingAward, ...]
    not_computed: tuple[tuple[Item, Period], ...]
    not_computable: dict[tuple[Item, Period], tuple[str, ...]]
    approved: dict[Period, str]
    settled: tuple[PaidRow, ...]
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
    """The awards of the month or year, of one `town` where it is named.

    With neither month nor year those of the latest of each on record, else of the running ones.
    Raises `PeriodError` for a period that has not begun.
    """
    with database.reading() as connection:
        periods = _periods(connection, book, month, year, today)
        families = {
            number: family
            for number, family in families_on(connection, today).items()
            if town in {"", family.town}
        }
        stored = {each: awards.awards_for(connection, each[0], str(each[1])) for each in periods}
        claims = {each: _claims(connection, Assessment(*each, book), today) for each in periods}
        approved = {period: run.run_no for _, period in periods if (run := _approved(connection, period))}
        missing = [one for each in periods for one in claims[each].missing if one.household_no in families]
        as_of = roster_day(connection, missing)
        differences = arrears.differences_paid(connection)
    not_computed = tuple(each for each, rows in stored.items() if not rows and not claims[each].idle)
    return SubsidyList(
        periods=tuple(periods),
        awards=tuple(row for rows in stored.values() for row in rows if row.household_no in families),
        missing=tuple(missing),
        not_computed=not_computed,
        not_computable={each: claims[each].lacking for each in not_computed if claims[each].lacking},
        approved=approved,
        settled=tuple(
            row
            for item, period in periods
            for row in differences.get(str(period), ())
            if row.item == item and row.fen and row.household_no in families
        ),
        families=families,
        as_of=as_of,
    )


@dataclass(frozen=True, slots=True)
class _Claims:
    """Who may be given an item in a period: so many `households`, of which `missing` lack facts."""

    households: int
    missing: tuple[MissingAward, ...]

    @property
    def idle(self) -> bool:
        """Whether nobody has a claim: then there is nothing to compute."""
        return not self.households

    @property
    def lacking(self) -> tuple[str, ...]:
        """What the households lack, where every one of them lacks something."""
        if len(self.missing) < self.households:
            return ()
        return tuple(dict.fromkeys(name for each in self.missing for name in each.facts))


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
    """Every household known on the day, by its number; without a head it is called after its last."""
    places, states = regions.places(connection), households.households_on(connection, today)
    headless = [state.id for state in states if not state.head_name]
    last = households.last_heads(connection, today, headless)
    return {
        state.household_no: Family(
            state.head_name or last.get(state.id, ("", ""))[0],
            places[state.region_id].town,
            places[state.region_id].village,
        )
        for state in states
    }


def _claims(connection: Connection, assessment: Assessment, today: date) -> _Claims:
    item, period = assessment.rule.item, str(assessment.period)
    found = [
        MissingAward(state.household_no, item, period, assessment.lacking(facts))
        for state, facts in entitled_families(connection, assessment, today)
    ]
    return _Claims(len(found), tuple(each for each in found if each.facts))


def _approved(connection: Connection, period: Period) -> RunRow | None:
    run = subsidy_runs.live_run(connection, str(period))
    return run if run and run.approved else None
