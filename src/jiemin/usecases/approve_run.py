"""Approve a run of money: from then on it stands as it is and may be paid (ADR 0025)."""

from dataclasses import asdict, dataclass, replace
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.arrears import Purpose
from jiemin.domain.entitlement import read_period
from jiemin.domain.money_items import RunKind, RunStatus
from jiemin.domain.periods import Month, Year
from jiemin.domain.policy import Book
from jiemin.domain.subsidy_runs import ItemTotal, RunTotals, item_totals, run_totals
from jiemin.errors import JieminError
from jiemin.storage import run_lines
from jiemin.storage.award_tables import SubsidyRun
from jiemin.storage.database import Database
from jiemin.storage.journal import write_door
from jiemin.storage.stamp import Stamp
from jiemin.storage.subsidy_runs import RunRow
from jiemin.usecases.compute_subsidies import ComputeOutcome, compute_subsidies
from jiemin.usecases.find_arrears import find_arrears
from jiemin.usecases.subsidy_runs import find_run, refuse_outdated


@dataclass(frozen=True, slots=True)
class Approval:
    """A run to be approved, or approved, with its sums.

    `missing` are the households whose amount could not be computed, and are not part of it; `turned` is
    how many amounts would be new, others or gone if the draft were computed again now; of arrears, how
    many of its differences would be others or gone.
    """

    row: RunRow
    totals: RunTotals
    items: tuple[ItemTotal, ...]
    missing: int
    turned: int


def preview_approval(database: Database, stamp: Stamp, text: str, book: Book, today: date) -> Approval:
    """What would be approved, held against what the facts and the book of now give; nothing is written.

    Raises `NotFoundError` for an unknown run, `JieminError` for one that cannot be approved, and what
    `compute_subsidies` or `find_arrears` raises.
    """
    with database.reading() as connection:
        row, totals, items = _approvable(connection, text)
    missing = turned = 0
    if row.kind == RunKind.REGULAR:
        again = _computed_again(database, stamp, row, book, today)
        missing = len({each.household_no for each in again.missing})
        turned = sum(each.new + each.revalued + each.removed for each in again.periods)
    else:
        turned = _differences_turned(database, stamp, row, book, today)
    return Approval(row, totals, items, missing, turned)


def approve_run(database: Database, stamp: Stamp, seen: Approval, today: date) -> RunRow:
    """Approve the run as it was seen, and return it.

    Raises `JieminError` when it cannot be approved, or says something else by now.
    """
    with write_door(database, stamp) as door:
        row, totals, items = _approvable(door.connection, seen.row.run_no)
        if (totals, items) != (seen.totals, seen.items):
            raise JieminError(
                f"{row.run_no}的金额刚刚变了，没有批准", f"再看一遍：jiemin subsidy approve {row.run_no}"
            )
        told = {"status": RunStatus.APPROVED.value, "approved_on": today, **asdict(totals)}
        door.update(SubsidyRun, [{"id": row.id, **told}])
    return replace(row, **told)


def _approvable(connection: Connection, text: str) -> tuple[RunRow, RunTotals, tuple[ItemTotal, ...]]:
    row = find_run(connection, text)
    if row.status == RunStatus.APPROVED:
        raise JieminError(
            f"{row.run_no}在{row.approved_on}已经批准",
            f"发放清单：jiemin subsidy pay-list {row.run_no} --out 发放清单.xlsx",
        )
    if row.status == RunStatus.VOID:
        raise JieminError(f"{row.run_no}已经作废，不能批准", "看各批的情况：jiemin subsidy runs")
    lines = run_lines.lines_of_run(connection, row.id)
    if not lines:
        raise JieminError(f"{row.run_no}里没有一笔补助，没有可批准的", "看各批的情况：jiemin subsidy runs")
    refuse_outdated(connection, row)
    return row, run_totals(lines), item_totals(lines)


def _computed_again(database: Database, stamp: Stamp, row: RunRow, book: Book, today: date) -> ComputeOutcome:
    period = read_period(row.period)
    month = period if isinstance(period, Month) else None
    year = period if isinstance(period, Year) else None
    return compute_subsidies(database, stamp, book, today, month=month, year=year, dry_run=True)


def _differences_turned(database: Database, stamp: Stamp, row: RunRow, book: Book, today: date) -> int:
    found = find_arrears(database, stamp, book, today, dry_run=True)
    now = {line.purpose: line.difference_fen for line in found.lines}
    with database.reading() as connection:
        lines = run_lines.lines_of_run(connection, row.id)
    return sum(now.get(Purpose(line.household_no, line.item, line.period)) != line.fen for line in lines)
