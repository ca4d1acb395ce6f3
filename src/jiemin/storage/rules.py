"""Queries about what people lay down for pairing: rules for single pairs, and near kin; and what
pairings that have ended tell of a household left alone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col

from jiemin.domain.codes import Role
from jiemin.storage.query import among, select
from jiemin.storage.rule_tables import CadreKin, PairRule
from jiemin.storage.tables import Cadre, CadrePost, Household, Pairing, Unit


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A household must, or must not, be helped by a cadre."""

    id: int
    kind: str
    household_id: int
    household_no: str
    cadre_id: int
    cadre_no: str
    cadre_name: str
    reason: str | None
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class KinRow:
    """A near relation of a cadre; the household is given where the number is not known."""

    id: int
    cadre_id: int
    cadre_no: str
    cadre_name: str
    relation: str | None
    name: str
    id_number: str | None
    household_id: int | None
    note: str | None
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class LeadSpan:
    """While a cadre was a household's lead."""

    household_id: int
    cadre_id: int
    end: date


def rules(connection: Connection, day: date | None = None) -> list[RuleRow]:
    """The rules for single pairs in force on `day`, or all there ever were."""
    query = (
        select(
            PairRule.id,
            PairRule.kind,
            Household.id,
            Household.household_no,
            Cadre.id,
            Cadre.cadre_no,
            Cadre.name,
            PairRule.reason,
            PairRule.valid_from,
            PairRule.valid_to,
        )
        .join(Household, col(Household.id) == PairRule.household_id)
        .join(Cadre, col(Cadre.id) == PairRule.cadre_id)
    )
    return [RuleRow(*row) for row in connection.execute(_on(query, PairRule, day))]


def kin(connection: Connection, day: date | None = None) -> list[KinRow]:
    """The near relations of cadres on record on `day`, or all there ever were."""
    query = select(
        CadreKin.id,
        Cadre.id,
        Cadre.cadre_no,
        Cadre.name,
        CadreKin.relation,
        CadreKin.name,
        CadreKin.id_number,
        CadreKin.household_id,
        CadreKin.note,
        CadreKin.valid_from,
        CadreKin.valid_to,
    ).join(Cadre, col(Cadre.id) == CadreKin.cadre_id)
    return [KinRow(*row) for row in connection.execute(_on(query, CadreKin, day))]


def last_leads(connection: Connection, day: date, without: Collection[int] = ()) -> dict[int, LeadSpan]:
    """Household id → its last lead of all who began by `day`, `without` pairings of these ids."""
    query = (
        select(Pairing.id, Pairing.household_id, Pairing.cadre_id, Pairing.valid_to)
        .where(Pairing.role == Role.LEAD, Pairing.valid_from <= day)
        .order_by(col(Pairing.valid_to), col(Pairing.id))
    )
    rows = (told for row_id, *told in connection.execute(query) if row_id not in without)
    return {told[0]: LeadSpan(*told) for told in rows}


def units_served(connection: Connection, asked: Collection[tuple[int, date]]) -> dict[tuple[int, date], str]:
    """(cadre id, day) → the unit the cadre served in on that day, else in the last post before it."""
    query = (
        select(CadrePost.cadre_id, CadrePost.valid_from, Unit.name)
        .join(Unit, col(Unit.id) == CadrePost.unit_id)
        .where(among(CadrePost.cadre_id, {cadre_id for cadre_id, _ in asked}))
        .order_by(col(CadrePost.valid_from))
    )
    posts: dict[int, list[tuple[date, str]]] = {}
    for cadre_id, start, unit in connection.execute(query):
        posts.setdefault(cadre_id, []).append((start, unit))
    served: dict[tuple[int, date], str] = {}
    for cadre_id, day in asked:
        held = [unit for start, unit in posts.get(cadre_id, ()) if start <= day]
        if held:
            served[cadre_id, day] = held[-1]
    return served


def _on(query: Any, table: Any, day: date | None) -> Any:
    """Of a dated table the rows in force on `day`, or all, in the order in which they were made."""
    if day is not None:
        query = query.where(table.valid_from <= day, table.valid_to > day)
    return query.order_by(col(table.id))
