"""The tables of the one SQLite file.

Whatever can change over time stands in a dated row, half-open `[valid_from, valid_to)`; an open
end is `9999-12-31`. Rows of one subject never overlap. Nothing that happened is deleted or
overwritten: it ends. Only what never came to hold is taken away, such as a draft or an action taken
back, and the journal keeps its image. Money is in fen. The migrations make these tables; a test
compares the two.

Tables that most commands need none of stand apart, since making one takes time: `journal_tables`,
`run_tables`, `award_tables` and others named after what they hold.
"""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from jiemin.domain.codes import (
    Cause,
    Disability,
    Education,
    Health,
    HouseholdClass,
    HouseholdStatus,
    Keeping,
    Labour,
    Relation,
    Role,
    Sex,
    VisitKind,
)
from jiemin.storage.columns import NUMBER, STRICT, IsoDate, Words, YesNo, one_of, real_span

_OPEN = "valid_to = '9999-12-31'"


class Region(SQLModel, table=True):
    """A county, town (镇、街道) or village (村、社区)."""

    __tablename__: ClassVar[str] = "region"
    __table_args__ = (
        CheckConstraint("level IN ('市', '镇', '村')", name="level_is_known"),
        UniqueConstraint("parent_id", "name", name="one_name_in_a_place"),
        STRICT,
    )
    id: int = Field(primary_key=True)
    level: str = Field(sa_type=Text)
    name: str = Field(sa_type=Text)
    code: str | None = Field(default=None, sa_type=Text)
    parent_id: int | None = Field(default=None, foreign_key="region.id")


class Unit(SQLModel, table=True):
    """A department, street, town or public body that cadres belong to."""

    __tablename__: ClassVar[str] = "unit"
    __table_args__ = (STRICT,)
    id: int = Field(primary_key=True)
    name: str = Field(sa_type=Text, unique=True)


class Cadre(SQLModel, table=True):
    """A helper. What changes with a post stands in `cadre_post`."""

    __tablename__: ClassVar[str] = "cadre"
    __table_args__ = (STRICT,)
    id: int = Field(primary_key=True)
    cadre_no: str = Field(sa_type=NUMBER, unique=True)
    name: str = Field(sa_type=Text, index=True)
    id_number: str | None = Field(default=None, sa_type=Text)
    phones: tuple[str, ...] = Field(default=(), sa_type=Words, nullable=True)
    note: str | None = Field(default=None, sa_type=Text)


class CadrePost(SQLModel, table=True):
    """Where a cadre serves, as what, and with which place he or she keeps in touch."""

    __tablename__: ClassVar[str] = "cadre_post"
    __table_args__ = (real_span(), Index("cadre_post_of", "cadre_id", "valid_from", unique=True), STRICT)
    id: int = Field(primary_key=True)
    cadre_id: int = Field(foreign_key="cadre.id")
    unit_id: int = Field(foreign_key="unit.id")
    post: str | None = Field(default=None, sa_type=Text)
    rank: str | None = Field(default=None, sa_type=Text)
    leader: bool = Field(sa_type=YesNo)
    link_id: int | None = Field(default=None, foreign_key="region.id")
    valid_from: date = Field(sa_type=IsoDate)
    valid_to: date = Field(sa_type=IsoDate)


class Household(SQLModel, table=True):
    """A helped family; everything known of it is dated and stands in `household_span`."""

    __tablename__: ClassVar[str] = "household"
    __table_args__ = (STRICT,)
    id: int = Field(primary_key=True)
    household_no: str = Field(sa_type=NUMBER, unique=True)


