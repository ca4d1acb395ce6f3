"""Dealing and repair: units stay together, loads stay even, and nobody keeps a barred pair."""

from collections import Counter

import pytest
from support.networks import built_for
from support.pairing import FAR_VILLAGE, VILLAGE, cadre, household

from jiemin.domain.pairing import Mode, PairingProblem, Rules
from jiemin.domain.pairing.deal import deal
from jiemin.domain.pairing.hubs import Built
from jiemin.domain.pairing.problem import PairKey
from jiemin.domain.pairing.repair import repair
from jiemin.domain.pairing.simplex import min_cost_flow

ONE_TO_ONE = Rules(Mode.ONE_TO_ONE)
SIX = tuple(household(f"H{n}", VILLAGE) for n in range(1, 7))


def dealt(problem: PairingProblem) -> list[PairKey]:
    built = built_for(problem)
    return sorted(deal(built, min_cost_flow(built.network)))


def test_a_units_cadres_get_the_households_that_follow_one_another() -> None:
    units = {"C1": "U2", "C2": "U1", "C3": "U2", "C4": "U1", "C5": "U1", "C6": "U2"}
    helpers = tuple(cadre(key, [VILLAGE], unit=unit) for key, unit in units.items())
    pairs = dealt(PairingProblem(SIX, helpers, rules=ONE_TO_ONE))
    assert [one for _, one in pairs] == ["C2", "C4", "C5", "C1", "C3", "C6"]


def test_households_are_dealt_village_by_village() -> None:
    homes = (household("H1", FAR_VILLAGE), household("H2", VILLAGE), household("H3", FAR_VILLAGE))
    pairs = dealt(PairingProblem(homes, tuple(cadre(f"C{n}") for n in (1, 2, 3)), rules=ONE_TO_ONE))
    assert pairs == [("H1", "C2"), ("H2", "C1"), ("H3", "C3")]


def test_leaders_who_are_alike_get_loads_that_differ_by_one_at_most() -> None:
    leaders = tuple(cadre(f"C{n}", leader=True) for n in range(4))
    loads = Counter(one for _, one in dealt(PairingProblem(SIX, leaders, rules=ONE_TO_ONE)))
    assert sorted(loads.values()) == [1, 1, 2, 2]


def test_households_that_are_alike_get_as_many_cadres_within_one() -> None:
    helpers = tuple(cadre(f"C{n}") for n in range(8))
    most = Counter(home for home, _ in dealt(PairingProblem(SIX, helpers)))
    assert sorted(most.values()) == [1, 1, 1, 1, 2, 2]


@pytest.fixture
def built() -> Built:
    """Three households of one class, three cadres of another."""
    helpers = tuple(cadre(f"C{n}") for n in (1, 2, 3))
    return built_for(PairingProblem(SIX[:3], helpers, rules=ONE_TO_ONE))


STRAIGHT = [("H1", "C1"), ("H2", "C2"), ("H3", "C3")]


def repaired(
    built: Built, barred: set[PairKey], others: set[PairKey] | None = None
) -> tuple[list[PairKey], frozenset[str]]:
    problem = PairingProblem((), (), barred=frozenset(barred))
    pairs, stuck = repair(problem, built, STRAIGHT, others or set())
    assert len(set(pairs)) == len(pairs) == 3
    assert {home for home, one in pairs if (home, one) in barred} == stuck
    return pairs, stuck


def test_without_recusals_nothing_is_touched(built: Built) -> None:
    assert repaired(built, {("H1", "C2")}) == (STRAIGHT, frozenset())


def test_a_barred_pair_is_swapped_away(built: Built) -> None:
    pairs, _ = repaired(built, {("H1", "C1")})
    assert pairs == [("H1", "C2"), ("H2", "C1"), ("H3", "C3")]


def test_a_swap_never_makes_another_barred_pair_or_one_that_exists(built: Built) -> None:
    pairs, _ = repaired(built, {("H1", "C1"), ("H2", "C1")})
    assert pairs == [("H1", "C3"), ("H2", "C2"), ("H3", "C1")]
    pairs, _ = repaired(built, {("H1", "C1")}, others={("H1", "C2")})
    assert pairs == [("H1", "C3"), ("H2", "C2"), ("H3", "C1")]


def test_two_barred_pairs_that_cure_each_other_are_swapped_once(built: Built) -> None:
    assert repaired(built, {("H1", "C1"), ("H2", "C2")})[0] == [("H1", "C2"), ("H2", "C1"), ("H3", "C3")]


def test_cadres_who_are_alike_are_swapped_between_households_that_are_not() -> None:
    two = (household("H1", VILLAGE, depth=3), household("H2", FAR_VILLAGE))
    unlike = built_for(PairingProblem(two, (cadre("C1"), cadre("C2")), rules=ONE_TO_ONE))
    problem = PairingProblem((), (), barred=frozenset({("H1", "C1")}))
    assert repair(problem, unlike, STRAIGHT[:2], ()) == ([("H1", "C2"), ("H2", "C1")], frozenset())


def test_households_that_are_alike_swap_cadres_who_are_not() -> None:
    two = (cadre("C1", rank=3), cadre("C2", [FAR_VILLAGE]))
    unlike = built_for(PairingProblem(SIX[:2], two, rules=ONE_TO_ONE))
    problem = PairingProblem((), (), barred=frozenset({("H2", "C2")}))
    assert repair(problem, unlike, STRAIGHT[:2], ()) == ([("H1", "C2"), ("H2", "C1")], frozenset())


def test_where_neither_are_alike_nothing_is_swapped() -> None:
    homes = (household("H1", VILLAGE, depth=3), household("H2", FAR_VILLAGE))
    unlike = built_for(PairingProblem(homes, (cadre("C1", rank=3), cadre("C2")), rules=ONE_TO_ONE))
    problem = PairingProblem((), (), barred=frozenset({("H1", "C1")}))
    assert repair(problem, unlike, STRAIGHT[:2], ()) == (STRAIGHT[:2], frozenset({"H1"}))


def test_a_household_for_which_no_swap_is_free_is_named(built: Built) -> None:
    assert repaired(built, {("H1", "C1"), ("H2", "C1"), ("H3", "C1")}) == (STRAIGHT, frozenset({"H1"}))
