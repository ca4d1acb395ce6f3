"""The contributions government pays: 养老保险, 合作医疗 and 大病保险, against an oracle of fractions."""

from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.policies import APRIL, dated, parameter

from jiemin.domain.codes import HouseholdClass
from jiemin.domain.entitlement import Assessment, Entitlement, FamilyFacts, Item, MissingFact, Reads
from jiemin.domain.entitlement.rules import rule_for
from jiemin.domain.periods import Year
from jiemin.domain.policy import Basis, Book, Floor, NoValueError, Parameter, Unit

URBAN, RURAL, LOW = HouseholdClass.URBAN_DIBAO, HouseholdClass.RURAL_DIBAO, HouseholdClass.LOW_INCOME
YEAR, DAY = Year(2014), date(2014, 12, 31)
KEYS = {
    Item.PENSION: "pension",
    Item.HEALTH_INSURANCE: "health_insurance",
    Item.ILLNESS_INSURANCE: "illness_insurance",
}


def parameters(item: Item, contribution: int = 12000, share: int = 1000, before: int = 0) -> list[Parameter]:
    """An amount in fen and a share in thousandths, which the notice raises in April."""
    key = KEYS[item]
    raised = dated(share, start=APRIL, basis=Basis.RAISE)
    return [
        parameter(f"{key}.contribution", dated(contribution), unit=Unit.PERSON_YEAR),
        parameter(f"{key}.share", dated(before), raised, unit=Unit.PERCENT),
    ]


def family(household_class: HouseholdClass = RURAL, **other: Any) -> FamilyFacts:
    told: dict[str, Any] = {"size": 4, "covered": 3, "pension_insured": 2}
    return FamilyFacts(household_class, DAY, **(told | other))


def year(item: Item, *args: int) -> Assessment:
    return Assessment(item, YEAR, Book.of(parameters(item, *args)))


@given(
    item=st.sampled_from(list(KEYS)),
    contribution=st.integers(0, 10**6),
    share=st.integers(0, 1000),
    before=st.integers(0, 1000),
    persons=st.integers(0, 20),
)
def test_a_payment_is_what_fractions_say(
    item: Item, contribution: int, share: int, before: int, persons: int
) -> None:
    def fen(permille: int) -> int:
        return floor(Fraction(contribution * persons * permille, 1000) + Fraction(1, 2))

    assessment = year(item, contribution, share, before)
    facts = family(covered=persons, pension_insured=persons)
    assert assessment.entitlement(facts) == Entitlement(fen(before), fen(share))
    first, second = assessment.workings(facts)
    assert (first.amount_fen, second.amount_fen) == (fen(before), fen(share))


@pytest.mark.parametrize(
    ("item", "household_class", "persons"),
    [
        (Item.PENSION, URBAN, 2),
        (Item.PENSION, LOW, 2),
        (Item.HEALTH_INSURANCE, URBAN, 3),
        (Item.HEALTH_INSURANCE, RURAL, 3),
        (Item.HEALTH_INSURANCE, LOW, 4),
        (Item.ILLNESS_INSURANCE, RURAL, 3),
        (Item.ILLNESS_INSURANCE, LOW, 4),
    ],
)
def test_whom_each_insurance_counts(item: Item, household_class: HouseholdClass, persons: int) -> None:
    assert year(item).entitlement(family(household_class)) == Entitlement(0, 12000 * persons)


@pytest.mark.parametrize(
    ("item", "facts", "name"),
    [
        (Item.PENSION, family(pension_insured=None), "养老保险参保人数"),
        (Item.HEALTH_INSURANCE, family(covered=None), "保障人口"),
        (Item.ILLNESS_INSURANCE, family(LOW, size=None), "家庭人口"),
    ],
)
def test_persons_that_nobody_wrote_down_are_asked_for(item: Item, facts: FamilyFacts, name: str) -> None:
    assert year(item).entitlement(facts) == MissingFact((name,))


@pytest.mark.parametrize("item", KEYS)
def test_only_low_income_and_dibao_families_are_named_by_the_notice(item: Item) -> None:
    assert rule_for(item, YEAR).classes == {URBAN, RURAL, LOW}


@pytest.mark.parametrize("item", KEYS)
def test_an_insurance_whose_contribution_is_not_stated_is_not_paid(item: Item) -> None:
    _, share = parameters(item)
    unstated = Assessment(item, YEAR, Book.of([share]))
    assert unstated.unstated == (f"{KEYS[item]}.contribution",)
    assert year(item).unstated == ()


@pytest.mark.parametrize(
    ("item", "asker"),
    [
        (Item.PENSION, "计算农村低保家庭的养老保险缴费补贴要用“标准pension.share”"),
        (Item.HEALTH_INSURANCE, "计算农村低保家庭的合作医疗个人缴费要用“标准health_insurance.share”"),
        (Item.ILLNESS_INSURANCE, "计算农村低保家庭的大病保险个人缴费要用“标准illness_insurance.share”"),
    ],
)
def test_a_share_the_policy_lacks_is_an_error_that_names_it(item: Item, asker: str) -> None:
    contribution, _ = parameters(item)
    share = parameter(f"{KEYS[item]}.share", unit=Unit.PERCENT)
    with pytest.raises(NoValueError, match=asker):
        Assessment(item, YEAR, Book.of([contribution, share])).entitlement(family())


def test_only_the_pension_reads_who_is_insured() -> None:
    assert year(Item.PENSION).reads == {Reads.PENSION_INSURED}
    assert year(Item.HEALTH_INSURANCE).reads == year(Item.ILLNESS_INSURANCE).reads == frozenset()


@pytest.mark.parametrize(
    ("item", "labels"),
    [
        (Item.PENSION, ["按养老保险参保人数应缴", "全年缴费补贴"]),
        (Item.HEALTH_INSURANCE, ["按保障人口应缴", "全年由政府缴纳"]),
        (Item.ILLNESS_INSURANCE, ["按保障人口应缴", "全年由政府缴纳"]),
    ],
)
def test_the_working_names_whom_it_counts_and_what_is_paid(item: Item, labels: list[str]) -> None:
    before, after = year(item).workings(family(covered=2))
    assert [line.label for line in after.lines] == labels
    assert [line.arithmetic for line in after.lines] == ["每人每年120元×2人＝240元", "240元×100%＝240元"]
    assert before.lines[-1].arithmetic == "240元×0%＝0元"
    known = [line.known.parameter.key for line in after.lines if line.known]
    assert known == [f"{KEYS[item]}.contribution", f"{KEYS[item]}.share"]


def test_a_rounded_amount_says_so_and_is_rounded_once() -> None:
    _, after = year(Item.PENSION, 10001, 500).workings(family(pension_insured=3))
    assert after.lines[-1].arithmetic == "300.03元×50%＝150.02元（四舍五入到分）"


def test_a_floor_that_decides_the_contribution_is_a_step() -> None:
    item = Item.HEALTH_INSURANCE
    _, share = parameters(item)
    base = parameter("pension.contribution", dated(20000), unit=Unit.PERSON_YEAR)
    floored = dated(100, at_least=Floor(500, "pension.contribution"))
    contribution = parameter("health_insurance.contribution", floored, unit=Unit.PERSON_YEAR)
    _, after = Assessment(item, YEAR, Book.of([share, base, contribution])).workings(family())
    assert after.lines[0].arithmetic == "每人每年200元×50%＝100元"
    assert after.amount_fen == 30000
