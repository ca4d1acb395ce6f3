"""养老保险缴费补贴 (notice 二.2): the contribution to the residents' pension, paid for 低保 and 低收入.

Persons are the members in that insurance (养老保险参保人数), as last written down by the day.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from jiemin.domain.codes import HouseholdClass
from jiemin.domain.entitlement.contribution import PaidShare
from jiemin.domain.entitlement.facts import FamilyFacts
from jiemin.domain.entitlement.missing import INSURED
from jiemin.domain.entitlement.working import Line
from jiemin.domain.money import Fen
from jiemin.domain.policy import BookView

CONTRIBUTION, SHARE = "pension.contribution", "pension.share"


@dataclass(frozen=True, slots=True)
class PensionTerms:
    """Contribution and share, as in force for one year."""

    paid: PaidShare

    @classmethod
    def of(cls, view: BookView, household_class: HouseholdClass) -> "PensionTerms":
        """The terms; raises `NoValueError` naming the parameter that has no value."""
        asker = f"{household_class.value}家庭的养老保险缴费补贴"
        return cls(PaidShare.of(view, (CONTRIBUTION, SHARE), asker))

    def lacking(self, facts: FamilyFacts) -> tuple[str, ...]:
        """The facts the subsidy cannot do without and that are not there, in the clerk's words."""
        return (INSURED,) if facts.pension_insured is None else ()

    def amount(self, facts: FamilyFacts) -> Fen:
        """What is paid for the household for the year; nothing may be lacking."""
        return self.paid.amount(_persons(facts))

    def lines(self, facts: FamilyFacts) -> Iterator[Line]:
        """The same with its working."""
        yield from self.paid.lines(INSURED, _persons(facts), "全年缴费补贴")


def _persons(facts: FamilyFacts) -> int:
    assert facts.pension_insured is not None  # noqa: S101 - nothing is lacking
    return facts.pension_insured
