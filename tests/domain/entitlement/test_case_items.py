"""Medical aid, housing grants and relief against an oracle of fractions, and what must always hold."""

from collections import defaultdict
from datetime import date
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.policies import APRIL, dated, parameter, setting

from jiemin.domain.codes import HouseholdClass
from jiemin.domain.entitlement import Assessment, CaseFacts, Entitlement, FamilyFacts, Item, MissingFact
from jiemin.domain.entitlement.medical_aid import percent
from jiemin.domain.entitlement.rules import HELPED, rule_for
from jiemin.domain.periods import Month
from jiemin.domain.policy import Basis, Book, Floor, NoValueError, Unit

RURAL, JUNE = HouseholdClass.RURAL_DIBAO, Month(2014, 6)


def book(rate: int, more: int, method: str, cap: int) -> Book:
    """Rate, raise and cap of medical aid, and the grants of both grades; the raises begin in April."""
    lift = {"basis": Basis.RAISE}
    grant = {"unit": Unit.HOUSEHOLD_ONCE}
    return Book.of(
        [
            parameter("medical_aid.rate", dated(rate), unit=Unit.PERCENT),
            parameter("medical_aid.raise", dated(0), dated(more, APRIL, **lift), unit=Unit.PERCENT),
            setting("medical_aid.method", method, "times", "points"),
            parameter("medical_aid.cap", dated(cap), unit=Unit.PERSON_YEAR),
            parameter("housing.grant.c", dated(300000), **grant),
            parameter("housing.grant.d", dated(0, at_least=Floor(2000, "housing.grant.c")), **grant),
            parameter("housing.raise", dated(0), dated(1000, APRIL, **lift), unit=Unit.PERCENT),
        ]
    )


BILLS = st.lists(
    st.builds(
        CaseFacts,
        case_no=st.uuids().map(str),
        day=st.dates(date(2014, 1, 1), date(2014, 12, 31)),
        person_id=st.integers(1, 3),
        name=st.just("沈月桂"),
        base_fen=st.integers(1, 3_000_000),
    ),
    max_size=6,
)


def family(bills: list[CaseFacts], month: Month) -> FamilyFacts:
    known = tuple(bill for bill in bills if bill.day <= month.last)
    return FamilyFacts(RURAL, month.last, cases=known)


def due(item: Item, facts: FamilyFacts, policy: Book) -> Entitlement:
    assessment = Assessment(item, Month.of(facts.day), policy)
    found = assessment.entitlement(facts)
    assert isinstance(found, Entitlement)
    before, after = assessment.workings(facts)
    assert (before.amount_fen, after.amount_fen) == (found.before_fen, found.after_fen)
    return found


def by_fractions(bills: list[CaseFacts], share: dict[bool, Fraction], cap: int) -> dict[int, int]:
    """Month → fen; `share` tells the share before and from April."""
    left, given_out = defaultdict[int | None, int](lambda: cap), defaultdict[int, int](int)
    for bill in sorted(bills, key=lambda each: (each.day, each.case_no)):
        exact = min(share[bill.day >= APRIL], Fraction(1)) * (bill.base_fen or 0)
        amount = min(floor(exact + Fraction(1, 2)), left[bill.person_id])
        left[bill.person_id] -= amount
        given_out[bill.day.month] += amount
    return given_out


@given(
    bills=BILLS,
    rate=st.integers(0, 1000),
    more=st.integers(0, 600),
    method=st.sampled_from(["times", "points"]),
    cap=st.integers(0, 5_000_000),
)
def test_medical_aid_is_what_fractions_say_month_by_month(
    bills: list[CaseFacts], rate: int, more: int, method: str, cap: int
) -> None:
    policy, plain = book(rate, more, method, cap), Fraction(rate, 1000)
    raised = plain * (1 + Fraction(more, 1000)) if method == "times" else plain + Fraction(more, 1000)
    before = by_fractions(bills, {False: plain, True: plain}, cap)
    after = by_fractions(bills, {False: plain, True: raised}, cap)
    year = [due(Item.MEDICAL_AID, family(bills, Month(2014, number)), policy) for number in range(1, 13)]
    for number, found in enumerate(year, 1):
        assert (found.before_fen, found.after_fen) == (before[number], after[number])
    assert sum(each.uplift_fen for each in year) >= 0
    assert sum(each.after_fen for each in year) <= sum(bill.base_fen or 0 for bill in bills)


@given(BILLS)
def test_a_later_bill_changes_no_month_before_it(bills: list[CaseFacts]) -> None:
    policy = book(700, 300, "times", 1_000_000)
    known = [bill for bill in bills if bill.day <= JUNE.last]
    assert due(Item.MEDICAL_AID, family(bills, JUNE), policy) == due(
        Item.MEDICAL_AID, family(known, JUNE), policy
    )


def test_a_month_of_its_own_without_terms_is_an_error() -> None:
    with pytest.raises(NoValueError) as raised:
        Assessment(Item.MEDICAL_AID, Month(2013, 12), book(700, 300, "times", 1)).entitlement(
            FamilyFacts(RURAL, date(2013, 12, 31))
        )
    assert "农村低保家庭的医疗救助" in raised.value.message


