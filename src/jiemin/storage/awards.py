"""Queries about awards and the policy books they were computed with."""

from collections.abc import Sequence
from dataclasses import dataclass

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


def awards_of(
    connection: Connection, periods: Sequence[str], household_id: int | None = None
) -> list[AwardRow]:
    """The awards of these periods, of one household or all."""
    query = _query().where(col(Award.period).in_(periods))
    if household_id is not None:
        query = query.where(Award.household_id == household_id)
    return [AwardRow(*row) for row in connection.execute(query)]


def awards_of_household(connection: Connection, household_id: int) -> list[AwardRow]:
    """Every award a household ever had."""
    return [AwardRow(*row) for row in connection.execute(_query().where(Award.household_id == household_id))]


def periods_with_awards(connection: Connection) -> list[str]:
    """The months and years for which awards are stored, oldest first."""
    return list(connection.execute(select(Award.period).distinct().order_by(col(Award.period))).scalars())


def book_text(connection: Connection, book_id: int) -> str:
    """The text of a stored policy book."""
    return str(connection.execute(select(PolicyBook.text).where(PolicyBook.id == book_id)).scalar_one())


def book_id(connection: Connection, fingerprint: str) -> int | None:
    """The stored book with this fingerprint, or None."""
    return connection.execute(select(PolicyBook.id).where(PolicyBook.fingerprint == fingerprint)).scalar()


def _query():  # type: ignore[no-untyped-def]
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
