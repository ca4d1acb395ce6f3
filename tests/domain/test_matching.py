"""Same or different: households, persons, cadres."""

from datetime import date

import pytest

from jiemin.domain.identity import IdReading, check_character, read_id
from jiemin.domain.matching import (
    CadreIndex,
    HouseholdIndex,
    HouseholdKey,
    KnownCadre,
    KnownHousehold,
    KnownPerson,
    PersonIndex,
)

TODAY = date(2014, 6, 30)


def number(first17: str) -> str:
    return first17 + check_character(first17)


SHEN = number("33042519500101123")
ZHANG = number("33048319700505002")


def known(
    row_id: int, name: str = "沈阿芳", place: int = 7, head: str | None = None, **more: object
) -> KnownHousehold:
    fields: dict[str, object] = {
        "household_no": f"TX{row_id}",
        "numbered_by_us": False,
        "head_id": row_id,
        "head_birth": None,
    } | more
    return KnownHousehold(id=row_id, place=place, head_name=name, head_number=head, **fields)  # type: ignore[arg-type]


def key(
    no: str | None = None, name: str | None = "沈阿芳", place: int | None = 7, head: str | None = None
) -> HouseholdKey:
    reading: IdReading | None = read_id(head, TODAY) if head else None
    return HouseholdKey(no, place, name, reading)


def test_a_number_finds_its_household() -> None:
    one, two = known(1), known(2, name="张三")
    index = HouseholdIndex.of([one, two])
    assert index.find(key("TX2", name=None)).household is two


@pytest.mark.parametrize(
    ("head_on_record", "row", "code"),
    [
        (SHEN, key("TX1", head=ZHANG), "J406"),
        (SHEN, key("TX1", head=SHEN, name="沈阿方"), ""),
        (None, key("TX1", name="张三"), "J412"),
        (None, key("TX1"), ""),
        (None, key("TX1", name=None), ""),
    ],
)
def test_a_number_reused_for_another_family_is_a_finding(
    head_on_record: str | None, row: HouseholdKey, code: str
) -> None:
    index = HouseholdIndex.of([known(1, head=head_on_record)])
    assert index.find(row).code == code


def test_without_a_number_the_heads_identity_decides_whatever_the_name() -> None:
    one = known(1, head=SHEN)
    assert HouseholdIndex.of([one]).find(key(name="沈阿方", place=9, head=SHEN)).household is one


def test_a_head_of_a_household_with_its_own_number_cannot_head_another() -> None:
    index = HouseholdIndex.of([known(1, head=SHEN)])
    assert index.find(key("TX9", head=SHEN)).code == "J407"


def test_a_serial_of_ours_gives_way_to_the_bureaus_number() -> None:
    one = known(1, head=SHEN, numbered_by_us=True)
    match = HouseholdIndex.of([one]).find(key("TX9", head=SHEN))
    assert (match.household, match.code) == (one, "")


def test_a_new_number_is_a_new_household_even_among_namesakes() -> None:
    assert HouseholdIndex.of([known(1)]).find(key("TX9")).household is None


def test_a_new_number_may_be_that_of_a_household_we_numbered_so_far() -> None:
    ours = known(1, numbered_by_us=True)
    index = HouseholdIndex.of([ours, known(2)])
    assert index.find(key("TX9")).household is ours
    assert index.find(key("TX9"), claimed={1}).household is None
    assert index.find(key("TX9", place=8)).household is None
    assert index.find(key("TX9", name=None)).household is None


def test_village_and_name_find_a_household_but_not_across_villages() -> None:
    one = known(1)
    index = HouseholdIndex.of([one])
    assert index.find(key()).household is one
    assert index.find(key(place=None)).household is one
    assert index.find(key(place=8)).household is None
    assert index.find(key(name=None)).household is None


def test_two_different_valid_numbers_are_two_people() -> None:
    assert HouseholdIndex.of([known(1, head=SHEN)]).find(key(head=ZHANG)).household is None


def test_a_different_birth_is_a_different_head() -> None:
    index = HouseholdIndex.of([known(1, head_birth=date(1951, 1, 1))])
    assert index.find(key(head=SHEN)).household is None


@pytest.mark.parametrize("birth", [None, date(1950, 1, 1)])
def test_the_same_birth_or_an_unknown_one_is_no_contradiction(birth: date | None) -> None:
    one = known(1, head_birth=birth)
    index = HouseholdIndex.of([one])
    assert index.find(key(head=SHEN)).household is one
    assert index.find(key()).household is one


def test_namesakes_are_ambiguous_for_a_lookup_and_ordered_for_a_roster() -> None:
    one, two = known(1), known(2)
    index = HouseholdIndex.of([two, one])
    assert index.find(key()).code == "J404"
    assert index.find(key(), claimed=set()).household is one
    assert index.find(key(), claimed={1}).household is two
    assert index.find(key(), claimed={1, 2}).household is None


def test_adding_a_household_twice_does_not_double_it() -> None:
    one = known(1)
    index = HouseholdIndex.of([one, one])
    assert index.find(key()).household is one


def test_a_person_is_found_by_number_anywhere_and_by_name_at_home_only() -> None:
    index = PersonIndex()
    child = KnownPerson(2, "沈小妹", None, date(2014, 3, 1), household_id=1)
    head = KnownPerson(1, "沈阿芳", SHEN, None, household_id=1)
    lost = KnownPerson(3, "沈二", ZHANG, None, household_id=None)
    for person in (head, head, child, lost):
        index.add(person)
    assert index.find(1, "沈阿方", SHEN, None) == (head, "")
    assert index.find(2, "沈阿芳", SHEN, None) == (head, "J407")
    assert index.find(2, "沈二", ZHANG, None) == (lost, "")
    assert index.find(1, "沈小妹", None, None) == (child, "")
    assert index.find(1, "沈小妹", None, date(2013, 3, 1)) == (None, "")
    assert index.find(1, "沈阿芳", ZHANG[:-1], None) == (None, "")
    assert index.find(9, "沈小妹", None, None) == (None, "")


def test_cadres_are_told_by_number_identity_unit_and_last_by_telephone() -> None:
    index = CadreIndex()
    one = KnownCadre(1, "C1", "李敏", "市财政局", SHEN, ("1380",))
    two = KnownCadre(2, "C2", "李敏", "市财政局", None, ("1390",))
    three = KnownCadre(3, "C3", "李敏", "市教育局", None, ())
    for cadre in (one, one, two, three):
        index.add(cadre)
    assert index.find("谁", None, cadre_no="C3") == [three]
    assert index.find("谁", None, number=SHEN) == [one]
    assert index.find("李敏", "市教育局", cadre_no="C9", number=ZHANG) == [three]
    assert index.find("李敏", "市教育局") == [three]
    assert index.find("李敏", "市财政局") == [one, two]
    assert index.find("李敏", "市财政局", phones=("1390",)) == [two]
    assert index.find("李敏", "市财政局", phones=("1370",)) == [one, two]
    assert index.find("李敏", "市财政局", number=ZHANG) == [two]
    assert index.find("王五", None) == []
