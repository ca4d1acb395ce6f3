"""Show all that is on record of one visit, what it said before it was corrected included."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.codes import Role
from jiemin.storage import cadres, households, pairings, regions, visit_corrections
from jiemin.storage.database import Database
from jiemin.storage.households import HouseholdState
from jiemin.storage.measures import MeasureRow, measures_until
from jiemin.storage.regions import Place
from jiemin.storage.visit_corrections import CorrectionRow
from jiemin.storage.visits import VisitRow
from jiemin.usecases.find_records import find_visit
from jiemin.usecases.list_visits import VisitView, is_extra


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who came, the unit he or she served in that day, and as what paired with the household.

    `named` is False for the lead of a visit that names nobody.
    """

    cadre_no: str
    name: str
    unit: str
    role: Role | None
    named: bool = True


@dataclass(frozen=True, slots=True)
class VisitDetail:
    """A visit with its household's head and place on its day, its visitors, promises and corrections."""

    view: VisitView
    place: Place
    visitors: tuple[Visitor, ...]
    promises: tuple[MeasureRow, ...]
    """As they stand today; a voided visit has none."""
    corrections: tuple[CorrectionRow, ...]
    names: Mapping[str, str]
    """Names of the cadres whose numbers occur in `corrections`."""


def show_visit(database: Database, text: str, today: date) -> VisitDetail:
    """The visit of that number; raises `NotFoundError`."""
    with database.reading() as connection:
        row = find_visit(connection, text)
        state = _household(connection, row, today)
        ever = pairings.pairings_of(connection, row.household_id)
        promises = measures_until(connection, today, [row.household_id])
        corrections = visit_corrections.corrections_of(connection, row.id)
        return VisitDetail(
            view=VisitView(row, (state.head_name or "") if state else "", is_extra(row, ever)),
            place=regions.places(connection)[state.region_id] if state else Place(0, "", ""),
            visitors=_visitors(connection, row, ever),
            promises=tuple(each for each in promises if each.visit_no == row.visit_no),
            corrections=tuple(corrections),
            names=cadres.names_of(
                connection, {number for each in corrections for number in each.before.get("cadres", ())}
            ),
        )


def _household(connection: Connection, row: VisitRow, today: date) -> HouseholdState | None:
    """The household as on the day of the visit, else as it is today."""
    for day in (row.day, today):
        for state in households.households_on(connection, day, [row.household_id]):
            return state
    return None


def _visitors(connection: Connection, row: VisitRow, ever: list[pairings.PairingRow]) -> tuple[Visitor, ...]:
    paired = {each.cadre_id: each for each in ever if each.start <= row.day < each.end}
    came = {cadre_id: (number, name) for cadre_id, number, name in row.cadres} or {
        cadre_id: (each.cadre_no, each.cadre_name)
        for cadre_id, each in paired.items()
        if each.role == Role.LEAD
    }
    units = cadres.units_of(connection, came, row.day)
    return tuple(
        Visitor(
            number,
            name,
            units.get(cadre_id, ""),
            Role(paired[cadre_id].role) if cadre_id in paired else None,
            named=bool(row.cadres),
        )
        for cadre_id, (number, name) in came.items()
    )
