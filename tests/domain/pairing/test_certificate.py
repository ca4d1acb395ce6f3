"""The proof of a flow: true ones pass, and whatever is spoiled is found."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.networks import built_for, network_of, networks
from support.pairing import FAR_VILLAGE, VILLAGE, cadre, household

from jiemin.domain.pairing import PairingProblem
from jiemin.domain.pairing.certificate import Certificate, certify
from jiemin.domain.pairing.deal import deal
from jiemin.domain.pairing.hubs import Plan
from jiemin.domain.pairing.network import ROOT, Network
from jiemin.domain.pairing.simplex import min_cost_flow

TWO_WAYS = network_of(supplies=[2], arcs=[(1, ROOT, 3, 10), (1, ROOT, 2, 4)])
NOT_CONSERVED = "flow is not conserved at a node"
TOO_MUCH = "an arc carries less than nothing or more than its capacity"
NOT_BEST = "a cycle in the residual graph would save cost"


def test_the_best_flow_is_proven_and_its_cost_is_the_bound() -> None:
    assert certify(TWO_WAYS, [0, 2]) == Certificate(8, 8, ())
    assert certify(TWO_WAYS, [0, 2]).proven


@pytest.mark.parametrize(
    ("flow", "fault"),
    [
        ([0, 1], NOT_CONSERVED),
        ([3, 2], NOT_CONSERVED),
        ([-1, 3], TOO_MUCH),
        ([1, 1], NOT_BEST),
        ([2, 0], NOT_BEST),
    ],
)
def test_each_kind_of_fault_is_named(flow: list[int], fault: str) -> None:
    proof = certify(TWO_WAYS, flow)
    assert fault in proof.faults
    assert not proof.proven


def test_an_unlawful_flow_is_not_proven_though_its_cost_is_least() -> None:
    network = network_of(supplies=[1, 0], arcs=[(1, ROOT, 2, 5), (1, 2, 2, 0), (2, ROOT, 2, 5)])
    proof = certify(network, [1, 1, 0])
    assert (proof.cost, proof.faults) == (proof.bound, (NOT_CONSERVED,))
    assert not proof.proven


def test_a_flow_of_another_network_is_refused() -> None:
    with pytest.raises(ValueError, match="differ in size"):
        certify(TWO_WAYS, [0, 2, 0])


@settings(deadline=None)
@given(networks, st.data())
def test_one_unit_more_or_less_on_any_arc_is_found(network: Network, data: st.DataObject) -> None:
    flow = min_cost_flow(network)
    assert certify(network, flow).proven
    arc = data.draw(st.integers(0, network.arcs - 1))
    flow[arc] += data.draw(st.sampled_from([-1, 1]))
    proof = certify(network, flow)
    assert NOT_CONSERVED in proof.faults
    assert not proof.proven


@settings(max_examples=200, deadline=None)
@given(networks, st.data())
def test_a_lawful_flow_is_proven_exactly_when_it_is_cheapest(network: Network, data: st.DataObject) -> None:
    best = certify(network, min_cost_flow(network)).cost
    prices = data.draw(st.lists(st.integers(-20, 60), min_size=network.arcs, max_size=network.arcs))
    proof = certify(network, min_cost_flow(replace(network, cost=prices)))
    assert proof.proven is (proof.cost == best)
    assert proof.faults == (() if proof.proven else (NOT_BEST,))
    assert proof.bound <= best


def test_a_pairing_of_which_two_pairs_change_cadres_fails() -> None:
    problem = PairingProblem(
        households=(household("H1", VILLAGE), household("H2", FAR_VILLAGE)),
        cadres=(cadre("C1", [VILLAGE]), cadre("C2", [FAR_VILLAGE])),
        barred=frozenset({("H1", "C9"), ("H2", "C9")}),
    )
    built = built_for(problem, Plan(single=frozenset({"H1", "H2"})))  # an arc for each pair, no hubs
    flow = min_cost_flow(built.network)
    assert certify(built.network, flow).proven
    assert sorted(deal(built, flow)) == [("H1", "C1"), ("H2", "C2")]
    ends = zip(built.network.tail, built.network.head, strict=True)
    pairs = [tail in built.households and head in built.cadres for tail, head in ends]
    spoiled = [1 - units if pair else units for units, pair in zip(flow, pairs, strict=True)]
    assert sorted(deal(built, spoiled)) == [("H1", "C2"), ("H2", "C1")]
    assert certify(built.network, spoiled).faults == (NOT_BEST,)
