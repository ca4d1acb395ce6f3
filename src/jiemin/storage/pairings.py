"""Queries about pairings and the runs that made them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection
from sqlmodel import col, func

from jiemin.domain.periods import FOREVER
from jiemin.storage.query import select
from jiemin.storage.tables import Cadre, Household, Pairing, PairingRun


@dataclass(frozen=True, slots=True)
class PairingRow:
    """One pairing; `end` is FOREVER while it lasts."""

    id: int
    household_id: int
    household_no: str
    cadre_id: int
    cadre_no: str
    cadre_name: str
    role: str
    origin: str
    reasons: str | None
    end_reason: str | None
    start: date
    end: date


def pairings_on(connection: Connection, day: date) -> list[PairingRow]:
    """The pairings in force on `day`."""
    return _pairings(connection, (Pairing.valid_from <= day, Pairing.valid_to > day))


def pairings_within(connection: Connection, start: date, end: date) -> list[PairingRow]:
    """Every pairing in force on some day of `[start, end)`."""
    return _pairings(connection, (Pairing.valid_from < end, Pairing.valid_to > start))


def pairings_of(connection: Connection, household_id: int) -> list[PairingRow]:
    """Every pairing a household ever had, oldest first."""
    return _pairings(connection, (Pairing.household_id == household_id,))


def all_pairings(connection: Connection) -> list[PairingRow]:
    """Every pairing there ever was."""
    return _pairings(connection, ())


def paired_before(connection: Connection) -> bool:
    """Whether any pairing was ever made."""
    return connection.exec_driver_sql("SELECT 1 FROM pairing LIMIT 1").first() is not None


def latest_start(connection: Connection) -> date | None:
    """The day on which the youngest pairing that lasts began."""
    return connection.execute(
        select(func.max(Pairing.valid_from)).where(Pairing.valid_to == FOREVER)
    ).scalar()


def latest_run(connection: Connection) -> PairingRun | None:
    """The last automatic run that changed something."""
    row = connection.execute(
        select(*(getattr(PairingRun, name) for name in PairingRun.model_fields)).order_by(
            col(PairingRun.id).desc()
        )
    ).first()
    return PairingRun(**row._mapping) if row else None


def _pairings(connection: Connection, conditions: tuple[object, ...]) -> list[PairingRow]:
    query = (
        select(
            Pairing.id,
            Household.id,
            Household.household_no,
            Cadre.id,
            Cadre.cadre_no,
            Cadre.name,
            Pairing.role,
            Pairing.origin,
            Pairing.reasons,
            Pairing.end_reason,
            Pairing.valid_from,
            Pairing.valid_to,
        )
        .join(Household, col(Household.id) == Pairing.household_id)
        .join(Cadre, col(Cadre.id) == Pairing.cadre_id)
        .where(*conditions)
        .order_by(
            col(Household.household_no),
            col(Pairing.valid_from),
            col(Pairing.role).desc(),
            col(Cadre.cadre_no),
        )
    )
    return [PairingRow(*row) for row in connection.execute(query)]
