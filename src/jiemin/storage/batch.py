"""Collects what an import will write and writes it table by table, each in one statement."""

from bisect import bisect_left
from typing import Any

from sqlmodel import SQLModel

import jiemin.storage.run_tables  # noqa: F401 - pairings refer to runs, and are sorted after them
from jiemin.storage.journal import Door, Values


class Batch:
    """New rows and changes of rows, waiting for one `flush`.

    A change of a row that is itself still waiting is folded into it, so the journal keeps images
    only of what was there before the action.
    """

    def __init__(self, door: Door) -> None:
        self._door = door
        self._new: dict[type[SQLModel], _NewRows] = {}
        self._changed: dict[type[SQLModel], dict[int, Values]] = {}
        self._removed: dict[type[SQLModel], list[int]] = {}

    def add(self, table: type[SQLModel], values: Values) -> int:
        """Keep a new row for writing and return its id."""
        waiting = self._new.get(table)
        if waiting is None:
            waiting = self._new[table] = _NewRows(table)
        row_id = self._door.next_id(table)
        waiting.add(row_id, values)
        return row_id

    def change(self, table: type[SQLModel], row_id: int, values: Values) -> None:
        """Keep new values of a row for writing."""
        waiting = self._new.get(table)
        if waiting is None or not waiting.change(row_id, values):
            self._changed.setdefault(table, {}).setdefault(row_id, {"id": row_id}).update(values)

    def waiting(self, table: type[SQLModel], row_id: int) -> Values:
        """What a new row says as it waits; raises KeyError when it is none."""
        return self._new[table].row(row_id)

    def has_new(self, table: type[SQLModel]) -> bool:
        """Whether new rows of the table wait."""
        return table in self._new

    def remove(self, table: type[SQLModel], row_id: int) -> None:
        """Take a row away that never came to hold; the journal keeps its image."""
        self._removed.setdefault(table, []).append(row_id)

    @property
    def waits(self) -> bool:
        """Whether anything is to be written yet."""
        return bool(self._new or self._changed or self._removed)

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
            if table in self._new:
                self._door.insert_columns(table, self._new.pop(table).columns)
        self._changed.clear()
        self._removed.clear()


class _NewRows:
    """New rows of one table, column by column: a fifth of the room of as many mappings."""

    def __init__(self, table: type[SQLModel]) -> None:
        self.columns: dict[str, list[Any]] = {name: [] for name in table.model_fields}

    def add(self, row_id: int, values: Values) -> None:
        """Take in a row; ids rise from row to row."""
        if not values.keys() <= self.columns.keys():
            raise KeyError(*values.keys() - self.columns.keys())
        for name, column in self.columns.items():
            column.append(values.get(name))
        self.columns["id"][-1] = row_id

    def change(self, row_id: int, values: Values) -> bool:
        """Give a row other values; whether it is one of these."""
        place = self._place(row_id)
        if place is None:
            return False
        for name, value in values.items():
            self.columns[name][place] = value
        return True

    def row(self, row_id: int) -> Values:
        """A row's values; raises KeyError when it is none of these."""
        place = self._place(row_id)
        if place is None:
            raise KeyError(row_id)
        return {name: column[place] for name, column in self.columns.items()}

    def _place(self, row_id: int) -> int | None:
        ids = self.columns["id"]
        place = bisect_left(ids, row_id)
        return place if place < len(ids) and ids[place] == row_id else None
