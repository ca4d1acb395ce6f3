"""Queries about runs of money."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, column, table

from jiemin.domain.money_items import RunKind, RunStatus
from jiemin.storage.columns import IsoDate
from jiemin.storage.query import select

_RUN: Any = table(
    "subsidy_run",
    column("id"),
    column("run_no"),
    column("kind"),
    column("period"),
    column("status"),
    column("book_id"),
    column("computed_on", IsoDate),
    column("approved_on", IsoDate),
    column("voided_on", IsoDate),
    column("void_reason"),
    column("households"),
    column("paid_fen"),
    column("owed_back_fen"),
).c


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run; totals are None until it was approved, amounts in fen."""

    id: int
    run_no: str
    kind: str
    period: str
    status: str
    book_id: int
    computed_on: date
    approved_on: date | None
    voided_on: date | None
    void_reason: str | None
    households: int | None
    paid_fen: int | None
    owed_back_fen: int | None

    @property
    def approved(self) -> bool:
        """Whether it was approved and is not void."""
        return self.status == RunStatus.APPROVED


def live_run(connection: Connection, period: str) -> RunRow | None:
    """The regular run of a month or year that is not void, or None."""
    query = _query().where(
        _RUN.period == period, _RUN.kind == RunKind.REGULAR.value, _RUN.status != RunStatus.VOID.value
    )
    row = connection.execute(query).one_or_none()
    return RunRow(*row) if row else None


def runs(connection: Connection) -> list[RunRow]:
    """Every run, oldest first."""
    return [RunRow(*row) for row in connection.execute(_query())]


def any_approved(connection: Connection) -> bool:
    """Whether a regular run is approved."""
    query = _query().where(_RUN.kind == RunKind.REGULAR.value, _RUN.status == RunStatus.APPROVED.value)
    return connection.execute(query.limit(1)).first() is not None


def run_by_number(connection: Connection, run_no: str) -> RunRow | None:
    """The run of that number (F000001), or None."""
    row = connection.execute(_query().where(_RUN.run_no == run_no.strip().upper())).one_or_none()
    return RunRow(*row) if row else None


def run_number(run_id: int) -> str:
    """The number a run is called by."""
    return f"F{run_id:06d}"


def _query() -> Any:
    return select(
        _RUN.id,
        _RUN.run_no,
        _RUN.kind,
        _RUN.period,
        _RUN.status,
        _RUN.book_id,
        _RUN.computed_on,
        _RUN.approved_on,
        _RUN.voided_on,
        _RUN.void_reason,
        _RUN.households,
        _RUN.paid_fen,
        _RUN.owed_back_fen,
    ).order_by(_RUN.id)
