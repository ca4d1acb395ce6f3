"""低保金 under a county's settings: whom it counts, singly, at least, by tiers; against fractions."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.policies import NEW_YEAR, dated, parameter, setting, subsidy_book

from jiemin.domain.codes import Health, HouseholdClass
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
)
from jiemin.domain.periods import Month
from jiemin.domain.policy import Book, NoValueError

URBAN, RURAL = HouseholdClass.URBAN_DIBAO, HouseholdClass.RURAL_DIBAO
JUNE, DAY = Month(2014, 6), date(2014, 6, 30)


def book_of(*, persons: str = "covered", severe: str = "none", minimum: int = 0, **other: Any) -> Book:
    """The book of the other tests with the settings it leaves out; tiers are one of the formulas."""
    parameters = subsidy_book(**other).parameters
    formula = setting("dibao.formula", other.get("formula", "monthly"), "monthly", "yearly", "tiers")
    own = [
        formula,
        setting("dibao.persons", persons, "covered", "size"),
        setting("dibao.severe", severe, "none", "full"),
        parameter("dibao.minimum", dated(minimum)),
    ]
    return Book.of([*(each for key, each in parameters.items() if key != "dibao.formula"), *own])


def member(number: int = 1, **other: Any) -> MemberFacts:
    return MemberFacts(number, f"蒋{number}", **other)


def family(*members: MemberFacts, **other: Any) -> FamilyFacts:
    told: dict[str, Any] = {"size": 4, "covered": 3, "income_fen": 30000, "income_period": IncomePeriod.MONTH}
    return FamilyFacts(RURAL, DAY, members=members, **(told | other))


def month(book: Book) -> Assessment:
    return Assessment(Item.DIBAO, JUNE, book)


def due(facts: FamilyFacts, book: Book) -> Entitlement:
    found = month(book).entitlement(facts)
    assert isinstance(found, Entitlement)
    return found


# Against fractions.


def fen_by_fractions(facts: FamilyFacts, standard: int, settings: dict[str, Any]) -> int:
    """By the words of ADR 0024 alone; every member here is marked covered or not."""
    severe = [each for each in facts.members if each.covered and each.disability_grade in (1, 2)] * (
        settings["severe"] == "full"
    )
    others = Fraction((facts.size if settings["persons"] == "size" else facts.covered) or 0) - len(severe)
    income = Fraction(facts.income_fen or 0, 12 if facts.income_period is IncomePeriod.YEAR else 1)
    gap = max(Fraction(0), standard * others - income)
    if gap > 0:
        gap = max(gap, settings["minimum"] * others)
    unit = 100 if settings["rounding"] == "yuan" else 1
    return floor((standard * len(severe) + gap) / unit + Fraction(1, 2)) * unit


MEMBERS = st.lists(
    st.builds(
        MemberFacts,
        person_id=st.just(1),
        name=st.just("蒋一"),
        covered=st.booleans(),
        disability_grade=st.none() | st.integers(1, 4),
        health=st.none() | st.sampled_from([each for each in Health if each is not Health.DISABLED]),
    ),
    min_size=1,
    max_size=5,
).map(tuple)


@st.composite
def families(draw: st.DrawFn) -> FamilyFacts:
    members = draw(MEMBERS)
    return FamilyFacts(
        draw(st.sampled_from([URBAN, RURAL])),
        DAY,
        size=len(members),
        covered=sum(each.covered is True for each in members),
        income_fen=draw(st.integers(0, 300_000) | st.integers(0, 10**8)),
        income_period=draw(st.sampled_from(IncomePeriod)),
        members=members,
    )


SETTINGS = st.fixed_dictionaries(
    {
        "persons": st.sampled_from(["covered", "size"]),
        "severe": st.sampled_from(["none", "full"]),
        "minimum": st.just(0) | st.integers(0, 60_000),
        "formula": st.sampled_from(["monthly", "yearly"]),
        "rounding": st.sampled_from(["fen", "yuan"]),
    }
)
STANDARD = st.integers(0, 100_000)


@given(facts=families(), settings=SETTINGS, urban=STANDARD, rural=STANDARD)
def test_every_setting_comes_to_what_fractions_say(
    facts: FamilyFacts, settings: dict[str, Any], urban: int, rural: int
) -> None:
    book = book_of(urban=urban, rural=rural, **settings)
    before, after = (
        (urban, urban) if facts.household_class is URBAN else (rural, max(rural, -(-urban * 4 // 5)))
    )
    expected = Entitlement(*(fen_by_fractions(facts, each, settings) for each in (before, after)))
    assert due(facts, book) == expected
    workings = month(book).workings(facts)
    assert Entitlement(*(each.amount_fen for each in workings)) == expected


@given(facts=families(), settings=SETTINGS, urban=STANDARD, more=st.integers(0, 20_000))
def test_a_higher_standard_never_brings_less_and_a_higher_income_never_more(
    facts: FamilyFacts, settings: dict[str, Any], urban: int, more: int
) -> None:
    found = due(facts, book_of(urban=urban, **settings))
    assert due(facts, book_of(urban=urban + more, **settings)).after_fen >= found.after_fen
    assert facts.income_fen is not None
    richer = replace(facts, income_fen=facts.income_fen + more)
    assert due(richer, book_of(urban=urban, **settings)).after_fen <= found.after_fen


@given(facts=families(), settings=SETTINGS)
def test_where_the_book_only_raises_nobody_loses(facts: FamilyFacts, settings: dict[str, Any]) -> None:
    assert due(facts, book_of(**settings)).uplift_fen >= 0


@given(facts=families(), settings=SETTINGS)
def test_singly_never_brings_less_than_together(facts: FamilyFacts, settings: dict[str, Any]) -> None:
    """Without a minimum, which then is one for fewer persons."""
    told = {**settings, "minimum": 0}
    together = due(facts, book_of(**{**told, "severe": "none"}))
    assert due(facts, book_of(**{**told, "severe": "full"})).after_fen >= together.after_fen


@given(facts=families(), settings=SETTINGS)
def test_a_minimum_takes_nothing_and_makes_no_entitlement(
    facts: FamilyFacts, settings: dict[str, Any]
) -> None:
    assert facts.income_fen is not None
    without = due(facts, book_of(**{**settings, "minimum": 0}))
    assert due(facts, book_of(**settings)).after_fen >= without.after_fen
    rich = replace(facts, income_fen=10**9)
    assert due(rich, book_of(**settings)) == due(rich, book_of(**{**settings, "minimum": 0}))


# What is read of a family.


def test_members_and_cases_are_read_where_they_decide() -> None:
    assert month(subsidy_book()).reads == month(book_of()).reads == frozenset()
    assert month(book_of(severe="full")).reads == {Reads.MEMBERS}
    assert month(book_of(formula="tiers", severe="full")).reads == {Reads.CASES}
    assert Assessment(Item.DIBAO, Month(2013, 12), book_of(severe="full")).reads == frozenset()


def test_a_setting_stated_for_other_days_only_is_an_error() -> None:
    later = parameter("dibao.minimum", dated(100, date(2014, 7, 1)))
    book = Book.of([*(each for key, each in book_of().parameters.items() if key != later.key), later])
    with pytest.raises(NoValueError, match=r"计算农村低保的低保金要用“标准dibao\.minimum”"):
        due(family(), book)


# What is missing.

SINGLY = book_of(severe="full")


@pytest.mark.parametrize(
    ("facts", "names"),
    [
        (family(), ("家庭成员",)),
        (family(covered=None), ("保障人口",)),
        (family(member(disability_grade=1), member(2), member(3), covered=2), ("哪些成员是保障人口",)),
        (family(member(covered=True), member(2, covered=False), covered=2), ("家庭成员",)),
        (family(member(disability_grade=1), covered=None), ("保障人口", "哪些成员是保障人口")),
        (family(member(health=Health.DISABLED), covered=1), ("蒋1的残疾等级",)),
        (
            family(*(member(each, covered=True, disability_grade=1) for each in (1, 2)), covered=1),
            ("保障人口（少于其中的重度残疾人）",),
        ),
    ],
)
def test_singly_asks_for_what_cannot_be_told_of_the_members(
    facts: FamilyFacts, names: tuple[str, ...]
) -> None:
    assert month(SINGLY).entitlement(facts) == MissingFact(names)
    if facts.covered:
        assert isinstance(month(book_of()).entitlement(facts), Entitlement)


@pytest.mark.parametrize(
    "facts",
    [
        family(covered=0),
        family(member(disability_grade=3), member(2), covered=2),
        family(member(covered=False, health=Health.DISABLED), member(2), member(3), covered=2),
        family(member(health=Health.DISABLED, disability_grade=4), member(2), covered=2),
    ],
)
def test_what_makes_no_difference_is_not_asked_for(facts: FamilyFacts) -> None:
    assert due(facts, SINGLY) == due(facts, book_of())


def test_counted_by_size_more_severely_disabled_than_persons_are_a_fault_of_the_size() -> None:
    facts = family(*(member(each, covered=True, disability_grade=2) for each in (1, 2)), size=1, covered=2)
    found = month(book_of(severe="full", persons="size")).entitlement(facts)
    assert found == MissingFact(("家庭人口（少于其中的重度残疾人）",))


@pytest.mark.parametrize(
    ("marks", "covered", "told"),
    [
        ((None, None), 2, (True, True)),
        ((True, None), 1, (True, False)),
        ((True, None, None), 2, (True, None, None)),
        ((False, None), 1, (False, True)),
        ((False, None), 2, (False, None)),
        ((None,), None, (None,)),
        ((None,), 0, (False,)),
    ],
)
def test_who_is_covered_follows_from_the_household_where_it_can(
    marks: tuple[bool | None, ...], covered: int | None, told: tuple[bool | None, ...]
) -> None:
    facts = family(*(member(number, covered=mark) for number, mark in enumerate(marks)), covered=covered)
    assert tuple(map(facts.covers, facts.members)) == told


# Tiers.

TIERS = book_of(formula="tiers")


def fixed(number: int = 1, base: int | None = 31200, **other: Any) -> CaseFacts:
    return CaseFacts(f"救{number}", **({"day": NEW_YEAR, "base_fen": base} | other))


@pytest.mark.parametrize("until", [None, DAY, date(2014, 12, 31)])
def test_a_fixed_amount_is_paid_as_it_stands(until: date | None) -> None:
    facts = family(cases=(fixed(until=until), fixed(2, day=date(2014, 7, 1))), income_fen=None, covered=None)
    assert due(facts, TIERS) == Entitlement(31200, 31200)
    _, after = month(TIERS).workings(facts)
    assert after.amount_fen == 31200


@pytest.mark.parametrize(
    ("cases", "name"),
    [
        ((), "分档金额"),
        ((fixed(base=None),), "分档金额"),
        ((fixed(until=date(2014, 6, 29)),), "分档金额"),
        ((fixed(day=date(2014, 7, 1)),), "分档金额"),
        ((fixed(), fixed(2)), "分档金额（同时有两条）"),
    ],
)
def test_a_fixed_amount_that_is_not_told_is_asked_for(cases: tuple[CaseFacts, ...], name: str) -> None:
    assert month(TIERS).entitlement(family(cases=cases)) == MissingFact((name,))


def test_tiers_need_no_standard() -> None:
    book = Book.of([each for key, each in TIERS.parameters.items() if key != "dibao.rural.standard"])
    assert due(family(cases=(fixed(),)), book) == Entitlement(31200, 31200)


# The working.


def test_the_working_tells_who_is_reckoned_singly_and_what_is_the_least() -> None:
    book = book_of(severe="full", minimum=10000, formula="yearly", persons="size")
    facts = family(
        member(1, covered=True, disability_grade=1),
        member(2, covered=True, disability_grade=2),
        income_fen=80000,
    )
    before, _ = month(book).workings(facts)
    assert [(line.label, line.arithmetic) for line in before.lines] == [
        ("全年重度残疾人单独施保", "每人每月400元×2人（蒋1、蒋2）×12个月＝9,600元"),
        ("全年保障金额", "每人每月400元×其余家庭人口2人×12个月＝9,600元"),
        ("全年补差", "9,600元－家庭月收入800元×12个月＝0元"),
        ("每月低保金", "（9,600元＋0元）÷12个月，选fen＝800元"),
    ]
    before, _ = month(book).workings(replace(facts, income_fen=79900))
    assert [(line.label, line.arithmetic) for line in before.lines][3:] == [
        ("全年最低补差", "每人每月100元×2人×12个月＝2,400元，补差12元不足，按最低补差计"),
        ("每月低保金", "（9,600元＋2,400元）÷12个月，选fen＝1,000元"),
    ]
