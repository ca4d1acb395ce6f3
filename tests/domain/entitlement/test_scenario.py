"""What other values would change: counted, added up and told."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.policies import APRIL, dated, parameter, setting, subsidy_book

from jiemin.domain.codes import DIBAO, HouseholdClass
from jiemin.domain.entitlement import FamilyFacts, IncomePeriod, Item
from jiemin.domain.entitlement.scenario import (
    Cost,
    Effect,
    EffectLine,
    Ledger,
    Scenario,
    effect_of,
    effect_sentence,
    followers,
    newly_below,
    stretches,
)
from jiemin.domain.entitlement.uses import takers
from jiemin.domain.periods import Month
from jiemin.domain.policy import Book, Floor, Unit
from jiemin.policy.book_file import load_book

URBAN, RURAL = "dibao.urban.standard", "dibao.rural.standard"
JULY = Month(2014, 7)
RURAL_DIBAO, LOW = HouseholdClass.RURAL_DIBAO, HouseholdClass.LOW_INCOME
DAY = date(2014, 6, 30)


def described(book: Book, **values: int | str) -> str:
    told = {key.replace("__", "."): value for key, value in values.items()}
    return Scenario("", told).described(book.over(JULY), book.with_values(told, JULY.first).over(JULY))


def line(number: str, now: int, then: int, item: Item = Item.DIBAO) -> EffectLine:
    return EffectLine(number, RURAL_DIBAO, item, Cost(1, 2, now), Cost(1, 2, then))


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"dibao__rural__standard": 45000}, "标准dibao.rural.standard提到450元"),
        ({"dibao__rural__standard": 40000}, "标准dibao.rural.standard降到400元"),
        ({"dibao__rural__standard": 41600}, "标准dibao.rural.standard仍为416元"),
        ({"dibao__rounding": "yuan"}, "标准dibao.rounding改为“选yuan”"),
        ({"dibao__rounding": "fen"}, "标准dibao.rounding仍为“选fen”"),
        ({"new": 800}, "标准new定为80%"),
        ({"how": "much"}, "标准how改为“选much”"),
        (
            {"dibao__urban__standard": 60000, "new": 5},
            "标准dibao.urban.standard提到600元、标准new定为0.5%（标准dibao.rural.standard跟着到480元）",
        ),
        ({"dibao__urban__standard": 60000, RURAL.replace(".", "__"): 50000}, None),
    ],
)
def test_a_scenario_is_told_by_what_it_changes(values: dict[str, int | str], told: str | None) -> None:
    how = parameter("how", unit=Unit.SETTING, choices={"much": "选much"})
    base = [*subsidy_book().parameters.values(), parameter("new", unit=Unit.PERCENT), how]
    assert described(Book.of(base), **values) == (
        told or "标准dibao.urban.standard提到600元、标准dibao.rural.standard提到500元"
    )


def test_what_has_no_value_on_the_day_is_not_told() -> None:
    book = Book.of([parameter("a", dated(100), dated(200, APRIL)), parameter("b")])
    assert Scenario("", {"a": 1, "b": 1}).described(book.over(JULY), book.over(JULY)) == "标准a仍为2元"


def test_followers_are_found_through_others_once() -> None:
    floor = [Floor(800, key) for key in "ab"]
    book = Book.of(
        [
            parameter("a", dated(1)),
            parameter("b", dated(1, at_least=floor[0])),
            parameter("c", dated(1, at_least=floor[1]), dated(2, APRIL, at_least=floor[0])),
        ]
    )
    assert followers(book, ["a"]) == ["b", "c"]
    assert followers(book, ["a", "b"]) == ["c"]
    assert followers(book, ["c"]) == []


def test_takers_are_the_items_and_classes_whose_terms_ask_for_it() -> None:
    book, rural = subsidy_book(), (Item.DIBAO, RURAL_DIBAO)
    assert {each for each in takers([book], [RURAL], DAY) if each[0] is not Item.CHILD} == {rural}
    every_month = {(Item.DIBAO, each) for each in DIBAO}
    assert {each for each in takers([book], ["dibao.rounding"], DAY) if each[0] is Item.DIBAO} == every_month
    assert takers([book], ["low_income.person"], DAY) == {(Item.LOW_INCOME, LOW)}
    assert takers([book], ["medical_aid.cap"], DAY) == {
        (Item.MEDICAL_AID, each) for each in HouseholdClass if each is not HouseholdClass.OTHER
    }
    netted, plain = load_book(), load_book().with_values({"child.netting": "none"}, DAY)
    assert (Item.CHILD, RURAL_DIBAO) in takers([netted, plain], [RURAL], DAY)
    assert takers([plain], [RURAL], DAY) == {rural}


def test_a_ledger_adds_up_by_household_and_item() -> None:
    ledger = Ledger()
    ledger.add(("H2", Item.DIBAO), RURAL_DIBAO, (10, 30), Cost(rest=2))
    ledger.add(("H2", Item.DIBAO), LOW, (10, 40), Cost(month=1, year=12))
    ledger.add(("H1", Item.LOW_INCOME), LOW, (5, 5), Cost(year=1))
    assert ledger.lines() == [
        EffectLine("H1", LOW, Item.LOW_INCOME, Cost(year=5), Cost(year=5)),
        EffectLine("H2", LOW, Item.DIBAO, Cost(10, 20, 120), Cost(40, 60, 480)),
    ]


def test_households_count_by_what_they_get_in_a_year_for_all_items() -> None:
    lines = [
        line("H1", 0, 5),
        line("H2", 5, 0),
        line("H3", 5, 9),
        line("H3", 5, 1, Item.CHILD),
        line("H4", 4, 9),
        line("H5", 0, 0),
    ]
    found = effect_of(lines)
    assert found == Effect(3, 3, 1, 2, 1, Cost(6, 12, 19), Cost(6, 12, 24))
    assert found.difference == Cost(0, 0, 5)
    assert effect_of([]) == Effect(0, 0, 0, 0, 0, Cost(), Cost())


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 3), st.integers(0, 3)), max_size=12))
def test_counts_of_households_fit_together(told: list[tuple[str, int, int]]) -> None:
    found = effect_of([line(*each) for each in told])
    assert found.more + found.fewer <= len({number for number, _, _ in told})
    assert found.gained <= min(found.more, found.then_receiving)
    assert found.then_receiving - found.receiving <= found.gained
    assert found.difference.year == sum(then - now for _, now, then in told)


@pytest.mark.parametrize(
    ("counts", "then", "monthly", "told"),
    [
        ((1203, 1203, 0, 1203, 0), Cost(3, 18, 36), True, "1,203户，每月多3元，全年（12个月）多36元；"),
        ((1, 4, 3, 4, 0), Cost(3, 18, 36), True, "4户（其中3户现在没有），每月多3元，全年（12个月）多36元；"),
        ((9, 9, 0, 0, 9), Cost(-3, -18, -36), True, "9户少领，每月少3元，全年（12个月）少36元；"),
        (
            (9, 9, 1, 4, 5),
            Cost(0, 0, 18),
            True,
            "4户多领（其中1户现在没有）、5户少领，每月不变，全年（12个月）多18元；",
        ),
        ((9, 9, 0, 9, 0), Cost(0, 18, 18), False, "9户，全年多18元；"),
    ],
)
def test_the_sentence_can_be_read_out(
    counts: tuple[int, int, int, int, int], then: Cost, monthly: bool, told: str
) -> None:
    effect = Effect(*counts, Cost(), then.times(100))
    rest = {18: "多18元", -18: "少18元", 0: "不变"}[then.rest]
    sentence = effect_sentence(effect, "农村低保标准提到450元", JULY, monthly=monthly)
    assert sentence == f"农村低保标准提到450元：{told}从2014年7月起到年底{rest}"


def test_where_nothing_changes_that_is_said() -> None:
    effect = Effect(3, 3, 0, 0, 0, Cost(1, 2, 3), Cost(1, 2, 3))
    assert effect_sentence(effect, "低保金取整改为“元”", JULY, monthly=True) == (
        "低保金取整改为“元”：没有一户的钱有变化"
    )


def test_months_without_a_change_stand_together() -> None:
    book = Book.of([parameter("a", dated(1), dated(2, date(2014, 9, 1)))])
    months = [Month(2014, number) for number in range(7, 13)]
    assert stretches([book], months) == [(months[0], 2), (months[2], 4)]
    assert stretches([book, setting_book()], months) == [(months[0], 2), (months[2], 3), (months[5], 1)]
    assert stretches([], months) == [(months[0], 6)]
    assert stretches([book], []) == []


def setting_book() -> Book:
    held = setting("how", "little", "much")
    return Book.of([held]).with_values({"how": "much"}, date(2014, 12, 1))


@pytest.mark.parametrize(
    ("told", "below"),
    [
        ({"income_fen": 89_999}, True),
        ({"income_fen": 90_000}, False),
        ({"income_fen": 83_200}, True),
        ({"income_fen": 83_199}, False),
        ({"income_fen": 1_079_999, "income_period": IncomePeriod.YEAR}, True),
        ({"income_fen": 1_080_000, "income_period": IncomePeriod.YEAR}, False),
        ({"income_fen": None}, None),
        ({"income_period": None}, None),
        ({"income_fen": -1}, None),
        ({"size": None}, None),
        ({"size": 0}, None),
    ],
)
def test_who_falls_under_a_raised_standard(told: dict[str, Any], below: bool | None) -> None:
    known: dict[str, Any] = {"size": 2, "income_fen": 0, "income_period": IncomePeriod.MONTH}
    assert newly_below(FamilyFacts(LOW, DAY, **(known | told)), 41600, 45000) is below
