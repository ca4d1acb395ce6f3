"""分类施保: categories by the members, the highest of them or their sum, and what is asked for."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.policies import APRIL, dated, parameter, setting, subsidy_book

from jiemin.domain.codes import Health, HouseholdClass
from jiemin.domain.entitlement import (
    Assessment,
    Entitlement,
    FamilyFacts,
    Item,
    MemberFacts,
    MissingFact,
    Period,
    Reads,
)
from jiemin.domain.entitlement.supplements import PARAMETERS, Category
from jiemin.domain.periods import Month
from jiemin.domain.policy import Basis, Book, Floor, NoValueError, Parameter, Unit

JUNE, DAY = Month(2014, 6), date(2014, 6, 30)
AMOUNTS = {"severe": 10000, "disabled": 5000, "elder": 6000, "minor": 4000, "illness": 8000}
ALL_RULES = {"none": "不另发", "highest": "最高", "sum": "相加"}


def book_of(rule: str | Parameter = "highest", **amounts: int) -> Book:
    own = setting("supplement.rule", rule, *ALL_RULES) if isinstance(rule, str) else rule
    ages = [
        parameter(f"supplement.{name}_age", dated(age), unit=Unit.AGE)
        for name, age in (("elder", 70), ("minor", 18))
    ]
    each = [parameter(f"supplement.{name}", dated(fen)) for name, fen in (AMOUNTS | amounts).items()]
    return Book.of([*subsidy_book().parameters.values(), own, *ages, *each])


def without(book: Book, key: str) -> Book:
    return Book.of([each for each in book.parameters.values() if each.key != key])


def member(number: int = 1, **other: Any) -> MemberFacts:
    told: dict[str, Any] = {"birth": date(1970, 5, 1), "covered": True}
    return MemberFacts(number, f"蒋{number}", **(told | other))


def family(*members: MemberFacts, **other: Any) -> FamilyFacts:
    return FamilyFacts(
        HouseholdClass.RURAL_DIBAO, DAY, members=members, **({"covered": len(members)} | other)
    )


def of(book: Book, period: Period = JUNE) -> Assessment:
    return Assessment(Item.SUPPLEMENT, period, book)


# Against a plain reading of the rule.

MEMBERS = st.lists(
    st.builds(
        MemberFacts,
        person_id=st.just(1),
        name=st.just("蒋一"),
        birth=st.dates(date(1930, 1, 1), DAY),
        covered=st.booleans(),
        disability_grade=st.none() | st.integers(1, 4),
        health=st.none() | st.sampled_from([each for each in Health if each is not Health.DISABLED]),
    ),
    max_size=5,
)


def held_by(one: MemberFacts) -> list[str]:
    assert one.birth is not None
    seventy, eighteen = date(1944, 6, 30), date(1996, 6, 30)
    told = {
        "severe": one.disability_grade in (1, 2),
        "disabled": one.disability_grade in (3, 4),
        "elder": one.birth <= seventy,
        "minor": one.birth > eighteen,
        "illness": one.health in ("大病", "尿毒症", "重型精神病"),
    }
    return [name for name, holds in told.items() if holds]


@given(
    members=MEMBERS,
    rule=st.sampled_from(["highest", "sum"]),
    amounts=st.fixed_dictionaries({name: st.integers(0, 20_000) for name in AMOUNTS}),
)
def test_a_covered_member_gets_the_highest_category_or_their_sum(
    members: list[MemberFacts], rule: str, amounts: dict[str, int]
) -> None:
    facts = family(*members, covered=sum(each.covered is True for each in members))
    held = [[amounts[name] for name in held_by(each)] for each in members if each.covered]
    expected = sum(max(each, default=0) if rule == "highest" else sum(each) for each in held)
    book = book_of(rule, **amounts)
    assert of(book).entitlement(facts) == Entitlement(expected, expected)
    assert {each.amount_fen for each in of(book).workings(facts)} == {expected}


@given(MEMBERS, st.sampled_from(sorted(AMOUNTS)), st.integers(0, 20_000))
def test_the_sum_is_never_less_and_a_higher_amount_never_brings_less(
    members: list[MemberFacts], name: str, more: int
) -> None:
    facts = family(*members, covered=sum(each.covered is True for each in members))
    found = [of(book_of(rule)).entitlement(facts) for rule in ("highest", "sum")]
    raised = [
        of(book_of(rule, **{name: AMOUNTS[name] + more})).entitlement(facts) for rule in ("highest", "sum")
    ]
    amounts = [each.after_fen for each in (*found, *raised) if isinstance(each, Entitlement)]
    assert amounts[0] <= amounts[1]
    assert amounts[0] <= amounts[2]
    assert amounts[1] <= amounts[3]


# Whether it is given at all.


def test_a_county_without_the_extra_computes_nothing_and_has_nothing_to_state() -> None:
    for book in (subsidy_book(), book_of("none"), without(book_of("none"), "supplement.severe")):
        assessment = of(book)
        assert not assessment.applies
        assert not assessment.given
        assert assessment.unstated == ()
        assert assessment.reads == frozenset()


def test_a_county_with_the_extra_reads_the_members() -> None:
    assessment = of(book_of("sum"))
    assert assessment.given
    assert assessment.reads == {Reads.MEMBERS}


def test_what_the_raise_brings_was_nothing_before() -> None:
    rule = parameter(
        "supplement.rule",
        dated("none"),
        dated("sum", APRIL, basis=Basis.RAISE),
        unit=Unit.SETTING,
        choices=ALL_RULES,
    )
    facts = family(member(disability_grade=1))
    assert not of(book_of(rule), Month(2014, 3)).given
    assert of(book_of(rule)).entitlement(facts) == Entitlement(0, 10000)
    before, _ = of(book_of(rule)).workings(facts)
    assert [(line.label, line.arithmetic) for line in before.lines] == [("每月分类施保", "不另发，0元")]


@pytest.mark.parametrize("key", [*PARAMETERS.values(), "supplement.elder_age", "supplement.minor_age"])
def test_an_amount_or_age_the_policy_lacks_is_an_error_that_names_it(key: str) -> None:
    with pytest.raises(NoValueError, match=f"计算农村低保的分类施保要用“{key}”"):
        of(without(book_of(), key)).entitlement(family(member()))


def test_a_rule_stated_for_other_days_only_is_an_error() -> None:
    rule = parameter("supplement.rule", dated("sum", APRIL), unit=Unit.SETTING, choices=ALL_RULES)
    assessment = of(book_of(rule), Month(2014, 3))
    assert assessment.given
    with pytest.raises(NoValueError, match="2014-03-31当天的数值"):
        assessment.entitlement(family(member()))


# What is missing.


@pytest.mark.parametrize(
    ("facts", "names"),
    [
        (family(covered=2), ("家庭成员",)),
        (family(member(birth=None)), ("蒋1的出生日期",)),
        (family(member(health=Health.DISABLED)), ("蒋1的残疾等级",)),
        (family(member(birth=None, health=Health.DISABLED)), ("蒋1的残疾等级", "蒋1的出生日期")),
        (
            family(*(member(each, covered=None, disability_grade=1) for each in (1, 2, 3)), covered=2),
            ("哪些成员是保障人口",),
        ),
        (family(member(), member(2, covered=False), covered=2), ("家庭成员",)),
        (
            family(member(covered=None, birth=None), member(2, covered=None), covered=1),
            ("蒋1的出生日期", "哪些成员是保障人口"),
        ),
    ],
)
def test_what_an_amount_depends_on_is_asked_for(facts: FamilyFacts, names: tuple[str, ...]) -> None:
    assert of(book_of()).entitlement(facts) == MissingFact(names)


@pytest.mark.parametrize(
    ("facts", "amount"),
    [
        (family(covered=0), 0),
        (family(), 0),
        (family(member(covered=False, birth=None, health=Health.DISABLED), covered=0), 0),
        (family(member(covered=None), covered=None), 0),
        (family(member(birth=None, health=Health.UREMIA)), 8000),
    ],
)
def test_what_makes_no_difference_is_not_asked_for(facts: FamilyFacts, amount: int) -> None:
    assert of(book_of()).entitlement(facts) == Entitlement(amount, amount)


def test_a_grade_is_not_asked_for_where_disability_brings_nothing() -> None:
    book = book_of(severe=0, disabled=0)
    assert of(book).entitlement(family(member(health=Health.DISABLED))) == Entitlement(0, 0)


# The working.


def test_the_working_names_members_categories_and_the_rule() -> None:
    facts = family(
        member(1, disability_grade=2, health=Health.SERIOUS),
        member(2, birth=date(1940, 1, 1)),
        member(3),
    )
    _, after = of(book_of()).workings(facts)
    assert [(line.label, line.arithmetic, line.subtotal_fen) for line in after.lines] == [
        ("蒋1（重度残疾人）", "重度残疾人每人每月100元、重病患者每人每月80元，取最高的一类＝100元", 10000),
        ("蒋2（老年人，74周岁）", "每人每月60元", 6000),
        ("每月分类施保", "100元＋60元＝160元", 16000),
    ]
    known = [line.known.parameter.key for line in after.lines if line.known]
    assert known == ["supplement.severe", "supplement.elder", "supplement.rule"]


def test_an_amount_made_by_a_floor_tells_it_once() -> None:
    floor = Floor(250, "dibao.urban.standard")
    severe = parameter("supplement.severe", dated(10000, at_least=floor))
    book = Book.of([*without(book_of(), severe.key).parameters.values(), severe])
    _, after = of(book).workings(family(*(member(each, disability_grade=1) for each in (1, 2))))
    assert [line.arithmetic for line in after.lines] == [
        "每人每月520元×25%＝130元",
        "每人每月130元",
        "每人每月130元",
        "130元＋130元＝260元",
    ]


def test_every_category_has_its_parameter() -> None:
    assert list(PARAMETERS) == list(Category)
