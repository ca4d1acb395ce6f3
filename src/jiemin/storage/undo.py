"""Taking an action back: what it made goes, what it changed returns, what was edited since stays.

The journal holds an image of every row an action changed or took away, and the ids of those it
made. A row was edited since when the image of the next action that touched it differs from what
stands there now; so an edit that was itself taken back is none. Taking back is an action of its
own and can be taken back in turn.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, col

from jiemin.domain.money_items import RunStatus
from jiemin.storage import (
    alias_tables,
    award_tables,
    journal_tables,
    record_tables,
    rule_tables,
    run_tables,
    supervision_tables,
    tables,
)
from jiemin.storage.columns import IsoDate
from jiemin.storage.journal import Door, Values, image
from jiemin.storage.journal_tables import Change
from jiemin.storage.query import among, select

TABLES: dict[str, type[SQLModel]] = {
    str(table.__tablename__): table
    for room in (
        tables,
        journal_tables,
        run_tables,
        award_tables,
        alias_tables,
        rule_tables,
        record_tables,
        supervision_tables,
    )
    for table in vars(room).values()
    if isinstance(table, type) and issubclass(table, SQLModel) and table is not SQLModel
}
_OWNED_BY = {
    "household_span": "household_id",
    "membership": "household_id",
    "person_span": "person_id",
    "cadre_post": "cadre_id",
    "visit_cadre": "visit_id",
    "visit_correction": "visit_id",
    "inspected_household": "inspection_id",
}
"""Rows that make no sense to lose while their owner stays: table → the column naming the owner."""
_PAID_BY = {"award": "run_id", "arrear": "run_id"}
"""Rows of a run of money, which stand as they are once it is approved or void: table → its column."""

Row = tuple[str, int]
"""(table, id)."""


@dataclass(slots=True)
class Undone:
    """What taking an action back did, as counts by table, and the rows it had to leave."""

    removed: Counter[str] = field(default_factory=Counter)
    restored: Counter[str] = field(default_factory=Counter)
    kept: list[Row] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether anything was taken back at all."""
        return bool(self.removed or self.restored)


def undo(door: Door, action_id: int) -> Undone:
    """Take one action back, as far as nothing later rests on it."""
    return _Undo(door, action_id).run()


