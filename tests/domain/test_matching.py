"""Same or different: households, persons, cadres."""

from datetime import date

import pytest

from jiemin.domain.aliases import CadreAlias, HouseholdAlias, PersonAlias
from jiemin.domain.identity import IdReading, check_character, read_id
from jiemin.domain.matching import (
    CadreIndex,
    HouseholdIndex,
    HouseholdKey,
    KnownCadre,
    KnownHousehold,
    KnownPerson,
    Match,
    PersonIndex,
)

TODAY = date(2014, 6, 30)


def number(first17: str) -> str:
    return first17 + check_character(first17)


TOWN = 1
"""The town of villages 7 and 8; its households without a village are placed there."""

SHEN = number("33042519500101123")
ZHANG = number("33048319700505002")


def known(
    row_id: int, name: str = "沈阿芳", place: int = 7, head: str | None = None, **more: object
) -> KnownHousehold:
    fields: dict[str, object] = {
        "household_no": f"TX{row_id}",
        "numbered_by_us": False,
        "town": TOWN,
        "head_id": row_id,
        "head_birth": None,
    } | more
    return KnownHousehold(id=row_id, place=place, head_name=name, head_number=head, **fields)  # type: ignore[arg-type]


def key(
    no: str | None = None,
    name: str | None = "沈阿芳",
    place: int | None = 7,
    head: str | None = None,
    town: int | None = TOWN,
) -> HouseholdKey:
    reading: IdReading | None = read_id(head, TODAY) if head else None
    return HouseholdKey(no, place, town if place else None, name, reading)


def test_a_number_finds_its_household_whatever_its_capitals() -> None:
    one, two = known(1), known(2, name="张三")
    index = HouseholdIndex.of([one, two])
    assert index.find(key("TX2", name=None)).household is two
    assert index.find(key("tx2", name=None)).household is two


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


@pytest.mark.parametrize(
    ("places", "row", "claimed", "expected"),
    [
        ([7], TOWN, None, 1),
        ([TOWN], 7, None, 1),
        ([TOWN], TOWN, None, 1),
        ([7, 8], TOWN, None, "J404"),
        ([7, TOWN], TOWN, None, "J404"),
        ([7, TOWN], 7, None, 1),
        ([TOWN, TOWN], 7, None, "J404"),
        ([TOWN, TOWN], TOWN, set(), 1),
        ([TOWN, TOWN], TOWN, {1}, 2),
        ([TOWN], TOWN, {1}, None),
        ([7], TOWN, {1}, "J404"),
        ([TOWN], 7, {1}, "J404"),
        ([7, TOWN], 7, {1}, "J404"),
        ([7, 7], 7, {1}, 2),
        ([7], 8, None, None),
        ([7, 8], None, set(), "J404"),
        ([7, 8], None, {1}, 2),
        ([None], 7, None, 1),
    ],
)
def test_where_a_village_is_missing_only_a_sole_household_of_the_town_is_meant(
    places: list[int], row: int | None, claimed: set[int] | None, expected: int | str | None
) -> None:
    index = HouseholdIndex.of(known(row_id, place=place) for row_id, place in enumerate(places, start=1))
    match = index.find(key(place=row), claimed)
    assert (match.household.id if match.household else match.code or None) == expected


def test_another_town_is_another_household() -> None:
    index = HouseholdIndex.of([known(1)])
    assert index.find(key(place=2, town=2)).household is None


def test_who_is_told_by_number_elsewhere_in_a_roster_is_not_meant_by_name() -> None:
    one, two = known(1, head=SHEN), known(2)
    index = HouseholdIndex.of([one, two])
    assert index.find(key(), set(), {1}).household is two
    assert index.find(key(), {2}, {1}) == Match()
    assert index.find(key(head=SHEN), {2}, {1}).household is one


def test_what_becomes_known_of_a_household_is_found_and_no_longer_what_it_was() -> None:
    one, two = known(1), known(2, head=SHEN)
    index = HouseholdIndex.of([one, two])
    with index.revised(one):
        one.household_no, one.head_name, one.head_number = "Q1", "张三", ZHANG
    with index.revised(two):
        two.head_name = "张三"
    assert index.find(key("q1")).household is one
    assert index.find(key(head=ZHANG)).household is one
    assert index.find(key(head=SHEN)).household is two
    assert (index.find(key("TX1")), index.find(key())) == (Match(), Match())


