"""What an amount is computed from: the family as it stands on one day.

The day is the last of the month or year that is paid for, or today while that runs. So a family
that joins or leaves within a month is paid for the whole month or not at all (ADR 0014).

A family's facts hold only what the item reads (`Reads`); the rest stays empty, so that the facts kept
with an award are those that decided it, and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, StrEnum, auto
from typing import Any

from jiemin.domain.codes import Health, HouseholdClass, Keeping
from jiemin.domain.money import Fen, format_yuan
from jiemin.domain.people import age_on
from jiemin.domain.periods import Month

_SEVERE = 2
"""Grades to this one are 重度 (DOMAIN.md §4)."""


class IncomePeriod(StrEnum):
    """What time an income was written down for; it is never divided before the end of a formula."""

    MONTH = "month"
    YEAR = "year"


class Reads(Enum):
    """What of a family an item may read besides class, size, covered persons, income and keeping."""

    MEMBERS = auto()
    CASES = auto()
    DIBAO_CASES = auto()
    PENSION_INSURED = auto()


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """A member on the day; `covered` and the rest are None where nobody wrote them down.

    `disability_grade` is 1 to 4, 1 and 2 being 重度 (DOMAIN.md §4).
    """

    person_id: int
    name: str
    birth: date | None = None
    covered: bool | None = None
    disability_grade: int | None = None
    health: Health | None = None

    def age(self, day: date) -> int | None:
        """Whole years on `day`, None without a date of birth."""
        return None if self.birth is None else age_on(self.birth, day)

    @property
    def severely_disabled(self) -> bool:
        """Whether the disability is known to be 重度: of grade 1 or 2."""
        return self.disability_grade is not None and self.disability_grade <= _SEVERE

    @property
    def grade_unknown(self) -> bool:
        """Whether the member is said to be disabled, and nobody wrote down how severely."""
        return self.disability_grade is None and self.health is Health.DISABLED

    def record(self) -> dict[str, Any]:
        """The member as kept with an award, without what is unknown."""
        told = {
            "person": self.person_id,
            "name": self.name,
            "birth": self.birth.isoformat() if self.birth else None,
            "covered": self.covered,
            "disability_grade": self.disability_grade,
            "health": self.health.value if self.health else None,
        }
        return {name: value for name, value in told.items() if value is not None}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "MemberFacts":
        """The member kept with an award."""
        birth, health = record.get("birth"), record.get("health")
        return cls(
            person_id=record["person"],
            name=record["name"],
            birth=date.fromisoformat(birth) if birth else None,
            covered=record.get("covered"),
            disability_grade=record.get("disability_grade"),
            health=Health(health) if health else None,
        )


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A dated aid case (救助事项): a bill, a house, an emergency, a child in difficulty, a fixed 低保 amount.

    `day` is when it arose or began, `until` its last day where it lasts; `base_fen` what it is reckoned
    from, `grade` its grade, as the item takes them (`domain.aid_cases`). `elsewhere` is the number of the
    household where a person had it who belonged there then; it is empty for the household's own.
    """

    case_no: str
    day: date
    until: date | None = None
    person_id: int | None = None
    name: str = ""
    base_fen: Fen | None = None
    grade: str = ""
    elsewhere: str = ""

    def record(self) -> dict[str, Any]:
        """The case as kept with an award, without what is unknown."""
        told = {
            "case": self.case_no,
            "day": self.day.isoformat(),
            "until": self.until.isoformat() if self.until else None,
            "person": self.person_id,
            "name": self.name or None,
            "base_fen": self.base_fen,
            "grade": self.grade or None,
            "elsewhere": self.elsewhere or None,
        }
        return {name: value for name, value in told.items() if value is not None}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "CaseFacts":
        """The case kept with an award."""
        until = record.get("until")
        return cls(
            case_no=record["case"],
            day=date.fromisoformat(record["day"]),
            until=date.fromisoformat(until) if until else None,
            person_id=record.get("person"),
            name=record.get("name", ""),
            base_fen=record.get("base_fen"),
            grade=record.get("grade", ""),
            elsewhere=record.get("elsewhere", ""),
        )


