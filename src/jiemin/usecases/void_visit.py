"""Void a visit that never took place, or say when and how the needs heard at one were met."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from jiemin.errors import JieminError
from jiemin.storage.database import Database
from jiemin.storage.journal import write_door
from jiemin.storage.measures import measures_until
from jiemin.storage.stamp import Stamp
from jiemin.storage.tables import Visit
from jiemin.storage.visits import VisitRow
from jiemin.usecases.find_records import find_visit


@dataclass(frozen=True, slots=True)
class Needs:
    """Needs heard at a visit, met on `day`; `how` says by what."""

    day: date
    how: str


@dataclass(frozen=True, slots=True)
class Voided:
    """The visit as it was before, and the numbers of its promises that had been kept already."""

    row: VisitRow
    kept: tuple[str, ...]


def void_visit(database: Database, stamp: Stamp, text: str, reason: str, today: date) -> Voided:
    """Void the visit: it stays on record and counts for nothing, nor do its promises.

    Raises `NotFoundError` for an unknown visit, `JieminError` for one that is voided already.
    """
    with database.reading() as connection:
        row = find_visit(connection, text)
        promised = measures_until(connection, today, [row.household_id])
    kept = tuple(each.measure_no for each in promised if each.visit_no == row.visit_no and each.delivered_on)
    return Voided(_mark(database, stamp, text, {"voided_on": today, "void_reason": reason}), kept)


def meet_needs(database: Database, stamp: Stamp, text: str, met: Needs, today: date) -> VisitRow:
    """Say that the needs heard at the visit were met. The visit as it was before.

    Raises `NotFoundError` for an unknown visit, `JieminError` for a voided one, one without needs or
    whose needs are met already, and for a day in the future or before the visit.
    """
    if met.day > today:
        raise JieminError(f"{met.day}还没有到", "解决了再登记，或核对日期")
    return _mark(database, stamp, text, {"needs_met_on": met.day, "needs_outcome": met.how})


def _mark(database: Database, stamp: Stamp, text: str, fields: dict[str, Any]) -> VisitRow:
    with write_door(database, stamp) as door:
        row = find_visit(door.connection, text)
        if row.voided_on is not None:
            raise JieminError(
                f"{row.visit_no}已在{row.voided_on}作废", f"用 jiemin visit show {row.visit_no} 查看"
            )
        if "needs_met_on" in fields:
            _refuse_needs(row, fields["needs_met_on"])
        door.update(Visit, [{"id": row.id, **fields}])
        door.note_counts(changed=1)
    return row


def _refuse_needs(row: VisitRow, day: date) -> None:
    if not row.needs:
        raise JieminError(
            f"{row.visit_no}没有记听到的需求",
            f"漏记的先补上：jiemin visit correct {row.visit_no} --needs 需求 --reason 漏记",
        )
    if row.needs_met_on is not None:
        raise JieminError(
            f"{row.visit_no}的需求已登记为{row.needs_met_on}解决", "登记错了的，用 jiemin undo 撤销后重新登记"
        )
    if day < row.day:
        raise JieminError(f"{day}早于走访日期{row.day}", "核对日期")
