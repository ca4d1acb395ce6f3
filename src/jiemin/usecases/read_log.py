"""Read the journal: every action, or one with the rows it touched."""

from collections import Counter
from dataclasses import dataclass

from jiemin.errors import NotFoundError
from jiemin.storage import actions
from jiemin.storage.actions import ActionRow
from jiemin.storage.database import Database


@dataclass(frozen=True, slots=True)
class ActionDetail:
    """One action, and how many rows of each table it made, and changed or took away."""

    action: ActionRow
    made: Counter[str]
    changed: Counter[str]


def list_actions(database: Database) -> list[ActionRow]:
    """Every action, oldest first."""
    with database.reading() as connection:
        return actions.actions(connection)


def show_action(database: Database, number: int) -> ActionDetail:
    """The action with that number; raises `NotFoundError`."""
    with database.reading() as connection:
        action = next((each for each in actions.actions(connection) if each.id == number), None)
        if action is None:
            raise NotFoundError(f"没有第{number}号操作", "用 jiemin log 查看")
        return ActionDetail(action, *actions.changed_rows(connection, number))
