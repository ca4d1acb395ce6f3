"""A lawful flow to begin from: what is in force stands, whoever else needs somebody waits."""

from collections.abc import Iterable

from jiemin.domain.pairing.network import ROOT, Flow, Network


def carrying(network: Network, pairs: Iterable[int]) -> Flow:
    """The flow that fills these arcs from household to cadre, and nothing else but what they ask for.

    Arcs are taken in the network's order: what reaches a node leaves it on the first with room, what
    a household lacks comes from the root, what it has left over takes its slack. ValueError when that
    does not come out even.
    """
    flow, left = [0] * network.arcs, list(network.supply)
    for arc in pairs:
        flow[arc] = network.capacity[arc]
        left[network.tail[arc]] -= flow[arc]
        left[network.head[arc]] += flow[arc]
    for arc, (tail, head) in enumerate(zip(network.tail, network.head, strict=True)):
        wanted = -left[head] if tail == ROOT else left[tail]
        units = min(wanted, network.capacity[arc] - flow[arc])
        if units > 0:
            flow[arc] += units
            left[tail] -= units
            left[head] += units
    if any(left):
        raise ValueError("the arcs carry more than can come or go")
    return flow
