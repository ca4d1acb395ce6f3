"""What is different in a family between two looks at it, in the clerk's words."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from jiemin.domain.entitlement.facts import CaseFacts, FamilyFacts, IncomePeriod, MemberFacts, income_name
from jiemin.domain.money import format_yuan

K = TypeVar("K")
T = TypeVar("T", MemberFacts, CaseFacts)
_UNKNOWN = "没有登记"


def fact_changes(before: FamilyFacts, now: FamilyFacts) -> list[str]:
    """`保障人口3人→4人`, `沈二的成员情况`, `救助事项A000001`; the day alone is no change."""
    told = [
        f"{name}{old or _UNKNOWN}→{new or _UNKNOWN}"
        for name, old, new in (
            ("困难类别", before.household_class.value, now.household_class.value),
            ("供养方式", before.keeping, now.keeping),
            ("家庭人口", _persons(before.size), _persons(now.size)),
            ("保障人口", _persons(before.covered), _persons(now.covered)),
            ("家庭", _income(before), _income(now)),
            ("参加养老保险", _persons(before.pension_insured), _persons(now.pension_insured)),
        )
        if old != new
    ]
    members = _differing(_by_person(before.members), _by_person(now.members))
    told += [f"{member.name}的成员情况" for member in members]
    cases = _differing(_by_number(before), _by_number(now))
    return told + [f"救助事项{case.case_no}" for case in cases]


def _persons(number: int | None) -> str:
    return "" if number is None else f"{number}人"


def _income(facts: FamilyFacts) -> str:
    if facts.income_fen is None:
        return ""
    return f"{income_name(facts.income_period or IncomePeriod.MONTH)}{format_yuan(facts.income_fen)}"


def _by_person(members: Iterable[MemberFacts]) -> dict[int, MemberFacts]:
    return {member.person_id: member for member in members}


def _by_number(facts: FamilyFacts) -> dict[str, CaseFacts]:
    return {case.case_no: case for case in (*facts.cases, *facts.dibao_cases)}


def _differing(before: Mapping[K, T], now: Mapping[K, T]) -> list[T]:
    """Those that came, went or say something else, as they are told now, if they still are."""
    either = {**before, **now}
    return [each for key, each in either.items() if before.get(key) != now.get(key)]
