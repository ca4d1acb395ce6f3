"""供养金 of 五保 and 三无 (notice 二.2): a standard a person and month, by class and by where they are kept.

Persons are 保障人口, the persons approved for support, or 家庭人口 where no 保障人口 was written down.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from jiemin.domain.codes import HouseholdClass, Keeping
from jiemin.domain.entitlement.facts import FamilyFacts
from jiemin.domain.entitlement.missing import unstated
from jiemin.domain.entitlement.working import Line, floor_lines
from jiemin.domain.money import Fen, format_yuan
from jiemin.domain.policy import BookView, Known

STANDARDS = {
    (HouseholdClass.WUBAO, Keeping.CENTRAL): "support.wubao.central",
    (HouseholdClass.WUBAO, Keeping.DISPERSED): "support.wubao.dispersed",
    (HouseholdClass.SANWU, Keeping.CENTRAL): "support.sanwu.central",
    (HouseholdClass.SANWU, Keeping.DISPERSED): "support.sanwu.dispersed",
}


@dataclass(frozen=True, slots=True)
class SupportTerms:
    """The standards of one class in one month.

    Each is looked up for a family that needs it, so that a county may state only those it has people for;
    of a family whose standard it has not stated, that is lacking.
    """

    view: BookView
    household_class: HouseholdClass

    def lacking(self, facts: FamilyFacts) -> tuple[str, ...]:
        """What 供养金 cannot do without and is not there, facts or standard, in the clerk's words."""
        missing = []
        if facts.keeping is None:
            missing.append("供养方式")
        elif not self.view.book.states(STANDARDS[self.household_class, facts.keeping]):
            missing.append(unstated(f"{self.household_class.value}{facts.keeping.value}"))
        if _persons(facts) is None:
            missing.append("供养人数")
        return tuple(missing)

    def amount(self, facts: FamilyFacts) -> Fen:
        """What the household gets for the month; nothing may be lacking.

        Raises `NoValueError` naming the standard that has values, but none for the month.
        """
        persons = _persons(facts)
        assert persons is not None  # noqa: S101 - nothing is lacking
        return self._standard(facts).amount * persons

    def lines(self, facts: FamilyFacts) -> Iterator[Line]:
        """The same with its working."""
        standard, amount = self._standard(facts), self.amount(facts)
        yield from floor_lines(standard)
        yield Line(
            "每月供养金", f"{standard.shown}×{_persons(facts)}人＝{format_yuan(amount)}", amount, standard
        )

    def _standard(self, facts: FamilyFacts) -> Known:
        assert facts.keeping is not None  # noqa: S101 - nothing is lacking
        key = STANDARDS[self.household_class, facts.keeping]
        return self.view.value(key, f"{self.household_class.value}{facts.keeping.value}的供养金")


def _persons(facts: FamilyFacts) -> int | None:
    return facts.size if facts.covered is None else facts.covered
