"""Begin or end one pairing by hand."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.codes import Role
from jiemin.domain.periods import FOREVER
from jiemin.errors import JieminError, NotFoundError
from jiemin.storage import pairings, persons
from jiemin.storage.cadres import CadreState
from jiemin.storage.database import Database
from jiemin.storage.households import HouseholdState
from jiemin.storage.journal import write_door
from jiemin.storage.pairings import PairingRow
from jiemin.storage.stamp import Stamp
from jiemin.storage.tables import Pairing
from jiemin.usecases.find_records import find_cadre, find_household


@dataclass(frozen=True, slots=True)
class HandMade:
    """One pairing begun or ended; `lead_left` is false when the household has no lead from then on."""

    household_no: str
    head_name: str
    cadre_name: str
    role: Role
    lead_left: bool
    taken_back: bool = False
    """It began that very day and was taken back: it never held."""


def pair_one(
    database: Database, stamp: Stamp, household: str, cadre: str, role: Role | None, day: date
) -> HandMade:
    """Begin one pairing; without a role the cadre is lead when there is none yet, else assists.

    Raises `NotFoundError`, or `JieminError` when the two are paired already, when there is a lead
    already, and when the cadre belongs to the household.
    """
    with write_door(database, stamp) as door:
        family = find_household(door.connection, household, day)
        helper = find_cadre(door.connection, cadre, day)
        held = [row for row in pairings.pairings_of(door.connection, family.id) if row.end > day]
        leads = [row for row in held if row.role == Role.LEAD]
        _refuse(door.connection, family, helper, role, held, day)
        taken = role or (Role.ASSIST if leads else Role.LEAD)
        door.insert(
            Pairing,
            [
                {
                    "household_id": family.id,
                    "cadre_id": helper.id,
                    "role": taken.value,
                    "origin": "手工",
                    "valid_from": day,
                    "valid_to": FOREVER,
                }
            ],
        )
    lasting = taken is Role.LEAD or any(row.end == FOREVER for row in leads)
    return HandMade(family.household_no, family.head_name or "", helper.name, taken, lasting)


def end_pairing(
    database: Database, stamp: Stamp, household: str, cadre: str, day: date, reason: str, today: date
) -> HandMade:
    """End one pairing on `day`, the first day it no longer holds; its row stays as history.

    One that began on `day` never held: it is taken back, and the journal keeps its image. Raises
    `NotFoundError` when the two are not paired, `JieminError` for a day before the pairing.
    """
    with write_door(database, stamp) as door:
        family = find_household(door.connection, household, today)
        held = [row for row in pairings.pairings_of(door.connection, family.id) if row.end == FOREVER]
        row = _meant(door.connection, family, held, cadre, today)
        if day < row.start:
            raise JieminError(f"结束日期不能早于结对日期{row.start}", "改 --on 的日期")
        if day == row.start:
            door.delete(Pairing, [row.id])
        else:
            door.update(Pairing, [{"id": row.id, "valid_to": day, "end_reason": reason}])
    rest = [each for each in held if each.id != row.id]
    return HandMade(
        household_no=family.household_no,
        head_name=family.head_name or "",
        cadre_name=row.cadre_name,
        role=Role(row.role),
        lead_left=not rest or any(each.role == Role.LEAD for each in rest),
        taken_back=day == row.start,
    )


def _refuse(
    connection: Connection,
    family: HouseholdState,
    helper: CadreState,
    role: Role | None,
    held: list[PairingRow],
    day: date,
) -> None:
    if any(row.cadre_id == helper.id for row in held):
        raise JieminError(f"{helper.name}已经和{family.household_no}结对", "用 jiemin pair list 查看")
    lead = next((row for row in held if row.role == Role.LEAD), None)
    if role is Role.LEAD and lead is not None:
        raise JieminError(
            f"{family.household_no}已有第一责任人{lead.cadre_name}",
            f"先结束：jiemin pair end {family.household_no} {lead.cadre_no} --reason 原因；或加 --role 协助",
        )
    members = persons.members_on(connection, family.id, day)
    if helper.id_number and any(member.id_number == helper.id_number for member in members):
        raise JieminError(f"{helper.name}是这一户的成员，应当回避", "换一名干部")


def _meant(
    connection: Connection, family: HouseholdState, held: list[PairingRow], text: str, today: date
) -> PairingRow:
    """The pairing meant: of namesakes the cadre who is paired with this household."""
    ours = [row for row in held if text in (row.cadre_name, row.cadre_no)]
    if len(ours) == 1:
        return ours[0]
    helper = find_cadre(connection, text, today)
    row = next((row for row in held if row.cadre_id == helper.id), None)
    if row is None:
        raise NotFoundError(f"{helper.name}没有和{family.household_no}结对", "用 jiemin pair list 查看")
    return row
