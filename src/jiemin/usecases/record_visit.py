"""Record one visit: who called at which household, whom they met, what was heard, done and promised."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jiemin.domain.codes import Plan, VisitKind
from jiemin.domain.money import Fen
from jiemin.errors import JieminError
from jiemin.storage import measures
from jiemin.storage.database import Database
from jiemin.storage.journal import Door, write_door
from jiemin.storage.record_tables import Measure
from jiemin.storage.stamp import Stamp
from jiemin.storage.tables import Visit, VisitCadre
from jiemin.storage.visits import serial
from jiemin.usecases.find_records import find_household
from jiemin.usecases.visitors import (
    paired_on,
    refuse_future,
    refuse_stray_gift,
    refuse_twice,
    visitors_told,
)


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised at a visit, until when, and to which of the seven plans it belongs, if told."""

    what: str
    due_on: date
    plan: Plan | None = None


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
    met: str | None = None
    gift_fen: Fen | None = None
    goods: str | None = None
    promises: Sequence[Promise] = ()


@dataclass(frozen=True, slots=True)
class VisitRecorded:
    """The visit as it was stored; `extra` when nobody who came was paired that day."""

    visit_no: str
    household_no: str
    head_name: str
    cadres: tuple[tuple[str, str], ...]
    """(cadre number, name) of everybody who came."""
    extra: bool
    promises: tuple[tuple[str, Promise], ...]
    """With the number each was given as a measure of the support plan."""


def record_visit(database: Database, stamp: Stamp, told: VisitTold, today: date) -> VisitRecorded:
    """Store the visit; each promise becomes a measure, of which the first visitor is in charge.

    Raises `JieminError` for a day in the future, for the very same visit a second time, for a
    visitor who is not paired with the household that day (unless `not_paired` says it is an
    extra visit), when nobody is named and there is no lead, for a gift on what is no 慰问, and
    for a promise due before the visit.
    """
    refuse_future(told.day, today)
    refuse_stray_gift(told.kind, told.gift_fen, told.goods)
    for promise in told.promises:
        if promise.due_on < told.day:
            raise JieminError(f"承诺的期限{promise.due_on}早于走访日期{told.day}", "核对 --promise-due")
    with write_door(database, stamp) as door:
        household = find_household(door.connection, told.household, told.day)
        number = household.household_no
        paired = paired_on(door.connection, household.id, told.day)
        cadres = visitors_told(
            door.connection, told.cadres, number, told.day, paired, not_paired=told.not_paired
        )
        refuse_twice(door.connection, household.id, told.day, told.kind, cadres, paired)
        visit_id = _store(door, told, household.id, list(cadres), today)
        promised = _promised(door, told, household.id, visit_id, next(iter(cadres)))
        door.note_counts(new=1)
    return VisitRecorded(
        visit_no=serial(visit_id),
        household_no=number,
        head_name=household.head_name or "",
        cadres=tuple(cadres.values()),
        extra=not any(cadre_id in paired for cadre_id in cadres),
        promises=tuple(zip(promised, told.promises, strict=True)),
    )


def _store(door: Door, told: VisitTold, household_id: int, cadre_ids: Sequence[int], today: date) -> int:
    visit_id = door.next_id(Visit)
    row = {
        "id": visit_id,
        "visit_no": serial(visit_id),
        "household_id": household_id,
        "day": told.day,
        "kind": told.kind.value,
        "note": told.note,
        "needs": told.needs,
        "deeds": told.deeds,
        "met": told.met,
        "gift_fen": told.gift_fen,
        "gift_goods": told.goods,
        "entered_on": today,
    }
    door.insert(Visit, [row])
    door.insert(VisitCadre, [{"visit_id": visit_id, "cadre_id": cadre_id} for cadre_id in cadre_ids])
    return visit_id


def _promised(door: Door, told: VisitTold, household_id: int, visit_id: int, cadre_id: int) -> list[str]:
    """Store the promises as measures; their numbers."""
    ids = [door.next_id(Measure) for _ in told.promises]
    rows = [
        {
            "id": measure_id,
            "measure_no": measures.serial(measure_id),
            "household_id": household_id,
            "visit_id": visit_id,
            "plan": promise.plan.value if promise.plan else None,
            "what": promise.what,
            "cadre_id": cadre_id,
            "promised_on": told.day,
            "due_on": promise.due_on,
        }
        for measure_id, promise in zip(ids, told.promises, strict=True)
    ]
    door.insert(Measure, rows)
    return [measures.serial(measure_id) for measure_id in ids]
