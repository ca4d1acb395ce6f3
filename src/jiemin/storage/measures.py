"""Queries about the measures of support plans and the promises of visits.

The table is named here in words of SQL: every screen of a household asks for it, and making the model
takes time.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, column, table
from sqlmodel import col

from jiemin.domain.codes import FundSource, Plan
from jiemin.storage.columns import IsoDate
from jiemin.storage.query import among, select
from jiemin.storage.tables import Cadre, Household

_MEASURE_TABLE: Any = table(
    "measure",
    column("id"),
    column("measure_no"),
    column("household_id"),
    column("visit_id"),
    column("plan"),
    column("what"),
    column("cadre_id"),
    column("person"),
    column("promised_on", IsoDate),
    column("due_on", IsoDate),
    column("delivered_on", IsoDate),
    column("dropped_on", IsoDate),
    column("outcome"),
    column("amount_fen"),
    column("source"),
    column("planned_fen"),
    column("planned_source"),
)
_MEASURE: Any = _MEASURE_TABLE.c
_VISIT_TABLE: Any = table("visit", column("id"), column("visit_no"), column("voided_on", IsoDate))
_VISIT: Any = _VISIT_TABLE.c


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure, with the visit it was promised at and the name of the one responsible, if told.

    Later days than the one asked for are left out: what was delivered afterwards is open in this row, with
    the money that was planned. Of a delivered one `planned` is the money planned, and its source.
    """

    id: int
    measure_no: str
    household_id: int
    household_no: str
    visit_no: str | None
    plan: Plan | None
    what: str
    cadre_no: str | None
    responsible: str | None
    promised_on: date
    due_on: date | None
    delivered_on: date | None
    dropped_on: date | None
    outcome: str | None
    amount_fen: int | None
    source: FundSource | None
    cadre_id: int | None = None
    planned: tuple[int | None, str | None] = (None, None)

    @property
    def open(self) -> bool:
        """Whether it is neither delivered nor dropped."""
        return self.delivered_on is None and self.dropped_on is None

    def overdue(self, day: date) -> bool:
        """Whether it is open though its day has passed."""
        return self.open and self.due_on is not None and self.due_on < day


def serial(measure_id: int) -> str:
    """The number we give a measure."""
    return f"M{measure_id:06d}"


def measures_until(
    connection: Connection, day: date, household_ids: Collection[int] | None = None
) -> list[MeasureRow]:
    """The measures promised by `day`, as they stood then, of these households or of all, oldest first.

    A promise of a voided visit never was.
    """
    query = _measures(day).order_by(_MEASURE.promised_on, _MEASURE.id)
    if household_ids is not None:
        query = query.where(among(_MEASURE.household_id, household_ids))
    return [_row(day, *row) for row in connection.execute(query)]


def measure_numbered(connection: Connection, number: str, day: date) -> MeasureRow | None:
    """The measure of that number as it stood on `day`; None when there is none, as of a voided visit."""
    found = connection.execute(_measures(day).where(_MEASURE.measure_no == number)).first()
    return None if found is None else _row(day, *found)


def voided_visit_of(connection: Connection, number: str) -> str | None:
    """The number of the voided visit that made the promise of that number; None when there is none."""
    query = (
        select(_VISIT.visit_no)
        .select_from(_VISIT_TABLE)
        .join(_MEASURE_TABLE, _MEASURE.visit_id == _VISIT.id)
        .where(_MEASURE.measure_no == number, _VISIT.voided_on.is_not(None))
    )
    found: str | None = connection.execute(query).scalar()
    return found


def _measures(day: date) -> Any:
    return (
        select(
            _MEASURE.id,
            _MEASURE.measure_no,
            _MEASURE.household_id,
            Household.household_no,
            _VISIT.visit_no,
            _MEASURE.plan,
            _MEASURE.what,
            Cadre.cadre_no,
            Cadre.name,
            _MEASURE.person,
            _MEASURE.promised_on,
            _MEASURE.due_on,
            _MEASURE.delivered_on,
            _MEASURE.dropped_on,
            _MEASURE.outcome,
            _MEASURE.amount_fen,
            _MEASURE.source,
            _MEASURE.planned_fen,
            _MEASURE.planned_source,
            Cadre.id,
        )
        .join(Household, col(Household.id) == _MEASURE.household_id)
        .outerjoin(Cadre, col(Cadre.id) == _MEASURE.cadre_id)
        .outerjoin(_VISIT_TABLE, _VISIT.id == _MEASURE.visit_id)
        .where(_MEASURE.promised_on <= day, _VISIT.voided_on.is_(None))
    )


def _row(day: date, *told: Any) -> MeasureRow:
    (row_id, number, household_id, household_no, visit_no, plan, what, cadre_no, name, person) = told[:10]
    promised, due, delivered, dropped, outcome, amount, source, *planned, cadre_id = told[10:]
    if delivered and delivered > day:
        delivered, (amount, source) = None, planned
    dropped = dropped if dropped and dropped <= day else None
    return MeasureRow(
        id=row_id,
        measure_no=number,
        household_id=household_id,
        household_no=household_no,
        visit_no=visit_no,
        plan=Plan(plan) if plan else None,
        what=what,
        cadre_no=cadre_no,
        responsible=name or person,
        promised_on=promised,
        due_on=due,
        delivered_on=delivered,
        dropped_on=dropped,
        outcome=outcome if delivered or dropped else None,
        amount_fen=amount,
        source=FundSource(source) if source else None,
        cadre_id=cadre_id,
        planned=(planned[0], planned[1]) if delivered else (None, None),
    )