class _Undo:
    def __init__(self, door: Door, action_id: int) -> None:
        self.door, self.done = door, Undone()
        self.made: dict[str, set[int]] = defaultdict(set)
        self.before: dict[str, dict[int, Values]] = defaultdict(dict)
        query = select(Change.subject, Change.first_id, Change.last_id, Change.before)
        for subject, first, last, text in self._rows(
            query.where(Change.action_id == action_id).order_by(col(Change.id))
        ):
            if text is None:
                self.made[subject].update(range(first, last + 1))
            elif first not in self.made[subject]:  # what it made itself and changed again just goes
                self.before[subject].setdefault(first, json.loads(text))
        self.later: dict[Row, Values] = {}
        query = select(Change.subject, Change.first_id, Change.before).where(
            Change.action_id > action_id, col(Change.before).is_not(None)
        )
        for subject, row_id, text in self._rows(query.order_by(col(Change.id))):
            self.later.setdefault((subject, row_id), json.loads(text))
        self.sealed = self._sealed_runs()

    def run(self) -> Undone:
        self.door.connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        needed = self._remove()
        self._restore()
        self._remove_freed(needed)
        self.done.kept.sort()
        return self.done

    def _rows(self, query: Any) -> Iterable[Any]:
        return self.door.connection.execute(query)

    def _standing(self, subject: str, ids: Iterable[int]) -> dict[int, Values]:
        """The images of these rows as they stand now; those that are gone are left out."""
        columns = TABLES[subject].__table__.c  # type: ignore[attr-defined]
        rows = self._rows(select(TABLES[subject].__table__).where(among(columns.id, ids)))  # type: ignore[attr-defined]
        return {row.id: json.loads(json.dumps(image(row))) for row in rows}

    def _edited(self, subject: str, row_id: int, now: Values) -> bool:
        return not _agrees(self.later.get((subject, row_id), now), now)

    def _sealed_runs(self) -> set[int]:
        """Runs of money that were drafts when the action was done, and are approved or void by now."""
        ids = self.door.connection.execute(select(award_tables.SubsidyRun.id)).scalars()
        return {
            row_id
            for row_id, now in self._standing("subsidy_run", ids).items()
            if now["status"] != RunStatus.DRAFT
            and self.later.get(("subsidy_run", row_id), now)["status"] == RunStatus.DRAFT
        }

    def _sealed(self, subject: str, told: Values, other: Values | None = None) -> bool:
        """Whether a row may not go, come back or become `other`; it may change its household, as merged
        households do."""
        run = told.get(_PAID_BY.get(subject, ""))
        return run in self.sealed and (
            other is None or not _agrees({**told, "household_id": other["household_id"]}, other)
        )

    def _remove(self) -> set[Row]:
        """Remove what the action made; returns what stays only because another row refers to it."""
        standing = {subject: self._standing(subject, ids) for subject, ids in self.made.items()}
        kept = {
            (subject, row_id)
            for subject, rows in standing.items()
            for row_id, now in rows.items()
            if self._edited(subject, row_id, now) or self._sealed(subject, now)
        }
        going = {
            subject: {row_id for row_id in rows if (subject, row_id) not in kept}
            for subject, rows in standing.items()
        }
        needed: set[Row] = set()
        while more := self._needed(going) | self._owned(going, standing):
            needed |= more
            for subject, row_id in more:
                going[subject].discard(row_id)
        self._delete(going)
        self.done.kept += kept | needed
        return needed

    def _remove_freed(self, needed: set[Row]) -> None:
        """Remove what stayed only for rows that have since been restored to what they were, and no longer
        refer to it: a run of pairing for the pairs that it ended."""
        if not needed:
            return
        standing = {subject: self._standing(subject, ids) for subject, ids in self.made.items()}
        going: dict[str, set[int]] = defaultdict(set)
        for subject, row_id in needed:
            going[subject].add(row_id)
        while more := self._needed(going) | self._owned(going, standing):
            for subject, row_id in more:
                going[subject].discard(row_id)
        self._delete(going)
        gone = {(subject, row_id) for subject, ids in going.items() for row_id in ids}
        self.done.kept = [row for row in self.done.kept if row not in gone]

    def _delete(self, going: dict[str, set[int]]) -> None:
        for subject in reversed(_order(going)):
            self.door.delete(TABLES[subject], sorted(going[subject]))
            self.done.removed[subject] += len(going[subject])
        self.done.removed = +self.done.removed

    def _needed(self, going: dict[str, set[int]]) -> set[Row]:
        """Rows about to go that a row about to stay refers to."""
        needed: set[Row] = set()
        for name, table in TABLES.items():
            for key in table.__table__.foreign_keys:  # type: ignore[attr-defined]
                parent = key.column.table.name
                wanted = going.get(parent)
                if not wanted:
                    continue
                query = select(table.__table__.c.id, key.parent).where(key.parent.is_not(None))  # type: ignore[attr-defined]
                leaving = going.get(name, set())
                needed |= {
                    (parent, owner)
                    for row_id, owner in self._rows(query)
                    if owner in wanted and row_id not in leaving
                }
        return needed

    def _owned(self, going: dict[str, set[int]], standing: dict[str, dict[int, Values]]) -> set[Row]:
        """Rows about to go whose owner, made by the same action, stays."""
        owned: set[Row] = set()
        for subject, column in _OWNED_BY.items():
            owner = column.removesuffix("_id")
            for row_id in going.get(subject, ()):
                owner_id = standing[subject][row_id][column]
                if owner_id in standing.get(owner, {}) and owner_id not in going[owner]:
                    owned.add((subject, row_id))
        return owned

    def _restore(self) -> None:
        lost: set[Row] = set()
        for subject in _order(self.before):
            standing = self._standing(subject, self.before[subject])
            changed, gone = [], []
            for row_id, before in self.before[subject].items():
                now = standing.get(row_id)
                if now is None and self._comes_back(subject, before, lost):
                    gone.append(_values(subject, before))
                elif now is None or self._edited(subject, row_id, now) or self._sealed(subject, before, now):
                    self.done.kept.append((subject, row_id) if now else _whose(subject, before))
                    lost |= set() if now else {(subject, row_id)}
                elif not _agrees(before, now):
                    changed.append(_values(subject, before))
            self._write(subject, changed, self.door.update)
            lost |= {(subject, row_id) for row_id in self._write(subject, gone, self.door.insert)}
        self.done.restored = +self.done.restored

    def _comes_back(self, subject: str, before: Values, lost: set[Row]) -> bool:
        """Whether a row that is gone may return: nothing later touched it, it belongs to no run that was
        approved since, and what it refers to is there."""
        keys = TABLES[subject].__table__.foreign_keys  # type: ignore[attr-defined]
        owners = {(key.column.table.name, before.get(key.parent.name)) for key in keys}
        touched = (subject, before["id"]) in self.later
        return not (touched or owners & lost or self._sealed(subject, before))

    def _write(
        self, subject: str, rows: list[Values], write: Callable[[type[SQLModel], Sequence[Values]], None]
    ) -> list[int]:
        """All at once; if a rule of the tables stands against it, one by one as long as one that goes in
        makes room for another, leaving those it hits, whose ids are returned."""
        if self._written(subject, rows, write):
            return []
        left = rows
        while stuck := [row for row in left if not self._written(subject, [row], write)]:
            if len(stuck) == len(left):
                self.done.kept += [(subject, row["id"]) for row in stuck]
                return [row["id"] for row in stuck]
            left = stuck
        return []

    def _written(
        self, subject: str, rows: list[Values], write: Callable[[type[SQLModel], Sequence[Values]], None]
    ) -> bool:
        try:
            with self.door.attempt():
                write(TABLES[subject], rows)
        except IntegrityError:
            return False
        self.done.restored[subject] += len(rows)
        return True


def _whose(subject: str, before: Values) -> Row:
    """A row that stays away, or the household of one of a run of money, by which it can be named."""
    return ("household", before["household_id"]) if subject in _PAID_BY else (subject, before["id"])


def _order(subjects: Iterable[str]) -> list[str]:
    """Tables that others refer to first."""
    wanted = set(subjects)
    return [table.name for table in SQLModel.metadata.sorted_tables if table.name in wanted]


def _agrees(image: Values, now: Values) -> bool:
    """Whether a row stands as its image says, which knows no column added since."""
    return all(now[name] == told for name, told in image.items())


def _values(subject: str, before: Values) -> Values:
    """An image as values that can be written again."""
    columns = TABLES[subject].__table__.c  # type: ignore[attr-defined]
    return {
        name: date.fromisoformat(value)
        if value and isinstance(columns[name].type, IsoDate)
        else tuple(value)
        if isinstance(value, list)
        else value
        for name, value in before.items()
    }
