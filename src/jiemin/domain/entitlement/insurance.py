"""个人缴费 of 合作医疗 and of 大病保险 (notice 二.5): paid by government for 低保 and 低收入 persons.

Persons are 保障人口 of 低保 families, and 家庭人口 of 低收入 families, which have none. The notice names
no other classes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from jiemin.domain.codes import HouseholdClass
from jiemin.domain.entitlement.contribution import PaidShare
from jiemin.domain.entitlement.facts import FamilyFacts
from jiemin.domain.entitlement.missing import nobody_counted
from jiemin.domain.entitlement.working import Line
from jiemin.domain.money import Fen
from jiemin.domain.policy import BookView

HEALTH_CONTRIBUTION, HEALTH_SHARE = "health_insurance.contribution", "health_insurance.share"
ILLNESS_CONTRIBUTION, ILLNESS_SHARE = "illness_insurance.contribution", "illness_insurance.share"


@dataclass(frozen=True, slots=True)
class InsuranceTerms:
    """Contribution and share of one of the two insurances, as in force for one year."""

    paid: PaidShare

    @classmethod
    def health(cls, view: BookView, household_class: HouseholdClass) -> "InsuranceTerms":
        """The terms of 合作医疗; raises `NoValueError` naming the parameter that has no value."""
        asker = f"{household_class.value}家庭的合作医疗个人缴费"
        return cls(PaidShare.of(view, (HEALTH_CONTRIBUTION, HEALTH_SHARE), asker))

    @classmethod
    def illness(cls, view: BookView, household_class: HouseholdClass) -> "InsuranceTerms":
        """The terms of 大病保险; raises `NoValueError` naming the parameter that has no value."""
        asker = f"{household_class.value}家庭的大病保险个人缴费"
        return cls(PaidShare.of(view, (ILLNESS_CONTRIBUTION, ILLNESS_SHARE), asker))

    def lacking(self, facts: FamilyFacts) -> tuple[str, ...]:
        """The facts the payment cannot do without and that are not there, in the clerk's words."""
        counted, persons = _insured(facts)
        if facts.household_class is HouseholdClass.LOW_INCOME:
            return nobody_counted(counted, persons)
        return (counted,) if persons is None else ()

    def amount(self, facts: FamilyFacts) -> Fen:
        """What is paid for the household for the year; nothing may be lacking."""
        _, persons = _insured(facts)
        assert persons is not None  # noqa: S101 - nothing is lacking
        return self.paid.amount(persons)

    def lines(self, facts: FamilyFacts) -> Iterator[Line]:
        """The same with its working."""
        counted, persons = _insured(facts)
        assert persons is not None  # noqa: S101 - nothing is lacking
        yield from self.paid.lines(counted, persons, "全年由政府缴纳")


def _insured(facts: FamilyFacts) -> tuple[str, int | None]:
    """What the persons paid for are called, and how many they are."""
    if facts.household_class is HouseholdClass.LOW_INCOME:
        return "家庭人口", facts.size
    return "保障人口", facts.covered
