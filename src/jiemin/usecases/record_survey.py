"""Record surveys (四清) of a household: by whom, on which day, and whether each is complete."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from jiemin.domain.codes import Survey
from jiemin.errors import JieminError
from jiemin.storage import households, persons, visits
from jiemin.storage.database import Database
from jiemin.storage.households import HouseholdState
from jiemin.storage.journal import Door, write_door
from jiemin.storage.record_tables import HouseholdSurvey
from jiemin.storage.stamp import Stamp
from jiemin.storage.surveys import SurveyRow, surveys_until
from jiemin.usecases.find_records import find_household
from jiemin.usecases.household_record import Clear, clears_of, needs_of
from jiemin.usecases.who_answers import cadre_named, lead_on


class Entry(StrEnum):
    """What became of one thing that was told for a day."""

    NEW = "新记"
    AMENDED = "更正"
    UNCHANGED = "没有变化"


@dataclass(frozen=True, slots=True)
class SurveyTold:
    """What the clerk typed of surveys made on one day.

    Complete when nothing is `missing`. Without a cadre or other surveyor the lead of that day is meant;
    when a survey of that day is amended, what is not told stays as it was.
    """

    household: str
    surveys: tuple[Survey, ...]
    day: date
    cadre: str = ""
    surveyor: str = ""
    missing: str | None = None
    finding: str | None = None


@dataclass(frozen=True, slots=True)
class SurveysRecorded:
    """The surveys as stored, each with what became of it, and those that are still not complete today.

    `lacks` names what the record itself lacks of those that were just told to be complete.
    """

    household_no: str
    head_name: str
    rows: tuple[tuple[SurveyRow, Entry], ...]
    open: tuple[Survey, ...]
    lacks: Mapping[Survey, tuple[str, ...]]


def record_surveys(database: Database, stamp: Stamp, told: SurveyTold, today: date) -> SurveysRecorded:
    """Store the surveys; one of the same household and day told again is amended.

    Raises `JieminError` for a day in the future, and when nobody is named and there is no lead.
    """
    if told.day > today:
        raise JieminError(f"调查日期{told.day}还没有到", "调查之后再登记，或核对日期")
    with write_door(database, stamp) as door:
        household = find_household(door.connection, told.household, told.day)
        before = _of_that_day(door.connection, household, told.day)
        for survey in told.surveys:
            _store(door, told, household, survey, before.get(survey))
        after = _of_that_day(door.connection, household, told.day)
        became = {each: _became(before.get(each), after[each]) for each in told.surveys}
        entries = list(became.values())
        door.note_counts(new=entries.count(Entry.NEW), changed=entries.count(Entry.AMENDED))
        clears = {each.survey: each for each in _clears(door.connection, household.id, today)}
    return SurveysRecorded(
        household.household_no,
        household.head_name or "",
        tuple((after[each], entry) for each, entry in became.items()),
        tuple(each for each in Survey if not _complete(clears[each].found)),
        {each: clears[each].lacks for each in told.surveys if after[each].complete and clears[each].lacks},
    )


def _of_that_day(connection: Connection, household: HouseholdState, day: date) -> dict[Survey, SurveyRow]:
    rows = surveys_until(connection, day, [household.id])
    return {row.survey: row for row in rows if row.day == day}


def _clears(connection: Connection, household_id: int, day: date) -> tuple[Clear, ...]:
    """The four as the household's file tells them."""
    state = households.households_on(connection, day, [household_id])[0]
    members = persons.members_on(connection, household_id, day)
    heard = visits.visits_within(connection, date.min, day + timedelta(days=1), household_id)
    made = surveys_until(connection, day, [household_id])
    return clears_of(state, members, made, needs_of(state, heard, day), day)


def _complete(row: SurveyRow | None) -> bool:
    return row is not None and row.complete


def _became(before: SurveyRow | None, after: SurveyRow) -> Entry:
    if before is None:
        return Entry.NEW
    return Entry.UNCHANGED if before == after else Entry.AMENDED


def _store(
    door: Door, told: SurveyTold, household: HouseholdState, survey: Survey, before: SurveyRow | None
) -> None:
    found = {"complete": told.missing is None, "missing": told.missing}
    if before is not None:
        kept = {} if told.finding is None else {"finding": told.finding}
        by = _by(door.connection, told, household) if told.cadre or told.surveyor else {}
        door.update(HouseholdSurvey, [{"id": before.id, **found, **kept, **by}])
        return
    row = {
        "household_id": household.id,
        "survey": survey.value,
        "day": told.day,
        "finding": told.finding,
        **found,
        **_by(door.connection, told, household),
    }
    door.insert(HouseholdSurvey, [row])


def _by(connection: Connection, told: SurveyTold, household: HouseholdState) -> dict[str, Any]:
    """Who made the survey."""
    if told.surveyor:
        return {"cadre_id": None, "surveyor": told.surveyor}
    cadre = (
        cadre_named(connection, household.id, told.cadre, told.day)
        if told.cadre
        else lead_on(connection, household.id, told.day)
    )
    if cadre is None:
        raise JieminError(
            f"{told.day}这一户没有第一责任人，不知道是谁调查的",
            "用 --by 写明干部，或用 --surveyor 写明别的人",
        )
    return {"cadre_id": cadre.id, "surveyor": None}