def test_bills_of_other_years_do_not_count() -> None:
    old = CaseFacts("A1", date(2013, 6, 1), person_id=1, base_fen=1_000_000)
    new = CaseFacts("A2", date(2014, 6, 1), person_id=1, base_fen=1_000)
    facts = FamilyFacts(RURAL, JUNE.last, cases=(old, new))
    assert due(Item.MEDICAL_AID, facts, book(500, 300, "times", 1000)) == Entitlement(500, 650)


@pytest.mark.parametrize(
    ("millionths", "shown"),
    [(910_000, "91%"), (812_500, "81.25%"), (0, "0%"), (1_000_000, "100%"), (1, "0.0001%")],
)
def test_a_share_is_shown_exactly(millionths: int, shown: str) -> None:
    assert percent(millionths) == shown


def test_a_floor_under_a_grant_is_part_of_the_working() -> None:
    case = CaseFacts("A1", date(2014, 6, 1), grade="D级")
    facts = FamilyFacts(RURAL, JUNE.last, cases=(case,))
    policy = book(0, 0, "times", 0)
    assert due(Item.HOUSING, facts, policy) == Entitlement(600000, 1200000)
    _, after = Assessment(Item.HOUSING, JUNE, policy).workings(facts)
    assert [line.label for line in after.lines] == [
        "标准housing.grant.d的最低线",
        "A1 2014-06-01的D级危房",
        "提高后",
        "当月危房改造补助",
    ]


def test_the_items_by_case_are_for_the_families_the_notice_helps() -> None:
    classes = {item: rule_for(item, JUNE).classes for item in (Item.MEDICAL_AID, Item.HOUSING, Item.RELIEF)}
    assert classes == {Item.MEDICAL_AID: HELPED, Item.HOUSING: HELPED, Item.RELIEF: set(HouseholdClass)}
    assert HouseholdClass.OTHER not in HELPED
    assert all(rule_for(item, JUNE).by_case for item in classes)


def test_a_county_without_any_grant_or_rate_gives_none_but_relief_always() -> None:
    nothing = Book.of([parameter("housing.grant.c", unit=Unit.HOUSEHOLD_ONCE)])
    unstated = {item: Assessment(item, JUNE, nothing).unstated for item in (Item.HOUSING, Item.MEDICAL_AID)}
    assert unstated == {
        Item.HOUSING: ("housing.grant.c", "housing.grant.d"),
        Item.MEDICAL_AID: ("medical_aid.rate", "medical_aid.cap"),
    }
    assert Assessment(Item.RELIEF, JUNE, nothing).unstated == ()


@pytest.mark.parametrize(
    ("item", "case", "names"),
    [
        (Item.HOUSING, CaseFacts("A1", JUNE.last), ("A1的危房等级",)),
        (Item.HOUSING, CaseFacts("A1", JUNE.last, grade="D级"), ("D级的补助标准（县里没有写）",)),
        (Item.MEDICAL_AID, CaseFacts("A1", JUNE.last), ("A1是谁的医药费", "A1的个人自付金额")),
        (Item.RELIEF, CaseFacts("A1", JUNE.last), ("A1的救助金额",)),
    ],
)
def test_a_case_that_does_not_tell_enough_is_never_paid(
    item: Item, case: CaseFacts, names: tuple[str, ...]
) -> None:
    grant_c_alone = [
        each for each in book(700, 300, "times", 1).parameters.values() if each.key != "housing.grant.d"
    ]
    facts = FamilyFacts(RURAL, JUNE.last, cases=(case,))
    assert Assessment(item, JUNE, Book.of(grant_c_alone)).entitlement(facts) == MissingFact(names)


def test_relief_is_what_was_decided_for_the_month() -> None:
    told = [
        CaseFacts("A1", date(2014, 5, 31), name="沈月桂", base_fen=90_000),
        CaseFacts("A2", date(2014, 6, 1), name="沈月桂", base_fen=80_000),
        CaseFacts("A3", date(2014, 6, 30), base_fen=1),
    ]
    facts, nothing = family(told, JUNE), Book.of([])
    assert due(Item.RELIEF, facts, nothing) == Entitlement(80_001, 80_001)
    _, after = Assessment(Item.RELIEF, JUNE, nothing).workings(facts)
    assert [(line.label, line.subtotal_fen) for line in after.lines] == [
        ("A2 沈月桂2014-06-01的临时救助", 80_000),
        ("A3 2014-06-30的临时救助", 1),
        ("当月临时救助", 80_001),
    ]


def test_a_bill_in_another_household_uses_the_cap_up_and_is_paid_there() -> None:
    there = CaseFacts("A1", date(2014, 6, 2), person_id=1, name="沈月桂", base_fen=900, elsewhere="H9")
    here = CaseFacts("A2", date(2014, 6, 3), person_id=1, name="沈月桂", base_fen=900)
    facts, policy = family([there, here], JUNE), book(1000, 0, "times", 1000)
    assert due(Item.MEDICAL_AID, facts, policy) == Entitlement(100, 100)
    _, after = Assessment(Item.MEDICAL_AID, JUNE, policy).workings(facts)
    assert [line.label for line in after.lines] == [
        "A1 沈月桂2014-06-02的医药费（在H9）",
        "A2 沈月桂2014-06-03的医药费",
        "年度封顶",
        "当月医疗救助",
    ]
    assert FamilyFacts.from_record(facts.record()) == facts
