"""The hub network stands exactly for all pairs: the shortest way is the pair's cost, with few arcs."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.networks import built_for
from support.pairing import TOWN, VILLAGE, cadre, household, may_begin, most_of, pair_points
from support.pairing_problems import middling, problems

from jiemin.domain.codes import Role
from jiemin.domain.pairing import CadreFacts, Field, HouseholdFacts, Mode, PairingProblem, Rules
from jiemin.domain.pairing.aims import Aims
from jiemin.domain.pairing.hubs import Built, Plan
from jiemin.domain.pairing.network import ROOT


def ways_from(built: Built, start: int) -> list[float]:
    """Length of the shortest way from a node to each node, the root left out."""
    network = built.network
    distance = [float("inf")] * network.nodes
    distance[start] = 0
    for _ in range(network.nodes):
        for tail, head, cost, most in zip(
            network.tail, network.head, network.cost, network.capacity, strict=True
        ):
            if ROOT not in (tail, head) and most > 0:
                distance[head] = min(distance[head], distance[tail] + cost)
    return distance


def way(problem: PairingProblem, home: HouseholdFacts, helper: CadreFacts) -> float:
    """How long the way should be: what the pair costs if it begins, for ever if it must not."""
    begun = Aims.of(problem).begun
    open_to = may_begin(home, helper, problem.rules)
    return pair_points(home, helper, problem.costs, kept=False) + begun if open_to else float("inf")


def check_every_pair(problem: PairingProblem, built: Built) -> None:
    """The shortest way from each household to each cadre is what the pair costs."""
    for start, group in built.households.items():
        distance = ways_from(built, start)
        for end, one in built.cadres.items():
            ways = {way(problem, home, helper) for home in group.members for helper in one.members}
            assert ways == {distance[end]}


@settings(max_examples=200, deadline=None)
@given(problems(5, 5))
def test_the_shortest_way_is_the_cost_of_the_pair(problem: PairingProblem) -> None:
    check_every_pair(problem, built_for(problem))


@pytest.mark.parametrize("seed", range(8))
def test_the_shortest_way_is_the_cost_of_the_pair_in_a_roster(seed: int) -> None:
    problem = middling(Random(seed), 30, 30)
    check_every_pair(problem, built_for(problem))


@settings(max_examples=100, deadline=None)
@given(problems(5, 5))
def test_everybody_stands_in_one_class(problem: PairingProblem) -> None:
    built = built_for(problem)
    homes = [home.key for group in built.households.values() for home in group.members]
    helpers = [helper.key for one in built.cadres.values() for helper in one.members]
    assert sorted(homes) == sorted(home.key for home in problem.households)
    assert sorted(helpers) == sorted(one.key for one in problem.cadres if most_of(problem.rules, one))


@settings(max_examples=100, deadline=None)
@given(problems(4, 4), st.data())
def test_a_household_on_its_own_reaches_every_cadre_not_barred_to_it_and_no_other(
    problem: PairingProblem, data: st.DataObject
) -> None:
    barred_homes = sorted({pair[0] for pair in problem.barred} & {home.key for home in problem.households})
    single = frozenset(data.draw(st.sets(st.sampled_from(barred_homes))) if barred_homes else ())
    built = built_for(problem, Plan(single=single))
    for start, group in built.households.items():
        home = group.members[0]
        if home.key in single:
            distance = ways_from(built, start)
            for end, one in built.cadres.items():
                for helper in one.members:
                    barred = (home.key, helper.key) in problem.barred
                    expected = float("inf") if barred else way(problem, home, helper)
                    assert distance[end] == expected


def test_ten_thousand_who_are_alike_make_a_network_of_a_few_arcs() -> None:
    homes = tuple(household(f"H{n:04}", VILLAGE, [Field.JOBS], 2) for n in range(5000))
    helpers = tuple(cadre(f"C{n:04}", [TOWN], field=Field.JOBS) for n in range(5000))
    assert built_for(PairingProblem(homes, helpers)).network.arcs <= 30


def test_pairs_that_stay_are_no_part_of_the_network() -> None:
    homes = (household("H1", VILLAGE), household("H2", VILLAGE))
    problem = PairingProblem(homes, (cadre("C1"), cadre("C2")), kept={("H1", "C1"): Role.LEAD})
    built = built_for(problem, Plan(fixed=frozenset(problem.kept)))
    assert [one.members[0].key for one in built.cadres.values()] == ["C2"]
    assert {group.members[0].key: group.taken for group in built.households.values()} == {"H1": 1, "H2": 0}
    one_to_one = replace(problem, rules=Rules(Mode.ONE_TO_ONE))
    built = built_for(one_to_one, Plan(fixed=frozenset(problem.kept)))
    assert [group.members[0].key for group in built.households.values()] == ["H2"]
