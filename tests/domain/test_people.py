"""Names, telephones, accounts and ages: read as they are written, and masks that never leak."""

import re
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jiemin.domain.people import (
    age_on,
    clean_name,
    mask_account,
    mask_digits,
    mask_id,
    mask_name,
    mask_phone,
    read_phones,
)

digits = st.text("0123456789", min_size=1, max_size=30)
mobiles = st.integers(13_000_000_000, 19_999_999_999).map(str)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (" 沈　阿 芳 ", "沈阿芳"),
        ("沈\n芳", "沈芳"),
        ("买买提·吐尔逊", "买买提·吐尔逊"),
        ("买买提•吐尔逊", "买买提·吐尔逊"),
        ("买买提．吐尔逊", "买买提·吐尔逊"),
        ("买买提 ・ 吐尔逊", "买买提·吐尔逊"),
        ("John   Smith", "John Smith"),
        ("", ""),
    ],
)
def test_a_name_loses_the_blanks_that_align_it(written: str, name: str) -> None:
    assert clean_name(written) == name


@given(st.text("沈阿芳买提䶮Ab .．•・·　\n"))
def test_a_clean_name_stays_as_it_is(text: str) -> None:
    assert clean_name(clean_name(text)) == clean_name(text)


@pytest.mark.parametrize(
    ("cell", "phones"),
    [
        ("13812345678", ("13812345678",)),
        (13812345678, ("13812345678",)),
        (13812345678.0, ("13812345678",)),
        ("138 1234 5678", ("13812345678",)),
        ("138-1234-5678", ("13812345678",)),
        ("+86 13812345678", ("13812345678",)),
        ("008613812345678", ("13812345678",)),
        ("13812345678/13912345678", ("13812345678", "13912345678")),
        ("13812345678 13912345678", ("13812345678", "13912345678")),
        ("13812345678、13812345678", ("13812345678",)),
        ("手机：13812345678，家0573-88012345", ("13812345678", "0573-88012345")),
        ("13812345678（短号661234）", ("13812345678", "661234")),
        ("057388012345", ("0573-88012345",)),
        ("（0573）88012345", ("0573-88012345",)),
        ("0573 8801234-801", ("0573-8801234-801",)),
        ("0573-88012345转8001", ("0573-88012345-8001",)),
        ("88012345-801", ("88012345-801",)),
        ("0573-88012345-13812345678", ("0573-88012345", "13812345678")),
        ("88012345-88012346", ("88012345", "88012346")),
        ("13812345678\n13912345678", ("13812345678", "13912345678")),
        ("021-61234567", ("021-61234567",)),
        ("88012345", ("88012345",)),
        ("短号661234", ("661234",)),
        ("", ()),
    ],
)
def test_the_telephones_of_a_cell(cell: str | float, phones: tuple[str, ...]) -> None:
    assert read_phones(cell) == (phones, "")


@pytest.mark.parametrize(
    ("cell", "phones", "rest"),
    [
        ("无", (), "无"),
        ("3组", (), "3组"),
        ("每月520元", (), "每月520元"),
        ("2.58亩", (), "2 58亩"),
        ("520元、13812345678", ("13812345678",), "520元"),
        ("邻居13812345678代接", ("13812345678",), "邻居 代接"),
        ("13812345678、1391234567", ("13812345678",), "1391234567"),
        ("13812345678、139123", ("13812345678",), "139123"),
        ("13812345678转801", ("13812345678",), "转801"),
        ("13812345678 3组", ("13812345678",), "3组"),
    ],
)
def test_what_else_a_cell_of_telephones_says_is_told(cell: str, phones: tuple[str, ...], rest: str) -> None:
    assert read_phones(cell) == (phones, rest)


@pytest.mark.parametrize(
    "number", ["330483195001011234", "6217000573880123450", "1381234567", "138123456789", "57388012345"]
)
def test_another_long_number_is_no_telephone(number: str) -> None:
    assert read_phones(number) == ((), number)


