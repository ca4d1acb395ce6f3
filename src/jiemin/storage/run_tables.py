"""The tables of runs of pairing and of the links of units with places.

They stand apart from `tables` because looking up a household needs none of them; making a table costs time.
"""

from datetime import date
from typing import ClassVar

from sqlalchemy import Index, Text, text
from sqlmodel import Field, SQLModel

from jiemin.storage.columns import STRICT, IsoDate, Words, YesNo, real_span


class UnitRegion(SQLModel, table=True):
    """联系镇/联系村: a unit is linked with a place for a time.

    With `takes` (包村) the households of that village are helped by the unit's cadres alone.
    """

    __tablename__: ClassVar[str] = "unit_region"
    __table_args__ = (real_span(), Index("unit_region_of", "unit_id"), STRICT)
    id: int = Field(primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    region_id: int = Field(foreign_key="region.id")
    takes: bool = Field(default=False, sa_type=YesNo, sa_column_kwargs={"server_default": text("0")})
    valid_from: date = Field(sa_type=IsoDate)
    valid_to: date = Field(sa_type=IsoDate)


class PairingRun(SQLModel, table=True):
    """One run of automatic pairing: its figures and the proof that they are the best.

    `rules` is the JSON of the rules and the cost table it went by, `facts` the fingerprint of what it
    was told, `shortages` the sentences on who could not be served and why. The last four columns are
    empty in runs made before they were kept.
    """

    __tablename__: ClassVar[str] = "pairing_run"
    __table_args__ = (STRICT,)
    id: int = Field(primary_key=True)
    day: date = Field(sa_type=IsoDate)
    mode: str = Field(sa_type=Text)
    solver: str = Field(sa_type=Text)
    objective: str = Field(sa_type=Text)
    bound: str = Field(sa_type=Text)
    households: int
    cadres: int
    started: int
    ended: int
    unpaired: tuple[str, ...] = Field(default=(), sa_type=Words, nullable=True)
    leaders_without: tuple[str, ...] = Field(default=(), sa_type=Words, nullable=True)
    costs: str = Field(sa_type=Text)
    pairs: int | None = None
    rules: str | None = Field(default=None, sa_type=Text)
    facts: str | None = Field(default=None, sa_type=Text)
    shortages: tuple[str, ...] = Field(default=(), sa_type=Words, nullable=True)
