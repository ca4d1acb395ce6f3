"""What the check character of GB 11643 finds, over ten thousand numbers of people born 1920 to 2014.

ISO 7064 MOD 11-2 finds every substitution of one character and every swap of two neighbours that differ.
Here each is found by the check character alone, whatever the birth date or the county would tell.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from support.rosters import id_number

from jiemin.domain.identity import IdFault, read_id

TODAY = date(2014, 12, 31)
FIRST = date(1920, 1, 1)
MANY = 10_000
PROVINCES = [*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66)]


def people(count: int) -> Iterator[str]:
    """Valid numbers of all counties that could ever be, 330425 and 330483 among them."""
    chance = random.Random(2014)
    for number in range(count):
        birth = FIRST + timedelta(days=chance.randrange((TODAY - FIRST).days + 1))
        county = f"{chance.choice(PROVINCES)}{chance.randrange(10_000):04d}"
        if number % 10 < 2:
            county = ("330425", "330483")[number % 10]
        yield id_number(birth, chance.randrange(1000), county)


def substitutions(number: str) -> Iterator[str]:
    """Every way to write one character wrongly: 17 × 9 digits, and the last in 10 ways."""
    for place, right in enumerate(number):
        for wrong in "0123456789X" if place == 17 else "0123456789":
            if wrong != right:
                yield number[:place] + wrong + number[place + 1 :]


def swaps(number: str) -> Iterator[str]:
    """Every swap of two neighbours that makes a difference and leaves an X at the end."""
    for place in range(17):
        one, other = number[place], number[place + 1]
        if other not in {one, "X"}:
            yield number[:place] + other + one + number[place + 2 :]


def unfound(numbers: Iterator[str]) -> list[str]:
    """The slips of these numbers that the check character lets through."""
    tried = 0
    missed = []
    for number in numbers:
        for wrong in (*substitutions(number), *swaps(number)):
            tried += 1
            if IdFault.CHECK_DIGIT not in read_id(wrong, TODAY).faults:
                missed.append(wrong)
    assert tried
    return missed


def test_ten_thousand_valid_numbers_are_all_taken() -> None:
    readings = [read_id(number, TODAY) for number in people(MANY)]
    assert len(readings) == MANY
    assert [each for each in readings if not each.valid or each.faults] == []


def test_the_slips_of_a_number_are_163_substitutions_and_at_most_17_swaps() -> None:
    for number in people(100):
        assert len(set(substitutions(number))) == 17 * 9 + 10
        assert len(set(swaps(number))) <= 17


def test_every_single_slip_and_every_swap_of_neighbours_is_found_in_a_sample() -> None:
    assert unfound(people(150)) == []


def test_a_swap_across_another_digit_is_found_as_well() -> None:
    for number in people(200):
        for place in range(15):
            wrong = (
                number[:place] + number[place + 2] + number[place + 1] + number[place] + number[place + 3 :]
            )
            assert (IdFault.CHECK_DIGIT in read_id(wrong, TODAY).faults) is (wrong != number)


def test_an_x_swapped_inwards_is_no_number_any_more() -> None:
    ending_in_x = [number for number in people(300) if number[17] == "X"]
    assert ending_in_x
    for number in ending_in_x:
        assert read_id(number[:16] + number[17] + number[16], TODAY).number is None


@pytest.mark.campaign
def test_every_single_slip_and_every_swap_of_neighbours_is_found_in_all_ten_thousand() -> None:
    assert unfound(people(MANY)) == []
