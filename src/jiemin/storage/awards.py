"""Queries about awards and the policy books they were computed with."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col

from jiemin.storage.query import select
from jiemin.storage.tables import Award, Household, PolicyBook


@dataclass(frozen=True, slots=True)
class AwardRow:
    """One stored award; amounts in fen for the whole period."""

    id: int
    household_id: int
    household_no: str
    item: str
    period: str
    before_fen: int
    after_fen: int
    uplift_fen: int
    facts: str
    book_id: int


def awards_for(connection: Connection, item: str, period: str) -> list[AwardRow]:
    """The awards of one item for one period, by household number."""
    query = _query().where(Award.item == item, Award.period == period)
    return [AwardRow(*row) for row in connection.execute(query)]


def awards_of_household(connection: Connection, household_id: int) -> list[AwardRow]:
    """Every award a household ever had."""
    return [AwardRow(*row) for row in connection.execute(_query().where(Award.household_id == household_id))]


def periods_with_awards(connection: Connection, item: str = "") -> list[str]:
    """The months and years for which awards (of one item, or any) are stored, oldest first."""
    query = select(Award.period).distinct().order_by(col(Award.period))
    if item:
        query = query.where(Award.item == item)
    return list(connection.execute(query).scalars())


def book_text(connection: Connection, book_id: int) -> str:
    """The text of a stored policy book."""
    return str(connection.execute(select(PolicyBook.text).where(PolicyBook.id == book_id)).scalar_one())


def book_id(connection: Connection, fingerprint: str) -> int | None:
    """The stored book with this fingerprint, or None."""
    return connection.execute(select(PolicyBook.id).where(PolicyBook.fingerprint == fingerprint)).scalar()


def _query() -> Any:
    return (
        select(
            Award.id,
            Household.id,
            Household.household_no,
            Award.item,
            Award.period,
            Award.before_fen,
            Award.after_fen,
            Award.uplift_fen,
            Award.facts,
            Award.book_id,
        )
        .join(Household, col(Household.id) == Award.household_id)
        .order_by(col(Household.household_no), col(Award.period), col(Award.item))
    )
