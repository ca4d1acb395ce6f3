"""What was measured of one household, by day, and the year's net income that follows from it."""

from dataclasses import dataclass
from datetime import date

from jiemin.domain.codes import Condition
from jiemin.domain.conditions import NetIncome, net_income
from jiemin.storage.conditions import ConditionRow, conditions_until
from jiemin.storage.database import Database
from jiemin.usecases.find_records import find_household


@dataclass(frozen=True, slots=True)
class ConditionList:
    """A household's days of measuring, oldest first, with what was measured on each.

    `net` holds the net income of each day, as it follows from all that was measured by then.
    """

    household_no: str
    head_name: str
    day: date
    rows: dict[date, dict[Condition, ConditionRow]]
    net: dict[date, NetIncome]


def list_conditions(database: Database, household: str, day: date) -> ConditionList:
    """All that was measured of the household by `day`; raises `NotFoundError`."""
    with database.reading() as connection:
        state = find_household(connection, household, day)
        found = conditions_until(connection, day, [state.id])
    rows: dict[date, dict[Condition, ConditionRow]] = {}
    net: dict[date, NetIncome] = {}
    held: dict[Condition, int] = {}
    for row in found:
        rows.setdefault(row.day, {})[row.condition] = row
        if row.number is not None:
            held[row.condition] = row.number
        income = net_income(held)
        if income is not None:
            net[row.day] = income
    return ConditionList(state.household_no, state.head_name or "", day, rows, net)
