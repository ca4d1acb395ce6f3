"""低保金 (notice 二.2): the standard times the covered persons, less the household's income.

For 城镇低保 and 农村低保 alike, each by its own standard. 五保 and 三无, whether cared for in an
institution or at home, live on standards of their own and are no part of this.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from jiemin.domain.codes import HouseholdClass
from jiemin.domain.entitlement.facts import FamilyFacts, IncomePeriod, income_name
from jiemin.domain.entitlement.working import Line, floor_lines
from jiemin.domain.money import Fen, format_yuan, half_up
from jiemin.domain.policy import BookView, Known

STANDARDS = {
    HouseholdClass.URBAN_DIBAO: "dibao.urban.standard",
    HouseholdClass.RURAL_DIBAO: "dibao.rural.standard",
}
FORMULA, ROUNDING = "dibao.formula", "dibao.rounding"
_YEARLY, _WHOLE_YUAN = "yearly", "yuan"


def lacking(facts: FamilyFacts) -> tuple[str, ...]:
    """The facts 低保金 cannot do without and that are not there, in the clerk's words."""
    missing = []
    if facts.covered is None:
        missing.append("保障人口")
    if facts.income_fen is None or facts.income_period is None:
        missing.append("家庭收入")
    elif facts.income_fen < 0:
        missing.append("家庭收入（登记的是负数）")
    return tuple(missing)


@dataclass(frozen=True, slots=True)
class _Steps:
    """`months` is 1, or 12 when the sum is done for the year; amounts in fen for that time."""

    months: int
    full: Fen
    income: Fen
    gap: Fen
    amount: Fen


@dataclass(frozen=True, slots=True)
class DibaoTerms:
    """The standard of one class and the manner of reckoning, as in force for one month.

    By the month: standard × covered − income. By the year, or when the income is known by the
    year: (12 × standard × covered − yearly income) ÷ 12. Either way nothing is divided before the
    end, an income above the standard makes 0, and the one rounding is half-up, to the fen or the
    yuan.
    """

    standard: Known
    formula: Known
    rounding: Known

    @classmethod
    def of(cls, view: BookView, household_class: HouseholdClass) -> "DibaoTerms":
        """The terms for a class; raises `NoValueError` naming the parameter that has no value."""
        asker = f"{household_class.value}的低保金"
        keys = (STANDARDS[household_class], FORMULA, ROUNDING)
        return cls(*(view.value(key, asker) for key in keys))

    def amount(self, facts: FamilyFacts) -> Fen:
        """What the household gets for the month; `lacking(facts)` must be empty."""
        return self._steps(facts).amount

    def lines(self, facts: FamilyFacts) -> Iterator[Line]:
        """The same with its working."""
        steps = self._steps(facts)
        whole_year = "全年" if steps.months > 1 else ""
        months = "×12个月" if steps.months > 1 else ""
        yield from floor_lines(self.standard)
        yield Line(
            f"{whole_year}保障金额",
            f"{self.standard.shown}×{facts.covered}人{months}＝{format_yuan(steps.full)}",
            steps.full,
            self.standard,
        )
        yield Line(f"{whole_year}补差", _difference(facts, steps), steps.gap, self.formula)
        divided = "÷12个月" if steps.months > 1 else ""
        yield Line(
            "每月低保金",
            f"{format_yuan(steps.gap)}{divided}，{self.rounding.shown}＝{format_yuan(steps.amount)}",
            steps.amount,
            self.rounding,
        )

    def _steps(self, facts: FamilyFacts) -> _Steps:
        assert facts.covered is not None and facts.income_fen is not None  # noqa: S101 - nothing is lacking
        by_year = facts.income_period is IncomePeriod.YEAR
        months = 12 if by_year or self.formula.choice == _YEARLY else 1
        full = self.standard.amount * facts.covered * months
        income = facts.income_fen * (1 if by_year else months)
        gap = max(0, full - income)
        unit = 100 if self.rounding.choice == _WHOLE_YUAN else 1
        return _Steps(months, full, income, gap, half_up(gap, months * unit) * unit)


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
