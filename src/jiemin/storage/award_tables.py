"""The tables of awards and of the books of policy they were computed with.

Queries name them in words of SQL: every screen of a household asks for its awards, and making the model
takes time.
"""

from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from jiemin.storage.columns import STRICT


class PolicyBook(SQLModel, table=True):
    """The text of a book of parameters that awards were computed with."""

    __tablename__: ClassVar[str] = "policy_book"
    __table_args__ = (STRICT,)
    id: int = Field(primary_key=True)
    fingerprint: str = Field(sa_type=Text, unique=True)
    text: str = Field(sa_type=Text)


class Award(SQLModel, table=True):
    """What a household is due for one item and period, before and after the notice's raise."""

    __tablename__: ClassVar[str] = "award"
    __table_args__ = (
        CheckConstraint("uplift_fen = after_fen - before_fen", name="uplift_adds_up"),
        CheckConstraint("before_fen >= 0 AND after_fen >= 0", name="awards_are_not_debts"),
        UniqueConstraint("household_id", "item", "period", name="one_award_a_period"),
        Index("award_of_period", "period"),
        STRICT,
    )
    id: int = Field(primary_key=True)
    household_id: int = Field(foreign_key="household.id")
    item: str = Field(sa_type=Text)
    period: str = Field(sa_type=Text)
    before_fen: int
    after_fen: int
    uplift_fen: int
    facts: str = Field(sa_type=Text)
    book_id: int = Field(foreign_key="policy_book.id")
