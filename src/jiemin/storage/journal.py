"""The one write door: a transaction that records who changed what, and what was there before.

New rows are recorded as a range of ids; of a changed or deleted row the journal keeps an image.
An action that changes nothing leaves no trace, so importing a file twice writes nothing.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, update
from sqlalchemy.dialects.sqlite import dialect
from sqlmodel import SQLModel

from jiemin.storage.database import Database
from jiemin.storage.journal_tables import Action, Change
from jiemin.storage.query import among, select
from jiemin.storage.stamp import Stamp

Values = dict[str, Any]
Writer = Callable[[Any], Any]
"""From a value to its stored form."""

_SQLITE = dialect()
_ROWS_AT_ONCE = 10_000
"""Of how many new rows the stored forms are held at a time."""


class Door:
    """What a use case may do inside one write transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.counts: dict[str, int] = {}
        self.sources: Sequence[tuple[str, str]] = ()
        """Name and SHA-256 of each file the action read."""
        self._next_ids: dict[str, int] = {}
        self._changes: list[Values] = []
        self._given_up = False
        self.noteworthy = False
        """The action is recorded even if it changes nothing, such as showing full numbers."""

    @property
    def changed(self) -> bool:
        """Whether anything was written so far that will stay."""
        return bool(self._changes) and not self._given_up

    def give_up(self) -> None:
        """Let nothing of this action stay."""
        self._given_up = True

    def next_id(self, table: type[SQLModel]) -> int:
        """Reserve the next id of a table, so that rows of one batch can refer to each other."""
        name = str(table.__tablename__)
        if name not in self._next_ids:
            last = self.connection.exec_driver_sql(
                "SELECT seq FROM sqlite_sequence WHERE name = ?", (name,)
            ).scalar()
            self._next_ids[name] = int(last or 0) + 1
        self._next_ids[name] += 1
        return self._next_ids[name] - 1

    def insert(self, table: type[SQLModel], rows: Sequence[Values]) -> None:
        """Write new rows in one statement; a row without `id` gets the next one.

        All rows must hold the same fields. Ids reserved earlier may come in any order.
        """
        if not rows:
            return
        for row in rows:
            if "id" not in row:
                row["id"] = self.next_id(table)
        self.insert_columns(table, {name: [row[name] for row in rows] for name in rows[0]})

    def insert_columns(self, table: type[SQLModel], columns: Mapping[str, Sequence[Any]]) -> None:
        """Write new rows given column by column, `id` among them.

        It goes past SQLAlchemy's own way of many rows, which takes three times as long.
        """
        statement, writers = _insertion(table, columns)
        for start in range(0, len(columns["id"]), _ROWS_AT_ONCE):
            parts = (column[start : start + _ROWS_AT_ONCE] for column in columns.values())
            stored = (
                map(_Stored(write).__getitem__, part) if write else part
                for write, part in zip(writers, parts, strict=True)
            )
            self.connection.exec_driver_sql(statement, list(zip(*stored, strict=True)))
        self._record_new(str(table.__tablename__), sorted(columns["id"]))

    def update(self, table: type[SQLModel], rows: Sequence[Values]) -> None:
        """Change rows by `id`, each to its own values, after keeping their images.

        A row that says so already is no change. What ends is written first, so that another may take
        its place at once.
        """
        groups = _by_fields(rows).items()
        for fields, told in sorted(groups, key=lambda each: "valid_to" not in each[0]):
            stored = {row.id: row for row in self._stored(table, [row["id"] for row in told])}
            group = [
                row for row in told if any(stored[row["id"]]._mapping[name] != row[name] for name in fields)
            ]
            if not group:
                continue
            self._keep_images(table, [stored[row["id"]] for row in group])
            columns = table.__table__.c  # type: ignore[attr-defined]
            statement = (
                update(table.__table__)  # type: ignore[attr-defined]
                .where(columns.id == bindparam("row_id"))
                .values({name: bindparam(name) for name in fields})
            )
            self.connection.execute(
                statement, [{name: row[name] for name in fields} | {"row_id": row["id"]} for row in group]
            )

    def delete(self, table: type[SQLModel], ids: Sequence[int]) -> None:
        """Take rows away that never came to hold, or hold no longer; the journal keeps their images."""
        self._keep_images(table, self._stored(table, ids))
        columns = table.__table__.c  # type: ignore[attr-defined]
        self.connection.execute(delete(table).where(among(columns.id, ids)))

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Writes that a rule of the tables may stand against: then none of them stays."""
        written = len(self._changes)
        try:
            with self.connection.begin_nested():
                yield
        except BaseException:
            del self._changes[written:]
            raise

    def note_counts(self, **counts: int) -> None:
        """Add to the figures kept with the action."""
        for name, number in counts.items():
            self.counts[name] = self.counts.get(name, 0) + number

    def record(self, stamp: Stamp) -> None:
        """Write the action and its changes; the last thing in the transaction."""
        action_id = self.next_id(Action)
        row = {
            "id": action_id,
            "at": stamp.at,
            "actor": stamp.actor,
            "command": stamp.command,
            "arguments": _json(dict(stamp.arguments)),
            "sources": _json(self.sources) if self.sources else None,
            "counts": _json(self.counts),
        }
        self.connection.execute(insert(Action), [row])
        if self._changes:
            changes = [change | {"action_id": action_id} for change in self._changes]
            self.connection.execute(insert(Change), changes)

    def _record_new(self, subject: str, ids: Sequence[int]) -> None:
        first = last = ids[0]
        for row_id in [*ids[1:], None]:
            if row_id == last + 1:
                last = row_id
                continue
            self._changes.append({"subject": subject, "first_id": first, "last_id": last, "before": None})
            if row_id is not None:
                first = last = row_id

    def _stored(self, table: type[SQLModel], ids: Sequence[int]) -> Iterable[Row[Any]]:
        columns = table.__table__.c  # type: ignore[attr-defined]
        return self.connection.execute(select(table.__table__).where(among(columns.id, ids)))  # type: ignore[attr-defined]

    def _keep_images(self, table: type[SQLModel], rows: Iterable[Row[Any]]) -> None:
        self._changes += [
            {
                "subject": str(table.__tablename__),
                "first_id": row.id,
                "last_id": row.id,
                "before": _json(image(row)),
            }
            for row in rows
        ]


@contextmanager
def write_door(database: Database, stamp: Stamp, *, dry_run: bool = False) -> Iterator[Door]:
    """Open the door for one action: all of it is written, or none of it.

    With `dry_run`, or when nothing changed, the transaction is rolled back.
    """
    with database.writing() as connection:
        door = Door(connection)
        yield door
        if (door.changed or door.noteworthy) and not dry_run:
            door.record(stamp)
        else:
            connection.exec_driver_sql("ROLLBACK")


def note_action(database: Database, stamp: Stamp) -> None:
    """Record an action that changes nothing but that somebody may have to answer for."""
    with write_door(database, stamp) as door:
        door.noteworthy = True


class _Stored(dict[Any, Any]):
    """The stored form of each value of a column, made once."""

    def __init__(self, write: Writer) -> None:
        self._write = write

    def __missing__(self, value: Any) -> Any:
        stored = self[value] = self._write(value)
        return stored


def _insertion(table: type[SQLModel], fields: Collection[str]) -> tuple[str, list[Writer | None]]:
    """The statement for new rows, and what turns each field into its stored form, if anything does."""
    columns = [table.__table__.c[name] for name in fields]  # type: ignore[attr-defined]
    holders = ", ".join("?" * len(fields))
    statement = f'INSERT INTO "{table.__tablename__}" ({_listed(fields)}) VALUES ({holders})'  # noqa: S608 - names of ours
    return statement, [each.type.dialect_impl(_SQLITE).bind_processor(_SQLITE) for each in columns]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _by_fields(rows: Sequence[Values]) -> dict[tuple[str, ...], list[Values]]:
    groups: dict[tuple[str, ...], list[Values]] = {}
    for row in rows:
        groups.setdefault(tuple(name for name in row if name != "id"), []).append(row)
    return groups


def image(row: Row[Any]) -> Values:
    """A row as the journal keeps it."""
    return {
        name: value.isoformat() if isinstance(value, date) else value for name, value in row._mapping.items()
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
