"""临时救助 (notice 二.5): the amounts decided for emergencies, as they were typed.

No document raises them: before and after are the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from jiemin.domain.codes import HouseholdClass
from jiemin.domain.entitlement.facts import FamilyFacts
from jiemin.domain.entitlement.working import Line, total_line
from jiemin.domain.money import Fen, format_yuan
from jiemin.domain.policy import BookView


@dataclass(frozen=True, slots=True)
class ReliefTerms:
    """Relief takes nothing from the book: each case tells the amount decided."""

    @classmethod
    def of(cls, _view: BookView, _household_class: HouseholdClass) -> "ReliefTerms":
        """The terms, the same for every class."""
        return cls()

    def lacking(self, facts: FamilyFacts) -> tuple[str, ...]:
        """The cases without an amount, in the clerk's words."""
        return tuple(f"{case.case_no}的救助金额" for case in facts.month_cases if case.base_fen is None)

    def amount(self, facts: FamilyFacts) -> Fen:
        """What was decided in the month; nothing may be lacking."""
        return sum(case.base_fen or 0 for case in facts.month_cases)

    def lines(self, facts: FamilyFacts) -> Iterator[Line]:
        """The same with its working, case by case."""
        for case in facts.month_cases:
            amount = case.base_fen or 0
            name = f"{case.case_no} {case.name}{case.day.isoformat()}的临时救助"
            yield Line(name, f"决定的金额{format_yuan(amount)}", amount)
        yield total_line("当月临时救助", [case.base_fen or 0 for case in facts.month_cases])
