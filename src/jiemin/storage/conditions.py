"""Queries about a family's condition at dates.

The table is named here in words of SQL: every screen of a household asks for it, and making the model
takes time.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, column, table
from sqlmodel import col

from jiemin.domain.codes import Condition
from jiemin.storage.columns import IsoDate
from jiemin.storage.query import among, select
from jiemin.storage.tables import Household

_CONDITION: Any = table(
    "household_condition",
    column("id"),
    column("household_id"),
    column("condition"),
    column("day", IsoDate),
    column("number"),
    column("word"),
).c


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """One thing measured on a day: a whole number of its unit (`domain.conditions`), or a word."""

    id: int
    household_id: int
    household_no: str
    condition: Condition
    day: date
    number: int | None
    word: str | None


def conditions_until(
    connection: Connection, day: date, household_ids: Collection[int] | None = None
) -> list[ConditionRow]:
    """Everything measured by `day`, of these households or of all, oldest first."""
    query = (
        select(
            _CONDITION.id,
            _CONDITION.household_id,
            Household.household_no,
            _CONDITION.condition,
            _CONDITION.day,
            _CONDITION.number,
            _CONDITION.word,
        )
        .join(Household, col(Household.id) == _CONDITION.household_id)
        .where(_CONDITION.day <= day)
        .order_by(_CONDITION.day, _CONDITION.id)
    )
    if household_ids is not None:
        query = query.where(among(_CONDITION.household_id, household_ids))
    return [
        ConditionRow(row_id, household_id, number, Condition(condition), *told)
        for row_id, household_id, number, condition, *told in connection.execute(query)
    ]
