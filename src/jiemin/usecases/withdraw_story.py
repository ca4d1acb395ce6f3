"""Withdraw one 典型事迹 that is wrong or was told by mistake (notice 三.2)."""

from datetime import date

from jiemin.errors import JieminError
from jiemin.storage.database import Database
from jiemin.storage.journal import write_door
from jiemin.storage.record_tables import Story
from jiemin.storage.stamp import Stamp
from jiemin.storage.stories import StoryRow
from jiemin.usecases.stories import find_story


def withdraw_story(database: Database, stamp: Stamp, number: str, reason: str, today: date) -> StoryRow:
    """Withdraw the story: it stays on record with the reason, and is counted and printed no longer.

    The story as it was before. Raises `NotFoundError` for an unknown number, `JieminError` without a reason
    and for a story that is withdrawn already.
    """
    if not reason.strip():
        raise JieminError("没有写原因", "为什么撤回，写在 --reason 后面")
    with write_door(database, stamp) as door:
        row = find_story(door.connection, number)
        if row.withdrawn_on is not None:
            raise JieminError(
                f"{row.story_no}已在{row.withdrawn_on}撤回", f"用 jiemin story show {row.story_no} 查看"
            )
        values = {"id": row.id, "withdrawn_on": today, "withdrawn_reason": reason.strip()}
        door.update(Story, [values])
        door.note_counts(changed=1)
    return row
