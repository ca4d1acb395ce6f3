"""The facts of a quarter as they stand in the database: for due lists, status and reports."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from jiemin.domain.codes import HouseholdClass, Keeping, Role, VisitKind
from jiemin.domain.indicators import CadreLine, HouseholdLine, VisitLine
from jiemin.domain.periods import Quarter
from jiemin.domain.visits import (
    PairingSpan,
    QuarterVisits,
    Span,
    quarter_visits,
    report_day,
)
from jiemin.storage import cadres, households, pairings, regions, visits
from jiemin.storage.cadres import CadreState
from jiemin.storage.database import Database
from jiemin.storage.households import HouseholdState


@dataclass(frozen=True, slots=True)
class QuarterRecord:
    """Everything on record for one quarter but the money."""

    quarter: Quarter
    day: date
    towns: tuple[str, ...]
    households: tuple[HouseholdLine, ...]
    cadres: tuple[CadreLine, ...]
    pairings: tuple[PairingSpan, ...]
    visits: tuple[VisitLine, ...]

    def judged(self, today: date) -> QuarterVisits:
        """The quarter's visits by the one definition of due and made."""
        active = {each.household_no: each.active for each in self.households}
        return quarter_visits(self.quarter, today, active, self.pairings, self.visits)


def default_quarter(connection: Connection, today: date) -> Quarter:
    """The latest quarter with a visit, else the running one."""
    latest = visits.latest_visit_day(connection)
    return Quarter.of(min(latest, today) if latest else today)


def judge_quarter(
    database: Database, quarter: Quarter | None, today: date
) -> tuple[QuarterRecord, QuarterVisits]:
    """A quarter's record and what was due and made; the running quarter when none is named."""
    with database.reading() as connection:
        record = read_quarter(connection, quarter or Quarter.of(today), today)
    return record, record.judged(today)


def read_quarter(connection: Connection, quarter: Quarter, today: date) -> QuarterRecord:
    """Read a quarter as it stands on its last day, or today while it runs.

    Raises `PeriodError` for a quarter that has not begun.
    """
    day = report_day(quarter, today)
    places = regions.places(connection)
    in_force = pairings.pairing_facts(connection, quarter.first, quarter.after)
    lines = _households(connection, quarter, day, places)
    return QuarterRecord(
        quarter=quarter,
        day=day,
        towns=county_towns(connection, {line.town for line in lines}),
        households=lines,
        cadres=_cadres(connection, day, {row.cadre_id for row in in_force}),
        pairings=tuple(
            PairingSpan(row.household_no, row.cadre_no, Role(row.role), row.start, row.end)
            for row in in_force
        ),
        visits=tuple(_visit(row) for row in visits.visit_facts(connection, quarter.first, quarter.after)),
    )


def county_towns(connection: Connection, used: Collection[str]) -> tuple[str, ...]:
    """The county's towns; a zone without a statistical code only when it is among the `used`."""
    towns = [each for each in regions.regions(connection) if each.level == regions.TOWN]
    return tuple(town.name for town in towns if town.code or town.name in used)


def _households(
    connection: Connection, quarter: Quarter, day: date, places: dict[int, regions.Place]
) -> tuple[HouseholdLine, ...]:
    """Every household in the work on some day of the quarter, as on `day` or its last day before."""
    active = households.active_spans(connection, quarter.first, min(quarter.after, day + timedelta(days=1)))
    by_day: dict[date, list[int]] = defaultdict(list)
    for household_id, spans in active.items():
        last = max(end for _, end in spans)
        if last <= day:
            by_day[last - timedelta(days=1)].append(household_id)
    states = [each for each in households.households_on(connection, day) if each.active]
    for last_day, ids in by_day.items():
        states += households.households_on(connection, last_day, ids)
    return tuple(_household(each, active.get(each.id, []), places) for each in states)


def _household(
    state: HouseholdState, active: Sequence[tuple[date, date]], places: dict[int, regions.Place]
) -> HouseholdLine:
    place = places[state.region_id]
    return HouseholdLine(
        household_no=state.household_no,
        head_name=state.head_name or "",
        head_id=state.head_number,
        town=place.town,
        village=place.village,
        household_class=HouseholdClass(state.household_class),
        size=state.size,
        covered=state.covered,
        cause=state.cause or "",
        needs=state.needs or "",
        phones=state.phones,
        active=tuple(Span(start, end) for start, end in active),
        keeping=Keeping(state.keeping) if state.keeping else None,
    )


def _cadres(connection: Connection, day: date, also: set[int]) -> tuple[CadreLine, ...]:
    """Who serves on `day`, and who helped in the quarter and serves no more."""
    serving = cadres.cadres_on(connection, day)
    gone = also - {each.id for each in serving}
    left = cadres.last_posts(connection, gone) if gone else []
    return (*(_cadre(each, True) for each in serving), *(_cadre(each, False) for each in left))


def _cadre(state: CadreState, serving: bool) -> CadreLine:
    return CadreLine(
        state.cadre_no, state.name, state.unit, state.post or "", state.leader, state.phones, serving
    )


def _visit(row: visits.VisitFactRow) -> VisitLine:
    return VisitLine(
        visit_no=row.visit_no,
        day=row.day,
        household_no=row.household_no,
        cadre_nos=row.cadre_nos,
        kind=VisitKind(row.kind),
        deeds=row.deeds,
        needs=row.needs,
    )