class HouseholdSpan(SQLModel, table=True):
    """What holds of a household for a time: class, covered persons, income, place and needs.

    `reason` says why this span began, where an event of the household began it; it never carries over.
    """

    __tablename__: ClassVar[str] = "household_span"
    __table_args__ = (
        real_span(),
        one_of("household_class", HouseholdClass),
        one_of("keeping", Keeping),
        one_of("cause", Cause),
        one_of("status", HouseholdStatus),
        CheckConstraint("income_period IN ('month', 'year')", name="income_period_is_known"),
        CheckConstraint("(income_fen IS NULL) = (income_period IS NULL)", name="income_has_period"),
        CheckConstraint("size >= 0 AND covered >= 0", name="persons_are_counted"),
        Index("household_span_of", "household_id", "valid_from", unique=True),
        STRICT,
    )
    id: int = Field(primary_key=True)
    household_id: int = Field(foreign_key="household.id")
    region_id: int = Field(foreign_key="region.id")
    household_class: str = Field(sa_type=Text)
    keeping: str | None = Field(default=None, sa_type=Text)
    status: str = Field(sa_type=Text)
    size: int | None = None
    covered: int | None = None
    income_fen: int | None = None
    income_period: str | None = Field(default=None, sa_type=Text)
    cause: str | None = Field(default=None, sa_type=Text)
    other_causes: tuple[str, ...] = Field(default=(), sa_type=Words, nullable=True)
    needs: str | None = Field(default=None, sa_type=Text)
    phones: tuple[str, ...] = Field(default=(), sa_type=Words, nullable=True)
    address: str | None = Field(default=None, sa_type=Text)
    bank: str | None = Field(default=None, sa_type=Text)
    account: str | None = Field(default=None, sa_type=Text)
    note: str | None = Field(default=None, sa_type=Text)
    reason: str | None = Field(default=None, sa_type=Text)
    valid_from: date = Field(sa_type=IsoDate)
    valid_to: date = Field(sa_type=IsoDate)


class Person(SQLModel, table=True):
    """A person of a household. `id_number` is normalised, `id_raw` as the roster wrote it.

    Only a number that is right (`id_valid`) tells persons apart; a wrong one is merely kept.
    """

    __tablename__: ClassVar[str] = "person"
    __table_args__ = (
        one_of("sex", Sex),
        Index("person_by_id", "id_number", unique=True, sqlite_where=text("id_valid = 1")),
        STRICT,
    )
    id: int = Field(primary_key=True)
    name: str = Field(sa_type=Text)
    id_number: str | None = Field(default=None, sa_type=Text)
    id_raw: str | None = Field(default=None, sa_type=Text)
    id_valid: bool = Field(sa_type=YesNo)
    sex: str | None = Field(default=None, sa_type=Text)
    birth: date | None = Field(default=None, sa_type=IsoDate)


class PersonSpan(SQLModel, table=True):
    """What holds of a person for a time: health, ability to work, schooling, disability."""

    __tablename__: ClassVar[str] = "person_span"
    __table_args__ = (
        real_span(),
        one_of("health", Health),
        one_of("labour", Labour),
        one_of("education", Education),
        one_of("disability", Disability),
        CheckConstraint("disability_grade BETWEEN 1 AND 4", name="grade_is_known"),
        Index("person_span_of", "person_id", "valid_from", unique=True),
        STRICT,
    )
    id: int = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    health: str | None = Field(default=None, sa_type=Text)
    labour: str | None = Field(default=None, sa_type=Text)
    education: str | None = Field(default=None, sa_type=Text)
    disability: str | None = Field(default=None, sa_type=Text)
    disability_grade: int | None = None
    phones: tuple[str, ...] = Field(default=(), sa_type=Words, nullable=True)
    note: str | None = Field(default=None, sa_type=Text)
    valid_from: date = Field(sa_type=IsoDate)
    valid_to: date = Field(sa_type=IsoDate)


