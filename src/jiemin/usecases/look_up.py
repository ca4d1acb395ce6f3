"""Look up households, cadres, pairings and visits, as lists or one by one."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from operator import attrgetter

from sqlalchemy import Connection

from jiemin.domain.codes import HouseholdClass, Role, VisitKind
from jiemin.domain.periods import FOREVER, Quarter
from jiemin.domain.visits import PairingSpan, VisitFact, paired_visitors
from jiemin.storage import awards, cadres, households, pairings, persons, regions, visits
from jiemin.storage.awards import AwardRow
from jiemin.storage.cadres import CadreState
from jiemin.storage.database import Database
from jiemin.storage.households import HouseholdState
from jiemin.storage.pairings import PairingRow
from jiemin.storage.persons import MemberState
from jiemin.storage.regions import Place
from jiemin.storage.visits import VisitRow
from jiemin.usecases.find_records import find_cadre, find_cadre_ever, find_household


@dataclass(frozen=True, slots=True)
class HouseholdFilter:
    """Which households to list; an empty field does not narrow."""

    town: str | None = None
    village: str = ""
    classes: frozenset[HouseholdClass] = frozenset()
    unpaired: bool = False
    everything: bool = False
    """Also those no longer in the work."""


@dataclass(frozen=True, slots=True)
class Helper:
    """A cadre who helps a household, and since when."""

    pairing: PairingRow
    unit: str


@dataclass(frozen=True, slots=True)
class HouseholdView:
    """A household on one day with its place and helpers."""

    state: HouseholdState
    place: Place
    helpers: tuple[Helper, ...]


@dataclass(frozen=True, slots=True)
class VisitView:
    """A visit, its household's head, and whether it is extra: nobody who came was paired that day."""

    row: VisitRow
    head_name: str
    extra: bool


@dataclass(frozen=True, slots=True)
class HouseholdDetail:
    """All that is on record of one household."""

    view: HouseholdView
    members: tuple[MemberState, ...]
    pairings: tuple[Helper, ...]
    visits: tuple[VisitView, ...]
    awards: tuple[AwardRow, ...]


@dataclass(frozen=True, slots=True)
class CadreView:
    """A cadre in service on one day and the households he or she helps."""

    state: CadreState
    link: Place | None
    households: tuple[PairingRow, ...] = field(default=())
    head_names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PairingView:
    """A pairing with the names a list shows."""

    row: PairingRow
    head_name: str
    unit: str


def list_households(database: Database, day: date, wanted: HouseholdFilter) -> list[HouseholdView]:
    """The households on record on `day`, by number."""
    with database.reading() as connection:
        places = regions.places(connection)
        helpers = _helpers(connection, pairings.pairings_on(connection, day), day)
        found = [
            HouseholdView(state, places[state.region_id], tuple(helpers.get(state.id, ())))
            for state in households.households_on(connection, day)
        ]
    return [view for view in found if _wanted(view, wanted)]


def show_household(database: Database, text: str, day: date) -> HouseholdDetail:
    """The household meant, with members, helpers past and present, visits and awards."""
    with database.reading() as connection:
        state = find_household(connection, text, day)
        places = regions.places(connection)
        ever = pairings.pairings_of(connection, state.id)
        helpers = _helpers(connection, ever, day).get(state.id, [])
        now = tuple(helper for helper in helpers if helper.pairing.start <= day < helper.pairing.end)
        return HouseholdDetail(
            view=HouseholdView(state, places[state.region_id], now),
            members=tuple(persons.members_on(connection, state.id, day)),
            pairings=tuple(helpers),
            visits=tuple(
                VisitView(row, state.head_name or "", _is_extra(row, ever))
                for row in visits.visits_within(connection, date.min, day + timedelta(days=1), state.id)
            ),
            awards=tuple(awards.awards_of_household(connection, state.id)),
        )


def list_cadres(
    database: Database, day: date, *, unit: str = "", leaders: bool = False, without: bool = False
) -> list[CadreView]:
    """The cadres in service on `day`, by number."""
    with database.reading() as connection:
        places = regions.places(connection)
        in_force = _grouped(_of_active(connection, day), attrgetter("cadre_id"))
        names = _head_names(connection, day)
        return [
            _cadre_view(state, places, in_force, names)
            for state in cadres.cadres_on(connection, day)
            if unit in state.unit and (state.leader or not leaders) and not (without and state.id in in_force)
        ]


