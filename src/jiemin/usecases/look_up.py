"""Look up households, cadres and pairings, as lists or one by one."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter

from sqlalchemy import Connection

from jiemin.domain.codes import HouseholdClass
from jiemin.domain.periods import FOREVER
from jiemin.storage import cadres, households, pairings, regions
from jiemin.storage.cadres import CadreState
from jiemin.storage.database import Database
from jiemin.storage.households import HouseholdState
from jiemin.storage.pairings import PairingRow
from jiemin.storage.regions import Place
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
    database: Database,
    day: date,
    *,
    household: str = "",
    cadre: str = "",
    ended: bool = False,
    past: bool = False,
) -> list[PairingView]:
    """The pairings in force on `day` (or all there ever were), of one household or cadre or all.

    With `past` what was only set later than `day` is left out.
    """
    with database.reading() as connection:
        rows = pairings.all_pairings(connection) if ended else pairings.pairings_on(connection, day)
        if past:
            rows = [as_known(row, day) for row in rows if row.start <= day]
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


def as_known(row: PairingRow, day: date) -> PairingRow:
    """The pairing as it was known on a day: of one that goes on then, nobody knew the end."""
    return replace(row, end=FOREVER, end_reason=None) if row.end > day else row


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
