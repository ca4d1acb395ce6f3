"""Drawing for a spot check: exact in number, in proportion, the same on any machine, and not to be swayed."""

from datetime import date
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jiemin.domain.inspection import Drawn, default_seed, draw, in_drawn_order, shares

SEEDS = st.integers(0, 10**12)
SIZES = st.dictionaries(st.sampled_from("甲乙丙丁戊己庚辛壬癸"), st.integers(0, 60), max_size=10)


def households(sizes: dict[str, int]) -> dict[str, list[str]]:
    return {name: [f"{name}{number:03d}" for number in range(size)] for name, size in sizes.items()}


def test_by_hand() -> None:
    strata = households({"甲": 50, "乙": 30, "丙": 20})
    assert shares({"甲": 50, "乙": 30, "丙": 20}, 10, 1) == {"甲": 5, "乙": 3, "丙": 2}
    drawn = draw(strata, 10, 1)
    assert [each.stratum for each in drawn] == ["甲"] * 5 + ["乙"] * 3 + ["丙"] * 2
    first = min(strata["甲"], key=lambda number: sha256(f"1{number}".encode()).hexdigest())
    assert drawn[0] == Drawn(first, "甲")


def test_the_order_is_that_of_the_digests_and_is_written_down_for_ever() -> None:
    numbers = [f"H{number:06d}" for number in range(1, 9)]
    assert in_drawn_order(numbers, 20140630) == sorted(
        numbers, key=lambda number: sha256(f"20140630{number}".encode()).hexdigest()
    )
    assert in_drawn_order(numbers, 20140630)[:3] == ["H000005", "H000001", "H000008"]


def test_the_seed_of_a_day_is_its_digits() -> None:
    assert default_seed(date(2014, 6, 5)) == 20140605


@pytest.mark.parametrize(
    ("sizes", "count", "told"),
    [
        ({}, 5, {}),
        ({"甲": 0}, 5, {"甲": 0}),
        ({"甲": 3, "乙": 0, "丙": 2}, 100, {"甲": 3, "乙": 0, "丙": 2}),
        ({"甲": 98, "乙": 1, "丙": 1}, 10, {"甲": 8, "乙": 1, "丙": 1}),
        ({"甲": 98, "乙": 1, "丙": 1}, 3, {"甲": 1, "乙": 1, "丙": 1}),
        ({"甲": 98, "乙": 1, "丙": 1}, 2, {"甲": 2, "乙": 0, "丙": 0}),
    ],
)
def test_places_by_hand(sizes: dict[str, int], count: int, told: dict[str, int]) -> None:
    assert shares(sizes, count, 7) == told


def test_equal_remainders_are_settled_by_the_seed_and_not_always_alike() -> None:
    sizes = dict.fromkeys("甲乙丙丁", 10)
    lucky = {
        frozenset(name for name, places in shares(sizes, 6, seed).items() if places == 2)
        for seed in range(30)
    }
    assert all(len(names) == 2 for names in lucky)
    assert len(lucky) > 3


@given(SIZES, st.integers(0, 700), SEEDS)
def test_as_many_as_asked_for_or_all_each_once_and_of_its_own_stratum(
    sizes: dict[str, int], count: int, seed: int
) -> None:
    strata = households(sizes)
    drawn = draw(strata, count, seed)
    assert len(drawn) == min(count, sum(sizes.values()))
    assert len({each.household_no for each in drawn}) == len(drawn)
    assert all(each.household_no in strata[each.stratum] for each in drawn)


@given(SIZES, st.integers(0, 700), SEEDS)
def test_nobody_is_left_out_when_there_are_places_enough(
    sizes: dict[str, int], count: int, seed: int
) -> None:
    filled = sum(size > 0 for size in sizes.values())
    assume(count >= filled)
    places = shares(sizes, count, seed)
    assert all(places[name] >= 1 for name, size in sizes.items() if size)


@given(SIZES, st.integers(0, 700), SEEDS)
def test_each_stratum_is_within_one_of_its_share(sizes: dict[str, int], count: int, seed: int) -> None:
    """The share is that of the county; where small strata were given one each, of what was left then."""
    places = shares(sizes, count, seed)
    left, whole = min(count, sum(sizes.values())), sum(sizes.values())
    small: set[str] = set()
    while left >= sum(size > 0 for name, size in sizes.items() if name not in small):
        more = {name for name, size in sizes.items() if size and name not in small and size * left < whole}
        if not more:
            break
        small |= more
        left, whole = left - len(more), whole - sum(sizes[name] for name in more)
    for name, size in sizes.items():
        if name in small:
            assert places[name] == 1
        elif size:
            assert abs(places[name] * whole - size * left) < whole
    if all(size * count >= sum(sizes.values()) for size in sizes.values()):
        assert small == set()


@given(SIZES, st.integers(0, 700), SEEDS)
def test_a_larger_stratum_never_gets_less(sizes: dict[str, int], count: int, seed: int) -> None:
    places = shares(sizes, count, seed)
    by_size = sorted(sizes, key=lambda name: sizes[name])
    for smaller, larger in pairwise(by_size):
        if sizes[smaller] < sizes[larger]:
            assert places[smaller] <= places[larger]
        assert places[larger] <= sizes[larger]


@given(SIZES, st.integers(0, 100), SEEDS)
def test_the_same_seed_draws_the_same_in_whatever_order_people_stand(
    sizes: dict[str, int], count: int, seed: int
) -> None:
    strata = households(sizes)
    mixed = {name: list(reversed(numbers)) for name, numbers in reversed(strata.items())}
    assert set(draw(mixed, count, seed)) == set(draw(strata, count, seed))


@given(SIZES, st.integers(0, 100), SEEDS, st.integers(1, 40))
def test_households_that_come_elsewhere_do_not_shuffle_the_others(
    sizes: dict[str, int], count: int, seed: int, more: int
) -> None:
    strata = households(sizes)
    before, after = (
        draw(strata, count, seed),
        draw({**strata, "新": households({"新": more})["新"]}, count, seed),
    )
    for name in strata:
        old = [each.household_no for each in before if each.stratum == name]
        new = [each.household_no for each in after if each.stratum == name]
        assert old[: len(new)] == new[: len(old)]


@given(SIZES, st.integers(0, 100), SEEDS)
def test_a_household_that_leaves_undrawn_changes_nothing_in_its_stratum(
    sizes: dict[str, int], count: int, seed: int
) -> None:
    for numbers in households(sizes).values():
        order = in_drawn_order(numbers, seed)
        for gone in order[-1:]:
            assert in_drawn_order([each for each in numbers if each != gone], seed) == order[:-1]
