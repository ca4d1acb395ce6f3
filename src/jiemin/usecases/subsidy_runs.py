"""Look up runs of money: which there are, and the one that is meant."""

import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import Connection

from jiemin.domain.entitlement import Period, read_period
from jiemin.domain.money_items import RunKind
from jiemin.domain.people import mask_digits
from jiemin.domain.periods import PeriodError, parse_month, parse_year
from jiemin.domain.subsidy_runs import RunTotals
from jiemin.errors import JieminError, NotFoundError
from jiemin.storage import run_lines, subsidy_runs
from jiemin.storage.database import Database
from jiemin.storage.subsidy_runs import RunRow
from jiemin.usecases.find_records import long_number

_NOTHING = RunTotals(0, 0, 0)


@dataclass(frozen=True, slots=True)
class RunView:
    """A run with its totals: as approved, else what its lines add up to now."""

    row: RunRow
    totals: RunTotals


def list_runs(database: Database) -> list[RunView]:
    """Every run, oldest first."""
    with database.reading() as connection:
        sums = run_lines.totals_of_unapproved(connection)
        return [_view(row, sums.get(row.id, _NOTHING)) for row in subsidy_runs.runs(connection)]


def find_run(connection: Connection, text: str) -> RunRow:
    """The run of that number, also written short as F1, or the regular run of that month or year, also in
    words, which is not void.

    Raises `NotFoundError` when there is none.
    """
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    number = long_number(plain, "F", subsidy_runs.run_number) if plain.startswith("F") else plain
    found = subsidy_runs.run_by_number(connection, number)
    if found is not None:
        return found
    period = _period(text)
    if period is None:
        raise NotFoundError(
            f"没有“{mask_digits(text)}”这一批",
            "写批次编号（如 F000001）、月份或年份；看有哪些：jiemin subsidy runs",
        )
    found = subsidy_runs.live_run(connection, str(period))
    if found is None:
        option = "month" if "-" in str(period) else "year"
        raise NotFoundError(
            f"{period.label}的补助还没有计算", f"先计算：jiemin subsidy compute --{option} {period}"
        )
    return found


def _period(text: str) -> Period | None:
    """The month or year that is named; None for anything else."""
    readers: tuple[Callable[[str], Period], ...] = (parse_month, parse_year)
    for parse in readers:
        with suppress(PeriodError):
            return parse(text)
    return None


def period_label(row: RunRow) -> str:
    """What a run is for, in words; of arrears up to which month or year they were looked for."""
    label = read_period(row.period).label
    return f"截至{label}" if row.kind == RunKind.ARREARS else label


def refuse_covered(connection: Connection, row: RunRow) -> None:
    """Raise `JieminError` when approved arrears rest on this run: they are voided first."""
    if row.kind == RunKind.REGULAR:
        covering = run_lines.arrears_covering(connection, row.period)
    else:
        covering = run_lines.arrears_after(connection, row.id)
    if covering:
        raise JieminError(
            f"{row.run_no}（{period_label(row)}）已有批准的补发批次{'、'.join(covering)}，不能作废或退回草稿",
            f"先作废补发：jiemin subsidy void {covering[-1]} --reason 原因",
        )


def refuse_outdated(connection: Connection, row: RunRow) -> None:
    """Raise `JieminError` when a run of arrears no longer starts from what was paid, so that its lines
    would pay something twice or not at all."""
    lines = run_lines.outdated_arrears(connection, row.id) if row.kind == RunKind.ARREARS else 0
    if lines:
        raise JieminError(
            f"{row.run_no}有{lines}笔差额已不符：算出以后，已批准的批次有变动",
            "重新找差额：jiemin subsidy arrears",
        )


def _view(row: RunRow, sums: RunTotals) -> RunView:
    if row.households is None or row.paid_fen is None or row.owed_back_fen is None:
        return RunView(row, sums)
    return RunView(row, RunTotals(row.households, row.paid_fen, row.owed_back_fen))
