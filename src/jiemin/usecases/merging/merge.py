"""One merge under way: the open door, what it moves, and what the clerk is to be told."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import SQLModel

from jiemin.domain.duplicates import Kind
from jiemin.domain.merging import Combine, Stretch, fill, fit, lay_pairings, lay_under, overruled
from jiemin.domain.spans import Held, State, at
from jiemin.storage.alias_tables import KeptApart
from jiemin.storage.journal import Door
from jiemin.storage.merging import held_rows, rows_where, write_fit
from jiemin.storage.tables import Pairing

Settled = dict[str, list[Any]]
"""Field → the values the duplicate gave it that do not hold."""


class Merge:
    """Moves what belongs to a duplicate to the record it becomes."""

    def __init__(self, door: Door, day: date) -> None:
        self.door, self.day = door, day
        self.connection = door.connection
        self.moved: Counter[str] = Counter()
        """Table → how many of the duplicate's rows the record takes over."""
        self.notes: list[str] = []
        """Sentences about what was decided on the way."""

    def lay(
        self, table: type[SQLModel], column: str, one: int, other: int, combine: Combine = fill
    ) -> Settled:
        """Lay the duplicate's dated rows under the record's; what of it does not hold."""
        own = held_rows(self.connection, table, column, [one])
        theirs = held_rows(self.connection, table, column, [other])
        owned = [Held(each.id, each.start, each.end, {**each.state, column: one}) for each in theirs]
        wanted = lay_under(own, owned, combine)
        self.write(table, [*own, *theirs], wanted)
        self.moved[str(table.__tablename__)] += len(theirs)
        return lost(owned, wanted)

    def lay_pairings(self, own: Sequence[Held], theirs: Sequence[Held], told: State) -> None:
        """Lay pairings of the duplicate, which is now the record as `told` says, under a household's own."""
        moved = [Held(each.id, each.start, each.end, {**each.state, **told}) for each in theirs]
        wanted = lay_pairings(own, moved)
        whose = [each.state["cadre_id"] for each in (*own, *moved)]
        for cadre in dict.fromkeys(whose):
            rows = [row for row, helper in zip((*own, *theirs), whose, strict=True) if helper == cadre]
            self.write(Pairing, rows, [each for each in wanted if each.state["cadre_id"] == cadre])
        self.moved["pairing"] += len(theirs)

    def write(self, table: type[SQLModel], rows: Sequence[Held], wanted: Sequence[Stretch]) -> None:
        """Let these rows become the stretches wanted."""
        write_fit(self.door, table, fit(rows, wanted))

    def hand_over(self, table: type[SQLModel], column: str, one: int, other: int) -> int:
        """Let the rows that refer to the duplicate refer to the record; how many did."""
        rows = rows_where(self.connection, table, column, other)
        self.door.update(table, [{"id": row["id"], column: one} for row in rows])
        return len(rows)

    def keep_apart_too(self, kind: Kind, one: int, other: int) -> None:
        """Whom the duplicate was kept apart from, the record is kept apart from."""
        taken = {(row["one_id"], row["other_id"]) for row in self._apart(kind, one)}
        for row in self._apart(kind, other):
            third = row["other_id"] if row["one_id"] == other else row["one_id"]
            pair = {"one_id": min(one, third), "other_id": max(one, third)}
            if (pair["one_id"], pair["other_id"]) in taken:
                self.door.delete(KeptApart, [row["id"]])
            else:
                self.door.update(KeptApart, [{"id": row["id"], **pair}])

    def _apart(self, kind: Kind, record: int) -> list[dict[str, Any]]:
        rows = [
            *rows_where(self.connection, KeptApart, "one_id", record),
            *rows_where(self.connection, KeptApart, "other_id", record),
        ]
        return [row for row in rows if row["kind"] == kind]


def lost(spans: Sequence[Held], kept: Sequence[Stretch]) -> Settled:
    """What the duplicate's spans said that the history kept does not say on those days."""
    found: Settled = {}
    history = [Held(0, each.start, each.end, each.state) for each in kept]
    for span in spans:
        days = {span.start, *(each.start for each in kept if span.start < each.start < span.end)}
        for day in days:
            held = at(history, day)
            add(found, overruled(span.state, held.state if held else span.state))
    return found


def add(settled: Settled, more: dict[str, Any]) -> None:
    """Add values to what is settled."""
    for name, value in more.items():
        values = settled.setdefault(name, [])
        if value not in values:
            values.append(value)


def as_json(*settled: Settled) -> str:
    """What is settled as it is stored; dates as ISO text."""
    merged: Settled = {}
    for each in settled:
        for name, values in each.items():
            for value in values:
                add(merged, {name: value.isoformat() if isinstance(value, date) else value})
    return json.dumps(merged, ensure_ascii=False, sort_keys=True)
