"""Correct what is on record of a visit; what it said before is kept."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from jiemin.domain.codes import Role, VisitKind
from jiemin.domain.spans import Difference
from jiemin.errors import JieminError
from jiemin.storage import households
from jiemin.storage.database import Database
from jiemin.storage.journal import Door, write_door
from jiemin.storage.merging import rows_where
from jiemin.storage.pairings import PairingRow
from jiemin.storage.record_tables import Measure, VisitCorrection
from jiemin.storage.stamp import Stamp
from jiemin.storage.tables import Visit, VisitCadre
from jiemin.storage.visit_corrections import before_text
from jiemin.storage.visits import VisitRow
from jiemin.usecases.find_records import find_visit
from jiemin.usecases.visitors import (
    Visitors,
    paired_on,
    refuse_future,
    refuse_stray_gift,
    refuse_twice,
    visitors_told,
)


@dataclass(frozen=True, slots=True)
class CorrectionTold:
    """What the clerk typed: the visit, what it should say, and why.

    `fields` holds columns of the visit and what each is to be, None to empty it; only those told.
    `cadres`, if any, are all who came.
    """

    visit: str
    fields: Mapping[str, Any]
    reason: str
    cadres: Sequence[str] = ()
    not_paired: bool = False


@dataclass(frozen=True, slots=True)
class Corrected:
    """What was corrected; of the field `cadres` old and new are (number, name) of those who came."""

    visit_no: str
    household_no: str
    differences: tuple[Difference, ...]
    extra: bool
    """Whether nobody who came was paired on the day it now has."""
    notes: tuple[str, ...]
    """What else the clerk should know."""


@dataclass(frozen=True, slots=True)
class _Now:
    """The visit as it is to be."""

    day: date
    kind: VisitKind
    cadres: Visitors
    paired: Mapping[int, PairingRow]

    @property
    def extra(self) -> bool:
        leads = {cadre_id for cadre_id, row in self.paired.items() if row.role == Role.LEAD}
        return not (self.cadres.keys() & self.paired.keys() if self.cadres else leads)


def correct_visit(
    database: Database, stamp: Stamp, told: CorrectionTold, today: date, *, dry_run: bool = False
) -> Corrected:
    """Change the visit and keep what it said.

    Raises `NotFoundError` for an unknown visit, and `JieminError` for a voided one, where nothing would
    change, for a day in the future or before the household is known, when it would say the same as
    another visit, for a visitor not paired that day (unless `not_paired`), for a gift on what is no 慰问,
    and where a promise, or the day on which needs were met, would come before the visit.
    """
    with write_door(database, stamp, dry_run=dry_run) as door:
        row = find_visit(door.connection, told.visit)
        if row.voided_on is not None:
            raise JieminError(
                f"{row.visit_no}已在{row.voided_on}作废，不能更正", "作废错了的，先用 jiemin undo 撤销作废"
            )
        now = _as_told(door.connection, row, told, today)
        fields = _changed(row, told.fields)
        people = {cadre_id: (number, name) for cadre_id, number, name in row.cadres}
        others = now.cadres.keys() != people.keys()
        if not fields and not others:
            raise JieminError(f"{row.visit_no}记的就是这样，没有什么要更正", "核对要改的内容")
        _refuse(door.connection, row, now, told, fields)
        notes = [*_promises(door, row, now), *_needs(row, fields)]
        before: dict[str, Any] = {name: getattr(row, name) for name in fields}
        if others:
            before["cadres"] = [number for number, _ in people.values()]
            _exchange(door, row.id, now.cadres)
        door.update(Visit, [{"id": row.id, **fields}] if fields else [])
        kept = {"visit_id": row.id, "day": today, "reason": told.reason, "before": before_text(before)}
        door.insert(VisitCorrection, [kept])
        door.note_counts(changed=1)
    differences = [Difference(name, getattr(row, name), value) for name, value in fields.items()]
    if others:
        differences.append(Difference("cadres", tuple(people.values()), tuple(now.cadres.values())))
    return Corrected(row.visit_no, row.household_no, tuple(differences), now.extra, tuple(notes))


def _as_told(connection: Connection, row: VisitRow, told: CorrectionTold, today: date) -> _Now:
    day: date = told.fields.get("day", row.day)
    refuse_future(day, today)
    if not households.households_on(connection, day, [row.household_id]):
        raise JieminError(f"{row.household_no}在{day}还没有记录", "核对走访日期")
    paired = paired_on(connection, row.household_id, day)
    cadres = {cadre_id: (number, name) for cadre_id, number, name in row.cadres}
    if told.cadres:
        cadres = visitors_told(
            connection, told.cadres, row.household_no, day, paired, not_paired=told.not_paired
        )
    return _Now(day, VisitKind(told.fields.get("kind", row.kind)), cadres, paired)


def _changed(row: VisitRow, told: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that will say something else; needs that go take the word that they were met along."""
    fields = {name: value for name, value in told.items() if value != getattr(row, name)}
    if fields.get("needs", "") is None:
        met = {"needs_met_on": row.needs_met_on, "needs_outcome": row.needs_outcome}
        fields |= {name: None for name, value in met.items() if value is not None}
    return fields


