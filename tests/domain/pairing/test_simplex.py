"""The built-in solver: least cost on any network that keeps the contract, by HiGHS's word too."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.networks import network_of, networks, random_network
from support.pairing_oracles import least_flow_cost

from jiemin.domain.pairing.certificate import certify
from jiemin.domain.pairing.network import ROOT, Network
from jiemin.domain.pairing.simplex import min_cost_flow


def cost_of(network: Network) -> int:
    """Cost of the solver's flow, once it is shown to be lawful."""
    flow = min_cost_flow(network)
    proof = certify(network, flow)
    assert proof.proven, proof
    return proof.cost


@settings(max_examples=200, deadline=None)
@given(networks)
def test_of_small_networks_no_flow_costs_less(network: Network) -> None:
    assert cost_of(network) == least_flow_cost(network)


@pytest.mark.parametrize("seed", range(30))
def test_of_middling_networks_no_flow_costs_less(seed: int) -> None:
    network = random_network(Random(seed), nodes=30 + 5 * (seed % 11))
    assert cost_of(network) == least_flow_cost(network)


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(100, 200))
def test_campaign_of_large_networks_no_flow_costs_less(seed: int) -> None:
    network = random_network(Random(seed), nodes=200)
    assert cost_of(network) == least_flow_cost(network)


@settings(max_examples=50, deadline=None)
@given(networks)
def test_the_same_network_gives_the_same_flow(network: Network) -> None:
    assert min_cost_flow(network) == min_cost_flow(network)


@settings(max_examples=200, deadline=None)
@given(networks, st.data())
def test_from_the_best_flow_at_other_prices_the_best_is_found_as_well(
    network: Network, data: st.DataObject
) -> None:
    prices = data.draw(st.lists(st.integers(-20, 60), min_size=network.arcs, max_size=network.arcs))
    start = min_cost_flow(replace(network, cost=prices))
    proof = certify(network, min_cost_flow(network, start))
    assert proof.proven
    assert proof.cost == cost_of(network)


def test_the_best_flow_to_begin_from_is_left_as_it_is() -> None:
    network = network_of(supplies=[2, 0], arcs=[(1, ROOT, 3, 0), (2, ROOT, 3, 0), (1, 2, 2, 0)])
    for start in ([2, 0, 0], [0, 2, 2]):  # both cost nothing
        assert min_cost_flow(network, list(start)) == start


def test_a_start_of_which_partly_filled_arcs_form_a_cycle_is_refused() -> None:
    network = network_of(supplies=[2], arcs=[(1, ROOT, 3, 0), (1, ROOT, 2, 0)])
    with pytest.raises(ValueError, match="cycle"):
        min_cost_flow(network, [1, 1])


def test_an_arc_that_pays_is_filled_even_without_supply() -> None:
    network = network_of(supplies=[0], arcs=[(1, ROOT, 3, 0), (ROOT, 1, 2, -7)])
    assert min_cost_flow(network) == [2, 2]


def test_supply_takes_the_cheaper_way_as_far_as_it_goes() -> None:
    network = network_of(supplies=[3, 0], arcs=[(1, ROOT, 4, 10), (1, 2, 2, 1), (2, ROOT, 9, 1)])
    assert min_cost_flow(network) == [1, 2, 2]


def test_an_empty_network_has_an_empty_flow() -> None:
    assert min_cost_flow(Network()) == []


@pytest.mark.parametrize(
    ("supplies", "arcs"),
    [
        ([1], []),
        ([1], [(1, ROOT, 1, 5)]),
        ([1], [(1, ROOT, 0, 5)]),
        ([0], [(ROOT, 1, 1, 5)]),
        ([1, 0], [(1, 2, 9, 0), (2, ROOT, 9, 0)]),
    ],
    ids=["no way", "no room to spare", "no room", "no way back", "slack only through another"],
)
def test_a_network_without_slack_is_refused(
    supplies: list[int], arcs: list[tuple[int, int, int, int]]
) -> None:
    with pytest.raises(ValueError, match="slack"):
        min_cost_flow(network_of(supplies, arcs))
