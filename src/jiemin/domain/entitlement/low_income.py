"""低收入家庭救助 (notice 二.2): an amount a household and an amount a person, by the year.

Persons are those of the household (家庭人口): low-income families have no 保障人口.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from jiemin.domain.codes import HouseholdClass
from jiemin.domain.entitlement.facts import FamilyFacts
from jiemin.domain.entitlement.missing import nobody_counted
from jiemin.domain.entitlement.working import Line, floor_lines
from jiemin.domain.money import Fen, format_yuan
from jiemin.domain.policy import BookView, Known

HOUSEHOLD, PERSON = "low_income.household", "low_income.person"


@dataclass(frozen=True, slots=True)
class LowIncomeTerms:
    """The aid's two amounts, as in force for one year."""

    household: Known
    person: Known

    @classmethod
    def of(cls, view: BookView, household_class: HouseholdClass) -> "LowIncomeTerms":
        """The terms; raises `NoValueError` naming the parameter that has no value."""
        asker = f"{household_class.value}家庭的救助"
        return cls(*(view.value(key, asker) for key in (HOUSEHOLD, PERSON)))

    def lacking(self, facts: FamilyFacts) -> tuple[str, ...]:
        """The facts the aid cannot do without and that are not there, in the clerk's words."""
        return nobody_counted("家庭人口", facts.size)

    def amount(self, facts: FamilyFacts) -> Fen:
        """What the household gets for the year; nothing may be lacking."""
        return self.household.amount + self._for_persons(facts)

    def lines(self, facts: FamilyFacts) -> Iterator[Line]:
        """The same with its working."""
        fixed, persons, total = self.household.amount, self._for_persons(facts), self.amount(facts)
        yield from floor_lines(self.household)
        yield Line("按户", self.household.shown, fixed, self.household)
        yield from floor_lines(self.person)
        arithmetic = f"{self.person.shown}×{facts.size}人＝{format_yuan(persons)}"
        yield Line("按人", arithmetic, persons, self.person)
        arithmetic = f"{format_yuan(fixed)}＋{format_yuan(persons)}＝{format_yuan(total)}"
        yield Line("全年救助金", arithmetic, total)

    def _for_persons(self, facts: FamilyFacts) -> Fen:
        assert facts.size is not None  # noqa: S101 - nothing is lacking
        return self.person.amount * facts.size
