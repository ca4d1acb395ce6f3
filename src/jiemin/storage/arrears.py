"""Queries about arrears and what they start from; in words of SQL, as everything about runs."""

import json
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from jiemin.domain.money import Fen


class PaidRow(NamedTuple):
    """What approved runs pay a household for an item in one period, in fen."""

    household_id: int
    household_no: str
    item: str
    fen: Fen


class ArrearRow(NamedTuple):
    """One stored line of arrears with its run; amounts in fen, no facts where there is no claim."""

    id: int
    household_id: int
    item: str
    period: str
    due_fen: Fen
    paid_fen: Fen
    facts: str | None
    book_id: int
    run_no: str
    approved_on: date | None


class DifferenceRow(NamedTuple):
    """An approved difference; fen, below zero what was asked back."""

    household_id: int
    item: str
    period: str
    fen: Fen
    run_no: str
    approved_on: date


def awards_paid(connection: Connection, period: str) -> list[PaidRow]:
    """What the approved regular run of a period pays, which all its awards are for."""
    query = (
        "SELECT household_id, household_no, item, after_fen FROM award "
        "JOIN household ON household.id = household_id WHERE run_id IN "
        "(SELECT id FROM subsidy_run WHERE kind = '发放' AND status = '已批准' AND period = ?1)"
    )
    return [PaidRow(*row) for row in connection.exec_driver_sql(query, (period,))]


def differences_paid(connection: Connection) -> dict[str, list[PaidRow]]:
    """Period → the sums of what all approved runs of arrears pay and ask back for it."""
    query = (
        "SELECT arrear.period, household_id, household_no, item, sum(difference_fen) FROM arrear "
        "JOIN subsidy_run ON subsidy_run.id = run_id JOIN household ON household.id = household_id "
        "WHERE status = '已批准' GROUP BY arrear.period, household_id, item"
    )
    found: dict[str, list[PaidRow]] = {}
    for period, *row in connection.exec_driver_sql(query):
        found.setdefault(period, []).append(PaidRow(*row))
    return found


def approvals(connection: Connection) -> list[tuple[str, date, int]]:
    """(period, day, household id) of every line of approved arrears, the day being that of the approval."""
    query = (
        "SELECT DISTINCT arrear.period, approved_on, household_id FROM arrear "
        "JOIN subsidy_run ON subsidy_run.id = run_id WHERE status = '已批准' ORDER BY 1, 2, 3"
    )
    return [
        (period, date.fromisoformat(day), household)
        for period, day, household in connection.exec_driver_sql(query)
    ]


def arrears_of_run(connection: Connection, run_id: int) -> list[ArrearRow]:
    """The lines of a run of arrears."""
    return _rows(connection, "run_id = ?1", run_id)


def arrears_of_household(connection: Connection, household_id: int) -> list[ArrearRow]:
    """A household's lines, oldest run first; void runs are left out."""
    return _rows(connection, "household_id = ?1 AND status <> '已作废'", household_id)


def differences_approved(connection: Connection, ids: Iterable[int], day: date) -> list[DifferenceRow]:
    """Every difference of these households that was approved by `day`, oldest run first."""
    query = (
        "SELECT household_id, item, arrear.period, difference_fen, run_no, approved_on FROM arrear "
        "JOIN subsidy_run ON subsidy_run.id = run_id WHERE status = '已批准' AND approved_on <= ?1 "
        "AND household_id IN (SELECT value FROM json_each(?2)) ORDER BY run_id, arrear.period, arrear.id"
    )
    found = connection.exec_driver_sql(query, (day.isoformat(), json.dumps(list(ids))))
    return [DifferenceRow._make((*row[:-1], date.fromisoformat(row[-1]))) for row in found]


def arrears_settled(connection: Connection, periods: Iterable[str]) -> list[tuple[str, ArrearRow]]:
    """(household number, line) of the last approved arrears of each household, item and period of these."""
    query = (
        "SELECT household_no, max(arrear.run_id), arrear.id, household_id, item, arrear.period, due_fen, "
        "arrear.paid_fen, facts, arrear.book_id, run_no, approved_on FROM arrear "
        "JOIN subsidy_run ON subsidy_run.id = run_id JOIN household ON household.id = household_id "
        "WHERE status = '已批准' AND arrear.period IN (SELECT value FROM json_each(?1)) "
        "GROUP BY household_id, item, arrear.period ORDER BY arrear.id"
    )
    found = connection.exec_driver_sql(query, (json.dumps(list(periods)),))
    return [(number, ArrearRow._make((*row[:-1], _day(row[-1])))) for number, _, *row in found]


def arrears_approved(connection: Connection, first: date, after: date) -> list[tuple[str, Fen]]:
    """(household number, difference) of every line approved in `[first, after)`."""
    query = (
        "SELECT household_no, difference_fen FROM arrear JOIN subsidy_run ON subsidy_run.id = run_id "
        "JOIN household ON household.id = household_id "
        "WHERE status = '已批准' AND approved_on >= ?1 AND approved_on < ?2 ORDER BY arrear.id"
    )
    found = connection.exec_driver_sql(query, (first.isoformat(), after.isoformat()))
    return [(number, fen) for number, fen in found]


def _rows(connection: Connection, condition: str, wanted: int) -> list[ArrearRow]:
    query = (
        "SELECT arrear.id, household_id, item, arrear.period, due_fen, arrear.paid_fen, facts, "  # noqa: S608 - words of ours
        "arrear.book_id, run_no, approved_on FROM arrear JOIN subsidy_run ON subsidy_run.id = run_id "
        f"WHERE {condition} ORDER BY run_id, arrear.period, arrear.id"
    )
    found = connection.exec_driver_sql(query, (wanted,))
    return [ArrearRow._make((*row[:-1], _day(row[-1]))) for row in found]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
