"""What is owed and owed back: differences, their sums, and that after them nothing is owed."""

from hypothesis import given
from hypothesis import strategies as st

from jiemin.domain.arrears import (
    ArrearLine,
    ArrearSums,
    ArrearTotals,
    Purpose,
    arrear_groups,
    arrear_lines,
    arrear_totals,
    payments_of,
    recoveries_of,
    told_span,
    totals_by_town,
)

JUNE, JULY, AUGUST = "2014-06", "2014-07", "2014-08"
PURPOSES = st.builds(
    Purpose,
    st.sampled_from(["H1", "H2"]),
    st.sampled_from(["低保金", "供养金"]),
    st.sampled_from([JUNE, JULY]),
)
AMOUNTS = st.dictionaries(PURPOSES, st.integers(0, 3))


def purpose(household: str = "H1", period: str = JUNE, item: str = "低保金") -> Purpose:
    return Purpose(household, item, period)


def line(due: int, paid: int, household: str = "H1", period: str = JUNE, item: str = "低保金") -> ArrearLine:
    return ArrearLine(purpose(household, period, item), due, paid)


def test_a_difference_is_due_less_paid_and_equal_amounts_are_none() -> None:
    paid = {purpose("H2"): 500, purpose(): 900, purpose(period=JULY): 900}
    due = {purpose("H2"): 500, purpose(): 1000, purpose(period=JULY): 850}
    assert arrear_lines(paid, due, ()) == [line(1000, 900), line(850, 900, period=JULY)]


def test_what_is_newly_due_is_paid_and_what_is_due_no_more_comes_back() -> None:
    assert arrear_lines({purpose("H1"): 900}, {purpose("H2"): 300}, ()) == [line(0, 900), line(300, 0, "H2")]


def test_of_what_is_not_known_nothing_is_asked_back() -> None:
    assert arrear_lines({purpose(): 900}, {}, {purpose()}) == []


@given(AMOUNTS, AMOUNTS, st.sets(PURPOSES))
def test_with_the_differences_paid_the_next_look_finds_nothing(
    paid: dict[Purpose, int], due: dict[Purpose, int], unknown: set[Purpose]
) -> None:
    lines = arrear_lines(paid, due, unknown)
    after = paid | {each.purpose: paid.get(each.purpose, 0) + each.difference_fen for each in lines}
    assert arrear_lines(after, due, unknown) == []
    assert all(after.get(each, 0) == due.get(each, 0) for each in {*after, *due} - unknown)
    assert all(after.get(each) == paid.get(each) for each in unknown)
    assert len(payments_of(lines)) + len(recoveries_of(lines)) == len(lines)
    totals = arrear_totals(lines)
    assert totals.payments.fen - totals.recoveries.fen == sum(each.difference_fen for each in lines)


def test_payments_and_recoveries_of_one_household_are_summed_apart() -> None:
    lines = [line(1000, 900), line(500, 900, period=JULY), line(700, 0, "H2")]
    totals = arrear_totals(lines)
    assert totals == ArrearTotals(ArrearSums(2, 2, 800), ArrearSums(1, 1, 400))
    assert totals.sentence == "共补发2户、2笔、8元；应退1户、1笔、4元（另行追回，不从补发中扣）"


def test_the_sentence_says_when_a_side_is_empty() -> None:
    assert arrear_totals([]).sentence == "没有要补发的；没有应退的"
    assert arrear_totals([line(1234, 0)]).sentence == "共补发1户、1笔、12.34元；没有应退的"
    assert arrear_totals([line(0, 1234)]).sentence == (
        "没有要补发的；应退1户、1笔、12.34元（另行追回，不从补发中扣）"
    )


def test_lines_are_gathered_by_household_and_item() -> None:
    lines = [line(1000, 900), line(1000, 850, period=JULY), line(80, 50, item="供养金"), line(60, 0, "H2")]
    groups = arrear_groups(lines)
    assert [(each.household_no, each.item, each.due_fen, each.paid_fen, each.fen) for each in groups] == [
        ("H1", "低保金", 2000, 1750, 250),
        ("H1", "供养金", 80, 50, 30),
        ("H2", "低保金", 60, 0, 60),
    ]
    assert groups[0].span == "2014-06、2014-07"
    assert arrear_groups([line(0, 70)])[0].fen == 70


def test_a_span_names_two_periods_and_the_ends_of_more() -> None:
    assert told_span([JUNE]) == "2014-06"
    assert told_span([JUNE, JULY, AUGUST]) == "2014-06至2014-08"


def test_towns_stand_in_the_countys_order_others_after_them() -> None:
    lines = [line(10, 0, "H1"), line(0, 10, "H2"), line(30, 0, "H3")]
    town_of = {"H1": "外镇", "H2": "石门镇", "H3": "乌镇镇"}
    found = totals_by_town(lines, town_of, ("乌镇镇", "梧桐街道", "石门镇"))
    assert list(found) == ["乌镇镇", "石门镇", "外镇"]
    assert found["石门镇"] == ArrearTotals(ArrearSums(0, 0, 0), ArrearSums(1, 1, 10))
