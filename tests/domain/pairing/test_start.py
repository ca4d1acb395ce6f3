"""The flow to begin from: the pairings in force stand, and what they ask for comes and goes."""

import pytest
from hypothesis import given, settings
from support.networks import network_of
from support.pairing import NOWHERE, cadre, household
from support.pairing_problems import problems

from jiemin.domain.codes import Role
from jiemin.domain.pairing import Mode, PairingProblem, Rules
from jiemin.domain.pairing.aims import Aims
from jiemin.domain.pairing.certificate import certify
from jiemin.domain.pairing.hubs import Built, Plan, build
from jiemin.domain.pairing.network import ROOT
from jiemin.domain.pairing.problem import PairKey
from jiemin.domain.pairing.simplex import min_cost_flow
from jiemin.domain.pairing.start import carrying

UNLAWFUL = {
    "flow is not conserved at a node",
    "an arc carries less than nothing or more than its capacity",
}


def built_loose(problem: PairingProblem, *pairs: PairKey) -> Built:
    return build(problem, Plan(loose=frozenset(pairs)), Aims.of(problem))


def test_a_pair_in_force_stands_and_who_is_alone_waits() -> None:
    problem = PairingProblem(
        households=(household("H1"), household("H2")),
        cadres=(cadre("C1", leader=True), cadre("C2")),
        kept={("H1", "C1"): Role.LEAD, ("H1", "C2"): Role.ASSIST},
        price_of_ending=9,
    )
    built = built_loose(problem, *problem.kept)
    flow = carrying(built.network, built.loose)
    homes = {group.members[0].key: node for node, group in built.households.items()}
    ends = list(zip(built.network.tail, built.network.head, strict=True))
    assert [flow[arc] for arc in built.loose] == [1, 1]
    assert sum(flow[arc] for arc, end in enumerate(ends) if end == (homes["H2"], ROOT)) == 1
    assert sum(flow[arc] for arc, end in enumerate(ends) if end == (ROOT, homes["H1"])) == 1
    assert not UNLAWFUL & set(certify(built.network, flow).faults)


@settings(max_examples=150, deadline=None)
@given(problems(most_households=5, most_cadres=6))
def test_whatever_is_in_force_the_flow_is_lawful_and_a_start(problem: PairingProblem) -> None:
    unmoved = problem.unmoved()
    plan = Plan(fixed=unmoved, loose=problem.settled() - unmoved)
    built = build(problem, plan, Aims.of(problem))
    flow = carrying(built.network, built.loose)
    assert all(flow[arc] == 1 for arc in built.loose)
    assert len(built.loose) == len(plan.loose)
    assert not UNLAWFUL & set(certify(built.network, flow).faults)
    assert certify(built.network, min_cost_flow(built.network, flow)).proven


def test_more_than_a_cadre_may_have_cannot_stand() -> None:
    network = network_of(supplies=[1, 1, 0], arcs=[(3, ROOT, 1, 0), (1, 3, 1, 0), (2, 3, 1, 0)])
    assert carrying(network_of([1, 0], [(2, ROOT, 1, 0), (1, 2, 1, 0)]), [1]) == [1, 1]
    with pytest.raises(ValueError, match="more than can come or go"):
        carrying(network, [1, 2])


def test_the_same_best_is_found_from_the_answer_at_another_price() -> None:
    from jiemin.domain.pairing.solve import best_attempt

    kept = {("H1", "C2"): Role.LEAD, ("H2", "C1"): Role.LEAD}
    homes = tuple(household(f"H{n}", NOWHERE, depth=n) for n in range(3))
    helpers = tuple(cadre(f"C{n}", rank=n) for n in range(3))
    rules = Rules(Mode.ONE_TO_ONE)
    dear = best_attempt(PairingProblem(homes, helpers, kept, rules=rules, price_of_ending=99), "simplex")
    cheap = PairingProblem(homes, helpers, kept, rules=rules, price_of_ending=1)
    assert best_attempt(cheap, "simplex", dear).result == best_attempt(cheap, "simplex").result