@dataclass(frozen=True, slots=True)
class FamilyFacts:
    """A family on `day`: persons of the household (家庭人口), persons covered (保障人口), income.

    None is what nobody wrote down. `cases` are the item's own, those of the period and, where the
    item adds up over a year, the year's before it; `dibao_cases` are those that fix the household's
    低保金, for items that depend on it. `pension_insured` counts persons. `paid_elsewhere` are members for
    whom another household was given the same item for the same period, with that household's number.
    """

    household_class: HouseholdClass
    day: date
    size: int | None = None
    covered: int | None = None
    income_fen: Fen | None = None
    income_period: IncomePeriod | None = None
    keeping: Keeping | None = None
    members: tuple[MemberFacts, ...] = ()
    cases: tuple[CaseFacts, ...] = ()
    pension_insured: int | None = None
    dibao_cases: tuple[CaseFacts, ...] = ()
    paid_elsewhere: tuple[tuple[str, str], ...] = ()

    def record(self) -> dict[str, Any]:
        """The facts as they are kept with an award."""
        told: dict[str, Any] = {
            "class": self.household_class.value,
            "day": self.day.isoformat(),
            "size": self.size,
            "covered": self.covered,
            "income_fen": self.income_fen,
            "income_period": self.income_period.value if self.income_period else None,
        }
        if self.keeping:
            told["keeping"] = self.keeping.value
        if self.members:
            told["members"] = [each.record() for each in self.members]
        if self.cases:
            told["cases"] = [each.record() for each in self.cases]
        if self.dibao_cases:
            told["dibao_cases"] = [each.record() for each in self.dibao_cases]
        if self.pension_insured is not None:
            told["pension_insured"] = self.pension_insured
        if self.paid_elsewhere:
            told["paid_elsewhere"] = [list(each) for each in self.paid_elsewhere]
        return told

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "FamilyFacts":
        """The facts kept with an award."""
        period, keeping = record["income_period"], record.get("keeping")
        return cls(
            household_class=HouseholdClass(record["class"]),
            day=date.fromisoformat(record["day"]),
            size=record["size"],
            covered=record["covered"],
            income_fen=record["income_fen"],
            income_period=IncomePeriod(period) if period else None,
            keeping=Keeping(keeping) if keeping else None,
            members=tuple(map(MemberFacts.from_record, record.get("members", ()))),
            cases=tuple(map(CaseFacts.from_record, record.get("cases", ()))),
            pension_insured=record.get("pension_insured"),
            dibao_cases=tuple(map(CaseFacts.from_record, record.get("dibao_cases", ()))),
            paid_elsewhere=tuple((name, number) for name, number in record.get("paid_elsewhere", ())),
        )

    def covers(self, member: MemberFacts) -> bool | None:
        """Whether a member is a covered person; None where that cannot be told.

        Members of whom nobody wrote it down are covered where only with all of them the household's
        covered persons are complete, and not covered where they are complete without any of them.
        """
        if member.covered is not None:
            return member.covered
        marked = sum(each.covered is True for each in self.members)
        unmarked = sum(each.covered is None for each in self.members)
        return (
            {marked + unmarked: True, marked: False}.get(self.covered) if self.covered is not None else None
        )

    @property
    def lists_too_few(self) -> bool:
        """Whether somebody covered may not be among the members listed: fewer of them may be covered than
        are, or, where nobody wrote that number down, fewer are listed than belong to the household. Who is
        not listed may be disabled, old or a child."""
        if self.covered is not None:
            return sum(each.covered is not False for each in self.members) < self.covered
        return len(self.members) < (self.size or 1)

    def same_family(self, other: "FamilyFacts") -> bool:
        """Whether nothing but the day differs."""
        return replace(self, day=other.day) == other

    @property
    def cases_in_force(self) -> tuple[CaseFacts, ...]:
        """The cases that last and are in force on `day`, its first and last day included."""
        return tuple(
            case
            for case in self.cases
            if case.day <= self.day and (case.until is None or self.day <= case.until)
        )

    @property
    def month_cases(self) -> tuple[CaseFacts, ...]:
        """The cases that happened in the month of `day`, without the year's before it."""
        month = Month.of(self.day)
        return tuple(case for case in self.cases if Month.of(case.day) == month)

    @property
    def sentence(self) -> str:
        """The facts in words."""
        told = [f"{self.household_class.value}家庭"]
        if self.keeping:
            told.append(self.keeping.value)
        if self.size is not None:
            told.append(f"家庭人口{self.size}人")
        if self.covered is not None:
            told.append(f"保障人口{self.covered}人")
        if self.income_fen is not None and self.income_period is not None:
            told.append(f"家庭{income_name(self.income_period)}{format_yuan(self.income_fen)}")
        if self.pension_insured is not None:
            told.append(f"参加养老保险{self.pension_insured}人")
        return f"{self.day.isoformat()}的家庭情况：{'，'.join(told)}"


def income_name(period: IncomePeriod) -> str:
    """`月收入` or `年收入`."""
    return "月收入" if period is IncomePeriod.MONTH else "年收入"
