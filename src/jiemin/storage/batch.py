"""Collects what an import will write and writes it table by table, each in one statement."""

from typing import Any

from sqlmodel import SQLModel

from jiemin.storage.journal import Door, Values


class Batch:
    """New rows and changes of rows, waiting for one `flush`.

    A change of a row that is itself still waiting is folded into it, so the journal keeps images
    only of what was there before the action.
    """

    def __init__(self, door: Door) -> None:
        self._door = door
        self._new: dict[type[SQLModel], dict[int, Values]] = {}
        self._changed: dict[type[SQLModel], dict[int, Values]] = {}
        self._removed: dict[type[SQLModel], list[int]] = {}

    def add(self, table: type[SQLModel], values: Values) -> int:
        """Keep a new row for writing and return its id."""
        row_id = self._door.next_id(table)
        values["id"] = row_id
        self._new.setdefault(table, {})[row_id] = values
        return row_id

    def change(self, table: type[SQLModel], row_id: int, values: Values) -> None:
        """Keep new values of a row for writing."""
        waiting = self._new.get(table, {}).get(row_id)
        if waiting is None:
            waiting = self._changed.setdefault(table, {}).setdefault(row_id, {"id": row_id})
        waiting.update(values)

    def remove(self, table: type[SQLModel], row_id: int) -> None:
        """Take a row away that never came to hold; the journal keeps its image."""
        self._removed.setdefault(table, []).append(row_id)

    def flush(self) -> None:
        """Write everything, tables that others refer to first.

        Changes of a table go before its new rows: an old lead must end before a new one starts.
        """
        order = {table.name: place for place, table in enumerate(SQLModel.metadata.sorted_tables)}
        for table in sorted(
            {*self._new, *self._changed, *self._removed}, key=lambda each: order[str(each.__tablename__)]
        ):
            self._door.delete(table, self._removed.get(table, []))
            self._door.update(table, list(self._changed.get(table, {}).values()))
            self._door.insert(table, _same_fields(table, self._new.get(table, {})))
        self._new.clear()
        self._changed.clear()
        self._removed.clear()


def _same_fields(table: type[SQLModel], rows: dict[int, Values]) -> list[Values]:
    empty: dict[str, Any] = dict.fromkeys(table.model_fields)
    return [empty | row for row in rows.values()]
