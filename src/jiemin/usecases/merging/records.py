"""What is written down of a duplicate goes to the record it becomes: surveys, measures, its condition,
stories, spot checks.

Measures and stories move. Of a survey, a measuring or a spot check that both have for one day or one
draw, the record's own holds: it was written under the name that stays, and no other day is made up for
the duplicate's. What the duplicate's said otherwise is told to the clerk, and the journal keeps its image.
"""

from collections.abc import Callable
from typing import Any

from sqlmodel import SQLModel

from jiemin.domain.codes import Condition
from jiemin.domain.conditions import show_condition
from jiemin.domain.people import mask_digits
from jiemin.storage.merging import rows_where
from jiemin.storage.record_tables import HouseholdCondition, HouseholdSurvey, Measure, Story
from jiemin.storage.supervision_tables import InspectedHousehold
from jiemin.usecases.merging.merge import Merge

Row = dict[str, Any]

_BY_WHOM = frozenset({"id", "household_id", "cadre_id", "surveyor", "drawn_for"})
"""Fields in which two rows may differ and still say the same."""
_FOUND = ("checked_on", "result", "finding", "inspector")


def move_records(merge: Merge, one: int, other: int) -> None:
    """Let what is written down of the household `other` be that of `one`."""
    for table in (Measure, Story):
        merge.moved[str(table.__tablename__)] += merge.hand_over(table, "household_id", one, other)
    _move(merge, HouseholdSurvey, (one, other), ("survey", "day"), _survey_told)
    _move(merge, HouseholdCondition, (one, other), ("condition", "day"), _condition_told)
    _take_results(merge, one, other)
    _move(merge, InspectedHousehold, (one, other), ("inspection_id",), _check_told)


def move_records_of_cadre(merge: Merge, one: int, other: int) -> None:
    """Let what the cadre `other` made or answers for be that of `one`."""
    for table in (Measure, Story, HouseholdSurvey, InspectedHousehold):
        merge.moved[str(table.__tablename__)] += merge.hand_over(table, "cadre_id", one, other)


def _move(
    merge: Merge,
    table: type[SQLModel],
    pair: tuple[int, int],
    key: tuple[str, ...],
    tell: Callable[[Row], str],
) -> None:
    """Move the rows of a table that holds one row for each key; what both have stays with the record."""
    one, other = pair
    taken = {
        tuple(row[name] for name in key): row
        for row in rows_where(merge.connection, table, "household_id", one)
    }
    moving, left = [], []
    for row in rows_where(merge.connection, table, "household_id", other):
        own = taken.get(tuple(row[name] for name in key))
        if own is None:
            moving.append({"id": row["id"], "household_id": one})
            continue
        left.append(row["id"])
        if _says(own) != _says(row):
            merge.notes.append(f"{_title(row)}两户都有（{tell(own)}；{tell(row)}），只留前一户的")
    merge.door.update(table, moving)
    merge.door.delete(table, left)
    merge.moved[str(table.__tablename__)] += len(moving)


def _says(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in _BY_WHOM}


def _title(row: Row) -> str:
    """What both households have."""
    if "inspection_id" in row:
        return "同一次督查"
    return f"{row['day']} {row.get('survey') or row['condition']}"


def _survey_told(row: Row) -> str:
    told = "已清" if row["complete"] else f"缺{mask_digits(row['missing'])}"
    return f"{told}，{mask_digits(row['finding'])}" if row["finding"] else told


def _condition_told(row: Row) -> str:
    return show_condition(Condition(row["condition"]), row["number"], row["word"])


def _check_told(row: Row) -> str:
    if row["result"] is None:
        return "还没有督查"
    return f"{row['result']}，{mask_digits(row['finding'])}" if row["finding"] else str(row["result"])


def _take_results(merge: Merge, one: int, other: int) -> None:
    """Of one draw in which both are, a check made of the duplicate is one of the record, if it has none."""
    theirs = {
        row["inspection_id"]: row
        for row in rows_where(merge.connection, InspectedHousehold, "household_id", other)
    }
    for own in rows_where(merge.connection, InspectedHousehold, "household_id", one):
        row = theirs.get(own["inspection_id"])
        if own["result"] is None and row is not None and row["result"] is not None:
            merge.door.update(InspectedHousehold, [{"id": own["id"], **{name: row[name] for name in _FOUND}}])
