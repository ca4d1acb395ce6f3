"""Which formula an item is computed by, and computing it before and after the notice's raise.

A formula is dated. When the shape of a rule changes, a new `Rule` is added beside the old one,
which goes on computing the periods before; a mere number changes in the policy book.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from jiemin.domain.codes import DIBAO, HouseholdClass
from jiemin.domain.entitlement import (
    child,
    dibao,
    housing_grant,
    insurance,
    low_income,
    medical_aid,
    pension,
    relief,
    supplements,
    support,
)
from jiemin.domain.entitlement.facts import FamilyFacts, Reads
from jiemin.domain.entitlement.missing import paid_in
from jiemin.domain.entitlement.working import Line, Working
from jiemin.domain.money import Fen
from jiemin.domain.money_items import Item, Period
from jiemin.domain.periods import Year
from jiemin.domain.policy import Book, BookView


class Terms(Protocol):
    """A formula with the values it uses."""

    def lacking(self, facts: FamilyFacts) -> tuple[str, ...]:
        """The facts the amount cannot do without and that are not there, in the clerk's words."""

    def amount(self, facts: FamilyFacts) -> Fen:
        """What a household is due; nothing may be lacking."""

    def lines(self, facts: FamilyFacts) -> Iterable[Line]:
        """The same with its working; the last line is the amount."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How an item is computed for periods that end on `since` or later, for whom, and from what.

    `needs` are the parameters without which the county does not give the item at all: while none of one
    of them has any value in the book, the item is not computed, and that is said. Of the parameters
    `any_of` one with a value is enough. `by_case` items are only for households that have aid cases of
    the item in the period. `applies` tells whether the settings give the item at all: an item set not to
    be given is left out, and nothing need be said.
    """

    item: Item
    since: date
    classes: frozenset[HouseholdClass]
    terms: Callable[[BookView, HouseholdClass], Terms]
    needs: tuple[str, ...] = ()
    reads: Callable[[BookView], frozenset[Reads]] = lambda _: frozenset()
    by_case: bool = False
    any_of: tuple[str, ...] = ()
    applies: Callable[[BookView], bool] = lambda _: True

    def unstated(self, book: Book) -> tuple[str, ...]:
        """The keys for whose lack the county does not give the item; none where it does."""
        lacking = tuple(key for key in self.needs if not book.states(key))
        return lacking if any(map(book.states, self.any_of)) else lacking + self.any_of


DIBAO_AND_LOW = DIBAO | {HouseholdClass.LOW_INCOME}
HELPED = DIBAO_AND_LOW | {HouseholdClass.WUBAO, HouseholdClass.SANWU}
"""低保 and 低收入, whom notice 二.4 and 二.5 name, with 五保 and 三无, who have less still."""
RULES = (
    Rule(Item.DIBAO, date.min, DIBAO, dibao.terms_of, reads=dibao.reads),
    Rule(
        Item.SUPPLEMENT,
        date.min,
        DIBAO,
        supplements.terms_of,
        reads=supplements.reads,
        applies=supplements.applies,
    ),
    Rule(Item.LOW_INCOME, date.min, frozenset({HouseholdClass.LOW_INCOME}), low_income.LowIncomeTerms.of),
    Rule(
        Item.SUPPORT,
        date.min,
        frozenset({HouseholdClass.WUBAO, HouseholdClass.SANWU}),
        support.SupportTerms,
        any_of=tuple(support.STANDARDS.values()),
    ),
    Rule(
        Item.CHILD,
        date.min,
        frozenset(HouseholdClass),
        child.ChildTerms.of,
        reads=child.reads,
        by_case=True,
        any_of=tuple(child.STANDARDS.values()),
    ),
    Rule(
        Item.PENSION,
        date.min,
        DIBAO_AND_LOW,
        pension.PensionTerms.of,
        needs=(pension.CONTRIBUTION,),
        reads=lambda _: frozenset({Reads.PENSION_INSURED}),
    ),
    Rule(
        Item.HEALTH_INSURANCE,
        date.min,
        DIBAO_AND_LOW,
        insurance.InsuranceTerms.health,
        needs=(insurance.HEALTH_CONTRIBUTION,),
    ),
    Rule(
        Item.ILLNESS_INSURANCE,
        date.min,
        DIBAO_AND_LOW,
        insurance.InsuranceTerms.illness,
        needs=(insurance.ILLNESS_CONTRIBUTION,),
    ),
    Rule(
        Item.MEDICAL_AID,
        date.min,
        HELPED,
        medical_aid.MedicalAidTerms.of,
        needs=(medical_aid.RATE, medical_aid.CAP),
        reads=lambda _: frozenset({Reads.CASES}),
        by_case=True,
    ),
    Rule(
        Item.HOUSING,
        date.min,
        HELPED,
        housing_grant.HousingTerms.of,
        reads=lambda _: frozenset({Reads.CASES}),
        by_case=True,
        any_of=tuple(housing_grant.GRANTS.values()),
    ),
    Rule(
        Item.RELIEF,
        date.min,
        frozenset(HouseholdClass),
        relief.ReliefTerms.of,
        reads=lambda _: frozenset({Reads.CASES}),
        by_case=True,
    ),
)