@given(st.lists(mobiles, min_size=1, max_size=3, unique=True), st.sampled_from(["/", "、", " ", "\n", ";"]))
def test_all_mobiles_of_a_cell_are_found_in_order(numbers: list[str], between: str) -> None:
    assert read_phones(between.join(numbers)) == (tuple(numbers), "")


@given(st.text("0123456789 、/-转号手机家邻元.", max_size=40))
def test_every_digit_of_a_cell_is_in_a_telephone_or_told_apart(text: str) -> None:
    assume("86" not in text)  # the country's code goes
    phones, rest = read_phones(text)
    taken = "".join(phones) + rest
    assert set(re.sub(r"\D", "", text)) == set(re.sub(r"\D", "", taken))
    assert ("邻" in text, "元" in text) == ("邻" in taken, "元" in taken)


def longest_shown(masked: str) -> int:
    """The most digits that stand together in a masked text."""
    return max((len(run) for run in re.findall(r"\d+", masked)), default=0)


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("330483195001011234", "330483********1234"),
        ("33048319500101123X", "330483********123X"),
        ("33048319500101123442", "330483********1234"),
        ("33048319500101123442B1", "330483********1234"),
        ("330425500101123", "330425********1123"),
        ("33048319500101", "****"),
        ("", ""),
        (None, None),
    ],
)
def test_an_identity_number_shows_its_county_and_its_end(number: str | None, masked: str | None) -> None:
    assert mask_id(number) == masked


@given(digits)
def test_a_masked_identity_number_never_shows_the_birth(number: str) -> None:
    masked = mask_id(number)
    assert masked is not None
    shown = sum(each.isdigit() for each in masked)
    assert shown <= 10
    assert shown <= len(number) - 5 or masked == "****"


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13812345678", "138****5678"),
        ("0573-88012345", "0573-8801****"),
        ("88012345", "8801****"),
        ("661234", "66****"),
        ("1234", "****"),
        ("", "****"),
    ],
)
def test_a_telephone_loses_four_digits(number: str, masked: str) -> None:
    assert mask_phone(number) == masked


@pytest.mark.parametrize(
    ("name", "masked"),
    [("沈桂芳", "沈*芳"), ("沈芳", "沈*"), ("欧阳桂芳", "欧**芳"), ("沈", "沈*"), ("", "")],
)
def test_of_a_name_the_ends_stay(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [("6217000573880123450", "****3450"), ("12345678", "****"), ("0005", "****"), ("", ""), (None, None)],
)
def test_an_account_shows_only_its_end(number: str | None, masked: str | None) -> None:
    assert mask_account(number) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("号码330483195001011234有误", "号码330483********1234有误"),
        ("33048319500101123x", "330483********123x"),
        ("电话13812345678", "电话138****5678"),
        ("0573-88012345", "0573-8801****"),
        ("33048319500101", "330483********"),
        ("３３０４８３１９５００１０１１２３４", "３３０４８３********１２３４"),
        ("2014-06-30 320.50元", "2014-06-30 320.50元"),
    ],
)
def test_long_numbers_in_any_text_are_masked(text: str, masked: str) -> None:
    assert mask_digits(text) == masked


@given(st.lists(digits, min_size=1, max_size=4))
def test_every_long_number_of_a_text_loses_digits(numbers: list[str]) -> None:
    masked = mask_digits("号".join(numbers))
    assert longest_shown(masked) <= 8
    for number in numbers:
        if len(number) >= 7:
            assert number not in masked


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 120))
def test_an_age_is_reached_on_the_birthday_and_not_before(birth: date, years: int) -> None:
    """Who is born on 29 February grows older on 1 March of common years."""
    try:
        birthday = birth.replace(year=birth.year + years)
    except ValueError:
        birthday = date(birth.year + years, 3, 1)
    assert age_on(birth, birthday) == years
    assert age_on(birth, date.fromordinal(birthday.toordinal() - 1)) == years - 1
