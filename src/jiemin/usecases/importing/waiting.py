"""What is on record of households and persons, in little room while an import brings many new ones.

Of a new one nothing is kept but its rows that wait in the batch; what they say is made from them for
whoever asks, and most are never asked for.
"""

from typing import Any

from sqlmodel import SQLModel

from jiemin.domain.spans import Held
from jiemin.storage.batch import Batch


class SpansByOwner:
    """Spans by the id of the household or person they tell of."""

    def __init__(self, held: dict[int, list[Held]], batch: Batch, table: type[SQLModel]) -> None:
        self._held, self._batch, self._table = held, batch, table
        self._only: dict[int, int] = {}
        """Owner → the row that waits to be written, its only span."""

    def __contains__(self, owner: int) -> bool:
        return owner in self._only or owner in self._held

    def __getitem__(self, owner: int) -> list[Held]:
        row_id = self._only.get(owner)
        if row_id is None:
            return self._held[owner]
        row = self._batch.waiting(self._table, row_id)
        _, start, end = row.pop("id"), row.pop("valid_from"), row.pop("valid_to")
        return [Held(row_id, start, end, {name: value for name, value in row.items() if value is not None})]

    def get(self, owner: int) -> list[Held]:
        """The owner's spans, none when nothing is on record; to add to them call `keep`."""
        return self[owner] if owner in self else []  # noqa: SIM401 - it would ask itself

    def begin(self, owner: int, row_id: int) -> None:
        """A waiting row is the owner's first span."""
        self._only[owner] = row_id

    def keep(self, owner: int, spans: list[Held]) -> None:
        """These are the owner's spans from now on."""
        self._only.pop(owner, None)
        self._held[owner] = spans


class FieldsById:
    """Lasting fields by id."""

    def __init__(self, held: dict[int, dict[str, Any]], batch: Batch, table: type[SQLModel]) -> None:
        self._held, self._batch, self._table = held, batch, table

    def __getitem__(self, record: int) -> dict[str, Any]:
        held = self._held.get(record)
        return self._batch.waiting(self._table, record) if held is None else held
