"""Money in whole fen: read as people write it, never rounded away, printed as people read it."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiemin.domain.money import MoneyError, format_yuan, half_up, parse_yuan, yuan

amounts = st.integers(-(10**12), 10**12)


@given(amounts)
def test_what_is_printed_reads_as_the_same_amount(fen: int) -> None:
    assert parse_yuan(format_yuan(fen)) == fen


@given(amounts)
def test_a_workbook_cell_given_an_amount_reads_as_the_same_amount(fen: int) -> None:
    assert yuan(fen) * 100 == fen
    assert yuan(fen).as_tuple().exponent == -2
    assert parse_yuan(float(yuan(fen))) == fen


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_sum_of_cells_reads_as_the_sum_of_amounts(one: int, other: int) -> None:
    assert parse_yuan(one / 100 + other / 100) == one + other


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("6308.14 ", 630814),
        ("1,200元", 120000),
        ("1，200元整", 120000),
        ("12,345,678.90", 1234567890),
        ("￥1200.5", 120050),
        ("人民币500元", 50000),
        ("２万", 2000000),
        ("1.25万元", 1250000),
        ("3千", 300000),
        ("5百元", 50000),
        ("-16", -1600),
        ("+16", 1600),
        (".5", 50),
        ("5.", 500),
        (" 1200 元 ", 120000),
        ("1.230", 123),
        (416, 41600),
        (416.5, 41650),
        (0.1 + 0.2, 30),
        (1.1 * 3, 330),
        (2.7755575615628914e-17, 0),
        (-0.0, 0),
        (9999999999.99, 999999999999),
    ],
)
def test_the_ways_to_write_an_amount(written: str | float, fen: int) -> None:
    assert parse_yuan(written) == fen


@pytest.mark.parametrize(
    "written",
    [
        "",
        "无",
        "每月520元",
        "2.58亩",
        "1,20",
        "1.2.3",
        "--5",
        "5元钱",
        "元",
        ".",
        "2万5千",
        "1 200",
        "520\n600",
        "520元左右",
        "约500",
        "500多",
        "500-600",
        True,
        float("nan"),
        float("inf"),
    ],
)
def test_what_is_no_amount_is_refused_by_name(written: str | float) -> None:
    with pytest.raises(MoneyError) as refusal:
        parse_yuan(written)
    assert refusal.value.message == f"“{written}”不是金额"
    assert refusal.value.hint


@pytest.mark.parametrize("written", ["1.005", 1.005, "0.001", 0.001, "0.0000001万", 312.5049])
def test_a_third_decimal_is_refused_and_not_rounded(written: str | float) -> None:
    with pytest.raises(MoneyError, match="精确到了分以下"):
        parse_yuan(written)


@pytest.mark.parametrize(
    "written", ["10000000000.01", 10**10 + 1, 1e16, -1e16, 1e300, "100000000万", "9" * 5000]
)
def test_an_amount_no_household_has_is_refused(written: str | float) -> None:
    with pytest.raises(MoneyError, match="大得不像一户的金额"):
        parse_yuan(written)


def test_a_cell_full_of_digits_and_a_letter_is_refused_at_once() -> None:
    with pytest.raises(MoneyError, match="不是金额"):
        parse_yuan("1" * 32_000 + "x")


@pytest.mark.parametrize(
    ("fen", "printed"),
    [(110000, "1,100元"), (31250, "312.50元"), (-1600, "-16元"), (-5, "-0.05元"), (0, "0元"), (9, "0.09元")],
)
def test_how_an_amount_is_printed(fen: int, printed: str) -> None:
    assert format_yuan(fen) == printed


def test_an_amount_in_yuan_keeps_its_two_decimals() -> None:
    assert str(yuan(31250)) == "312.50"
    assert yuan(-1) == Decimal("-0.01")


@given(st.integers(-(10**9), 10**12), st.integers(1, 10**6))
def test_rounding_is_to_the_nearest_and_halves_go_up(numerator: int, denominator: int) -> None:
    off = half_up(numerator, denominator) - Fraction(numerator, denominator)
    assert -Fraction(1, 2) < off <= Fraction(1, 2)
