"""Which formula an item is computed by, and computing it before and after the notice's raise.

A formula is dated. When the shape of a rule changes, a new `Rule` is added beside the old one,
which goes on computing the periods before; a mere number changes in the policy book.

The values of the policy book are those in force on the period's last day: a standard raised
within a month or year counts for the whole of it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from jiemin.domain.codes import DIBAO, HouseholdClass
from jiemin.domain.entitlement import dibao, low_income
from jiemin.domain.entitlement.facts import FamilyFacts
from jiemin.domain.entitlement.items import DIBAO_ITEM, LOW_INCOME_ITEM, Period
from jiemin.domain.entitlement.working import Line, Working
from jiemin.domain.money import Fen
from jiemin.domain.policy import Book, BookView


class Terms(Protocol):
    """A formula with the values it uses."""

    def amount(self, facts: FamilyFacts) -> Fen:
        """What a household is due."""

    def lines(self, facts: FamilyFacts) -> Iterable[Line]:
        """The same with its working; the last line is the amount."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How an item is computed for periods that end on `since` or later, and for whom."""

    item: str
    since: date
    classes: frozenset[HouseholdClass]
    lacking: Callable[[FamilyFacts], tuple[str, ...]]
    terms: Callable[[BookView, HouseholdClass], Terms]


RULES = (
    Rule(DIBAO_ITEM, date.min, DIBAO, dibao.lacking, dibao.DibaoTerms.of),
    Rule(
        LOW_INCOME_ITEM,
        date.min,
        frozenset({HouseholdClass.LOW_INCOME}),
        low_income.lacking,
        low_income.LowIncomeTerms.of,
    ),
)


def rule_for(item: str, period: Period, rules: Sequence[Rule] = RULES) -> Rule:
    """The formula for an item in a period: the latest that holds on the period's last day."""
    begun = [rule for rule in rules if rule.item == item and rule.since <= period.last]
    return max(begun, key=lambda rule: rule.since)


@dataclass(frozen=True, slots=True)
class MissingFact:
    """The amount cannot be computed; `names` says in the clerk's words what is not known."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What a household is due for a period, without and with the raise, in fen."""

    before_fen: Fen
    after_fen: Fen

    @property
    def uplift_fen(self) -> Fen:
        """What the raise adds."""
        return self.after_fen - self.before_fen


class Assessment:
    """One item in one period by one policy book, for any number of households."""

    def __init__(self, item: str, period: Period, book: Book, rules: Sequence[Rule] = RULES) -> None:
        self.rule = rule_for(item, period, rules)
        self._views = (book.without_raise().on(period.last), book.on(period.last))
        self._terms: dict[HouseholdClass, tuple[Terms, Terms]] = {}

    def entitlement(self, facts: FamilyFacts) -> Entitlement | MissingFact:
        """What the household is due, or which facts are missing; never 0 for what is not known.

        Its class must be one of the rule's. Raises `NoValueError` when the book lacks a value.
        """
        missing = self.rule.lacking(facts)
        if missing:
            return MissingFact(missing)
        before, after = self._terms_of(facts.household_class)
        return Entitlement(before.amount(facts), after.amount(facts))

    def workings(self, facts: FamilyFacts) -> tuple[Working, Working]:
        """How the amounts before and after the raise come about; no fact may be missing."""
        before, after = self._terms_of(facts.household_class)
        return Working(tuple(before.lines(facts))), Working(tuple(after.lines(facts)))

    def _terms_of(self, household_class: HouseholdClass) -> tuple[Terms, Terms]:
        found = self._terms.get(household_class)
        if found is None:
            before, after = (self.rule.terms(view, household_class) for view in self._views)
            found = self._terms[household_class] = (before, after)
        return found
