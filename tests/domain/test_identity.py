"""Identity numbers: every right one is read, every slip of a finger is found, nothing is guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.rosters import id_number

from jiemin.domain.codes import Disability, Sex
from jiemin.domain.identity import IdFault, IdReading, check_character, ends_rightly, read_id

TODAY = date(2014, 6, 30)
SHEN = id_number(date(1950, 1, 1), 123)
WITH_X = next(one for one in (id_number(date(1950, 1, 1), n) for n in range(99)) if one[17] == "X")

PROVINCES = """
11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91
""".split()

births = st.dates(date(1920, 1, 1), date(2014, 6, 30))
counties = st.tuples(st.sampled_from(PROVINCES), st.integers(0, 9999)).map(
    lambda pair: f"{pair[0]}{pair[1]:04d}"
)
numbers = st.builds(id_number, births, st.integers(0, 999), counties)


def test_the_check_character_is_that_of_the_standards_own_example() -> None:
    assert check_character("11010519491231002") == "X"


@given(st.text("0123456789", min_size=17, max_size=17))
def test_number_and_check_character_make_one_modulo_eleven(first17: str) -> None:
    """ISO 7064, MOD 11-2: the digits, weighed by falling powers of two, leave 1."""
    digits = [*map(int, first17), "0123456789X".index(check_character(first17))]
    assert sum(digit * 2 ** (17 - place) for place, digit in enumerate(digits)) % 11 == 1


def test_a_check_character_is_that_of_seventeen_digits() -> None:
    with pytest.raises(ValueError, match="argument"):
        check_character("1" * 16)


@given(births, st.integers(0, 999), counties)
def test_every_number_of_a_person_born_since_1920_is_valid_whatever_its_county(
    birth: date, serial: int, county: str
) -> None:
    number = id_number(birth, serial, county)
    sex = Sex.MALE if serial % 2 else Sex.FEMALE
    assert read_id(number, TODAY) == IdReading(number, number, True, birth, sex)


@given(numbers, st.data())
def test_every_single_wrong_character_is_found(number: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, 17))
    others = "0123456789X" if place == 17 else "0123456789"
    wrong = data.draw(st.sampled_from([each for each in others if each != number[place]]))
    reading = read_id(number[:place] + wrong + number[place + 1 :], TODAY)
    assert IdFault.CHECK_DIGIT in reading.faults
    assert not reading.valid
    assert reading.birth is None
    assert reading.sex is None


@given(numbers, st.integers(0, 15))
def test_every_swap_of_two_neighbouring_digits_is_found(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    reading = read_id(swapped, TODAY)
    assert reading.valid is (swapped == number)
    assert (IdFault.CHECK_DIGIT in reading.faults) is (swapped != number)


@given(numbers)
def test_a_swap_of_the_last_digit_with_the_check_character_is_found(number: str) -> None:
    swapped = number[:16] + number[17] + number[16]
    assert read_id(swapped, TODAY).valid is (swapped == number)


def test_a_number_that_fails_its_check_is_kept_as_written() -> None:
    wrong = SHEN[:17] + ("0" if SHEN[17] != "0" else "1")
    assert read_id(wrong, TODAY) == IdReading(wrong, wrong, faults=(IdFault.CHECK_DIGIT,))


@pytest.mark.parametrize(
    "dressed",
    [
        f" {SHEN} ",
        f"'{SHEN}",
        f"‘{SHEN}",
        f"{SHEN[:6]} {SHEN[6:14]}　{SHEN[14:]}",
        f"{SHEN[:6]}\n{SHEN[6:]}",
        f"\ufeff{SHEN}\u200b",
        "".join(chr(ord(digit) + 0xFEE0) for digit in SHEN),
    ],
)
def test_blanks_apostrophes_and_wide_digits_do_not_matter(dressed: str) -> None:
    reading = read_id(dressed, TODAY)
    assert (reading.number, reading.valid, reading.raw) == (SHEN, True, dressed)


@pytest.mark.parametrize("written", [WITH_X, WITH_X.lower(), WITH_X[:17] + "Ｘ", WITH_X[:17] + "ｘ"])
def test_a_small_or_wide_x_is_an_x(written: str) -> None:
    assert read_id(written, TODAY).number == WITH_X
    assert read_id(written, TODAY).valid


def test_digits_of_other_scripts_are_no_number() -> None:
    assert read_id(SHEN[:17] + "٣", TODAY).number is None


def test_an_old_number_tells_birth_and_sex_but_is_no_key() -> None:
    old = "330425500101123"
    assert read_id(old, TODAY) == IdReading(
        old, old, False, date(1950, 1, 1), Sex.MALE, faults=(IdFault.OLD_STYLE,)
    )


@pytest.mark.parametrize(
    ("tail", "kind", "grade"),
    [("11", Disability.SIGHT, 1), ("42", Disability.LIMB, 2), ("74", Disability.MULTIPLE, 4)],
)
def test_a_disability_certificate_is_split(tail: str, kind: Disability, grade: int) -> None:
    expected = IdReading(SHEN + tail, SHEN, True, date(1950, 1, 1), Sex.MALE, kind, grade)
    assert read_id(SHEN + tail, TODAY) == expected
    reissued = read_id(f"{SHEN}{tail}B1", TODAY)
    assert (reissued.number, reissued.disability, reissued.disability_grade) == (SHEN, kind, grade)


def test_a_certificate_of_a_number_ending_in_x_is_split() -> None:
    reading = read_id(WITH_X + "63", TODAY)
    assert (reading.number, reading.disability) == (WITH_X, Disability.MENTAL)


@pytest.mark.parametrize("tail", ["81", "05", "15", "40", "42B", "423"])
def test_two_more_characters_that_are_no_category_and_grade_make_no_certificate(tail: str) -> None:
    assert read_id(SHEN + tail, TODAY).number is None


@pytest.mark.parametrize("length", [1, 11, 14, 16, 17, 19, 21, 23])
def test_a_wrong_length_is_named_and_nothing_is_made_of_it(length: int) -> None:
    text = (SHEN * 2)[:length]
    assert read_id(text, TODAY) == IdReading(text, faults=(IdFault.LENGTH,))


@pytest.mark.parametrize("words", ["身份证丢失", "1950-01-01", "33048A195001011234", "X", "户口在外地"])
def test_other_words_are_named_as_such(words: str) -> None:
    assert read_id(words, TODAY) == IdReading(words, faults=(IdFault.CHARACTERS,))


@pytest.mark.parametrize(
    "blank", ["", "  ", "无", "没有", "未上户", "未上户口", "不详", "——", "--", "/", "0", "000", 0, 0.0]
)
def test_words_for_no_number_yet_are_a_blank(blank: str | float) -> None:
    assert read_id(blank, TODAY).blank


def test_a_fault_is_not_a_blank() -> None:
    assert not read_id("12", TODAY).blank
    assert not read_id(SHEN, TODAY).blank


@pytest.mark.parametrize(
    "masked", ["330483********1234", "330483********123X", "3304****", "３３０４８３＊＊＊＊＊＊＊＊１２３４"]
)
def test_a_masked_number_counts_as_a_blank(masked: str) -> None:
    assert read_id(masked, TODAY) == IdReading(masked)


@pytest.mark.parametrize("cell", [330483195001011234, 3.30483195001011e17, 1e15, 3304831950010112])
def test_a_cell_number_of_sixteen_digits_or_more_has_lost_some(cell: float) -> None:
    reading = read_id(cell, TODAY)
    assert (reading.number, reading.faults) == (None, (IdFault.LOST_DIGITS,))


@pytest.mark.parametrize("text", ["3.30483E+17", "3.30483195001E17", "3E+17"])
def test_a_number_that_a_spreadsheet_wrote_in_scientific_form_has_lost_digits(text: str) -> None:
    assert read_id(text, TODAY).faults == (IdFault.LOST_DIGITS,)


@pytest.mark.parametrize("cell", [330425500101123, 330425500101123.0])
def test_a_cell_number_of_fifteen_digits_is_whole(cell: float) -> None:
    assert read_id(cell, TODAY).number == "330425500101123"


@pytest.mark.parametrize("cell", [12, 5.0, 330425500101123.5, -33042550010112, float("nan"), float("inf")])
def test_any_other_cell_number_is_of_a_wrong_length(cell: float) -> None:
    reading = read_id(cell, TODAY)
    assert (reading.number, reading.faults) == (None, (IdFault.LENGTH,))


@pytest.mark.parametrize("birth", ["19500230", "18991231", "20140701", "19501301", "00000000"])
def test_a_birth_that_cannot_be_is_named(birth: str) -> None:
    first17 = f"330483{birth}123"
    reading = read_id(first17 + check_character(first17), TODAY)
    assert reading.faults == (IdFault.BIRTH_DATE,)
    assert not reading.valid
    assert reading.birth is None


def test_a_birth_today_can_be() -> None:
    assert read_id(id_number(TODAY, 1), TODAY).valid


def test_a_number_that_begins_with_no_province_is_warned_of_and_still_serves() -> None:
    readings = {f"{n:02}": read_id(id_number(date(1950, 1, 1), 1, f"{n:02}0483"), TODAY) for n in range(100)}
    assert all(reading.valid for reading in readings.values())
    assert [code for code, reading in readings.items() if not reading.faults] == PROVINCES
    assert {each.faults for each in readings.values()} == {(), (IdFault.PROVINCE,)}


@given(st.text() | st.floats() | st.integers())
def test_no_cell_whatever_it_holds_raises_or_yields_half_a_number(cell: str | float) -> None:
    reading = read_id(cell, TODAY)
    assert reading.number is None or len(reading.number) in (15, 18)
    if reading.valid:
        assert reading.number is not None
        assert check_character(reading.number[:17]) == reading.number[17:]


@given(st.from_regex(r"[0-9]{17}[0-9X]", fullmatch=True))
def test_the_quick_look_at_the_last_character_says_the_same(number: str) -> None:
    assert ends_rightly(number) == (check_character(number[:17]) == number[17])
