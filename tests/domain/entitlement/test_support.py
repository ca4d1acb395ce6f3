"""供养金 by class and keeping, and what is asked for when it is missing."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.policies import APRIL, dated, parameter

from jiemin.domain.codes import HouseholdClass, Keeping
from jiemin.domain.entitlement import Assessment, Entitlement, FamilyFacts, Item, MissingFact
from jiemin.domain.entitlement.support import STANDARDS
from jiemin.domain.periods import Month
from jiemin.domain.policy import Basis, Book, Floor, NoValueError

WUBAO, SANWU = HouseholdClass.WUBAO, HouseholdClass.SANWU
CENTRAL, DISPERSED = Keeping.CENTRAL, Keeping.DISPERSED
JUNE, DAY = Month(2014, 6), date(2014, 6, 30)


def book(**other: int) -> Book:
    """All four standards, those in a county's institutions raised in April; or those told, by their keys."""
    if other:
        return Book.of(
            parameter(f"support.{key.replace('_', '.')}", dated(value)) for key, value in other.items()
        )
    return Book.of(
        [
            parameter("support.wubao.central", dated(80000), dated(90000, start=APRIL, basis=Basis.RAISE)),
            parameter("support.wubao.dispersed", dated(62050)),
            parameter("support.sanwu.central", dated(100000), dated(110055, start=APRIL, basis=Basis.RAISE)),
            parameter("support.sanwu.dispersed", dated(78000)),
        ]
    )


def family(household_class: HouseholdClass = WUBAO, **other: Any) -> FamilyFacts:
    told: dict[str, Any] = {"size": 2, "covered": 1, "keeping": CENTRAL}
    return FamilyFacts(household_class, DAY, **(told | other))


def support(policy: Book, month: Month = JUNE) -> Assessment:
    return Assessment(Item.SUPPORT, month, policy)


@pytest.mark.parametrize(
    ("household_class", "keeping", "due"),
    [
        (WUBAO, CENTRAL, Entitlement(80000, 90000)),
        (WUBAO, DISPERSED, Entitlement(62050, 62050)),
        (SANWU, CENTRAL, Entitlement(100000, 110055)),
        (SANWU, DISPERSED, Entitlement(78000, 78000)),
    ],
)
def test_each_class_and_keeping_has_a_standard_of_its_own(
    household_class: HouseholdClass, keeping: Keeping, due: Entitlement
) -> None:
    assert support(book()).entitlement(family(household_class, keeping=keeping)) == due


@given(standard=st.integers(0, 10**6), covered=st.integers(0, 20), keeping=st.sampled_from(Keeping))
def test_support_is_an_amount_a_person(standard: int, covered: int, keeping: Keeping) -> None:
    key = STANDARDS[WUBAO, keeping]
    policy = Book.of([parameter(key, dated(standard))])
    facts = family(keeping=keeping, covered=covered)
    amount = sum([standard] * covered)
    assert support(policy).entitlement(facts) == Entitlement(amount, amount)
    before, after = support(policy).workings(facts)
    assert (before.amount_fen, after.amount_fen) == (amount, amount)


def test_persons_of_the_household_count_where_no_covered_persons_are_written_down() -> None:
    assert support(book()).entitlement(family(covered=None)) == Entitlement(160000, 180000)


@pytest.mark.parametrize(
    ("lacking", "names"),
    [
        ({"keeping": None}, ("供养方式",)),
        ({"covered": None, "size": None}, ("供养人数",)),
        ({"keeping": None, "covered": None, "size": None}, ("供养方式", "供养人数")),
    ],
)
def test_support_asks_for_the_facts_it_lacks(lacking: dict[str, Any], names: tuple[str, ...]) -> None:
    assert support(book()).entitlement(family(**lacking)) == MissingFact(names)


def test_a_county_may_state_only_the_standards_it_has_people_for() -> None:
    month = support(book(wubao_central=90000))
    assert month.unstated == ()
    assert month.entitlement(family()) == Entitlement(90000, 90000)


def test_a_standard_not_stated_is_lacking_for_the_families_that_need_it_alone() -> None:
    month = support(book(wubao_central=90000, sanwu_dispersed=78000))
    lacks = month.entitlement(family(keeping=DISPERSED, covered=None, size=None))
    assert lacks == MissingFact(("五保分散供养标准（县里没有写）", "供养人数"))
    assert month.entitlement(family(SANWU)) == MissingFact(("三无集中供养标准（县里没有写）",))
    assert month.entitlement(family()) == Entitlement(90000, 90000)


def test_a_standard_stated_for_other_days_alone_is_an_error_that_names_it() -> None:
    month = support(Book.of([parameter("support.wubao.dispersed", dated(60000, start=date(2014, 7, 1)))]))
    with pytest.raises(NoValueError, match=r"计算五保分散供养的供养金要用“标准support\.wubao\.dispersed”"):
        month.entitlement(family(keeping=DISPERSED))


def test_without_any_standard_the_county_gives_no_support() -> None:
    unstated = Book.of(parameter(key) for key in STANDARDS.values())
    assert support(unstated).unstated == tuple(STANDARDS.values())


def test_the_working_of_support_names_the_standard_and_its_floor() -> None:
    floor = Floor(1500, "support.wubao.dispersed")
    policy = Book.of(
        [
            parameter("support.wubao.dispersed", dated(60000)),
            parameter("support.wubao.central", dated(80000, at_least=floor)),
        ]
    )
    _, after = support(policy).workings(replace(family(), covered=2))
    assert [(line.label, line.arithmetic, line.subtotal_fen) for line in after.lines] == [
        ("标准support.wubao.central的最低线", "每人每月600元×150%＝900元", 90000),
        ("每月供养金", "每人每月900元×2人＝1,800元", 180000),
    ]
    assert after.lines[-1].sentence == (
        "每月供养金：每人每月900元×2人＝1,800元。标准support.wubao.central每人每月900元，出自市发1号 一。"
    )


def test_support_reads_no_more_than_the_household() -> None:
    assert support(book()).reads == frozenset()
