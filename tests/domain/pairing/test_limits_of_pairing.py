"""Limits per person in each mode, where pairs may begin, and facts and limits that make no sense."""

import pytest
from hypothesis import given
from support.pairing import (
    FAR_VILLAGE,
    NEXT_VILLAGE,
    NOWHERE,
    OTHER_TOWN,
    TOWN,
    VILLAGE,
    cadre,
    household,
    least_of,
    may_begin,
    most_cadres,
    most_of,
)
from support.pairing_problems import all_rules, cadres, households

from jiemin.domain.pairing import CadreFacts, HouseholdFacts, Mode, PairingProblem, PlaceRef, Rules
from jiemin.domain.pairing import lawful as places
from jiemin.domain.pairing.settings import PairingSettings

QUOTA = Rules(Mode.QUOTA, quota=(0, 1, 2, 2, 3))
BINDING = Rules(links_bind=True)
HOME, ONE = household("H"), cadre("C")


@pytest.mark.parametrize("mode", [Mode.ONE_TO_ONE, Mode.MANY_TO_ONE])
def test_everybody_takes_one_household_and_a_leader_up_to_a_limit(mode: Mode) -> None:
    rules, leader, other = Rules(mode, leader_max=3), cadre("C", leader=True), cadre("C", rank=4)
    assert [rules.least_households(one) for one in (leader, other)] == [1, 1]
    assert [rules.most_households(one) for one in (leader, other)] == [3, 1]


def test_households_besides_take_up_places_and_are_enough() -> None:
    rules = Rules(leader_max=3)
    for leader, most in ((True, 2), (False, 0)):
        one = cadre("C", leader=leader, besides=1)
        assert (rules.least_households(one), rules.most_households(one)) == (0, most)
    full = cadre("C", leader=True, besides=4)
    assert (rules.most_households(full), rules.limit(full)) == (0, 3)


@pytest.mark.parametrize(
    ("rank", "leader", "least", "most"),
    [(0, False, 0, 0), (0, True, 1, 1), (1, False, 0, 1), (2, True, 1, 2), (4, False, 0, 3)],
)
def test_a_quota_goes_by_rank_and_a_leader_takes_one_at_least(
    rank: int, leader: bool, least: int, most: int
) -> None:
    one = cadre("C", rank=rank, leader=leader)
    assert (QUOTA.least_households(one), QUOTA.most_households(one)) == (least, most)


@given(all_rules, cadres)
def test_the_limits_are_what_the_words_say(rules: Rules, one: CadreFacts) -> None:
    assert rules.least_households(one) == least_of(rules, one)
    assert rules.most_households(one) == most_of(rules, one)
    assert rules.cadres_per_household == most_cadres(rules)


@pytest.mark.parametrize(
    ("place", "links", "open_to"),
    [
        (VILLAGE, [], True),
        (VILLAGE, [NOWHERE], True),
        (VILLAGE, [VILLAGE, OTHER_TOWN], True),
        (VILLAGE, [TOWN], True),
        (VILLAGE, [NEXT_VILLAGE], False),
        (VILLAGE, [FAR_VILLAGE, OTHER_TOWN], False),
        (TOWN, [TOWN], True),
        (TOWN, [VILLAGE], False),
        (NOWHERE, [TOWN], False),
        (NOWHERE, [NOWHERE, TOWN], False),
        (PlaceRef(village="甲"), [PlaceRef(village="甲")], True),
        (PlaceRef(village="甲"), [PlaceRef(village="乙")], False),
    ],
)
def test_where_links_bind_a_cadre_who_has_any_is_met_only_there(
    place: PlaceRef, links: list[PlaceRef], open_to: bool
) -> None:
    home, one = household("H", place), cadre("C", links)
    assert places.may_begin(home, one, BINDING) is open_to
    assert places.may_begin(home, one, Rules())


def test_a_village_taken_is_open_to_the_units_that_take_it_whatever_links_say() -> None:
    home = household("H", VILLAGE, taken_by=["U1", "U2"])
    for rules in (Rules(), BINDING):
        assert places.may_begin(home, cadre("C", [FAR_VILLAGE], unit="U2"), rules)
        assert not places.may_begin(home, cadre("C", [VILLAGE], unit="U3"), rules)


@given(households, cadres, all_rules)
def test_pairs_may_begin_where_the_words_allow(home: HouseholdFacts, one: CadreFacts, rules: Rules) -> None:
    assert places.may_begin(home, one, rules) is may_begin(home, one, rules)


@pytest.mark.parametrize(("depth", "rank"), [(-1, -1), (4, 5)])
def test_a_depth_or_rank_beyond_the_scale_is_refused(depth: int, rank: int) -> None:
    with pytest.raises(ValueError, match=f"got {depth}"):
        household("H", depth=depth)
    with pytest.raises(ValueError, match=f"got {rank}"):
        cadre("C", rank=rank)


def test_a_cadre_holds_villages_and_no_towns() -> None:
    with pytest.raises(ValueError, match="villages"):
        cadre("C", held=[VILLAGE, TOWN])


def test_two_of_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="share a key"):
        PairingProblem((HOME, HOME), ())
    with pytest.raises(ValueError, match="share a key"):
        PairingProblem((), (ONE, ONE))


def test_a_pair_both_required_and_barred_is_refused() -> None:
    with pytest.raises(ValueError, match="required pair is barred"):
        PairingProblem((HOME,), (ONE,), barred=frozenset({("H", "C")}), required=frozenset({("H", "C")}))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"leader_max": 0}, "at least 1"),
        ({"cadres_max": 0}, "at least 1"),
        ({"quota": (1, 2, 3, 4)}, "each rank"),
        ({"quota": (1, 2, 3, 4, -1)}, "each rank"),
    ],
)
def test_limits_that_make_no_sense_are_refused(wrong: dict[str, int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Rules(**wrong)  # type: ignore[arg-type]


def test_a_county_that_lays_nothing_down_pairs_many_to_one() -> None:
    assert PairingSettings().rules == Rules(Mode.MANY_TO_ONE, leader_max=5, cadres_max=5)
