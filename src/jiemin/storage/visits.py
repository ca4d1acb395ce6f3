"""Queries about visits."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection
from sqlmodel import col, func

from jiemin.storage.query import select
from jiemin.storage.tables import Cadre, Household, Visit, VisitCadre


@dataclass(slots=True)
class VisitRow:
    """One visit with the cadres who made it, as (id, number, name).

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
    cadres: list[tuple[int, str, str]] = field(default_factory=list)


def serial(visit_id: int) -> str:
    """The number we give a visit."""
    return f"V{visit_id:06d}"


def visits_within(
    connection: Connection, start: date, end: date, household_id: int | None = None
) -> list[VisitRow]:
    """The visits of `[start, end)`, of one household or all, by day; voided ones never were."""
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
        )
        .join(Household, col(Household.id) == Visit.household_id)
        .where(Visit.day >= start, Visit.day < end, col(Visit.voided_on).is_(None))
        .order_by(col(Visit.day), col(Visit.id))
    )
    if household_id is not None:
        query = query.where(Visit.household_id == household_id)
    visits = {row[0]: VisitRow(*row) for row in connection.execute(query)}
    _add_cadres(connection, visits, start, end, household_id)
    return list(visits.values())


def latest_visit_day(connection: Connection) -> date | None:
    """The day of the latest visit on record."""
    return connection.execute(select(func.max(Visit.day)).where(col(Visit.voided_on).is_(None))).scalar()


def _add_cadres(
    connection: Connection, visits: dict[int, VisitRow], start: date, end: date, household_id: int | None
) -> None:
    query = (
        select(VisitCadre.visit_id, Cadre.id, Cadre.cadre_no, Cadre.name)
        .join(Cadre, col(Cadre.id) == VisitCadre.cadre_id)
        .join(Visit, col(Visit.id) == VisitCadre.visit_id)
        .where(Visit.day >= start, Visit.day < end)
        .order_by(col(VisitCadre.id))
    )
    if household_id is not None:
        query = query.where(Visit.household_id == household_id)
    for visit_id, *cadre in connection.execute(query):
        if visit_id in visits:
            visits[visit_id].cadres.append((cadre[0], cadre[1], cadre[2]))
