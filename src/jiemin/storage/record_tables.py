"""The tables of what is written down of a family besides its rosters (notice 三.2): the four surveys, the
measures of its support plan, its condition at dates, its stories, and what corrected visits said before.

They stand apart from `tables` because most commands need none of them; making a table costs time.
"""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from jiemin.domain.codes import Condition, FundSource, Plan, Survey
from jiemin.storage.columns import NUMBER, STRICT, IsoDate, YesNo, one_of


class HouseholdSurvey(SQLModel, table=True):
    """One of the 四清 as it was found on a day, by a cadre or somebody else; the latest counts."""

    __tablename__: ClassVar[str] = "household_survey"
    __table_args__ = (
        one_of("survey", Survey),
        CheckConstraint("complete = (missing IS NULL)", name="what_is_missing_is_told"),
        UniqueConstraint("household_id", "survey", "day", name="one_survey_a_day"),
        STRICT,
    )
    id: int = Field(primary_key=True)
    household_id: int = Field(foreign_key="household.id")
    survey: str = Field(sa_type=Text)
    day: date = Field(sa_type=IsoDate)
    cadre_id: int | None = Field(default=None, foreign_key="cadre.id")
    surveyor: str | None = Field(default=None, sa_type=Text)
    complete: bool = Field(sa_type=YesNo)
    missing: str | None = Field(default=None, sa_type=Text)
    finding: str | None = Field(default=None, sa_type=Text)


class Measure(SQLModel, table=True):
    """A measure of the support plan, or a promise of a visit: what, by whom, until when, with what money.

    It is open until delivered or dropped; `outcome` tells how, or why not. The one responsible is a cadre,
    or a `person` who is none. Once it is delivered, `amount_fen` and `source` are what was given,
    `planned_fen` and `planned_source` what had been planned.
    """

    __tablename__: ClassVar[str] = "measure"
    __table_args__ = (
        one_of("plan", Plan),
        one_of("source", FundSource),
        CheckConstraint("amount_fen >= 0", name="amount_is_no_debt"),
        CheckConstraint("due_on >= promised_on", name="due_after_promise"),
        CheckConstraint("delivered_on IS NULL OR dropped_on IS NULL", name="one_end"),
        Index("measure_of", "household_id"),
        Index("measure_of_visit", "visit_id"),
        STRICT,
    )
    id: int = Field(primary_key=True)
    measure_no: str = Field(sa_type=NUMBER, unique=True)
    household_id: int = Field(foreign_key="household.id")
    visit_id: int | None = Field(default=None, foreign_key="visit.id")
    plan: str | None = Field(default=None, sa_type=Text)
    what: str = Field(sa_type=Text)
    cadre_id: int | None = Field(default=None, foreign_key="cadre.id")
    person: str | None = Field(default=None, sa_type=Text)
    promised_on: date = Field(sa_type=IsoDate)
    due_on: date | None = Field(default=None, sa_type=IsoDate)
    delivered_on: date | None = Field(default=None, sa_type=IsoDate)
    dropped_on: date | None = Field(default=None, sa_type=IsoDate)
    outcome: str | None = Field(default=None, sa_type=Text)
    amount_fen: int | None = None
    source: str | None = Field(default=None, sa_type=Text)
    planned_fen: int | None = None
    planned_source: str | None = Field(default=None, sa_type=Text)


class HouseholdCondition(SQLModel, table=True):
    """One thing measured of a family on a day, as a whole number of its unit or as a word.

    Units are those of `domain.conditions`: fen a year, persons, hundredths of a square metre or mu.
    """

    __tablename__: ClassVar[str] = "household_condition"
    __table_args__ = (
        one_of("condition", Condition),
        CheckConstraint("(number IS NULL) <> (word IS NULL)", name="number_or_word"),
        CheckConstraint("number >= 0", name="number_is_no_debt"),
        UniqueConstraint("household_id", "condition", "day", name="once_a_day"),
        STRICT,
    )
    id: int = Field(primary_key=True)
    household_id: int = Field(foreign_key="household.id")
    condition: str = Field(sa_type=Text)
    day: date = Field(sa_type=IsoDate)
    number: int | None = None
    word: str | None = Field(default=None, sa_type=Text)


class VisitCorrection(SQLModel, table=True):
    """What a visit said before it was corrected: `before` is the JSON of the fields that changed."""

    __tablename__: ClassVar[str] = "visit_correction"
    __table_args__ = (Index("visit_correction_of", "visit_id"), STRICT)
    id: int = Field(primary_key=True)
    visit_id: int = Field(foreign_key="visit.id")
    day: date = Field(sa_type=IsoDate)
    reason: str | None = Field(default=None, sa_type=Text)
    before: str = Field(sa_type=Text)


class Story(SQLModel, table=True):
    """典型事迹 of a quarter (notice 三.2), told of a household, a cadre or a unit.

    One that was withdrawn stays, with the day and the reason; it counts for nothing and is not printed.
    """

    __tablename__: ClassVar[str] = "story"
    __table_args__ = (
        CheckConstraint("household_id IS NOT NULL OR unit_id IS NOT NULL", name="story_has_a_place"),
        Index("story_of_quarter", "quarter"),
        STRICT,
    )
    id: int = Field(primary_key=True)
    story_no: str = Field(sa_type=NUMBER, unique=True)
    quarter: str = Field(sa_type=Text)
    day: date = Field(sa_type=IsoDate)
    title: str = Field(sa_type=Text)
    body: str = Field(sa_type=Text)
    household_id: int | None = Field(default=None, foreign_key="household.id")
    cadre_id: int | None = Field(default=None, foreign_key="cadre.id")
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    withdrawn_on: date | None = Field(default=None, sa_type=IsoDate)
    withdrawn_reason: str | None = Field(default=None, sa_type=Text)
