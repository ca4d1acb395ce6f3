"""What an amount is computed from: the family as it stands on one day.

The day is the last of the month or year that is paid for, or today while that runs. So a family
that joins or leaves within a month is paid for the whole month or not at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from jiemin.domain.codes import HouseholdClass
from jiemin.domain.money import Fen, format_yuan


class IncomePeriod(StrEnum):
    """What time an income was written down for; it is never divided before the end of a formula."""

    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class FamilyFacts:
    """A family on `day`: persons of the household (家庭人口), persons covered (保障人口), income.

    None is what nobody wrote down.
    """

    household_class: HouseholdClass
    day: date
    size: int | None = None
    covered: int | None = None
    income_fen: Fen | None = None
    income_period: IncomePeriod | None = None

    def record(self) -> dict[str, str | int | None]:
        """The facts as they are kept with an award."""
        return {
            "class": self.household_class.value,
            "day": self.day.isoformat(),
            "size": self.size,
            "covered": self.covered,
            "income_fen": self.income_fen,
            "income_period": self.income_period.value if self.income_period else None,
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "FamilyFacts":
        """The facts kept with an award."""
        period = record["income_period"]
        return cls(
            household_class=HouseholdClass(record["class"]),
            day=date.fromisoformat(record["day"]),
            size=record["size"],
            covered=record["covered"],
            income_fen=record["income_fen"],
            income_period=IncomePeriod(period) if period else None,
        )

    def same_family(self, other: "FamilyFacts") -> bool:
        """Whether nothing but the day differs."""
        return replace(self, day=other.day) == other

    @property
    def sentence(self) -> str:
        """The facts in words."""
        told = [f"{self.household_class.value}家庭"]
        if self.size is not None:
            told.append(f"家庭人口{self.size}人")
        if self.covered is not None:
            told.append(f"保障人口{self.covered}人")
        if self.income_fen is not None and self.income_period is not None:
            told.append(f"家庭{income_name(self.income_period)}{format_yuan(self.income_fen)}")
        return f"{self.day.isoformat()}的家庭情况：{'，'.join(told)}"


def income_name(period: IncomePeriod) -> str:
    """`月收入` or `年收入`."""
    return "月收入" if period is IncomePeriod.MONTH else "年收入"
