"""What visits said before they were corrected.

The table is named here in words of SQL, since making the model takes time.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, column, table

from jiemin.storage.columns import IsoDate
from jiemin.storage.query import select

_CORRECTION: Any = table(
    "visit_correction",
    column("id"),
    column("visit_id"),
    column("day", IsoDate),
    column("reason"),
    column("before"),
).c


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """What a visit said until `day`, of the fields that were changed then; days are dates.

    The fields are columns of the visit, and `cadres`, the numbers of those who came.
    """

    day: date
    reason: str | None
    before: Mapping[str, Any]


def before_text(fields: Mapping[str, Any]) -> str:
    """What the fields said before, as it is stored: by the names of `CorrectionRow.before`."""
    told = {name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items()}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def corrections_of(connection: Connection, visit_id: int) -> list[CorrectionRow]:
    """Every correction of a visit, oldest first."""
    query = select(_CORRECTION.day, _CORRECTION.reason, _CORRECTION.before).where(
        _CORRECTION.visit_id == visit_id
    )
    return [
        CorrectionRow(day, reason, _fields(json.loads(text)))
        for day, reason, text in connection.execute(query.order_by(_CORRECTION.id))
    ]


def said_before(connection: Connection) -> dict[int, list[dict[str, Any]]]:
    """By visit, the fields that each of its corrections changed, as they were, oldest first."""
    query = select(_CORRECTION.visit_id, _CORRECTION.before).order_by(_CORRECTION.id)
    found: dict[int, list[dict[str, Any]]] = {}
    for visit_id, text in connection.execute(query):
        found.setdefault(visit_id, []).append(_fields(json.loads(text)))
    return found


def _fields(told: dict[str, Any]) -> dict[str, Any]:
    return {
        name: date.fromisoformat(value) if value and name in _DAYS else value for name, value in told.items()
    }


_DAYS = frozenset(["day", "needs_met_on"])
