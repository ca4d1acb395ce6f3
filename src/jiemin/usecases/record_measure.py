"""Record measures of a household's support plan: promised, changed, delivered or dropped.

A promise made at a visit is such a measure too, and is delivered in the same way.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from jiemin.domain.codes import FundSource, Plan
from jiemin.domain.money import format_yuan
from jiemin.errors import JieminError
from jiemin.storage.database import Database
from jiemin.storage.journal import Door, write_door
from jiemin.storage.measures import MeasureRow, measures_until, serial
from jiemin.storage.record_tables import Measure
from jiemin.storage.stamp import Stamp
from jiemin.usecases.find_records import find_household
from jiemin.usecases.list_measures import MeasureView, find_measure, views_of
from jiemin.usecases.who_answers import cadre_named, lead_on


@dataclass(frozen=True, slots=True)
class MeasureTold:
    """What the clerk typed of a measure; without a cadre or person the lead on the day of promise answers.

    The amount is in fen.
    """

    household: str
    plan: Plan
    what: str
    promised: date
    due: date | None = None
    cadre: str = ""
    person: str = ""
    amount_fen: int | None = None
    source: FundSource | None = None


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """What is to be changed of a measure; what is None or empty stays."""

    what: str = ""
    due: date | None = None
    plan: Plan | None = None
    cadre: str = ""
    person: str = ""
    amount_fen: int | None = None
    source: FundSource | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a measure was delivered; amount (fen) and source stay as promised unless told."""

    day: date
    outcome: str | None = None
    amount_fen: int | None = None
    source: FundSource | None = None


def add_measure(database: Database, stamp: Stamp, told: MeasureTold, today: date) -> MeasureView:
    """Store a measure of the plan.

    Raises `JieminError` for a promise in the future, for a due day before it, for the very same open
    measure a second time, and when nobody is named and there is no lead.
    """
    if told.promised > today:
        raise JieminError(f"承诺日期{told.promised}还没有到", "核对日期；以后才办的，用 --due 写期限")
    _refuse_early(told.due, told.promised)
    with write_door(database, stamp) as door:
        household = find_household(door.connection, told.household, told.promised)
        _refuse_twice(door.connection, household.id, told, today)
        measure_id = door.next_id(Measure)
        row = {
            "id": measure_id,
            "measure_no": serial(measure_id),
            "household_id": household.id,
            "plan": told.plan.value,
            "what": told.what,
            "promised_on": told.promised,
            "due_on": told.due,
            "amount_fen": told.amount_fen,
            "source": told.source.value if told.source else None,
            **_responsible(door.connection, household.id, told),
        }
        door.insert(Measure, [row])
        door.note_counts(new=1)
        return _stored(door, serial(measure_id), today)


def deliver_measure(
    database: Database, stamp: Stamp, number: str, told: Delivery, today: date
) -> MeasureView:
    """Say that a measure was delivered.

    Raises `JieminError` for a day in the future or before the promise, and for a measure that is
    delivered or dropped already.
    """
    with write_door(database, stamp) as door:
        row = find_measure(door.connection, number, today)
        _refuse_ended(row, "兑现")
        _refuse_wrong_day(row, told.day, today, "兑现")
        values: dict[str, Any] = {"delivered_on": told.day, "outcome": told.outcome}
        values |= {"planned_fen": row.amount_fen, "planned_source": row.source}
        if told.amount_fen is not None:
            values["amount_fen"] = told.amount_fen
        if told.source is not None:
            values["source"] = told.source.value
        door.update(Measure, [{"id": row.id, **values}])
        door.note_counts(changed=1)
        return _stored(door, row.measure_no, today)


def drop_measure(
    database: Database, stamp: Stamp, number: str, day: date, reason: str, today: date
) -> MeasureView:
    """Say that a measure will not be carried out, and why; raises as `deliver_measure`."""
    with write_door(database, stamp) as door:
        row = find_measure(door.connection, number, today)
        _refuse_ended(row, "取消")
        _refuse_wrong_day(row, day, today, "取消")
        door.update(Measure, [{"id": row.id, "dropped_on": day, "outcome": reason}])
        door.note_counts(changed=1)
        return _stored(door, row.measure_no, today)


