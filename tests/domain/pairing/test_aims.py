"""The order of aims: what is counted, and weights that no later aim outweighs."""

from hypothesis import given, settings
from hypothesis import strategies as st
from support.pairing import VILLAGE, cadre, household, worth
from support.pairing_problems import problems

from jiemin.domain.codes import Role
from jiemin.domain.pairing import Mode, PairingProblem, Rules
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


@settings(max_examples=200)
@given(problems(4, 4), st.data())
def test_the_objective_weighs_each_breach_and_adds_the_points(
    problem: PairingProblem, data: st.DataObject
) -> None:
    possible = [(home.key, one.key) for home in problem.households for one in problem.cadres]
    pairs = data.draw(st.sets(st.sampled_from(possible))) if possible else set()
    aims, (alone, leaders, ended, idle, cost) = Aims.of(problem), worth(problem, pairs)
    assert points(problem, pairs) == cost
    assert outcome(problem, pairs).objective == (
        aims.unpaired * alone + aims.leader_without * leaders + aims.ended * ended + aims.idle * idle + cost
    )


def test_an_idle_cadre_costs_nothing_when_one_household_has_one_cadre() -> None:
    problem = PairingProblem((household("H1"),), (cadre("C1"), cadre("C2")), rules=Rules(Mode.ONE_TO_ONE))
    new_and_nowhere = problem.costs.new_pairing + problem.costs.place_unknown
    assert outcome(problem, {("H1", "C1")}).objective == new_and_nowhere


@given(problems(5, 5))
def test_the_weights_stand_in_the_order_of_the_aims(problem: PairingProblem) -> None:
    aims = Aims.of(problem)
    assert aims.unpaired > aims.leader_without >= aims.ended > aims.idle > 0
    assert aims.leader_without > aims.ended or not (problem.kept and problem.households and problem.cadres)
    assert [aims.left_alone(depth) // aims.unpaired for depth in range(4)] == [1, 2, 3, 4]


def test_what_heads_alone_make_unavoidable() -> None:
    few = PairingProblem(PROBLEM.households, PROBLEM.cadres[1:2])
    aims = Aims.of(few)
    assert unavoidable(few) == (aims.left_alone(0) + aims.left_alone(1), 0)
    crowd = PairingProblem(PROBLEM.households[:1], PROBLEM.cadres, rules=Rules(Mode.ONE_TO_ONE))
    assert unavoidable(crowd) == (0, Aims.of(crowd).leader_without)
    assert unavoidable(PROBLEM) == (0, 0)
