"""An independent proof that a flow is lawful and of least cost.

It knows nothing of the solver: from network and flow alone it works out shortest distances in the
residual graph (Bellman–Ford). They exist exactly when no cycle would save anything, and as prices
they give the dual bound, which no flow can undercut.
"""

from dataclasses import dataclass, field

from jiemin.domain.pairing.network import Flow, Network


@dataclass(frozen=True, slots=True)
class Certificate:
    """Cost of the flow, proven bound below any flow's cost, the faults found (English).

    At the `prices` of the nodes no arc of the residual graph costs less than nothing, if it is proven.
    """

    cost: int
    bound: int
    faults: tuple[str, ...]
    prices: tuple[int, ...] = field(default=(), compare=False, repr=False)

    @property
    def proven(self) -> bool:
        """Whether the flow is lawful and nothing can be cheaper."""
        return not self.faults and self.cost == self.bound


def certify(network: Network, flow: Flow) -> Certificate:
    """Check capacities, conservation and optimality."""
    faults = _unlawful(network, flow)
    cost = sum(map(int.__mul__, network.cost, flow))
    prices, settled = _distances(network, flow)
    if not settled:
        faults.append("a cycle in the residual graph would save cost")
    return Certificate(cost, _dual_bound(network, prices), tuple(faults), tuple(prices))


def _unlawful(network: Network, flow: Flow) -> list[str]:
    if len(flow) != network.arcs:
        raise ValueError("flow and network differ in size")
    faults = []
    left = list(network.supply)
    for tail, head, units in zip(network.tail, network.head, flow, strict=True):
        left[tail] -= units
        left[head] += units
    if any(left):
        faults.append("flow is not conserved at a node")
    if any(not 0 <= units <= most for units, most in zip(flow, network.capacity, strict=True)):
        faults.append("an arc carries less than nothing or more than its capacity")
    return faults


def _distances(network: Network, flow: Flow) -> tuple[list[int], bool]:
    """Least residual distance to each node from anywhere, and whether that settled."""
    arcs = [
        (tail, head, cost)
        for tail, head, cost, units, most in zip(
            network.tail, network.head, network.cost, flow, network.capacity, strict=True
        )
        if units < most
    ]
    arcs += [
        (head, tail, -cost)
        for tail, head, cost, units in zip(network.tail, network.head, network.cost, flow, strict=True)
        if units > 0
    ]
    distance = [0] * network.nodes
    for _ in range(network.nodes + 1):
        changed = False
        for start, end, cost in arcs:
            through = distance[start] + cost
            if through < distance[end]:
                distance[end] = through
                changed = True
        if not changed:
            return distance, True
    return distance, False


def _dual_bound(network: Network, distance: list[int]) -> int:
    """Cost that supplies must pay at these prices, less what full cheap arcs could save."""
    bound = -sum(map(int.__mul__, network.supply, distance))
    for tail, head, cost, most in zip(
        network.tail, network.head, network.cost, network.capacity, strict=True
    ):
        reduced = cost + distance[tail] - distance[head]
        if reduced < 0:
            bound += reduced * most
    return bound
