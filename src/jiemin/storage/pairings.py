"""Queries about pairings and the runs that made them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, case
from sqlmodel import col, func

from jiemin.domain.periods import FOREVER
from jiemin.storage.query import select
from jiemin.storage.tables import Cadre, Household, Pairing


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


@dataclass(frozen=True, slots=True)
class PairingSpan:
    """When a cadre helped a household, and as what."""

    cadre_id: int
    role: str
    start: date
    end: date


def pairing_spans(connection: Connection) -> dict[int, list[PairingSpan]]:
    """Every pairing there ever was, by household id, oldest first."""
    columns = (Pairing.household_id, Pairing.cadre_id, Pairing.role, Pairing.valid_from, Pairing.valid_to)
    found: dict[int, list[PairingSpan]] = {}
    for household_id, *span in connection.execute(select(*columns).order_by(col(Pairing.valid_from))):
        found.setdefault(household_id, []).append(PairingSpan(*span))
    return found


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
    """Whether any automatic run ever paired."""
    return connection.exec_driver_sql("SELECT 1 FROM pairing_run LIMIT 1").first() is not None


def last_turns(connection: Connection) -> dict[int, date]:
    """Household id → the last day on which a pairing of it began, or ceased to hold."""
    ended = case((col(Pairing.valid_to) == FOREVER, Pairing.valid_from), else_=Pairing.valid_to)
    query = select(Pairing.household_id, func.max(ended)).group_by(Pairing.household_id)
    return dict(connection.execute(query).all())


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
