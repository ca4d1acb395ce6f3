"""Under what else a record is known: how the duplicates were told that became it.

A roster that names a merged duplicate means the record it became, so it does not bring it back.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class HouseholdAlias:
    """How a household merged into another was told; `place` is its village, else its town."""

    household_id: int
    household_no: str
    place: int | None
    town: int | None
    head_name: str
    head_birth: date | None


@dataclass(frozen=True, slots=True)
class PersonAlias:
    """How a person merged into another was told: in which household, by which name and birth."""

    person_id: int
    household_id: int | None
    name: str
    birth: date | None


@dataclass(frozen=True, slots=True)
class CadreAlias:
    """How a cadre merged into another was told."""

    cadre_id: int
    cadre_no: str
    name: str
    unit: str


@dataclass(slots=True)
class Settled:
    """What a record's duplicates said that does not hold, each up to the day of its merge."""

    told: list[tuple[date, dict[str, list[Any]]]] = field(default_factory=list)

    def covers(self, name: str, value: object, day: date) -> bool:
        """Whether a word of `day` says again what was settled by a merge on that day or later."""
        plain = value.isoformat() if isinstance(value, date) else value
        plain = list(plain) if isinstance(plain, tuple) else plain
        return any(day <= until and plain in settled.get(name, ()) for until, settled in self.told)