def test_a_person_is_found_by_number_anywhere_and_by_name_at_home_only() -> None:
    index = PersonIndex()
    child = KnownPerson(2, "沈小妹", None, date(2014, 3, 1), household_id=1)
    head = KnownPerson(1, "沈阿芳", SHEN, None, household_id=1)
    lost = KnownPerson(3, "沈二", ZHANG, None, household_id=None)
    for person in (head, child, lost):
        index.add(person)
    assert index.find(1, "沈阿方", SHEN, None) == (head, "")
    assert index.find(2, "沈阿芳", SHEN, None) == (head, "J407")
    assert index.find(2, "沈二", ZHANG, None) == (lost, "")
    assert index.find(1, "沈小妹", None, None) == (child, "")
    assert index.find(1, "沈小妹", None, date(2013, 3, 1)) == (None, "")
    assert index.find(1, "沈阿芳", ZHANG[:-1], None) == (None, "")
    assert index.find(9, "沈小妹", None, None) == (None, "")
    with index.revised(lost):
        lost.household_id, lost.name = 1, "沈小二"
    with index.revised(child):
        child.household_id = None
    assert index.find(1, "沈小二", None, None) == (lost, "")
    assert index.find(1, "沈小妹", None, None) == (None, "")
    assert index.by_id[2] is child


@pytest.fixture
def cadres() -> tuple[CadreIndex, KnownCadre, KnownCadre, KnownCadre]:
    """Three of one name, two of them of one unit; the third bears a number given."""
    index = CadreIndex()
    one = KnownCadre(1, "C1", "李敏", "市财政局", SHEN, ("1380",))
    two = KnownCadre(2, "C2", "李敏", "市财政局", None, ("1390",))
    three = KnownCadre(3, "K3", "李敏", "市教育局", None, (), numbered_by_us=False)
    for cadre in (one, two, three):
        index.add(cadre)
    return index, one, two, three


def test_cadres_are_told_by_number_identity_unit_and_last_by_telephone(
    cadres: tuple[CadreIndex, KnownCadre, KnownCadre, KnownCadre],
) -> None:
    index, one, two, three = cadres
    assert index.find("李敏", None, cadre_no="k3") == ([three], "")
    assert index.find("谁", None, number=SHEN) == ([one], "")
    assert index.find("谁", None, cadre_no="C1", number=SHEN) == ([one], "")
    assert index.find("李敏", "市教育局", number=ZHANG) == ([three], "")
    assert index.find("李敏", "市教育局", cadre_no="K9") == ([], "")
    assert index.find("李敏", "市教育局") == ([three], "")
    assert index.find("李敏", "市财政局") == ([one, two], "")
    assert index.find("李敏", "市财政局", phones=("1390",)) == ([two], "")
    assert index.find("李敏", "市财政局", phones=("1370",)) == ([one, two], "")
    assert index.find("李敏", "市财政局", number=ZHANG) == ([two], "")
    assert index.find("王五", None) == ([], "")
    assert (index.named("李敏"), index.named("李敏", "市教育局")) == ([one, two, three], [three])


@pytest.mark.parametrize(
    ("name", "told", "code"),
    [
        ("王五", {"cadre_no": "K3"}, "J508"),
        ("李敏", {"cadre_no": "K3", "number": SHEN}, "J508"),
        ("李敏", {"cadre_no": "K3", "number": ZHANG}, ""),
        ("李敏", {"cadre_no": "C1", "number": ZHANG}, "J508"),
        ("李敏", {"cadre_no": "K9", "number": SHEN}, ""),
    ],
)
def test_a_number_that_is_another_cadres_is_a_finding(
    cadres: tuple[CadreIndex, KnownCadre, KnownCadre, KnownCadre], name: str, told: dict[str, str], code: str
) -> None:
    assert cadres[0].find(name, None, **told)[1] == code  # type: ignore[arg-type]


