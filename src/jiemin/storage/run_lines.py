"""Queries about what runs pay: their lines, their sums, and how arrears stand to what was paid before.

In words of SQL, as everything about runs.
"""

from datetime import date

from sqlalchemy import Connection

from jiemin.domain.subsidy_runs import RunLine, RunTotals

_LINES = (
    "(SELECT run_id, household_id, item, period, after_fen AS fen FROM award "
    "UNION ALL SELECT run_id, household_id, item, period, difference_fen FROM arrear)"
)
_PAID_BEFORE = (
    "(SELECT coalesce(sum(fen), 0) FROM "
    "(SELECT after_fen AS fen, run_id FROM award "
    "WHERE award.household_id = arrear.household_id AND award.item = arrear.item "
    "AND award.period = arrear.period "
    "UNION ALL SELECT other.difference_fen, other.run_id FROM arrear AS other "
    "WHERE other.household_id = arrear.household_id AND other.item = arrear.item "
    "AND other.period = arrear.period) AS paid "
    "JOIN subsidy_run ON subsidy_run.id = paid.run_id "
    "WHERE status = '已批准' AND paid.run_id <> arrear.run_id)"
)


def lines_of_run(connection: Connection, run_id: int) -> list[RunLine]:
    """What a run pays and asks back, by household number, period and item."""
    query = (
        f"SELECT household_no, item, period, fen FROM {_LINES} AS line "  # noqa: S608 - words of ours
        "JOIN household ON household.id = household_id WHERE run_id = ?1 ORDER BY household_no, period, item"
    )
    return [RunLine(*row) for row in connection.exec_driver_sql(query, (run_id,))]


def totals_of_unapproved(connection: Connection) -> dict[int, RunTotals]:
    """Id of a run that never was approved → what its lines add up to; runs without lines are left out."""
    query = (
        "SELECT run_id, count(DISTINCT CASE WHEN fen > 0 THEN household_id END), "  # noqa: S608 - words of ours
        "sum(max(fen, 0)), sum(max(-fen, 0)) "
        f"FROM {_LINES} AS line WHERE run_id IN (SELECT id FROM subsidy_run WHERE approved_on IS NULL) "
        "GROUP BY run_id"
    )
    return {row_id: RunTotals(*told) for row_id, *told in connection.exec_driver_sql(query)}


def arrears_covering(connection: Connection, period: str) -> list[str]:
    """The numbers of the approved runs of arrears that have a line for a period."""
    query = (
        "SELECT run_no FROM subsidy_run WHERE status = '已批准' AND kind = '补发' "
        "AND id IN (SELECT run_id FROM arrear WHERE period = ?1) ORDER BY id"
    )
    return list(connection.exec_driver_sql(query, (period,)).scalars())


def arrears_after(connection: Connection, run_id: int) -> list[str]:
    """The numbers of the approved runs of arrears that have a line for what a run before them has one for.

    They were found with that one approved, so their lines start from it.
    """
    query = (
        "SELECT DISTINCT run_no FROM arrear AS own JOIN arrear AS later USING (household_id, item, period) "
        "JOIN subsidy_run ON subsidy_run.id = later.run_id "
        "WHERE own.run_id = ?1 AND later.run_id > ?1 AND status = '已批准' ORDER BY run_no"
    )
    return list(connection.exec_driver_sql(query, (run_id,)).scalars())


def outdated_arrears(connection: Connection, run_id: int) -> int:
    """How many lines of a run of arrears no longer start from what was paid.

    A line starts from what all other approved runs pay for its household, item and period, among which
    there must be a regular one.
    """
    query = (
        "SELECT count(*) FROM arrear WHERE run_id = ?1 AND ("  # noqa: S608 - words of ours
        "period NOT IN (SELECT period FROM subsidy_run WHERE kind = '发放' AND status = '已批准') "
        f"OR paid_fen <> {_PAID_BEFORE})"
    )
    return int(connection.exec_driver_sql(query, (run_id,)).scalar_one())


def households_of_run(connection: Connection, run_id: int) -> list[int]:
    """The ids of the households that a run has lines of."""
    query = f"SELECT DISTINCT household_id FROM {_LINES} AS line WHERE run_id = ?1 ORDER BY 1"  # noqa: S608 - words of ours
    return list(connection.exec_driver_sql(query, (run_id,)).scalars())


def banks_on(connection: Connection, day: date) -> dict[int, str]:
    """Household id → the bank of its account as it stands on the day, where one is on record."""
    query = (
        "SELECT household_id, bank FROM household_span "
        "WHERE valid_from <= ?1 AND valid_to > ?1 AND bank IS NOT NULL"
    )
    return dict(map(tuple, connection.exec_driver_sql(query, (day.isoformat(),))))