class Membership(SQLModel, table=True):
    """A person belongs to a household for a time, in a relation to its head (GB/T 4761)."""

    __tablename__: ClassVar[str] = "membership"
    __table_args__ = (
        real_span(),
        one_of("relation", Relation),
        Index("membership_of", "household_id"),
        Index("membership_of_person", "person_id", "valid_from", unique=True),
        Index("membership_one_household", "person_id", unique=True, sqlite_where=text(_OPEN)),
        Index(
            "membership_one_head",
            "household_id",
            unique=True,
            sqlite_where=text(f"relation = '户主' AND {_OPEN}"),
        ),
        STRICT,
    )
    id: int = Field(primary_key=True)
    household_id: int = Field(foreign_key="household.id")
    person_id: int = Field(foreign_key="person.id")
    relation: str | None = Field(default=None, sa_type=Text)
    covered: bool | None = Field(default=None, sa_type=YesNo)
    end_reason: str | None = Field(default=None, sa_type=Text)
    valid_from: date = Field(sa_type=IsoDate)
    valid_to: date = Field(sa_type=IsoDate)


class Pairing(SQLModel, table=True):
    """A cadre helps a household for a time; `reasons` is the JSON of what spoke for the pair."""

    __tablename__: ClassVar[str] = "pairing"
    __table_args__ = (
        real_span(),
        one_of("role", Role),
        CheckConstraint("origin IN ('自动', '手工', '导入')", name="origin_is_known"),
        Index("pairing_of_household", "household_id"),
        Index("pairing_of_cadre", "cadre_id"),
        Index("pairing_once", "household_id", "cadre_id", unique=True, sqlite_where=text(_OPEN)),
        Index(
            "pairing_one_lead",
            "household_id",
            unique=True,
            sqlite_where=text(f"role = '第一责任人' AND {_OPEN}"),
        ),
        STRICT,
    )
    id: int = Field(primary_key=True)
    household_id: int = Field(foreign_key="household.id")
    cadre_id: int = Field(foreign_key="cadre.id")
    role: str = Field(sa_type=Text)
    origin: str = Field(sa_type=Text)
    run_id: int | None = Field(default=None, foreign_key="pairing_run.id")
    reasons: str | None = Field(default=None, sa_type=Text)
    end_reason: str | None = Field(default=None, sa_type=Text)
    ended_run_id: int | None = Field(default=None, foreign_key="pairing_run.id")
    valid_from: date = Field(sa_type=IsoDate)
    valid_to: date = Field(sa_type=IsoDate)


class Visit(SQLModel, table=True):
    """One call at a household. Which pairing it fulfils is derived from its day when read.

    `met` says whom the visitor saw, `needs_met_on` when the needs heard were met. `entered_on` is the day on
    which it came on record. One that never took place is voided, with a reason, and counts for nothing.
    """

    __tablename__: ClassVar[str] = "visit"
    __table_args__ = (one_of("kind", VisitKind), Index("visit_of", "household_id", "day"), STRICT)
    id: int = Field(primary_key=True)
    visit_no: str = Field(sa_type=Text, unique=True)
    household_id: int = Field(foreign_key="household.id")
    day: date = Field(sa_type=IsoDate, index=True)
    kind: str = Field(sa_type=Text)
    note: str | None = Field(default=None, sa_type=Text)
    needs: str | None = Field(default=None, sa_type=Text)
    deeds: str | None = Field(default=None, sa_type=Text)
    met: str | None = Field(default=None, sa_type=Text)
    gift_fen: int | None = None
    gift_goods: str | None = Field(default=None, sa_type=Text)
    needs_met_on: date | None = Field(default=None, sa_type=IsoDate)
    needs_outcome: str | None = Field(default=None, sa_type=Text)
    entered_on: date | None = Field(default=None, sa_type=IsoDate)
    voided_on: date | None = Field(default=None, sa_type=IsoDate)
    void_reason: str | None = Field(default=None, sa_type=Text)


class VisitCadre(SQLModel, table=True):
    """A cadre took part in a visit."""

    __tablename__: ClassVar[str] = "visit_cadre"
    __table_args__ = (UniqueConstraint("visit_id", "cadre_id", name="once_a_visit"), STRICT)
    id: int = Field(primary_key=True)
    visit_id: int = Field(foreign_key="visit.id")
    cadre_id: int = Field(foreign_key="cadre.id", index=True)
