"""The tables of the journal: each use of the write door, and what it did to rows."""

from typing import ClassVar

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from jiemin.storage.columns import STRICT


class Action(SQLModel, table=True):
    """One use of the write door: who did what, when, from which file, with what outcome."""

    __tablename__: ClassVar[str] = "action"
    __table_args__ = (STRICT,)
    id: int = Field(primary_key=True)
    at: str = Field(sa_type=Text)
    actor: str = Field(sa_type=Text)
    command: str = Field(sa_type=Text)
    arguments: str = Field(sa_type=Text)
    sources: str | None = Field(default=None, sa_type=Text)
    counts: str = Field(sa_type=Text)


class Change(SQLModel, table=True):
    """What an action did to rows: a range of new ones, or the image of one before its change."""

    __tablename__: ClassVar[str] = "change"
    __table_args__ = (Index("change_of", "action_id"), STRICT)
    id: int = Field(primary_key=True)
    action_id: int = Field(foreign_key="action.id")
    subject: str = Field(sa_type=Text)
    first_id: int
    last_id: int
    before: str | None = Field(default=None, sa_type=Text)