def _refuse(
    connection: Connection, row: VisitRow, now: _Now, told: CorrectionTold, fields: Mapping[str, Any]
) -> None:
    refuse_stray_gift(
        now.kind, told.fields.get("gift_fen", row.gift_fen), told.fields.get("gift_goods", row.gift_goods)
    )
    refuse_twice(connection, row.household_id, now.day, now.kind, now.cadres, now.paired, besides=row.id)
    if "day" in fields and now.extra and not told.not_paired and not _was_extra(connection, row):
        raise JieminError(
            f"走访人在{now.day}没有与{row.household_no}结对",
            "核对走访日期和走访人；确实是这一天去的，加 --not-paired 记为额外走访",
        )
    met_on = fields.get("needs_met_on", row.needs_met_on)
    if met_on is not None and met_on < now.day:
        raise JieminError(f"听到的需求在{met_on}已解决，早于走访日期{now.day}", "核对走访日期")


def _was_extra(connection: Connection, row: VisitRow) -> bool:
    cadres = {cadre_id: (number, name) for cadre_id, number, name in row.cadres}
    paired = paired_on(connection, row.household_id, row.day)
    return _Now(row.day, VisitKind(row.kind), cadres, paired).extra


def _promises(door: Door, row: VisitRow, now: _Now) -> list[str]:
    """Promises were made on the day of the visit; who is in charge of them stays."""
    promises = rows_where(door.connection, Measure, "visit_id", row.id)
    for each in promises:
        ends = [day for day in (each["due_on"], each["delivered_on"], each["dropped_on"]) if day is not None]
        if ends and min(ends) < now.day:
            raise JieminError(
                f"承诺{each['measure_no']}的期限或办结日期{min(ends)}早于走访日期{now.day}", "核对走访日期"
            )
    moved = [each for each in promises if each["promised_on"] == row.day]
    door.update(Measure, [{"id": each["id"], "promised_on": now.day} for each in moved])
    return [
        f"承诺{each['measure_no']}的责任人没有改，已不在走访人当中"
        for each in promises
        if now.cadres and each["cadre_id"] is not None and each["cadre_id"] not in now.cadres
    ]


def _needs(row: VisitRow, fields: Mapping[str, Any]) -> list[str]:
    if "needs" not in fields or row.needs_met_on is None:
        return []
    if fields["needs"] is None:
        return [f"需求已清空，{row.needs_met_on}已解决的记号一并去掉"]
    return [f"需求改了，仍记为{row.needs_met_on}已解决；没有解决的，用 jiemin undo 撤销当时的登记"]


def _exchange(door: Door, visit_id: int, came: Collection[int]) -> None:
    """Who did not come goes, who did is added."""
    standing = {
        row["cadre_id"]: row["id"] for row in rows_where(door.connection, VisitCadre, "visit_id", visit_id)
    }
    door.delete(VisitCadre, [row_id for cadre_id, row_id in standing.items() if cadre_id not in came])
    door.insert(
        VisitCadre,
        [{"visit_id": visit_id, "cadre_id": cadre_id} for cadre_id in came if cadre_id not in standing],
    )
