"""困境儿童基本生活费 and what is taken off it, against an oracle of fractions."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.policies import dated, parameter, setting, subsidy_book

from jiemin.domain.codes import HouseholdClass
from jiemin.domain.entitlement import (
    Assessment,
    CaseFacts,
    Entitlement,
    FamilyFacts,
    IncomePeriod,
    Item,
    MemberFacts,
    MissingFact,
    Reads,
    rule_for,
)
from jiemin.domain.periods import Month
from jiemin.domain.policy import Book, Floor, NoValueError, Parameter, Unit

URBAN, RURAL, LOW = HouseholdClass.URBAN_DIBAO, HouseholdClass.RURAL_DIBAO, HouseholdClass.LOW_INCOME
JUNE, DAY, BEGUN = Month(2014, 6), date(2014, 6, 30), date(2014, 2, 10)
CHEN, MING = MemberFacts(1, "陈小晨", covered=True), MemberFacts(2, "陈小明", covered=True)


def book(*own: Parameter, netting: str = "net", formula: str = "monthly", **standards: int) -> Book:
    """The book of 低保金 with the children's standards, 1,000 and 1,500 yuan unless others are told."""
    told = [
        parameter(f"child.{key}", dated(value))
        for key, value in (standards or {"dispersed": 100000, "central": 150000}).items()
    ]
    tiers = setting("dibao.formula", formula, "monthly", "yearly", "tiers")
    held = [*told, setting("child.netting", netting, "net", "none"), tiers, *own]
    keys = {each.key for each in held}
    return Book.of([*(each for each in subsidy_book().parameters.values() if each.key not in keys), *held])


def case(person_id: int | None = 1, grade: str = "散居", number: str = "JZ1", **other: Any) -> CaseFacts:
    return CaseFacts(number, BEGUN, person_id=person_id, name="陈小晨", grade=grade, **other)


def family(household_class: HouseholdClass = RURAL, **other: Any) -> FamilyFacts:
    told: dict[str, Any] = {
        "size": 4,
        "covered": 3,
        "income_fen": 30000,
        "income_period": IncomePeriod.MONTH,
        "members": (CHEN, MING),
        "cases": (case(),),
    }
    return FamilyFacts(household_class, DAY, **(told | other))


def children(policy: Book) -> Assessment:
    return Assessment(Item.CHILD, JUNE, policy)


def after(facts: FamilyFacts, policy: Book) -> int:
    due = children(policy).entitlement(facts)
    assert isinstance(due, Entitlement)
    return due.after_fen


@given(
    standard=st.integers(0, 200_000),
    covered=st.integers(1, 9),
    income=st.integers(0, 400_000),
    count=st.integers(1, 2),
    household_class=st.sampled_from([URBAN, RURAL]),
)
def test_a_covered_child_gets_what_fractions_say(
    standard: int, covered: int, income: int, count: int, household_class: HouseholdClass
) -> None:
    facts = family(
        household_class,
        covered=covered,
        income_fen=income,
        cases=(case(), case(2, number="JZ2"))[:count],
    )
    gap = max(0, {URBAN: 52000, RURAL: 41600}[household_class] * covered - income)
    share = floor(Fraction(gap, covered) + Fraction(1, 2))
    policy = book(dispersed=standard)
    assert after(facts, policy) == count * max(0, standard - share)
    _, working = children(policy).workings(facts)
    assert working.amount_fen == after(facts, policy)


@pytest.mark.parametrize("household_class", [each for each in HouseholdClass if each not in {URBAN, RURAL}])
def test_nothing_is_taken_off_without_dibao(household_class: HouseholdClass) -> None:
    facts = family(household_class, covered=None, income_fen=None, income_period=None)
    assert children(book()).entitlement(facts) == Entitlement(100000, 100000)


def test_the_standard_is_that_of_how_the_child_lives() -> None:
    both = (case(), case(2, "集中", "JZ2"))
    assert after(family(LOW, cases=both), book()) == 250000


def test_only_covered_members_have_a_share() -> None:
    uncovered, gone = replace(CHEN, covered=False), MemberFacts(9, "王小芳", covered=True)
    for members in ((uncovered, MING), (gone,), ()):
        assert after(family(members=members), book()) == 100000
        assert after(family(members=members, income_fen=None, covered=None), book()) == 100000


def test_a_county_may_take_nothing_off() -> None:
    policy = book(netting="none")
    assert after(family(income_fen=None, members=()), policy) == 100000
    assert children(policy).reads == {Reads.CASES}


def test_the_child_reads_what_dibao_reads() -> None:
    assert children(book()).reads == {Reads.CASES, Reads.MEMBERS}
    tiers = {Reads.CASES, Reads.MEMBERS, Reads.DIBAO_CASES}
    assert children(book(formula="tiers")).reads == tiers


