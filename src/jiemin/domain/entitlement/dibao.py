"""低保金 (notice 二.2): the standard times the covered persons, less the household's income.

For 城镇低保 and 农村低保 alike, each by its own standard. 五保 and 三无, whether cared for in an
institution or at home, live on standards of their own and are no part of this. A county that pays
fixed amounts by tiers (分档) writes each household's amount down as an aid case (ADR 0024).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from jiemin.domain.codes import HouseholdClass
from jiemin.domain.entitlement.facts import (
    FamilyFacts,
    IncomePeriod,
    MemberFacts,
    Reads,
    income_name,
)
from jiemin.domain.entitlement.missing import TIER_AMOUNT, nobody_counted
from jiemin.domain.entitlement.settings import optional, word_in_force
from jiemin.domain.entitlement.working import Line, floor_lines
from jiemin.domain.money import Fen, format_yuan, half_up
from jiemin.domain.policy import BookView, Known

STANDARDS = {
    HouseholdClass.URBAN_DIBAO: "dibao.urban.standard",
    HouseholdClass.RURAL_DIBAO: "dibao.rural.standard",
}
FORMULA, ROUNDING = "dibao.formula", "dibao.rounding"
PERSONS, SEVERE, MINIMUM = "dibao.persons", "dibao.severe", "dibao.minimum"
_BY_YEAR = IncomePeriod.YEAR
_YEARLY, _TIERS, _WHOLE_YUAN, _SIZE, _FULL = "yearly", "tiers", "yuan", "size", "full"
_SUM = "每月低保金"


def terms_of(view: BookView, household_class: HouseholdClass) -> "DibaoTerms | DibaoTiers":
    """The terms for a class; raises `NoValueError` naming the parameter that has no value."""
    if word_in_force(view, FORMULA) == _TIERS:
        return DibaoTiers(view.value(FORMULA, _asker(household_class)))
    return DibaoTerms.of(view, household_class)


def _asker(household_class: HouseholdClass) -> str:
    return f"{household_class.value}的低保金"


def reads(view: BookView) -> frozenset[Reads]:
    """Cases where amounts are fixed by tiers, members where the severely disabled are reckoned singly."""
    if word_in_force(view, FORMULA) == _TIERS:
        return frozenset({Reads.CASES})
    return frozenset({Reads.MEMBERS} if word_in_force(view, SEVERE) == _FULL else ())


@dataclass(frozen=True, slots=True)
class DibaoTiers:
    """Fixed amounts: each household gets what the case in force on the day says, as it stands there."""

    formula: Known

    def lacking(self, facts: FamilyFacts) -> tuple[str, ...]:
        """The amount, where no case in force tells it or two do, in the clerk's words."""
        fixed = facts.cases_in_force
        if len(fixed) > 1:
            return (f"{TIER_AMOUNT}（同时有两条）",)
        return () if fixed and fixed[0].base_fen is not None else (TIER_AMOUNT,)

    def counted(self, facts: FamilyFacts) -> int | None:
        """The persons the amount is for; None where nobody wrote them down: the amount stands without."""
        return facts.covered

    def amount(self, facts: FamilyFacts) -> Fen:
        """What the household gets for the month; nothing may be lacking."""
        (fixed,) = facts.cases_in_force
        assert fixed.base_fen is not None  # noqa: S101 - nothing is lacking
        return fixed.base_fen

    def lines(self, facts: FamilyFacts) -> Iterator[Line]:
        """The same with its working."""
        (fixed,), amount = facts.cases_in_force, self.amount(facts)
        until = f"至{fixed.until}" if fixed.until else ""
        told = f"按登记的定额{format_yuan(amount)}（{fixed.case_no}，{fixed.day}起{until}）"
        yield Line(_SUM, told, amount, self.formula)


class _Steps(NamedTuple):
    """`months` is 1, or 12 when the sum is done for the year; amounts in fen for that time.

    `alone` are reckoned singly and get `single` together; `others` are the persons of the household that
    remains, of which `full`, `income`, `gap` and `topped` are: the gap, or the least that fills one.
    """

    months: int
    alone: tuple[MemberFacts, ...]
    single: Fen
    others: int
    full: Fen
    income: Fen
    gap: Fen
    topped: Fen
    amount: Fen


