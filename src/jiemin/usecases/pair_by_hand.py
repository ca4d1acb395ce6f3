"""Begin or end one pairing by hand."""

from datetime import date

from jiemin.domain.codes import Role
from jiemin.domain.periods import FOREVER
from jiemin.errors import JieminError, NotFoundError
from jiemin.storage import pairings, persons
from jiemin.storage.cadres import CadreState
from jiemin.storage.database import Database
from jiemin.storage.households import HouseholdState
from jiemin.storage.journal import write_door
from jiemin.storage.stamp import Stamp
from jiemin.storage.tables import Pairing


def pair_one(
    database: Database,
    stamp: Stamp,
    household: HouseholdState,
    cadre: CadreState,
    role: Role | None,
    day: date,
) -> Role:
    """Begin one pairing by hand; the role taken, which is the lead's when there is none yet."""
    with write_door(database, stamp) as door:
        in_force = [row for row in pairings.pairings_of(door.connection, household.id) if row.end > day]
        if any(row.cadre_id == cadre.id for row in in_force):
            raise JieminError(f"{cadre.name}已经和{household.household_no}结对", "用 jiemin pair list 查看")
        has_lead = any(row.role == Role.LEAD for row in in_force)
        if role is Role.LEAD and has_lead:
            raise JieminError(
                f"{household.household_no}已有第一责任人", "先用 jiemin pair end 结束，或加 --role 协助"
            )
        members = persons.members_on(door.connection, household.id, day)
        if cadre.id_number and any(member.id_number == cadre.id_number for member in members):
            raise JieminError(f"{cadre.name}是这一户的成员，应当回避", "换一名干部")
        taken = role or (Role.ASSIST if has_lead else Role.LEAD)
        door.insert(
            Pairing,
            [
                {
                    "household_id": household.id,
                    "cadre_id": cadre.id,
                    "role": taken.value,
                    "origin": "手工",
                    "valid_from": day,
                    "valid_to": FOREVER,
                }
            ],
        )
    return taken


def end_pairing(
    database: Database, stamp: Stamp, household: HouseholdState, cadre: CadreState, day: date, reason: str
) -> None:
    """End one pairing on `day`, the first day it no longer holds; its row stays as history."""
    with write_door(database, stamp) as door:
        rows = [
            row
            for row in pairings.pairings_of(door.connection, household.id)
            if row.cadre_id == cadre.id and row.end == FOREVER
        ]
        if not rows:
            raise NotFoundError(f"{cadre.name}没有和{household.household_no}结对", "用 jiemin pair list 查看")
        if day <= rows[0].start:
            raise JieminError(f"结束日期要晚于结对日期{rows[0].start}", "改 --on 的日期")
        door.update(Pairing, [{"id": rows[0].id, "valid_to": day, "end_reason": reason}])