def test_fixed_dibao_is_shared_among_the_covered() -> None:
    fixed = (CaseFacts("JZ7", BEGUN, base_fen=80000),)
    assert after(family(dibao_cases=fixed), book(formula="tiers")) == 100000 - 26667
    found = children(book(formula="tiers")).entitlement(family())
    assert found == MissingFact(("分档金额",))
    found = children(book(formula="tiers")).entitlement(family(dibao_cases=fixed, covered=None))
    assert found == MissingFact(("享受低保的人数",))


@pytest.mark.parametrize(
    ("lacking", "names"),
    [
        ({"income_fen": None, "income_period": None}, ("家庭收入",)),
        ({"covered": None}, ("保障人口",)),
        ({"covered": 0}, ("享受低保的人数",)),
        ({"members": (MemberFacts(1, "陈小晨"), MING)}, ("哪些成员是保障人口",)),
        ({"cases": (case(None), case(2, "", "JZ2"))}, ("JZ1的儿童姓名", "JZ2的养育方式")),
        ({"cases": (case(grade="寄养"),)}, ("JZ1的养育方式",)),
        (
            {"cases": (case(), case(1, "集中", "JZ2")), "income_fen": -1},
            ("JZ2的儿童（与JZ1是同一人）", "家庭收入（登记的是负数）"),
        ),
    ],
)
def test_the_allowance_asks_for_the_facts_it_lacks(lacking: dict[str, Any], names: tuple[str, ...]) -> None:
    members = (CHEN, MING, MemberFacts(3, "陈大勇"), MemberFacts(4, "王小芳"))
    found = children(book()).entitlement(family(**({"members": members} | lacking)))
    assert found == MissingFact(names)


def test_a_child_counts_while_its_case_lasts() -> None:
    for until, amount in ((None, 100000), (DAY, 100000), (date(2014, 6, 29), 0)):
        facts = family(LOW, cases=(case(until=until),))
        assert after(facts, book()) == amount
        _, working = children(book()).workings(facts)
        assert working.lines[-1].arithmetic == ("1,000元" if amount else "0元")


def test_a_county_may_state_one_standard_and_the_other_is_lacking_for_its_children() -> None:
    policy = book(dispersed=100000)
    assert children(policy).unstated == ()
    assert after(family(LOW), policy) == 100000
    both = (case(grade="集中"), case(2, "集中", "JZ2"))
    lacks = children(policy).entitlement(family(LOW, cases=both))
    assert lacks == MissingFact(("集中儿童的基本生活费标准（县里没有写）",))


def test_a_standard_stated_for_other_days_alone_is_an_error_that_names_it() -> None:
    later = parameter("child.central", dated(150000, date(2014, 7, 1)))
    with pytest.raises(NoValueError, match=r"计算困境儿童基本生活费（集中）要用“标准child\.central”"):
        after(family(LOW, cases=(case(grade="集中"),)), book(later))


def test_a_setting_the_policy_lacks_is_an_error_once_an_amount_needs_it() -> None:
    policy = book(parameter("child.netting", unit=Unit.SETTING, choices={"net": "扣"}))
    assert children(policy).reads == {Reads.CASES}
    with pytest.raises(NoValueError, match=r"计算困境儿童基本生活费要用“标准child\.netting”"):
        after(family(LOW), policy)


def test_the_working_tells_the_share_and_each_child() -> None:
    floored = parameter("child.central", dated(0, at_least=Floor(1500, "child.dispersed")))
    base = parameter("child.dispersed", dated(100000))
    both = (case(), CaseFacts("JZ2", BEGUN, person_id=9, name="陈小红", grade="集中"))
    _, working = children(book(floored, base)).workings(family(cases=both, income_fen=30001))
    assert [(line.label, line.arithmetic) for line in working.lines[3:]] == [
        ("每月低保金", "947.99元，选fen＝947.99元"),
        ("低保金中每人的一份", "947.99元÷3人＝316元（四舍五入到分）"),
        ("标准child.central的最低线", "每人每月1,000元×150%＝1,500元"),
        ("JZ1 陈小晨（散居）", "每人每月1,000元"),
        ("JZ1 陈小晨（散居）扣除后", "1,000元－316元＝684元"),
        ("JZ2 陈小红（集中）", "每人每月1,500元"),
        ("当月困境儿童基本生活费", "684元＋1,500元＝2,184元"),
    ]
    assert working.amount_fen == 218400


def test_a_share_above_the_standard_leaves_nothing() -> None:
    _, working = children(book(dispersed=30000)).workings(family())
    assert working.lines[-2].arithmetic == "300元－316元，不足0元，按0元计"
    assert working.amount_fen == 0


def test_children_of_any_family_are_paid_by_their_cases() -> None:
    rule = rule_for(Item.CHILD, JUNE)
    assert rule.by_case
    assert rule.classes == frozenset(HouseholdClass)
    assert children(book(parameter("child.central"), parameter("child.dispersed"))).unstated == (
        "child.central",
        "child.dispersed",
    )


def test_facts_with_fixed_dibao_come_back_from_their_record() -> None:
    facts = family(dibao_cases=(CaseFacts("JZ7", BEGUN, base_fen=80000),))
    assert FamilyFacts.from_record(facts.record()) == facts
