"""The tables of duplicates: what was merged is still found by its old names, what was kept apart stays so."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from jiemin.domain.duplicates import Kind
from jiemin.storage.columns import NUMBER, STRICT, IsoDate, one_of


class HouseholdAlias(SQLModel, table=True):
    """A duplicate once merged into a household: by what rosters may still name it.

    `settled` is the JSON of what the duplicate said otherwise (field → values): up to `day` a roster
    that says it again tells nothing new.
    """

    __tablename__: ClassVar[str] = "household_alias"
    __table_args__ = (Index("household_alias_of", "household_id"), STRICT)
    id: int = Field(primary_key=True)
    household_id: int = Field(foreign_key="household.id")
    household_no: str = Field(sa_type=NUMBER, unique=True)
    region_id: int | None = Field(default=None, foreign_key="region.id")
    head_name: str = Field(sa_type=Text)
    head_birth: date | None = Field(default=None, sa_type=IsoDate)
    day: date = Field(sa_type=IsoDate)
    settled: str = Field(sa_type=Text)


class PersonAlias(SQLModel, table=True):
    """A duplicate once merged into a person: the household and name it stood under."""

    __tablename__: ClassVar[str] = "person_alias"
    __table_args__ = (
        Index("person_alias_of", "person_id"),
        Index("person_alias_in", "household_id"),
        STRICT,
    )
    id: int = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    reference: str = Field(sa_type=Text, unique=True)
    household_id: int | None = Field(default=None, foreign_key="household.id")
    name: str = Field(sa_type=Text)
    birth: date | None = Field(default=None, sa_type=IsoDate)
    day: date = Field(sa_type=IsoDate)
    settled: str = Field(sa_type=Text)


class CadreAlias(SQLModel, table=True):
    """A duplicate once merged into a cadre: the number, name and unit it stood under."""

    __tablename__: ClassVar[str] = "cadre_alias"
    __table_args__ = (Index("cadre_alias_of", "cadre_id"), STRICT)
    id: int = Field(primary_key=True)
    cadre_id: int = Field(foreign_key="cadre.id")
    cadre_no: str = Field(sa_type=NUMBER, unique=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    name: str = Field(sa_type=Text)
    day: date = Field(sa_type=IsoDate)
    settled: str = Field(sa_type=Text)


class KeptApart(SQLModel, table=True):
    """Two records of one kind that look alike and were said, on `day`, to be two.

    The ids are of that kind's table, the lower one first; ids are never used twice.
    """

    __tablename__: ClassVar[str] = "kept_apart"
    __table_args__ = (
        one_of("kind", Kind),
        CheckConstraint("one_id < other_id", name="two_records"),
        UniqueConstraint("kind", "one_id", "other_id", name="once_apart"),
        STRICT,
    )
    id: int = Field(primary_key=True)
    kind: str = Field(sa_type=Text)
    one_id: int
    other_id: int
    day: date = Field(sa_type=IsoDate)
    reason: str | None = Field(default=None, sa_type=Text)
