"""Record one 典型事迹 of a quarter (notice 三.2)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.codes import Role
from jiemin.domain.periods import Quarter
from jiemin.errors import JieminError
from jiemin.storage import cadres, pairings, stories
from jiemin.storage.cadres import CadreState
from jiemin.storage.database import Database
from jiemin.storage.households import HouseholdState
from jiemin.storage.journal import write_door
from jiemin.storage.record_tables import Story
from jiemin.storage.stamp import Stamp
from jiemin.usecases.find_records import find_cadre_ever, find_household, find_unit

LONGEST_TITLE = 60
"""Characters."""
LONGEST_BODY = 20_000
"""Characters; a story of a quarter's report has about two thousand."""


@dataclass(frozen=True, slots=True)
class StoryTold:
    """What the clerk typed of a story; household, cadre and unit may be empty, but not all of them."""

    title: str
    body: str
    day: date
    quarter: Quarter | None = None
    household: str = ""
    cadre: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class StoryRecorded:
    """A story as it was stored; None where it tells of no household, cadre or unit."""

    story_no: str
    title: str
    quarter: Quarter
    day: date
    characters: int
    household_no: str | None
    head_name: str | None
    cadre_no: str | None
    cadre_name: str | None
    unit: str | None


def record_story(database: Database, stamp: Stamp, told: StoryTold, today: date) -> StoryRecorded:
    """Store the story. Its unit, if not told, is the cadre's, else that of the household's lead that day.

    Raises `JieminError` for a story without title, text or anybody it tells of, for one too long, for a
    day or quarter still to come, and for the very same story a second time; `NotFoundError` as others.
    """
    title, body = _title(told.title), _body(told.body)
    quarter = told.quarter or Quarter.of(told.day)
    _refuse_future(told.day, quarter, today)
    if not (told.household or told.cadre or told.unit):
        raise JieminError("没有写是谁的事迹", "用 --household、--cadre 或 --unit 写明家庭、干部或单位")
    with write_door(database, stamp) as door:
        family = find_household(door.connection, told.household, told.day) if told.household else None
        helper = find_cadre_ever(door.connection, told.cadre, told.day) if told.cadre else None
        unit = _unit(door.connection, told, family, helper)
        _refuse_twice(door.connection, quarter, title, body)
        story_id = door.next_id(Story)
        number = stories.serial(story_id)
        row = {
            "id": story_id,
            "story_no": number,
            "quarter": str(quarter),
            "day": told.day,
            "title": title,
            "body": body,
            "household_id": family.id if family else None,
            "cadre_id": helper.id if helper else None,
            "unit_id": unit[0] if unit else None,
        }
        door.insert(Story, [row])
    return StoryRecorded(
        story_no=number,
        title=title,
        quarter=quarter,
        day=told.day,
        characters=len(body),
        household_no=family.household_no if family else None,
        head_name=family.head_name if family else None,
        cadre_no=helper.cadre_no if helper else None,
        cadre_name=helper.name if helper else None,
        unit=unit[1] if unit else None,
    )


def _title(text: str) -> str:
    title = " ".join(text.split())
    if not title:
        raise JieminError("标题是空的", "用 --title 写一个标题")
    if len(title) > LONGEST_TITLE:
        raise JieminError(f"标题有{len(title)}个字，超过{LONGEST_TITLE}个", "请写短一些，细节写在正文里")
    return title


def _body(text: str) -> str:
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    body = "\n".join(lines).strip("\n")
    if not body.strip():
        raise JieminError("正文是空的", "用 --text 写正文，或用 --file 指明文本文件")
    if len(body) > LONGEST_BODY:
        raise JieminError(f"正文有{len(body)}个字，超过{LONGEST_BODY}个", "请删短，或分成几篇登记")
    return body


def _refuse_future(day: date, quarter: Quarter, today: date) -> None:
    if day > today:
        raise JieminError(f"日期{day}还没有到", "核对 --on 的日期")
    if quarter.first > today:
        raise JieminError(f"{quarter.label}还没有开始", "核对 --quarter 的季度")


def _unit(
    connection: Connection, told: StoryTold, family: HouseholdState | None, helper: CadreState | None
) -> tuple[int, str] | None:
    """Id and name of the unit the story is counted for."""
    if told.unit:
        return find_unit(connection, told.unit)
    if helper is None and family is not None:
        helper = _lead(connection, family, told.day)
    return (helper.unit_id, helper.unit) if helper else None


def _lead(connection: Connection, family: HouseholdState, day: date) -> CadreState | None:
    for row in pairings.pairings_of(connection, family.id):
        if row.role == Role.LEAD and row.start <= day < row.end:
            serving = [each for each in cadres.cadres_on(connection, day) if each.id == row.cadre_id]
            return (serving or cadres.last_posts(connection, [row.cadre_id]))[0]
    return None


def _refuse_twice(connection: Connection, quarter: Quarter, title: str, body: str) -> None:
    for row in stories.stories(connection, str(quarter)):
        if (row.title, row.body) == (title, body):
            raise JieminError(
                f"这篇典型事迹已经登记过了，编号{row.story_no}", f"查看：jiemin story show {row.story_no}"
            )
