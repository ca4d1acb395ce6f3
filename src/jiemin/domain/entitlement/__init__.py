"""What households are due by the policy in force, and how the amounts come about."""

from jiemin.domain.entitlement.facts import FamilyFacts, IncomePeriod
from jiemin.domain.entitlement.items import DIBAO_ITEM, ITEMS, LOW_INCOME_ITEM, Period, read_period
from jiemin.domain.entitlement.rules import Assessment, Entitlement, MissingFact, Rule, rule_for
from jiemin.domain.entitlement.working import Line, Working

__all__ = [
    "DIBAO_ITEM",
    "ITEMS",
    "LOW_INCOME_ITEM",
    "Assessment",
    "Entitlement",
    "FamilyFacts",
    "IncomePeriod",
    "Line",
    "MissingFact",
    "Period",
    "Rule",
    "Working",
    "read_period",
    "rule_for",
]
