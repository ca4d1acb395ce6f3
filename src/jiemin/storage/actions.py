"""Queries about the journal: what was done, when, by whom, and what of it was taken back."""

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col

from jiemin.storage.journal_tables import Action, Change
from jiemin.storage.query import select

UNDO = "undo"
"""The command of an action that takes another back; its arguments name that one as `action`."""


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action; `undone_by` is the action that took it back, or None."""

    id: int
    at: str
    actor: str
    command: str
    arguments: dict[str, Any]
    sources: tuple[tuple[str, str], ...]
    counts: dict[str, int]
    undone_by: int | None
    changes: bool
    """Whether it changed any row; showing full numbers, for one, does not."""

    @property
    def files(self) -> list[str]:
        """The names of the files it read."""
        return [name for name, _ in self.sources]


def actions(connection: Connection) -> list[ActionRow]:
    """Every action, oldest first."""
    query = select(
        Action.id, Action.at, Action.actor, Action.command, Action.arguments, Action.sources, Action.counts
    ).order_by(col(Action.id))
    rows = [
        (row_id, at, actor, command, json.loads(arguments), json.loads(sources or "[]"), json.loads(counts))
        for row_id, at, actor, command, arguments, sources, counts in connection.execute(query)
    ]
    undone = _undone((row[0], row[3], row[4]) for row in rows)
    changing = set(connection.execute(select(Change.action_id).distinct()).scalars())
    return [
        ActionRow(*row[:5], tuple(map(tuple, row[5])), row[6], undone.get(row[0]), row[0] in changing)
        for row in rows
    ]


def changed_rows(connection: Connection, action_id: int) -> tuple[Counter[str], Counter[str]]:
    """How many rows of each table an action made, and how many it changed or took away."""
    made, changed = Counter[str](), Counter[str]()
    query = select(Change.subject, Change.first_id, Change.last_id, Change.before)
    for subject, first, last, before in connection.execute(query.where(Change.action_id == action_id)):
        if before is None:
            made[subject] += last - first + 1
        else:
            changed[subject] += 1
    return made, changed


def _undone(rows: Any) -> dict[int, int]:
    """Action → the one that took it back, unless that was taken back in turn."""
    found: dict[int, int] = {}
    for row_id, command, arguments in reversed(list(rows)):
        if command == UNDO and row_id not in found:
            found.setdefault(arguments["action"], row_id)
    return found