def show_cadre(database: Database, text: str, day: date) -> CadreView:
    """The cadre meant, with the households he or she helps on `day`."""
    with database.reading() as connection:
        state = find_cadre(connection, text, day)
        in_force = _grouped(_of_active(connection, day), attrgetter("cadre_id"))
        return _cadre_view(state, regions.places(connection), in_force, _head_names(connection, day))


def list_pairings(
    database: Database, day: date, *, household: str = "", cadre: str = "", ended: bool = False
) -> list[PairingView]:
    """The pairings in force on `day` (or all there ever were), of one household or cadre or all."""
    with database.reading() as connection:
        rows = pairings.all_pairings(connection) if ended else pairings.pairings_on(connection, day)
        if household:
            wanted = find_household(connection, household, day).id
            rows = [row for row in rows if row.household_id == wanted]
        if cadre:
            find = find_cadre_ever if ended else find_cadre
            helper = find(connection, cadre, day).id
            rows = [row for row in rows if row.cadre_id == helper]
        names = _head_names(connection, day)
        units = cadres.units_of(connection, {row.cadre_id for row in rows}, day)
        return [
            PairingView(row, names.get(row.household_no, ""), units.get(row.cadre_id, "")) for row in rows
        ]


def list_visits(
    database: Database, today: date, *, quarter: Quarter | None = None, household: str = "", cadre: str = ""
) -> list[VisitView]:
    """Visits by day, of one quarter or all."""
    start, end = (quarter.first, quarter.after) if quarter else (date.min, FOREVER)
    with database.reading() as connection:
        wanted = find_household(connection, household, today).id if household else None
        rows = visits.visits_within(connection, start, end, wanted)
        if cadre:
            helper = find_cadre_ever(connection, cadre, today).id
            rows = [row for row in rows if any(one[0] == helper for one in row.cadres)]
        names = _head_names(connection, today)
        helped = _grouped(pairings.pairings_within(connection, start, end), attrgetter("household_id"))
        return [
            VisitView(row, names.get(row.household_no, ""), _is_extra(row, helped.get(row.household_id, ())))
            for row in rows
        ]


def _is_extra(visit: VisitRow, pairings_of_household: Sequence[PairingRow]) -> bool:
    """Whether nobody who came was paired with the household that day."""
    numbers = tuple(number for _, number, _ in visit.cadres)
    fact = VisitFact(visit.visit_no, visit.day, visit.household_no, numbers, VisitKind(visit.kind))
    spans = (
        PairingSpan(row.household_no, row.cadre_no, Role(row.role), row.start, row.end)
        for row in pairings_of_household
    )
    return not paired_visitors(fact, spans)


def _wanted(view: HouseholdView, wanted: HouseholdFilter) -> bool:
    return (
        (wanted.everything or view.state.active)
        and wanted.town in {None, view.place.town}
        and wanted.village in view.place.village
        and (not wanted.classes or view.state.household_class in wanted.classes)
        and not (wanted.unpaired and (view.helpers or not view.state.to_be_paired))
    )


def _helpers(connection: Connection, rows: Sequence[PairingRow], day: date) -> dict[int, list[Helper]]:
    units = cadres.units_of(connection, {row.cadre_id for row in rows}, day)
    helpers: dict[int, list[Helper]] = {}
    for row in rows:
        helpers.setdefault(row.household_id, []).append(Helper(row, units.get(row.cadre_id, "")))
    return helpers


def _of_active(connection: Connection, day: date) -> list[PairingRow]:
    """The pairings in force on `day` with households still in the work."""
    active = {each.id for each in households.households_on(connection, day) if each.active}
    return [row for row in pairings.pairings_on(connection, day) if row.household_id in active]


def _grouped(rows: Iterable[PairingRow], key: Callable[[PairingRow], int]) -> dict[int, list[PairingRow]]:
    found: dict[int, list[PairingRow]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def _head_names(connection: Connection, day: date) -> dict[str, str]:
    return {each.household_no: each.head_name or "" for each in households.households_on(connection, day)}


def _cadre_view(
    state: CadreState, places: dict[int, Place], in_force: dict[int, list[PairingRow]], names: dict[str, str]
) -> CadreView:
    link = places[state.link_id] if state.link_id is not None else None
    return CadreView(state, link, tuple(in_force.get(state.id, ())), names)
