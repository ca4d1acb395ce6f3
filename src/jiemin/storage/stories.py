"""Queries about 典型事迹.

The table is named here in words of SQL, since most commands that read stories write none, and making the
model takes time.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, column, table
from sqlmodel import col

from jiemin.storage.columns import IsoDate
from jiemin.storage.query import select
from jiemin.storage.tables import Cadre, Household, Unit

_STORY: Any = table(
    "story",
    column("id"),
    column("story_no"),
    column("quarter"),
    column("day", IsoDate),
    column("title"),
    column("body"),
    column("household_id"),
    column("cadre_id"),
    column("unit_id"),
    column("withdrawn_on", IsoDate),
    column("withdrawn_reason"),
).c


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A story of a quarter (`2014Q2`); of household, cadre and unit what it tells of, else None.

    `withdrawn_on` is the day on which it was withdrawn, None while it stands.
    """

    id: int
    story_no: str
    quarter: str
    day: date
    title: str
    body: str
    household_id: int | None
    household_no: str | None
    cadre_no: str | None
    cadre_name: str | None
    unit: str | None
    withdrawn_on: date | None
    withdrawn_reason: str | None


def serial(story_id: int) -> str:
    """The number we give a story."""
    return f"S{story_id:04d}"


def stories(connection: Connection, quarter: str | None = None, *, withdrawn: bool = False) -> list[StoryRow]:
    """The stories of a quarter, or all there are, by quarter, day and number; if asked for, also those
    that were withdrawn."""
    query = (
        select(
            _STORY.id,
            _STORY.story_no,
            _STORY.quarter,
            _STORY.day,
            _STORY.title,
            _STORY.body,
            _STORY.household_id,
            Household.household_no,
            Cadre.cadre_no,
            Cadre.name,
            Unit.name,
            _STORY.withdrawn_on,
            _STORY.withdrawn_reason,
        )
        .outerjoin(Household, col(Household.id) == _STORY.household_id)
        .outerjoin(Cadre, col(Cadre.id) == _STORY.cadre_id)
        .outerjoin(Unit, col(Unit.id) == _STORY.unit_id)
        .order_by(_STORY.quarter, _STORY.day, _STORY.id)
    )
    if quarter is not None:
        query = query.where(_STORY.quarter == quarter)
    if not withdrawn:
        query = query.where(_STORY.withdrawn_on.is_(None))
    return [StoryRow(*row) for row in connection.execute(query)]
