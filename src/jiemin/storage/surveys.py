"""Queries about the four surveys (四清).

The table is named here in words of SQL: every screen of a household asks for it, and making the model
takes time.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, column, table
from sqlmodel import col

from jiemin.domain.codes import Survey
from jiemin.storage.columns import IsoDate, YesNo
from jiemin.storage.query import among, select
from jiemin.storage.tables import Cadre, Household

_SURVEY: Any = table(
    "household_survey",
    column("id"),
    column("household_id"),
    column("survey"),
    column("day", IsoDate),
    column("cadre_id"),
    column("surveyor"),
    column("complete", YesNo),
    column("missing"),
    column("finding"),
).c


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """One survey as found on a day; `by` is the cadre's name, or whoever else made it, None if not told."""

    id: int
    household_id: int
    household_no: str
    survey: Survey
    day: date
    cadre_no: str | None
    by: str | None
    complete: bool
    missing: str | None
    finding: str | None
    cadre_id: int | None


def surveys_until(
    connection: Connection, day: date, household_ids: Collection[int] | None = None
) -> list[SurveyRow]:
    """All surveys made by `day`, of these households or of all, oldest first."""
    query = (
        select(
            _SURVEY.id,
            _SURVEY.household_id,
            Household.household_no,
            _SURVEY.survey,
            _SURVEY.day,
            Cadre.cadre_no,
            Cadre.name,
            _SURVEY.surveyor,
            _SURVEY.complete,
            _SURVEY.missing,
            _SURVEY.finding,
            _SURVEY.cadre_id,
        )
        .join(Household, col(Household.id) == _SURVEY.household_id)
        .outerjoin(Cadre, col(Cadre.id) == _SURVEY.cadre_id)
        .where(_SURVEY.day <= day)
        .order_by(_SURVEY.day, _SURVEY.id)
    )
    if household_ids is not None:
        query = query.where(among(_SURVEY.household_id, household_ids))
    return [_row(*row) for row in connection.execute(query)]


def _row(*told: Any) -> SurveyRow:
    row_id, household_id, number, survey, day, cadre_no, name, surveyor, *found = told
    return SurveyRow(row_id, household_id, number, Survey(survey), day, cadre_no, name or surveyor, *found)
