"""Shortest ways in the residual graph of a flow: what it costs to move one unit elsewhere."""

from collections.abc import Sequence
from heapq import heappop, heappush

from jiemin.domain.pairing.network import Flow, Network

Step = tuple[int, int]
"""An arc, and 1 to send a unit more along it or -1 to take one back."""


class Ways:
    """The shortest way to one node from every node that has one.

    `prices` must leave no arc of the residual graph below nothing (`Certificate.prices`). The arc
    `without` is left out in both directions.
    """

    def __init__(
        self, network: Network, flow: Flow, prices: Sequence[int], target: int, without: int
    ) -> None:
        self.target = target
        self._prices = prices
        self._next: dict[int, tuple[Step, int]] = {}
        self._hops: dict[int, int] = {}
        self._reduced = self._search(_arriving(network, flow, without))

    def length(self, node: int) -> int | None:
        """Cost of moving a unit from the node to the target; None where there is no way."""
        reduced = self._reduced.get(node)
        return None if reduced is None else reduced - self._prices[node] + self._prices[self.target]

    def steps(self, node: int) -> list[Step]:
        """The way from the node to the target."""
        steps = []
        while node != self.target:
            step, node = self._next[node]
            steps.append(step)
        return steps

    def prices(self) -> list[int]:
        """Prices that fit the flow before and after a unit has been moved along any of the ways."""
        lengths = [self.length(node) for node in range(len(self._prices))]
        return [0 if length is None else -length for length in lengths]

    def hops(self, node: int) -> int:
        """Arcs on the way; of several shortest ways it is one with the fewest."""
        return self._hops[node]

    def _search(self, arriving: list[list[tuple[int, int, Step]]]) -> dict[int, int]:
        """Dijkstra backwards from the target over reduced costs, which are whole and not negative."""
        prices = self._prices
        best = {self.target: (0, 0)}
        settled: dict[int, int] = {}
        queue = [(0, 0, self.target)]
        while queue:
            length, hops, node = heappop(queue)
            if node in settled:
                continue
            settled[node], self._hops[node] = length, hops
            for before, cost, step in arriving[node]:
                through = (length + cost + prices[before] - prices[node], hops + 1)
                if before not in settled and (before not in best or through < best[before]):
                    best[before] = through
                    self._next[before] = (step, node)
                    heappush(queue, (*through, before))
        return settled


def _arriving(network: Network, flow: Flow, without: int) -> list[list[tuple[int, int, Step]]]:
    """For each node the residual arcs that end there: where from, at what cost, by which step."""
    arriving: list[list[tuple[int, int, Step]]] = [[] for _ in range(network.nodes)]
    rows = zip(network.tail, network.head, network.cost, network.capacity, flow, strict=True)
    for arc, (tail, head, cost, most, units) in enumerate(rows):
        if arc == without:
            continue
        if units < most:
            arriving[head].append((tail, cost, (arc, 1)))
        if units:
            arriving[tail].append((head, -cost, (arc, -1)))
    return arriving
