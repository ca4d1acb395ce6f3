"""Flow networks that keep the contract: all supply may end at the root, with room to spare."""

from collections.abc import Iterable, Sequence
from random import Random

from hypothesis import strategies as st

from jiemin.domain.pairing import PairingProblem
from jiemin.domain.pairing.aims import Aims
from jiemin.domain.pairing.hubs import Built, Plan, build
from jiemin.domain.pairing.network import ROOT, Network

Arc = tuple[int, int, int, int]
"""Tail, head, capacity, cost."""


def network_of(supplies: Sequence[int], arcs: Iterable[Arc]) -> Network:
    """A network of nodes 1, 2, … with these supplies."""
    network = Network()
    for supply in supplies:
        network.node(supply)
    for arc in arcs:
        network.arc(*arc)
    return network


@st.composite
def _networks(draw: st.DrawFn) -> Network:
    supplies = draw(st.lists(st.integers(0, 3), min_size=1, max_size=7))
    nodes = st.integers(0, len(supplies))
    slack = [
        (node, ROOT, supply + 1, draw(st.integers(0, 50))) for node, supply in enumerate(supplies, start=1)
    ]
    more = draw(st.lists(st.tuples(nodes, nodes, st.integers(0, 4), st.integers(-15, 40)), max_size=20))
    return network_of(supplies, [*slack, *(arc for arc in more if arc[0] != arc[1])])


networks = _networks()


def random_network(chance: Random, nodes: int) -> Network:
    """A network of so many nodes and about six arcs for each, a third of the nodes with supply."""
    supplies = [chance.choice([0, 0, chance.randint(1, 9)]) for _ in range(nodes)]
    slack = [
        (node, ROOT, supply + 1, chance.randint(20, 90)) for node, supply in enumerate(supplies, start=1)
    ]
    more = []
    for _ in range(5 * nodes):
        tail, head = chance.sample(range(nodes + 1), k=2)
        more.append((tail, head, chance.randint(0, 12), chance.randint(-3, 40)))
    return network_of(supplies, [*slack, *more])


def built_for(problem: PairingProblem, plan: Plan | None = None) -> Built:
    """The hub network of a problem, by default with nothing settled beforehand."""
    return build(problem, plan or Plan(), Aims.of(problem))
