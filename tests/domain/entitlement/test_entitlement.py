"""Amounts by the formulas, against an oracle of fractions, and what is asked for when it is missing."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.policies import subsidy_book

from jiemin.domain.codes import Health, HouseholdClass, Keeping
from jiemin.domain.entitlement import (
    Assessment,
    CaseFacts,
    Entitlement,
    FamilyFacts,
    IncomePeriod,
    Item,
    Line,
    MemberFacts,
    MissingFact,
    Period,
    Rule,
    items_of,
    read_period,
    rule_for,
)
from jiemin.domain.entitlement.rules import RULES
from jiemin.domain.indicators import MissingAward
from jiemin.domain.periods import Month, PeriodError, Year
from jiemin.domain.policy import Book, NoValueError

URBAN, RURAL, LOW = HouseholdClass.URBAN_DIBAO, HouseholdClass.RURAL_DIBAO, HouseholdClass.LOW_INCOME
JUNE, DAY = Month(2014, 6), date(2014, 6, 30)
BOOK = subsidy_book()


def family(household_class: HouseholdClass = RURAL, **other: Any) -> FamilyFacts:
    told: dict[str, Any] = {"size": 4, "covered": 3, "income_fen": 30000, "income_period": IncomePeriod.MONTH}
    return FamilyFacts(household_class, DAY, **(told | other))


def due(facts: FamilyFacts, book: Book = BOOK, item: Item = Item.DIBAO, period: Period = JUNE) -> Entitlement:
    found = Assessment(item, period, book).entitlement(facts)
    assert isinstance(found, Entitlement)
    return found


# The oracle: fractions of yuan by the book, rounded once at the very end.


def half_up(amount: Fraction, decimals: int) -> Fraction:
    scale = 10**decimals
    return Fraction(floor(amount * scale + Fraction(1, 2)), scale)


def fen_by_fractions(standard: Fraction, facts: FamilyFacts, decimals: int) -> int:
    assert facts.income_fen is not None
    assert facts.covered is not None
    income = Fraction(facts.income_fen, 100)
    if facts.income_period is IncomePeriod.YEAR:
        income /= 12
    gap = standard * facts.covered - income
    return int(half_up(max(gap, Fraction(0)), decimals) * 100)


FAMILIES = st.builds(
    FamilyFacts,
    household_class=st.sampled_from([URBAN, RURAL]),
    day=st.just(DAY),
    covered=st.integers(0, 12),
    income_fen=st.integers(0, 700_000) | st.integers(0, 10**9),
    income_period=st.sampled_from(IncomePeriod),
)


@given(
    facts=FAMILIES,
    urban=st.integers(0, 100_000),
    rural=st.integers(0, 100_000),
    percent=st.integers(0, 120),
    formula=st.sampled_from(["monthly", "yearly"]),
    rounding=st.sampled_from(["fen", "yuan"]),
)
def test_dibao_is_what_fractions_say(
    facts: FamilyFacts, urban: int, rural: int, percent: int, formula: str, rounding: str
) -> None:
    book = subsidy_book(urban=urban, rural=rural, percent=percent, formula=formula, rounding=rounding)
    decimals = {"fen": 2, "yuan": 0}[rounding]
    before = Fraction(urban if facts.household_class is URBAN else rural, 100)
    after = before
    if facts.household_class is RURAL:
        lowest = Fraction(urban, 100) * Fraction(percent, 100)
        after = max(before, Fraction(-floor(-lowest * 100), 100))
    found = due(facts, book)
    assert found.before_fen == fen_by_fractions(before, facts, decimals)
    assert found.after_fen == fen_by_fractions(after, facts, decimals)
    assert found.uplift_fen == found.after_fen - found.before_fen


@given(FAMILIES)
def test_by_the_month_or_by_the_year_comes_to_the_same(facts: FamilyFacts) -> None:
    assert due(facts, subsidy_book(formula="yearly")) == due(facts, subsidy_book(formula="monthly"))


@given(FAMILIES, st.sampled_from(["monthly", "yearly"]), st.sampled_from(["fen", "yuan"]))
def test_more_income_never_brings_more_and_the_floor_never_brings_less(
    facts: FamilyFacts, formula: str, rounding: str
) -> None:
    book = subsidy_book(formula=formula, rounding=rounding)
    assert facts.income_fen is not None
    richer = due(replace(facts, income_fen=facts.income_fen + 1), book)
    assert richer.after_fen <= due(facts, book).after_fen
    assert due(facts, book).uplift_fen >= 0


@given(size=st.integers(1, 50), household=st.integers(0, 10**7), person=st.integers(0, 10**7))
def test_low_income_aid_is_an_amount_a_household_and_an_amount_a_person(
    size: int, household: int, person: int
) -> None:
    book = subsidy_book(household=household, person=person)
    found = due(family(LOW, size=size), book, Item.LOW_INCOME, Year(2014))
    assert found == Entitlement(household, household + sum([person] * size))


# The working says the same as the amount.


def lines_of(book: Book, facts: FamilyFacts, item: Item, period: Period) -> tuple[tuple[Line, ...], ...]:
    before, after = Assessment(item, period, book).workings(facts)
    return before.lines, after.lines


@given(
    FAMILIES, st.sampled_from(["monthly", "yearly"]), st.sampled_from(["fen", "yuan"]), st.integers(1, 60_000)
)
def test_the_working_of_dibao_ends_at_the_amount(
    facts: FamilyFacts, formula: str, rounding: str, urban: int
) -> None:
    book = subsidy_book(urban=urban, formula=formula, rounding=rounding)
    before, after = Assessment(Item.DIBAO, JUNE, book).workings(facts)
    assert Entitlement(before.amount_fen, after.amount_fen) == due(facts, book)


def test_the_working_names_each_parameter_document_and_step() -> None:
    _, after = lines_of(BOOK, family(), Item.DIBAO, JUNE)
    assert [(line.label, line.arithmetic, line.subtotal_fen) for line in after] == [
        ("标准dibao.rural.standard的最低线", "每人每月520元×80%＝416元", 41600),
        ("保障金额", "每人每月416元×3人＝1,248元", 124800),
        ("补差", "1,248元－家庭月收入300元＝948元", 94800),
        ("每月低保金", "948元，选fen＝948元", 94800),
    ]
    known = [line.known.parameter.key for line in after if line.known]
    assert known == ["dibao.urban.standard", "dibao.rural.standard", "dibao.formula", "dibao.rounding"]
    assert after[1].sentence == (
        "保障金额：每人每月416元×3人＝1,248元。标准dibao.rural.standard每人每月416元，出自市发1号 一。"
    )


def test_income_by_the_year_is_reckoned_for_the_year_and_divided_last() -> None:
    facts = family(income_fen=1_000_000, income_period=IncomePeriod.YEAR)
    before, _ = lines_of(BOOK, facts, Item.DIBAO, JUNE)
    assert [(line.label, line.arithmetic) for line in before] == [
        ("全年保障金额", "每人每月400元×3人×12个月＝14,400元"),
        ("全年补差", "14,400元－家庭年收入10,000元＝4,400元"),
        ("每月低保金", "4,400元÷12个月，选fen＝366.67元"),
    ]


def test_the_yearly_formula_takes_a_monthly_income_twelve_times() -> None:
    before, _ = lines_of(subsidy_book(formula="yearly", rounding="yuan"), family(), Item.DIBAO, JUNE)
    assert [line.arithmetic for line in before[1:]] == [
        "14,400元－家庭月收入300元×12个月＝10,800元",
        "10,800元÷12个月，选yuan＝900元",
    ]


def test_an_income_above_the_standard_is_said_to_leave_nothing() -> None:
    before, _ = lines_of(BOOK, family(income_fen=120001), Item.DIBAO, JUNE)
    assert before[1].arithmetic == "1,200元－家庭月收入1,200.01元，不足0元，按0元计"
    assert before[1].subtotal_fen == before[-1].subtotal_fen == 0


def test_a_floor_of_a_broken_fen_says_so() -> None:
    _, after = lines_of(subsidy_book(urban=52001), family(), Item.DIBAO, JUNE)
    assert after[0].arithmetic == "每人每月520.01元×80%＝416.01元（不足1分的按1分计）"


def test_a_floor_that_did_not_decide_is_no_step() -> None:
    _, after = lines_of(subsidy_book(rural=45000), family(), Item.DIBAO, JUNE)
    assert [line.label for line in after] == ["保障金额", "补差", "每月低保金"]


def test_the_working_of_the_low_income_aid() -> None:
    before, after = lines_of(BOOK, family(LOW, size=3), Item.LOW_INCOME, Year(2014))
    assert [(line.label, line.arithmetic, line.subtotal_fen) for line in after] == [
        ("按户", "每户每年500元", 50000),
        ("按人", "每人每年200元×3人＝600元", 60000),
        ("全年救助金", "500元＋600元＝1,100元", 110000),
    ]
    assert before[-1].arithmetic == "500元＋0元＝500元"
    assert after[-1].sentence == "全年救助金：500元＋600元＝1,100元。"


# What is missing is asked for; it never counts as zero.


@pytest.mark.parametrize(
    ("lacking", "names"),
    [
        ({"covered": None}, ("保障人口",)),
        ({"income_fen": None, "income_period": None}, ("家庭收入",)),
        ({"covered": None, "income_fen": None, "income_period": None}, ("保障人口", "家庭收入")),
        ({"income_fen": -1}, ("家庭收入（登记的是负数）",)),
    ],
)
def test_dibao_asks_for_the_facts_it_lacks(lacking: dict[str, Any], names: tuple[str, ...]) -> None:
    found = Assessment(Item.DIBAO, JUNE, BOOK).entitlement(family(**lacking))
    assert found == MissingFact(names)


def test_the_low_income_aid_asks_for_the_persons_and_for_nothing_else() -> None:
    year = Assessment(Item.LOW_INCOME, Year(2014), BOOK)
    assert year.entitlement(family(LOW, size=None)) == MissingFact(("家庭人口",))
    lacking = family(LOW, size=1, covered=None, income_fen=None, income_period=None)
    assert year.entitlement(lacking) == Entitlement(50000, 70000)


@pytest.mark.parametrize(
    ("facts", "item", "period", "asker"),
    [
        (family(URBAN), Item.DIBAO, Month(2013, 12), "城镇低保的低保金要用“标准dibao.urban.standard”"),
        (family(RURAL), Item.DIBAO, Month(2013, 12), "农村低保的低保金要用“标准dibao.rural.standard”"),
        (
            family(LOW),
            Item.LOW_INCOME,
            Year(2013),
            "低收入(低保边缘)家庭的救助要用“标准low_income.household”",
        ),
    ],
)
def test_a_value_the_policy_lacks_is_an_error_that_names_it(
    facts: FamilyFacts, item: Item, period: Period, asker: str
) -> None:
    with pytest.raises(NoValueError) as raised:
        Assessment(item, period, BOOK).entitlement(facts)
    assert asker in raised.value.message


# Dated values and dated rules.


def test_the_last_day_of_the_period_decides_which_values_hold() -> None:
    assert due(family(), period=Month(2014, 3)) == Entitlement(90000, 90000)
    assert due(family(), period=Month(2014, 4)) == Entitlement(90000, 94800)
    assert due(family(LOW), item=Item.LOW_INCOME, period=Year(2014)).uplift_fen == 80000


def test_a_new_shape_of_a_rule_leaves_earlier_periods_to_the_old_one() -> None:
    fixed = rule_for(Item.LOW_INCOME, JUNE)
    later = Rule(Item.DIBAO, date(2014, 7, 31), fixed.classes, fixed.terms)
    rules = (later, *RULES)
    assert rule_for(Item.DIBAO, JUNE, rules) is RULES[0]
    assert rule_for(Item.DIBAO, Month(2014, 7), rules) is later
    assert rule_for(Item.LOW_INCOME, Year(2015), rules) is fixed


def test_one_assessment_serves_many_households() -> None:
    month = Assessment(Item.DIBAO, JUNE, BOOK)
    amounts = [month.entitlement(each) for each in (family(), family(URBAN), family(covered=1), family())]
    assert amounts == [
        Entitlement(90000, 94800),
        Entitlement(126000, 126000),
        Entitlement(10000, 11600),
        Entitlement(90000, 94800),
    ]


def test_each_item_is_for_its_own_classes() -> None:
    classes = {item: rule_for(item, JUNE).classes for item in (Item.DIBAO, Item.LOW_INCOME)}
    assert classes == {Item.DIBAO: {URBAN, RURAL}, Item.LOW_INCOME: {LOW}}


def test_items_are_paid_by_the_month_or_by_the_year() -> None:
    monthly, yearly = items_of(JUNE), items_of(Year(2014))
    assert monthly[:2] == (Item.DIBAO, Item.SUPPLEMENT)
    assert Item.LOW_INCOME in yearly
    assert not any(item.yearly for item in monthly)
    assert all(item.yearly for item in yearly)


# Facts and periods as they are kept.

COUNTS = st.none() | st.integers()
MEMBERS = st.builds(
    MemberFacts,
    st.integers(),
    st.text(),
    st.none() | st.dates(),
    st.none() | st.booleans(),
    st.none() | st.integers(1, 4),
    st.none() | st.sampled_from(Health),
)
CASES = st.builds(
    CaseFacts, st.text(), st.dates(), st.none() | st.dates(), COUNTS, st.text(), COUNTS, st.text()
)


@given(
    st.builds(
        FamilyFacts,
        st.sampled_from(HouseholdClass),
        st.dates(),
        COUNTS,
        COUNTS,
        COUNTS,
        st.none() | st.sampled_from(IncomePeriod),
        st.none() | st.sampled_from(Keeping),
        st.lists(MEMBERS, max_size=2).map(tuple),
        st.lists(CASES, max_size=2).map(tuple),
        COUNTS,
    )
)
def test_facts_come_back_from_their_record(facts: FamilyFacts) -> None:
    assert FamilyFacts.from_record(facts.record()) == facts


def test_facts_are_the_same_family_whatever_the_day() -> None:
    assert family().same_family(replace(family(), day=date(2014, 6, 1)))
    assert not family().same_family(family(covered=2))


def test_facts_are_told_as_far_as_they_are_known() -> None:
    assert (
        family().sentence == "2014-06-30的家庭情况：农村低保家庭，家庭人口4人，保障人口3人，家庭月收入300元"
    )
    kept = FamilyFacts(HouseholdClass.WUBAO, DAY, keeping=Keeping.DISPERSED, pension_insured=1)
    assert kept.sentence == f"2014-06-30的家庭情况：{HouseholdClass.WUBAO}家庭，分散供养，参加养老保险1人"
    bare = FamilyFacts(LOW, DAY)
    assert bare.sentence == "2014-06-30的家庭情况：低收入(低保边缘)家庭"


def test_a_stored_period_is_read_back() -> None:
    assert [read_period(str(each)) for each in (JUNE, Year(2014))] == [JUNE, Year(2014)]
    with pytest.raises(PeriodError):
        read_period("2014Q2")


def test_a_member_paid_for_elsewhere_is_told_before_anything_else_and_kept_with_the_facts() -> None:
    facts = family(paid_elsewhere=(("沈小妹", "A001"),), income_fen=None, income_period=None)
    assert FamilyFacts.from_record(facts.record()) == facts
    lacking = MissingFact(("沈小妹（2014年6月已在A001发过）", "家庭收入"))
    assert Assessment(Item.DIBAO, JUNE, BOOK).entitlement(facts) == lacking


def test_a_missing_amount_is_told_in_a_sentence() -> None:
    lacking = MissingAward("H001", Item.LOW_INCOME, "2014", ("家庭人口",))
    assert lacking.sentence == "H001的2014年低收入家庭救助算不出来，缺少家庭人口"
