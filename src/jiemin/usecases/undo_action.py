"""Take an action of the journal back."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from jiemin.errors import JieminError, NotFoundError
from jiemin.storage import undo as undoing
from jiemin.storage.actions import UNDO, ActionRow, actions
from jiemin.storage.database import Database
from jiemin.storage.journal import write_door
from jiemin.storage.stamp import Stamp
from jiemin.storage.subjects import names_of
from jiemin.storage.subsidy_runs import RunRow, runs
from jiemin.usecases.subsidy_runs import refuse_covered, refuse_outdated


@dataclass(frozen=True, slots=True)
class UndoOutcome:
    """What taking an action back did: rows removed and restored by table, and what it had to leave.

    `kept` are the households, cadres and visits of the rows that were edited since, or that
    something later rests on, in words.
    """

    action: ActionRow
    removed: dict[str, int]
    restored: dict[str, int]
    kept: tuple[str, ...]


def undo_action(
    database: Database, stamp: Stamp, action_id: int | None, *, dry_run: bool = False
) -> UndoOutcome:
    """Take back the action with that number, or the latest that still stands and is no undo itself.

    Raises `NotFoundError` when there is no such action, `JieminError` when it changed nothing, was
    taken back already, when nothing of it can be taken back any more, or when runs of money would
    pay something twice or not at all.
    """
    with database.reading() as connection:
        action = _meant(actions(connection), action_id)
    stamp = replace(stamp, command=UNDO, arguments={**stamp.arguments, "action": action.id})
    with write_door(database, stamp, dry_run=dry_run) as door:
        approved = _approved(door.connection)
        done = undoing.undo(door, action.id)
        _refuse_broken_runs(door.connection, approved)
        kept = names_of(door.connection, done.kept)
        if not done.changed:
            raise JieminError(
                f"第{action.id}号没有可以撤销的：它写的内容后来都改过或用到了", "用 jiemin log show 查看"
            )
        door.note_counts(removed=done.removed.total(), restored=done.restored.total(), kept=len(done.kept))
    return UndoOutcome(action, dict(done.removed), dict(done.restored), kept)


def _approved(connection: Connection) -> dict[int, RunRow]:
    return {row.id: row for row in runs(connection) if row.approved}


def _refuse_broken_runs(connection: Connection, before: dict[int, RunRow]) -> None:
    """Arrears may not lose the run they rest on, nor come back to count when others took their place."""
    now = _approved(connection)
    for row in (row for row_id, row in before.items() if row_id not in now):
        refuse_covered(connection, row)
    for row in (row for row_id, row in now.items() if row_id not in before):
        refuse_outdated(connection, row)


def _meant(known: list[ActionRow], action_id: int | None) -> ActionRow:
    if action_id is None:
        standing = [each for each in known if each.changes and each.command != UNDO and not each.undone_by]
        if not standing:
            raise JieminError("没有可以撤销的操作", "用 jiemin log 查看")
        return standing[-1]
    action = next((each for each in known if each.id == action_id), None)
    if action is None:
        raise NotFoundError(f"没有第{action_id}号操作", "用 jiemin log 查看")
    if not action.changes:
        raise JieminError(f"第{action_id}号没有改动什么，不用撤销", "用 jiemin log 查看")
    if action.undone_by:
        raise JieminError(
            f"第{action_id}号已经由第{action.undone_by}号撤销了", f"要恢复，撤销第{action.undone_by}号"
        )
    return action
