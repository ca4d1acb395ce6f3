"""Which records may be one, and which are surely two."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiemin.domain.duplicates import (
    CadreFacts,
    HouseholdFacts,
    Kind,
    PersonFacts,
    Reason,
    suspects,
    written_number,
)
from jiemin.domain.identity import check_character

BORN = date(1950, 10, 10)


def number(serial: int, birth: date = BORN) -> str:
    first17 = f"330425{birth:%Y%m%d}{serial:03d}"
    return first17 + check_character(first17)


SHEN, ZHU = number(112), number(345, date(1962, 3, 4))
WRONG = SHEN[:15] + ("9" if SHEN[15] != "9" else "8") + SHEN[16:]
SWAPPED = SHEN[:9] + SHEN[10] + SHEN[9] + SHEN[11:]
OLD = SHEN[:6] + SHEN[8:17]


def person(
    row_id: int,
    name: str = "沈阿大",
    valid: str | None = None,
    written: str | None = None,
    birth: date | None = None,
    household: int | None = None,
) -> PersonFacts:
    return PersonFacts(row_id, name, valid, written, birth, household)


def of_persons(*persons: PersonFacts) -> dict[tuple[int, int], tuple[str, ...]]:
    return {(one, other): why for _, one, other, why in suspects((), persons, ())}


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        (person(1, birth=BORN), person(2, birth=BORN), [Reason.NAME_AND_BIRTH]),
        (person(1, birth=BORN), person(2, birth=BORN + timedelta(1)), []),
        (person(1, birth=BORN), person(2, "朱水根", birth=BORN), []),
        (person(1), person(2), []),
        (person(1, household=7), person(2, household=7), [Reason.TWICE_IN_A_HOUSEHOLD]),
        (person(1, household=7), person(2, household=8), []),
        (person(1, household=7, birth=BORN), person(2, household=7), [Reason.TWICE_IN_A_HOUSEHOLD]),
        (person(1, household=7, birth=BORN), person(2, household=7, birth=BORN + timedelta(1)), []),
        (person(1, valid=SHEN, birth=BORN), person(2, birth=BORN), [Reason.NAME_AND_BIRTH]),
        (person(1, valid=SHEN, birth=BORN, household=7), person(2, valid=ZHU, birth=BORN, household=7), []),
        (person(1, written=WRONG), person(2, "沈阿达", written=WRONG), [Reason.SAME_NUMBER]),
        (person(1, valid=SHEN), person(2, "沈阿达", written=OLD), [Reason.OLD_AND_NEW]),
        (person(1, written=OLD), person(2, written=OLD), [Reason.SAME_NUMBER]),
        (person(1, valid=SHEN), person(2, written=WRONG), [Reason.NEARLY_THE_NUMBER]),
        (person(1, valid=SHEN), person(2, written=SWAPPED), [Reason.NEARLY_THE_NUMBER]),
        (person(1, valid=SHEN), person(2, written=SHEN[:9] + "8" + SHEN[10:]), [Reason.NEARLY_THE_NUMBER]),
        (person(1, valid=SHEN), person(2, "沈阿达", written=WRONG), []),
        (person(1, valid=SHEN), person(2, written=ZHU[:17] + "?"), []),
        (person(1, written=WRONG), person(2, written=WRONG[:17] + "3"), [Reason.NEARLY_THE_NUMBER]),
        (person(1, written="1" * 17), person(2, written="1" * 17), [Reason.SAME_NUMBER]),
        (person(1, written="1" * 17), person(2, "沈阿达", written="1" * 17), []),
    ],
)
def test_two_persons(one: PersonFacts, other: PersonFacts, reasons: Sequence[Reason]) -> None:
    assert of_persons(one, other) == ({(1, 2): tuple(reasons)} if reasons else {})
    assert of_persons(other, one) == ({(1, 2): tuple(reasons)} if reasons else {})


def test_a_number_many_bear_is_a_stand_in() -> None:
    shared = [person(row_id, f"沈阿{row_id}", written=WRONG) for row_id in range(1, 5)]
    assert len(of_persons(*shared[:3])) == 3
    assert of_persons(*shared) == {}
    assert list(of_persons(*shared, person(9, "沈阿1", written=WRONG))) == [(1, 9)]


def test_of_many_alike_each_is_shown_with_the_next() -> None:
    many = [person(row_id, birth=BORN) for row_id in range(1, 15)]
    assert list(of_persons(*many)) == [(row_id, row_id + 1) for row_id in range(1, 14)]


def test_a_slip_is_found_among_many_of_its_name() -> None:
    namesakes = [person(row_id, valid=number(row_id)) for row_id in range(100, 140)]
    copied = namesakes[30].number or ""
    slip = person(1, written=copied[:17] + ("1" if copied[17] != "1" else "2"))
    found = of_persons(*namesakes, slip)
    assert found[1, 130] == (Reason.NEARLY_THE_NUMBER,)
    assert {one for one, _ in found} == {1}


def near(one: str, other: str) -> bool:
    differ = [place for place in range(18) if one[place] != other[place]]
    if len(differ) == 2 and differ[1] == differ[0] + 1:
        return one[differ[0]] + one[differ[1]] == other[differ[1]] + other[differ[0]]
    return len(differ) == 1


@st.composite
def miscopied(draw: st.DrawFn) -> str:
    """A number written with one digit changed, or two neighbours swapped, or as it is."""
    digits = list(draw(st.sampled_from((SHEN, ZHU, number(113)))))
    place = draw(st.integers(0, 16))
    if draw(st.booleans()):
        digits[place] = draw(st.sampled_from("0123456789"))
    else:
        digits[place], digits[place + 1] = digits[place + 1], digits[place]
    return "".join(digits)


@settings(deadline=None)
@given(st.lists(miscopied(), min_size=2, max_size=8, unique=True))
def test_every_slip_of_the_pen_is_found_and_nothing_else(numbers: list[str]) -> None:
    persons = [person(row_id, written=each) for row_id, each in enumerate(numbers, start=1)]
    expected = {
        (one.id, other.id)
        for one, other in combinations(persons, 2)
        if near(one.written or "", other.written or "")
    }
    assert set(of_persons(*persons)) == expected


def household(
    row_id: int, head: PersonFacts | None, place: int = 7, account: str | None = None
) -> HouseholdFacts:
    return HouseholdFacts(row_id, place, head, account)


def of_households(*households: HouseholdFacts) -> list[tuple[object, ...]]:
    heads = [each.head for each in households if each.head]
    return [tuple(each) for each in suspects(households, heads, ())]


def test_heads_of_one_name_in_one_village_unless_told_apart() -> None:
    def two(one: PersonFacts, other: PersonFacts, place: int = 7) -> bool:
        found = of_households(household(21, one), household(22, other, place))
        assert found in ([], [(Kind.HOUSEHOLD, 21, 22, ("户主姓名、镇村相同",))])
        return bool(found)

    assert two(person(1), person(2))
    assert two(person(1, valid=SHEN), person(2))
    assert not two(person(1), person(2), place=8)
    assert not two(person(1, valid=SHEN), person(2, valid=ZHU))
    assert not two(person(1, birth=BORN), person(2, birth=BORN + timedelta(1)))


def test_heads_who_may_be_one_make_their_households_suspects() -> None:
    found = of_households(
        household(22, person(1, valid=SHEN), place=1), household(21, person(2, written=WRONG), place=2)
    )
    assert found == [(Kind.HOUSEHOLD, 21, 22, ("户主姓名相同，身份证号只差一位或两位颠倒",))]


def test_an_account_of_two_households_but_not_the_villages_own() -> None:
    families = [household(row_id, None, account="6228480000000000005") for row_id in range(1, 5)]
    assert of_households(*families[:2]) == [(Kind.HOUSEHOLD, 1, 2, ("银行账号相同",))]
    assert of_households(*families) == []
    assert of_households(household(1, None), household(2, None)) == []


def cadre(
    row_id: int,
    unit: str,
    *phones: str,
    name: str = "方卫东",
    valid: str | None = None,
    written: str | None = None,
) -> CadreFacts:
    return CadreFacts(row_id, name, unit, valid, written, phones)


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        (cadre(1, "民政局"), cadre(2, "民政局"), ["姓名、单位相同"]),
        (cadre(1, "民政局", "13800000001"), cadre(2, "民政局"), ["姓名、单位相同"]),
        (cadre(1, "民政局", "13800000001"), cadre(2, "民政局", "13800000002"), []),
        (cadre(1, "民政局", valid=SHEN), cadre(2, "民政局", valid=ZHU), []),
        (cadre(1, "民政局"), cadre(2, "教育局"), []),
        (cadre(1, "民政局", "13800000001"), cadre(2, "教育局", "13800000001"), ["姓名、电话相同"]),
        (cadre(1, "民政局", "13800000001"), cadre(2, "教育局", "13800000001", name="方卫冬"), []),
        (cadre(1, "民政局", written=WRONG), cadre(2, "教育局", written=WRONG), ["身份证号相同"]),
        (cadre(1, "民政局", written=WRONG), cadre(2, "教育局", written=WRONG, name="方卫冬"), []),
    ],
)
def test_two_cadres(one: CadreFacts, other: CadreFacts, reasons: Sequence[str]) -> None:
    found = [tuple(each) for each in suspects((), (), (one, other))]
    assert found == ([(Kind.CADRE, 1, 2, tuple(reasons))] if reasons else [])


def test_pairs_kept_apart_are_left_out_of_their_own_kind_alone() -> None:
    persons = (person(1, birth=BORN), person(2, birth=BORN))
    staff = (cadre(1, "民政局"), cadre(2, "民政局"))
    assert [each.kind for each in suspects((), persons, staff)] == [Kind.PERSON, Kind.CADRE]
    assert [each.kind for each in suspects((), persons, staff, {(Kind.PERSON, 1, 2)})] == [Kind.CADRE]


@pytest.mark.parametrize(
    ("valid", "raw", "written"),
    [
        (WRONG, "x", WRONG),
        (None, None, None),
        (None, "", None),
        (None, "未上户口", None),
        (None, " 3304251950 10100x1 ", "330425195010100X1"),
        (None, "123", None),
    ],
)
def test_what_stands_in_place_of_a_valid_number(
    valid: str | None, raw: str | None, written: str | None
) -> None:
    assert written_number(valid, raw) == written
