"""Queries about pairings and the runs that made them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, case
from sqlmodel import col, func

from jiemin.domain.periods import FOREVER
from jiemin.storage.query import among, select
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


class PairingFact(NamedTuple):
    """What counting asks of a pairing."""

    household_no: str
    cadre_id: int
    cadre_no: str
    role: str
    start: date
    end: date


_ORDER = (
    col(Household.household_no),
    col(Pairing.valid_from),
    col(Pairing.role).desc(),
    col(Cadre.cadre_no),
)
"""By household, oldest first, the lead before those who assist."""


def pairing_spans(connection: Connection) -> dict[int, list[PairingSpan]]:
    """Every pairing there ever was, by household id, oldest first."""
    columns = (Pairing.household_id, Pairing.cadre_id, Pairing.role, Pairing.valid_from, Pairing.valid_to)
    found: dict[int, list[PairingSpan]] = {}
    for household_id, *span in connection.execute(select(*columns).order_by(col(Pairing.valid_from))):
        found.setdefault(household_id, []).append(PairingSpan(*span))
    return found


def pairing_facts(
    connection: Connection, start: date, end: date, household_nos: Collection[str] | None = None
) -> list[PairingFact]:
    """Every pairing in force on some day of `[start, end)`, of these households or of all, as
    `pairings_within` but without names and reasons."""
    query = (
        select(
            Household.household_no,
            Cadre.id,
            Cadre.cadre_no,
            Pairing.role,
            Pairing.valid_from,
            Pairing.valid_to,
        )
        .join(Household, col(Household.id) == Pairing.household_id)
        .join(Cadre, col(Cadre.id) == Pairing.cadre_id)
        .where(Pairing.valid_from < end, Pairing.valid_to > start)
        .order_by(*_ORDER)
    )
    if household_nos is not None:
        query = query.where(among(Household.household_no, household_nos))
    return [PairingFact(*row) for row in connection.execute(query).all()]


def pairings_on(connection: Connection, day: date) -> list[PairingRow]:
    """The pairings in force on `day`."""
    return _pairings(connection, (Pairing.valid_from <= day, Pairing.valid_to > day))


def pairings_within(connection: Connection, start: date, end: date) -> list[PairingRow]:
    """Every pairing in force on some day of `[start, end)`."""
    return _pairings(connection, (Pairing.valid_from < end, Pairing.valid_to > start))


def pairings_of(connection: Connection, household_id: int) -> list[PairingRow]:
    """Every pairing a household ever had, oldest first."""
    return _pairings(connection, (Pairing.household_id == household_id,))


def pairings_of_households(connection: Connection, ids: Iterable[int]) -> list[PairingRow]:
    """Every pairing these households ever had, by household, oldest first."""
    return _pairings(connection, (among(Pairing.household_id, ids),))


def pairings_of_cadre(connection: Connection, cadre_id: int) -> list[PairingRow]:
    """Every pairing a cadre ever had, by household, oldest first."""
    return _pairings(connection, (Pairing.cadre_id == cadre_id,))


def pairings_begun_by(connection: Connection, run_id: int) -> list[PairingRow]:
    """The pairings that a run began, whether or not they still hold."""
    return _pairings(connection, (Pairing.run_id == run_id,))


def pairings_ended_by(connection: Connection, run_id: int) -> list[PairingRow]:
    """The pairings that a run ended; of one that goes on in another role, the span before."""
    return _pairings(connection, (Pairing.ended_run_id == run_id,))


def all_pairings(connection: Connection) -> list[PairingRow]:
    """Every pairing there ever was."""
    return _pairings(connection, ())


def paired_before(connection: Connection) -> bool:
    """Whether any automatic run ever paired, or a plan that came of one: its pairings have reasons."""
    query = "SELECT 1 FROM pairing_run UNION ALL SELECT 1 FROM pairing WHERE reasons IS NOT NULL LIMIT 1"
    return connection.exec_driver_sql(query).first() is not None


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
        .order_by(*_ORDER)
    )
    return [PairingRow(*row) for row in connection.execute(query).all()]
