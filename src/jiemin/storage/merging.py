"""Rows of any dated table as one history, and what refers to a record that becomes another."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection
from sqlmodel import SQLModel

from jiemin.domain.merging import Fit
from jiemin.domain.periods import FOREVER
from jiemin.domain.spans import Held
from jiemin.storage.journal import Door, Values
from jiemin.storage.query import among, select

_DATED = {"start": "valid_from", "end": "valid_to"}


def held_rows(connection: Connection, table: type[SQLModel], column: str, ids: Iterable[int]) -> list[Held]:
    """The rows of a dated table whose `column` names one of these, by day; all other columns are state."""
    columns = table.__table__.c  # type: ignore[attr-defined]
    query = select(table.__table__).where(among(columns[column], ids))  # type: ignore[attr-defined]
    found = []
    for row in connection.execute(query.order_by(columns.valid_from, columns.id)):
        state = dict(row._mapping)
        row_id, start, end = (state.pop(name) for name in ("id", "valid_from", "valid_to"))
        found.append(Held(row_id, start, end, state))
    return found


def rows_where(connection: Connection, table: type[SQLModel], column: str, value: int) -> list[Values]:
    """The rows of a table whose `column` holds a value, as dictionaries, by id."""
    columns = table.__table__.c  # type: ignore[attr-defined]
    query = select(table.__table__).where(columns[column] == value).order_by(columns.id)  # type: ignore[attr-defined]
    return [dict(row._mapping) for row in connection.execute(query)]


def last_begun(spans: Sequence[Held], day: date) -> Held | None:
    """The span in force on `day`, else the last that began before, else the first."""
    begun = [span for span in spans if span.start <= day]
    return begun[-1] if begun else next(iter(spans), None)


def write_fit(door: Door, table: type[SQLModel], fit: Fit) -> None:
    """Write what turns the rows of a history into what they are to be.

    Spans that end are written before the one without end: no rule of one open span is broken on the way.
    """
    door.delete(table, fit.gone)
    changes = [
        {"id": row_id, **{_DATED.get(name, name): value for name, value in fields.items()}}
        for row_id, fields in fit.changes.items()
    ]
    door.update(table, [each for each in changes if each.get("valid_to", FOREVER) != FOREVER])
    door.update(table, [each for each in changes if each.get("valid_to", FOREVER) == FOREVER])
    new: list[dict[str, Any]] = [
        {**stretch.state, "valid_from": stretch.start, "valid_to": stretch.end} for stretch in fit.starts
    ]
    door.insert(table, new)