def change_measure(
    database: Database, stamp: Stamp, number: str, told: MeasureChange, today: date
) -> tuple[MeasureView, MeasureView]:
    """Change what a measure says; the view of it before and after. The journal keeps what it
    said, and the action names the day it was due before.

    Raises `JieminError` for a due day before the promise, and for another due day of one that is
    delivered or dropped.
    """
    with database.reading() as connection:
        row = find_measure(connection, number, today)
        before = views_of(connection, [row], today)[0]
    if told.due is not None and row.due_on is not None and told.due != row.due_on:
        stamp = replace(stamp, arguments={**stamp.arguments, "due_before": row.due_on.isoformat()})
    with write_door(database, stamp) as door:
        if told.due is not None and told.due != row.due_on and not row.open:
            raise JieminError(
                f"{row.measure_no}{_end_told(row)}，不能再改期限", "登记错了，用 jiemin undo 撤销"
            )
        _refuse_early(told.due, row.promised_on)
        named = told.cadre or told.person
        values = {
            **({"what": told.what} if told.what else {}),
            **({"due_on": told.due} if told.due is not None else {}),
            **({"plan": told.plan.value} if told.plan else {}),
            **({"amount_fen": told.amount_fen} if told.amount_fen is not None else {}),
            **({"source": told.source.value} if told.source else {}),
            **(_named(door.connection, row.household_id, told, today) if named else {}),
        }
        door.update(Measure, [{"id": row.id, **values}])
        after = _stored(door, row.measure_no, today)
        door.note_counts(changed=int(before != after))
        return before, after


def _stored(door: Door, number: str, today: date) -> MeasureView:
    return views_of(door.connection, [find_measure(door.connection, number, today)], today)[0]


def _responsible(connection: Connection, household_id: int, told: MeasureTold) -> dict[str, Any]:
    if told.cadre or told.person:
        return _named(connection, household_id, told, told.promised)
    lead = lead_on(connection, household_id, told.promised)
    if lead is None:
        raise JieminError(
            f"{told.promised}这一户没有第一责任人，不知道由谁负责",
            "用 --by 写明干部，或用 --person 写明别的人",
        )
    return {"cadre_id": lead.id, "person": None}


def _named(
    connection: Connection, household_id: int, told: MeasureTold | MeasureChange, day: date
) -> dict[str, Any]:
    if told.person:
        return {"cadre_id": None, "person": told.person}
    return {"cadre_id": cadre_named(connection, household_id, told.cadre, day).id, "person": None}


def _refuse_early(due: date | None, promised: date) -> None:
    if due is not None and due < promised:
        raise JieminError(f"期限{due}比承诺日期{promised}还早", "核对这两个日期")


def _refuse_twice(connection: Connection, household_id: int, told: MeasureTold, today: date) -> None:
    for row in measures_until(connection, today, [household_id]):
        same = (row.plan, row.what, row.promised_on) == (told.plan, told.what, told.promised)
        if same and row.open:
            raise JieminError(
                f"这一条已经登记过了，编号{row.measure_no}",
                f"要改它：jiemin measure change {row.measure_no} --due 日期",
            )


def _refuse_ended(row: MeasureRow, act: str) -> None:
    if not row.open:
        raise JieminError(
            f"{row.measure_no}{_end_told(row)}，不能再登记{act}", "那一次登记错了，用 jiemin undo 撤销"
        )


def _refuse_wrong_day(row: MeasureRow, day: date, today: date, act: str) -> None:
    if day > today:
        raise JieminError(f"{act}日期{day}还没有到", f"{act}之后再登记，或核对日期")
    if day < row.promised_on:
        raise JieminError(f"{act}日期{day}比承诺日期{row.promised_on}还早", "核对日期")


def _end_told(row: MeasureRow) -> str:
    return f"在{row.delivered_on}已经兑现" if row.delivered_on else f"在{row.dropped_on}已经取消"


def changes_told(before: MeasureView, after: MeasureView) -> list[tuple[str, str, str]]:
    """(what, before, after) of each thing that a change changed, in words."""
    one, two = _words(before.row), _words(after.row)
    return [(name, one[name], two[name]) for name in one if one[name] != two[name]]


def _words(row: MeasureRow) -> dict[str, str]:
    number = f"（{row.cadre_no}）" if row.cadre_no else ""
    return {
        "措施": row.what,
        "期限": str(row.due_on or ""),
        "计划": row.plan or "",
        "负责人": f"{row.responsible or ''}{number}",
        "金额": "" if row.amount_fen is None else format_yuan(row.amount_fen),
        "资金来源": row.source or "",
    }
