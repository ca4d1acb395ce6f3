"""The tables of money: runs, awards, arrears, the books of policy they were computed with, and aid cases.

Queries name them in words of SQL: every screen of a household asks for its awards, and making the model
takes time.
"""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from jiemin.domain.aid_cases import CASE_ITEMS
from jiemin.domain.money_items import RunKind, RunStatus
from jiemin.storage.columns import NUMBER, STRICT, IsoDate, one_of


class PolicyBook(SQLModel, table=True):
    """The text of a book of parameters that awards were computed with."""

    __tablename__: ClassVar[str] = "policy_book"
    __table_args__ = (STRICT,)
    id: int = Field(primary_key=True)
    fingerprint: str = Field(sa_type=Text, unique=True)
    text: str = Field(sa_type=Text)


class SubsidyRun(SQLModel, table=True):
    """Everything computed together for a month or year, or the arrears found up to a month.

    Of one period there is at most one regular run that is not void. Totals stand from the approval on:
    households paid, fen paid, and fen owed back, which are never deducted.
    """

    __tablename__: ClassVar[str] = "subsidy_run"
    __table_args__ = (
        one_of("kind", RunKind),
        one_of("status", RunStatus),
        CheckConstraint(
            "(status = '已作废') = (voided_on IS NOT NULL) AND (voided_on IS NULL) = (void_reason IS NULL)",
            name="void_has_a_reason",
        ),
        CheckConstraint("status <> '已批准' OR approved_on IS NOT NULL", name="approved_has_a_day"),
        CheckConstraint(
            "(approved_on IS NULL) = (households IS NULL) AND (approved_on IS NULL) = (paid_fen IS NULL) "
            "AND (approved_on IS NULL) = (owed_back_fen IS NULL)",
            name="approved_has_totals",
        ),
        Index(
            "one_live_run_a_period",
            "period",
            unique=True,
            sqlite_where=text("kind = '发放' AND status <> '已作废'"),
        ),
        STRICT,
    )
    id: int = Field(primary_key=True)
    run_no: str = Field(sa_type=NUMBER, unique=True)
    kind: str = Field(sa_type=Text)
    period: str = Field(sa_type=Text)
    status: str = Field(sa_type=Text)
    book_id: int = Field(foreign_key="policy_book.id")
    computed_on: date = Field(sa_type=IsoDate)
    approved_on: date | None = Field(default=None, sa_type=IsoDate)
    voided_on: date | None = Field(default=None, sa_type=IsoDate)
    void_reason: str | None = Field(default=None, sa_type=Text)
    households: int | None = None
    paid_fen: int | None = None
    owed_back_fen: int | None = None


class Award(SQLModel, table=True):
    """What a household is due for one item and period, before and after the notice's raise."""

    __tablename__: ClassVar[str] = "award"
    __table_args__ = (
        CheckConstraint("uplift_fen = after_fen - before_fen", name="uplift_adds_up"),
        CheckConstraint("before_fen >= 0 AND after_fen >= 0", name="awards_are_not_debts"),
        UniqueConstraint("household_id", "item", "run_id", name="one_award_a_run"),
        Index("award_of_run", "run_id"),
        STRICT,
    )
    id: int = Field(primary_key=True)
    run_id: int = Field(foreign_key="subsidy_run.id")
    household_id: int = Field(foreign_key="household.id")
    item: str = Field(sa_type=Text)
    period: str = Field(sa_type=Text)
    before_fen: int
    after_fen: int
    uplift_fen: int
    facts: str = Field(sa_type=Text)
    book_id: int = Field(foreign_key="policy_book.id")


class Arrear(SQLModel, table=True):
    """What a household is owed, or owes back, for a period already approved.

    `due_fen` is what the facts and book of now give, `paid_fen` what runs approved before add up to. No
    facts are kept of a household that has no claim any more.
    """

    __tablename__: ClassVar[str] = "arrear"
    __table_args__ = (
        CheckConstraint(
            "difference_fen = due_fen - paid_fen AND difference_fen <> 0", name="difference_adds_up"
        ),
        CheckConstraint("due_fen >= 0", name="due_is_no_debt"),
        UniqueConstraint("household_id", "item", "period", "run_id", name="one_arrear_a_run"),
        Index("arrear_of_run", "run_id"),
        STRICT,
    )
    id: int = Field(primary_key=True)
    run_id: int = Field(foreign_key="subsidy_run.id")
    household_id: int = Field(foreign_key="household.id")
    item: str = Field(sa_type=Text)
    period: str = Field(sa_type=Text)
    due_fen: int
    paid_fen: int
    difference_fen: int
    facts: str | None = Field(default=None, sa_type=Text)
    book_id: int = Field(foreign_key="policy_book.id")


class AidCase(SQLModel, table=True):
    """A dated aid case of a household or a person; see `domain.aid_cases`. A void one is not counted."""

    __tablename__: ClassVar[str] = "aid_case"
    __table_args__ = (
        one_of("item", CASE_ITEMS),
        CheckConstraint("until >= day", name="ends_after_its_day"),
        CheckConstraint("base_fen >= 0", name="base_is_no_debt"),
        CheckConstraint("(voided_on IS NULL) = (void_reason IS NULL)", name="void_case_has_a_reason"),
        Index("aid_case_of", "household_id", "day"),
        STRICT,
    )
    id: int = Field(primary_key=True)
    case_no: str = Field(sa_type=NUMBER, unique=True)
    household_id: int = Field(foreign_key="household.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    item: str = Field(sa_type=Text)
    day: date = Field(sa_type=IsoDate)
    until: date | None = Field(default=None, sa_type=IsoDate)
    base_fen: int | None = None
    grade: str | None = Field(default=None, sa_type=Text)
    note: str | None = Field(default=None, sa_type=Text)
    voided_on: date | None = Field(default=None, sa_type=IsoDate)
    void_reason: str | None = Field(default=None, sa_type=Text)
