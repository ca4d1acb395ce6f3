"""OR-tools behind the same door: what it is asked, what is made of its answer, and what it refuses."""

import sys
from importlib.util import find_spec
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from support.networks import network_of, networks

from jiemin.domain.pairing.certificate import certify
from jiemin.domain.pairing.network import ROOT, Network
from jiemin.domain.pairing.ortools_solver import fits, min_cost_flow
from jiemin.domain.pairing.simplex import min_cost_flow as by_simplex

NETWORK = network_of(supplies=[3, 0], arcs=[(1, ROOT, 4, 10), (1, 2, 2, 1), (2, ROOT, 9, 1)])


class SimpleMinCostFlow:
    """The calls of the real class that the solver needs, answered by the built-in solver."""

    OPTIMAL = 1

    def __init__(self) -> None:
        self.network = Network(supply=[])

    def add_arcs_with_capacity_and_unit_cost(
        self, tails: Any, heads: Any, capacities: Any, costs: Any
    ) -> Any:
        assert [each.dtype for each in (tails, heads, capacities, costs)] == [
            "int32",
            "int32",
            "int64",
            "int64",
        ]
        for arc in zip(tails.tolist(), heads.tolist(), capacities.tolist(), costs.tolist(), strict=True):
            self.network.arc(*arc)
        return np.arange(len(tails))

    def set_nodes_supplies(self, nodes: Any, supplies: Any) -> None:
        assert nodes.tolist() == list(range(len(supplies)))
        self.network.supply = supplies.tolist()

    def solve(self) -> int:
        self.flow = by_simplex(self.network)
        return self.OPTIMAL

    def flows(self, arcs: Any) -> Any:
        return np.array(self.flow, np.int64)[arcs]


class NeverOptimal(SimpleMinCostFlow):
    def solve(self) -> int:
        return 4


def installed(monkeypatch: pytest.MonkeyPatch, solver: type[SimpleMinCostFlow]) -> None:
    """Stand a class in for OR-tools."""
    module = ModuleType("ortools.graph.python.min_cost_flow")
    module.SimpleMinCostFlow = solver  # type: ignore[attr-defined]
    parent = ModuleType("ortools.graph.python")
    parent.min_cost_flow = module  # type: ignore[attr-defined]
    names = {"ortools": ModuleType("ortools"), "ortools.graph": ModuleType("ortools.graph")}
    for name, each in (names | {parent.__name__: parent, module.__name__: module}).items():
        monkeypatch.setitem(sys.modules, name, each)


def test_the_whole_network_is_handed_over_and_the_flow_comes_back_arc_by_arc(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    installed(monkeypatch, SimpleMinCostFlow)
    flow = min_cost_flow(NETWORK)
    assert flow == [1, 2, 2]
    assert all(type(units) is int for units in flow)


def test_an_answer_that_is_not_optimal_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, NeverOptimal)
    with pytest.raises(RuntimeError, match="no optimal flow: 4"):
        min_cost_flow(NETWORK)


@pytest.mark.parametrize(("cost", "capacity"), [(2**61, 2), (2**40, 2**22)])
def test_amounts_beyond_its_integers_are_refused(
    monkeypatch: pytest.MonkeyPatch, cost: int, capacity: int
) -> None:
    installed(monkeypatch, SimpleMinCostFlow)
    network = network_of(supplies=[1], arcs=[(1, ROOT, capacity, cost)])
    assert not fits(network)
    with pytest.raises(OverflowError):
        min_cost_flow(network)


@pytest.mark.parametrize(("cost", "capacity"), [(2**60 - 1, 2), (2**40, 2**22 - 1), (-(2**39), 2**22)])
def test_amounts_up_to_its_integers_fit(cost: int, capacity: int) -> None:
    assert fits(network_of(supplies=[1], arcs=[(1, ROOT, capacity, cost)]))


def test_without_ortools_asking_for_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ortools", None)
    with pytest.raises(ImportError):
        min_cost_flow(NETWORK)


@pytest.mark.skipif(find_spec("ortools") is None, reason="OR-tools is an optional extra")
@settings(max_examples=60, deadline=None)
@given(networks)
def test_the_real_one_finds_flows_of_least_cost(network: Network) -> None:
    proof = certify(network, min_cost_flow(network))
    assert proof.proven
    assert proof.cost == certify(network, by_simplex(network)).cost
