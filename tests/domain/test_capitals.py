"""Amounts in capitals: the examples of the rules, and every figure read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiemin.domain.capitals import in_capitals


@pytest.mark.parametrize(
    ("fen", "told"),
    [
        # 正确填写票据和结算凭证的基本规定, 三
        (140950, "壹仟肆佰零玖元伍角"),
        (600714, "陆仟零柒元壹角肆分"),
        (168032, "壹仟陆佰捌拾元叁角贰分"),
        (10700053, "壹拾万柒仟元伍角叁分"),
        (1640902, "壹万陆仟肆佰零玖元零贰分"),
        (32504, "叁佰贰拾伍元零肆分"),
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角"),
        (1000, "壹拾元整"),
        (20000, "贰佰元整"),
        (100_100, "壹仟零壹元整"),
        (10_000_100, "壹拾万零壹元整"),
        (1_000_000_000_00, "壹拾亿元整"),
        (100_000_500_00, "壹亿零伍佰元整"),
        (100_005_000_00, "壹亿零伍仟元整"),
        (100_050_000_00, "壹亿零伍万元整"),
        (1_000_000_000_001_00, "壹万亿零壹元整"),
    ],
)
def test_amounts_are_written_as_the_rules_show(fen: int, told: str) -> None:
    assert in_capitals(fen) == told


@pytest.mark.parametrize("fen", [-1, 10**18])
def test_what_no_paper_holds_is_refused(fen: int) -> None:
    with pytest.raises(ValueError, match="paper"):
        in_capitals(fen)


def read(told: str) -> int:
    """Fen of an amount in capitals, read sign by sign."""
    total = group = digit = 0
    digits = {sign: value for value, sign in enumerate("零壹贰叁肆伍陆柒捌玖")}
    tens = {"拾": 10, "佰": 100, "仟": 1000}
    for sign in told.removesuffix("整"):
        if sign in digits:
            digit = digits[sign]
            continue
        if sign in tens:
            group += digit * tens[sign]
        elif sign == "万":
            total, group = total + (group + digit) * 10**4, 0
        elif sign == "亿":
            total, group = (total + group + digit) * 10**8, 0
        elif sign == "元":
            total, group = (total + group + digit) * 100, 0
        else:
            total += digit * {"角": 10, "分": 1}[sign]
        digit = 0
    return total


@given(st.integers(0, 10**14))
def test_every_amount_reads_back(fen: int) -> None:
    told = in_capitals(fen)
    assert read(told) == fen
    assert "零零" not in told
