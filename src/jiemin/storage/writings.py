"""Which actions wrote a row, and what stood in it before each of them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Writing:
    """An action that made a row (`before` is None) or changed it from what `before` says."""

    row_id: int
    before: dict[str, Any] | None
    on: date
    command: str
    files: tuple[str, ...]


def writings(connection: Connection, subject: str, ids: Iterable[int]) -> dict[int, list[Writing]]:
    """Row id → the actions that wrote it, oldest first, of these rows of a table."""
    listed = sorted(ids)
    if not listed:
        return {}
    query = (
        'SELECT row.value, "before", at, command, sources FROM json_each(?1) AS row '
        "JOIN change ON subject = ?2 AND row.value BETWEEN first_id AND last_id "
        "JOIN action ON action.id = action_id ORDER BY change.id"
    )
    found: dict[int, list[Writing]] = {row_id: [] for row_id in listed}
    rows = connection.exec_driver_sql(query, (json.dumps(listed), subject))
    for row_id, before, at, command, sources in rows:
        files = tuple(name for name, _ in json.loads(sources)) if sources else ()
        image = json.loads(before) if before else None
        found[row_id].append(Writing(row_id, image, date.fromisoformat(at[:10]), command, files))
    return found
