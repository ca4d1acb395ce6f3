"""The tables of supervision (notice 三.3): findings people have answered for, and spot checks.

Findings themselves are never stored: they are worked out anew each time.
"""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from jiemin.domain.codes import InspectResult
from jiemin.domain.inspection import Scope, Strata
from jiemin.storage.columns import NUMBER, STRICT, IsoDate, one_of


class Acknowledgement(SQLModel, table=True):
    """Somebody answered for a finding, by its number; it holds while `facts`, a SHA-256, are the same."""

    __tablename__: ClassVar[str] = "acknowledgement"
    __table_args__ = (Index("acknowledgement_of", "finding"), STRICT)
    id: int = Field(primary_key=True)
    finding: str = Field(sa_type=NUMBER)
    facts: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    day: date = Field(sa_type=IsoDate)


class Inspection(SQLModel, table=True):
    """A spot check: how households were drawn, so that the draw can be repeated, and why."""

    __tablename__: ClassVar[str] = "inspection"
    __table_args__ = (
        one_of("stratum", Strata),
        one_of("scope", Scope),
        STRICT,
    )
    id: int = Field(primary_key=True)
    inspection_no: str = Field(sa_type=NUMBER, unique=True)
    day: date = Field(sa_type=IsoDate)
    quarter: str = Field(sa_type=Text)
    seed: int
    number: int
    stratum: str = Field(sa_type=Text)
    scope: str = Field(sa_type=Text)
    reason: str | None = Field(default=None, sa_type=Text)


class InspectedHousehold(SQLModel, table=True):
    """A household drawn, for which town or unit, and what the inspectors found."""

    __tablename__: ClassVar[str] = "inspected_household"
    __table_args__ = (
        one_of("result", InspectResult),
        CheckConstraint("(result IS NULL) = (checked_on IS NULL)", name="result_has_a_day"),
        UniqueConstraint("inspection_id", "household_id", name="drawn_once"),
        STRICT,
    )
    id: int = Field(primary_key=True)
    inspection_id: int = Field(foreign_key="inspection.id")
    household_id: int = Field(foreign_key="household.id")
    drawn_for: str = Field(sa_type=Text)
    cadre_id: int | None = Field(default=None, foreign_key="cadre.id")
    checked_on: date | None = Field(default=None, sa_type=IsoDate)
    result: str | None = Field(default=None, sa_type=Text)
    finding: str | None = Field(default=None, sa_type=Text)
    inspector: str | None = Field(default=None, sa_type=Text)
