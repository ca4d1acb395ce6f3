"""The order of aims: what is counted, and weights that no later aim outweighs."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.pairing import VILLAGE, cadre, household, points_of, worth
from support.pairing_problems import problems

from jiemin.domain.codes import Role
from jiemin.domain.pairing import Costs, Mode, PairingProblem, Rules
from jiemin.domain.pairing.aims import Aims, outcome, points, unavoidable

PROBLEM = PairingProblem(
    households=(household("H1", VILLAGE, depth=3), household("H2"), household("H3", depth=1)),
    cadres=(cadre("C1", leader=True), cadre("C2"), cadre("C3"), cadre("C4", leader=True)),
    kept={("H1", "C1"): Role.LEAD, ("H9", "C9"): Role.LEAD},
)


def test_an_outcome_lists_whom_a_pairing_leaves_and_what_it_ends() -> None:
    found = outcome(PROBLEM, {("H1", "C2"), ("H1", "C4")})
    assert found.unpaired_households == ("H2", "H3")
    assert found.leaders_without == ("C1",)
    assert found.idle_cadres == ("C3",)
    assert found.ended == (("H1", "C1"), ("H9", "C9"))


@settings(max_examples=200, deadline=None)
@given(problems(4, 4), st.data())
def test_the_objective_weighs_each_breach_and_adds_the_points(
    problem: PairingProblem, data: st.DataObject
) -> None:
    possible = [(home.key, one.key) for home in problem.households for one in problem.cadres]
    pairs = data.draw(st.sets(st.sampled_from(possible))) if possible else set()
    aims, (alone, leaders, ended, idle, begun, cost) = Aims.of(problem), worth(problem, pairs)
    assert points(problem, pairs) == points_of(problem, pairs)
    assert outcome(problem, pairs).objective == (
        aims.unpaired * alone
        + aims.leader_without * leaders
        + aims.ended * ended
        + aims.idle * idle
        + aims.begun * begun
        + cost
    )


@pytest.mark.parametrize("mode", [Mode.ONE_TO_ONE, Mode.QUOTA])
def test_an_idle_cadre_costs_something_only_where_several_may_help_one_household(mode: Mode) -> None:
    problem = PairingProblem((household("H1"),), (cadre("C1"), cadre("C2")), rules=Rules(mode))
    new_and_nowhere = problem.costs.new_pairing + problem.costs.place_unknown
    assert outcome(problem, {("H1", "C1")}).objective == new_and_nowhere
    many = replace(problem, rules=Rules(Mode.MANY_TO_ONE))
    assert outcome(many, {("H1", "C1")}).objective == new_and_nowhere + Aims.of(many).idle


def test_a_pairing_that_begins_is_a_breach_only_where_some_are_in_force() -> None:
    assert Aims.of(PROBLEM).begun > 0
    assert Aims.of(replace(PROBLEM, kept={})).begun == 0


def test_in_a_rebalance_ending_has_its_price_and_beginning_none() -> None:
    aims = Aims.of(replace(PROBLEM, price_of_ending=7))
    assert (aims.ended, aims.begun) == (7, 0)


@settings(deadline=None)
@given(problems(5, 5))
def test_the_weights_stand_in_the_order_of_the_aims(problem: PairingProblem) -> None:
    problem = replace(problem, price_of_ending=None)
    aims, many = Aims.of(problem), problem.rules.mode is Mode.MANY_TO_ONE
    assert aims.unpaired > aims.leader_without >= aims.ended >= max(aims.idle, aims.begun)
    assert aims.idle >= aims.begun if many else aims.idle == 0
    assert [aims.left_alone(depth) // aims.unpaired for depth in range(4)] == [1, 2, 3, 4]


def test_no_two_weights_are_alike_where_somebody_can_change() -> None:
    aims = Aims.of(PROBLEM)
    assert aims.unpaired > aims.leader_without > aims.ended > aims.idle > aims.begun > 0


def test_loads_count_for_every_cadre_and_for_the_unit() -> None:
    """Two cadres of one unit under a quota, one with two households and one with three."""
    homes = tuple(household(f"H{n}") for n in range(5))
    two = (cadre("C1", rank=1), cadre("C2", rank=2))
    costs = Costs(place_unknown=50, new_pairing=5, load_step=20, unit_step=4)
    problem = PairingProblem(homes, two, rules=Rules(Mode.QUOTA), costs=costs)
    pairs = {("H0", "C1"), ("H1", "C1"), ("H2", "C2"), ("H3", "C2"), ("H4", "C2")}
    loads, unit = (20) + (20 + 40), 4 * (0 + 1 + 2 + 3 + 4)
    assert points(problem, pairs) == 5 * (50 + 5) + loads + unit
    ordered = replace(problem, rules=Rules(Mode.MANY_TO_ONE))  # one of each cadre's is not free to take
    assert points(ordered, pairs) == 5 * (50 + 5) + loads + 4 * (0 + 1 + 2)


def test_what_heads_alone_make_unavoidable() -> None:
    few = PairingProblem(PROBLEM.households, PROBLEM.cadres[1:2])
    aims = Aims.of(few)
    assert unavoidable(few) == (aims.left_alone(0) + aims.left_alone(1), 0)
    crowd = PairingProblem(PROBLEM.households[:1], PROBLEM.cadres, rules=Rules(Mode.ONE_TO_ONE))
    assert unavoidable(crowd) == (0, Aims.of(crowd).leader_without)
    assert unavoidable(PROBLEM) == (0, 0)


def test_heads_beyond_the_limits_avoid_more() -> None:
    """Who has more than the limit already serves more than the limit says."""
    three, one = PROBLEM.households, PROBLEM.cadres[1:2]
    required = PairingProblem(three, one, required=frozenset({("H1", "C2"), ("H3", "C2")}))
    assert unavoidable(required) == (Aims.of(required).left_alone(0), 0)
    home, leaders = three[:1], (PROBLEM.cadres[0], PROBLEM.cadres[3])
    kept = {("H1", "C1"): Role.LEAD, ("H1", "C4"): Role.ASSIST}
    crowded = PairingProblem(home, leaders, kept=kept, rules=Rules(Mode.ONE_TO_ONE))
    assert unavoidable(crowded) == (0, 0)