def test_a_cadre_with_a_number_given_gets_no_other(
    cadres: tuple[CadreIndex, KnownCadre, KnownCadre, KnownCadre],
) -> None:
    index, _, _, three = cadres
    with index.revised(three):
        three.number, three.unit = ZHANG, "市民政局"
    assert index.find("李敏", None, cadre_no="K9", number=ZHANG) == ([three], "J508")
    assert index.find("李敏", "市民政局") == ([three], "")
    with index.revised(three):
        three.number = None
    assert index.find("王五", None, number=ZHANG) == ([], "")


MERGED = HouseholdAlias(1, "B9", 8, TOWN, "沈阿方", date(1950, 1, 1))


@pytest.mark.parametrize(
    ("row", "found", "code"),
    [
        (key("b9", name=None), True, ""),
        (key("B9", name="沈阿方"), True, ""),
        (key("B9", name="沈阿芳"), True, ""),
        (key("B9", name="张三"), True, "J412"),
        (key(name="沈阿方", place=8), True, ""),
        (key(name="沈阿方", place=None), True, ""),
        (key(name="沈阿方", place=TOWN), True, ""),
        (key(name="沈阿方", place=7), False, ""),
        (key(name="沈阿方", place=8, town=2), True, ""),
        (key("TX5", name="沈阿方", place=8), False, ""),
        (key(name="张三", place=8), False, ""),
    ],
)
def test_a_household_is_found_by_how_its_duplicate_was_told(
    row: HouseholdKey, found: bool, code: str
) -> None:
    one = known(1)
    match = HouseholdIndex.of([one, known(2, name="李四")], [MERGED]).find(row)
    assert (match.household is one, match.code) == (found, code)


def test_a_duplicates_name_with_another_number_or_birth_is_somebody_else() -> None:
    ours = HouseholdIndex.of([known(1, head=SHEN)], [MERGED])
    assert ours.find(key(name="沈阿方", place=8, head=ZHANG)).household is None
    without = HouseholdIndex.of([known(1)], [MERGED])
    assert without.find(key(name="沈阿方", place=8, head=ZHANG)).household is None
    assert without.find(key(name="沈阿方", place=8, head=SHEN)).household is without.by_no["TX1"]


def test_namesakes_of_whom_one_was_merged_are_told_from_the_rest_by_order() -> None:
    one = known(1)
    index = HouseholdIndex.of([one], [HouseholdAlias(1, "H000002", 7, TOWN, "沈阿芳", None)])
    assert index.find(key(), claimed=set()).household is one
    assert index.find(key(), claimed={1}).household is one


def test_a_person_is_found_by_how_the_duplicate_was_told() -> None:
    index = PersonIndex()
    index.add(KnownPerson(1, "沈小", SHEN, date(1950, 1, 1), 7))
    for home in (7, 8):
        index.merged[home, "沈晓"].append(PersonAlias(1, home, "沈晓", date(1950, 2, 2)))
    person = index.by_id[1]
    assert index.find(7, "沈晓", None, None) == (person, "")
    assert index.find(7, "沈晓", None, date(1950, 1, 1)) == (person, "")
    assert index.find(7, "沈晓", None, date(1950, 2, 2)) == (person, "")
    assert index.find(7, "沈晓", None, date(1960, 2, 2)) == (None, "")
    assert index.find(7, "沈晓", ZHANG, None) == (None, "")
    assert index.find(8, "沈晓", None, None) == (person, "J407")


def test_a_cadre_is_found_by_how_the_duplicate_was_told() -> None:
    cadre = KnownCadre(1, "K1", "方卫东", "民政局", None, (), numbered_by_us=False)
    index = CadreIndex.of([cadre], [CadreAlias(1, "K2", "方卫冬", "教育局")])
    assert index.find("方卫东", "民政局") == ([cadre], "")
    assert index.find("方卫冬", "教育局") == ([cadre], "")
    assert index.find("方卫冬", "民政局") == ([], "")
    assert index.find("方卫冬", None) == ([cadre], "")
    assert index.find("方卫冬", "教育局", cadre_no="k2") == ([cadre], "")
    assert index.find("孙一", "教育局", cadre_no="K2") == ([cadre], "J508")
    assert index.named("方卫东") == [cadre]


def test_a_household_is_found_by_its_id_whenever_it_came() -> None:
    one, two = known(1), known(2)
    index = HouseholdIndex.of([one])
    index.add(two)
    with index.revised(one):
        one.household_no = "TX9"
    assert index.by_id == {1: one, 2: two}
