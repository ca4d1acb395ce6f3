"""The hub network stands exactly for all pairs: the shortest way is the pair's cost, with few arcs."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.pairing import TOWN, VILLAGE, cadre, household, pair_points
from support.pairing_problems import middling, problems

from jiemin.domain.codes import Role
from jiemin.domain.pairing import Field, Mode, PairingProblem, Rules
from jiemin.domain.pairing.hubs import Built, Plan, build
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


def check_every_pair(problem: PairingProblem, built: Built) -> None:
    """The shortest way from each household to each cadre is what the pair costs."""
    for start, group in built.households.items():
        distance = ways_from(built, start)
        for end, one in built.cadres.items():
            assert {
                pair_points(home, helper, problem.costs, kept=False)
                for home in group.members
                for helper in one.members
            } == {distance[end]}


@settings(max_examples=200, deadline=None)
@given(problems(5, 5))
def test_the_shortest_way_is_the_cost_of_the_pair(problem: PairingProblem) -> None:
    check_every_pair(problem, build(replace(problem, kept={}, barred=frozenset()), Plan()))


@pytest.mark.parametrize("seed", range(5))
def test_the_shortest_way_is_the_cost_of_the_pair_in_a_roster(seed: int) -> None:
    problem = replace(middling(Random(seed), 30, 30), kept={}, barred=frozenset())
    check_every_pair(problem, build(problem, Plan()))


@settings(max_examples=100, deadline=None)
@given(problems(5, 5))
def test_everybody_stands_in_one_class(problem: PairingProblem) -> None:
    built = build(problem, Plan())
    homes = [home.key for group in built.households.values() for home in group.members]
    helpers = [helper.key for one in built.cadres.values() for helper in one.members]
    assert sorted(homes) == sorted(home.key for home in problem.households)
    assert sorted(helpers) == sorted(helper.key for helper in problem.cadres)


@settings(max_examples=100, deadline=None)
@given(problems(4, 4), st.data())
def test_a_household_on_its_own_reaches_every_cadre_not_barred_to_it_and_no_other(
    problem: PairingProblem, data: st.DataObject
) -> None:
    problem = replace(problem, kept={})
    barred_homes = sorted({pair[0] for pair in problem.barred} & {home.key for home in problem.households})
    single = frozenset(data.draw(st.sets(st.sampled_from(barred_homes))) if barred_homes else ())
    built = build(problem, Plan(single=single))
    for start, group in built.households.items():
        home = group.members[0]
        if home.key in single:
            distance = ways_from(built, start)
            for end, one in built.cadres.items():
                for helper in one.members:
                    free = (home.key, helper.key) not in problem.barred
                    points = pair_points(home, helper, problem.costs, kept=False)
                    assert distance[end] == (points if free else float("inf"))


def test_ten_thousand_who_are_alike_make_a_network_of_a_few_arcs() -> None:
    homes = tuple(household(f"H{n:04}", VILLAGE, [Field.JOBS], 2) for n in range(5000))
    helpers = tuple(cadre(f"C{n:04}", [TOWN], field=Field.JOBS) for n in range(5000))
    assert build(PairingProblem(homes, helpers), Plan()).network.arcs <= 30


def test_pairs_that_stay_are_no_part_of_the_network() -> None:
    homes = (household("H1", VILLAGE), household("H2", VILLAGE))
    problem = PairingProblem(homes, (cadre("C1"), cadre("C2")), kept={("H1", "C1"): Role.LEAD})
    built = build(problem, Plan(fixed=frozenset(problem.kept)))
    assert [one.members[0].key for one in built.cadres.values()] == ["C2"]
    assert {group.members[0].key: group.taken for group in built.households.values()} == {"H1": 1, "H2": 0}
    one_to_one = replace(problem, rules=Rules(Mode.ONE_TO_ONE))
    built = build(one_to_one, Plan(fixed=frozenset(problem.kept)))
    assert [group.members[0].key for group in built.households.values()] == ["H2"]
