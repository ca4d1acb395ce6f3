"""What households are due by the policy in force, and how the amounts come about."""

from jiemin.domain.entitlement.facts import CaseFacts, FamilyFacts, IncomePeriod, MemberFacts, Reads
from jiemin.domain.entitlement.rules import Assessment, Entitlement, MissingFact, Rule, items_of, rule_for
from jiemin.domain.entitlement.working import Line, Working
from jiemin.domain.money_items import Item, Period, read_period

__all__ = [
    "Assessment",
    "CaseFacts",
    "Entitlement",
    "FamilyFacts",
    "IncomePeriod",
    "Item",
    "Line",
    "MemberFacts",
    "MissingFact",
    "Period",
    "Reads",
    "Rule",
    "Working",
    "items_of",
    "read_period",
    "rule_for",
]
