"""Queries about visits.

The table of promises is named here in words of SQL: every screen of a household asks for its visits, and
making the model takes time.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, column, table
from sqlmodel import col, func

from jiemin.storage.query import among, select
from jiemin.storage.tables import Cadre, Household, Visit, VisitCadre

_MEASURE: Any = table("measure", column("id"), column("measure_no"), column("visit_id")).c


@dataclass(slots=True)
class VisitRow:
    """One visit with the cadres who made it, as (id, number, name), and the numbers of its promises.

    `met` is whom they saw, `entered_on` the day it came on record, None where that is not known.
    """

    id: int
    visit_no: str
    household_id: int
    household_no: str
    day: date
    kind: str
    note: str | None
    needs: str | None
    deeds: str | None
    met: str | None
    gift_fen: int | None
    gift_goods: str | None
    needs_met_on: date | None
    needs_outcome: str | None
    entered_on: date | None
    voided_on: date | None
    void_reason: str | None
    cadres: list[tuple[int, str, str]] = field(default_factory=list)
    promises: list[str] = field(default_factory=list)

    @property
    def needs_open(self) -> bool:
        """Whether needs were heard that nobody has said to be met."""
        return bool(self.needs) and self.needs_met_on is None and self.voided_on is None


@dataclass(frozen=True, slots=True)
class VisitFactRow:
    """What counting visits asks of one: no words, only whether deeds and needs were written down."""

    visit_no: str
    household_no: str
    day: date
    kind: str
    deeds: bool
    needs: bool
    cadre_nos: tuple[str, ...]


def serial(visit_id: int) -> str:
    """The number we give a visit."""
    return f"V{visit_id:06d}"


def visits_within(
    connection: Connection,
    start: date,
    end: date,
    household_id: int | None = None,
    *,
    voided: bool = False,
) -> list[VisitRow]:
    """The visits of `[start, end)`, of one household or all, by day; voided ones only if asked for."""
    conditions: list[Any] = [Visit.day >= start, Visit.day < end]
    if household_id is not None:
        conditions.append(Visit.household_id == household_id)
    if not voided:
        conditions.append(col(Visit.voided_on).is_(None))
    return _visits(connection, conditions)


def visits_of_households(connection: Connection, ids: Collection[int], until: date) -> list[VisitRow]:
    """The visits made by `until` at these households, by day; voided ones never were."""
    conditions = [among(Visit.household_id, ids), Visit.day <= until, col(Visit.voided_on).is_(None)]
    return _visits(connection, conditions)


def visit_numbered(connection: Connection, number: str) -> VisitRow | None:
    """The visit of that number, voided or not."""
    found = _visits(connection, [func.upper(Visit.visit_no) == number.upper()])
    return found[0] if found else None


def visit_facts(
    connection: Connection, start: date, end: date, household_nos: Collection[str] | None = None
) -> list[VisitFactRow]:
    """The visits of `[start, end)` as counting needs them, of these households or of all, by day.

    Voided ones never were.
    """
    conditions: list[Any] = [Visit.day >= start, Visit.day < end, col(Visit.voided_on).is_(None)]
    if household_nos is not None:
        conditions.append(among(Household.household_no, household_nos))
    came: dict[int, list[str]] = {}
    went = (
        select(VisitCadre.visit_id, Cadre.cadre_no)
        .join(Cadre, col(Cadre.id) == VisitCadre.cadre_id)
        .join(Visit, col(Visit.id) == VisitCadre.visit_id)
        .join(Household, col(Household.id) == Visit.household_id)
        .where(*conditions)
        .order_by(col(VisitCadre.id))
    )
    for visit_id, cadre_no in connection.execute(went).all():
        came.setdefault(visit_id, []).append(cadre_no)
    query = (
        select(
            Visit.id,
            Visit.visit_no,
            Household.household_no,
            Visit.day,
            Visit.kind,
            func.coalesce(Visit.deeds, "") != "",
            func.coalesce(Visit.needs, "") != "",
        )
        .join(Household, col(Household.id) == Visit.household_id)
        .where(*conditions)
        .order_by(col(Visit.day), col(Visit.id))
    )
    return [
        VisitFactRow(number, household_no, day, kind, bool(deeds), bool(needs), tuple(came.get(visit_id, ())))
        for visit_id, number, household_no, day, kind, deeds, needs in connection.execute(query).all()
    ]


def latest_visit_day(connection: Connection) -> date | None:
    """The day of the latest visit on record."""
    return connection.execute(select(func.max(Visit.day)).where(col(Visit.voided_on).is_(None))).scalar()


def _visits(connection: Connection, conditions: list[Any]) -> list[VisitRow]:
    query = (
        select(
            Visit.id,
            Visit.visit_no,
            Household.id,
            Household.household_no,
            Visit.day,
            Visit.kind,
            Visit.note,
            Visit.needs,
            Visit.deeds,
            Visit.met,
            Visit.gift_fen,
            Visit.gift_goods,
            Visit.needs_met_on,
            Visit.needs_outcome,
            Visit.entered_on,
            Visit.voided_on,
            Visit.void_reason,
        )
        .join(Household, col(Household.id) == Visit.household_id)
        .where(*conditions)
        .order_by(col(Visit.day), col(Visit.id))
    )
    visits = {row[0]: VisitRow(*row) for row in connection.execute(query).all()}
    _add_cadres(connection, visits, conditions)
    _add_promises(connection, visits, conditions)
    return list(visits.values())


def _add_cadres(connection: Connection, visits: dict[int, VisitRow], conditions: list[Any]) -> None:
    query = (
        select(VisitCadre.visit_id, Cadre.id, Cadre.cadre_no, Cadre.name)
        .join(Cadre, col(Cadre.id) == VisitCadre.cadre_id)
        .join(Visit, col(Visit.id) == VisitCadre.visit_id)
        .where(*conditions)
        .order_by(col(VisitCadre.id))
    )
    for visit_id, *cadre in connection.execute(query):
        visits[visit_id].cadres.append((cadre[0], cadre[1], cadre[2]))


def _add_promises(connection: Connection, visits: dict[int, VisitRow], conditions: list[Any]) -> None:
    query = (
        select(_MEASURE.visit_id, _MEASURE.measure_no)
        .join(Visit, col(Visit.id) == _MEASURE.visit_id)
        .where(*conditions)
        .order_by(_MEASURE.id)
    )
    for visit_id, number in connection.execute(query):
        visits[visit_id].promises.append(number)
