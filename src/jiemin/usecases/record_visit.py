"""Record one visit: who called at which household, when, what was heard and done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from jiemin.domain.codes import Role, VisitKind
from jiemin.errors import JieminError
from jiemin.storage import pairings
from jiemin.storage.database import Database
from jiemin.storage.households import HouseholdState
from jiemin.storage.journal import Door, write_door
from jiemin.storage.stamp import Stamp
from jiemin.storage.tables import Visit, VisitCadre
from jiemin.storage.visits import serial, visits_within
from jiemin.usecases.find_records import find_cadre, find_household


@dataclass(frozen=True, slots=True)
class VisitTold:
    """What the clerk typed of a visit; without cadres the lead of that day is meant."""

    household: str
    cadres: Sequence[str]
    day: date
    kind: VisitKind = VisitKind.CALL_ON
    note: str | None = None
    needs: str | None = None
    deeds: str | None = None
    not_paired: bool = False


@dataclass(frozen=True, slots=True)
class VisitRecorded:
    """The visit as it was stored; `extra` when nobody who came was paired that day."""

    visit_no: str
    household_no: str
    head_name: str
    cadres: tuple[tuple[str, str], ...]
    """(cadre number, name) of everybody who came."""
    extra: bool


def record_visit(database: Database, stamp: Stamp, told: VisitTold, today: date) -> VisitRecorded:
    """Store the visit.

    Raises `JieminError` for a day in the future, for the very same visit a second time, for a
    visitor who is not paired with the household that day (unless `not_paired` says it is an
    extra visit), and when nobody is named and there is no lead.
    """
    if told.day > today:
        raise JieminError(f"走访日期{told.day}还没有到", "走访之后再登记，或核对日期")
    with write_door(database, stamp) as door:
        household = find_household(door.connection, told.household, told.day)
        paired = _paired_on(door.connection, household.id, told.day)
        cadres = _visitors(door.connection, told, household, paired)
        extra = not any(cadre_id in paired for cadre_id in cadres)
        _refuse_twice(door.connection, told, household, set(cadres), paired)
        number = _store(door, told, household, list(cadres))
    people = tuple(cadres.values())
    return VisitRecorded(number, household.household_no, household.head_name or "", people, extra)


def _paired_on(connection: Connection, household_id: int, day: date) -> dict[int, pairings.PairingRow]:
    rows = pairings.pairings_of(connection, household_id)
    return {row.cadre_id: row for row in rows if row.start <= day < row.end}


def _visitors(
    connection: Connection, told: VisitTold, household: HouseholdState, paired: dict[int, pairings.PairingRow]
) -> dict[int, tuple[str, str]]:
    """Cadre id → (number, name) of those who came."""
    if not told.cadres:
        leads = [row for row in paired.values() if row.role == Role.LEAD]
        if not leads:
            raise JieminError(
                f"{told.day}这一户没有第一责任人，不知道是谁走访的", "用 --cadre 写明走访的干部"
            )
        return {row.cadre_id: (row.cadre_no, row.cadre_name) for row in leads}
    visitors: dict[int, tuple[str, str]] = {}
    for text in told.cadres:
        ours = [row for row in paired.values() if text in (row.cadre_name, row.cadre_no)]
        if len(ours) == 1:  # of namesakes the one who is paired is meant
            visitors[ours[0].cadre_id] = (ours[0].cadre_no, ours[0].cadre_name)
            continue
        cadre = find_cadre(connection, text, told.day)
        if cadre.id not in paired and not told.not_paired:
            raise JieminError(
                f"{cadre.name}在{told.day}没有与{household.household_no}结对",
                "核对走访人；确实去过，加 --not-paired 记为额外走访",
            )
        visitors[cadre.id] = (cadre.cadre_no, cadre.name)
    return visitors


def _refuse_twice(
    connection: Connection,
    told: VisitTold,
    household: HouseholdState,
    cadre_ids: set[int],
    paired: dict[int, pairings.PairingRow],
) -> None:
    """A visit that names nobody is the lead's of that day."""
    leads = {row.cadre_id for row in paired.values() if row.role == Role.LEAD}
    for visit in visits_within(connection, told.day, told.day + timedelta(days=1), household.id):
        same_people = ({cadre[0] for cadre in visit.cadres} or leads) == cadre_ids
        if visit.kind == told.kind and same_people:
            raise JieminError(f"这次走访已经登记过了，编号{visit.visit_no}", "用 jiemin visit list 查看")


def _store(door: Door, told: VisitTold, household: HouseholdState, cadre_ids: Sequence[int]) -> str:
    visit_id = door.next_id(Visit)
    door.insert(
        Visit,
        [
            {
                "id": visit_id,
                "visit_no": serial(visit_id),
                "household_id": household.id,
                "day": told.day,
                "kind": told.kind.value,
                "note": told.note,
                "needs": told.needs,
                "deeds": told.deeds,
            }
        ],
    )
    door.insert(VisitCadre, [{"visit_id": visit_id, "cadre_id": cadre_id} for cadre_id in cadre_ids])
    return serial(visit_id)
