"""The tables of what people lay down for pairing: rules for single pairs, and cadres' near kin.

They stand apart from `tables` because most commands need neither.
"""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, Text
from sqlmodel import Field, SQLModel

from jiemin.domain.codes import PairRuleKind
from jiemin.storage.columns import STRICT, IsoDate, one_of, real_span


class PairRule(SQLModel, table=True):
    """For a time a household must, or must not, be helped by a cadre."""

    __tablename__: ClassVar[str] = "pair_rule"
    __table_args__ = (
        real_span(),
        one_of("kind", PairRuleKind),
        Index("pair_rule_of", "household_id", "cadre_id"),
        STRICT,
    )
    id: int = Field(primary_key=True)
    kind: str = Field(sa_type=Text)
    household_id: int = Field(foreign_key="household.id")
    cadre_id: int = Field(foreign_key="cadre.id")
    reason: str | None = Field(default=None, sa_type=Text)
    valid_from: date = Field(sa_type=IsoDate)
    valid_to: date = Field(sa_type=IsoDate)


class CadreKin(SQLModel, table=True):
    """近亲属备案: a cadre's near relation, found by identity number, wherever that person lives.

    Where the number is not known, the household is named instead.
    """

    __tablename__: ClassVar[str] = "cadre_kin"
    __table_args__ = (
        real_span(),
        CheckConstraint("id_number IS NOT NULL OR household_id IS NOT NULL", name="kin_can_be_found"),
        Index("cadre_kin_of", "cadre_id"),
        STRICT,
    )
    id: int = Field(primary_key=True)
    cadre_id: int = Field(foreign_key="cadre.id")
    relation: str | None = Field(default=None, sa_type=Text)
    name: str = Field(sa_type=Text)
    id_number: str | None = Field(default=None, sa_type=Text)
    household_id: int | None = Field(default=None, foreign_key="household.id")
    note: str | None = Field(default=None, sa_type=Text)
    valid_from: date = Field(sa_type=IsoDate)
    valid_to: date = Field(sa_type=IsoDate)
