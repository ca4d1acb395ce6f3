"""危房改造补助 (notice 二.4): a grant by the grade of the dangerous house, raised by so many per cent.

A case is a house, on the day its grant is due; a house at grade C is repaired, one at D rebuilt.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jiemin.domain.codes import HouseGrade, HouseholdClass
from jiemin.domain.entitlement.facts import CaseFacts, FamilyFacts
from jiemin.domain.entitlement.missing import unstated
from jiemin.domain.entitlement.working import Line, floor_lines, total_line
from jiemin.domain.money import Fen, format_yuan, half_up
from jiemin.domain.policy import BookView, Known

GRANTS: Mapping[str, str] = {HouseGrade.C: "housing.grant.c", HouseGrade.D: "housing.grant.d"}
"""Grade → the parameter of its grant; a county gives the grant when it states one of them."""
RAISE = "housing.raise"


@dataclass(frozen=True, slots=True)
class HousingTerms:
    """The grants of the grades the county gives one for, and their raise, as in force for one month.

    A house gets the grant of its grade × (1 + raise), half-up to the fen.
    """

    grants: Mapping[str, Known]
    raised: Known

    @classmethod
    def of(cls, view: BookView, household_class: HouseholdClass) -> "HousingTerms":
        """The terms; raises `NoValueError` naming the parameter that has values, but none for the month."""
        asker = f"{household_class.value}家庭的危房改造补助"
        stated = {grade: key for grade, key in GRANTS.items() if view.book.states(key)}
        return cls({grade: view.value(key, asker) for grade, key in stated.items()}, view.value(RAISE, asker))

    def lacking(self, facts: FamilyFacts) -> tuple[str, ...]:
        """What is not known of a house: its grade, or a grant for that grade; in the clerk's words."""
        missing = []
        for case in facts.month_cases:
            if case.grade not in GRANTS:
                missing.append(f"{case.case_no}的危房等级")
            elif case.grade not in self.grants:
                missing.append(unstated(f"{case.grade}的补助"))
        return tuple(dict.fromkeys(missing))

    def amount(self, facts: FamilyFacts) -> Fen:
        """What the household gets for the month's houses; nothing may be lacking."""
        return sum(self._granted(case) for case in facts.month_cases)

    def lines(self, facts: FamilyFacts) -> Iterator[Line]:
        """The same with its working."""
        for case in facts.month_cases:
            grant, granted = self.grants[case.grade], self._granted(case)
            yield from floor_lines(grant)
            name = f"{case.case_no} {case.day.isoformat()}的{case.grade}危房"
            yield Line(name, grant.shown, grant.amount, grant)
            if self.raised.amount:
                arithmetic = f"{format_yuan(grant.amount)}×(1＋{self.raised.shown})＝{format_yuan(granted)}"
                yield Line("提高后", arithmetic, granted, self.raised)
        yield total_line("当月危房改造补助", [self._granted(case) for case in facts.month_cases])

    def _granted(self, case: CaseFacts) -> Fen:
        return half_up(self.grants[case.grade].amount * (1000 + self.raised.amount), 1000)