def rule_for(item: Item, period: Period, rules: Sequence[Rule] = RULES) -> Rule:
    """The formula for an item in a period: the latest that holds on the period's last day."""
    begun = [rule for rule in rules if rule.item == item and rule.since <= period.last]
    return max(begun, key=lambda rule: rule.since)


def items_of(period: Period, rules: Sequence[Rule] = RULES) -> tuple[Item, ...]:
    """The items paid for such a period, in their order: the monthly ones, or the yearly ones."""
    ruled = {rule.item for rule in rules if rule.since <= period.last}
    return tuple(item for item in Item if item in ruled and item.yearly is isinstance(period, Year))


@dataclass(frozen=True, slots=True)
class MissingFact:
    """The amount cannot be computed; `names` says in the clerk's words what is not known."""

    names: tuple[str, ...]


class Entitlement(NamedTuple):
    """What a household is due for a period, without and with the raise, in fen."""

    before_fen: Fen
    after_fen: Fen

    @property
    def uplift_fen(self) -> Fen:
        """What the raise adds."""
        return self.after_fen - self.before_fen


class Assessment:
    """One item in one period by one policy book, for any number of households."""

    def __init__(self, item: Item, period: Period, book: Book, rules: Sequence[Rule] = RULES) -> None:
        self.period = period
        self.rule = rule_for(item, period, rules)
        self._book = book
        self._views = (book.without_raise().over(period), book.over(period))
        self._terms: dict[HouseholdClass, tuple[Terms, Terms]] = {}

    @property
    def unstated(self) -> tuple[str, ...]:
        """The keys the item needs and the county has not stated at all; with any, it is not given."""
        return self.rule.unstated(self._book) if self.applies else ()

    @property
    def applies(self) -> bool:
        """Whether the county's settings give the item, before the raise or after it."""
        return any(map(self.rule.applies, self._views))

    @property
    def given(self) -> bool:
        """Whether the county gives the item: its settings do, and it has stated what the item needs."""
        return self.applies and not self.unstated

    @property
    def reads(self) -> frozenset[Reads]:
        """What of a family the item reads, by the settings before and after the raise."""
        return frozenset().union(*map(self.rule.reads, self._views))

    def lacking(self, facts: FamilyFacts) -> tuple[str, ...]:
        """The facts that are missing, in the clerk's words.

        Raises `NoValueError` when the book lacks a value.
        """
        paid = (paid_in(name, self.period.label, number) for name, number in facts.paid_elsewhere)
        lacking = (name for terms in self._terms_of(facts.household_class) for name in terms.lacking(facts))
        return tuple(dict.fromkeys((*paid, *lacking)))

    def entitlement(self, facts: FamilyFacts) -> Entitlement | MissingFact:
        """What the household is due, or which facts are missing; never 0 for what is not known.

        Its class must be one of the rule's. Raises `NoValueError` when the book lacks a value.
        """
        before, after = self._terms.get(facts.household_class) or self._terms_of(facts.household_class)
        if facts.paid_elsewhere or after.lacking(facts) or (before is not after and before.lacking(facts)):
            return MissingFact(self.lacking(facts))
        amount = after.amount(facts)
        return Entitlement(amount if before is after else before.amount(facts), amount)

    def workings(self, facts: FamilyFacts) -> tuple[Working, Working]:
        """How the amounts before and after the raise come about; no fact may be missing."""
        before, after = self._terms_of(facts.household_class)
        return Working(tuple(before.lines(facts))), Working(tuple(after.lines(facts)))

    def _terms_of(self, household_class: HouseholdClass) -> tuple[Terms, Terms]:
        """Those before the raise and after it; one and the same where the raise changes nothing."""
        found = self._terms.get(household_class)
        if found is None:
            before, after = (self.rule.terms(view, household_class) for view in self._views)
            found = self._terms[household_class] = (after if before == after else before, after)
        return found
