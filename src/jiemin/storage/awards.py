"""Queries about awards and the policy books they were computed with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, column, table
from sqlmodel import col

from jiemin.domain.money_items import RunStatus
from jiemin.storage.columns import IsoDate
from jiemin.storage.query import among, select
from jiemin.storage.tables import Household

_AWARD: Any = table(
    "award",
    column("id"),
    column("run_id"),
    column("household_id"),
    column("item"),
    column("period"),
    column("before_fen"),
    column("after_fen"),
    column("uplift_fen"),
    column("facts"),
    column("book_id"),
).c


_RUN_TABLE: Any = table(
    "subsidy_run", column("id"), column("run_no"), column("status"), column("approved_on", IsoDate)
)
_RUN: Any = _RUN_TABLE.c


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
    run_id: int
    run_no: str
    approved_on: date | None
    """The day of its run's approval: from then on it stands as it is and may be paid."""

    @property
    def approved(self) -> bool:
        """Whether its run is approved."""
        return self.approved_on is not None


def awards_for(connection: Connection, item: str, period: str) -> list[AwardRow]:
    """The awards of one item for one period, by household number; here and below void runs are left out."""
    query = _query().where(_AWARD.item == item, _AWARD.period == period)
    return [AwardRow(*row) for row in connection.execute(query)]


def awards_of_household(connection: Connection, household_id: int) -> list[AwardRow]:
    """Every award a household ever had."""
    return [AwardRow(*row) for row in connection.execute(_query().where(_AWARD.household_id == household_id))]


def awards_of_households(connection: Connection, ids: Iterable[int]) -> list[AwardRow]:
    """Every award these households ever had, by household."""
    return [AwardRow(*row) for row in connection.execute(_query().where(among(_AWARD.household_id, ids)))]


def periods_with_awards(connection: Connection, item: str = "") -> list[str]:
    """The months and years for which awards (of one item, or any) are stored, oldest first."""
    query = select(_AWARD.period).distinct().where(_standing()).order_by(_AWARD.period)
    if item:
        query = query.where(_AWARD.item == item)
    return list(connection.execute(query).scalars())


def book_text(connection: Connection, book_id: int) -> str:
    """The text of a stored policy book."""
    from jiemin.storage.award_tables import PolicyBook

    return str(connection.execute(select(PolicyBook.text).where(PolicyBook.id == book_id)).scalar_one())


def stored_books(connection: Connection) -> dict[str, int]:
    """Every stored policy book: its fingerprint and its number."""
    from jiemin.storage.award_tables import PolicyBook

    query = select(PolicyBook.fingerprint, PolicyBook.id).order_by(col(PolicyBook.id))
    return {fingerprint: number for fingerprint, number in connection.execute(query) if number is not None}


def book_id(connection: Connection, fingerprint: str) -> int | None:
    """The stored book with this fingerprint, or None."""
    from jiemin.storage.award_tables import PolicyBook

    return connection.execute(select(PolicyBook.id).where(PolicyBook.fingerprint == fingerprint)).scalar()


def _standing() -> Any:
    """Whether an award's run is not void."""
    return _AWARD.run_id.in_(select(_RUN.id).where(_RUN.status != RunStatus.VOID.value))


def _query() -> Any:
    return (
        select(
            _AWARD.id,
            Household.id,
            Household.household_no,
            _AWARD.item,
            _AWARD.period,
            _AWARD.before_fen,
            _AWARD.after_fen,
            _AWARD.uplift_fen,
            _AWARD.facts,
            _AWARD.book_id,
            _AWARD.run_id,
            _RUN.run_no,
            _RUN.approved_on,
        )
        .join(_RUN_TABLE, _RUN.id == _AWARD.run_id)
        .where(_RUN.status != RunStatus.VOID.value)
        .join(Household, col(Household.id) == _AWARD.household_id)
        .order_by(col(Household.household_no), _AWARD.period, _AWARD.item)
    )