@dataclass(frozen=True)
class DibaoTerms:
    """The standard of one class and the manner of reckoning, as in force for one month.

    By the month: standard × covered − income. By the year, or when the income is known by the
    year: (12 × standard × covered − yearly income) ÷ 12. Either way nothing is divided before the
    end, an income above the standard makes 0, and the one rounding is half-up, to the fen or the
    yuan.

    `persons` may count the household instead. Where `severe` says so, covered members with a disability
    of grade 1 or 2 get the full standard each, and the rest is reckoned as a household of the others with
    all of the income. Where that household has a gap, it gets at least `minimum` a person. Those three are
    None in books older than they are, which reckoned without them.
    """

    standard: Known
    formula: Known
    rounding: Known
    persons: Known | None = None
    severe: Known | None = None
    minimum: Known | None = None

    @classmethod
    def of(cls, view: BookView, household_class: HouseholdClass) -> "DibaoTerms":
        """The terms for a class; raises `NoValueError` naming the parameter that has no value."""
        asker = _asker(household_class)
        return cls(
            standard=view.value(STANDARDS[household_class], asker),
            formula=view.value(FORMULA, asker),
            rounding=view.value(ROUNDING, asker),
            persons=optional(view, PERSONS, asker),
            severe=optional(view, SEVERE, asker),
            minimum=optional(view, MINIMUM, asker),
        )

    def lacking(self, facts: FamilyFacts) -> tuple[str, ...]:
        """The facts 低保金 cannot do without and that are not there, in the clerk's words."""
        missing: list[str] = []
        if self._by_size:
            missing += nobody_counted("家庭人口", facts.size)
        elif facts.covered is None:
            missing.append("保障人口")
        if facts.income_fen is None or facts.income_period is None:
            missing.append("家庭收入")
        elif facts.income_fen < 0:
            missing.append("家庭收入（登记的是负数）")
        if self._singly:
            missing += self._lacking_singly(facts)
        return tuple(missing)

    def amount(self, facts: FamilyFacts) -> Fen:
        """What the household gets for the month; nothing may be lacking."""
        *_, amount = self._steps(facts)
        return amount

    def lines(self, facts: FamilyFacts) -> Iterator[Line]:
        """The same with its working."""
        steps = _Steps(*self._steps(facts))
        whole_year, months = ("全年", "×12个月") if steps.months > 1 else ("", "")
        yield from floor_lines(self.standard)
        if steps.alone:
            names = "、".join(member.name for member in steps.alone)
            told = (
                f"{self.standard.shown}×{len(steps.alone)}人（{names}）{months}＝{format_yuan(steps.single)}"
            )
            yield Line(f"{whole_year}重度残疾人单独施保", told, steps.single, self.severe)
        others = f"{'其余' if steps.alone else ''}{'家庭人口' if self._by_size else ''}{steps.others}人"
        told = f"{self.standard.shown}×{others}{months}＝{format_yuan(steps.full)}"
        yield Line(f"{whole_year}保障金额", told, steps.full, self.standard)
        yield Line(f"{whole_year}补差", _difference(facts, steps), steps.gap, self.formula)
        if self.minimum and steps.topped > steps.gap:
            told = f"{self.minimum.shown}×{steps.others}人{months}＝{format_yuan(steps.topped)}"
            told += f"，补差{format_yuan(steps.gap)}不足，按最低补差计"
            yield Line(f"{whole_year}最低补差", told, steps.topped, self.minimum)
        yield Line(_SUM, self._last_step(steps), steps.amount, self.rounding)

    def _last_step(self, steps: _Steps) -> str:
        """`948元，四舍五入到分＝948元`; `（4,992元＋400元）÷12个月，…`."""
        told = format_yuan(steps.topped)
        if steps.alone:
            told = f"{format_yuan(steps.single)}＋{told}"
        if steps.months > 1:
            told = f"（{told}）÷12个月" if steps.alone else f"{told}÷12个月"
        return f"{told}，{self.rounding.shown}＝{format_yuan(steps.amount)}"

    @cached_property
    def _singly(self) -> bool:
        return self.severe is not None and self.severe.choice == _FULL

    @cached_property
    def _by_size(self) -> bool:
        return self.persons is not None and self.persons.choice == _SIZE

    @cached_property
    def _numbers(self) -> tuple[Fen, Fen, bool, int]:
        """Standard and minimum a person, whether all is done for the year, and the unit of rounding."""
        least = self.minimum.amount if self.minimum else 0
        unit = 100 if self.rounding.choice == _WHOLE_YUAN else 1
        return self.standard.amount, least, self.formula.choice == _YEARLY, unit

    @property
    def _counted_name(self) -> str:
        return "家庭人口" if self._by_size else "保障人口"

    def counted(self, facts: FamilyFacts) -> int | None:
        """The persons the amount is for; None where nobody wrote them down."""
        return facts.size if self._by_size else facts.covered

    def _lacking_singly(self, facts: FamilyFacts) -> Iterator[str]:
        """What cannot be told of the members: whether they are severely disabled, whether covered."""
        counted = self.counted(facts)
        if counted is not None and facts.lists_too_few:
            yield "家庭成员"
        for member in facts.members:
            if member.grade_unknown and facts.covers(member) is not False:
                yield f"{member.name}的残疾等级"
        if any(member.severely_disabled and facts.covers(member) is None for member in facts.members):
            yield "哪些成员是保障人口"
        if counted is not None and counted < len(_severe(facts)):
            yield f"{self._counted_name}（少于其中的重度残疾人）"

    def _steps(
        self, facts: FamilyFacts
    ) -> tuple[int, tuple[MemberFacts, ...], Fen, int, Fen, Fen, Fen, Fen, Fen]:
        """The values of `_Steps`, bare: they are reckoned for every household, and named for few."""
        counted = self.counted(facts)
        assert counted is not None and facts.income_fen is not None  # noqa: S101 - nothing is lacking
        standard, least, yearly, unit = self._numbers
        by_year = facts.income_period is _BY_YEAR
        months = 12 if by_year or yearly else 1
        alone = _severe(facts) if self._singly else ()
        others = counted - len(alone)
        full = standard * others * months
        income = facts.income_fen if by_year else facts.income_fen * months
        gap = full - income if full > income else 0
        topped = max(gap, least * others * months) if gap and least else gap
        single = standard * len(alone) * months
        amount = half_up(single + topped, months * unit) * unit
        return months, alone, single, others, full, income, gap, topped, amount


def _severe(facts: FamilyFacts) -> tuple[MemberFacts, ...]:
    return tuple(member for member in facts.members if member.severely_disabled and facts.covers(member))


def _difference(facts: FamilyFacts, steps: _Steps) -> str:
    """`1,248元－家庭月收入300元＝948元`."""
    assert facts.income_fen is not None and facts.income_period is not None  # noqa: S101 - nothing is lacking
    income = f"家庭{income_name(facts.income_period)}{format_yuan(facts.income_fen)}"
    if steps.income != facts.income_fen:
        income += "×12个月"
    full = format_yuan(steps.full)
    if steps.income > steps.full:
        return f"{full}－{income}，不足0元，按0元计"
    return f"{full}－{income}＝{format_yuan(steps.gap)}"
